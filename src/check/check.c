#include <stet/check.h>

#include <stdlib.h>

#include "check/objects.h"
#include "check/report.h"
#include "check/ruling.h"
#include "check/run.h"

/* The story and all that was found, in one arena. */
struct stet_check {
    struct arena arena;
    struct check_answer answer;
    struct stet_statements statements; /* story NULL: not asked for yet */
};

static bool is_date(const char *date)
{
    int32_t days;
    enum date_precision precision;
    return date_from_field(bytes_from_string(date), &days, &precision) && precision == DATE_DAY &&
           strlen(date) == 10;
}

/* Markup is blanked where the story is read; nothing else moves or changes. What begins with a tag
 * is a page, not Markdown. */
static bool lies_beside(struct bytes raw, struct bytes text)
{
    bool fits = raw.len == text.len && raw.len > 0 && raw.at[0] != '<';
    for (size_t i = 0; fits && i < raw.len; i++)
        fits = raw.at[i] == text.at[i] || text.at[i] == ' ';
    return fits;
}

static enum status keep_printed(struct stet_check *check, struct bytes raw, struct fault *fault)
{
    if (!lies_beside(raw, check->answer.story.text))
        return OK;
    check->answer.printed = arena_copy(&check->arena, raw);
    return check->answer.printed.at != NULL ? OK : no_memory(fault);
}

static enum status read_story(struct stet_check *check, struct bytes raw,
                              const struct stet_check_options *options, struct fault *fault)
{
    struct bytes name = bytes_from_string(options->name != NULL ? options->name : "story");
    name = arena_copy(&check->arena, name);
    if (name.at == NULL)
        return no_memory(fault);
    TRY(story_read(options->worker, name, raw, &check->arena, &check->answer.story, fault));
    return keep_printed(check, raw, fault);
}

static enum status run_all(struct stet_archive *archive, struct bytes raw,
                           const struct stet_check_options *options, struct stet_check *check,
                           struct fault *fault)
{
    if (options->date != NULL && !is_date(options->date))
        return fail(fault, BAD_INPUT, "--date takes YYYY-MM-DD, not \"%s\"", options->date);
    if (options->embargo != NULL && !is_date(options->embargo))
        return fail(fault, BAD_INPUT, "--embargo takes YYYY-MM-DD, not \"%s\"", options->embargo);
    if (options->embargo != NULL)
        check->answer.embargo = arena_copy(&check->arena, bytes_from_string(options->embargo));
    if (options->date != NULL)
        check->answer.date = arena_copy(&check->arena, bytes_from_string(options->date));
    TRY(style_from_name(options->style, &check->answer.style, fault));
    TRY(read_story(check, raw, options, fault));
    struct run run = { .archive = archive,
                       .raw = raw,
                       .options = options,
                       .arena = &check->arena,
                       .answer = &check->answer };
    enum status done = run_check(&run, fault);
    run_release(&run);
    return done;
}

enum stet_status stet_check_run(struct stet_archive *archive, const void *story, size_t len,
                                const struct stet_check_options *options, struct stet_check **check,
                                struct stet_fault *fault)
{
    struct stet_check *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    enum status done = run_all(archive, bytes_make(story, len), options, made, fault);
    if (done != OK) {
        stet_check_free(made);
        return done;
    }
    *check = made;
    return OK;
}

void stet_check_free(struct stet_check *check)
{
    if (check == NULL)
        return;
    arena_release(&check->arena);
    free(check);
}

size_t stet_check_count(const struct stet_check *check, enum stet_severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < check->answer.count; i++)
        count += check->answer.statements[i].severity == severity &&
                 !statement_is_settled(&check->answer.statements[i]);
    return count;
}

enum stet_severity stet_check_worst(const struct stet_check *check)
{
    enum stet_severity worst = STET_NONE;
    for (size_t i = 0; i < check->answer.count; i++)
        if (check->answer.statements[i].severity > worst &&
            !statement_is_settled(&check->answer.statements[i]))
            worst = check->answer.statements[i].severity;
    return worst;
}

enum stet_status stet_check_report(const struct stet_check *check, enum stet_report report,
                                   unsigned flags, stet_report_write *write, void *context,
                                   struct stet_fault *fault)
{
    SCOPED(buffer_release) struct buffer made = { 0 };
    TRY(report_write(&check->answer, report, flags, &made, fault));
    if (made.len > 0 && write(context, made.at, made.len) != 0)
        return fail(fault, IO_FAILED, "the report could not be written");
    return OK;
}

enum stet_status stet_check_statements(struct stet_check *check,
                                       const struct stet_statements **statements,
                                       struct stet_fault *fault)
{
    if (check->statements.story == NULL)
        TRY(objects_make(&check->answer, &check->arena, &check->statements, fault));
    *statements = &check->statements;
    return OK;
}

enum stet_status stet_rule(struct stet_archive *archive, const struct stet_check *check,
                           uint32_t line, const char *id, const struct stet_ruling_given *given,
                           size_t *count, struct stet_fault *fault)
{
    return ruling_give(archive, &check->answer, line, id, given, count, fault);
}
