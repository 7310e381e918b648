#include "papers.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { SPANS_MAX = 256 };

static void must(enum status done, const struct fault *fault)
{
    if (done == OK)
        return;
    fprintf(stderr, "%s\n", fault->words);
    abort();
}

void shelf_begin(struct shelf *shelf)
{
    strcpy(shelf->folder, "/tmp/stet-reuse-XXXXXX");
    if (mkdtemp(shelf->folder) == NULL)
        abort();
    snprintf(shelf->path, sizeof shelf->path, "%s/a.stet", shelf->folder);
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *where)
{
    (void)stat, (void)kind, (void)where;
    return remove(path);
}

void shelf_end(struct shelf *shelf)
{
    nftw(shelf->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static size_t spans_from_lines(struct bytes text, struct span *spans)
{
    size_t at = 0, count = 0, start = 0;
    for (struct bytes line; count < SPANS_MAX && bytes_next_line(text, &at, &line); start = at) {
        uint8_t mark = line.len > 0 ? line.at[0] : 0;
        enum span_kind kind = mark == '='   ? SPAN_HEAD
                              : mark == '|' ? SPAN_FURNITURE
                                            : SPAN_PARAGRAPH;
        if (line.len > 0)
            spans[count++] = (struct span){ .kind = kind,
                                            .start = (uint32_t)start,
                                            .end = (uint32_t)(start + line.len) };
    }
    return count;
}

static void add(struct archive_writer *writer, const struct paper *paper)
{
    struct fault fault = { 0 };
    struct span spans[SPANS_MAX];
    struct bytes text = bytes_from_string(paper->text);
    struct ledger_row row = { .root = bytes_from_string("papers"),
                              .path = bytes_from_string(paper->number),
                              .size = text.len,
                              .accounted = text.len,
                              .documents = 1 };
    struct field fields[3] = { { .name = FIELD_NUMBER,
                                 .value = bytes_from_string(paper->number) } };
    size_t field_count = 1;
    bool is_known;
    uint64_t id;
    if (paper->date != NULL)
        fields[field_count++] =
            (struct field){ .name = FIELD_DATE, .value = bytes_from_string(paper->date) };
    if (paper->title != NULL)
        fields[field_count++] =
            (struct field){ .name = FIELD_TITLE, .value = bytes_from_string(paper->title) };
    CLOSED_FD int fd = memfd_create("original", MFD_CLOEXEC);
    must(file_write_all(fd, bytes_from_string(paper->number), "memfd", &fault), &fault);
    must(archive_writer_collection(writer, bytes_from_string(paper->collection), paper->is_public,
                                   &row.collection, &fault),
         &fault);
    must(archive_writer_original(writer, fd, 0, strlen(paper->number), &row.original, &is_known,
                                 &fault),
         &fault);
    struct new_part part = { .text = text, .spans = spans };
    part.span_count = spans_from_lines(text, spans);
    struct new_document document = { .collection = row.collection,
                                     .original = row.original,
                                     .kind = paper->kind,
                                     .fields = fields,
                                     .field_count = field_count,
                                     .parts = &part,
                                     .part_count = 1 };
    must(archive_writer_document(writer, &document, true, &id, &fault), &fault);
    must(archive_writer_ledger(writer, &row, &fault), &fault);
}

struct stet_archive *shelf_open(const struct shelf *shelf)
{
    struct stet_archive *archive = NULL;
    struct fault fault = { 0 };
    must(stet_archive_open(shelf->path, &archive, &fault), &fault);
    return archive;
}

void shelf_add(struct shelf *shelf, const struct paper *papers, size_t count)
{
    struct fault fault = { 0 };
    struct archive_writer *writer = NULL;
    if (access(shelf->path, F_OK) != 0)
        must(stet_archive_create(shelf->path, &fault), &fault);
    struct stet_archive *archive = shelf_open(shelf);
    must(archive_writer_open(archive, 0, &writer, &fault), &fault);
    for (size_t i = 0; i < count; i++)
        add(writer, &papers[i]);
    must(archive_writer_commit(writer, &fault), &fault);
    archive_writer_close(writer);
    stet_archive_close(archive);
}

bool shelf_has_leavings(const struct shelf *shelf)
{
    char path[128];
    snprintf(path, sizeof path, "%s/reuse", shelf->path);
    return access(path, F_OK) == 0;
}
