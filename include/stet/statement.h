/* statement.h - what a check found of each statement, as values: the mirror of
 * docs/stet.check-1.schema.json. */
#ifndef STET_STATEMENT_H
#define STET_STATEMENT_H

#include <stet/ruling.h>

struct stet_source {
    const char *name;    /* of the document */
    const char *address; /* NAME#p15 */
    uint32_t part;
    const char *reading, *label, *marking; /* "" where there is none */
    const char *date, *date_basis;         /* "~2010-01-29"; basis "" when stated */
    const char *origin, *class_name;
    uint32_t start, end; /* of the passage in the part */
    const char *before, *text, *after, *lead_in;
};

struct stet_difference {
    const char *code;   /* "O4": docs/differences.md; "" */
    const char *marked; /* "no", "yes", "wrongly"; "" where it is no difference of words */
    enum stet_severity severity;
    const char *message, *story_text, *source_text;
    uint32_t start, end; /* bytes of the story */
};

struct stet_candidate {
    const char *name, *label;
    double bits;
};

struct stet_statement {
    const char *id; /* 32 hex digits: for stet_rule */
    const char *kind, *verdict, *rule, *message;
    enum stet_severity severity; /* STET_NONE where it stands */
    uint32_t start, end;         /* bytes of the story's text */
    uint32_t line, column;
    const char *text;
    const struct stet_source *sources; /* a splice has two */
    size_t source_count;
    const struct stet_difference *differences; /* findings, the worst first */
    size_t difference_count;
    const struct stet_candidate *candidates;
    size_t candidate_count;
    size_t copies;                         /* of the passage elsewhere */
    enum stet_ruling ruling;               /* STET_OPEN: none */
    const char *ruled_by, *ruled, *reason; /* "" */
    bool is_reopened;                      /* the document's text changed since */
    bool is_unexpected;                    /* not expected here: listed once, no finding */
};

struct stet_statements {
    const struct stet_statement *at; /* in story order */
    size_t count;
    const char *story; /* the text that positions count in */
    size_t story_len;
};

/* Of a check in hand; lent as long as the check. The same words, cleaned of control bytes, as the
 * reports; protected names are masked as there. */
enum stet_status stet_check_statements(struct stet_check *check,
                                       const struct stet_statements **statements,
                                       struct stet_fault *fault);

#endif
