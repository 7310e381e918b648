/* quotation_text.h - a pattern from a line of test text: [..] … ... (..) [sic] [e]ncouraging as
 * printed; {he said} is the writer's gap,
 * #### stands for bars. What story/ finds in earnest. */
#ifndef TESTS_QUOTATION_TEXT_H
#define TESTS_QUOTATION_TEXT_H

#include "trace/pattern.h"

MUST_USE enum status pattern_from_text(const char *text, struct arena *arena,
                                       struct pattern *pattern, struct fault *fault);

#endif
