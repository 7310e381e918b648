#include "own_query.h"

#include <stdio.h>

void query_from_question(const struct question *question, char text[OWN_QUERY_MAX])
{
    const char *between = question->form == FORM_ANY ? " OR " : " ";
    const char *mark = question->form == FORM_PHRASE ? "\"" : "";
    FILE *to = fmemopen(text, OWN_QUERY_MAX, "w");
    if (to == NULL)
        stop("no memory");
    fputs(mark, to);
    for (size_t i = 0; i < question->count; i++)
        fprintf(to, "%s%s", i == 0 ? "" : between, question->words[i]);
    fputs(mark, to);
    fclose(to);
}
