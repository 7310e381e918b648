#include "cli/command.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option_row options_common[] = {
    { "archive", 'a', "DIR",
      "the archive; else $STET_ARCHIVE, else the nearest *.stet here or upward", false },
    { "color", 0, "WHEN", "auto, always or never (NO_COLOR is heeded)", false },
    { "quiet", 'q', NULL, "results only: no progress, no summary", false },
    { "no-progress", 0, NULL, "no progress line", false },
    { "help", 0, NULL, "this command in full; -h: in short", false },
    { NULL, 0, NULL, NULL, false },
};

/* All rows of a command as getopt wants them. Long options without a letter answer 1000 + their
 * number. */
struct getopt_table {
    struct option longs[OPTIONS_MAX + 1];
    const struct option_row *rows[OPTIONS_MAX];
    char shorts[3 * OPTIONS_MAX];
    int count;
};

static void add_rows(struct getopt_table *table, const struct option_row *rows)
{
    for (; rows != NULL && rows->name != NULL && table->count < OPTIONS_MAX; rows++) {
        int at = table->count++;
        table->rows[at] = rows;
        table->longs[at] =
            (struct option){ rows->name, rows->value != NULL ? required_argument : no_argument,
                             NULL, 1000 + at };
        size_t len = strlen(table->shorts);
        if (rows->letter != 0)
            snprintf(table->shorts + len, sizeof table->shorts - len, "%c%s", rows->letter,
                     rows->value != NULL ? ":" : "");
    }
}

static int row_of(const struct getopt_table *table, int answered)
{
    if (answered >= 1000)
        return answered - 1000;
    for (int i = 0; i < table->count; i++)
        if (table->rows[i]->letter == answered)
            return i;
    return -1;
}

static void keep(struct call *call, const struct option_row *row, const char *value)
{
    int at = 0;
    while (at < call->option_count && call->options[at].row != row)
        at++;
    if (at == call->option_count)
        call->options[call->option_count++].row = row;
    int slot = row->repeats && call->options[at].count < REPEATS_MAX ? call->options[at].count : 0;
    call->options[at].values[slot] = value;
    call->options[at].count = slot + 1;
}

static int check_operands(const struct call *call)
{
    const struct command *command = call->command;
    if (call->operand_count < command->operands_min)
        return call_refuse(call, "something is missing: stet %s %s", command->name,
                           command->operands);
    if (command->operands_max >= 0 && call->operand_count > command->operands_max)
        return call_refuse(call, "one too many: \"%s\"", call->operands[command->operands_max]);
    return 0;
}

/* getopt answered ':' or '?'; optopt is a letter, the number of a long option, or 0 for one that is
 * not in the table. `word` is the last argument it took whole: among letters run together that may
 * be another one. */
static int refuse_option(const struct call *call, const struct getopt_table *table, int answered,
                         const char *word)
{
    char letter[3] = { '-', (char)optopt, 0 };
    bool is_long = optopt >= 1000, is_letter = optopt > ' ' && optopt < 0x7f;
    const char *name = is_long ? table->longs[optopt - 1000].name : is_letter ? letter : word;
    const char *dashes = is_long ? "--" : "";
    if (answered == ':')
        return call_refuse(call, "%s%s needs a value", dashes, name);
    if (is_long)
        return call_refuse(call, "%s%s takes no value", dashes, name);
    return call_refuse(call, "no such option: %s (stet %s --help lists them)", name,
                       call->command->name);
}

int call_parse(const struct command *command, int argc, char **argv, struct call *call)
{
    struct getopt_table table = { .shorts = ":h" };
    *call = (struct call){ .command = command };
    add_rows(&table, command->options);
    add_rows(&table, options_common);
    optind = 1;
    opterr = 0;
    for (int found; (found = getopt_long(argc, argv, table.shorts, table.longs, NULL)) != -1;) {
        if (found == 'h') {
            help_print(command, false);
            return -1;
        }
        int row = found == '?' || found == ':' ? -1 : row_of(&table, found);
        if (row < 0)
            return refuse_option(call, &table, found, argv[optind - 1]);
        keep(call, table.rows[row], optarg == NULL ? "" : optarg);
    }
    call->operands = argv + optind;
    call->operand_count = argc - optind;
    if (call_has(call, "help")) {
        help_print(command, true);
        return -1;
    }
    return check_operands(call);
}

bool call_has(const struct call *call, const char *option)
{
    return call_value(call, option) != NULL;
}

const char *call_value(const struct call *call, const char *option)
{
    for (int i = 0; i < call->option_count; i++)
        if (strcmp(call->options[i].row->name, option) == 0)
            return call->options[i].values[call->options[i].count - 1];
    return NULL;
}

size_t call_values(const struct call *call, const char *option, const char *const **values)
{
    for (int i = 0; i < call->option_count; i++)
        if (strcmp(call->options[i].row->name, option) == 0) {
            *values = call->options[i].values;
            return (size_t)call->options[i].count;
        }
    *values = NULL;
    return 0;
}

bool call_number(const struct call *call, const char *option, unsigned long long *number)
{
    const char *value = call_value(call, option);
    char *end = NULL;
    if (value == NULL)
        return true;
    *number = strtoull(value, &end, 10);
    if (*value >= '0' && *value <= '9' && *end == 0)
        return true;
    call_refuse(call, "--%s takes a number, not \"%s\"", option, value);
    return false;
}

int call_archive_path(struct call *call, char *path, size_t room)
{
    if (stet_archive_find(call_value(call, "archive"), getenv("STET_ARCHIVE"), path, room,
                          &call->fault) != STET_OK)
        return call_failed(call);
    return 0;
}

int call_archive(struct call *call, struct stet_archive **archive)
{
    char path[4096];
    int found = call_archive_path(call, path, sizeof path);
    if (found != 0)
        return found;
    if (stet_archive_open(path, archive, &call->fault) != STET_OK)
        return call_failed(call);
    return 0;
}

int call_failed(struct call *call)
{
    fflush(stdout);
    fprintf(stderr, "stet %s: %s\n", call->command->name, call->fault.words);
    return EXIT_COULD_NOT;
}

int call_refuse(const struct call *call, const char *format, ...)
{
    va_list words;
    fflush(stdout);
    fprintf(stderr, "stet %s: ", call->command->name);
    va_start(words, format);
    vfprintf(stderr, format, words);
    va_end(words);
    fputc('\n', stderr);
    return EXIT_COULD_NOT;
}
