/* mail.c - GMime takes a message apart; its charsets are converted here. */
#include "readers/mail.h"

#include <gmime/gmime.h>
#include <stdio.h>

#include "base/grow.h"
#include "base/scoped.h"
#include "readers/html_text.h"
#include "readers/mail_head.h"
#include "readers/mail_words.h"
#include "readers/nest.h"
#include "readers/text_part.h"
#include "readers/text_reader.h"
#include "text/charset.h"

/* What GMime warns of, and what it costs. */
struct mail_damage {
    bool is_cut; /* text may be missing */
    bool is_too_deep;
    bool is_broken; /* read as well as it goes */
};

/* One message on its way to its document. */
struct mail {
    struct sink *sink;
    struct arena arena;
    struct buffer body;
    struct charset_guess guess;
    uint64_t replaced;
    const char *doubt;    /* of the HTML */
    GMimeObject **inside; /* attachments and messages, lent from the tree */
    size_t inside_count, inside_room;
    enum status failed;
};

static void note_damage(gint64 offset, GMimeParserWarning warning, const gchar *item, gpointer to)
{
    struct mail_damage *damage = to;
    (void)offset, (void)item;
    damage->is_cut |= warning == GMIME_WARN_TRUNCATED_MESSAGE;
    damage->is_too_deep |= warning == GMIME_CRIT_NESTING_OVERFLOW;
    damage->is_broken |= warning == GMIME_WARN_MALFORMED_MULTIPART ||
                         warning == GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY ||
                         warning == GMIME_CRIT_INVALID_HEADER_NAME;
}

/* A leaf's bytes, transfer encoding undone. */
static GByteArray *decode_content(GMimePart *part)
{
    GByteArray *bytes = g_byte_array_new();
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    if (content)
        g_mime_data_wrapper_write_to_stream(content, stream);
    g_object_unref(stream);
    return bytes;
}

static struct bytes raw_header(GMimeObject *object, const char *name)
{
    GMimeHeader *header =
        g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
    const char *value = header ? g_mime_header_get_raw_value(header) : NULL;
    return bytes_from_string(value ? value : "");
}

static void read_file_name(GMimeObject *object, struct buffer *to)
{
    mail_words_parameter(raw_header(object, "Content-Disposition"), "filename", to);
    if (to->len == 0)
        mail_words_parameter(raw_header(object, "Content-Type"), "name", to);
}

static bool is_attached(GMimeObject *object)
{
    SCOPED(buffer_release) struct buffer name = { 0 };
    struct bytes said = bytes_trim(raw_header(object, "Content-Disposition"));
    read_file_name(object, &name);
    return name.len > 0 || bytes_has_prefix_fold(said, "attachment");
}

static bool is_type(GMimeObject *object, const char *type, const char *subtype)
{
    GMimeContentType *found = g_mime_object_get_content_type(object);
    return found && g_mime_content_type_is_type(found, type, subtype);
}

static bool is_body(GMimeObject *object)
{
    return GMIME_IS_PART(object) &&
           (is_type(object, "text", "plain") || is_type(object, "text", "html")) &&
           !is_attached(object);
}

static enum status keep_line_ends(struct bytes text, struct buffer *to, struct fault *fault)
{
    if (to->len > 0)
        buffer_append_text(to, to->at[to->len - 1] == '\n' ? "\n" : "\n\n");
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != '\r' || i + 1 == text.len || text.at[i + 1] != '\n')
            buffer_u8(to, text.at[i]);
    return buffer_check(to, fault);
}

static enum status take_page(struct mail *mail, struct bytes text, struct fault *fault)
{
    SCOPED(html_text_release) struct html_text page = { 0 };
    TRY(html_to_text(text, false, &page, fault));
    if (page.doubt && page.hidden > 0)
        mail->doubt = page.doubt;
    return keep_line_ends(buffer_bytes(&page.text), &mail->body, fault);
}

static enum status take_text(struct mail *mail, GMimeObject *object, struct bytes raw,
                             struct fault *fault)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    SCOPED(buffer_release) struct buffer whole = { 0 };
    GMimeContentType *type = g_mime_object_get_content_type(object);
    struct charset_guess guess = { 0 };
    const char *charset = type ? g_mime_content_type_get_parameter(type, "charset") : NULL;
    if (raw.len == 0)
        return OK;
    TRY(charset_to_utf8(raw, charset, &text, &guess, fault));
    TRY(buffer_check(&text, fault));
    if (mail->guess.name[0] == '\0' || !text_is_ascii(raw))
        mail->guess = guess;
    mail->replaced += guess.replaced;
    text_replace_nuls(buffer_bytes(&text), &whole);
    TRY(buffer_check(&whole, fault));
    if (is_type(object, "text", "html"))
        return take_page(mail, buffer_bytes(&whole), fault);
    return keep_line_ends(buffer_bytes(&whole), &mail->body, fault);
}

static enum status take_leaf(struct mail *mail, GMimeObject *object, bool is_twin,
                             struct fault *fault)
{
    if (!is_body(object)) {
        if (!GROW(mail->inside, mail->inside_room, mail->inside_count))
            return no_memory(fault);
        mail->inside[mail->inside_count++] = object;
        return OK;
    }
    if (is_twin)
        return OK;
    GByteArray *raw = decode_content(GMIME_PART(object));
    enum status answer = take_text(mail, object, bytes_make(raw->data, raw->len), fault);
    g_byte_array_unref(raw);
    return answer;
}

static int count_of(GMimeObject *object)
{
    return GMIME_IS_MULTIPART(object) ? g_mime_multipart_get_count(GMIME_MULTIPART(object)) : 0;
}

static GMimeObject *child_of(GMimeObject *object, int i)
{
    return g_mime_multipart_get_part(GMIME_MULTIPART(object), i);
}

/* Whether a text of that subtype with anything in it stands here or below. */
static bool holds_text(GMimeObject *object, const char *subtype)
{
    for (int i = 0; i < count_of(object); i++)
        if (holds_text(child_of(object, i), subtype))
            return true;
    if (!is_body(object) || !is_type(object, "text", subtype))
        return false;
    GByteArray *raw = decode_content(GMIME_PART(object));
    bool has_text = bytes_trim(bytes_make(raw->data, raw->len)).len > 0;
    g_byte_array_unref(raw);
    return has_text;
}

/* Of the forms of one text: the plain one, else the page, else whatever comes. */
static int best_form(GMimeObject *object)
{
    static const char *const subtypes[] = { "plain", "html" };
    for (size_t k = 0; k < sizeof subtypes / sizeof *subtypes; k++)
        for (int i = 0; i < count_of(object); i++)
            if (holds_text(child_of(object, i), subtypes[k]))
                return i;
    return -1;
}

/* A multipart in which no part begins: what stands there is kept as text. */
static enum status take_prologue(struct mail *mail, GMimeObject *object, struct fault *fault)
{
    const char *words = g_mime_multipart_get_prologue(GMIME_MULTIPART(object));
    if (!words)
        return OK;
    return take_text(mail, object, bytes_from_string(words), fault);
}

/* is_twin: its text stands already in another form; what else it holds counts. */
static enum status take_object(struct mail *mail, GMimeObject *object, bool is_twin,
                               struct fault *fault)
{
    if (!GMIME_IS_MULTIPART(object))
        return take_leaf(mail, object, is_twin, fault);
    if (count_of(object) == 0)
        return take_prologue(mail, object, fault);
    int best = !is_twin && is_type(object, "multipart", "alternative") ? best_form(object) : -1;
    for (int i = 0; i < count_of(object); i++)
        TRY(take_object(mail, child_of(object, i), is_twin || (best >= 0 && i != best), fault));
    return OK;
}

static enum verdict judge(const struct mail *mail, const struct mail_damage *damage,
                          const char *caller_words, struct buffer *reason)
{
    enum verdict verdict = VERDICT_FULL;
    const char *gap = "";
    const struct {
        bool holds;
        enum verdict verdict;
        const char *words;
    } rows[] = {
        { caller_words != NULL, VERDICT_PARTIAL, caller_words },
        { damage->is_too_deep, VERDICT_PARTIAL,
          "parts nested deeper than MIME readers go: not read" },
        { damage->is_cut, VERDICT_PARTIAL, "the message is cut short" },
        { mail->doubt != NULL, VERDICT_PARTIAL, mail->doubt },
        { damage->is_broken, VERDICT_DOUBTFUL, "damaged MIME: read as well as it goes" },
        { mail->replaced > 0, VERDICT_DOUBTFUL, "bytes that fit no charset" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!rows[i].holds)
            continue;
        buffer_print(reason, "%s%s", gap, rows[i].words);
        gap = "; ";
        verdict = rows[i].verdict > verdict ? rows[i].verdict : verdict;
    }
    return verdict;
}

static enum status send_document(struct mail *mail, GMimeMessage *message,
                                 const struct mail_damage *damage, const char *words,
                                 struct fault *fault)
{
    SCOPED(buffer_release) struct buffer reason = { 0 };
    SCOPED(field_list_release) struct field_list fields = { 0 };
    SCOPED(text_parts_release)
    struct text_parts parts = { .sink = mail->sink, .kind = KIND_EMAIL };
    TRY(mail_head_read(message, &mail->arena, &fields, fault));
    if (mail->guess.name[0])
        TRY(field_list_add(&fields, text_charset_field(&mail->guess), fault));
    enum verdict verdict = judge(mail, damage, words, &reason);
    TRY(buffer_check(&reason, fault));
    parts.fields = fields.at;
    parts.field_count = fields.count;
    parts.pending = mail->body;
    mail->body = (struct buffer){ 0 };
    return text_parts_end(&parts, verdict, buffer_bytes(&reason), fault);
}

static enum status read_parsed(struct sink *sink, GMimeMessage *message,
                               const struct mail_damage *damage, const char *words,
                               struct fault *fault);

static enum status read_attached_message(struct mail *mail, GMimeObject *object,
                                         const struct mail_damage *damage, struct bytes name,
                                         struct fault *fault)
{
    struct nest_place place;
    GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    if (!message)
        return nest_pass_over(mail->sink, name, VERDICT_FAILED, "no message in it", fault);
    if (mail->sink->nest.messages >= MAIL_MESSAGES_MAX)
        return nest_pass_over(mail->sink, name, VERDICT_UNREAD,
                              "more than 100 messages one in another: not opened", fault);
    TRY(nest_enter(mail->sink, name, &place, fault));
    mail->sink->nest.messages++;
    enum status answer = read_parsed(mail->sink, message, damage, NULL, fault);
    mail->sink->nest.messages--;
    nest_leave(mail->sink, &place);
    return answer;
}

static enum status read_attachment(struct mail *mail, GMimeObject *object,
                                   const struct mail_damage *damage, size_t number,
                                   struct fault *fault)
{
    SCOPED(buffer_release) struct buffer name = { 0 };
    read_file_name(object, &name);
    if (name.len == 0)
        buffer_print(&name, "%s %zu", GMIME_IS_MESSAGE_PART(object) ? "message" : "attachment",
                     number);
    TRY(buffer_check(&name, fault));
    if (!nest_count(mail->sink))
        return OK;
    if (GMIME_IS_MESSAGE_PART(object))
        return read_attached_message(mail, object, damage, buffer_bytes(&name), fault);
    if (!GMIME_IS_PART(object))
        return nest_pass_over(mail->sink, buffer_bytes(&name), VERDICT_FAILED, "no content in it",
                              fault);
    GByteArray *raw = decode_content(GMIME_PART(object));
    struct member member = { .name = buffer_bytes(&name),
                             .content = bytes_make(raw->data, raw->len) };
    enum status answer = OK;
    if (nest_take(mail->sink, raw->len))
        answer = nest_read(mail->sink, &member, fault);
    g_byte_array_unref(raw);
    return answer;
}

static enum status read_all(struct mail *mail, GMimeMessage *message,
                            const struct mail_damage *damage, const char *words,
                            struct fault *fault)
{
    GMimeObject *top = g_mime_message_get_mime_part(message);
    if (top)
        TRY(take_object(mail, top, false, fault));
    TRY(send_document(mail, message, damage, words, fault));
    for (size_t i = 0; i < mail->inside_count; i++)
        TRY(read_attachment(mail, mail->inside[i], damage, i + 1, fault));
    return OK;
}

static enum status read_parsed(struct sink *sink, GMimeMessage *message,
                               const struct mail_damage *damage, const char *words,
                               struct fault *fault)
{
    struct mail mail = { .sink = sink };
    enum status answer = read_all(&mail, message, damage, words, fault);
    arena_release(&mail.arena);
    buffer_release(&mail.body);
    free(mail.inside);
    return answer;
}

static GMimeMessage *parse(struct bytes raw, struct mail_damage *damage)
{
    GMimeStream *stream =
        g_mime_stream_mem_new_with_buffer(raw.len > 0 ? (const char *)raw.at : "", raw.len);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeParserOptions *options = g_mime_parser_options_new();
    g_mime_parser_options_set_warning_callback(options, note_damage, damage);
    GMimeMessage *message = g_mime_parser_construct_message(parser, options);
    g_mime_parser_options_free(options);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *words, gpointer to)
{
    (void)domain, (void)level, (void)words, (void)to;
}

void mail_begin(void)
{
    g_log_set_default_handler(say_nothing, NULL);
    g_mime_init();
}

enum status mail_read_message(struct bytes raw, struct sink *sink, const char *words,
                              struct fault *fault)
{
    struct mail_damage damage = { 0 };
    GMimeMessage *message = parse(raw, &damage);
    if (!message) {
        TRY(sink_document(sink, KIND_EMAIL, (struct bytes){ 0 }, fault));
        return sink_document_end(sink, VERDICT_FAILED, bytes_from_string("no mail message"), fault);
    }
    enum status answer = read_parsed(sink, message, &damage, words, fault);
    g_object_unref(message);
    return answer;
}
