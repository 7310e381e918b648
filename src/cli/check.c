#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
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
    return fwrite(piece, 1, len, context) != len;
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

/* What the ending of --output means, alone and behind a --format that has such a form. */
static const struct ending_row {
    const char *ending, *format, *suffix;
} endings[] = {
    { ".docx", "annotated-docx", "-docx" },
    { ".html", "html", "-html" },
    { ".htm", "html", "-html" },
    { ".md", "annotated", NULL },
    { ".json", "json", NULL },
    { ".jsonl", "jsonl", NULL },
    { ".sarif", "sarif", NULL },
    { ".patch", "unified", NULL },
    { ".csv", "worksheet", NULL },
    { ".bib", "bibtex", NULL },
};

static const struct ending_row *ending_of(const char *path)
{
    size_t len = path != NULL ? strlen(path) : 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i].ending);
        if (len > size && strcasecmp(path + len - size, endings[i].ending) == 0)
            return &endings[i];
    }
    return NULL;
}

static bool report_named(const char *name, enum stet_report *report)
{
    for (int i = 0; i < STET_REPORTS; i++)
        if (strcmp(name, stet_report_name((enum stet_report)i)) == 0) {
            *report = (enum stet_report)i;
            return true;
        }
    return false;
}

/* The plain forms; those of pages and Word documents follow from --output. */
static void refuse_format(const struct call *call, const char *said)
{
    char names[512];
    size_t len = 0;
    for (int i = 0; i <= STET_REPORT_BIBTEX; i++)
        len += (size_t)snprintf(names + len, sizeof names - len, "%s%s",
                                i == 0                    ? ""
                                : i == STET_REPORT_BIBTEX ? " or "
                                                          : ", ",
                                stet_report_name((enum stet_report)i));
    call_refuse(call, "--format takes %s, not \"%s\"", names, said);
}

/* "--format annotated --output draft.docx" is annotated-docx; the ending alone says what is usual
 * for it. */
static bool read_report(const struct call *call, enum stet_report *report)
{
    char both[64];
    const char *said = call_has(call, "json") ? "jsonl" : call_value(call, "format");
    const struct ending_row *ending = ending_of(call_value(call, "output"));
    *report = STET_REPORT_MEMO;
    if (said == NULL)
        return ending == NULL || report_named(ending->format, report);
    if (!report_named(said, report)) {
        refuse_format(call, said);
        return false;
    }
    if (ending != NULL && ending->suffix != NULL) {
        snprintf(both, sizeof both, "%s%s", said, ending->suffix);
        bool is_there = report_named(both, report);
        if (!is_there && strcmp(ending->suffix, "-docx") == 0 && strstr(said, "-docx") == NULL) {
            call_refuse(call,
                        "--format %s has no Word document; annotated, checked and worksheet "
                        "have",
                        said);
            return false;
        }
    }
    return true;
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

/* Into --output, or standard output. */
static enum stet_status report(struct call *call, const struct stet_check *made,
                               enum stet_report form, unsigned flags)
{
    const char *path = call_value(call, "output");
    if (path == NULL || strcmp(path, "-") == 0)
        return stet_check_report(made, form, flags, write_out, stdout, &call->fault);
    FILE *file = fopen(path, "wbe");
    if (file == NULL)
        return fail_errno(&call->fault, IO_FAILED, "cannot write %s", path);
    enum stet_status done = stet_check_report(made, form, flags & ~(unsigned)STET_REPORT_COLOUR,
                                              write_out, file, &call->fault);
    if (fclose(file) != 0 && done == STET_OK)
        return fail_errno(&call->fault, IO_FAILED, "cannot write %s", path);
    return done;
}

static enum stet_status check(struct call *call, struct stet_archive *archive,
                              enum stet_report form, enum stet_severity *worst)
{
    SCOPED(buffer_release) struct buffer story = { 0 };
    struct stet_check *made = NULL;
    struct stet_check_options options = { .name = name_of(call), .date = call_value(call, "date") };
    options.style = call_value(call, "style");
    options.embargo = call_value(call, "embargo");
    options.collection_count = call_values(call, "collection", &options.collections);
    unsigned flags =
        (call->terminal->colour_out ? STET_REPORT_COLOUR : 0u) |
        (call_has(call, "with-source") ? STET_REPORT_WITH_SOURCE : 0u) |
        (call_has(call, "all") ? STET_REPORT_ALL : 0u) |
        (call_value(call, "output") == NULL && isatty(STDOUT_FILENO) ? STET_REPORT_CARETS : 0u);
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
    enum stet_status done = report(call, made, form, flags);
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
      "memo, line, jsonl, json, sarif, html, annotated, checked (-html, -docx), worksheet (-docx), "
      "webannotation, csv, bibtex, unified",
      false },
    { "output", 'o', "FILE",
      "write the report there; its ending (.docx, .html, .md, .csv, .json, .sarif, .bib) chooses "
      "the form",
      false },
    { "embargo", 0, "YYYY-MM-DD", "the day until which it is embargoed, printed on every report",
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
    .examples = "  stet check story.md\n  stet check --date 2026-03-14 --format line story.html\n"
                "  stet check --format checked --output checked.docx story.docx\n",
    .exits = "0 nothing to do, 1 any fix, imprecise or query (see --fail-on), 2 could not run",
    .run = run,
};
