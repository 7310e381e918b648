#include "text/word.h"

#include "text/sentence.h"
#include "text/utf8.h"

enum { QUOTE_MAX = 400 }; /* bytes from a damaged closing quote back to where it was opened */

enum { SOFT_HYPHEN = 0xAD, REPLACED = 0xFFFD };

static bool is_ascii_letter(uint8_t byte)
{
    return (uint8_t)((byte | 0x20) - 'a') < 26;
}

static bool is_ascii_digit(uint8_t byte)
{
    return (uint8_t)(byte - '0') < 10;
}

/* What the tables say of an ASCII letter or digit. */
static struct character plain_character(uint8_t byte)
{
    static const uint8_t lower[] = "abcdefghijklmnopqrstuvwxyz";
    bool is_upper = byte >= 'A' && byte <= 'Z';
    return (struct character){ byte,
                               1,
                               { .class = is_ascii_digit(byte) ? CHAR_DIGIT : CHAR_LETTER,
                                 .is_upper = is_upper,
                                 .fold = is_upper ? lower + (byte - 'A') : NULL,
                                 .fold_len = 1 } };
}

struct character character_at(struct bytes text, size_t at)
{
    if (at < text.len && (is_ascii_letter(text.at[at]) || is_ascii_digit(text.at[at])))
        return plain_character(text.at[at]);
    size_t len = 1;
    uint32_t code = utf8_decode(text, at, &len);
    return (struct character){ code, (uint32_t)len, char_traits(code) };
}

bool character_is_word(const struct character *character)
{
    enum char_class class = character->traits.class;
    return class == CHAR_LETTER || class == CHAR_DIGIT || class == CHAR_IDEOGRAPH;
}

bool is_word_at(struct bytes text, size_t at)
{
    if (at >= text.len)
        return false;
    if (text.at[at] < 0x80)
        return is_ascii_letter(text.at[at]) || is_ascii_digit(text.at[at]);
    struct character here = character_at(text, at);
    return character_is_word(&here);
}

static bool is_letter_at(struct bytes text, size_t at)
{
    if (at < text.len && text.at[at] < 0x80)
        return is_ascii_letter(text.at[at]);
    return at < text.len && character_at(text, at).traits.class == CHAR_LETTER;
}

void key_append(struct key *key, struct bytes folded)
{
    if (key->is_full || folded.len > (size_t)FOLD_KEY_MAX - key->len) {
        key->is_full = true;
        return;
    }
    memcpy(key->at + key->len, folded.at, folded.len);
    key->len = (uint8_t)(key->len + folded.len);
}

static void extra_add(struct word *word, const struct key *key, size_t len)
{
    if (len == 0 || word->extra_count == WORD_EXTRAS)
        return;
    struct key *extra = &word->extras[word->extra_count++];
    *extra = *key;
    extra->len = (uint8_t)len;
}

static void character_take(struct word *word, struct bytes text, size_t at,
                           const struct character *character)
{
    const struct char_traits *traits = &character->traits;
    const uint8_t *fold = traits->fold ? traits->fold : text.at + at;
    bool is_first = word->letters + word->digits == 0;
    bool is_digit = traits->class == CHAR_DIGIT;
    word->letters += !is_digit;
    word->digits += is_digit;
    word->capitals += traits->is_upper;
    if (is_first && (is_digit || traits->is_upper))
        word->flags |= is_digit ? TOKEN_NUMBER : TOKEN_CAPITAL;
    key_append(&word->key, bytes_make(fold, traits->fold_len));
    word->end = (uint32_t)at + character->len;
}

/* The ending of a contraction or possessive that stands alone at `at` ("s", "t", "re" ...): its
 * length, or 0. */
static size_t ending_len(struct bytes text, size_t at)
{
    static const char *const endings[] = { "re", "ve", "ll", "s", "t", "d", "m" };
    struct bytes rest = bytes_slice(text, at, text.len);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(endings[i]);
        if (bytes_has_prefix_fold(rest, endings[i]) && !is_word_at(text, at + len))
            return rest.len > len && rest.at[len] == '=' ? 0 : len;
    }
    return 0;
}

/* Whether a sign that is no apostrophe was one: "country,s", "DON?T", "I,m", but not "b,d", "AT&T"
 * or "page?s=4". */
static bool is_damaged_apostrophe(struct bytes text, const struct word *word, size_t ending)
{
    size_t len = ending_len(text, ending);
    if (len == 0 || word->digits > 0 || word->key.len == 0)
        return false;
    uint8_t lower = text.at[ending] | 0x20;
    uint8_t before = word->key.at[word->key.len - 1];
    bool is_i = word->letters == 1 && before == 'i';
    if (lower == 't')
        return before == 'n' && word->letters >= 2;
    if (lower == 'm')
        return is_i;
    return word->letters >= 2 || (is_i && lower != 's');
}

enum joint { JOINT_NONE, JOINT_CLEAN, JOINT_DAMAGED };

/* An apostrophe between two letters, or what is left of one; *len its bytes. */
static enum joint joint_at(struct bytes text, size_t at, const struct word *word, uint32_t *len)
{
    struct character here = character_at(text, at);
    *len = here.len;
    while (here.code == REPLACED && *len < 9 &&
           bytes_has_prefix(bytes_slice(text, at + *len, 3), "\xEF\xBF\xBD"))
        *len += here.len;
    if (!is_letter_at(text, at + *len))
        return JOINT_NONE;
    switch (here.code) {
    case '\'':
    case 0xB4:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
        return JOINT_CLEAN;
    case '`':
    case REPLACED:
        return JOINT_DAMAGED;
    case '8':
        if (word->letters < 3)
            return JOINT_NONE;
        return is_damaged_apostrophe(text, word, at + 1) ? JOINT_DAMAGED : JOINT_NONE;
    case ',':
    case '?':
    case '&':
        return is_damaged_apostrophe(text, word, at + 1) ? JOINT_DAMAGED : JOINT_NONE;
    default:
        return JOINT_NONE;
    }
}

/* A right quote in UTF-8 that was read as Windows-1252 and written as UTF-8 again. */
static bool is_twice_encoded(struct bytes text, size_t at)
{
    return bytes_has_prefix(bytes_slice(text, at, 8), "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2") &&
           is_letter_at(text, at + 8);
}

static bool is_line_end(struct bytes text, size_t at)
{
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == '\t'))
        at++;
    return at < text.len && (text.at[at] == '\n' || text.at[at] == '\r');
}

uint32_t hyphen_at(struct bytes text, size_t at)
{
    if (at >= text.len)
        return 0;
    if (text.at[at] == '-')
        return 1;
    if (text.at[at] < 0x80)
        return 0;
    struct character here = character_at(text, at);
    bool is_hyphen = here.code == 0x2010 || here.code == 0x2011;
    bool is_soft = here.code == SOFT_HYPHEN && is_line_end(text, at + here.len);
    return is_hyphen || is_soft ? here.len : 0;
}

struct run {
    uint32_t
        joint; /* where the last apostrophe stands, and the key before it: 0 when there is none */
    size_t key_len;
    bool after_letter;
};

/* One step of a run of letters and digits; answers the bytes taken, 0 at its end. */
static uint32_t run_step(struct bytes text, size_t at, struct word *word, struct run *run)
{
    uint32_t len = 0;
    struct character here = character_at(text, at);
    bool is_twice = run->after_letter && is_twice_encoded(text, at);
    enum joint joint = is_twice            ? JOINT_DAMAGED
                       : run->after_letter ? joint_at(text, at, word, &len)
                                           : JOINT_NONE;
    if (joint != JOINT_NONE) {
        run->joint = (uint32_t)at;
        run->key_len = word->key.len;
        run->after_letter = false;
        word->flags |= joint == JOINT_DAMAGED ? TOKEN_DAMAGED : 0;
        return is_twice ? 8 : len;
    }
    switch (here.traits.class) {
    case CHAR_LETTER:
    case CHAR_DIGIT:
        character_take(word, text, at, &here);
        run->after_letter = here.traits.class == CHAR_LETTER;
        return here.len;
    case CHAR_MARK:
        word->end = (uint32_t)at + here.len;
        return here.len;
    case CHAR_INVISIBLE:
        return hyphen_at(text, at) ? 0 : here.len;
    case CHAR_OTHER:
    case CHAR_SPACE:
    case CHAR_IDEOGRAPH:
        return 0;
    }
    return 0;
}

static void run_read(struct bytes text, uint32_t at, struct word *word)
{
    struct run run = { 0 };
    size_t place = at;
    while (place < text.len) {
        uint32_t len = run_step(text, place, word, &run);
        if (len == 0)
            break;
        place += len;
    }
    if (run.joint == 0)
        return;
    bool is_possessive = word->key.len == run.key_len + 1 && word->key.at[run.key_len] == 's';
    if (is_possessive || (word->flags & TOKEN_DAMAGED))
        extra_add(word, &word->key, run.key_len);
}

/* An opening quote mark that became "&" stands before, and near. */
static bool is_quote_open(struct bytes text, size_t at)
{
    size_t low = at > QUOTE_MAX ? at - QUOTE_MAX : 0;
    while (at-- > low)
        if (text.at[at] == '&' && is_word_at(text, at + 1) &&
            (at == 0 || text.at[at - 1] <= ' ' || text.at[at - 1] == '('))
            return true;
    return false;
}

static bool may_close_quote(struct bytes text, const struct word *word, uint32_t last_letter)
{
    bool is_lower = text.at[last_letter] >= 'a' && text.at[last_letter] <= 'z';
    return word->letters >= 2 && (is_lower || word->letters >= 4);
}

/* "time8" where "&" opened a quotation: the clean key is "time". */
static void close_glued(struct bytes text, uint32_t at, struct word *word)
{
    if (word->digits != 1 || word->end - at < 3 || text.at[word->end - 1] != '8' ||
        word->key.is_full || !may_close_quote(text, word, word->end - 2) ||
        !is_quote_open(text, at))
        return;
    extra_add(word, &word->key, word->key.len);
    word->key.len--;
    word->flags |= TOKEN_DAMAGED;
}

/* "time,8": the eight was a closing quote; raw readings stay findable. */
static void close_after_stop(struct bytes text, struct word *word)
{
    uint32_t stop = word->end;
    if (word->digits > 0 || stop + 1 >= text.len || text.at[stop + 1] != '8' || !text.at[stop] ||
        !strchr(",.!?", text.at[stop]) || is_word_at(text, stop + 2))
        return;
    bool goes_on = stop + 2 < text.len && text.at[stop + 2] &&
                   strchr(",.:-/'", text.at[stop + 2]) && is_word_at(text, stop + 3);
    if (goes_on || !may_close_quote(text, word, stop - 1) ||
        (text.at[stop] == '.' && sentence_dot_abbreviates(text, stop)))
        return;
    struct key raw = word->key;
    key_append(&raw, bytes_from_string("8"));
    extra_add(word, &raw, raw.len);
    extra_add(word, &(struct key){ .len = 1, .at = "8" }, 1);
    word->flags |= TOKEN_DAMAGED;
    word->end = stop + 2;
    word->ends_sentence = text.at[stop] != ',';
}

/* A letter that stands alone, with a stop behind it where `dotted`. */
static bool is_initial(struct bytes text, size_t at, struct character *letter)
{
    if (!is_letter_at(text, at))
        return false;
    *letter = character_at(text, at);
    return !is_word_at(text, at + letter->len);
}

static bool is_dot(struct bytes text, size_t at)
{
    return at < text.len && text.at[at] == '.';
}

/* Bytes between the dot of one initial and the next letter: none ("U.S."), or one blank ("U. S.").
 */
static size_t initials_gap(struct bytes text, size_t at)
{
    if (at >= text.len)
        return 0;
    if (text.at[at] == ' ' || text.at[at] == '\n')
        return 1;
    return bytes_has_prefix(bytes_slice(text, at, 2), "\xC2\xA0") ? 2 : 0;
}

/* "U.S.'s" */
static void abbreviation_possess(struct bytes text, struct word *word)
{
    uint32_t len = 0;
    if (word->end >= text.len || joint_at(text, word->end, word, &len) != JOINT_CLEAN)
        return;
    size_t ending = word->end + len;
    if ((text.at[ending] | 0x20) != 's' || is_word_at(text, ending + 1))
        return;
    extra_add(word, &word->key, word->key.len);
    key_append(&word->key, bytes_from_string("s"));
    word->end = (uint32_t)ending + 1;
}

/* Initials with dots behind the single letter just read: "U.S.", "U. S.", "a.m.". */
static void abbreviation_read(struct bytes text, struct word *word)
{
    size_t dot = word->end;
    size_t gap = initials_gap(text, dot + 1);
    struct character next;
    while (is_dot(text, dot) && initials_gap(text, dot + 1) == gap &&
           is_initial(text, dot + 1 + gap, &next)) {
        size_t at = dot + 1 + gap;
        bool is_dotted = is_dot(text, at + next.len);
        if (gap > 0 && (!is_dotted || !next.traits.is_upper || word->capitals == 0))
            break;
        character_take(word, text, at, &next);
        dot = at + next.len;
    }
    if (word->letters < 2)
        return;
    word->flags |= TOKEN_ABBREVIATION;
    if (!is_dot(text, dot))
        return;
    word->end = (uint32_t)dot + 1;
    word->ends_sentence = !sentence_dot_abbreviates(text, (uint32_t)dot);
    abbreviation_possess(text, word);
}

static void ideograph_read(struct bytes text, uint32_t at, struct word *word)
{
    struct character here = character_at(text, at);
    character_take(word, text, at, &here);
    while (word->end < text.len) {
        here = character_at(text, word->end);
        if (here.traits.class != CHAR_MARK)
            return;
        word->end += here.len;
    }
}

void word_read(struct bytes text, uint32_t at, struct word *word)
{
    word->end = at;
    word->letters = word->capitals = word->digits = 0;
    word->flags = 0;
    word->ends_sentence = false;
    word->extra_count = 0;
    word->key.len = 0;
    word->key.is_full = false;
    if (character_at(text, at).traits.class == CHAR_IDEOGRAPH) {
        ideograph_read(text, at, word);
        return;
    }
    run_read(text, at, word);
    if (word->letters == 0 && word->digits == word->end - at)
        number_read(text, at, word->end, word);
    else if (word->letters == 1 && word->digits == 0)
        abbreviation_read(text, word);
    else if (word->digits == 1)
        close_glued(text, at, word);
    else
        close_after_stop(text, word);
    if (word->letters >= 2 && word->capitals == word->letters)
        word->flags |= TOKEN_ALL_CAPS;
}
