#include "record/marking.h"

struct level {
    const char *printed;
    const char *canonical;
};

static const struct level levels[] = {
    { "TS", "TS" },
    { "S", "S" },
    { "C", "C" },
    { "U", "U" },
    { "SBU", "SBU" },
    { "SECRET", "S" },
    { "CONFIDENTIAL", "C" },
    { "UNCLAS", "U" },
    { "UNCLASSIFIED", "U" },
    { "LOU", "LOU" },
    { "FOUO", "FOUO" },
    { "TOP SECRET", "TS" },
    { "SNF", "S/NF" },
    { "CNF", "C/NF" },
    { "NC", "C/NF" },
    { "N/SF", "S/NF" },
    { "SF", "S/NF" },
};

static const struct level controls[] = {
    { "NF", "NF" },
    { "NOFORN", "NF" },
    { "N", "NF" },
    { "OC", "OC" },
    { "ORCON", "OC" },
    { "FGI", "FGI" },
    { "FOUO", "FOUO" },
    { "LIMDIS", "LIMDIS" },
    { "NODIS", "NODIS" },
    { "EXDIS", "EXDIS" },
    { "ENTIRE TEXT", "" },
    { "SBU", "SBU" },
    { "SENSITIVE", "SENSITIVE" },
    { "NATO", "NATO" },
    { "IMCON", "IMCON" },
    { "PROPIN", "PR" },
    { "PR", "PR" },
    { "RELIDO", "RELIDO" },
    { "DSEN", "DSEN" },
    { "FISA", "FISA" },
    { "NOTAL", "NOTAL" },
    { "NO FORN", "NF" },
};

static size_t append(char *out, size_t len, const void *at, size_t more)
{
    if (len + more >= MARKING_MAX)
        return len;
    memcpy(out + len, at, more);
    out[len + more] = 0;
    return len + more;
}

static const char *canonical_of(const struct level *table, size_t count, struct bytes word)
{
    for (size_t i = 0; i < count; i++)
        if (bytes_equal_fold(word, bytes_from_string(table[i].printed)))
            return table[i].canonical;
    return NULL;
}

static bool is_separator(uint8_t byte)
{
    return byte == '/' || byte == '-' || byte == ' ' || byte == '\\' || byte == ',';
}

/* The longest level that `inside` begins with, ended by a separator or the end. */
static size_t level_len(struct bytes inside, const char **canonical)
{
    size_t best = 0;
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        size_t len = strlen(levels[i].printed);
        if (len <= best || !bytes_has_prefix_fold(inside, levels[i].printed))
            continue;
        if (inside.len > len && !is_separator(inside.at[len]))
            continue;
        best = len;
        *canonical = levels[i].canonical;
    }
    return best;
}

static struct bytes next_control(struct bytes inside, size_t *at)
{
    while (*at < inside.len && is_separator(inside.at[*at]))
        (*at)++;
    size_t start = *at;
    while (*at < inside.len && inside.at[*at] != '/' && inside.at[*at] != '-' &&
           inside.at[*at] != ',')
        (*at)++;
    return bytes_trim(bytes_slice(inside, start, *at - start));
}

/* Controls behind the level; false when one is not in the list. */
static bool append_controls(struct bytes inside, size_t at, char out[MARKING_MAX])
{
    size_t len = strlen(out);
    while (at < inside.len) {
        size_t from = at;
        struct bytes control = next_control(inside, &at);
        if (control.len == 0)
            continue;
        if (bytes_has_prefix_fold(control, "REL")) {
            struct bytes rest = bytes_trim(bytes_slice(inside, from, inside.len));
            while (rest.len > 0 && is_separator(rest.at[0]))
                rest = bytes_slice(rest, 1, rest.len);
            len = append(out, len, "/", 1);
            append(out, len, rest.at, rest.len);
            return true;
        }
        const char *canonical =
            canonical_of(controls, sizeof controls / sizeof controls[0], control);
        if (canonical == NULL)
            return false;
        if (canonical[0] != 0) {
            len = append(out, len, "/", 1);
            len = append(out, len, canonical, strlen(canonical));
        }
    }
    return true;
}

size_t marking_read(struct bytes text, size_t at, char out[MARKING_MAX])
{
    if (at + 3 > text.len || text.at[at] != '(')
        return 0;
    struct bytes window = bytes_slice(text, at + 1, MARKING_MAX - 2);
    size_t close = bytes_find_byte(window, ')', 0);
    if (close == SIZE_MAX)
        return 0;
    struct bytes inside = bytes_trim(bytes_slice(window, 0, close));
    const char *canonical = NULL;
    size_t len = level_len(inside, &canonical);
    if (len == 0)
        return 0;
    out[0] = 0;
    append(out, 0, canonical, strlen(canonical));
    return append_controls(inside, len, out) ? close + 2 : 0;
}

uint32_t marking_span(struct record *record, uint32_t start, uint32_t at, uint32_t end)
{
    struct bytes text = record->text;
    char canonical[MARKING_MAX];
    uint32_t mark = at;
    while (mark < end && is_blank(text.at[mark]))
        mark++;
    size_t len = mark < end ? marking_read(bytes_slice(text, 0, end), mark, canonical) : 0;
    if (len == 0) {
        record_span(record, SPAN_FURNITURE, start, at, bytes_make(NULL, 0));
        return at;
    }
    uint32_t behind = mark + (uint32_t)len;
    record_span(record, SPAN_FURNITURE, start, behind, bytes_make(NULL, 0));
    record_span(record, SPAN_PORTION, mark, behind,
                arena_copy(record->arena, bytes_from_string(canonical)));
    while (behind < end && is_blank(text.at[behind]))
        behind++;
    return behind;
}
