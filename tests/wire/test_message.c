#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/message.h"

static struct bytes text(const char *string)
{
    return bytes_from_string(string);
}

static const uint8_t two_spans[] = { SPAN_PARAGRAPH, 0, 9, 1, '4', SPAN_PORTION, 3, 2, 1, 'S' };

static size_t samples(struct message *to)
{
    size_t n = 0;
    to[n++] = (struct message){
        .kind = MESSAGE_DOCUMENT, .item = 3, .document_kind = KIND_CABLE, .text = text("a/b")
    };
    to[n++] = (struct message){ .kind = MESSAGE_FIELD,
                                .field = { FIELD_ORIGIN, BASIS_INFERRED, text("Legation Sulaco"),
                                           text("number") } };
    to[n++] = (struct message){ .kind = MESSAGE_PART, .text = text("body") };
    to[n++] = (struct message){ .kind = MESSAGE_TEXT,
                                .sequence = 1ull << 40,
                                .text = text("se\xc3\xb1or") };
    to[n++] = (struct message){ .kind = MESSAGE_SPANS, .spans = { two_spans, sizeof two_spans } };
    to[n++] = (struct message){ .kind = MESSAGE_PART_END };
    to[n++] = (struct message){ .kind = MESSAGE_DOCUMENT_END,
                                .verdict = VERDICT_PARTIAL,
                                .text = text("cut") };
    to[n++] = (struct message){ .kind = MESSAGE_ITEM_END,
                                .verdict = VERDICT_FAILED,
                                .text = text("why"),
                                .accounted = 77,
                                .documents = 2,
                                .item = 255 };
    to[n++] = (struct message){ .kind = MESSAGE_BATCH_END };
    return n;
}

static void every_message_comes_back_as_it_was(void **state)
{
    (void)state;
    struct message sent[16];
    size_t count = samples(sent);
    assert_int_equal(count, MESSAGE_KINDS);
    for (size_t i = 0; i < count; i++) {
        struct buffer frame = { 0 };
        struct message read;
        assert_int_equal(message_encode(&sent[i], &frame, NULL), OK);
        assert_int_equal(message_decode(buffer_bytes(&frame), &read, NULL), OK);
        assert_int_equal(read.kind, sent[i].kind);
        assert_int_equal(read.item, sent[i].item);
        assert_int_equal(read.sequence, sent[i].sequence);
        assert_int_equal(read.verdict, sent[i].verdict);
        assert_int_equal(read.accounted, sent[i].accounted);
        assert_int_equal(read.documents, sent[i].documents);
        assert_int_equal(read.document_kind, sent[i].document_kind);
        assert_true(bytes_equal(read.text, sent[i].text));
        assert_true(bytes_equal(read.spans, sent[i].spans));
        assert_true(bytes_equal(read.field.value, sent[i].field.value));
        assert_true(bytes_equal(read.field.from, sent[i].field.from));
        buffer_release(&frame);
    }
}

/* A copy on the heap of exactly that size, so that the sanitizer sees any read beyond it. */
static enum status decode_copy(struct bytes frame)
{
    struct message read;
    uint8_t *copy = test_malloc(frame.len + 1);
    memcpy(copy + 1, frame.at, frame.len);
    enum status answer = message_decode((struct bytes){ copy + 1, frame.len }, &read, NULL);
    test_free(copy);
    return answer;
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    struct message sent[16];
    size_t count = samples(sent);
    for (size_t i = 0; i < count; i++) {
        struct buffer frame = { 0 };
        assert_int_equal(message_encode(&sent[i], &frame, NULL), OK);
        for (size_t len = 0; len < frame.len; len++)
            assert_int_equal(decode_copy((struct bytes){ frame.at, len }), BAD_INPUT);
        buffer_u8(&frame, 0);
        assert_int_equal(decode_copy(buffer_bytes(&frame)), BAD_INPUT);
        buffer_release(&frame);
    }
}

static void every_flipped_bit_of_length_magic_flags_checksum_or_body_is_refused(void **state)
{
    (void)state;
    struct message sent[16];
    size_t count = samples(sent);
    for (size_t i = 0; i < count; i++) {
        struct buffer frame = { 0 };
        assert_int_equal(message_encode(&sent[i], &frame, NULL), OK);
        for (size_t bit = 0; bit < frame.len * 8; bit++) {
            bool is_free =
                (bit >= 32 && bit < 48) || (bit >= 64 && bit < 96) || (bit >= 128 && bit < 192);
            frame.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
            enum status answer = decode_copy(buffer_bytes(&frame));
            frame.at[bit / 8] ^= (uint8_t)(1u << (bit % 8));
            assert_true(is_free || answer == BAD_INPUT);
        }
        buffer_release(&frame);
    }
}

static void assert_refused(struct message message)
{
    struct buffer frame = { 0 };
    struct message read;
    assert_int_equal(message_encode(&message, &frame, NULL), OK);
    assert_int_equal(message_decode(buffer_bytes(&frame), &read, NULL), BAD_INPUT);
    buffer_release(&frame);
}

static void values_outside_their_tables_are_refused(void **state)
{
    (void)state;
    static char long_name[MESSAGE_PATH_MAX + 2];
    static char long_value[MESSAGE_VALUE_MAX + 2];
    static char long_text[MESSAGE_TEXT_MAX + 2];
    memset(long_name, 'n', sizeof long_name - 1);
    memset(long_value, 'v', sizeof long_value - 1);
    memset(long_text, 't', sizeof long_text - 1);
    static const uint8_t no_kind[] = { SPAN_KINDS, 0, 1, 0 };
    static const uint8_t bad_value[] = { SPAN_VOICE, 0, 1, 1, 0xff };
    assert_refused((struct message){ .kind = MESSAGE_KINDS });
    assert_refused((struct message){ .kind = MESSAGE_PART_END, .item = BATCH_ITEMS_MAX });
    assert_refused((struct message){ .kind = MESSAGE_DOCUMENT, .document_kind = KIND_KINDS });
    assert_refused((struct message){ .kind = MESSAGE_DOCUMENT, .text = text("\xff") });
    assert_refused((struct message){ .kind = MESSAGE_PART, .text = text(long_name) });
    assert_refused((struct message){ .kind = MESSAGE_FIELD, .field = { .name = FIELD_NAMES } });
    assert_refused(
        (struct message){ .kind = MESSAGE_FIELD, .field = { .basis = BASIS_DECLARED + 1 } });
    assert_refused(
        (struct message){ .kind = MESSAGE_FIELD, .field = { .value = text(long_value) } });
    assert_refused((struct message){ .kind = MESSAGE_TEXT });
    assert_refused((struct message){ .kind = MESSAGE_TEXT, .text = text(long_text) });
    assert_refused((struct message){ .kind = MESSAGE_TEXT, .text = text("half a letter \xc3") });
    assert_refused((struct message){ .kind = MESSAGE_SPANS, .spans = { no_kind, sizeof no_kind } });
    assert_refused(
        (struct message){ .kind = MESSAGE_SPANS, .spans = { bad_value, sizeof bad_value } });
    assert_refused((struct message){ .kind = MESSAGE_ITEM_END, .verdict = VERDICTS });
}

static void a_frame_larger_than_the_largest_is_not_made(void **state)
{
    (void)state;
    static uint8_t many[MESSAGE_MAX];
    struct buffer frame = { 0 };
    struct message message = { .kind = MESSAGE_SPANS, .spans = { many, sizeof many } };
    assert_int_equal(message_encode(&message, &frame, NULL), OVER_LIMIT);
    assert_int_equal(frame.len, 0);
    buffer_release(&frame);
}

static void a_packet_splits_into_its_frames_and_no_further(void **state)
{
    (void)state;
    struct message sent[16];
    size_t count = samples(sent);
    struct buffer packet = { 0 };
    for (size_t i = 0; i < count; i++)
        assert_int_equal(message_encode(&sent[i], &packet, NULL), OK);
    struct bytes rest = buffer_bytes(&packet);
    struct bytes frame;
    struct message read;
    for (size_t i = 0; i < count; i++) {
        assert_true(message_split(&rest, &frame));
        assert_int_equal(message_decode(frame, &read, NULL), OK);
        assert_int_equal(read.kind, sent[i].kind);
    }
    assert_int_equal(rest.len, 0);
    assert_false(message_split(&rest, &frame));
    for (size_t len = packet.len - 5; len < packet.len; len++) {
        rest = bytes_slice(buffer_bytes(&packet), packet.len - MESSAGE_HEADER,
                           len - (packet.len - MESSAGE_HEADER));
        assert_false(message_split(&rest, &frame));
    }
    buffer_release(&packet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_comes_back_as_it_was),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(every_flipped_bit_of_length_magic_flags_checksum_or_body_is_refused),
        cmocka_unit_test(values_outside_their_tables_are_refused),
        cmocka_unit_test(a_frame_larger_than_the_largest_is_not_made),
        cmocka_unit_test(a_packet_splits_into_its_frames_and_no_further),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
