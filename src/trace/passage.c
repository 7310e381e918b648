#include "trace/passage.h"

#include "text/utf8.h"
#include "trace/words.h"

enum { CUE_WORDS = 14, SPEAKER_WORDS = 5 };

/* One line, without furniture, blanks run together. */
static struct bytes line_of(const struct window *window, uint32_t start, uint32_t end,
                            struct arena *arena)
{
    if (end > window->text.len)
        end = (uint32_t)window->text.len;
    uint8_t *to = arena_alloc(arena, end > start ? end - start + 1 : 1);
    size_t len = 0;
    for (uint32_t at = start; to != NULL && at < end; at++) {
        uint8_t byte = window->text.at[at];
        bool blank = byte <= ' ' || window_stands_in(window, SPAN_FURNITURE, at);
        if (!blank)
            to[len++] = byte;
        else if (len > 0 && to[len - 1] != ' ')
            to[len++] = ' ';
    }
    while (len > 0 && to[len - 1] == ' ')
        len--;
    return (struct bytes){ to, len };
}

enum status passage_make(const struct quote *quote, const struct window *window,
                         const struct alignment *alignment, struct arena *arena,
                         struct passage *passage, struct fault *fault)
{
    uint32_t first = alignment->first, last = alignment->last;
    uint32_t start = window->words[first].start, end = window->words[last - 1].end;
    uint32_t low = first > PASSAGE_AROUND ? first - PASSAGE_AROUND : 0;
    uint32_t high =
        last + PASSAGE_AROUND < window->count ? last + PASSAGE_AROUND : (uint32_t)window->count;
    *passage = (struct passage){
        .document = window->part.document,
        .part = window->part.part,
        .segment = window->segment,
        .number = window->number,
        .start = window->base + start,
        .end = window->base + end,
        .story_start = quote->pattern->start,
        .story_end = quote->pattern->end,
        .before = line_of(window, window->words[low].start, start, arena),
        .after = line_of(window, end, window->words[high - 1].end, arena),
        .text = arena_copy(arena, window_bytes(window, start, end)),
    };
    if (passage->before.at == NULL || passage->after.at == NULL || passage->text.at == NULL)
        return no_memory(fault);
    return OK;
}

/* Where the paragraph of byte `at` begins within the window; *known when its start was seen. */
static uint32_t paragraph_start(const struct window *window, uint32_t at, bool *known)
{
    uint32_t start = 0;
    *known = window->base == 0;
    for (size_t i = 0; i < window->span_count && window->spans[i].start <= at; i++)
        if (window->spans[i].kind == SPAN_PARAGRAPH && window->spans[i].start >= start) {
            start = window->spans[i].start;
            *known = start > 0 || window->base == 0;
        }
    return start;
}

static bool is_open_before(const struct window *window, uint32_t at)
{
    bool known, open = false;
    size_t len;
    for (uint32_t i = paragraph_start(window, at, &known); i < at; i += (uint32_t)len) {
        uint32_t code = utf8_decode(window->text, i, &len);
        if (code == 0x201c || code == 0xab)
            open = known = true;
        else if (code == 0x201d || code == 0xbb)
            open = false, known = true;
        else if (code == '"' && known)
            open = !open;
    }
    return open && known;
}

static bool word_is_name(const struct window_word *word)
{
    return (word->flags & TOKEN_CAPITAL) != 0 && (word_classes(word->keys[0]) & WORD_FUNCTION) == 0;
}

/* The capitalised words on one side of the cue at `cue`, nearest first. */
static struct bytes names_beside(const struct window *window, uint32_t cue, bool behind)
{
    uint32_t low, high;
    if (behind) {
        low = cue + 1;
        for (high = low; high < window->count && high - low < SPEAKER_WORDS &&
                         word_is_name(&window->words[high]);)
            high++;
    } else {
        high = cue;
        for (low = high;
             low > 0 && high - low < SPEAKER_WORDS && word_is_name(&window->words[low - 1]);)
            low--;
    }
    if (low >= high)
        return (struct bytes){ 0 };
    return window_bytes(window, window->words[low].start, window->words[high - 1].end);
}

bool passage_is_quoted(const struct window *window, const struct alignment *alignment,
                       struct bytes *speaker)
{
    uint32_t first = alignment->first, last = alignment->last;
    *speaker = (struct bytes){ 0 };
    if (!is_open_before(window, window->words[first].start))
        return false;
    uint32_t low = first > CUE_WORDS ? first - CUE_WORDS : 0;
    for (uint32_t i = last; i < window->count && i < last + CUE_WORDS && speaker->len == 0; i++)
        if (word_classes(window->words[i].keys[0]) & WORD_CUE) {
            *speaker = names_beside(window, i, false);
            if (speaker->len == 0)
                *speaker = names_beside(window, i, true);
        }
    for (uint32_t i = first; i-- > low && speaker->len == 0;)
        if (word_classes(window->words[i].keys[0]) & WORD_CUE)
            *speaker = names_beside(window, i, false);
    return true;
}
