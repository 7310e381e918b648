#include <stdio.h>

#include "cli/command.h"
#include "cli/terminal.h"

static int run(struct call *call)
{
    if (stet_archive_create(call->operands[0], &call->fault) != STET_OK)
        return call_failed(call);
    if (!call->terminal->quiet)
        printf("Made %s: an empty archive. Next: stet add -a %s FOLDER\n", call->operands[0],
               call->operands[0]);
    return EXIT_FINE;
}

const struct command command_new = {
    .name = "new",
    .summary = "make an empty archive",
    .operands = "NAME.stet",
    .operands_min = 1,
    .operands_max = 1,
    .details = "An archive is one folder. Everything stet keeps of your documents is in it and "
               "nothing anywhere\n"
               "else; give it a name that ends in .stet, and commands run beside or below it will "
               "find it.\n",
    .examples = "  stet new leak.stet\n  stet new /media/vault/ministry.stet\n",
    .exits = "0 made, 2 not made",
    .run = run,
};
