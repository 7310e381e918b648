/* report.h - where the report stands: one cluster after the other, read again from the text. */
#ifndef REUSE_REPORT_H
#define REUSE_REPORT_H

#include "reuse/quoted.h"

MUST_USE enum status reading_begin(struct reuse *reuse, struct fault *fault);
void reading_end(struct reuse *reuse);

#endif
