#include "search/dossier.h"

#include "search/clean.h"
#include "search/label.h"

enum { READING_DIGITS = 12, VERDICT_FULL = 0 };

static const char dropped_words[] =
    "none: the date worked out stands on cables too far apart in number";

enum status related_make(const struct snapshot *snapshot, uint64_t document, bool with_reading,
                         struct arena *arena, struct related *related, struct fault *fault)
{
    const struct catalog *catalog = snapshot_catalog(snapshot);
    struct document_row row;
    struct field_list fields = { 0 };
    struct date_label date;
    char reading[2 * HASH_LEN + 1];
    TRY(catalog_document(catalog, document, arena, &row, fault));
    TRY(catalog_fields(catalog, document, arena, &fields, fault));
    TRY(date_label_make(snapshot, document, &fields, arena, &date, fault));
    hex_from_bytes(bytes_make(row.text.at, HASH_LEN), reading);
    reading[READING_DIGITS] = '\0';
    *related = (struct related){ .kind = kind_word(row.kind), .date = date.text, .is_held = true };
    related->address = arena_print(arena, "%s%s%s", clean_line(arena, row.name),
                                   with_reading ? "@" : "", with_reading ? reading : "");
    related->origin = field_label(&fields, FIELD_ORIGIN, arena);
    related->title = field_label(&fields, FIELD_TITLE, arena);
    return related->address == NULL ? no_memory(fault) : OK;
}

static enum status related_all(struct dossier *dossier, const uint64_t *ids, size_t count,
                               bool with_reading, struct related **related, size_t *kept,
                               struct fault *fault)
{
    *related = arena_alloc_many(dossier->arena, count + 1, sizeof **related);
    if (*related == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++)
        TRY(related_make(dossier->snapshot, ids[i], with_reading, dossier->arena, &(*related)[i],
                         fault));
    *kept = count;
    return OK;
}

/* A reference that nothing held here answers to keeps its own words. */
static enum status add_reference(struct dossier *dossier, struct bytes value, struct fault *fault)
{
    uint64_t *ids = NULL;
    size_t count = 0;
    struct related *related = &dossier->refs[dossier->ref_count++];
    const struct catalog *catalog = snapshot_catalog(dossier->snapshot);
    TRY(catalog_documents_named(catalog, value, dossier->arena, &ids, &count, fault));
    if (count == 1)
        return related_make(dossier->snapshot, ids[0], false, dossier->arena, related, fault);
    *related = (struct related){ clean_line(dossier->arena, value), "", "", "", "", count > 0 };
    if (count > 1)
        related->title = arena_print(dossier->arena, "%zu documents have this name", count);
    return related->title == NULL ? no_memory(fault) : OK;
}

static enum status add_fields(struct dossier *dossier, struct fault *fault)
{
    struct field_list fields = { 0 };
    struct arena *arena = dossier->arena;
    TRY(catalog_fields(snapshot_catalog(dossier->snapshot), dossier->row.id, arena, &fields,
                       fault));
    dossier->fields = arena_alloc_many(arena, fields.count + 1, sizeof *dossier->fields);
    dossier->refs = arena_alloc_many(arena, fields.count + 1, sizeof *dossier->refs);
    if (dossier->fields == NULL || dossier->refs == NULL)
        return no_memory(fault);
    struct date_label date;
    TRY(date_label_make(dossier->snapshot, dossier->row.id, &fields, arena, &date, fault));
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.at[i];
        bool is_dropped = field->name == FIELD_DATE && date.is_dropped;
        dossier->fields[dossier->field_count++] =
            (struct dossier_field){ field_word(field->name),
                                    is_dropped ? "" : clean_line(arena, field->value),
                                    is_dropped ? dropped_words : basis_label(field, arena),
                                    field->basis == BASIS_INFERRED && !is_dropped };
        if (field->name == FIELD_REF)
            TRY(add_reference(dossier, field->value, fault));
    }
    return OK;
}

static enum status clean_all(struct dossier *dossier, const struct bytes *lines, size_t count,
                             const char ***cleaned, size_t *kept, struct fault *fault)
{
    *cleaned = arena_alloc_many(dossier->arena, count + 1, sizeof **cleaned);
    if (*cleaned == NULL)
        return no_memory(fault);
    for (*kept = 0; *kept < count; ++*kept)
        (*cleaned)[*kept] = clean_line(dossier->arena, lines[*kept]);
    return OK;
}

static enum status add_relations(struct dossier *dossier, struct fault *fault)
{
    const struct catalog *catalog = snapshot_catalog(dossier->snapshot);
    uint64_t *ids = NULL, id = dossier->row.id;
    struct bytes *lines = NULL;
    size_t count = 0;
    TRY(catalog_referrers(catalog, id, dossier->arena, &ids, &count, fault));
    TRY(related_all(dossier, ids, count, false, &dossier->referrers, &dossier->referrer_count,
                    fault));
    TRY(catalog_twins(catalog, id, dossier->arena, &ids, &count, fault));
    TRY(related_all(dossier, ids, count, true, &dossier->twins, &dossier->twin_count, fault));
    TRY(catalog_paths(catalog, id, dossier->arena, &lines, &count, fault));
    TRY(clean_all(dossier, lines, count, &dossier->paths, &dossier->path_count, fault));
    TRY(catalog_part_names(catalog, id, dossier->arena, &lines, &count, fault));
    return clean_all(dossier, lines, count, &dossier->part_names, &dossier->part_count, fault);
}

/* The numbers are those of the wire, which this room cannot see. */
static const char *verdict_words(uint8_t verdict)
{
    static const char *const words[] = { "", "readable but doubtful", "read in part",
                                         "could not be read", "of a type not read yet" };
    return verdict < sizeof words / sizeof *words ? words[verdict] : "not read in full";
}

enum status dossier_make(const struct snapshot *snapshot, uint64_t document, struct arena *arena,
                         struct dossier *dossier, struct fault *fault)
{
    *dossier = (struct dossier){ .snapshot = snapshot, .arena = arena };
    TRY(catalog_document(snapshot_catalog(snapshot), document, arena, &dossier->row, fault));
    dossier->name = clean_line(arena, dossier->row.name);
    dossier->kind = kind_word(dossier->row.kind);
    dossier->verdict = verdict_words(dossier->row.verdict);
    const char *reason = clean_line(arena, dossier->row.reason);
    if (dossier->row.verdict != VERDICT_FULL && reason[0] != '\0')
        dossier->verdict = arena_print(arena, "%s: %s", dossier->verdict, reason);
    if (dossier->row.purged_at != 0)
        dossier->verdict = arena_print(arena, "purged: %s", reason);
    if (dossier->verdict == NULL)
        return no_memory(fault);
    TRY(add_fields(dossier, fault));
    return add_relations(dossier, fault);
}
