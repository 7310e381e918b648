#include "check/own.h"

#include "text/sentence.h"

/* Where the first CLEAR probes meet nothing, no document holds most of the story. */
enum { PROBES = 6, CLEAR = 3, PROBE_WORDS_MIN = 9, PROBE_WORDS_MAX = 40, NEEDED = 2 };

struct sighting {
    uint64_t document;
    size_t probes;
};

static bool holds_quotation(const struct story *story, uint32_t start, uint32_t end)
{
    for (size_t i = 0; i < story->quotation_count; i++)
        if (story->quotations[i].outer_start < end && story->quotations[i].outer_end > start)
            return true;
    return false;
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

/* Trace one sentence of the writer's; *probed when it could be. */
static enum status probe(struct run *run, uint32_t start, uint32_t end, struct trace *trace,
                         bool *probed, struct fault *fault)
{
    struct pattern pattern;
    const struct story *story = &run->answer->story;
    *probed = false;
    if (holds_quotation(story, start, end))
        return OK;
    TRY(pattern_build(story->text, start, end, NULL, 0, run->arena, &pattern, fault));
    if (pattern.words < PROBE_WORDS_MIN || pattern.words > PROBE_WORDS_MAX)
        return OK;
    *probed = true;
    struct trace_options options = { .threshold_bits = run->threshold };
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
