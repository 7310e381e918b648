/* fault.h - the words that go with a status: what failed, on which file, at which offset.
 *
 * Fixed size, no allocation. Written once, by the place that detects the fault; read by
 * whoever reports it. Only meaningful after a call answered something else than STET_OK.
 */
#ifndef STET_FAULT_H
#define STET_FAULT_H

#include <stet/status.h>

enum { STET_FAULT_WORDS = 512 };

struct stet_fault {
    enum stet_status code;
    char words[STET_FAULT_WORDS]; /* UTF-8, one sentence, NUL-terminated, no control bytes */
};

#endif
