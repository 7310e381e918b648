/* own_query.h - a question in stet's query language; folder 3 is its collection f3. */
#ifndef BENCH_OWN_QUERY_H
#define BENCH_OWN_QUERY_H

#include "driver.h"

enum { OWN_QUERY_MAX = 8192 };

void query_from_question(const struct question *question, char text[OWN_QUERY_MAX]);

#endif
