#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "refuse.h"

#include "text/sentence.h"

static void check(const char *text, const struct span *spans, size_t count, const char *at,
                  const char *expected)
{
    uint32_t start = 0;
    uint32_t end = 0;
    struct bytes bytes = bytes_from_string(text);
    uint32_t place = (uint32_t)bytes_find(bytes, bytes_from_string(at), 0);
    sentence_around(bytes, spans, count, 0, (uint32_t)bytes.len, place, &start, &end);
    if (!bytes_is(bytes_slice(bytes, start, end - start), expected))
        refuse("around \"%s\": \"%.*s\", not \"%s\"", at, (int)(end - start), text + start,
               expected);
}

static void the_sentence_around_a_word_is_found(void **state)
{
    (void)state;
    const char *text = "  The port closed. \"Why?\" asked Mr. Orvane. He met U.S. Ambassador Hale "
                       "(at 9 a.m.)! It rained";
    check(text, NULL, 0, "closed", "The port closed.");
    check(text, NULL, 0, "Why", "\"Why?\" asked Mr. Orvane.");
    check(text, NULL, 0, "Orvane", "\"Why?\" asked Mr. Orvane.");
    check(text, NULL, 0, "Hale", "He met U.S. Ambassador Hale (at 9 a.m.)!");
    check(text, NULL, 0, "rained", "It rained");
}

static void furniture_inside_is_stepped_over_and_at_the_end_left_out(void **state)
{
    (void)state;
    const char *text = "The port closed\nPAGE 2\nat noon. 5. (C) Then rain.";
    static const struct span spans[] = { { SPAN_FURNITURE, 16, 22, { 0 } },
                                         { SPAN_FURNITURE, 32, 38, { 0 } } };
    check(text, spans, 2, "noon", "The port closed\nPAGE 2\nat noon.");
    check(text, spans, 2, "rain", "Then rain.");
}

static void the_bounds_given_are_not_left(void **state)
{
    (void)state;
    struct bytes text = bytes_from_string("One two three. Four five six.");
    uint32_t start = 0;
    uint32_t end = 0;
    sentence_around(text, NULL, 0, 4, 10, 8, &start, &end);
    assert_int_equal(start, 4);
    assert_int_equal(end, 10);
    sentence_around(text, NULL, 0, 40, 50, 45, &start, &end);
    assert_true(start <= end && end <= text.len);
}

static void stops_of_abbreviations_are_told_from_others(void **state)
{
    (void)state;
    static const struct {
        const char *text; /* the stop in question is the last one followed by a bar */
        bool abbreviates;
    } cases[] = {
        { "Mr.| Orvane", true },     { "Gov.| Tellez", true },       { "on Jan.| 5", true },
        { "the port.| The", false }, { "in the U.S.| The", false },  { "the U.S.| Embassy", true },
        { "No.| 5", true },          { "he said no.| Then", false }, { "in 2009.| The", false },
        { "J.| Tellez", true },      { "etc.| The", false },         { "4.| The", true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        size_t bar = bytes_find_byte(bytes_from_string(cases[i].text), '|', 0);
        memcpy(text, cases[i].text, bar);
        strcpy(text + bar, cases[i].text + bar + 1);
        if (sentence_dot_abbreviates(bytes_from_string(text), (uint32_t)bar - 1) !=
            cases[i].abbreviates)
            refuse("%s", cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sentence_around_a_word_is_found),
        cmocka_unit_test(furniture_inside_is_stepped_over_and_at_the_end_left_out),
        cmocka_unit_test(the_bounds_given_are_not_left),
        cmocka_unit_test(stops_of_abbreviations_are_told_from_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
