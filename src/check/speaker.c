#include "check/judge.h"

#include "text/tokenize.h"

enum { CUE_REACH = 8 };

/* Words that, just before the traced ones, say that somebody did not say or hold them. */
static const char *const denials[] = { "denied",  "denies",    "denying",  "rejected",
                                       "rejects", "refuted",   "disputed", "nego",
                                       "niega",   "desmintio", "rechazo",  "contrary" };

static bool is_listed(struct bytes key, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes_is(key, list[i]))
            return true;
    return false;
}

/* Whether one of the last words of `text` is a denial. */
static bool ends_in_denial(struct bytes text)
{
    struct tokenizer tokenizer;
    struct token token;
    bool found = false;
    uint32_t words = 0, at = 0;
    tokenizer_begin(&tokenizer, text, NULL, 0);
    while (tokenizer_next(&tokenizer, &token))
        if (!(token.flags & TOKEN_EXTRA)) {
            words++;
            if (is_listed(token_key(&token), denials, sizeof denials / sizeof *denials)) {
                found = true;
                at = words;
            }
        }
    return found && words - at < CUE_REACH;
}

static bool story_denies(const struct judgement *judgement)
{
    const struct story_paragraph *paragraph =
        &judgement->story->paragraphs[judgement->quotation->paragraph];
    struct bytes before = bytes_slice(judgement->story->text, paragraph->start,
                                      judgement->quotation->start - paragraph->start);
    struct bytes after = bytes_slice(judgement->story->text, judgement->quotation->end,
                                     paragraph->end > judgement->quotation->end
                                         ? paragraph->end - judgement->quotation->end
                                         : 0);
    return ends_in_denial(before) || ends_in_denial(bytes_slice(after, 0, 80));
}

bool speaker_judge(const struct judgement *judgement, const struct statement *statement,
                   struct finding *finding)
{
    if (statement->cited_count == 0 || statement->cited[0].lead_in_is_before)
        return false;
    if (!ends_in_denial(statement->cited[0].lead_in) || story_denies(judgement))
        return false;
    *finding = (struct finding){
        .code = "A4",
        .severity = STET_QUERY,
        .verdict = CHECK_SPEAKER,
        .story_start = judgement->quotation->start,
        .story_end = judgement->quotation->end,
        .message =
            bytes_from_string("the source may report these words as denied: read its lead-in"),
    };
    return true;
}
