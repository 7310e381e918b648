/* judged.h - a story's first quotation held against a source by hand: what the tracer would have
 * said is given. */
#ifndef TESTS_CHECK_JUDGED_H
#define TESTS_CHECK_JUDGED_H

#include "base/buffer.h"
#include "base/scoped.h"
#include "check/judge.h"

enum { JUDGED_DIFFERENCES = 8 };

struct judged {
    struct arena arena;
    struct story story;
    struct trace trace;
    struct difference differences[JUDGED_DIFFERENCES];
    struct statement statement;
    struct judgement judgement;
    const char *source;
    struct fault fault;
};

static inline void judged_release(struct judged *judged)
{
    arena_release(&judged->arena);
}

static inline void judged_begin(struct judged *judged, const char *story, const char *source)
{
    *judged = (struct judged){ .source = source };
    enum stet_status code =
        story_parse(bytes_from_string("story.md"), bytes_from_string(story), STORY_PLAIN, NULL, 0,
                    &judged->arena, &judged->story, &judged->fault);
    assert_int_equal(code, STET_OK);
    assert_true(judged->story.quotation_count > 0);
    struct bytes words = bytes_from_string(source);
    struct cited *cited = &judged->statement.cited[0];
    *cited = (struct cited){ .document = 1, .name = bytes_from_string("26LARANA7"), .part = 1 };
    cited->reading = bytes_from_string("0123456789ab");
    cited->label = bytes_from_string("p4");
    cited->text = cited->shown = words;
    cited->end = (uint32_t)words.len;
    judged->statement.quotation = &judged->story.quotations[0];
    judged->statement.cited_count = 1;
    judged->trace.reach = TRACE_TRACED;
    judged->trace.verbatim_bits = 120;
    judged->trace.candidate_count = 1;
    judged->trace.candidates[0] = (struct candidate){ .passage_count = 1, .bits = 110 };
    judged->trace.candidates[0].differences = judged->differences;
    judged->judgement = (struct judgement){ .story = &judged->story,
                                            .quotation = &judged->story.quotations[0],
                                            .trace = &judged->trace,
                                            .reach = REACH_TRACED,
                                            .arena = &judged->arena };
}

/* A difference between words of story and source, each told by the words themselves. */
static inline struct difference *judged_add(struct judged *judged, enum difference_class class,
                                            const char *story, const char *source, uint32_t words)
{
    struct difference *made = &judged->differences[judged->trace.candidates[0].difference_count++];
    struct bytes text = judged->story.text, from = bytes_from_string(judged->source);
    size_t at = bytes_find(text, bytes_from_string(story), judged->judgement.quotation->start);
    size_t place = bytes_find(from, bytes_from_string(source), 0);
    assert_true(at != SIZE_MAX && place != SIZE_MAX);
    *made = (struct difference){ .class = class, .words = words };
    made->story_start = (uint32_t)at;
    made->story_end = (uint32_t)(at + strlen(story));
    made->source_start = (uint32_t)place;
    made->source_end = (uint32_t)(place + strlen(source));
    made->story_words = bytes_slice(text, at, strlen(story));
    made->source_words = bytes_slice(from, place, strlen(source));
    return made;
}

static inline void judged_end(struct judged *judged)
{
    assert_int_equal(judge(&judged->judgement, &judged->statement, &judged->fault), STET_OK);
}

#endif
