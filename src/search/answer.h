/* answer.h - a search within what a viewer sees: for those who ask several things of one moment. */
#ifndef SEARCH_ANSWER_H
#define SEARCH_ANSWER_H

#include "search/viewer.h"

CLOSER(stet_answer, stet_answer_free)
/* As stet_search; scope and collections are the viewer's. */
MUST_USE enum status answer_make(const struct viewer *viewer, const struct stet_query *asked,
                                 struct stet_answer **answer, struct fault *fault);

#endif
