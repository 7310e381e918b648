/* story.h - what does the story state? Text, quotations with their marks, and what stands around
 * them. No archive here.
 *
 * A story is read by the confined worker (plain text, Markdown, HTML, DOCX, ODT, PDF) or handed in
 * as text; offsets are bytes of `text`, whose line ends are those of the file, so that line and
 * column can be told; a word processor's paragraph is a line, tracked changes are accepted.
 * Everything is lent from the arena given at reading.
 */
#ifndef STORY_STORY_H
#define STORY_STORY_H

#include "base/arena.h"
#include "base/fault.h"
#include "text/span.h"

enum { STORY_MAX = 16 << 20, STORY_QUOTATIONS_MAX = 20000 };

enum mark_kind {
    MARK_BRACKET, /* [..]: gloss or replacement, decided by the alignment; inner text start..end
                     without brackets */
    MARK_LETTER,  /* [e]ncouraging, want[ed]: a word with bracketed letters; start..end is the whole
                     word */
    MARK_ELLIPSIS,    /* ... or … or . . . or [...] or [ . . . ], four dots too */
    MARK_SIC,         /* [sic] (sic) */
    MARK_PARENTHESIS, /* (..): an insertion, or in the source */
    MARK_DASHED_OUT,  /* f--- , d**n */
    MARK_WITHHELD,    /* bars, XXXX, [redacted], [inaudible], [name withheld] */
    MARK_WRITER, /* the writer's words between two pieces of one utterance; start..end spans them
                    with their marks */
    MARK_NESTED, /* quotation marks inside; start..end is the inner text */
};

struct mark {
    enum mark_kind kind;
    uint32_t start; /* bytes of the story: the whole mark as printed, brackets included */
    uint32_t end;
    uint32_t inner_start; /* what stands inside */
    uint32_t inner_end;
};

enum quotation_kind {
    QUOTATION_SPOKEN,   /* has a cue, or five words and more */
    QUOTATION_TERM,     /* scare quotes, titles, nicknames: up to 4 words without a cue verb */
    QUOTATION_BLOCK,    /* without marks, by option */
    QUOTATION_REPEATED, /* the same words as an earlier one (headline, caption): `same_as` */
};

struct quotation {
    enum quotation_kind kind;
    uint32_t start, end; /* bytes inside the outer marks, first piece's start to last piece's end */
    uint32_t outer_start, outer_end; /* with the marks */
    const struct mark *marks;        /* sorted, inside start..end */
    size_t mark_count;
    bool is_unclosed;    /* closing mark missing: ends with its paragraph */
    bool has_cue;        /* a verb of saying, "according to", or a colon beside it */
    bool names_document; /* given to a document: "the cable", "a memo", "embassy wrote", an address
                          */
    uint32_t paragraph;  /* index of the paragraph it begins in */
    uint32_t same_as;    /* for REPEATED: index of the first */
    uint32_t lead_start, lead_end; /* the writer's sentence it stands in */
};

struct story_paragraph {
    uint32_t start, end;
    bool is_heading;
};

struct story {
    struct bytes name; /* as given, for reports */
    struct bytes text;
    const struct story_paragraph *paragraphs;
    size_t paragraph_count;
    const struct quotation *quotations;
    size_t quotation_count;
    bool cut; /* more than STORY_QUOTATIONS_MAX: the rest was not looked at, and the report says so
               */
    const uint32_t *lines; /* byte offset of each line start */
    size_t line_count;
    struct bytes remark; /* what its reader said of the reading, in words; empty when nothing */
};

enum story_markup { STORY_PLAIN, STORY_MARKDOWN, STORY_HTML };

/* Read a file ("-" is standard input already read into `raw`) through a confined worker (of the
 * program `worker`, NULL: the installed one): charset, markup. Spans in paragraphs. */
MUST_USE enum status story_read(const char *worker, struct bytes name, struct bytes raw,
                                struct arena *arena, struct story *story, struct fault *fault);
/* The same from text that is UTF-8 already; spans (may be NULL) as a reader gave them. Unit tests
 * come in here. */
MUST_USE enum status story_parse(struct bytes name, struct bytes text, enum story_markup markup,
                                 const struct span *spans, size_t span_count, struct arena *arena,
                                 struct story *story, struct fault *fault);

/* Line from 1, column from 1 in code points. */
void story_line_column(const struct story *story, uint32_t at, uint32_t *line, uint32_t *column);

#endif
