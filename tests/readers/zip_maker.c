#include "zip_maker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>

static void write_member(struct archive *zip, const struct zip_member *member)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, member->path);
    archive_entry_set_size(entry, (la_int64_t)member->text.len);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    assert_int_equal(archive_write_header(zip, entry), ARCHIVE_OK);
    archive_write_data(zip, member->text.at, member->text.len);
    archive_entry_free(entry);
}

void zip_make(const struct zip_member *members, size_t count, struct buffer *to)
{
    size_t room = 64 << 10, len = 0;
    for (size_t i = 0; i < count; i++)
        room += members[i].text.len / 2 + 1024;
    struct archive *zip = archive_write_new();
    assert_true(buffer_reserve(to, room));
    archive_write_set_format_zip(zip);
    assert_int_equal(archive_write_open_memory(zip, to->at + to->len, room, &len), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++)
        write_member(zip, &members[i]);
    assert_int_equal(archive_write_close(zip), ARCHIVE_OK);
    archive_write_free(zip);
    to->len += len;
}

void zip_make_one(const char *path, const char *text, struct buffer *to)
{
    struct zip_member member = { path, bytes_from_string(text) };
    zip_make(&member, 1, to);
}
