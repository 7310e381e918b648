#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "refuse.h"

#include "text/place.h"

static void addresses_are_taken_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name, *reading, *printed;
        uint32_t part;
        enum address_kind kind;
        uint32_t number;
    } cases[] = {
        { "10ORVANE83", "10ORVANE83", "", "", 0, ADDRESS_DOCUMENT, 0 },
        { "104-10068-10142", "104-10068-10142", "", "", 0, ADDRESS_DOCUMENT, 0 },
        { "10ORVANE83:2", "10ORVANE83", "", "", 2, ADDRESS_DOCUMENT, 0 },
        { "C05777817@a1b2c3", "C05777817", "a1b2c3", "", 0, ADDRESS_DOCUMENT, 0 },
        { "X1:3@a1b2c3d4#p15", "X1", "a1b2c3d4", "15", 3, ADDRESS_PRINTED, 0 },
        { "X1#p4.2", "X1", "", "4", 0, ADDRESS_PRINTED, 2 },
        { "X1#n7", "X1", "", "", 0, ADDRESS_ORDINAL, 7 },
        { "X1/page/4", "X1", "", "", 0, ADDRESS_PAGE, 4 },
        { "X1#/page/4", "X1", "", "", 0, ADDRESS_PAGE, 4 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct address address;
        assert_int_equal(address_parse(bytes_from_string(cases[i].text), &address, NULL), OK);
        assert_true(bytes_is(address.name, cases[i].name));
        assert_true(bytes_is(address.reading, cases[i].reading));
        assert_true(bytes_is(address.printed, cases[i].printed));
        assert_int_equal(address.part, cases[i].part);
        assert_int_equal(address.kind, cases[i].kind);
        assert_int_equal(address.number, cases[i].number);
    }
}

static void what_is_no_address_is_refused_with_words(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",          "#p1",      " X1",       "X1:",     "X1:0",           "X1:x",   "X1@abc",
        "X1@a1b2cg", "X1#",      "X1#p",      "X1#p4.0", "X1#p4.x",        "X1#q3",  "X1#n0",
        "X1#n",      "X1/page/", "X1/page/0", "a\nb",    "X1:99999999999", "X1#n-1", "X1#p4/5"
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct address address;
        struct fault fault = { 0 };
        if (address_parse(bytes_from_string(cases[i]), &address, &fault) != BAD_INPUT)
            refuse("taken: %s", cases[i]);
        assert_true(fault.words[0] != '\0');
    }
}

static const struct span spans[] = {
    { SPAN_PARAGRAPH, 0, 10, { 0 } },  { SPAN_PARAGRAPH, 10, 20, { (const uint8_t *)"4", 1 } },
    { SPAN_FURNITURE, 10, 12, { 0 } }, { SPAN_PARAGRAPH, 20, 30, { (const uint8_t *)"4", 1 } },
    { SPAN_PARAGRAPH, 30, 40, { 0 } },
};

static void paragraphs_are_cited_by_what_is_printed_else_by_order(void **state)
{
    (void)state;
    static const char *const labels[] = { "n1", "p4", "p4.2", "n4", "" };
    for (uint32_t i = 0; i < 5; i++) {
        struct buffer to = { 0 };
        paragraph_label(spans, 5, i * 10 + 5, &to);
        assert_true(bytes_is(buffer_bytes(&to), labels[i]));
        buffer_release(&to);
    }
}

static void every_label_leads_back_to_its_paragraph(void **state)
{
    (void)state;
    for (uint32_t at = 5; at < 40; at += 10) {
        struct buffer to = { 0 };
        struct address address;
        buffer_append_text(&to, "X1#");
        paragraph_label(spans, 5, at, &to);
        assert_int_equal(address_parse(buffer_bytes(&to), &address, NULL), OK);
        assert_ptr_equal(paragraph_of_address(spans, 5, &address),
                         span_covering(spans, 5, SPAN_PARAGRAPH, at));
        buffer_release(&to);
    }
}

static void a_paragraph_that_is_not_there_is_not_found(void **state)
{
    (void)state;
    struct address address;
    assert_int_equal(address_parse(bytes_from_string("X1#p4.3"), &address, NULL), OK);
    assert_null(paragraph_of_address(spans, 5, &address));
    assert_int_equal(address_parse(bytes_from_string("X1"), &address, NULL), OK);
    assert_null(paragraph_of_address(spans, 5, &address));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_taken_apart),
        cmocka_unit_test(what_is_no_address_is_refused_with_words),
        cmocka_unit_test(paragraphs_are_cited_by_what_is_printed_else_by_order),
        cmocka_unit_test(every_label_leads_back_to_its_paragraph),
        cmocka_unit_test(a_paragraph_that_is_not_there_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
