#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stet/check.h>

#include "base/file.h"
#include "base/scoped.h"
#include "cli/command.h"
#include "cli/terminal.h"

enum { STORY_BYTES_MAX = 16 << 20, BASELINE_BYTES_MAX = 256 << 20 };

static const struct severity_row {
    const char *name;
    enum stet_severity severity;
} severities[] = {
    { "fix", STET_FIX },
    { "imprecise", STET_IMPRECISE },
    { "query", STET_QUERY },
    { "note", STET_NOTE },
};

static int write_out(void *context, const void *piece, size_t len)
{
    (void)context;
    return fwrite(piece, 1, len, stdout) != len;
}

static enum stet_status read_story(const char *path, struct buffer *story, struct stet_fault *fault)
{
    if (strcmp(path, "-") != 0)
        return file_read(AT_FDCWD, path, STORY_BYTES_MAX, story, fault);
    if (isatty(STDIN_FILENO))
        fputs("stet check: waiting for the story on standard input; end it with Ctrl-D\n", stderr);
    while (buffer_reserve(story, 65536) && story->len <= STORY_BYTES_MAX) {
        ssize_t got = read(STDIN_FILENO, story->at + story->len, 65536);
        if (got < 0 && errno != EINTR)
            return fail_errno(fault, IO_FAILED, "cannot read the story from standard input");
        if (got == 0)
            return OK;
        story->len += got > 0 ? (size_t)got : 0;
    }
    return story->failed ? no_memory(fault)
                         : fail(fault, OVER_LIMIT, "the story is larger than 16 MiB");
}

static bool read_report(const struct call *call, enum stet_report *report)
{
    const char *said = call_has(call, "json") ? "jsonl" : call_value(call, "format");
    char names[256];
    size_t len = 0;
    for (int i = 0; i < STET_REPORTS; i++) {
        *report = (enum stet_report)i;
        const char *name = stet_report_name(*report);
        if (said == NULL || strcmp(said, name) == 0)
            return true;
        len += (size_t)snprintf(names + len, sizeof names - len, "%s%s",
                                i == 0                  ? ""
                                : i + 1 == STET_REPORTS ? " or "
                                                        : ", ",
                                name);
    }
    call_refuse(call, "--format takes %s, not \"%s\"", names, said);
    return false;
}

static bool read_threshold(const struct call *call, enum stet_severity *severity)
{
    const char *said = call_value(call, "fail-on");
    *severity = STET_QUERY;
    if (said == NULL)
        return true;
    for (size_t i = 0; i < sizeof severities / sizeof *severities; i++)
        if (strcmp(said, severities[i].name) == 0) {
            *severity = severities[i].severity;
            return true;
        }
    call_refuse(call, "--fail-on takes fix, imprecise, query or note, not \"%s\"", said);
    return false;
}

static const char *name_of(const struct call *call)
{
    const char *path = call->operands[0], *given = call_value(call, "stdin-filepath");
    const char *name = strcmp(path, "-") != 0 ? path : given != NULL ? given : "standard input";
    const char *slash = strrchr(name, '/');
    return slash == NULL ? name : slash + 1;
}

static enum stet_status check(struct call *call, struct stet_archive *archive,
                              enum stet_report report, enum stet_severity *worst)
{
    SCOPED(buffer_release) struct buffer story = { 0 };
    struct stet_check *made = NULL;
    struct stet_check_options options = { .name = name_of(call), .date = call_value(call, "date") };
    options.style = call_value(call, "style");
    options.collection_count = call_values(call, "collection", &options.collections);
    unsigned flags = (call->terminal->colour_out ? STET_REPORT_COLOUR : 0u) |
                     (call_has(call, "with-source") ? STET_REPORT_WITH_SOURCE : 0u) |
                     (call_has(call, "all") ? STET_REPORT_ALL : 0u);
    SCOPED(buffer_release) struct buffer baseline = { 0 };
    TRY(read_story(call->operands[0], &story, &call->fault));
    if (call_value(call, "baseline") != NULL) {
        TRY(file_read(AT_FDCWD, call_value(call, "baseline"), BASELINE_BYTES_MAX, &baseline,
                      &call->fault));
        buffer_u8(&baseline, 0);
        TRY(buffer_check(&baseline, &call->fault));
        options.baseline = (const char *)baseline.at;
    }
    TRY(stet_check_run(archive, story.at, story.len, &options, &made, &call->fault));
    enum stet_status done = stet_check_report(made, report, flags, write_out, NULL, &call->fault);
    *worst = stet_check_worst(made);
    stet_check_free(made);
    return done;
}

static int run(struct call *call)
{
    struct stet_archive *archive = NULL;
    enum stet_report report;
    enum stet_severity threshold, worst = STET_NONE;
    if (!read_report(call, &report) || !read_threshold(call, &threshold))
        return EXIT_COULD_NOT;
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    enum stet_status done = check(call, archive, report, &worst);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    return worst >= threshold ? EXIT_FINDINGS : EXIT_FINE;
}

static const struct option_row options[] = {
    { "collection", 'c', "NAME", "hold it against one collection; may be given again", true },
    { "date", 0, "YYYY-MM-DD", "the day the story is taken as of", false },
    { "format", 0, "FORMAT",
      "memo, line, jsonl, json, sarif, html, annotated, checked, worksheet, webannotation, csv, "
      "bibtex",
      false },
    { "json", 0, NULL, "short for --format jsonl", false },
    { "style", 0, "NAME", "a house style: ap, reuters, nyt, wsj, guardian, chicago, mla, legal",
      false },
    { "baseline", 0, "FILE", "leave out what an earlier report (jsonl or json) has", false },
    { "all", 0, NULL, "list what stands, too", false },
    { "with-source", 0, NULL, "more of the source than the traced sentence", false },
    { "fail-on", 0, "SEVERITY", "exit 1 from fix, imprecise, query (the default) or note on",
      false },
    { "stdin-filepath", 0, "PATH", "name and type of a story read from standard input", false },
    { NULL, 0, NULL, NULL, false },
};

const struct command command_check = {
    .name = "check",
    .summary = "hold a story against the archive and report what differs",
    .operands = "STORY|-",
    .operands_min = 1,
    .operands_max = 1,
    .options = options,
    .details = "Compares words with documents held here. It does not say that a document is "
               "genuine, complete or true.\n"
               "fix: words, digits or letters differ at an identified place. imprecise: a form a "
               "reader could misread.\n"
               "query: a person should look. note: worth knowing. Plain text, Markdown, HTML, "
               "Word, OpenDocument, RTF and PDF are read.\n",
    .examples = "  stet check story.md\n  stet check --date 2026-03-14 --format line story.html\n",
    .exits = "0 nothing to do, 1 any fix, imprecise or query (see --fail-on), 2 could not run",
    .run = run,
};
