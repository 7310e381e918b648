/* protect.h - whom a document asks to protect: "Ana Lucero (strictly protect)".
 *
 * The mark of cables: (protect), (please protect), (strictly protect), (strictly protect source),
 * in any case. Words that only speak of protecting are no mark. Says nothing of who is meant where
 * no name stands directly before the mark.
 */
#ifndef MENTION_PROTECT_H
#define MENTION_PROTECT_H

#include "mention/name.h"

struct protection {
    uint32_t start, end; /* bytes of the mark, with its parentheses */
    bool has_name;
    struct name name; /* directly before the mark, a person or unknown */
};

/* The first mark that begins at or after *at; *at moves behind it. Text is valid UTF-8. */
bool protect_find(struct bytes text, uint32_t *at, struct protection *protection);

#endif
