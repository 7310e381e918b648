#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "refuse.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/grow.h"
#include "text/tokenize.h"
#include "text/word.h"

static const char *const pieces[] = {
    "the ",
    "U.S. ",
    "U. S. ",
    "opera-\n",
    "tion ",
    "don,t ",
    "&hen ",
    "egg8 ",
    "time,8 ",
    "2 500 ",
    "2,500 ",
    "3.5bn ",
    "20-year-old ",
    "No. 5. ",
    "He ",
    "\n\n",
    "\n",
    "caf\xC3\xA9 ",
    "\xE6\x97\xA5",
    "\xC2\xAD",
    "\xE2\x80\x9C",
    "... ",
    "? ",
    "\"",
    "(",
    "PAGE 3\n",
    "SECRET",
    "-",
    "'",
    "s ",
    "a",
    "A",
    ".",
    ",",
    "8",
    "&",
    " ",
    "\xEF\xBF\xBD",
    "\xF0\x9F\x98\x80",
    "e\xCC\x81",
    "\xFF",
    "Mr. ",
    "\r\n",
    "> ",
    "\t",
    "1",
    "000",
    "\xE2\x80\x99",
};

struct sample {
    struct buffer text;
    struct span_list spans;
};

static void sample_release(struct sample *sample)
{
    buffer_release(&sample->text);
    span_list_release(&sample->spans);
}

/* Text and spans, other ones for each seed, always the same for one seed. */
static void sample_make(unsigned seed, struct sample *sample)
{
    static const enum span_kind kinds[] = { SPAN_FURNITURE, SPAN_PARAGRAPH, SPAN_HEADING,
                                            SPAN_NOTE };
    *sample = (struct sample){ 0 };
    for (int i = 0; i < 120; i++)
        buffer_append_text(&sample->text,
                           pieces[(unsigned)rand_r(&seed) % (sizeof pieces / sizeof *pieces)]);
    for (int i = 0; i < (int)(seed % 9); i++) {
        uint32_t start = (uint32_t)((unsigned)rand_r(&seed) % sample->text.len);
        uint32_t len = (uint32_t)((unsigned)rand_r(&seed) % 60);
        if (start + len <= sample->text.len)
            assert_int_equal(
                span_list_add(
                    &sample->spans,
                    (struct span){ kinds[(unsigned)rand_r(&seed) % 4], start, start + len, { 0 } },
                    NULL),
                OK);
    }
    span_list_sort(&sample->spans);
}

static bool token_equal(const struct token *a, const struct token *b)
{
    return a->start == b->start && a->end == b->end && a->position == b->position &&
           a->flags == b->flags && bytes_equal(token_key(a), token_key(b));
}

struct token_list {
    struct token *at;
    size_t count, room;
};

static void tokens_read(const struct sample *sample, struct token_list *list)
{
    struct tokenizer tokenizer;
    struct token token;
    *list = (struct token_list){ 0 };
    tokenizer_begin(&tokenizer, buffer_bytes(&sample->text), sample->spans.at, sample->spans.count);
    while (tokenizer_next(&tokenizer, &token)) {
        assert_true(GROW(list->at, list->room, list->count));
        list->at[list->count++] = token;
    }
}

static void resume_at(const struct sample *sample, const struct token_list *list, size_t from,
                      const uint32_t next[2])
{
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_resume(&tokenizer, buffer_bytes(&sample->text), sample->spans.at, sample->spans.count,
                     list->at[from].start, next[0], next[1]);
    for (size_t i = from; i < list->count; i++) {
        assert_true(tokenizer_next(&tokenizer, &token));
        if (!token_equal(&token, &list->at[i]))
            refuse("resumed at %u, word at %u: %.*s, not %.*s (flags %x, %x) in\n%.*s",
                   list->at[from].start, token.start, token.key_len, token.key, list->at[i].key_len,
                   list->at[i].key, token.flags, list->at[i].flags, (int)sample->text.len,
                   sample->text.at);
    }
    assert_false(tokenizer_next(&tokenizer, &token));
}

static void resuming_at_any_token_gives_the_same_tokens(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 400; seed++) {
        struct sample sample;
        struct token_list list;
        sample_make(seed, &sample);
        tokens_read(&sample, &list);
        uint32_t next[2] = { 0, 0 };
        for (size_t i = 0; i < list.count; i++) {
            if (list.at[i].flags & TOKEN_EXTRA)
                continue;
            resume_at(&sample, &list, i, next);
            next[(list.at[i].flags & TOKEN_FURNITURE) != 0]++;
        }
        free(list.at);
        sample_release(&sample);
    }
}

static void a_long_paragraph_is_not_read_again_from_its_start(void **state)
{
    (void)state;
    struct sample sample = { 0 };
    struct token_list list;
    for (int i = 0; i < 3000; i++)
        buffer_append_text(&sample.text, i % 7 ? "ships came " : "The U.S. port. ");
    tokens_read(&sample, &list);
    for (size_t i = 0; i < list.count; i += 500)
        resume_at(&sample, &list, i, (const uint32_t[2]){ list.at[i].position, 0 });
    free(list.at);
    sample_release(&sample);
}

/* Bytes that some token covers. */
static uint8_t *coverage(const struct sample *sample, const struct token_list *list)
{
    uint8_t *covered = calloc(sample->text.len + 1, 1);
    uint32_t before[2] = { 0, 0 };
    for (size_t i = 0; i < list->count; i++) {
        const struct token *token = &list->at[i];
        assert_true(token->start < token->end && token->end <= sample->text.len);
        assert_true(token->key_len > 0);
        memset(covered + token->start, 1, token->end - token->start);
        if (token->flags & TOKEN_EXTRA)
            continue;
        int space = (token->flags & TOKEN_FURNITURE) != 0;
        assert_true(i == 0 || token->start >= before[space]);
        before[space] = token->end;
    }
    return covered;
}

static bool is_cut(const struct sample *sample, size_t at, size_t len)
{
    for (size_t i = 0; i < sample->spans.count; i++)
        for (size_t inner = at + 1; inner < at + len; inner++)
            if (sample->spans.at[i].start == inner || sample->spans.at[i].end == inner)
                return true;
    return false;
}

static void every_letter_and_digit_stands_in_a_token(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 400; seed++) {
        struct sample sample;
        struct token_list list;
        sample_make(seed, &sample);
        tokens_read(&sample, &list);
        uint8_t *covered = coverage(&sample, &list);
        for (size_t at = 0, len = 1; at < sample.text.len; at += len) {
            struct character here = character_at(buffer_bytes(&sample.text), at);
            len = here.len;
            if (character_is_word(&here) && !covered[at] && !is_cut(&sample, at, len))
                refuse("seed %u: nothing covers byte %zu", seed, at);
        }
        free(covered);
        free(list.at);
        sample_release(&sample);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resuming_at_any_token_gives_the_same_tokens),
        cmocka_unit_test(a_long_paragraph_is_not_read_again_from_its_start),
        cmocka_unit_test(every_letter_and_digit_stands_in_a_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
