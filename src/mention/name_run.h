/* name_run.h - a run of words that may hold names, and the first name in it; inside mention/ only.
 */
#ifndef MENTION_NAME_RUN_H
#define MENTION_NAME_RUN_H

#include "mention/name.h"
#include "mention/name_table.h"

enum { NAME_RUN_MAX = 24 };

struct run_word {
    struct name_word word;
    uint32_t classes;
    bool is_link; /* a small particle or connecting word inside the run */
};

struct name_run {
    struct run_word at[NAME_RUN_MAX];
    size_t count;
    bool opens_sentence; /* the first word */
    bool is_capitals;
    bool has_title;      /* a title stands before the run */
    bool is_followed;    /* a verb of saying stands behind it */
    bool first_is_small; /* the first word also stands in small letters elsewhere */
};

/* A piece [first, last) of the run. */
struct run_piece {
    size_t first, last;
    enum name_kind kind;
    bool has_title;
};

/* The first name of the run. False: none; then *next is the word to go on from (count: behind the
 * run), as it is after a name. */
bool run_cut(const struct name_run *run, struct run_piece *piece, size_t *next);

#endif
