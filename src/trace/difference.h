/* difference.h - one thing that differs between a quotation and its source: class, marked or not,
 * both literal runs.
 *
 * The codes are those of docs/differences.md. To add a class: a line here, its rule in classify.c,
 * its default severity in check/severity.c, a case in the planted-edit generator.
 */
#ifndef TRACE_DIFFERENCE_H
#define TRACE_DIFFERENCE_H

#include "base/bytes.h"

/* X(enum, code, words) */
#define DIFFERENCES(X)                                                                             \
    X(DIFFERENCE_V1, "V1", "typographic only")                                                     \
    X(DIFFERENCE_V2, "V2", "punctuation at the edge")                                              \
    X(DIFFERENCE_V3, "V3", "initial capital changed")                                              \
    X(DIFFERENCE_V4, "V4", "case change in brackets")                                              \
    X(DIFFERENCE_V5, "V5", "form of an abbreviation, number or title")                             \
    X(DIFFERENCE_V6, "V6", "spelling variant")                                                     \
    X(DIFFERENCE_V7, "V7", "typo of the source silently corrected")                                \
    X(DIFFERENCE_V8, "V8", "our copy is damaged here")                                             \
    X(DIFFERENCE_B1, "B1", "bracketed insertion")                                                  \
    X(DIFFERENCE_B2, "B2", "bracketed replacement")                                                \
    X(DIFFERENCE_B3, "B3", "bracket replaces another name or number")                              \
    X(DIFFERENCE_B4, "B4", "insertion in round brackets")                                          \
    X(DIFFERENCE_B5, "B5", "bracketed words stand in the source")                                  \
    X(DIFFERENCE_O1, "O1", "words left out, marked")                                               \
    X(DIFFERENCE_O2, "O2", "words left out over sentences, marked")                                \
    X(DIFFERENCE_O3, "O3", "ellipsis hides a word that bears the sense")                           \
    X(DIFFERENCE_O4, "O4", "words left out")                                                       \
    X(DIFFERENCE_O5, "O5", "words left out at the writer's break")                                 \
    X(DIFFERENCE_O6, "O6", "cut in mid-sentence")                                                  \
    X(DIFFERENCE_O7, "O7", "fragment printed as a sentence")                                       \
    X(DIFFERENCE_I1, "I1", "words added")                                                          \
    X(DIFFERENCE_S1, "S1", "function word changed")                                                \
    X(DIFFERENCE_S2, "S2", "word changed")                                                         \
    X(DIFFERENCE_S3, "S3", "negation, modality or quantity changed")                               \
    X(DIFFERENCE_S4, "S4", "grammar tidied")                                                       \
    X(DIFFERENCE_S5, "S5", "word order changed")                                                   \
    X(DIFFERENCE_S6, "S6", "word dashed out")                                                      \
    X(DIFFERENCE_P1, "P1", "punctuation differs")                                                  \
    X(DIFFERENCE_P2, "P2", "punctuation of house style")                                           \
    X(DIFFERENCE_P3, "P3", "inner quotation marks lost")                                           \
    X(DIFFERENCE_M1, "M1", "two places of one document joined")                                    \
    X(DIFFERENCE_M2, "M2", "two documents joined, or order reversed")                              \
    X(DIFFERENCE_M3, "M3", "word doubled or doubling lost")                                        \
    X(DIFFERENCE_E1, "E1", "emphasis changed")                                                     \
    X(DIFFERENCE_K1, "K1", "[sic] is right")                                                       \
    X(DIFFERENCE_K2, "K2", "[sic] on a word that stands otherwise in the source")                  \
    X(DIFFERENCE_K3, "K3", "withheld in our copy")

enum difference_class {
#define DIFFERENCE_ENUM(name, code, words) name,
    DIFFERENCES(DIFFERENCE_ENUM)
#undef DIFFERENCE_ENUM
        DIFFERENCE_CLASSES,
};

enum difference_marking { UNMARKED, MARKED, MARKED_WRONGLY };

enum difference_flag {
    DIFFERENCE_FILLER = 1, /* only "um", "uh": a note */
    DIFFERENCE_HIDES_SENSE =
        2, /* negation, condition or attribution among the words cut or swallowed */
    DIFFERENCE_SAME_SENTENCE =
        4, /* the swallowed word stands in the same sentence as printed words */
    DIFFERENCE_DOUBLED_SOURCE = 8,  /* a doubled source word printed once */
    DIFFERENCE_CONTENT_GAP = 16,    /* three or more content words skipped at the writer's gap */
    DIFFERENCE_NAME_OR_NUMBER = 32, /* both sides are a name or a number */
    DIFFERENCE_DOUBTFUL = 64,       /* the source words stand in doubtful text */
    DIFFERENCE_TAIL_LIMITS = 128,   /* the lost tail limits the sentence */
    DIFFERENCE_REVERSED = 256,
};

struct difference {
    enum difference_class class;
    enum difference_marking marking;
    uint16_t flags;
    uint32_t story_start, story_end;   /* bytes of the story; may be empty */
    uint32_t source_start, source_end; /* bytes of the part; may be empty */
    uint8_t passage;                   /* which passage of the candidate */
    struct bytes story_words;          /* literal, lent */
    struct bytes source_words;
    uint32_t words; /* source words left out, or story words added */
};

const char *difference_code(enum difference_class class);
const char *difference_words(enum difference_class class);

#endif
