#include "check/citations.h"

#include "check/lookup.h"
#include "check/statements_add.h"
#include "mention/citation.h"
#include "mention/reference.h"

enum { LOOKUPS_MAX = 24 };

struct citing {
    struct shelf *shelf;
    const struct citation *citation;
    size_t *lookups;
};

static struct bytes words_of(const struct citing *citing, size_t first, size_t end)
{
    const struct saying *saying = &citing->shelf->story.saying;
    uint32_t start = saying->at[first].start;
    return bytes_slice(saying->text, start, saying->at[end - 1].end - start);
}

static enum status add(const struct citing *citing, enum check_verdict verdict,
                       enum stet_severity severity, const char *message, struct fault *fault)
{
    bool is_reference = citing->citation->kind == CITATION_ISSUE;
    return run_add_finding(
        citing->shelf->run, is_reference ? STATEMENT_REFERENCE : STATEMENT_CITATION,
        citing->citation->start, citing->citation->end, verdict, severity, message, NULL, fault);
}

/* Whether the archive has a document that names itself, or is called, so. */
static enum status is_named(const struct citing *citing, struct bytes name, bool *is_held,
                            struct fault *fault)
{
    uint64_t *ids = NULL;
    size_t count = 0;
    const struct catalog *catalog = snapshot_catalog(citing->shelf->run->snapshot);
    TRY(catalog_documents_named(catalog, name, citing->shelf->run->arena, &ids, &count, fault));
    *is_held = count > 0;
    return OK;
}

enum status citations_named(struct run *run, const struct saying *saying,
                            const struct citation *citation, uint64_t **documents, size_t *count,
                            struct fault *fault)
{
    struct bytes name = bytes_slice(saying->text, citation->start, citation->end - citation->start);
    struct reference reference;
    char written[REFERENCE_MAX];
    if (reference_read(saying->text, citation->start, false, &reference) > 0 &&
        reference_write(&reference, reference.year, written) > 0)
        name = bytes_from_string(written);
    return catalog_documents_named(snapshot_catalog(run->snapshot), name, run->arena, documents,
                                   count, fault);
}

static enum status judge_number(const struct citing *citing, struct fault *fault)
{
    uint64_t *ids = NULL;
    size_t count = 0;
    TRY(citations_named(citing->shelf->run, &citing->shelf->story.saying, citing->citation, &ids,
                        &count, fault));
    return add(citing, count > 0 ? CHECK_RESOLVED : CHECK_ABSENT, STET_NONE, "", fault);
}

/* An issue of a series is a story of the archive, by its name and number. */
static enum status judge_issue(const struct citing *citing, struct fault *fault)
{
    struct run *run = citing->shelf->run;
    struct bytes name = words_of(citing, citing->citation->name_first, citing->citation->name_end);
    char *numbered = arena_print(run->arena, "%.*s %u", (int)name.len, (const char *)name.at,
                                 citing->citation->number);
    bool is_held = false;
    if (numbered == NULL)
        return no_memory(fault);
    TRY(is_named(citing, bytes_from_string(numbered), &is_held, fault));
    return add(citing, is_held ? CHECK_RESOLVED : CHECK_ABSENT, STET_NONE, "", fault);
}

/* A document of that day in which the source's name stands. */
static enum status look_up(const struct citing *citing, struct bytes name, bool *is_held,
                           struct fault *fault)
{
    struct run *run = citing->shelf->run;
    struct period date = citing->citation->date;
    struct lookup lookup;
    *is_held = false;
    if (citing->shelf->written_on != INT32_MIN)
        period_complete(&date, citing->shelf->written_on);
    if (date.year == 0 || bytes_find_byte(name, '"', 0) != SIZE_MAX ||
        ++*citing->lookups > LOOKUPS_MAX)
        return OK;
    char *query = arena_print(run->arena, "\"%.*s\" date:%04d-%02u-%02u", (int)name.len,
                              (const char *)name.at, date.year, date.month, date.day);
    if (query == NULL)
        return no_memory(fault);
    enum status asked = lookup_query(run->snapshot, bytes_from_string(query), &lookup, fault);
    *is_held = asked == OK && lookup.total > 0;
    return asked == BAD_INPUT || asked == OVER_LIMIT ? OK : asked;
}

static enum status judge_source(const struct citing *citing, struct fault *fault)
{
    const struct citation *citation = citing->citation;
    const struct saying *saying = &citing->shelf->story.saying;
    struct run *run = citing->shelf->run;
    size_t first = citation->name_first, end = citation->name_end;
    bool is_held = false, fits = false;
    if (citation->is_abbreviation)
        fits = citation_fitting_name(saying, citation->name_first, &first, &end);
    TRY(look_up(citing, words_of(citing, first, end), &is_held, fault));
    bool is_introduced = !citation->is_abbreviation ||
                         citation_is_introduced(saying, citation->name_first, citation->name_first);
    if (is_introduced)
        return add(citing, is_held ? CHECK_RESOLVED : CHECK_ABSENT, STET_NONE, "", fault);
    const char *said = "the abbreviation is not introduced in this story";
    if (fits)
        said = arena_print(run->arena, "%s; \"%s\" fits", said,
                           ruled_words(run->arena, saying->text, saying->at[first].start,
                                       saying->at[end - 1].end));
    return add(citing, CHECK_NOT_INTRODUCED, STET_NOTE, said == NULL ? "" : said, fault);
}

enum status citations_judge(struct run *run, struct fault *fault)
{
    struct shelf *shelf = NULL;
    struct citation_list list;
    size_t lookups = 0;
    TRY(shelf_open(run, &shelf, fault));
    TRY(citations_find(&shelf->story.saying, run->arena, &list, fault));
    for (size_t i = 0; i < list.count; i++) {
        struct citing citing = { shelf, &list.at[i], &lookups };
        if (run_is_quoted(run, list.at[i].start, list.at[i].end))
            continue;
        switch (list.at[i].kind) {
        case CITATION_SOURCE:
            TRY(judge_source(&citing, fault));
            break;
        case CITATION_ISSUE:
            TRY(judge_issue(&citing, fault));
            break;
        case CITATION_NUMBER:
            TRY(judge_number(&citing, fault));
            break;
        case CITATION_LINK:
            break;
        }
    }
    return OK;
}
