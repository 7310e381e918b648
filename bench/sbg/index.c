#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "archive/writer.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/scoped.h"
#include "sbg.h"

struct indexing {
    struct archive_writer *writer;
    uint64_t collection;
    int original; /* the line in hand */
};

static enum status keep_line(struct indexing *indexing, struct bytes line, struct hash *hash,
                             struct fault *fault)
{
    bool is_known;
    if (ftruncate(indexing->original, 0) != 0 || lseek(indexing->original, 0, SEEK_SET) != 0)
        return fail_errno(fault, IO_FAILED, "the line in memory");
    TRY(file_write_all(indexing->original, line, "the line in memory", fault));
    return archive_writer_original(indexing->writer, indexing->original, 0, line.len, hash,
                                   &is_known, fault);
}

static enum status add_document(struct indexing *indexing, struct bytes line, struct bytes id,
                                struct bytes text, struct fault *fault)
{
    struct ledger_row row = { .collection = indexing->collection,
                              .root = bytes_from_string("lines"),
                              .path = id,
                              .size = line.len,
                              .type = bytes_from_string("JSON"),
                              .accounted = line.len,
                              .documents = 1 };
    struct new_part part = { .text = text };
    TRY(keep_line(indexing, line, &row.original, fault));
    struct new_document document = { .collection = indexing->collection,
                                     .original = row.original,
                                     .parts = &part,
                                     .part_count = 1 };
    uint64_t number;
    TRY(archive_writer_document(indexing->writer, &document, true, &number, fault));
    return archive_writer_ledger(indexing->writer, &row, fault);
}

static enum status add_line(struct indexing *indexing, struct bytes line, uint64_t number,
                            struct fault *fault)
{
    json_error_t error;
    const char *id = NULL, *text = NULL;
    size_t id_len = 0, text_len = 0;
    json_t *root = json_loadb((const char *)line.at, line.len, JSON_ALLOW_NUL, &error);
    if (root == NULL ||
        json_unpack(root, "{s:s%, s:s%}", "id", &id, &id_len, "text", &text, &text_len) != 0) {
        json_decref(root);
        return fail(fault, BAD_INPUT, "line %llu is not {\"id\": ..., \"text\": ...}",
                    (unsigned long long)number);
    }
    enum status added = add_document(indexing, line, (struct bytes){ (const uint8_t *)id, id_len },
                                     (struct bytes){ (const uint8_t *)text, text_len }, fault);
    json_decref(root);
    return added;
}

static enum status add_lines(struct indexing *indexing, FILE *lines, uint64_t *count,
                             struct fault *fault)
{
    FREED char *line = NULL;
    size_t room = 0;
    ssize_t len;
    for (*count = 0; (len = getline(&line, &room, lines)) > 0; ++*count)
        TRY(add_line(indexing, (struct bytes){ (const uint8_t *)line, (size_t)len }, *count + 1,
                     fault));
    TRY(archive_writer_commit(indexing->writer, fault));
    return archive_writer_merge(indexing->writer, fault);
}

enum status sbg_index(FILE *lines, const char *path, uint64_t *count, struct fault *fault)
{
    CLOSED(stet_archive_close) struct stet_archive *archive = NULL;
    CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
    CLOSED_FD int original = memfd_create("line", MFD_CLOEXEC);
    if (original < 0)
        return fail_errno(fault, IO_FAILED, "the line in memory");
    TRY(stet_archive_create(path, fault));
    TRY(stet_archive_open(path, &archive, fault));
    TRY(archive_writer_open(archive, 0, &writer, fault));
    struct indexing indexing = { .writer = writer, .original = original };
    TRY(archive_writer_collection(writer, bytes_from_string("lines"), true, &indexing.collection,
                                  fault));
    return add_lines(&indexing, lines, count, fault);
}
