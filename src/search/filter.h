/* filter.h - values of the fields that are columns: date:, class:, kind:; and names near a mistyped
 * one. */
#ifndef SEARCH_FILTER_H
#define SEARCH_FILTER_H

#include "search/query.h"

/* "2009", "2009-10", "2009-10-05", "a..b", "a..", "..b", "none". False when it is none of these or
 * ends before it begins. */
bool date_filter(struct bytes value, struct node *node);
/* "secret", "s", "secret+", "none". False when no class has that name. */
bool class_filter(struct bytes value, struct node *node);
/* The words class_filter takes, for refusals. */
const char *class_filter_word(uint8_t rank);

/* The one of `names` that is nearest to `typed` (edits, case aside), or NULL when none is near. */
const char *name_near(struct bytes typed, const char *const *names, size_t count);

#endif
