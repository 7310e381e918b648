#include <stdio.h>

#include <stet/check.h>

#include "cli/command.h"

static int run(struct call *call)
{
    char text[1024];
    if (!stet_explain(call->operands[0], text, sizeof text))
        return call_refuse(
            call, "no rule is called \"%s\": the names stand in --format line, in brackets",
            call->operands[0]);
    fputs(text, stdout);
    return EXIT_FINE;
}

static const struct option_row options[] = { { NULL, 0, NULL, NULL, false } };

const struct command command_explain = {
    .name = "explain",
    .summary = "what a rule means and what to do about it",
    .operands = "RULE",
    .operands_min = 1,
    .operands_max = 1,
    .options = options,
    .details = "RULE is a name as --format line prints it in brackets, a verdict, or a code of "
               "docs/differences.md.\n",
    .examples = "  stet explain quotation-altered-unmarked\n  stet explain O4\n",
    .exits = "0 explained, 2 no such rule",
    .run = run,
};
