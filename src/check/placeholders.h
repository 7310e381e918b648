/* placeholders.h - what a writer left to be filled in: TK, XXX, "to come", ???. Nothing is checked
 * there, and the story is not done. */
#ifndef CHECK_PLACEHOLDERS_H
#define CHECK_PLACEHOLDERS_H

#include "check/run.h"

MUST_USE enum status placeholders_judge(struct run *run, struct fault *fault);

#endif
