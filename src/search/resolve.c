#include "search/resolve.h"

#include "text/clean.h"

static enum status has_reading(const struct viewer *viewer, struct bytes wanted, uint64_t document,
                               struct arena *arena, bool *fits, struct fault *fault)
{
    struct document_row row;
    char digits[2 * HASH_LEN + 1];
    TRY(catalog_document(viewer->catalog, document, arena, &row, fault));
    hex_from_bytes(bytes_make(row.text.at, HASH_LEN), digits);
    *fits = bytes_equal_fold(bytes_slice(bytes_from_string(digits), 0, wanted.len), wanted);
    return OK;
}

enum status documents_resolve(const struct viewer *viewer, const struct address *address,
                              struct arena *arena, uint64_t **ids, size_t *count,
                              struct fault *fault)
{
    const char *name = clean_line(arena, address->name);
    TRY(catalog_documents_named(viewer->catalog, address->name, arena, ids, count, fault));
    TRY(viewer_keep(viewer, *ids, count, fault));
    if (*count == 0)
        return fail(fault, NOT_FOUND, "no document held here is called \"%s\"", name);
    if (address->reading.len == 0)
        return OK;
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        bool fits = false;
        TRY(has_reading(viewer, address->reading, (*ids)[i], arena, &fits, fault));
        if (fits)
            (*ids)[kept++] = (*ids)[i];
    }
    *count = kept;
    if (kept == 0)
        return fail(fault, NOT_FOUND, "no reading of \"%s\" held here begins with %.*s", name,
                    (int)address->reading.len, (const char *)address->reading.at);
    return OK;
}

enum status document_resolve(const struct viewer *viewer, const struct address *address,
                             struct arena *arena, uint64_t *id, struct fault *fault)
{
    uint64_t *ids = NULL;
    size_t count = 0;
    TRY(documents_resolve(viewer, address, arena, &ids, &count, fault));
    if (count > 1)
        return fail(fault, BAD_INPUT, "%zu documents are called \"%s\": name one by its reading",
                    count, clean_line(arena, address->name));
    *id = ids[0];
    return OK;
}

enum status refuse_place(const struct address *address, const char *name, struct fault *fault)
{
    if (address->kind == ADDRESS_PAGE)
        return fail(fault, NOT_FOUND, "%s has no page %u", name, address->number);
    if (address->kind == ADDRESS_PRINTED)
        return fail(fault, NOT_FOUND, "%s has no paragraph printed %.*s", name,
                    (int)address->printed.len, (const char *)address->printed.at);
    if (address->kind == ADDRESS_ORDINAL)
        return fail(fault, NOT_FOUND, "%s has no paragraph #n%u", name, address->number);
    return fail(fault, NOT_FOUND, "%s has no part %u", name, address->part);
}
