#include "reuse/quoted.h"

#include <stdlib.h>

#include "base/grow.h"
#include "text/clean.h"
#include "text/place.h"
#include "text/tokenize.h"

struct opened {
    struct bytes text;
    struct span *spans;
    size_t span_count;
    uint32_t start, end; /* bytes of the passage */
};

static enum status add_word(struct quoted *quoted, uint32_t word, struct fault *fault)
{
    size_t count = quoted->count;
    if (!GROW(quoted->words, quoted->room, count))
        return no_memory(fault);
    quoted->words[quoted->count++] = word;
    return OK;
}

/* The words [node->start, node->end) from the mark before them on. */
static enum status read_words(const struct reuse *reuse, const struct node *node,
                              const struct text_mark *mark, struct opened *opened,
                              struct quoted *quoted, struct fault *fault)
{
    struct tokenizer tokenizer;
    struct token token;
    struct head_walk head = { .spans = opened->spans, .count = opened->span_count };
    bool is_first = true;
    tokenizer_resume(&tokenizer, opened->text, opened->spans, opened->span_count, mark->byte,
                     mark->position, mark->furniture_position);
    while (tokenizer_next(&tokenizer, &token)) {
        if ((token.flags & (TOKEN_EXTRA | TOKEN_FURNITURE)) != 0 || token.position < node->start)
            continue;
        if (token.position >= node->end)
            return OK;
        opened->start = is_first ? token.start : opened->start;
        opened->end = token.end;
        is_first = false;
        uint32_t word = (uint32_t)keyed64(token_key(&token), reuse->key) & ~WORD_IN_HEAD;
        bool is_head = head_covers(&head, token.start);
        TRY(add_word(quoted, word | (is_head ? WORD_IN_HEAD : 0), fault));
        quoted->text_words += !is_head;
    }
    return OK;
}

/* The passage without the furniture that stands in it. */
static void clean_passage(const struct opened *opened, struct buffer *line)
{
    struct cleaner cleaner = cleaner_begin(line, true);
    uint32_t at = opened->start;
    for (size_t i = 0; i <= opened->span_count && at < opened->end; i++) {
        const struct span *span = i < opened->span_count ? &opened->spans[i] : NULL;
        if (span != NULL && (span->kind != SPAN_FURNITURE || span->end <= at))
            continue;
        uint32_t until = span != NULL && span->start < opened->end ? span->start : opened->end;
        if (until > at)
            cleaner_add(&cleaner, bytes_slice(opened->text, at, until - at));
        cleaner.has_blank = true;
        at = span != NULL && span->end > at ? span->end : until;
    }
}

static enum status write_address(const struct reuse *reuse, const struct node *node, uint32_t part,
                                 const struct opened *opened, struct quoted *quoted,
                                 struct fault *fault)
{
    struct document_row row;
    struct buffer *to = &quoted->address;
    const struct census_document *document = census_of_part(&reuse->census, node->part);
    TRY(catalog_document(snapshot_catalog(reuse->snapshot), document->id, &quoted->arena, &row,
                         fault));
    buffer_append_text(to, clean_line(&quoted->arena, row.name));
    if (part > 1)
        buffer_print(to, ":%u", part);
    size_t before = to->len;
    buffer_append_text(to, "#");
    paragraph_label(opened->spans, opened->span_count, opened->start, to);
    if (to->len == before + 1)
        to->len = before;
    buffer_u8(to, 0);
    return buffer_check(to, fault);
}

enum status quoted_open(struct reuse *reuse, const struct node *node, bool with_line,
                        struct quoted *quoted, struct fault *fault)
{
    struct opened opened = { 0 };
    struct text_mark mark;
    struct part_shape shape;
    size_t segment;
    uint32_t number;
    census_place(&reuse->census, node->part, &segment, &number);
    buffer_clear(&quoted->text);
    buffer_clear(&quoted->line);
    buffer_clear(&quoted->address);
    arena_clear(&quoted->arena);
    quoted->count = quoted->text_words = 0;
    const struct segment *of = snapshot_segment(reuse->snapshot, segment);
    TRY(segment_part(of, number, &shape, fault));
    TRY(segment_mark(of, number, node->start, &mark, fault));
    TRY(snapshot_text(reuse->snapshot, segment, number, &quoted->text, fault));
    TRY(snapshot_spans(reuse->snapshot, segment, number, &quoted->arena, &opened.spans,
                       &opened.span_count, fault));
    opened.text = buffer_bytes(&quoted->text);
    reuse_touch(reuse, opened.text.len);
    TRY(read_words(reuse, node, &mark, &opened, quoted, fault));
    if (with_line)
        clean_passage(&opened, &quoted->line);
    buffer_u8(&quoted->line, 0);
    TRY(buffer_check(&quoted->line, fault));
    return write_address(reuse, node, shape.columns.part, &opened, quoted, fault);
}

void quoted_release(struct quoted *quoted)
{
    free(quoted->words);
    buffer_release(&quoted->address);
    buffer_release(&quoted->line);
    buffer_release(&quoted->text);
    arena_release(&quoted->arena);
    *quoted = (struct quoted){ 0 };
}
