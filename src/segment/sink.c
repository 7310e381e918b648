#include "segment/sink.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/hash.h"
#include "text/fold.h"

static char *temporary_name(const char *name)
{
    uint8_t random[8];
    char digits[sizeof random * 2 + 1];
    random_fill(random, sizeof random);
    hex_from_bytes(bytes_make(random, sizeof random), digits);
    struct buffer made = { 0 };
    buffer_print(&made, "%s.%s.tmp", name, digits);
    return buffer_take_string(&made);
}

static int create(int dir, const char *name)
{
    return openat(dir, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

enum status sink_open(struct sink *sink, int dir, const char *name, struct fault *fault)
{
    *sink = (struct sink){ .dir = dir, .fd = -1, .name = name, .section = -1 };
    sink->layout.fold = FOLD_VERSION;
    sink->temporary = temporary_name(name);
    if (sink->temporary == NULL || !buffer_reserve(&sink->page, LAYOUT_PAGE)) {
        sink_release(sink);
        return no_memory(fault);
    }
    sink->fd = create(dir, sink->temporary);
    if (sink->fd < 0) {
        enum status refused = fail_errno(fault, IO_FAILED, "cannot make %s", sink->temporary);
        free(take(sink->temporary));
        sink_release(sink);
        return refused;
    }
    layout_head_encode(&sink->page);
    sink->at = sink->page.len;
    return OK;
}

void sink_release(struct sink *sink)
{
    close_fd_at(&sink->fd);
    sink->fd = -1;
    if (sink->temporary != NULL)
        unlinkat(sink->dir, sink->temporary, 0);
    free(take(sink->temporary));
    buffer_release(&sink->page);
    buffer_release(&sink->sums);
}

static void flush_page(struct sink *sink)
{
    struct bytes page = buffer_bytes(&sink->page);
    if (page.len == 0)
        return;
    buffer_u64(&sink->sums, checksum64(page));
    if (sink->failed == OK)
        sink->failed = file_write_all(sink->fd, page, sink->name, &sink->first);
    buffer_clear(&sink->page);
}

void sink_section(struct sink *sink, enum section section)
{
    assert((int)section == sink->section + 1);
    if (sink->section >= 0)
        sink->layout.sections[sink->section].len = sink_section_len(sink);
    sink->section = (int)section;
    sink->layout.sections[section].at = sink->at;
}

void sink_write(struct sink *sink, struct bytes bytes)
{
    sink->at += bytes.len;
    while (bytes.len > 0) {
        struct bytes fits = bytes_slice(bytes, 0, LAYOUT_PAGE - sink->page.len);
        buffer_append_bytes(&sink->page, fits);
        bytes = bytes_slice(bytes, fits.len, bytes.len);
        if (sink->page.len == LAYOUT_PAGE)
            flush_page(sink);
    }
}

void sink_drain(struct sink *sink, struct buffer *from)
{
    if (from->failed && sink->failed == OK)
        sink->failed = no_memory(&sink->first);
    sink_write(sink, buffer_bytes(from));
    buffer_clear(from);
}

uint64_t sink_section_len(const struct sink *sink)
{
    return sink->at - sink->layout.sections[sink->section].at;
}

enum status sink_spill_open(const struct sink *sink, int *fd, struct fault *fault)
{
    FREED char *name = temporary_name(sink->name);
    if (name == NULL)
        return no_memory(fault);
    int made = create(sink->dir, name);
    if (made < 0)
        return fail_errno(fault, IO_FAILED, "cannot make %s", name);
    unlinkat(sink->dir, name, 0);
    *fd = made;
    return OK;
}

static enum status write_footer(struct sink *sink, uint64_t *seal, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer footer = { 0 };
    layout_encode(&sink->layout, buffer_bytes(&sink->sums), &footer, seal);
    TRY(buffer_check(&sink->sums, fault));
    TRY(buffer_check(&footer, fault));
    return file_write_all(sink->fd, buffer_bytes(&footer), sink->name, fault);
}

enum status sink_finish(struct sink *sink, uint64_t *seal, struct fault *fault)
{
    assert(sink->section == SECTIONS - 1);
    sink->layout.sections[sink->section].len = sink_section_len(sink);
    sink->layout.body_len = sink->at;
    flush_page(sink);
    if (sink->failed != OK)
        return fail(fault, sink->failed, "%s", sink->first.words);
    uint64_t sealed;
    TRY(write_footer(sink, &sealed, fault));
    TRY(file_sync(sink->fd, sink->name, fault));
    if (renameat(sink->dir, sink->temporary, sink->dir, sink->name) != 0)
        return fail_errno(fault, IO_FAILED, "cannot rename %s to %s", sink->temporary, sink->name);
    free(take(sink->temporary));
    TRY(directory_sync(sink->dir, sink->name, fault));
    *seal = sealed;
    return OK;
}
