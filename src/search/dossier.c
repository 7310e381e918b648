#include "search/dossier.h"

#include "text/clean.h"
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
    *related = (struct related){
        .kind = kind_word(row.kind), .date = date.text, .date_basis = date.basis, .is_held = true
    };
    related->address = arena_print(arena, "%s%s%s", clean_line(arena, row.name),
                                   with_reading ? "@" : "", with_reading ? reading : "");
    related->origin = field_label(&fields, FIELD_ORIGIN, arena);
    related->title = field_label(&fields, FIELD_TITLE, arena);
    if (related->title[0] == '\0')
        related->title = file_label(&fields, arena);
    return related->address == NULL ? no_memory(fault) : OK;
}

static enum status related_all(struct dossier *dossier, const uint64_t *ids, size_t count,
                               bool with_reading, struct related **related, size_t *kept,
                               struct fault *fault)
{
    *related = arena_alloc_many(dossier->arena, count + 1, sizeof **related);
    if (*related == NULL)
        return no_memory(fault);
    if (count > dossier->most)
        count = dossier->most;
    for (size_t i = 0; i < count; i++)
        TRY(related_make(dossier->viewer->snapshot, ids[i], with_reading, dossier->arena,
                         &(*related)[i], fault));
    *kept = count;
    return OK;
}

/* A reference that nothing held here answers to keeps its own words. */
static enum status add_reference(struct dossier *dossier, struct bytes value, struct fault *fault)
{
    uint64_t *ids = NULL;
    size_t count = 0;
    struct related *related = &dossier->refs[dossier->ref_count++];
    const struct catalog *catalog = snapshot_catalog(dossier->viewer->snapshot);
    TRY(catalog_documents_named(catalog, value, dossier->arena, &ids, &count, fault));
    TRY(viewer_keep(dossier->viewer, ids, &count, fault));
    if (count == 1)
        return related_make(dossier->viewer->snapshot, ids[0], false, dossier->arena, related,
                            fault);
    *related = (struct related){ clean_line(dossier->arena, value), "", "", "", "", "", count > 0 };
    if (count > 1)
        related->title = arena_print(dossier->arena, "%zu documents have this name", count);
    return related->title == NULL ? no_memory(fault) : OK;
}

/* Who it is, where from and when; what it is about; to whom; what it points to; what was done to
 * it; and how it was read. */
static const enum field_name reading_order[] = {
    FIELD_NUMBER,        FIELD_ORIGIN,   FIELD_DATE,
    FIELD_CLASS,         FIELD_CAPTION,  FIELD_TITLE,
    FIELD_FROM,          FIELD_TO,       FIELD_CC,
    FIELD_SENT,          FIELD_TAG,      FIELD_REF,
    FIELD_CLASSIFIED_BY, FIELD_ORDER,    FIELD_SIGNATURE,
    FIELD_CASE,          FIELD_RELEASE,  FIELD_EXEMPTION,
    FIELD_ANOMALY,       FIELD_ALIAS,    FIELD_LANGUAGE,
    FIELD_PAGES,         FIELD_SECTIONS, FIELD_CHARSET,
};
_Static_assert(sizeof reading_order / sizeof *reading_order == FIELD_NAMES,
               "every field has its place");

static bool is_plain_charset(const struct field *field)
{
    return field->name == FIELD_CHARSET && field->basis == BASIS_INFERRED &&
           bytes_is(field->value, "UTF-8");
}

static struct dossier_field shown_field(const struct dossier *dossier, const struct field *field,
                                        const struct date_label *date)
{
    bool is_dropped = field->name == FIELD_DATE && date->is_dropped;
    return (struct dossier_field){
        .word = field_word(field->name),
        .value = is_dropped ? "" : clean_line(dossier->arena, field->value),
        .basis = is_dropped ? dropped_words : basis_label(field, dossier->arena),
        .is_inferred =
            field->basis == BASIS_INFERRED && !is_dropped && field->name != FIELD_CHARSET,
        .is_usual = is_plain_charset(field),
        .has_commas =
            field->name == FIELD_TO || field->name == FIELD_CC || field->name == FIELD_ANOMALY,
    };
}

static enum status add_fields(struct dossier *dossier, struct fault *fault)
{
    struct field_list fields = { 0 };
    struct arena *arena = dossier->arena;
    TRY(catalog_fields(snapshot_catalog(dossier->viewer->snapshot), dossier->row.id, arena, &fields,
                       fault));
    dossier->fields = arena_alloc_many(arena, fields.count + 1, sizeof *dossier->fields);
    dossier->refs = arena_alloc_many(arena, fields.count + 1, sizeof *dossier->refs);
    if (dossier->fields == NULL || dossier->refs == NULL)
        return no_memory(fault);
    struct date_label date;
    TRY(date_label_make(dossier->viewer->snapshot, dossier->row.id, &fields, arena, &date, fault));
    dossier->file = file_label(&fields, arena);
    for (size_t name = 0; name < FIELD_NAMES; name++)
        for (size_t i = 0; i < fields.count; i++)
            if (fields.at[i].name == reading_order[name])
                dossier->fields[dossier->field_count++] =
                    shown_field(dossier, &fields.at[i], &date);
    for (size_t i = 0; i < fields.count; i++)
        if (fields.at[i].name == FIELD_REF)
            TRY(add_reference(dossier, fields.at[i].value, fault));
    return OK;
}

/* A collection named like the folder that was added says it twice. */
static struct bytes without_twin_folder(struct bytes path)
{
    size_t slash = bytes_find_byte(path, '/', 0);
    if (slash == SIZE_MAX)
        return path;
    struct bytes rest = bytes_slice(path, slash + 1, path.len);
    struct bytes folder = bytes_slice(path, 0, slash + 1);
    return rest.len > folder.len && bytes_equal(bytes_slice(rest, 0, folder.len), folder) ? rest
                                                                                          : path;
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
    const struct catalog *catalog = snapshot_catalog(dossier->viewer->snapshot);
    uint64_t *ids = NULL, id = dossier->row.id;
    struct bytes *lines = NULL;
    size_t count = 0;
    TRY(catalog_referrers(catalog, id, dossier->arena, &ids, &count, fault));
    TRY(viewer_keep(dossier->viewer, ids, &count, fault));
    dossier->referrer_total = count;
    TRY(related_all(dossier, ids, count, false, &dossier->referrers, &dossier->referrer_count,
                    fault));
    TRY(catalog_twins(catalog, id, dossier->arena, &ids, &count, fault));
    TRY(viewer_keep(dossier->viewer, ids, &count, fault));
    dossier->twin_total = count;
    TRY(related_all(dossier, ids, count, true, &dossier->twins, &dossier->twin_count, fault));
    TRY(viewer_paths(dossier->viewer, id, dossier->arena, &lines, &count, fault));
    for (size_t i = 0; i < count; i++)
        lines[i] = without_twin_folder(lines[i]);
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

enum status dossier_make(const struct viewer *viewer, uint64_t document, struct arena *arena,
                         struct dossier *dossier, struct fault *fault)
{
    *dossier = (struct dossier){ .viewer = viewer, .most = dossier->most, .arena = arena };
    TRY(catalog_document(snapshot_catalog(viewer->snapshot), document, arena, &dossier->row,
                         fault));
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
