/* field.h - the fields of a document, one table of names for readers, catalog and search.
 *
 * To add a field: add it to FIELDS, let a record/ parser emit it; search and show take it from the
 * table.
 */
#ifndef TEXT_FIELD_H
#define TEXT_FIELD_H

#include "base/arena.h"
#include "base/fault.h"

/* X(enum name, word used in queries and output, is searched by word, may repeat) */
#define FIELDS(X)                                                                                  \
    X(FIELD_NUMBER, "number", true, false) /* the number the document gives itself: 10MEXICO83 */  \
    X(FIELD_ALIAS, "alias", true, true)    /* other names: file name, banner of another post */    \
    X(FIELD_TITLE, "subject", true, false)                                                         \
    X(FIELD_ORIGIN, "origin", true, false)  /* post or sender's body: "Embassy Mexico" */          \
    X(FIELD_DATE, "date", false, false)     /* 2010-01-29, 2010-01, 2010 or with T10:00 */         \
    X(FIELD_CLASS, "class", true, false)    /* SECRET//NOFORN as stated */                         \
    X(FIELD_CAPTION, "caption", true, true) /* SIPDIS, NOFORN, SENSITIVE */                        \
    X(FIELD_TAG, "tag", true, true)                                                                \
    X(FIELD_ORDER, "eo", false, false) /* the E.O. line */                                         \
    X(FIELD_CLASSIFIED_BY, "classifiedby", true, false)                                            \
    X(FIELD_REF, "ref", true, true) /* canonical number where one was read */                      \
    X(FIELD_SIGNATURE, "signature", true, false)                                                   \
    X(FIELD_FROM, "from", true, false)                                                             \
    X(FIELD_TO, "to", true, true)                                                                  \
    X(FIELD_CC, "cc", true, true)                                                                  \
    X(FIELD_SENT, "sent", false, false)         /* as printed */                                   \
    X(FIELD_CASE, "case", true, false)          /* FOIA case number */                             \
    X(FIELD_RELEASE, "release", true, false)    /* RELEASE IN PART */                              \
    X(FIELD_EXEMPTION, "exemption", true, true) /* B6, 1.4(D) */                                   \
    X(FIELD_LANGUAGE, "lang", true, false)                                                         \
    X(FIELD_CHARSET, "charset", false, false) /* with its basis */                                 \
    X(FIELD_PAGES, "pages", false, false)                                                          \
    X(FIELD_SECTIONS, "sections", false, false) /* sections the banner announces */                \
    X(FIELD_ANOMALY, "anomaly", true, true)     /* in words: "another post's cable: PARIS 5539" */

enum field_name {
#define FIELD_ENUM(name, word, searched, repeats) name,
    FIELDS(FIELD_ENUM)
#undef FIELD_ENUM
        FIELD_NAMES,
};

/* How a value came to be: a stated value may differ, an inferred one never yields "differs". */
enum field_basis {
    BASIS_STATED,   /* printed in the document */
    BASIS_INFERRED, /* worked out; `from` says from what */
    BASIS_FILE_NAME,
    BASIS_DECLARED, /* said by a container or by the person who added it */
};

struct field {
    enum field_name name;
    enum field_basis basis;
    struct bytes value; /* UTF-8 */
    struct bytes from;  /* what it was inferred from, in words; empty when stated */
};

struct field_list {
    struct field *at;
    size_t count;
    size_t room; /* private */
};

enum document_kind {
    KIND_TEXT,
    KIND_CABLE,
    KIND_EMAIL,
    KIND_SCAN,
    KIND_HTML,
    KIND_STORY,
    KIND_STUB,
    KIND_KINDS
};

MUST_USE enum status field_list_add(struct field_list *list, struct field field,
                                    struct fault *fault);
/* The first of that name, or NULL. */
const struct field *field_list_find(const struct field_list *list, enum field_name name);
void field_list_release(struct field_list *list);

const char *field_word(enum field_name name);
bool field_is_searched(enum field_name name);
/* False when no field has that word. */
bool field_from_word(struct bytes word, enum field_name *name);
const char *kind_word(enum document_kind kind);
bool kind_from_word(struct bytes word, enum document_kind *kind);

/* Days since 1970 of a FIELD_DATE value and its precision; false when it is not one. */
enum date_precision { DATE_DAY, DATE_MONTH, DATE_YEAR };
bool date_from_field(struct bytes value, int32_t *days, enum date_precision *precision);

/* Classification by rank for columns and filters: 0 none stated, 1 unclassified, 2 confidential
 * (and limited official use), 3 secret, 4 top secret. */
uint8_t class_rank(struct bytes value);

#endif
