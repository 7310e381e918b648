/* segment_build - how fast is a segment built from plain text, and how large is it?
 *
 *     segment_build FOLDER FILE...     FILE is a plain text, one part each
 *     segment_build FOLDER -           the same, their names on standard input, one a line
 *
 * Files are read first, all of them. Seals s0.seg, s1.seg, ... in FOLDER every 64 MiB of text.
 * Processor time is that of add and seal alone.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/grow.h"
#include "base/hash.h"
#include "base/scoped.h"
#include "segment/merge.h"
#include "segment/writer.h"
#include "text/utf8.h"

enum { BUDGET = 64 << 20 };

struct texts {
    struct buffer *at;
    size_t count;
    size_t room;
    uint64_t len;
};

struct build {
    struct segment_writer *writer;
    int folder;
    unsigned segments;
    uint64_t adding, sealing; /* nanoseconds of the processor */
    uint64_t size;
    size_t memory; /* the most the writer held */
};

static enum status read_text(struct texts *texts, const char *path, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer raw = { 0 };
    if (!GROW(texts->at, texts->room, texts->count))
        return no_memory(fault);
    TRY(file_read(AT_FDCWD, path, PART_MAX / 3, &raw, fault));
    struct buffer *text = &texts->at[texts->count++];
    *text = (struct buffer){ 0 };
    utf8_repair(buffer_bytes(&raw), text);
    texts->len += text->len;
    return buffer_check(text, fault);
}

static enum status read_listed(struct texts *texts, struct fault *fault)
{
    char path[4096];
    while (fgets(path, sizeof path, stdin) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        TRY(read_text(texts, path, fault));
    }
    return OK;
}

static enum status seal(struct build *build, struct fault *fault)
{
    char name[32];
    uint64_t sealed, before = clock_processor();
    struct segment *segment;
    snprintf(name, sizeof name, "s%u.seg", build->segments++);
    TRY(segment_writer_seal(build->writer, build->folder, name, &sealed, fault));
    build->sealing += clock_processor() - before;
    TRY(segment_open(build->folder, name, &segment, fault));
    build->size += segment_size(segment);
    segment_close(segment);
    return OK;
}

static enum status build_all(struct build *build, const struct texts *texts, struct fault *fault)
{
    for (size_t i = 0; i < texts->count; i++) {
        struct columns columns = {
            .document = i + 1, .reading = 1, .part = 1, .date = COLUMN_NO_DATE
        };
        uint64_t before = clock_processor();
        TRY(segment_writer_add(build->writer, &columns, buffer_bytes(&texts->at[i]), NULL, 0, NULL,
                               0, fault));
        build->adding += clock_processor() - before;
        if (segment_writer_memory(build->writer) > build->memory)
            build->memory = segment_writer_memory(build->writer);
        if (segment_writer_text(build->writer) >= BUDGET)
            TRY(seal(build, fault));
    }
    return segment_writer_parts(build->writer) > 0 ? seal(build, fault) : OK;
}

/* How long it takes to open and verify the segments, and to merge them into merged.seg. */
static enum status use(const struct build *build, struct fault *fault)
{
    struct segment *segments[1024];
    struct merge_input inputs[1024] = { 0 };
    uint64_t times[4], seal_merged;
    unsigned count = build->segments < 1024 ? build->segments : 1024;
    times[0] = clock_processor();
    for (unsigned i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "s%u.seg", i);
        TRY(segment_open(build->folder, name, &segments[i], fault));
        inputs[i].segment = segments[i];
    }
    times[1] = clock_processor();
    for (unsigned i = 0; i < count; i++)
        TRY(segment_verify(segments[i], true, fault));
    times[2] = clock_processor();
    TRY(segment_merge(inputs, count, 3, build->folder, "merged.seg", &seal_merged, fault));
    times[3] = clock_processor();
    for (unsigned i = 0; i < count; i++)
        segment_close(segments[i]);
    printf("open %.3f ms each, verify %.2f s, merge at level 3 %.2f s\n",
           (double)(times[1] - times[0]) / 1e6 / count, (double)(times[2] - times[1]) / 1e9,
           (double)(times[3] - times[2]) / 1e9);
    return OK;
}

static enum status measure(const char *folder, char **paths, int count, struct fault *fault)
{
    struct texts texts = { 0 };
    struct build build = { 0 };
    bool is_listed = count == 1 && strcmp(paths[0], "-") == 0;
    for (int i = 0; i < count && !is_listed; i++)
        TRY(read_text(&texts, paths[i], fault));
    if (is_listed)
        TRY(read_listed(&texts, fault));
    build.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (build.folder < 0)
        return fail_errno(fault, NOT_FOUND, "%s", folder);
    TRY(segment_writer_new(&build.writer, fault));
    TRY(build_all(&build, &texts, fault));
    segment_writer_free(build.writer);
    double seconds = (double)(build.adding + build.sealing) / 1e9, len = (double)texts.len;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%zu parts, %.1f MB in %u segments: %.1f MB per CPU second (add %.2f s, seal %.2f s), "
           "%.3f of the text, writer at most %.1f MB, process %.1f MB with all text\n",
           texts.count, len / 1e6, build.segments, len / 1e6 / seconds, (double)build.adding / 1e9,
           (double)build.sealing / 1e9, (double)build.size / len, (double)build.memory / 1e6,
           (double)usage.ru_maxrss / 1e3);
    return use(&build, fault);
}

int main(int count, char **words)
{
    struct fault fault;
    if (count < 3) {
        fprintf(stderr, "segment_build FOLDER FILE... | FOLDER -\n");
        return 2;
    }
    if (hash_start(&fault) != OK || measure(words[1], words + 2, count - 2, &fault) != OK) {
        fprintf(stderr, "segment_build: %s\n", fault.words);
        return 2;
    }
    return 0;
}
