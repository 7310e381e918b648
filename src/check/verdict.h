/* verdict.h - which verdict and which severity a difference has: tables, and the few rules that ask
 * what stands around.
 *
 * docs/differences.md. To add a class: a row in verdict.c. What depends on who is
 * meant, who speaks, when, or what it means is at most a query.
 */
#ifndef CHECK_VERDICT_H
#define CHECK_VERDICT_H

#include "trace/difference.h"
#include <stet/check.h>

/* X(enum, words, words in a count) */
#define CHECK_VERDICTS(X)                                                                          \
    X(CHECK_VERBATIM, "verbatim", "word for word")                                                 \
    X(CHECK_MARKED, "verbatim, changes marked", "word for word, changes marked")                   \
    X(CHECK_PUNCTUATION, "punctuation differs", "punctuation differs")                             \
    X(CHECK_ALTERED, "altered, unmarked", "altered, unmarked")                                     \
    X(CHECK_JOINED, "joined", "joined")                                                            \
    X(CHECK_CUT, "cut changes sense?", "cut may change the sense")                                 \
    X(CHECK_BRACKET, "bracket not supported", "bracket not supported")                             \
    X(CHECK_SPEAKER, "other speaker?", "other speaker?")                                           \
    X(CHECK_WITHHELD, "withheld in our copy", "withheld in our copy")                              \
    X(CHECK_DOUBTFUL, "differs in doubtful text", "differs in doubtful text")                      \
    X(CHECK_SEVERAL, "several sources", "several sources")                                         \
    X(CHECK_TRANSLATION, "translation?", "translation?")                                           \
    X(CHECK_NOT_FOUND, "not found", "not found")                                                   \
    X(CHECK_CANNOT_TELL, "cannot tell", "cannot tell")                                             \
    X(CHECK_TERM, "term", "a term")                                                                \
    X(CHECK_AS_IN_ARCHIVE, "as in archive", "as in archive")                                       \
    X(CHECK_AGREES, "agrees", "agree")                                                             \
    X(CHECK_DIFFERS, "differs", "differ")                                                          \
    X(CHECK_FORM, "form differs", "in another form")                                               \
    X(CHECK_ABSENT, "not in archive", "not in archive")                                            \
    X(CHECK_ROUNDED, "rounded", "rounded")                                                         \
    X(CHECK_UNIT, "unit or scale differs", "in another unit or scale")                             \
    X(CHECK_ELSEWHERE, "elsewhere", "elsewhere")                                                   \
    X(CHECK_CONFLICTING, "conflicting", "conflicting")                                             \
    X(CHECK_COMPLETE, "complete", "complete")                                                      \
    X(CHECK_SHORTER, "shorter than the source", "shorter than the source")                         \
    X(CHECK_WEEKDAY, "weekday wrong", "with a wrong weekday")                                      \
    X(CHECK_INTERVAL, "interval wrong", "with a wrong interval")                                   \
    X(CHECK_CONSISTENT, "cannot tell (consistent)", "consistent")                                  \
    X(CHECK_READ_THIS, "read this", "to be read")                                                  \
    X(CHECK_RESOLVED, "resolved", "resolved")                                                      \
    X(CHECK_NOT_INTRODUCED, "abbreviation not introduced", "not introduced")                       \
    X(CHECK_TWO_FORMS, "two forms", "in two forms")                                                \
    X(CHECK_UNCHECKED, "unchecked", "unchecked")                                                   \
    X(CHECK_AT_RISK, "person at risk", "persons at risk")

enum check_verdict {
#define CHECK_ENUM(name, words, counted) name,
    CHECK_VERDICTS(CHECK_ENUM)
#undef CHECK_ENUM
        CHECK_VERDICT_COUNT,
};
const char *check_verdict_words(enum check_verdict verdict);
const char *check_verdict_counted(enum check_verdict verdict);

const char *severity_word(enum stet_severity severity);

/* What the rules ask beside the difference itself. */
struct circumstances {
    bool names_inner_speaker; /* the story names whom the source quotes */
    bool is_doubtful;         /* all of the passage is doubtful text */
    bool is_probable;         /* the trace is only probable: at most a query */
    bool joins_at_gap; /* the two places meet at the writer's own words, not inside one pair of
                          marks */
};

struct severity_ruling {
    enum stet_severity severity;
    enum check_verdict verdict;
    bool first;  /* stands first in the memo */
    bool folded; /* counted once at the foot */
};
struct severity_ruling severity_of(const struct difference *difference,
                                   const struct circumstances *circumstances);
/* True where the first of two verdicts of equal severity names the statement. */
bool verdict_outranks(enum check_verdict a, enum check_verdict b);
/* "quotation-altered-unmarked": kind and verdict in small letters with hyphens. Answers the length.
 */
size_t rule_write(const char *kind, enum check_verdict verdict, char *out, size_t room);

#endif
