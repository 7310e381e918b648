#include "check/report.h"
#include "check/ruling.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/scoped.h"
#include "text/utf8.h"

static void write_text(struct json *json, const char *key, struct bytes value)
{
    json_key(json, key);
    json_string(json, value);
}

static void write_or_null(struct json *json, const char *key, struct bytes value)
{
    json_key(json, key);
    if (value.len > 0)
        json_string(json, value);
    else
        json_null(json);
}

static void write_place(struct json *json, uint32_t start, uint32_t end)
{
    json_key(json, "start");
    json_number(json, start);
    json_key(json, "end");
    json_number(json, end);
}

static void write_story(const struct check_answer *answer, const struct statement *statement,
                        struct json *json)
{
    uint32_t line, column;
    story_line_column(&answer->story, statement->start, &line, &column);
    json_key(json, "story");
    json_object(json);
    write_text(json, "file", answer->story.name);
    json_key(json, "line");
    json_number(json, line);
    json_key(json, "col");
    json_number(json, column);
    write_place(json, statement->start, statement->end);
    write_text(
        json, "text",
        bytes_slice(answer->story.text, statement->start, statement->end - statement->start));
    json_object_end(json);
}

static void write_source(const struct cited *cited, struct json *json)
{
    json_object(json);
    write_text(json, "doc", cited->name);
    json_key(json, "part");
    json_number(json, cited->part);
    write_text(json, "reading", cited->reading);
    write_or_null(json, "para", cited->label);
    write_or_null(json, "marking", cited->marking);
    write_or_null(json, "date", cited->date);
    json_key(json, "date_basis");
    if (cited->date.len == 0)
        json_null(json);
    else if (cited->date_is_inferred)
        json_string(json, cited->date_from);
    else
        json_text(json, "stated");
    write_place(json, cited->start, cited->end);
    write_text(json, "text", cited->text);
    write_or_null(json, "lead_in", cited->lead_in);
    json_object_end(json);
}

static void write_differences(const struct statement *statement, struct json *json)
{
    static const char *const markings[] = { "no", "yes", "wrongly" };
    json_key(json, "differences");
    json_array(json);
    for (size_t i = 0; i < statement->finding_count; i++) {
        const struct finding *finding = &statement->findings[i];
        if (!finding->is_difference)
            continue;
        json_object(json);
        json_key(json, "class");
        json_text(json, finding->code);
        json_key(json, "marked");
        json_text(json, markings[finding->marking]);
        write_text(json, "story", finding->story_words);
        write_text(json, "source", finding->source_words);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_candidates(const struct statement *statement, struct json *json)
{
    json_key(json, "candidates");
    json_array(json);
    for (size_t i = 0; i < statement->candidate_count; i++) {
        json_object(json);
        write_text(json, "doc", statement->candidates[i].name);
        write_or_null(json, "para", statement->candidates[i].label);
        json_key(json, "bits");
        json_real(json, statement->candidates[i].bits, 1);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_id(const struct statement *statement, struct json *json)
{
    char digits[2 * FINGERPRINT_LEN + 1];
    hex_from_bytes(bytes_make(statement->fingerprint, FINGERPRINT_LEN), digits);
    json_key(json, "id");
    json_text(json, digits);
}

static void write_ruling(const struct statement *statement, struct json *json)
{
    char date[21];
    const struct ruling_row *row = statement->ruling;
    json_key(json, "ruling");
    if (row == NULL) {
        json_null(json);
        return;
    }
    clock_format(row->made, date);
    json_object(json);
    json_key(json, "ruling");
    json_text(json, ruling_word((enum stet_ruling)row->ruling));
    write_text(json, "by", row->by);
    json_key(json, "date");
    json_string(json, bytes_make(date, 10));
    write_text(json, "reason", row->reason);
    json_key(json, "is_reopened");
    json_bool(json, statement->ruling_is_stale);
    json_object_end(json);
}

static struct bytes message_of(const struct statement *statement)
{
    return statement->finding_count > 0 && !statement->findings[0].folded
               ? statement->findings[0].message
               : bytes_from_string(check_verdict_words(statement->verdict));
}

static void write_statement(const struct check_answer *answer, const struct statement *statement,
                            struct buffer *to)
{
    char rule[64];
    const char *kind =
        statement->verdict == CHECK_TERM ? "term" : statement_kind_word(statement->kind);
    struct json json = json_begin(to);
    json_object(&json);
    json_key(&json, "schema");
    json_text(&json, "stet.check/1");
    write_id(statement, &json);
    json_key(&json, "kind");
    json_text(&json, kind);
    json_key(&json, "verdict");
    json_text(&json, check_verdict_words(statement->verdict));
    json_key(&json, "severity");
    json_text(&json, statement->severity == STET_NONE ? NULL : severity_word(statement->severity));
    rule_write(kind, statement->verdict, rule, sizeof rule);
    json_key(&json, "rule");
    json_text(&json, rule);
    write_text(&json, "message", message_of(statement));
    write_story(answer, statement, &json);
    json_key(&json, "source");
    if (statement->cited_count > 0)
        write_source(&statement->cited[0], &json);
    else
        json_null(&json);
    if (statement->cited_count > 1) {
        json_key(&json, "second_source");
        write_source(&statement->cited[1], &json);
    }
    write_differences(statement, &json);
    write_candidates(statement, &json);
    write_ruling(statement, &json);
    if (answer->embargo.len > 0)
        write_text(&json, "embargo", answer->embargo);
    json_object_end(&json);
}

/* Characters that turn the direction of what follows, or end a line where no line end is seen. */
static bool is_turning(uint32_t code)
{
    return code == 0x061C || (code >= 0x200E && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/* They stand in strings only: escaped, nothing is lost and nothing turns. */
void report_escape(struct bytes written, struct buffer *to)
{
    size_t from = 0, len = 1;
    for (size_t at = 0; at < written.len; at += len) {
        len = 1;
        if (written.at[at] != 0xE2 && written.at[at] != 0xD8)
            continue;
        uint32_t code = utf8_decode(written, at, &len);
        if (!is_turning(code))
            continue;
        buffer_append(to, written.at + from, at - from);
        buffer_print(to, "\\u%04x", code);
        from = at + len;
    }
    buffer_append(to, written.at + from, written.len - from);
}

enum status report_statement(const struct check_answer *answer, const struct statement *statement,
                             struct buffer *to, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer line = { 0 };
    write_statement(answer, statement, &line);
    TRY(buffer_check(&line, fault));
    report_escape(buffer_bytes(&line), to);
    return buffer_check(to, fault);
}

enum status report_jsonl(const struct check_answer *answer, unsigned flags, struct buffer *to,
                         struct fault *fault)
{
    (void)flags;
    for (size_t i = 0; i < answer->count; i++) {
        TRY(report_statement(answer, &answer->statements[i], to, fault));
        buffer_u8(to, '\n');
    }
    return buffer_check(to, fault);
}
