/* check.h - hold a story against an archive and report what differs.
 *
 * A check is an answer at one moment: it keeps its own snapshot and stays readable until freed.
 * Reports are UTF-8; control bytes of documents never stand in them.
 */
#ifndef STET_CHECK_H
#define STET_CHECK_H

#include <stet/archive.h>

enum stet_severity { STET_NONE, STET_NOTE, STET_QUERY, STET_IMPRECISE, STET_FIX };

struct stet_check_options {
    const char *name; /* the story's name in reports; its ending tells the markup (.md, .html, else
                         plain) */
    const char *date; /* YYYY-MM-DD the story is taken as of, or NULL: said to be unknown */
    const char *const *collections; /* NULL: all */
    size_t collection_count;
    const char *worker;   /* NULL: the installed worker program; tests name their own */
    const char *style;    /* a house style by name, NULL: document-strict */
    const char *embargo;  /* YYYY-MM-DD, printed on every report; or NULL */
    const char *baseline; /* text of an earlier report (jsonl or json): what it has is left out; or
                             NULL */
};

struct stet_check;

/* Read the story (bytes as they are in the file; at most 16 MiB) in a confined worker, trace and
 * judge every statement. STET_BAD_INPUT: empty, binary, too large. STET_NOT_FOUND: a collection
 * that does not exist. */
enum stet_status stet_check_run(struct stet_archive *archive, const void *story, size_t len,
                                const struct stet_check_options *options, struct stet_check **check,
                                struct stet_fault *fault);
void stet_check_free(struct stet_check *check);

/* Statements by severity, those that stand as STET_NONE. */
size_t stet_check_count(const struct stet_check *check, enum stet_severity severity);
/* The worst severity found. */
enum stet_severity stet_check_worst(const struct stet_check *check);

enum stet_report {
    STET_REPORT_MEMO,           /* what a person reads first */
    STET_REPORT_LINE,           /* path:line:col: level: message, for editors */
    STET_REPORT_JSONL,          /* an object a statement: docs/stet.check-1.schema.json */
    STET_REPORT_JSON,           /* one object: how it was checked, then those */
    STET_REPORT_SARIF,          /* SARIF 2.1.0; source words only with STET_REPORT_WITH_SOURCE */
    STET_REPORT_HTML,           /* one file without script */
    STET_REPORT_ANNOTATED,      /* the story in Markdown, a footnote for every statement */
    STET_REPORT_CHECKED,        /* the same, for what must change only */
    STET_REPORT_WORKSHEET,      /* CSV: what the archive cannot settle */
    STET_REPORT_WEBANNOTATION,  /* W3C Web Annotations of the story */
    STET_REPORT_CSV,            /* the documents used */
    STET_REPORT_BIBTEX,         /* the same */
    STET_REPORT_UNIFIED,        /* a diff that patch applies: fixes in the source's words */
    STET_REPORT_ANNOTATED_HTML, /* the annotated story as a page */
    STET_REPORT_CHECKED_HTML,
    STET_REPORT_ANNOTATED_DOCX, /* and as a Word document with footnotes */
    STET_REPORT_CHECKED_DOCX,
    STET_REPORT_WORKSHEET_DOCX,
    STET_REPORTS,
};
/* "memo", "line", ...; NULL for a number that is none. Static. */
const char *stet_report_name(enum stet_report report);

enum stet_report_flag {
    STET_REPORT_COLOUR = 1,
    STET_REPORT_WITH_SOURCE = 2,
    STET_REPORT_ALL = 4,   /* list those that stand too */
    STET_REPORT_CARETS = 8 /* of STET_REPORT_LINE: story, ruler and source under each line */
};

/* Called with successive pieces of the report; a value other than 0 stops it. */
typedef int stet_report_write(void *context, const void *piece, size_t len);
enum stet_status stet_check_report(const struct stet_check *check, enum stet_report report,
                                   unsigned flags, stet_report_write *write, void *context,
                                   struct stet_fault *fault);

/* What a rule ("quotation-altered-unmarked"), a verdict or a code of docs/differences.md means and
 * what to do about it, some lines. False when there is none of that name. */
bool stet_explain(const char *rule, char *text, size_t room);

/* The null test: sentences of invented and unrelated text scored against this archive; fits the
 * threshold of evidence and keeps it in the archive (needs the writer lock). `said`: the figures in
 * words. */
enum stet_status stet_calibrate(struct stet_archive *archive, char said[1024],
                                struct stet_fault *fault);

#endif
