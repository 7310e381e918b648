#include "check/own.h"

#include "check/lookup.h"
#include "text/sentence.h"
#include "text/tokenize.h"

/* Where the first CLEAR probes meet nothing, no document holds most of the story. */
enum {
    PROBES = 6,
    CLEAR = 3,
    PROBE_WORDS_MIN = 9,
    PROBE_WORDS_MAX = 40,
    NEEDED = 2,
    RUNS = 3,
    OWN_WORDS_MIN = 5
};

struct sighting {
    uint64_t document;
    size_t probes;
};

static bool is_quoted(const struct story *story, uint32_t at)
{
    for (size_t i = 0; i < story->quotation_count; i++)
        if (story->quotations[i].outer_start <= at && at < story->quotations[i].outer_end)
            return true;
    return false;
}

/* The writer's own words: so many that a document which is merely quoted cannot have the sentence.
 */
static bool is_own(const struct story *story, uint32_t start, uint32_t end)
{
    struct tokenizer tokenizer;
    struct token token;
    size_t own = 0;
    tokenizer_begin(&tokenizer, bytes_slice(story->text, start, end - start), NULL, 0);
    while (own < OWN_WORDS_MIN && tokenizer_next(&tokenizer, &token))
        own += !(token.flags & TOKEN_EXTRA) && !is_quoted(story, start + token.start);
    return own == OWN_WORDS_MIN;
}

static void note(struct sighting *sightings, size_t *count, const struct trace *trace)
{
    for (size_t i = 0; i < trace->candidate_count; i++) {
        const struct candidate *candidate = &trace->candidates[i];
        if (candidate->cost > 1 || candidate->bits < trace->verbatim_bits * 0.8)
            continue;
        uint64_t document = candidate->passages[0].document;
        size_t at = 0;
        while (at < *count && sightings[at].document != document)
            at++;
        if (at == *count && *count < PROBES * TRACE_CANDIDATES)
            sightings[(*count)++] = (struct sighting){ document, 0 };
        if (at < *count)
            sightings[at].probes++;
    }
}

/* One edit, all that note() lets pass, breaks one of three runs of words at most: a sentence of
 * which fewer than two stand anywhere need not be traced, which costs much more. */
static enum status may_be_held(struct run *run, uint32_t start, uint32_t end, bool *may,
                               struct fault *fault)
{
    struct bytes text = bytes_slice(run->answer->story.text, start, end - start);
    uint32_t starts[PROBE_WORDS_MAX + 1], ends[PROBE_WORDS_MAX + 1];
    struct tokenizer tokenizer;
    struct token token;
    struct lookup lookup = { 0 };
    size_t count = 0;
    tokenizer_begin(&tokenizer, text, NULL, 0);
    while (count <= PROBE_WORDS_MAX && tokenizer_next(&tokenizer, &token))
        if (!(token.flags & TOKEN_EXTRA)) {
            starts[count] = token.start;
            ends[count++] = token.end;
        }
    *may = count < PROBE_WORDS_MIN || count > PROBE_WORDS_MAX;
    for (size_t i = 0, held = 0; i < RUNS && held + RUNS - i >= RUNS - 1 && !*may; i++) {
        size_t first = count * i / RUNS, last = count * (i + 1) / RUNS - 1;
        struct bytes words = bytes_slice(text, starts[first], ends[last] - starts[first]);
        TRY(lookup_phrase(run->snapshot, words, &lookup, fault));
        held += lookup.total > 0 || lookup.is_cut;
        *may = held == RUNS - 1;
    }
    return OK;
}

/* Trace one sentence of the writer's; *probed when it could be. */
static enum status probe(struct run *run, uint32_t start, uint32_t end, struct trace *trace,
                         bool *probed, struct fault *fault)
{
    struct pattern pattern;
    const struct story *story = &run->answer->story;
    *probed = false;
    if (!is_own(story, start, end))
        return OK;
    TRY(pattern_build(story->text, start, end, NULL, 0, run->arena, &pattern, fault));
    if (pattern.words < PROBE_WORDS_MIN || pattern.words > PROBE_WORDS_MAX)
        return OK;
    *probed = true;
    struct trace_options options = { .threshold_bits = run->threshold };
    bool may = false;
    TRY(may_be_held(run, start, end, &may, fault));
    if (!may)
        return OK;
    return tracer_trace(run->tracer, &pattern, &options, run->arena, trace, fault);
}

enum status own_find(struct run *run, uint64_t **documents, size_t *count, struct fault *fault)
{
    const struct story *story = &run->answer->story;
    struct sighting sightings[PROBES * TRACE_CANDIDATES];
    size_t sighted = 0, probes = 0;
    *count = 0;
    for (size_t i = 0; i < story->paragraph_count && probes < PROBES; i++) {
        const struct story_paragraph *paragraph = &story->paragraphs[i];
        uint32_t start, end;
        for (uint32_t at = paragraph->start; at < paragraph->end && probes < PROBES; at = end + 1) {
            struct trace trace = { 0 };
            bool probed = false;
            sentence_around(story->text, NULL, 0, at, paragraph->end, at, &start, &end);
            end = end <= at ? at : end;
            TRY(probe(run, start, end, &trace, &probed, fault));
            probes += probed;
            if (probed)
                note(sightings, &sighted, &trace);
            if (probes == CLEAR && sighted == 0)
                return OK;
        }
    }
    uint64_t *found = arena_alloc_many(run->arena, sighted + 1, sizeof *found);
    if (found == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < sighted; i++)
        if (sightings[i].probes >= NEEDED && sightings[i].probes * 2 >= probes) {
            size_t at = (*count)++;
            for (; at > 0 && found[at - 1] > sightings[i].document; at--)
                found[at] = found[at - 1];
            found[at] = sightings[i].document;
        }
    *documents = found;
    return OK;
}
