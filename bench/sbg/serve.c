#include <stdlib.h>
#include <string.h>

#include "archive/snapshot.h"
#include "base/hash.h"
#include "base/scoped.h"
#include "sbg.h"
#include "search/match.h"

struct command {
    uint32_t most;   /* documents wanted */
    bool is_counted; /* the total is the answer */
};

/* COUNT, TOP_n, TOP_n_COUNT. */
static bool command_read(const char *name, struct command *command)
{
    char *rest;
    *command = (struct command){ .is_counted = true };
    if (strcmp(name, "COUNT") == 0)
        return true;
    if (strncmp(name, "TOP_", 4) != 0 || name[4] < '1' || name[4] > '9')
        return false;
    unsigned long most = strtoul(name + 4, &rest, 10);
    command->most = (uint32_t)most;
    command->is_counted = strcmp(rest, "_COUNT") == 0;
    return most <= 1000000 && (command->is_counted || *rest == '\0');
}

static enum status answer(const struct snapshot *snapshot, const struct command *command,
                          struct bytes text, uint64_t *number, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(matching_release) struct matching matching = { 0 };
    struct match_wanted wanted = { .order = STET_BY_RANK, .most = command->most };
    struct query query;
    TRY(query_parse(text, false, &arena, &query, fault));
    TRY(match_query(snapshot, &query, &wanted, &matching, fault));
    *number = command->is_counted ? matching.total : 1;
    return OK;
}

/* BAD_INPUT from here on is a query of theirs that is none of ours. */
static enum status answer_line(const struct snapshot *snapshot, char *line, FILE *out,
                               struct fault *fault)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    struct command command;
    uint64_t number = 0;
    char *query = strchr(line, '\t');
    bool is_ours = query != NULL;
    if (is_ours) {
        *query++ = '\0';
        is_ours = command_read(line, &command) && sbg_translate(query, &text);
    }
    if (is_ours) {
        TRY(buffer_check(&text, fault));
        enum status done = answer(snapshot, &command, buffer_bytes(&text), &number, fault);
        is_ours = done == OK;
        if (done != OK && done != BAD_INPUT)
            return done;
    }
    if (is_ours)
        fprintf(out, "%llu\n", (unsigned long long)number);
    else
        fputs("UNSUPPORTED\n", out);
    return fflush(out) == 0 ? OK : fail_errno(fault, IO_FAILED, "the answer");
}

enum status sbg_serve(const char *path, FILE *in, FILE *out, struct fault *fault)
{
    CLOSED(stet_archive_close) struct stet_archive *archive = NULL;
    CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
    FREED char *line = NULL;
    size_t room = 0;
    ssize_t len;
    TRY(stet_archive_open(path, &archive, fault));
    TRY(snapshot_open(archive, NULL, &snapshot, fault));
    while ((len = getline(&line, &room, in)) > 0) {
        line[strcspn(line, "\r\n")] = '\0';
        TRY(answer_line(snapshot, line, out, fault));
    }
    return OK;
}
