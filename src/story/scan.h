/* scan.h - the steps from text to quotations, inside story/ only.
 *
 * Markup is masked byte for byte, so that offsets stay those of the file; paragraphs are cut; the
 * state machine finds pieces between marks; pieces become quotations. All is linear in the text,
 * whatever it holds.
 */
#ifndef STORY_SCAN_H
#define STORY_SCAN_H

#include "story/story.h"

/* Stands for a byte of markup while a story is parsed; a blank takes its place at the end. */
enum { MASKED = 0x7F };

/* What stands between one pair of marks. */
struct piece {
    uint32_t outer_start, start, end,
        outer_end; /* start..end without the marks and blanks at their inner side */
    uint32_t paragraph;
    uint32_t nested_first, nested_count; /* of pieces->nested */
    bool is_unclosed;
    bool continues; /* a paragraph that opens with a mark while the last one's was never closed */
};

struct piece_list {
    struct piece *at;
    size_t count;
    size_t room; /* private */
    struct mark *nested;
    size_t nested_count;
    size_t nested_room; /* private */
    bool cut;           /* STORY_QUOTATIONS_MAX reached */
};
void piece_list_release(struct piece_list *list);

/* Write MASKED over emphasis, link targets, code, front matter, comments and line prefixes. */
void markdown_mask(uint8_t *text, size_t len);

/* Cut `text` into paragraphs of the arena. Spans (of a reader) decide when given. */
MUST_USE enum status paragraphs_cut(struct bytes text, enum story_markup markup,
                                    const struct span *spans, size_t span_count,
                                    struct arena *arena, struct story *story, struct fault *fault);

/* Find all pieces of the story's paragraphs. */
MUST_USE enum status pieces_find(const struct story *story, struct piece_list *list,
                                 struct fault *fault);

/* Marks inside [start, end), sorted, without NESTED and WRITER ones, appended to *marks (heap,
 * grown). */
struct mark_list {
    struct mark *at;
    size_t count;
    size_t room; /* private */
};
MUST_USE enum status marks_find(struct bytes text, uint32_t start, uint32_t end,
                                struct mark_list *list, struct fault *fault);
MUST_USE enum status mark_list_add(struct mark_list *list, struct mark mark, struct fault *fault);

/* Pieces into quotations: joined over the writer's words, with marks, kinds and what stands around
 * them. */
MUST_USE enum status quotations_make(struct story *story, const struct piece_list *pieces,
                                     struct arena *arena, struct fault *fault);

/* Words of a run: letters or digits together, apostrophes inside. Counting stops at `most`. */
size_t words_count(struct bytes text, uint32_t start, uint32_t end, size_t most);

/* The code point that begins at `at` or ends before it; 0 at the edge. Steps over invisible ones
 * and masked bytes. */
uint32_t code_after(struct bytes text, uint32_t at, uint32_t high);
uint32_t code_before(struct bytes text, uint32_t at, uint32_t low);
bool code_is_word(uint32_t code);
bool code_is_blank(uint32_t code);
bool code_is_dash(uint32_t code);

#endif
