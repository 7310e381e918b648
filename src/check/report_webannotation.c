#include "base/json.h"
#include "base/scoped.h"
#include "check/report.h"

enum { QUOTE_AROUND = 32 };

static void write_text(struct json *json, const char *key, const char *value)
{
    json_key(json, key);
    json_text(json, value);
}

/* Up to QUOTE_AROUND bytes beside `at`, cut at whole characters. */
static struct bytes beside(struct bytes text, uint32_t at, bool before)
{
    size_t start = before ? (at > QUOTE_AROUND ? at - QUOTE_AROUND : 0) : at;
    size_t end = before ? at : (at + QUOTE_AROUND < text.len ? at + QUOTE_AROUND : text.len);
    while (start < end && (text.at[start] & 0xC0) == 0x80)
        start++;
    while (end > start && end < text.len && (text.at[end] & 0xC0) == 0x80)
        end--;
    return bytes_slice(text, start, end - start);
}

static uint64_t characters_between(struct bytes text, size_t from, size_t to)
{
    uint64_t count = 0;
    for (size_t at = from; at < to && at < text.len; at++)
        count += (text.at[at] & 0xC0) != 0x80;
    return count;
}

/* Where in the story: the words themselves, and their position in characters. */
static void write_target(const struct check_answer *answer, const struct statement *statement,
                         uint64_t position, struct json *json)
{
    struct bytes text = answer->story.text;
    json_key(json, "target");
    json_object(json);
    json_key(json, "source");
    json_string(json, answer->story.name);
    json_key(json, "selector");
    json_array(json);
    json_object(json);
    write_text(json, "type", "TextQuoteSelector");
    json_key(json, "exact");
    json_string(json, bytes_slice(text, statement->start, statement->end - statement->start));
    json_key(json, "prefix");
    json_string(json, beside(text, statement->start, true));
    json_key(json, "suffix");
    json_string(json, beside(text, statement->end, false));
    json_object_end(json);
    json_object(json);
    write_text(json, "type", "TextPositionSelector");
    json_key(json, "start");
    json_number(json, (int64_t)position);
    json_key(json, "end");
    json_number(json,
                (int64_t)(position + characters_between(text, statement->start, statement->end)));
    json_object_end(json);
    json_array_end(json);
    json_object_end(json);
}

static void write_annotation(const struct check_answer *answer, const struct statement *statement,
                             uint64_t position, bool with_source, struct json *json)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    const struct cited *cited = &statement->cited[0];
    json_object(json);
    write_text(json, "@context", "http://www.w3.org/ns/anno.jsonld");
    write_text(json, "type", "Annotation");
    write_text(json, "motivation", "linking");
    json_key(json, "body");
    json_array(json);
    json_object(json);
    write_text(json, "type", "TextualBody");
    write_text(json, "format", "text/plain");
    const char *value =
        arena_print(&arena, "%s: %s", report_verdict(&arena, statement->kind, statement->verdict),
                    report_source_line(&arena, statement, cited));
    write_text(json, "value", value != NULL ? value : "");
    json_object_end(json);
    if (answer->embargo.len > 0) {
        json_object(json);
        write_text(json, "type", "TextualBody");
        write_text(json, "purpose", "commenting");
        const char *embargo = arena_print(&arena, REPORT_EMBARGO, REPORT_EMBARGOED(answer));
        write_text(json, "value", embargo != NULL ? embargo : "");
        json_object_end(json);
    }
    if (with_source) {
        json_object(json);
        write_text(json, "type", "TextualBody");
        write_text(json, "purpose", "describing");
        json_key(json, "value");
        json_string(json, cited->text);
        json_object_end(json);
    }
    json_array_end(json);
    write_target(answer, statement, position, json);
    json_object_end(json);
}

enum status report_webannotation(const struct check_answer *answer, unsigned flags,
                                 struct buffer *to, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer line = { 0 };
    uint64_t position = 0;
    uint32_t counted = 0;
    bool any = false;
    buffer_append_text(to, "[\n");
    for (size_t i = 0; i < answer->count; i++) {
        const struct statement *statement = &answer->statements[i];
        if (statement->cited_count == 0 || statement->start < counted)
            continue;
        position += characters_between(answer->story.text, counted, statement->start);
        counted = statement->start;
        buffer_clear(&line);
        struct json json = json_begin(&line);
        write_annotation(answer, statement, position, (flags & STET_REPORT_WITH_SOURCE) != 0,
                         &json);
        TRY(buffer_check(&line, fault));
        buffer_append_text(to, any ? ",\n" : "");
        report_escape(buffer_bytes(&line), to);
        any = true;
    }
    buffer_append_text(to, any ? "\n]\n" : "]\n");
    return buffer_check(to, fault);
}
