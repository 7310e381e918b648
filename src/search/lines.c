#include <stet/facets.h>

#include "search/answer.h"

/* Words in a row, whatever signs stand among them. */
static void quote(const char *text, struct buffer *to)
{
    buffer_u8(to, '"');
    for (; *text != '\0'; text++)
        buffer_u8(to, *text == '"' || *text == '*' || *text == '~' || *text == '%'
                          ? ' '
                          : (uint8_t)*text);
    buffer_append_text(to, "\"");
}

/* The list under way. */
struct lines {
    struct viewer viewer;
    const struct stet_query *like;
    bool as_phrases;
    stet_list_told *told;
    void *context;
    bool is_ended;
};

/* What cannot be taken as a query is an answer to it, not the end of the list. */
static enum status answer_line(const struct lines *lines, const struct stet_query *asked,
                               struct stet_list_line *line, struct stet_answer **answer,
                               struct fault *fault)
{
    enum status made = answer_make(&lines->viewer, asked, answer, fault);
    line->refused = "";
    if (made == BAD_INPUT || made == OVER_LIMIT) {
        line->refused = fault->words;
        return OK;
    }
    TRY(made);
    line->total = stet_answer_total(*answer);
    line->is_cut = stet_answer_is_cut(*answer);
    line->best = stet_answer_hit(*answer, 0);
    return OK;
}

static enum status tell(struct lines *lines, const char *text, struct fault *fault)
{
    CLOSED(stet_answer_free) struct stet_answer *answer = NULL;
    SCOPED(buffer_release) struct buffer quoted = { 0 };
    struct fault refusal = { .code = OK };
    struct stet_query asked = *lines->like;
    struct stet_list_line line = { .text = text };
    asked.text = text;
    asked.most = 1;
    asked.skip = 0;
    if (lines->as_phrases) {
        quote(text, &quoted);
        buffer_u8(&quoted, 0);
        TRY(buffer_check(&quoted, fault));
        asked.text = (const char *)quoted.at;
    }
    enum status answered = answer_line(lines, &asked, &line, &answer, &refusal);
    if (answered == OK)
        lines->is_ended = lines->told(lines->context, &line) != 0;
    else if (fault != NULL)
        *fault = refusal;
    return answered;
}

enum stet_status stet_search_list(struct stet_archive *archive, const struct stet_query *like,
                                  bool as_phrases, const char *const *texts, size_t count,
                                  stet_list_told *told, void *context, struct stet_fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct lines lines = {
        .like = like, .as_phrases = as_phrases, .told = told, .context = context
    };
    enum status done = viewer_open(archive, &like->scope, like->collections, like->collection_count,
                                   &arena, &lines.viewer, fault);
    for (size_t i = 0; done == OK && i < count && !lines.is_ended; i++)
        done = tell(&lines, texts[i], fault);
    viewer_release(&lines.viewer);
    return done;
}
