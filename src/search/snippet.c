#include "search/snippet.h"

#include "base/grow.h"
#include "text/clean.h"
#include "text/place.h"
#include "text/sentence.h"
#include "text/tokenize.h"

enum {
    BYTES_A_WORD = 7,
    CONTEXT_SHARE = 4,
    SENTENCE_REACH = 2048,
    CONTEXT_REACH = 64,
    READ_BEFORE = 8192 + 64, /* what tokenizer_resume looks at before a mark */
    READ_BEHIND = 6144,      /* about 1,000 words: from one mark to the next and further */
};

/* A run of bytes to be marked. */
struct run {
    uint32_t start, end;
};

struct excerpt {
    const struct segment *segment;
    struct sighting_list sightings;
    size_t first, count; /* of the sightings shown */
    struct part_shape shape;
    struct text_mark mark; /* before the first of them */
    /* As long as the part's text; only bytes [from, to) were read, zeros stand for the others: a
     * scanned volume is long, a snippet short. */
    uint8_t *text;
    uint32_t from, to;
    struct span *spans;
    size_t span_count;
    struct run *runs;
    size_t run_count, run_room;
    bool is_complete; /* every sighting shown was met in what was read */
};

static void excerpt_release(struct excerpt *excerpt)
{
    sighting_list_release(&excerpt->sightings);
    free(excerpt->text);
    free(excerpt->runs);
}

static struct bytes text_of(const struct excerpt *excerpt)
{
    return bytes_make(excerpt->text, excerpt->shape.text_len);
}

/* Adjacent words of one sighting are marked as one run. */
static enum status add_run(struct excerpt *excerpt, const struct token *token, bool is_same,
                           struct fault *fault)
{
    if (is_same && excerpt->run_count > 0) {
        excerpt->runs[excerpt->run_count - 1].end = token->end;
        return OK;
    }
    if (!GROW(excerpt->runs, excerpt->run_room, excerpt->run_count))
        return no_memory(fault);
    excerpt->runs[excerpt->run_count++] = (struct run){ token->start, token->end };
    return OK;
}

/* From word positions to bytes. */
static enum status find_runs(struct excerpt *excerpt, struct fault *fault)
{
    struct tokenizer tokenizer;
    struct token token;
    size_t at = excerpt->first, end = excerpt->first + excerpt->count, before = SIZE_MAX;
    const struct sighting *sightings = excerpt->sightings.at;
    tokenizer_resume(&tokenizer, bytes_make(excerpt->text, excerpt->to), excerpt->spans,
                     excerpt->span_count, excerpt->mark.byte, excerpt->mark.position,
                     excerpt->mark.furniture_position);
    excerpt->run_count = 0;
    while (at < end && tokenizer_next(&tokenizer, &token)) {
        bool is_furniture = (token.flags & TOKEN_FURNITURE) != 0;
        if (token.flags & TOKEN_EXTRA || is_furniture != excerpt->sightings.is_furniture)
            continue;
        while (at < end && sightings[at].last < token.position)
            at++;
        if (at == end || token.position < sightings[at].first)
            continue;
        bool goes_on = sightings[at].first < token.position && token.position - 1 == before;
        TRY(add_run(excerpt, &token, goes_on, fault));
        before = token.position;
    }
    excerpt->is_complete = at == end;
    return OK;
}

static bool is_boundary(struct bytes text, uint32_t at)
{
    return at == 0 || at >= text.len || text.at[at - 1] == ' ' || text.at[at - 1] == '\n';
}

/* At most `most` bytes further to a place between words; else to one between characters. */
static uint32_t boundary(struct bytes text, uint32_t at, int step, uint32_t most)
{
    uint32_t moved = at;
    for (uint32_t i = 0; i < most && !is_boundary(text, moved); i++)
        moved += (uint32_t)step;
    if (is_boundary(text, moved))
        return moved;
    while (at > 0 && at < text.len && (text.at[at] & 0xC0) == 0x80)
        at += (uint32_t)step;
    return at;
}

static const struct span *first_paragraph(const struct excerpt *excerpt)
{
    for (size_t i = 0; i < excerpt->span_count; i++)
        if (excerpt->spans[i].kind == SPAN_PARAGRAPH &&
            excerpt->spans[i].end > excerpt->spans[i].start)
            return &excerpt->spans[i];
    return NULL;
}

static uint32_t furniture_end(const struct excerpt *excerpt, uint32_t at, uint32_t len)
{
    const struct span *span =
        span_covering(excerpt->spans, excerpt->span_count, SPAN_FURNITURE, at);
    return span != NULL ? span->end : len;
}

/* Behind the blanks and the furniture that stand at `at`, but not beyond `most`. */
static uint32_t behind_furniture(const struct excerpt *excerpt, uint32_t at, uint32_t most)
{
    while (at < most) {
        const struct span *span =
            span_covering(excerpt->spans, excerpt->span_count, SPAN_FURNITURE, at);
        bool is_blank = excerpt->text[at] <= ' ';
        if ((span == NULL || span->end > most) && !is_blank)
            return at;
        at = is_blank ? at + 1 : span->end;
    }
    return most;
}

/* The first sentence that begins at or behind `start` and not behind `first`; else `start`. */
static uint32_t sentence_start(const struct excerpt *excerpt, const struct span *paragraph,
                               uint32_t start, uint32_t first)
{
    struct bytes text = text_of(excerpt);
    uint32_t from, to, low = paragraph != NULL ? paragraph->start : 0;
    if (start - low > SENTENCE_REACH)
        low = boundary(text, start - SENTENCE_REACH, 1, CONTEXT_REACH);
    sentence_around(text, excerpt->spans, excerpt->span_count, low, excerpt->runs[0].end, start,
                    &from, &to);
    to = from < start ? behind_furniture(excerpt, to, first) : start;
    return to < first ? to : start;
}

/* Where a line of body text may begin: at a word, at a sentence where one begins before the match.
 */
static uint32_t body_start(const struct excerpt *excerpt, const struct span *paragraph,
                           uint32_t start)
{
    uint32_t first = excerpt->runs[0].start;
    start = behind_furniture(excerpt, start, first);
    if (start == first)
        return start;
    return sentence_start(excerpt, paragraph, start, first);
}

/* Nothing but furniture and blanks stands before it in its paragraph. */
static bool opens_paragraph(const struct excerpt *excerpt, uint32_t start)
{
    const struct span *paragraph =
        span_covering(excerpt->spans, excerpt->span_count, SPAN_PARAGRAPH, start);
    uint32_t opening = paragraph != NULL ? paragraph->start : 0;
    return behind_furniture(excerpt, opening, start) == start;
}

static struct run excerpt_bounds(const struct excerpt *excerpt, uint32_t bytes)
{
    struct bytes text = text_of(excerpt);
    uint32_t len = (uint32_t)text.len, start = 0;
    const struct span *paragraph = NULL;
    if (excerpt->run_count == 0) {
        paragraph = first_paragraph(excerpt);
        start = paragraph != NULL ? paragraph->start : 0;
    } else {
        uint32_t first = excerpt->runs[0].start;
        uint32_t last = excerpt->runs[excerpt->run_count - 1].end;
        uint32_t wide = last - first < bytes ? (bytes - (last - first)) / 2 : bytes / CONTEXT_SHARE;
        start = first > wide ? first - wide : 0;
        paragraph = span_covering(excerpt->spans, excerpt->span_count, SPAN_PARAGRAPH, first);
        if (paragraph != NULL && start < paragraph->start)
            start = paragraph->start;
        else
            start = boundary(text, start, 1, first - start);
        if (!excerpt->sightings.is_furniture)
            start = body_start(excerpt, paragraph, start);
    }
    if (excerpt->sightings.is_furniture && excerpt->run_count > 0)
        len = furniture_end(excerpt, excerpt->runs[excerpt->run_count - 1].end - 1, len);
    uint32_t end = len - start > bytes ? start + bytes : len;
    if (end < len)
        end = boundary(text, end, -1, bytes / 2);
    return (struct run){ start, end };
}

/* Furniture inside a line of body text is left out, as it stands between words that follow one
 * another. */
static void add_plain(struct cleaner *cleaner, const struct excerpt *excerpt, uint32_t start,
                      uint32_t end)
{
    struct bytes text = text_of(excerpt);
    for (size_t i = 0; i < excerpt->span_count && start < end; i++) {
        const struct span *span = &excerpt->spans[i];
        if (span->start >= end)
            break;
        if (span->kind != SPAN_FURNITURE || span->end <= start || excerpt->sightings.is_furniture)
            continue;
        if (span->start > start)
            cleaner_add(cleaner, bytes_slice(text, start, span->start - start));
        cleaner_add(cleaner, bytes_from_string(" "));
        start = span->end;
    }
    if (start < end)
        cleaner_add(cleaner, bytes_slice(text, start, end - start));
}

static void print_excerpt(const struct excerpt *excerpt, uint32_t bytes, struct buffer *to)
{
    struct run shown = excerpt_bounds(excerpt, bytes);
    struct cleaner cleaner = cleaner_begin(to, true);
    uint32_t at = shown.start;
    if (excerpt->sightings.is_furniture)
        buffer_append_text(to, "[page head or mark] ");
    cleaner.start = to->len;
    if (shown.start > 0 && excerpt->run_count > 0 && !opens_paragraph(excerpt, shown.start))
        cleaner_sign(&cleaner, "\xE2\x80\xA6");
    for (size_t i = 0; i < excerpt->run_count; i++) {
        struct run run = excerpt->runs[i];
        if (run.end > shown.end)
            break;
        if (run.start < at)
            continue;
        add_plain(&cleaner, excerpt, at, run.start);
        cleaner_sign(&cleaner, "\x02");
        cleaner.start = to->len;
        add_plain(&cleaner, excerpt, run.start, run.end);
        cleaner_sign(&cleaner, "\x03");
        at = run.end;
    }
    add_plain(&cleaner, excerpt, at, shown.end);
    cleaner.has_blank = false;
    bool is_empty = to->len == cleaner.start && excerpt->run_count == 0;
    if (shown.end < excerpt->shape.text_len && !excerpt->sightings.is_furniture && !is_empty)
        cleaner_sign(&cleaner, "\xE2\x80\xA6");
}

static enum status print_address(const struct excerpt *excerpt, struct buffer *to,
                                 struct fault *fault)
{
    (void)fault;
    if (excerpt->shape.columns.part > 1)
        buffer_print(to, ":%u", excerpt->shape.columns.part);
    if (excerpt->run_count == 0)
        return OK;
    size_t before = to->len;
    buffer_append_text(to, "#");
    paragraph_label(excerpt->spans, excerpt->span_count, excerpt->runs[0].start, to);
    if (to->len == before + 1)
        to->len = before;
    return OK;
}

/* Read bytes [from, to) of the part into their place. A character cut at the end is left out. */
static enum status read_text(struct excerpt *excerpt, uint32_t from, uint32_t to,
                             struct fault *fault)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    TRY(segment_text(excerpt->segment, excerpt->sightings.part, from, to - from, &text, fault));
    size_t len = text.len;
    if (from + len < excerpt->shape.text_len) {
        while (len > 0 && (text.at[len - 1] & 0xC0) == 0x80)
            len--;
        len -= len > 0 && text.at[len - 1] >= 0x80;
    }
    if (len > 0)
        memcpy(excerpt->text + from, text.at, len);
    excerpt->from = from;
    excerpt->to = from + (uint32_t)len;
    return OK;
}

/* Marks count the words of the body; this one stands before a word of the furniture. */
static enum status furniture_mark(struct excerpt *excerpt, uint32_t position, struct fault *fault)
{
    uint32_t low = 0, high = excerpt->shape.words;
    while (low < high) {
        struct text_mark mark;
        uint32_t middle = low + (high - low) / 2;
        TRY(segment_mark(excerpt->segment, excerpt->sightings.part, middle, &mark, fault));
        if (mark.furniture_position <= position) {
            excerpt->mark = mark;
            low = middle + 1;
        } else {
            high = mark.position;
        }
    }
    return OK;
}

static bool has_all(const struct excerpt *excerpt, uint32_t bytes)
{
    uint32_t len = excerpt->shape.text_len;
    if (excerpt->to >= len || excerpt->run_count == 0)
        return excerpt->to >= len;
    uint32_t last = excerpt->runs[excerpt->run_count - 1].end;
    return excerpt->to - last > bytes + CONTEXT_REACH && excerpt->is_complete;
}

/* The tokenizer reads again from where the paragraph begins, if that is not far; the line shown may
 * begin before it, where the sighting stands outside. */
static uint32_t first_read(const struct excerpt *excerpt, uint32_t bytes)
{
    uint32_t mark = excerpt->mark.byte, anchor = 0;
    for (size_t i = 0; i < excerpt->span_count && excerpt->spans[i].start <= mark; i++)
        if (excerpt->spans[i].kind == SPAN_PARAGRAPH || excerpt->spans[i].kind == SPAN_HEADING)
            anchor = excerpt->spans[i].start;
    if (mark - anchor > READ_BEFORE)
        return mark - READ_BEFORE;
    uint32_t context = bytes + SENTENCE_REACH + 2 * CONTEXT_REACH;
    return anchor > context ? anchor - context : 0;
}

/* Read around the first sighting, and on until the last one shown is there. */
static enum status load_around(struct excerpt *excerpt, uint32_t bytes, struct fault *fault)
{
    uint32_t len = excerpt->shape.text_len, position = excerpt->sightings.at[excerpt->first].first;
    if (excerpt->sightings.is_furniture)
        TRY(furniture_mark(excerpt, position, fault));
    else
        TRY(segment_mark(excerpt->segment, excerpt->sightings.part, position, &excerpt->mark,
                         fault));
    uint32_t from = first_read(excerpt, bytes);
    for (uint32_t behind = READ_BEHIND + bytes;; behind *= 4) {
        uint32_t to = len - excerpt->mark.byte > behind ? excerpt->mark.byte + behind : len;
        TRY(read_text(excerpt, from, to, fault));
        TRY(find_runs(excerpt, fault));
        if (has_all(excerpt, bytes) || to == len)
            return OK;
    }
}

static enum status excerpt_load(struct excerpt *excerpt, uint32_t bytes, struct arena *arena,
                                struct fault *fault)
{
    uint32_t part = excerpt->sightings.part;
    TRY(segment_part(excerpt->segment, part, &excerpt->shape, fault));
    TRY(segment_spans(excerpt->segment, part, arena, &excerpt->spans, &excerpt->span_count, fault));
    excerpt->text = calloc((size_t)excerpt->shape.text_len + 1, 1);
    if (excerpt->text == NULL)
        return no_memory(fault);
    if (excerpt->count > 0)
        return load_around(excerpt, bytes, fault);
    const struct span *paragraph = first_paragraph(excerpt);
    uint32_t len = excerpt->shape.text_len, start = paragraph != NULL ? paragraph->start : 0;
    uint32_t most = bytes + CONTEXT_REACH;
    return read_text(excerpt, start, len - start > most ? start + most : len, fault);
}

enum status snippet_make(const struct plan *plan, const struct query *query,
                         const struct match *match, uint32_t bytes, struct arena *arena,
                         struct snippet *snippet, struct fault *fault)
{
    SCOPED(arena_release) struct arena spans = { 0 };
    SCOPED(buffer_release) struct buffer words = { 0 };
    SCOPED(buffer_release) struct buffer address = { 0 };
    SCOPED(excerpt_release) struct excerpt excerpt = { .segment = plan->segment };
    TRY(sighting_list_find(plan, query, match, &excerpt.sightings, fault));
    sighting_list_window(&excerpt.sightings, query, bytes / BYTES_A_WORD, &excerpt.first,
                         &excerpt.count);
    TRY(excerpt_load(&excerpt, bytes, &spans, fault));
    print_excerpt(&excerpt, bytes, &words);
    TRY(print_address(&excerpt, &address, fault));
    TRY(buffer_check(&words, fault));
    TRY(buffer_check(&address, fault));
    snippet->text = arena_string(arena, buffer_bytes(&words));
    snippet->address = arena_string(arena, buffer_bytes(&address));
    return snippet->text == NULL || snippet->address == NULL ? no_memory(fault) : OK;
}
