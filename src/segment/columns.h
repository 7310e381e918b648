/* columns.h - what a segment knows of each of its parts without opening text: fixed columns for
 * filters, order and scope. */
#ifndef SEGMENT_COLUMNS_H
#define SEGMENT_COLUMNS_H

#include "text/field.h"

#define COLUMN_NO_DATE INT32_MIN

enum column_flag {
    COLUMN_DATE_INFERRED = 1, /* shown and sorted with ~, apart from stated dates */
    COLUMN_DATE_MONTH = 2,    /* precision: month */
    COLUMN_DATE_YEAR = 4,     /* precision: year */
    COLUMN_DOUBTFUL = 8,      /* the reading is doubtful or partial */
};

struct columns {
    uint64_t document; /* the catalog's stable numbers */
    uint64_t reading;
    uint32_t part;      /* 1 is the first */
    int32_t date;       /* days since 1970, or COLUMN_NO_DATE */
    uint8_t flags;      /* enum column_flag */
    uint8_t class_rank; /* class_rank() of text/field.h */
    uint8_t kind;       /* enum document_kind */
    uint8_t language;   /* 0 unknown, 1 English, 2 Spanish */
};

#endif
