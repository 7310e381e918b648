/* style.h - house styles: what a newsroom or a guide allows inside quotation marks, as overrides of
 * the severities of verdict.c (document-strict).
 *
 * Our reading of the guides, listed in docs/differences.md; a preset lowers
 * what a guide allows in silence, and makes what it forbids a query, never a fix. To add one: a
 * line in CHECK_STYLES and its rows in style.c.
 */
#ifndef CHECK_STYLE_H
#define CHECK_STYLE_H

#include "base/fault.h"
#include "check/verdict.h"

/* X(enum, name) */
#define CHECK_STYLES(X)                                                                            \
    X(STYLE_STRICT, "document-strict")                                                             \
    X(STYLE_AP, "ap")                                                                              \
    X(STYLE_REUTERS, "reuters")                                                                    \
    X(STYLE_NYT, "nyt")                                                                            \
    X(STYLE_WSJ, "wsj")                                                                            \
    X(STYLE_GUARDIAN, "guardian")                                                                  \
    X(STYLE_CHICAGO, "chicago")                                                                    \
    X(STYLE_MLA, "mla")                                                                            \
    X(STYLE_LEGAL, "legal")

enum style {
#define STYLE_ENUM(name, word) name,
    CHECK_STYLES(STYLE_ENUM)
#undef STYLE_ENUM
        STYLE_COUNT,
};

const char *style_name(enum style style);
/* NULL is STYLE_STRICT. BAD_INPUT lists the names. */
MUST_USE enum status style_from_name(const char *name, enum style *style, struct fault *fault);
/* What the style says of the class, where it says anything; what is a fix stays one. */
void style_apply(enum style style, enum difference_class class, struct severity_ruling *ruling);

#endif
