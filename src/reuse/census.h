/* census.h - the documents and parts that are compared: sides, copies, series, dates.
 *
 * Made anew at every start from snapshot and catalog: 16 bytes a part, 48 a document. Numbers of
 * parts and documents here are this run's own and stand in its tapes only.
 */
#ifndef REUSE_CENSUS_H
#define REUSE_CENSUS_H

#include "archive/snapshot.h"

#define CENSUS_NONE UINT32_MAX

enum census_side { SIDE_FROM = 1, SIDE_TO = 2 };

struct census_part {
    uint64_t words_at; /* its first word among the words of all parts that are compared */
    uint32_t words;
    uint32_t document; /* index, or CENSUS_NONE: not compared */
};

enum census_dating { DATING_NONE, DATING_STATED, DATING_ASKED, DATING_INFERRED };

struct census_document {
    uint64_t id;      /* the catalog's */
    uint64_t subject; /* hash of the title without Re: and Fw:, 0: none */
    uint64_t series;  /* hash of kind and origin */
    int32_t date;     /* days since 1970 */
    uint32_t words;
    uint32_t twin;      /* index of the first of its catalog copies (same body or number) */
    uint32_t copies;    /* index of the first of its copies: twins and reply chains; grows */
    uint8_t sides;      /* enum census_side */
    uint8_t kind;       /* enum document_kind */
    uint8_t dating;     /* enum census_dating; ASKED: inferred, not yet looked at */
    uint8_t date_flags; /* of enum column_flag */
};

/* A value type; {0} is empty. */
struct census {
    struct snapshot *snapshot; /* lent */
    uint32_t *segment_at;      /* number of each segment's first part; one more at the end */
    struct census_part *parts;
    uint32_t part_count;
    struct census_document *documents; /* by id */
    uint32_t document_count;
    uint32_t *twins; /* documents by the twin they belong to */
    uint64_t words, text_bytes;
    struct hash content; /* of all texts, in any order */
    uint64_t from_documents, to_documents;
};

/* The collections of a side; none: everything. */
struct census_scope {
    const uint64_t *collections;
    size_t count;
};
MUST_USE enum status census_make(struct snapshot *snapshot, const struct census_scope *from,
                                 const struct census_scope *to, struct census *census,
                                 struct fault *fault);
void census_release(struct census *census);

/* Where a part stands in the snapshot. */
void census_place(const struct census *census, uint32_t part, size_t *segment, uint32_t *number);
static inline struct census_document *census_of_part(const struct census *census, uint32_t part)
{
    return &census->documents[census->parts[part].document];
}
/* Whether two parts may be held against one another: one of each side, no copies of one document
 * (as the catalog knows them). */
bool census_pairs(const struct census *census, uint32_t a, uint32_t b);
/* The first of a document's copies. */
uint32_t census_copies(const struct census *census, uint32_t document);
/* From now on they count as copies of one document. */
void census_join(struct census *census, uint32_t a, uint32_t b);
/* The documents that are twins of this one, itself too; lent. */
const uint32_t *census_twins(const struct census *census, uint32_t document, uint32_t *count);
/* Whether it has a date that stands: an inferred one is looked at once. */
MUST_USE enum status census_is_dated(struct census *census, uint32_t document, bool *is_dated,
                                     struct fault *fault);

#endif
