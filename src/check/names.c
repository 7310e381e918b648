#include "check/names_case.h"
#include "check/names_found.h"

#include "check/kinds.h"
#include "mention/name_table.h"

enum { COMMON_PARTS = 3, LONE_LETTERS = 6, NEAR_PLACES = 48 };

/* One distinct name under judgement. */
struct naming {
    const struct names_case *of;
    const struct case_name *one;
    struct bytes words;      /* as the story has them */
    struct bytes known;      /* the word that stands in the document instead */
    struct bytes known_name; /* the name as it stands there */
    struct bytes written;    /* the story's word */
    enum spelling spelling;
    uint64_t written_parts; /* how many parts of the archive hold the story's word */
};

static struct bytes folded(struct arena *arena, struct bytes word)
{
    struct name_word read;
    if (!name_word_next(word, 0, (uint32_t)word.len, &read))
        return (struct bytes){ 0 };
    return arena_copy(arena, name_word_key(&read));
}

static const char *difference_message(const struct naming *naming, const char *where)
{
    struct arena *arena = naming->of->run->arena;
    char letters[96];
    spelling_words(folded(arena, naming->written), folded(arena, naming->known), letters,
                   sizeof letters);
    char *made =
        arena_print(arena, "\"%.*s\" stands%s as \"%.*s\"%s%s", (int)naming->words.len,
                    (const char *)naming->words.at, where, (int)naming->known_name.len,
                    (const char *)naming->known_name.at, letters[0] != 0 ? ": " : "", letters);
    words_flatten(made);
    return made != NULL ? made : "the name is spelled otherwise";
}

static enum status state(const struct naming *naming, enum check_verdict verdict,
                         enum stet_severity severity, const char *message,
                         const struct cited *cited, struct fault *fault)
{
    const struct name *name = &naming->one->name;
    return run_add_finding(naming->of->run, STATEMENT_NAME, name->start, name->end, verdict,
                           severity, message, cited, fault);
}

static enum status cite_sighting(const struct naming *naming, struct cited *cited,
                                 struct fault *fault)
{
    const struct case_text *text = &naming->of->texts[naming->one->text];
    const struct name_sighting *sighting = &naming->one->sighting;
    uint32_t end = sighting->end > sighting->start ? sighting->end : sighting->start + 1;
    return held_cite(naming->of->run, text->held, sighting->start, end, cited, fault);
}

static bool is_doubtful(const struct naming *naming)
{
    const struct held *held = naming->of->texts[naming->one->text].held;
    return span_covering(held->spans, held->span_count, SPAN_DOUBTFUL,
                         naming->one->sighting.start) != NULL;
}

/* Whether the story itself writes the document's word too: then the two forms are told as such. */
static bool story_has(const struct naming *naming, struct bytes known)
{
    struct name_word word;
    struct bytes text = naming->of->run->answer->story.text;
    struct bytes key = folded(naming->of->run->arena, known);
    for (uint32_t at = 0; name_word_next(text, at, (uint32_t)text.len, &word); at = word.next)
        if (bytes_equal(name_word_key(&word), key))
            return true;
    return false;
}

static bool is_person(const struct name *name)
{
    return name->kind == NAME_PERSON;
}

/* A fix needs literal letters at an identified place, another part that agrees, and a form that
 * stands nowhere; where the story's word is a word of the archive, it may be somebody else. */
static enum stet_severity severity_of_slip(const struct naming *naming)
{
    const struct name_sighting *sighting = &naming->one->sighting;
    bool is_literal = spelling_is_slip(naming->spelling) && !is_doubtful(naming);
    if (!is_person(&naming->one->name) || !is_literal)
        return STET_QUERY;
    if (naming->spelling == SPELLING_TWO && sighting->same < 2)
        return STET_QUERY;
    return naming->written_parts >= COMMON_PARTS && sighting->same < 2 ? STET_QUERY : STET_FIX;
}

static enum status fill_slip(struct naming *naming, struct fault *fault)
{
    const struct name_sighting *sighting = &naming->one->sighting;
    const struct name_part *part = &naming->one->name.parts[sighting->part];
    struct bytes shown = naming->of->texts[naming->one->text].held->shown;
    struct bytes story = naming->of->run->answer->story.text;
    naming->written = bytes_slice(story, part->start, part->end - part->start);
    naming->known =
        bytes_slice(shown, sighting->other_start, sighting->other_end - sighting->other_start);
    naming->known_name = bytes_slice(shown, sighting->start, sighting->end - sighting->start);
    naming->spelling = sighting->spelling;
    return found_count(naming->of->run, name_part_key(part), &naming->written_parts, fault);
}

static bool is_another_ending(const struct naming *naming)
{
    struct arena *arena = naming->of->run->arena;
    return !is_person(&naming->one->name) &&
           spelling_is_inflected(folded(arena, naming->written), folded(arena, naming->known));
}

/* *said: a statement was made. */
static enum status judge_slip(struct naming *naming, bool *said, struct fault *fault)
{
    struct cited cited;
    TRY(fill_slip(naming, fault));
    *said = false;
    if (is_another_ending(naming))
        return OK;
    *said = true;
    if (!is_person(&naming->one->name) && story_has(naming, naming->known))
        return OK;
    TRY(cite_sighting(naming, &cited, fault));
    return state(naming, CHECK_DIFFERS, severity_of_slip(naming),
                 difference_message(naming, " in the document"), &cited, fault);
}

static enum status judge_surname(struct naming *naming, struct fault *fault)
{
    const struct name_sighting *sighting = &naming->one->sighting;
    struct bytes shown = naming->of->texts[naming->one->text].held->shown;
    struct cited cited;
    struct bytes known = bytes_slice(shown, sighting->start, sighting->other_end - sighting->start);
    TRY(cite_sighting(naming, &cited, fault));
    char *made = arena_print(naming->of->run->arena,
                             "the document names \"%.*s\": another surname, or another person?",
                             (int)known.len, (const char *)known.at);
    words_flatten(made);
    return state(naming, CHECK_DIFFERS, STET_QUERY, made != NULL ? made : "another surname?",
                 &cited, fault);
}

/* The words of the name without part `left_out`, the longer side of it. */
static enum status remainder_of(const struct naming *naming, size_t left_out, bool *is_behind,
                                struct arena *arena, struct found_words *words, struct fault *fault)
{
    const struct name *name = &naming->one->name;
    struct bytes story = naming->of->run->answer->story.text;
    const struct name_part *part = &name->parts[left_out];
    uint32_t before = part->start - name->start, behind = name->end - part->end;
    *is_behind = behind >= before;
    uint32_t start = *is_behind ? part->end : name->start;
    uint32_t end = *is_behind ? name->end : part->start;
    return found_words_make(bytes_slice(story, start, end - start), arena, words, fault);
}

/* The archive's word where the story's stands, beside the rest of the name. */
static enum status read_near(struct naming *naming, const struct found_place *place, bool is_behind,
                             size_t rest, struct bytes key, bool *is_near, struct fault *fault)
{
    struct window window;
    struct arena *arena = naming->of->run->arena;
    TRY(found_window(naming->of->run, place, 1, (uint32_t)rest + 1, arena, &window, fault));
    uint32_t wanted = is_behind ? place->position - 1 : place->position + (uint32_t)rest;
    uint32_t first = place->position;
    *is_near = false;
    if ((is_behind && place->position == 0) || wanted < window.first ||
        wanted - window.first >= window.count)
        return OK;
    const struct window_word *word = &window.words[wanted - window.first];
    if (word->key_count == 0 || !(word->flags & TOKEN_CAPITAL) ||
        word->state != 0 /* doubtful or withheld */)
        return OK;
    enum spelling spelling = spelling_compare(key, word->keys[0]);
    if (spelling == SPELLING_SAME || spelling == SPELLING_OTHER)
        return OK;
    const struct window_word *low = &window.words[(is_behind ? wanted : first) - window.first];
    uint32_t last = is_behind ? first + (uint32_t)rest - 1 : wanted;
    const struct window_word *high = &window.words[last - window.first];
    naming->known = window_bytes(&window, word->start, word->end);
    naming->known_name = window_bytes(&window, low->start, high->end);
    naming->spelling = spelling;
    *is_near = true;
    return OK;
}

static enum status cite_place_found(const struct naming *naming, const struct found_place *place,
                                    struct cited *cited, struct fault *fault)
{
    struct window window;
    const struct held *held;
    struct run *run = naming->of->run;
    TRY(found_window(run, place, 0, 1, run->arena, &window, fault));
    TRY(held_part(run, window.part.document, window.part.part, &held, fault));
    *cited = (struct cited){ .document = window.part.document };
    if (held == NULL || place->position < window.first ||
        place->position - window.first >= window.count)
        return OK;
    const struct window_word *word = &window.words[place->position - window.first];
    return held_cite(run, held, window.base + word->start, window.base + word->end, cited, fault);
}

/* A word that stands nowhere in the archive, beside a rest that does: is there one like it? */
static enum status judge_near_part(struct naming *naming, size_t index, bool *said,
                                   struct fault *fault)
{
    const struct name_part *part = &naming->one->name.parts[index];
    struct bytes story = naming->of->run->answer->story.text;
    struct found_words rest;
    struct found_places places;
    bool is_behind, is_near = false;
    uint64_t parts;
    SCOPED(arena_release) struct arena arena = { 0 };
    TRY(found_count(naming->of->run, name_part_key(part), &parts, fault));
    if (parts > 0)
        return OK;
    TRY(remainder_of(naming, index, &is_behind, &arena, &rest, fault));
    if (rest.count == 0)
        return OK;
    TRY(found_phrase(naming->of->run, &rest, NEAR_PLACES, 2, &places, fault));
    naming->written = bytes_slice(story, part->start, part->end - part->start);
    for (size_t i = 0; i < places.count && !is_near; i++) {
        struct cited cited;
        TRY(read_near(naming, &places.at[i], is_behind, rest.count, name_part_key(part), &is_near,
                      fault));
        if (!is_near || is_another_ending(naming))
            continue;
        *said = true;
        if (!is_person(&naming->one->name) && story_has(naming, naming->known))
            return OK;
        TRY(cite_place_found(naming, &places.at[i], &cited, fault));
        return state(naming, CHECK_DIFFERS, STET_QUERY,
                     difference_message(naming, " in the archive"), &cited, fault);
    }
    return OK;
}

static enum status judge_near(struct naming *naming, bool *said, struct fault *fault)
{
    const struct name *name = &naming->one->name;
    for (size_t i = 0; i < name->part_count && !*said && name_weight(name) >= 2; i++) {
        const struct name_part *part = &name->parts[i];
        if (!part->is_link && !part->is_initial && part->key_len >= 4)
            TRY(judge_near_part(naming, i, said, fault));
    }
    return OK;
}

/* Two parts of the name, one behind the other, stand in the archive: the story has the fuller form.
 */
static enum status has_shorter(const struct naming *naming, bool *has, struct fault *fault)
{
    const struct name *name = &naming->one->name;
    const struct name_part *before = NULL;
    struct bytes story = naming->of->run->answer->story.text;
    SCOPED(arena_release) struct arena arena = { 0 };
    *has = false;
    for (size_t i = 0; is_person(name) && i < name->part_count && !*has; i++) {
        const struct name_part *part = &name->parts[i];
        if (part->is_link)
            continue;
        if (before != NULL && name_weight(name) > 2) {
            struct found_words words;
            struct found_places places;
            TRY(found_words_make(bytes_slice(story, before->start, part->end - before->start),
                                 &arena, &words, fault));
            TRY(found_phrase(naming->of->run, &words, 1, 1, &places, fault));
            *has = places.count > 0;
        }
        before = part;
    }
    return OK;
}

static enum status is_held(const struct naming *naming, bool *held, struct fault *fault)
{
    struct found_words words;
    struct found_places places;
    SCOPED(arena_release) struct arena arena = { 0 };
    TRY(found_words_make(naming->words, &arena, &words, fault));
    TRY(found_phrase(naming->of->run, &words, 1, 1, &places, fault));
    *held = places.count > 0;
    return OK;
}

static enum status judge_one(struct naming *naming, struct fault *fault)
{
    const struct name_sighting *sighting = &naming->one->sighting;
    bool held = false, said = false;
    struct cited cited;
    size_t weight = name_weight(&naming->one->name);
    if (sighting->kind == SIGHTING_SAME) {
        TRY(cite_sighting(naming, &cited, fault));
        return state(naming, CHECK_AS_IN_ARCHIVE, STET_NONE, "", &cited, fault);
    }
    TRY(is_held(naming, &held, fault));
    if (held)
        return state(naming, CHECK_AS_IN_ARCHIVE, STET_NONE, "", NULL, fault);
    if (sighting->kind == SIGHTING_SLIP)
        TRY(judge_slip(naming, &said, fault));
    if (!said && weight >= 2)
        TRY(judge_near(naming, &said, fault));
    if (said)
        return OK;
    if (sighting->kind == SIGHTING_SURNAME && is_person(&naming->one->name))
        return judge_surname(naming, fault);
    TRY(has_shorter(naming, &held, fault));
    bool is_fuller = sighting->kind == SIGHTING_SHORTER && is_person(&naming->one->name);
    if (held || is_fuller)
        return state(naming, CHECK_AS_IN_ARCHIVE, STET_NONE, "", NULL, fault);
    return state(naming, CHECK_ABSENT, STET_NONE, "", NULL, fault);
}

enum status names_state(const struct names_case *of, struct fault *fault)
{
    for (size_t i = 0; i < of->count; i++) {
        const struct case_name *one = &of->names[i];
        if (one->same_as != CASE_NONE || (one->fuller != CASE_NONE && name_weight(&one->name) == 1))
            continue;
        struct naming naming = { .of = of, .one = one, .words = case_words(of, &one->name) };
        TRY(judge_one(&naming, fault));
    }
    return OK;
}
