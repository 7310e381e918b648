/* statement_kind.h - what a story can state, as reports and the machine form name it. */
#ifndef CHECK_STATEMENT_KIND_H
#define CHECK_STATEMENT_KIND_H

/* X(enum, as the machine form names it, several of them) */
#define STATEMENT_KINDS(X)                                                                         \
    X(STATEMENT_QUOTATION, "quotation", "quotations")                                              \
    X(STATEMENT_NAME, "name", "names")                                                             \
    X(STATEMENT_ROLE, "role", "roles")                                                             \
    X(STATEMENT_ACRONYM, "acronym", "acronyms")                                                    \
    X(STATEMENT_FIGURE, "figure", "figures")                                                       \
    X(STATEMENT_LIST, "list", "lists")                                                             \
    X(STATEMENT_DATE, "date", "dates")                                                             \
    X(STATEMENT_DESCRIPTION, "description", "descriptions of documents")                           \
    X(STATEMENT_ATTRIBUTED, "statement", "statements without quotation marks")                     \
    X(STATEMENT_CITATION, "citation", "citations")                                                 \
    X(STATEMENT_REFERENCE, "reference", "cross-references")                                        \
    X(STATEMENT_SPELLING, "spelling", "spellings")                                                 \
    X(STATEMENT_PLACEHOLDER, "placeholder", "placeholders")

enum statement_kind {
#define STATEMENT_ENUM(name, word, several) name,
    STATEMENT_KINDS(STATEMENT_ENUM)
#undef STATEMENT_ENUM
        STATEMENT_KIND_COUNT,
};
const char *statement_kind_word(enum statement_kind kind);
const char *statement_kind_several(enum statement_kind kind);

#endif
