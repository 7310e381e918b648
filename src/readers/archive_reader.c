/* archive_reader.c - zip, tar, 7z, RAR and single packed files: each member to the reader of its
 * own format, in memory. Nothing is ever unpacked to a disk: names are words. */
#include "readers/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>

#include "base/scoped.h"
#include "readers/archive_names.h"
#include "readers/archive_stream.h"
#include "readers/archive_tail.h"
#include "readers/nest.h"
#include "readers/warm.h"

enum { CHUNK = 64 << 10 };

struct unpacking {
    const struct reader_input *input;
    struct sink *sink;
    struct archive_stream stream;
    struct archive_tail tail;
    struct buffer content; /* of the member in hand */
    struct buffer name;
    struct archive_names names;
    uint64_t entries; /* met: files, folders, links */
    uint64_t members; /* of them, all but folders */
    const char *trouble;
};

static const char *words_for_damage(const struct unpacking *unpacking)
{
    bool is_locked =
        unpacking->tail.is_locked || archive_read_has_encrypted_entries(unpacking->stream.open) > 0;
    return is_locked ? "locked with a password" : "the archive is damaged or cut short";
}

/* A file packed alone has no name but the packed file's, without its ending. */
static struct bytes name_without_ending(struct bytes name)
{
    static const char *const endings[] = { ".gz", ".bz2", ".xz", ".zst", ".tgz", ".zstd" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(endings[i]);
        if (name.len > len &&
            bytes_equal_fold(bytes_slice(name, name.len - len, len), bytes_from_string(endings[i])))
            return bytes_slice(name, 0, name.len - len);
    }
    return name;
}

static bool is_packed_alone(struct archive *open)
{
    return archive_format(open) == ARCHIVE_FORMAT_RAW;
}

/* A name that stands twice in an archive is told apart by its number. */
static enum status take_name(struct unpacking *unpacking, struct archive_entry *entry,
                             struct fault *fault)
{
    const char *name = archive_entry_pathname(entry);
    bool met = false;
    buffer_clear(&unpacking->name);
    if (is_packed_alone(unpacking->stream.open))
        buffer_append_bytes(&unpacking->name, name_without_ending(unpacking->input->name));
    else if (name && name[0])
        buffer_append_text(&unpacking->name, name);
    else
        buffer_print(&unpacking->name, "file %llu", (unsigned long long)unpacking->members);
    TRY(buffer_check(&unpacking->name, fault));
    TRY(archive_names_add(&unpacking->names, buffer_bytes(&unpacking->name), &met, fault));
    if (met)
        buffer_print(&unpacking->name, " [%llu]", (unsigned long long)unpacking->members);
    return buffer_check(&unpacking->name, fault);
}

/* At most NEST_MEMBER_MAX bytes of the member are kept; all count, as all cost time. What ends it
 * early in words, or NULL. */
static const char *take_content(struct unpacking *unpacking, bool is_locked)
{
    struct buffer *content = &unpacking->content;
    const char *why = NULL;
    buffer_clear(content);
    for (;;) {
        if (!buffer_reserve(content, CHUNK))
            return "no memory for it";
        la_ssize_t got =
            archive_read_data(unpacking->stream.open, content->at + content->len, CHUNK);
        if (got == 0)
            return why;
        if (got < 0)
            return is_locked ? "locked with a password" : "damaged in the archive";
        if (content->len + (size_t)got > NEST_MEMBER_MAX)
            why = "a file of more than 128 MiB: the rest is left";
        else
            content->len += (size_t)got;
        if (!nest_take(unpacking->sink, (uint64_t)got))
            return unpacking->sink->nest.trouble;
    }
}

static enum status pass_over(struct unpacking *unpacking, enum verdict verdict, const char *why,
                             struct fault *fault)
{
    return nest_pass_over(unpacking->sink, buffer_bytes(&unpacking->name), verdict, why, fault);
}

/* What could be had of a damaged member is read; that there was more is a document of its own. */
static enum status read_member(struct unpacking *unpacking, struct archive_entry *entry,
                               struct fault *fault)
{
    bool is_locked = archive_entry_is_encrypted(entry);
    const char *why = take_content(unpacking, is_locked);
    struct member member = { .name = buffer_bytes(&unpacking->name),
                             .content = buffer_bytes(&unpacking->content) };
    if (unpacking->content.failed)
        unpacking->content = (struct buffer){ 0 };
    if (why && (is_locked || unpacking->sink->nest.trouble || unpacking->content.len == 0))
        return pass_over(unpacking, VERDICT_FAILED, why, fault);
    TRY(nest_read(unpacking->sink, &member, fault));
    if (!why)
        return OK;
    buffer_append_text(&unpacking->name, " (the rest)");
    return pass_over(unpacking, VERDICT_FAILED, why, fault);
}

static enum status take_entry(struct unpacking *unpacking, struct archive_entry *entry,
                              struct fault *fault)
{
    bool is_link = archive_entry_hardlink(entry) || archive_entry_filetype(entry) == AE_IFLNK;
    if (archive_entry_filetype(entry) == AE_IFDIR)
        return OK;
    unpacking->members++;
    TRY(take_name(unpacking, entry, fault));
    if (is_link)
        return pass_over(unpacking, VERDICT_FULL, "a link: links are not followed", fault);
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != 0)
        return pass_over(unpacking, VERDICT_FULL, "not a file: a device, pipe or socket", fault);
    return read_member(unpacking, entry, fault);
}

/* Bytes that no known format fits, and no filter either: libarchive calls them one raw file. */
static bool is_no_archive(struct archive *open)
{
    return is_packed_alone(open) && archive_filter_count(open) < 2;
}

static enum status take_entries(struct unpacking *unpacking, struct fault *fault)
{
    struct archive *open = unpacking->stream.open;
    struct archive_entry *entry = NULL;
    for (;;) {
        int answer = archive_read_next_header(open, &entry);
        if (answer == ARCHIVE_EOF)
            return OK;
        if (answer < ARCHIVE_WARN || is_no_archive(open)) {
            unpacking->trouble = words_for_damage(unpacking);
            return OK;
        }
        unpacking->entries++;
        if (!nest_count(unpacking->sink))
            return OK;
        TRY(take_entry(unpacking, entry, fault));
        if (unpacking->sink->nest.trouble)
            return OK;
    }
}

/* What the archive's own end says that the library did not. */
static void judge_tail(struct unpacking *unpacking, char *words, size_t size)
{
    const struct archive_tail *tail = &unpacking->tail;
    if (tail->has_count && unpacking->entries < tail->count)
        snprintf(words, size, "%llu entries of %llu that it says it holds",
                 (unsigned long long)unpacking->entries, (unsigned long long)tail->count);
    else if (tail->is_of_volume)
        snprintf(words, size, "one file of a split archive: the others are needed too");
    else if (tail->lacks_end)
        snprintf(words, size, "its end is missing: it may be cut short");
}

static enum status end_archive(struct unpacking *unpacking, struct fault *fault)
{
    char words[256], tail[120] = "";
    struct nest *nest = &unpacking->sink->nest;
    const char *trouble = nest->trouble ? nest->trouble : unpacking->trouble;
    uint64_t at = unpacking->stream.at, len = unpacking->input->len;
    if (!trouble)
        judge_tail(unpacking, tail, sizeof tail);
    trouble = tail[0] ? tail : trouble;
    snprintf(words, sizeof words, "%llu file%s%s%s", (unsigned long long)unpacking->members,
             unpacking->members == 1 ? "" : "s", trouble ? "; " : "", trouble ? trouble : "");
    if (trouble)
        unpacking->sink->unread = at < len ? len - at : 0;
    bool has_nothing = trouble && unpacking->members == 0;
    if (has_nothing)
        unpacking->sink->unread = len;
    return nest_end(unpacking->sink,
                    has_nothing ? VERDICT_FAILED
                    : trouble   ? VERDICT_PARTIAL
                                : VERDICT_FULL,
                    words, fault);
}

static enum status take_all(struct unpacking *unpacking, enum archive_kinds kinds,
                            struct fault *fault)
{
    bool opened = false;
    archive_stream_close(&unpacking->stream);
    TRY(archive_stream_open(&unpacking->stream, unpacking->input, kinds, &opened, fault));
    if (opened)
        return take_entries(unpacking, fault);
    unpacking->trouble = words_for_damage(unpacking);
    return OK;
}

/* Zeros are a tar without a file to the library, though they may be all that was packed. */
static bool may_be_packed_alone(const struct unpacking *unpacking)
{
    return !unpacking->trouble && unpacking->entries == 0 &&
           archive_filter_count(unpacking->stream.open) > 1;
}

static enum status archive_read_item(const struct reader_input *input, struct sink *sink,
                                     struct arena *arena, struct fault *fault)
{
    (void)arena;
    struct unpacking unpacking = { .input = input, .sink = sink };
    if (!nest_begin(sink, input->len))
        return nest_refuse(sink, VERDICT_FAILED, NEST_TOO_DEEP, fault);
    TRY(archive_tail_read(input, &unpacking.tail, fault));
    enum status answer = take_all(&unpacking, ARCHIVE_ALL, fault);
    if (answer == OK && may_be_packed_alone(&unpacking))
        answer = take_all(&unpacking, ARCHIVE_PACKED, fault);
    if (answer == OK)
        answer = end_archive(&unpacking, fault);
    archive_stream_close(&unpacking.stream);
    buffer_release(&unpacking.content);
    buffer_release(&unpacking.name);
    archive_names_release(&unpacking.names);
    return answer;
}

static void add_filter(struct archive *packed, int i)
{
    int (*const filters[])(
        struct archive *) = { archive_write_add_filter_gzip, archive_write_add_filter_bzip2,
                              archive_write_add_filter_xz, archive_write_add_filter_zstd };
    filters[i](packed);
}

enum { FILTERS = 4, SAMPLE_MAX = 64 << 10 };

static enum status pack_sample(int filter, struct buffer *to, struct fault *fault)
{
    size_t len = 0;
    struct archive *packed = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    if (!packed || !entry || !buffer_reserve(to, SAMPLE_MAX))
        return no_memory(fault);
    archive_write_set_format_pax(packed);
    add_filter(packed, filter);
    archive_entry_set_pathname(entry, "ma\xc3\xb1"
                                      "ana.txt");
    archive_entry_set_size(entry, 7);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_mtime(entry, 1, 1);
    bool is_whole = archive_write_open_memory(packed, to->at, SAMPLE_MAX, &len) == ARCHIVE_OK &&
                    archive_write_header(packed, entry) == ARCHIVE_OK &&
                    archive_write_data(packed, "Sulaco\n", 7) == 7 &&
                    archive_write_close(packed) == ARCHIVE_OK;
    archive_entry_free(entry);
    archive_write_free(packed);
    to->len = len;
    return is_whole ? OK : fail(fault, IO_FAILED, "no sample archive could be made");
}

static enum status archive_warm(struct fault *fault)
{
    TRY(archive_stream_prepare(fault));
    for (int i = 0; i < FILTERS; i++) {
        SCOPED(buffer_release) struct buffer sample = { 0 };
        TRY(pack_sample(i, &sample, fault));
        TRY(warm_over(archive_read_item, buffer_bytes(&sample), fault));
    }
    return OK;
}

const struct reader archive_reader = {
    .format = FORMAT_ARCHIVE,
    .name = "archive",
    .library = "libarchive " ARCHIVE_VERSION_ONLY_STRING,
    .read = archive_read_item,
    .warm = archive_warm,
};
