#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <stet/intake.h>
#include <stet/ledger.h>

#include "cli/command.h"
#include "cli/terminal.h"

static volatile int stop_asked;

static void on_interrupt(int signal)
{
    (void)signal;
    if (stop_asked)
        _exit(EXIT_STOPPED);
    stop_asked = 1;
}

static void catch_interrupt(void)
{
    struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = SA_RESTART };
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static void show_progress(void *context, const struct stet_progress *progress)
{
    const struct call *call = context;
    char line[512], bytes[32], total[32], left[32];
    double share =
        progress->bytes_seen == 0 ? 1 : (double)progress->bytes_done / (double)progress->bytes_seen;
    double rate = progress->seconds > 0 ? (double)progress->bytes_done / progress->seconds : 0;
    double remaining =
        rate > 0 ? ((double)progress->bytes_seen - (double)progress->bytes_done) / rate : 0;
    snprintf(line, sizeof line, "%3.0f %%  %llu of %llu files, %s of %s, %.1f MB/s, %s left  %s",
             share * 100, (unsigned long long)progress->files_done,
             (unsigned long long)progress->files_seen, format_bytes(progress->bytes_done, bytes),
             format_bytes(progress->bytes_seen, total), rate / 1e6, format_seconds(remaining, left),
             progress->path);
    terminal_progress(call->terminal, line);
}

static void print_outcomes(const struct stet_add_sum *sum)
{
    uint64_t rows = sum->unchanged, bytes = sum->unchanged_bytes;
    char words[32], count[64];
    for (int i = 0; i < STET_OUTCOMES; i++) {
        rows += sum->by_outcome[i];
        bytes += sum->bytes_by_outcome[i];
        if (sum->by_outcome[i] > 0)
            printf("  %8llu  %-30s %12s\n", (unsigned long long)sum->by_outcome[i],
                   stet_outcome_words((enum stet_outcome)i),
                   format_bytes(sum->bytes_by_outcome[i], words));
    }
    if (sum->unchanged > 0)
        printf("  %8llu  %-30s %12s\n", (unsigned long long)sum->unchanged,
               "unchanged, there already", format_bytes(sum->unchanged_bytes, words));
    printf("  %8llu  %-30s %12s\n", (unsigned long long)rows,
           rows == 1 ? "file in all" : "files in all", format_bytes(bytes, words));
    if (!sum->stopped && rows != sum->files)
        printf("THE SUMS DO NOT AGREE: the walk met %s. Please report this.\n",
               format_count(sum->files, "file", count));
}

static uint64_t problems(const struct stet_add_sum *sum)
{
    return sum->by_outcome[STET_READ_PARTIAL] + sum->by_outcome[STET_READ_FAILED] +
           sum->by_outcome[STET_NOT_READ_YET] + sum->by_outcome[STET_REFUSED];
}

static void print_sum(const struct call *call, const struct stet_add_sum *sum)
{
    char time[32], processor[32], count[64], named[64] = "";
    if (call->terminal->quiet)
        return;
    if (call->operand_count > 1 && !call_has(call, "collection"))
        snprintf(named, sizeof named, " (named after the first of %d paths)", call->operand_count);
    uint64_t done = sum->files - sum->unchanged;
    if (done == 0 && !sum->stopped && sum->files == 1)
        printf("Nothing new: the file is in collection \"%s\" already.\n", sum->collection);
    else if (done == 0 && !sum->stopped)
        printf("Nothing new: all %llu files are in collection \"%s\"%s already.\n",
               (unsigned long long)sum->files, sum->collection, named);
    else
        printf("Collection \"%s\"%s: %s, in %s (%s of processor time).\n", sum->collection, named,
               format_count(sum->documents, "new document", count),
               format_seconds(sum->seconds, time),
               format_seconds(sum->processor_seconds + sum->worker_processor_seconds, processor));
    print_outcomes(sum);
    if (problems(sum) > 0)
        puts("stet ledger --problems names each file that was not read in full, and why.");
    if (sum->stopped)
        puts("Stopped. What is counted above is safe; the same command goes on from here.");
}

static int run(struct call *call)
{
    struct stet_archive *archive = NULL;
    struct stet_add_sum sum;
    const char *record = call_value(call, "record");
    if (record != NULL && strcmp(record, "private") != 0 && strcmp(record, "public") != 0)
        return call_refuse(call, "--record takes private or public, not \"%s\"", record);
    const char *kind = call_value(call, "kind");
    if (kind != NULL && strcmp(kind, "story") != 0)
        return call_refuse(call,
                           "--kind takes story: every other kind is read from the document itself");
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    struct stet_add_options options = { .collection = call_value(call, "collection"),
                                        .is_public =
                                            record != NULL && strcmp(record, "public") == 0,
                                        .retry = call_has(call, "retry"),
                                        .is_story = kind != NULL,
                                        .progress = show_progress,
                                        .context = call,
                                        .stop = &stop_asked };
    catch_interrupt();
    enum stet_status done = stet_add(archive, (const char *const *)call->operands,
                                     (size_t)call->operand_count, &options, &sum, &call->fault);
    terminal_progress(call->terminal, NULL);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    print_sum(call, &sum);
    if (sum.stopped)
        return EXIT_STOPPED;
    return problems(&sum) > 0 ? EXIT_FINDINGS : EXIT_FINE;
}

static const struct option_row options[] = {
    { "collection", 'c', "NAME",
      "the named part of the archive they go into; else named after the folder", false },
    { "record", 0, "SIDE",
      "private (cables, mail) or public (press, speeches, stories); private by default", false },
    { "kind", 0, "story", "take every document as a story of ours: stories never prove themselves",
      false },
    { "retry", 0, NULL, "read again what was not read in full before", false },
    { NULL, 0, NULL, NULL, false },
};

const struct command command_add = {
    .name = "add",
    .summary = "take files and folders in; every one of them gets a line in the ledger",
    .operands = "PATH...",
    .operands_min = 1,
    .operands_max = -1,
    .options = options,
    .details = "Files are read by workers that have no network and no files but the one in hand. "
               "What cannot be read\n"
               "is kept and listed, never dropped. Ctrl-C stops after what is in hand; the same "
               "command goes on later.\n"
               "The same files a second time add nothing. Links are listed and not followed.\n",
    .examples = "  stet add --collection cables cables/\n  stet add --record public --collection "
                "press clippings/\n",
    .exits =
        "0 all read, 1 something was not read in full and is listed, 2 could not run, 130 stopped",
    .run = run,
};
