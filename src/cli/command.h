/* command.h - what can I type? One table row per command: parser, help and completion come from it.
 *
 * To add a command: write src/cli/NAME.c with a `const struct command command_NAME`, list it in
 * table.c.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include <stet/archive.h>

enum { EXIT_FINE = 0, EXIT_FINDINGS = 1, EXIT_COULD_NOT = 2, EXIT_STOPPED = 130 };
enum { OPTIONS_MAX = 24, REPEATS_MAX = 32 };

struct option_row {
    const char *name;  /* long name, without dashes; NULL ends the table */
    char letter;       /* 0: none */
    const char *value; /* what it takes, in capitals; NULL: nothing */
    const char *help;
    bool repeats;
};

struct call;

struct command {
    const char *name;
    const char *summary;            /* one line, for the list */
    const char *operands;           /* "PATH...", for the usage line */
    int operands_min, operands_max; /* max -1: any number */
    const struct option_row *options;
    const char *details;  /* paragraphs of --help */
    const char *examples; /* lines, two at least */
    const char *exits;    /* what 0, 1 and 2 mean */
    int (*run)(struct call *call);
};

/* A command line taken apart. */
struct call {
    const struct command *command;
    int operand_count;
    char **operands;
    struct {
        const struct option_row *row;
        const char *values[REPEATS_MAX];
        int count;
    } options[OPTIONS_MAX];
    int option_count;
    const struct terminal *terminal;
    struct stet_fault fault;
};

extern const struct command *const commands[]; /* ends with NULL */
extern const struct option_row options_common[];

/* Take argv (from the command's name on) apart. 0, or the exit code after having said what is wrong
 * or shown help. */
int call_parse(const struct command *command, int argc, char **argv, struct call *call);
bool call_has(const struct call *call, const char *option);
/* The (last) value, or NULL. */
const char *call_value(const struct call *call, const char *option);
/* All values of an option that repeats. */
size_t call_values(const struct call *call, const char *option, const char *const **values);
/* An unsigned number; false after having said that the value is none. */
bool call_number(const struct call *call, const char *option, unsigned long long *number);

/* Open the archive the call means. 0, or EXIT_COULD_NOT after having said why. */
int call_archive(struct call *call, struct stet_archive **archive);
/* Path of the archive the call means. */
int call_archive_path(struct call *call, char *path, size_t room);
/* Print "stet COMMAND: words" of call->fault, and answer EXIT_COULD_NOT. */
int call_failed(struct call *call);
/* Print a refusal of our own. */
int call_refuse(const struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Help on standard output. */
void help_print(const struct command *command, bool full);
void help_list(void);

/* The command whose name is nearest to a mistyped one, or NULL. */
const struct command *command_near(const char *typed);
const struct command *command_named(const char *name);

#endif
