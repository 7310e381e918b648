#include "segment/layout.h"

#include "base/hash.h"
#include "segment/former.h"
#include "text/fold.h"

enum { MAGIC_LEN = 8 };

void layout_head_encode(struct buffer *to)
{
    buffer_append_text(to, LAYOUT_HEAD_MAGIC);
    buffer_u32(to, LAYOUT_VERSION);
    buffer_u32(to, 0);
}

void layout_encode(const struct layout *layout, struct bytes sums, struct buffer *to,
                   uint64_t *seal)
{
    size_t start = to->len;
    for (size_t i = 0; i < SECTIONS; i++) {
        buffer_u64(to, layout->sections[i].at);
        buffer_u64(to, layout->sections[i].len);
    }
    buffer_u64(to, layout->words);
    buffer_u64(to, layout->text_len);
    buffer_u64(to, layout->terms);
    buffer_u64(to, layout->pairs);
    buffer_u32(to, layout->parts);
    buffer_u32(to, layout->fold);
    buffer_append_bytes(to, sums);
    buffer_u64(to, layout->body_len);
    buffer_u32(to, LAYOUT_VERSION);
    buffer_u32(to, LAYOUT_PAGE);
    *seal = to->failed ? 0 : checksum64(bytes_make(to->at + start, to->len - start));
    buffer_u64(to, *seal);
    buffer_append_text(to, LAYOUT_TAIL_MAGIC);
}

struct tail {
    uint64_t body_len;
    uint32_t version;
    uint32_t page;
    uint64_t seal;
};

static enum status tail_decode(struct bytes file, const char *name, struct tail *tail,
                               struct fault *fault)
{
    if (file.len < LAYOUT_HEAD + LAYOUT_TAIL)
        return corrupt(fault, name, 0, "too short to be a segment");
    uint64_t at = file.len - LAYOUT_TAIL;
    struct cursor from = cursor_from_bytes(bytes_slice(file, at, LAYOUT_TAIL));
    tail->body_len = cursor_u64(&from);
    tail->version = cursor_u32(&from);
    tail->page = cursor_u32(&from);
    tail->seal = cursor_u64(&from);
    if (memcmp(from.at, LAYOUT_TAIL_MAGIC, MAGIC_LEN) != 0)
        return corrupt(fault, name, at, "it does not end as a segment ends");
    if (tail->body_len < LAYOUT_HEAD || tail->body_len > at)
        return corrupt(fault, name, at, "its length is not the one it was sealed with");
    struct bytes footer = bytes_slice(file, tail->body_len, at + 16 - tail->body_len);
    if (checksum64(footer) != tail->seal)
        return corrupt(fault, name, tail->body_len, "the footer's checksum does not match");
    if (tail->version > LAYOUT_VERSION)
        return fail(fault, BAD_INPUT,
                    "%s was written by a newer stet (segment format %u; %u is known here)", name,
                    tail->version, LAYOUT_VERSION);
    if (tail->version == 0 || tail->page != LAYOUT_PAGE)
        return corrupt(fault, name, at, "no segment has that version or page length");
    return OK;
}

/* Sections follow one another without gaps and fill the body. */
static bool sections_fill(const struct layout *layout)
{
    uint64_t at = LAYOUT_HEAD;
    for (size_t i = 0; i < SECTIONS; i++) {
        const struct extent *section = &layout->sections[i];
        if (section->at != at || section->len > layout->body_len - at)
            return false;
        at += section->len;
    }
    return at == layout->body_len;
}

static uint64_t blocks_of(uint64_t len, uint64_t block)
{
    return len / block + (len % block != 0);
}

uint64_t layout_term_blocks(uint64_t terms)
{
    return blocks_of(terms, TERM_BLOCK);
}

static bool former_tables_fit(const struct layout *layout)
{
    const struct extent *sections = layout->sections;
    return sections[SECTION_TEXT_TABLE].len ==
               blocks_of(layout->text_len, TEXT_BLOCK) * FORMER_ENTRY &&
           sections[SECTION_TERM_INDEX].len ==
               blocks_of(layout->terms, FORMER_TERM_BLOCK) * FORMER_ENTRY;
}

static bool tables_fit(const struct layout *layout)
{
    const struct extent *sections = layout->sections;
    if (sections[SECTION_PARTS].len != (uint64_t)layout->parts * PART_RECORD ||
        sections[SECTION_ORDER].len != (uint64_t)layout->parts * 4)
        return false;
    if (layout->version == LAYOUT_FORMER)
        return former_tables_fit(layout);
    if (layout->terms > INT64_MAX / TERM_ENTRY || layout->pairs > INT64_MAX / TERM_ENTRY)
        return false;
    uint64_t text_len = sections[SECTION_TEXT_TABLE].len,
             least = blocks_of(layout->text_len, TEXT_BLOCK);
    return text_len % TEXT_ENTRY == 0 && text_len / TEXT_ENTRY >= least &&
           text_len / TEXT_ENTRY <= layout->text_len &&
           sections[SECTION_TERM_INDEX].len ==
               (layout_term_blocks(layout->terms) + layout_term_blocks(layout->pairs)) * TERM_ENTRY;
}

static void table_decode(struct cursor *from, struct layout *layout)
{
    uint64_t end = LAYOUT_HEAD;
    for (size_t i = 0; i < SECTIONS; i++) {
        struct extent *section = &layout->sections[i];
        if (i == SECTION_POSITIONS && layout->version == LAYOUT_FORMER) {
            *section = (struct extent){ end, 0 };
            continue;
        }
        section->at = cursor_u64(from);
        section->len = cursor_u64(from);
        end = section->at + section->len;
    }
    layout->words = cursor_u64(from);
    layout->text_len = cursor_u64(from);
    layout->terms = cursor_u64(from);
    layout->pairs = layout->version == LAYOUT_FORMER ? 0 : cursor_u64(from);
    layout->parts = cursor_u32(from);
    layout->fold = cursor_u32(from);
}

enum status layout_decode(struct bytes file, const char *name, struct layout *layout,
                          struct bytes *sums, uint64_t *seal, struct fault *fault)
{
    struct tail tail = { 0 };
    TRY(tail_decode(file, name, &tail, fault));
    struct cursor from =
        cursor_from_bytes(bytes_slice(file, tail.body_len, file.len - LAYOUT_TAIL - tail.body_len));
    struct layout read = { .body_len = tail.body_len, .version = tail.version };
    table_decode(&from, &read);
    size_t sums_len = cursor_left(&from);
    if (from.bad || sums_len != blocks_of(tail.body_len, LAYOUT_PAGE) * 8 ||
        !sections_fill(&read) || !tables_fit(&read))
        return corrupt(fault, name, tail.body_len, "the footer contradicts itself");
    if (read.fold != FOLD_VERSION)
        return fail(fault, BAD_INPUT, "%s folds words by version %u; this stet by version %u", name,
                    read.fold, FOLD_VERSION);
    *layout = read;
    *sums = cursor_bytes(&from, sums_len);
    *seal = tail.seal;
    return OK;
}

void part_record_encode(const struct part_record *record, struct buffer *to)
{
    const struct columns *columns = &record->shape.columns;
    buffer_u64(to, columns->document);
    buffer_u64(to, columns->reading);
    buffer_u64(to, record->text_at);
    buffer_u64(to, record->spans_at);
    buffer_u64(to, record->marks_at);
    buffer_u32(to, columns->part);
    buffer_u32(to, (uint32_t)columns->date);
    buffer_u32(to, record->shape.words);
    buffer_u32(to, record->shape.text_len);
    buffer_u32(to, record->furniture_words);
    buffer_u8(to, columns->flags);
    buffer_u8(to, columns->class_rank);
    buffer_u8(to, columns->kind);
    buffer_u8(to, columns->language);
}

void part_record_decode(struct bytes bytes, struct part_record *record)
{
    struct cursor from = cursor_from_bytes(bytes);
    struct columns *columns = &record->shape.columns;
    columns->document = cursor_u64(&from);
    columns->reading = cursor_u64(&from);
    record->text_at = cursor_u64(&from);
    record->spans_at = cursor_u64(&from);
    record->marks_at = cursor_u64(&from);
    columns->part = cursor_u32(&from);
    columns->date = (int32_t)cursor_u32(&from);
    record->shape.words = cursor_u32(&from);
    record->shape.text_len = cursor_u32(&from);
    record->furniture_words = cursor_u32(&from);
    columns->flags = cursor_u8(&from);
    columns->class_rank = cursor_u8(&from);
    columns->kind = cursor_u8(&from);
    columns->language = cursor_u8(&from);
}
