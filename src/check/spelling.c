#include "check/spelling.h"

#include <stdlib.h>

#include "check/kinds.h"
#include "check/names_found.h"
#include "mention/name_compare.h"

enum { WORDS_MAX = 20000, LETTERS_MIN = 6, PAIRS_MAX = 4000, SCANS_MAX = 3 };

/* A distinct word of the story. */
struct spelled {
    struct name_word word; /* its first place outside quotations, else its first place */
    uint32_t letters;      /* a bit per letter */
    uint32_t count;
    bool is_quoted; /* stands in quotations only */
};

struct spelled_list {
    struct spelled *at;
    size_t count;
};

static uint32_t letters_of(struct bytes key)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < key.len; i++)
        letters |= 1u << (key.at[i] % 32);
    return letters;
}

static int by_key(const void *left, const void *right)
{
    const struct spelled *a = left, *b = right;
    int order = bytes_compare(name_word_key(&a->word), name_word_key(&b->word));
    if (order != 0)
        return order;
    return a->is_quoted != b->is_quoted
               ? (a->is_quoted ? 1 : -1)
               : (a->word.start > b->word.start) - (a->word.start < b->word.start);
}

static void merge_same(struct spelled_list *list)
{
    size_t kept = 0;
    qsort(list->at, list->count, sizeof *list->at, by_key);
    for (size_t i = 0; i < list->count; i++) {
        if (kept > 0 &&
            bytes_equal(name_word_key(&list->at[kept - 1].word), name_word_key(&list->at[i].word)))
            list->at[kept - 1].count++;
        else
            list->at[kept++] = list->at[i];
    }
    list->count = kept;
}

static enum status read_words(const struct run *run, struct arena *arena, struct spelled_list *list,
                              struct fault *fault)
{
    struct name_word word;
    struct bytes text = run->answer->story.text;
    list->at = arena_alloc_many(arena, WORDS_MAX, sizeof *list->at);
    if (list->at == NULL)
        return no_memory(fault);
    for (uint32_t at = 0;
         list->count < WORDS_MAX && name_word_next(text, at, (uint32_t)text.len, &word);
         at = word.next) {
        if (word.key_len < LETTERS_MIN || (word.flags & NAME_WORD_NUMBER))
            continue;
        list->at[list->count++] = (struct spelled){
            .word = word,
            .letters = letters_of(name_word_key(&word)),
            .count = 1,
            .is_quoted = run_is_quoted(run, word.start, word.end),
        };
    }
    merge_same(list);
    return OK;
}

/* Cheap first: lengths and letters; then the letters one by one. */
static bool is_pair(const struct spelled *a, const struct spelled *b)
{
    int apart = (int)a->word.key_len - (int)b->word.key_len;
    if (apart > 1 || apart < -1 || __builtin_popcount(a->letters ^ b->letters) > 2)
        return false;
    struct bytes one = name_word_key(&a->word), other = name_word_key(&b->word);
    enum spelling spelling = spelling_compare(one, other);
    return spelling_is_slip(spelling) && spelling != SPELLING_TWO &&
           !spelling_is_inflected(one, other);
}

/* Whether a finding stands at this word already. */
static bool is_told(const struct run *run, const struct name_word *word)
{
    for (size_t i = 0; i < run->answer->count; i++) {
        const struct statement *statement = &run->answer->statements[i];
        if (statement->kind == STATEMENT_NAME && statement->severity >= STET_QUERY &&
            statement->start < word->end && statement->end > word->start)
            return true;
    }
    return false;
}

static enum status state_forms(struct run *run, const struct spelled *odd,
                               const struct spelled *usual, struct fault *fault)
{
    struct bytes text = run->answer->story.text;
    uint32_t line, column;
    char letters[96];
    story_line_column(&run->answer->story, usual->word.start, &line, &column);
    spelling_words(name_word_key(&odd->word), name_word_key(&usual->word), letters, sizeof letters);
    char *made = arena_print(
        run->arena, "\"%.*s\" here, \"%.*s\" in line %u%s%s",
        (int)(odd->word.end - odd->word.start), (const char *)text.at + odd->word.start,
        (int)(usual->word.end - usual->word.start), (const char *)text.at + usual->word.start, line,
        letters[0] != 0 ? ": " : "", letters);
    return run_add_finding(run, STATEMENT_SPELLING, odd->word.start, odd->word.end, CHECK_TWO_FORMS,
                           STET_QUERY, made != NULL ? made : "two forms", NULL, fault);
}

/* The form that the archive does not know is the odd one; where it knows both, they are two words.
 */
static enum status judge_pair(struct run *run, const struct spelled *a, const struct spelled *b,
                              struct fault *fault)
{
    uint64_t parts_a, parts_b;
    TRY(found_count(run, name_word_key(&a->word), &parts_a, fault));
    TRY(found_count(run, name_word_key(&b->word), &parts_b, fault));
    bool is_a = parts_a < parts_b || (parts_a == parts_b && a->count < b->count);
    const struct spelled *odd = is_a ? a : b, *usual = is_a ? b : a;
    uint64_t odd_parts = is_a ? parts_a : parts_b, usual_parts = is_a ? parts_b : parts_a;
    bool is_capital = (a->word.flags & b->word.flags & NAME_WORD_CAPITAL) != 0;
    /* a scan's damage makes every misspelling a word of some archive: then only numbers tell */
    bool is_name = (odd->word.flags & NAME_WORD_CAPITAL) && odd->word.gap < NAME_GAP_STOP;
    if (is_name && !(usual->word.flags & NAME_WORD_CAPITAL))
        return OK;
    bool is_unknown = odd_parts == 0 || (odd_parts <= SCANS_MAX && usual_parts / 200 > odd_parts);
    if (!is_unknown || odd->is_quoted || is_told(run, &odd->word))
        return OK;
    if (usual_parts == 0 && !(is_capital && usual->count > odd->count))
        return OK;
    return state_forms(run, odd, usual, fault);
}

enum status spelling_judge(struct run *run, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct spelled_list list = { 0 };
    size_t pairs = 0;
    TRY(read_words(run, &arena, &list, fault));
    for (size_t i = 0; i < list.count && pairs < PAIRS_MAX; i++)
        for (size_t k = i + 1; k < list.count && pairs < PAIRS_MAX; k++)
            if (is_pair(&list.at[i], &list.at[k])) {
                pairs++;
                TRY(judge_pair(run, &list.at[i], &list.at[k], fault));
            }
    return OK;
}
