#include "base/scoped.h"
#include "check/docx.h"
#include "check/report.h"
#include "mention/name.h"

enum { COLUMNS = 8, PEOPLE_COLUMNS = 5, PEOPLE_MAX = 400, TOLD_MAX = 6 };

static const char *const titles[COLUMNS] = {
    "line",          "kind",       "statement", "archive says", "who is affected",
    "source needed", "cleared by", "date"
};
static const uint16_t widths[COLUMNS] = { 700, 1300, 4600, 1700, 1600, 2200, 1400, 1000 };

static const char *const people_titles[PEOPLE_COLUMNS] = { "person or body", "lines",
                                                           "statements beside the name",
                                                           "answered / declined", "date" };
static const uint16_t people_widths[PEOPLE_COLUMNS] = { 3600, 1800, 4700, 3000, 1400 };

static const char *source_needed(const struct statement *statement)
{
    switch ((int)statement->kind) {
    case STATEMENT_QUOTATION:
        return "recording, transcript, or the document itself";
    case STATEMENT_NAME:
    case STATEMENT_ROLE:
        return "the person or body, or a register";
    case STATEMENT_FIGURE:
    case STATEMENT_LIST:
        return "the study or statistic";
    case STATEMENT_CITATION:
    case STATEMENT_REFERENCE:
        return "the piece cited";
    default:
        return "a document or a second source";
    }
}

/* What the archive cannot settle: not found, not here, cannot tell, several. */
static bool is_unsettled(const struct statement *statement)
{
    switch ((int)statement->verdict) {
    case CHECK_NOT_FOUND:
    case CHECK_CANNOT_TELL:
    case CHECK_SEVERAL:
    case CHECK_ABSENT:
    case CHECK_CONFLICTING:
    case CHECK_CONSISTENT:
    case CHECK_READ_THIS:
    case CHECK_UNCHECKED:
        return true;
    default:
        return false;
    }
}

struct worksheet_row {
    const char *cells[COLUMNS];
};

static const char *or_blank(const char *made)
{
    return made != NULL ? made : "";
}

static struct worksheet_row row_of(const struct check_answer *answer,
                                   const struct statement *statement, struct arena *arena)
{
    uint32_t line, column;
    story_line_column(&answer->story, statement->start, &line, &column);
    struct bytes words =
        bytes_slice(answer->story.text, statement->start, statement->end - statement->start);
    return (struct worksheet_row){
        { or_blank(arena_print(arena, "%u", line)), statement_kind_word(statement->kind),
          report_words(arena, words, 2000), check_verdict_words(statement->verdict), "",
          source_needed(statement), "", "" }
    };
}

enum status report_worksheet(const struct check_answer *answer, unsigned flags, struct buffer *to,
                             struct fault *fault)
{
    (void)flags;
    report_row(to, titles, COLUMNS);
    for (size_t i = 0; i < answer->count; i++) {
        SCOPED(arena_release) struct arena arena = { 0 };
        if (!is_unsettled(&answer->statements[i]))
            continue;
        struct worksheet_row row = row_of(answer, &answer->statements[i], &arena);
        report_row(to, row.cells, COLUMNS);
    }
    if (answer->embargo.len > 0) {
        SCOPED(arena_release) struct arena arena = { 0 };
        const char *cells[COLUMNS] = { "", "", "", "", "", "", "", "" };
        cells[2] = or_blank(arena_print(&arena, REPORT_EMBARGO, REPORT_EMBARGOED(answer)));
        report_row(to, cells, COLUMNS);
    }
    return buffer_check(to, fault);
}

/* A person or body of the story, by its longest form. */
struct person {
    struct name name;
    struct buffer lines, told;
    uint32_t last_line;
    size_t told_count;
};

struct people {
    const struct check_answer *answer;
    struct person *at;
    size_t count;
};

static bool has_part(const struct name *name, struct bytes key)
{
    for (size_t i = 0; i < name->part_count; i++)
        if (!name->parts[i].is_link && bytes_equal(name_part_key(&name->parts[i]), key))
            return true;
    return false;
}

/* Every part of the shorter stands in the longer. */
static bool is_same(const struct name *longer, const struct name *shorter)
{
    if (longer->kind != shorter->kind && shorter->kind != NAME_UNKNOWN)
        return false;
    for (size_t i = 0; i < shorter->part_count; i++)
        if (!shorter->parts[i].is_link && !has_part(longer, name_part_key(&shorter->parts[i])))
            return false;
    return name_weight(shorter) > 0;
}

static struct person *person_of(struct people *people, const struct name *name)
{
    for (size_t i = 0; i < people->count; i++)
        if (is_same(&people->at[i].name, name))
            return &people->at[i];
    bool is_one = name->kind == NAME_PERSON || name->kind == NAME_BODY;
    if (!is_one || people->count == PEOPLE_MAX)
        return NULL;
    struct person *made = &people->at[people->count++];
    made->name = *name;
    return made;
}

static const struct story_paragraph *paragraph_at(const struct story *story, uint32_t at)
{
    for (size_t i = 0; i < story->paragraph_count; i++)
        if (story->paragraphs[i].start <= at && at < story->paragraphs[i].end)
            return &story->paragraphs[i];
    return NULL;
}

/* What is stated in the paragraph of the name: a person says whose it is. */
static void tell_statements(const struct check_answer *answer, struct person *person, uint32_t at)
{
    const struct story_paragraph *paragraph = paragraph_at(&answer->story, at);
    for (size_t i = 0; paragraph != NULL && i < answer->count; i++) {
        const struct statement *statement = &answer->statements[i];
        uint32_t line, column;
        bool is_said =
            statement->kind == STATEMENT_QUOTATION || statement->kind == STATEMENT_ATTRIBUTED;
        if (!is_said || statement->verdict == CHECK_TERM || statement->start < paragraph->start ||
            statement->start >= paragraph->end || person->told_count == TOLD_MAX)
            continue;
        story_line_column(&answer->story, statement->start, &line, &column);
        buffer_print(&person->told, "%sl.%u %s, %s", person->told_count++ > 0 ? "; " : "", line,
                     statement_kind_word(statement->kind), check_verdict_words(statement->verdict));
    }
}

static void meet(struct people *people, const struct name *name)
{
    uint32_t line, column;
    struct person *person = person_of(people, name);
    if (person == NULL)
        return;
    story_line_column(&people->answer->story, name->start, &line, &column);
    if (line == person->last_line)
        return;
    if (person->last_line == 0)
        tell_statements(people->answer, person, name->start);
    buffer_print(&person->lines, "%s%u", person->last_line > 0 ? ", " : "", line);
    person->last_line = line;
}

static const char *string_of(struct arena *arena, struct buffer *buffer)
{
    const char *made = buffer->failed ? NULL : arena_string(arena, buffer_bytes(buffer));
    buffer_release(buffer);
    return or_blank(made);
}

static void write_person(const struct check_answer *answer, struct person *person,
                         struct arena *arena, struct docx *docx)
{
    struct bytes words =
        bytes_slice(answer->story.text, person->name.start, person->name.end - person->name.start);
    const char *cells[PEOPLE_COLUMNS] = { report_words(arena, words, 200),
                                          string_of(arena, &person->lines),
                                          string_of(arena, &person->told), "", "" };
    docx_row(docx, cells, PEOPLE_COLUMNS, false);
}

static enum status write_people(const struct check_answer *answer, struct docx *docx,
                                struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct people people = { .answer = answer };
    struct name_reader reader;
    struct name name;
    people.at = arena_alloc_many(&arena, PEOPLE_MAX, sizeof *people.at);
    if (people.at == NULL)
        return no_memory(fault);
    name_reader_begin(&reader, answer->story.text, 0, (uint32_t)answer->story.text.len);
    while (name_reader_next(&reader, &name))
        meet(&people, &name);
    docx_table(docx, people_widths, PEOPLE_COLUMNS);
    docx_row(docx, people_titles, PEOPLE_COLUMNS, true);
    for (size_t i = 0; i < people.count; i++)
        write_person(answer, &people.at[i], &arena, docx);
    docx_table_end(docx);
    return OK;
}

static void write_heading(struct docx *docx, const char *text)
{
    docx_paragraph(docx, DOCX_HEADING);
    docx_text(docx, bytes_from_string(text));
    docx_paragraph_end(docx);
}

static void write_open(const struct check_answer *answer, struct docx *docx)
{
    docx_table(docx, widths, COLUMNS);
    docx_row(docx, titles, COLUMNS, true);
    for (size_t i = 0; i < answer->count; i++) {
        SCOPED(arena_release) struct arena arena = { 0 };
        if (!is_unsettled(&answer->statements[i]))
            continue;
        struct worksheet_row row = row_of(answer, &answer->statements[i], &arena);
        docx_row(docx, row.cells, COLUMNS, false);
    }
    docx_table_end(docx);
}

enum status report_worksheet_docx(const struct check_answer *answer, unsigned flags,
                                  struct buffer *to, struct fault *fault)
{
    (void)flags;
    SCOPED(docx_release) struct docx docx = { .is_wide = true };
    report_docx_head(answer, &docx);
    write_heading(&docx, "What the archive cannot settle");
    write_open(answer, &docx);
    write_heading(&docx, "Persons and bodies of the story");
    TRY(write_people(answer, &docx, fault));
    docx_paragraph(&docx, DOCX_SMALL);
    docx_text(&docx, bytes_from_string(REPORT_DISCLAIMER));
    docx_paragraph_end(&docx);
    return docx_write(&docx, to, fault);
}
