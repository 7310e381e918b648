#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/figures.h"

struct pair {
    struct arena arena;
    struct shelf_text story, source;
};

static void make_pair(struct pair *pair, const char *story, const char *source)
{
    *pair = (struct pair){ 0 };
    assert_int_equal(
        shelf_text_make(&pair->story, bytes_from_string(story), NULL, 0, &pair->arena, NULL), OK);
    assert_int_equal(
        shelf_text_make(&pair->source, bytes_from_string(source), NULL, 0, &pair->arena, NULL), OK);
    assert_true(pair->story.figures.count > 0 && pair->source.figures.count > 0);
}

static void values_are_held_as_people_round(void **state)
{
    (void)state;
    static const struct {
        const char *story, *source;
        enum value_relation value;
    } rows[] = {
        { "1,130 boats", "1,130 boats", VALUE_EQUAL },
        { "twelve hundred boats", "1,200 boats", VALUE_EQUAL },
        { "1,100 boats", "1,130 boats", VALUE_TRIMMED },
        { "about 1,100 boats", "1,130 boats", VALUE_ROUNDED },
        { "more than 1,100 boats", "1,130 boats", VALUE_ROUNDED },
        { "fewer than 1,100 boats", "1,130 boats", VALUE_OTHER },
        { "1,310 boats", "1,130 boats", VALUE_OTHER },
        { "up to twelve boats", "up to eleven boats", VALUE_OTHER },
        { "41 billion dollars", "41 million dollars", VALUE_SCALED },
        { "4 percent", "4 percentage points", VALUE_REUNITED },
        { "40 boats", "40 to 50 boats", VALUE_EQUAL },
        { "$3 million", "3 million euros", VALUE_REUNITED },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pair pair;
        make_pair(&pair, rows[i].story, rows[i].source);
        assert_int_equal(figures_values(pair.story.figures.at, pair.source.figures.at),
                         rows[i].value);
        arena_release(&pair.arena);
    }
}

static void officers_are_no_deaths(void **state)
{
    (void)state;
    static const struct {
        const char *story, *source;
        enum thing_relation thing;
    } rows[] = {
        { "2,000 officers came", "2,000 officers went home", THING_SAME },
        { "2,000 police came", "2,000 officers went home", THING_SAME },
        { "2,000 officers came", "2,000 deaths were counted", THING_OTHER },
        { "2,000 people were killed", "2,000 people were arrested", THING_OTHER },
        { "2,000 fishermen have been killed", "2,000 deaths in the port", THING_SAME },
        { "2,000 people came", "2,000 people were arrested", THING_NEAR },
        { "six weeks of strikes", "six scanners stood there", THING_OTHER },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pair pair;
        make_pair(&pair, rows[i].story, rows[i].source);
        struct counted story = { &pair.story, pair.story.figures.at };
        struct counted source = { &pair.source, pair.source.figures.at };
        assert_int_equal(figures_things(&story, &source), rows[i].thing);
        arena_release(&pair.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_held_as_people_round),
        cmocka_unit_test(officers_are_no_deaths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
