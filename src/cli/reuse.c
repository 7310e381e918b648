#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <stet/reuse.h>

#include "base/json.h"
#include "base/scoped.h"
#include "cli/command.h"
#include "cli/terminal.h"

enum { TEXT_SHOWN = 480, PLACES_SHOWN = 12, FORMULAS_SHOWN = 20, EVERY_CLASS = 15 };
enum { AFTER_PASSAGES = 1 << STET_REUSE_BOILERPLATE | 1 << STET_REUSE_FORMULA };

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

struct showing {
    const struct call *call;
    const char *stage;
    int share; /* last shown, in thousandths */
};

static void show_progress(void *context, const struct stet_reuse_progress *progress)
{
    struct showing *showing = context;
    char line[128];
    int share =
        progress->total == 0 ? 1000 : (int)(progress->done * 1000.0 / (double)progress->total);
    if (share == showing->share && progress->stage == showing->stage)
        return;
    showing->stage = progress->stage;
    showing->share = share;
    snprintf(line, sizeof line, "%s  %d.%d %%", progress->stage, share / 10, share % 10);
    terminal_progress(showing->call->terminal, line);
}

/* Cut at a blank, so that no character is cut. */
static void print_text(const char *text)
{
    size_t len = strlen(text), shown = len;
    if (len > TEXT_SHOWN)
        for (shown = TEXT_SHOWN; shown > 0 && text[shown] != ' ';)
            shown--;
    if (len > TEXT_SHOWN && shown == 0)
        shown = len;
    printf("    %.*s%s\n", (int)shown, text, shown < len ? " ..." : "");
}

static void print_place(const struct stet_reuse_place *place, bool is_first)
{
    char count[64];
    printf("  %s", place->address);
    if (place->date[0] != 0)
        printf("  %s", place->date);
    if (place->date_basis[0] != 0)
        printf("  (date %s)", place->date_basis);
    if (!is_first && place->words == 0)
        printf("  through another place");
    else if (!is_first)
        printf("  %s, %s", format_count(place->words, "word", count),
               place->differences == 0 ? "no difference" : "");
    if (!is_first && place->words > 0 && place->differences > 0)
        printf("%s", format_count(place->differences, "difference", count));
    if (place->also_count > 0)
        printf("  also in %zu %s", place->also_count, place->also_count == 1 ? "copy" : "copies");
    putchar('\n');
}

static const char *sign_of(enum stet_reuse_class class)
{
    switch (class) {
    case STET_REUSE_PASSAGE:
        return "passage";
    case STET_REUSE_COPIES:
        return "copies";
    case STET_REUSE_BOILERPLATE:
        return "boilerplate";
    case STET_REUSE_FORMULA:
        return "formula";
    }
    return "";
}

static void print_cluster(const struct stet_reuse_cluster *cluster)
{
    char words[64], documents[64];
    if (cluster->class == STET_REUSE_FORMULA) {
        printf("formula  %s, %" PRIu64 " places, first %s\n",
               format_count(cluster->words, "word", words), cluster->documents,
               cluster->places[0].address);
        print_text(cluster->text);
        return;
    }
    printf("%s  %s, %u bits, %s\n", sign_of(cluster->class),
           format_count(cluster->words, "word", words), cluster->bits,
           format_count(cluster->documents, "document", documents));
    print_text(cluster->text);
    for (size_t i = 0; i < cluster->place_count && i < PLACES_SHOWN; i++)
        print_place(&cluster->places[i], i == 0);
    if (cluster->place_count > PLACES_SHOWN)
        printf("  and in %zu more\n", cluster->place_count - PLACES_SHOWN);
}

static void write_place(struct json *json, const struct stet_reuse_place *place)
{
    json_object(json);
    json_key(json, "address"), json_text(json, place->address);
    json_key(json, "doc"), json_text(json, place->name);
    json_key(json, "date"), json_text(json, place->date);
    json_key(json, "date_basis"), json_text(json, place->date_basis);
    json_key(json, "from"), json_bool(json, place->is_from);
    json_key(json, "to"), json_bool(json, place->is_to);
    json_key(json, "words"), json_number(json, place->words);
    json_key(json, "differences"), json_number(json, place->differences);
    json_key(json, "also");
    json_array(json);
    for (size_t i = 0; i < place->also_count; i++)
        json_text(json, place->also[i]);
    json_array_end(json);
    json_object_end(json);
}

static void print_json(const struct stet_reuse_cluster *cluster)
{
    SCOPED(buffer_release) struct buffer line = { 0 };
    struct json json = json_begin(&line);
    json_object(&json);
    json_key(&json, "schema"), json_text(&json, "stet.reuse/1");
    json_key(&json, "class"), json_text(&json, sign_of(cluster->class));
    json_key(&json, "words"), json_number(&json, cluster->words);
    json_key(&json, "bits"), json_number(&json, cluster->bits);
    json_key(&json, cluster->class == STET_REUSE_FORMULA ? "count" : "documents");
    json_number(&json, (int64_t)cluster->documents);
    json_key(&json, "text"), json_text(&json, cluster->text);
    json_key(&json, "places");
    json_array(&json);
    for (size_t i = 0; i < cluster->place_count; i++)
        write_place(&json, &cluster->places[i]);
    json_array_end(&json);
    json_object_end(&json);
    fwrite(line.at, 1, line.len, stdout);
    putchar('\n');
}

struct printing {
    struct stet_reuse *reuse;
    uint64_t most; /* of each class; 0: all */
    bool as_json, all;
};

/* Every cluster of one class: stops after `most`. */
static enum stet_status print_class(const struct printing *printing, unsigned classes,
                                    struct stet_fault *fault)
{
    uint64_t shown[4] = { 0 };
    for (;;) {
        const struct stet_reuse_cluster *cluster;
        TRY(stet_reuse_next(printing->reuse, classes, &cluster, fault));
        if (cluster == NULL || stop_asked)
            return OK;
        uint64_t most = printing->most;
        if (cluster->class == STET_REUSE_FORMULA && most == 0 && !printing->all)
            most = FORMULAS_SHOWN;
        if (shown[cluster->class]++ == 0 && !printing->as_json && cluster->class > 0)
            putchar('\n');
        if (printing->as_json)
            print_json(cluster);
        else
            print_cluster(cluster);
        if (most > 0 && shown[cluster->class] == most)
            classes &= ~(1u << cluster->class);
    }
}

static void print_sum(const struct call *call, const struct stet_reuse_sum *sum)
{
    char first[64], second[64], third[64];
    if (call->terminal->quiet)
        return;
    printf("%s%s. Not among them: %s only in copies of one document (--all), %" PRIu64
           " of boilerplate.\n",
           sum->passages + sum->boilerplate + sum->formulas > 0 ? "\n" : "",
           format_count(sum->passages, "shared passage", first),
           format_count(sum->passages_in_copies, "passage", second), sum->boilerplate);
    printf("Compared: %s with %s, %s in all; %" PRIu64 " of them copies of another.\n",
           format_count(sum->from_documents, "document", first),
           format_count(sum->to_documents, "document", second),
           format_count(sum->words, "word", third), sum->copies);
    printf("Not followed: %s of %" PRIu64 ", in %s (above --band): the formulas.\n",
           format_count(sum->formulas, "shingle", first), sum->shingles,
           format_count(sum->formula_places, "place", second));
    printf("Matches of two places: %" PRIu64 "; %" PRIu64
           " more had less than %u words (--min-words) or %u bits (--min-bits).\n",
           sum->matches, sum->weak, sum->min_words, sum->min_bits);
    puts(sum->coverage);
}

static void say_beginning(const struct call *call, const struct stet_reuse_sum *sum)
{
    if (call->terminal->quiet)
        return;
    if (sum->began_again)
        fputs("stet reuse: what was begun earlier was of another moment or another question; "
              "began again\n",
              stderr);
    else if (sum->went_on)
        fputs("stet reuse: went on from what was finished earlier\n", stderr);
}

static bool read_format(const struct call *call, bool *as_json)
{
    const char *said = call_value(call, "format");
    *as_json = call_has(call, "json") || (said != NULL && strcmp(said, "jsonl") == 0);
    if (said == NULL || strcmp(said, "text") == 0 || strcmp(said, "jsonl") == 0)
        return true;
    call_refuse(call, "--format takes text or jsonl, not \"%s\"", said);
    return false;
}

static bool read_options(const struct call *call, struct stet_reuse_options *options)
{
    unsigned long long words = 0, bits = 0, band = 0, memory = 256;
    options->from_count = call_values(call, "from", &options->from);
    options->to_count = call_values(call, "to", &options->to);
    if (!call_number(call, "min-words", &words) || !call_number(call, "min-bits", &bits) ||
        !call_number(call, "band", &band) || !call_number(call, "memory", &memory))
        return false;
    if (words > UINT32_MAX || bits > UINT32_MAX || band > UINT32_MAX || memory > 1 << 20) {
        call_refuse(call, "a number is too large");
        return false;
    }
    options->min_words = (uint32_t)words;
    options->min_bits = (uint32_t)bits;
    options->band = (uint32_t)band;
    options->memory = memory << 20;
    options->stop = &stop_asked;
    options->progress = show_progress;
    return true;
}

static enum stet_status print_all(const struct printing *printing, struct stet_fault *fault)
{
    unsigned classes = 1 << STET_REUSE_PASSAGE;
    if (printing->all)
        classes = EVERY_CLASS;
    else
        classes |= AFTER_PASSAGES;
    return print_class(printing, classes, fault);
}

static int run(struct call *call)
{
    struct stet_archive *archive = NULL;
    struct stet_reuse_options options = { 0 };
    struct stet_reuse_sum sum;
    struct printing printing = { .all = call_has(call, "all") };
    struct showing showing = { .call = call, .share = -1 };
    unsigned long long most = 0;
    if (!read_format(call, &printing.as_json) || !read_options(call, &options) ||
        !call_number(call, "most", &most))
        return EXIT_COULD_NOT;
    printing.most = most;
    options.context = &showing;
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    catch_interrupt();
    enum stet_status done = stet_reuse_run(archive, &options, &printing.reuse, &sum, &call->fault);
    terminal_progress(call->terminal, NULL);
    if (done == STET_OK && !sum.stopped) {
        say_beginning(call, &sum);
        done = print_all(&printing, &call->fault);
    }
    bool is_stopped = sum.stopped || stop_asked;
    if (done == STET_OK && !is_stopped && !printing.as_json)
        print_sum(call, &sum);
    bool is_kept = is_stopped || (done != STET_OK && done != STET_CORRUPT);
    stet_reuse_free(printing.reuse, is_kept);
    stet_archive_close(archive);
    if (done != STET_OK)
        return call_failed(call);
    if (is_stopped)
        fputs("Stopped. The same command goes on from what is finished.\n", stderr);
    return is_stopped ? EXIT_STOPPED : sum.passages > 0 ? EXIT_FINE : EXIT_FINDINGS;
}

static const struct option_row options[] = {
    { "from", 0, "SCOPE", "a collection, private or public; may be given again (all)", true },
    { "to", 0, "SCOPE", "what it is held against; may be given again (the same)", true },
    { "min-words", 0, "N", "shared words of a passage (8, which is the least)", false },
    { "min-bits", 0, "N", "how rare they must be in all (76 to 100, by the words compared)",
      false },
    { "band", 0, "N", "places above which a formula is not followed (100)", false },
    { "most", 'n', "N", "show N of each class at most", false },
    { "all", 0, NULL, "also passages that stand only in copies of one document", false },
    { "memory", 0, "MIB", "memory to work in (256)", false },
    { "format", 0, "FORMAT", "text or jsonl", false },
    { "json", 0, NULL, "short for --format jsonl", false },
    { NULL, 0, NULL, NULL, false },
};

const struct command command_reuse = {
    .name = "reuse",
    .summary = "find what documents of one scope share with documents of another",
    .operands = "",
    .operands_min = 0,
    .operands_max = 0,
    .options = options,
    .details =
        "Which passages of the one scope already stand in the other; the same scope twice: which\n"
        "documents share text. Any 8 words in a row are found. A passage is listed once with "
        "every\n"
        "place where it stands, the earliest dated first; replies, versions and other copies of a\n"
        "document count as one. What stands in many documents of one series is boilerplate and\n"
        "stands last, then formulas that stand in more places than --band.\n"
        "Works in a folder of the archive, reuse/, which is removed at the end. After Ctrl-C or a\n"
        "kill the same command goes on from its last finished stage.\n",
    .examples = "  stet reuse --from private --to public\n"
                "  stet reuse --from cables --min-words 20 --format jsonl\n",
    .exits = "0 found, 1 nothing found, 2 could not run, 130 stopped",
    .run = run,
};
