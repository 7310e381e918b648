/* clean.h - text of documents made fit to be shown: no control bytes, no invisible and no
 * bidirectional characters.
 *
 * On one line every run of blanks and line ends is one blank, none at the start. Else line ends and
 * tabs stay.
 */
#ifndef TEXT_CLEAN_H
#define TEXT_CLEAN_H

#include "base/arena.h"
#include "base/buffer.h"

struct cleaner {
    struct buffer *to;
    bool is_one_line;
    bool has_blank; /* private: a blank waits to be written */
    size_t start;   /* private: where `to` stood */
};

static inline struct cleaner cleaner_begin(struct buffer *to, bool is_one_line)
{
    return (struct cleaner){ to, is_one_line, false, to->len };
}
void cleaner_add(struct cleaner *cleaner, struct bytes text);
/* A sign of our own, after a waiting blank. */
void cleaner_sign(struct cleaner *cleaner, const char *sign);
/* A cleaned line of its own, NUL-terminated; "" when memory runs out. */
const char *clean_line(struct arena *arena, struct bytes text);

#endif
