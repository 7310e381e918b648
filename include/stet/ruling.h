/* ruling.h - what a person decides of a finding: it stands, or it stands on the writer's word. Kept
 * in the archive, found again in every later check, reopened when the document's text changes. */
#ifndef STET_RULING_H
#define STET_RULING_H

#include <stet/check.h>

enum stet_ruling { STET_OPEN, STET_STANDS, STET_ON_AUTHOR };

struct stet_ruling_given {
    enum stet_ruling ruling; /* STET_OPEN takes an earlier one back */
    const char *by;          /* who decides */
    const char *reason;      /* not empty, unless STET_OPEN */
};

/* Rule on the findings of one line of the story that was checked (from 1), or, with `id`, on the
 * statement whose identifier begins so (at least 6 hex digits). *count: statements ruled on.
 * STET_NOT_FOUND: there is none; STET_BAD_INPUT: no name, no reason. */
enum stet_status stet_rule(struct stet_archive *archive, const struct stet_check *check,
                           uint32_t line, const char *id, const struct stet_ruling_given *given,
                           size_t *count, struct stet_fault *fault);

struct stet_ruling_kept {
    enum stet_ruling ruling;
    const char *id; /* 32 hex digits */
    const char *by, *date, *reason, *story, *rule, *words, *document;
};
/* All rulings of the archive; strings are clean, one line each, and lent for the call. */
typedef void stet_ruling_told(void *context, const struct stet_ruling_kept *kept);
enum stet_status stet_rulings(struct stet_archive *archive, stet_ruling_told *told, void *context,
                              struct stet_fault *fault);

#endif
