#include "check/run.h"

static bool node_of(enum mark_kind mark, enum node_kind *node)
{
    switch (mark) {
    case MARK_BRACKET:
        *node = NODE_BRACKET;
        return true;
    case MARK_LETTER:
        *node = NODE_CASE;
        return true;
    case MARK_ELLIPSIS:
        *node = NODE_ELLIPSIS;
        return true;
    case MARK_SIC:
        *node = NODE_SIC;
        return true;
    case MARK_PARENTHESIS:
        *node = NODE_PARENTHESIS;
        return true;
    case MARK_DASHED_OUT:
    case MARK_WITHHELD:
        *node = NODE_WITHHELD;
        return true;
    case MARK_WRITER:
        *node = NODE_GAP;
        return true;
    case MARK_NESTED:
        return false;
    }
    return false;
}

enum status pattern_of(const struct story *story, const struct quotation *quotation,
                       struct arena *arena, struct pattern *pattern, struct fault *fault)
{
    size_t count = 0;
    struct pattern_mark *marks = arena_alloc_many(arena, quotation->mark_count + 1, sizeof *marks);
    if (marks == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < quotation->mark_count; i++) {
        const struct mark *mark = &quotation->marks[i];
        enum node_kind kind;
        if (node_of(mark->kind, &kind))
            marks[count++] = (struct pattern_mark){ kind, mark->start, mark->end, mark->inner_start,
                                                    mark->inner_end };
    }
    return pattern_build(story->text, quotation->start, quotation->end, marks, count, arena,
                         pattern, fault);
}
