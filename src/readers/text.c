/* text.c - plain text of any charset. */
#include <stdio.h>

#include "base/scoped.h"
#include "readers/text_part.h"
#include "readers/text_reader.h"
#include "readers/warm.h"
#include "text/charset.h"

/* Raw bytes converted at a time: most files are one slice. */
enum { SLICE = 8 << 20, SLICE_TAIL = 64 << 10, WIDE_SAMPLE = 4096 };

/* The rule for what is no text: more than one control byte (NULs counted; tabs, line and page ends
 * not) in 20 characters is FAILED and gives no part; any NUL, one control byte in 200, any replaced
 * byte, or a charset guessed from fewer than 64 bytes that are not plain ASCII is DOUBTFUL. */
enum { FAILED_SHARE = 20, DOUBTFUL_SHARE = 200, GUESS_MIN = 64 };

struct text_reading {
    const struct reader_input *input;
    struct text_parts parts;
    struct text_damage damage;
    struct charset_guess guess;
    char declared[64]; /* of the next slice; empty: nothing declared */
    uint64_t at;       /* bytes of the item taken */
    struct field charset;
    char reason[256];
};

static bool is_control(uint8_t byte)
{
    return (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f') ||
           byte == 0x7f;
}

void text_damage_count(struct text_damage *damage, struct bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        damage->characters += (text.at[i] & 0xC0) != 0x80;
        damage->controls += is_control(text.at[i]);
        damage->nuls += text.at[i] == 0;
        /* U+0080 to U+009F: control bytes too, behind 0xC2. */
        damage->controls += i > 0 && text.at[i - 1] == 0xC2 && text.at[i] < 0xA0;
    }
}

bool text_damage_is_binary(const struct text_damage *damage)
{
    return damage->controls * FAILED_SHARE > damage->characters;
}

enum verdict text_damage_verdict(const struct text_damage *damage, char *reason, size_t size)
{
    int len = 0;
    reason[0] = '\0';
    if (damage->replaced > 0)
        len += snprintf(reason, size, "%llu %s no charset; ", (unsigned long long)damage->replaced,
                        damage->replaced == 1 ? "byte fits" : "bytes fit");
    if (damage->nuls > 0)
        len += snprintf(reason + len, size - (size_t)len, "%llu NUL byte%s replaced; ",
                        (unsigned long long)damage->nuls, damage->nuls == 1 ? "" : "s");
    if (damage->controls > damage->nuls && damage->controls * DOUBTFUL_SHARE > damage->characters)
        len += snprintf(reason + len, size - (size_t)len, "%llu control byte%s; ",
                        (unsigned long long)(damage->controls - damage->nuls),
                        damage->controls - damage->nuls == 1 ? "" : "s");
    if (damage->is_short_guess)
        len += snprintf(reason + len, size - (size_t)len, "charset guessed from few bytes; ");
    if (len > 1)
        reason[len - 2] = '\0';
    return len > 0 ? VERDICT_DOUBTFUL : VERDICT_FULL;
}

void text_replace_nuls(struct bytes text, struct buffer *to)
{
    size_t at = 0;
    while (at < text.len) {
        size_t nul = bytes_find_byte(text, 0, at);
        size_t end = nul == SIZE_MAX ? text.len : nul;
        buffer_append(to, text.at + at, end - at);
        if (nul != SIZE_MAX)
            buffer_append_text(to, "\xef\xbf\xbd");
        at = end + 1;
    }
}

struct field text_charset_field(const struct charset_guess *guess)
{
    static const struct {
        enum field_basis basis;
        const char *from;
    } rows[] = {
        [CHARSET_VALID_UTF8] = { BASIS_INFERRED, "valid UTF-8" },
        [CHARSET_MARK] = { BASIS_STATED, "" },
        [CHARSET_DECLARED] = { BASIS_DECLARED, "" },
        [CHARSET_GUESSED] = { BASIS_INFERRED, "guessed from the bytes" },
    };
    return (struct field){ FIELD_CHARSET, rows[guess->basis].basis, bytes_from_string(guess->name),
                           bytes_from_string(rows[guess->basis].from) };
}

bool text_is_ascii(struct bytes raw)
{
    for (size_t i = 0; i < raw.len; i++)
        if (raw.at[i] >= 0x80)
            return false;
    return true;
}

/* Units of two or four bytes: by its mark, by what was decided, or because zeros abound. */
static bool is_wide(const struct text_reading *reading, struct bytes raw)
{
    size_t zeros = 0;
    if (strncmp(reading->guess.name, "UTF-16", 6) == 0 ||
        strncmp(reading->guess.name, "UTF-32", 6) == 0)
        return true;
    for (size_t i = 0; i < raw.len && i < WIDE_SAMPLE; i++)
        zeros += raw.at[i] == 0;
    return zeros > WIDE_SAMPLE / 8 || (raw.len > 1 && raw.at[0] + raw.at[1] == 0xff + 0xfe);
}

/* Where a slice that is not the last may end: behind a line end or blank, or at a whole unit of a
 * wide charset. */
static size_t slice_end(const struct text_reading *reading, struct bytes raw)
{
    if (is_wide(reading, raw))
        return raw.len & ~(size_t)3;
    for (size_t end = raw.len; end > raw.len - SLICE_TAIL; end--)
        if (raw.at[end - 1] == '\n' || raw.at[end - 1] == ' ')
            return end;
    size_t end = raw.len;
    while (end > raw.len - 4 && (raw.at[end - 1] & 0xC0) == 0x80)
        end--;
    return end > 1 && raw.at[end - 1] >= 0xC0 ? end - 1 : raw.len;
}

/* The first slice decides the charset of all, once it holds more than ASCII. */
static void decide_charset(struct text_reading *reading, struct bytes raw,
                           const struct charset_guess *guess)
{
    bool is_first = reading->at == 0;
    if (is_first || !text_is_ascii(raw)) {
        reading->guess = *guess;
        reading->damage.is_short_guess =
            guess->basis == CHARSET_GUESSED && reading->input->len < GUESS_MIN;
    }
    if (!text_is_ascii(raw))
        snprintf(reading->declared, sizeof reading->declared, "%s", guess->name);
}

static enum status take_slice(struct text_reading *reading, struct buffer *raw, struct buffer *text,
                              struct fault *fault)
{
    struct charset_guess guess = { 0 };
    buffer_clear(raw);
    buffer_clear(text);
    TRY(reader_input_read(reading->input, reading->at, SLICE, raw, fault));
    struct bytes slice = buffer_bytes(raw);
    if (reading->at + slice.len < reading->input->len)
        slice.len = slice_end(reading, slice);
    const char *declared = reading->declared[0] ? reading->declared : NULL;
    TRY(charset_to_utf8(slice, declared, text, &guess, fault));
    TRY(buffer_check(text, fault));
    decide_charset(reading, slice, &guess);
    reading->at += slice.len;
    reading->damage.replaced += guess.replaced;
    uint64_t nuls = reading->damage.nuls;
    text_damage_count(&reading->damage, buffer_bytes(text));
    if (reading->damage.nuls > nuls)
        text_replace_nuls(buffer_bytes(text), &reading->parts.pending);
    else
        buffer_append_bytes(&reading->parts.pending, buffer_bytes(text));
    return buffer_check(&reading->parts.pending, fault);
}

static enum status refuse_binary(struct text_reading *reading, struct fault *fault)
{
    snprintf(reading->reason, sizeof reading->reason,
             "no text: %llu control bytes among %llu characters",
             (unsigned long long)reading->damage.controls,
             (unsigned long long)reading->damage.characters);
    TRY(sink_document(reading->parts.sink, KIND_TEXT, (struct bytes){ 0 }, fault));
    return sink_document_end(reading->parts.sink, VERDICT_FAILED,
                             bytes_from_string(reading->reason), fault);
}

static enum status read_slices(struct text_reading *reading, struct buffer *raw,
                               struct buffer *text, struct fault *fault)
{
    do {
        bool is_first = reading->at == 0;
        TRY(take_slice(reading, raw, text, fault));
        if (is_first && text_damage_is_binary(&reading->damage))
            return refuse_binary(reading, fault);
        if (is_first) {
            reading->charset = text_charset_field(&reading->guess);
            reading->parts.fields = &reading->charset;
            reading->parts.field_count = 1;
        }
        TRY(text_parts_flow(&reading->parts, fault));
    } while (reading->at < reading->input->len);
    enum verdict verdict =
        text_damage_verdict(&reading->damage, reading->reason, sizeof reading->reason);
    return text_parts_end(&reading->parts, verdict, bytes_from_string(reading->reason), fault);
}

enum status text_send_empty(struct sink *sink, enum document_kind kind, struct fault *fault)
{
    TRY(sink_document(sink, kind, (struct bytes){ 0 }, fault));
    return sink_document_end(sink, VERDICT_FULL, bytes_from_string("empty file"), fault);
}

static enum status text_read(const struct reader_input *input, struct sink *sink,
                             struct arena *arena, struct fault *fault)
{
    if (input->len == 0)
        return text_send_empty(sink, KIND_TEXT, fault);
    struct text_reading *reading = arena_alloc(arena, sizeof *reading);
    if (!reading)
        return no_memory(fault);
    SCOPED(buffer_release) struct buffer raw = { 0 };
    SCOPED(buffer_release) struct buffer text = { 0 };
    reading->input = input;
    reading->parts = (struct text_parts){ .sink = sink, .name = input->name, .kind = KIND_TEXT };
    snprintf(reading->declared, sizeof reading->declared, "%.*s", (int)input->charset.len,
             (const char *)input->charset.at);
    enum status answer = read_slices(reading, &raw, &text, fault);
    text_parts_release(&reading->parts);
    return answer;
}

static enum status text_warm(struct fault *fault)
{
    static const char *const samples[] = {
        "UNCLASSIFIED LEGATION SULACO 000012\n\nSUBJECT: HARBOUR\n\n1. (U) All is still.\n",
        "El se\361or Avil\351s lleg\363 por la ma\361ana; habl\363 a la naci\363n.\n",
        "From: A. Gould\nTo: C. Monygham\nSent: Monday\nSubject: silver\n\nIt came.\n",
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        TRY(warm_over(text_read, bytes_from_string(samples[i]), fault));
    return OK;
}

const struct reader text_reader = {
    .format = FORMAT_TEXT, .name = "text", .read = text_read, .warm = text_warm
};
