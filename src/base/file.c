#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/scoped.h"

static enum status open_failed(const char *path, struct fault *fault)
{
    bool missing = errno == ENOENT || errno == ENOTDIR;
    return fail_errno(fault, missing ? NOT_FOUND : IO_FAILED, "cannot open %s", path);
}

/* Not blocking: a pipe that nobody writes must not hang us. */
static enum status open_regular(int dir, const char *path, int *fd, size_t *len,
                                struct fault *fault)
{
    CLOSED_FD int opened = openat(dir, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (opened < 0)
        return open_failed(path, fault);
    struct stat stat;
    if (fstat(opened, &stat) != 0)
        return fail_errno(fault, IO_FAILED, "cannot look at %s", path);
    if (!S_ISREG(stat.st_mode))
        return fail(fault, BAD_INPUT, "%s is not a plain file", path);
    *len = (size_t)stat.st_size;
    *fd = opened;
    opened = -1;
    return OK;
}

/* One byte more than expected is asked for, so that a file that grew meanwhile is read whole. */
static enum status read_rest(int fd, const char *path, size_t limit, struct buffer *to,
                             struct fault *fault)
{
    size_t start = to->len;
    for (;;) {
        if (!buffer_reserve(to, to->room - to->len > 0 ? 1 : 64 * 1024))
            return no_memory(fault);
        ssize_t len = read(fd, to->at + to->len, to->room - to->len);
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0)
            return fail_errno(fault, IO_FAILED, "cannot read %s", path);
        if (len == 0)
            return OK;
        to->len += (size_t)len;
        if (to->len - start > limit)
            return fail(fault, OVER_LIMIT, "%s is larger than %zu bytes", path, limit);
    }
}

enum status file_read(int dir, const char *path, size_t limit, struct buffer *to,
                      struct fault *fault)
{
    CLOSED_FD int fd = -1;
    size_t len = 0;
    TRY(open_regular(dir, path, &fd, &len, fault));
    if (len > limit)
        return fail(fault, OVER_LIMIT, "%s is larger than %zu bytes", path, limit);
    if (!buffer_reserve(to, len + 1))
        return no_memory(fault);
    size_t start = to->len;
    enum status read = read_rest(fd, path, limit, to, fault);
    if (read != OK)
        to->len = start;
    return read;
}

enum status file_map(int dir, const char *path, struct mapping *mapping, struct fault *fault)
{
    CLOSED_FD int fd = -1;
    size_t len = 0;
    TRY(open_regular(dir, path, &fd, &len, fault));
    void *at = NULL;
    if (len > 0)
        at = mmap(NULL, len, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED)
        return fail_errno(fault, IO_FAILED, "cannot map %s", path);
    mapping->bytes = bytes_make(at, len);
    return OK;
}

void mapping_release(struct mapping *mapping)
{
    if (mapping->bytes.len > 0)
        munmap((void *)mapping->bytes.at, mapping->bytes.len);
    *mapping = (struct mapping){ 0 };
}

void mapping_rest(const struct mapping *mapping)
{
    if (mapping->bytes.len > 0)
        madvise((void *)mapping->bytes.at, mapping->bytes.len, MADV_DONTNEED);
}

enum status file_write_all(int fd, struct bytes content, const char *name, struct fault *fault)
{
    while (content.len > 0) {
        ssize_t len = write(fd, content.at, content.len);
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0)
            return fail_errno(fault, IO_FAILED, "cannot write %s", name);
        content = bytes_slice(content, (size_t)len, content.len);
    }
    return OK;
}

enum status file_read_at(int fd, uint64_t offset, size_t len, const char *name, void *to,
                         struct fault *fault)
{
    if (offset > INT64_MAX || len > INT64_MAX - offset)
        return corrupt(fault, name, offset, "no file is that long");
    for (size_t done = 0; done < len;) {
        ssize_t more = pread(fd, (uint8_t *)to + done, len - done, (off_t)(offset + done));
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return fail_errno(fault, IO_FAILED, "cannot read %s", name);
        if (more == 0)
            return corrupt(fault, name, offset + done, "the file ends too early");
        done += (size_t)more;
    }
    return OK;
}

enum status file_sync(int fd, const char *name, struct fault *fault)
{
    if (fsync(fd) != 0)
        return fail_errno(fault, IO_FAILED, "cannot make %s durable", name);
    return OK;
}

enum status directory_sync(int dir, const char *name, struct fault *fault)
{
    if (dir != AT_FDCWD)
        return file_sync(dir, name, fault);
    CLOSED_FD int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (here < 0)
        return open_failed(name, fault);
    return file_sync(here, name, fault);
}

enum status directory_make(int dir, const char *path, struct fault *fault)
{
    if (mkdirat(dir, path, 0700) == 0)
        return OK;
    struct stat stat;
    if (errno == EEXIST && fstatat(dir, path, &stat, 0) == 0 && S_ISDIR(stat.st_mode))
        return OK;
    errno = errno == 0 ? EEXIST : errno;
    return fail_errno(fault, IO_FAILED, "cannot make the folder %s", path);
}

/* The folder in which `path` stands, for the sync that makes a rename last. */
static enum status open_parent(int dir, const char *path, int *parent, struct fault *fault)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash == NULL ? 0 : (size_t)(slash - path);
    FREED char *folder = slash == NULL ? strdup(".") : strndup(path, len > 0 ? len : 1);
    if (folder == NULL)
        return no_memory(fault);
    *parent = openat(dir, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *parent < 0 ? open_failed(folder, fault) : OK;
}

static enum status write_and_sync(int dir, const char *path, struct bytes content,
                                  struct fault *fault)
{
    CLOSED_FD int fd =
        openat(dir, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return fail_errno(fault, IO_FAILED, "cannot make %s", path);
    TRY(file_write_all(fd, content, path, fault));
    TRY(file_sync(fd, path, fault));
    int closing = fd;
    fd = -1;
    if (close(closing) != 0)
        return fail_errno(fault, IO_FAILED, "cannot close %s", path);
    return OK;
}

static enum status write_and_rename(int dir, const char *temporary, const char *path,
                                    struct bytes content, struct fault *fault)
{
    TRY(write_and_sync(dir, temporary, content, fault));
    if (renameat(dir, temporary, dir, path) != 0)
        return fail_errno(fault, IO_FAILED, "cannot rename %s to %s", temporary, path);
    return OK;
}

static char *temporary_name(const char *path)
{
    uint8_t random[8];
    char digits[sizeof random * 2 + 1];
    random_fill(random, sizeof random);
    hex_from_bytes(bytes_make(random, sizeof random), digits);
    struct buffer name = { 0 };
    buffer_print(&name, "%s.%s.tmp", path, digits);
    return buffer_take_string(&name);
}

enum status file_write_durably(int dir, const char *path, struct bytes content, struct fault *fault)
{
    CLOSED_FD int parent = -1;
    TRY(open_parent(dir, path, &parent, fault));
    FREED char *temporary = temporary_name(path);
    if (temporary == NULL)
        return no_memory(fault);
    enum status written = write_and_rename(dir, temporary, path, content, fault);
    if (written != OK) {
        unlinkat(dir, temporary, 0);
        return written;
    }
    return directory_sync(parent, path, fault);
}
