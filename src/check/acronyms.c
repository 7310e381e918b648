#include "check/acronyms.h"

#include <ctype.h>

#include "check/held.h"
#include "check/kinds.h"
#include "check/names_found.h"
#include "mention/acronym.h"
#include "mention/date.h"

enum { STORY_ACRONYMS_MAX = 1000, PLACES_LOOKED_AT = 32, WORDS_AROUND = 14, BYTES_AROUND = 160 };

struct story_acronym {
    struct acronym acronym;
    bool is_quoted;
    bool is_cited; /* "(LJ, Nov. 25)": a source, not a body */
};

/* One acronym of the story with what it stands for, against the archive's pairs. */
struct pairing {
    struct run *run;
    const struct acronym *acronym;
    struct bytes full;
    bool agrees;
    struct acronym other; /* the archive's for the same words, len 0: none */
    bool other_is_slip;
    struct found_place place; /* of the pair */
    uint32_t start, end;      /* bytes of the part: the pair */
    uint64_t document;
    uint32_t part;
};

static bool is_cited(struct bytes text, const struct acronym *acronym)
{
    struct name_word word;
    uint32_t at = acronym->end;
    if (at >= text.len || text.at[at] != ',')
        return false;
    return name_word_next(text, at, (uint32_t)text.len, &word) &&
           month_from_word(bytes_slice(text, word.start, word.end - word.start)) > 0;
}

static size_t read_all(struct run *run, struct story_acronym *to)
{
    const struct story *story = &run->answer->story;
    size_t count = 0;
    for (size_t i = 0; i < story->paragraph_count; i++) {
        struct acronym_reader reader = { story->text, story->paragraphs[i].start,
                                         story->paragraphs[i].end };
        struct acronym acronym;
        if (story->paragraphs[i].is_heading)
            continue;
        while (count < STORY_ACRONYMS_MAX && acronym_next(&reader, &acronym))
            to[count++] =
                (struct story_acronym){ acronym, run_is_quoted(run, acronym.start, acronym.end),
                                        is_cited(story->text, &acronym) };
    }
    if (count == STORY_ACRONYMS_MAX)
        run->answer->story.cut = true;
    return count;
}

static bool same_letters(const struct acronym *a, const struct acronym *b)
{
    return strcmp(a->letters, b->letters) == 0;
}

/* Pairs in the words around one place; those with the story's words count. */
static enum status read_pairs(struct pairing *pairing, const struct found_place *place,
                              struct fault *fault)
{
    struct window window;
    struct acronym found;
    SCOPED(arena_release) struct arena arena = { 0 };
    TRY(found_window(pairing->run, place, 2, WORDS_AROUND, &arena, &window, fault));
    size_t index = place->position >= window.first ? place->position - window.first : 0;
    if (index >= window.count)
        return OK;
    uint32_t at = window.words[index].start;
    uint32_t low = at > BYTES_AROUND ? at - BYTES_AROUND : 0;
    while (low > 0 && (window.text.at[low] & 0x80))
        low--;
    uint32_t high = window.words[window.count - 1].end + 2;
    struct acronym_reader reader = { window.text, low,
                                     high < window.text.len ? high : (uint32_t)window.text.len };
    while (acronym_next(&reader, &found)) {
        if (!found.is_introduced || found.full_end <= found.full_start)
            continue;
        struct bytes full = window_bytes(&window, found.full_start, found.full_end);
        if (!acronym_same_words(full, pairing->full))
            continue;
        bool is_same = same_letters(&found, pairing->acronym);
        bool is_slip = acronym_is_slip(pairing->acronym, &found);
        if (pairing->agrees ||
            (!is_same && pairing->other.len > 0 && (pairing->other_is_slip || !is_slip)))
            continue;
        pairing->agrees = is_same;
        pairing->other = found;
        pairing->other_is_slip = is_slip;
        pairing->place = *place;
        bool is_first = found.full_start < found.start;
        pairing->start = window.base + (is_first ? found.full_start : found.start);
        pairing->end = window.base + (is_first ? found.end : found.full_end);
        pairing->document = window.part.document;
        pairing->part = window.part.part;
    }
    return OK;
}

static enum status look_for(struct pairing *pairing, struct bytes phrase, struct fault *fault)
{
    struct found_words words;
    struct found_places places;
    SCOPED(arena_release) struct arena arena = { 0 };
    TRY(found_words_make(phrase, &arena, &words, fault));
    TRY(found_phrase(pairing->run, &words, PLACES_LOOKED_AT, 2, &places, fault));
    for (size_t i = 0; i < places.count && !pairing->agrees; i++)
        TRY(read_pairs(pairing, &places.at[i], fault));
    return OK;
}

/* The words and these letters side by side, in both orders: however many other places there are. */
static enum status look_beside(struct pairing *pairing, struct bytes words, const char *letters,
                               struct fault *fault)
{
    SCOPED(buffer_release) struct buffer phrase = { 0 };
    buffer_append_bytes(&phrase, words);
    buffer_print(&phrase, " %s", letters);
    TRY(buffer_check(&phrase, fault));
    TRY(look_for(pairing, buffer_bytes(&phrase), fault));
    if (pairing->agrees)
        return OK;
    buffer_clear(&phrase);
    buffer_print(&phrase, "%s ", letters);
    buffer_append_bytes(&phrase, words);
    TRY(buffer_check(&phrase, fault));
    return look_for(pairing, buffer_bytes(&phrase), fault);
}

/* As the story has it, then with two neighbouring letters changed about. */
static enum status look_for_swaps(struct pairing *pairing, struct bytes words, struct fault *fault)
{
    char letters[ACRONYM_MAX + 1];
    size_t len = pairing->acronym->len;
    TRY(look_beside(pairing, words, pairing->acronym->letters, fault));
    for (size_t i = 0; i + 1 < len && !pairing->agrees && !pairing->other_is_slip; i++) {
        memcpy(letters, pairing->acronym->letters, len);
        letters[len] = '\0';
        if (letters[i] == letters[i + 1])
            continue;
        letters[i] = pairing->acronym->letters[i + 1];
        letters[i + 1] = pairing->acronym->letters[i];
        TRY(look_beside(pairing, words, letters, fault));
    }
    return OK;
}

static enum status count_of(const struct pairing *pairing, const struct acronym *acronym,
                            uint64_t *parts, struct fault *fault)
{
    uint8_t key[ACRONYM_MAX];
    for (size_t i = 0; i < acronym->len; i++)
        key[i] = (uint8_t)tolower((unsigned char)acronym->letters[i]);
    return found_count(pairing->run, bytes_make(key, acronym->len), parts, fault);
}

static enum status cite_pair(const struct pairing *pairing, struct cited *cited,
                             struct fault *fault)
{
    const struct held *held;
    TRY(held_part(pairing->run, pairing->document, pairing->part, &held, fault));
    *cited = (struct cited){ .document = pairing->document };
    return held == NULL ? OK
                        : held_cite(pairing->run, held, pairing->start, pairing->end, cited, fault);
}

static const char *in_documents(struct arena *arena, uint64_t count)
{
    char *made = count == 0   ? arena_print(arena, "none")
                 : count == 1 ? arena_print(arena, "1 document")
                              : arena_print(arena, "%llu documents", (unsigned long long)count);
    return made != NULL ? made : "";
}

static enum status state_other(const struct pairing *pairing, struct fault *fault)
{
    struct arena *arena = pairing->run->arena;
    struct cited cited;
    uint64_t known, written;
    TRY(cite_pair(pairing, &cited, fault));
    TRY(count_of(pairing, &pairing->other, &known, fault));
    TRY(count_of(pairing, pairing->acronym, &written, fault));
    char *made =
        arena_print(arena, "the archive has \"%.*s\" as %s: %s in %s, %s in %s%s",
                    (int)pairing->full.len, (const char *)pairing->full.at, pairing->other.letters,
                    pairing->other.letters, in_documents(arena, known), pairing->acronym->letters,
                    in_documents(arena, written), written > 0 ? ", not as that" : "");
    return run_add_finding(pairing->run, STATEMENT_ACRONYM, pairing->acronym->start,
                           pairing->acronym->end, CHECK_DIFFERS,
                           pairing->other_is_slip ? STET_FIX : STET_NOTE,
                           made != NULL ? made : "another acronym", &cited, fault);
}

static struct bytes bytes_of_letters(const struct acronym *acronym)
{
    return bytes_make(acronym->letters, acronym->len);
}

/* A pair of the story: introduced with words. */
static enum status judge_pair(struct run *run, const struct acronym *acronym, struct fault *fault)
{
    struct pairing pairing = {
        .run = run,
        .acronym = acronym,
        .full = bytes_slice(run->answer->story.text, acronym->full_start,
                            acronym->full_end - acronym->full_start),
    };
    struct cited cited;
    uint64_t written;
    struct bytes core = acronym_core(pairing.full);
    TRY(look_for_swaps(&pairing, core, fault));
    if (!pairing.agrees && !pairing.other_is_slip)
        TRY(look_for(&pairing, pairing.full, fault));
    if (!pairing.agrees && pairing.other.len == 0 && core.len < pairing.full.len)
        TRY(look_for(&pairing, core, fault));
    if (!pairing.agrees && !pairing.other_is_slip)
        TRY(look_for(&pairing, bytes_of_letters(acronym), fault));
    if (pairing.agrees) {
        TRY(cite_pair(&pairing, &cited, fault));
        return run_add_finding(run, STATEMENT_ACRONYM, acronym->start, acronym->end, CHECK_AGREES,
                               STET_NONE, "", &cited, fault);
    }
    if (pairing.other.len > 0)
        return state_other(&pairing, fault);
    TRY(count_of(&pairing, acronym, &written, fault));
    return run_add_finding(run, STATEMENT_ACRONYM, acronym->start, acronym->end,
                           written > 0 ? CHECK_AS_IN_ARCHIVE : CHECK_ABSENT, STET_NONE, "", NULL,
                           fault);
}

/* An introduced acronym of the story of which this one is a slip. */
static const struct acronym *slip_of(const struct story_acronym *all, size_t count,
                                     const struct acronym *acronym)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].acronym.is_introduced && acronym_is_slip(acronym, &all[i].acronym))
            return &all[i].acronym;
    return NULL;
}

static enum status judge_use(struct run *run, const struct story_acronym *all, size_t count,
                             const struct acronym *acronym, struct fault *fault)
{
    const struct acronym *meant = slip_of(all, count, acronym);
    uint64_t parts;
    struct pairing pairing = { .run = run, .acronym = acronym };
    TRY(count_of(&pairing, acronym, &parts, fault));
    if (meant != NULL && parts == 0) {
        char *made = arena_print(run->arena, "%s here, %s where the story introduces it",
                                 acronym->letters, meant->letters);
        return run_add_finding(run, STATEMENT_ACRONYM, acronym->start, acronym->end,
                               CHECK_TWO_FORMS, STET_QUERY, made != NULL ? made : "two forms", NULL,
                               fault);
    }
    return run_add_finding(run, STATEMENT_ACRONYM, acronym->start, acronym->end,
                           CHECK_NOT_INTRODUCED, STET_NOTE, "used, and nowhere introduced", NULL,
                           fault);
}

/* Whether the story introduces it, or has used it before. */
static bool is_settled(const struct story_acronym *all, size_t count, size_t index)
{
    const struct acronym *acronym = &all[index].acronym;
    if (acronym_is_common(acronym) || all[index].is_cited)
        return true;
    for (size_t i = 0; i < count; i++)
        if (same_letters(&all[i].acronym, acronym) &&
            (all[i].acronym.is_introduced || (i < index && !all[i].is_quoted)))
            return true;
    return false;
}

enum status acronyms_judge(struct run *run, struct fault *fault)
{
    SCOPED(arena_release) struct arena scratch = { 0 };
    struct story_acronym *all = arena_alloc_many(&scratch, STORY_ACRONYMS_MAX, sizeof *all);
    if (all == NULL)
        return no_memory(fault);
    size_t count = read_all(run, all);
    for (size_t i = 0; i < count; i++) {
        const struct acronym *acronym = &all[i].acronym;
        if (all[i].is_quoted)
            continue;
        if (acronym->is_introduced && acronym->full_end > acronym->full_start)
            TRY(judge_pair(run, acronym, fault));
        else if (!acronym->is_introduced && !is_settled(all, count, i))
            TRY(judge_use(run, all, count, acronym, fault));
    }
    return OK;
}
