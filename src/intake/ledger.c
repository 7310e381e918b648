#include <stet/ledger.h>

#include <string.h>

#include "archive/snapshot.h"
#include "catalog/coverage_words.h"
#include "catalog/lookup.h"
#include "intake/escape.h"

_Static_assert((int)STET_OUTCOMES == (int)LEDGER_OUTCOMES && (int)STET_EMPTY == (int)LEDGER_EMPTY,
               "the public outcomes are the catalog's");

static enum status find_collection(const struct catalog *catalog, const char *name,
                                   struct arena *arena, struct collection_row *row,
                                   struct fault *fault)
{
    struct collection_row *rows = NULL;
    size_t count = 0;
    TRY(catalog_collections(catalog, arena, &rows, &count, fault));
    for (size_t i = 0; i < count; i++)
        if (bytes_is(rows[i].name, name)) {
            *row = rows[i];
            return OK;
        }
    return fail(fault, NOT_FOUND, "no collection is called \"%s\"", name);
}

/* Names of collections by number, for rows of several. */
struct names {
    struct collection_row *rows;
    size_t count;
};

static const char *name_of(const struct names *names, uint64_t collection, struct arena *arena)
{
    for (size_t i = 0; i < names->count; i++)
        if (names->rows[i].id == collection)
            return arena_string(arena, names->rows[i].name);
    return "";
}

static const char *shown_path(const struct ledger_row *row, struct arena *arena)
{
    size_t room = 4 * (row->root.len + row->path.len) + 16;
    char *shown = arena_alloc(arena, room);
    if (shown == NULL)
        return "";
    size_t used = 0;
    if (row->root.len > 0) {
        escape_path(row->root, shown, room);
        used = strlen(shown);
        shown[used++] = '/';
    }
    escape_path(row->path, shown + used, room - used);
    return shown;
}

static const char *clean_words(struct bytes words, struct arena *arena)
{
    char *shown = arena_alloc(arena, 4 * words.len + 16);
    if (shown == NULL)
        return "";
    escape_path(words, shown, 4 * words.len + 16);
    return shown;
}

/* Empty where no original is kept. */
static enum status sha256_of(const struct catalog *catalog, const struct ledger_row *row,
                             char digits[2 * HASH_LEN + 1], struct fault *fault)
{
    static const struct hash none = { 0 };
    struct original_record record;
    digits[0] = '\0';
    if (hash_equal(&row->original, &none))
        return OK;
    enum status found = catalog_original(catalog, &row->original, &record, fault);
    if (found == OK)
        hex_from_bytes(bytes_make(record.sha256.at, HASH_LEN), digits);
    return found == NOT_FOUND ? OK : found;
}

static int tell_row(const struct ledger_row *row, const struct names *names, const char *sha256,
                    struct arena *arena, stet_ledger_told *told, void *context)
{
    struct stet_ledger_row shown = {
        .collection = name_of(names, row->collection, arena),
        .path = shown_path(row, arena),
        .size = row->size,
        .accounted = row->accounted,
        .documents = row->documents,
        .outcome = (enum stet_outcome)row->outcome,
        .outcome_words = ledger_outcome_words(row->outcome),
        .type = clean_words(row->type, arena),
        .reason = clean_words(row->reason, arena),
        .sha256 = sha256,
    };
    return told(context, &shown);
}

enum stet_status stet_ledger_walk(struct stet_archive *archive, const char *collection,
                                  bool problems, stet_ledger_told *told, void *context,
                                  struct stet_fault *fault)
{
    CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
    SCOPED(arena_release) struct arena kept = { 0 };
    SCOPED(arena_release) struct arena arena = { 0 };
    TRY(snapshot_open(archive, NULL, &snapshot, fault));
    const struct catalog *catalog = snapshot_catalog(snapshot);
    struct ledger_filter filter = { .problems = problems };
    struct collection_row only = { 0 };
    if (collection != NULL)
        TRY(find_collection(catalog, collection, &kept, &only, fault));
    filter.collection = only.id;
    struct names names = { 0 };
    TRY(catalog_collections(catalog, &kept, &names.rows, &names.count, fault));
    for (;;) {
        struct ledger_row *rows = NULL;
        size_t count = 0;
        arena_clear(&arena);
        TRY(ledger_rows(catalog, &filter, &arena, &rows, &count, fault));
        for (size_t i = 0; i < count; i++) {
            char sha256[2 * HASH_LEN + 1];
            filter.after = rows[i].id;
            TRY(sha256_of(catalog, &rows[i], sha256, fault));
            if (tell_row(&rows[i], &names, sha256, &arena, told, context) != 0)
                return OK;
        }
        if (count == 0)
            return OK;
    }
}

enum stet_status stet_coverage_of(struct stet_archive *archive, const char *collection,
                                  struct stet_coverage *coverage, struct stet_fault *fault)
{
    CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
    SCOPED(arena_release) struct arena arena = { 0 };
    TRY(snapshot_open(archive, NULL, &snapshot, fault));
    const struct catalog *catalog = snapshot_catalog(snapshot);
    struct collection_row only = { 0 };
    if (collection != NULL)
        TRY(find_collection(catalog, collection, &arena, &only, fault));
    struct coverage counted = { 0 };
    TRY(catalog_coverage(catalog, &only.id, collection != NULL ? 1 : 0, &counted, fault));
    *coverage = (struct stet_coverage){ .documents = counted.documents,
                                        .documents_without_text = counted.documents_without_text,
                                        .words = counted.words };
    memcpy(coverage->files, counted.files, sizeof coverage->files);
    memcpy(coverage->bytes, counted.bytes, sizeof coverage->bytes);
    return OK;
}

const char *stet_outcome_words(enum stet_outcome outcome)
{
    return ledger_outcome_words((enum ledger_outcome)outcome);
}

void stet_coverage_words(const struct stet_coverage *coverage, char *text, size_t room)
{
    struct coverage counted = { .documents = coverage->documents,
                                .documents_without_text = coverage->documents_without_text,
                                .words = coverage->words };
    memcpy(counted.files, coverage->files, sizeof counted.files);
    memcpy(counted.bytes, coverage->bytes, sizeof counted.bytes);
    coverage_words(&counted, text, room);
}
