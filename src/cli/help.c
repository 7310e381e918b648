#include <stdio.h>
#include <string.h>

#include "cli/command.h"

static void print_options(const struct option_row *rows)
{
    for (; rows != NULL && rows->name != NULL; rows++) {
        char left[64];
        char letter[4] = { '-', rows->letter, ',', 0 };
        snprintf(left, sizeof left, "%s --%s%s%s", rows->letter != 0 ? letter : "   ", rows->name,
                 rows->value != NULL ? " " : "", rows->value != NULL ? rows->value : "");
        printf("  %-28s %s\n", left, rows->help);
    }
}

void help_print(const struct command *command, bool full)
{
    printf("stet %s: %s\n\n%s\n", command->name, command->summary, command->examples);
    printf("Usage: stet %s [options] %s\n", command->name, command->operands);
    if (!full) {
        printf("\nstet %s --help says more.\n", command->name);
        return;
    }
    if (command->details != NULL)
        printf("\n%s", command->details);
    printf("\nOptions:\n");
    print_options(command->options);
    print_options(options_common);
    printf("\nExit status: %s\n", command->exits);
}

void help_list(void)
{
    puts("stet holds a news story against the documents it rests on.\n\n"
         "  stet new leak.stet\n"
         "  stet add --collection cables cables/\n"
         "  stet check story.md\n\n"
         "Commands:");
    for (size_t i = 0; commands[i] != NULL; i++)
        printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    puts("\nstet help COMMAND explains one. Nothing is ever sent anywhere: stet makes no "
         "connection.");
}

static int run(struct call *call)
{
    if (call->operand_count == 0) {
        help_list();
        return EXIT_FINE;
    }
    const struct command *command = command_named(call->operands[0]);
    if (command == NULL)
        return call_refuse(call, "no command is called \"%s\"", call->operands[0]);
    help_print(command, true);
    return EXIT_FINE;
}

const struct command command_help = {
    .name = "help",
    .summary = "what each command does",
    .operands = "[COMMAND]",
    .operands_max = 1,
    .examples = "  stet help\n  stet help check\n",
    .exits = "0 shown, 2 no such command",
    .run = run,
};
