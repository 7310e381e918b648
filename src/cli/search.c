#include <stdio.h>
#include <string.h>

#include <stet/search.h>

#include "base/json.h"
#include "base/scoped.h"
#include "cli/command.h"
#include "cli/terminal.h"

enum search_format { SEARCH_AS_TEXT, SEARCH_AS_JSONL, SEARCH_AS_TSV };

/* A snippet holds \x02 and \x03 around matches. */
static void print_snippet(const char *snippet, bool colour)
{
    for (const char *at = snippet; *at != 0; at++)
        if (*at == 2)
            fputs(colour ? "\033[1m" : "[", stdout);
        else if (*at == 3)
            fputs(colour ? "\033[0m" : "]", stdout);
        else
            putchar(*at);
}

static void print_hit(const struct call *call, const struct stet_hit *hit)
{
    printf("%s", hit->address);
    const char *const said[] = { hit->date, hit->origin, hit->class_name, hit->title, hit->file };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i][0] != 0)
            printf("  %s", said[i]);
    if (hit->date_basis[0] != 0)
        printf("  (date %s)", hit->date_basis);
    printf("\n    ");
    print_snippet(hit->snippet, call->terminal->colour_out);
    putchar('\n');
}

static void plain_snippet(const char *snippet, char *out, size_t room)
{
    size_t used = 0;
    for (; *snippet != 0 && used + 1 < room; snippet++)
        if (*snippet != 2 && *snippet != 3)
            out[used++] = *snippet;
    out[used] = 0;
}

static void print_json(const struct stet_hit *hit)
{
    SCOPED(buffer_release) struct buffer line = { 0 };
    char snippet[4096];
    plain_snippet(hit->snippet, snippet, sizeof snippet);
    struct json json = json_begin(&line);
    json_object(&json);
    json_key(&json, "schema"), json_text(&json, "stet.hit/1");
    json_key(&json, "doc"), json_text(&json, hit->name);
    json_key(&json, "address"), json_text(&json, hit->address);
    json_key(&json, "kind"), json_text(&json, hit->kind);
    json_key(&json, "date"), json_text(&json, hit->date);
    json_key(&json, "date_basis"), json_text(&json, hit->date_basis);
    json_key(&json, "origin"), json_text(&json, hit->origin);
    json_key(&json, "class"), json_text(&json, hit->class_name);
    json_key(&json, "subject"), json_text(&json, hit->title);
    json_key(&json, "file"), json_text(&json, hit->file);
    json_key(&json, "score"), json_real(&json, hit->score, 3);
    json_key(&json, "snippet"), json_text(&json, snippet);
    json_object_end(&json);
    printf("%.*s\n", (int)line.len, (const char *)line.at);
}

static void print_hits(const struct call *call, const struct stet_answer *answer,
                       enum search_format format)
{
    char snippet[4096];
    for (size_t i = 0; i < stet_answer_count(answer); i++) {
        const struct stet_hit *hit = stet_answer_hit(answer, i);
        switch (format) {
        case SEARCH_AS_TEXT:
            print_hit(call, hit);
            break;
        case SEARCH_AS_JSONL:
            print_json(hit);
            break;
        case SEARCH_AS_TSV:
            plain_snippet(hit->snippet, snippet, sizeof snippet);
            printf("%s\t%s\t%s\t%s\t%s\t%s\n", hit->address, hit->date, hit->origin,
                   hit->class_name, hit->title, snippet);
            break;
        }
    }
}

static void print_summary(const struct call *call, const struct stet_query *query,
                          const struct stet_answer *answer)
{
    uint64_t total = stet_answer_total(answer), undated = stet_answer_undated(answer);
    size_t shown = stet_answer_count(answer);
    char count[64];
    if (call->terminal->quiet)
        return;
    printf("%s%s%s", shown > 0 ? "\n" : "", stet_answer_is_cut(answer) ? "at least " : "",
           format_count(total, "document", count));
    if (shown > 0 && shown < total)
        printf(", %llu to %llu shown", (unsigned long long)query->skip + 1,
               (unsigned long long)query->skip + shown);
    if (query->order != STET_BY_RANK && undated > 0)
        printf(", %llu of them undated or dated by inference only (they stand last)",
               (unsigned long long)undated);
    printf(". Searched: %s\n%s\n", stet_answer_understood(answer), stet_answer_coverage(answer));
}

static bool read_format(const struct call *call, enum search_format *format)
{
    const char *said = call_value(call, "format");
    *format = call_has(call, "json") ? SEARCH_AS_JSONL : SEARCH_AS_TEXT;
    if (said == NULL || strcmp(said, "text") == 0)
        return true;
    *format = strcmp(said, "tsv") == 0 ? SEARCH_AS_TSV : SEARCH_AS_JSONL;
    if (strcmp(said, "tsv") == 0 || strcmp(said, "jsonl") == 0)
        return true;
    call_refuse(call, "--format takes text, jsonl or tsv, not \"%s\"", said);
    return false;
}

static bool read_order(const struct call *call, enum stet_order *order)
{
    const char *said = call_value(call, "sort");
    *order = STET_BY_RANK;
    if (said == NULL || strcmp(said, "rank") == 0)
        return true;
    *order = strcmp(said, "date") == 0 ? STET_BY_DATE : STET_BY_DATE_DOWN;
    if (strcmp(said, "date") == 0 || strcmp(said, "date-down") == 0)
        return true;
    call_refuse(call, "--sort takes rank, date or date-down, not \"%s\"", said);
    return false;
}

/* Several operands are one query, so that `stet search a b` works unquoted. */
static void join(const struct call *call, struct buffer *text)
{
    for (int i = 0; i < call->operand_count; i++) {
        if (i > 0)
            buffer_u8(text, ' ');
        buffer_append_text(text, call->operands[i]);
    }
    buffer_u8(text, 0);
}

static int run(struct call *call)
{
    struct stet_archive *archive = NULL;
    struct stet_answer *answer = NULL;
    enum search_format format;
    unsigned long long most = 10, skip = 0;
    struct stet_query query = { .exact = call_has(call, "exact") };
    if (!read_format(call, &format) || !read_order(call, &query.order) ||
        !call_number(call, "most", &most) || !call_number(call, "skip", &skip))
        return EXIT_COULD_NOT;
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    SCOPED(buffer_release) struct buffer text = { 0 };
    join(call, &text);
    query.text = (const char *)text.at;
    query.collection_count = call_values(call, "collection", &query.collections);
    query.most = (uint32_t)most;
    query.skip = skip;
    enum stet_status done = stet_search(archive, &query, &answer, &call->fault);
    if (done == STET_OK) {
        print_hits(call, answer, format);
        if (format == SEARCH_AS_TEXT)
            print_summary(call, &query, answer);
    }
    bool found = done == STET_OK && stet_answer_total(answer) > 0;
    stet_answer_free(answer);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    return found ? EXIT_FINE : EXIT_FINDINGS;
}

static const struct option_row options[] = {
    { "collection", 'c', "NAME", "within one collection; may be given again", true },
    { "most", 'n', "N", "how many hits (10)", false },
    { "skip", 0, "N", "leave out the first N", false },
    { "sort", 's', "ORDER", "rank, date or date-down; undated ones stand last", false },
    { "exact", 0, NULL, "capitals and accents count", false },
    { "format", 0, "FORMAT", "text, jsonl or tsv", false },
    { "json", 0, NULL, "short for --format jsonl", false },
    { NULL, 0, NULL, NULL, false },
};

const struct command command_search = {
    .name = "search",
    .summary = "find documents by words, phrases and fields",
    .operands = "QUERY...",
    .operands_min = 1,
    .operands_max = -1,
    .options = options,
    .details = "Words, \"phrases\", AND OR NOT, NEAR/5, prefix*, fuzzy~, =Exact, and fields: "
               "origin: class: tag:\n"
               "date:2009..2010 kind: collection: from: to: ref: number: subject:. docs/search.md "
               "has them all.\n",
    .examples = "  stet search 'army NEAR/5 \"human rights\" date:2009..2010'\n  stet search "
                "--sort date origin:mexico class:secret\n",
    .exits = "0 found, 1 nothing found, 2 could not run",
    .run = run,
};
