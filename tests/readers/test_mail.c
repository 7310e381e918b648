#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/scoped.h"
#include "memory_sink.h"
#include "readers/mail_reader.h"
#include "readers/nest.h"

/* What is asked of the sink, each if not NULL: fields, text and ends hold these words. */
static const struct {
    const char *mail;
    const char *fields;
    const char *text;
    const char *ends;
} rows[] = {
    { "From: =?iso-8859-1?Q?Mar=EDa_R?= <m@a.example>\nMessage-ID: <1@a>\n\nIt is late.\n",
      "from=Mar\xc3\xad"
      "a R <m@a.example>;alias=1@a;",
      "It is late.\n", ": full, ;" },
    { "Subject: =?utf-8?B?w7E=?= =?utf-8?B?w7E=?= x\nTo: \"R, L\" <l@a>, b@a\nIn-Reply-To: <0@a>\n"
      "Date: Mon, 04 Jan 2016 10:01:00 +0100\n\nx\n",
      "subject=\xc3\xb1\xc3\xb1 x;to=\"R, L\" <l@a>;to=b@a;ref=0@a;"
      "sent=Mon, 04 Jan 2016 10:01:00 +0100;date=2016-01-04T10:01;",
      NULL, NULL },
    { "Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: "
      "quoted-printable\n\nma=F1ana=\r\n!\n",
      "charset=windows-1252;",
      "ma\xc3\xb1"
      "ana!\n",
      NULL },
    { "Content-Type: text/plain; charset=x-no-such\n\nplain\n", NULL, "plain\n", NULL },
    { "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\nContent-Type: "
      "text/html\n\n<p>page\n--b--\n",
      NULL, "plain", ": full, ;" },
    { "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\nContent-Type: "
      "text/html\n\n<p>page\n--b--\n",
      NULL, "page", NULL },
    { "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbody\n--b\nContent-Disposition: "
      "attachment; filename*0*=utf-8''n%C3%B1; filename*1=.txt\nContent-Transfer-Encoding: "
      "base64\n\nc2lsdmVy\n--b--\n",
      NULL, "bodysilver", ": full, ;n\xc3\xb1.txt: full, ;" },
    { "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbody\n--b\nContent-Type: "
      "message/rfc822\n\nSubject: in\n\ninner\n--b--\n",
      "subject=in;", "bodyinner", ": full, ;message 1: full, ;" },
    { "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; "
      "filename=\"../../etc/a\"\n\nx y z\n--b--\n",
      NULL, "x y z", ": full, ;../../etc/a: full, ;" },
    { "Content-Type: multipart/mixed\n\n--b\n\nbody\n--b--\n", NULL, "body", ": doubtful, " },
    { "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbody cut", NULL, "body cut",
      ": partial, the message is cut short" },
    { "", NULL, "", NULL },
};

static void check_holds(struct buffer *in, const char *words)
{
    buffer_u8(in, 0);
    bool holds = !words || strstr((const char *)in->at, words);
    if (!holds)
        print_error("\"%s\" is not in \"%s\"\n", words, (const char *)in->at);
    assert_true(holds);
}

static void a_message_becomes_its_text_its_fields_and_what_it_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct memory_sink sink;
        memory_sink_read(&sink, &mail_reader, bytes_from_string(rows[i].mail), 0, NULL);
        check_holds(&sink.fields, rows[i].fields);
        check_holds(&sink.text, rows[i].text);
        check_holds(&sink.ends, rows[i].ends);
        memory_sink_release(&sink);
    }
}

#define FROM "From a@b Mon Jan  4 10:00:00 2016\n"

static const struct {
    const char *store;
    size_t messages;
    const char *text;
} stores[] = {
    { FROM "A: b\n\none\n\n" FROM "A: b\n\ntwo\n", 2, "one\n\ntwo\n" },
    { FROM "A: b\n\none\n>From here\n>>From there\n", 1, "one\nFrom here\n>From there\n" },
    { FROM "A: b\n\none\n" FROM "two\n", 1, "one\n" FROM "two\n" },
    { FROM "A: b\nContent-Length: 40\n\n" FROM "abcde\n" FROM "A: b\n\ntwo\n", 2,
      FROM "abcde\ntwo\n" },
    { FROM "A: b\nContent-Length: 999999\n\none\n\n" FROM "A: b\n\ntwo\n", 2, "one\n\ntwo\n" },
    { FROM "A: b\r\n\r\none\r\n\r\n" FROM "A: b\r\n\r\ntwo\r\n", 2, "one\n\ntwo\n" },
    { FROM "A: b\n\nFrom the tower nothing was seen.\n\nFrom there neither.\n", 1,
      "From the tower nothing was seen.\n\nFrom there neither.\n" },
    { FROM, 1, "" },
};

static void a_mailbox_is_parted_in_every_dialect(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stores / sizeof *stores; i++) {
        struct memory_sink sink;
        char words[40];
        memory_sink_read(&sink, &mailbox_reader, bytes_from_string(stores[i].store), 0, NULL);
        snprintf(words, sizeof words, "%zu message%s", stores[i].messages,
                 stores[i].messages == 1 ? "" : "s");
        buffer_u8(&sink.text, 0);
        assert_string_equal((const char *)sink.text.at, stores[i].text);
        assert_int_equal(sink.documents, stores[i].messages);
        assert_string_equal(sink.sink.nest.words, words);
        memory_sink_release(&sink);
    }
}

static void every_truncation_is_read(void **state)
{
    (void)state;
    struct bytes mail = bytes_from_string(rows[6].mail);
    for (size_t len = 0; len <= mail.len; len++) {
        struct memory_sink sink;
        memory_sink_read(&sink, &mail_reader, bytes_slice(mail, 0, len), 0, NULL);
        assert_true(sink.documents > 0);
        memory_sink_release(&sink);
    }
}

/* Messages one in another, `count` deep. */
static void write_nest(struct buffer *to, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        buffer_print(to, "Subject: level %u\nContent-Type: message/rfc822\n\n", i);
    buffer_append_text(to, "Subject: last\n\nthe innermost words\n");
}

static void messages_one_in_another_are_read_a_hundred_deep_and_more_is_said(void **state)
{
    (void)state;
    for (unsigned depth = 100; depth <= 101; depth++) {
        SCOPED(buffer_release) struct buffer mail = { 0 };
        struct memory_sink sink;
        write_nest(&mail, depth);
        memory_sink_read(&sink, &mail_reader, buffer_bytes(&mail), 0, NULL);
        check_holds(depth == 100 ? &sink.text : &sink.ends,
                    depth == 100 ? "the innermost words" : "more than 100 messages");
        assert_int_equal(sink.documents, depth + 1);
        memory_sink_release(&sink);
    }
}

static void parts_nested_beyond_the_parser_are_said_to_be_missing(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer mail = { 0 };
    struct memory_sink sink;
    buffer_append_text(&mail, "Subject: deep\n");
    for (unsigned i = 0; i < 5000; i++)
        buffer_print(&mail, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
    buffer_append_text(&mail, "\nlost words\n");
    memory_sink_read(&sink, &mail_reader, buffer_bytes(&mail), 0, NULL);
    check_holds(&sink.ends, "nested deeper than MIME readers go");
    memory_sink_release(&sink);
}

int main(void)
{
    struct fault fault;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_becomes_its_text_its_fields_and_what_it_holds),
        cmocka_unit_test(a_mailbox_is_parted_in_every_dialect),
        cmocka_unit_test(every_truncation_is_read),
        cmocka_unit_test(messages_one_in_another_are_read_a_hundred_deep_and_more_is_said),
        cmocka_unit_test(parts_nested_beyond_the_parser_are_said_to_be_missing),
    };
    if (mail_reader.warm(&fault) != OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
