#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "wire/identify.h"

struct sample {
    const char *head;
    size_t len;
    enum format format;
    const char *type;
};

#define SAMPLE(head, format, type)                                                                 \
    {                                                                                              \
        head, sizeof(head) - 1, format, type                                                       \
    }

static const struct sample samples[] = {
    SAMPLE("The minister of Salinas left early.\n", FORMAT_TEXT, "text"),
    SAMPLE("<html><body>x", FORMAT_HTML, "HTML"),
    SAMPLE("\n  <!DOCTYPE html>\n", FORMAT_HTML, "HTML"),
    SAMPLE("<code><pre>C O N F I D E N T I A L", FORMAT_HTML, "HTML"),
    SAMPLE("Found in:<br />\n", FORMAT_HTML, "HTML"),
    SAMPLE("if a <b and c> d then", FORMAT_TEXT, "text"),
    SAMPLE("From: Ana <ana@salinas.example>\nSent: Monday\n", FORMAT_TEXT, "text"),
    SAMPLE("Received: from mx\nFrom: a\n\nbody", FORMAT_MAIL, "mail message"),
    SAMPLE("From: a\nTo: b,\n c\nMessage-ID: <1@b>\n", FORMAT_MAIL, "mail message"),
    SAMPLE("He wrote:\nMessage-ID: <1@b>\nto me.\n", FORMAT_TEXT, "text"),
    SAMPLE("From ana@salinas.example Mon Jan  4 10:00:00 2026\nReceived: from mx\n", FORMAT_MAILBOX,
           "mailbox (mbox)"),
    SAMPLE("From my window 10:00 is late.\nSo: there\n", FORMAT_TEXT, "text"),
    SAMPLE("From Monday on: nothing.\nAll is still.\n", FORMAT_TEXT, "text"),
    SAMPLE("{\\rtf1\\ansi x}", FORMAT_RTF, "RTF"),
    SAMPLE("%PDF-1.7\n", FORMAT_PDF, "PDF"),
    SAMPLE("HTTP/1.1 200\n\n%PDF-1.7\n1 0 obj<<", FORMAT_PDF, "PDF"),
    SAMPLE("Such a file begins with %PDF-1.7, they say.\n", FORMAT_TEXT, "text"),
    SAMPLE("PK\x03\x04..........................word/document.xml", FORMAT_DOCX,
           "Word document (DOCX)"),
    SAMPLE("PK\x03\x04..........................my sword/edge", FORMAT_ARCHIVE, "archive (zip)"),
    SAMPLE("PK\x03\x04..........................mimetypeapplication/vnd.oasis.opendocument.text",
           FORMAT_ODT, "document (ODT)"),
    SAMPLE("\xD0\xCF\x11\xE0"
           "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e",
           FORMAT_UNREAD, "Office document locked with a password"),
    SAMPLE("PK\x03\x04xxxx", FORMAT_ARCHIVE, "archive (zip)"),
    SAMPLE("\0\x01\x02\x03\0\0\0", FORMAT_UNREAD, "binary file of unknown type"),
    SAMPLE("\xFF\xFEt\0e\0x\0t\0", FORMAT_TEXT, "text"),
    SAMPLE("BMW and BM are no pictures", FORMAT_TEXT, "text"),
    SAMPLE("MZ is a name here", FORMAT_TEXT, "text"),
};

static void content_decides_and_the_name_is_never_asked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct identity found = identify(bytes_make(samples[i].head, samples[i].len));
        assert_string_equal(found.type, samples[i].type);
        assert_int_equal(found.format, samples[i].format);
    }
}

static void every_cut_of_every_sample_is_answered(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        for (size_t len = 0; len <= samples[i].len; len++) {
            uint8_t *exact = malloc(len + 1);
            memcpy(exact, samples[i].head, len);
            exact = realloc(exact, len == 0 ? 1 : len);
            assert_non_null(identify(bytes_make(exact, len)).type);
            free(exact);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(content_decides_and_the_name_is_never_asked),
        cmocka_unit_test(every_cut_of_every_sample_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
