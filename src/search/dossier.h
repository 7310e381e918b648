/* dossier.h - all that is known of one document, as clean words ready to be written as text or
 * JSON.
 *
 * Everything lives in the dossier's arena, except what part_blocks reads: one part at a time.
 */
#ifndef SEARCH_DOSSIER_H
#define SEARCH_DOSSIER_H

#include "search/viewer.h"
#include "text/place.h"

struct dossier_field {
    const char *word, *value, *basis; /* basis "" when stated */
    bool is_inferred;
    bool is_usual;   /* what goes without saying: plain valid UTF-8 */
    bool has_commas; /* values of this name may hold some */
};

/* Another document, or a reference to one. */
struct related {
    const char *address; /* NAME, or NAME@reading where the name alone does not tell */
    const char *kind, *date, *date_basis, *origin, *title;
    bool is_held;
};

struct dossier {
    const struct viewer *viewer;
    size_t most; /* of referrers and twins; SIZE_MAX: all */
    struct arena *arena;
    struct document_row row;
    const char *name, *kind, *verdict; /* verdict "" when read in full */
    const char *file;                  /* label.h: file_label */
    struct dossier_field *fields;      /* in the order in which people read them */
    size_t field_count;
    struct related *refs, *referrers, *twins;
    size_t ref_count, referrer_count, twin_count;
    size_t referrer_total, twin_total;
    const char **paths;
    size_t path_count;
    const char **part_names;
    size_t part_count;
};

/* What the viewer sees; dossier->most is set. */
MUST_USE enum status dossier_make(const struct viewer *viewer, uint64_t document,
                                  struct arena *arena, struct dossier *dossier,
                                  struct fault *fault);
/* The line by which a document is named in a list. with_reading: NAME@digits. */
MUST_USE enum status related_make(const struct snapshot *snapshot, uint64_t document,
                                  bool with_reading, struct arena *arena, struct related *related,
                                  struct fault *fault);

#endif
