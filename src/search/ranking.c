#include "search/ranking.h"

#include <math.h>

#include "base/grow.h"

void ranking_release(struct ranking *ranking)
{
    free(ranking->at);
    free(ranking->split);
    *ranking = (struct ranking){ 0 };
}

int date_group(const struct match *match)
{
    return match->date == COLUMN_NO_DATE ? 2 : match->flags & COLUMN_DATE_INFERRED ? 1 : 0;
}

/* Negative when a stands before b, documents' numbers aside. */
static int compare_worth(const struct ranking *ranking, const struct match *a,
                         const struct match *b)
{
    if (ranking->order == STET_BY_RANK) {
        if (a->is_furniture != b->is_furniture)
            return a->is_furniture ? 1 : -1;
        if (a->score != b->score)
            return a->score > b->score ? -1 : 1;
        return 0;
    }
    int groups = date_group(a) - date_group(b);
    if (groups != 0 || a->date == b->date)
        return groups;
    return (a->date < b->date) == (ranking->order == STET_BY_DATE) ? -1 : 1;
}

static int compare(const struct ranking *ranking, const struct match *a, const struct match *b)
{
    int worth = compare_worth(ranking, a, b);
    if (worth != 0)
        return worth;
    return a->document < b->document ? -1 : a->document > b->document;
}

static void swap(struct match *a, struct match *b)
{
    struct match held = *a;
    *a = *b;
    *b = held;
}

static void sift_down(struct ranking *ranking, size_t at, size_t count)
{
    for (;;) {
        size_t worst = at, left = 2 * at + 1;
        for (size_t child = left; child < left + 2 && child < count; child++)
            if (compare(ranking, &ranking->at[child], &ranking->at[worst]) > 0)
                worst = child;
        if (worst == at)
            return;
        swap(&ranking->at[at], &ranking->at[worst]);
        at = worst;
    }
}

float ranking_threshold(const struct ranking *ranking)
{
    bool is_open = ranking->order != STET_BY_RANK || ranking->count < ranking->most ||
                   (ranking->count > 0 && ranking->at[0].is_furniture);
    if (is_open)
        return -1;
    return ranking->most == 0 ? INFINITY : (float)ranking->at[0].score;
}

bool ranking_may_take(const struct ranking *ranking, const struct match *match)
{
    if (ranking->count < ranking->most)
        return true;
    return ranking->most > 0 && compare_worth(ranking, match, &ranking->at[0]) <= 0;
}

enum status ranking_add(struct ranking *ranking, const struct match *match, struct fault *fault)
{
    if (ranking->count == ranking->most) {
        if (ranking->most == 0 || compare(ranking, match, &ranking->at[0]) > 0)
            return OK;
        ranking->at[0] = *match;
        sift_down(ranking, 0, ranking->count);
        return OK;
    }
    if (!GROW(ranking->at, ranking->room, ranking->count))
        return no_memory(fault);
    size_t at = ranking->count++;
    ranking->at[at] = *match;
    while (at > 0 && compare(ranking, &ranking->at[at], &ranking->at[(at - 1) / 2]) > 0) {
        swap(&ranking->at[at], &ranking->at[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    return OK;
}

void ranking_sort(struct ranking *ranking)
{
    for (size_t count = ranking->count; count > 1; count--) {
        swap(&ranking->at[0], &ranking->at[count - 1]);
        sift_down(ranking, 0, count - 1);
    }
}

enum status ranking_knows(struct ranking *ranking, uint64_t document, bool *is_known,
                          struct fault *fault)
{
    *is_known = false;
    for (size_t i = 0; i < ranking->split_count && !*is_known; i++)
        *is_known = ranking->split[i] == document;
    if (*is_known)
        return OK;
    if (!GROW(ranking->split, ranking->split_room, ranking->split_count))
        return no_memory(fault);
    ranking->split[ranking->split_count++] = document;
    return OK;
}
