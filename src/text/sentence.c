#include "text/sentence.h"

#include "text/tokenize.h"
#include "text/word.h"

enum { ABBREVIATION_MAX = 8 };

static bool is_ascii_letter(uint8_t byte)
{
    uint8_t lower = byte | 0x20;
    return lower >= 'a' && lower <= 'z';
}

static bool is_listed(struct bytes word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes_equal_fold(word, bytes_from_string(list[i])))
            return true;
    return false;
}

/* A word that seldom follows an abbreviation inside a sentence, written with a capital. */
static bool is_opening_word(struct bytes text, size_t at)
{
    static const char *const openings[] = {
        "the",     "in",    "on",       "at",        "he",    "she",   "it",   "they",  "we",
        "but",     "and",   "this",     "that",      "these", "there", "if",   "as",    "for",
        "however", "when",  "while",    "according", "its",   "his",   "her",  "their", "our",
        "you",     "after", "although", "since",     "such",  "what",  "el",   "la",    "los",
        "las",     "en",    "pero",     "no",        "an",    "with",  "from", "to"
    };
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\n' || text.at[at] == '\r' ||
                             text.at[at] == '"' || text.at[at] == '\''))
        at++;
    size_t end = at;
    while (end < text.len && is_ascii_letter(text.at[end]))
        end++;
    return at < text.len && text.at[at] < 'a' &&
           is_listed(bytes_slice(text, at, end - at), openings, sizeof openings / sizeof *openings);
}

/* Titles and the like, which need another word behind them. */
static bool is_title(struct bytes word)
{
    static const char *const titles[] = {
        "mr",   "mrs",  "ms",    "dr",     "gov",    "gen",  "col",  "sen",  "rep", "prof", "lt",
        "sgt",  "capt", "cpt",   "maj",    "adm",    "amb",  "st",   "hon",  "rev", "pres", "sec",
        "min",  "dep",  "dir",   "supt",   "cmdr",   "cdr",  "insp", "vs",   "cf",  "sr",   "sra",
        "srta", "lic",  "ing",   "arq",    "dip",    "gral", "tte",  "cmte", "av",  "avda", "ud",
        "uds",  "mme",  "mlle",  "messrs", "approx", "ca",   "eg",   "ie",   "viz", "al",   "fr",
        "mt",   "asst", "assoc", "brig",   "spc",    "cpl",  "pvt",  "ph",   "esp"
    };
    return is_listed(word, titles, sizeof titles / sizeof *titles);
}

/* "No. 5", but "he said no." */
static bool is_numbered(struct bytes word, struct bytes text, size_t after)
{
    static const char *const words[] = { "no",   "nos",   "p",   "pp",  "vol", "fig",  "art",
                                         "para", "paras", "ref", "sec", "ed",  "arts", "ch" };
    while (after < text.len && text.at[after] == ' ')
        after++;
    return after < text.len && text.at[after] >= '0' && text.at[after] <= '9' &&
           is_listed(word, words, sizeof words / sizeof *words);
}

/* Abbreviations that may close a sentence as well. */
static bool is_closing_abbreviation(struct bytes word)
{
    static const char *const words[] = { "etc",  "inc",  "corp",  "co",   "ltd",  "jr",    "jan",
                                         "feb",  "mar",  "apr",   "jun",  "jul",  "aug",   "sep",
                                         "sept", "oct",  "nov",   "dec",  "mon",  "tue",   "tues",
                                         "wed",  "thu",  "thurs", "fri",  "am",   "pm",    "dept",
                                         "govt", "intl", "natl",  "univ", "bros", "ave",   "blvd",
                                         "est",  "cia",  "ext",   "tel",  "fla",  "calif", "tex",
                                         "ariz", "mass", "mex",   "wash", "va",   "md" };
    return is_listed(word, words, sizeof words / sizeof *words);
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
    if (is_initial || is_closing_abbreviation(word))
        return !is_opening_word(text, dot + 1);
    return is_title(word) || is_numbered(word, text, dot + 1);
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
