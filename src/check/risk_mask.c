#include "check/risk.h"
#include "text/tokenize.h"
#include "text/utf8.h"

/* Of as many bytes as the character that it stands for. */
static const char *const fills[] = { "", "X", "\xC3\x97", "\xE2\x96\x88", "\xF0\x9F\x9F\xAB" };

static void fill(uint8_t *text, size_t start, size_t end)
{
    struct bytes bytes = bytes_make(text, end);
    for (size_t at = start, len; at < end; at += len) {
        utf8_decode(bytes, at, &len);
        len = len < 1 ? 1 : len > 4 ? 4 : len;
        if (at + len <= end && text[at] != '-' && text[at] != '.')
            memcpy(text + at, fills[len], len);
    }
}

static bool is_protected(const struct check_answer *answer, struct bytes key)
{
    for (size_t i = 0; i < answer->protected_count; i++)
        for (size_t k = 0; k < answer->protected_names[i].key_count; k++)
            if (bytes_equal(answer->protected_names[i].keys[k], key))
                return true;
    return false;
}

/* Every word that is part of a protected name, whosever it is here. */
static enum status mask(const struct check_answer *answer, struct bytes *text, struct arena *arena,
                        struct fault *fault)
{
    struct tokenizer tokenizer;
    struct token token;
    if (text->len == 0)
        return OK;
    struct bytes copy = arena_copy(arena, *text);
    if (copy.at == NULL)
        return no_memory(fault);
    tokenizer_begin(&tokenizer, *text, NULL, 0);
    while (tokenizer_next(&tokenizer, &token))
        if (is_protected(answer, token_key(&token)))
            fill((uint8_t *)copy.at, token.start, token.end);
    *text = copy;
    return OK;
}

static enum status mask_all(const struct check_answer *answer, struct bytes *const *texts,
                            size_t count, struct arena *arena, struct fault *fault)
{
    for (size_t i = 0; i < count; i++)
        TRY(mask(answer, texts[i], arena, fault));
    return OK;
}

static enum status mask_findings(const struct check_answer *answer, struct statement *statement,
                                 struct arena *arena, struct fault *fault)
{
    size_t count = statement->finding_count;
    struct finding *findings = arena_alloc_many(arena, count + 1, sizeof *findings);
    if (findings == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        findings[i] = statement->findings[i];
        struct bytes *texts[] = { &findings[i].message, &findings[i].story_words,
                                  &findings[i].source_words };
        TRY(mask_all(answer, texts, sizeof texts / sizeof *texts, arena, fault));
    }
    statement->findings = findings;
    return OK;
}

static enum status mask_statement(const struct check_answer *answer, struct statement *statement,
                                  struct arena *arena, struct fault *fault)
{
    TRY(mask_findings(answer, statement, arena, fault));
    for (size_t i = 0; i < statement->cited_count; i++) {
        struct cited *cited = &statement->cited[i];
        struct bytes *texts[] = { &cited->text,  &cited->around,  &cited->shown, &cited->before,
                                  &cited->after, &cited->lead_in, &cited->origin };
        TRY(mask_all(answer, texts, sizeof texts / sizeof *texts, arena, fault));
    }
    if (statement->ruling == NULL)
        return OK;
    struct ruling_row *ruling = arena_alloc(arena, sizeof *ruling);
    if (ruling == NULL)
        return no_memory(fault);
    *ruling = *statement->ruling;
    statement->ruling = ruling;
    return mask(answer, &ruling->reason, arena, fault);
}

/* The file as it is stays only where it names nobody: a link or an entity may write a name in other
 * bytes. */
static enum status mask_printed(const struct check_answer *answer, struct check_answer *masked,
                                struct arena *arena, struct fault *fault)
{
    TRY(mask(answer, &masked->printed, arena, fault));
    bool names_somebody = !bytes_equal(masked->printed, answer->printed) ||
                          !bytes_equal(masked->story.text, answer->story.text);
    bool may_be_written = bytes_find_byte(answer->printed, '%', 0) != SIZE_MAX ||
                          bytes_find_byte(answer->printed, '&', 0) != SIZE_MAX;
    if (names_somebody || may_be_written)
        masked->printed = (struct bytes){ 0 };
    return OK;
}

enum status risk_mask(const struct check_answer *answer, struct arena *arena,
                      struct check_answer *masked, struct fault *fault)
{
    *masked = *answer;
    masked->statements = arena_alloc_many(arena, answer->count + 1, sizeof *masked->statements);
    if (masked->statements == NULL)
        return no_memory(fault);
    TRY(mask(answer, &masked->story.text, arena, fault));
    TRY(mask_printed(answer, masked, arena, fault));
    for (size_t i = 0; i < answer->count; i++) {
        masked->statements[i] = answer->statements[i];
        TRY(mask_statement(answer, &masked->statements[i], arena, fault));
    }
    return OK;
}
