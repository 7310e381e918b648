/* cable.h - a telegram taken apart: where its head stands, which label each part of it has, where
 * its text begins. */
#ifndef RECORD_CABLE_H
#define RECORD_CABLE_H

#include "mention/date.h"
#include "mention/reference.h"
#include "record/banner.h"
#include "record/record.h"

enum cable_label {
    LABEL_NONE,
    LABEL_ORDER,
    LABEL_TAGS,
    LABEL_SUBJECT,
    LABEL_REF,
    LABEL_CLASSIFIED,
    LABEL_DERIVED,
    LABELS
};

enum { CABLE_PIECES_MAX = 64 };

/* A run of the head: one label with its value, or lines without a label. */
struct cable_piece {
    enum cable_label label;
    uint32_t start;
    uint32_t value; /* first byte behind the label */
    uint32_t end;
};

struct cable {
    struct record *record;
    bool has_banner;
    struct banner banner;
    uint32_t banner_start; /* start and end of the banner's line, or both 0 */
    uint32_t banner_end;
    uint32_t body;    /* first byte of the text proper */
    bool is_numbered; /* the body begins with a numbered paragraph */
    size_t piece_count;
    struct cable_piece pieces[CABLE_PIECES_MAX];
    struct reference file;   /* what the file's name says; serial 0 when it says nothing */
    struct reference number; /* serial 0 when none was read */
    struct bytes from;       /* "AMEMBASSY PORT LEONE" of the FM line; empty when there is none */
    struct date date;        /* year 0 when none is stated */
};

/* Banner, pieces and body are found. */
void cable_divide(struct cable *cable);
/* Fields and spans of what stands before the body. */
void cable_head_fields(struct cable *cable);
/* Number, origin, date: what the head and the file's name say together. */
void cable_identity(struct cable *cable);
/* Paragraphs, headings, furniture, marks, withheld passages, signature. */
void cable_body(struct cable *cable);

/* The label at the start of `line`; *value is the offset behind it. */
enum cable_label label_read(struct bytes line, size_t *value);

/* A paragraph's printed number at the start of a line: pilcrow, digits, dot or bracket. Answers the
 * bytes up to what follows (blanks skipped), 0 when there is none; the digits in *number. Without a
 * pilcrow a dot, bracket or mark must follow. */
size_t paragraph_number(struct bytes line, struct bytes *number);

/* All words of the line are captions (SIPDIS, NOFORN, ...). */
bool line_is_captions(struct bytes line);
/* The captions of such a line as fields, each once for the document. */
void captions_note(struct record *record, struct bytes line);

/* Items of a REF line as fields. `year` stands in where an item names none. */
void references_note(struct record *record, struct bytes items, int16_t year);
/* Codes of a TAGS line as fields; glued ones are split by a list of known codes. */
void tags_note(struct record *record, struct bytes line);

/* Runs of five X and more, and bracketed removal notes, from `start` on. */
void withheld_spans(struct record *record, uint32_t start);

#endif
