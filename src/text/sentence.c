#include "text/sentence.h"

#include "text/tokenize.h"
#include "text/word.h"

enum { ABBREVIATION_MAX = 8 };

static bool is_ascii_letter(uint8_t byte)
{
    uint8_t lower = byte | 0x20;
    return lower >= 'a' && lower <= 'z';
}

/* Words that seldom follow an abbreviation inside a sentence with a capital. By first letter. */
static const char *const opening_words[26] = {
    ['a' - 'a'] = "at and as according after although an",
    ['b' - 'a'] = "but",
    ['e' - 'a'] = "el en",
    ['f' - 'a'] = "for from",
    ['h' - 'a'] = "he however his her",
    ['i' - 'a'] = "in it if its",
    ['l' - 'a'] = "la los las",
    ['n' - 'a'] = "no",
    ['o' - 'a'] = "on our",
    ['p' - 'a'] = "pero",
    ['s' - 'a'] = "she since such",
    ['t' - 'a'] = "the they this that these there their to",
    ['w' - 'a'] = "we when while what with",
    ['y' - 'a'] = "you",
};

/* Titles and the like, which need another word behind them. */
static const char *const titles[26] = {
    ['a' - 'a'] = "adm amb arq av avda approx al asst assoc",
    ['b' - 'a'] = "brig",
    ['c' - 'a'] = "col capt cpt cmdr cdr cf cmte ca cpl",
    ['d' - 'a'] = "dr dep dir dip",
    ['e' - 'a'] = "eg esp",
    ['f' - 'a'] = "fr",
    ['g' - 'a'] = "gov gen gral",
    ['h' - 'a'] = "hon",
    ['i' - 'a'] = "insp ing ie",
    ['l' - 'a'] = "lt lic",
    ['m' - 'a'] = "mr mrs ms maj min mme mlle messrs mt",
    ['p' - 'a'] = "prof pres pvt ph",
    ['r' - 'a'] = "rep rev",
    ['s' - 'a'] = "sen sgt st sec supt sr sra srta spc",
    ['t' - 'a'] = "tte",
    ['u' - 'a'] = "ud uds",
    ['v' - 'a'] = "vs viz",
};

/* "No. 5", but "he said no." */
static const char *const numbered_words[26] = {
    ['a' - 'a'] = "art arts", ['c' - 'a'] = "ch",     ['e' - 'a'] = "ed",
    ['f' - 'a'] = "fig",      ['n' - 'a'] = "no nos", ['p' - 'a'] = "p pp para paras",
    ['r' - 'a'] = "ref",      ['s' - 'a'] = "sec",    ['v' - 'a'] = "vol",
};

/* Abbreviations that may close a sentence as well. */
static const char *const closing_words[26] = {
    ['a' - 'a'] = "apr aug am ave ariz",
    ['b' - 'a'] = "bros blvd",
    ['c' - 'a'] = "corp co cia calif",
    ['d' - 'a'] = "dec dept",
    ['e' - 'a'] = "etc est ext",
    ['f' - 'a'] = "feb fri fla",
    ['g' - 'a'] = "govt",
    ['i' - 'a'] = "inc intl",
    ['j' - 'a'] = "jr jan jun jul",
    ['l' - 'a'] = "ltd",
    ['m' - 'a'] = "mar mon mass mex md",
    ['n' - 'a'] = "nov natl",
    ['o' - 'a'] = "oct",
    ['p' - 'a'] = "pm",
    ['s' - 'a'] = "sep sept",
    ['t' - 'a'] = "tue tues thu thurs tel tex",
    ['u' - 'a'] = "univ",
    ['v' - 'a'] = "va",
    ['w' - 'a'] = "wed wash",
};

/* Whether the word, in any case, stands in its letter's list. */
static bool is_listed(struct bytes word, const char *const lists[26])
{
    const char *list = word.len > 0 ? lists[(word.at[0] | 0x20) - 'a'] : NULL;
    while (list) {
        size_t same = 0;
        while (same < word.len && list[same] == (word.at[same] | 0x20))
            same++;
        if (same == word.len && (list[same] == ' ' || list[same] == '\0'))
            return true;
        const char *blank = strchr(list, ' ');
        list = blank ? blank + 1 : NULL;
    }
    return false;
}

static bool is_opening_word(struct bytes text, size_t at)
{
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\n' || text.at[at] == '\r' ||
                             text.at[at] == '"' || text.at[at] == '\''))
        at++;
    size_t end = at;
    while (end < text.len && is_ascii_letter(text.at[end]))
        end++;
    return at < text.len && text.at[at] < 'a' &&
           is_listed(bytes_slice(text, at, end - at), opening_words);
}

static bool is_numbered(struct bytes word, struct bytes text, size_t after)
{
    while (after < text.len && text.at[after] == ' ')
        after++;
    return after < text.len && text.at[after] >= '0' && text.at[after] <= '9' &&
           is_listed(word, numbered_words);
}

static bool is_list_number(struct bytes text, size_t start, size_t dot)
{
    if (start == dot || dot - start > 3)
        return false;
    return start == 0 || text.at[start - 1] == '\n';
}

bool sentence_dot_abbreviates(struct bytes text, uint32_t dot)
{
    size_t start = dot;
    while (start > 0 && dot - start <= ABBREVIATION_MAX && is_ascii_letter(text.at[start - 1]))
        start--;
    size_t len = dot - start;
    if (len > ABBREVIATION_MAX)
        return false;
    if (len == 0) {
        while (start > 0 && dot - start <= 4 && text.at[start - 1] >= '0' &&
               text.at[start - 1] <= '9')
            start--;
        return is_list_number(text, start, dot);
    }
    uint8_t before = start > 0 ? text.at[start - 1] : ' ';
    if (before >= 0x80 || before == '\'' || (before >= '0' && before <= '9'))
        return false;
    struct bytes word = bytes_slice(text, start, len);
    bool is_initial = len == 1 && (text.at[start] < 'a' || before == '.');
    if (is_initial || is_listed(word, closing_words))
        return !is_opening_word(text, dot + 1);
    return is_listed(word, titles) || is_numbered(word, text, dot + 1);
}

static bool is_opener(uint32_t code)
{
    return code == '"' || code == '\'' || code == '(' || code == '[' || code == '{' ||
           code == '$' || code == '`' || code == '&' || code == 0x2018 || code == 0x201C ||
           code == 0x201E || code == 0xAB || code == 0xBF || code == 0xA1 || code == 0xA3 ||
           code == 0x20AC;
}

/* The first of the opening marks that stand directly before the word at `at`. */
static uint32_t before_openers(struct bytes text, uint32_t low, uint32_t at)
{
    while (at > low) {
        uint32_t previous = at - 1;
        while (previous > low && (text.at[previous] & 0xC0) == 0x80)
            previous--;
        if (!is_opener(character_at(text, previous).code))
            break;
        at = previous;
    }
    return at;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

struct bounds {
    uint32_t start;
    uint32_t last;      /* one past the last word of the sentence */
    uint32_t end;       /* where the next begins */
    uint32_t furniture; /* the first that stands behind `last`, or UINT32_MAX */
};

/* Walk the words of [low, high) until the sentence around `at` is left. */
static struct bounds bounds_find(struct tokenizer *walk, uint32_t low, uint32_t at)
{
    struct bounds found = { low, low, (uint32_t)walk->text.len, UINT32_MAX };
    struct token token;
    while (tokenizer_next(walk, &token)) {
        if (token.start < low || (token.flags & TOKEN_EXTRA))
            continue;
        if (token.flags & TOKEN_FURNITURE) {
            found.furniture = token.start < found.furniture ? token.start : found.furniture;
            continue;
        }
        if (token.flags & TOKEN_SENTENCE) {
            uint32_t start = before_openers(walk->text, found.last, token.start);
            if (start > at && found.last > low) {
                found.end = start;
                return found;
            }
            found.start = start;
        }
        found.last = token.end;
        found.furniture = UINT32_MAX;
    }
    return found;
}

void sentence_around(struct bytes text, const struct span *spans, size_t span_count, uint32_t low,
                     uint32_t high, uint32_t at, uint32_t *start, uint32_t *end)
{
    high = high < text.len ? high : (uint32_t)text.len;
    low = low < high ? low : high;
    struct tokenizer walk;
    tokenizer_resume(&walk, bytes_slice(text, 0, high), spans, span_count, low, 0, 0);
    struct bounds found = bounds_find(&walk, low, at);
    if (found.furniture != UINT32_MAX) {
        const struct span *furniture =
            span_covering(spans, span_count, SPAN_FURNITURE, found.furniture);
        found.end = furniture && furniture->start >= found.last ? furniture->start : found.last;
    }
    while (found.start < found.end && is_blank(text.at[found.start]))
        found.start++;
    while (found.end > found.start && is_blank(text.at[found.end - 1]))
        found.end--;
    *start = found.start;
    *end = found.end;
}
