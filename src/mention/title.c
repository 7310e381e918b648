#include "mention/title.h"

#include "mention/name_table.h"
#include "mention/title_word.h"

enum { RANK_DEPUTY = 1, RANK_ASSISTANT = 2, RANK_FORMER = 4 };
enum { BEFORE_HEAD_MAX = 4, BEHIND_HEAD_MAX = 7, APPOSITION_MAX = 14 };

/* Words of a phrase in text order. */
struct phrase {
    struct name_word at[24];
    uint32_t classes[24];
    size_t count;
};

static bool is_head(const struct phrase *phrase, size_t at)
{
    return (phrase->classes[at] & (WORD_OFFICE | WORD_SHORT_TITLE | WORD_COURTESY)) != 0;
}

static bool is_link(const struct phrase *phrase, size_t at)
{
    return !(phrase->at[at].flags & NAME_WORD_CAPITAL) &&
           (phrase->classes[at] & (WORD_LINK | WORD_PARTICLE)) != 0;
}

static void phrase_prepend(struct phrase *phrase, const struct name_word *word)
{
    memmove(phrase->at + 1, phrase->at, phrase->count * sizeof *phrase->at);
    memmove(phrase->classes + 1, phrase->classes, phrase->count * sizeof *phrase->classes);
    phrase->at[0] = *word;
    phrase->classes[0] = name_word_classes(name_word_key(word));
    phrase->count++;
}

/* What stands between two words of an office: blanks, the parentheses of an acronym, the dot of an
 * abbreviation. */
static bool holds_together(struct bytes text, const struct name_word *left, uint32_t right)
{
    if (right < left->end || right - left->end > 4)
        return false;
    bool has_dot = false;
    unsigned lines = 0;
    for (uint32_t at = left->end; at < right; at++) {
        uint8_t byte = text.at[at];
        lines += byte == '\n';
        has_dot = has_dot || byte == '.';
        if (byte != ' ' && byte != '\n' && byte != '\r' && byte != '(' && byte != ')' &&
            byte != '-' && byte != '/' && byte != '.' && byte != '\'' && byte != 's')
            return false;
    }
    bool is_short = left->key_len <= 4;
    return lines < 2 && (!has_dot || is_short);
}

/* The words before a name, as far as they may belong to its office. */
static void phrase_before(struct bytes text, uint32_t low, uint32_t name, struct phrase *phrase)
{
    struct name_word word;
    uint32_t at = name;
    phrase->count = 0;
    while (phrase->count < 16 && name_word_before(text, at, low, &word)) {
        bool is_first = phrase->count == 0;
        bool has_comma = word.gap == NAME_GAP_COMMA && is_first && name - word.end <= 3;
        if (!has_comma && !holds_together(text, &word, at))
            break;
        uint32_t classes = name_word_classes(name_word_key(&word));
        bool may = (word.flags & NAME_WORD_CAPITAL) ||
                   (classes & (WORD_LINK | WORD_PARTICLE | WORD_OFFICE | WORD_MODIFIER |
                               WORD_SHORT_TITLE | WORD_COURTESY)) ||
                   title_word_is_number(name_word_key(&word)) ||
                   title_word_is_topic(name_word_key(&word));
        if (!may || (word.flags & NAME_WORD_NUMBER))
            break;
        phrase_prepend(phrase, &word);
        at = word.start;
    }
}

/* The head: the last head word whose complement reaches the name. */
static bool find_head(const struct phrase *phrase, size_t *head)
{
    for (size_t i = phrase->count; i > 0; i--) {
        size_t at = i - 1;
        if (phrase->count - i > BEHIND_HEAD_MAX)
            return false;
        if (is_head(phrase, at)) {
            *head = at;
            return at + 1 == phrase->count || is_link(phrase, at + 1) ||
                   (phrase->at[at + 1].flags & NAME_WORD_ALL_CAPS);
        }
    }
    return false;
}

/* "Secretary of Defense General A": the office before the rank says more. */
static size_t fuller_head(const struct phrase *phrase, size_t head)
{
    if (title_head_kind(name_word_key(&phrase->at[head])) != TITLE_RANK)
        return head;
    for (size_t i = head; i > 0 && head - i < 5; i--) {
        size_t at = i - 1;
        if (is_head(phrase, at) && at + 1 < head && is_link(phrase, at + 1))
            return at;
    }
    return head;
}

static size_t phrase_start(const struct phrase *phrase, size_t head)
{
    size_t first = head;
    while (first > 0 && head - first < BEFORE_HEAD_MAX + 2) {
        size_t at = first - 1;
        const struct name_word *word = &phrase->at[at];
        struct bytes key = name_word_key(word);
        bool is_article = bytes_is(key, "the") || bytes_is(key, "el") || bytes_is(key, "la") ||
                          bytes_is(key, "los");
        bool may = (word->flags & NAME_WORD_CAPITAL) || title_word_is_number(key) || is_article ||
                   title_word_is_topic(key) ||
                   (phrase->classes[at] & (WORD_MODIFIER | WORD_OFFICE));
        if (!may || ((phrase->classes[at] & WORD_GIVEN) && !(phrase->classes[at] & WORD_MODIFIER)))
            break;
        bool is_ordinary = (phrase->classes[at] & (WORD_OPENER | WORD_MODIFIER)) == WORD_OPENER &&
                           !(word->flags & NAME_WORD_ALL_CAPS);
        if (is_ordinary && !is_article && !title_word_is_number(key))
            break;
        first = at;
        if (is_article)
            break;
    }
    return first;
}

static void title_add(struct title *title, const struct name_word *from)
{
    struct bytes key = name_word_key(from);
    /* "B's envoy": whose it is says nothing of the office */
    if ((from->flags & NAME_WORD_POSSESSIVE) && name_word_classes(key) == 0)
        return;
    if (title->word_count == TITLE_WORDS_MAX || title_has_word(title, key))
        return;
    struct title_word *word = &title->words[title->word_count++];
    title_word_make(key, word);
    word->is_acronym = (from->flags & NAME_WORD_ALL_CAPS) && word->len == key.len &&
                       memcmp(word->key, key.at, key.len) == 0;
}

static void title_add_rank(struct title *title, struct bytes key)
{
    if (bytes_is(key, "deputy") || bytes_is(key, "vice") || bytes_is(key, "under") ||
        bytes_is(key, "sub"))
        title->rank |= RANK_DEPUTY;
    else if (bytes_is(key, "assistant") || bytes_is(key, "associate"))
        title->rank |= RANK_ASSISTANT;
    else if (bytes_is(key, "former") || bytes_is(key, "ex") || bytes_is(key, "late") ||
             bytes_is(key, "then"))
        title->rank |= RANK_FORMER;
}

static bool is_back_word(struct bytes key)
{
    return bytes_is(key, "the") || bytes_is(key, "los") || bytes_is(key, "las") ||
           bytes_is(key, "these") || bytes_is(key, "those") || bytes_is(key, "both");
}

/* The words first..last around the head as a title. */
static void title_make(const struct phrase *phrase, size_t first, size_t head, size_t last,
                       struct title *title)
{
    struct bytes key = name_word_key(&phrase->at[head]);
    size_t shown = last;
    while (shown > head + 2 && (phrase->at[shown - 1].flags & NAME_WORD_ALL_CAPS) &&
           phrase->at[shown - 1].gap == NAME_GAP_OTHER)
        shown--;
    *title = (struct title){ .start = phrase->at[first].start, .end = phrase->at[shown - 1].end };
    title->head_kind = title_head_kind(key);
    title_word_make(key, &title->head);
    title->is_plural = title_head_is_plural(key);
    if (title_head_is_deputy(key))
        title->rank |= RANK_DEPUTY;
    for (size_t i = first; i < last; i++) {
        key = name_word_key(&phrase->at[i]);
        title->is_back = title->is_back || (i < head && is_back_word(key));
        title_add_rank(title, key);
        bool is_said = i == head || is_link(phrase, i) || title_word_is_number(key) ||
                       title_word_is_rank(key) || is_back_word(key) || key.len < 2;
        if (!is_said)
            title_add(title, &phrase->at[i]);
    }
    title->is_back = title->is_back && title->word_count == 0;
}

bool title_before(struct bytes text, uint32_t low, uint32_t name, struct title *title)
{
    struct phrase phrase;
    size_t head;
    phrase_before(text, low, name, &phrase);
    /* "coordinator of the National System": what follows completes the office and holds none */
    if (phrase.count == 0 || is_link(&phrase, phrase.count - 1) || !find_head(&phrase, &head))
        return false;
    head = fuller_head(&phrase, head);
    title_make(&phrase, phrase_start(&phrase, head), head, phrase.count, title);
    return true;
}

/* Words from `at` on up to a mark; what opens an apposition is passed over. */
static void phrase_behind(struct bytes text, uint32_t at, uint32_t high, struct phrase *phrase)
{
    struct name_word word;
    phrase->count = 0;
    while (phrase->count < APPOSITION_MAX && name_word_next(text, at, high, &word)) {
        if (phrase->count > 0 &&
            !holds_together(text, &phrase->at[phrase->count - 1], word.start) &&
            word.gap != NAME_GAP_BLANK && word.gap != NAME_GAP_LINE)
            break;
        phrase->classes[phrase->count] = name_word_classes(name_word_key(&word));
        phrase->at[phrase->count++] = word;
        at = word.next;
    }
}

/* How far the complement of a head reaches: links, capitals, topics. */
static size_t complement_end(const struct phrase *phrase, size_t head)
{
    size_t at = head + 1, last = at;
    bool had_link = false;
    for (; at < phrase->count && at - head <= BEHIND_HEAD_MAX + 2; at++) {
        struct bytes key = name_word_key(&phrase->at[at]);
        if (is_link(phrase, at)) {
            had_link = true;
            continue;
        }
        bool is_part = (phrase->at[at].flags & NAME_WORD_CAPITAL) || title_word_is_topic(key) ||
                       (phrase->classes[at] & (WORD_MODIFIER | WORD_BODY | WORD_NATION));
        if (!is_part && !(had_link && at == last + 1))
            break;
        if (phrase->classes[at] & (WORD_SAYING | WORD_CALENDAR))
            break;
        last = at + 1;
    }
    return last;
}

static bool opens_apposition(struct bytes text, uint32_t from, const struct phrase *phrase,
                             size_t *first)
{
    if (phrase->count == 0)
        return false;
    *first = 0;
    struct bytes key = name_word_key(&phrase->at[0]);
    if (bytes_is(key, "who")) {
        *first = 1;
        key = phrase->count > 1 ? name_word_key(&phrase->at[1]) : (struct bytes){ 0 };
    }
    bool is_verb =
        bytes_is(key, "is") || bytes_is(key, "was") || bytes_is(key, "es") || bytes_is(key, "era");
    if (is_verb) {
        (*first)++;
        return *first < phrase->count;
    }
    bool is_and = bytes_is(key, "and") || bytes_is(key, "y");
    return *first == 0 && !is_and && from < text.len && text.at[from] == ',';
}

/* "A B, Director C D": the office is that of the name behind it. */
static bool is_of_next_name(const struct phrase *phrase, size_t head)
{
    return head + 1 < phrase->count && (phrase->at[head].flags & NAME_WORD_CAPITAL) &&
           (phrase->at[head + 1].flags & NAME_WORD_CAPITAL) && !is_head(phrase, head + 1);
}

bool title_after(struct bytes text, uint32_t name_end, uint32_t high, struct title *title)
{
    struct phrase phrase;
    size_t first;
    phrase_behind(text, name_end, high, &phrase);
    if (!opens_apposition(text, name_end, &phrase, &first))
        return false;
    for (size_t at = first; at < phrase.count && at - first < 6; at++) {
        struct bytes key = name_word_key(&phrase.at[at]);
        if (is_head(&phrase, at) && !(phrase.classes[at] & WORD_COURTESY)) {
            if (is_of_next_name(&phrase, at))
                return false;
            size_t last = complement_end(&phrase, at);
            /* "national security coordinator": a head that only leads to the next one */
            if (last > at + 1 && at + 1 < phrase.count && is_head(&phrase, at + 1) &&
                !is_link(&phrase, at + 1))
                continue;
            title_make(&phrase, first, at, last, title);
            title->is_back = false;
            return true;
        }
        bool may = (phrase.at[at].flags & NAME_WORD_CAPITAL) || is_link(&phrase, at) ||
                   bytes_is(key, "a") || bytes_is(key, "an") || bytes_is(key, "un") ||
                   bytes_is(key, "una") || title_word_is_topic(key) ||
                   (phrase.classes[at] & (WORD_MODIFIER | WORD_NATION | WORD_BODY));
        if (!may || (phrase.classes[at] & WORD_GIVEN))
            return false;
    }
    return false;
}

bool title_find(struct bytes text, uint32_t from, uint32_t high, struct bytes head,
                struct title *title)
{
    struct name_word word;
    struct title_word wanted, found;
    bool is_found = false;
    title_word_make(head, &wanted);
    for (uint32_t at = from; name_word_next(text, at, high, &word); at = word.next) {
        title_word_make(name_word_key(&word), &found);
        if (found.len != wanted.len || memcmp(found.key, wanted.key, found.len) != 0)
            continue;
        struct phrase phrase;
        phrase_behind(text, word.start, high, &phrase);
        if (phrase.count < 3 || !is_link(&phrase, 1))
            continue;
        size_t last = complement_end(&phrase, 0);
        if (last < 3)
            continue;
        title_make(&phrase, 0, 0, last, title);
        is_found = title->word_count > 0;
    }
    return is_found;
}

bool title_has_word(const struct title *title, struct bytes key)
{
    struct title_word word;
    title_word_make(key, &word);
    for (size_t i = 0; i < title->word_count; i++)
        if (title->words[i].len == word.len && memcmp(title->words[i].key, word.key, word.len) == 0)
            return true;
    return false;
}
