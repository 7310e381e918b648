/* What is finished, for a comparison that was ended: the state file and what it is of. */
#include "reuse/inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "catalog/store.h"

enum { STATE_FORMAT = 1, STATE_MOST = 4096 };
static const char state_name[] = "state";
static const char lock_name[] = "lock";

static void encode(const struct reuse *reuse, struct buffer *to)
{
    buffer_append_text(to, "stetreus");
    buffer_u32(to, STATE_FORMAT);
    buffer_append(to, reuse->moment.at, HASH_LEN);
    for (int i = 0; i < FIGURES; i++)
        buffer_u64(to, reuse->figures[i]);
    buffer_u64(to, checksum64(buffer_bytes(to)));
}

/* False unless it is whole and of this moment. */
static bool decode(struct reuse *reuse, struct bytes bytes)
{
    struct cursor from = cursor_from_bytes(bytes);
    uint64_t figures[FIGURES];
    bool fits = bytes_is(cursor_bytes(&from, 8), "stetreus") && cursor_u32(&from) == STATE_FORMAT;
    fits &= bytes_equal(cursor_bytes(&from, HASH_LEN), bytes_make(reuse->moment.at, HASH_LEN));
    for (int i = 0; i < FIGURES; i++)
        figures[i] = cursor_u64(&from);
    size_t len = bytes.len - cursor_left(&from);
    fits &= cursor_u64(&from) == checksum64(bytes_slice(bytes, 0, len));
    if (from.bad || !fits || cursor_left(&from) > 0 || figures[FIGURE_STAGE] > STAGE_PASSAGES)
        return false;
    memcpy(reuse->figures, figures, sizeof figures);
    return true;
}

static void remove_files(int dir)
{
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = fd >= 0 ? fdopendir(fd) : NULL;
    const struct dirent *entry;
    if (listing == NULL && fd >= 0)
        close(fd);
    while (listing != NULL && (entry = readdir(listing)) != NULL)
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, lock_name) != 0)
            unlinkat(dir, entry->d_name, 0);
    if (listing != NULL)
        closedir(listing);
}

void state_clear(struct reuse *reuse)
{
    remove_files(reuse->dir);
    memset(reuse->figures, 0, sizeof reuse->figures);
}

/* Copies found in stage 3, and how rare words are. */
static enum status load_findings(struct reuse *reuse, struct fault *fault)
{
    SCOPED(tape_release) struct tape counts = { .fd = -1 };
    SCOPED(tape_release) struct tape copies = { .fd = -1 };
    TRY(tape_open(reuse->dir, TAPE_COUNTS, sizeof(uint32_t), &counts, fault));
    TRY(tape_read(&counts, 0, RARITY_SLOTS, reuse->rarity.counts, fault));
    reuse->rarity.total = reuse->census.words;
    if (reuse->figures[FIGURE_STAGE] < STAGE_MATCHES)
        return OK;
    TRY(tape_open(reuse->dir, TAPE_COPIES, sizeof(uint32_t), &copies, fault));
    for (uint32_t i = 0; i < reuse->census.document_count; i++) {
        uint32_t first;
        TRY(tape_read(&copies, i, 1, &first, fault));
        if (first > i)
            return corrupt(fault, copies.name, UINT64_MAX, "copies break their form");
        reuse->census.documents[i].copies = first;
    }
    return OK;
}

enum status state_load(struct reuse *reuse, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer state = { 0 };
    enum status found = faccessat(reuse->dir, state_name, F_OK, 0) == 0
                            ? file_read(reuse->dir, state_name, STATE_MOST, &state, fault)
                            : NOT_FOUND;
    if (found == OK && decode(reuse, buffer_bytes(&state))) {
        reuse->went_on = load_findings(reuse, fault) == OK;
        if (reuse->went_on)
            return OK;
    }
    reuse->began_again = found == OK;
    state_clear(reuse);
    memset(reuse->rarity.counts, 0, RARITY_SLOTS * sizeof *reuse->rarity.counts);
    reuse->rarity.total = 0;
    for (uint32_t i = 0; i < reuse->census.document_count; i++)
        reuse->census.documents[i].copies = reuse->census.documents[i].twin;
    return OK;
}

enum status state_save(struct reuse *reuse, enum reuse_stage stage, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer state = { 0 };
    reuse->figures[FIGURE_STAGE] = stage;
    encode(reuse, &state);
    TRY(buffer_check(&state, fault));
    return file_write_durably(reuse->dir, state_name, buffer_bytes(&state), fault);
}
