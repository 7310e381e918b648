/* spelling.h - the word that is there, nearest to one that is not.
 *
 * Optimal string alignment (Damerau 1964) of at most 2, over the dictionary's words of the same
 * first letter; of those equally near, the one that most parts hold.
 */
#ifndef SEARCH_SPELLING_H
#define SEARCH_SPELLING_H

#include "search/viewer.h"
#include "text/fold.h"

enum { SPELLINGS = 8 };

struct spelling {
    char word[FOLD_KEY_MAX + 1];
    uint32_t distance;
    uint64_t parts; /* over all segments, seen or not: nothing to be shown */
};

/* At most SPELLINGS, the best first. */
MUST_USE enum status spellings_near(const struct snapshot *snapshot, struct bytes key,
                                    struct spelling at[SPELLINGS], size_t *count,
                                    struct fault *fault);
/* 0 to `most`, else more than that. */
uint32_t spelling_distance(struct bytes a, struct bytes b, uint32_t most);

#endif
