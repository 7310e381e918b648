/* marking.h - portion marks at a paragraph's start: (C), (S//NF), (SBU), (S/REL NATO), (C - ENTIRE
 * TEXT).
 *
 * A closed list of levels and controls; (U.S.), (UN), (EU) are words.
 */
#ifndef RECORD_MARKING_H
#define RECORD_MARKING_H

#include "record/record.h"

enum { MARKING_MAX = 48 };

/* The mark that begins with "(" exactly at `at`: its length, and its canonical form ("S/NF") in
 * out; 0 when it is none. */
size_t marking_read(struct bytes text, size_t at, char out[MARKING_MAX]);

/* If a mark stands at `at` (blanks skipped) before `end`: span it, and span start..mark as
 * furniture. Answers the first byte behind mark and blanks, or `at` when there is no mark
 * (furniture then covers start..at). */
uint32_t marking_span(struct record *record, uint32_t start, uint32_t at, uint32_t end);

#endif
