#include "check/names_text.h"

#include "base/grow.h"
#include "base/scoped.h"
#include "mention/name_table.h"

static uint32_t hash_of(struct bytes key)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ key.at[i]) * 16777619u;
    return hash;
}

/* Words of a text while their number is not known. */
struct word_pile {
    struct name_word *at;
    size_t count, room;
};

static void word_pile_release(struct word_pile *pile)
{
    free(pile->at);
}

enum status name_text_make(struct bytes text, struct arena *arena, struct name_text *made,
                           struct fault *fault)
{
    struct name_word word;
    SCOPED(word_pile_release) struct word_pile pile = { 0 };
    if (text.len > NAME_TEXT_MAX)
        text.len = NAME_TEXT_MAX;
    while (text.len > 0 && text.len == NAME_TEXT_MAX && (text.at[text.len - 1] & 0x80))
        text.len--;
    for (uint32_t at = 0; name_word_next(text, at, (uint32_t)text.len, &word); at = word.next) {
        if (!GROW(pile.at, pile.room, pile.count))
            return no_memory(fault);
        pile.at[pile.count++] = word;
    }
    struct name_word *words = arena_alloc_many(arena, pile.count + 1, sizeof *words);
    uint32_t *hashes = arena_alloc_many(arena, pile.count + 1, sizeof *hashes);
    if (words == NULL || hashes == NULL)
        return no_memory(fault);
    if (pile.count > 0)
        memcpy(words, pile.at, pile.count * sizeof *words);
    for (size_t i = 0; i < pile.count; i++)
        hashes[i] = hash_of(name_word_key(&words[i]));
    *made = (struct name_text){ text, words, hashes, pile.count };
    return OK;
}

/* The parts of a name that are compared. */
struct parts {
    struct bytes keys[NAME_PARTS_MAX];
    uint32_t hashes[NAME_PARTS_MAX];
    uint8_t index[NAME_PARTS_MAX];
    size_t count;
    uint64_t mask; /* a bit of each hash: most words of a text are none of them */
};

static struct parts parts_of(const struct name *name)
{
    struct parts parts = { .count = 0 };
    for (size_t i = 0; i < name->part_count; i++) {
        const struct name_part *part = &name->parts[i];
        if (part->is_link || part->is_initial)
            continue;
        parts.keys[parts.count] = name_part_key(part);
        parts.hashes[parts.count] = hash_of(name_part_key(part));
        parts.mask |= 1ull << (parts.hashes[parts.count] & 63);
        parts.index[parts.count++] = (uint8_t)i;
    }
    return parts;
}

static bool is_passed_over(const struct name_word *word)
{
    if (word->flags & NAME_WORD_INITIAL)
        return true;
    uint32_t classes = name_word_classes(name_word_key(word));
    return !(word->flags & NAME_WORD_CAPITAL) && (classes & (WORD_PARTICLE | WORD_LINK));
}

static bool is_near_gap(enum name_gap gap, const struct name_word *left)
{
    return gap <= NAME_GAP_HYPHEN || (gap == NAME_GAP_STOP && (left->flags & NAME_WORD_DOT) &&
                                      (left->flags & NAME_WORD_INITIAL));
}

/* The neighbour of word `at` to the right or left, or SIZE_MAX where a mark parts them. */
static size_t neighbour(const struct name_text *text, size_t at, bool to_right)
{
    for (int passed = 0; passed < 4; passed++) {
        if (to_right ? at + 1 >= text->count : at == 0)
            return SIZE_MAX;
        const struct name_word *right = &text->words[to_right ? at + 1 : at];
        const struct name_word *left = right - 1;
        if (!is_near_gap(right->gap, left))
            return SIZE_MAX;
        at = to_right ? at + 1 : at - 1;
        if (!is_passed_over(&text->words[at]))
            return at;
    }
    return SIZE_MAX;
}

static bool is_name_like(const struct name_word *word)
{
    return (word->flags & NAME_WORD_CAPITAL) && !(word->flags & NAME_WORD_NUMBER);
}

/* What the walk over neighbours has come to. */
struct alignment {
    uint8_t same, slips, others;
    size_t lowest; /* part: the first that is there */
    size_t first, last;
    struct name_sighting sighting;
};

/* Hold the text's word against one part. False: it is another word, go no further this way. */
static bool align_word(const struct name_text *text, const struct parts *parts, size_t part,
                       size_t word, struct alignment *alignment)
{
    const struct name_word *known = &text->words[word];
    enum spelling spelling = spelling_compare(parts->keys[part], name_word_key(known));
    struct name_sighting *sighting = &alignment->sighting;
    if (spelling == SPELLING_SAME) {
        alignment->same++;
    } else if (spelling != SPELLING_OTHER && is_name_like(known)) {
        alignment->slips++;
        sighting->spelling = spelling;
        sighting->part = parts->index[part];
        sighting->other_start = known->start;
        sighting->other_end = known->end;
    } else {
        if (alignment->others++ == 0 && alignment->slips == 0 && is_name_like(known)) {
            sighting->part = parts->index[part];
            sighting->other_start = known->start;
            sighting->other_end = known->end;
        }
        return false;
    }
    if (word < alignment->first)
        alignment->first = word;
    if (part < alignment->lowest)
        alignment->lowest = part;
    if (word > alignment->last)
        alignment->last = word;
    return true;
}

static void align_side(const struct name_text *text, const struct parts *parts, size_t part,
                       size_t anchor, bool to_right, struct alignment *alignment)
{
    size_t word = anchor;
    while (to_right ? part + 1 < parts->count : part > 0) {
        part = to_right ? part + 1 : part - 1;
        word = neighbour(text, word, to_right);
        if (word == SIZE_MAX || !align_word(text, parts, part, word, alignment)) {
            alignment->others += word == SIZE_MAX;
            return;
        }
    }
}

static bool is_caps(const struct name_word *word)
{
    return (word->flags & NAME_WORD_ALL_CAPS) != 0;
}

/* Whether a lone part is a person's surname here: no other part of a name before it. */
static bool stands_alone(const struct name_text *text, size_t anchor)
{
    size_t before = neighbour(text, anchor, false);
    if (before == SIZE_MAX || before + 1 != anchor || !is_name_like(&text->words[before]))
        return true;
    uint32_t classes = name_word_classes(name_word_key(&text->words[before]));
    return (classes & (WORD_OFFICE | WORD_SHORT_TITLE | WORD_COURTESY)) != 0;
}

static enum sighting_kind kind_of(const struct name_text *text, const struct parts *parts,
                                  size_t anchor, const struct alignment *alignment)
{
    if (alignment->same == parts->count)
        return SIGHTING_SAME;
    if (alignment->slips == 1 && alignment->same > 0 &&
        alignment->same + alignment->slips == parts->count)
        return SIGHTING_SLIP;
    bool from_first = alignment->lowest == 0;
    if (from_first && alignment->same >= 2 && alignment->slips == 0 && parts->count >= 3 &&
        alignment->sighting.other_end > 0)
        return SIGHTING_SURNAME;
    if (alignment->same >= 2 && alignment->slips == 0)
        return SIGHTING_SHORTER;
    if (alignment->same == 1 && alignment->slips == 0 && stands_alone(text, anchor))
        return SIGHTING_PART;
    return SIGHTING_NONE;
}

/* The sighting anchored at one word. An anchor further to the right of the same sighting is not
 * looked at again: the first part that agrees is the anchor. */
static bool sight(const struct name_text *text, const struct parts *parts, size_t word,
                  struct name_sighting *sighting)
{
    for (size_t part = 0; part < parts->count; part++) {
        if (text->hashes[word] != parts->hashes[part] ||
            !bytes_equal(name_word_key(&text->words[word]), parts->keys[part]))
            continue;
        struct alignment alignment = { .same = 1, .lowest = part, .first = word, .last = word };
        align_side(text, parts, part, word, false, &alignment);
        align_side(text, parts, part, word, true, &alignment);
        *sighting = alignment.sighting;
        sighting->kind = kind_of(text, parts, word, &alignment);
        sighting->same = alignment.same;
        sighting->word = word;
        sighting->start = text->words[alignment.first].start;
        sighting->end = text->words[alignment.last].end;
        sighting->is_capital_text = is_caps(&text->words[word]);
        if (sighting->kind != SIGHTING_NONE)
            return true;
    }
    return false;
}

static inline bool may_be_part(const struct name_text *text, const struct parts *parts, size_t word)
{
    return (parts->mask >> (text->hashes[word] & 63)) & 1;
}

void name_text_next(const struct name_text *text, const struct name *name, size_t from,
                    struct name_sighting *sighting)
{
    struct parts parts = parts_of(name);
    for (size_t word = from; word < text->count; word++)
        if (may_be_part(text, &parts, word) && sight(text, &parts, word, sighting))
            return;
    *sighting = (struct name_sighting){ 0 };
}

void name_text_best(const struct name_text *text, const struct name *name,
                    struct name_sighting *sighting)
{
    struct name_sighting found;
    struct parts parts = parts_of(name);
    *sighting = (struct name_sighting){ 0 };
    for (size_t word = 0; word < text->count; word++)
        if (may_be_part(text, &parts, word) && sight(text, &parts, word, &found) &&
            found.kind > sighting->kind) {
            *sighting = found;
            if (found.kind == SIGHTING_SAME)
                return;
        }
}

void words_flatten(char *words)
{
    size_t kept = 0;
    for (size_t i = 0; words != NULL && words[i] != 0; i++) {
        bool is_blank = strchr(" \n\r\t", words[i]) != NULL;
        if (!is_blank || (kept > 0 && words[kept - 1] != ' '))
            words[kept++] = is_blank ? ' ' : words[i];
    }
    if (words != NULL)
        words[kept] = 0;
}
