/* blocks.h - paragraphs out of lines: a run of lines up to a blank one, joined again where a page's
 * edge cut a sentence.
 *
 * Fed in text order. Headings (underlined by dashes, or in capitals between blank lines) become
 * paragraphs of their own.
 */
#ifndef RECORD_BLOCKS_H
#define RECORD_BLOCKS_H

#include "record/record.h"

enum blocks_habit {
    BLOCKS_PLAIN = 0,
    BLOCKS_JOIN =
        1, /* join over blank lines too when the sentence goes on (scans, double spacing) */
    BLOCKS_HEADINGS = 2, /* look for headings */
    BLOCKS_MARKINGS = 4, /* portion marks may open a paragraph */
    BLOCKS_DOUBT = 8,    /* measure how much a paragraph looks like bad OCR */
};

struct blocks {
    struct record *record;
    unsigned habits;
    bool open;           /* private from here on */
    bool gap;            /* a blank line since the last text */
    bool crossed;        /* page furniture since the last text */
    bool may_go_on;      /* the last text line did not end a sentence */
    bool before_went_on; /* nor did the one before it */
    uint32_t start;      /* of the open paragraph, its number included */
    uint32_t body;       /* behind number and portion mark */
    uint32_t end;        /* of the last text line */
    uint32_t last_start; /* of the last text line */
    uint32_t before_end; /* end of the text line before the last */
    uint32_t lines;
    struct bytes number;
};

/* A line of text. */
void blocks_text(struct blocks *blocks, const struct line *line);
/* A line that opens a paragraph: `body` is the first byte behind its printed number (and mark). */
void blocks_numbered(struct blocks *blocks, const struct line *line, struct bytes number,
                     uint32_t body);
void blocks_blank(struct blocks *blocks);
/* Page furniture stood here: it does not end a paragraph by itself. */
void blocks_furniture(struct blocks *blocks);
/* A line of dashes: what stands directly above is a heading. */
void blocks_rule(struct blocks *blocks, const struct line *line);
/* The open paragraph ends. */
void blocks_break(struct blocks *blocks);

/* A line that holds three or more dashes (or equals signs, underscores), blanks and nothing else.
 */
bool line_is_rule(struct bytes line);

#endif
