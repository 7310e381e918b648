/* post_table.h - the posts whose numbers are cited, and other spellings of them. Both sorted by
 * their first member. */
#ifndef MENTION_POST_TABLE_H
#define MENTION_POST_TABLE_H

#include "mention/reference.h"

struct post_alias {
    const char *alias; /* folded: capitals without blanks */
    const char *name;  /* of a post in the table */
};

extern const struct post posts[];
extern const size_t post_count;
extern const struct post_alias post_aliases[];
extern const size_t post_alias_count;

#endif
