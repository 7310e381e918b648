/* markup.h - text of documents and stories as safe HTML: escaping by where it stands.
 *
 * What is not UTF-8 becomes U+FFFD. Control characters and those that turn the direction of what
 * follows are dropped, line ends and tabs stay. Markup of our own is appended as it is; nothing
 * else ever is.
 */
#ifndef PAGE_MARKUP_H
#define PAGE_MARKUP_H

#include "base/buffer.h"

/* Between tags. */
void markup_text(struct buffer *to, struct bytes text);
/* Inside a value in double quotes. */
void markup_attribute(struct buffer *to, struct bytes value);
static inline void markup_string(struct buffer *to, const char *text)
{
    markup_text(to, bytes_from_string(text));
}

#endif
