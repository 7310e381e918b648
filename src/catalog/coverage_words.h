/* coverage_words.h - what a scope holds, in one line that never is a percentage. */
#ifndef CATALOG_COVERAGE_WORDS_H
#define CATALOG_COVERAGE_WORDS_H

#include "catalog/ledger.h"

/* "Held: 22 files, 20 read in full, 2 could not be read." NUL-terminated, cut to `room` bytes. */
void coverage_words(const struct coverage *coverage, char *text, size_t room);

#endif
