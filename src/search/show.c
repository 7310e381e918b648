#include <stet/document.h>

#include "base/json.h"
#include "text/clean.h"
#include "search/resolve.h"
#include "search/sheet.h"

/* One showing of one address. */
struct showing {
    struct viewer viewer;
    const struct address *address;
    struct arena *arena;
    struct outlet outlet;
    struct json json;
};

static bool is_json(const struct showing *showing)
{
    return (showing->outlet.flags & STET_SHOW_JSON) != 0;
}

static enum status show_list(struct showing *showing, const uint64_t *ids, size_t count,
                             struct fault *fault)
{
    const char *name = clean_line(showing->arena, showing->address->name);
    struct related *related = arena_alloc_many(showing->arena, count, sizeof *related);
    if (related == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++)
        TRY(related_make(showing->viewer.snapshot, ids[i], true, showing->arena, &related[i],
                         fault));
    if (is_json(showing))
        sheet_json_list(&showing->json, name, related, count);
    else
        sheet_list(&showing->outlet, name, related, count);
    return outlet_flush(&showing->outlet, fault);
}

/* A part without text here is nothing to be shown; its document says why. */
static enum status show_part(struct showing *showing, const struct dossier *dossier, uint32_t part,
                             enum block_choice choice, bool *is_found, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct blocks blocks;
    enum status made = blocks_make(showing->viewer.snapshot, dossier->row.id, part, choice,
                                   showing->address, &arena, &blocks, fault);
    if (made == NOT_FOUND)
        return OK;
    TRY(made);
    if (choice == BLOCKS_ASKED && !blocks.is_found)
        return OK;
    *is_found = true;
    if (is_json(showing))
        sheet_json_part(&showing->json, dossier, part, &blocks);
    else
        sheet_part(&showing->outlet, dossier, part, &blocks);
    return outlet_flush(&showing->outlet, fault);
}

static enum status show_parts(struct showing *showing, const struct dossier *dossier,
                              struct fault *fault)
{
    const struct address *address = showing->address;
    bool is_place = address->kind != ADDRESS_DOCUMENT, is_found = false;
    bool is_all = (showing->outlet.flags & STET_SHOW_ALL) != 0;
    enum block_choice choice = is_place ? BLOCKS_ASKED : is_all ? BLOCKS_ALL : BLOCKS_FIRST;
    uint32_t first = address->part > 0 ? address->part : 1;
    uint32_t last = address->part > 0 ? address->part : is_place || is_all ? dossier->row.parts : 1;
    for (uint32_t part = first; part <= last && !showing->outlet.is_closed; part++) {
        TRY(show_part(showing, dossier, part, choice, &is_found, fault));
        if (is_place && is_found)
            break;
    }
    if (!is_found && (is_place || address->part > 0) && !showing->outlet.is_closed)
        return refuse_place(address, dossier->name, fault);
    return OK;
}

static enum status show_one(struct showing *showing, uint64_t document, struct fault *fault)
{
    struct dossier dossier = { .most = SIZE_MAX };
    TRY(dossier_make(&showing->viewer, document, showing->arena, &dossier, fault));
    if (is_json(showing))
        sheet_json_head(&showing->json, &dossier);
    else
        sheet_head(&showing->outlet, &dossier);
    TRY(show_parts(showing, &dossier, fault));
    if (is_json(showing))
        sheet_json_end(&showing->json);
    else
        sheet_end(&showing->outlet, &dossier);
    return outlet_flush(&showing->outlet, fault);
}

static enum status show(struct showing *showing, struct fault *fault)
{
    uint64_t *ids = NULL;
    size_t count = 0;
    TRY(documents_resolve(&showing->viewer, showing->address, showing->arena, &ids, &count, fault));
    TRY(count > 1 ? show_list(showing, ids, count, fault) : show_one(showing, ids[0], fault));
    if (is_json(showing))
        buffer_append_text(&showing->outlet.piece, "\n");
    return outlet_flush(&showing->outlet, fault);
}

enum stet_status stet_show(struct stet_archive *archive, const char *address, unsigned flags,
                           stet_show_write *write, void *context, struct stet_fault *fault)
{
    struct address parsed;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct showing showing = { .address = &parsed, .arena = &arena };
    TRY(address_parse(bytes_from_string(address), &parsed, fault));
    TRY(viewer_open(archive, NULL, NULL, 0, &arena, &showing.viewer, fault));
    showing.outlet = (struct outlet){ .write = write, .context = context, .flags = flags };
    showing.json = json_begin(&showing.outlet.piece);
    enum status shown = show(&showing, fault);
    buffer_release(&showing.outlet.piece);
    viewer_release(&showing.viewer);
    return shown;
}
