/* filter.h - the compiled system call filter, inside jail/ only. */
#ifndef JAIL_FILTER_H
#define JAIL_FILTER_H

#include "jail/jail.h"

/* The number that the handler's pipe has inside a worker: a signal handler can be told nothing else. */
enum { JAIL_REFUSED_FD = 63 };

/* Load it and its handler. IO_FAILED with the kernel's reason. */
MUST_USE enum status jail_filter_load(const struct jail_filter *filter, struct fault *fault);

#endif
