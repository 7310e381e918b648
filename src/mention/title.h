/* title.h - the office that stands beside a name: before it ("Under Secretary for Governance A B"),
 * or behind it after a comma ("A B, director of the port,").
 *
 * Says what is written and how two offices compare by their words; not whether it was held, nor
 * when. English and Spanish. Everything is lent from the text.
 */
#ifndef MENTION_TITLE_H
#define MENTION_TITLE_H

#include "mention/name_word.h"

enum { TITLE_WORDS_MAX = 14, TITLE_KEY_MAX = 20 };

/* What kind of head word an office has. */
enum title_head {
    TITLE_CIVIL,    /* minister, governor, director */
    TITLE_RANK,     /* general, admiral */
    TITLE_COURTESY, /* Mr., Lic., Dr.: no office */
    TITLE_GENERIC,  /* official, leader, spokesman, member: says only for whom */
};

struct title_word {
    bool is_acronym; /* written in capitals, and nothing is known of what it stands for */
    uint8_t len;
    uint8_t
        key[TITLE_KEY_MAX]; /* folded and brought to one word: secretario, minister -> minister */
};

struct title {
    uint32_t start, end; /* bytes, the whole phrase as printed */
    enum title_head head_kind;
    struct title_word head;
    struct title_word words[TITLE_WORDS_MAX]; /* what completes it: defense, mexico */
    size_t word_count;
    uint8_t rank;   /* bits: deputy or vice, assistant, former: see title.c */
    bool is_plural; /* "the two officials": several names follow */
    bool is_back;   /* "the officials", which points back to an earlier phrase */
};

/* The office that ends right before `name` (blanks, a comma, or a parenthesis with an acronym
 * between), not reaching below `low`. */
bool title_before(struct bytes text, uint32_t low, uint32_t name, struct title *title);
/* The office that begins behind `name_end` after a comma or "is", "was", "who was". */
bool title_after(struct bytes text, uint32_t name_end, uint32_t high, struct title *title);
/* The first phrase "officials of X" with this head word at or after `from`, completed; for a title
 * that points back. False when there is none before `high`. */
bool title_find(struct bytes text, uint32_t from, uint32_t high, struct bytes head,
                struct title *title);

enum title_match {
    TITLE_AGREES,
    TITLE_DIFFERS,     /* two offices that one person does not hold at once, or of other bodies */
    TITLE_MAY_AGREE,   /* other heads for one thing, or a former office */
    TITLE_CANNOT_TELL, /* one may hold both */
};
enum title_match title_compare(const struct title *written, const struct title *known);
bool title_has_word(const struct title *title, struct bytes key);

#endif
