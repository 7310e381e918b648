#include "text/place.h"

enum { READING_DIGITS_MIN = 6, READING_DIGITS_MAX = 64 };

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_hex(uint8_t byte)
{
    uint8_t lower = byte | 0x20;
    return is_digit(byte) || (lower >= 'a' && lower <= 'f');
}

static bool is_word_byte(uint8_t byte)
{
    uint8_t lower = byte | 0x20;
    return is_digit(byte) || (lower >= 'a' && lower <= 'z');
}

static size_t run_until(struct bytes text, size_t at, const char *stops)
{
    while (at < text.len && (text.at[at] == 0 || !strchr(stops, text.at[at])))
        at++;
    return at;
}

/* A number from 1 to UINT32_MAX. */
static bool ordinal_from_bytes(struct bytes digits, uint32_t *number)
{
    uint64_t wide = 0;
    if (digits.len == 0 || !is_digit(digits.at[0]) || !bytes_to_number(digits, &wide))
        return false;
    if (wide == 0 || wide > UINT32_MAX)
        return false;
    *number = (uint32_t)wide;
    return true;
}

static enum status name_parse(struct bytes name, struct fault *fault)
{
    if (name.len == 0)
        return fail(fault, BAD_INPUT, "an address begins with the name of a document");
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] < 0x20 || name.at[i] == 0x7F)
            return fail(fault, BAD_INPUT, "the name in an address holds a control character");
    if (bytes_trim(name).len != name.len)
        return fail(fault, BAD_INPUT, "the name in an address begins or ends with a blank");
    return OK;
}

static enum status reading_parse(struct bytes digits, struct fault *fault)
{
    if (digits.len < READING_DIGITS_MIN || digits.len > READING_DIGITS_MAX)
        return fail(fault, BAD_INPUT, "a reading in an address takes 6 to 64 hex digits after @");
    for (size_t i = 0; i < digits.len; i++)
        if (!is_hex(digits.at[i]))
            return fail(fault, BAD_INPUT, "a reading in an address takes hex digits only");
    return OK;
}

static enum status printed_parse(struct bytes words, struct address *address, struct fault *fault)
{
    size_t dot = run_until(words, 0, ".");
    address->kind = ADDRESS_PRINTED;
    address->printed = bytes_slice(words, 0, dot);
    for (size_t i = 0; i < dot; i++)
        if (!is_word_byte(words.at[i]))
            return fail(fault, BAD_INPUT, "a paragraph in an address is written #p15 or #p4.2");
    if (dot == 0 || (dot < words.len &&
                     !ordinal_from_bytes(bytes_slice(words, dot + 1, words.len), &address->number)))
        return fail(fault, BAD_INPUT, "a paragraph in an address is written #p15 or #p4.2");
    return OK;
}

/* What stands after "#". */
static enum status target_parse(struct bytes words, struct address *address, struct fault *fault)
{
    if (bytes_has_prefix(words, "p"))
        return printed_parse(bytes_slice(words, 1, words.len), address, fault);
    bool is_page = bytes_has_prefix(words, "/page/");
    if (!is_page && !bytes_has_prefix(words, "n"))
        return fail(fault, BAD_INPUT, "an address may end in #p15, #p4.2, #n7 or /page/4");
    address->kind = is_page ? ADDRESS_PAGE : ADDRESS_ORDINAL;
    if (!ordinal_from_bytes(bytes_slice(words, is_page ? 6 : 1, words.len), &address->number))
        return fail(fault, BAD_INPUT, "an address counts from 1: #n7, /page/4");
    return OK;
}

/* "#" is part of the grammar's "#p15" and may stand before "/page/4" too, where people often put
 * it. */
static size_t target_start(struct bytes text)
{
    size_t hash = bytes_find_byte(text, '#', 0);
    return hash != SIZE_MAX ? hash : bytes_find(text, bytes_from_string("/page/"), 0);
}

enum status address_parse(struct bytes text, struct address *address, struct fault *fault)
{
    struct address found = { .kind = ADDRESS_DOCUMENT };
    size_t target = target_start(text);
    struct bytes head = bytes_slice(text, 0, target);
    size_t at = run_until(head, 0, ":@");
    found.name = bytes_slice(head, 0, at);
    TRY(name_parse(found.name, fault));
    if (at < head.len && head.at[at] == ':') {
        size_t end = run_until(head, at, "@");
        if (!ordinal_from_bytes(bytes_slice(head, at + 1, end - at - 1), &found.part))
            return fail(fault, BAD_INPUT,
                        "a part in an address is a number from 1 after the colon");
        at = end;
    }
    if (at < head.len) {
        found.reading = bytes_slice(head, at + 1, head.len);
        TRY(reading_parse(found.reading, fault));
    }
    if (target != SIZE_MAX) {
        size_t skip = text.at[target] == '#' ? 1 : 0;
        TRY(target_parse(bytes_slice(text, target + skip, text.len), &found, fault));
    }
    *address = found;
    return OK;
}

void paragraph_label(const struct span *spans, size_t count, uint32_t at, struct buffer *to)
{
    const struct span *here = span_covering(spans, count, SPAN_PARAGRAPH, at);
    if (!here)
        return;
    uint32_t ordinal = 0;
    uint32_t alike = 0;
    for (const struct span *span = spans; span <= here; span++) {
        bool is_paragraph = span->kind == SPAN_PARAGRAPH;
        ordinal += is_paragraph;
        alike += is_paragraph && bytes_equal(span->value, here->value);
    }
    if (here->value.len == 0) {
        buffer_print(to, "n%u", ordinal);
        return;
    }
    buffer_append_text(to, "p");
    buffer_append_bytes(to, here->value);
    if (alike > 1)
        buffer_print(to, ".%u", alike);
}

static bool is_named(const struct span *span, const struct address *address)
{
    if (span->kind == SPAN_PARAGRAPH && address->kind == ADDRESS_PRINTED)
        return bytes_equal(span->value, address->printed);
    return span->kind == SPAN_PARAGRAPH && address->kind == ADDRESS_ORDINAL;
}

const struct span *paragraph_of_address(const struct span *spans, size_t count,
                                        const struct address *address)
{
    uint32_t wanted = address->number > 0 ? address->number : 1;
    for (size_t i = 0; i < count; i++)
        if (is_named(&spans[i], address) && --wanted == 0)
            return &spans[i];
    return NULL;
}
