/* fixture.h - a small archive of an invented country, in a folder of its own. */
#ifndef TESTS_ARCHIVE_FIXTURE_H
#define TESTS_ARCHIVE_FIXTURE_H

#include "archive/writer.h"

struct fixture {
    char folder[64]; /* made by fixture_begin */
    char path[80];   /* of the archive in it */
    uint64_t commit_every;
    size_t large_at; /* the document whose original has a file of its own; 0: none */
};

void fixture_begin(struct fixture *fixture);
void fixture_end(struct fixture *fixture);

/* Documents first to last-1; those whose ledger row stands are skipped. */
MUST_USE enum status fixture_add(const struct fixture *fixture, struct archive *archive,
                                 size_t first, size_t last, struct fault *fault);
/* One document as document `number` would be, its text ending in `tail`. */
MUST_USE enum status fixture_add_one(struct archive_writer *writer, size_t number, const char *tail,
                                     bool is_large, struct fault *fault);
void fixture_name(size_t number, char name[32]);
/* Hash of all texts that the archive shows, in order of documents. CORRUPT when any cannot be read.
 */
MUST_USE enum status fixture_texts(struct archive *archive, struct hash *hash, struct fault *fault);
/* Copies the folder. */
void fixture_copy(const char *from, const char *to);

#endif
