#include "base/hash.h"
#include "base/json.h"
#include "base/scoped.h"
#include "check/report.h"

enum { RULE_ROOM = 64 };

/* SARIF 2.1.0 (OASIS, Errata 01): level and kind are always both written. */
struct sarif {
    const struct check_answer *answer;
    struct json json;
    struct arena arena;
    bool with_source;
    uint32_t counted_at; /* bytes of the story whose characters were counted already */
    uint64_t counted;
    struct rule {
        enum statement_kind kind;
        enum check_verdict verdict;
    } rules[STATEMENT_KIND_COUNT * CHECK_VERDICT_COUNT]; /* in the order of their first result */
    size_t rule_count;
};

static const struct level_row {
    enum stet_severity severity;
    const char *kind, *level;
} level_rows[] = {
    { STET_NONE, "pass", "none" },    { STET_NOTE, "fail", "note" },
    { STET_QUERY, "review", "none" }, { STET_IMPRECISE, "fail", "warning" },
    { STET_FIX, "fail", "error" },
};

static void write_text(struct json *json, const char *key, const char *value)
{
    json_key(json, key);
    json_text(json, value);
}

static void write_number(struct json *json, const char *key, uint64_t value)
{
    json_key(json, key);
    json_number(json, (int64_t)value);
}

static void write_message(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_object(json);
    write_text(json, "text", text);
    json_object_end(json);
}

static uint64_t characters(struct bytes text)
{
    uint64_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += (text.at[i] & 0xC0) != 0x80;
    return count;
}

/* Characters before a byte of the story; cheap where bytes are asked in order. */
static uint64_t characters_before(struct sarif *sarif, uint32_t at)
{
    if (at < sarif->counted_at)
        sarif->counted_at = 0, sarif->counted = 0;
    sarif->counted += characters(
        bytes_slice(sarif->answer->story.text, sarif->counted_at, at - sarif->counted_at));
    sarif->counted_at = at;
    return sarif->counted;
}

static void write_region(struct sarif *sarif, uint32_t start, uint32_t end)
{
    uint32_t line, column, end_line, end_column;
    const struct story *story = &sarif->answer->story;
    struct json *json = &sarif->json;
    story_line_column(story, start, &line, &column);
    story_line_column(story, end, &end_line, &end_column);
    json_key(json, "region");
    json_object(json);
    write_number(json, "startLine", line);
    write_number(json, "startColumn", column);
    write_number(json, "endLine", end_line);
    write_number(json, "endColumn", end_column);
    write_number(json, "charOffset", characters_before(sarif, start));
    write_number(json, "charLength", characters(bytes_slice(story->text, start, end - start)));
    json_object_end(json);
}

static const char plain_bytes[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

/* A file name as a URI reference. */
static const char *uri_of(struct sarif *sarif, const char *scheme, struct bytes name)
{
    SCOPED(buffer_release) struct buffer made = { 0 };
    buffer_append_text(&made, scheme);
    for (size_t i = 0; i < name.len; i++) {
        uint8_t byte = name.at[i];
        bool plain = bytes_find_byte(bytes_from_string(plain_bytes), byte, 0) != SIZE_MAX;
        buffer_print(&made, plain ? "%c" : "%%%02X", byte);
    }
    char *kept = made.failed ? NULL : arena_string(&sarif->arena, buffer_bytes(&made));
    return kept != NULL ? kept : "";
}

static void write_place(struct sarif *sarif, uint32_t start, uint32_t end)
{
    struct json *json = &sarif->json;
    json_key(json, "locations");
    json_array(json);
    json_object(json);
    json_key(json, "physicalLocation");
    json_object(json);
    json_key(json, "artifactLocation");
    json_object(json);
    write_text(json, "uri", uri_of(sarif, "", sarif->answer->story.name));
    json_object_end(json);
    write_region(sarif, start, end);
    json_object_end(json);
    json_object_end(json);
    json_array_end(json);
}

static void write_sources(struct sarif *sarif, const struct statement *statement)
{
    struct json *json = &sarif->json;
    if (statement->cited_count == 0)
        return;
    json_key(json, "relatedLocations");
    json_array(json);
    for (size_t i = 0; i < statement->cited_count; i++) {
        const struct cited *cited = &statement->cited[i];
        json_object(json);
        json_key(json, "physicalLocation");
        json_object(json);
        json_key(json, "artifactLocation");
        json_object(json);
        write_text(json, "uri", uri_of(sarif, "stet:", cited->name));
        json_object_end(json);
        json_key(json, "region");
        json_object(json);
        write_number(json, "byteOffset", cited->start);
        write_number(json, "byteLength", cited->end - cited->start);
        json_object_end(json);
        json_object_end(json);
        write_message(json, "message",
                      sarif->with_source ? report_words(&sarif->arena, cited->shown, 2000)
                                         : report_source_line(&sarif->arena, statement, cited));
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_fingerprint(struct sarif *sarif, const struct statement *statement)
{
    char digits[2 * FINGERPRINT_LEN + 1];
    hex_from_bytes(bytes_make(statement->fingerprint, FINGERPRINT_LEN), digits);
    json_key(&sarif->json, "partialFingerprints");
    json_object(&sarif->json);
    write_text(&sarif->json, "stetFinding/v1", digits);
    json_object_end(&sarif->json);
}

static void write_suppression(struct sarif *sarif, const struct statement *statement)
{
    if (statement->ruling == NULL || statement->ruling_is_stale)
        return;
    json_key(&sarif->json, "suppressions");
    json_array(&sarif->json);
    json_object(&sarif->json);
    write_text(&sarif->json, "kind", "external");
    write_text(&sarif->json, "justification", report_ruling(&sarif->arena, statement));
    json_object_end(&sarif->json);
    json_array_end(&sarif->json);
}

static size_t rule_index(struct sarif *sarif, enum statement_kind kind, enum check_verdict verdict)
{
    size_t at = 0;
    while (at < sarif->rule_count &&
           (sarif->rules[at].kind != kind || sarif->rules[at].verdict != verdict))
        at++;
    if (at == sarif->rule_count)
        sarif->rules[sarif->rule_count++] = (struct rule){ kind, verdict };
    return at;
}

/* Source words stay in the house: the message names what differs, not how, unless asked for. */
static const char *message_of(struct sarif *sarif, const struct statement *statement,
                              enum check_verdict verdict, const struct finding *finding)
{
    if (sarif->with_source && finding != NULL && finding->message.len > 0)
        return report_words(&sarif->arena, finding->message, 1000);
    const char *words = report_verdict(&sarif->arena, statement->kind, verdict);
    if (statement->cited_count == 0)
        return words;
    const char *made = arena_print(&sarif->arena, "%s (%s)", words,
                                   report_address(&sarif->arena, &statement->cited[0]));
    return made != NULL ? made : words;
}

static void write_result(struct sarif *sarif, const struct statement *statement,
                         const struct finding *finding)
{
    char rule[RULE_ROOM];
    struct json *json = &sarif->json;
    enum check_verdict verdict = finding != NULL ? finding->verdict : statement->verdict;
    enum stet_severity severity = finding != NULL ? finding->severity : STET_NONE;
    bool is_open = finding == NULL && statement->is_unexpected;
    uint32_t start = finding != NULL ? finding->story_start : statement->start;
    uint32_t end = finding != NULL ? finding->story_end : statement->end;
    rule_write(statement_kind_word(statement->kind), verdict, rule, sizeof rule);
    json_object(json);
    write_text(json, "ruleId", rule);
    write_number(json, "ruleIndex", rule_index(sarif, statement->kind, verdict));
    write_text(json, "kind", is_open ? "open" : level_rows[severity].kind);
    write_text(json, "level", level_rows[severity].level);
    write_message(json, "message", message_of(sarif, statement, verdict, finding));
    write_place(sarif, start, end > start ? end : statement->end);
    write_sources(sarif, statement);
    write_fingerprint(sarif, statement);
    write_suppression(sarif, statement);
    if (statement->is_known)
        write_text(json, "baselineState", "unchanged");
    json_object_end(json);
    arena_clear(&sarif->arena);
}

static void write_results(struct sarif *sarif)
{
    json_key(&sarif->json, "results");
    json_array(&sarif->json);
    for (size_t i = 0; i < sarif->answer->count; i++) {
        const struct statement *statement = &sarif->answer->statements[i];
        bool is_said = false;
        if (statement->verdict == CHECK_TERM)
            continue;
        for (size_t k = 0; k < statement->finding_count; k++)
            if (statement->findings[k].severity > STET_NONE && !statement->findings[k].folded) {
                write_result(sarif, statement, &statement->findings[k]);
                is_said = true;
            }
        if (!is_said)
            write_result(sarif, statement, NULL);
    }
    json_array_end(&sarif->json);
}

static void write_rule(struct sarif *sarif, const struct rule *rule)
{
    char name[RULE_ROOM], text[1024];
    struct json *json = &sarif->json;
    rule_write(statement_kind_word(rule->kind), rule->verdict, name, sizeof name);
    json_object(json);
    write_text(json, "id", name);
    write_message(json, "shortDescription",
                  report_verdict(&sarif->arena, rule->kind, rule->verdict));
    if (stet_explain(name, text, sizeof text))
        write_message(json, "help", report_words(&sarif->arena, bytes_from_string(text), 1000));
    json_object_end(json);
}

/* After the results, because it names the rules that they use. */
static void write_tool(struct sarif *sarif)
{
    struct json *json = &sarif->json;
    json_key(json, "tool");
    json_object(json);
    json_key(json, "driver");
    json_object(json);
    write_text(json, "name", "stet");
    write_text(json, "semanticVersion", STET_VERSION);
    json_key(json, "rules");
    json_array(json);
    for (size_t i = 0; i < sarif->rule_count; i++)
        write_rule(sarif, &sarif->rules[i]);
    json_array_end(json);
    json_object_end(json);
    json_object_end(json);
}

/* What was checked, and that it could be: the exit code is the command's. */
static void write_about(struct sarif *sarif)
{
    struct json *json = &sarif->json;
    const struct check_answer *answer = sarif->answer;
    json_key(json, "invocations");
    json_array(json);
    json_object(json);
    json_key(json, "executionSuccessful");
    json_bool(json, true);
    json_object_end(json);
    json_array_end(json);
    json_key(json, "artifacts");
    json_array(json);
    json_object(json);
    json_key(json, "location");
    json_object(json);
    write_text(json, "uri", uri_of(sarif, "", answer->story.name));
    json_object_end(json);
    if (answer->printed.len > 0) {
        char digits[2 * HASH_LEN + 1];
        struct hash hash = sha256_from_bytes(answer->printed);
        hex_from_bytes(bytes_make(hash.at, HASH_LEN), digits);
        json_key(json, "hashes");
        json_object(json);
        write_text(json, "sha-256", digits);
        json_object_end(json);
    }
    json_object_end(json);
    json_array_end(json);
}

static void write_embargo(struct sarif *sarif)
{
    if (sarif->answer->embargo.len == 0)
        return;
    json_key(&sarif->json, "properties");
    json_object(&sarif->json);
    json_key(&sarif->json, "embargo");
    json_string(&sarif->json, sarif->answer->embargo);
    json_object_end(&sarif->json);
}

enum status report_sarif(const struct check_answer *answer, unsigned flags, struct buffer *to,
                         struct fault *fault)
{
    SCOPED(buffer_release) struct buffer made = { 0 };
    struct sarif sarif = { .answer = answer,
                           .json = json_begin(&made),
                           .with_source = (flags & STET_REPORT_WITH_SOURCE) != 0 };
    json_object(&sarif.json);
    write_text(&sarif.json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    write_text(&sarif.json, "version", "2.1.0");
    json_key(&sarif.json, "runs");
    json_array(&sarif.json);
    json_object(&sarif.json);
    write_text(&sarif.json, "columnKind", "unicodeCodePoints");
    write_text(&sarif.json, "language", "en");
    write_about(&sarif);
    write_embargo(&sarif);
    write_results(&sarif);
    write_tool(&sarif);
    json_object_end(&sarif.json);
    json_array_end(&sarif.json);
    json_object_end(&sarif.json);
    arena_release(&sarif.arena);
    TRY(buffer_check(&made, fault));
    report_escape(buffer_bytes(&made), to);
    buffer_u8(to, '\n');
    return buffer_check(to, fault);
}
