/* statements_date.h - the day a story was written. */
#ifndef CHECK_STATEMENTS_DATE_H
#define CHECK_STATEMENTS_DATE_H

#include "check/run.h"
#include "mention/period.h"

/* Days since 1970 by --date, else by front matter ("date:"), a dateline of its first paragraphs or
 * a whole date that stands alone in one; INT32_MIN when nothing tells. *from says in words what
 * told; static. */
int32_t story_written_on(const struct run *run, const struct saying *saying, struct bytes *from);

#endif
