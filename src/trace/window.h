/* window.h - the words and the literal text of a stretch of one part. Furniture is stepped over:
 * words are body words.
 *
 * All offsets inside are bytes of window->text; add window->base for bytes of the part. Everything
 * is the arena's.
 */
#ifndef TRACE_WINDOW_H
#define TRACE_WINDOW_H

#include "text/tokenize.h"
#include "trace/pattern.h"
#include "trace/source.h"

enum { WINDOW_CONTEXT = 40, WINDOW_WORDS_MAX = 6000 };

enum window_word_state { WORD_DOUBTFUL = 1, WORD_WITHHELD = 2 };

struct window_word {
    uint32_t start, end;
    uint16_t flags; /* enum token_flag */
    uint8_t state;  /* enum window_word_state */
    uint8_t key_count;
    struct bytes keys[NODE_KEYS];
    uint64_t hash;      /* of the primary key */
    uint64_t canonical; /* hash of its variants' key */
};

struct window {
    size_t segment;
    uint32_t number;
    struct source_part part;
    struct bytes text;
    uint32_t base;
    uint32_t first; /* position of words[0] in the part */
    struct window_word *words;
    size_t count;
    const struct span *spans; /* those that touch it */
    size_t span_count;
};

/* Open positions [low, high) of a part and WINDOW_CONTEXT words around, clamped to the part. */
MUST_USE enum status window_open(const struct source *source, size_t segment, uint32_t number,
                                 uint32_t low, uint32_t high, struct arena *arena,
                                 struct window *window, struct fault *fault);
/* Bytes [start, end) of the window. */
static inline struct bytes window_bytes(const struct window *window, uint32_t start, uint32_t end)
{
    return bytes_slice(window->text, start, end > start ? end - start : 0);
}
/* Whether a span of the kind covers byte `at` of the window. */
bool window_stands_in(const struct window *window, enum span_kind kind, uint32_t at);

#endif
