/* walk_inside.h - walks as their own files see them: walk.c, phrase.c. */
#ifndef SEARCH_WALK_INSIDE_H
#define SEARCH_WALK_INSIDE_H

#include "search/walk.h"

/* A walk of all terms of one word, in the space of `like`; of one list. */
MUST_USE enum status walk_new_word(const struct plan *plan, const struct walk *like,
                                   const struct query_word *word, bool partly, struct walk **walk,
                                   struct fault *fault);
MUST_USE enum status walk_new_pair(const struct plan *plan, const struct walk *like,
                                   const struct term *pair, struct walk **walk,
                                   struct fault *fault);
/* Of a word: walk->positions where it stands. */
MUST_USE enum status walk_read_positions(struct walk *walk, struct fault *fault);

/* phrase.c. *whole: every word is in the segment. */
MUST_USE enum status phrase_fill(const struct plan *plan, struct walk *walk, bool partly,
                                 bool *whole, struct fault *fault);
MUST_USE enum status phrase_seek(struct walk *walk, uint32_t part, struct fault *fault);
/* Where it begins in the part: walk->positions. */
MUST_USE enum status phrase_starts(struct walk *walk, struct fault *fault);
MUST_USE enum status phrase_begins(struct walk *walk, bool *begins, struct fault *fault);

#endif
