/* ledger.h - every file that stood before the door, and what became of it. */
#ifndef STET_LEDGER_H
#define STET_LEDGER_H

#include <stet/archive.h>

enum stet_outcome {
    STET_READ_FULL,
    STET_READ_DOUBTFUL,
    STET_READ_PARTIAL,
    STET_READ_FAILED,
    STET_NOT_READ_YET,
    STET_REFUSED,
    STET_COPY,
    STET_EMPTY,
    STET_OUTCOMES,
};

struct stet_ledger_row {
    const char *collection;
    const char *path; /* root/path, bytes that are not UTF-8 or are controls escaped as \xNN */
    uint64_t size, accounted, documents;
    enum stet_outcome outcome;
    const char *outcome_words;
    const char *type;
    const char *reason;
    const char *sha256; /* hex, empty where no original is kept */
};

/* Rows in path order of intake; strings are valid during the call. A value other than 0 stops. */
typedef int stet_ledger_told(void *context, const struct stet_ledger_row *row);
enum stet_status stet_ledger_walk(struct stet_archive *archive, const char *collection,
                                  bool problems, stet_ledger_told *told, void *context,
                                  struct stet_fault *fault);

struct stet_coverage {
    uint64_t files[STET_OUTCOMES], bytes[STET_OUTCOMES];
    uint64_t documents, documents_without_text, words;
};
enum stet_status stet_coverage_of(struct stet_archive *archive, const char *collection,
                                  struct stet_coverage *coverage, struct stet_fault *fault);
/* "Held: 22 files, 22 read in full." and what was not, in words; one line, NUL-terminated. */
void stet_coverage_words(const struct stet_coverage *coverage, char *text, size_t room);
const char *stet_outcome_words(enum stet_outcome outcome);

#endif
