#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/scoped.h"
#include "mention/name_compare.h"
#include "mention/name_table.h"

static const char *const kind_words[] = { "?", "person", "body", "place" };

/* "person Ana Lux; place Port Leone" */
static void write_names(const char *story, struct buffer *out)
{
    struct name_reader reader;
    struct name name;
    struct bytes text = bytes_from_string(story);
    name_reader_begin(&reader, text, 0, (uint32_t)text.len);
    while (name_reader_next(&reader, &name)) {
        if (out->len > 0)
            buffer_append_text(out, "; ");
        buffer_append_text(out, kind_words[name.kind]);
        buffer_u8(out, ' ');
        for (uint32_t i = name.start; i < name.end; i++)
            buffer_u8(out, text.at[i] == '\n' ? ' ' : text.at[i]);
    }
    buffer_u8(out, 0);
}

static void check_names(const char *const rows[][2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buffer out = { 0 };
        write_names(rows[i][0], &out);
        assert_string_equal((const char *)out.at, rows[i][1]);
        buffer_release(&out);
    }
}
#define CHECK_NAMES(rows) check_names(rows, sizeof rows / sizeof *rows)

static void persons_are_found_without_their_titles(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "since President Aurelio Bastidas Montiel took office",
          "person Aurelio Bastidas Montiel" },
        { "said Gen. Fermin Aguasanta.", "person Fermin Aguasanta" },
        { "Lic. Ana de la Torre y Vega came", "person Ana de la Torre y Vega" },
        { "Under Secretary for Governance Geronimo Quiroz spoke", "person Geronimo Quiroz" },
        { "US ambassador to Chile Carlos Oakhurst told", "place Chile; person Carlos Oakhurst" },
        { "Finance Minister Tobias\nUrreche told", "person Tobias Urreche" },
        { "the adviser John F. Harlan left", "person John F. Harlan" },
        { "Omar bin Rashid al Hadi met", "person Omar bin Rashid al Hadi" },
    };
    CHECK_NAMES(rows);
}

static void bodies_and_places_keep_what_completes_them(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "the Ministry of Foreign Affairs of Costa Leona",
          "body Ministry of Foreign Affairs of Costa Leona" },
        { "the Attorney General's Office advised", "body Attorney General's Office" },
        { "the Autonomous University of Ciudad Alcarra",
          "body Autonomous University of Ciudad Alcarra" },
        { "the US Justice Department wrote", "body US Justice Department" },
        { "la Secretaria de Puertos informa", "body Secretaria de Puertos" },
        { "went to Ciudad Alcarra and to Santa Ildara",
          "place Ciudad Alcarra; place Santa Ildara" },
    };
    CHECK_NAMES(rows);
}

static void ordinary_words_are_no_names(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "Another problem is the port. They left. The price fell.", "" },
        { "Rain fell on the rain gauge.", "" },
        { "On Nov. 20, a Monday in June, it ended.", "" },
        { "Mexican and American officials met", "" },
        { "the President and the Defense Secretary", "" },
        { "the CIA, the DTOs and PWU said", "" },
    };
    CHECK_NAMES(rows);
}

static void capitals_throughout_give_titles_and_given_names_only(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "THE DEPUTY SAID THAT PRESIDENT BASTIDAS WOULD LEAVE THE COUNTRY", "person BASTIDAS" },
        { "HE MET CARLOS OAKHURST AT THE PORT OF ALCARRA AND LEFT", "person CARLOS OAKHURST" },
        { "THE SHIPPERS DO NOT EXPECT THE DREDGERS TO COME", "" },
    };
    CHECK_NAMES(rows);
}

static void a_range_begins_a_sentence(void **state)
{
    (void)state;
    static const char text[] = "It ended.\n\nOfficials of Mexico met";
    struct name_reader reader;
    struct name name;
    name_reader_begin(&reader, bytes_from_string(text), 0, sizeof text - 1);
    name_reader_turn(&reader, 11, sizeof text - 1);
    assert_true(name_reader_next(&reader, &name));
    assert_int_equal(name.start, 24);
    assert_int_equal(name.kind, NAME_PLACE);
}

static void every_cut_of_a_text_is_read_without_stepping_outside(void **state)
{
    (void)state;
    static const char whole[] =
        "President Aurelio Bastidas' Office, \xC3\x81lvaro de la O\xE2\x80\x99Neill";
    for (size_t len = 0; len < sizeof whole; len++) {
        FREED uint8_t *copy = malloc(len + 1);
        assert_non_null(copy);
        memcpy(copy, whole, len);
        if (len > 0 && ((uint8_t)whole[len] & 0xC0) == 0x80)
            continue;
        struct name_reader reader;
        struct name name;
        name_reader_begin(&reader, bytes_make(copy, len), 0, (uint32_t)len);
        while (name_reader_next(&reader, &name))
            assert_true(name.start < name.end && name.end <= len);
    }
}

static void slips_are_named_by_their_letters(void **state)
{
    (void)state;
    static const struct {
        const char *written, *known, *words;
        enum spelling spelling;
    } rows[] = {
        { "aguasanta", "aguasanta", "", SPELLING_SAME },
        { "geromino", "geronimo", "n and m changed places", SPELLING_SWAPPED },
        { "initative", "initiative", "i is left out", SPELLING_LEFT_OUT },
        { "bastiddas", "bastidas", "one d too many", SPELLING_ADDED },
        { "pazcual", "pascual", "z for s", SPELLING_CHANGED },
        { "quintral", "quitnral", "t and n changed places", SPELLING_SWAPPED },
        { "qadhafi", "gaddafi", "written in another way", SPELLING_VARIANT },
        { "ana", "ada", "", SPELLING_OTHER },
        { "oakhurst", "oakland", "", SPELLING_OTHER },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char words[80];
        struct bytes written = bytes_from_string(rows[i].written);
        struct bytes known = bytes_from_string(rows[i].known);
        assert_int_equal(spelling_compare(written, known), rows[i].spelling);
        spelling_words(written, known, words, sizeof words);
        assert_string_equal(words, rows[i].words);
    }
}

static struct name first_name(const char *text)
{
    struct name_reader reader;
    struct name name = { 0 };
    name_reader_begin(&reader, bytes_from_string(text), 0, (uint32_t)strlen(text));
    assert_true(name_reader_next(&reader, &name));
    return name;
}

static void names_compare_by_their_parts(void **state)
{
    (void)state;
    static const struct {
        const char *written, *known;
        enum name_match match;
    } rows[] = {
        { "said Ger\xC3\xB3nimo Quiroz", "Geronimo Quiroz", NAME_SAME },
        { "Aurelio Bastidas Montiel", "Aurelio Bastidas", NAME_FULLER },
        { "Aurelio Bastidas", "Aurelio Bastidas Montiel", NAME_SHORTER },
        { "Geromino Quiroz", "Geronimo Quiroz", NAME_SLIP },
        { "Muammar Gaddafi", "Muammar Qadhafi", NAME_VARIANT },
        { "Ana Vega Torre", "Ana Torre Vega", NAME_ORDER },
        { "Ana Vega", "Ana Torre", NAME_SURNAME },
        { "John F. Harlan", "John Francis Harlan", NAME_SAME },
        { "Ana Vega", "Luis Torre", NAME_OTHER },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct name written = first_name(rows[i].written), known = first_name(rows[i].known);
        assert_int_equal(name_compare(&written, &known), rows[i].match);
    }
}

static void peoples_and_plurals_are_no_slips(void **state)
{
    (void)state;
    assert_true(spelling_is_inflected(bytes_from_string("mexico"), bytes_from_string("mexican")));
    assert_true(
        spelling_is_inflected(bytes_from_string("official"), bytes_from_string("officials")));
    assert_false(
        spelling_is_inflected(bytes_from_string("geromino"), bytes_from_string("geronimo")));
}

static void the_word_lists_are_in_order(void **state)
{
    (void)state;
    assert_true(name_table_is_sorted());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(persons_are_found_without_their_titles),
        cmocka_unit_test(bodies_and_places_keep_what_completes_them),
        cmocka_unit_test(ordinary_words_are_no_names),
        cmocka_unit_test(capitals_throughout_give_titles_and_given_names_only),
        cmocka_unit_test(a_range_begins_a_sentence),
        cmocka_unit_test(every_cut_of_a_text_is_read_without_stepping_outside),
        cmocka_unit_test(slips_are_named_by_their_letters),
        cmocka_unit_test(names_compare_by_their_parts),
        cmocka_unit_test(peoples_and_plurals_are_no_slips),
        cmocka_unit_test(the_word_lists_are_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
