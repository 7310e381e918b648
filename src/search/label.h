/* label.h - fields of a document as short words for people: inferred dates with ~ and what they
 * rest on. */
#ifndef SEARCH_LABEL_H
#define SEARCH_LABEL_H

#include "archive/snapshot.h"

struct date_label {
    const char *text;  /* "2010-01-29", "~2010-01-29", "" */
    bool is_dropped;   /* there is an inferred one, and it does not stand */
    const char *basis; /* "from the declassification date"; "" when stated */
};

/* Strings from the arena. An inferred date that other cables contradict is no date
 * (archive/dating.h). */
MUST_USE enum status date_label_make(const struct snapshot *snapshot, uint64_t document,
                                     const struct field_list *fields, struct arena *arena,
                                     struct date_label *label, struct fault *fault);
/* The first value of that field, one clean line; "" when there is none. */
const char *field_label(const struct field_list *fields, enum field_name name, struct arena *arena);
/* The name of its file, for a document that has neither number nor title; else "". */
const char *file_label(const struct field_list *fields, struct arena *arena);
/* What a value rests on; "" when stated. */
const char *basis_label(const struct field *field, struct arena *arena);

#endif
