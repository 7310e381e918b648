/* acronyms.h - the story's acronyms against those that the archive introduces; row of kinds.c.
 *
 * What one stands for is taken from pairs the archive writes ("Port Workers' Union (PWU)"), never
 * from initials.
 */
#ifndef CHECK_ACRONYMS_H
#define CHECK_ACRONYMS_H

#include "check/run.h"

MUST_USE enum status acronyms_judge(struct run *run, struct fault *fault);

#endif
