#include <stdio.h>

#include "readers/nest.h"

enum { TROUBLE_MAX = 400, REASON_SHOWN = 120 };

void nest_note_end(struct nest *nest, enum verdict verdict, struct bytes reason)
{
    char named[TROUBLE_MAX];
    size_t len = strlen(nest->troubles);
    nest->ends[verdict]++;
    if (!nest->is_container || verdict == VERDICT_FULL || nest->document[0] == '\0')
        return;
    int more = snprintf(named, sizeof named, "%s%s (%.*s)", len > 0 ? ", " : "", nest->document,
                        (int)(reason.len < REASON_SHOWN ? reason.len : REASON_SHOWN),
                        (const char *)reason.at);
    if (more > 0 && (size_t)more < sizeof named && len + (size_t)more < sizeof nest->troubles)
        memcpy(nest->troubles + len, named, (size_t)more + 1);
}

static int say_count(char *to, size_t size, const char *gap, uint32_t count, const char *words)
{
    int len = count > 0 ? snprintf(to, size, "%s%u %s", gap, count, words) : 0;
    return len < 0 || (size_t)len >= size ? 0 : len;
}

void nest_item_verdict(const struct nest *nest, enum verdict *verdict, char *reason, size_t size)
{
    static const char *const words[VERDICTS] = { [VERDICT_DOUBTFUL] = "readable but doubtful",
                                                 [VERDICT_PARTIAL] = "read in part",
                                                 [VERDICT_FAILED] = "could not be read",
                                                 [VERDICT_UNREAD] = "of a type not read yet" };
    uint32_t all = 0;
    for (enum verdict i = 0; i < VERDICTS; i++)
        all += nest->ends[i];
    if (!nest->is_container || (all == 1 && nest->words[0] == '\0'))
        return;
    *verdict = nest->verdict;
    for (enum verdict i = 0; i < VERDICTS; i++) {
        if (nest->ends[i] > 0 && i > *verdict)
            *verdict = i > VERDICT_PARTIAL ? VERDICT_PARTIAL : i;
    }
    if (all > 0 && all == nest->ends[VERDICT_UNREAD] && nest->verdict == VERDICT_FULL)
        *verdict = VERDICT_UNREAD;
    if (all > 0 && all == nest->ends[VERDICT_FAILED])
        *verdict = VERDICT_FAILED;
    size_t len = (size_t)snprintf(reason, size, "%s", nest->words);
    len = len < size ? len : size - 1;
    const char *gap = len > 0 ? "; inside: " : "inside: ";
    for (enum verdict i = VERDICT_DOUBTFUL; i < VERDICTS; i++) {
        size_t before = len;
        len += (size_t)say_count(reason + len, size - len, gap, nest->ends[i], words[i]);
        gap = len > before ? ", " : gap;
    }
    if (nest->troubles[0] && len < size)
        snprintf(reason + len, size - len, ": %s", nest->troubles);
}
