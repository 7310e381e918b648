#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsed.h"

static const char *const kinds[] = { "bracket", "letter",   "ellipsis", "sic",   "parenthesis",
                                     "dashed",  "withheld", "writer",   "nested" };

static void marks_print(const struct parsed *parsed, struct buffer *to)
{
    const struct quotation *quotation = &parsed->story.quotations[0];
    for (size_t i = 0; i < quotation->mark_count; i++) {
        const struct mark *mark = &quotation->marks[i];
        buffer_print(to, "%s%s<", i ? " " : "", kinds[mark->kind]);
        buffer_append(to, parsed->story.text.at + mark->start, mark->end - mark->start);
        buffer_append_text(to, ">");
    }
}

static void every_mark_is_found_with_its_extent(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "[e]ncouraging all the ports", "letter<[e]ncouraging>" },
        { "[T]he port of call is shut", "letter<[T]he>" },
        { "they want[ed] to leave the port", "letter<want[ed]>" },
        { "the countr[ies] of the bay", "letter<countr[ies]>" },
        { "the port [sic] is shot again", "sic<[sic]>" },
        { "the port (sic) is shot again", "sic<(sic)>" },
        { "the port [...] is shut again", "ellipsis<[...]>" },
        { "the port […] is shut again", "ellipsis<[…]>" },
        { "the port [ . . . ] is shut again", "ellipsis<[ . . . ]>" },
        { "the port . . . is shut again", "ellipsis<. . .>" },
        { "the port.... It is shut again", "ellipsis<....>" },
        { "the port…is shut again today", "ellipsis<…>" },
        { "the LPS [ports and ships] is shut", "bracket<[ports and ships]>" },
        { "then [Aldana] left the port alone", "bracket<[Aldana]>" },
        { "the men (the pilots) left the port", "parenthesis<(the pilots)>" },
        { "what a f---ing mess this port is", "dashed<f---ing>" },
        { "what a d--n mess this port is", "dashed<d--n>" },
        { "the pilot, I--we all knew, had left", "" },
        { "the pilot XXXX left the port alone", "withheld<XXXX>" },
        { "the pilot [name withheld] left port", "withheld<[name withheld]>" },
        { "the pilot ████ left the port alone", "withheld<████>" },
        { "he called it ‘the wall’ that day", "nested<‘the wall’>" },
        { "this [never closed goes on and on", "" },
        { "it rose 3.5 percent. Then it fell", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SCOPED(parsed_release) struct parsed parsed;
        SCOPED(buffer_release) struct buffer story = { 0 }, found = { 0 };
        buffer_print(&story, "She said “%s”.", rows[i][0]);
        FREED char *text = buffer_take_string(&story);
        parse_as(&parsed, text, STORY_PLAIN);
        assert_int_equal(parsed.story.quotation_count, 1);
        marks_print(&parsed, &found);
        FREED char *marks = buffer_take_string(&found);
        assert_string_equal(marks ? marks : "", rows[i][1]);
    }
}

static void the_inside_of_a_bracket_is_trimmed(void **state)
{
    (void)state;
    SCOPED(parsed_release) struct parsed parsed;
    parse_as(&parsed, "She said “then [ Aldana ] left the port”.", STORY_PLAIN);
    const struct mark *mark = &parsed.story.quotations[0].marks[0];
    struct bytes inner =
        bytes_slice(parsed.story.text, mark->inner_start, mark->inner_end - mark->inner_start);
    assert_true(bytes_is(inner, "Aldana"));
}

static void every_truncation_is_taken(void **state)
{
    (void)state;
    const char *text = "“A [b] (c) [d]e f--- ‘g’ … . . . XXXX,” he said, “h [i ‘j”";
    for (size_t len = 1; len < strlen(text); len++) {
        struct arena arena = { 0 };
        struct story story;
        struct fault fault;
        enum stet_status code = story_parse(bytes_from_string("s"), bytes_make(text, len),
                                            STORY_MARKDOWN, NULL, 0, &arena, &story, &fault);
        assert_true(code == STET_OK || code == STET_BAD_INPUT);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mark_is_found_with_its_extent),
        cmocka_unit_test(the_inside_of_a_bracket_is_trimmed),
        cmocka_unit_test(every_truncation_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
