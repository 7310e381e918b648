#include <stet/intake.h>

#include <stdio.h>

#include "worker/worker.h"

enum stet_status stet_doctor(const char *worker, char *text, size_t room, struct stet_fault *fault)
{
    CLOSED(worker_pool_close) struct worker_pool *pool = NULL;
    SCOPED(buffer_release) struct buffer said = { 0 };
    struct worker_options options = { .program = worker };
    TRY(worker_pool_open(&options, &pool, fault));
    TRY(worker_pool_describe(pool, &said, fault));
    TRY(buffer_check(&said, fault));
    snprintf(text, room, "%.*s", (int)said.len, (const char *)said.at);
    return OK;
}
