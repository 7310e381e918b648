#include "check/report.h"

#include "text/clean.h"

const char *report_address(struct arena *arena, const struct cited *cited)
{
    const char *name = clean_line(arena, cited->name);
    const char *made = cited->label.len == 0
                           ? name
                           : arena_print(arena, "%s#%.*s", name, (int)cited->label.len,
                                         (const char *)cited->label.at);
    return made != NULL ? made : "";
}

const char *report_words(struct arena *arena, struct bytes text, size_t most)
{
    bool is_cut = text.len > most;
    if (is_cut) {
        while (most > 0 && (text.at[most] & 0xC0) == 0x80)
            most--;
        text = bytes_slice(text, 0, most);
    }
    const char *line = clean_line(arena, text);
    const char *made = is_cut ? arena_print(arena, "%s…", line) : line;
    return made != NULL ? made : "";
}

/* Verdicts that say by themselves what they are about. */
static bool is_spoken_alone(enum check_verdict verdict)
{
    return verdict == CHECK_TWO_FORMS || verdict == CHECK_NOT_INTRODUCED ||
           verdict == CHECK_READ_THIS || verdict == CHECK_WEEKDAY || verdict == CHECK_INTERVAL;
}

const char *report_verdict(struct arena *arena, enum statement_kind kind,
                           enum check_verdict verdict)
{
    const char *words = check_verdict_words(verdict);
    if (kind == STATEMENT_QUOTATION || is_spoken_alone(verdict))
        return words;
    const char *made = arena_print(arena, "%s %s", statement_kind_word(kind), words);
    return made != NULL ? made : words;
}
