#include "base/json.h"
#include "base/scoped.h"
#include "catalog/coverage_words.h"
#include "check/report.h"

static void write_head(const struct check_answer *answer, struct json *json)
{
    char held[1024];
    coverage_words(&answer->coverage, held, sizeof held);
    json_key(json, "schema");
    json_text(json, "stet.report/1");
    json_key(json, "says");
    json_text(json, REPORT_DISCLAIMER);
    json_key(json, "file");
    json_string(json, answer->story.name);
    json_key(json, "date");
    if (answer->date.len > 0)
        json_string(json, answer->date);
    else
        json_null(json);
    json_key(json, "embargo");
    if (answer->embargo.len > 0)
        json_string(json, answer->embargo);
    else
        json_null(json);
    json_key(json, "style");
    json_text(json, style_name(answer->style));
    json_key(json, "held");
    json_text(json, held);
    json_key(json, "unread");
    json_array(json);
    for (size_t i = 0; i < answer->unread_count && i < CHECK_UNREAD; i++)
        json_string(json, answer->unread[i]);
    json_array_end(json);
    json_key(json, "unread_count");
    json_number(json, (int64_t)answer->unread_count);
    json_key(json, "left_out");
    json_number(json, (int64_t)answer->left_out);
    json_key(json, "cut");
    json_bool(json, answer->story.cut);
    json_key(json, "not_checked");
    json_array(json);
    for (int kind = 0; kind < STATEMENT_KIND_COUNT; kind++)
        if (!answer->is_checked[kind])
            json_text(json, statement_kind_word((enum statement_kind)kind));
    json_array_end(json);
}

/* One object: how the check was made, then all statements as --format jsonl has them. */
enum status report_json(const struct check_answer *answer, unsigned flags, struct buffer *to,
                        struct fault *fault)
{
    (void)flags;
    SCOPED(buffer_release) struct buffer head = { 0 };
    struct json json = json_begin(&head);
    json_object(&json);
    write_head(answer, &json);
    TRY(buffer_check(&head, fault));
    report_escape(buffer_bytes(&head), to);
    buffer_append_text(to, ",\"statements\":[\n");
    for (size_t i = 0; i < answer->count; i++) {
        TRY(report_statement(answer, &answer->statements[i], to, fault));
        buffer_append_text(to, i + 1 < answer->count ? ",\n" : "\n");
    }
    buffer_append_text(to, "]}\n");
    return buffer_check(to, fault);
}
