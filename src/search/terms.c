#include <stet/facets.h>

#include <stdlib.h>

#include "catalog/ledger.h"
#include "search/match.h"
#include "search/spelling.h"
#include "text/clean.h"

enum { MISSING_LOOKED_FOR = 8 };

/* The terms are its first member: that is how they are freed. */
struct termed {
    struct stet_terms terms;
    struct arena arena;
};

/* One question and the moment it is asked in. */
struct asking {
    const struct stet_query *asked;
    struct arena *arena; /* of the answer */
    struct viewer viewer;
    struct query query;
    struct bytes text;
    const struct node **nodes; /* a term each */
    size_t count;
    size_t looked_for; /* missing words */
    bool is_cut;
};

void stet_terms_free(const struct stet_terms *terms)
{
    struct termed *termed = (struct termed *)(uintptr_t)terms;
    if (termed == NULL)
        return;
    arena_release(&termed->arena);
    free(termed);
}

static enum status total_of(struct asking *asking, const struct query *query, uint64_t *total,
                            struct fault *fault)
{
    SCOPED(matching_release) struct matching matching = { 0 };
    struct match_wanted wanted = { .budget_ns = asking->asked->budget_ms * UINT64_C(1000000),
                                   .stop = asking->asked->stop };
    TRY(match_query(asking->viewer.snapshot, query, &wanted, &matching, fault));
    asking->is_cut |= matching.is_cut;
    *total = matching.total;
    return OK;
}

/* Nodes keep their numbers, so that a query of some of them is one of as many. */
static struct node *copy_of(const struct asking *asking, const struct node *node)
{
    struct node *copy = arena_alloc(asking->query.arena, sizeof *copy);
    if (copy == NULL)
        return NULL;
    *copy = *node;
    copy->next = NULL;
    return copy;
}

static enum status count_alone(struct asking *asking, size_t at, uint64_t *total,
                               struct fault *fault)
{
    struct query alone = asking->query;
    alone.root = copy_of(asking, asking->nodes[at]);
    return alone.root == NULL ? no_memory(fault) : total_of(asking, &alone, total, fault);
}

static enum status count_without(struct asking *asking, size_t at, uint64_t *total,
                                 struct fault *fault)
{
    struct query rest = asking->query;
    struct node *root = copy_of(asking, asking->query.root), **last = root ? &root->first : NULL;
    *total = 0;
    if (asking->count < 2)
        return OK;
    for (size_t i = 0; last != NULL && i < asking->count; i++) {
        if (i == at)
            continue;
        *last = copy_of(asking, asking->nodes[i]);
        last = *last != NULL ? &(*last)->next : NULL;
    }
    if (last == NULL)
        return no_memory(fault);
    rest.root = asking->count == 2 ? root->first : root;
    return total_of(asking, &rest, total, fault);
}

static struct bytes words_of(const struct asking *asking, size_t at)
{
    const struct node *node = asking->nodes[at];
    if (asking->nodes[at] == asking->query.root)
        return bytes_trim(asking->text);
    return bytes_trim(bytes_slice(asking->text, node->start, node->end - node->start));
}

/* The query with `words` in place of term `at`; without it where they are empty. */
static const char *text_with(const struct asking *asking, size_t at, struct bytes words)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    for (size_t i = 0; i < asking->count; i++) {
        struct bytes part = i == at ? words : words_of(asking, i);
        if (part.len > 0 && text.len > 0)
            buffer_u8(&text, ' ');
        buffer_append_bytes(&text, part);
    }
    return text.failed ? "" : clean_line(asking->arena, buffer_bytes(&text));
}

static const char *said_of(const struct asking *asking, const struct node *node)
{
    SCOPED(buffer_release) struct buffer said = { 0 };
    struct query alone = asking->query;
    alone.root = copy_of(asking, node);
    if (alone.root == NULL)
        return "";
    query_print(&alone, &said);
    return said.failed ? "" : clean_line(asking->arena, buffer_bytes(&said));
}

/* How many documents hold the word, of the text alone, within the scope. */
static enum status count_word(struct asking *asking, struct bytes key, uint64_t *total,
                              struct fault *fault)
{
    struct query query = { .arena = asking->query.arena, .nodes = 1, .words = 1 };
    struct node *node = arena_alloc(query.arena, sizeof *node);
    struct query_word *word = arena_alloc(query.arena, sizeof *word);
    if (node == NULL || word == NULL)
        return no_memory(fault);
    *word = (struct query_word){ .typed = key, .key = key };
    *node = (struct node){ .kind = NODE_WORDS, .field = NO_FIELD, .words = word, .word_count = 1 };
    query.root = node;
    return total_of(asking, &query, total, fault);
}

static enum status find_near(struct asking *asking, size_t at, const struct query_word *word,
                             struct stet_term *term, struct fault *fault)
{
    struct spelling near[SPELLINGS];
    size_t count = 0;
    struct bytes words = words_of(asking, at);
    TRY(spellings_near(asking->viewer.snapshot, word->key, near, &count, fault));
    for (size_t i = 0; i < count; i++) {
        uint64_t total;
        struct bytes found = bytes_from_string(near[i].word);
        TRY(count_word(asking, found, &total, fault));
        if (total == 0)
            continue;
        size_t place = bytes_find(words, word->typed, 0);
        SCOPED(buffer_release) struct buffer changed = { 0 };
        buffer_append_bytes(&changed, bytes_slice(words, 0, place));
        buffer_append_bytes(&changed, found);
        if (place != SIZE_MAX)
            buffer_append_bytes(&changed, bytes_slice(words, place + word->typed.len, words.len));
        term->near = clean_line(asking->arena, found);
        term->near_count = total;
        if (place != SIZE_MAX && !changed.failed)
            term->with_near = text_with(asking, at, buffer_bytes(&changed));
        return OK;
    }
    return OK;
}

/* The first plain word of the term that no document of the scope holds. */
static enum status look_for_missing(struct asking *asking, size_t at, const struct node *node,
                                    struct stet_term *term, struct fault *fault)
{
    for (size_t i = 0; i < node->word_count && term->near[0] == '\0'; i++) {
        const struct query_word *word = &node->words[i];
        uint64_t total;
        if (node->field != NO_FIELD || word->match != WORD_PLAIN || word->key.len > FOLD_KEY_MAX ||
            asking->looked_for >= MISSING_LOOKED_FOR)
            continue;
        TRY(count_word(asking, word->key, &total, fault));
        if (total > 0)
            continue;
        asking->looked_for++;
        TRY(find_near(asking, at, word, term, fault));
    }
    for (const struct node *child = node->first; child != NULL && term->near[0] == '\0';
         child = child->next)
        TRY(look_for_missing(asking, at, child, term, fault));
    return OK;
}

static enum status term_make(struct asking *asking, size_t at, bool counted, struct stet_term *term,
                             struct fault *fault)
{
    static const struct bytes nothing;
    *term = (struct stet_term){ .words = clean_line(asking->arena, words_of(asking, at)),
                                .said = said_of(asking, asking->nodes[at]),
                                .without = text_with(asking, at, nothing),
                                .near = "",
                                .with_near = "" };
    if (!counted)
        return OK;
    TRY(count_alone(asking, at, &term->count, fault));
    TRY(count_without(asking, at, &term->if_dropped, fault));
    return term->count == 0 ? look_for_missing(asking, at, asking->nodes[at], term, fault) : OK;
}

static enum status split(struct asking *asking, struct fault *fault)
{
    const struct node *root = asking->query.root;
    bool is_list = root->kind == NODE_AND;
    for (const struct node *child = is_list ? root->first : NULL; child; child = child->next)
        asking->count++;
    asking->nodes = arena_alloc_many(asking->query.arena, asking->count + 1, sizeof *asking->nodes);
    if (asking->nodes == NULL)
        return no_memory(fault);
    if (!is_list)
        asking->nodes[asking->count++] = root;
    size_t at = 0;
    for (const struct node *child = is_list ? root->first : NULL; child; child = child->next)
        asking->nodes[at++] = child;
    return OK;
}

static enum status fill(struct asking *asking, bool counted, struct stet_terms *terms,
                        struct fault *fault)
{
    struct coverage coverage = { 0 };
    struct stet_term *at = NULL;
    TRY(query_bind_within(asking->viewer.catalog, viewer_may(&asking->viewer), &asking->query,
                          fault));
    TRY(split(asking, fault));
    at = arena_alloc_many(asking->arena, asking->count + 1, sizeof *at);
    if (at == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < asking->count; i++)
        TRY(term_make(asking, i, counted, &at[i], fault));
    *terms = (struct stet_terms){ .at = at, .count = asking->count };
    if (!counted)
        return OK;
    TRY(total_of(asking, &asking->query, &terms->total, fault));
    TRY(catalog_coverage(asking->viewer.catalog, asking->viewer.within.ids,
                         asking->viewer.within.count, &coverage, fault));
    terms->without_text = coverage.documents_without_text;
    terms->is_cut = asking->is_cut;
    return OK;
}

static enum status ask(struct archive *archive, const struct stet_query *asked, bool counted,
                       struct termed *termed, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct asking asking = { .asked = asked,
                             .arena = &termed->arena,
                             .text = bytes_from_string(asked->text) };
    TRY(query_parse(asking.text, asked->exact, &arena, &asking.query, fault));
    TRY(viewer_open(archive, &asked->scope, asked->collections, asked->collection_count, &arena,
                    &asking.viewer, fault));
    enum status filled = fill(&asking, counted, &termed->terms, fault);
    viewer_release(&asking.viewer);
    return filled;
}

enum stet_status stet_terms_make(struct stet_archive *archive, const struct stet_query *query,
                                 bool counted, const struct stet_terms **terms,
                                 struct stet_fault *fault)
{
    struct termed *termed = calloc(1, sizeof *termed);
    *terms = NULL;
    if (termed == NULL)
        return no_memory(fault);
    enum status asked = ask(archive, query, counted, termed, fault);
    if (asked == OK)
        *terms = &termed->terms;
    else
        stet_terms_free(&termed->terms);
    return asked;
}
