#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/cursor.h"
#include "catalog/desk.h"
#include "check/kept.h"
#include "check/objects.h"

/* What was fetched is its first member: that is how it is freed. */
struct fetching {
    struct stet_fetched_check check;
    struct arena arena;
};

void stet_check_unfetch(const struct stet_fetched_check *fetched)
{
    struct fetching *fetching = (struct fetching *)(uintptr_t)fetched;
    if (fetching == NULL)
        return;
    arena_release(&fetching->arena);
    free(fetching);
}

static enum status fetch(struct stet_archive *archive, uint64_t id, struct fetching *fetching,
                         struct fault *fault)
{
    struct stet_fetched_check *check = &fetching->check;
    struct bytes found;
    TRY(kept_find(archive, id, &fetching->arena, &check->about, &found, fault));
    struct cursor from = cursor_from_bytes(found);
    struct bytes file = cursor_string(&from), json = cursor_string(&from),
                 statements = cursor_string(&from);
    if (from.bad)
        return corrupt(fault, DESK_FILE, UINT64_MAX, "a kept check breaks its format");
    check->file = arena_string(&fetching->arena, file);
    check->json = arena_string(&fetching->arena, json);
    if (check->file == NULL || check->json == NULL)
        return no_memory(fault);
    return objects_decode(statements, &fetching->arena, &check->statements, fault);
}

enum stet_status stet_check_fetch(struct stet_archive *archive, uint64_t id,
                                  const struct stet_fetched_check **fetched,
                                  struct stet_fault *fault)
{
    struct fetching *fetching = calloc(1, sizeof *fetching);
    *fetched = NULL;
    if (fetching == NULL)
        return no_memory(fault);
    enum status done = fetch(archive, id, fetching, fault);
    if (done == OK)
        *fetched = &fetching->check;
    else
        stet_check_unfetch(&fetching->check);
    return done;
}

static int append(void *context, const void *piece, size_t len)
{
    buffer_append(context, piece, len);
    return 0;
}

static enum status found_of(struct stet_check *check, struct bytes story, struct buffer *found,
                            struct fault *fault)
{
    SCOPED(buffer_release) struct buffer json = { 0 };
    SCOPED(buffer_release) struct buffer coded = { 0 };
    const struct stet_statements *statements;
    TRY(stet_check_report(check, STET_REPORT_JSON, 0, append, &json, fault));
    TRY(stet_check_statements(check, &statements, fault));
    objects_encode(statements, &coded);
    TRY(buffer_check(&json, fault));
    TRY(buffer_check(&coded, fault));
    buffer_string(found, story);
    buffer_string(found, buffer_bytes(&json));
    buffer_string(found, buffer_bytes(&coded));
    return buffer_check(found, fault);
}

enum stet_status stet_check_keep(struct stet_archive *archive, struct stet_check *check,
                                 const void *story, size_t len,
                                 const struct stet_check_options *options, const char *owner,
                                 uint64_t *id, struct stet_fault *fault)
{
    SCOPED(buffer_release) struct buffer found = { 0 };
    struct kept_about about = {
        .check = { .story_name = options->name != NULL ? options->name : "story",
                   .story_date = options->date != NULL ? options->date : "",
                   .owner = owner != NULL ? owner : "",
                   .story_len = len },
        .made = clock_wall(),
    };
    for (int i = STET_NONE; i <= STET_FIX; i++)
        about.check.counts[i] = stet_check_count(check, (enum stet_severity)i);
    TRY(found_of(check, bytes_make(story, len), &found, fault));
    return kept_put(archive, &about, buffer_bytes(&found), id, fault);
}

static bool is_same_words(const struct stet_statement *a, const struct stet_statement *b)
{
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->text, b->text) == 0;
}

/* The identifier holds words, finding and source; where it differs, the same words of one kind are
 * the same statement found otherwise. The n-th is held against the n-th. */
static const struct stet_statement *other_of(const struct stet_statement *statement,
                                             const struct stet_statements *of,
                                             const struct stet_statements *among)
{
    size_t nth = 0;
    for (const struct stet_statement *at = of->at; at < statement; at++)
        nth += is_same_words(at, statement);
    for (size_t i = 0; i < among->count; i++)
        if (is_same_words(&among->at[i], statement) && nth-- == 0)
            return &among->at[i];
    return NULL;
}

void stet_statements_compare(const struct stet_statements *before,
                             const struct stet_statements *now, stet_change_told *told,
                             void *context)
{
    for (size_t i = 0; i < now->count; i++) {
        const struct stet_statement *statement = &now->at[i];
        const struct stet_statement *other = other_of(statement, now, before);
        if (other == NULL)
            told(context, STET_CHANGE_NEW, NULL, statement);
        else if (strcmp(other->id, statement->id) != 0 || other->severity != statement->severity)
            told(context, STET_CHANGE_OTHER_VERDICT, other, statement);
    }
    for (size_t i = 0; i < before->count; i++)
        if (other_of(&before->at[i], before, now) == NULL)
            told(context, STET_CHANGE_GONE, &before->at[i], NULL);
}
