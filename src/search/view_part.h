/* view_part.h - the text of one part as a view shows it: all of it in blocks, one range of them
 * with their marks.
 *
 * A block is a paragraph, or a run between paragraphs: of the header, of furniture, or of text,
 * which is divided at blank lines and after VIEW_RUN_MAX bytes.
 */
#ifndef SEARCH_VIEW_PART_H
#define SEARCH_VIEW_PART_H

#include <stet/view.h>

#include "search/viewer.h"
#include "text/place.h"

enum { VIEW_RUN_MAX = 4096 };

struct view_hit {
    uint32_t start, end; /* bytes of the part */
};

struct view_outline {
    enum stet_block_kind kind;
    uint32_t start, end;
    const struct span *paragraph; /* NULL: between paragraphs */
    uint32_t ordinal;             /* of the paragraph, from 1 */
};

struct view_part {
    struct arena *arena;
    struct buffer text;
    struct span *spans; /* sorted */
    size_t span_count;
    struct view_outline *outlines; /* heap */
    size_t outline_count, outline_room;
    struct view_hit *hits; /* heap, ascending */
    size_t hit_count, hit_room;
};

void view_part_release(struct view_part *part);
/* Text and spans, and where its blocks begin and end. */
MUST_USE enum status view_part_read(const struct segment *segment, uint32_t number,
                                    struct view_part *part, struct fault *fault);
/* Where the words of the query stand. The query is bound. */
MUST_USE enum status view_part_find(const struct snapshot *snapshot, size_t segment,
                                    uint32_t number, const struct query *query,
                                    struct view_part *part, struct fault *fault);
/* The block that an address names, SIZE_MAX when it is not in the part. */
size_t view_part_asked(const struct view_part *part, const struct address *address);
/* Block `at` with text and marks, from the arena. */
MUST_USE enum status view_block_make(const struct view_part *part, size_t at,
                                     struct stet_block *block, struct fault *fault);
/* The nearest block before `first`, and at or behind `end`, that holds a hit; SIZE_MAX: none. */
void view_part_neighbours(const struct view_part *part, size_t first, size_t end, size_t *before,
                          size_t *after);

#endif
