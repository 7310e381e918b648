/* quoted.h - one place of a passage, read again from the stored text: its words, its address, what
 * it shares with another. */
#ifndef REUSE_QUOTED_H
#define REUSE_QUOTED_H

#include "reuse/inside.h"

/* A value type; {0} is empty, quoted_open may be called again and again. */
struct quoted {
    uint32_t *words;
    uint32_t count;
    uint32_t text_words;   /* of them, those outside header lines */
    size_t room;           /* private */
    struct buffer address; /* NAME:2#p15 */
    struct buffer line;    /* clean, when asked for */
    struct buffer text;    /* private: of the part */
    struct arena arena;    /* private */
};

MUST_USE enum status quoted_open(struct reuse *reuse, const struct node *node, bool with_line,
                                 struct quoted *quoted, struct fault *fault);
void quoted_release(struct quoted *quoted);

#endif
