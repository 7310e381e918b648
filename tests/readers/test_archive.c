#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "base/scoped.h"
#include "memory_sink.h"
#include "readers/archive_names.h"
#include "readers/archive_reader.h"
#include "readers/archive_tail.h"
#include "readers/nest.h"

enum { PACKED_MAX = 1 << 20 };

typedef int setting(struct archive *packed);

/* Members "1.txt", "2.txt" and so on, each one line. */
static void pack(setting *format, setting *filter, int members, struct buffer *to)
{
    struct archive *packed = archive_write_new();
    char name[32], text[64];
    size_t len = 0;
    assert_true(buffer_reserve(to, PACKED_MAX));
    format(packed);
    if (filter)
        filter(packed);
    assert_int_equal(archive_write_open_memory(packed, to->at, PACKED_MAX, &len), ARCHIVE_OK);
    for (int i = 1; i <= members; i++) {
        struct archive_entry *entry = archive_entry_new();
        snprintf(name, sizeof name, "%d.txt", i);
        int text_len = snprintf(text, sizeof text, "The lamp of pier %d burns.\n", i);
        archive_entry_set_pathname(entry, name);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_size(entry, text_len);
        assert_int_equal(archive_write_header(packed, entry), ARCHIVE_OK);
        assert_int_equal(archive_write_data(packed, text, (size_t)text_len), text_len);
        archive_entry_free(entry);
    }
    archive_write_close(packed);
    archive_write_free(packed);
    to->len = len;
}

static void open_item(struct memory_sink *sink, struct bytes item)
{
    memory_sink_read(sink, &archive_reader, item, 0, NULL);
}

static void every_member_is_a_document_of_its_own(void **context)
{
    (void)context;
    static const struct {
        setting *format, *filter;
    } kinds[] = { { archive_write_set_format_zip, NULL },
                  { archive_write_set_format_7zip, NULL },
                  { archive_write_set_format_pax, NULL },
                  { archive_write_set_format_gnutar, archive_write_add_filter_gzip },
                  { archive_write_set_format_ustar, archive_write_add_filter_bzip2 },
                  { archive_write_set_format_pax, archive_write_add_filter_xz },
                  { archive_write_set_format_pax, archive_write_add_filter_zstd } };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        SCOPED(buffer_release) struct buffer item = { 0 };
        struct memory_sink sink = { 0 };
        pack(kinds[i].format, kinds[i].filter, 2, &item);
        open_item(&sink, buffer_bytes(&item));
        assert_true(bytes_is(buffer_bytes(&sink.ends), "1.txt: full, ;2.txt: full, ;"));
        assert_true(bytes_is(buffer_bytes(&sink.text),
                             "The lamp of pier 1 burns.\nThe lamp of pier 2 burns.\n"));
        assert_string_equal(sink.sink.nest.words, "2 files");
        memory_sink_release(&sink);
    }
}

static enum verdict verdict_of(struct bytes item, char *reason, size_t size)
{
    struct memory_sink sink = { 0 };
    enum verdict verdict = VERDICT_FULL;
    reason[0] = '\0';
    open_item(&sink, item);
    nest_item_verdict(&sink.sink.nest, &verdict, reason, size);
    memory_sink_release(&sink);
    return verdict;
}

static void no_truncation_passes_for_whole(void **context)
{
    (void)context;
    static setting *const formats[] = { archive_write_set_format_zip,
                                        archive_write_set_format_7zip };
    char reason[1024];
    for (size_t i = 0; i < 2; i++) {
        SCOPED(buffer_release) struct buffer item = { 0 };
        pack(formats[i], NULL, 2, &item);
        for (size_t len = 1; len < item.len; len++)
            assert_int_not_equal(verdict_of(bytes_make(item.at, len), reason, sizeof reason),
                                 VERDICT_FULL);
        assert_int_equal(verdict_of(buffer_bytes(&item), reason, sizeof reason), VERDICT_FULL);
    }
}

/* The count stands 12 bytes before the end of a zip without comment. */
static void a_zip_that_holds_less_than_it_says_is_read_in_part(void **context)
{
    (void)context;
    char reason[1024];
    SCOPED(buffer_release) struct buffer item = { 0 };
    pack(archive_write_set_format_zip, NULL, 2, &item);
    item.at[item.len - 12]++;
    assert_int_equal(verdict_of(buffer_bytes(&item), reason, sizeof reason), VERDICT_PARTIAL);
    assert_non_null(strstr(reason, "2 entries of 3"));
}

static void flipped_bits_are_survived(void **context)
{
    (void)context;
    char reason[1024];
    SCOPED(buffer_release) struct buffer item = { 0 };
    pack(archive_write_set_format_7zip, NULL, 2, &item);
    for (size_t at = 0; at < item.len; at++) {
        item.at[at] ^= 1 << (at % 8);
        verdict_of(buffer_bytes(&item), reason, sizeof reason);
        item.at[at] ^= 1 << (at % 8);
    }
}

static void names_met_twice_are_known(void **context)
{
    (void)context;
    struct archive_names names = { 0 };
    struct fault fault;
    bool met = true;
    char name[16];
    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof name, "%d", i % 1000);
        assert_int_equal(archive_names_add(&names, bytes_from_string(name), &met, &fault), OK);
        assert_int_equal(met, i >= 1000);
    }
    archive_names_release(&names);
}

static void wrap(struct buffer *item)
{
    struct archive *packed = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    struct buffer outer = { 0 };
    assert_true(buffer_reserve(&outer, PACKED_MAX));
    archive_write_set_format_zip(packed);
    archive_write_open_memory(packed, outer.at, PACKED_MAX, &outer.len);
    archive_entry_set_pathname(entry, "in.zip");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)item->len);
    archive_write_header(packed, entry);
    assert_int_equal(archive_write_data(packed, item->at, item->len), item->len);
    archive_entry_free(entry);
    archive_write_close(packed);
    archive_write_free(packed);
    buffer_release(item);
    *item = outer;
}

static void a_nest_is_opened_to_eight_levels(void **context)
{
    (void)context;
    char reason[1024];
    SCOPED(buffer_release) struct buffer item = { 0 };
    pack(archive_write_set_format_zip, NULL, 1, &item);
    for (int depth = 2; depth <= NEST_DEPTH_MAX; depth++)
        wrap(&item);
    assert_int_equal(verdict_of(buffer_bytes(&item), reason, sizeof reason), VERDICT_FULL);
    wrap(&item);
    assert_int_equal(verdict_of(buffer_bytes(&item), reason, sizeof reason), VERDICT_FAILED);
    assert_non_null(strstr(reason, NEST_TOO_DEEP));
}

static int warm(void **context)
{
    (void)context;
    struct fault fault;
    return archive_reader.warm(&fault) == OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_a_document_of_its_own),
        cmocka_unit_test(no_truncation_passes_for_whole),
        cmocka_unit_test(a_zip_that_holds_less_than_it_says_is_read_in_part),
        cmocka_unit_test(flipped_bits_are_survived),
        cmocka_unit_test(names_met_twice_are_known),
        cmocka_unit_test(a_nest_is_opened_to_eight_levels),
    };
    return cmocka_run_group_tests(tests, warm, NULL);
}
