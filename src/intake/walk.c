#include "intake/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

enum { PATH_SHOWN = 400 }; /* bytes: the reason must have room behind it */

struct level {
    int fd;
    char **names;
    size_t count;
    size_t room;
    size_t next;
    size_t path_len; /* of walk->path up to and without this folder's names */
};

struct walk {
    char **paths;
    size_t path_count;
    size_t next_path;
    struct level levels[WALK_DEPTH_MAX + 1];
    size_t depth;
    struct buffer path;
    struct buffer root;
    char *leaf;
    dev_t archive_device;
    ino_t archive_inode;
    bool has_archive;
};

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void level_release(struct level *level)
{
    for (size_t i = 0; i < level->count; i++)
        free(level->names[i]);
    free(level->names);
    if (level->fd >= 0)
        close(level->fd);
    *level = (struct level){ .fd = -1 };
}

static enum status level_add(struct level *level, const char *name, struct fault *fault)
{
    if (!GROW(level->names, level->room, level->count))
        return no_memory(fault);
    char *copy = strdup(name);
    if (copy == NULL)
        return no_memory(fault);
    level->names[level->count++] = copy;
    return OK;
}

/* Takes the descriptor. errno-style refusal in *error, with OK. */
static enum status level_fill(struct level *level, int fd, int *error, struct fault *fault)
{
    *level = (struct level){ .fd = fd };
    int twin = dup(fd);
    DIR *stream = twin < 0 ? NULL : fdopendir(twin);
    if (stream == NULL) {
        *error = errno;
        if (twin >= 0)
            close(twin);
        return OK;
    }
    enum status status_now = OK;
    errno = 0;
    for (struct dirent *found; status_now == OK && (found = readdir(stream)) != NULL; errno = 0)
        if (strcmp(found->d_name, ".") != 0 && strcmp(found->d_name, "..") != 0)
            status_now = level_add(level, found->d_name, fault);
    *error = status_now == OK ? errno : 0;
    closedir(stream);
    if (level->count > 0)
        qsort(level->names, level->count, sizeof *level->names, by_bytes);
    return status_now;
}

enum status walk_refuse(const char *path, struct fault *fault)
{
    return fail_errno(fault, NOT_FOUND, "cannot take in %.*s%s", PATH_SHOWN, path,
                      strlen(path) > PATH_SHOWN ? "..." : "");
}

enum status walk_open(const char *const *paths, size_t count, int archive_directory,
                      struct walk **walk, struct fault *fault)
{
    struct walk *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->paths = calloc(count + 1, sizeof *made->paths);
    for (size_t i = 0; made->paths != NULL && i < count; i++) {
        made->paths[i] = realpath(paths[i], NULL);
        if (made->paths[i] == NULL) {
            enum status tried = walk_refuse(paths[i], fault);
            walk_close(made);
            return tried;
        }
        made->path_count++;
    }
    struct stat own;
    if (archive_directory >= 0 && fstat(archive_directory, &own) == 0) {
        made->has_archive = true;
        made->archive_device = own.st_dev;
        made->archive_inode = own.st_ino;
    }
    if (made->paths == NULL) {
        walk_close(made);
        return no_memory(fault);
    }
    *walk = made;
    return OK;
}

void walk_close(struct walk *walk)
{
    if (walk == NULL)
        return;
    while (walk->depth > 0)
        level_release(&walk->levels[--walk->depth]);
    for (size_t i = 0; i < walk->path_count; i++)
        free(walk->paths[i]);
    free(walk->paths);
    free(walk->leaf);
    buffer_release(&walk->path);
    buffer_release(&walk->root);
    free(walk);
}

static bool is_own_folder(const struct walk *walk, const struct stat *stat)
{
    return walk->has_archive && stat->st_dev == walk->archive_device &&
           stat->st_ino == walk->archive_inode;
}

static struct bytes folder_of(struct bytes path)
{
    size_t cut = path.len;
    while (cut > 0 && path.at[cut - 1] != '/')
        cut--;
    return bytes_slice(path, 0, cut > 0 ? cut - 1 : 0);
}

static enum status entry_make(struct walk *walk, int directory, const char *leaf,
                              const struct stat *stat, enum walk_trouble trouble, int error,
                              struct walk_entry *entry, struct fault *fault)
{
    TRY(buffer_check(&walk->path, fault));
    struct bytes path = buffer_bytes(&walk->path);
    *entry = (struct walk_entry){
        .root = buffer_bytes(&walk->root),
        .path = path,
        .folder = folder_of(path),
        .leaf = leaf,
        .directory = directory,
        .stat = *stat,
        .trouble = trouble,
        .error = error,
    };
    return OK;
}

/* Enter the folder `leaf` of `directory`; OK with *entered, or an entry that tells why not. */
static enum status enter(struct walk *walk, int directory, const char *leaf,
                         const struct stat *stat, bool *entered, struct walk_entry *entry,
                         struct fault *fault)
{
    *entered = false;
    if (walk->depth > WALK_DEPTH_MAX)
        return entry_make(walk, directory, leaf, stat, WALK_TOO_DEEP, 0, entry, fault);
    int fd = openat(directory, leaf, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return entry_make(walk, directory, leaf, stat, WALK_DENIED, errno, entry, fault);
    int error = 0;
    struct level *level = &walk->levels[walk->depth];
    TRY(level_fill(level, fd, &error, fault));
    level->path_len = walk->path.len;
    walk->depth++;
    *entered = error == 0;
    if (error != 0) {
        TRY(entry_make(walk, directory, leaf, stat, WALK_DENIED, error, entry, fault));
        level_release(&walk->levels[--walk->depth]);
    }
    return OK;
}

static enum walk_trouble trouble_of(const struct stat *stat)
{
    if (S_ISREG(stat->st_mode))
        return WALK_FINE;
    return S_ISLNK(stat->st_mode) ? WALK_LINK : WALK_SPECIAL;
}

/* OK with *met when an entry was made. */
static enum status meet(struct walk *walk, int directory, const char *leaf, bool *met,
                        struct walk_entry *entry, struct fault *fault)
{
    struct stat stat = { 0 };
    *met = true;
    if (fstatat(directory, leaf, &stat, AT_SYMLINK_NOFOLLOW) != 0)
        return entry_make(walk, directory, leaf, &stat, WALK_DENIED, errno, entry, fault);
    if (!S_ISDIR(stat.st_mode))
        return entry_make(walk, directory, leaf, &stat, trouble_of(&stat), 0, entry, fault);
    if (is_own_folder(walk, &stat)) {
        *met = false;
        return OK;
    }
    bool entered = false;
    TRY(enter(walk, directory, leaf, &stat, &entered, entry, fault));
    *met = !entered;
    return OK;
}

static enum status begin_path(struct walk *walk, bool *met, struct walk_entry *entry,
                              struct fault *fault)
{
    const char *path = walk->paths[walk->next_path++];
    const char *slash = strrchr(path, '/');
    const char *last = slash == NULL ? path : slash + 1;
    struct stat stat = { 0 };
    buffer_clear(&walk->path);
    buffer_clear(&walk->root);
    if (lstat(path, &stat) == 0 && S_ISDIR(stat.st_mode)) {
        buffer_append_text(&walk->root, last);
        return meet(walk, AT_FDCWD, path, met, entry, fault);
    }
    free(walk->leaf);
    walk->leaf = strdup(path);
    if (walk->leaf == NULL)
        return no_memory(fault);
    buffer_append_text(&walk->path, last);
    return meet(walk, AT_FDCWD, walk->leaf, met, entry, fault);
}

static enum status step(struct walk *walk, bool *met, struct walk_entry *entry, struct fault *fault)
{
    struct level *level = &walk->levels[walk->depth - 1];
    walk->path.len = level->path_len;
    if (level->next == level->count) {
        level_release(level);
        walk->depth--;
        return OK;
    }
    const char *name = level->names[level->next++];
    if (walk->path.len > 0)
        buffer_u8(&walk->path, '/');
    buffer_append_text(&walk->path, name);
    return meet(walk, level->fd, name, met, entry, fault);
}

enum status walk_next(struct walk *walk, struct walk_entry *entry, struct fault *fault)
{
    for (bool met = false; !met;) {
        if (walk->depth > 0)
            TRY(step(walk, &met, entry, fault));
        else if (walk->next_path < walk->path_count)
            TRY(begin_path(walk, &met, entry, fault));
        else
            return NOT_FOUND;
    }
    return OK;
}
