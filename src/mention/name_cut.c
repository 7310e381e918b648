#include "mention/name_run.h"

#include "mention/title_word.h"

static const uint32_t title_classes = WORD_OFFICE | WORD_SHORT_TITLE | WORD_COURTESY;

static bool is_of(const struct name_run *run, size_t at, uint32_t classes)
{
    return (run->at[at].classes & classes) != 0;
}

static bool is_caps_word(const struct name_run *run, size_t at)
{
    static const uint8_t acronym = NAME_WORD_ALL_CAPS | NAME_WORD_CAPS_BUT_S;
    return !run->is_capitals && (run->at[at].word.flags & acronym) && run->at[at].word.key_len <= 6;
}

/* Words that may stand first by the sentence's right, or are never part of a name. */
static bool is_ordinary(const struct name_run *run, size_t at)
{
    const struct run_word *word = &run->at[at];
    if (word->classes & WORD_CALENDAR)
        return !(word->classes & WORD_GIVEN) || (word->word.flags & NAME_WORD_DOT);
    bool is_caps = !run->is_capitals && (word->word.flags & NAME_WORD_ALL_CAPS);
    if ((word->classes & WORD_OPENER) && !(word->word.flags & NAME_WORD_INITIAL) && !is_caps)
        return true;
    if (at == 0 && run->opens_sentence && (word->classes & WORD_NOUN))
        return true;
    return at == 0 && run->opens_sentence && run->first_is_small &&
           !(word->classes & (WORD_GIVEN | WORD_PLACE | WORD_PLACE_HEAD | WORD_BODY));
}

/* What offices are for, by the ending of the word: communications, development. */
static bool is_topic(const struct name_run *run, size_t at)
{
    static const char *const endings[] = { "tion", "tions", "ment",  "ance",  "ence",
                                           "ity",  "ics",   "ure",   "airs",  "stry",
                                           "logy", "works", "urces", "ights", "sion" };
    struct bytes key = name_word_key(&run->at[at].word);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(endings[i]);
        if (key.len > len + 2 && memcmp(key.at + key.len - len, endings[i], len) == 0)
            return true;
    }
    return title_word_is_topic(key);
}

/* A title whose holder follows: "Secretary of State Ana B" ends before Ana. */
static size_t title_end(const struct name_run *run, size_t at, size_t end)
{
    at++;
    while (at < end && run->at[at].is_link) {
        while (at < end && run->at[at].is_link)
            at++;
        while (at < end && is_of(run, at, WORD_MODIFIER))
            at++;
        if (at < end && !is_of(run, at, WORD_GIVEN))
            at++;
        while (at < end && is_topic(run, at))
            at++;
    }
    return at;
}

static bool has_class(const struct name_run *run, size_t first, size_t last, uint32_t classes)
{
    for (size_t i = first; i < last; i++)
        if (!run->at[i].is_link && is_of(run, i, classes))
            return true;
    return false;
}

/* Where the run breaks for good: an ordinary word, an owner that is no body's, a new line's title.
 */
static size_t run_end(const struct name_run *run, size_t first)
{
    size_t at = first;
    for (; at < run->count; at++) {
        if (at > first && is_ordinary(run, at) && !run->at[at].is_link)
            break;
        if (run->at[at].word.flags & NAME_WORD_POSSESSIVE) {
            size_t near = at + 3 < run->count ? at + 3 : run->count;
            if (is_of(run, at, WORD_PLACE) || !has_class(run, at + 1, near, WORD_BODY)) {
                at++;
                break;
            }
        }
    }
    while (at > first && run->at[at - 1].is_link)
        at--;
    return at;
}

static bool is_person_before(const struct name_run *run, size_t first, size_t title)
{
    if (title - first < 2)
        return false;
    return has_class(run, first, title, WORD_GIVEN) ||
           (run->at[title].word.gap == NAME_GAP_LINE &&
            !has_class(run, first, title, WORD_MODIFIER));
}

static enum name_kind kind_of(const struct name_run *run, const struct run_piece *piece)
{
    size_t count = piece->last - piece->first;
    bool is_given = is_of(run, piece->first, WORD_GIVEN);
    bool has_body = has_class(run, piece->first, piece->last, WORD_BODY);
    if (piece->has_title && !has_body)
        return NAME_PERSON;
    if (is_given && count >= 2 && (!has_body || count == 2))
        return NAME_PERSON;
    if (has_body)
        return NAME_BODY;
    for (size_t i = piece->first + 1; i + 1 < piece->last; i++)
        if (run->at[i].word.flags & NAME_WORD_INITIAL)
            return NAME_PERSON;
    if (has_class(run, piece->first, piece->last, WORD_PLACE | WORD_PLACE_HEAD))
        return NAME_PLACE;
    bool has_nation = has_class(run, piece->first, piece->last, WORD_NATION | WORD_MODIFIER);
    return run->is_followed && piece->last == run->count && !has_nation && count >= 2
               ? NAME_PERSON
               : NAME_UNKNOWN;
}

/* "Mexico Carlos Pascual" and the like: a place, then a person. */
static size_t place_end(const struct name_run *run, size_t first, size_t end)
{
    for (size_t i = first; i + 1 < end; i++)
        if (is_of(run, i, WORD_PLACE) && !is_of(run, i, WORD_GIVEN) &&
            is_of(run, i + 1, WORD_GIVEN) && !is_of(run, i + 1, WORD_PLACE) &&
            !has_class(run, i + 1, end, WORD_BODY))
            return i + 1;
    return end;
}

/* The piece up to a title, or behind it. False when a title is all there is. */
static bool cut_at_title(const struct name_run *run, size_t end, struct run_piece *piece)
{
    size_t first = piece->first;
    for (size_t at = first; at < end; at++) {
        if (!is_of(run, at, title_classes) || run->at[at].is_link)
            continue;
        if (has_class(run, at + 1, end, WORD_BODY) && !has_class(run, at + 1, end, WORD_GIVEN))
            break;
        if (is_person_before(run, first, at)) {
            piece->last = at;
            return true;
        }
        size_t behind = title_end(run, at, end);
        piece->first = behind;
        piece->has_title = true;
        if (behind >= end)
            return false;
        at = behind - 1;
        first = behind;
    }
    piece->last = end;
    return piece->first < end;
}

/* More than initials, and not the X's of words withheld. */
static bool has_letters(const struct name_run *run, const struct run_piece *piece)
{
    for (size_t i = piece->first; i < piece->last; i++) {
        struct bytes key = name_word_key(&run->at[i].word);
        bool is_masked = key.len >= 3;
        for (size_t k = 0; k < key.len; k++)
            is_masked = is_masked && key.at[k] == 'x';
        if (is_masked)
            return false;
    }
    for (size_t i = piece->first; i < piece->last; i++)
        if (run->at[i].word.key_len > 1 && !run->at[i].is_link)
            return true;
    return false;
}

static bool is_worth(const struct name_run *run, const struct run_piece *piece)
{
    size_t count = piece->last - piece->first;
    if (count == 0 || !has_letters(run, piece))
        return false;
    if (count > 1)
        return true;
    const struct run_word *word = &run->at[piece->first];
    if (word->word.key_len < 3 || is_caps_word(run, piece->first))
        return false;
    if (word->classes & (WORD_NATION | WORD_MODIFIER | WORD_BODY | WORD_LINK))
        return false;
    return !(word->classes & WORD_PLACE_HEAD) || (word->classes & WORD_PLACE);
}

static void strip(const struct name_run *run, struct run_piece *piece)
{
    while (piece->first < piece->last &&
           (run->at[piece->first].is_link || is_ordinary(run, piece->first)))
        piece->first++;
    bool is_person = piece->has_title || has_class(run, piece->first, piece->last, WORD_GIVEN);
    bool has_body = has_class(run, piece->first, piece->last, WORD_BODY);
    while (is_person && !has_body && piece->first + 1 < piece->last &&
           (is_caps_word(run, piece->first) ||
            (is_of(run, piece->first, WORD_NATION) && !is_of(run, piece->first, WORD_GIVEN))))
        piece->first++;
    while (piece->last > piece->first && run->at[piece->last - 1].is_link)
        piece->last--;
    if (!has_body)
        for (size_t i = piece->first + 1; i < piece->last; i++)
            if (is_caps_word(run, i)) {
                piece->last = i;
                break;
            }
}

bool run_cut(const struct name_run *run, struct run_piece *piece, size_t *next)
{
    size_t first = 0;
    *piece = (struct run_piece){ .has_title = run->has_title };
    while (first < run->count && (is_ordinary(run, first) || run->at[first].is_link))
        first++;
    piece->first = first;
    piece->has_title = run->has_title && first == 0;
    size_t end = run_end(run, first);
    *next = end > first ? end : run->count;
    if (end <= first)
        return false;
    end = place_end(run, first, end);
    *next = end;
    if (!cut_at_title(run, end, piece))
        return false;
    *next = piece->last;
    strip(run, piece);
    if (!is_worth(run, piece))
        return false;
    piece->kind = kind_of(run, piece);
    return true;
}
