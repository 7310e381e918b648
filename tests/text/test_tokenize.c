#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "refuse.h"

#include <stdio.h>

#include "base/buffer.h"
#include "text/tokenize.h"

struct reading {
    const char *text;
    const char *keys; /* extras with +, a joining hyphen as - behind, the first word of a sentence
                         with ^ before */
};

static void keys_print(struct bytes text, const struct span *spans, size_t span_count,
                       struct buffer *to)
{
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_begin(&tokenizer, text, spans, span_count);
    while (tokenizer_next(&tokenizer, &token))
        buffer_print(to, "%s%s%s%s%.*s%s", to->len > 0 ? " " : "",
                     token.flags & TOKEN_EXTRA ? "+" : "", token.flags & TOKEN_FURNITURE ? "~" : "",
                     token.flags & TOKEN_SENTENCE ? "^" : "", token.key_len, token.key,
                     token.flags & TOKEN_HYPHEN ? "-" : "");
}

static void check(const struct reading *readings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buffer to = { 0 };
        keys_print(bytes_from_string(readings[i].text), NULL, 0, &to);
        if (!bytes_is(buffer_bytes(&to), readings[i].keys))
            refuse("\"%s\"\n  gives    %.*s\n  expected %s", readings[i].text, (int)to.len, to.at,
                   readings[i].keys);
        buffer_release(&to);
    }
}

#define CHECK(readings) check(readings, sizeof readings / sizeof *readings)

static void dotted_abbreviations_are_one_word(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        { "the U.S. and U. S. and US told us", "^the us and us and us told us" },
        { "the U.S.A. at 9 a.m. today", "^the usa at 9 am today" },
        { "J. F. Orvane met J. Tellez", "^jf orvane met j tellez" },
        { "U.S.'s U.S.-led", "^uss +us us- +usled led" },
        { "the U.S. The port", "^the us ^the port" },
        { "e.g. this", "^eg this" },
    };
    CHECK(readings);
}

static void numbers_keep_one_key(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        { "2,500 men", "^2500 men" },
        { "2.500 men", "^2500 men" },
        { "2 500 men", "^2500 +2 +500 men" },
        { "2\xC2\xA0"
          "500 and 2\xE2\x80\xAF"
          "500",
          "^2500 and 2500" },
        { "1,250,000 or 250'000", "^1250000 or 250000" },
        { "in 2009 300 people", "^in 2009 300 people" },
        { "3.5 and $3.5bn and 3,5", "^3.5 and 3.5 bn and 3 5" },
        { "1,2,3 and 1,2,345", "^1 2 3 and 1 2 345" },
        { "1,234.50 and 1.234,50", "^1234.50 and 1234.50" },
        { "10.12.2009 12.345.67", "^10 12 2009 12 345 67" },
        { "9/11 at 10:56, 60%", "^9 11 at 10 56 60" },
        { "call 202 555 0147", "^call 202 555 0147" },
        { "0.500 and 1.4(D)", "^0.500 and 1.4 d" },
        { "the '90s and the 4th", "^the 90s and the 4th" },
        { "10ORVANE83", "^10orvane83" },
    };
    CHECK(readings);
}

static void hyphens_join_and_keep_the_parts(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        { "co-operate", "^co- +cooperate operate" },
        { "20-year-old", "^20- +20yearold year- old" },
        { "104-10068-10142", "^104- +1041006810142 10068- 10142" },
        { "opera-\ntion now", "^operation +opera +tion now" },
        { "opera- \r\n  tion", "^operation +opera +tion" },
        { "opera-\n> tion", "^operation +opera +tion" },
        { "opera\xC2\xAD\ntion", "^operation +opera +tion" },
        { "OPERA-\nTION", "^operation +opera +tion" },
        { "anti-\nAmerican", "^anti american" },
        { "mid-\nand long-term", "^mid and long- +longterm term" },
        { "opera-\n\ntion", "^opera ^tion" },
        { "well-estab-\nlished", "^well- +wellestablished established +estab +lished" },
        { "war -- peace - now", "^war peace now" },
    };
    CHECK(readings);
}

static void apostrophes_are_dropped_and_damage_is_read_through(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        { "don't don\xE2\x80\x99t DON,T don`t don?t don8t",
          "^dont dont dont +don dont +don dont +don dont +don" },
        { "the port's and the ports'", "^the ports +port and the ports" },
        { "the port,s the port\xEF\xBF\xBDs", "^the ports +port the ports +port" },
        { "the port\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s", "^the ports +port" },
        { "1.4 b,d and PREL,PGOV", "^1.4 b d and prel pgov" },
        { "AT&T and R&D, page?s=4", "^at t and r d page s 4" },
        { "O'Hara I,m", "^ohara im +i" },
        { "the &hen and egg8 story", "^the hen and egg +egg8 story" },
        { "no egg8 here", "^no egg8 here" },
        { "in time,8 he said", "^in time +time8 +8 he said" },
        { "it ended.8 The rest", "^it ended +ended8 +8 ^the rest" },
        { "&open the G8 and F8 and B8 and 8", "^open the g8 and f8 and b8 and 8" },
        { "Tables 5,8 and No.8", "^tables 5 8 and no 8" },
    };
    CHECK(readings);
}

static void letters_fold_and_strange_marks_separate(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        { "S\xC3\xA3o Jos\x65\xCC\x81", "^sao jose" },
        { "\xEF\xAC\x81nance co\xC2\xADoperate zero\xE2\x80\x8Bwidth",
          "^finance cooperate zerowidth" },
        { "\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x93", "^123" },
        { "hello\xF0\x9F\x98\x80you", "^hello you" },
        { "\xE6\x97\xA5\xE6\x9C\xAC", "^\xE6\x97\xA5 \xE6\x9C\xAC" },
        { "a\xFF\xC3(b", "^a b" },
        { "", "" },
        { " .,;-- ", "" },
    };
    CHECK(readings);
}

static void sentences_begin_after_stops_but_not_after_abbreviations(void **state)
{
    (void)state;
    static const struct reading readings[] = {
        { "He left. She stayed! Why? \"So.\" (Then it rained.)",
          "^he left ^she stayed ^why ^so ^then it rained" },
        { "Mr. Orvane met Gov. Tellez on Jan. 5. He left.",
          "^mr orvane met gov tellez on jan 5 ^he left" },
        { "See No. 5. He said no. Then went.", "^see no 5 ^he said no ^then went" },
        { "one\n\nTwo", "^one ^two" },
        { "He waited ... and left\xE2\x80\xA6 Then rain", "^he waited and left ^then rain" },
        { "at 9 a.m. in rain", "^at 9 am in rain" },
    };
    CHECK(readings);
}

static void furniture_stands_aside_and_cuts_nothing(void **state)
{
    (void)state;
    const char *text = "4. The opera-\nSECRET 002\ntion of the\nPAGE 3\nport. Then";
    static const struct span spans[] = {
        { SPAN_PARAGRAPH, 0, 56, { 0 } },
        { SPAN_FURNITURE, 0, 2, { 0 } },
        { SPAN_FURNITURE, 14, 25, { 0 } },
        { SPAN_FURNITURE, 37, 43, { 0 } },
    };
    struct buffer to = { 0 };
    keys_print(bytes_from_string(text), spans, 4, &to);
    const char *keys = "~4 ^the operation +opera +tion ~secret ~002 of the ~page ~3 port ^then";
    if (!bytes_is(buffer_bytes(&to), keys))
        refuse("%.*s", (int)to.len, to.at);
    buffer_release(&to);
}

static void positions_run_on_in_each_space(void **state)
{
    (void)state;
    static const struct span spans[] = { { SPAN_FURNITURE, 4, 12, { 0 } } };
    static const uint32_t positions[] = { 0, 0, 1, 1, 1, 2 };
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_begin(&tokenizer, bytes_from_string("one PAGE 02\ntwo-way"), spans, 1);
    for (size_t i = 0; i < 6; i++) {
        assert_true(tokenizer_next(&tokenizer, &token));
        assert_int_equal(token.position, positions[i]);
    }
    assert_false(tokenizer_next(&tokenizer, &token));
    assert_false(tokenizer_next(&tokenizer, &token));
}

static void surface_flags_say_how_it_was_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned flags;
    } cases[] = {
        { "us", 0 },
        { "Us", TOKEN_CAPITAL },
        { "US", TOKEN_CAPITAL | TOKEN_ALL_CAPS },
        { "U.S.", TOKEN_CAPITAL | TOKEN_ALL_CAPS | TOKEN_ABBREVIATION },
        { "A", TOKEN_CAPITAL },
        { "4th", TOKEN_NUMBER },
        { "\xC3\x89T\xC3\x89", TOKEN_CAPITAL | TOKEN_ALL_CAPS },
        { "PORT,S", TOKEN_CAPITAL | TOKEN_ALL_CAPS | TOKEN_DAMAGED },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tokenizer tokenizer;
        struct token token;
        tokenizer_begin(&tokenizer, bytes_from_string(cases[i].text), NULL, 0);
        assert_true(tokenizer_next(&tokenizer, &token));
        assert_int_equal(token.flags & ~TOKEN_SENTENCE, cases[i].flags);
        assert_int_equal(token.end, strlen(cases[i].text));
    }
}

static void long_words_are_cut_at_a_whole_character(void **state)
{
    (void)state;
    struct buffer text = { 0 };
    struct tokenizer tokenizer;
    struct token token;
    buffer_append_text(&text, "a");
    for (int i = 0; i < 100; i++)
        buffer_append_text(&text, "\xD0\xB0");
    tokenizer_begin(&tokenizer, buffer_bytes(&text), NULL, 0);
    assert_true(tokenizer_next(&tokenizer, &token));
    assert_int_equal(token.key_len, FOLD_KEY_MAX - 1);
    assert_int_equal(token.end, 201);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dotted_abbreviations_are_one_word),
        cmocka_unit_test(numbers_keep_one_key),
        cmocka_unit_test(hyphens_join_and_keep_the_parts),
        cmocka_unit_test(apostrophes_are_dropped_and_damage_is_read_through),
        cmocka_unit_test(letters_fold_and_strange_marks_separate),
        cmocka_unit_test(sentences_begin_after_stops_but_not_after_abbreviations),
        cmocka_unit_test(furniture_stands_aside_and_cuts_nothing),
        cmocka_unit_test(positions_run_on_in_each_space),
        cmocka_unit_test(surface_flags_say_how_it_was_written),
        cmocka_unit_test(long_words_are_cut_at_a_whole_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
