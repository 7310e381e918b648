#include "check/descriptions.h"

#include <stdlib.h>

#include "archive/dating.h"
#include "base/clock.h"
#include "check/statements_add.h"
#include "mention/reference.h"
#include "text/fold.h"

enum { PASSAGES_MAX = 32, FIELD_SHOWN = 160, DAY_LEN = 10 };

static const struct field *stated(const struct field_list *fields, enum field_name name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->at[i].name == name && fields->at[i].value.len > 0)
            return &fields->at[i];
    return NULL;
}

enum field_relation description_class(const struct description *description,
                                      const struct field_list *fields)
{
    const struct field *field = stated(fields, FIELD_CLASS);
    if (description->class_rank == 0)
        return FIELD_UNSAID;
    uint8_t rank = field != NULL ? class_rank(field->value) : 0;
    if (rank == 0)
        return FIELD_UNKNOWN;
    if (rank == description->class_rank)
        return FIELD_AGREES;
    return field->basis == BASIS_INFERRED ? FIELD_CONSISTENT : FIELD_DIFFERS;
}

enum field_relation description_date(const struct description *description,
                                     const struct field_list *fields, int32_t written_on)
{
    const struct field *field = stated(fields, FIELD_DATE);
    enum date_precision precision;
    int year, month, day;
    int32_t days;
    struct period said = description->date;
    if (said.words == 0 || said.kind > PERIOD_YEAR)
        return FIELD_UNSAID;
    if (field == NULL || !date_from_field(field->value, &days, &precision))
        return FIELD_UNKNOWN;
    if (said.year == 0 && written_on != INT32_MIN)
        period_complete(&said, written_on);
    date_from_days(days, &year, &month, &day);
    struct period printed = {
        .kind = PERIOD_DAY, .year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day
    };
    if (precision != DATE_DAY)
        printed.day = 0;
    if (precision == DATE_YEAR)
        printed.month = 0;
    printed.kind = precision == DATE_DAY     ? PERIOD_DAY
                   : precision == DATE_MONTH ? PERIOD_MONTH
                                             : PERIOD_YEAR;
    if (field->basis == BASIS_INFERRED)
        return FIELD_CONSISTENT;
    switch (period_compare(&said, &printed)) {
    case PERIOD_SAME:
    case PERIOD_INSIDE:
        return FIELD_AGREES;
    case PERIOD_OTHER:
        return FIELD_DIFFERS;
    case PERIOD_CANNOT_TELL:
        break;
    }
    return FIELD_UNKNOWN;
}

static bool holds_word(struct bytes folded, struct bytes key)
{
    for (size_t at = bytes_find(folded, key, 0); at != SIZE_MAX;
         at = bytes_find(folded, key, at + 1)) {
        bool opens = at == 0 || folded.at[at - 1] < 'a' || folded.at[at - 1] > 'z';
        size_t end = at + key.len;
        if (opens && (end == folded.len || folded.at[end] < 'a' || folded.at[end] > 'z'))
            return true;
    }
    return false;
}

/* A word of an origin that says where, not what: "Port", "Leone". */
static bool says_where(struct bytes key)
{
    return !word_is_among(key, "us u.s american embassy consulate mission the in of united states "
                               "embajada consulado de general") &&
           key.len > 1;
}

/* The place a description names, as a post; NULL when it is none that is known. */
static const struct post *post_of(const struct saying *saying, const struct description *said)
{
    size_t first = said->origin.first;
    while (first < said->origin.end && !says_where(saying->at[first].key))
        first++;
    if (first >= said->origin.end)
        return NULL;
    uint32_t start = saying->at[first].start, end = saying->at[said->origin.end - 1].end;
    return post_from_name(bytes_slice(saying->text, start, end - start));
}

enum field_relation description_origin(const struct saying *saying,
                                       const struct description *description,
                                       const struct field_list *fields, enum document_kind kind)
{
    uint8_t folded[FIELD_SHOWN];
    const struct field *field = stated(fields, FIELD_ORIGIN);
    if (field == NULL && kind == KIND_EMAIL)
        field = stated(fields, FIELD_FROM);
    bool is_named = description->origin.end > description->origin.first;
    if (!is_named && !description->is_embassy)
        return FIELD_UNSAID;
    if (field == NULL)
        return FIELD_UNKNOWN;
    struct bytes origin = { folded, fold_text(field->value, folded, sizeof folded) };
    bool is_embassy = bytes_find(origin, bytes_from_string("embassy"), 0) != SIZE_MAX;
    bool is_consulate = bytes_find(origin, bytes_from_string("consulate"), 0) != SIZE_MAX;
    size_t places = 0, there = 0;
    for (size_t i = description->origin.first; i < description->origin.end; i++)
        if (says_where(saying->at[i].key)) {
            places++;
            there += holds_word(origin, saying->at[i].key);
        }
    if (places > 0 && there == places)
        return FIELD_AGREES;
    if (places == 0)
        return description->is_embassy && is_embassy       ? FIELD_AGREES
               : description->is_consulate && is_consulate ? FIELD_AGREES
               : (description->is_embassy && is_consulate) ||
                       (description->is_consulate && is_embassy)
                   ? FIELD_DIFFERS
               : kind == KIND_CABLE ? FIELD_UNSAID
                                    : FIELD_UNKNOWN;
    const struct post *post = post_of(saying, description);
    bool is_post = description->is_embassy || description->is_consulate ||
                   (post != NULL && !bytes_is(field->value, post->origin));
    return is_post && kind == KIND_CABLE && there == 0 ? FIELD_DIFFERS : FIELD_UNKNOWN;
}

enum field_relation description_kind(const struct description *description, enum document_kind kind)
{
    bool is_known = kind == KIND_CABLE || kind == KIND_EMAIL;
    switch (description->kind) {
    case DESCRIBED_DOCUMENT:
        return FIELD_UNSAID;
    case DESCRIBED_CABLE:
        return !is_known ? FIELD_UNKNOWN : kind == KIND_CABLE ? FIELD_AGREES : FIELD_DIFFERS;
    case DESCRIBED_EMAIL:
        return !is_known ? FIELD_UNKNOWN : kind == KIND_EMAIL ? FIELD_AGREES : FIELD_DIFFERS;
    case DESCRIBED_MEMO:
        return kind == KIND_CABLE || kind == KIND_EMAIL ? FIELD_DIFFERS : FIELD_UNKNOWN;
    }
    return FIELD_UNKNOWN;
}

/* A description bound to a document. */
struct bound {
    struct shelf *shelf;
    struct description said;
    struct held_passage passage;
    bool is_firm; /* a quotation of the same sentence comes from it */
    struct document_row row;
    struct field_list fields;
};

/* The quotation of its sentence, else the next of its paragraph, else the last before it. */
static bool bind(struct bound *bound, const struct shelf_sentence *sentence)
{
    const struct shelf *shelf = bound->shelf;
    if (sentence->paragraph >= shelf->run->answer->story.paragraph_count)
        return false;
    const struct story_paragraph *paragraph =
        &shelf->run->answer->story.paragraphs[sentence->paragraph];
    struct held_passage found[PASSAGES_MAX];
    size_t count = held_passages(shelf->run, sentence->start, sentence->stop, found, PASSAGES_MAX);
    if (count > 0) {
        bound->passage = found[0];
        bound->is_firm = true;
        return true;
    }
    count = held_passages(shelf->run, paragraph->start, paragraph->end, found, PASSAGES_MAX);
    size_t at = 0;
    count = count < PASSAGES_MAX ? count : PASSAGES_MAX;
    while (at < count && found[at].statement->start < bound->said.start)
        at++;
    if (count > 0)
        bound->passage = found[at < count ? at : count - 1];
    return count > 0;
}

static const char *value_of(const struct bound *bound, enum field_name name)
{
    const struct field *field = stated(&bound->fields, name);
    if (field == NULL)
        return "";
    size_t len = name == FIELD_DATE && field->value.len > DAY_LEN ? DAY_LEN : field->value.len;
    return ruled_words(bound->shelf->run->arena, field->value, 0, (uint32_t)len);
}

static const char *basis_of(const struct bound *bound, enum field_name name)
{
    const struct field *field = stated(&bound->fields, name);
    return field == NULL || field->from.len == 0
               ? "inferred"
               : ruled_words(bound->shelf->run->arena, field->from, 0, (uint32_t)field->from.len);
}

struct weighed {
    enum check_verdict verdict;
    enum stet_severity severity;
    const char *message;
};

static void weigh(struct weighed *weighed, const struct bound *bound, enum field_relation relation,
                  enum stet_severity differs, const char *what, enum field_name name)
{
    struct arena *arena = bound->shelf->run->arena;
    const char *said = NULL;
    enum check_verdict verdict = CHECK_AGREES;
    enum stet_severity severity = STET_NONE;
    switch (relation) {
    case FIELD_UNSAID:
    case FIELD_AGREES:
        return;
    case FIELD_UNKNOWN:
        verdict = CHECK_CONSISTENT;
        severity = STET_NOTE;
        said = stated(&bound->fields, name) == NULL
                   ? arena_print(arena, "the document does not state its %s", what)
                   : arena_print(arena, "the document has the %s %s", what, value_of(bound, name));
        break;
    case FIELD_CONSISTENT:
        verdict = CHECK_CONSISTENT;
        severity = STET_NOTE;
        said = arena_print(arena, "the document states no %s: ~%s is inferred (%s)", what,
                           value_of(bound, name), basis_of(bound, name));
        break;
    case FIELD_DIFFERS:
        verdict = CHECK_DIFFERS;
        severity = bound->is_firm ? differs : STET_QUERY;
        said =
            arena_print(arena, "the %s differs: the document has %s", what, value_of(bound, name));
        break;
    }
    if (said == NULL || severity < weighed->severity)
        return;
    bool is_worse = severity > weighed->severity || weighed->message == NULL;
    weighed->message = is_worse ? said : arena_print(arena, "%s; %s", weighed->message, said);
    weighed->verdict = verdict;
    weighed->severity = severity;
}

/* An inferred date that other documents contradict is none. */
static enum status weigh_date(struct weighed *weighed, const struct bound *bound,
                              struct fault *fault)
{
    bool stands = true;
    struct run *run = bound->shelf->run;
    enum field_relation relation =
        description_date(&bound->said, &bound->fields, bound->shelf->written_on);
    if (relation == FIELD_CONSISTENT)
        TRY(snapshot_date_stands(run->snapshot, bound->passage.document, &stands, fault));
    if (stands)
        weigh(weighed, bound, relation, STET_FIX, "date", FIELD_DATE);
    else if (weighed->severity < STET_NOTE)
        *weighed = (struct weighed){ CHECK_CONSISTENT, STET_NOTE,
                                     "the document states no date, and none can be inferred" };
    return OK;
}

static enum status open_bound(struct bound *bound, struct fault *fault)
{
    struct run *run = bound->shelf->run;
    const struct catalog *catalog = snapshot_catalog(run->snapshot);
    TRY(catalog_document(catalog, bound->passage.document, run->arena, &bound->row, fault));
    return catalog_fields(catalog, bound->passage.document, run->arena, &bound->fields, fault);
}

/* A memo in a paragraph that quotes a cable is some other document. */
static bool is_another(const struct bound *bound)
{
    return !bound->is_firm && description_kind(&bound->said, bound->row.kind) == FIELD_DIFFERS;
}

static enum status judge_bound(struct bound *bound, struct fault *fault)
{
    struct run *run = bound->shelf->run;
    const struct saying *saying = &bound->shelf->story.saying;
    struct weighed weighed = { CHECK_AGREES, STET_NONE, NULL };
    const struct held *held = NULL;
    TRY(held_part(run, bound->passage.document, bound->passage.part, &held, fault));
    weigh(&weighed, bound, description_class(&bound->said, &bound->fields), STET_FIX,
          "classification", FIELD_CLASS);
    TRY(weigh_date(&weighed, bound, fault));
    weigh(&weighed, bound,
          description_origin(saying, &bound->said, &bound->fields, bound->row.kind), STET_QUERY,
          "origin", FIELD_ORIGIN);
    if (description_kind(&bound->said, bound->row.kind) == FIELD_DIFFERS &&
        weighed.severity < STET_QUERY)
        weighed = (struct weighed){ CHECK_DIFFERS, STET_QUERY,
                                    arena_print(run->arena, "the document is of another kind: %s",
                                                kind_word(bound->row.kind)) };
    struct shelf_part part = { .held = held };
    struct ruled ruled = { .kind = STATEMENT_DESCRIPTION,
                           .start = bound->said.start,
                           .end = bound->said.end,
                           .verdict = weighed.verdict,
                           .severity = weighed.severity,
                           .message = weighed.message,
                           .part = held != NULL ? &part : NULL,
                           .source_start = bound->passage.start,
                           .source_end = bound->passage.end };
    return ruled_add(bound->shelf, &ruled, fault);
}

enum status descriptions_judge(struct run *run, struct fault *fault)
{
    struct shelf *shelf = NULL;
    TRY(shelf_open(run, &shelf, fault));
    for (size_t i = 0; i < shelf->story.saying.count; i++) {
        struct bound bound = { .shelf = shelf };
        if (!description_read(&shelf->story.saying, i, &bound.said) ||
            run_is_quoted(run, bound.said.start, bound.said.end))
            continue;
        const struct shelf_sentence *sentence =
            shelf_sentence_at(&shelf->story, shelf->story.saying.at[i].start);
        if (sentence == NULL || bound.said.is_plural)
            continue;
        bool is_bound = bind(&bound, sentence);
        if (is_bound)
            TRY(open_bound(&bound, fault));
        if (is_bound && !is_another(&bound))
            TRY(judge_bound(&bound, fault));
        else
            TRY(run_add_finding(run, STATEMENT_DESCRIPTION, bound.said.start, bound.said.end,
                                CHECK_CANNOT_TELL, STET_NONE, "", NULL, fault));
    }
    return OK;
}
