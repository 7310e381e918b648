/* block.h - the text of one part in blocks fit to be shown: its paragraphs, or all of it. */
#ifndef SEARCH_BLOCK_H
#define SEARCH_BLOCK_H

#include "archive/snapshot.h"
#include "text/place.h"

struct block {
    const char *label;   /* "p15", "n7", "" between paragraphs */
    const char *marking; /* "SBU", ""; printed in the text too */
    const char *text;    /* clean; line ends stay, what is withheld is said */
    bool is_asked;       /* the one that the address names */
};

struct blocks {
    struct block *at;
    size_t count;
    size_t left;   /* paragraphs of the part not shown */
    bool is_found; /* the part holds what the address names */
};

enum block_choice {
    BLOCKS_ASKED, /* the paragraph or page of the address, with its neighbours; none when it is not
                     here */
    BLOCKS_FIRST, /* the first paragraphs */
    BLOCKS_ALL,   /* the whole text, what stands between paragraphs too */
};

/* Part 1 is the first. Everything from the arena. NOT_FOUND when the part has no text here. */
MUST_USE enum status blocks_make(const struct snapshot *snapshot, uint64_t document, uint32_t part,
                                 enum block_choice choice, const struct address *address,
                                 struct arena *arena, struct blocks *blocks, struct fault *fault);

#endif
