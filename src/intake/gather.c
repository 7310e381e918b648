#include "intake/gather.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>

#include "archive/originals.h"
#include "base/file.h"
#include "base/grow.h"

enum { COPY_CHUNK = 64 << 10, MEMORY_COPY_MAX = 32 << 20, TRIES = 2 };

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void row_of_stat(struct ledger_row *row, const struct stat *stat)
{
    row->size = (uint64_t)stat->st_size;
    row->modified_ns = nanoseconds(stat->st_mtim);
    row->changed_ns = nanoseconds(stat->st_ctim);
}

static void decide(struct gathered_file *file, enum ledger_outcome outcome, struct bytes reason,
                   const char *type)
{
    file->is_decided = true;
    file->row.outcome = outcome;
    file->row.reason = reason;
    if (type != NULL)
        file->row.type = bytes_from_string(type);
}

static struct bytes words(struct arena *arena, const char *what, int error)
{
    char *made = arena_print(arena, "%s: %s", what, strerror(error));
    return bytes_from_string(made == NULL ? what : made);
}

static bool decide_trouble(struct gathered *gathered, struct gathered_file *file,
                           const struct walk_entry *entry)
{
    switch (entry->trouble) {
    case WALK_FINE:
        return false;
    case WALK_LINK:
        decide(file, LEDGER_REFUSED, bytes_from_string("a link: links are not followed"), "link");
        return true;
    case WALK_SPECIAL:
        decide(file, LEDGER_REFUSED, bytes_from_string("not a file: a device, pipe or socket"),
               "special file");
        return true;
    case WALK_DENIED:
        decide(file, LEDGER_REFUSED, words(&gathered->arena, "cannot be opened", entry->error),
               S_ISDIR(entry->stat.st_mode) ? "folder" : NULL);
        return true;
    case WALK_TOO_DEEP:
        decide(file, LEDGER_REFUSED,
               bytes_from_string("a folder more than 200 levels deep: not entered"), "folder");
        return true;
    }
    return false;
}

/* A place to copy to: memory while it is small, else a nameless file inside the archive. */
static enum status place_open(int archive_directory, uint64_t size, int *fd, struct fault *fault)
{
    *fd = size <= MEMORY_COPY_MAX
              ? memfd_create("batch", MFD_CLOEXEC)
              : openat(archive_directory, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*fd >= 0)
        return OK;
    static const char name[] = "copy.part";
    *fd = openat(archive_directory, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (*fd < 0)
        return fail_errno(fault, IO_FAILED, "cannot make room for a copy of a file");
    unlinkat(archive_directory, name, 0);
    return OK;
}

/* A descriptor of its own that can only be read, with its own place in the file. */
static enum status reopen(int *fd, struct fault *fault)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", *fd);
    int reader = open(path, O_RDONLY | O_CLOEXEC);
    if (reader < 0)
        return fail_errno(fault, IO_FAILED, "cannot read back the copy of a file");
    close(*fd);
    *fd = reader;
    return OK;
}

enum copy_end { COPIED, COPY_CHANGED, COPY_UNREADABLE };

/* One file on its way into the gathered place. */
struct copying {
    int from;
    uint64_t most; /* bytes that its place was chosen for */
    enum copy_end end;
    int error;
};

/* Copy the `len` bytes that `from` says it holds to gathered->writing at `offset`: more than it
 * says may be without end. Only writing may fail the call. */
static enum status copy_content(struct gathered *gathered, struct copying *copying, uint64_t offset,
                                uint64_t len, struct fault *fault)
{
    uint8_t chunk[COPY_CHUNK];
    uint64_t copied = 0;
    if (ftruncate(gathered->writing, (off_t)offset) != 0 ||
        lseek(gathered->writing, (off_t)offset, SEEK_SET) < 0)
        return fail_errno(fault, IO_FAILED, "cannot copy a file");
    for (;;) {
        ssize_t got = read(copying->from, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        copying->error = got < 0 ? errno : 0;
        if (got < 0)
            copying->end = COPY_UNREADABLE;
        else if ((uint64_t)got > len - copied || (got == 0 && copied < len))
            copying->end = COPY_CHANGED;
        if (got <= 0 || copying->end != COPIED)
            return OK;
        TRY(file_write_all(gathered->writing, bytes_make(chunk, (size_t)got), "copy", fault));
        copied += (uint64_t)got;
    }
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && nanoseconds(a->st_mtim) == nanoseconds(b->st_mtim) &&
           nanoseconds(a->st_ctim) == nanoseconds(b->st_ctim);
}

static enum status copy_once(struct gathered *gathered, struct gathered_file *file,
                             struct copying *copying, struct fault *fault)
{
    struct stat before, after;
    copying->end = COPIED;
    if (lseek(copying->from, 0, SEEK_SET) < 0 || fstat(copying->from, &before) != 0) {
        copying->error = errno;
        copying->end = COPY_UNREADABLE;
        return OK;
    }
    uint64_t len = (uint64_t)before.st_size;
    if (len > copying->most)
        copying->end = COPY_CHANGED;
    else
        TRY(copy_content(gathered, copying, file->offset, len, fault));
    if (copying->end == COPIED && (fstat(copying->from, &after) != 0 || !is_same(&before, &after)))
        copying->end = COPY_CHANGED;
    row_of_stat(&file->row, &before);
    return OK;
}

static enum status identify_copy(struct gathered *gathered, struct gathered_file *file,
                                 struct fault *fault)
{
    uint8_t head[IDENTIFY_HEAD];
    size_t len = file->row.size < sizeof head ? (size_t)file->row.size : sizeof head;
    TRY(file_read_at(gathered->writing, file->offset, len, "copy", head, fault));
    struct identity identity = identify(bytes_make(head, len));
    file->format = identity.format;
    file->row.type = bytes_from_string(identity.type);
    if (identity.format == FORMAT_UNREAD)
        decide(file, LEDGER_UNREAD,
               bytes_from_string("a type that is not read yet; the original is kept"), NULL);
    return OK;
}

static enum status take_copy(struct gathered *gathered, struct gathered_file *file,
                             struct fault *fault)
{
    gathered->bytes += file->row.size;
    if (file->row.size == 0) {
        decide(file, LEDGER_EMPTY, bytes_from_string("an empty file"), "empty");
        return OK;
    }
    TRY(identify_copy(gathered, file, fault));
    if (!file->is_decided)
        file->item = gathered->items++;
    return OK;
}

/* What was small when the walk met it is copied to memory, and must stay small. */
static uint64_t most_of(const struct walk_entry *entry)
{
    return entry->stat.st_size <= MEMORY_COPY_MAX ? MEMORY_COPY_MAX : INT64_MAX;
}

static enum status gather_content(struct gathered *gathered, struct gathered_file *file,
                                  const struct walk_entry *entry, int archive_directory,
                                  struct fault *fault)
{
    CLOSED_FD int from = openat(entry->directory, entry->leaf,
                                O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (from < 0) {
        decide(file, LEDGER_REFUSED, words(&gathered->arena, "cannot be opened", errno), NULL);
        return OK;
    }
    if (gathered->writing < 0)
        TRY(place_open(archive_directory, (uint64_t)entry->stat.st_size, &gathered->writing,
                       fault));
    file->offset = gathered->bytes;
    struct copying copying = { .from = from, .most = most_of(entry) };
    for (int i = 0; i < TRIES && (i == 0 || copying.end == COPY_CHANGED); i++)
        TRY(copy_once(gathered, file, &copying, fault));
    if (copying.end == COPIED)
        return take_copy(gathered, file, fault);
    if (copying.end == COPY_CHANGED)
        decide(
            file, LEDGER_REFUSED,
            bytes_from_string("changed while it was read, twice: add it again when it is at rest"),
            NULL);
    else
        decide(file, LEDGER_REFUSED, words(&gathered->arena, "cannot be read", copying.error),
               NULL);
    return OK;
}

static enum status gather_file(struct gathered *gathered, const struct walk_entry *entry,
                               int archive_directory, struct fault *fault)
{
    if (!GROW(gathered->files, gathered->room, gathered->count))
        return no_memory(fault);
    struct gathered_file *file = &gathered->files[gathered->count];
    *file = (struct gathered_file){
        .row = { .root = arena_copy(&gathered->arena, entry->root),
                 .path = arena_copy(&gathered->arena, entry->path) },
        .leaf =
            arena_copy(&gathered->arena,
                       bytes_slice(entry->path, entry->folder.len > 0 ? entry->folder.len + 1 : 0,
                                   entry->path.len)),
    };
    if (file->row.path.at == NULL || file->row.root.at == NULL || file->leaf.at == NULL)
        return no_memory(fault);
    row_of_stat(&file->row, &entry->stat);
    gathered->count++;
    if (decide_trouble(gathered, file, entry))
        return OK;
    return gather_content(gathered, file, entry, archive_directory, fault);
}

/* Whether the waiting file must open a batch of its own. */
static bool is_full(const struct gathered *gathered, const struct walk_entry *entry)
{
    if (gathered->count == 0)
        return false;
    return gathered->count >= GATHER_ROWS || gathered->items >= BATCH_ITEMS_MAX ||
           gathered->bytes + (uint64_t)entry->stat.st_size > GATHER_BYTES ||
           !bytes_equal(gathered->folder, entry->folder);
}

enum status gather_next(struct walk *walk, struct walk_entry *entry,
                        const struct gather_filter *filter, int archive_directory,
                        struct gathered *gathered, struct fault *fault)
{
    *gathered = (struct gathered){ .fd = -1, .writing = -1 };
    for (;;) {
        if (entry->leaf == NULL) {
            enum status met = walk_next(walk, entry, fault);
            if (met == NOT_FOUND)
                break;
            TRY(met);
            if (!filter->wanted(filter->context, entry)) {
                entry->leaf = NULL;
                continue;
            }
        }
        if (is_full(gathered, entry))
            break;
        if (gathered->count == 0)
            gathered->folder = arena_copy(&gathered->arena, entry->folder);
        TRY(gather_file(gathered, entry, archive_directory, fault));
        entry->leaf = NULL;
    }
    return gathered->count == 0 ? NOT_FOUND : gathered_seal(gathered, fault);
}

enum status gathered_seal(struct gathered *gathered, struct fault *fault)
{
    if (gathered->writing < 0)
        return OK;
    gathered->fd = gathered->writing;
    gathered->writing = -1;
    return reopen(&gathered->fd, fault);
}

static struct bytes leaf_of(struct bytes path)
{
    size_t from = path.len;
    while (from > 0 && path.at[from - 1] != '/')
        from--;
    return bytes_slice(path, from, path.len);
}

enum status gathered_add_original(struct gathered *gathered, const struct archive *archive,
                                  const struct ledger_row *row, bool *added, struct fault *fault)
{
    *added = gathered->count == 0 ||
             (gathered->items < BATCH_ITEMS_MAX && gathered->bytes + row->size <= GATHER_BYTES);
    if (!*added)
        return OK;
    if (!GROW(gathered->files, gathered->room, gathered->count))
        return no_memory(fault);
    if (gathered->writing < 0)
        TRY(place_open(archive_directory(archive), row->size, &gathered->writing, fault));
    struct gathered_file *file = &gathered->files[gathered->count];
    *file = (struct gathered_file){ .row = *row, .offset = gathered->bytes };
    file->row.root = arena_copy(&gathered->arena, row->root);
    file->row.path = arena_copy(&gathered->arena, row->path);
    file->row.documents = 0;
    file->row.reason = (struct bytes){ 0 };
    file->leaf = leaf_of(file->row.path);
    if (file->row.path.at == NULL || file->row.root.at == NULL)
        return no_memory(fault);
    uint64_t len = 0;
    if (ftruncate(gathered->writing, (off_t)file->offset) != 0 ||
        lseek(gathered->writing, (off_t)file->offset, SEEK_SET) < 0)
        return fail_errno(fault, IO_FAILED, "cannot copy an original");
    TRY(original_copy(archive, &row->original, gathered->writing, &len, fault));
    file->row.size = len;
    gathered->count++;
    return take_copy(gathered, file, fault);
}

void gathered_release(struct gathered *gathered)
{
    if (gathered->fd >= 0)
        close(gathered->fd);
    if (gathered->writing >= 0)
        close(gathered->writing);
    free(gathered->files);
    arena_release(&gathered->arena);
    *gathered = (struct gathered){ .fd = -1, .writing = -1 };
}
