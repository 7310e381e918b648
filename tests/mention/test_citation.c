#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mention/citation.h"

struct cited_text {
    struct arena arena;
    struct saying saying;
    struct citation_list list;
};

static void read_text(struct cited_text *cited, const char *text)
{
    *cited = (struct cited_text){ 0 };
    assert_int_equal(
        saying_make(bytes_from_string(text), NULL, 0, &cited->arena, &cited->saying, NULL), OK);
    assert_int_equal(citations_find(&cited->saying, &cited->arena, &cited->list, NULL), OK);
}

static void every_kind_of_citation_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count;
        enum citation_kind kind;
        const char *words;
    } rows[] = {
        { "It ended. (LM, Nov. 25) Then", 1, CITATION_SOURCE, "LM, Nov. 25" },
        { "so (El Faro, Port Leone, Dec. 2; La Marea, Dec. 3)", 2, CITATION_SOURCE,
          "El Faro, Port Leone, Dec. 2" },
        { "continued [see Update #1057].", 1, CITATION_ISSUE, "Update #1057" },
        { "see Bulletin 12 for more", 1, CITATION_ISSUE, "Bulletin 12" },
        { "as 26PORTLEONE12 shows", 1, CITATION_NUMBER, "26PORTLEONE12" },
        { "as C06900101 shows", 1, CITATION_NUMBER, "C06900101" },
        { "record 310-20014-10007 is", 1, CITATION_NUMBER, "310-20014-10007" },
        { "at http://example.org/a/b we", 1, CITATION_LINK, "http://example.org/a/b" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cited_text cited;
        read_text(&cited, rows[i].text);
        assert_int_equal(cited.list.count, rows[i].count);
        const struct citation *first = &cited.list.at[0];
        assert_int_equal(first->kind, rows[i].kind);
        struct bytes words =
            bytes_slice(cited.saying.text, first->start, first->end - first->start);
        char *copy = arena_string(&cited.arena, words);
        assert_string_equal(copy, rows[i].words);
        arena_release(&cited.arena);
    }
}

static void brackets_that_cite_nothing_are_none(void **state)
{
    (void)state;
    static const char *const rows[] = { "the Army (FUTER) left", "he (born May 3) came",
                                        "(on Nov. 25 it rained)", "in 2009 (and before)",
                                        "room #12 was dark" };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cited_text cited;
        read_text(&cited, rows[i]);
        assert_int_equal(cited.list.count, 0);
        arena_release(&cited.arena);
    }
}

static void an_abbreviation_wants_an_introduction(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_introduced, fits;
    } rows[] = {
        { "The paper La Marea (LM) wrote. It ended (LM, Nov. 25).", true, true },
        { "LM (La Marea) wrote. It ended (LM, Nov. 25).", true, true },
        { "The paper La Marea wrote. It ended (LM, Nov. 25).", false, true },
        { "A paper wrote. It ended (LM, Nov. 25).", false, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cited_text cited;
        size_t first, end;
        read_text(&cited, rows[i].text);
        assert_int_equal(cited.list.count, 1);
        size_t at = cited.list.at[0].name_first;
        assert_true(cited.list.at[0].is_abbreviation);
        assert_int_equal(citation_is_introduced(&cited.saying, at, at), rows[i].is_introduced);
        assert_int_equal(citation_fitting_name(&cited.saying, at, &first, &end), rows[i].fits);
        arena_release(&cited.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_citation_is_found),
        cmocka_unit_test(brackets_that_cite_nothing_are_none),
        cmocka_unit_test(an_abbreviation_wants_an_introduction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
