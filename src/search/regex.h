/* regex.h - regular expressions over folded words, in time linear in the word.
 *
 * Letters, "." (any letter), [a-z] and [^a-z], \d, "\" before a sign, (one|other), and behind any
 * of them ? * + {2} {2,} {2,5}. The whole word must fit. Case and accents do not count. Built as a
 * position automaton (Glushkov 1961), walked with all its states at once: nothing backtracks.
 */
#ifndef SEARCH_REGEX_H
#define SEARCH_REGEX_H

#include "base/arena.h"

enum { REGEX_POSITIONS_MAX = 256, REGEX_REPEAT_MAX = 64, REGEX_DEPTH_MAX = 20 };

/* States in which the automaton may be after some letters. */
struct regex_states {
    uint64_t bits[REGEX_POSITIONS_MAX / 64];
};

struct regex;

struct regex_fault {
    const char *why; /* "a parenthesis opens here and is never closed"; NULL: no memory */
    size_t at;       /* byte of the pattern */
};

/* NULL and *fault when it is none. From the arena; the pattern is valid UTF-8. */
struct regex *regex_parse(struct bytes pattern, struct arena *arena, struct regex_fault *fault);
/* One letter further; `from` NULL: before the first. False when no word can fit any more. */
bool regex_step(const struct regex *regex, const struct regex_states *from, uint32_t letter,
                struct regex_states *to);
/* Whether what was read fits; NULL: nothing was read. */
bool regex_accepts(const struct regex *regex, const struct regex_states *states);
/* Letters with which every word that fits begins. Lent; may be empty. */
struct bytes regex_lead(const struct regex *regex);

#endif
