#include "text/charset.h"

#include <stdio.h>
#include <strings.h>
#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include "base/scoped.h"
#include "text/utf8.h"

enum {
    BAD_IN = 200, /* UTF-8 with fewer bad bytes than one in so many is UTF-8 with damage */
    PIVOT = 4096, /* characters converted at a time */
    GUESS_MAX = 1 << 20,
};

/* What ICU is asked for, and the other names that files and uchardet use. ISO-8859-1 is read as
 * browsers read it. */
static const struct {
    const char *name;
    const char *icu;
    const char *also;
} charsets[] = {
    { "UTF-8", "UTF-8", "utf8" },
    { "UTF-16LE", "UTF-16LE", "utf-16" },
    { "UTF-16BE", "UTF-16BE", NULL },
    { "UTF-32LE", "UTF-32LE", "utf-32" },
    { "UTF-32BE", "UTF-32BE", NULL },
    { "windows-1250", "windows-1250", "cp1250" },
    { "windows-1251", "windows-1251", "cp1251" },
    { "windows-1252", "windows-1252", "cp1252" },
    { "windows-1252", "windows-1252", "iso-8859-1" },
    { "windows-1252", "windows-1252", "latin1" },
    { "windows-1252", "windows-1252", "us-ascii" },
    { "windows-1252", "windows-1252", "ascii" },
    { "windows-1253", "windows-1253", "cp1253" },
    { "windows-1254", "windows-1254", "iso-8859-9" },
    { "windows-1255", "windows-1255", "cp1255" },
    { "windows-1256", "windows-1256", "cp1256" },
    { "windows-1257", "windows-1257", "cp1257" },
    { "windows-1258", "windows-1258", "cp1258" },
    { "ISO-8859-2", "ISO-8859-2", "latin2" },
    { "ISO-8859-3", "ISO-8859-3", NULL },
    { "ISO-8859-4", "ISO-8859-4", NULL },
    { "ISO-8859-5", "ISO-8859-5", NULL },
    { "ISO-8859-6", "ISO-8859-6", NULL },
    { "ISO-8859-7", "ISO-8859-7", NULL },
    { "ISO-8859-8", "ISO-8859-8", "iso-8859-8-i" },
    { "ISO-8859-10", "iso-8859_10-1998", NULL },
    { "ISO-8859-13", "ISO-8859-13", NULL },
    { "ISO-8859-14", "iso-8859_14-1998", NULL },
    { "ISO-8859-15", "ISO-8859-15", "latin9" },
    { "KOI8-R", "KOI8-R", "koi8" },
    { "KOI8-U", "KOI8-U", NULL },
    { "IBM437", "IBM437", "cp437" },
    { "IBM850", "IBM850", "cp850" },
    { "IBM866", "IBM866", "cp866" },
    { "macintosh", "macintosh", "mac" },
    { "Shift_JIS", "windows-31j", "shift-jis" },
    { "EUC-JP", "EUC-JP", NULL },
    { "ISO-2022-JP", "ISO-2022-JP", NULL },
    { "GB18030", "GB18030", "gb2312" },
    { "GB18030", "GB18030", "gbk" },
    { "Big5", "Big5", "big5-hkscs" },
    { "EUC-KR", "windows-949", "uhc" },
};
enum { CHARSETS = sizeof charsets / sizeof *charsets };

static int charset_find(const char *word)
{
    for (int i = 0; i < CHARSETS; i++)
        if (strcasecmp(word, charsets[i].name) == 0 ||
            (charsets[i].also && strcasecmp(word, charsets[i].also) == 0))
            return i;
    return -1;
}

static void guess_name(struct charset_guess *guess, const char *name, enum charset_basis basis)
{
    *guess = (struct charset_guess){ .basis = basis };
    snprintf(guess->name, sizeof guess->name, "%s", name);
}

static void close_converter(UConverter **converter)
{
    ucnv_close(*converter);
}

/* Append UTF-16 as UTF-8; answers how many U+FFFD were written. `high` keeps a lead surrogate
 * between calls. */
static uint64_t append_utf16(const UChar *at, const UChar *end, uint32_t *high, struct buffer *to)
{
    uint64_t replaced = 0;
    for (; at < end; at++) {
        uint32_t code = *at;
        uint8_t out[4];
        if (code >= 0xD800 && code < 0xDC00) {
            *high = code;
            continue;
        }
        if (code >= 0xDC00 && code < 0xE000)
            code = *high ? 0x10000 + ((*high - 0xD800) << 10) + (code - 0xDC00) : 0xFFFD;
        *high = 0;
        replaced += code == 0xFFFD;
        buffer_append(to, out, utf8_encode(code, out));
    }
    return replaced;
}

static enum status convert(struct bytes raw, int charset, struct buffer *to, uint64_t *replaced,
                           struct fault *fault)
{
    UErrorCode error = U_ZERO_ERROR;
    __attribute__((cleanup(close_converter))) UConverter *converter =
        ucnv_open(charsets[charset].icu, &error);
    if (U_FAILURE(error))
        return fail(fault, BAD_INPUT, "charset %s is not known here", charsets[charset].name);
    const char *at = (const char *)raw.at;
    const char *end = at + raw.len;
    uint32_t high = 0;
    *replaced = 0;
    do {
        UChar pivot[PIVOT];
        UChar *written = pivot;
        error = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &written, pivot + PIVOT, &at, end, NULL, true, &error);
        if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR)
            return fail(fault, BAD_INPUT, "text cannot be read as %s: %s", charsets[charset].name,
                        u_errorName(error));
        *replaced += append_utf16(pivot, written, &high, to);
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    return buffer_check(to, fault);
}

struct mark {
    const char *name;
    size_t len;
};

/* The byte order mark that opens the text; {NULL, 0} when there is none. */
static struct mark mark_find(struct bytes raw)
{
    static const struct {
        struct mark mark;
        uint8_t at[4];
    } marks[] = {
        { { "UTF-32LE", 4 }, { 0xFF, 0xFE, 0, 0 } }, { { "UTF-32BE", 4 }, { 0, 0, 0xFE, 0xFF } },
        { { "UTF-8", 3 }, { 0xEF, 0xBB, 0xBF } },    { { "UTF-16LE", 2 }, { 0xFF, 0xFE } },
        { { "UTF-16BE", 2 }, { 0xFE, 0xFF } },
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (raw.len >= marks[i].mark.len && memcmp(raw.at, marks[i].at, marks[i].mark.len) == 0)
            return marks[i].mark;
    return (struct mark){ NULL, 0 };
}

/* UTF-16 without a mark: text of which every other byte is zero. */
static const char *unmarked_utf16(struct bytes raw)
{
    size_t zeros[2] = { 0, 0 };
    size_t len = raw.len < 4096 ? raw.len & ~(size_t)1 : 4096;
    for (size_t i = 0; i < len; i++)
        zeros[i & 1] += raw.at[i] == 0;
    if (len < 8 || zeros[0] + zeros[1] < len / 4)
        return NULL;
    if (zeros[1] >= 8 * (zeros[0] + 1))
        return "UTF-16LE";
    return zeros[0] >= 8 * (zeros[1] + 1) ? "UTF-16BE" : NULL;
}

/* Bytes that are no UTF-8, and whether there is more good than bad among those beyond ASCII. */
static size_t bad_bytes(struct bytes raw, size_t *good)
{
    size_t bad = 0;
    *good = 0;
    while (raw.len > 0) {
        size_t valid = utf8_valid_prefix(raw);
        for (size_t i = 0; i < valid; i++)
            *good += raw.at[i] >= 0xC0;
        bad += valid < raw.len;
        raw = bytes_slice(raw, valid + 1, raw.len);
    }
    return bad;
}

/* Mostly UTF-8: few bad bytes, and more well-formed characters than bad ones to prove it. */
static bool is_damaged_utf8(struct bytes raw)
{
    size_t good = 0;
    size_t bad = bad_bytes(raw, &good);
    return bad < raw.len / BAD_IN + 1 && good > bad;
}

static void close_detector(uchardet_t *detector)
{
    uchardet_delete(*detector);
}

static int charset_detect(struct bytes raw)
{
    const char *utf16 = unmarked_utf16(raw);
    if (utf16)
        return charset_find(utf16);
    __attribute__((cleanup(close_detector))) uchardet_t detector = uchardet_new();
    size_t len = raw.len < GUESS_MAX ? raw.len : GUESS_MAX;
    if (uchardet_handle_data(detector, (const char *)raw.at, len) != 0)
        return -1;
    uchardet_data_end(detector);
    return charset_find(uchardet_get_charset(detector));
}

/* Text that neither a mark, nor validity, nor a declaration explains. */
static enum status convert_guessed(struct bytes raw, struct buffer *to, struct charset_guess *guess,
                                   struct fault *fault)
{
    int charset = charset_detect(raw);
    if (is_damaged_utf8(raw) || (charset >= 0 && strcmp(charsets[charset].name, "UTF-8") == 0)) {
        guess_name(guess, "UTF-8", CHARSET_GUESSED);
        guess->replaced = utf8_repair(raw, to);
        return buffer_check(to, fault);
    }
    if (charset < 0)
        charset = charset_find("windows-1252");
    guess_name(guess, charsets[charset].name, CHARSET_GUESSED);
    return convert(raw, charset, to, &guess->replaced, fault);
}

static enum status convert_declared(struct bytes raw, int charset, struct buffer *to,
                                    struct charset_guess *guess, struct fault *fault)
{
    guess_name(guess, charsets[charset].name, CHARSET_DECLARED);
    return convert(raw, charset, to, &guess->replaced, fault);
}

/* Seven-bit charsets and UTF-16 are valid UTF-8 byte by byte, and yet are not. */
static bool is_other_than_it_looks(struct bytes raw, int declared)
{
    if (unmarked_utf16(raw))
        return true;
    return declared >= 0 && strcmp(charsets[declared].name, "ISO-2022-JP") == 0;
}

enum status charset_to_utf8(struct bytes raw, const char *declared, struct buffer *to,
                            struct charset_guess *guess, struct fault *fault)
{
    struct mark mark = mark_find(raw);
    struct bytes text = bytes_slice(raw, mark.len, raw.len);
    int stated = declared ? charset_find(declared) : -1;
    bool is_utf8 = !mark.name || strcmp(mark.name, "UTF-8") == 0;
    if (is_utf8 && utf8_valid_prefix(text) == text.len && !is_other_than_it_looks(text, stated)) {
        guess_name(guess, "UTF-8", mark.name ? CHARSET_MARK : CHARSET_VALID_UTF8);
        buffer_append_bytes(to, text);
        return buffer_check(to, fault);
    }
    if (mark.name && is_utf8) {
        guess_name(guess, "UTF-8", CHARSET_MARK);
        guess->replaced = utf8_repair(text, to);
        return buffer_check(to, fault);
    }
    if (mark.name) {
        guess_name(guess, mark.name, CHARSET_MARK);
        return convert(text, charset_find(mark.name), to, &guess->replaced, fault);
    }
    if (stated >= 0 && strcmp(charsets[stated].name, "UTF-8") != 0)
        return convert_declared(text, stated, to, guess, fault);
    return convert_guessed(text, to, guess, fault);
}
