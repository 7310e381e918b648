#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compress.h"
#include "base/scoped.h"

/* Lines that repeat somewhat; owned by the caller. */
static struct buffer sample(size_t lines)
{
    struct buffer text = { 0 };
    for (size_t i = 0; i < lines; i++)
        buffer_print(&text, "%zu. The minister of %zu said nothing.\n", i, i * 7919 % 1013);
    return text;
}

static void what_is_compressed_comes_back(void **state)
{
    (void)state;
    const size_t lines[] = { 0, 1, 10, 20000 };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        SCOPED(buffer_release) struct buffer text = sample(lines[i]), packed = { 0 }, back = { 0 };
        struct fault fault;
        buffer_append_text(&back, "before ");
        assert_int_equal(compress_bytes(buffer_bytes(&text), 1, &packed, &fault), OK);
        assert_int_equal(
            decompress_bytes(buffer_bytes(&packed), text.len, "pack", 0, &back, &fault), OK);
        assert_true(
            bytes_equal(bytes_slice(buffer_bytes(&back), 7, SIZE_MAX), buffer_bytes(&text)));
    }
}

static void every_truncation_is_corrupt_and_adds_nothing(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer text = sample(20), packed = { 0 }, back = { 0 };
    struct fault fault;
    assert_int_equal(compress_bytes(buffer_bytes(&text), 1, &packed, &fault), OK);
    for (size_t len = 0; len < packed.len; len++) {
        struct bytes cut = { packed.at, len };
        assert_int_equal(decompress_bytes(cut, 1 << 20, "pack", 77, &back, &fault), CORRUPT);
        assert_int_equal(back.len, 0);
    }
    assert_non_null(strstr(fault.words, "pack is damaged at byte 77"));
}

static void every_flipped_bit_is_corrupt_or_harmless(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer text = sample(20), packed = { 0 }, back = { 0 };
    struct fault fault;
    assert_int_equal(compress_bytes(buffer_bytes(&text), 1, &packed, &fault), OK);
    for (size_t bit = 0; bit < packed.len * 8; bit++) {
        packed.at[bit / 8] ^= (uint8_t)(1 << bit % 8);
        buffer_clear(&back);
        if (decompress_bytes(buffer_bytes(&packed), 1 << 20, "pack", 0, &back, &fault) == OK)
            assert_true(bytes_equal(buffer_bytes(&back), buffer_bytes(&text)));
        packed.at[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void more_than_the_limit_is_corrupt(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer text = sample(100), packed = { 0 }, back = { 0 };
    struct fault fault;
    assert_int_equal(compress_bytes(buffer_bytes(&text), 1, &packed, &fault), OK);
    struct bytes frame = buffer_bytes(&packed);
    assert_int_equal(decompress_bytes(frame, text.len - 1, "pack", 0, &back, &fault), CORRUPT);
    assert_int_equal(back.len, 0);
}

/* A frame that does not say its size, fed in pieces of `piece` bytes. */
static void stream(struct bytes text, size_t piece, struct buffer *packed)
{
    struct compressor *compressor = NULL;
    struct fault fault;
    assert_int_equal(compressor_new(3, &compressor, &fault), OK);
    for (size_t at = 0; at < text.len; at += piece) {
        struct bytes next = bytes_slice(text, at, piece);
        assert_int_equal(compressor_feed(compressor, next, false, packed, &fault), OK);
    }
    assert_int_equal(compressor_feed(compressor, (struct bytes){ 0 }, true, packed, &fault), OK);
    compressor_free(compressor);
}

static void frames_without_a_size_come_back_within_the_limit(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer text = sample(60000), packed = { 0 }, back = { 0 };
    struct fault fault;
    stream(buffer_bytes(&text), 65536, &packed);
    struct bytes frame = buffer_bytes(&packed);
    assert_int_equal(decompress_bytes(frame, text.len - 1, "pack", 0, &back, &fault), CORRUPT);
    assert_int_equal(back.len, 0);
    assert_int_equal(decompress_bytes(frame, text.len, "pack", 0, &back, &fault), OK);
    assert_true(bytes_equal(buffer_bytes(&back), buffer_bytes(&text)));
}

static void a_stream_comes_back_by_the_mebibyte(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer text = sample(60000), packed = { 0 }, back = { 0 };
    struct fault fault;
    stream(buffer_bytes(&text), 1000, &packed);
    struct decompressor *decompressor = NULL;
    assert_int_equal(decompressor_new(&decompressor, &fault), OK);
    bool ended = false;
    for (size_t at = 0; !ended; at += 999) {
        struct bytes piece = bytes_slice(buffer_bytes(&packed), at, 999);
        do {
            size_t before = back.len;
            assert_int_equal(decompressor_feed(decompressor, &piece, &back, &ended, &fault), OK);
            assert_true(back.len - before <= 1024 * 1024);
        } while (piece.len > 0);
    }
    decompressor_free(decompressor);
    assert_true(bytes_equal(buffer_bytes(&back), buffer_bytes(&text)));
}

static void a_damaged_stream_is_corrupt(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer back = { 0 };
    struct decompressor *decompressor = NULL;
    struct fault fault;
    assert_int_equal(decompressor_new(&decompressor, &fault), OK);
    struct bytes bad = bytes_from_string("not a frame at all");
    bool ended = false;
    assert_int_equal(decompressor_feed(decompressor, &bad, &back, &ended, &fault), CORRUPT);
    decompressor_free(decompressor);
    decompressor_free(NULL);
    compressor_free(NULL);
}

static void a_kept_pair_goes_on_after_damage(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer text = sample(50);
    CLOSED(compressor_free) struct compressor *compressor = NULL;
    CLOSED(decompressor_free) struct decompressor *decompressor = NULL;
    struct fault fault;
    assert_int_equal(compressor_new(1, &compressor, &fault), OK);
    assert_int_equal(decompressor_new(&decompressor, &fault), OK);
    for (int i = 0; i < 3; i++) {
        SCOPED(buffer_release) struct buffer packed = { 0 }, back = { 0 };
        struct bytes half = bytes_slice(buffer_bytes(&text), 0, text.len / 2);
        bool ended;
        assert_int_equal(compressor_feed(compressor, half, false, &back, &fault), OK);
        buffer_clear(&back);
        assert_int_equal(compressor_frame(compressor, buffer_bytes(&text), &packed, &fault), OK);
        struct bytes frame = buffer_bytes(&packed), cut = bytes_slice(frame, 0, packed.len / 2);
        assert_int_equal(decompressor_feed(decompressor, &cut, &back, &ended, &fault), OK);
        buffer_clear(&back);
        assert_int_equal(decompressor_frame(decompressor, frame, 9, "p", 0, &back, &fault),
                         CORRUPT);
        assert_int_equal(decompressor_frame(decompressor, frame, text.len, "p", 0, &back, &fault),
                         OK);
        assert_true(bytes_equal(buffer_bytes(&back), buffer_bytes(&text)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_compressed_comes_back),
        cmocka_unit_test(every_truncation_is_corrupt_and_adds_nothing),
        cmocka_unit_test(every_flipped_bit_is_corrupt_or_harmless),
        cmocka_unit_test(more_than_the_limit_is_corrupt),
        cmocka_unit_test(frames_without_a_size_come_back_within_the_limit),
        cmocka_unit_test(a_stream_comes_back_by_the_mebibyte),
        cmocka_unit_test(a_damaged_stream_is_corrupt),
        cmocka_unit_test(a_kept_pair_goes_on_after_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
