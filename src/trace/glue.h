/* glue.h - what stands between two words: punctuation as a list of signs, blanks apart. */
#ifndef TRACE_GLUE_H
#define TRACE_GLUE_H

#include "base/bytes.h"
#include "trace/difference.h"

enum { GLUE_MAX = 16, HOLES_MAX = 12 };

enum sign_kind {
    SIGN_COMMA,
    SIGN_STOP,
    SIGN_COLON,
    SIGN_SEMICOLON,
    SIGN_QUESTION,
    SIGN_EXCLAMATION,
    SIGN_DASH,
    SIGN_HYPHEN,
    SIGN_DOUBLE,
    SIGN_SINGLE,
    SIGN_OPEN,
    SIGN_CLOSE,
    SIGN_BRACKET,
    SIGN_ELLIPSIS,
    SIGN_SLASH,
    SIGN_PERCENT,
    SIGN_MONEY,
    SIGN_EMPHASIS,
    SIGN_DAMAGE,
    SIGN_AND,
    SIGN_OTHER,
};

struct sign {
    enum sign_kind kind;
    uint32_t start, end; /* bytes of the text it was read from */
    uint32_t code;       /* first code point */
};

struct hole {
    uint32_t start, end;
};

struct glue {
    struct sign at[GLUE_MAX];
    size_t count;
    bool blank;          /* a space, tab or line end stands in it */
    uint32_t start, end; /* bytes */
};

/* Read text[start, end) without the holes (sorted). */
void glue_read(struct glue *glue, struct bytes text, uint32_t start, uint32_t end,
               const struct hole *holes, size_t hole_count);
bool glue_has(const struct glue *glue, enum sign_kind kind);

enum glue_answer { GLUE_SAME, GLUE_DIFFERS };

/* How story glue differs from source glue between two words that stand beside one another on both
 * sides. `before_and`: the next word is one before which a serial comma stands. The class goes to
 * *class. */
enum glue_answer glue_compare(const struct glue *story, const struct glue *source, bool before_and,
                              enum difference_class *class);
/* The same where a printed piece ends (trailing) or begins (leading): the host's own signs may
 * stand there. */
enum glue_answer glue_compare_end(const struct glue *story, const struct glue *source,
                                  enum difference_class *class);
enum glue_answer glue_compare_start(const struct glue *story, const struct glue *source,
                                    enum difference_class *class);

#endif
