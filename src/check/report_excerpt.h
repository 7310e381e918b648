/* report_excerpt.h - the words of story and source around a finding, as every report shows them. */
#ifndef CHECK_REPORT_EXCERPT_H
#define CHECK_REPORT_EXCERPT_H

#include "check/statement.h"

enum { EXCERPT_AROUND = 36 };

/* Up to EXCERPT_AROUND bytes of context on each side of a run, cut at words. Literal, not cleaned.
 */
struct excerpt {
    struct bytes before, words, after;
    bool cut_before, cut_after;
};

/* Within the quotation; of another statement within its paragraph. */
struct excerpt excerpt_of_story(const struct story *story, const struct statement *statement,
                                const struct finding *finding);
struct excerpt excerpt_of_source(const struct cited *cited, const struct finding *finding);
/* The finding's words of the source without page heads and the like between them. */
struct bytes excerpt_source_words(const struct statement *statement, const struct finding *finding);
/* The byte at or beside `at` where a word begins (forward) or ends. */
size_t excerpt_edge(struct bytes text, size_t at, bool forward);

#endif
