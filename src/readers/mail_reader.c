/* mail_reader.c - a file that is one message. */
#include "readers/mail_reader.h"

#include <gmime/gmime.h>
#include <stdio.h>

#include "base/scoped.h"
#include "readers/mail.h"
#include "readers/nest.h"
#include "readers/warm.h"

static enum status mail_read(const struct reader_input *input, struct sink *sink,
                             struct arena *arena, struct fault *fault)
{
    (void)arena;
    SCOPED(buffer_release) struct buffer raw = { 0 };
    const char *words = NULL;
    if (!nest_begin(sink, input->len))
        return nest_refuse(sink, VERDICT_FAILED, NEST_TOO_DEEP, fault);
    TRY(reader_input_read(input, 0, MAIL_MAX, &raw, fault));
    if (input->len > MAIL_MAX) {
        sink->unread = input->len - MAIL_MAX;
        words = "only its first 64 MiB were read";
    }
    TRY(mail_read_message(buffer_bytes(&raw), sink, words, fault));
    return nest_end(sink, sink->nest.trouble ? VERDICT_PARTIAL : VERDICT_FULL,
                    sink->nest.trouble ? sink->nest.trouble : "", fault);
}

static const char sample[] =
    "From: =?iso-8859-1?Q?Mar=EDa?= <m@sulaco.example>, c@sulaco.example\r\n"
    "To: \"Gould, C.\" <c@sulaco.example>\r\nSubject: =?utf-8?B?UGxhdGE=?=\r\n"
    "Date: Mon, 4 Jan 2016 10:00:00 +0100\r\nMessage-ID: <1@sulaco.example>\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nx\r\n--b\r\n"
    "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n"
    "Content-Type: text/plain; charset=windows-1252\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\nMa=F1ana.\r\n--c\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>M\r\n"
    "--c--\r\n--b\r\nContent-Type: text/plain; name*=utf-8''a%20b.txt\r\n"
    "Content-Disposition: attachment; filename=\"a.txt\"\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nUGxhdGEh\r\n--b\r\n"
    "Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 600 a\r\n#0V%T\r\n`\r\nend\r\n--b\r\n"
    "Content-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nIt is in.\r\n--b\r\n"
    "Content-Type: multipart/signed; boundary=d; protocol=\"a/b\"; micalg=x\r\n\r\n--d\r\n\r\n"
    "Text.\r\n--d\r\nContent-Type: a/b\r\n\r\ns\r\n--d--\r\n--b\r\n"
    "Content-Type: multipart/encrypted; boundary=e; protocol=\"a/b\"\r\n\r\n--e\r\n"
    "Content-Type: a/b\r\n\r\ns\r\n--e\r\nContent-Type: message/partial\r\n\r\nT\r\n"
    "--b\r\nContent-Type: message/delivery-status\r\n\r\nA: b\r\n--b--\r\n";

/* GMime makes its types when it first meets them. */
static enum status mail_warm(struct fault *fault)
{
    mail_begin();
    return warm_over(mail_read, bytes_from_string(sample), fault);
}

/* Its numbers are written "(3U)", which no string can be made of. */
#if GMIME_MAJOR_VERSION == 3 && GMIME_MINOR_VERSION == 2
#define VERSION "GMime 3.2"
#else
#define VERSION "GMime"
#endif

const struct reader mail_reader = {
    .format = FORMAT_MAIL,
    .name = "mail",
    .library = VERSION,
    .read = mail_read,
    .warm = mail_warm,
};
