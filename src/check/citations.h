/* citations.h - what the story says its words come from: abbreviations, issues, numbers of
 * documents. docs/statements.md. */
#ifndef CHECK_CITATIONS_H
#define CHECK_CITATIONS_H

#include "check/run.h"

MUST_USE enum status citations_judge(struct run *run, struct fault *fault);

#endif
