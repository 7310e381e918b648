/* utf8.h - check, step through and repair UTF-8 (Unicode 15, table 3-7). */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/buffer.h"

#define UTF8_BAD 0xFFFFFFFFu

/* Length of the longest valid prefix; text.len when all of it is valid. */
size_t utf8_valid_prefix(struct bytes text);
/* The code point at `at`, its length in *len (1 to 4); UTF8_BAD with *len 1 where it is not valid.
 * at < text.len. */
uint32_t utf8_decode(struct bytes text, size_t at, size_t *len);
/* Bytes written to out (1 to 4). */
size_t utf8_encode(uint32_t code, uint8_t out[4]);
/* Append text with every invalid byte written as U+FFFD; answers how many were replaced. */
size_t utf8_repair(struct bytes text, struct buffer *to);
/* Code points in valid text. */
size_t utf8_count(struct bytes text);
/* Columns on a terminal: 0 for marks, 2 for wide. */
int utf8_width(uint32_t code);

#endif
