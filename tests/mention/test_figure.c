#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "mention/figure.h"

struct reading {
    struct arena arena;
    struct saying saying;
    struct figure_list list;
};

static void read_text(struct reading *reading, const char *text)
{
    *reading = (struct reading){ 0 };
    assert_int_equal(
        saying_make(bytes_from_string(text), NULL, 0, &reading->arena, &reading->saying, NULL), OK);
    assert_int_equal(figures_find(&reading->saying, 0, reading->saying.count, &reading->arena,
                                  &reading->list, NULL),
                     OK);
}

/* "qualifier value unit head", each figure, joined by "; ". */
static void print_figures(const struct reading *reading, char *out, size_t room)
{
    static const char *const units[] = { "", "money ", "% ", "points ", "part " };
    static const char *const qualifiers[] = { "", "~", ">", "<" };
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct figure *figure = &reading->list.at[i];
        char low[QUANTITY_TEXT_MAX], high[QUANTITY_TEXT_MAX];
        quantity_write(figure->low, low);
        quantity_write(figure->high, high);
        bool is_range = quantity_compare(figure->low, figure->high) != 0;
        struct bytes head = { 0 };
        if (figure->thing_count > 0)
            head = reading->saying.at[figure->thing[figure->head]].key;
        len += (size_t)snprintf(out + len, room - len, "%s%s%s%s%s %s%s%.*s", i > 0 ? "; " : "",
                                qualifiers[figure->qualifier], low, is_range ? ".." : "",
                                is_range ? high : "", units[figure->unit], figure->currency,
                                (int)head.len, head.len > 0 ? (const char *)head.at : "");
    }
}

static void check_figures(const char *const rows[][2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct reading reading;
        char found[512];
        read_text(&reading, rows[i][0]);
        print_figures(&reading, found, sizeof found);
        assert_string_equal(found, rows[i][1]);
        arena_release(&reading.arena);
    }
}

static void figures_have_value_unit_and_thing(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "The army lost 2,117 soldiers.", "2,117 soldiers" },
        { "It sent twenty-five hundred men.", "2,500 men" },
        { "He paid $600 million for it.", "600 million money USD" },
        { "He paid US$1.5bn for it.", "1.5 billion money USD" },
        { "Half a million people left.", "500,000 people" },
        { "It cost two and a half million euros.", "2.5 million money EUR" },
        { "Support fell to 47 percent.", "47 % " },
        { "Support fell by 3 percentage points.", "3 points " },
        { "More than 30,000 fishermen and about 80 youths.", ">30,000 fishermen; ~80 youths" },
        { "Up to eleven days at the gate.", "<11 days" },
        { "Two-thirds of the ships were empty.", "2/3 part ships" },
        { "He asked for a dozen boats.", "12 boats" },
        { "The 18-month plan", "18 plan" },
        { "one percent of cargo", "1 % cargo" },
    };
    check_figures(rows, sizeof rows / sizeof rows[0]);
}

static void ranges_have_two_ends(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "between 40 and 50 officers", "40..50 officers" },
        { "40-50 officers", "40..50 officers" },
        { "two or three ports", "2..3 ports" },
        { "$3-4 million a month", "3 million..4 million money USD" },
        { "16 to 28 percent", "16..28 % " },
        { "from 96 million dollars to 41 million", "96 million money USD; 41 million " },
    };
    check_figures(rows, sizeof rows / sizeof rows[0]);
}

static void spanish_figures_are_read(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "la pesca de mil quinientos hombres en la bahía", "1,500 hombres" },
        { "los tres mil millones de dólares fueron", "3 billion money USD" },
        { "más de 2.500 personas en la plaza", ">2,500 personas" },
        { "el costo de 3,5 millones de pesos", "3.5 million money " },
        { "la mitad de los barcos y una docena de casas", "12 casas" },
        { "el treinta y cinco por ciento de la gente", "35 % gente" },
    };
    check_figures(rows, sizeof rows / sizeof rows[0]);
}

static void what_counts_nothing_is_no_figure(void **state)
{
    (void)state;
    static const char *const none[] = {
        "On Jan. 29, 2010 he left.",
        "In 2009 and the 1840s, after 2007.",
        "See Update #1057 and Article 57, page 12.",
        "At 10:56 on 9/11 he rang 555-1234.",
        "Call (202) 555-1234 or 202-555-1234 now.",
        "MS-13 and G-8 met for the first time on the 19th.",
        "No one of them knew; one said so.",
        "Several hundred came, and millions watched.",
        "00000640 017",
        "It fell three days later, a week before the vote.",
    };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct reading reading;
        char found[512];
        read_text(&reading, none[i]);
        print_figures(&reading, found, sizeof found);
        assert_string_equal(found, "");
        arena_release(&reading.arena);
    }
}

static void periods_and_rates_belong_to_their_figure(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, "They lost 214 boats in 2023 and 12 boats a month.");
    assert_int_equal(reading.list.count, 2);
    assert_int_equal(reading.list.at[0].period.year, 2023);
    assert_false(reading.list.at[0].is_rate);
    assert_true(reading.list.at[1].is_rate);
    arena_release(&reading.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_have_value_unit_and_thing),
        cmocka_unit_test(ranges_have_two_ends),
        cmocka_unit_test(spanish_figures_are_read),
        cmocka_unit_test(what_counts_nothing_is_no_figure),
        cmocka_unit_test(periods_and_rates_belong_to_their_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
