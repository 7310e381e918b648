/* compare_words.h - one printed word held against one source word: which class of difference, if
 * any. */
#ifndef TRACE_COMPARE_WORDS_H
#define TRACE_COMPARE_WORDS_H

#include "trace/classify.h"

struct word_ruling {
    enum difference_class class;
    enum difference_marking marking;
    uint16_t flags;
    bool differs;
};

/* The same word (same key, a variant, joined or bracketed letters): form, spelling, case, damage.
 * `opens`: it opens a printed piece. */
struct word_ruling compare_same(const struct comparison *comparison, const struct step *step,
                                bool opens);
/* Two unlike words. */
MUST_USE enum status compare_unlike(const struct comparison *comparison, uint32_t node,
                                    uint32_t word, struct word_ruling *ruling, struct fault *fault);
/* Withheld text: marked by a span, or nothing but X's. */
bool word_is_withheld(const struct window_word *word);
/* Whether two runs of classes change negation, modality, quantity or agent. */
bool classes_turn(unsigned printed, unsigned source);

#endif
