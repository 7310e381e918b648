#include "check/judge.h"

#include "story/cue.h"
#include "text/tokenize.h"

enum { WORDS_MAX = 24, REACH = 10, NEAR = 4, NAME_REACH = 6 };

/* The last words of a run, in its order. */
struct tail {
    struct token at[WORDS_MAX];
    size_t count;
    struct bytes text;
};

/* Words that, just before the traced ones, say that somebody did not say or hold them. */
static const char *const denials[] = { "denied",    "denies",    "denying",  "rejected",
                                       "rejects",   "refuted",   "disputed", "nego",
                                       "niega",     "desmintio", "rechazo",  "contrary",
                                       "allegedly", "rumored",   "rumoured", "supposedly" };

/* What the source leads in with, and what a story may not make of it. Words apart from each other
 * by blanks. */
struct lead_row {
    const char *source;
    const char *story[6];
    uint8_t reach;
};
static const struct lead_row lead_rows[] = {
    { "would like", { "advised", "recommended", "urged", "demanded", "ordered" }, REACH },
    { "hoped to", { "decided", "promised", "pledged", "agreed" }, REACH },
    { "hope to", { "decided", "promised", "pledged", "agreed" }, REACH },
    { "considering", { "decided", "ordered", "agreed" }, REACH },
    { "asked", { "ordered", "demanded" }, REACH },
    { "suggested", { "ordered", "demanded", "insisted" }, REACH },
    { "wondered", { "claimed", "insisted", "stated" }, REACH },
    { "feared", { "confirmed", "announced" }, REACH },
    { "may", { "will", "must" }, NEAR },
    { "might", { "will", "must" }, NEAR },
    { "could", { "will", "must" }, NEAR },
    { "quisiera", { "ordeno", "exigio" }, REACH },
    { "podria", { "debe" }, NEAR },
};

static struct tail tail_of(struct bytes text, size_t most)
{
    struct tail tail = { .text = text };
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_begin(&tokenizer, text, NULL, 0);
    while (tokenizer_next(&tokenizer, &token)) {
        if (token.flags & TOKEN_EXTRA)
            continue;
        if (tail.count == most)
            memmove(tail.at, tail.at + 1, --tail.count * sizeof *tail.at);
        tail.at[tail.count++] = token;
    }
    return tail;
}

static bool tail_holds_word(const struct tail *tail, struct bytes word, size_t at)
{
    return at < tail->count && bytes_equal(token_key(&tail->at[at]), word);
}

/* Whether words of one or two parts stand among the last `reach`. */
static bool tail_holds(const struct tail *tail, const char *words, size_t reach)
{
    struct bytes all = bytes_from_string(words);
    size_t blank = bytes_find_byte(all, ' ', 0);
    struct bytes first = bytes_slice(all, 0, blank == SIZE_MAX ? all.len : blank);
    struct bytes second =
        blank == SIZE_MAX ? (struct bytes){ 0 } : bytes_slice(all, blank + 1, all.len);
    for (size_t i = tail->count > reach ? tail->count - reach : 0; i < tail->count; i++)
        if (tail_holds_word(tail, first, i) &&
            (second.len == 0 || tail_holds_word(tail, second, i + 1)))
            return true;
    return false;
}

static bool tail_denies(const struct tail *tail)
{
    for (size_t i = 0; i < sizeof denials / sizeof *denials; i++)
        if (tail_holds(tail, denials[i], NEAR * 2))
            return true;
    return false;
}

static struct bytes story_before(const struct judgement *judgement)
{
    uint32_t start = judgement->quotation->lead_start, end = judgement->quotation->outer_start;
    return bytes_slice(judgement->story->text, start, end > start ? end - start : 0);
}

static bool story_denies(const struct judgement *judgement)
{
    const struct story_paragraph *paragraph =
        &judgement->story->paragraphs[judgement->quotation->paragraph];
    uint32_t end = judgement->quotation->end;
    struct tail before = tail_of(story_before(judgement), NEAR * 2);
    struct bytes rest =
        bytes_slice(judgement->story->text, end, paragraph->end > end ? paragraph->end - end : 0);
    struct tail after = tail_of(bytes_slice(rest, 0, 80), WORDS_MAX);
    return tail_denies(&before) || tail_denies(&after);
}

static struct finding question(const struct judgement *judgement, const char *code,
                               const char *message)
{
    return (struct finding){ .code = code,
                             .severity = STET_QUERY,
                             .verdict = CHECK_SPEAKER,
                             .story_start = judgement->quotation->start,
                             .story_end = judgement->quotation->end,
                             .message = bytes_from_string(message != NULL ? message
                                                                          : "read the lead-in") };
}

/* "would like" in the source, "advised" in the story. */
static bool lead_differs(const struct judgement *judgement, const struct tail *source,
                         struct finding *finding)
{
    struct tail story = tail_of(story_before(judgement), WORDS_MAX);
    for (size_t i = 0; i < sizeof lead_rows / sizeof *lead_rows; i++) {
        const struct lead_row *row = &lead_rows[i];
        if (!tail_holds(source, row->source, row->reach) ||
            tail_holds(&story, row->source, WORDS_MAX))
            continue;
        size_t reach = row->reach == NEAR ? NEAR : WORDS_MAX;
        for (size_t k = 0; k < 6 && row->story[k] != NULL; k++)
            if (tail_holds(&story, row->story[k], reach)) {
                const char *made = arena_print(
                    judgement->arena, "the source leads in with \"%s\", the story with \"%s\"",
                    row->source, row->story[k]);
                *finding = question(judgement, "A3", made);
                return true;
            }
    }
    return false;
}

/* Words that open a sentence before a verb of saying, and are no name: whoever says it has no name
 * there, or the name stands behind ("Ambassador Orsini said" is found at Orsini). */
static const char *const openers[] = {
    "ambassador",  "another",      "anyone",     "bishop",     "both",       "chairman",
    "chancellor",  "charge",       "church",     "colleague",  "colonel",    "commander",
    "comment",     "company",      "consul",     "contact",    "council",    "court",
    "defense",     "delegation",   "department", "deputy",     "director",   "each",
    "embassy",     "everybody",    "everyone",   "few",        "former",     "general",
    "government",  "governor",     "group",      "half",       "he",         "however",
    "it",          "judge",        "king",       "leadership", "many",       "mayor",
    "media",       "member",       "military",   "minister",   "ministry",   "mission",
    "most",        "neither",      "nobody",     "none",       "nor",        "office",
    "officer",     "official",     "opposition", "other",      "parliament", "party",
    "people",      "police",       "politician", "post",       "presidency", "president",
    "press",       "prime",        "prince",     "public",     "queen",      "representative",
    "rumor",       "secretariat",  "secretary",  "senator",    "she",        "sheikh",
    "some",        "somebody",     "someone",    "source",     "speaker",    "spokesman",
    "spokeswoman", "spokesperson", "staff",      "state",      "that",       "then",
    "they",        "this",         "those",      "union",      "what",       "which",
    "while",       "who",          "witness",    "woman",      "year",
};

static bool is_opener(const struct token *word)
{
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (bytes_is(token_key(word), openers[i]))
            return true;
    return word->key[word->key_len - 1] == 's' || (word->flags & TOKEN_ALL_CAPS);
}

/* Within a sentence a capital says that it is one; at its start only what is no common word, and
 * stands directly before the verb. */
static bool is_name(const struct token *word, bool is_beside)
{
    if (!(word->flags & TOKEN_CAPITAL) || word->key_len <= 3)
        return false;
    return !(word->flags & TOKEN_SENTENCE) || (is_beside && !is_opener(word));
}

/* The last name that stands before a verb of saying at the end of the lead-in. */
static struct bytes name_before_cue(const struct tail *tail)
{
    for (size_t i = tail->count; i-- > 1;) {
        const struct token *cue = &tail->at[i];
        if (!cue_is_verb(bytes_slice(tail->text, cue->start, cue->end - cue->start)))
            continue;
        for (size_t k = i; k-- > 0 && i - k <= NAME_REACH;) {
            const struct token *word = &tail->at[k];
            if (is_name(word, k + 1 == i))
                return bytes_slice(tail->text, word->start, word->end - word->start);
        }
        return (struct bytes){ 0 };
    }
    return (struct bytes){ 0 };
}

static bool other_speaks(const struct judgement *judgement, const struct tail *source,
                         struct finding *finding)
{
    const struct candidate *best = &judgement->trace->candidates[0];
    if (judgement->quotation->names_document || !judgement->quotation->has_cue)
        return false;
    bool inner = best->is_quoting && best->inner_speaker.len > 0;
    struct bytes name = inner ? best->inner_speaker : name_before_cue(source);
    if (name.len == 0 || story_names(judgement, name))
        return false;
    const char *made = arena_print(judgement->arena, "the source gives these words to \"%.*s\"",
                                   (int)name.len, (const char *)name.at);
    *finding = question(judgement, inner ? "A1" : "A3", made);
    return true;
}

bool speaker_judge(const struct judgement *judgement, const struct statement *statement,
                   struct finding *finding)
{
    if (statement->cited_count == 0)
        return false;
    struct bytes lead_in = statement->cited[0].lead_in;
    if (statement->cited[0].lead_in_is_before)
        lead_in = (struct bytes){ 0 };
    struct tail source = tail_of(lead_in, REACH);
    if (tail_denies(&source) && !story_denies(judgement)) {
        *finding =
            question(judgement, "A4",
                     "the source may report these words as denied or doubted: read its lead-in");
        return true;
    }
    return lead_differs(judgement, &source, finding) || other_speaks(judgement, &source, finding);
}
