/* charset.h - bytes of an unknown charset become UTF-8, and what was guessed is said.
 *
 * UTF-8 validity first (with or without its mark), then a byte order mark of UTF-16/32, then the
 * declared charset, then uchardet; ISO-8859-1 is read as Windows-1252, as browsers do. Conversion
 * by ICU with a fixed list of charsets. Only the worker program links this. NULs and control bytes
 * stay: the text is kept as it came.
 */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include "base/buffer.h"

enum charset_basis { CHARSET_VALID_UTF8, CHARSET_MARK, CHARSET_DECLARED, CHARSET_GUESSED };

struct charset_guess {
    char name[32]; /* "UTF-8", "windows-1252", ... */
    enum charset_basis basis;
    uint64_t replaced; /* bytes that no reading could explain: each stands as U+FFFD */
};

/* Append `raw` as UTF-8. `declared` may be NULL. BAD_INPUT only for a charset ICU does not know and
 * nobody guessed. */
MUST_USE enum status charset_to_utf8(struct bytes raw, const char *declared, struct buffer *to,
                                     struct charset_guess *guess, struct fault *fault);

#endif
