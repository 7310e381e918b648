#include "base/clock.h"
#include "base/grow.h"
#include "search/sighting.h"
#include "search/view_part.h"
#include "text/tokenize.h"

enum { HIT_NS = 2000000000 };

static enum status add_hit(struct view_part *part, const struct token *token, bool goes_on,
                           struct fault *fault)
{
    if (goes_on && part->hit_count > 0) {
        part->hits[part->hit_count - 1].end = token->end;
        return OK;
    }
    if (!GROW(part->hits, part->hit_room, part->hit_count))
        return no_memory(fault);
    part->hits[part->hit_count++] = (struct view_hit){ token->start, token->end };
    return OK;
}

/* From word positions to bytes; a new sighting is a new hit, also directly behind another. */
static enum status find_bytes(const struct sighting_list *sightings, struct view_part *part,
                              struct fault *fault)
{
    struct tokenizer tokenizer;
    struct token token;
    size_t at = 0, before = SIZE_MAX;
    tokenizer_begin(&tokenizer, buffer_bytes(&part->text), part->spans, part->span_count);
    tokenizer_skip_sentences(&tokenizer);
    while (at < sightings->count && tokenizer_next(&tokenizer, &token)) {
        bool is_furniture = (token.flags & TOKEN_FURNITURE) != 0;
        if (token.flags & TOKEN_EXTRA || is_furniture != sightings->is_furniture)
            continue;
        while (at < sightings->count && sightings->at[at].last < token.position)
            at++;
        if (at == sightings->count || token.position < sightings->at[at].first)
            continue;
        bool goes_on = sightings->at[at].first < token.position && token.position - 1 == before;
        TRY(add_hit(part, &token, goes_on, fault));
        before = token.position;
    }
    return OK;
}

enum status view_part_find(const struct snapshot *snapshot, size_t segment, uint32_t number,
                           const struct query *query, struct view_part *part, struct fault *fault)
{
    struct budget budget = { .deadline = clock_monotonic() + HIT_NS };
    struct plan plan;
    SCOPED(planner_release) struct planner planner = { 0 };
    SCOPED(sighting_list_release) struct sighting_list sightings = { 0 };
    TRY(planner_begin(&planner, query, &budget, fault));
    TRY(plan_make(&planner, snapshot_segment(snapshot, segment), segment, &plan, fault));
    TRY(sighting_list_part(&plan, query, number, &sightings, fault));
    return find_bytes(&sightings, part, fault);
}
