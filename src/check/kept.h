/* kept.h - checks in desk.db: what a list shows of them apart from what they found, under one key.
 */
#ifndef CHECK_KEPT_H
#define CHECK_KEPT_H

#include <stet/checks.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/scoped.h"

struct kept_about {
    struct stet_kept_check check; /* id and made are not looked at */
    int64_t made;                 /* seconds since 1970 */
};

MUST_USE enum status kept_put(struct stet_archive *archive, const struct kept_about *about,
                              struct bytes found, uint64_t *id, struct fault *fault);
/* NOT_FOUND, in words. Everything from the arena. */
MUST_USE enum status kept_find(struct stet_archive *archive, uint64_t id, struct arena *arena,
                               struct stet_kept_check *about, struct bytes *found,
                               struct fault *fault);

#endif
