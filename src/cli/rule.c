#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stet/ruling.h>

#include "base/file.h"
#include "base/scoped.h"
#include "cli/command.h"
#include "cli/terminal.h"

enum { STORY_BYTES_MAX = 16 << 20 };

static const char *word_of(enum stet_ruling ruling)
{
    return ruling == STET_STANDS ? "stet" : "on author";
}

static void print_kept(void *context, const struct stet_ruling_kept *kept)
{
    size_t *count = context;
    ++*count;
    printf("%.12s  %s  %s, %s: %s\n              %s, %s%s%s: \"%s\"\n", kept->id, kept->date,
           word_of(kept->ruling), kept->by, kept->reason, kept->story, kept->rule,
           *kept->document ? ", " : "", kept->document, kept->words);
}

static int list(struct call *call, struct stet_archive *archive)
{
    size_t count = 0;
    if (stet_rulings(archive, print_kept, &count, &call->fault) != STET_OK)
        return call_failed(call);
    if (count == 0 && !call->terminal->quiet)
        puts("Nothing was ruled on in this archive.");
    return EXIT_FINE;
}

static bool read_ruling(const struct call *call, enum stet_ruling *ruling)
{
    const char *said = call_value(call, "as");
    if (said == NULL || strcmp(said, "stet") == 0)
        *ruling = STET_STANDS;
    else if (strcmp(said, "author") == 0 || strcmp(said, "on author") == 0)
        *ruling = STET_ON_AUTHOR;
    else if (strcmp(said, "open") == 0)
        *ruling = STET_OPEN;
    else
        return call_refuse(call, "--as takes stet, author or open, not \"%s\"", said), false;
    return true;
}

/* LINE or the first digits of an identifier. */
static bool read_place(const struct call *call, uint32_t *line, const char **id)
{
    char *end;
    const char *said = call_value(call, "id");
    *id = said;
    *line = 0;
    if (said != NULL)
        return true;
    if (call->operand_count < 2)
        return call_refuse(call, "which line of the story? (or --id)"), false;
    errno = 0;
    unsigned long number = strtoul(call->operands[1], &end, 10);
    if (errno != 0 || *end != '\0' || number == 0 || number > UINT32_MAX)
        return call_refuse(call, "\"%s\" is no line number", call->operands[1]), false;
    *line = (uint32_t)number;
    return true;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static enum stet_status rule(struct call *call, struct stet_archive *archive, uint32_t line,
                             const char *id, const struct stet_ruling_given *given, size_t *count)
{
    SCOPED(buffer_release) struct buffer story = { 0 };
    struct stet_check *made = NULL;
    struct stet_check_options options = { .name = name_of(call->operands[0]),
                                          .date = call_value(call, "date") };
    options.collection_count = call_values(call, "collection", &options.collections);
    TRY(file_read(AT_FDCWD, call->operands[0], STORY_BYTES_MAX, &story, &call->fault));
    TRY(stet_check_run(archive, story.at, story.len, &options, &made, &call->fault));
    enum stet_status done = stet_rule(archive, made, line, id, given, count, &call->fault);
    stet_check_free(made);
    return done;
}

static int run(struct call *call)
{
    struct stet_archive *archive = NULL;
    struct stet_ruling_given given = { .by = call_value(call, "by"),
                                       .reason = call_value(call, "reason") };
    uint32_t line = 0;
    const char *id = NULL;
    size_t count = 0;
    bool is_list = call->operand_count == 0;
    if (!is_list && (!read_ruling(call, &given.ruling) || !read_place(call, &line, &id)))
        return EXIT_COULD_NOT;
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    if (is_list) {
        int listed = list(call, archive);
        stet_archive_close(archive);
        return listed;
    }
    enum stet_status done = rule(call, archive, line, id, &given, &count);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    if (!call->terminal->quiet)
        printf("%s: %zu statement%s\n",
               given.ruling == STET_OPEN ? "open again" : word_of(given.ruling), count,
               count == 1 ? "" : "s");
    return EXIT_FINE;
}

static const struct option_row options[] = {
    { "as", 0, "RULING",
      "stet (it stands; the default), author (on the writer's word) or open (take it back)",
      false },
    { "by", 0, "NAME", "who decides", false },
    { "reason", 0, "TEXT", "why", false },
    { "id", 0, "DIGITS", "one statement, by the first digits of its identifier in --format jsonl",
      false },
    { "collection", 'c', "NAME", "as given to stet check; may be given again", true },
    { "date", 0, "YYYY-MM-DD", "as given to stet check", false },
    { NULL, 0, NULL, NULL, false },
};

const struct command command_rule = {
    .name = "rule",
    .summary = "decide on a finding: it stands; or list what was decided",
    .operands = "[STORY [LINE]]",
    .operands_min = 0,
    .operands_max = 2,
    .options = options,
    .details = "A ruling is kept in the archive with name, date and reason, and is found again in "
               "every later check of the\n"
               "same words. It is opened again when the text of the document changes. Without a "
               "story all rulings are listed.\n",
    .examples =
        "  stet rule story.md 14 --by \"A. Editor\" --reason \"house style drops this comma\"\n"
        "  stet rule story.md 14 --as open --by \"A. Editor\"\n  stet rule\n",
    .exits = "0 ruled or listed, 2 could not (no such line, no name, no reason)",
    .run = run,
};
