#include "archive/inside.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { LETTERS_MAX = 600, LETTERS_MIN = 100 };

/* Where heads and furniture end that begin at or before `at`; 0 when none does. */
static uint32_t skip_to(const struct new_part *part, size_t *next, uint32_t at, uint32_t until)
{
    while (*next < part->span_count && part->spans[*next].start <= at) {
        const struct span *span = &part->spans[(*next)++];
        bool is_outside = span->kind == SPAN_HEAD || span->kind == SPAN_FURNITURE;
        if (is_outside && span->end > until)
            until = span->end;
    }
    return until;
}

static size_t append_letter(struct bytes text, size_t at, uint8_t *letters, size_t *len)
{
    uint8_t byte = text.at[at];
    if (byte < 0x80) {
        uint8_t lower = byte | 0x20;
        if (lower >= 'a' && lower <= 'z')
            letters[(*len)++] = lower;
        return 1;
    }
    size_t width;
    uint32_t code = utf8_decode(text, at, &width);
    struct char_traits traits = char_traits(code);
    bool is_letter = traits.class == CHAR_LETTER || traits.class == CHAR_IDEOGRAPH;
    if (is_letter && *len + traits.fold_len <= LETTERS_MAX) {
        memcpy(letters + *len, traits.fold != NULL ? traits.fold : text.at + at, traits.fold_len);
        *len += traits.fold_len;
    }
    return width;
}

uint64_t body_hash(const struct new_part *part)
{
    uint8_t letters[LETTERS_MAX + 16];
    size_t len = 0, next = 0;
    uint32_t until = 0;
    for (size_t at = 0; at < part->text.len && len < LETTERS_MAX;) {
        until = skip_to(part, &next, (uint32_t)at, until);
        if (at < until)
            at = until;
        else
            at += append_letter(part->text, at, letters, &len);
    }
    if (len < LETTERS_MIN)
        return 0;
    uint64_t hash = checksum64(bytes_make(letters, len < LETTERS_MAX ? len : LETTERS_MAX));
    return hash != 0 ? hash : 1;
}

static const struct field *field_of(const struct new_document *document, enum field_name name)
{
    struct field_list list = { .at = (struct field *)document->fields,
                               .count = document->field_count };
    return field_list_find(&list, name);
}

static uint8_t language_of(const struct field *field)
{
    if (field == NULL)
        return 0;
    if (bytes_has_prefix_fold(field->value, "en"))
        return 1;
    bool is_spanish =
        bytes_has_prefix_fold(field->value, "es") || bytes_has_prefix_fold(field->value, "sp");
    return is_spanish ? 2 : 0;
}

static void set_date(const struct field *field, struct columns *columns)
{
    enum date_precision precision;
    columns->date = COLUMN_NO_DATE;
    if (field == NULL || !date_from_field(field->value, &columns->date, &precision)) {
        columns->date = COLUMN_NO_DATE;
        return;
    }
    if (field->basis == BASIS_INFERRED)
        columns->flags |= COLUMN_DATE_INFERRED;
    if (precision == DATE_MONTH)
        columns->flags |= COLUMN_DATE_MONTH;
    if (precision == DATE_YEAR)
        columns->flags |= COLUMN_DATE_YEAR;
}

void columns_from_document(const struct new_document *document, struct columns *columns)
{
    enum { DOUBTFUL = 1, PARTIAL = 2 }; /* enum verdict of the wire, which this room cannot see */
    *columns = (struct columns){ .kind = (uint8_t)document->kind };
    set_date(field_of(document, FIELD_DATE), columns);
    const struct field *class = field_of(document, FIELD_CLASS);
    columns->class_rank = class != NULL ? class_rank(class->value) : 0;
    columns->language = language_of(field_of(document, FIELD_LANGUAGE));
    if (document->verdict == DOUBTFUL || document->verdict == PARTIAL)
        columns->flags |= COLUMN_DOUBTFUL;
}
