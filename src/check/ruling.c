#include "check/ruling.h"

#include <stdlib.h>

#include "base/clock.h"
#include "check/report.h"
#include "text/fold.h"

enum { RULE_ROOM = 64, ID_DIGITS = 2 * FINGERPRINT_LEN, ID_DIGITS_MIN = 6 };

const char *ruling_word(enum stet_ruling ruling)
{
    return ruling == STET_STANDS ? "stet" : ruling == STET_ON_AUTHOR ? "on author" : "open";
}

bool statement_is_settled(const struct statement *statement)
{
    return statement->is_known || (statement->ruling != NULL && !statement->ruling_is_stale);
}

/* The finding that names the statement, or NULL. */
static const struct finding *worst_of(const struct statement *statement)
{
    return statement->finding_count > 0 ? &statement->findings[0] : NULL;
}

static enum status fingerprint(const struct story *story, struct statement *statement,
                               struct fault *fault)
{
    SCOPED(buffer_release) struct buffer seen = { 0 };
    char rule[RULE_ROOM];
    struct bytes words =
        bytes_slice(story->text, statement->start, statement->end - statement->start);
    const struct finding *worst = worst_of(statement);
    rule_write(statement_kind_word(statement->kind),
               worst != NULL ? worst->verdict : statement->verdict, rule, sizeof rule);
    buffer_append_text(&seen, rule);
    buffer_u8(&seen, 0);
    if (statement->cited_count > 0)
        buffer_append_bytes(&seen, statement->cited[0].name);
    buffer_u8(&seen, 0);
    if (!buffer_reserve(&seen, 4 * words.len + 16))
        return no_memory(fault);
    seen.len += fold_text(words, seen.at + seen.len, seen.room - seen.len);
    struct hash hash = hash_from_bytes(buffer_bytes(&seen));
    memcpy(statement->fingerprint, hash.at, FINGERPRINT_LEN);
    return buffer_check(&seen, fault);
}

static int by_fingerprint(const void *key, const void *row)
{
    return memcmp(key, ((const struct ruling_row *)row)->fingerprint, FINGERPRINT_LEN);
}

static bool is_stale(const struct statement *statement, const struct ruling_row *row)
{
    return row->reading.len > 0 && statement->cited_count > 0 &&
           !bytes_equal(row->reading, statement->cited[0].reading);
}

static enum status apply_rulings(struct run *run, struct fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    struct ruling_row *rows = NULL;
    size_t count = 0;
    enum status opened =
        desk_open(archive_directory(run->archive), archive_path(run->archive), false, &desk, fault);
    if (opened == NOT_FOUND)
        return OK;
    TRY(opened);
    TRY(desk_rulings(desk, run->arena, &rows, &count, fault));
    for (size_t i = 0; count > 0 && i < run->answer->count; i++) {
        struct statement *statement = &run->answer->statements[i];
        statement->ruling =
            bsearch(statement->fingerprint, rows, count, sizeof *rows, by_fingerprint);
        if (statement->ruling != NULL)
            statement->ruling_is_stale = is_stale(statement, statement->ruling);
    }
    return OK;
}

static int compare_prints(const void *a, const void *b)
{
    return memcmp(a, b, FINGERPRINT_LEN);
}

/* The identifiers of an earlier --format jsonl or json: all that is read of it. */
static enum status apply_baseline(struct run *run, struct fault *fault)
{
    static const char key[] = "\"id\":\"";
    struct bytes text = bytes_from_string(run->options->baseline);
    size_t count = 0, room = run->answer->count + text.len / 512 + 16;
    uint8_t *prints = arena_alloc_many(run->arena, room, FINGERPRINT_LEN);
    if (prints == NULL)
        return no_memory(fault);
    for (size_t at = 0; count < room; at++) {
        at = bytes_find(text, bytes_from_string(key), at);
        if (at == SIZE_MAX)
            break;
        at += strlen(key);
        count += bytes_from_hex(bytes_slice(text, at, ID_DIGITS), prints + count * FINGERPRINT_LEN,
                                FINGERPRINT_LEN);
    }
    if (count == 0)
        return fail(fault, BAD_INPUT,
                    "the baseline names no statement: it is a report of --format jsonl or json");
    qsort(prints, count, FINGERPRINT_LEN, compare_prints);
    for (size_t i = 0; i < run->answer->count; i++)
        run->answer->statements[i].is_known =
            bsearch(run->answer->statements[i].fingerprint, prints, count, FINGERPRINT_LEN,
                    compare_prints) != NULL;
    return OK;
}

enum status rulings_apply(struct run *run, struct fault *fault)
{
    for (size_t i = 0; i < run->answer->count; i++)
        TRY(fingerprint(&run->answer->story, &run->answer->statements[i], fault));
    TRY(apply_rulings(run, fault));
    return run->options->baseline != NULL ? apply_baseline(run, fault) : OK;
}

static bool has_findings(const struct statement *statement)
{
    for (size_t i = 0; i < statement->finding_count; i++)
        if (statement->findings[i].severity > STET_NONE && !statement->findings[i].folded)
            return true;
    return false;
}

static bool is_meant(const struct story *story, const struct statement *statement, uint32_t line,
                     const char *id)
{
    char digits[ID_DIGITS + 1];
    uint32_t at, column;
    if (!has_findings(statement))
        return false;
    hex_from_bytes(bytes_make(statement->fingerprint, FINGERPRINT_LEN), digits);
    if (id != NULL)
        return strlen(id) >= ID_DIGITS_MIN && strncmp(digits, id, strlen(id)) == 0;
    for (size_t i = 0; i < statement->finding_count; i++) {
        story_line_column(story, statement->findings[i].story_start, &at, &column);
        if (at == line)
            return true;
    }
    return false;
}

static struct ruling_row row_of(const struct story *story, const struct statement *statement,
                                const struct stet_ruling_given *given, char rule[RULE_ROOM])
{
    rule_write(statement_kind_word(statement->kind), statement->findings[0].verdict, rule,
               RULE_ROOM);
    struct ruling_row row = { .ruling = (uint8_t)given->ruling,
                              .made = clock_wall(),
                              .by = bytes_from_string(given->by),
                              .reason = bytes_from_string(given->reason),
                              .story = story->name,
                              .rule = bytes_from_string(rule),
                              .words = bytes_slice(story->text, statement->start,
                                                   statement->end - statement->start) };
    memcpy(row.fingerprint, statement->fingerprint, FINGERPRINT_LEN);
    if (statement->cited_count > 0) {
        row.document = statement->cited[0].name;
        row.reading = statement->cited[0].reading;
    }
    return row;
}

static enum status rule_one(struct desk *desk, const struct story *story,
                            const struct statement *statement,
                            const struct stet_ruling_given *given, struct fault *fault)
{
    char rule[RULE_ROOM];
    bool was;
    if (given->ruling == STET_OPEN)
        return desk_reopen(desk, statement->fingerprint, &was, fault);
    struct ruling_row row = row_of(story, statement, given, rule);
    return desk_rule(desk, &row, fault);
}

enum status ruling_give(struct archive *archive, const struct check_answer *answer, uint32_t line,
                        const char *id, const struct stet_ruling_given *given, size_t *count,
                        struct fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    bool is_blank =
        given->by == NULL || *given->by == '\0' ||
        (given->ruling != STET_OPEN && (given->reason == NULL || *given->reason == '\0'));
    *count = 0;
    if (is_blank)
        return fail(fault, BAD_INPUT, "a ruling needs a name and a reason");
    TRY(desk_open(archive_directory(archive), archive_path(archive), true, &desk, fault));
    for (size_t i = 0; i < answer->count; i++) {
        if (!is_meant(&answer->story, &answer->statements[i], line, id))
            continue;
        TRY(rule_one(desk, &answer->story, &answer->statements[i], given, fault));
        ++*count;
    }
    if (*count == 0 && id != NULL)
        return fail(fault, NOT_FOUND, "no finding of this story has an identifier that begins %s",
                    id);
    return *count > 0 ? OK : fail(fault, NOT_FOUND, "line %u has no finding to rule on", line);
}

enum stet_status stet_rulings(struct stet_archive *archive, stet_ruling_told *told, void *context,
                              struct stet_fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct ruling_row *rows = NULL;
    size_t count = 0;
    enum status opened =
        desk_open(archive_directory(archive), archive_path(archive), false, &desk, fault);
    if (opened == NOT_FOUND)
        return OK;
    TRY(opened);
    TRY(desk_rulings(desk, &arena, &rows, &count, fault));
    for (size_t i = 0; i < count; i++) {
        char digits[ID_DIGITS + 1], date[21];
        hex_from_bytes(bytes_make(rows[i].fingerprint, FINGERPRINT_LEN), digits);
        clock_format(rows[i].made, date);
        date[10] = '\0';
        struct stet_ruling_kept kept = { .ruling = (enum stet_ruling)rows[i].ruling,
                                         .id = digits,
                                         .date = date,
                                         .by = report_words(&arena, rows[i].by, 100),
                                         .reason = report_words(&arena, rows[i].reason, 1000),
                                         .story = report_words(&arena, rows[i].story, 200),
                                         .rule = report_words(&arena, rows[i].rule, 100),
                                         .words = report_words(&arena, rows[i].words, 300),
                                         .document = report_words(&arena, rows[i].document, 100) };
        told(context, &kept);
    }
    return OK;
}
