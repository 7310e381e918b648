/* filter.h - the compiled system call filter, inside jail/ only. */
#ifndef JAIL_FILTER_H
#define JAIL_FILTER_H

#include "jail/jail.h"

/* Load it and its handler. IO_FAILED with the kernel's reason. */
MUST_USE enum status jail_filter_load(const struct jail_filter *filter, struct fault *fault);

#endif
