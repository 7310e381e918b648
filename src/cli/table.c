#include <string.h>

#include "cli/command.h"

extern const struct command command_new, command_add, command_ledger, command_search, command_show,
    command_check, command_explain, command_rule, command_reuse, command_calibrate, command_verify,
    command_reread, command_purge, command_rebuild, command_stats, command_doctor, command_help;

const struct command *const commands[] = {
    &command_new,       &command_add,     &command_ledger,
    &command_search,    &command_show,    &command_check,
    &command_explain,   &command_rule,    &command_reuse,
    &command_calibrate, &command_verify,  &command_reread,
    &command_purge,     &command_rebuild, &command_stats,
    &command_doctor,    &command_help,    NULL,
};

const struct command *command_named(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

/* Damerau-Levenshtein distance without transposed overlaps, of short words. */
static size_t distance(const char *a, const char *b)
{
    enum { MOST = 16 };
    size_t len_a = strlen(a), len_b = strlen(b);
    size_t cost[MOST + 1][MOST + 1];
    if (len_a > MOST || len_b > MOST)
        return MOST;
    for (size_t i = 0; i <= len_a; i++)
        cost[i][0] = i;
    for (size_t j = 0; j <= len_b; j++)
        cost[0][j] = j;
    for (size_t i = 1; i <= len_a; i++)
        for (size_t j = 1; j <= len_b; j++) {
            size_t best = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (cost[i - 1][j] + 1 < best)
                best = cost[i - 1][j] + 1;
            if (cost[i][j - 1] + 1 < best)
                best = cost[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                cost[i - 2][j - 2] + 1 < best)
                best = cost[i - 2][j - 2] + 1;
            cost[i][j] = best;
        }
    return cost[len_a][len_b];
}

const struct command *command_near(const char *typed)
{
    const struct command *nearest = NULL;
    size_t best = 3;
    for (size_t i = 0; commands[i] != NULL; i++) {
        size_t far = distance(typed, commands[i]->name);
        if (far < best) {
            best = far;
            nearest = commands[i];
        }
    }
    return nearest;
}
