/* parsed.h - a story from a string, for the tests of this room. */
#ifndef TESTS_STORY_PARSED_H
#define TESTS_STORY_PARSED_H

#include "base/buffer.h"
#include "base/scoped.h"
#include "story/story.h"

struct parsed {
    struct arena arena;
    struct story story;
    struct fault fault;
    enum stet_status code;
};

static inline void parsed_release(struct parsed *parsed)
{
    arena_release(&parsed->arena);
}

static inline void parse_as(struct parsed *parsed, const char *text, enum story_markup markup)
{
    *parsed = (struct parsed){ 0 };
    parsed->code = story_parse(bytes_from_string("story.txt"), bytes_from_string(text), markup,
                               NULL, 0, &parsed->arena, &parsed->story, &parsed->fault);
}

static inline struct bytes quotation_text(const struct parsed *parsed, size_t index)
{
    const struct quotation *quotation = &parsed->story.quotations[index];
    return bytes_slice(parsed->story.text, quotation->start, quotation->end - quotation->start);
}

/* All quotations, each in < >, without their marks. */
static inline void quotations_print(const struct parsed *parsed, struct buffer *to)
{
    for (size_t i = 0; i < parsed->story.quotation_count; i++) {
        buffer_append_text(to, "<");
        buffer_append_bytes(to, quotation_text(parsed, i));
        buffer_append_text(to, ">");
    }
}

#endif
