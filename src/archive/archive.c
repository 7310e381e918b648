#include "archive/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

#include "archive/manifest.h"
#include "archive/snapshot.h"
#include "base/file.h"

int archive_directory(const struct archive *archive)
{
    return archive->dir;
}

const char *archive_path(const struct archive *archive)
{
    return archive->path;
}

const struct catalog *archive_catalog(const struct archive *archive)
{
    return archive->catalog;
}

/* A manifest comes before the catalog that it can rebuild: the row key stands in both. */
static enum status fill_folder(int dir, const char *path, struct fault *fault)
{
    TRY(directory_make(dir, "segments", fault));
    TRY(directory_make(dir, "originals", fault));
    CLOSED_FD int segments = openat(dir, "segments", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (segments < 0)
        return fail_errno(fault, IO_FAILED, "cannot open %s/segments", path);
    struct catalog_state state = { .commits = 1, .base = 1 };
    random_fill(state.row_key, sizeof state.row_key);
    SCOPED(manifest_writer_release) struct manifest_writer manifest = { .fd = -1 };
    TRY(manifest_create(&manifest, segments, 1, 0, true, state.row_key, fault));
    TRY(manifest_finish(&manifest, &state.seal, fault));
    TRY(catalog_create(path, CATALOG_FILE, &state, fault));
    if (fchmodat(dir, CATALOG_FILE, 0600, 0) != 0)
        return fail_errno(fault, IO_FAILED, "cannot keep %s/catalog.db from others", path);
    return directory_sync(dir, path, fault);
}

static enum status sync_parent(const char *path, struct fault *fault)
{
    FREED char *copy = strdup(path);
    if (copy == NULL)
        return no_memory(fault);
    size_t len = strlen(copy);
    while (len > 1 && copy[len - 1] == '/')
        copy[--len] = '\0';
    char *slash = strrchr(copy, '/');
    if (slash != NULL)
        slash[slash == copy ? 1 : 0] = '\0';
    CLOSED_FD int parent = open(slash != NULL ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent < 0)
        return fail_errno(fault, IO_FAILED, "cannot open the folder around %s", path);
    return directory_sync(parent, path, fault);
}

enum status stet_archive_create(const char *path, struct fault *fault)
{
    TRY(hash_start(fault));
    if (mkdir(path, 0700) != 0 && errno == EEXIST)
        return fail(fault, BAD_INPUT, "something stands at %s already", path);
    CLOSED_FD int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return fail_errno(fault, IO_FAILED, "cannot make %s", path);
    TRY(fill_folder(dir, path, fault));
    return sync_parent(path, fault);
}

static bool is_archive_name(const char *name)
{
    size_t len = strlen(name);
    return len > 5 && name[0] != '.' && strcmp(name + len - 5, ".stet") == 0;
}

/* The one *.stet folder of a directory into `name`; NOT_FOUND, BAD_INPUT for several. */
static enum status find_in(const char *folder, char name[NAME_MAX + 1], struct fault *fault)
{
    DIR *listing = opendir(folder);
    if (listing == NULL)
        return NOT_FOUND;
    size_t count = 0;
    const struct dirent *entry;
    while ((entry = readdir(listing)) != NULL) {
        struct stat stat;
        if (is_archive_name(entry->d_name) &&
            fstatat(dirfd(listing), entry->d_name, &stat, 0) == 0 && S_ISDIR(stat.st_mode)) {
            count++;
            snprintf(name, NAME_MAX + 1, "%s", entry->d_name);
        }
    }
    closedir(listing);
    if (count > 1)
        return fail(fault, BAD_INPUT, "%s holds %zu archives: say which with -a", folder, count);
    return count == 1 ? OK : NOT_FOUND;
}

static enum status lend_path(const char *path, char *to, size_t room, struct fault *fault)
{
    if (strlen(path) >= room)
        return fail(fault, OVER_LIMIT, "the path of the archive is longer than %zu bytes", room);
    memcpy(to, path, strlen(path) + 1);
    return OK;
}

static enum status find_upward(char *path, size_t room, struct fault *fault)
{
    char here[PATH_MAX], name[NAME_MAX + 1], whole[PATH_MAX + NAME_MAX + 2];
    if (getcwd(here, sizeof here) == NULL)
        return fail_errno(fault, IO_FAILED, "cannot tell the current directory");
    for (char *end = here + strlen(here);; end = strrchr(here, '/')) {
        end[end == here ? 1 : 0] = '\0';
        enum status found = find_in(here, name, fault);
        if (found == OK) {
            snprintf(whole, sizeof whole, "%s%s%s", here, here[1] == '\0' ? "" : "/", name);
            return lend_path(whole, path, room, fault);
        }
        if (found != NOT_FOUND)
            return found;
        if (here[1] == '\0')
            break;
    }
    if (getcwd(here, sizeof here) == NULL)
        return fail_errno(fault, IO_FAILED, "cannot tell the current directory");
    return fail(fault, NOT_FOUND, "no archive (*.stet) in %s or above: make one with stet new",
                here);
}

enum status stet_archive_find(const char *named, const char *environment, char *path, size_t room,
                              struct fault *fault)
{
    if (named != NULL)
        return lend_path(named, path, room, fault);
    if (environment != NULL && environment[0] != '\0')
        return lend_path(environment, path, room, fault);
    return find_upward(path, room, fault);
}

static enum status open_folder(int dir, const char *name, int *fd, struct fault *fault)
{
    *fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*fd >= 0)
        return OK;
    if (errno == ENOENT || errno == ENOTDIR)
        return corrupt(fault, name, UINT64_MAX, "the folder is missing");
    return fail_errno(fault, IO_FAILED, "cannot open the folder %s", name);
}

static enum status open_parts(struct archive *archive, struct fault *fault)
{
    archive->dir = open(archive->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (archive->dir < 0)
        return fail_errno(fault, errno == ENOENT ? NOT_FOUND : IO_FAILED,
                          "cannot open the archive %s", archive->path);
    if (faccessat(archive->dir, CATALOG_FILE, F_OK, 0) != 0) {
        if (faccessat(archive->dir, "segments", F_OK, 0) != 0)
            return fail(fault, BAD_INPUT, "%s is not an archive of stet", archive->path);
        return corrupt(fault, CATALOG_FILE, UINT64_MAX,
                       "it is missing (stet rebuild makes a new one)");
    }
    TRY(open_folder(archive->dir, "segments", &archive->segments, fault));
    TRY(open_folder(archive->dir, "originals", &archive->originals, fault));
    archive->is_readonly = faccessat(archive->dir, ".", W_OK, AT_EACCESS) != 0 ||
                           faccessat(archive->dir, CATALOG_FILE, W_OK, AT_EACCESS) != 0;
    return catalog_open(archive->path, CATALOG_FILE, archive->is_readonly, &archive->catalog,
                        fault);
}

enum status stet_archive_open(const char *path, struct archive **archive, struct fault *fault)
{
    TRY(hash_start(fault));
    CLOSED(stet_archive_close) struct archive *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->dir = made->segments = made->originals = -1;
    made->path = strdup(path);
    if (made->path == NULL)
        return no_memory(fault);
    TRY(open_parts(made, fault));
    *archive = take(made);
    return OK;
}

void stet_archive_close(struct archive *archive)
{
    if (archive == NULL)
        return;
    snapshot_drop(take(archive->latest));
    archive_forget_segments(archive, NULL, 0);
    catalog_close(archive->catalog);
    close_fd_at(&archive->originals);
    close_fd_at(&archive->segments);
    close_fd_at(&archive->dir);
    free(archive->path);
    free(archive);
}
