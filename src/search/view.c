#include <stet/view.h>

#include "catalog/lookup.h"
#include "search/dossier.h"
#include "search/label.h"
#include "search/resolve.h"
#include "search/view_part.h"
#include "text/clean.h"

enum { DIGEST_DIGITS = 12 };

/* The view is its first member: that is how it is freed. */
struct viewed {
    struct stet_view view;
    struct arena arena;
};

/* One opening. */
struct opening {
    struct viewed *viewed;
    struct arena *arena; /* the view's */
    const struct stet_view_asked *asked;
    struct address address;
    struct viewer viewer;
    struct dossier dossier;
};

void stet_view_close(const struct stet_view *view)
{
    struct viewed *viewed = (struct viewed *)(uintptr_t)view;
    if (viewed == NULL)
        return;
    arena_release(&viewed->arena);
    free(viewed);
}

static enum status relate(const struct opening *opening, const struct related *related,
                          size_t count, const struct stet_related **to, size_t *to_count,
                          struct fault *fault)
{
    struct stet_related *made = arena_alloc_many(opening->arena, count + 1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++)
        made[i] = (struct stet_related){ related[i].address,    related[i].kind,   related[i].date,
                                         related[i].date_basis, related[i].origin, related[i].title,
                                         related[i].is_held };
    *to = made;
    *to_count = count;
    return OK;
}

static enum status fill_candidates(struct opening *opening, const uint64_t *ids, size_t count,
                                   struct fault *fault)
{
    struct stet_view *view = &opening->viewed->view;
    if (count > STET_RELATED_MAX)
        count = STET_RELATED_MAX;
    struct related *related = arena_alloc_many(opening->arena, count, sizeof *related);
    if (related == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++)
        TRY(related_make(opening->viewer.snapshot, ids[i], true, opening->arena, &related[i],
                         fault));
    return relate(opening, related, count, &view->candidates, &view->candidate_count, fault);
}

static enum status fill_collections(struct opening *opening, struct fault *fault)
{
    struct stet_view *view = &opening->viewed->view;
    struct collection_row *rows = NULL;
    uint64_t *ids = NULL;
    size_t count = 0, row_count = 0;
    TRY(catalog_memberships(opening->viewer.catalog, opening->dossier.row.id, opening->arena, &ids,
                            &count, fault));
    TRY(catalog_collection_rows(opening->viewer.catalog, opening->arena, &rows, &row_count, fault));
    const char **names = arena_alloc_many(opening->arena, count + 1, sizeof *names);
    if (names == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < row_count; i++)
        for (size_t k = 0; k < count; k++)
            if (rows[i].id == ids[k] && viewer_sees_collection(&opening->viewer, ids[k]))
                names[view->collection_count++] = clean_line(opening->arena, rows[i].name);
    view->collections = names;
    return OK;
}

static enum status fill_fields(struct opening *opening, struct fault *fault)
{
    struct stet_view *view = &opening->viewed->view;
    const struct dossier *dossier = &opening->dossier;
    struct stet_field *fields =
        arena_alloc_many(opening->arena, dossier->field_count + 1, sizeof *fields);
    if (fields == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < dossier->field_count; i++) {
        const struct dossier_field *field = &dossier->fields[i];
        if (!field->is_usual)
            fields[view->field_count++] =
                (struct stet_field){ field->word, field->value, field->basis, field->is_inferred };
    }
    view->fields = fields;
    TRY(relate(opening, dossier->refs, dossier->ref_count, &view->refs, &view->ref_count, fault));
    TRY(relate(opening, dossier->referrers, dossier->referrer_count, &view->referrers,
               &view->referrer_count, fault));
    return relate(opening, dossier->twins, dossier->twin_count, &view->twins, &view->twin_count,
                  fault);
}

static enum status fill_head(struct opening *opening, uint64_t document, struct fault *fault)
{
    struct stet_view *view = &opening->viewed->view;
    struct dossier *dossier = &opening->dossier;
    struct related self;
    char digits[2 * HASH_LEN + 1];
    dossier->most = STET_RELATED_MAX;
    TRY(dossier_make(&opening->viewer, document, opening->arena, dossier, fault));
    TRY(related_make(opening->viewer.snapshot, document, false, opening->arena, &self, fault));
    hex_from_bytes(bytes_make(dossier->row.text.at, HASH_LEN), digits);
    view->name = dossier->name;
    view->kind = dossier->kind;
    view->title = self.title;
    view->file = dossier->file;
    view->date = self.date;
    view->date_basis = self.date_basis;
    view->digest = arena_string(opening->arena, bytes_make(digits, DIGEST_DIGITS));
    view->verdict = dossier->verdict;
    view->is_purged = dossier->row.purged_at != 0;
    view->referrer_total = dossier->referrer_total;
    view->twin_total = dossier->twin_total;
    view->paths = dossier->paths;
    view->path_count = dossier->path_count;
    view->part_names = dossier->part_names;
    view->part_count = dossier->part_count;
    TRY(fill_fields(opening, fault));
    return fill_collections(opening, fault);
}

static enum status find_hits(struct opening *opening, size_t segment, uint32_t number,
                             struct view_part *part, struct fault *fault)
{
    struct query query;
    SCOPED(arena_release) struct arena arena = { 0 };
    const char *text = opening->asked->query;
    if (text == NULL || text[0] == '\0')
        return OK;
    TRY(query_parse(bytes_from_string(text), false, &arena, &query, fault));
    TRY(query_bind_within(opening->viewer.catalog, viewer_may(&opening->viewer), &query, fault));
    return view_part_find(opening->viewer.snapshot, segment, number, &query, part, fault);
}

static enum status fill_blocks(struct opening *opening, const struct view_part *part, size_t asked,
                               struct fault *fault)
{
    struct stet_view *view = &opening->viewed->view;
    size_t most = opening->asked->most > 0 ? opening->asked->most : STET_BLOCKS_UNLESS_SAID;
    view->blocks = part->outline_count;
    view->first = opening->asked->first;
    if (asked != SIZE_MAX && view->first == 0 && asked >= most)
        view->first = asked - most / 4;
    if (view->first > view->blocks)
        view->first = view->blocks;
    view->count = view->blocks - view->first < most ? view->blocks - view->first : most;
    struct stet_block *blocks = arena_alloc_many(opening->arena, view->count + 1, sizeof *blocks);
    if (blocks == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < view->count; i++) {
        TRY(view_block_make(part, view->first + i, &blocks[i], fault));
        blocks[i].is_asked = view->first + i == asked;
    }
    view->at = blocks;
    view->hits = part->hit_count;
    view_part_neighbours(part, view->first, view->first + view->count, &view->hit_before,
                         &view->hit_after);
    return OK;
}

/* NOT_FOUND, without words: the part has no text here, or not the place of the address. */
static enum status fill_part(struct opening *opening, uint32_t number, struct fault *fault)
{
    size_t segment, asked = SIZE_MAX;
    uint32_t local;
    SCOPED(view_part_release) struct view_part part = { .arena = opening->arena };
    TRY(snapshot_locate(opening->viewer.snapshot, opening->dossier.row.id, number, &segment, &local,
                        fault));
    TRY(view_part_read(snapshot_segment(opening->viewer.snapshot, segment), local, &part, fault));
    bool is_place = opening->address.kind != ADDRESS_DOCUMENT;
    if (is_place) {
        asked = view_part_asked(&part, &opening->address);
        if (asked == SIZE_MAX)
            return NOT_FOUND;
    }
    TRY(find_hits(opening, segment, local, &part, fault));
    opening->viewed->view.part = number;
    return fill_blocks(opening, &part, asked, fault);
}

/* The part asked for; else the first that has text, and the place. */
static enum status fill_text(struct opening *opening, struct fault *fault)
{
    bool is_place = opening->address.kind != ADDRESS_DOCUMENT;
    uint32_t said = opening->address.part > 0 ? opening->address.part : opening->asked->part;
    uint32_t first = said > 0 ? said : 1, last = said > 0 ? said : opening->dossier.row.parts;
    for (uint32_t part = first; part <= last && part <= opening->dossier.row.parts; part++) {
        enum status filled = fill_part(opening, part, fault);
        if (filled != NOT_FOUND)
            return filled;
    }
    opening->viewed->view.hit_before = opening->viewed->view.hit_after = SIZE_MAX;
    if (is_place || said > opening->dossier.row.parts)
        return refuse_place(&opening->address, opening->dossier.name, fault);
    return OK;
}

static enum status fill_view(struct opening *opening, struct archive *archive, struct fault *fault)
{
    uint64_t *ids = NULL;
    size_t count = 0;
    TRY(address_parse(bytes_from_string(opening->asked->address), &opening->address, fault));
    TRY(viewer_open(archive, &opening->asked->scope, NULL, 0, opening->arena, &opening->viewer,
                    fault));
    TRY(documents_resolve(&opening->viewer, &opening->address, opening->arena, &ids, &count,
                          fault));
    if (count > 1)
        return fill_candidates(opening, ids, count, fault);
    TRY(fill_head(opening, ids[0], fault));
    return fill_text(opening, fault);
}

enum stet_status stet_view_open(struct stet_archive *archive, const struct stet_view_asked *asked,
                                const struct stet_view **view, struct stet_fault *fault)
{
    struct viewed *viewed = calloc(1, sizeof *viewed);
    *view = NULL;
    if (viewed == NULL)
        return no_memory(fault);
    struct opening opening = { .viewed = viewed, .arena = &viewed->arena, .asked = asked };
    enum status filled = fill_view(&opening, archive, fault);
    viewer_release(&opening.viewer);
    if (filled == OK)
        *view = &viewed->view;
    else
        stet_view_close(&viewed->view);
    return filled;
}
