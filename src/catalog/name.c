#include "catalog/change.h"
#include "text/fold.h"

static bool is_letter(uint8_t letter)
{
    return letter >= 'A' && letter <= 'Z';
}

static bool is_digit(uint8_t letter)
{
    return letter >= '0' && letter <= '9';
}

static size_t without_blanks(uint8_t *name, size_t len)
{
    size_t to = 0;
    for (size_t i = 0; i < len; i++) {
        if (name[i] != ' ' && name[i] != '\t' && name[i] != '\n' && name[i] != '\r')
            name[to++] = name[i] >= 'a' && name[i] <= 'z' ? (uint8_t)(name[i] - 32) : name[i];
    }
    return to;
}

/* Serials are padded or not as their printer liked: 10MEXICO00083 is 10MEXICO83, but a dash keeps
 * 104-00068 apart. */
size_t name_fold(struct bytes name, uint8_t out[FOLDED_NAME_MAX])
{
    uint8_t folded[FOLDED_NAME_MAX];
    size_t len = without_blanks(folded, fold_text(name, folded, sizeof folded)), to = 0;
    bool in_serial = false;
    for (size_t i = 0; i < len; i++) {
        bool follows = to > 0 && (is_letter(out[to - 1]) || in_serial);
        in_serial = folded[i] == '0' && follows && i + 1 < len && is_digit(folded[i + 1]);
        if (!in_serial)
            out[to++] = folded[i];
    }
    return to;
}

void fields_encode(const struct field *fields, size_t count, struct buffer *to)
{
    buffer_varint(to, count);
    for (size_t i = 0; i < count; i++) {
        buffer_u8(to, (uint8_t)fields[i].name);
        buffer_u8(to, (uint8_t)fields[i].basis);
        buffer_string(to, fields[i].value);
        buffer_string(to, fields[i].from);
    }
}

enum status fields_decode(struct bytes blob, struct arena *arena, struct field_list *fields,
                          struct fault *fault)
{
    struct cursor from = cursor_from_bytes(blob);
    size_t count = blob.len > 0 ? cursor_varint64(&from) : 0;
    if (count > blob.len)
        return corrupt(fault, CATALOG_FILE, UINT64_MAX, "more fields than their bytes can hold");
    struct field *at = arena_alloc_many(arena, count + 1, sizeof *at);
    if (at == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count && !from.bad; i++) {
        uint8_t name = cursor_u8(&from), basis = cursor_u8(&from);
        struct bytes value = cursor_string(&from), origin = cursor_string(&from);
        at[i] = (struct field){ name, basis, value, origin };
        if (name >= FIELD_NAMES || basis > BASIS_DECLARED)
            from.bad = true;
    }
    if (from.bad)
        return corrupt(fault, CATALOG_FILE, UINT64_MAX,
                       "the fields of a document break their format");
    *fields = (struct field_list){ .at = at, .count = count };
    return OK;
}
