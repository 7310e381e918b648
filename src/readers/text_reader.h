/* text_reader.h - plain text, and what readers of text in other clothes share: how damaged is it?
 */
#ifndef READERS_TEXT_READER_H
#define READERS_TEXT_READER_H

#include "readers/reader.h"
#include "text/charset.h"

extern const struct reader text_reader;

struct text_damage {
    uint64_t characters;
    uint64_t controls; /* C0 but tab, line and page ends; DEL; C1; NULs */
    uint64_t nuls;
    uint64_t replaced; /* bytes that fit no charset */
    bool is_short_guess;
};

/* Count what valid UTF-8 shows. */
void text_damage_count(struct text_damage *damage, struct bytes text);
/* More than one control byte in 20 characters: no text. */
bool text_damage_is_binary(const struct text_damage *damage);
/* FULL with an empty reason, or DOUBTFUL with the reason. */
enum verdict text_damage_verdict(const struct text_damage *damage, char *reason, size_t size);
/* Appended with every NUL as U+FFFD. */
void text_replace_nuls(struct bytes text, struct buffer *to);
/* FIELD_CHARSET; lent from the guess. */
struct field text_charset_field(const struct charset_guess *guess);
bool text_is_ascii(struct bytes raw);
/* A document without a part: FULL, "empty file". */
MUST_USE enum status text_send_empty(struct sink *sink, enum document_kind kind,
                                     struct fault *fault);

#endif
