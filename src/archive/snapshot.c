#include "archive/snapshot.h"

#include "archive/inside.h"

enum { TRIES = 50 };

struct seen_segment {
    struct open_segment *opened;
    uint64_t *seen;
};

struct snapshot {
    struct archive *archive;
    uint32_t holders;
    struct scope scope; /* own copies */
    struct seen_segment *segments;
    size_t count;
    uint64_t parts, words;
    struct arena arena;
};

/* Which documents a scope of collections takes: a bit per document. */
struct membership {
    uint64_t *bits;
    uint64_t documents;
};

static enum status keep_ids(struct arena *arena, const uint64_t **ids, size_t count,
                            struct fault *fault)
{
    struct bytes copy = arena_copy(arena, bytes_make(*ids, count * sizeof **ids));
    if (copy.at == NULL)
        return no_memory(fault);
    *ids = (const uint64_t *)(const void *)copy.at;
    return OK;
}

static enum status load_membership(const struct snapshot *snapshot, struct membership *membership,
                                   struct arena *arena, struct fault *fault)
{
    const struct catalog *catalog = snapshot->archive->catalog;
    *membership = (struct membership){ 0 };
    if (snapshot->scope.collection_count == 0)
        return OK;
    TRY(catalog_last_document(catalog, &membership->documents, fault));
    membership->bits = arena_alloc_many(arena, membership->documents / 64 + 1, sizeof(uint64_t));
    if (membership->bits == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < snapshot->scope.collection_count; i++) {
        uint64_t *documents;
        size_t count;
        TRY(catalog_members(catalog, snapshot->scope.collections[i], arena, &documents, &count,
                            fault));
        for (size_t j = 0; j < count; j++) {
            if (documents[j] <= membership->documents)
                membership->bits[documents[j] / 64] |= (uint64_t)1 << documents[j] % 64;
        }
    }
    return OK;
}

static bool is_left_out(const struct scope *scope, uint64_t document)
{
    size_t low = 0, high = scope->without_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scope->without_documents[middle] < document)
            low = middle + 1;
        else
            high = middle;
    }
    return low < scope->without_count && scope->without_documents[low] == document;
}

static bool scope_takes(const struct scope *scope, const struct membership *membership,
                        const struct columns *columns)
{
    if (scope->without_stories && columns->kind == KIND_STORY)
        return false;
    if (membership->bits != NULL &&
        (columns->document > membership->documents ||
         !(membership->bits[columns->document / 64] >> columns->document % 64 & 1)))
        return false;
    return !is_left_out(scope, columns->document);
}

static bool scope_is_open(const struct scope *scope)
{
    return scope->collection_count == 0 && !scope->without_stories && scope->without_count == 0;
}

/* In an open scope only the dead are looked at one by one. */
static enum status see(struct snapshot *snapshot, struct seen_segment *seen,
                       const struct segment_record *record, const struct membership *membership,
                       struct fault *fault)
{
    bool is_open = scope_is_open(&snapshot->scope);
    const uint64_t *dead = (const uint64_t *)(const void *)record->dead.at;
    bool has_dead = record->dead.len == bit_words(record->parts) * sizeof(uint64_t);
    snapshot->words += record->words;
    for (uint32_t part = 0; part < record->parts; part++) {
        bool is_dead = has_dead && bit_is_set(dead, part);
        struct part_shape shape;
        if (is_dead || !is_open)
            TRY(segment_part(seen->opened->segment, part, &shape, fault));
        if (!is_dead && (is_open || scope_takes(&snapshot->scope, membership, &shape.columns))) {
            bit_set(seen->seen, part);
            snapshot->parts++;
        } else {
            snapshot->words -= shape.words;
        }
    }
    return OK;
}

static enum status open_segments(struct snapshot *snapshot, struct arena *arena,
                                 struct fault *fault)
{
    struct segment_record *records;
    struct membership membership;
    size_t count;
    TRY(catalog_segments(snapshot->archive->catalog, arena, &records, &count, fault));
    TRY(load_membership(snapshot, &membership, arena, fault));
    snapshot->segments = arena_alloc_many(&snapshot->arena, count + 1, sizeof *snapshot->segments);
    if (snapshot->segments == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        struct seen_segment *seen = &snapshot->segments[i];
        seen->seen =
            arena_alloc_many(&snapshot->arena, bit_words(records[i].parts) + 1, sizeof(uint64_t));
        if (seen->seen == NULL)
            return no_memory(fault);
        TRY(archive_segment(snapshot->archive, &records[i], &seen->opened, fault));
        snapshot->count = i + 1;
        TRY(see(snapshot, seen, &records[i], &membership, fault));
    }
    archive_forget_segments(snapshot->archive, records, count);
    return OK;
}

static void close_segments(struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->count; i++)
        open_segment_drop(snapshot->archive, snapshot->segments[i].opened);
    snapshot->count = 0;
    snapshot->parts = snapshot->words = 0;
}

/* A file that is missing was merged away between the catalog's answer and the opening, unless no
 * commit came between. */
static enum status open_newest(struct snapshot *snapshot, struct fault *fault)
{
    uint64_t before = 0;
    for (size_t i = 0;; i++) {
        SCOPED(arena_release) struct arena arena = { 0 };
        struct catalog_state state;
        TRY(catalog_state(snapshot->archive->catalog, &state, fault));
        enum status opened = open_segments(snapshot, &arena, fault);
        if (opened != NOT_FOUND)
            return opened;
        close_segments(snapshot);
        if (i == TRIES || (i > 0 && state.commits == before))
            return corrupt(fault, fault != NULL ? fault->words : "a segment", UINT64_MAX,
                           "the catalog names it, and it is missing");
        before = state.commits;
    }
}

enum status snapshot_open(struct archive *archive, const struct scope *scope,
                          struct snapshot **snapshot, struct fault *fault)
{
    static const struct scope everything;
    CLOSED(snapshot_drop) struct snapshot *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->archive = archive;
    made->holders = 1;
    made->scope = scope != NULL ? *scope : everything;
    TRY(keep_ids(&made->arena, &made->scope.collections, made->scope.collection_count, fault));
    TRY(keep_ids(&made->arena, &made->scope.without_documents, made->scope.without_count, fault));
    TRY(open_newest(made, fault));
    *snapshot = take(made);
    return OK;
}

struct snapshot *snapshot_keep(struct snapshot *snapshot)
{
    __atomic_add_fetch(&snapshot->holders, 1, __ATOMIC_RELAXED);
    return snapshot;
}

void snapshot_drop(struct snapshot *snapshot)
{
    if (snapshot == NULL || __atomic_sub_fetch(&snapshot->holders, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    close_segments(snapshot);
    arena_release(&snapshot->arena);
    free(snapshot);
}

const struct catalog *snapshot_catalog(const struct snapshot *snapshot)
{
    return snapshot->archive->catalog;
}

size_t snapshot_segment_count(const struct snapshot *snapshot)
{
    return snapshot->count;
}

const struct segment *snapshot_segment(const struct snapshot *snapshot, size_t index)
{
    return snapshot->segments[index].opened->segment;
}

const struct shapes *snapshot_shapes(const struct snapshot *snapshot, size_t index)
{
    return snapshot->segments[index].opened->shapes;
}

bool snapshot_sees(const struct snapshot *snapshot, size_t segment, uint32_t part)
{
    return bit_is_set(snapshot->segments[segment].seen, part);
}

const uint64_t *snapshot_seen(const struct snapshot *snapshot, size_t segment)
{
    return snapshot->segments[segment].seen;
}

uint64_t snapshot_part_total(const struct snapshot *snapshot)
{
    return snapshot->parts;
}

uint64_t snapshot_word_total(const struct snapshot *snapshot)
{
    return snapshot->words;
}

enum status snapshot_locate(const struct snapshot *snapshot, uint64_t document, uint32_t part,
                            size_t *segment, uint32_t *number, struct fault *fault)
{
    for (size_t i = 0; i < snapshot->count; i++) {
        uint32_t at;
        enum status found =
            segment_find(snapshot->segments[i].opened->segment, document, part, &at, fault);
        if (found == NOT_FOUND || (found == OK && !snapshot_sees(snapshot, i, at)))
            continue;
        TRY(found);
        *segment = i;
        *number = at;
        return OK;
    }
    return fail(fault, NOT_FOUND, "that part of the document is not seen here");
}

void snapshot_rest(const struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->count; i++)
        segment_rest(snapshot->segments[i].opened->segment);
}

const struct scope *snapshot_scope(const struct snapshot *snapshot)
{
    return &snapshot->scope;
}

enum status snapshot_text(const struct snapshot *snapshot, size_t segment, uint32_t part,
                          struct buffer *to, struct fault *fault)
{
    return segment_text(snapshot_segment(snapshot, segment), part, 0, UINT32_MAX, to, fault);
}

enum status snapshot_spans(const struct snapshot *snapshot, size_t segment, uint32_t part,
                           struct arena *arena, struct span **spans, size_t *count,
                           struct fault *fault)
{
    return segment_spans(snapshot_segment(snapshot, segment), part, arena, spans, count, fault);
}
