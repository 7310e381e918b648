#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/dialogue.h"

/* One letter per message: Document Field Part Text Spans Qpart-end Enddocument Itemend Batchend. */
static struct message message_from_letter(char letter)
{
    static const char letters[] = "DFPTSQEIB";
    static const uint8_t span[] = { SPAN_PARAGRAPH, 0, 4, 0 };
    struct message message = { .kind = (enum message_kind)(strchr(letters, letter) - letters) };
    if (letter == 'T')
        message.text = bytes_from_string("Once");
    if (letter == 'S')
        message.spans = (struct bytes){ span, sizeof span };
    return message;
}

static bool is_taken(const char *letters, uint32_t items)
{
    struct dialogue dialogue;
    uint32_t item = 0;
    uint32_t documents = 0;
    dialogue_begin(&dialogue, items);
    for (uint64_t i = 0; letters[i]; i++) {
        struct message message = message_from_letter(letters[i]);
        message.sequence = i;
        message.item = letters[i] == 'B' ? 0 : item;
        message.documents = documents;
        if (dialogue_take(&dialogue, &message, NULL) != OK)
            return false;
        documents += letters[i] == 'D';
        if (letters[i] == 'I') {
            item++;
            documents = 0;
        }
    }
    return dialogue_is_over(&dialogue);
}

static void a_worker_may_say_these(void **state)
{
    (void)state;
    static const struct {
        const char *letters;
        uint32_t items;
    } good[] = {
        { "IB", 1 },        { "DEIB", 1 }, { "DFFPTSTQPQFEIB", 1 }, { "DEDEIIDPTQEIB", 3 },
        { "DPTSSQEIB", 1 },
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(is_taken(good[i].letters, good[i].items));
}

static void a_worker_may_not_say_these(void **state)
{
    (void)state;
    static const struct {
        const char *letters;
        uint32_t items;
    } bad[] = {
        { "", 1 },         { "B", 1 },        { "IIB", 1 },     { "IB", 2 },        { "EIB", 1 },
        { "DIB", 1 },      { "DDEEIB", 1 },   { "TIB", 1 },     { "DTEIB", 1 },     { "DPEIB", 1 },
        { "DPPQQEIB", 1 }, { "DPTQQEIB", 1 }, { "DPFQEIB", 1 }, { "DPQFPQEIB", 1 }, { "IBB", 1 },
        { "IBI", 1 },      { "DPSQEIB", 1 },  { "FIB", 1 },     { "DPTBQEI", 1 },   { "QIB", 1 },
        { "SIB", 1 },      { "DPIQEB", 1 },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(is_taken(bad[i].letters, bad[i].items));
}

static enum status take_after(const char *letters, struct message last)
{
    struct dialogue dialogue;
    dialogue_begin(&dialogue, 2);
    uint64_t i = 0;
    for (; letters[i]; i++) {
        struct message message = message_from_letter(letters[i]);
        message.sequence = i;
        assert_int_equal(dialogue_take(&dialogue, &message, NULL), OK);
    }
    last.sequence += i;
    return dialogue_take(&dialogue, &last, NULL);
}

static void sequence_item_and_count_must_fit(void **state)
{
    (void)state;
    assert_int_equal(take_after("D", (struct message){ .kind = MESSAGE_DOCUMENT_END }), OK);
    assert_int_equal(
        take_after("D", (struct message){ .kind = MESSAGE_DOCUMENT_END, .sequence = 1 }),
        BAD_INPUT);
    assert_int_equal(take_after("D", (struct message){ .kind = MESSAGE_DOCUMENT_END, .item = 1 }),
                     BAD_INPUT);
    assert_int_equal(take_after("DE", (struct message){ .kind = MESSAGE_ITEM_END, .documents = 1 }),
                     OK);
    assert_int_equal(take_after("DE", (struct message){ .kind = MESSAGE_ITEM_END, .documents = 2 }),
                     BAD_INPUT);
}

static void spans_must_be_sorted_also_across_messages(void **state)
{
    (void)state;
    static const struct {
        uint8_t at[8];
        enum status answer;
    } rows[] = {
        { { SPAN_PARAGRAPH, 0, 4, 0, SPAN_PARAGRAPH, 0, 4, 0 }, OK },
        { { SPAN_PARAGRAPH, 0, 3, 0, SPAN_PAGE, 1, 1, 0 }, OK },
        { { SPAN_PAGE, 0, 4, 0, SPAN_PARAGRAPH, 0, 4, 0 }, BAD_INPUT },
        { { SPAN_PAGE, 1, 2, 0, SPAN_PAGE, 0, 4, 0 }, BAD_INPUT },
        { { SPAN_PAGE, 0, 3, 0, SPAN_PAGE, 0, 4, 0 }, BAD_INPUT },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct message spans = { .kind = MESSAGE_SPANS,
                                 .spans = { rows[i].at, sizeof rows[i].at } };
        assert_int_equal(take_after("DPT", spans), rows[i].answer);
    }
    static const uint8_t earlier[] = { SPAN_PARAGRAPH, 0, 5, 0 };
    struct message again = { .kind = MESSAGE_SPANS, .spans = { earlier, sizeof earlier } };
    assert_int_equal(take_after("DPTS", again), BAD_INPUT);
}

static void a_part_longer_than_a_part_may_be_is_refused(void **state)
{
    (void)state;
    static char chunk[MESSAGE_TEXT_MAX];
    memset(chunk, 'x', sizeof chunk);
    struct dialogue dialogue;
    dialogue_begin(&dialogue, 1);
    struct message message = { .kind = MESSAGE_DOCUMENT };
    assert_int_equal(dialogue_take(&dialogue, &message, NULL), OK);
    message = (struct message){ .kind = MESSAGE_PART, .sequence = 1 };
    assert_int_equal(dialogue_take(&dialogue, &message, NULL), OK);
    message = (struct message){ .kind = MESSAGE_TEXT, .text = { (uint8_t *)chunk, sizeof chunk } };
    for (message.sequence = 2; message.sequence < 2 + PART_MAX / MESSAGE_TEXT_MAX;
         message.sequence++)
        assert_int_equal(dialogue_take(&dialogue, &message, NULL), OK);
    message.text.len = 1;
    assert_int_equal(dialogue_take(&dialogue, &message, NULL), BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_may_say_these),
        cmocka_unit_test(a_worker_may_not_say_these),
        cmocka_unit_test(sequence_item_and_count_must_fit),
        cmocka_unit_test(spans_must_be_sorted_also_across_messages),
        cmocka_unit_test(a_part_longer_than_a_part_may_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
