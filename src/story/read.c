#include "story/story.h"

#include <fcntl.h>
#include <sys/mman.h>

#include "base/file.h"
#include "base/scoped.h"
#include "worker/worker.h"

/* A PDF's mark stands somewhere in its first bytes. */
enum { PDF_MARK_WITHIN = 1024 };

struct listening {
    struct buffer text;
    struct span_list spans;
    uint32_t parts;
    struct buffer remark;
};

static void listening_release(struct listening *listening)
{
    buffer_release(&listening->text);
    span_list_release(&listening->spans);
    buffer_release(&listening->remark);
}

static bool has_ending(struct bytes name, const char *ending)
{
    size_t len = strlen(ending);
    return name.len >= len &&
           bytes_equal_fold(bytes_slice(name, name.len - len, len), bytes_from_string(ending));
}

/* The content decides for files that are no text, the name for text. */
static enum format format_from_content(struct bytes raw)
{
    if (bytes_has_prefix(raw, "PK\x03\x04"))
        return FORMAT_DOCX;
    if (bytes_has_prefix(raw, "{\\rtf"))
        return FORMAT_RTF;
    size_t mark = bytes_find(bytes_slice(raw, 0, PDF_MARK_WITHIN), bytes_from_string("%PDF-"), 0);
    struct bytes head = bytes_slice(raw, 0, 8 * PDF_MARK_WITHIN);
    bool has_objects = bytes_find(head, bytes_from_string(" obj"), 0) != SIZE_MAX;
    return mark == 0 || (mark != SIZE_MAX && has_objects) ? FORMAT_PDF : FORMAT_TEXT;
}

static enum story_markup markup_from_name(struct bytes name)
{
    if (has_ending(name, ".md") || has_ending(name, ".markdown"))
        return STORY_MARKDOWN;
    if (has_ending(name, ".html") || has_ending(name, ".htm") || has_ending(name, ".xhtml"))
        return STORY_HTML;
    return STORY_PLAIN;
}

static enum status spans_take(struct listening *listening, struct bytes encoded,
                              struct fault *fault)
{
    struct cursor cursor = cursor_from_bytes(encoded);
    struct span span;
    while (cursor_left(&cursor) > 0) {
        if (!span_decode(&cursor, PART_MAX, &span))
            return fail(fault, BAD_INPUT, "the story's reader broke the protocol");
        span.value = (struct bytes){ 0 };
        bool wanted = span.kind == SPAN_PARAGRAPH || span.kind == SPAN_HEADING;
        if (wanted && listening->parts == 1)
            TRY(span_list_add(&listening->spans, span, fault));
    }
    return OK;
}

static enum status message_take(struct listening *listening, const struct message *message,
                                struct fault *fault)
{
    switch (message->kind) {
    case MESSAGE_PART:
        listening->parts++;
        break;
    case MESSAGE_TEXT:
        if (listening->parts == 1)
            buffer_append_bytes(&listening->text, message->text);
        break;
    case MESSAGE_SPANS:
        return spans_take(listening, message->spans, fault);
    case MESSAGE_ITEM_END:
        if (message->verdict == VERDICT_FAILED || message->verdict == VERDICT_UNREAD)
            return fail(fault, BAD_INPUT, "the story could not be read: %.*s",
                        (int)message->text.len, (const char *)message->text.at);
        break;
    case MESSAGE_DOCUMENT_END:
        buffer_append_bytes(&listening->remark, message->text);
        break;
    case MESSAGE_DOCUMENT:
    case MESSAGE_FIELD:
    case MESSAGE_PART_END:
    case MESSAGE_BATCH_END:
    case MESSAGE_KINDS:
        break;
    }
    return OK;
}

static enum status worker_read(struct worker_pool *pool, int fd, const struct batch_item *item,
                               struct listening *listening, struct fault *fault)
{
    CLOSED(worker_batch_close) struct worker_batch *batch = NULL;
    TRY(worker_batch_open(pool, fd, item, 1, BATCH_KEEP_LINES, &batch, fault));
    for (;;) {
        struct message message;
        TRY(worker_batch_next(batch, &message, fault));
        if (message.kind == MESSAGE_BATCH_END)
            return buffer_check(&listening->text, fault);
        TRY(message_take(listening, &message, fault));
    }
}

static enum status seal(struct bytes raw, int *fd, struct fault *fault)
{
    *fd = memfd_create("story", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (*fd < 0)
        return fail_errno(fault, IO_FAILED, "no memory file for the story");
    TRY(file_write_all(*fd, raw, "the story", fault));
    if (fcntl(*fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)
        return fail_errno(fault, IO_FAILED, "the story's memory file could not be sealed");
    return OK;
}

static enum status size_check(struct bytes raw, struct fault *fault)
{
    if (raw.len > STORY_MAX)
        return fail(fault, BAD_INPUT, "the story is larger than 16 MiB");
    return OK;
}

/* UTF-16 may hold NULs; nothing else that is text does. */
static enum status raw_check(struct bytes raw, struct fault *fault)
{
    if (bytes_trim(raw).len == 0)
        return fail(fault, BAD_INPUT, "the story is empty");
    bool wide =
        raw.len >= 2 && (memcmp(raw.at, "\xFF\xFE", 2) == 0 || memcmp(raw.at, "\xFE\xFF", 2) == 0);
    if (!wide && bytes_find_byte(raw, 0, 0) != SIZE_MAX)
        return fail(fault, BAD_INPUT, "the story holds NUL bytes: it is not text");
    return OK;
}

static struct bytes leaf_of(struct bytes path)
{
    const uint8_t *slash = path.len > 0 ? memrchr(path.at, '/', path.len) : NULL;
    size_t last = slash ? (size_t)(slash - path.at) + 1 : 0;
    return bytes_slice(path, last, path.len - last);
}

static enum status heard_parse(const struct listening *listening, struct bytes name,
                               enum story_markup markup, struct arena *arena, struct story *story,
                               struct fault *fault)
{
    TRY(buffer_check(&listening->remark, fault));
    TRY(story_parse(name, buffer_bytes(&listening->text), markup, listening->spans.at,
                    listening->spans.count, arena, story, fault));
    story->remark = arena_copy(arena, buffer_bytes(&listening->remark));
    return story->remark.at ? OK : no_memory(fault);
}

enum status story_read(const char *worker, struct bytes name, struct bytes raw, struct arena *arena,
                       struct story *story, struct fault *fault)
{
    CLOSED(worker_pool_close) struct worker_pool *pool = NULL;
    struct worker_options options = { .program = worker };
    struct batch_item item = { .len = raw.len, .name = leaf_of(name) };
    TRY(size_check(raw, fault));
    item.format = format_from_content(raw);
    enum story_markup markup = STORY_HTML;
    if (item.format == FORMAT_TEXT) {
        TRY(raw_check(raw, fault));
        markup = markup_from_name(name);
        item.format = markup == STORY_HTML ? FORMAT_HTML : FORMAT_TEXT;
    }
    TRY(worker_pool_open(&options, &pool, fault));
    CLOSED_FD int fd = -1;
    TRY(seal(raw, &fd, fault));
    SCOPED(listening_release) struct listening listening = { 0 };
    TRY(worker_read(pool, fd, &item, &listening, fault));
    return heard_parse(&listening, name, markup, arena, story, fault);
}
