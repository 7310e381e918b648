#include "ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/scoped.h"
#include "segment/layout.h"
#include "text/fold.h"

void ask_keys(const struct segment *segment, struct buffer *keys)
{
    struct term_walk walk;
    if (term_walk_begin(&walk, segment, (struct bytes){ 0 }, NULL) != OK)
        abort();
    while (!walk.ended) {
        buffer_string(keys, walk.key);
        if (term_walk_next(&walk, NULL) != OK)
            abort();
    }
}

static enum status ask_list(const struct segment *segment, struct bytes key, struct buffer *said)
{
    struct term term;
    struct postings postings;
    TRY(segment_term(segment, key, &term, NULL));
    buffer_u64(said, term.occurrences);
    buffer_u32(said, term.parts);
    TRY(postings_begin(&postings, segment, &term, NULL));
    for (;;) {
        TRY(postings_next(&postings, NULL));
        if (postings.part == POSTINGS_END)
            return OK;
        buffer_u32(said, postings.part);
        FREED uint32_t *positions = calloc((size_t)postings.count + 1, sizeof *positions);
        TRY(postings_positions(&postings, positions, postings.count, NULL));
        buffer_append(said, positions, postings.count * sizeof *positions);
    }
}

static enum status ask_seek(const struct segment *segment, struct bytes key, struct buffer *said)
{
    struct term term;
    struct postings postings;
    TRY(segment_term(segment, key, &term, NULL));
    TRY(postings_begin(&postings, segment, &term, NULL));
    for (uint32_t part = 1; postings.part != POSTINGS_END; part = part * 2 + 1) {
        TRY(postings_seek(&postings, part, NULL));
        buffer_u32(said, postings.part);
    }
    return OK;
}

/* Block by block, and that each bound holds what its block holds. */
static enum status ask_blocks(const struct segment *segment, struct bytes key, struct buffer *said)
{
    struct term term;
    struct postings postings;
    const uint32_t *parts, *counts;
    size_t len = 1;
    TRY(segment_term(segment, key, &term, NULL));
    TRY(postings_begin(&postings, segment, &term, NULL));
    for (uint32_t part = 0; len > 0;) {
        struct posting_bound bound;
        TRY(postings_bound(&postings, part, &bound, NULL));
        buffer_u32(said, bound.count);
        buffer_u32(said, bound.words);
        TRY(postings_block(&postings, part, &parts, &counts, &len, NULL));
        buffer_append(said, parts, len * sizeof *parts);
        buffer_append(said, counts, len * sizeof *counts);
        part = len > 0 ? parts[len - 1] + 1 : part;
    }
    return OK;
}

static enum status ask_pair(const struct segment *segment, struct bytes key, struct buffer *said)
{
    struct term term;
    enum status asked = segment_pair(segment, key, key, &term, NULL);
    if (asked == OK)
        buffer_u64(said, term.occurrences);
    return asked == NOT_FOUND ? OK : asked;
}

static enum status ask_shape(const struct segment *segment, uint32_t part, struct buffer *said)
{
    struct part_shape shape = { 0 };
    TRY(segment_part(segment, part, &shape, NULL));
    buffer_append(said, &shape.columns, offsetof(struct columns, language) + 1);
    buffer_u32(said, shape.words);
    buffer_u32(said, shape.text_len);
    return OK;
}

static enum status ask_number(const struct segment *segment, uint32_t part, struct buffer *said)
{
    struct part_shape shape = { 0 };
    uint32_t number;
    TRY(segment_part(segment, part, &shape, NULL));
    TRY(segment_find(segment, shape.columns.document, shape.columns.part, &number, NULL));
    buffer_u32(said, number);
    return OK;
}

static enum status ask_text(const struct segment *segment, uint32_t part, struct buffer *said)
{
    return segment_text(segment, part, 0, UINT32_MAX, said, NULL);
}

static enum status ask_spans(const struct segment *segment, uint32_t part, struct buffer *said)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct span *spans;
    size_t count;
    TRY(segment_spans(segment, part, &arena, &spans, &count, NULL));
    for (size_t i = 0; i < count; i++)
        span_encode(&spans[i], said);
    return OK;
}

static enum status ask_marks(const struct segment *segment, uint32_t part, struct buffer *said)
{
    static const uint32_t wanted[] = { 0, 511, 512, 1024, 3000, UINT32_MAX };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct text_mark mark;
        TRY(segment_mark(segment, part, wanted[i], &mark, NULL));
        buffer_append(said, &mark, sizeof mark);
    }
    return OK;
}

static void note(struct answers *answers, enum status status_said, struct buffer *said)
{
    if (!GROW(answers->at, answers->room, answers->count))
        abort();
    uint64_t sum = status_said == OK ? checksum64(buffer_bytes(said)) : 0;
    answers->at[answers->count++] = (struct answer){ status_said, sum };
    buffer_clear(said);
}

void ask_all(const struct segment *segment, struct bytes keys, uint32_t parts,
             struct answers *answers)
{
    SCOPED(buffer_release) struct buffer said = { 0 };
    enum status (*const of_part[])(const struct segment *, uint32_t,
                                   struct buffer *) = { ask_shape, ask_number, ask_text, ask_spans,
                                                        ask_marks };
    struct cursor from = cursor_from_bytes(keys);
    answers->count = 0;
    while (cursor_left(&from) > 0) {
        struct bytes key = cursor_string(&from);
        note(answers, ask_list(segment, key, &said), &said);
        note(answers, ask_seek(segment, key, &said), &said);
        note(answers, ask_blocks(segment, key, &said), &said);
        note(answers, ask_pair(segment, key, &said), &said);
    }
    for (uint32_t part = 0; part < parts; part++) {
        for (size_t i = 0; i < sizeof of_part / sizeof *of_part; i++)
            note(answers, of_part[i](segment, part, &said), &said);
    }
}

enum status ask_open(struct bytes file, struct segment **segment, struct fault *fault)
{
    char name[32];
    CLOSED_FD int fd = memfd_create("segment", MFD_CLOEXEC);
    if (fd < 0)
        abort();
    TRY(file_write_all(fd, file, "segment", fault));
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    return segment_open(-1, name, segment, fault);
}

void ask_seal(const struct bytes sections[SECTIONS], const struct layout *of, struct buffer *file)
{
    SCOPED(buffer_release) struct buffer sums = { 0 };
    struct layout layout = *of;
    uint64_t sealed;
    layout.fold = FOLD_VERSION;
    layout_head_encode(file);
    for (size_t i = 0; i < SECTIONS; i++) {
        layout.sections[i] = (struct extent){ file->len, sections[i].len };
        buffer_append_bytes(file, sections[i]);
    }
    layout.body_len = file->len;
    for (size_t i = 0; i < file->len; i += LAYOUT_PAGE)
        buffer_u64(&sums, checksum64(bytes_slice(buffer_bytes(file), i, LAYOUT_PAGE)));
    layout_encode(&layout, buffer_bytes(&sums), file, &sealed);
}

void ask_reseal(struct buffer *file)
{
    SCOPED(buffer_release) struct buffer sums = { 0 };
    struct cursor tail =
        cursor_from_bytes(bytes_slice(buffer_bytes(file), file->len - LAYOUT_TAIL, 8));
    uint64_t body = cursor_u64(&tail);
    for (uint64_t at = 0; at < body; at += LAYOUT_PAGE)
        buffer_u64(&sums, checksum64(bytes_slice(bytes_make(file->at, body), at, LAYOUT_PAGE)));
    size_t end = file->len - LAYOUT_TAIL;
    memcpy(file->at + end - sums.len, sums.at, sums.len);
    SCOPED(buffer_release) struct buffer sum = { 0 };
    buffer_u64(&sum, checksum64(bytes_make(file->at + body, end + 16 - body)));
    memcpy(file->at + end + 16, sum.at, 8);
}
