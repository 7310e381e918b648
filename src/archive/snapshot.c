#include "archive/snapshot.h"

#include <stdatomic.h>

#include "archive/inside.h"
#include "archive/origins.h"

enum { TRIES = 50 };

struct seen_segment {
    struct open_segment *opened;
    uint64_t *seen;
};

/* The parts of one collection, a set for each segment. */
struct collected {
    uint64_t collection;
    struct collected *next;
    struct arena arena;
    uint64_t *parts[];
};

struct snapshot {
    struct archive *archive;
    uint64_t commits; /* of the catalog when it was opened */
    _Atomic(struct collected *) *collected;
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

static enum status load_membership(const struct catalog *catalog, const uint64_t *collections,
                                   size_t count, struct membership *membership, struct arena *arena,
                                   struct fault *fault)
{
    *membership = (struct membership){ 0 };
    if (count == 0)
        return OK;
    TRY(catalog_last_document(catalog, &membership->documents, fault));
    membership->bits = arena_alloc_many(arena, membership->documents / 64 + 1, sizeof(uint64_t));
    if (membership->bits == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        uint64_t *documents;
        size_t members;
        TRY(catalog_members(catalog, collections[i], arena, &documents, &members, fault));
        for (size_t j = 0; j < members; j++) {
            if (documents[j] <= membership->documents)
                membership->bits[documents[j] / 64] |= (uint64_t)1 << documents[j] % 64;
        }
    }
    return OK;
}

static bool has_member(const struct membership *membership, uint64_t document)
{
    return document <= membership->documents &&
           membership->bits[document / 64] >> document % 64 & 1;
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
    if (membership->bits != NULL && !has_member(membership, columns->document))
        return false;
    return !is_left_out(scope, columns->document);
}

static bool scope_is_open(const struct scope *scope)
{
    return scope->collection_count == 0 && !scope->without_stories && scope->without_count == 0;
}

static enum status see_part(struct snapshot *snapshot, struct seen_segment *seen, uint32_t part,
                            const struct membership *membership, struct fault *fault)
{
    struct part_shape shape;
    TRY(segment_part(seen->opened->segment, part, &shape, fault));
    if (scope_takes(&snapshot->scope, membership, &shape.columns))
        return OK;
    seen->seen[part / 64] &= ~((uint64_t)1 << part % 64);
    snapshot->parts--;
    snapshot->words -= shape.words;
    return OK;
}

/* In an open scope only the dead are looked at one by one. */
static enum status see(struct snapshot *snapshot, struct seen_segment *seen,
                       const struct segment_record *record, const struct membership *membership,
                       struct fault *fault)
{
    bool is_open = scope_is_open(&snapshot->scope);
    const uint64_t *dead = (const uint64_t *)(const void *)record->dead.at;
    size_t words = bit_words(record->parts);
    bool has_dead = record->dead.len == words * sizeof(uint64_t);
    snapshot->words += record->words;
    snapshot->parts += record->parts;
    memset(seen->seen, 0xff, words * sizeof(uint64_t));
    if (record->parts % 64 > 0)
        seen->seen[words - 1] = ((uint64_t)1 << record->parts % 64) - 1;
    for (size_t i = 0; i < words && has_dead; i++) {
        uint64_t gone = dead[i] & seen->seen[i];
        seen->seen[i] &= ~gone;
        for (; gone != 0; gone &= gone - 1) {
            struct part_shape shape;
            uint32_t part = (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(gone);
            TRY(segment_part(seen->opened->segment, part, &shape, fault));
            snapshot->parts--;
            snapshot->words -= shape.words;
        }
    }
    for (uint32_t part = 0; part < record->parts && !is_open; part++)
        if (bit_is_set(seen->seen, part))
            TRY(see_part(snapshot, seen, part, membership, fault));
    return OK;
}

static enum status open_segments(struct snapshot *snapshot, struct arena *arena,
                                 struct fault *fault)
{
    struct segment_record *records;
    struct membership membership;
    size_t count;
    TRY(catalog_segments(snapshot->archive->catalog, arena, &records, &count, fault));
    TRY(load_membership(snapshot->archive->catalog, snapshot->scope.collections,
                        snapshot->scope.collection_count, &membership, arena, fault));
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
        snapshot->commits = state.commits;
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

static enum status open_anew(struct archive *archive, const struct scope *scope,
                             struct snapshot **snapshot, struct fault *fault)
{
    CLOSED(snapshot_drop) struct snapshot *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->archive = archive;
    made->holders = 1;
    made->scope = *scope;
    made->collected = arena_alloc(&made->arena, sizeof *made->collected);
    if (made->collected == NULL)
        return no_memory(fault);
    TRY(keep_ids(&made->arena, &made->scope.collections, made->scope.collection_count, fault));
    TRY(keep_ids(&made->arena, &made->scope.without_documents, made->scope.without_count, fault));
    TRY(open_newest(made, fault));
    *snapshot = take(made);
    return OK;
}

enum status snapshot_open(struct archive *archive, const struct scope *scope,
                          struct snapshot **snapshot, struct fault *fault)
{
    static const struct scope everything;
    struct catalog_state state;
    if (scope != NULL && !scope_is_open(scope))
        return open_anew(archive, scope, snapshot, fault);
    TRY(catalog_state(archive->catalog, &state, fault));
    if (archive->latest == NULL || archive->latest->commits != state.commits) {
        snapshot_drop(take(archive->latest));
        TRY(open_anew(archive, &everything, &archive->latest, fault));
    }
    *snapshot = snapshot_keep(archive->latest);
    return OK;
}

struct snapshot *snapshot_keep(struct snapshot *snapshot)
{
    __atomic_add_fetch(&snapshot->holders, 1, __ATOMIC_RELAXED);
    return snapshot;
}

static void collected_free(struct collected *collected)
{
    if (collected != NULL)
        arena_release(&collected->arena);
    free(collected);
}
CLOSER(collected, collected_free)

static void release_collected(struct snapshot *snapshot)
{
    struct collected *next,
        *at = snapshot->collected != NULL ? atomic_load(snapshot->collected) : NULL;
    for (; at != NULL; at = next) {
        next = at->next;
        collected_free(at);
    }
}

void snapshot_drop(struct snapshot *snapshot)
{
    if (snapshot == NULL || __atomic_sub_fetch(&snapshot->holders, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    close_segments(snapshot);
    release_collected(snapshot);
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

static enum status collect_segment(const struct segment *segment,
                                   const struct membership *membership, struct arena *arena,
                                   uint64_t **parts, struct fault *fault)
{
    uint32_t count = segment_part_count(segment);
    *parts = arena_alloc_many(arena, bit_words(count) + 1, sizeof **parts);
    if (*parts == NULL)
        return no_memory(fault);
    for (uint32_t part = 0; part < count; part++) {
        struct part_shape shape;
        TRY(segment_part(segment, part, &shape, fault));
        if (has_member(membership, shape.columns.document))
            bit_set(*parts, part);
    }
    return OK;
}

static enum status collect(const struct snapshot *snapshot, uint64_t collection,
                           struct collected **collected, struct fault *fault)
{
    struct membership membership;
    SCOPED(arena_release) struct arena arena = { 0 };
    CLOSED(collected_free)
    struct collected *made = calloc(1, sizeof *made + snapshot->count * sizeof *made->parts);
    if (made == NULL)
        return no_memory(fault);
    made->collection = collection;
    TRY(load_membership(snapshot->archive->catalog, &collection, 1, &membership, &arena, fault));
    for (size_t i = 0; i < snapshot->count; i++)
        TRY(collect_segment(snapshot_segment(snapshot, i), &membership, &made->arena,
                            &made->parts[i], fault));
    made->next = atomic_load(snapshot->collected);
    while (!atomic_compare_exchange_weak(snapshot->collected, &made->next, made))
        ;
    *collected = take(made);
    return OK;
}

enum status snapshot_collection(const struct snapshot *snapshot, size_t segment,
                                uint64_t collection, const uint64_t **parts, struct fault *fault)
{
    struct collected *found = atomic_load(snapshot->collected);
    while (found != NULL && found->collection != collection)
        found = found->next;
    if (found == NULL)
        TRY(collect(snapshot, collection, &found, fault));
    *parts = found->parts[segment];
    return OK;
}

enum status snapshot_origins(const struct snapshot *snapshot, size_t segment,
                             const struct origins **origins, struct fault *fault)
{
    struct open_segment *opened = snapshot->segments[segment].opened;
    if (opened->origins == NULL)
        TRY(origins_make(snapshot->archive->catalog, opened->segment, &opened->origins, fault));
    *origins = opened->origins;
    return OK;
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
