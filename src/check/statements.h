/* statements.h - what the story gives to a document without quotation marks: the paragraph that is
 * likest is offered to be read, its words ticked or not. Never more. docs/statements.md. */
#ifndef CHECK_STATEMENTS_H
#define CHECK_STATEMENTS_H

#include "check/run.h"

MUST_USE enum status statements_judge(struct run *run, struct fault *fault);

#endif
