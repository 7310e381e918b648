#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/mman.h>

#include "worker/worker.h"

struct stage {
    const char *program;
    struct worker_pool *pool;
};

static const char *const charsets[] = {
    "",
    "utf-8",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "utf-32",
    "windows-1250",
    "cp1251",
    "cp1252",
    "iso-8859-1",
    "windows-1253",
    "iso-8859-9",
    "windows-1255",
    "windows-1256",
    "cp1257",
    "cp1258",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "koi8-r",
    "koi8-u",
    "ibm437",
    "ibm850",
    "ibm866",
    "macintosh",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "gb2312",
    "big5",
    "euc-kr",
    "no-such-charset",
};
enum { CHARSETS = sizeof charsets / sizeof *charsets };

/* Long enough for sorting, detection and a second block of memory; every byte value but controls.
 */
static size_t write_sample(int fd)
{
    uint8_t bytes[60000];
    size_t len = 0;
    for (size_t i = 0; len < sizeof bytes; i++)
        bytes[len++] = i % 61 == 60 ? '\n'
                       : i % 7 == 6 ? ' '
                                    : (uint8_t)(i % 3 ? 'a' + i % 26 : 0x80 + i % 128);
    assert_int_equal(write(fd, bytes, len), len);
    return len;
}

static void no_charset_makes_a_reader_call_what_is_refused(void **state)
{
    struct stage *stage = *state;
    struct batch_item items[2 * CHARSETS];
    int fd = memfd_create("batch", MFD_CLOEXEC);
    size_t len = write_sample(fd);
    for (size_t i = 0; i < 2 * CHARSETS; i++)
        items[i] = (struct batch_item){ .format = i % 2 ? FORMAT_HTML : FORMAT_TEXT,
                                        .len = len,
                                        .name = bytes_from_string("a.txt"),
                                        .charset = bytes_from_string(charsets[i / 2]) };
    CLOSED(worker_batch_close) struct worker_batch *batch = NULL;
    struct fault fault = { 0 };
    struct message message = { 0 };
    uint32_t ended = 0;
    assert_int_equal(worker_batch_open(stage->pool, fd, items, 2 * CHARSETS, 0, &batch, &fault),
                     OK);
    while (message.kind != MESSAGE_BATCH_END) {
        enum status answer = worker_batch_next(batch, &message, &fault);
        assert_string_equal(fault.words, "");
        assert_int_equal(answer, OK);
        ended += message.kind == MESSAGE_ITEM_END;
        /* Some charsets make control bytes of the sample, which is then rightly no text; no other
         * failure may come. */
        if (message.kind == MESSAGE_ITEM_END && message.verdict == VERDICT_FAILED)
            assert_true(bytes_has_prefix(message.text, "no text") ||
                        bytes_has_prefix(message.text, "no page"));
    }
    assert_int_equal(ended, 2 * CHARSETS);
    close(fd);
}

int main(int count, char **words)
{
    struct stage stage = { .program = count > 1 ? words[1] : "src/readers/stet-worker" };
    struct fault fault = { 0 };
    struct worker_options options = { .program = stage.program };
    if (worker_pool_open(&options, &stage.pool, &fault) != OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(no_charset_makes_a_reader_call_what_is_refused, &stage),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    worker_pool_close(stage.pool);
    return failed;
}
