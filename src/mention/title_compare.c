#include "mention/title.h"

#include "mention/name_table.h"

enum { RANK_DEPUTY = 1, RANK_ASSISTANT = 2, RANK_FORMER = 4 };

static struct bytes word_key(const struct title_word *word)
{
    return (struct bytes){ word->key, word->len };
}

/* Words that say for what or for whom; countries and peoples aside, which titles name or not as
 * they please. */
static bool is_topic(const struct title_word *word)
{
    struct bytes key = word_key(word);
    bool is_country = (name_word_classes(key) & (WORD_NATION | WORD_PLACE)) != 0;
    static const char *const vague[] = { "united", "mexico", "national", "public", "affair",
                                         "system", "gom",    "interim",  "office" };
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
        if (bytes_is(key, vague[i]))
            return false;
    return !is_country;
}

static size_t topics_of(const struct title *title)
{
    size_t count = 0;
    for (size_t i = 0; i < title->word_count; i++)
        count += is_topic(&title->words[i]);
    return count;
}

/* Topics in words: what an acronym stands for is not known here. */
static size_t plain_topics_of(const struct title *title)
{
    size_t count = 0;
    for (size_t i = 0; i < title->word_count; i++)
        count += is_topic(&title->words[i]) && !title->words[i].is_acronym;
    return count;
}

static bool share_topic(const struct title *a, const struct title *b)
{
    for (size_t i = 0; i < a->word_count; i++)
        if (is_topic(&a->words[i]) && title_has_word(b, word_key(&a->words[i])))
            return true;
    return false;
}

/* An ambassador's country is what the office is about. */
static bool other_country(const struct title *a, const struct title *b)
{
    const struct title_word *one = NULL, *other = NULL;
    if (!bytes_is(word_key(&a->head), "ambassador"))
        return false;
    for (size_t i = 0; i < a->word_count; i++)
        if (name_word_classes(word_key(&a->words[i])) & WORD_PLACE)
            one = &a->words[i];
    for (size_t i = 0; i < b->word_count; i++)
        if (name_word_classes(word_key(&b->words[i])) & WORD_PLACE)
            other = &b->words[i];
    return one != NULL && other != NULL && !bytes_equal(word_key(one), word_key(other));
}

static enum title_match same_head(const struct title *a, const struct title *b)
{
    static const uint8_t told = RANK_DEPUTY | RANK_ASSISTANT;
    bool has_topics = plain_topics_of(a) > 0 && plain_topics_of(b) > 0;
    if (other_country(a, b) || other_country(b, a))
        return TITLE_DIFFERS;
    if ((a->rank & told) != (b->rank & told))
        return has_topics && !share_topic(a, b) ? TITLE_CANNOT_TELL : TITLE_DIFFERS;
    if (!has_topics || share_topic(a, b))
        return TITLE_AGREES;
    return a->head_kind == TITLE_RANK ? TITLE_CANNOT_TELL : TITLE_DIFFERS;
}

/* Offices that nobody holds two of. A president of something (a bank, a committee) may be anything
 * besides. */
static bool is_exclusive(const struct title *title)
{
    static const char *const heads[] = { "president", "minister", "ambassador", "governor", "mayor",
                                         "judge",     "senator",  "legislator", "king" };
    struct bytes head = word_key(&title->head);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (bytes_is(head, heads[i]))
            return i > 0 || topics_of(title) == 0;
    return false;
}

enum title_match title_compare(const struct title *a, const struct title *b)
{
    if (a->head_kind == TITLE_COURTESY || b->head_kind == TITLE_COURTESY)
        return TITLE_CANNOT_TELL;
    if (bytes_equal(word_key(&a->head), word_key(&b->head)))
        return same_head(a, b);
    if ((a->rank & RANK_FORMER) || (b->rank & RANK_FORMER))
        return TITLE_MAY_AGREE;
    bool is_generic = a->head_kind == TITLE_GENERIC || b->head_kind == TITLE_GENERIC;
    if (is_generic && topics_of(a) > 0 && topics_of(b) > 0)
        return share_topic(a, b)                                  ? TITLE_AGREES
               : plain_topics_of(a) > 0 && plain_topics_of(b) > 0 ? TITLE_DIFFERS
                                                                  : TITLE_MAY_AGREE;
    if (is_generic || (a->head_kind == TITLE_RANK) != (b->head_kind == TITLE_RANK))
        return TITLE_CANNOT_TELL;
    if (a->head_kind == TITLE_RANK)
        return TITLE_DIFFERS;
    if (share_topic(a, b))
        return TITLE_MAY_AGREE;
    bool has_topics = plain_topics_of(a) > 0 && plain_topics_of(b) > 0;
    return has_topics || (is_exclusive(a) && is_exclusive(b)) ? TITLE_DIFFERS : TITLE_CANNOT_TELL;
}
