#include "mention/protect.h"

#include <strings.h>

enum { MARK_MAX = 64, NAME_REACH = 120 };

static const char *const before_words[] = { "please", "pls", "strictly", "stricly", NULL };
static const char *const after_words[] = { "source",     "sources", "identity",   "name",
                                           "throughout", "this",    "him",        "her",
                                           "them",       "both",    "completely", "fully",
                                           "all",        NULL };

static bool is_one_of(struct bytes word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (word.len == strlen(*words) && strncasecmp((const char *)word.at, *words, word.len) == 0)
            return true;
    return false;
}

static bool is_letter(uint8_t byte)
{
    return (uint8_t)((byte | 0x20) - 'a') < 26;
}

/* The next word of letters in the mark, or an empty one. */
static struct bytes word_at(struct bytes inside, size_t *at)
{
    while (*at < inside.len && !is_letter(inside.at[*at]))
        ++*at;
    size_t start = *at;
    while (*at < inside.len && is_letter(inside.at[*at]))
        ++*at;
    return bytes_slice(inside, start, *at - start);
}

static bool is_mark(struct bytes inside)
{
    static const char *const protect[] = { "protect", NULL };
    size_t at = 0;
    bool is_asked = false;
    struct bytes word = word_at(inside, &at);
    while (is_one_of(word, before_words)) {
        is_asked = true;
        word = word_at(inside, &at);
    }
    if (!is_one_of(word, protect))
        return false;
    word = word_at(inside, &at);
    return is_asked || word.len == 0 || is_one_of(word, after_words);
}

/* A name whose last letter stands directly before the mark. */
static bool name_before(struct bytes text, uint32_t mark, struct name *name)
{
    struct name_reader reader;
    uint32_t low = mark > NAME_REACH ? mark - NAME_REACH : 0, end = mark;
    while (low > 0 && low < mark && (text.at[low] & 0xC0) == 0x80)
        low++;
    while (end > low && (text.at[end - 1] <= ' ' || text.at[end - 1] == ','))
        end--;
    name_reader_begin(&reader, text, low, mark);
    while (name_reader_next(&reader, name))
        if (name->end >= end)
            return name->kind == NAME_PERSON || name->kind == NAME_UNKNOWN;
    return false;
}

bool protect_find(struct bytes text, uint32_t *at, struct protection *protection)
{
    for (;;) {
        size_t open = bytes_find_byte(text, '(', *at);
        if (open == SIZE_MAX)
            return false;
        *at = (uint32_t)open + 1;
        struct bytes inside = bytes_slice(text, open + 1, MARK_MAX);
        size_t close = bytes_find_byte(inside, ')', 0);
        if (close == SIZE_MAX || !is_mark(bytes_slice(inside, 0, close)))
            continue;
        protection->start = (uint32_t)open;
        protection->end = (uint32_t)(open + close + 2);
        protection->has_name = name_before(text, protection->start, &protection->name);
        *at = protection->end;
        return true;
    }
}
