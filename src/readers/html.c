/* html.c - HTML pages, and what wears their clothes: cables in <pre>. */
#include <stdio.h>

#include "base/scoped.h"
#include "readers/html_reader.h"
#include "readers/html_text.h"
#include "readers/text_part.h"
#include "readers/text_reader.h"
#include "readers/warm.h"

/* A page is read whole. */
enum { PAGE_MAX = 64 << 20 };

struct html_reading {
    const struct reader_input *input;
    struct sink *sink;
    struct buffer raw;
    struct buffer page; /* as UTF-8 */
    struct html_text text;
    struct charset_guess guess;
    struct text_damage damage;
    char declared[64];
    char reason[512];
};

static enum status read_page(struct html_reading *reading, struct fault *fault)
{
    TRY(reader_input_read(reading->input, 0, PAGE_MAX, &reading->raw, fault));
    struct bytes raw = buffer_bytes(&reading->raw);
    struct bytes charset = reading->input->charset;
    if (charset.len == 0)
        charset = html_declared_charset(raw);
    snprintf(reading->declared, sizeof reading->declared, "%.*s",
             (int)(charset.len < 63 ? charset.len : 63), (const char *)charset.at);
    const char *declared = reading->declared[0] ? reading->declared : NULL;
    TRY(charset_to_utf8(raw, declared, &reading->page, &reading->guess, fault));
    reading->damage.replaced = reading->guess.replaced;
    text_damage_count(&reading->damage, buffer_bytes(&reading->page));
    if (reading->damage.nuls == 0)
        return buffer_check(&reading->page, fault);
    buffer_clear(&reading->raw);
    text_replace_nuls(buffer_bytes(&reading->page), &reading->raw);
    buffer_clear(&reading->page);
    buffer_append_bytes(&reading->page, buffer_bytes(&reading->raw));
    return buffer_check(&reading->page, fault);
}

static enum verdict judge(struct html_reading *reading)
{
    enum verdict verdict =
        text_damage_verdict(&reading->damage, reading->reason, sizeof reading->reason);
    size_t len = strlen(reading->reason);
    if (reading->text.doubt) {
        snprintf(reading->reason + len, sizeof reading->reason - len, "%s%s", len ? "; " : "",
                 reading->text.doubt);
        verdict = reading->text.hidden > 0 ? VERDICT_PARTIAL : VERDICT_DOUBTFUL;
    }
    uint64_t hidden = reading->text.hidden;
    reading->sink->unread = hidden < reading->input->len ? hidden : reading->input->len;
    if (reading->input->len <= PAGE_MAX)
        return verdict;
    reading->sink->unread = reading->input->len - PAGE_MAX;
    snprintf(reading->reason, sizeof reading->reason, "only the first %d MiB of the page were read",
             PAGE_MAX >> 20);
    return VERDICT_PARTIAL;
}

static enum status send_document(struct html_reading *reading, struct fault *fault)
{
    struct field fields[] = { text_charset_field(&reading->guess),
                              { FIELD_TITLE, BASIS_STATED, reading->text.title, { 0 } } };
    struct text_parts parts = { .sink = reading->sink,
                                .name = reading->input->name,
                                .kind = KIND_HTML,
                                .fields = fields,
                                .field_count = reading->text.title.len > 0 ? 2 : 1 };
    /* The markup's paragraphs hold only for a text of one part. */
    if (reading->text.paragraphs.count > 1 && reading->text.text.len <= PART_MAX)
        parts.own = &reading->text.paragraphs;
    parts.pending = reading->text.text;
    reading->text.text = (struct buffer){ 0 };
    enum verdict verdict = judge(reading);
    enum status answer = text_parts_end(&parts, verdict, bytes_from_string(reading->reason), fault);
    text_parts_release(&parts);
    return answer;
}

static enum status read_all(struct html_reading *reading, struct fault *fault)
{
    TRY(read_page(reading, fault));
    if (text_damage_is_binary(&reading->damage)) {
        TRY(sink_document(reading->sink, KIND_HTML, (struct bytes){ 0 }, fault));
        return sink_document_end(reading->sink, VERDICT_FAILED,
                                 bytes_from_string("no page: too many control bytes"), fault);
    }
    bool keep_lines = reading->input->flags & BATCH_KEEP_LINES;
    TRY(html_to_text(buffer_bytes(&reading->page), keep_lines, &reading->text, fault));
    return send_document(reading, fault);
}

static enum status html_read(const struct reader_input *input, struct sink *sink,
                             struct arena *arena, struct fault *fault)
{
    if (input->len == 0)
        return text_send_empty(sink, KIND_HTML, fault);
    struct html_reading *reading = arena_alloc(arena, sizeof *reading);
    if (!reading)
        return no_memory(fault);
    reading->input = input;
    reading->sink = sink;
    enum status answer = read_all(reading, fault);
    buffer_release(&reading->raw);
    buffer_release(&reading->page);
    html_text_release(&reading->text);
    return answer;
}

static enum status html_warm(struct fault *fault)
{
    return warm_over(
        html_read,
        bytes_from_string("<title>Sulaco</title><p>The harbour &amp; the gulf<pre>\n1\n</pre>"),
        fault);
}

const struct reader html_reader = {
    .format = FORMAT_HTML, .name = "html", .read = html_read, .warm = html_warm
};
