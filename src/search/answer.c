#include "search/answer.h"

#include <inttypes.h>

#include "catalog/coverage_words.h"
#include "text/clean.h"
#include "search/label.h"
#include "search/match.h"
#include "search/snippet.h"

enum { MOST_UNLESS_SAID = 10, SNIPPET_UNLESS_SAID = 240, SNIPPET_MAX = 8192, MISSING_SHOWN = 8 };

struct stet_answer {
    struct arena arena;
    struct stet_hit *hits;
    size_t count;
    uint64_t total, undated;
    bool is_cut;
    const char *understood;
    const char *coverage;
};

void stet_answer_free(struct stet_answer *answer)
{
    if (answer == NULL)
        return;
    arena_release(&answer->arena);
    free(answer);
}

uint64_t stet_answer_total(const struct stet_answer *answer)
{
    return answer->total;
}

uint64_t stet_answer_undated(const struct stet_answer *answer)
{
    return answer->undated;
}

size_t stet_answer_count(const struct stet_answer *answer)
{
    return answer->count;
}

const struct stet_hit *stet_answer_hit(const struct stet_answer *answer, size_t index)
{
    return index < answer->count ? &answer->hits[index] : NULL;
}

const char *stet_answer_understood(const struct stet_answer *answer)
{
    return answer->understood;
}

const char *stet_answer_coverage(const struct stet_answer *answer)
{
    return answer->coverage;
}

bool stet_answer_is_cut(const struct stet_answer *answer)
{
    return answer->is_cut;
}

static enum status fill_hit(struct stet_answer *answer, const struct snapshot *snapshot,
                            const struct query *query, const struct matching *matching,
                            const struct match *match, uint32_t bytes, struct stet_hit *hit,
                            struct fault *fault)
{
    struct arena *arena = &answer->arena;
    struct document_row row;
    struct field_list fields = { 0 };
    struct snippet snippet = { "", "" };
    struct date_label date;
    const struct catalog *catalog = snapshot_catalog(snapshot);
    TRY(catalog_document(catalog, match->document, arena, &row, fault));
    TRY(catalog_fields(catalog, match->document, arena, &fields, fault));
    TRY(snippet_make(&matching->plans[match->segment], query, match, bytes, arena, &snippet,
                     fault));
    TRY(date_label_make(snapshot, match->document, &fields, arena, &date, fault));
    hit->name = clean_line(arena, row.name);
    hit->address = arena_print(arena, "%s%s", hit->name, snippet.address);
    hit->date = date.text;
    hit->date_basis = date.basis;
    hit->origin = field_label(&fields, FIELD_ORIGIN, arena);
    hit->class_name = field_label(&fields, FIELD_CLASS, arena);
    hit->title = field_label(&fields, FIELD_TITLE, arena);
    hit->file = file_label(&fields, arena);
    hit->kind = kind_word(row.kind);
    hit->snippet = snippet.text;
    hit->score = match->score;
    return hit->address == NULL ? no_memory(fault) : OK;
}

/* Words that no segment holds, neither in bodies nor in furniture. */
static bool is_missing(const struct matching *matching, const struct query_word *word)
{
    for (size_t i = 0; i < matching->plan_count; i++) {
        const struct planned_word *planned = &matching->plans[i].words[word->id];
        if (planned->body_count + planned->furniture_count > 0)
            return false;
    }
    return true;
}

static void print_missing(const struct matching *matching, const struct node *node, int *shown,
                          struct buffer *to)
{
    for (size_t i = 0; i < node->word_count; i++) {
        if (!is_missing(matching, &node->words[i]) || ++*shown > MISSING_SHOWN)
            continue;
        buffer_append_text(to, *shown == 1 ? "; not in the archive: " : ", ");
        if (node->field != NO_FIELD)
            buffer_print(to, "%s:", field_word((enum field_name)node->field));
        buffer_append_bytes(to, node->words[i].key);
    }
    for (const struct node *child = node->first; child != NULL; child = child->next)
        print_missing(matching, child, shown, to);
}

/* What no segment holds is not said to those who may not see all of them: it would tell of the
 * words of the others. */
static enum status fill_lines(struct stet_answer *answer, const struct viewer *viewer,
                              const struct query *query, const struct matching *matching,
                              struct fault *fault)
{
    char words[512];
    struct coverage coverage = { 0 };
    SCOPED(buffer_release) struct buffer line = { 0 };
    int shown = 0;
    query_print(query, &line);
    if (!viewer->is_limited)
        print_missing(matching, query->root, &shown, &line);
    TRY(buffer_check(&line, fault));
    answer->understood = clean_line(&answer->arena, buffer_bytes(&line));
    TRY(catalog_coverage(viewer->catalog, viewer->within.ids, viewer->within.count, &coverage,
                         fault));
    coverage_words(&coverage, words, sizeof words);
    answer->coverage = clean_line(&answer->arena, bytes_from_string(words));
    return OK;
}

static enum status answer_fill(struct stet_answer *answer, const struct viewer *viewer,
                               const struct stet_query *asked, const struct query *query,
                               struct fault *fault)
{
    const struct snapshot *snapshot = viewer->snapshot;
    SCOPED(matching_release) struct matching matching = { 0 };
    struct match_wanted wanted = {
        .order = asked->order,
        .skip = asked->skip,
        .most = asked->most > 0 ? asked->most : MOST_UNLESS_SAID,
        .budget_ns = asked->budget_ms * UINT64_C(1000000),
        .stop = asked->stop,
    };
    uint32_t bytes = asked->snippet_bytes > 0 ? asked->snippet_bytes : SNIPPET_UNLESS_SAID;
    TRY(match_query(snapshot, query, &wanted, &matching, fault));
    answer->total = matching.total;
    answer->undated = matching.undated;
    answer->is_cut = matching.is_cut;
    answer->hits = arena_alloc_many(&answer->arena, matching.count + 1, sizeof *answer->hits);
    if (answer->hits == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < matching.count; i++)
        TRY(fill_hit(answer, snapshot, query, &matching, &matching.at[i],
                     bytes < SNIPPET_MAX ? bytes : SNIPPET_MAX, &answer->hits[i], fault));
    answer->count = matching.count;
    for (size_t i = 0; viewer->is_limited && i < matching.count; i++)
        answer->hits[i].score = 0;
    return fill_lines(answer, viewer, query, &matching, fault);
}

enum status answer_make(const struct viewer *viewer, const struct stet_query *asked,
                        struct stet_answer **answer, struct fault *fault)
{
    struct query query;
    SCOPED(arena_release) struct arena arena = { 0 };
    CLOSED(stet_answer_free) struct stet_answer *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    TRY(query_parse(bytes_from_string(asked->text), asked->exact, &arena, &query, fault));
    TRY(query_bind_within(viewer->catalog, viewer_may(viewer), &query, fault));
    TRY(answer_fill(made, viewer, asked, &query, fault));
    *answer = take(made);
    return OK;
}

/* What is wrong with the words is said before the archive is looked at. */
enum stet_status stet_search(struct stet_archive *archive, const struct stet_query *asked,
                             struct stet_answer **answer, struct stet_fault *fault)
{
    struct query query;
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(viewer_release) struct viewer viewer = { 0 };
    TRY(query_parse(bytes_from_string(asked->text), asked->exact, &arena, &query, fault));
    TRY(viewer_open(archive, &asked->scope, asked->collections, asked->collection_count, &arena,
                    &viewer, fault));
    return answer_make(&viewer, asked, answer, fault);
}
