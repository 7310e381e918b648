#include "mention/acronym.h"

#include "mention/name_table.h"

enum { FULL_WORDS_MAX = 12, CAPITALS_NEAR = 3 };

static bool is_acronym_word(const struct name_word *word)
{
    size_t bytes = word->end - word->start;
    bool is_caps = (word->flags & (NAME_WORD_ALL_CAPS | NAME_WORD_CAPS_BUT_S)) != 0;
    if (!is_caps || bytes != word->key_len || bytes < 2 || bytes > ACRONYM_MAX)
        return false;
    return bytes <= 4 || !(name_word_classes(name_word_key(word)) & WORD_PLACE);
}

/* Whether the words next to it are in capitals too. */
static bool is_in_capitals(const struct acronym_reader *reader, const struct name_word *word)
{
    struct name_word other;
    unsigned capitals = 0, small = 0;
    uint32_t at = word->next;
    for (int i = 0; i < CAPITALS_NEAR && name_word_next(reader->text, at, reader->end, &other);
         i++, at = other.next) {
        capitals += (other.flags & NAME_WORD_ALL_CAPS) != 0;
        small += !(other.flags & (NAME_WORD_CAPITAL | NAME_WORD_NUMBER));
    }
    at = word->start;
    for (int i = 0; i < CAPITALS_NEAR && name_word_before(reader->text, at, 0, &other);
         i++, at = other.start) {
        capitals += (other.flags & NAME_WORD_ALL_CAPS) != 0;
        small += !(other.flags & (NAME_WORD_CAPITAL | NAME_WORD_NUMBER));
    }
    return small == 0 && capitals >= 2;
}

static void acronym_make(const struct acronym_reader *reader, const struct name_word *word,
                         struct acronym *acronym)
{
    *acronym = (struct acronym){ .start = word->start, .end = word->end };
    if (word->flags & NAME_WORD_CAPS_BUT_S)
        acronym->end--;
    acronym->len = (uint8_t)(acronym->end - acronym->start);
    memcpy(acronym->letters, reader->text.at + acronym->start, acronym->len);
    acronym->full_start = acronym->full_end = acronym->start;
}

static bool is_open_before(struct bytes text, uint32_t at)
{
    return at > 0 && text.at[at - 1] == '(';
}

/* Only blanks, one line end and quotation marks between the phrase and the parenthesis. */
static bool is_beside(struct bytes text, uint32_t from, uint32_t to)
{
    unsigned lines = 0;
    for (uint32_t at = from; at < to; at++) {
        lines += text.at[at] == '\n';
        if (text.at[at] < 0x80 && strchr(" \n\r\t(\"'*s", text.at[at]) == NULL)
            return false;
    }
    return lines < 2 && to - from < 12;
}

static bool is_link_word(const struct name_word *word)
{
    uint32_t classes = name_word_classes(name_word_key(word));
    return (classes & (WORD_LINK | WORD_PARTICLE)) && !(word->flags & NAME_WORD_CAPITAL);
}

static bool opens_sentence(struct bytes text, uint32_t low, uint32_t start)
{
    struct name_word before;
    return !name_word_before(text, start, low, &before) || before.gap >= NAME_GAP_STOP;
}

/* "Officials of the Port Union", "Shell and the Port Union": what stands before a small "the" is
 * only part of it behind the head of a body ("Ministry of the Interior"). */
static uint32_t behind_the(struct bytes text, uint32_t start, uint32_t end)
{
    struct name_word word;
    uint32_t classes = 0, kept = start;
    for (uint32_t at = start; name_word_next(text, at, end, &word); at = word.next) {
        bool is_and = bytes_is(name_word_key(&word), "and");
        if (word.flags & NAME_WORD_CAPITAL)
            classes = name_word_classes(name_word_key(&word));
        else if (is_and)
            classes = 0;
        if (!(word.flags & NAME_WORD_CAPITAL) && bytes_is(name_word_key(&word), "the") &&
            !(classes & WORD_BODY))
            kept = word.next;
    }
    return name_word_next(text, kept, end, &word) ? word.start : start;
}

/* Capitals and the links between them, backward from the parenthesis. */
static void full_in_capitals(struct bytes text, uint32_t low, uint32_t paren,
                             struct acronym *acronym)
{
    struct name_word word;
    uint32_t at = paren;
    for (int i = 0; i < FULL_WORDS_MAX && name_word_before(text, at, low, &word); i++) {
        bool joined = i == 0 ? is_beside(text, word.end, paren)
                             : word.gap <= NAME_GAP_HYPHEN || word.gap == NAME_GAP_NONE;
        bool is_capital = (word.flags & NAME_WORD_CAPITAL) && !(word.flags & NAME_WORD_NUMBER);
        if (!joined || (!is_capital && !is_link_word(&word)))
            break;
        uint32_t classes = name_word_classes(name_word_key(&word));
        bool is_first_only = word.start == 0 || opens_sentence(text, low, word.start);
        if (is_capital && (classes & WORD_OPENER) && !(classes & WORD_BODY) && is_first_only)
            break;
        if (i == 0)
            acronym->full_end = word.end;
        if (is_capital)
            acronym->full_start = word.start;
        at = word.start;
    }
    if (acronym->full_end > acronym->full_start)
        acronym->full_start = behind_the(text, acronym->full_start, acronym->full_end);
}

/* As many small words as the acronym has letters, where their initials are its letters. */
static void full_in_small(struct bytes text, uint32_t low, uint32_t paren, struct acronym *acronym)
{
    struct name_word word;
    uint32_t at = paren, end = 0;
    for (int left = acronym->len; left > 0; left--) {
        if (!name_word_before(text, at, low, &word) || word.key_len == 0 ||
            (word.key[0] ^ (uint8_t)acronym->letters[left - 1]) != 0x20)
            return;
        if (end == 0)
            end = word.end;
        at = word.start;
    }
    acronym->full_start = at;
    acronym->full_end = end;
}

static void read_full_before(const struct acronym_reader *reader, struct acronym *acronym)
{
    struct name_word before;
    uint32_t paren = acronym->start - 1;
    if (!name_word_before(reader->text, paren, 0, &before) ||
        !is_beside(reader->text, before.end, paren))
        return;
    acronym->is_introduced = true;
    if (before.flags & NAME_WORD_CAPITAL)
        full_in_capitals(reader->text, 0, paren, acronym);
    else
        full_in_small(reader->text, 0, paren, acronym);
    if (acronym->full_end <= acronym->full_start)
        acronym->full_start = acronym->full_end = acronym->start;
}

/* "PWU (Port Workers' Union)": two words and more, the first a capital. */
static void read_full_behind(const struct acronym_reader *reader, struct acronym *acronym)
{
    struct bytes text = reader->text;
    uint32_t at = acronym->end;
    while (at < reader->end && (text.at[at] == ' ' || text.at[at] == '\n'))
        at++;
    if (at >= reader->end || text.at[at] != '(')
        return;
    size_t close = bytes_find_byte(text, ')', at);
    struct name_word word;
    size_t words = 0, small = 0;
    if (close == SIZE_MAX || close - at > 120)
        return;
    for (uint32_t from = at; name_word_next(text, from, (uint32_t)close, &word); from = word.next) {
        bool is_capital = (word.flags & NAME_WORD_CAPITAL) != 0;
        if ((word.flags & NAME_WORD_NUMBER) || (words == 0 && !is_capital) ||
            (words > 0 && word.gap > NAME_GAP_COMMA))
            return;
        small += !is_capital && !is_link_word(&word);
        words++;
    }
    if (words < 2 || small > words / 2)
        return;
    acronym->is_introduced = true;
    acronym->full_start = at + 1;
    acronym->full_end = (uint32_t)close;
}

/* "the Port Workers' Union, or PWU," */
static bool is_behind_or(const struct acronym_reader *reader, struct acronym *acronym)
{
    struct name_word or, before;
    if (!name_word_before(reader->text, acronym->start, 0, & or) || or.gap > NAME_GAP_LINE)
        return false;
    bool is_or = bytes_is(name_word_key(& or), "or") || bytes_is(name_word_key(& or), "o");
    if (!is_or || !name_word_before(reader->text, or.start, 0, &before) ||
        before.gap != NAME_GAP_COMMA || !(before.flags & NAME_WORD_CAPITAL))
        return false;
    acronym->is_introduced = true;
    full_in_capitals(reader->text, 0, before.end, acronym);
    return true;
}

bool acronym_next(struct acronym_reader *reader, struct acronym *acronym)
{
    struct name_word word;
    while (name_word_next(reader->text, reader->at, reader->end, &word)) {
        reader->at = word.next;
        if (!is_acronym_word(&word))
            continue;
        acronym_make(reader, &word, acronym);
        bool in_parens = is_open_before(reader->text, word.start) && word.end < reader->end &&
                         reader->text.at[word.end] == ')';
        if (in_parens)
            read_full_before(reader, acronym);
        else if (!is_behind_or(reader, acronym))
            read_full_behind(reader, acronym);
        if (acronym->is_introduced || !is_in_capitals(reader, &word))
            return true;
    }
    return false;
}

bool acronym_is_slip(const struct acronym *written, const struct acronym *known)
{
    size_t len = written->len, differ = 0, first = 0, last = 0;
    if (len != known->len || len < 3)
        return false;
    for (size_t i = 0; i < len; i++)
        if (written->letters[i] != known->letters[i]) {
            first = differ++ == 0 ? i : first;
            last = i;
        }
    if (differ == 1)
        return true;
    return differ == 2 && written->letters[first] == known->letters[last] &&
           written->letters[last] == known->letters[first];
}

bool acronym_is_common(const struct acronym *acronym)
{
    static const char *const common[] = {
        "AIDS",   "AM",   "AP",  "BBC",  "BC",  "CBS",  "CD", "CEO", "CIA", "CNN",  "DC",
        "DNA",    "DVD",  "EU",  "FAQ",  "FBI", "FIFA", "FM", "GDP", "GMT", "GPS",  "HIV",
        "ID",     "II",   "III", "IMF",  "IQ",  "IT",   "IV", "IX",  "LA",  "LLC",  "NASA",
        "NATO",   "NBC",  "NGO", "NY",   "OK",  "OTAN", "PC", "PDF", "PM",  "POW",  "SMS",
        "SOS",    "SUV",  "TNT", "TV",   "UFO", "UK",   "UN", "US",  "USA", "USSR", "VI",
        "VII",    "VIII", "VIP", "WWII", "XI",  "XII",  "XV", "XVI", "ONU", "EEUU", "UNESCO",
        "UNICEF", "PDT",  "PST", "EST",  "EDT", "CET",
    };
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strcmp(common[i], acronym->letters) == 0)
            return true;
    return false;
}

/* The next word that counts. */
static bool next_counted(struct bytes text, uint32_t *at, struct name_word *word)
{
    while (name_word_next(text, *at, (uint32_t)text.len, word)) {
        *at = word->next;
        uint32_t classes = name_word_classes(name_word_key(word));
        if (!(classes & WORD_LINK) || (word->flags & NAME_WORD_CAPITAL && word->key_len > 3))
            return true;
    }
    return false;
}

struct bytes acronym_core(struct bytes full)
{
    struct name_word word;
    uint32_t at = 0;
    while (name_word_next(full, at, (uint32_t)full.len, &word)) {
        static const uint32_t left_out = WORD_NATION | WORD_LINK;
        bool is_us = (word.flags & NAME_WORD_ALL_CAPS) && word.end - word.start == 2;
        bool is_led = is_us || (name_word_classes(name_word_key(&word)) & left_out) != 0;
        if (!is_led || (word.flags & NAME_WORD_POSSESSIVE) || word.next >= full.len)
            return bytes_slice(full, word.start, full.len);
        at = word.next;
    }
    return full;
}

bool acronym_same_words(struct bytes a, struct bytes b)
{
    struct name_word one, other;
    uint32_t at = 0, there = 0;
    bool any = false;
    a = acronym_core(a);
    b = acronym_core(b);
    for (;;) {
        bool more = next_counted(a, &at, &one), more_there = next_counted(b, &there, &other);
        if (more != more_there)
            return false;
        if (!more)
            return any;
        if (!bytes_equal(name_word_key(&one), name_word_key(&other)))
            return false;
        any = true;
    }
}
