/* spelling.h - one word in two forms inside the story ("Authority", "Authorty"); row of kinds.c,
 * behind names. Plurals, endings and words that the archive knows are left alone. */
#ifndef CHECK_SPELLING_H
#define CHECK_SPELLING_H

#include "check/run.h"

MUST_USE enum status spelling_judge(struct run *run, struct fault *fault);

#endif
