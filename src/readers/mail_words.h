/* mail_words.h - the values of mail headers as UTF-8 (RFC 2047, RFC 2231), by text/charset.h alone.
 *
 * GMime would convert with iconv, which opens files for charsets it has not met: it is asked for
 * raw values only.
 */
#ifndef READERS_MAIL_WORDS_H
#define READERS_MAIL_WORDS_H

#include "base/buffer.h"

/* Appended: unfolded, encoded words decoded, no control bytes; bytes that are no UTF-8 as guessed.
 */
void mail_words_decode(struct bytes raw, struct buffer *to);
/* The parameter of a header such as `attachment; filename="a"`, appended; nothing when it is not
 * there. */
void mail_words_parameter(struct bytes raw, const char *name, struct buffer *to);
/* The next of a list of addresses from *at on, blanks cut off; false at the end. Commas in quoted
 * strings, comments and angle brackets part nothing. */
bool mail_words_address(struct bytes raw, size_t *at, struct bytes *address);

#endif
