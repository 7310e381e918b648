/* banner.h - the first line of a telegram, and the lines its pages and sections begin with.
 *
 *     banner   C O N F I D E N T I A L SECTION 01 OF 03 NEW DELHI 001667
 *     page     NEW DELHI 00001667 002.2 OF 003
 *     old page PAGE 02 VATICA 01261 061419Z
 */
#ifndef RECORD_BANNER_H
#define RECORD_BANNER_H

#include "base/bytes.h"

struct banner {
    const char *level; /* "SECRET", static */
    bool is_limited;   /* for official use only */
    bool is_noforn;    /* said on the line itself */
    bool is_glued;     /* the head goes on behind the serial on the same line */
    uint32_t section;  /* 0 when not in sections */
    uint32_t sections;
    struct bytes post; /* as printed; empty when none was read */
    uint64_t serial;
    size_t len; /* bytes of the line up to the serial's end */
};

/* A line, its blanks cut off, that begins with a (spaced) classification; true also without post
 * and serial. */
bool banner_read(struct bytes line, struct banner *banner);

struct page_mark {
    uint32_t start; /* bytes of the text: the post's first letter */
    uint32_t end;
    uint32_t page;
    uint32_t pages;
};

/* The first page mark that begins at or after `from`, alone on a line or inside one. `post` is the
 * telegram's own, as printed in its banner, so that words before it are not taken for a part of the
 * name. */
bool page_mark_next(struct bytes text, uint32_t from, struct bytes post, struct page_mark *mark);

/* A line that begins with an old page mark: its length in bytes, or 0. */
size_t old_page_len(struct bytes line);

#endif
