#include "check/statements_add.h"

enum { WORDS_SHOWN = 80 };

const char *ruled_words(struct arena *arena, struct bytes text, uint32_t start, uint32_t end)
{
    struct bytes words = bytes_slice(text, start, end > start ? end - start : 0);
    bool is_cut = words.len > WORDS_SHOWN;
    size_t len = is_cut ? WORDS_SHOWN : words.len;
    while (is_cut && len > 0 && words.at[len] != ' ' && words.at[len] != '\n')
        len--;
    char *out = arena_alloc(arena, len + 4);
    if (out == NULL)
        return "";
    size_t to = 0;
    for (size_t i = 0; i < len; i++) {
        bool is_blank = words.at[i] <= ' ';
        if (is_blank && (to == 0 || out[to - 1] == ' '))
            continue;
        out[to++] = is_blank ? ' ' : (char)words.at[i];
    }
    while (to > 0 && out[to - 1] == ' ')
        to--;
    memcpy(out + to, is_cut ? "…" : "", is_cut ? 4 : 1);
    return out;
}

enum status ruled_add(struct shelf *shelf, const struct ruled *ruled, struct fault *fault)
{
    struct run *run = shelf->run;
    struct statement statement = { .kind = ruled->kind,
                                   .start = ruled->start,
                                   .end = ruled->end,
                                   .verdict = ruled->verdict,
                                   .severity = ruled->severity,
                                   .is_unexpected = ruled->is_unexpected };
    if (ruled->part != NULL)
        TRY(shelf_cite(shelf, ruled->part, ruled->source_start, ruled->source_end,
                       &statement.cited[statement.cited_count++], fault));
    if (ruled->message == NULL)
        return run_add_statement(run, &statement, fault);
    statement.findings = arena_alloc(run->arena, sizeof *statement.findings);
    if (statement.findings == NULL)
        return no_memory(fault);
    struct finding *finding = &statement.findings[statement.finding_count++];
    *finding = (struct finding){ .code = statement_kind_word(ruled->kind),
                                 .severity = ruled->severity,
                                 .verdict = ruled->verdict,
                                 .story_start = ruled->start,
                                 .story_end = ruled->end,
                                 .message = bytes_from_string(ruled->message) };
    if (ruled->is_difference && ruled->part != NULL) {
        finding->is_difference = true;
        finding->source_start = ruled->source_start;
        finding->source_end = ruled->source_end;
        finding->story_words =
            bytes_slice(run->answer->story.text, ruled->start, ruled->end - ruled->start);
        finding->source_words = bytes_slice(ruled->part->held->text, ruled->source_start,
                                            ruled->source_end - ruled->source_start);
    }
    return run_add_statement(run, &statement, fault);
}
