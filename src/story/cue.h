/* cue.h - who is given the words: verbs of saying and names of documents, English and Spanish, by
 * table.
 *
 * Looks at the writer's words only: what stands in quotation marks is not asked. No grammar: short
 * distances between words.
 */
#ifndef STORY_CUE_H
#define STORY_CUE_H

#include "story/scan.h"

/* A sentence of the story, the quotations in it known as pieces. */
struct cue_facts {
    bool has_cue;        /* a verb of saying, or "according to" */
    bool gives_document; /* the words are given to a document, or to an embassy that writes */
    bool gives_other;    /* a verb of saying whose subject is not a document */
};

/* Facts of the writer's words in [start, end): bytes inside any of the pieces are skipped. `first`
 * is the first piece that may matter. */
struct cue_facts cue_read(struct bytes text, uint32_t start, uint32_t end,
                          const struct piece *pieces, size_t count, size_t first);
/* Whether a cue stands directly before `at` (a verb of saying, at most two small words, a colon)
 * within [low, at). */
bool cue_ends_before(struct bytes text, uint32_t low, uint32_t at);
/* Whether one begins directly after `at`: `," he said`. */
bool cue_begins_after(struct bytes text, uint32_t at, uint32_t high);
bool cue_is_verb(struct bytes word);

#endif
