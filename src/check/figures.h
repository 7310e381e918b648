/* figures.h - how a figure of the story stands to one of a document. No archive: what it needs is
 * handed in. The judge is figures_judge (kinds.c). */
#ifndef CHECK_FIGURES_H
#define CHECK_FIGURES_H

#include "check/statements_shelf.h"

MUST_USE enum status figures_judge(struct run *run, struct fault *fault);

/* What two figures count. */
enum thing_relation {
    THING_OTHER, /* officers are no deaths */
    THING_NEAR,  /* one does not say it, or says it only in part */
    THING_SAME,
};
struct counted {
    const struct shelf_text *text;
    const struct figure *figure;
};
enum thing_relation figures_things(const struct counted *story, const struct counted *source);

enum value_relation {
    VALUE_OTHER,
    VALUE_EQUAL,
    VALUE_ROUNDED, /* the source's number rounded as the story rounds, and the story says "about" */
    VALUE_TRIMMED, /* the same, and nothing says so */
    VALUE_SCALED,  /* the same digits, a thousand times more or less */
    VALUE_REUNITED, /* the same number of another unit: percent for points, euros for dollars */
};
enum value_relation figures_values(const struct figure *story, const struct figure *source);

#endif
