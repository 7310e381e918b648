#include "mention/description.h"

#include "mention/reference.h"
#include "text/field.h"
#include "text/tokenize.h"

enum { REACH_BEFORE = 9, REACH_AFTER = 12, NAME_WORDS_MAX = 5 };

static const struct said *word_at(const struct saying *saying, size_t at)
{
    return &saying->at[at < saying->count ? at : saying->count];
}

static bool kind_of(struct bytes key, enum described_kind *kind, bool *is_plural)
{
    static const struct {
        const char *one, *several;
        enum described_kind kind;
    } nouns[] = {
        { "cable telegram dispatch telegrama despacho", "cables telegrams dispatches telegramas",
          DESCRIBED_CABLE },
        { "email correo", "emails correos", DESCRIBED_EMAIL },
        { "memo memorandum memorando", "memos memoranda memorandos", DESCRIBED_MEMO },
        { "assessment document message scenesetter report note letter informe documento",
          "assessments documents messages reports notes letters", DESCRIBED_DOCUMENT },
    };
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++) {
        *kind = nouns[i].kind;
        *is_plural = word_is_among(key, nouns[i].several);
        if (*is_plural || word_is_among(key, nouns[i].one))
            return true;
    }
    return false;
}

/* "e-mail" is two words. */
static bool noun_at(const struct saying *saying, size_t at, struct description *description)
{
    const struct said *said = word_at(saying, at);
    bool is_mail = word_is_among(said->key, "mail mails") && (said->gap & GAP_HYPHEN) != 0 &&
                   at > 0 && said_is(saying, at - 1, "e");
    if (is_mail) {
        description->kind = DESCRIBED_EMAIL;
        description->is_plural = bytes_is(said->key, "mails");
        description->first = at - 1;
        return true;
    }
    description->first = at;
    return kind_of(said->key, &description->kind, &description->is_plural);
}

static uint8_t class_at(const struct saying *saying, size_t at)
{
    if (said_is_among(saying, at, "secret secreto secreta"))
        return at > 0 && said_is(saying, at - 1, "top") ? 4 : 3;
    if (said_is_among(saying, at, "confidential confidencial"))
        return 2;
    return said_is(saying, at, "unclassified") ? 1 : 0;
}

static bool is_breaking(const struct said *said)
{
    return (said->gap & GAP_BREAKS & ~GAP_STOP) != 0 || (said->gap & GAP_EDGE) != 0;
}

/* Back over class words, a date and names to the article. */
static void read_before(const struct saying *saying, size_t noun, struct description *description)
{
    size_t low = description->first > REACH_BEFORE ? description->first - REACH_BEFORE : 0;
    size_t at = description->first;
    for (; at > low && !is_breaking(&saying->at[at]); at--) {
        if (said_is_among(saying, at - 1, "a an the un una el another this that its")) {
            at--;
            break;
        }
        struct bytes key = saying->at[at - 1].key;
        bool is_noun = word_is_small(key) && (saying->at[at - 1].flags & TOKEN_CAPITAL) == 0 &&
                       (saying->at[at - 1].flags & TOKEN_NUMBER) == 0;
        if (is_noun)
            break;
    }
    size_t from = at;
    for (; at < noun; at++) {
        uint8_t rank = class_at(saying, at);
        struct period period;
        if (rank != 0) {
            description->class_rank = rank;
            description->class_words = (struct words_named){ rank == 4 ? at - 1 : at, at + 1 };
        }
        size_t words = description->date.words == 0 ? period_read(saying, at, &period) : 0;
        if (words > 0 && at + words <= noun && period.kind <= PERIOD_YEAR) {
            description->date = period;
            at += words - 1;
        }
        if (said_is(saying, at, "embassy"))
            description->is_embassy = true;
    }
    bool says_something = description->class_rank != 0 || description->date.words > 0;
    bool has_article = said_is_among(saying, from, "a an the un una el another this that its");
    if (says_something || has_article)
        description->first = from;
}

/* "the US embassy in X", "Port Leone", "General Aguasanta": capitals with small words between. */
static struct words_named read_name(const struct saying *saying, size_t at)
{
    struct words_named name = { at, 0 };
    if (said_is_among(saying, at, "the el la")) {
        at++;
        name.first++;
    }
    for (; at < saying->count && at < name.first + NAME_WORDS_MAX; at++) {
        const struct said *said = &saying->at[at];
        bool opens = at == name.first || (said->gap & (GAP_BREAKS | GAP_COMMA)) == 0;
        bool is_body = said_is_among(saying, at, "embassy consulate mission embajada consulado");
        bool is_link = name.end != 0 && said_is_among(saying, at, "in of de en to") &&
                       said_is_among(saying, at - 1, "embassy consulate embajada consulado");
        if (!opens || ((said->flags & TOKEN_CAPITAL) == 0 && !is_body && !is_link))
            break;
        if ((said->flags & TOKEN_NUMBER) != 0)
            break;
        if (!is_link)
            name.end = at + 1;
    }
    return name;
}

static bool is_dated(const struct saying *saying, size_t at, struct period *period)
{
    size_t words = period_read(saying, at, period);
    return words > 0 && period->kind <= PERIOD_YEAR;
}

static void take_origin(const struct saying *saying, struct words_named name,
                        struct description *description)
{
    description->origin = name;
    for (size_t i = name.first; i < name.end; i++) {
        description->is_embassy |= said_is_among(saying, i, "embassy embajada");
        description->is_consulate |= said_is_among(saying, i, "consulate consulado");
    }
}

/* "by the US embassy", "from Port Leone", "to Dorath", "of February 13", "dated ...". */
static void read_after(const struct saying *saying, size_t noun, struct description *description)
{
    size_t at = noun + 1, end = at + REACH_AFTER;
    while (at < end && at < saying->count && !is_breaking(&saying->at[at]) &&
           (saying->at[at].gap & GAP_STOP) == 0) {
        struct period period = { 0 };
        bool is_source = said_is_among(saying, at, "by from of del de por");
        bool is_date = said_is_among(saying, at, "of dated on from del de in");
        size_t next = at + 1;
        if (said_is_among(saying, at, "sent dated written classified marked")) {
            uint8_t rank = class_at(saying, said_is(saying, next, "top") ? next + 1 : next);
            if (rank != 0) {
                description->class_rank = rank;
                description->class_words = (struct words_named){ next, next + 1 + (rank == 4) };
                next = description->class_words.end;
            }
            if (!said_is(saying, at, "dated")) {
                at = next;
                continue;
            }
        }
        if (is_date && description->date.words == 0 && is_dated(saying, next, &period)) {
            description->date = period;
            at = next + period.words;
        } else if (is_source && description->origin.end == 0) {
            struct words_named name = read_name(saying, next);
            if (name.end == 0)
                return;
            take_origin(saying, name, description);
            at = name.end;
        } else if (said_is_among(saying, at, "to a") && description->recipient.end == 0) {
            struct words_named name = read_name(saying, next);
            if (name.end == 0)
                return;
            description->recipient = name;
            at = name.end;
        } else {
            return;
        }
        description->last = at;
    }
}

bool description_read(const struct saying *saying, size_t noun, struct description *description)
{
    *description = (struct description){ .noun = noun };
    if (noun >= saying->count || !noun_at(saying, noun, description))
        return false;
    description->last = noun + 1;
    read_before(saying, noun, description);
    read_after(saying, noun, description);
    bool is_origin =
        description->origin.end != 0 && (description->kind != DESCRIBED_DOCUMENT ||
                                         description->is_embassy || description->is_consulate);
    bool is_said = description->class_rank != 0 || is_origin ||
                   (description->date.words > 0 && description->kind != DESCRIBED_DOCUMENT) ||
                   (description->date.words > 0 && description->origin.end != 0) ||
                   (description->recipient.end != 0 && description->kind == DESCRIBED_EMAIL);
    description->start = saying->at[description->first].start;
    description->end = saying->at[description->last - 1].end;
    return is_said;
}
