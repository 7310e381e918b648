/* checks.h - checks that are kept: a story and what was found, in desk.db, until somebody deletes
 * it.
 *
 * Lent strings are valid until the list, or the check fetched, is freed.
 */
#ifndef STET_CHECKS_H
#define STET_CHECKS_H

#include <stet/statement.h>

struct stet_kept_check {
    uint64_t id;
    const char *story_name, *story_date; /* as taken; "" */
    const char *owner;
    const char *made; /* 2026-11-24T08:00:00Z */
    uint64_t story_len;
    uint64_t counts[5]; /* statements by enum stet_severity */
};

/* Keep it; *id is a new number, never used again. `story` is the file as it was checked. */
enum stet_status stet_check_keep(struct stet_archive *archive, struct stet_check *check,
                                 const void *story, size_t len,
                                 const struct stet_check_options *options, const char *owner,
                                 uint64_t *id, struct stet_fault *fault);

struct stet_kept_checks {
    const struct stet_kept_check *at; /* the newest first */
    size_t count;
    uint64_t total;
};
/* owner NULL: of everybody; story_name NULL: all stories. most 0: 50. */
enum stet_status stet_kept_checks_list(struct stet_archive *archive, const char *owner,
                                       const char *story_name, uint64_t skip, size_t most,
                                       const struct stet_kept_checks **list,
                                       struct stet_fault *fault);
void stet_kept_checks_free(const struct stet_kept_checks *list);

struct stet_fetched_check {
    struct stet_kept_check about;
    const char *file; /* the story's bytes as they were given; a NUL behind them */
    struct stet_statements statements;
    const char *json; /* --format json of that day */
};
/* STET_NOT_FOUND. */
enum stet_status stet_check_fetch(struct stet_archive *archive, uint64_t id,
                                  const struct stet_fetched_check **fetched,
                                  struct stet_fault *fault);
void stet_check_unfetch(const struct stet_fetched_check *fetched);
/* Gone for good: no byte of it stays in desk.db. */
enum stet_status stet_check_delete(struct stet_archive *archive, uint64_t id,
                                   struct stet_fault *fault);

enum stet_change { STET_CHANGE_NEW, STET_CHANGE_GONE, STET_CHANGE_OTHER_VERDICT };
/* One statement of `now` that `before` has not, one that is gone, or the same words found
 * otherwise (both are given). */
typedef void stet_change_told(void *context, enum stet_change change,
                              const struct stet_statement *before,
                              const struct stet_statement *now);
void stet_statements_compare(const struct stet_statements *before,
                             const struct stet_statements *now, stet_change_told *told,
                             void *context);

#endif
