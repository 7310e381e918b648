/* names_case.h - the names of a story beside the documents it was traced to: what the judges of
 * names and of roles share. Lent from the run's arena.
 */
#ifndef CHECK_NAMES_CASE_H
#define CHECK_NAMES_CASE_H

#include "check/held.h"
#include "check/names_text.h"

enum { CASE_NAMES_MAX = 4000, CASE_TEXTS_MAX = 64, CASE_NONE = -1 };

/* A document the story was traced to, ready to be searched. */
struct case_text {
    const struct held *held;
    struct name_text words;
};

/* One mention in the story, outside quotations. */
struct case_name {
    struct name name;
    int same_as; /* an earlier mention of the same words, or CASE_NONE */
    int fuller;  /* another mention that holds all parts of this one and more, or CASE_NONE */
    int text;    /* the traced document it was sighted in, or CASE_NONE */
    struct name_sighting sighting;
};

struct names_case {
    struct run *run;
    struct case_text *texts;
    size_t text_count;
    struct case_name *names; /* in story order */
    size_t count;
};

/* Reads the story's names and the traced documents' words; sightings are filled in. */
MUST_USE enum status names_case_make(struct run *run, struct names_case *made, struct fault *fault);
static inline struct bytes case_words(const struct names_case *of, const struct name *name)
{
    return bytes_slice(of->run->answer->story.text, name->start, name->end - name->start);
}

/* names.c and roles.c: each adds its statements. */
MUST_USE enum status names_state(const struct names_case *of, struct fault *fault);
MUST_USE enum status roles_state(const struct names_case *of, struct fault *fault);
/* Row of kinds.c: names and roles. */
MUST_USE enum status names_judge(struct run *run, struct fault *fault);

#endif
