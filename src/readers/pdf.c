/* pdf.c - PDF files: opened, paged through, laid out, judged. */
#include "readers/pdf.h"

#include <stdio.h>

#include "base/scoped.h"
#include "readers/pdf_reader.h"
#include "readers/pdf_sample.h"
#include "readers/text_part.h"
#include "readers/text_reader.h"
#include "readers/warm.h"

/* Memory that MuPDF may keep what it has decoded in; bytes of the file looked at in one go. */
enum { STORE_MAX = 32 << 20, WINDOW = 8 << 10 };
/* Pages in a row that cannot be loaded: the file lies about their number. */
enum { BROKEN_RUN_MAX = 200 };

static int fill(fz_context *context, fz_stream *stream, size_t most)
{
    (void)most;
    struct pdf *pdf = stream->state;
    struct fault fault;
    struct buffer *window = &pdf->window;
    buffer_clear(window);
    if (reader_input_read(pdf->input, pdf->at, WINDOW, window, &fault) != OK)
        fz_throw(context, FZ_ERROR_GENERIC, "the file cannot be read");
    pdf->at += window->len;
    stream->pos = (int64_t)pdf->at;
    stream->rp = window->at;
    stream->wp = window->at + window->len;
    return window->len > 0 ? *stream->rp++ : EOF;
}

static void seek(fz_context *context, fz_stream *stream, int64_t offset, int whence)
{
    struct pdf *pdf = stream->state;
    int64_t from = whence == SEEK_END   ? (int64_t)pdf->input->len
                   : whence == SEEK_CUR ? stream->pos - (stream->wp - stream->rp)
                                        : 0;
    int64_t to = 0;
    if (__builtin_add_overflow(from, offset, &to))
        fz_throw(context, FZ_ERROR_GENERIC, "a place outside the file");
    to = to < 0 ? 0 : to > (int64_t)pdf->input->len ? (int64_t)pdf->input->len : to;
    pdf->at = (uint64_t)to;
    stream->pos = to;
    stream->rp = stream->wp;
}

static void be_silent(void *context, const char *words)
{
    (void)context;
    (void)words;
}

static bool may_open(struct pdf *pdf)
{
    fz_context *context = pdf->context;
    fz_stream *stream = NULL;
    bool is_locked = false;
    fz_var(stream);
    fz_var(is_locked);
    fz_try(context)
    {
        stream = fz_new_stream(context, pdf, fill, NULL);
        stream->seek = seek;
        pdf->document = pdf_open_document_with_stream(context, stream);
        is_locked = pdf_needs_password(context, pdf->document);
        if (!is_locked)
            pdf->pages = (uint32_t)pdf_count_pages(context, pdf->document);
    }
    fz_always(context) fz_drop_stream(context, stream);
    fz_catch(context) pdf_note_trouble(pdf);
    if (is_locked)
        snprintf(pdf->why, sizeof pdf->why, "locked with a password");
    return pdf->document && !is_locked && pdf->pages > 0;
}

/* Without it every page is looked for from the first one on. */
static bool has_page_tree(struct pdf *pdf)
{
    bool is_loaded = false;
    fz_var(is_loaded);
    fz_try(pdf->context)
    {
        pdf_load_page_tree(pdf->context, pdf->document);
        is_loaded = true;
    }
    fz_catch(pdf->context) pdf_note_trouble(pdf);
    return is_loaded;
}

static enum status read_pages(struct pdf *pdf, struct fault *fault)
{
    uint32_t run = 0;
    bool is_loaded = has_page_tree(pdf);
    for (uint32_t i = 0; i < pdf->pages && i < PDF_PAGES_MAX && run < BROKEN_RUN_MAX; i++) {
        uint32_t broken = pdf->broken_pages;
        pdf_page_read(pdf, i);
        run = pdf->broken_pages > broken ? run + 1 : 0;
        if (pdf->is_cut || pdf->is_out_of_memory)
            break;
    }
    pdf_about_read(pdf);
    if (is_loaded)
        pdf_drop_page_tree(pdf->context, pdf->document);
    if (pdf->is_out_of_memory || pdf->notes.failed != OK)
        return no_memory(fault);
    return pdf_lines_mark_edges(&pdf->lines, fault);
}

static void say(struct buffer *reason, const char *format, ...) PRINTS(2, 3);
static void say(struct buffer *reason, const char *format, ...)
{
    char words[512];
    va_list rest;
    va_start(rest, format);
    vsnprintf(words, sizeof words, format, rest);
    va_end(rest);
    buffer_print(reason, "%s%s", reason->len > 0 ? "; " : "", words);
}

static enum verdict judge_pages(const struct pdf *pdf, struct buffer *reason)
{
    enum verdict verdict = VERDICT_FULL;
    if (pdf->is_repaired) {
        say(reason, "the file is damaged: its objects were found by searching");
        verdict = VERDICT_DOUBTFUL;
    }
    if (pdf->lines.pages < pdf->pages)
        say(reason, "only the first %u of %u pages were read", pdf->lines.pages, pdf->pages);
    if (pdf->broken_pages > 0)
        say(reason, "%u of %u pages broken (%s)", pdf->broken_pages, pdf->pages,
            pdf->why[0] ? pdf->why : "bad content");
    if (pdf->scanned_pages > 0)
        say(reason, "%u of %u pages have no text layer (a scan?)", pdf->scanned_pages, pdf->pages);
    else if (pdf->bare_pages > 0)
        say(reason, "%u of %u pages without text", pdf->bare_pages, pdf->pages);
    if (pdf->is_form)
        say(reason, "an XFA form not read");
    if (pdf->is_cut)
        say(reason, "more than %d MiB of text: the rest is left", PDF_TEXT_MAX >> 20);
    bool is_partial = pdf->lines.pages < pdf->pages || pdf->broken_pages > 0 ||
                      pdf->scanned_pages > 0 || (pdf->is_repaired && pdf->bare_pages > 0) ||
                      pdf->is_form || pdf->is_cut;
    return is_partial ? VERDICT_PARTIAL : verdict;
}

static enum verdict judge(const struct pdf *pdf, struct buffer *reason)
{
    enum verdict verdict = judge_pages(pdf, reason);
    if (pdf->attachments > 0) {
        say(reason, "%u attached file%s not read%s%s", pdf->attachments,
            pdf->attachments == 1 ? "" : "s", pdf->names[0] ? ": " : "", pdf->names);
        verdict = VERDICT_PARTIAL;
    }
    if (pdf->unknown * 100 > pdf->letters) {
        say(reason, "%llu %% of its letters have no meaning in its fonts",
            (unsigned long long)(pdf->unknown * 100 / pdf->letters));
        verdict = verdict > VERDICT_DOUBTFUL ? verdict : VERDICT_DOUBTFUL;
    }
    if (pdf->lines.count > 0)
        return verdict;
    if (reason->len == 0)
        say(reason, "no text");
    return VERDICT_FAILED;
}

static size_t fields_of(const struct pdf *pdf, struct field *fields)
{
    struct bytes from = bytes_from_string("the file's properties");
    const char *pages = arena_print(pdf->arena, "%u", pdf->pages);
    size_t count = 0;
    if (pages)
        fields[count++] =
            (struct field){ FIELD_PAGES, BASIS_STATED, bytes_from_string(pages), { 0 } };
    if (pdf->title.len > 0)
        fields[count++] = (struct field){ FIELD_TITLE, BASIS_DECLARED, pdf->title, from };
    if (pdf->author.len > 0)
        fields[count++] = (struct field){ FIELD_FROM, BASIS_DECLARED, pdf->author, from };
    struct field date = { FIELD_DATE, BASIS_INFERRED, pdf->created,
                          bytes_from_string("when the file was made, by its properties") };
    int32_t days;
    enum date_precision precision;
    if (date_from_field(date.value, &days, &precision))
        fields[count++] = date;
    return count;
}

static enum status send_all(struct pdf *pdf, struct sink *sink, struct fault *fault)
{
    struct field fields[4];
    SCOPED(buffer_release) struct buffer reason = { 0 };
    SCOPED(span_list_release) struct span_list spans = { 0 };
    unsigned flags = pdf->input->flags & BATCH_KEEP_LINES ? PDF_WITHOUT_EDGES : 0;
    SCOPED(text_parts_release)
    struct text_parts parts = { .sink = sink,
                                .name = pdf->input->name,
                                .kind = KIND_TEXT,
                                .fields = fields,
                                .own = &spans,
                                .own_yields = true };
    enum verdict verdict = judge(pdf, &reason);
    parts.field_count = fields_of(pdf, fields);
    TRY(buffer_check(&reason, fault));
    TRY(pdf_lines_lay_out(&pdf->lines, flags, pdf->arena, &parts.pending, &spans, fault));
    if (verdict == VERDICT_FAILED)
        sink->unread = pdf->input->len;
    if (pdf->lines.count == 0)
        buffer_clear(&parts.pending);
    TRY(text_parts_rest(&parts, fault));
    span_list_sort(&pdf->notes.spans);
    TRY(text_part_send(sink, bytes_from_string("annotations"), buffer_bytes(&pdf->notes.text),
                       &pdf->notes.spans, fault));
    return text_parts_end(&parts, verdict, buffer_bytes(&reason), fault);
}

static enum status refuse(const struct pdf *pdf, struct sink *sink, struct fault *fault)
{
    char words[PDF_WORDS_MAX + 64];
    bool is_locked = strcmp(pdf->why, "locked with a password") == 0;
    snprintf(words, sizeof words, "%s%s", is_locked ? "" : "damaged beyond reading: ",
             pdf->why[0] ? pdf->why : "it has no pages");
    sink->unread = pdf->input->len;
    TRY(sink_document(sink, KIND_TEXT, (struct bytes){ 0 }, fault));
    return sink_document_end(sink, VERDICT_FAILED, bytes_from_string(words), fault);
}

static enum status read_document(struct pdf *pdf, struct sink *sink, struct fault *fault)
{
    if (pdf->input->len == 0)
        return text_send_empty(sink, KIND_TEXT, fault);
    if (!may_open(pdf))
        return pdf->is_out_of_memory ? no_memory(fault) : refuse(pdf, sink, fault);
    TRY(read_pages(pdf, fault));
    return send_all(pdf, sink, fault);
}

static void close_pdf(struct pdf *pdf)
{
    if (pdf->document)
        pdf_drop_document(pdf->context, pdf->document);
    fz_drop_context(pdf->context);
    pdf_memory_release(&pdf->memory);
    pdf_lines_release(&pdf->lines);
    office_text_release(&pdf->notes);
    buffer_release(&pdf->window);
}

static enum status pdf_read(const struct reader_input *input, struct sink *sink,
                            struct arena *arena, struct fault *fault)
{
    struct pdf *pdf = arena_alloc(arena, sizeof *pdf);
    if (!pdf)
        return no_memory(fault);
    pdf->input = input;
    pdf->arena = arena;
    pdf_memory_begin(&pdf->memory);
    pdf->context = fz_new_context(&pdf->memory.calls, NULL, STORE_MAX);
    if (!pdf->context)
        return no_memory(fault);
    fz_set_warning_callback(pdf->context, be_silent, NULL);
    fz_set_error_callback(pdf->context, be_silent, NULL);
    enum status answer = read_document(pdf, sink, fault);
    close_pdf(pdf);
    return answer;
}

static enum status pdf_warm(struct fault *fault)
{
    return warm_over(pdf_read, bytes_from_string(pdf_sample), fault);
}

const struct reader pdf_reader = {
    .format = FORMAT_PDF,
    .name = "pdf",
    .library = "MuPDF " FZ_VERSION,
    .read = pdf_read,
    .warm = pdf_warm,
};
