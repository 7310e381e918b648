#include "own_query.h"

void query_from_question(const struct question *question, char text[OWN_QUERY_MAX])
{
    const char *between = question->form == FORM_ANY ? " OR " : " ";
    const char *mark = question->form == FORM_PHRASE ? "\"" : "";
    const char *limit = text + OWN_QUERY_MAX;
    char *at = text_append(text, limit, mark);
    for (size_t i = 0; i < question->count; i++) {
        at = text_append(at, limit, i == 0 ? "" : between);
        at = text_append(at, limit, question->words[i]);
    }
    text_append(at, limit, mark);
}
