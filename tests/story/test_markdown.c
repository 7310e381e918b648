#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsed.h"
#include "story/scan.h"

static void markup_is_masked_byte_for_byte(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "a *b* c", "a ~b~ c" },
        { "a **b** _c_", "a ~~b~~ ~c~" },
        { "un*b*x f***", "un*b*x f***" },
        { "see [the cable](http://x.example/a) now", "see ~the cable~~~~~~~~~~~~~~~~~~~~~ now" },
        { "the LPS [ports and ships] (so) [e]nd", "the LPS [ports and ships] (so) [e]nd" },
        { "# Head", "~ Head" },
        { "> quoted", "~ quoted" },
        { "- item", "~ item" },
        { "12. item", "~~~ item" },
        { "1999 was", "1999 was" },
        { "a `\"x\"` b", "a ~~~~~ b" },
        { "```\n\"x\"\n```\nb", "~~~\n~~~\n~~~\nb" },
        { "a <b>c</b> <!-- \"d\" --> e", "a ~~~c~~~~ ~~~~~~~~~~~~ e" },
        { "---\nt: \"x\"\n---\nb", "~~~\n~~~~~~\n~~~\nb" },
        { "a \\\"b\\\"", "a ~\"b~\"" },
        { "x < 3 and ``so'' on", "x < 3 and ``so'' on" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[128];
        strcpy(text, rows[i][0]);
        markdown_mask((uint8_t *)text, strlen(text));
        for (char *at = text; *at; at++)
            if (*at == MASKED)
                *at = '~';
        assert_string_equal(text, rows[i][1]);
    }
}

static void quotations_are_found_through_markup(void **state)
{
    (void)state;
    SCOPED(parsed_release) struct parsed parsed;
    parse_as(&parsed, "# The port\n\nShe said \"**the** port is *shut*\" again, `\"not this\"`.\n",
             STORY_MARKDOWN);
    assert_int_equal(parsed.story.quotation_count, 1);
    uint32_t line = 0, column = 0;
    story_line_column(&parsed.story, parsed.story.quotations[0].outer_start, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 10);
    assert_int_equal(parsed.story.paragraph_count, 2);
}

static void a_link_inside_a_quotation_leaves_its_words(void **state)
{
    (void)state;
    SCOPED(parsed_release) struct parsed parsed;
    parse_as(&parsed, "She said “the [long wall](w.html) is down again”.", STORY_MARKDOWN);
    assert_int_equal(parsed.story.quotations[0].mark_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_is_masked_byte_for_byte),
        cmocka_unit_test(quotations_are_found_through_markup),
        cmocka_unit_test(a_link_inside_a_quotation_leaves_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
