/* sentence.h - where sentences begin and end, by rule and without a model.
 *
 * A sentence ends at . ! ? or an ellipsis followed by space and a capital, digit or opening mark,
 * unless the dot belongs to a known abbreviation, an initial or a number; and at every paragraph or
 * heading edge. Furniture inside is stepped over.
 */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include "text/span.h"

/* The bounds of the sentence around byte `at` (start inclusive, end exclusive, trimmed of blanks),
 * not beyond [low, high). */
void sentence_around(struct bytes text, const struct span *spans, size_t span_count, uint32_t low,
                     uint32_t high, uint32_t at, uint32_t *start, uint32_t *end);

/* Whether the dot at byte `dot` ends an abbreviation rather than a sentence ("Mr.", "Gov.", "Jan.",
 * initials). */
bool sentence_dot_abbreviates(struct bytes text, uint32_t dot);

#endif
