#include "archive/folder.h"

#include "archive/origins.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

void segment_file(uint64_t commit, uint32_t number, char name[FILE_NAME_ROOM])
{
    if (number == 0)
        snprintf(name, FILE_NAME_ROOM, "%08" PRIu64 ".segment", commit);
    else
        snprintf(name, FILE_NAME_ROOM, "%08" PRIu64 "-%u.segment", commit, number);
}

void manifest_file(uint64_t commit, char name[FILE_NAME_ROOM])
{
    snprintf(name, FILE_NAME_ROOM, "%08" PRIu64 ".manifest", commit);
}

void pack_file(uint64_t commit, char name[FILE_NAME_ROOM])
{
    snprintf(name, FILE_NAME_ROOM, "%08" PRIu64 ".pack", commit);
}

void original_file(const struct hash *hash, char name[FILE_NAME_ROOM])
{
    hex_from_bytes(bytes_make(hash->at, HASH_LEN), name);
    memcpy(name + 2 * HASH_LEN, ".zst", 5);
}

bool commit_from_file(const char *name, uint64_t *commit)
{
    size_t len = strspn(name, "0123456789");
    return len >= 8 && len <= 20 && (name[len] == '.' || name[len] == '-') &&
           bytes_to_number(bytes_make(name, len), commit);
}

static struct open_segment *find_open(struct archive *archive, const struct segment_record *record)
{
    struct open_segment *at = archive->opened;
    while (at != NULL && (at->commit != record->commit || at->number != record->number ||
                          at->seal != record->seal))
        at = at->next;
    return at;
}

static enum status open_named(const struct archive *archive, const struct segment_record *record,
                              struct open_segment *made, struct fault *fault)
{
    char name[FILE_NAME_ROOM];
    segment_file(record->commit, record->number, name);
    if (faccessat(archive->segments, name, F_OK, 0) != 0)
        return fail(fault, NOT_FOUND, "segments/%s is not there", name);
    TRY(segment_open(archive->segments, name, &made->segment, fault));
    bool is_named = segment_seal(made->segment) == record->seal &&
                    segment_part_count(made->segment) == record->parts;
    enum status prepared = is_named ? shapes_new(made->segment, &made->shapes, fault)
                                    : corrupt(fault, name, UINT64_MAX,
                                              "it is not the segment that the catalog names so");
    if (prepared != OK)
        segment_close(take(made->segment));
    return prepared;
}

enum status archive_segment(struct archive *archive, const struct segment_record *record,
                            struct open_segment **opened, struct fault *fault)
{
    struct open_segment *found = find_open(archive, record);
    if (found == NULL) {
        FREED struct open_segment *made = calloc(1, sizeof *made);
        if (made == NULL)
            return no_memory(fault);
        TRY(open_named(archive, record, made, fault));
        made->commit = record->commit;
        made->number = record->number;
        made->seal = record->seal;
        made->holders = 1;
        made->next = archive->opened;
        archive->opened = found = take(made);
    }
    found->holders++;
    *opened = found;
    return OK;
}

void open_segment_drop(struct archive *archive, struct open_segment *opened)
{
    if (--opened->holders > 0)
        return;
    struct open_segment **at = &archive->opened;
    while (*at != NULL && *at != opened)
        at = &(*at)->next;
    if (*at == opened)
        *at = opened->next;
    shapes_free(opened->shapes);
    origins_free(opened->origins);
    segment_close(opened->segment);
    free(opened);
}

void archive_forget_segments(struct archive *archive, const struct segment_record *records,
                             size_t count)
{
    struct open_segment *next;
    for (struct open_segment *at = archive->opened; at != NULL; at = next) {
        next = at->next;
        bool is_named = false;
        for (size_t i = 0; i < count; i++)
            is_named |= records[i].commit == at->commit && records[i].number == at->number &&
                        records[i].seal == at->seal;
        if (!is_named && at->holders == 1)
            open_segment_drop(archive, at);
    }
}

enum status folder_each(int dir, const char *name, name_seen *seen, void *context,
                        struct fault *fault)
{
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = fd >= 0 ? fdopendir(fd) : NULL;
    if (listing == NULL) {
        if (fd >= 0)
            close(fd);
        return fail_errno(fault, IO_FAILED, "cannot list %s", name);
    }
    enum status walked = OK;
    const struct dirent *entry;
    while (walked == OK && (entry = readdir(listing)) != NULL) {
        if (entry->d_name[0] != '.')
            walked = seen(context, entry->d_name, fault);
    }
    closedir(listing);
    return walked;
}
