/* name.h - what a passage names: persons, bodies, places, as they are written.
 *
 * Runs of capitalised words with particles (de, bin, van), initials and hyphens; bodies with what
 * completes them ("Ministry of Foreign Affairs"). Titles before a name are left to title.h and are
 * not part of it. Text in capitals throughout has no capitals to go by: there only what stands
 * behind a title or begins with a known given name is taken, with is_capitals set. English and
 * Spanish; tables decide what kind of thing it is, and NAME_UNKNOWN is an honest answer. One
 * recogniser for archive and story; it does not know who is meant.
 */
#ifndef MENTION_NAME_H
#define MENTION_NAME_H

#include "mention/name_word.h"

enum { NAME_PARTS_MAX = 10 };

enum name_kind { NAME_UNKNOWN, NAME_PERSON, NAME_BODY, NAME_PLACE };

struct name_part {
    uint32_t start, end; /* bytes of the text */
    bool is_initial;
    bool is_link; /* particle or connecting word: not compared */
    uint8_t key_len;
    uint8_t key[NAME_KEY_MAX]; /* folded */
};

struct name {
    enum name_kind kind;
    uint32_t start, end; /* bytes of the text */
    struct name_part parts[NAME_PARTS_MAX];
    size_t part_count;
    size_t given_count;  /* of a person: parts before the family name, as far as known; else 0 */
    bool opens_sentence; /* its capital may be the sentence's */
    bool is_capitals;    /* from text in capitals: less sure */
    bool has_title;      /* an office or courtesy stands before it */
};

/* A walk over the names of text[at, end). A value on the caller's stack. */
struct name_reader {
    struct bytes text;
    uint32_t at, end;
    uint32_t begin;      /* private: where the range begins, and with it a sentence */
    uint64_t small[256]; /* private: hashes of words that also stand in small letters */
};

/* Looks over the whole range once, for words that are written small elsewhere in it: they are no
 * names where they open a sentence. */
void name_reader_begin(struct name_reader *reader, struct bytes text, uint32_t start, uint32_t end);
/* Read this range next, a paragraph say; what is known of small words stays. */
void name_reader_turn(struct name_reader *reader, uint32_t start, uint32_t end);
/* The next name, in text order; false at the end. Names longer than NAME_PARTS_MAX parts are cut.
 */
bool name_reader_next(struct name_reader *reader, struct name *name);

/* Parts that are compared: neither links nor initials. */
size_t name_weight(const struct name *name);
static inline struct bytes name_part_key(const struct name_part *part)
{
    return (struct bytes){ part->key, part->key_len };
}

#endif
