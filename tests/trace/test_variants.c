#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trace/distance.h"
#include "trace/variants.h"
#include "trace/words.h"

struct pair {
    const char *one;
    const char *other;
    int answer;
};

static void spellings_and_forms_meet_and_other_words_do_not(void **state)
{
    static const struct pair pairs[] = {
        { "organise", "organize", VARIANT_SPELLING },
        { "harbours", "harbors", VARIANT_SPELLING },
        { "centre", "center", VARIANT_SPELLING },
        { "gaddafi", "qadhafi", VARIANT_SPELLING },
        { "travelled", "traveled", VARIANT_SPELLING },
        { "seven", "7", VARIANT_FORM },
        { "twentyfive", "25", VARIANT_FORM },
        { "governor", "gov", VARIANT_FORM },
        { "four", "for", VARIANT_NONE },
        { "fourth", "forth", VARIANT_NONE },
        { "seven", "8", VARIANT_NONE },
        { "saleh", "salem", VARIANT_NONE },
        { "million", "billion", VARIANT_NONE },
        { "", "the", VARIANT_NONE },
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct bytes one = bytes_from_string(pairs[i].one);
        struct bytes other = bytes_from_string(pairs[i].other);
        assert_int_equal(variant_between(one, other), pairs[i].answer);
        assert_int_equal(variant_between(other, one), pairs[i].answer);
    }
}

static void every_spelling_offered_meets_the_word(void **state)
{
    static const char *const words[] = { "qaddafi", "color", "organization", "nine", "pier" };
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char spellings[256];
        size_t count = variant_spellings(bytes_from_string(words[i]), spellings, sizeof spellings);
        const char *at = spellings;
        for (size_t k = 0; k < count; k++, at += strlen(at) + 1)
            assert_int_not_equal(
                variant_between(bytes_from_string(words[i]), bytes_from_string(at)), VARIANT_NONE);
    }
}

static void edits_are_counted_up_to_the_most_asked_for(void **state)
{
    static const struct pair pairs[] = {
        { "harbour", "harbour", 0 },
        { "harbour", "harbor", 1 },
        { "teh", "the", 1 },
        { "barge", "large", 1 },
        { "barge", "purge", 2 },
        { "barge", "lantern", 3 },
        { "", "ab", 2 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_int_equal(
            distance_between(bytes_from_string(pairs[i].one), bytes_from_string(pairs[i].other), 2),
            pairs[i].answer);
}

static void noise_is_one_word_damaged_and_numbers_are_never_noise(void **state)
{
    static const struct pair pairs[] = {
        { "modern", "modem", 1 }, { "illegal", "1llegal", 1 }, { "inspector", "inspectorr", 1 },
        { "2007", "2008", 0 },    { "is", "as", 0 },           { "governor", "lighthouse", 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_int_equal(
            distance_is_noise(bytes_from_string(pairs[i].one), bytes_from_string(pairs[i].other)),
            pairs[i].answer);
}

static void words_know_their_classes(void **state)
{
    (void)state;
    assert_true(word_classes(bytes_from_string("not")) & WORD_NEGATION);
    assert_true(word_classes(bytes_from_string("nunca")) & WORD_NEGATION);
    assert_true(word_classes(bytes_from_string("allegedly")) & WORD_CONDITION);
    assert_int_equal(word_classes(bytes_from_string("harbour")), 0);
    assert_int_equal(word_classes(bytes_from_string("the of")), 0);
    assert_int_equal(word_classes((struct bytes){ 0 }), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_and_forms_meet_and_other_words_do_not),
        cmocka_unit_test(every_spelling_offered_meets_the_word),
        cmocka_unit_test(edits_are_counted_up_to_the_most_asked_for),
        cmocka_unit_test(noise_is_one_word_damaged_and_numbers_are_never_noise),
        cmocka_unit_test(words_know_their_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
