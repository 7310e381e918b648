#include "wire/identify.h"

enum { ENVELOPE_LOOK = 4096 };

struct signature {
    const char *bytes;
    uint8_t len;
    uint16_t at;
    const char *type;
    enum format format;
};

#define SIGNATURE(bytes, at, type) SIGNATURE_OF(bytes, at, type, FORMAT_UNREAD)
#define SIGNATURE_OF(bytes, at, type, format)                                                      \
    {                                                                                              \
        bytes, sizeof(bytes) - 1, at, type, format                                                 \
    }

/* Longer and rarer ones first: the first that fits decides. */
static const struct signature signatures[] = {
    SIGNATURE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 0,
              "old Office file or Outlook message (compound file)"),
    SIGNATURE("!BDN", 0, "Outlook store (PST)"),
    SIGNATURE("\x89PNG\r\n\x1A\n", 0, "image (PNG)"),
    SIGNATURE("\xFF\xD8\xFF", 0, "image (JPEG)"),
    SIGNATURE("GIF8", 0, "image (GIF)"),
    SIGNATURE("II*\0", 0, "image (TIFF)"),
    SIGNATURE("MM\0*", 0, "image (TIFF)"),
    SIGNATURE("BM", 0, NULL), /* decided in is_bitmap */
    SIGNATURE("\0\0\0\x0CjP  ", 0, "image (JPEG 2000)"),
    SIGNATURE("WEBP", 8, "image (WebP)"),
    SIGNATURE_OF("7z\xBC\xAF\x27\x1C", 0, "archive (7z)", FORMAT_ARCHIVE),
    SIGNATURE_OF("Rar!\x1A\x07", 0, "archive (RAR)", FORMAT_ARCHIVE),
    SIGNATURE_OF("\x1F\x8B", 0, "compressed file (gzip)", FORMAT_ARCHIVE),
    SIGNATURE_OF("BZh", 0, "compressed file (bzip2)", FORMAT_ARCHIVE),
    SIGNATURE_OF("\xFD"
                 "7zXZ\0",
                 0, "compressed file (xz)", FORMAT_ARCHIVE),
    SIGNATURE_OF("\x28\xB5\x2F\xFD", 0, "compressed file (zstd)", FORMAT_ARCHIVE),
    SIGNATURE_OF("ustar", 257, "archive (tar)", FORMAT_ARCHIVE),
    SIGNATURE("SQLite format 3\0", 0, "database (SQLite)"),
    SIGNATURE("\x7F"
              "ELF",
              0, "program"),
    SIGNATURE("%!PS", 0, "PostScript"),
    SIGNATURE("OggS", 0, "sound or film (Ogg)"),
    SIGNATURE("ID3", 0, "sound (MP3)"),
    SIGNATURE("fLaC", 0, "sound (FLAC)"),
    SIGNATURE("RIFF", 0, "sound or film (RIFF)"),
    SIGNATURE("ftyp", 4, "film or sound (MP4)"),
    SIGNATURE("\x1A\x45\xDF\xA3", 0, "film (Matroska)"),
    SIGNATURE("AT&TFORM", 0, "scan (DjVu)"),
    SIGNATURE("\xFFWPC", 0, "WordPerfect"),
    SIGNATURE("L\0\0\0\x01\x14\x02\0", 0, "shortcut"),
};

static bool fits(const struct signature *signature, struct bytes head)
{
    struct bytes there = bytes_slice(head, signature->at, signature->len);
    return signature->type != NULL &&
           bytes_equal(there, bytes_make(signature->bytes, signature->len));
}

static bool holds(struct bytes in, const char *words)
{
    return bytes_find(in, bytes_from_string(words), 0) != SIZE_MAX;
}

/* A member's name stands 30 bytes behind the begin of its header (APPNOTE 4.3.7). */
static bool holds_member(struct bytes head, const char *path)
{
    struct bytes name = bytes_from_string(path);
    for (size_t at = bytes_find(head, name, 30); at != SIZE_MAX;
         at = bytes_find(head, name, at + 1))
        if (bytes_has_prefix(bytes_slice(head, at - 30, 30), "PK\x03\x04"))
            return true;
    return false;
}

static struct identity identify_zip(struct bytes head)
{
    struct bytes first = bytes_slice(head, 30, 128);
    if (holds_member(head, "word/"))
        return (struct identity){ FORMAT_DOCX, "Word document (DOCX)" };
    if (holds_member(head, "xl/"))
        return (struct identity){ FORMAT_UNREAD, "spreadsheet (XLSX)" };
    if (holds_member(head, "ppt/"))
        return (struct identity){ FORMAT_UNREAD, "slides (PPTX)" };
    if (holds(first, "mimetypeapplication/vnd.oasis.opendocument.text"))
        return (struct identity){ FORMAT_ODT, "document (ODT)" };
    if (holds(first, "opendocument.spreadsheet"))
        return (struct identity){ FORMAT_UNREAD, "spreadsheet (ODS)" };
    if (holds(first, "epub+zip"))
        return (struct identity){ FORMAT_UNREAD, "book (EPUB)" };
    return (struct identity){ FORMAT_ARCHIVE, "archive (zip)" };
}

/* Word and its kin lock a document by putting it into a compound file, under this name. */
static bool is_locked_office(struct bytes head)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return bytes_has_prefix(head, "\xD0\xCF\x11\xE0") &&
           bytes_find(head, bytes_make(name, sizeof name - 1), 0) != SIZE_MAX;
}

/* Tag names that text hardly holds by accident between angle brackets. */
static const char *const tag_names[] = { "html",   "head", "body",    "p",      "br",    "div",
                                         "span",   "a",    "pre",     "code",   "table", "tr",
                                         "td",     "b",    "i",       "ul",     "ol",    "li",
                                         "h1",     "h2",   "h3",      "meta",   "title", "font",
                                         "strong", "em",   "article", "section" };

static bool is_tag_name(struct bytes name)
{
    for (size_t i = 0; i < sizeof tag_names / sizeof *tag_names; i++)
        if (bytes_equal_fold(name, bytes_from_string(tag_names[i])))
            return true;
    return false;
}

/* Whether a whole tag of a known name (or a doctype, or a comment) begins at `at`, where '<'
 * stands. */
static bool tag_begins(struct bytes head, size_t at, bool *is_closed)
{
    struct bytes rest = bytes_slice(head, at + 1, 64);
    *is_closed = false;
    if (bytes_has_prefix_fold(rest, "!doctype html"))
        return true;
    size_t from = rest.len > 0 && rest.at[0] == '/' ? 1 : 0;
    size_t end = from;
    while (end < rest.len && ((rest.at[end] | 32) >= 'a' && (rest.at[end] | 32) <= 'z'
                                  ? true
                                  : rest.at[end] >= '1' && rest.at[end] <= '6'))
        end++;
    if (end >= rest.len || !is_tag_name(bytes_slice(rest, from, end - from)))
        return false;
    *is_closed = from == 1 ||
                 (rest.at[end] == ' ' && bytes_has_prefix(bytes_slice(rest, end, 3), " />")) ||
                 bytes_has_prefix(bytes_slice(rest, end, 2), "/>");
    return rest.at[end] == '>' || rest.at[end] == ' ' || rest.at[end] == '/' ||
           rest.at[end] == '\n';
}

/* HTML starts with a known tag, or holds a closing or self-closing one: a lone "<b" in plain text
 * must not become markup, because a markup reader drops what stands between angle brackets. */
static bool is_html(struct bytes head)
{
    bool is_closed;
    size_t first = 0;
    while (first < head.len && (head.at[first] <= ' ' || head.at[first] >= 0xBB))
        first++;
    if (first < head.len && head.at[first] == '<' && tag_begins(head, first, &is_closed))
        return true;
    for (size_t at = bytes_find_byte(head, '<', 0); at != SIZE_MAX;
         at = bytes_find_byte(head, '<', at + 1))
        if (tag_begins(head, at, &is_closed) && is_closed)
            return true;
    return false;
}

/* Some bytes may stand before the mark (ISO 32000, annex H.3); a text that speaks of it has no
 * objects. */
static bool is_pdf(struct bytes head)
{
    size_t at = bytes_find(bytes_slice(head, 0, 1024), bytes_from_string("%PDF-"), 0);
    return at == 0 || (at != SIZE_MAX && holds(head, " obj"));
}

static size_t count_nuls(struct bytes head)
{
    size_t nuls = 0;
    for (size_t i = 0; i < head.len; i++)
        nuls += head.at[i] == 0;
    return nuls;
}

static bool has_wide_mark(struct bytes head)
{
    return bytes_has_prefix(head, "\xFF\xFE") || bytes_has_prefix(head, "\xFE\xFF");
}

/* "Name: value", the name as RFC 5322 has it. */
static bool is_head_line(struct bytes line)
{
    size_t at = 0;
    while (at < line.len && line.at[at] > ' ' && line.at[at] < 0x7f && line.at[at] != ':')
        at++;
    return at > 0 && at < line.len && line.at[at] == ':';
}

/* A mail message as mail programs keep it: a head, to its empty line, in which something stands
 * that people do not write. */
static bool is_mail_message(struct bytes head)
{
    static const char *const labels[] = { "return-path:", "received:",     "mime-version:",
                                          "message-id:",  "delivered-to:", "x-mozilla-status:" };
    struct bytes line;
    bool has_label = false;
    for (size_t at = 0, lines = 0; bytes_next_line(head, &at, &line) && line.len > 0; lines++) {
        bool is_more = lines > 0 && (line.at[0] == ' ' || line.at[0] == '\t');
        if (!is_more && !is_head_line(line))
            return has_label && at >= head.len;
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
            has_label |= bytes_has_prefix_fold(line, labels[i]);
    }
    return has_label;
}

bool identify_envelope(struct bytes line)
{
    bool has_time = false, has_year = false;
    size_t digits = 0;
    if (!bytes_has_prefix(line, "From "))
        return false;
    for (size_t i = 5; i < line.len && i < ENVELOPE_LOOK; i++) {
        bool is_digit = line.at[i] >= '0' && line.at[i] <= '9';
        has_time |= line.at[i] == ':' && digits > 0 && i + 1 < line.len && line.at[i + 1] >= '0' &&
                    line.at[i + 1] <= '9';
        digits = is_digit ? digits + 1 : 0;
        has_year |= digits == 4;
    }
    return has_time && has_year;
}

static bool is_mailbox(struct bytes head)
{
    struct bytes line, next;
    size_t at = 0;
    return bytes_next_line(head, &at, &line) && identify_envelope(line) &&
           bytes_next_line(head, &at, &next) &&
           (is_head_line(next) || bytes_has_prefix(next, ">From "));
}

static bool is_bitmap(struct bytes head)
{
    return bytes_has_prefix(head, "BM") && head.len > 18 && head.at[6] == 0 && head.at[7] == 0 &&
           head.at[14] == 40;
}

struct identity identify(struct bytes head)
{
    if (is_locked_office(head))
        return (struct identity){ FORMAT_UNREAD, "Office document locked with a password" };
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (fits(&signatures[i], head))
            return (struct identity){ signatures[i].format, signatures[i].type };
    if (bytes_has_prefix(head, "PK\x05\x06"))
        return (struct identity){ FORMAT_ARCHIVE, "archive (zip)" };
    if (bytes_has_prefix(head, "PK\x03\x04"))
        return identify_zip(head);
    if (bytes_has_prefix(head, "{\\rtf"))
        return (struct identity){ FORMAT_RTF, "RTF" };
    if (is_pdf(head))
        return (struct identity){ FORMAT_PDF, "PDF" };
    if (is_bitmap(head))
        return (struct identity){ FORMAT_UNREAD, "image (BMP)" };
    if (bytes_has_prefix(head, "MZ") && count_nuls(head) > 16)
        return (struct identity){ FORMAT_UNREAD, "program" };
    if (has_wide_mark(head))
        return (struct identity){ FORMAT_TEXT, "text" };
    if (count_nuls(head) * 50 > head.len)
        return (struct identity){ FORMAT_UNREAD, "binary file of unknown type" };
    if (is_mailbox(head))
        return (struct identity){ FORMAT_MAILBOX, "mailbox (mbox)" };
    if (is_mail_message(head))
        return (struct identity){ FORMAT_MAIL, "mail message" };
    if (bytes_has_prefix(head, "<?xml") && !holds(head, "<html"))
        return (struct identity){ FORMAT_UNREAD, "XML" };
    if (is_html(head))
        return (struct identity){ FORMAT_HTML, "HTML" };
    return (struct identity){ FORMAT_TEXT, "text" };
}
