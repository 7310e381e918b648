#include "search/budget.h"

#include <stddef.h>

#include "base/clock.h"

enum { TICKS_BETWEEN_LOOKS = 1024 };

bool budget_look(struct budget *budget)
{
    bool is_stopped = budget->stop != NULL && __atomic_load_n(budget->stop, __ATOMIC_RELAXED) != 0;
    if (is_stopped || clock_monotonic() >= budget->deadline)
        budget->is_cut = true;
    return budget->is_cut;
}

bool budget_spent(struct budget *budget)
{
    return ++budget->ticks % TICKS_BETWEEN_LOOKS == 0 ? budget_look(budget) : budget->is_cut;
}
