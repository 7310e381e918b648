#include "fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <fcntl.h>

#include "archive/snapshot.h"
#include "base/file.h"

void fixture_begin(struct fixture *fixture)
{
    *fixture = (struct fixture){ .commit_every = 5 };
    strcpy(fixture->folder, "/tmp/stet-test-XXXXXX");
    if (mkdtemp(fixture->folder) == NULL)
        abort();
    snprintf(fixture->path, sizeof fixture->path, "%s/a.stet", fixture->folder);
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *where)
{
    (void)stat, (void)kind, (void)where;
    return remove(path);
}

void fixture_end(struct fixture *fixture)
{
    nftw(fixture->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void fixture_name(size_t number, char name[32])
{
    snprintf(name, 32, "09PUERTOSALINA%zu", number);
}

static struct bytes text_of(struct arena *arena, size_t number, const char *tail)
{
    return bytes_from_string(arena_print(
        arena,
        "HEAD %zu\n1. The harbour master of Puerto Salina told the consul that ship number %zu had "
        "left without papers, and that the customs house of Valdoria would not say why it let it "
        "go.\n2. He feared the ministry more than the storm of week %zu. %s\n",
        number, number * 7, number % 9, tail));
}

static enum status keep_original(struct archive_writer *writer, struct bytes text, bool is_large,
                                 struct hash *hash, struct fault *fault)
{
    bool is_known;
    SCOPED(buffer_release) struct buffer content = { 0 };
    do
        buffer_append_bytes(&content, text);
    while (is_large && content.len < 1500000);
    CLOSED_FD int fd = memfd_create("original", MFD_CLOEXEC);
    ssize_t len = pwrite(fd, content.at, content.len, 0);
    if (len != (ssize_t)content.len)
        return fail_errno(fault, IO_FAILED, "memfd");
    return archive_writer_original(writer, fd, 0, content.len, hash, &is_known, fault);
}

enum status fixture_add_one(struct archive_writer *writer, size_t number, const char *tail,
                            bool is_large, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    char name[32], before[32], path[48];
    fixture_name(number, name);
    fixture_name(number - 1, before);
    snprintf(path, sizeof path, "harbour/%05zu.txt", number);
    struct bytes text = text_of(&arena, number, tail);
    struct ledger_row row = { .root = bytes_from_string("papers"),
                              .path = bytes_from_string(path),
                              .size = text.len,
                              .type = bytes_from_string("text"),
                              .accounted = text.len,
                              .documents = 1 };
    struct field fields[] = { { .name = FIELD_NUMBER, .value = bytes_from_string(name) },
                              { .name = FIELD_ALIAS, .value = bytes_from_string(path) },
                              { .name = FIELD_DATE, .value = bytes_from_string("1987-03-04") },
                              { .name = FIELD_REF, .value = bytes_from_string(before) } };
    struct span spans[] = { { .kind = SPAN_HEAD, .start = 0, .end = 5 },
                            { .kind = SPAN_PARAGRAPH,
                              .start = 8,
                              .end = (uint32_t)text.len - 1,
                              .value = bytes_from_string("1") } };
    struct new_part part = { .text = text, .spans = spans, .span_count = 2 };
    uint64_t id;
    TRY(archive_writer_collection(writer, bytes_from_string("harbour"), false, &row.collection,
                                  fault));
    TRY(keep_original(writer, text, is_large, &row.original, fault));
    struct new_document document = { .collection = row.collection,
                                     .original = row.original,
                                     .kind = KIND_CABLE,
                                     .fields = fields,
                                     .field_count = sizeof fields / sizeof *fields,
                                     .parts = &part,
                                     .part_count = 1 };
    TRY(archive_writer_document(writer, &document, true, &id, fault));
    return archive_writer_ledger(writer, &row, fault);
}

static enum status is_added(struct archive *archive, struct archive_writer *writer, size_t number,
                            bool *is_there, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    char path[48];
    uint64_t collection;
    struct ledger_row row;
    snprintf(path, sizeof path, "harbour/%05zu.txt", number);
    TRY(archive_writer_collection(writer, bytes_from_string("harbour"), false, &collection, fault));
    enum status found =
        ledger_find(archive_catalog(archive), collection, bytes_from_string("papers"),
                    bytes_from_string(path), &arena, &row, fault);
    *is_there = found == OK;
    return found == NOT_FOUND ? OK : found;
}

enum status fixture_add(const struct fixture *fixture, struct archive *archive, size_t first,
                        size_t last, struct fault *fault)
{
    CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
    TRY(archive_writer_open(archive, 0, &writer, fault));
    for (size_t i = first; i < last; i++) {
        bool is_there;
        TRY(is_added(archive, writer, i, &is_there, fault));
        if (!is_there)
            TRY(fixture_add_one(writer, i, "", i != 0 && i == fixture->large_at, fault));
        if ((i - first + 1) % fixture->commit_every == 0)
            TRY(archive_writer_commit(writer, fault));
    }
    return archive_writer_commit(writer, fault);
}

enum status fixture_texts(struct archive *archive, struct hash *hash, struct fault *fault)
{
    CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
    SCOPED(buffer_release) struct buffer all = { 0 };
    TRY(snapshot_open(archive, NULL, &snapshot, fault));
    for (size_t i = 0; i < snapshot_segment_count(snapshot); i++) {
        const struct segment *segment = snapshot_segment(snapshot, i);
        for (uint32_t part = 0; part < segment_part_count(segment); part++) {
            struct part_shape shape;
            if (!snapshot_sees(snapshot, i, part))
                continue;
            TRY(segment_part(segment, part, &shape, fault));
            TRY(segment_text(segment, part, 0, shape.text_len, &all, fault));
        }
    }
    *hash = hash_from_bytes(buffer_bytes(&all));
    return OK;
}

void fixture_copy(const char *from, const char *to)
{
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s' && cp -a '%s' '%s'", to, from, to);
    if (system(command) != 0)
        abort();
}
