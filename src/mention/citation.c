#include "mention/citation.h"

#include "base/grow.h"
#include "base/scoped.h"
#include "mention/reference.h"
#include "text/tokenize.h"

enum { GROUP_WORDS_MAX = 40, NAME_WORDS_MAX = 6, ABBREVIATION_MAX = 6, POST_LETTERS_MIN = 4 };

struct growing {
    struct citation *at;
    size_t count, room;
};

static void growing_release(struct growing *growing)
{
    free(growing->at);
}

static enum status add(struct growing *growing, struct citation citation, struct fault *fault)
{
    if (!GROW(growing->at, growing->room, growing->count))
        return no_memory(fault);
    growing->at[growing->count++] = citation;
    return OK;
}

static bool is_abbreviation(const struct said *said)
{
    return (said->flags & TOKEN_ALL_CAPS) != 0 && said->key.len >= 2 &&
           said->key.len <= ABBREVIATION_MAX && (said->flags & TOKEN_NUMBER) == 0;
}

/* One source of a bracket: words [first, end) up to a semicolon or its close. */
static bool read_source(const struct saying *saying, size_t first, size_t end,
                        struct citation *citation)
{
    *citation = (struct citation){ .kind = CITATION_SOURCE,
                                   .name_first = first,
                                   .start = saying->at[first].start };
    size_t at = first;
    while (at < end && at < first + NAME_WORDS_MAX &&
           (at == first || (saying->at[at].gap & GAP_COMMA) == 0))
        at++;
    citation->name_end = at;
    bool is_name = (saying->at[first].flags & TOKEN_CAPITAL) != 0 &&
                   (saying->at[first].flags & TOKEN_NUMBER) == 0;
    if (!is_name || at == end || (saying->at[at].gap & GAP_COMMA) == 0)
        return false;
    for (; at < end; at++) {
        size_t words = period_read(saying, at, &citation->date);
        if (words == 0)
            continue;
        citation->end = saying->at[at + words - 1].end;
        citation->is_abbreviation =
            citation->name_end == first + 1 && is_abbreviation(&saying->at[first]);
        return citation->date.kind == PERIOD_DAY && at + words == end;
    }
    return false;
}

/* All sources of the bracket that opens before word `at`; answers the word behind it. */
static enum status read_bracket(const struct saying *saying, size_t at, struct growing *growing,
                                size_t *next, struct fault *fault)
{
    size_t first = at, end = at + 1;
    *next = at + 1;
    while (end <= saying->count && end < at + GROUP_WORDS_MAX &&
           (saying->at[end].gap & GAP_CLOSE) == 0 &&
           ((saying->at[end].gap & GAP_EDGE) == 0 || end == at))
        end++;
    if (end > saying->count || (saying->at[end].gap & GAP_CLOSE) == 0)
        return OK;
    for (size_t i = at + 1; i <= end; i++) {
        if (i < end && (saying->at[i].gap & GAP_PAUSE) == 0)
            continue;
        struct citation citation;
        if (read_source(saying, first, i, &citation)) {
            TRY(add(growing, citation, fault));
            *next = i;
        }
        first = i;
    }
    return OK;
}

/* "Update #1057", "see Issue 12". */
static bool read_issue(const struct saying *saying, size_t at, struct citation *citation)
{
    const struct said *said = &saying->at[at];
    uint64_t number;
    if (at == 0 || !bytes_to_number(said->key, &number) || number > UINT32_MAX)
        return false;
    const struct said *before = &saying->at[at - 1];
    bool is_hashed = (said->gap & GAP_HASH) != 0 && (before->flags & TOKEN_CAPITAL) != 0;
    bool is_seen = at >= 2 && said_is_among(saying, at - 2, "see cf in") &&
                   word_is_among(before->key, "update issue bulletin report edition") &&
                   (before->flags & TOKEN_CAPITAL) != 0 && (said->gap & GAP_COMMA) == 0;
    if (!is_hashed && !is_seen)
        return false;
    *citation = (struct citation){ .kind = CITATION_ISSUE,
                                   .start = before->start,
                                   .end = said->end,
                                   .name_first = at - 1,
                                   .name_end = at,
                                   .number = (uint32_t)number };
    return true;
}

/* "C06900101": a letter and eight digits. */
static bool is_release_number(struct bytes key)
{
    if (key.len != 9 || key.at[0] != 'c')
        return false;
    for (size_t i = 1; i < key.len; i++)
        if (key.at[i] < '0' || key.at[i] > '9')
            return false;
    return true;
}

static size_t digits_from(struct bytes key, size_t at)
{
    size_t end = at;
    while (end < key.len && key.at[end] >= '0' && key.at[end] <= '9')
        end++;
    return end - at;
}

/* "26PORTLEONE12": two digits, a post, a serial. */
static bool is_cable_number(struct bytes key)
{
    size_t at = 2;
    while (at < key.len && key.at[at] >= 'a' && key.at[at] <= 'z')
        at++;
    size_t serial = digits_from(key, at);
    return digits_from(key, 0) == 2 && at >= 2 + POST_LETTERS_MIN && serial >= 1 && serial <= 6 &&
           at + serial == key.len;
}

/* "104-10068-10142": three groups of digits joined by hyphens. */
static size_t record_number_words(const struct saying *saying, size_t at)
{
    for (size_t i = at; i < at + 3; i++) {
        if (i >= saying->count || (saying->at[i].flags & TOKEN_NUMBER) == 0 ||
            saying->at[i].key.len != (i == at ? 3u : 5u) ||
            (i > at && (saying->at[i].gap & GAP_HYPHEN) == 0))
            return 0;
    }
    return 3;
}

static bool read_number(const struct saying *saying, size_t at, struct citation *citation)
{
    struct reference reference;
    const struct said *said = &saying->at[at];
    size_t end = 0;
    if (is_release_number(said->key) || is_cable_number(said->key))
        end = at + 1;
    else if (record_number_words(saying, at) > 0)
        end = at + 3;
    else {
        size_t len = reference_read(saying->text, said->start, false, &reference);
        if (len > 0 && reference.year != 0 && reference.post_is_known)
            end = saying_find(saying, said->start + (uint32_t)len);
    }
    if (end <= at)
        return false;
    *citation = (struct citation){ .kind = CITATION_NUMBER,
                                   .start = said->start,
                                   .end = saying->at[end - 1].end,
                                   .name_first = at,
                                   .name_end = end };
    return true;
}

static bool read_link(const struct saying *saying, size_t at, struct citation *citation)
{
    const struct said *said = &saying->at[at];
    if (!word_is_among(said->key, "http https") || at + 1 >= saying->count)
        return false;
    uint32_t end = said->end;
    while (end < saying->text.len && saying->text.at[end] > ' ' && saying->text.at[end] != ')' &&
           saying->text.at[end] != '"' && saying->text.at[end] != '>')
        end++;
    *citation = (struct citation){ .kind = CITATION_LINK,
                                   .start = said->start,
                                   .end = end,
                                   .name_first = at,
                                   .name_end = saying_find(saying, end) };
    return end > said->end + 3;
}

enum status citations_find(const struct saying *saying, struct arena *arena,
                           struct citation_list *list, struct fault *fault)
{
    SCOPED(growing_release) struct growing growing = { 0 };
    for (size_t at = 0; at < saying->count;) {
        struct citation citation;
        size_t next = at + 1;
        if (read_link(saying, at, &citation) || read_issue(saying, at, &citation) ||
            read_number(saying, at, &citation)) {
            TRY(add(&growing, citation, fault));
            next = citation.name_end > at ? citation.name_end : at + 1;
        } else if ((saying->at[at].gap & GAP_OPEN) != 0) {
            TRY(read_bracket(saying, at, &growing, &next, fault));
        }
        at = next;
    }
    list->count = growing.count;
    list->at = arena_alloc_many(arena, growing.count + 1, sizeof *list->at);
    if (list->at == NULL)
        return no_memory(fault);
    if (growing.count > 0)
        memcpy(list->at, growing.at, growing.count * sizeof *list->at);
    return OK;
}

bool citation_is_introduced(const struct saying *saying, size_t at, size_t before)
{
    for (size_t i = 0; i < before && i < at; i++) {
        if (!bytes_equal(saying->at[i].key, saying->at[at].key))
            continue;
        bool is_enclosed =
            (saying->at[i].gap & GAP_OPEN) != 0 && (saying->at[i + 1].gap & GAP_CLOSE) != 0;
        bool is_spelled_out = (saying->at[i + 1].gap & GAP_OPEN) != 0 &&
                              (saying->at[i + 1].flags & TOKEN_CAPITAL) != 0;
        if (is_enclosed || is_spelled_out)
            return true;
    }
    return false;
}

bool citation_fitting_name(const struct saying *saying, size_t at, size_t *first, size_t *end)
{
    struct bytes wanted = saying->at[at].key;
    for (size_t i = 0; i + wanted.len <= saying->count && wanted.len >= 2; i++) {
        size_t k = 0;
        for (; k < wanted.len; k++) {
            const struct said *said = &saying->at[i + k];
            if ((said->flags & TOKEN_CAPITAL) == 0 || said->key.at[0] != wanted.at[k] ||
                said->key.len < 2 || (k > 0 && (said->gap & (GAP_BREAKS | GAP_COMMA)) != 0))
                break;
        }
        if (k == wanted.len) {
            *first = i;
            *end = i + k;
            return true;
        }
    }
    return false;
}
