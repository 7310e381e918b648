#include "segment/terms.h"
#include "text/fold.h"

enum { FURNITURE_MARK = 1, WORD_MARK = 2, VALUE_MARK = 3, FIELD_END = 0x1f, PAIR_MARK = 0xff };

static size_t append(uint8_t *out, size_t len, struct bytes more)
{
    struct bytes fits = bytes_slice(more, 0, TERM_KEY_MAX - len);
    if (fits.len > 0)
        memcpy(out + len, fits.at, fits.len);
    return len + fits.len;
}

static size_t field_prefix(uint8_t mark, enum field_name field, uint8_t *out)
{
    out[0] = mark;
    size_t len = append(out, 1, bytes_from_string(field_word(field)));
    out[len] = FIELD_END;
    return len + 1;
}

size_t term_key_furniture(struct bytes word, uint8_t *out)
{
    out[0] = FURNITURE_MARK;
    return append(out, 1, word);
}

size_t term_key_field_word(enum field_name field, struct bytes word, uint8_t *out)
{
    size_t len = field_prefix(WORD_MARK, field, out);
    return append(out, len, word);
}

size_t term_key_field_value(enum field_name field, struct bytes value, uint8_t *out)
{
    size_t len = field_prefix(VALUE_MARK, field, out);
    return len + fold_text(bytes_trim(value), out + len, TERM_KEY_MAX - len);
}

size_t term_key_pair(struct bytes first, struct bytes second, uint8_t *out)
{
    out[0] = PAIR_MARK;
    size_t len = append(out, 1, first);
    out[len++] = FIELD_END;
    return append(out, len, second);
}
