#include "check/risk.h"

#include "check/held.h"
#include "check/kinds.h"
#include "mention/protect.h"
#include "text/utf8.h"

enum { PROTECTED_MAX = 256, KEY_MIN = 3 };

/* Parts that could be anybody's are not enough to say who is meant. */
static bool is_telling(const struct name_part *part)
{
    return !part->is_link && !part->is_initial && part->key_len >= KEY_MIN;
}

static enum status note_person(struct run *run, const struct held *held,
                               const struct protection *protection, struct fault *fault)
{
    struct check_answer *answer = run->answer;
    struct protected_name *made;
    if (answer->protected_count == PROTECTED_MAX)
        return OK;
    if (answer->protected_names == NULL)
        answer->protected_names =
            arena_alloc_many(run->arena, PROTECTED_MAX, sizeof *answer->protected_names);
    if (answer->protected_names == NULL)
        return no_memory(fault);
    made = &answer->protected_names[answer->protected_count];
    *made = (struct protected_name){ .mark = bytes_slice(held->text, protection->start + 1,
                                                         protection->end - protection->start - 2) };
    for (size_t i = 0; i < protection->name.part_count; i++) {
        const struct name_part *part = &protection->name.parts[i];
        if (!is_telling(part) || made->key_count == PROTECTED_KEYS_MAX)
            continue;
        struct bytes key = arena_copy(run->arena, name_part_key(part));
        if (key.at == NULL)
            return no_memory(fault);
        made->keys[made->key_count++] = key;
    }
    if (made->key_count == 0)
        return OK;
    TRY(held_cite(run, held, protection->name.start, protection->end, &made->cited, fault));
    answer->protected_count++;
    return OK;
}

static enum status read_part(struct run *run, const struct held *held, struct fault *fault)
{
    struct protection protection;
    uint32_t at = 0;
    while (protect_find(held->shown, &at, &protection))
        if (protection.has_name)
            TRY(note_person(run, held, &protection, fault));
    return OK;
}

static enum status read_documents(struct run *run, struct fault *fault)
{
    uint64_t documents[HELD_DOCUMENTS_MAX];
    size_t count = held_documents(run, documents, HELD_DOCUMENTS_MAX);
    for (size_t i = 0; i < count; i++) {
        const struct held *held;
        uint32_t part = 1;
        do {
            TRY(held_part(run, documents[i], part++, &held, fault));
            if (held != NULL)
                TRY(read_part(run, held, fault));
        } while (held != NULL);
    }
    return OK;
}

static bool has_key(const struct protected_name *protected_name, struct bytes key)
{
    for (size_t i = 0; i < protected_name->key_count; i++)
        if (bytes_equal(protected_name->keys[i], key))
            return true;
    return false;
}

/* Two words in common; or the only word, which is not the given name. */
static bool is_named(const struct protected_name *protected_name, const struct name *name)
{
    size_t shared = 0, telling = 0;
    bool is_given = false;
    for (size_t i = 0; i < name->part_count; i++) {
        struct bytes key = name_part_key(&name->parts[i]);
        if (!is_telling(&name->parts[i]))
            continue;
        telling++;
        shared += has_key(protected_name, key);
        is_given = is_given ||
                   (protected_name->key_count > 1 && bytes_equal(key, protected_name->keys[0]));
    }
    return shared > 1 || (shared == 1 && telling == 1 && !is_given);
}

static enum status ask(struct run *run, const struct name *name,
                       const struct protected_name *protected_name, struct fault *fault)
{
    char *message =
        arena_print(run->arena,
                    "the document asks to protect this person (%.*s): "
                    "must the name be printed?",
                    (int)protected_name->mark.len, (const char *)protected_name->mark.at);
    if (message == NULL)
        return no_memory(fault);
    TRY(run_add_finding(run, STATEMENT_NAME, name->start, name->end, CHECK_AT_RISK, STET_QUERY,
                        message, &protected_name->cited, fault));
    struct statement *added = &run->answer->statements[run->answer->count - 1];
    added->first = true;
    if (added->finding_count > 0)
        added->findings[0].first = true;
    return OK;
}

enum status risk_judge(struct run *run, struct fault *fault)
{
    struct name_reader reader;
    struct name name;
    struct check_answer *answer = run->answer;
    TRY(read_documents(run, fault));
    if (answer->protected_count == 0)
        return OK;
    name_reader_begin(&reader, answer->story.text, 0, (uint32_t)answer->story.text.len);
    while (name_reader_next(&reader, &name))
        for (size_t i = 0; i < answer->protected_count; i++)
            if (!answer->protected_names[i].is_asked &&
                is_named(&answer->protected_names[i], &name)) {
                TRY(ask(run, &name, &answer->protected_names[i], fault));
                answer->protected_names[i].is_asked = true;
                break;
            }
    return OK;
}
