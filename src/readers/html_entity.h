/* html_entity.h - character references of HTML: &#8220; &#x201C; &ldquo; and the five that need no
 * semicolon. */
#ifndef READERS_HTML_ENTITY_H
#define READERS_HTML_ENTITY_H

#include "base/bytes.h"

/* The code point that the reference at the start of `html` (an '&') stands for, and its length in
 * *len. 0 when it is none we know: it then stays as it is. Names need their semicolon, except amp,
 * lt, gt, quot and nbsp before what is no letter or digit. Numbers that are no characters, and
 * control bytes, answer U+FFFD; 128 to 159 are read as Windows-1252 (HTML standard, 13.2.5.80). */
uint32_t html_entity(struct bytes html, size_t *len);

#endif
