#include "base/cursor.h"
#include "check/objects.h"

enum { CODE_VERSION = 1, LIST_MOST = 1 << 20 };

static void put(struct buffer *to, const char *text)
{
    buffer_string(to, bytes_from_string(text));
}

static void put_source(const struct stet_source *source, struct buffer *to)
{
    const char *const texts[] = { source->name,       source->address, source->reading,
                                  source->label,      source->marking, source->date,
                                  source->date_basis, source->origin,  source->class_name,
                                  source->before,     source->text,    source->after,
                                  source->lead_in };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put(to, texts[i]);
    buffer_varint(to, source->part);
    buffer_varint(to, source->start);
    buffer_varint(to, source->end);
}

static void put_difference(const struct stet_difference *difference, struct buffer *to)
{
    const char *const texts[] = { difference->code, difference->marked, difference->message,
                                  difference->story_text, difference->source_text };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put(to, texts[i]);
    buffer_u8(to, (uint8_t)difference->severity);
    buffer_varint(to, difference->start);
    buffer_varint(to, difference->end);
}

static void put_lists(const struct stet_statement *statement, struct buffer *to)
{
    buffer_varint(to, statement->source_count);
    for (size_t i = 0; i < statement->source_count; i++)
        put_source(&statement->sources[i], to);
    buffer_varint(to, statement->difference_count);
    for (size_t i = 0; i < statement->difference_count; i++)
        put_difference(&statement->differences[i], to);
    buffer_varint(to, statement->candidate_count);
    for (size_t i = 0; i < statement->candidate_count; i++) {
        put(to, statement->candidates[i].name);
        put(to, statement->candidates[i].label);
        buffer_varint(to, (uint64_t)(statement->candidates[i].bits * 10 + 0.5));
    }
}

static void put_statement(const struct stet_statement *statement, struct buffer *to)
{
    const char *const texts[] = { statement->id,       statement->kind,    statement->verdict,
                                  statement->rule,     statement->message, statement->text,
                                  statement->ruled_by, statement->ruled,   statement->reason };
    const uint64_t numbers[] = { statement->severity,     statement->start,
                                 statement->end,          statement->line,
                                 statement->column,       statement->copies,
                                 statement->ruling,       statement->is_reopened,
                                 statement->is_unexpected };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put(to, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        buffer_varint(to, numbers[i]);
    put_lists(statement, to);
}

void objects_encode(const struct stet_statements *statements, struct buffer *to)
{
    buffer_u8(to, CODE_VERSION);
    buffer_string(to, bytes_make(statements->story, statements->story_len));
    buffer_varint(to, statements->count);
    for (size_t i = 0; i < statements->count; i++)
        put_statement(&statements->at[i], to);
}

/* Bytes read back; what is wrong is asked of the cursor once, at the end. */
struct reading_back {
    struct cursor from;
    struct arena *arena;
};

static const char *text_back(struct reading_back *back)
{
    const char *text = arena_string(back->arena, cursor_string(&back->from));
    if (text == NULL)
        back->from.bad = true;
    return text != NULL ? text : "";
}

/* An array that its bytes can hold, or none and a bad cursor. */
static void *list_back(struct reading_back *back, size_t *count, size_t size)
{
    *count = (size_t)cursor_varint64(&back->from);
    if (back->from.bad || *count > LIST_MOST || *count > cursor_left(&back->from))
        back->from.bad = true;
    void *list = back->from.bad ? NULL : arena_alloc_many(back->arena, *count + 1, size);
    if (list == NULL) {
        back->from.bad = true;
        *count = 0;
    }
    return list;
}

static void source_back(struct reading_back *back, struct stet_source *source)
{
    const char **const texts[] = { &source->name,       &source->address, &source->reading,
                                   &source->label,      &source->marking, &source->date,
                                   &source->date_basis, &source->origin,  &source->class_name,
                                   &source->before,     &source->text,    &source->after,
                                   &source->lead_in };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = text_back(back);
    source->part = (uint32_t)cursor_varint64(&back->from);
    source->start = (uint32_t)cursor_varint64(&back->from);
    source->end = (uint32_t)cursor_varint64(&back->from);
}

static enum stet_severity severity_back(struct reading_back *back, uint64_t number)
{
    if (number > STET_FIX)
        back->from.bad = true;
    return number > STET_FIX ? STET_NONE : (enum stet_severity)number;
}

static void difference_back(struct reading_back *back, struct stet_difference *difference)
{
    const char **const texts[] = { &difference->code, &difference->marked, &difference->message,
                                   &difference->story_text, &difference->source_text };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = text_back(back);
    difference->severity = severity_back(back, cursor_u8(&back->from));
    difference->start = (uint32_t)cursor_varint64(&back->from);
    difference->end = (uint32_t)cursor_varint64(&back->from);
}

static void lists_back(struct reading_back *back, struct stet_statement *statement)
{
    struct stet_source *sources = list_back(back, &statement->source_count, sizeof *sources);
    for (size_t i = 0; i < statement->source_count; i++)
        source_back(back, &sources[i]);
    struct stet_difference *differences =
        list_back(back, &statement->difference_count, sizeof *differences);
    for (size_t i = 0; i < statement->difference_count; i++)
        difference_back(back, &differences[i]);
    struct stet_candidate *candidates =
        list_back(back, &statement->candidate_count, sizeof *candidates);
    for (size_t i = 0; i < statement->candidate_count; i++) {
        candidates[i].name = text_back(back);
        candidates[i].label = text_back(back);
        candidates[i].bits = (double)cursor_varint64(&back->from) / 10;
    }
    statement->sources = sources;
    statement->differences = differences;
    statement->candidates = candidates;
}

static void statement_back(struct reading_back *back, struct stet_statement *statement)
{
    const char **const texts[] = { &statement->id,       &statement->kind,    &statement->verdict,
                                   &statement->rule,     &statement->message, &statement->text,
                                   &statement->ruled_by, &statement->ruled,   &statement->reason };
    uint64_t numbers[9];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = text_back(back);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        numbers[i] = cursor_varint64(&back->from);
    statement->severity = severity_back(back, numbers[0]);
    statement->start = (uint32_t)numbers[1];
    statement->end = (uint32_t)numbers[2];
    statement->line = (uint32_t)numbers[3];
    statement->column = (uint32_t)numbers[4];
    statement->copies = numbers[5];
    statement->ruling = numbers[6] > STET_ON_AUTHOR ? STET_OPEN : (enum stet_ruling)numbers[6];
    statement->is_reopened = numbers[7] != 0;
    statement->is_unexpected = numbers[8] != 0;
    lists_back(back, statement);
}

enum status objects_decode(struct bytes bytes, struct arena *arena,
                           struct stet_statements *statements, struct fault *fault)
{
    struct reading_back back = { cursor_from_bytes(bytes), arena };
    *statements = (struct stet_statements){ 0 };
    if (cursor_u8(&back.from) != CODE_VERSION)
        return fail(fault, BAD_INPUT, "the check was kept by another version of stet");
    struct bytes story = cursor_string(&back.from);
    struct stet_statement *at = list_back(&back, &statements->count, sizeof *at);
    for (size_t i = 0; i < statements->count && !back.from.bad; i++)
        statement_back(&back, &at[i]);
    statements->at = at;
    statements->story = arena_string(arena, story);
    statements->story_len = story.len;
    if (back.from.bad || statements->story == NULL)
        return corrupt(fault, DESK_FILE, UINT64_MAX, "a kept check breaks its format");
    return OK;
}
