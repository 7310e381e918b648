/* view.h - one document taken apart, to be shown piece by piece: what is known of it, and one part
 * of its text in blocks.
 *
 * All strings are clean UTF-8 (no control bytes but line ends and tabs in text) and lent until the
 * view is freed. Bounded: a view holds one range of blocks of one part, and at most
 * STET_RELATED_MAX documents of each relation, with the exact totals.
 */
#ifndef STET_VIEW_H
#define STET_VIEW_H

#include <stet/archive.h>
#include <stet/scope.h>

enum { STET_RELATED_MAX = 100, STET_BLOCKS_UNLESS_SAID = 200 };

struct stet_view_asked {
    const char *address; /* NAME[:part][@reading][#p15 | #n7 | /page/4] */
    struct stet_scope scope;
    const char *query;  /* its words are marked; NULL: none */
    uint32_t part;      /* 0: the address's, else the first that has text */
    size_t first, most; /* blocks from 0; most 0: STET_BLOCKS_UNLESS_SAID. first 0 with a place in
                           the address: the range that holds it */
};

struct stet_field {
    const char *word, *value; /* "origin", "Embassy Elmira" */
    const char *basis;        /* "" when stated, else what it rests on */
    bool is_inferred;
};

/* Another document, or a reference to one. */
struct stet_related {
    const char *address; /* NAME, NAME@reading where the name alone does not tell, or words */
    const char *kind, *date, *date_basis, *origin, *title;
    bool is_held; /* within the scope */
};

enum stet_block_kind {
    STET_BLOCK_BODY,
    STET_BLOCK_FURNITURE, /* page heads, section lines, banners */
    STET_BLOCK_HEAD,      /* lines of the document's header */
    STET_BLOCK_HEADING,
    STET_BLOCK_VOICE, /* quoted mail, a speaker's turn: `who` */
};

enum stet_mark_kind {
    STET_MARK_HIT,
    STET_MARK_WITHHELD, /* value: the exemption or the note */
    STET_MARK_DOUBTFUL,
    STET_MARK_INSERTED,
    STET_MARK_DELETED,
    STET_MARK_NOTE,
    STET_MARK_FURNITURE, /* a page head inside a paragraph */
    STET_MARK_PORTION,   /* value: "SBU" */
};

struct stet_mark {
    enum stet_mark_kind kind;
    size_t start, end; /* bytes of the block's text; they may nest and overlap */
    const char *value;
    size_t ordinal; /* of a hit: from 1, over the part */
};

struct stet_block {
    enum stet_block_kind kind;
    const char *label;   /* "p15", "n7"; "" between paragraphs */
    const char *printed; /* the number printed: "15"; "" */
    const char *marking; /* "SBU", "" */
    const char *who;
    const char *text;
    uint32_t start, end;           /* bytes of the part's text as it is stored */
    const struct stet_mark *marks; /* by start */
    size_t mark_count;
    bool is_asked; /* the one that the address names */
};

struct stet_view {
    const char *name, *kind, *title, *file;
    const char *date, *date_basis; /* as struct stet_hit */
    const char *digest;            /* hex digits for NAME@digest: the text shown */
    const char *verdict;           /* "" when read in full, else in words, with the reason */
    bool is_purged;
    const struct stet_field *fields;
    size_t field_count;
    const struct stet_related *refs, *referrers, *twins;
    size_t ref_count, referrer_count, twin_count, referrer_total, twin_total;
    const char *const *paths; /* collection/root/path of its files */
    size_t path_count;
    const char *const *collections;
    size_t collection_count;
    const char *const *part_names; /* "" for the body */
    size_t part_count;
    uint32_t part;        /* whose blocks follow; 0: no text here */
    size_t first, blocks; /* number of the first block shown; of all blocks of the part */
    const struct stet_block *at;
    size_t count;
    size_t hits; /* in the part, at most 20,000 */
    size_t hit_before,
        hit_after; /* blocks with the nearest hit outside the range; SIZE_MAX: none */
    const struct stet_related *candidates; /* a name that fits several: only this is filled */
    size_t candidate_count;
};

/* STET_NOT_FOUND: nothing of that name within the scope, or no such place in it; the view is then
 * NULL. STET_BAD_INPUT: no address, or a query that cannot be taken. */
enum stet_status stet_view_open(struct stet_archive *archive, const struct stet_view_asked *asked,
                                const struct stet_view **view, struct stet_fault *fault);
void stet_view_close(const struct stet_view *view);

#endif
