/* risk.h - persons whom a traced document asks to protect: whether the story names them, and how
 * reports keep their names.
 *
 * A story that names one is asked about before anything else. In reports every word of such a name
 * is masked, letter by letter, unless the source is asked for (STET_REPORT_WITH_SOURCE).
 */
#ifndef CHECK_RISK_H
#define CHECK_RISK_H

#include "check/run.h"

MUST_USE enum status risk_judge(struct run *run, struct fault *fault);

/* A copy of the answer, from the arena, with the words of protected names masked in all that comes
 * from documents or story; every byte keeps its place. */
MUST_USE enum status risk_mask(const struct check_answer *answer, struct arena *arena,
                               struct check_answer *masked, struct fault *fault);

#endif
