#include "own_query.h"

#include <stdio.h>

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
    at = text_append(at, limit, question->form == FORM_PREFIX ? "*" : mark);
    if (question->folder == EVERY_FOLDER)
        return;
    char collection[48];
    snprintf(collection, sizeof collection, " collection:f%d", question->folder);
    text_append(at, limit, collection);
}
