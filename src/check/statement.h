/* statement.h - one checkable thing of a story with what was found of it, ready to be reported.
 * Pure data, of one arena. */
#ifndef CHECK_STATEMENT_H
#define CHECK_STATEMENT_H

#include "catalog/desk.h"
#include "catalog/ledger.h"
#include "check/statement_kind.h"
#include "check/style.h"
#include "check/verdict.h"
#include "story/story.h"

enum { CHECK_CANDIDATES = 8, CHECK_UNREAD = 5 };

/* One thing to say of a statement. */
struct finding {
    const char *code; /* "O4", "A3", "N1"; static */
    enum stet_severity severity;
    enum check_verdict verdict;
    bool first;         /* stands first in the memo */
    bool folded;        /* only counted, at the foot */
    bool is_difference; /* words of story and source stand beside each other */
    enum difference_marking marking;
    uint32_t story_start, story_end;
    uint32_t source_start, source_end; /* of the part */
    uint8_t passage;
    uint32_t words; /* of the source left out, or of the story added */
    struct bytes story_words, source_words;
    struct bytes message; /* one sentence, document text in it not yet cleaned */
};

/* Where the words stand, as a report cites it. Fields are empty where nothing is stated. */
struct cited {
    uint64_t document;
    struct bytes name; /* "10MEXICO83" */
    uint32_t part;
    struct bytes reading; /* hex digits of the reading's text hash */
    struct bytes label;   /* "p15" */
    struct bytes marking; /* "SBU" */
    struct bytes date;
    struct bytes date_from; /* what it was inferred from; empty when stated */
    bool date_is_inferred;
    struct bytes origin;
    struct bytes class;
    uint32_t start, end; /* of the passage in the part */
    struct bytes text;   /* the passage, literal */
    struct bytes
        around; /* literal text from some way before to some way behind, furniture and all */
    struct bytes shown;         /* the same bytes with furniture blanked, for people */
    struct bytes before, after; /* source words around */
    struct bytes lead_in;   /* the sentence's words before the passage, else the sentence before */
    bool lead_in_is_before; /* the latter */
};

struct cited_candidate {
    struct bytes name;
    struct bytes label;
    double bits;
};

struct statement {
    enum statement_kind kind;
    const struct quotation *quotation; /* of a STATEMENT_QUOTATION, else NULL */
    uint32_t start, end;               /* bytes of the story: what is stated */
    enum check_verdict verdict;
    enum stet_severity severity;
    bool first;
    bool is_unexpected;       /* not found, and the story gives the words to nothing held here */
    struct finding *findings; /* worst first */
    size_t finding_count;
    struct cited cited[2]; /* a splice has two */
    size_t cited_count;
    struct cited_candidate candidates[CHECK_CANDIDATES];
    size_t candidate_count;
    size_t copy_count; /* near copies of the passage elsewhere */
    double bits_verbatim, bits_found;
    uint8_t fingerprint[FINGERPRINT_LEN]; /* check/ruling.h */
    const struct ruling_row *ruling;      /* what a person decided, or NULL */
    bool ruling_is_stale; /* it was made on another reading of the document: open again */
    bool is_known;        /* the baseline has it */
};

enum { PROTECTED_KEYS_MAX = 10 };

/* A person whom a traced document asks to protect. */
struct protected_name {
    struct bytes keys[PROTECTED_KEYS_MAX]; /* folded words of the name, the last last */
    size_t key_count;
    struct bytes mark;  /* "strictly protect" */
    struct cited cited; /* where */
    bool is_asked;      /* the story names the person; asked at the first mention */
};

/* The whole answer. */
struct check_answer {
    struct story story;
    struct bytes date;      /* as given or as the story says; empty: unknown */
    struct bytes date_from; /* "--date", "front matter", "its dateline"; lent */
    struct bytes embargo;   /* YYYY-MM-DD or empty */
    struct bytes printed;   /* the file byte for byte as `story.text`, but with its markup; empty
                               where they do not lie beside each other */
    enum style style;
    struct coverage coverage;
    struct statement *statements; /* in story order; repeated quotations have none */
    size_t count;
    bool is_checked[STATEMENT_KIND_COUNT]; /* kinds that were looked for */
    size_t repeated;                       /* quotations that repeat an earlier one */
    struct bytes unread[CHECK_UNREAD];     /* paths of files that were not read, the first few */
    size_t unread_count;
    struct protected_name *protected_names;
    size_t protected_count;
    size_t left_out; /* documents left out because they hold the story itself */
};

#endif
