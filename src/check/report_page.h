/* report_page.h - the head, style and foot of a page of --format html: one file, no script, nothing
 * fetched; it can be mailed, printed and kept. */
#ifndef CHECK_REPORT_PAGE_H
#define CHECK_REPORT_PAGE_H

#include "check/report.h"

/* Up to what it does not say and the embargo, inside an open <header>. */
void report_page_begin(const struct check_answer *answer, struct buffer *to);
/* From </main> on: what was not checked, the version. */
void report_page_end(const struct check_answer *answer, struct buffer *to);

#endif
