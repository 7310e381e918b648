/* budget.h - how long one question may take. */
#ifndef SEARCH_BUDGET_H
#define SEARCH_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

/* A limit of time for one question, and a way to end it from another thread. */
struct budget {
    uint64_t deadline; /* clock_monotonic */
    const int *stop;   /* ends when it is not 0; NULL: never */
    uint32_t ticks;
    bool is_cut;
};

/* Count a step of work; true when the time is over. */
bool budget_spent(struct budget *budget);
/* The same, looking at the clock at once. */
bool budget_look(struct budget *budget);

#endif
