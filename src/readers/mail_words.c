#include "readers/mail_words.h"

#include <stdio.h>

#include "base/scoped.h"
#include "text/charset.h"
#include "text/utf8.h"

enum { CHARSET_NAME_MAX = 40, PIECES_MAX = 100 };

static int digit_value(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* `mark` and two hexadecimal digits are a byte. */
static void decode_hex(struct bytes from, uint8_t mark, bool low_line_is_blank, struct buffer *to)
{
    for (size_t i = 0; i < from.len; i++) {
        bool is_pair = from.at[i] == mark && from.len - i > 2 && digit_value(from.at[i + 1]) >= 0 &&
                       digit_value(from.at[i + 2]) >= 0;
        if (is_pair) {
            buffer_u8(to,
                      (uint8_t)(digit_value(from.at[i + 1]) * 16 + digit_value(from.at[i + 2])));
            i += 2;
        } else {
            buffer_u8(to, low_line_is_blank && from.at[i] == '_' ? ' ' : from.at[i]);
        }
    }
}

static int base64_value(uint8_t byte)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = byte ? strchr(digits, byte) : NULL;
    return at ? (int)(at - digits) : -1;
}

static void decode_base64(struct bytes from, struct buffer *to)
{
    uint32_t bits = 0;
    int held = 0;
    for (size_t i = 0; i < from.len; i++) {
        int value = base64_value(from.at[i]);
        if (value < 0)
            continue;
        bits = bits << 6 | (uint32_t)value;
        held += 6;
        if (held < 8)
            continue;
        held -= 8;
        buffer_u8(to, (uint8_t)(bits >> held));
    }
}

/* Raw bytes of a charset, or of none that is known, as UTF-8 on one line. */
static void append_converted(struct bytes raw, const char *charset, struct buffer *to)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    struct charset_guess guess;
    struct fault fault;
    if (raw.len == 0)
        return;
    if (charset_to_utf8(raw, charset, &text, &guess, &fault) != OK) {
        buffer_clear(&text);
        utf8_repair(raw, &text);
    }
    for (size_t i = 0; i < text.len; i++)
        buffer_u8(to, text.at[i] < 0x20 || text.at[i] == 0x7f ? ' ' : text.at[i]);
}

/* =?charset?B?...?= at `at`. */
struct encoded_word {
    char charset[CHARSET_NAME_MAX];
    bool is_base64;
    struct bytes words;
    size_t end;
};

static bool read_encoded_word(struct bytes raw, size_t at, struct encoded_word *word)
{
    size_t charset = at + 2;
    if (!bytes_has_prefix(bytes_slice(raw, at, 2), "=?"))
        return false;
    size_t kind = bytes_find_byte(bytes_slice(raw, 0, charset + CHARSET_NAME_MAX), '?', charset);
    if (kind == SIZE_MAX || kind + 3 > raw.len || raw.at[kind + 2] != '?')
        return false;
    size_t end = bytes_find(raw, bytes_from_string("?="), kind + 3);
    uint8_t letter = raw.at[kind + 1] | 0x20;
    if (end == SIZE_MAX || (letter != 'b' && letter != 'q'))
        return false;
    struct bytes name = bytes_slice(raw, charset, kind - charset);
    size_t language = bytes_find_byte(name, '*', 0);
    if (language != SIZE_MAX)
        name.len = language;
    snprintf(word->charset, sizeof word->charset, "%.*s", (int)name.len, (const char *)name.at);
    word->is_base64 = letter == 'b';
    word->words = bytes_slice(raw, kind + 3, end - kind - 3);
    word->end = end + 2;
    return true;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Encoded words that follow one another are one text: a character may be cut between them. Answers
 * where the run ends. */
static size_t decode_run(struct bytes raw, size_t at, struct buffer *to)
{
    SCOPED(buffer_release) struct buffer bytes = { 0 };
    struct encoded_word word, first;
    if (!read_encoded_word(raw, at, &first))
        return at;
    size_t end = at;
    for (size_t next = at;
         read_encoded_word(raw, next, &word) && strcmp(word.charset, first.charset) == 0;) {
        if (word.is_base64)
            decode_base64(word.words, &bytes);
        else
            decode_hex(word.words, '=', true, &bytes);
        end = next = word.end;
        while (next < raw.len && is_blank(raw.at[next]))
            next++;
    }
    append_converted(buffer_bytes(&bytes), first.charset, to);
    /* Blanks between encoded words are no text, whatever their charset. */
    size_t next = end;
    while (next < raw.len && is_blank(raw.at[next]))
        next++;
    return read_encoded_word(raw, next, &word) ? next : end;
}

static size_t plain_run(struct bytes raw, size_t at)
{
    size_t end = at + 1;
    while (end < raw.len && raw.at[end] != '=' && !is_blank(raw.at[end]))
        end++;
    return end;
}

void mail_words_decode(struct bytes raw, struct buffer *to)
{
    size_t start = to->len;
    bool has_blank = false;
    for (size_t at = 0; at < raw.len;) {
        if (is_blank(raw.at[at])) {
            has_blank = true;
            at++;
            continue;
        }
        if (has_blank && to->len > start)
            buffer_u8(to, ' ');
        has_blank = false;
        size_t end = decode_run(raw, at, to);
        if (end == at) {
            end = plain_run(raw, at);
            append_converted(bytes_slice(raw, at, end - at), NULL, to);
        }
        at = end;
    }
}

bool mail_words_address(struct bytes raw, size_t *at, struct bytes *address)
{
    bool is_quoted = false;
    size_t comments = 0, start = *at, end;
    if (start >= raw.len)
        return false;
    for (end = start; end < raw.len; end++) {
        uint8_t byte = raw.at[end];
        if (byte == '\\')
            end++;
        else if (byte == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (byte == '(' || byte == '<'))
            comments++;
        else if (!is_quoted && (byte == ')' || byte == '>'))
            comments -= comments > 0;
        else if (!is_quoted && comments == 0 && (byte == ',' || byte == ';'))
            break;
    }
    if (end > raw.len)
        end = raw.len;
    *address = bytes_trim(bytes_slice(raw, start, end - start));
    *at = end + 1;
    return true;
}

/* One parameter's value, or a piece of it. */
struct parameter {
    struct bytes name;
    struct bytes value; /* without its quotation marks */
    bool is_quoted;
};

static size_t skip_blanks(struct bytes raw, size_t at)
{
    while (at < raw.len && (is_blank(raw.at[at]) || raw.at[at] == ';'))
        at++;
    return at;
}

static size_t end_of_value(struct bytes raw, size_t at, struct parameter *parameter)
{
    size_t end = at;
    parameter->is_quoted = at < raw.len && raw.at[at] == '"';
    if (!parameter->is_quoted) {
        while (end < raw.len && raw.at[end] != ';')
            end++;
        parameter->value = bytes_trim(bytes_slice(raw, at, end - at));
        return end;
    }
    for (end = at + 1; end < raw.len && raw.at[end] != '"'; end++)
        end += raw.at[end] == '\\';
    if (end > raw.len)
        end = raw.len;
    parameter->value = bytes_slice(raw, at + 1, end - at - 1);
    while (end < raw.len && raw.at[end] != ';')
        end++;
    return end;
}

static bool next_parameter(struct bytes raw, size_t *at, struct parameter *parameter)
{
    size_t start = skip_blanks(raw, *at);
    size_t equals = start;
    while (equals < raw.len && raw.at[equals] != '=' && raw.at[equals] != ';')
        equals++;
    if (start >= raw.len)
        return false;
    parameter->name = bytes_trim(bytes_slice(raw, start, equals - start));
    parameter->value = (struct bytes){ 0 };
    if (equals < raw.len && raw.at[equals] == '=')
        equals = end_of_value(raw, skip_blanks(raw, equals + 1), parameter);
    *at = equals;
    return true;
}

static void append_value(const struct parameter *parameter, bool is_escaped, struct buffer *to)
{
    struct bytes value = parameter->value;
    if (is_escaped) {
        decode_hex(value, '%', false, to);
        return;
    }
    for (size_t i = 0; i < value.len; i++) {
        i += parameter->is_quoted && value.at[i] == '\\' && i + 1 < value.len;
        buffer_u8(to, value.at[i]);
    }
}

/* charset'language'value */
static void take_charset(struct parameter *parameter, char charset[CHARSET_NAME_MAX])
{
    size_t first = bytes_find_byte(parameter->value, '\'', 0);
    size_t second =
        first == SIZE_MAX ? SIZE_MAX : bytes_find_byte(parameter->value, '\'', first + 1);
    if (second == SIZE_MAX)
        return;
    snprintf(charset, CHARSET_NAME_MAX, "%.*s", (int)(first < 39 ? first : 39),
             (const char *)parameter->value.at);
    parameter->value = bytes_slice(parameter->value, second + 1, SIZE_MAX);
}

void mail_words_parameter(struct bytes raw, const char *name, struct buffer *to)
{
    SCOPED(buffer_release) struct buffer value = { 0 };
    char charset[CHARSET_NAME_MAX] = "";
    size_t name_len = strlen(name), at = bytes_find_byte(raw, ';', 0);
    struct parameter parameter;
    bool has_pieces = false;
    for (int i = 0; at != SIZE_MAX && i < PIECES_MAX && next_parameter(raw, &at, &parameter); i++) {
        struct bytes rest = bytes_slice(parameter.name, name_len, SIZE_MAX);
        if (!bytes_equal_fold(bytes_slice(parameter.name, 0, name_len), bytes_from_string(name)) ||
            (rest.len > 0 && rest.at[0] != '*'))
            continue;
        bool is_escaped = rest.len > 0 && rest.at[rest.len - 1] == '*';
        if (rest.len == 0 && has_pieces)
            continue;
        if (rest.len > 0 && !has_pieces)
            buffer_clear(&value);
        has_pieces |= rest.len > 0;
        if (is_escaped && charset[0] == '\0')
            take_charset(&parameter, charset);
        append_value(&parameter, is_escaped, &value);
    }
    if (has_pieces)
        append_converted(buffer_bytes(&value), charset[0] ? charset : NULL, to);
    else
        mail_words_decode(buffer_bytes(&value), to);
}
