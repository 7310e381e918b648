/* layout.h - where each section of a segment file stands, and its footer (docs/FORMAT.md
 * "Segment"). */
#ifndef SEGMENT_LAYOUT_H
#define SEGMENT_LAYOUT_H

#include "base/buffer.h"
#include "base/cursor.h"
#include "segment/segment.h"

#define LAYOUT_HEAD_MAGIC "stet.seg"
#define LAYOUT_TAIL_MAGIC "stet.end"

enum {
    LAYOUT_VERSION = SEGMENT_FORMAT,
    LAYOUT_FORMER = 1,     /* still read, never written */
    LAYOUT_HEAD = 16,      /* bytes before the first section */
    LAYOUT_TAIL = 32,      /* bytes of the tail, the same in every version */
    LAYOUT_PAGE = 1 << 16, /* bytes under one checksum */
    TEXT_BLOCK = 1 << 14,  /* bytes of text in one frame, at most */
    TEXT_ENTRY = 16,       /* bytes of an entry of the text table */
    TERM_BLOCK = 64,       /* terms in one front-coded block */
    TERM_ENTRY = 13,       /* bytes of an entry of the term index */
    MARK_STEP = 512,       /* body words from one mark to the next, at most */
    PART_RECORD = 64,      /* bytes of a part's record */
    SKIP_RECORD = 24,      /* bytes of a posting block's entry in its skip table */
    SKIP_PLAIN = 16,       /* the same, of a list without impacts */
    SKIP_IMPACTS_AT = 12,  /* where they begin in it */
    BLOCK_PLACES = 8192,   /* a block of postings with as many places takes no further part */
};

enum section {
    SECTION_TEXT,
    SECTION_TEXT_TABLE,
    SECTION_SPANS,
    SECTION_MARKS,
    SECTION_POSITIONS, /* none in the former format */
    SECTION_POSTINGS,
    SECTION_TERMS,
    SECTION_TERM_INDEX,
    SECTION_PARTS,
    SECTION_ORDER,
    SECTIONS,
};

struct extent {
    uint64_t at; /* bytes from the start of the file */
    uint64_t len;
};

struct layout {
    struct extent sections[SECTIONS];
    uint64_t words;    /* body words of all parts */
    uint64_t text_len; /* bytes of text of all parts */
    uint64_t terms;    /* without pairs */
    uint64_t pairs;    /* terms that are pairs; they follow the others in blocks of their own */
    uint32_t version;
    uint32_t parts;
    uint32_t fold;     /* FOLD_VERSION of the writer */
    uint64_t body_len; /* bytes before the footer: what the page checksums cover */
};

void layout_head_encode(struct buffer *to);
/* Append footer and tail. sums: 8 bytes a page. The footer's checksum in *seal. */
void layout_encode(const struct layout *layout, struct bytes sums, struct buffer *to,
                   uint64_t *seal);
/* Blocks of that many terms. */
uint64_t layout_term_blocks(uint64_t terms);
/* CORRUPT or, for a newer version, BAD_INPUT. *sums is lent from file. Sections lie inside the
 * body. */
MUST_USE enum status layout_decode(struct bytes file, const char *name, struct layout *layout,
                                   struct bytes *sums, uint64_t *seal, struct fault *fault);

struct part_record {
    struct part_shape shape;
    uint32_t furniture_words;
    uint64_t text_at;  /* bytes of text before it in the segment */
    uint64_t spans_at; /* bytes from the start of SECTION_SPANS */
    uint64_t marks_at; /* the same, SECTION_MARKS */
};

void part_record_encode(const struct part_record *record, struct buffer *to);
/* record: PART_RECORD bytes. */
void part_record_decode(struct bytes bytes, struct part_record *record);

#endif
