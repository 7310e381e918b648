#include "check/names_case.h"

#include "check/kinds.h"
#include "mention/name_table.h"

static enum status read_texts(struct names_case *of, struct fault *fault)
{
    uint64_t documents[CASE_TEXTS_MAX];
    size_t count = held_documents(of->run, documents, CASE_TEXTS_MAX);
    of->texts = arena_alloc_many(of->run->arena, count + 1, sizeof *of->texts);
    if (of->texts == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        struct case_text *text = &of->texts[of->text_count];
        TRY(held_part(of->run, documents[i], 1, &text->held, fault));
        if (text->held == NULL)
            continue;
        TRY(name_text_make(text->held->shown, of->run->arena, &text->words, fault));
        of->text_count++;
    }
    return OK;
}

/* A heading with capitals on most words has no capitals to go by. */
static bool is_title_case(struct bytes text, const struct story_paragraph *paragraph)
{
    struct name_word word;
    unsigned capitals = 0, small = 0;
    if (!paragraph->is_heading)
        return false;
    for (uint32_t at = paragraph->start; name_word_next(text, at, paragraph->end, &word);
         at = word.next) {
        bool is_capital = (word.flags & NAME_WORD_CAPITAL) != 0;
        capitals += is_capital;
        small += !is_capital && !(name_word_classes(name_word_key(&word)) & WORD_LINK);
    }
    return capitals > small;
}

static bool same_parts(const struct name *a, const struct name *b)
{
    if (a->part_count != b->part_count)
        return false;
    for (size_t i = 0; i < a->part_count; i++)
        if (!bytes_equal(name_part_key(&a->parts[i]), name_part_key(&b->parts[i])))
            return false;
    return true;
}

static void link_names(struct names_case *of)
{
    for (size_t i = 0; i < of->count; i++) {
        struct case_name *one = &of->names[i];
        one->same_as = one->fuller = one->text = CASE_NONE;
        for (size_t k = 0; k < i && one->same_as == CASE_NONE; k++)
            if (of->names[k].same_as == CASE_NONE && same_parts(&one->name, &of->names[k].name))
                one->same_as = (int)k;
    }
    for (size_t i = 0; i < of->count; i++) {
        struct case_name *one = &of->names[i];
        if (one->same_as != CASE_NONE)
            continue;
        for (size_t k = 0; k < of->count; k++) {
            const struct case_name *other = &of->names[k];
            bool is_fuller = k != i && other->same_as == CASE_NONE &&
                             name_compare(&one->name, &other->name) == NAME_SHORTER &&
                             (one->name.kind == other->name.kind || one->name.kind == NAME_UNKNOWN);
            if (is_fuller &&
                (one->fuller == CASE_NONE ||
                 name_weight(&other->name) > name_weight(&of->names[one->fuller].name)))
                one->fuller = (int)k;
        }
    }
}

/* "Article 29", "Update #7": a thing by its number. */
static bool is_numbered(struct bytes text, uint32_t end)
{
    while (end < text.len && (text.at[end] == ' ' || text.at[end] == '#'))
        end++;
    return end < text.len && text.at[end] >= '0' && text.at[end] <= '9';
}

static enum status read_paragraph(struct names_case *of, const struct story_paragraph *paragraph,
                                  struct name_reader *reader)
{
    struct name name;
    name_reader_turn(reader, paragraph->start, paragraph->end);
    while (name_reader_next(reader, &name)) {
        if (of->count == CASE_NAMES_MAX) {
            of->run->answer->story.cut = true;
            return OK;
        }
        if (run_is_quoted(of->run, name.start, name.end))
            continue;
        bool is_lone = name_weight(&name) == 1 && name.kind == NAME_UNKNOWN;
        if (!is_lone || (!name.opens_sentence && !is_numbered(reader->text, name.end)))
            of->names[of->count++].name = name;
    }
    return OK;
}

static enum status read_names(struct names_case *of, struct fault *fault)
{
    const struct story *story = &of->run->answer->story;
    struct name_reader reader;
    SCOPED(arena_release) struct arena scratch = { 0 };
    struct case_name *names = arena_alloc_many(&scratch, CASE_NAMES_MAX, sizeof *names);
    if (names == NULL)
        return no_memory(fault);
    of->names = names;
    name_reader_begin(&reader, story->text, 0, (uint32_t)story->text.len);
    for (size_t i = 0; i < story->paragraph_count; i++)
        if (!is_title_case(story->text, &story->paragraphs[i]))
            TRY(read_paragraph(of, &story->paragraphs[i], &reader));
    of->names = arena_alloc_many(of->run->arena, of->count + 1, sizeof *names);
    if (of->names == NULL)
        return no_memory(fault);
    memcpy(of->names, names, of->count * sizeof *names);
    return OK;
}

static void sight_all(struct names_case *of)
{
    for (size_t i = 0; i < of->count; i++) {
        struct case_name *one = &of->names[i];
        for (size_t k = 0; one->same_as == CASE_NONE && k < of->text_count; k++) {
            struct name_sighting found;
            name_text_best(&of->texts[k].words, &one->name, &found);
            if (found.kind > one->sighting.kind) {
                one->sighting = found;
                one->text = (int)k;
            }
        }
    }
}

enum status names_case_make(struct run *run, struct names_case *made, struct fault *fault)
{
    *made = (struct names_case){ .run = run };
    TRY(read_texts(made, fault));
    TRY(read_names(made, fault));
    link_names(made);
    sight_all(made);
    return OK;
}

enum status names_judge(struct run *run, struct fault *fault)
{
    struct names_case made;
    TRY(names_case_make(run, &made, fault));
    TRY(names_state(&made, fault));
    return roles_state(&made, fault);
}
