#include "mention/name.h"

#include "mention/name_run.h"

static const uint32_t title_classes = WORD_OFFICE | WORD_SHORT_TITLE | WORD_COURTESY;
enum { SMALL_BITS = 14, CAPITALS_AROUND = 3 };

static uint32_t small_slot(struct bytes key)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ key.at[i]) * 16777619u;
    return (hash ^ (hash >> SMALL_BITS)) & ((1u << SMALL_BITS) - 1);
}

static bool is_small_elsewhere(const struct name_reader *reader, struct bytes key)
{
    uint32_t slot = small_slot(key);
    return (reader->small[slot / 64] >> (slot % 64)) & 1;
}

void name_reader_begin(struct name_reader *reader, struct bytes text, uint32_t start, uint32_t end)
{
    struct name_word word;
    if (end > text.len)
        end = (uint32_t)text.len;
    *reader = (struct name_reader){ .text = text, .at = start, .end = end, .begin = start };
    for (uint32_t at = start; name_word_next(text, at, end, &word); at = word.next) {
        uint32_t slot = small_slot(name_word_key(&word));
        if (!(word.flags & (NAME_WORD_CAPITAL | NAME_WORD_NUMBER)))
            reader->small[slot / 64] |= 1ull << (slot % 64);
    }
}

/* Whether the words around are in capitals too: then capitals tell nothing. */
static bool is_capitals_text(const struct name_reader *reader, const struct name_word *word)
{
    unsigned capitals = 0, small = 0;
    struct name_word other;
    uint32_t at = word->next;
    for (int i = 0; i < CAPITALS_AROUND && name_word_next(reader->text, at, reader->end, &other);
         i++, at = other.next) {
        capitals += (other.flags & NAME_WORD_ALL_CAPS) != 0;
        small += !(other.flags & (NAME_WORD_CAPITAL | NAME_WORD_NUMBER));
    }
    at = word->start;
    for (int i = 0; i < CAPITALS_AROUND && name_word_before(reader->text, at, 0, &other);
         i++, at = other.start) {
        capitals += (other.flags & NAME_WORD_ALL_CAPS) != 0;
        small += !(other.flags & (NAME_WORD_CAPITAL | NAME_WORD_NUMBER));
    }
    return small == 0 && capitals >= 3;
}

static bool run_add(struct name_run *run, const struct name_word *word, bool is_link)
{
    if (run->count == NAME_RUN_MAX)
        return false;
    run->at[run->count++] =
        (struct run_word){ *word, name_word_classes(name_word_key(word)), is_link };
    return true;
}

static bool run_has(const struct name_run *run, uint32_t classes)
{
    for (size_t i = 0; i < run->count; i++)
        if (run->at[i].classes & classes)
            return true;
    return false;
}

/* Whether words with this between them may be one name. */
static bool is_joined(const struct run_word *before, const struct name_word *word)
{
    if (word->gap == NAME_GAP_BLANK || word->gap == NAME_GAP_LINE || word->gap == NAME_GAP_HYPHEN)
        return true;
    bool is_short = (before->word.flags & NAME_WORD_INITIAL) ||
                    (before->classes & (WORD_SHORT_TITLE | WORD_COURTESY));
    if (word->gap == NAME_GAP_STOP && (before->word.flags & NAME_WORD_DOT) && is_short)
        return true;
    return word->gap == NAME_GAP_NONE;
}

static bool may_link(const struct name_run *run, const struct name_word *link, uint32_t classes)
{
    static const uint32_t completed = WORD_BODY | WORD_PLACE_HEAD | WORD_OFFICE;
    struct bytes key = name_word_key(link);
    if (bytes_is(key, "of"))
        return run_has(run, completed);
    if (bytes_is(key, "for") || bytes_is(key, "to") || bytes_is(key, "the") || bytes_is(key, "and"))
        return run_has(run, WORD_BODY | WORD_OFFICE);
    return (classes & WORD_PARTICLE) || bytes_is(key, "y");
}

/* Small words and the capital behind them ("de la Torre", "of Foreign Affairs"); the last word
 * read is *word. */
static bool take_links(const struct name_reader *reader, struct name_run *run,
                       struct name_word *word)
{
    struct name_word links[3];
    size_t count = 0;
    bool is_and = false;
    while (!(word->flags & NAME_WORD_CAPITAL)) {
        uint32_t classes = name_word_classes(name_word_key(word));
        if (count == 3 || (word->flags & NAME_WORD_NUMBER) || word->gap > NAME_GAP_LINE ||
            !(classes & (WORD_LINK | WORD_PARTICLE)) || !may_link(run, word, classes))
            return false;
        is_and =
            is_and || bytes_is(name_word_key(word), "and") || bytes_is(name_word_key(word), "y");
        links[count++] = *word;
        if (!name_word_next(reader->text, word->next, reader->end, word))
            return false;
    }
    uint32_t classes = name_word_classes(name_word_key(word));
    bool was_linked = false;
    for (size_t i = 0; i < run->count; i++)
        was_linked |= run->at[i].is_link;
    if (word->gap > NAME_GAP_LINE || (word->flags & NAME_WORD_ALL_CAPS))
        return false;
    if (is_and && (!was_linked || (classes & (WORD_GIVEN | title_classes | WORD_BODY))))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!run_add(run, &links[i], true))
            return false;
    return true;
}

static bool stands_behind_title(const struct name_reader *reader, const struct name_word *first)
{
    struct name_word before;
    if (!name_word_before(reader->text, first->start, 0, &before))
        return false;
    uint32_t classes = name_word_classes(name_word_key(&before));
    bool is_short = (classes & (WORD_SHORT_TITLE | WORD_COURTESY)) && before.gap == NAME_GAP_STOP &&
                    (before.flags & NAME_WORD_DOT);
    return is_short || (before.gap <= NAME_GAP_LINE && (classes & title_classes));
}

static void run_collect(const struct name_reader *reader, const struct name_word *first,
                        struct name_run *run)
{
    struct name_word word = *first;
    *run = (struct name_run){ .opens_sentence = first->gap >= NAME_GAP_STOP };
    run->first_is_small = is_small_elsewhere(reader, name_word_key(first));
    run->has_title = stands_behind_title(reader, first);
    run_add(run, first, false);
    while (name_word_next(reader->text, word.next, reader->end, &word) &&
           is_joined(&run->at[run->count - 1], &word)) {
        if (!(word.flags & NAME_WORD_CAPITAL) && !take_links(reader, run, &word))
            break;
        if ((word.flags & NAME_WORD_NUMBER) || !run_add(run, &word, false))
            break;
    }
    const struct run_word *last = &run->at[run->count - 1];
    struct name_word behind;
    if (name_word_next(reader->text, last->word.next, reader->end, &behind))
        run->is_followed = behind.gap <= NAME_GAP_COMMA &&
                           (name_word_classes(name_word_key(&behind)) & WORD_SAYING) != 0;
}

/* In capitals: what stands behind a title, or begins with a given name, up to three words that are
 * in no table. */
static bool run_collect_capitals(const struct name_reader *reader, const struct name_word *first,
                                 struct name_run *run)
{
    struct name_word word = *first;
    *run = (struct name_run){ .is_capitals = true };
    run->has_title = stands_behind_title(reader, first);
    uint32_t classes = name_word_classes(name_word_key(first));
    if (!(classes & WORD_GIVEN) && (!run->has_title || classes != 0))
        return false;
    run_add(run, first, false);
    while (run->count < 4 && name_word_next(reader->text, word.next, reader->end, &word) &&
           is_joined(&run->at[run->count - 1], &word)) {
        classes = name_word_classes(name_word_key(&word));
        bool is_part = (classes & ~(WORD_GIVEN | WORD_PARTICLE | WORD_LINK)) == 0;
        if (!is_part || (classes & WORD_OPENER) || (word.flags & NAME_WORD_NUMBER))
            break;
        run_add(run, &word, (classes & WORD_PARTICLE) != 0);
    }
    return run->count > 1 || run->has_title;
}

static void name_add_part(struct name *name, const struct run_word *word)
{
    if (name->part_count == NAME_PARTS_MAX)
        return;
    struct name_part *part = &name->parts[name->part_count++];
    *part = (struct name_part){ .start = word->word.start,
                                .end = word->word.end,
                                .is_initial = (word->word.flags & NAME_WORD_INITIAL) != 0,
                                .is_link = word->is_link,
                                .key_len = word->word.key_len };
    memcpy(part->key, word->word.key, word->word.key_len);
}

static void name_make(const struct name_run *run, const struct run_piece *piece, struct name *name)
{
    *name = (struct name){ .kind = piece->kind,
                           .start = run->at[piece->first].word.start,
                           .end = run->at[piece->last - 1].word.end,
                           .opens_sentence = piece->first == 0 && run->opens_sentence,
                           .is_capitals = run->is_capitals,
                           .has_title = piece->has_title };
    for (size_t i = piece->first; i < piece->last; i++)
        name_add_part(name, &run->at[i]);
    if (name->kind != NAME_PERSON)
        return;
    for (size_t i = piece->first; i < piece->last; i++, name->given_count++)
        if (!(run->at[i].classes & WORD_GIVEN) && !(run->at[i].word.flags & NAME_WORD_INITIAL))
            break;
    if (name->given_count >= name_weight(name) && name->given_count > 0)
        name->given_count = name_weight(name) > 1 ? name_weight(name) - 1 : 0;
    if (name->given_count == 0 && !name->has_title && name_weight(name) > 1)
        name->given_count = 1;
}

void name_reader_turn(struct name_reader *reader, uint32_t start, uint32_t end)
{
    reader->at = reader->begin = start;
    reader->end = end < reader->text.len ? end : (uint32_t)reader->text.len;
}

bool name_reader_next(struct name_reader *reader, struct name *name)
{
    struct name_word word;
    struct name_run run;
    struct run_piece piece;
    size_t next;
    while (name_word_next(reader->text, reader->at, reader->end, &word)) {
        if (reader->at == reader->begin)
            word.gap = NAME_GAP_BREAK;
        reader->at = word.next;
        if (!(word.flags & NAME_WORD_CAPITAL) || (word.flags & NAME_WORD_NUMBER))
            continue;
        bool is_capitals = (word.flags & NAME_WORD_ALL_CAPS) && is_capitals_text(reader, &word);
        if (!is_capitals)
            run_collect(reader, &word, &run);
        else if (!run_collect_capitals(reader, &word, &run))
            continue;
        bool is_name = run_cut(&run, &piece, &next);
        reader->at = next > 0 ? run.at[next - 1].word.next : word.next;
        if (!is_name)
            continue;
        name_make(&run, &piece, name);
        return true;
    }
    return false;
}

size_t name_weight(const struct name *name)
{
    size_t weight = 0;
    for (size_t i = 0; i < name->part_count; i++)
        weight += !name->parts[i].is_link && !name->parts[i].is_initial;
    return weight;
}
