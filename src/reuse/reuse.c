#include <stet/reuse.h>

#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "catalog/coverage_words.h"
#include "catalog/lookup.h"
#include "catalog/store.h"
#include "reuse/report.h"

enum { MEMORY = 256 << 20, MEMORY_FIXED = 64 << 20, MEMORY_LEAST = 4 << 20 };
/* Text is stored compressed; a place also touches spans, marks and columns. */
enum { TOUCHED_MOST = 32 << 20, PLACE_TOUCHES = 8192 };
static const char folder[] = "reuse";

struct sorting reuse_sorting(const struct reuse *reuse, enum reuse_sorting of)
{
    static const struct {
        const char *name;
        uint32_t words, keys;
    } rows[] = {
        [SORT_SHINGLES] = { "shingles", 2, 1 }, [SORT_HITS] = { "hits", 2, 2 },
        [SORT_DROPPED] = { "dropped", 2, 1 },   [SORT_PLACES] = { "placed", 3, 3 },
        [SORT_ENDS] = { "ends", 2, 1 },         [SORT_MEMBERS] = { "members", 2, 2 },
        [SORT_ORDER] = { "order", 7, 4 },       [SORT_FORMULAS] = { "formulas", 3, 2 },
    };
    return (struct sorting){ reuse->dir, rows[of].name, rows[of].words, rows[of].keys };
}

size_t reuse_memory(const struct reuse *reuse, size_t sorters)
{
    uint64_t taken =
        MEMORY_FIXED + (uint64_t)reuse->census.part_count * (sizeof(struct census_part) + 60);
    uint64_t memory = reuse->options.memory;
    uint64_t left = memory > taken ? memory - taken : 0;
    return (left > MEMORY_LEAST ? left : MEMORY_LEAST) / sorters;
}

enum status reuse_go_on(struct reuse *reuse, const char *stage, uint64_t done, uint64_t total,
                        struct fault *fault)
{
    struct stet_reuse_progress progress = { stage, done, total };
    if (reuse->options.progress != NULL)
        reuse->options.progress(reuse->options.context, &progress);
    if (reuse->options.stop == NULL || *reuse->options.stop == 0)
        return OK;
    reuse->is_stopped = true;
    return fail(fault, OVER_LIMIT, "stopped");
}

void reuse_touch(struct reuse *reuse, size_t bytes)
{
    reuse->touched += bytes + PLACE_TOUCHES;
    if (reuse->touched < TOUCHED_MOST)
        return;
    snapshot_rest(reuse->snapshot);
    reuse->touched = 0;
}

static bool is_side(const char *name)
{
    return strcmp(name, "private") == 0 || strcmp(name, "public") == 0;
}

static bool scope_takes(const struct collection_row *row, const char *name)
{
    static const char prefix[] = "collection:";
    if (is_side(name))
        return row->is_public == (strcmp(name, "public") == 0);
    if (strncmp(name, prefix, sizeof prefix - 1) == 0)
        name += sizeof prefix - 1;
    return bytes_is(row->name, name);
}

/* The collections that names mean; a side may have none yet. */
static enum status read_scope(struct reuse *reuse, const char *const *names, size_t name_count,
                              struct census_scope *scope, struct fault *fault)
{
    struct collection_row *rows;
    size_t row_count, filled = 0;
    TRY(catalog_collection_rows(archive_catalog(reuse->archive), &reuse->arena, &rows, &row_count,
                                fault));
    uint64_t *ids = arena_alloc_many(&reuse->arena, row_count * name_count + 1, sizeof *ids);
    if (ids == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < name_count; i++) {
        size_t before = filled;
        for (size_t k = 0; k < row_count; k++)
            if (scope_takes(&rows[k], names[i]))
                ids[filled++] = rows[k].id;
        if (filled == before)
            return fail(fault, NOT_FOUND,
                        is_side(names[i]) ? "no collection is %s" : "there is no collection \"%s\"",
                        names[i]);
    }
    *scope = (struct census_scope){ ids, filled };
    return OK;
}

static enum status read_scopes(struct reuse *reuse, struct scope *both, struct fault *fault)
{
    const struct stet_reuse_options *options = &reuse->options;
    TRY(read_scope(reuse, options->from, options->from_count, &reuse->from, fault));
    reuse->to = reuse->from;
    if (options->to_count > 0)
        TRY(read_scope(reuse, options->to, options->to_count, &reuse->to, fault));
    if (reuse->from.count == 0 || reuse->to.count == 0)
        return OK;
    size_t count = reuse->from.count + reuse->to.count;
    uint64_t *ids = arena_alloc_many(&reuse->arena, count, sizeof *ids);
    if (ids == NULL)
        return no_memory(fault);
    memcpy(ids, reuse->from.collections, reuse->from.count * sizeof *ids);
    memcpy(ids + reuse->from.count, reuse->to.collections, reuse->to.count * sizeof *ids);
    both->collections = ids;
    both->collection_count = count;
    return OK;
}

static enum status read_options(struct reuse *reuse, const struct stet_reuse_options *options,
                                struct fault *fault)
{
    struct stet_reuse_options *own = &reuse->options;
    *own = *options;
    own->min_words = own->min_words > 0 ? own->min_words : STET_REUSE_SHORTEST;
    own->band = own->band > 0 ? own->band : STET_REUSE_BAND;
    own->memory = own->memory > 0 ? own->memory : MEMORY;
    if (own->min_words < STET_REUSE_SHORTEST)
        return fail(fault, BAD_INPUT, "shorter passages than %d words are not found reliably",
                    STET_REUSE_SHORTEST);
    if (own->band > 10000)
        return fail(fault, BAD_INPUT, "a band above 10000 places is not supported");
    return OK;
}

/* Words are hashed by a key made of all texts, so that nobody who wrote one of them can make two
 * words look the same, and the same texts give the same answer in every archive. */
static enum status take_moment(struct reuse *reuse, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer moment = { 0 };
    const struct stet_reuse_options *options = &reuse->options;
    struct catalog_state state;
    TRY(catalog_state(archive_catalog(reuse->archive), &state, fault));
    struct hash mixed = hash_from_bytes(bytes_make(reuse->census.content.at, HASH_LEN));
    memcpy(reuse->key, mixed.at, sizeof reuse->key);
    buffer_append(&moment, reuse->key, sizeof reuse->key);
    buffer_u64(&moment, state.commits);
    for (size_t i = 0; i < snapshot_segment_count(reuse->snapshot); i++) {
        const struct segment *segment = snapshot_segment(reuse->snapshot, i);
        size_t len = ((size_t)segment_part_count(segment) + 63) / 64 * sizeof(uint64_t);
        buffer_u64(&moment, segment_seal(segment));
        buffer_u64(&moment, checksum64(bytes_make(snapshot_seen(reuse->snapshot, i), len)));
    }
    const struct census_scope *const scopes[] = { &reuse->from, &reuse->to };
    for (size_t i = 0; i < 2; i++) {
        buffer_u64(&moment, scopes[i]->count);
        buffer_append(&moment, scopes[i]->collections, scopes[i]->count * sizeof(uint64_t));
    }
    buffer_u64(&moment, options->min_words);
    buffer_u64(&moment, options->min_bits);
    buffer_u64(&moment, options->band);
    TRY(buffer_check(&moment, fault));
    reuse->moment = hash_from_bytes(buffer_bytes(&moment));
    return OK;
}

/* From when on a passage counts as traced (docs/tracing.md): more in larger archives. */
static uint32_t bits_enough(uint64_t words)
{
    double bits = 90 + 3.3 * (log10((double)words + 1) - 8);
    return bits > 60 ? (uint32_t)bits : 60;
}

static enum status open_folder(struct reuse *reuse, struct fault *fault)
{
    struct stat stat;
    int archive = archive_directory(reuse->archive);
    TRY(directory_make(archive, folder, fault));
    reuse->dir = openat(archive, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (reuse->dir < 0)
        return fail_errno(fault, IO_FAILED, "cannot open reuse/");
    reuse->lock = openat(reuse->dir, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (reuse->lock < 0)
        return fail_errno(fault, IO_FAILED, "cannot write reuse/lock");
    if (flock(reuse->lock, LOCK_EX | LOCK_NB) != 0 || fstat(reuse->lock, &stat) != 0 ||
        stat.st_nlink == 0)
        return fail(fault, BUSY, "another comparison runs in this archive");
    return OK;
}

static enum status begin(struct reuse *reuse, const struct stet_reuse_options *options,
                         struct fault *fault)
{
    struct scope both = { 0 };
    TRY(hash_start(fault));
    TRY(read_options(reuse, options, fault));
    TRY(read_scopes(reuse, &both, fault));
    TRY(snapshot_open(reuse->archive, &both, &reuse->snapshot, fault));
    TRY(census_make(reuse->snapshot, &reuse->from, &reuse->to, &reuse->census, fault));
    if (reuse->options.min_bits == 0)
        reuse->options.min_bits = bits_enough(reuse->census.words);
    TRY(take_moment(reuse, fault));
    reuse->rarity.counts = calloc(RARITY_SLOTS, sizeof *reuse->rarity.counts);
    if (reuse->rarity.counts == NULL)
        return no_memory(fault);
    return open_folder(reuse, fault);
}

static enum status run_stages(struct reuse *reuse, struct fault *fault)
{
    static enum status (*const stages[])(struct reuse *, struct fault *) = {
        [STAGE_NONE] = stage_shingles,
        [STAGE_SHINGLES] = stage_hits,
        [STAGE_HITS] = stage_matches,
        [STAGE_MATCHES] = stage_passages,
    };
    TRY(state_load(reuse, fault));
    while (reuse->figures[FIGURE_STAGE] < STAGE_PASSAGES) {
        enum reuse_stage stage = (enum reuse_stage)reuse->figures[FIGURE_STAGE];
        TRY(stages[stage](reuse, fault));
        TRY(state_save(reuse, stage + 1, fault));
    }
    return reading_begin(reuse, fault);
}

/* Tapes that were damaged since cost the work, not the answer. */
static enum status run(struct reuse *reuse, struct fault *fault)
{
    enum status done = run_stages(reuse, fault);
    if (reuse->went_on && (done == CORRUPT || done == NOT_FOUND)) {
        reading_end(reuse);
        state_clear(reuse);
        reuse->went_on = false;
        done = run_stages(reuse, fault);
        reuse->began_again = true;
    }
    return done;
}

static enum status fill_sum(const struct reuse *reuse, struct stet_reuse_sum *sum,
                            struct fault *fault)
{
    const uint64_t *figures = reuse->figures;
    const struct scope *scope = snapshot_scope(reuse->snapshot);
    struct coverage coverage;
    sum->shingles = figures[FIGURE_SHINGLES];
    sum->formulas = figures[FIGURE_FORMULAS];
    sum->formula_places = figures[FIGURE_FORMULA_PLACES];
    sum->pairs = figures[FIGURE_PAIRS];
    sum->matches = figures[FIGURE_MATCHES];
    sum->weak = figures[FIGURE_WEAK];
    sum->min_words = reuse->options.min_words;
    sum->min_bits = reuse->options.min_bits;
    sum->passages = figures[FIGURE_PASSAGES];
    sum->passages_in_copies = figures[FIGURE_IN_COPIES];
    sum->boilerplate = figures[FIGURE_BOILERPLATE];
    for (uint32_t i = 0; i < reuse->census.document_count; i++)
        sum->copies += census_copies(&reuse->census, i) != i;
    TRY(catalog_coverage(snapshot_catalog(reuse->snapshot), scope->collections,
                         scope->collection_count, &coverage, fault));
    coverage_words(&coverage, sum->coverage, sizeof sum->coverage);
    return OK;
}

enum stet_status stet_reuse_run(struct stet_archive *archive,
                                const struct stet_reuse_options *options, struct stet_reuse **made,
                                struct stet_reuse_sum *sum, struct stet_fault *fault)
{
    struct reuse *reuse = calloc(1, sizeof *reuse);
    *made = NULL;
    *sum = (struct stet_reuse_sum){ 0 };
    if (reuse == NULL)
        return no_memory(fault);
    reuse->archive = archive;
    reuse->dir = reuse->lock = -1;
    enum status done = begin(reuse, options, fault);
    if (done == OK)
        done = run(reuse, fault);
    if (done == OK)
        done = fill_sum(reuse, sum, fault);
    sum->from_documents = reuse->census.from_documents;
    sum->to_documents = reuse->census.to_documents;
    sum->documents = reuse->census.document_count;
    sum->words = reuse->census.words;
    sum->went_on = reuse->went_on;
    sum->began_again = reuse->began_again;
    sum->stopped = reuse->is_stopped;
    if (done == OK) {
        *made = reuse;
        return OK;
    }
    stet_reuse_free(reuse, true);
    return sum->stopped ? OK : done;
}

void stet_reuse_free(struct stet_reuse *reuse, bool is_kept)
{
    if (reuse == NULL)
        return;
    reading_end(reuse);
    if (!is_kept && reuse->lock >= 0) {
        state_clear(reuse);
        unlinkat(reuse->dir, "lock", 0);
        unlinkat(archive_directory(reuse->archive), folder, AT_REMOVEDIR);
    }
    if (reuse->lock >= 0)
        close(reuse->lock);
    if (reuse->dir >= 0)
        close(reuse->dir);
    free(reuse->rarity.counts);
    census_release(&reuse->census);
    snapshot_drop(reuse->snapshot);
    arena_release(&reuse->arena);
    free(reuse);
}
