#include <stdio.h>
#include <string.h>

#include <stet/ledger.h>

#include "cli/command.h"
#include "cli/terminal.h"

enum ledger_format { LEDGER_AS_TEXT, LEDGER_AS_TSV };

struct printing {
    enum ledger_format format;
    uint64_t rows;
};

static int print_row(void *context, const struct stet_ledger_row *row)
{
    struct printing *printing = context;
    char size[32];
    printing->rows++;
    if (printing->format == LEDGER_AS_TSV)
        return printf("%s\t%s\t%s\t%s\t%llu\t%llu\t%llu\t%s\t%s\n", row->collection, row->path,
                      row->outcome_words, row->type, (unsigned long long)row->size,
                      (unsigned long long)row->accounted, (unsigned long long)row->documents,
                      row->sha256, row->reason) < 0;
    printf("%-24s %9s  %s", row->outcome_words, format_bytes(row->size, size), row->path);
    if (row->type[0] != 0 && row->outcome != STET_READ_FULL)
        printf("  [%s]", row->type);
    if (row->reason[0] != 0)
        printf("  %s", row->reason);
    return putchar('\n') < 0;
}

static int run(struct call *call)
{
    struct stet_archive *archive = NULL;
    struct stet_coverage coverage;
    const char *format = call_value(call, "format"), *collection = call_value(call, "collection");
    bool is_tsv = format != NULL && strcmp(format, "tsv") == 0;
    if (format != NULL && !is_tsv && strcmp(format, "text") != 0)
        return call_refuse(call, "--format takes text or tsv, not \"%s\"", format);
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    struct printing printing = { .format = is_tsv ? LEDGER_AS_TSV : LEDGER_AS_TEXT };
    if (is_tsv)
        puts("collection\tpath\toutcome\ttype\tbytes\taccounted\tdocuments\tsha256\treason");
    enum stet_status done = STET_OK;
    if (!call_has(call, "sums"))
        done = stet_ledger_walk(archive, collection, call_has(call, "problems"), print_row,
                                &printing, &call->fault);
    if (done == STET_OK)
        done = stet_coverage_of(archive, collection, &coverage, &call->fault);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    char words[1024];
    stet_coverage_words(&coverage, words, sizeof words);
    if (!is_tsv && !call->terminal->quiet)
        printf("%s%s\n", printing.rows > 0 ? "\n" : "", words);
    return call_has(call, "problems") && printing.rows > 0 ? EXIT_FINDINGS : EXIT_FINE;
}

static const struct option_row options[] = {
    { "collection", 'c', "NAME", "one collection only", false },
    { "problems", 'p', NULL, "only what was not read in full", false },
    { "sums", 0, NULL, "only the sums", false },
    { "format", 0, "FORMAT", "text, or tsv with a header line", false },
    { NULL, 0, NULL, NULL, false },
};

const struct command command_ledger = {
    .name = "ledger",
    .summary = "every file that was ever brought, and what became of it",
    .operands = "",
    .options = options,
    .details = "One line a file: read in full, doubtful, in part, not at all, and why. The sums at "
               "the end count every\n"
               "file the walk met; nothing is left out.\n",
    .examples = "  stet ledger --problems\n  stet ledger --format tsv > ledger.tsv\n",
    .exits = "0 shown, 1 with --problems when there are any, 2 could not run",
    .run = run,
};
