#include "check/names_case.h"
#include "check/names_found.h"

#include "check/kinds.h"
#include "mention/title.h"

enum { ARCHIVE_PLACES = 8, BESIDE = 200 };

/* One person's office in the story against those beside the name in the documents. */
struct casting {
    const struct names_case *of;
    const struct case_name *one; /* the mention */
    const struct case_name *who; /* its fuller form, or itself */
    struct title title;          /* as the story has it */
    uint32_t start, end;         /* what the statement covers */
    bool agrees, may_agree, is_unsure;
    bool differs;
    bool is_elsewhere;  /* an untraced document agrees */
    struct title known; /* the first that differs, or that agrees */
    const struct case_text *text;
    uint32_t at; /* where the name stands beside it */
    uint32_t at_end;
};

static uint32_t paragraph_start(const struct story *story, uint32_t at)
{
    for (size_t i = 0; i < story->paragraph_count; i++)
        if (story->paragraphs[i].start <= at && at < story->paragraphs[i].end)
            return story->paragraphs[i].start;
    return 0;
}

/* Only ", " or " and " between two names. */
static bool is_coordinated(struct bytes text, uint32_t from, uint32_t to)
{
    struct name_word word;
    if (to <= from || to - from > 8)
        return false;
    uint32_t at = from;
    while (name_word_next(text, at, to, &word)) {
        if (!bytes_is(name_word_key(&word), "and") && !bytes_is(name_word_key(&word), "y"))
            return false;
        at = word.next;
    }
    return true;
}

/* "The two officials, A and B": B's office is A's. */
static bool inherits(const struct names_case *of, size_t index, struct title *title)
{
    struct bytes text = of->run->answer->story.text;
    while (index > 0 &&
           is_coordinated(text, of->names[index - 1].name.end, of->names[index].name.start)) {
        index--;
        uint32_t start = of->names[index].name.start;
        if (title_before(text, paragraph_start(&of->run->answer->story, start), start, title))
            return title->is_plural;
    }
    return false;
}

/* "The two officials": completed from the phrase that it points back to. */
static void complete(const struct story *story, struct title *title)
{
    struct title fuller;
    struct name_word head;
    uint32_t at = title->start;
    bool is_named = false;
    while (name_word_next(story->text, at, title->end, &head)) {
        at = head.next;
        is_named = true;
    }
    if (is_named && title_find(story->text, 0, title->start, name_word_key(&head), &fuller))
        *title = fuller;
}

/* The office that the story gives before a name, or behind it. */
static bool read_title(const struct names_case *of, size_t index, bool is_behind,
                       struct title *title)
{
    const struct story *story = &of->run->answer->story;
    const struct name *name = &of->names[index].name;
    uint32_t low = paragraph_start(story, name->start);
    bool is_found = is_behind
                        ? title_after(story->text, name->end, (uint32_t)story->text.len, title)
                        : title_before(story->text, low, name->start, title);
    if (is_found && title->head_kind == TITLE_COURTESY)
        is_found = false;
    if (!is_found && !is_behind)
        is_found = inherits(of, index, title);
    if (!is_found || title->head_kind == TITLE_COURTESY)
        return false;
    if (title->is_plural && title->is_back)
        complete(story, title);
    return true;
}

/* Whether a sighting may be of the person. */
static bool is_person_there(const struct name_sighting *sighting)
{
    switch (sighting->kind) {
    case SIGHTING_SAME:
    case SIGHTING_SLIP:
    case SIGHTING_SHORTER:
        return true;
    case SIGHTING_PART:
        return true;
    case SIGHTING_SURNAME:
    case SIGHTING_NONE:
        return false;
    }
    return false;
}

static void hold_against(struct casting *casting, const struct case_text *text,
                         const struct name_sighting *sighting, const struct title *known)
{
    enum title_match match = title_compare(&casting->title, known);
    /* a surname alone may be a namesake's: it may agree, it does not contradict */
    bool is_sure = sighting->kind != SIGHTING_PART ||
                   casting->who->sighting.kind >= SIGHTING_SHORTER ||
                   name_weight(&casting->who->name) == 1;
    if ((match == TITLE_DIFFERS && !is_sure) || known->head_kind == TITLE_COURTESY)
        return;
    casting->may_agree = casting->may_agree || match == TITLE_MAY_AGREE;
    casting->is_unsure = casting->is_unsure || match == TITLE_CANNOT_TELL;
    bool is_first = match == TITLE_AGREES
                        ? !casting->agrees
                        : match == TITLE_DIFFERS && !casting->differs && !casting->agrees;
    casting->agrees = casting->agrees || match == TITLE_AGREES;
    casting->differs = casting->differs || match == TITLE_DIFFERS;
    if (!is_first)
        return;
    casting->known = *known;
    casting->text = text;
    casting->at = sighting->start;
    casting->at_end = sighting->end;
}

static bool surname_alone_is_given(const struct case_name *who, const struct case_text *text,
                                   const struct name_sighting *sighting)
{
    struct name_word word;
    if (sighting->kind != SIGHTING_PART || who->name.given_count == 0)
        return false;
    if (!name_word_next(text->held->shown, sighting->start, sighting->end, &word))
        return true;
    for (size_t i = 0; i < who->name.given_count && i < who->name.part_count; i++)
        if (bytes_equal(name_part_key(&who->name.parts[i]), name_word_key(&word)))
            return true;
    return false;
}

static void search_text(struct casting *casting, const struct case_text *text)
{
    struct name_sighting sighting;
    struct bytes shown = text->held->shown;
    for (size_t from = 0;; from = sighting.word + 1) {
        struct title known;
        name_text_next(&text->words, &casting->who->name, from, &sighting);
        if (sighting.kind == SIGHTING_NONE)
            return;
        if (!is_person_there(&sighting) || surname_alone_is_given(casting->who, text, &sighting))
            continue;
        uint32_t low = sighting.start > BESIDE ? sighting.start - BESIDE : 0;
        uint32_t high =
            sighting.end + BESIDE < shown.len ? sighting.end + BESIDE : (uint32_t)shown.len;
        if (title_before(shown, low, sighting.start, &known) && !known.is_back)
            hold_against(casting, text, &sighting, &known);
        if (title_after(shown, sighting.end, high, &known))
            hold_against(casting, text, &sighting, &known);
    }
}

/* Elsewhere in the archive the same name may stand with the same office: that agrees, and nothing
 * there contradicts, since people change offices. */
static enum status search_archive(struct casting *casting, struct fault *fault)
{
    struct found_words words;
    struct found_places places;
    struct run *run = casting->of->run;
    SCOPED(arena_release) struct arena arena = { 0 };
    TRY(found_words_make(case_words(casting->of, &casting->who->name), &arena, &words, fault));
    TRY(found_phrase(run, &words, ARCHIVE_PLACES, 1, &places, fault));
    for (size_t i = 0; i < places.count && !casting->is_elsewhere; i++) {
        struct window window;
        struct title known;
        TRY(found_window(run, &places.at[i], 16, (uint32_t)words.count + 16, &arena, &window,
                         fault));
        if (places.at[i].position < window.first ||
            places.at[i].position + words.count - window.first > window.count)
            continue;
        size_t first = places.at[i].position - window.first;
        uint32_t start = window.words[first].start;
        uint32_t end = window.words[first + words.count - 1].end;
        casting->is_elsewhere = (title_before(window.text, 0, start, &known) &&
                                 title_compare(&casting->title, &known) == TITLE_AGREES) ||
                                (title_after(window.text, end, (uint32_t)window.text.len, &known) &&
                                 title_compare(&casting->title, &known) == TITLE_AGREES);
    }
    return OK;
}

static enum status cite_known(const struct casting *casting, struct cited *cited,
                              struct fault *fault)
{
    uint32_t start = casting->known.start < casting->at ? casting->known.start : casting->at;
    uint32_t end = casting->known.end > casting->at_end ? casting->known.end : casting->at_end;
    return held_cite(casting->of->run, casting->text->held, start, end, cited, fault);
}

/* The document's words from the office to the name, on one line. */
static const char *known_words(const struct casting *casting)
{
    struct bytes shown = casting->text->held->shown;
    uint32_t start = casting->known.start < casting->at ? casting->known.start : casting->at;
    uint32_t end = casting->known.end > casting->at_end ? casting->known.end : casting->at_end;
    char *made = arena_string(casting->of->run->arena, bytes_slice(shown, start, end - start));
    words_flatten(made);
    return made != NULL ? made : "";
}

static enum status state_differs(const struct casting *casting, struct fault *fault)
{
    struct run *run = casting->of->run;
    struct bytes story = run->answer->story.text;
    struct bytes title =
        bytes_slice(story, casting->title.start, casting->title.end - casting->title.start);
    struct bytes name = case_words(casting->of, &casting->one->name);
    struct cited cited;
    TRY(cite_known(casting, &cited, fault));
    char *made = arena_print(run->arena, "the story has %.*s as \"%.*s\", the document \"%s\"",
                             (int)name.len, (const char *)name.at, (int)title.len,
                             (const char *)title.at, known_words(casting));
    return run_add_finding(run, STATEMENT_ROLE, casting->start, casting->end, CHECK_DIFFERS,
                           STET_QUERY, made != NULL ? made : "another office", &cited, fault);
}

static enum status state_role(const struct casting *casting, struct fault *fault)
{
    struct run *run = casting->of->run;
    struct cited cited;
    if (casting->agrees) {
        TRY(cite_known(casting, &cited, fault));
        return run_add_finding(run, STATEMENT_ROLE, casting->start, casting->end, CHECK_AGREES,
                               STET_NONE, "", &cited, fault);
    }
    if (casting->differs && !casting->may_agree)
        return state_differs(casting, fault);
    enum check_verdict verdict = casting->is_elsewhere                      ? CHECK_AGREES
                                 : casting->may_agree || casting->is_unsure ? CHECK_CANNOT_TELL
                                                                            : CHECK_ABSENT;
    return run_add_finding(run, STATEMENT_ROLE, casting->start, casting->end, verdict, STET_NONE,
                           "", NULL, fault);
}

static const struct case_name *who_is(const struct names_case *of, size_t index)
{
    const struct case_name *one = &of->names[index];
    if (one->same_as != CASE_NONE)
        one = &of->names[one->same_as];
    return one->fuller != CASE_NONE ? &of->names[one->fuller] : one;
}

static enum status judge_role(const struct names_case *of, size_t index, bool is_behind,
                              struct fault *fault)
{
    struct casting casting = { .of = of, .one = &of->names[index], .who = who_is(of, index) };
    const struct name *name = &of->names[index].name;
    if (!read_title(of, index, is_behind, &casting.title))
        return OK;
    bool is_before = casting.title.end <= name->start && name->start - casting.title.end < 4;
    casting.start = is_before ? casting.title.start : name->start;
    casting.end = is_behind ? casting.title.end : name->end;
    for (size_t k = 0; k < of->text_count; k++)
        search_text(&casting, &of->texts[k]);
    if (!casting.agrees && !casting.differs)
        TRY(search_archive(&casting, fault));
    return state_role(&casting, fault);
}

enum status roles_state(const struct names_case *of, struct fault *fault)
{
    for (size_t i = 0; i < of->count; i++) {
        enum name_kind kind = of->names[i].name.kind;
        bool is_lone = kind == NAME_UNKNOWN && name_weight(&of->names[i].name) < 2;
        if (kind == NAME_BODY || kind == NAME_PLACE || is_lone)
            continue;
        TRY(judge_role(of, i, false, fault));
        TRY(judge_role(of, i, true, fault));
    }
    return OK;
}
