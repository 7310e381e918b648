/* papers.h - a small archive of an invented country, in a folder of its own. */
#ifndef TESTS_REUSE_PAPERS_H
#define TESTS_REUSE_PAPERS_H

#include "archive/writer.h"

struct paper {
    const char *collection;
    bool is_public;
    enum document_kind kind;
    const char *number, *date, *title; /* date and title may be NULL */
    const char *text;                  /* each line is a paragraph; one that begins with = is a
                                          header line, with | furniture */
};

struct shelf {
    char folder[64], path[80];
};

void shelf_begin(struct shelf *shelf);
void shelf_end(struct shelf *shelf);
/* Makes the archive when it is not there; one commit. */
void shelf_add(struct shelf *shelf, const struct paper *papers, size_t count);
struct stet_archive *shelf_open(const struct shelf *shelf);
/* Whether the archive's folder holds a folder `reuse`. */
bool shelf_has_leavings(const struct shelf *shelf);

#endif
