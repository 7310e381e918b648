#include "base/scoped.h"
#include "check/report.h"

/* RFC 4180; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
static void write_cell(struct buffer *to, const char *text)
{
    buffer_u8(to, '"');
    if (*text != '\0' && strchr("=+-@\t", *text) != NULL)
        buffer_u8(to, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            buffer_u8(to, '"');
        buffer_u8(to, (uint8_t)*text);
    }
    buffer_u8(to, '"');
}

void report_row(struct buffer *to, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(to, i > 0 ? "," : "");
        write_cell(to, cells[i]);
    }
    buffer_append_text(to, "\r\n");
}

/* Documents cited, once each, in the order of the story. */
static enum status list_used(const struct check_answer *answer, struct arena *arena,
                             const struct cited ***used, size_t *count, struct fault *fault)
{
    *count = 0;
    *used = arena_alloc_many(arena, 2 * answer->count + 1, sizeof **used);
    if (*used == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < answer->count; i++)
        for (size_t k = 0; k < answer->statements[i].cited_count; k++) {
            const struct cited *cited = &answer->statements[i].cited[k];
            size_t at = 0;
            while (at < *count && (*used)[at]->document != cited->document)
                at++;
            if (at == *count)
                (*used)[(*count)++] = cited;
        }
    return OK;
}

static const char *words_of(struct arena *arena, struct bytes text)
{
    return report_words(arena, text, 400);
}

enum status report_csv(const struct check_answer *answer, unsigned flags, struct buffer *to,
                       struct fault *fault)
{
    static const char *const titles[] = { "document", "date",           "date basis",
                                          "origin",   "classification", "reading" };
    (void)flags;
    SCOPED(arena_release) struct arena arena = { 0 };
    const struct cited **used = NULL;
    size_t count = 0;
    TRY(list_used(answer, &arena, &used, &count, fault));
    report_row(to, titles, sizeof titles / sizeof *titles);
    for (size_t i = 0; i < count; i++) {
        const struct cited *cited = used[i];
        const char *date = words_of(&arena, cited->date);
        const char *shown = cited->date_is_inferred ? arena_print(&arena, "~%s", date) : date;
        const char *cells[] = { words_of(&arena, cited->name),
                                shown != NULL ? shown : "",
                                cited->date_is_inferred ? words_of(&arena, cited->date_from)
                                : cited->date.len > 0   ? "stated"
                                                        : "",
                                words_of(&arena, cited->origin),
                                words_of(&arena, cited->class),
                                words_of(&arena, cited->reading) };
        report_row(to, cells, sizeof cells / sizeof *cells);
    }
    if (answer->embargo.len > 0) {
        const char *line = arena_print(&arena, REPORT_EMBARGO, REPORT_EMBARGOED(answer));
        const char *cells[] = { line != NULL ? line : "", "", "", "", "", "" };
        report_row(to, cells, sizeof cells / sizeof *cells);
    }
    return buffer_check(to, fault);
}

/* What BibTeX reads as its own is escaped or left out. */
static void write_field(struct buffer *to, const char *name, const char *value)
{
    if (*value == '\0')
        return;
    buffer_print(to, "  %s = {", name);
    for (; *value != '\0'; value++) {
        if (strchr("{}\\~^", *value) != NULL)
            continue;
        if (strchr("#$%&_", *value) != NULL)
            buffer_u8(to, '\\');
        buffer_u8(to, (uint8_t)*value);
    }
    buffer_append_text(to, "},\n");
}

static void write_key(struct buffer *to, struct bytes name)
{
    for (size_t i = 0; i < name.len; i++) {
        uint8_t byte = name.at[i];
        uint8_t small = byte | 0x20;
        bool plain = (small >= 'a' && small <= 'z') || (byte >= '0' && byte <= '9');
        buffer_u8(to, plain ? byte : '-');
    }
}

enum status report_bibtex(const struct check_answer *answer, unsigned flags, struct buffer *to,
                          struct fault *fault)
{
    (void)flags;
    SCOPED(arena_release) struct arena arena = { 0 };
    const struct cited **used = NULL;
    size_t count = 0;
    if (answer->embargo.len > 0)
        buffer_print(to, "@comment{" REPORT_EMBARGO "}\n\n", REPORT_EMBARGOED(answer));
    TRY(list_used(answer, &arena, &used, &count, fault));
    for (size_t i = 0; i < count; i++) {
        const struct cited *cited = used[i];
        buffer_append_text(to, "@misc{");
        write_key(to, cited->name);
        buffer_append_text(to, ",\n");
        write_field(to, "title", words_of(&arena, cited->name));
        write_field(to, "author", words_of(&arena, cited->origin));
        if (cited->date.len >= 4 && !cited->date_is_inferred) {
            write_field(to, "date", words_of(&arena, cited->date));
            write_field(to, "year", words_of(&arena, bytes_slice(cited->date, 0, 4)));
        } else if (cited->date.len > 0) {
            const char *made = arena_print(&arena, "about %s (%s)", words_of(&arena, cited->date),
                                           words_of(&arena, cited->date_from));
            write_field(to, "note", made != NULL ? made : "");
        }
        write_field(to, "howpublished", words_of(&arena, cited->class));
        buffer_append_text(to, "}\n\n");
    }
    return buffer_check(to, fault);
}
