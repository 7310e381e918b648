#include "catalog/coverage_words.h"

#include <inttypes.h>
#include <stdio.h>

void coverage_words(const struct coverage *coverage, char *text, size_t room)
{
    uint64_t files = 0;
    for (int i = 0; i < LEDGER_OUTCOMES; i++)
        files += coverage->files[i];
    int used = snprintf(text, room, "Held: %" PRIu64 " %s", files, files == 1 ? "file" : "files");
    for (int i = 0; i < LEDGER_OUTCOMES && used > 0 && (size_t)used < room; i++)
        if (coverage->files[i] > 0 || i == LEDGER_FULL)
            used += snprintf(text + used, room - (size_t)used, ", %" PRIu64 " %s",
                             coverage->files[i], ledger_outcome_words((enum ledger_outcome)i));
    if (used > 0 && (size_t)used < room)
        snprintf(text + used, room - (size_t)used, ".");
}
