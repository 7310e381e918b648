/* names_found.h - where the archive's index holds words one behind the other: the first places, not
 * all of them.
 *
 * lookup.h counts every document; names only ask whether, so this stops early. Read through
 * trace/source.h, within the scope of the check.
 */
#ifndef CHECK_NAMES_FOUND_H
#define CHECK_NAMES_FOUND_H

#include "check/run.h"
#include "trace/window.h"

enum { FOUND_WORDS_MAX = 12, FOUND_PLACES_MAX = 48 };

/* Folded keys of a run of words. Keys lent from the arena given. */
struct found_words {
    struct bytes keys[FOUND_WORDS_MAX];
    size_t count;
};
MUST_USE enum status found_words_make(struct bytes text, struct arena *arena,
                                      struct found_words *words, struct fault *fault);

struct found_place {
    size_t segment;
    uint32_t number;   /* of the part in its segment */
    uint32_t position; /* of the first word */
};
struct found_places {
    struct found_place at[FOUND_PLACES_MAX];
    size_t count;
    bool is_cut; /* the work allowed was spent: there may be more */
};

/* At most `most` places, in the order of the index; `per_part`: at most so many of one part. */
MUST_USE enum status found_phrase(const struct run *run, const struct found_words *words,
                                  size_t most, size_t per_part, struct found_places *places,
                                  struct fault *fault);
/* Parts that hold the key, dead and unseen ones too: a measure of how common it is. */
MUST_USE enum status found_count(const struct run *run, struct bytes key, uint64_t *parts,
                                 struct fault *fault);
/* The words around a place: `before` and `behind` words more. */
MUST_USE enum status found_window(const struct run *run, const struct found_place *place,
                                  uint32_t before, uint32_t behind, struct arena *arena,
                                  struct window *window, struct fault *fault);

#endif
