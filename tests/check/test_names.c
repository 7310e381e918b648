#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/names_text.h"

/* The best sighting of the story's first name in a document's text. */
static struct name_sighting sight(const char *story, const char *document)
{
    struct name_reader reader;
    struct name name;
    struct name_text text;
    struct name_sighting sighting = { 0 };
    struct arena arena = { 0 };
    name_reader_begin(&reader, bytes_from_string(story), 0, (uint32_t)strlen(story));
    assert_true(name_reader_next(&reader, &name));
    assert_int_equal(name_text_make(bytes_from_string(document), &arena, &text, NULL), OK);
    name_text_best(&text, &name, &sighting);
    arena_release(&arena);
    return sighting;
}

static void a_name_is_sighted_as_it_stands_in_the_document(void **state)
{
    (void)state;
    static const struct {
        const char *story, *document;
        enum sighting_kind kind;
    } rows[] = {
        { "Ger\xC3\xB3nimo Quiroz", "with Geronimo\nQuiroz there", SIGHTING_SAME },
        { "Ana Vega Torre", "WITH ANA VEGA TORRE THERE", SIGHTING_SAME },
        { "John Harlan", "with John F. Harlan there", SIGHTING_SAME },
        { "Ana de la Torre", "with Ana Torre there", SIGHTING_SAME },
        { "Geromino Quiroz", "with Geronimo Quiroz there", SIGHTING_SLIP },
        { "Geromino Quiroz Vega", "for Governance Quiroz Vega; Geronimo Quiroz Vega",
          SIGHTING_SLIP },
        { "Muammar Gaddafi", "with Muammar Qadhafi there", SIGHTING_SLIP },
        { "Ana Vega Torre", "with Vega Torre there", SIGHTING_SHORTER },
        { "Ana Vega Torre", "with Ana Vega Quiroz there", SIGHTING_SURNAME },
        { "Ana Vega", "with Minister Vega there", SIGHTING_PART },
        { "Ana Vega", "with Luis Vega there", SIGHTING_NONE },
        { "Ana Vega", "with Ana Torre there", SIGHTING_PART },
        { "Ana Vega", "nobody is there", SIGHTING_NONE },
        { "Geromino Quiroz", "a geronimo. Quiroz left", SIGHTING_PART },
        { "Joint Committe", "the joint committee", SIGHTING_PART },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct name_sighting sighting = sight(rows[i].story, rows[i].document);
        if (sighting.kind != rows[i].kind)
            print_error("row %zu: %d\n", i, (int)sighting.kind);
        assert_int_equal(sighting.kind, rows[i].kind);
    }
}

static void the_word_that_differs_is_pointed_at(void **state)
{
    (void)state;
    static const char document[] = "told Geronimo Quiroz of it";
    struct name_sighting sighting = sight("Geromino Quiroz", document);
    assert_int_equal(sighting.part, 0);
    assert_int_equal(sighting.spelling, SPELLING_SWAPPED);
    assert_memory_equal(document + sighting.other_start, "Geronimo", 8);
    assert_memory_equal(document + sighting.start, "Geronimo Quiroz", 15);
    assert_int_equal(sighting.end - sighting.start, 15);
}

static void every_sighting_is_met_once(void **state)
{
    (void)state;
    struct name_reader reader;
    struct name name;
    struct name_text text;
    struct name_sighting sighting;
    struct arena arena = { 0 };
    size_t count = 0;
    name_reader_begin(&reader, bytes_from_string("Ana Vega"), 0, 8);
    assert_true(name_reader_next(&reader, &name));
    assert_int_equal(
        name_text_make(bytes_from_string("Vega, Ana Vega, and Minister Vega"), &arena, &text, NULL),
        OK);
    for (size_t from = 0;; from = sighting.word + 1, count++) {
        name_text_next(&text, &name, from, &sighting);
        if (sighting.kind == SIGHTING_NONE)
            break;
    }
    assert_int_equal(count, 4);
    arena_release(&arena);
}

static void words_are_put_on_one_line(void **state)
{
    (void)state;
    char words[] = "\nDirector of \n the  Port\t";
    words_flatten(words);
    assert_string_equal(words, "Director of the Port ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_sighted_as_it_stands_in_the_document),
        cmocka_unit_test(the_word_that_differs_is_pointed_at),
        cmocka_unit_test(every_sighting_is_met_once),
        cmocka_unit_test(words_are_put_on_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
