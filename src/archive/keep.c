#include <stet/keep.h>

#include "archive/archive.h"
#include "base/clock.h"
#include "catalog/desk.h"

static enum status check_shelf(const char *shelf, struct fault *fault)
{
    for (const char *at = shelf; *at != '\0'; at++)
        if ((*at < 'a' || *at > 'z') && (*at < '0' || *at > '9'))
            return fail(fault, BAD_INPUT, "a shelf is named by small letters and digits");
    return *shelf != '\0' ? OK : fail(fault, BAD_INPUT, "a shelf needs a name");
}

static enum status put(struct archive *archive, const char *shelf, const char *key,
                       struct bytes bytes, bool only_new, struct fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    TRY(check_shelf(shelf, fault));
    if (bytes.len > STET_KEEP_MAX)
        return fail(fault, OVER_LIMIT, "that is more than %d bytes", STET_KEEP_MAX);
    TRY(desk_open(archive_directory(archive), archive_path(archive), true, &desk, fault));
    return desk_put(desk, shelf, key, bytes, clock_wall(), only_new, fault);
}

enum stet_status stet_keep_put(struct stet_archive *archive, const char *shelf, const char *key,
                               const void *bytes, size_t len, struct stet_fault *fault)
{
    return put(archive, shelf, key, bytes_make(bytes, len), false, fault);
}

enum stet_status stet_keep_add(struct stet_archive *archive, const char *shelf, const char *key,
                               const void *bytes, size_t len, struct stet_fault *fault)
{
    return put(archive, shelf, key, bytes_make(bytes, len), true, fault);
}

enum stet_status stet_keep_remove(struct stet_archive *archive, const char *shelf, const char *key,
                                  struct stet_fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    bool was;
    TRY(check_shelf(shelf, fault));
    TRY(desk_open(archive_directory(archive), archive_path(archive), true, &desk, fault));
    TRY(desk_remove(desk, shelf, key, &was, fault));
    return was ? OK : fail(fault, NOT_FOUND, "nothing is kept under that key");
}

struct telling {
    stet_keep_told *told;
    void *context;
};

/* NOT_FOUND ends the walk: the listener had enough. */
static enum status tell(void *context, const char *key, struct bytes bytes, int64_t made,
                        struct fault *fault)
{
    const struct telling *telling = context;
    (void)fault;
    return telling->told(telling->context, key, bytes.at, bytes.len, made) != 0 ? NOT_FOUND : OK;
}

enum stet_status stet_keep_each(struct stet_archive *archive, const char *shelf, const char *prefix,
                                stet_keep_told *told, void *context, struct stet_fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    struct telling telling = { told, context };
    TRY(check_shelf(shelf, fault));
    enum status opened =
        desk_open(archive_directory(archive), archive_path(archive), false, &desk, fault);
    if (opened == OK)
        opened = desk_each(desk, shelf, prefix != NULL ? prefix : "", tell, &telling, fault);
    return opened == NOT_FOUND ? OK : opened;
}
