#include "catalog/ledger.h"

#include "catalog/inside.h"
#include "catalog/lookup.h"
#include "catalog/record.h"

enum { ROWS_UNLESS_SAID = 1000 };

const char *ledger_outcome_words(enum ledger_outcome outcome)
{
    static const char *const words[LEDGER_OUTCOMES] = {
        [LEDGER_FULL] = "read in full",
        [LEDGER_DOUBTFUL] = "readable but doubtful",
        [LEDGER_PARTIAL] = "read in part",
        [LEDGER_FAILED] = "could not be read",
        [LEDGER_UNREAD] = "of a type not read yet",
        [LEDGER_REFUSED] = "not opened",
        [LEDGER_COPY] = "a copy of another file",
        [LEDGER_EMPTY] = "without text",
    };
    return (unsigned)outcome < LEDGER_OUTCOMES ? words[outcome] : "unknown";
}

static bool is_problem(enum ledger_outcome outcome)
{
    return outcome != LEDGER_FULL && outcome != LEDGER_COPY && outcome != LEDGER_EMPTY;
}

static bool filter_takes(const struct ledger_filter *filter, const struct ledger_row *row)
{
    return (filter->collection == 0 || row->collection == filter->collection) &&
           (filter->with_former || !row->is_former) &&
           (!filter->problems || is_problem(row->outcome));
}

/* Rows that are not taken leave nothing in the caller's arena. */
struct ledger_gathering {
    const struct ledger_filter *filter;
    struct arena *arena;
    struct ledger_row *at;
    size_t count, most;
};

static enum status gather_row(void *context, const struct row *row, struct fault *fault)
{
    struct ledger_gathering *gathering = context;
    struct ledger_row ledger;
    ledger_from_row(row, &ledger);
    if (!filter_takes(gathering->filter, &ledger))
        return OK;
    if (gathering->count == gathering->most)
        return NOT_FOUND;
    struct bytes *strings[] = { &ledger.root, &ledger.path, &ledger.reason, &ledger.type };
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        *strings[i] = arena_copy(gathering->arena, *strings[i]);
        if (strings[i]->at == NULL)
            return no_memory(fault);
    }
    gathering->at[gathering->count++] = ledger;
    return OK;
}

enum status ledger_rows(const struct catalog *catalog, const struct ledger_filter *filter,
                        struct arena *arena, struct ledger_row **rows, size_t *count,
                        struct fault *fault)
{
    size_t most = filter->most > 0 ? filter->most : ROWS_UNLESS_SAID;
    struct ledger_gathering gathering = { .filter = filter, .arena = arena, .most = most };
    gathering.at = arena_alloc_many(arena, most, sizeof *gathering.at);
    if (gathering.at == NULL)
        return no_memory(fault);
    struct row with = { { value_number(filter->after) } };
    TRY(query_each(catalog, QUERY_LEDGER_AFTER, "i", &with, gather_row, &gathering, fault));
    *rows = gathering.at;
    *count = gathering.count;
    return OK;
}

enum status ledger_find(const struct catalog *catalog, uint64_t collection, struct bytes root,
                        struct bytes path, struct arena *arena, struct ledger_row *row,
                        struct fault *fault)
{
    struct row found, with = { { value_number(collection), value_bytes(root), value_bytes(path) } };
    TRY(query_one(catalog, QUERY_LEDGER_AT, "ibb", &with, arena, &found, fault));
    ledger_from_row(&found, row);
    return OK;
}

enum status ledger_rows_of(const struct catalog *catalog, const struct hash *original,
                           struct arena *arena, struct ledger_row **rows, size_t *count,
                           struct fault *fault)
{
    struct row *found, with = { { value_bytes(bytes_make(original->at, HASH_LEN)) } };
    TRY(query_rows(catalog, QUERY_LEDGER_OF, "b", &with, arena, &found, count, fault));
    *rows = arena_alloc_many(arena, *count + 1, sizeof **rows);
    if (*rows == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < *count; i++)
        ledger_from_row(&found[i], &(*rows)[i]);
    return OK;
}

enum status ledger_find_original(const struct catalog *catalog, const struct hash *original,
                                 struct arena *arena, struct ledger_row *row, struct fault *fault)
{
    struct ledger_row *rows;
    size_t count;
    TRY(ledger_rows_of(catalog, original, arena, &rows, &count, fault));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].documents == 0)
            continue;
        *row = rows[i];
        return OK;
    }
    return NOT_FOUND;
}

static bool is_among(const uint64_t *ids, size_t count, uint64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == id)
            return true;
    }
    return count == 0;
}

struct covering {
    const struct catalog *catalog;
    const uint64_t *collections;
    size_t count;
    struct coverage sums;
};

static enum status cover_file(void *context, const struct row *row, struct fault *fault)
{
    struct covering *covering = context;
    struct ledger_row ledger;
    ledger_from_row(row, &ledger);
    if (ledger.is_former || !is_among(covering->collections, covering->count, ledger.collection))
        return OK;
    if ((unsigned)ledger.outcome >= LEDGER_OUTCOMES)
        return corrupt(fault, CATALOG_FILE, UINT64_MAX, "a ledger row has no known outcome");
    covering->sums.files[ledger.outcome]++;
    covering->sums.bytes[ledger.outcome] += ledger.size;
    return OK;
}

static enum status is_covered(struct covering *covering, uint64_t document, bool *is_inside,
                              struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    *is_inside = covering->count == 0;
    for (size_t i = 0; i < covering->count && !*is_inside; i++) {
        struct row found,
            with = { { value_number(document), value_number(covering->collections[i]) } };
        enum status asked =
            query_one(covering->catalog, QUERY_MEMBER, "ii", &with, &arena, &found, fault);
        *is_inside = asked == OK;
        if (asked != OK && asked != NOT_FOUND)
            return asked;
    }
    return OK;
}

static enum status cover_document(void *context, const struct document_record *record,
                                  struct fault *fault)
{
    struct covering *covering = context;
    bool is_inside = false;
    if (record->is_retired || record->row.purged_at != 0)
        return OK;
    TRY(is_covered(covering, record->row.id, &is_inside, fault));
    if (!is_inside)
        return OK;
    covering->sums.documents++;
    covering->sums.words += record->row.words;
    covering->sums.documents_without_text += record->row.words == 0;
    return OK;
}

static enum status count_coverage(const struct catalog *catalog, const uint64_t *collections,
                                  size_t count, struct coverage *coverage, struct fault *fault)
{
    struct covering covering = { .catalog = catalog, .collections = collections, .count = count };
    struct row with = { { value_number(0) } };
    TRY(query_each(catalog, QUERY_LEDGER_AFTER, "i", &with, cover_file, &covering, fault));
    TRY(catalog_each_document(catalog, cover_document, &covering, fault));
    *coverage = covering.sums;
    return OK;
}

/* NOT_FOUND when nobody counted, or something was committed since. */
static enum status kept_coverage(const struct catalog *catalog, uint64_t collection,
                                 struct coverage *coverage, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct catalog_state state;
    struct row row, with = { { value_number(collection) } };
    if (catalog_is_changing(catalog))
        return NOT_FOUND;
    TRY(catalog_state(catalog, &state, fault));
    TRY(query_one(catalog, QUERY_TALLY, "i", &with, &arena, &row, fault));
    if ((uint64_t)row.at[1].number != state.commits)
        return NOT_FOUND;
    return tally_decode(row.at[2].bytes, coverage, fault);
}

enum status catalog_coverage(const struct catalog *catalog, const uint64_t *collections,
                             size_t count, struct coverage *coverage, struct fault *fault)
{
    if (count <= 1) {
        enum status kept = kept_coverage(catalog, count == 1 ? collections[0] : 0, coverage, fault);
        if (kept != NOT_FOUND)
            return kept;
    }
    return count_coverage(catalog, collections, count, coverage, fault);
}

bool catalog_is_tallied(const struct catalog *catalog)
{
    struct coverage coverage;
    return kept_coverage(catalog, 0, &coverage, NULL) == OK;
}

void tally_encode(const struct coverage *coverage, struct buffer *to)
{
    for (size_t i = 0; i < LEDGER_OUTCOMES; i++) {
        buffer_varint(to, coverage->files[i]);
        buffer_varint(to, coverage->bytes[i]);
    }
    buffer_varint(to, coverage->documents);
    buffer_varint(to, coverage->documents_without_text);
    buffer_varint(to, coverage->words);
}

enum status tally_decode(struct bytes figures, struct coverage *coverage, struct fault *fault)
{
    struct cursor from = cursor_from_bytes(figures);
    struct coverage read = { 0 };
    for (size_t i = 0; i < LEDGER_OUTCOMES; i++) {
        read.files[i] = cursor_varint64(&from);
        read.bytes[i] = cursor_varint64(&from);
    }
    read.documents = cursor_varint64(&from);
    read.documents_without_text = cursor_varint64(&from);
    read.words = cursor_varint64(&from);
    if (from.bad || cursor_left(&from) > 0)
        return corrupt(fault, CATALOG_FILE, UINT64_MAX, "a tally breaks its format");
    *coverage = read;
    return OK;
}

struct counting {
    uint64_t count;
};

static enum status count_row(void *context, const struct row *row, struct fault *fault)
{
    (void)row, (void)fault;
    ((struct counting *)context)->count++;
    return OK;
}

static enum status count_in(const struct catalog *catalog, enum query query, uint64_t collection,
                            uint64_t *count, struct fault *fault)
{
    struct counting counting = { 0 };
    struct row with = { { value_number(collection) } };
    TRY(query_each(catalog, query, "i", &with, count_row, &counting, fault));
    *count = counting.count;
    return OK;
}

enum status catalog_collection_rows(const struct catalog *catalog, struct arena *arena,
                                    struct collection_row **rows, size_t *count,
                                    struct fault *fault)
{
    struct row *found, none = { 0 };
    TRY(query_rows(catalog, QUERY_COLLECTIONS, "", &none, arena, &found, count, fault));
    *rows = arena_alloc_many(arena, *count + 1, sizeof **rows);
    if (*rows == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < *count; i++)
        (*rows)[i] = (struct collection_row){ .id = (uint64_t)found[i].at[0].number,
                                              .name = found[i].at[1].bytes,
                                              .is_public = found[i].at[2].number != 0 };
    return OK;
}

enum status catalog_collections(const struct catalog *catalog, struct arena *arena,
                                struct collection_row **rows, size_t *count, struct fault *fault)
{
    TRY(catalog_collection_rows(catalog, arena, rows, count, fault));
    for (size_t i = 0; i < *count; i++) {
        struct collection_row *row = &(*rows)[i];
        TRY(count_in(catalog, QUERY_MEMBERS_IN, row->id, &row->documents, fault));
        TRY(count_in(catalog, QUERY_LEDGER_IN, row->id, &row->files, fault));
    }
    return OK;
}
