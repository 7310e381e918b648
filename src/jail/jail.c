#include "jail/jail.h"

const char *jail_rung_words(enum jail_rung rung)
{
    static const char *const words[JAIL_RUNGS] = {
        [JAIL_NO_NEW_PRIVILEGES] = "no new privileges",
        [JAIL_LIMITS] = "limits of memory, time, files and processes",
        [JAIL_FILTER] = "seccomp filter",
        [JAIL_NOT_DUMPABLE] = "not dumpable, no core files",
        [JAIL_NAMESPACES] = "own user, network, process, mount and ipc namespaces",
        [JAIL_EMPTY_ROOT] = "empty root folder",
        [JAIL_LANDLOCK] = "Landlock",
        [JAIL_NO_WRITE_EXECUTE] = "no writable memory becomes executable",
    };
    return rung < JAIL_RUNGS ? words[rung] : "unknown";
}
