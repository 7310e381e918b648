#include <stdio.h>

#include <stet/document.h>

#include "cli/command.h"
#include "cli/terminal.h"

static int write_out(void *context, const void *piece, size_t len)
{
    (void)context;
    return fwrite(piece, 1, len, stdout) != len;
}

static int run(struct call *call)
{
    struct stet_archive *archive = NULL;
    int opened = call_archive(call, &archive);
    if (opened != 0)
        return opened;
    unsigned flags = (call_has(call, "all") ? STET_SHOW_ALL : 0u) |
                     (call_has(call, "json") ? STET_SHOW_JSON : 0u) |
                     (call->terminal->colour_out ? STET_SHOW_COLOUR : 0u);
    enum stet_status done =
        stet_show(archive, call->operands[0], flags, write_out, NULL, &call->fault);
    stet_archive_close(archive);
    if (done == STET_NOT_FOUND) {
        call_failed(call);
        return EXIT_FINDINGS;
    }
    return done == STET_OK ? EXIT_FINE : call_failed(call);
}

static const struct option_row options[] = {
    { "all", 0, NULL, "the whole text", false },
    { "json", 0, NULL, "as one JSON object", false },
    { NULL, 0, NULL, NULL, false },
};

const struct command command_show = {
    .name = "show",
    .summary = "a document or a paragraph, with its header and what refers to it",
    .operands = "ADDRESS",
    .operands_min = 1,
    .operands_max = 1,
    .options = options,
    .details =
        "An address is NAME[:part][@reading][#p15 | #p4.2 | #n7 | /page/4]. #p15 is the paragraph "
        "printed 15,\n"
        "#n7 the seventh where none is printed. A name that fits several documents lists them.\n",
    .examples = "  stet show 26PORTLEONE12#p4\n  stet show --all C05799999\n",
    .exits = "0 shown, 1 not held here, 2 could not run",
    .run = run,
};
