/* The commands that look after an archive: verify, stats, rebuild, purge, reread, calibrate,
 * doctor. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <stet/check.h>
#include <stet/intake.h>

#include "cli/command.h"
#include "cli/terminal.h"

struct verifying {
    const struct call *call;
    uint64_t damages;
};

static void told(void *context, const char *damage, uint64_t done, uint64_t total)
{
    struct verifying *verifying = context;
    char line[128], a[32], b[32];
    if (damage == NULL) {
        snprintf(line, sizeof line, "verify: %s of %s", format_bytes(done, a),
                 format_bytes(total, b));
        terminal_progress(verifying->call->terminal, line);
        return;
    }
    terminal_progress(verifying->call->terminal, NULL);
    verifying->damages++;
    printf("damaged  %s\n", damage);
}

static int run_verify(struct call *call)
{
    struct stet_archive *archive = NULL;
    struct verifying verifying = { .call = call };
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    bool all = call_has(call, "read-data");
    enum stet_status done = stet_archive_verify(archive, all, told, &verifying, &call->fault);
    terminal_progress(call->terminal, NULL);
    stet_archive_close(archive);
    if (done != STET_OK && done != STET_CORRUPT)
        return call_failed(call);
    if (done == STET_CORRUPT && verifying.damages == 0)
        printf("damaged  %s\n", call->fault.words);
    if (!call->terminal->quiet)
        puts(done == STET_CORRUPT ? "Damage was found. What is named above cannot be trusted; stet "
                                    "rebuild makes a new "
                                    "catalog, stet reread new readings from the originals."
             : all                ? "Whole: structure and every checksum."
                                  : "Whole: structure. (--read-data reads every checksum.)");
    return done == STET_OK ? EXIT_FINE : EXIT_FINDINGS;
}

static void print_stats(const struct stet_stats *stats)
{
    char a[32], b[32], c[32], counts[4][64];
    printf("%s in %s from %s, %s\n", format_count(stats->documents, "document", counts[0]),
           format_count(stats->parts, "part", counts[1]),
           format_count(stats->files, "file", counts[2]),
           format_count(stats->collections, "collection", counts[3]));
    printf("%s, %s of text, from %s of originals\n", format_count(stats->words, "word", counts[0]),
           format_bytes(stats->text_bytes, a), format_bytes(stats->original_bytes, b));
    printf("on disk: originals %s, %s %s, catalog %s; %s\n",
           format_bytes(stats->originals_stored_bytes, a),
           format_count(stats->segments, "segment", counts[0]),
           format_bytes(stats->segment_bytes, b), format_bytes(stats->catalog_bytes, c),
           format_count(stats->commits, "commit", counts[1]));
    if (stats->digest[0] != 0)
        printf("digest %s\n", stats->digest);
}

static int run_stats(struct call *call)
{
    struct stet_archive *archive = NULL;
    struct stet_stats stats;
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    enum stet_status done =
        stet_archive_stats(archive, call_has(call, "digest"), &stats, &call->fault);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    if (call_has(call, "digest") && call->terminal->quiet) {
        puts(stats.digest);
        return EXIT_FINE;
    }
    print_stats(&stats);
    return EXIT_FINE;
}

static int run_rebuild(struct call *call)
{
    char path[4096], said[256];
    int found = call_archive_path(call, path, sizeof path);
    if (found != 0)
        return found;
    if (stet_archive_rebuild(path, said, &call->fault) != STET_OK)
        return call_failed(call);
    puts(said);
    return EXIT_FINE;
}

/* Whether a person says yes. */
static bool confirmed(const struct call *call)
{
    char answer[8];
    if (call_has(call, "yes"))
        return true;
    if (!isatty(STDIN_FILENO)) {
        call_refuse(call, "this cannot be undone: give --yes when nobody can be asked");
        return false;
    }
    fputs("This cannot be undone. Type yes to go on: ", stderr);
    return fgets(answer, sizeof answer, stdin) != NULL && strcmp(answer, "yes\n") == 0;
}

static int run_purge(struct call *call)
{
    struct stet_archive *archive = NULL;
    char said[512];
    const char *reason = call_value(call, "reason"), *name = call->operands[0];
    if (reason == NULL || *reason == 0)
        return call_refuse(call, "give --reason: the ledger keeps it in place of the document");
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    enum stet_status done = stet_archive_purge(archive, name, reason, true, said, &call->fault);
    if (done == STET_OK)
        puts(said);
    bool go_on = done == STET_OK && !call_has(call, "dry-run") && confirmed(call);
    if (go_on)
        done = stet_archive_purge(archive, name, reason, false, said, &call->fault);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    if (go_on)
        puts(said);
    return go_on || call_has(call, "dry-run") ? EXIT_FINE : EXIT_COULD_NOT;
}

static int run_reread(struct call *call)
{
    struct stet_archive *archive = NULL;
    struct stet_add_sum sum;
    char counts[3][64];
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    enum stet_status done = stet_reread(archive, call_has(call, "all"), NULL, &sum, &call->fault);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    if (!call->terminal->quiet)
        printf("%s looked at, %s read again, %s failed.\n",
               format_count(sum.files, "file", counts[0]),
               format_count(sum.documents, "document", counts[1]),
               format_count(sum.workers_failed, "reader", counts[2]));
    return EXIT_FINE;
}

static int run_calibrate(struct call *call)
{
    struct stet_archive *archive = NULL;
    char said[1024];
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    enum stet_status done = stet_calibrate(archive, said, &call->fault);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    puts(said);
    return EXIT_FINE;
}

static int run_doctor(struct call *call)
{
    char text[4096];
    enum stet_status done = stet_doctor(NULL, text, sizeof text, &call->fault);
    if (done != STET_OK)
        return call_failed(call);
    printf("stet %s\n%s", STET_VERSION, text);
    return EXIT_FINE;
}

static const struct option_row verify_options[] = {
    { "read-data", 0, NULL, "read every byte and every checksum", false },
    { NULL, 0, NULL, NULL, false },
};
const struct command command_verify = {
    .name = "verify",
    .summary = "whether every file of the archive is as it was written",
    .operands = "",
    .options = verify_options,
    .details = "Never writes. Says what is damaged and what that costs.\n",
    .examples = "  stet verify\n  stet verify --read-data\n",
    .exits = "0 whole, 1 damage, 2 could not run",
    .run = run_verify,
};

static const struct option_row stats_options[] = {
    { "digest", 0, NULL, "a hash of the ordered logical content: the same for the same archive",
      false },
    { NULL, 0, NULL, NULL, false },
};
const struct command command_stats = {
    .name = "stats",
    .summary = "how much is held, and how large it is on disk",
    .operands = "",
    .options = stats_options,
    .examples = "  stet stats\n  stet stats --digest\n",
    .exits = "0 shown, 2 could not run",
    .run = run_stats,
};

const struct command command_rebuild = {
    .name = "rebuild",
    .summary = "make a new catalog from manifests and segments",
    .operands = "",
    .details = "For a catalog that is damaged or gone. The new one is made beside the old, "
               "checked, then put in its place.\n",
    .examples = "  stet rebuild\n  stet rebuild -a leak.stet\n",
    .exits = "0 made, 2 could not",
    .run = run_rebuild,
};

static const struct option_row purge_options[] = {
    { "reason", 0, "WORDS", "why: the ledger keeps number and reason", false },
    { "dry-run", 0, NULL, "only say what would go", false },
    { "yes", 0, NULL, "do not ask", false },
    { NULL, 0, NULL, NULL, false },
};
const struct command command_purge = {
    .name = "purge",
    .summary = "a document gone for good, from every file of the archive",
    .operands = "NAME",
    .operands_min = 1,
    .operands_max = 1,
    .options = purge_options,
    .details = "Text, postings, fields, original: no byte of its text stays in the folder. Copies "
               "that you made of the\n"
               "folder elsewhere are not touched.\n",
    .examples = "  stet purge 26PORTLEONE12 --reason \"court order 44/26\"\n  stet purge --dry-run "
                "--reason test C05799999\n",
    .exits = "0 gone, 2 not",
    .run = run_purge,
};

static const struct option_row reread_options[] = {
    { "all", 0, NULL, "also what this version read already", false },
    { NULL, 0, NULL, NULL, false },
};
const struct command command_reread = {
    .name = "reread",
    .summary = "read the originals again with today's readers",
    .operands = "",
    .options = reread_options,
    .examples = "  stet reread\n  stet reread --all\n",
    .exits = "0 done, 2 could not run",
    .run = run_reread,
};

const struct command command_calibrate = {
    .name = "calibrate",
    .summary = "how much evidence a trace needs in this archive",
    .operands = "",
    .details = "The null test: sentences that cannot come from this archive are scored against it, "
               "and the threshold of\n"
               "evidence is set above them.\n",
    .examples = "  stet calibrate\n  stet calibrate -a leak.stet\n",
    .exits = "0 set, 2 could not run",
    .run = run_calibrate,
};

const struct command command_doctor = {
    .name = "doctor",
    .summary = "what confinement holds on this machine",
    .operands = "",
    .examples = "  stet doctor\n  stet help doctor\n",
    .exits = "0 readers can be confined, 2 they cannot: intake refuses to run",
    .run = run_doctor,
};
