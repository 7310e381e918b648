#include "check/run.h"

#include "base/clock.h"
#include "check/calibration.h"
#include "check/cite.h"
#include "check/judge.h"
#include "check/kinds.h"
#include "check/own.h"
#include "check/ruling.h"

enum { SUPPORT_MAX = 64, TRACE_SECONDS = 48 };
static const double support_bits = 40;

static enum status resolve_collections(struct run *run, struct scope *scope, struct fault *fault)
{
    CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
    struct collection_row *rows = NULL;
    size_t count = 0, wanted = run->options->collection_count;
    if (wanted == 0)
        return OK;
    TRY(snapshot_open(run->archive, NULL, &snapshot, fault));
    TRY(catalog_collections(snapshot_catalog(snapshot), run->arena, &rows, &count, fault));
    uint64_t *ids = arena_alloc_many(run->arena, wanted, sizeof *ids);
    if (ids == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < wanted; i++) {
        size_t at = 0;
        while (at < count && !bytes_is(rows[at].name, run->options->collections[i]))
            at++;
        if (at == count)
            return fail(fault, NOT_FOUND, "no collection is called \"%s\"",
                        run->options->collections[i]);
        ids[i] = rows[at].id;
    }
    scope->collections = ids;
    scope->collection_count = wanted;
    return OK;
}

static enum status open_scope(struct run *run, const struct scope *scope, struct fault *fault)
{
    run_release(run);
    TRY(snapshot_open(run->archive, scope, &run->snapshot, fault));
    return tracer_new(run->snapshot, &run->tracer, fault);
}

void run_release(struct run *run)
{
    tracer_free(run->tracer);
    snapshot_drop(run->snapshot);
    run->tracer = NULL;
    run->snapshot = NULL;
}

static bool is_traced_kind(const struct quotation *quotation)
{
    return quotation->kind == QUOTATION_SPOKEN || quotation->kind == QUOTATION_BLOCK;
}

static double support_of(const struct run *run, uint64_t document)
{
    for (size_t i = 0; i < run->support_count; i++)
        if (run->support[i].document == document)
            return run->support[i].bits;
    return 0;
}

static void add_support(struct run *run, uint64_t document)
{
    if (support_of(run, document) == 0 && run->support_count < SUPPORT_MAX)
        run->support[run->support_count++] = (struct trace_support){ document, support_bits };
}

/* A story is answered in bounded time: what is left when it is spent cannot be told, and says so.
 */
static bool is_out_of_time(const struct run *run)
{
    return clock_processor() - run->began > (uint64_t)TRACE_SECONDS * 1000000000;
}

static enum status trace_one(struct run *run, size_t index, bool with_support, struct fault *fault)
{
    struct pattern pattern;
    if (is_out_of_time(run)) {
        if (!with_support)
            run->traces[index] = (struct trace){ .reach = TRACE_TOO_COMMON, .budget_hit = true };
        return OK;
    }
    struct trace_options options = { .threshold_bits = run->threshold };
    if (with_support) {
        options.support = run->support;
        options.support_count = run->support_count;
    }
    TRY(pattern_of(&run->answer->story, &run->answer->story.quotations[index], run->arena, &pattern,
                   fault));
    run->traces[index] = (struct trace){ 0 };
    return tracer_trace(run->tracer, &pattern, &options, run->arena, &run->traces[index], fault);
}

/* Strong ones first; the rest again, with the documents they traced to as support. */
static enum status trace_all(struct run *run, struct fault *fault)
{
    const struct story *story = &run->answer->story;
    run->traces = arena_alloc_many(run->arena, story->quotation_count + 1, sizeof *run->traces);
    run->support = arena_alloc_many(run->arena, SUPPORT_MAX, sizeof *run->support);
    if (run->traces == NULL || run->support == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < story->quotation_count; i++) {
        if (!is_traced_kind(&story->quotations[i]))
            continue;
        TRY(trace_one(run, i, false, fault));
        if (run->traces[i].reach == TRACE_TRACED)
            add_support(run, run->traces[i].candidates[0].passages[0].document);
    }
    for (size_t i = 0; run->support_count > 0 && i < story->quotation_count; i++)
        if (is_traced_kind(&story->quotations[i]) && run->traces[i].reach != TRACE_TRACED &&
            !run->traces[i].budget_hit)
            TRY(trace_one(run, i, true, fault));
    return OK;
}

static enum status cite_all(struct run *run, const struct trace *trace, enum reach_ruling reach,
                            struct statement *statement, struct fault *fault)
{
    bool is_cited = reach == REACH_TRACED || reach == REACH_PROBABLE;
    const struct candidate *best = &trace->candidates[0];
    for (size_t i = 0; is_cited && i < best->passage_count; i++)
        TRY(cite(run->snapshot, &best->passages[i], run->arena,
                 &statement->cited[statement->cited_count++], fault));
    statement->copy_count = is_cited ? best->copy_count : 0;
    for (size_t i = is_cited ? 1 : 0; i < trace->candidate_count && reach != REACH_NOT_FOUND; i++) {
        struct cited_candidate *candidate = &statement->candidates[statement->candidate_count++];
        TRY(cite_place(run->snapshot, &trace->candidates[i].passages[0], run->arena,
                       &candidate->name, &candidate->label, fault));
        candidate->bits = trace->candidates[i].bits;
    }
    return OK;
}

static bool is_nothing_read(const struct coverage *coverage)
{
    return coverage->files[LEDGER_FULL] + coverage->files[LEDGER_DOUBTFUL] +
               coverage->files[LEDGER_PARTIAL] + coverage->files[LEDGER_COPY] ==
           0;
}

static enum status judge_one(struct run *run, size_t index, struct statement *statement,
                             struct fault *fault)
{
    const struct quotation *quotation = &run->answer->story.quotations[index];
    const struct trace *trace = &run->traces[index];
    *statement = (struct statement){ .kind = STATEMENT_QUOTATION,
                                     .quotation = quotation,
                                     .start = quotation->start,
                                     .end = quotation->end,
                                     .verdict = CHECK_TERM };
    if (!is_traced_kind(quotation))
        return OK;
    bool is_supported = trace->candidate_count > 0 &&
                        support_of(run, trace->candidates[0].passages[0].document) > 0;
    struct judgement judgement = { .story = &run->answer->story,
                                   .quotation = quotation,
                                   .trace = trace,
                                   .is_supported = is_supported,
                                   .is_nothing_read = is_nothing_read(&run->answer->coverage),
                                   .style = run->answer->style,
                                   .reach = reach_rule(trace, is_supported),
                                   .arena = run->arena };
    if (judgement.is_nothing_read)
        judgement.reach = REACH_CANNOT_TELL;
    TRY(cite_all(run, trace, judgement.reach, statement, fault));
    return judge(&judgement, statement, fault);
}

static enum status judge_all(struct run *run, struct fault *fault)
{
    struct check_answer *answer = run->answer;
    answer->statements =
        arena_alloc_many(run->arena, answer->story.quotation_count + 1, sizeof *answer->statements);
    if (answer->statements == NULL)
        return no_memory(fault);
    run->statement_room = answer->story.quotation_count + 1;
    for (size_t i = 0; i < answer->story.quotation_count; i++) {
        if (answer->story.quotations[i].kind == QUOTATION_REPEATED)
            answer->repeated++;
        else
            TRY(judge_one(run, i, &answer->statements[answer->count++], fault));
    }
    return OK;
}

static bool is_unread(enum ledger_outcome outcome)
{
    return outcome == LEDGER_PARTIAL || outcome == LEDGER_FAILED || outcome == LEDGER_UNREAD ||
           outcome == LEDGER_REFUSED;
}

/* The files that a "not found" cannot speak for: the first few by name, all by number. */
static enum status name_unread(struct run *run, const struct scope *scope, struct fault *fault)
{
    struct ledger_row *rows = NULL;
    size_t count = 0;
    struct check_answer *answer = run->answer;
    struct ledger_filter filter = { .problems = true, .most = 64 };
    for (size_t i = 0; i < LEDGER_OUTCOMES; i++)
        if (is_unread((enum ledger_outcome)i))
            answer->unread_count += answer->coverage.files[i];
    if (answer->unread_count == 0)
        return OK;
    if (scope->collection_count == 1)
        filter.collection = scope->collections[0];
    TRY(ledger_rows(snapshot_catalog(run->snapshot), &filter, run->arena, &rows, &count, fault));
    size_t named = 0;
    for (size_t i = 0; i < count && named < CHECK_UNREAD; i++)
        if (is_unread(rows[i].outcome))
            answer->unread[named++] = rows[i].path;
    answer->unread_count = named < CHECK_UNREAD ? named : answer->unread_count;
    return OK;
}

enum status run_check(struct run *run, struct fault *fault)
{
    struct scope scope = { .without_stories = true };
    uint64_t *own = NULL;
    run->threshold = calibration_threshold(run->archive);
    run->began = clock_processor();
    TRY(resolve_collections(run, &scope, fault));
    TRY(open_scope(run, &scope, fault));
    TRY(own_find(run, &own, &run->answer->left_out, fault));
    if (run->answer->left_out > 0) {
        scope.without_documents = own;
        scope.without_count = run->answer->left_out;
        TRY(open_scope(run, &scope, fault));
    }
    TRY(catalog_coverage(snapshot_catalog(run->snapshot), scope.collections, scope.collection_count,
                         &run->answer->coverage, fault));
    TRY(name_unread(run, &scope, fault));
    TRY(trace_all(run, fault));
    TRY(judge_all(run, fault));
    TRY(kinds_judge(run, fault));
    return rulings_apply(run, fault);
}
