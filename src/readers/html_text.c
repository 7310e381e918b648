#include "readers/html_text.h"

#include "readers/html_element.h"
#include "readers/html_entity.h"
#include "text/utf8.h"

enum { TITLE_MAX = 2048, REFERENCE_MAX = 32, HEAD_MAX = 1024 };

/* Where the page is read, and what is owed to the text before the next word. */
struct page {
    struct bytes html;
    size_t at;
    struct html_text *to;
    bool keeps_lines;
    uint32_t pre;   /* <pre> and <textarea> open */
    int breaks;     /* line ends owed: 1 new line, 2 new paragraph */
    bool blank;     /* a blank is owed */
    bool tab;       /* a table cell ended */
    bool after_pre; /* the line end right behind <pre> is no text */
    bool in_title;
    bool trusts_quotes; /* of attributes */
    bool has_no_end;    /* no '>' follows any more */
    size_t paragraph;   /* start of the paragraph being read */
    struct fault *fault;
    bool failed;
};

static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

static bool is_letter(uint8_t byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool has_more(const struct page *page, size_t ahead)
{
    return page->html.len - page->at > ahead;
}

static uint8_t peek(const struct page *page, size_t ahead)
{
    return has_more(page, ahead) ? page->html.at[page->at + ahead] : 0;
}

static bool ends_with_space(const struct buffer *text)
{
    return text->len == 0 || is_space(text->at[text->len - 1]);
}

static void write_owed(struct page *page)
{
    struct buffer *text = &page->to->text;
    if (page->keeps_lines) {
        page->blank = page->tab = false;
        page->breaks = 0;
        return;
    }
    int ends = 0;
    while ((size_t)ends < text->len && ends < 2 && text->at[text->len - 1 - (size_t)ends] == '\n')
        ends++;
    for (; text->len > 0 && ends < page->breaks; ends++)
        buffer_u8(text, '\n');
    if (page->breaks == 0 && page->tab)
        buffer_u8(text, '\t');
    else if (page->breaks == 0 && page->blank && !ends_with_space(text))
        buffer_u8(text, ' ');
    page->breaks = 0;
    page->blank = page->tab = false;
}

static void write_run(struct page *page, struct bytes run)
{
    write_owed(page);
    buffer_append_bytes(&page->to->text, run);
    if (page->in_title && page->to->title_text.len < TITLE_MAX)
        buffer_append_bytes(&page->to->title_text, run);
}

/* A line end of the page where no text is: it counts only for who must keep them all. */
static void keep_line_ends(struct page *page, struct bytes dropped)
{
    for (size_t i = 0; page->keeps_lines && i < dropped.len; i++) {
        bool is_pair = dropped.at[i] == '\r' && i + 1 < dropped.len && dropped.at[i + 1] == '\n';
        if ((dropped.at[i] == '\n' || dropped.at[i] == '\r') && !is_pair)
            buffer_u8(&page->to->text, '\n');
    }
}

static void skip_to(struct page *page, size_t end)
{
    keep_line_ends(page, bytes_slice(page->html, page->at, end - page->at));
    page->at = end;
}

static void write_space(struct page *page)
{
    uint8_t byte = page->html.at[page->at++];
    bool is_end = byte == '\n' || byte == '\r';
    if (byte == '\r' && peek(page, 0) == '\n')
        page->at++;
    if (page->in_title && page->to->title_text.len < TITLE_MAX)
        buffer_u8(&page->to->title_text, ' ');
    if (page->keeps_lines) {
        buffer_u8(&page->to->text, is_end ? '\n' : byte);
    } else if (page->pre == 0) {
        page->blank = true;
    } else if (!(is_end && page->after_pre)) {
        write_owed(page);
        buffer_u8(&page->to->text, is_end ? '\n' : byte);
    }
    page->after_pre = false;
}

static void end_paragraph(struct page *page)
{
    size_t start = page->paragraph;
    size_t end = page->to->text.len;
    const uint8_t *text = page->to->text.at;
    page->paragraph = end;
    while (start < end && is_space(text[start]))
        start++;
    while (start < end && is_space(text[end - 1]))
        end--;
    if (start == end)
        return;
    struct span span = { .kind = SPAN_PARAGRAPH, .start = (uint32_t)start, .end = (uint32_t)end };
    if (span_list_add(&page->to->paragraphs, span, page->fault) != OK)
        page->failed = true;
}

static void break_text(struct page *page, int lines)
{
    if (!page->keeps_lines) {
        page->breaks = lines > page->breaks ? lines : page->breaks;
        return;
    }
    if (!ends_with_space(&page->to->text))
        buffer_u8(&page->to->text, ' ');
    if (lines > 1)
        end_paragraph(page);
}

/* One past the '>' that ends the tag at `at`, or 0 when there is none. */
static size_t tag_end(struct bytes html, size_t at)
{
    while (at < html.len && html.at[at] != '>') {
        bool is_value = html.at[at++] == '=';
        while (is_value && at < html.len && is_space(html.at[at]))
            at++;
        if (!is_value || at == html.len || (html.at[at] != '"' && html.at[at] != '\''))
            continue;
        at = bytes_find_byte(html, html.at[at], at + 1);
        if (at == SIZE_MAX)
            return 0;
        at++;
    }
    return at < html.len ? at + 1 : 0;
}

/* A quotation mark without its twin would swallow the page: from the first such tag on, a tag ends
 * at its first '>'. To look for the end of the file once only also keeps the work linear. */
static size_t end_of_tag(struct page *page, size_t at)
{
    size_t end = page->trusts_quotes ? tag_end(page->html, at) : 0;
    if (end != 0 || page->has_no_end)
        return end;
    if (page->trusts_quotes)
        page->to->doubt = "a tag without an end: it was ended at its first >, or kept as text";
    page->trusts_quotes = false;
    end = bytes_find_byte(page->html, '>', at);
    page->has_no_end = end == SIZE_MAX;
    return page->has_no_end ? 0 : end + 1;
}

/* The end tag that closes raw text such as a script's; SIZE_MAX when there is none. */
static size_t find_end_tag(const struct page *page, struct bytes name)
{
    for (size_t at = page->at;; at++) {
        at = bytes_find_byte(page->html, '<', at);
        if (at == SIZE_MAX || at + 2 + name.len >= page->html.len)
            return SIZE_MAX;
        struct bytes found = bytes_slice(page->html, at + 2, name.len);
        uint8_t next = page->html.at[at + 2 + name.len];
        if (page->html.at[at + 1] == '/' && bytes_equal_fold(found, name) &&
            (is_space(next) || next == '>' || next == '/'))
            return at;
    }
}

static void hide_rest(struct page *page, const char *why)
{
    page->to->doubt = why;
    page->to->hidden = page->html.len - page->at;
    skip_to(page, page->html.len);
}

static void drop_raw_text(struct page *page, struct bytes name)
{
    size_t end = find_end_tag(page, name);
    if (end != SIZE_MAX)
        skip_to(page, end);
    else if (has_more(page, 0))
        hide_rest(page, "a script or style without an end hides the rest of the page");
}

static void take_element(struct page *page, const struct html_element *element, bool is_end_tag,
                         struct bytes name)
{
    if (element->kind == HTML_RAW && !is_end_tag) {
        drop_raw_text(page, name);
        return;
    }
    if (element->kind == HTML_CELL && is_end_tag)
        page->tab = true;
    if (element->kind == HTML_BLOCK || element->kind == HTML_PRE || element->kind == HTML_TITLE)
        break_text(page, 2);
    if (element->kind == HTML_LINE)
        break_text(page, 1);
    if (element->kind == HTML_BLOCK || element->kind == HTML_PRE)
        page->in_title = false;
    if (element->kind == HTML_BREAK && page->keeps_lines)
        break_text(page, 1);
    else if (element->kind == HTML_BREAK)
        page->breaks++;
    if (element->kind == HTML_PRE && is_end_tag)
        page->pre -= page->pre > 0;
    if (element->kind == HTML_PRE && !is_end_tag) {
        page->pre++;
        page->after_pre = !page->keeps_lines;
    }
    if (element->kind == HTML_TITLE)
        page->in_title = !is_end_tag && page->to->title_text.len == 0;
}

/* <a@b.net> is an address that somebody forgot to escape: a browser would hide it. */
static bool is_address(struct bytes tag)
{
    return bytes_find_byte(tag, '@', 0) != SIZE_MAX && bytes_find_byte(tag, '=', 0) == SIZE_MAX &&
           bytes_find_byte(tag, ' ', 0) == SIZE_MAX;
}

static void take_tag(struct page *page, bool is_end_tag)
{
    size_t start = page->at + 1 + is_end_tag;
    size_t name_end = start;
    while (name_end < page->html.len && !is_space(page->html.at[name_end]) &&
           page->html.at[name_end] != '/' && page->html.at[name_end] != '>')
        name_end++;
    struct bytes name = bytes_slice(page->html, start, name_end - start);
    size_t end = end_of_tag(page, name_end);
    if (end == 0) {
        write_run(page, bytes_slice(page->html, page->at++, 1));
        return;
    }
    struct bytes tag = bytes_slice(page->html, page->at, end - page->at);
    if (is_address(tag)) {
        write_run(page, tag);
        page->at = end;
        return;
    }
    page->after_pre = false;
    skip_to(page, end);
    const struct html_element *element = html_element_find(name);
    if (element)
        take_element(page, element, is_end_tag, name);
}

static void skip_comment(struct page *page)
{
    size_t at = page->at + 4;
    if (peek(page, 4) == '>' || (peek(page, 4) == '-' && peek(page, 5) == '>')) {
        skip_to(page, at + (peek(page, 4) == '-') + 1);
        return;
    }
    while ((at = bytes_find(page->html, bytes_from_string("--"), at)) != SIZE_MAX) {
        size_t next = at + 2;
        next += next < page->html.len && page->html.at[next] == '!';
        if (next < page->html.len && page->html.at[next] == '>') {
            skip_to(page, next + 1);
            return;
        }
        at++;
    }
    hide_rest(page, "a comment without an end hides the rest of the page");
}

/* <!doctype>, <?xml?>, </ >: whatever it is, it ends at the next '>'. */
static void skip_declaration(struct page *page)
{
    size_t end = bytes_find_byte(page->html, '>', page->at);
    if (end != SIZE_MAX)
        skip_to(page, end + 1);
    else
        hide_rest(page, "a declaration without an end hides the rest of the page");
}

static void take_markup(struct page *page)
{
    uint8_t next = peek(page, 1);
    if (is_letter(next))
        take_tag(page, false);
    else if (next == '/' && is_letter(peek(page, 2)))
        take_tag(page, true);
    else if (next == '!' && peek(page, 2) == '-' && peek(page, 3) == '-')
        skip_comment(page);
    else if (next == '!' || next == '?' || (next == '/' && has_more(page, 2)))
        skip_declaration(page);
    else
        write_run(page, bytes_slice(page->html, page->at++, 1));
}

static void take_reference(struct page *page)
{
    size_t len = 1;
    uint8_t written[4];
    uint32_t code = html_entity(bytes_slice(page->html, page->at, REFERENCE_MAX), &len);
    struct bytes run = bytes_slice(page->html, page->at, 1);
    if (code != 0)
        run = (struct bytes){ written, utf8_encode(code, written) };
    page->at += len;
    page->after_pre = false;
    if (code == '\n' || code == '\r' || code == '\t' || code == '\f' || code == ' ') {
        page->blank = true;
        if (page->pre > 0 || page->keeps_lines)
            buffer_u8(&page->to->text, ' ');
        return;
    }
    write_run(page, run);
}

static void take_words(struct page *page)
{
    size_t end = page->at;
    while (end < page->html.len && page->html.at[end] != '<' && page->html.at[end] != '&' &&
           !is_space(page->html.at[end]))
        end++;
    write_run(page, bytes_slice(page->html, page->at, end - page->at));
    page->after_pre = false;
    page->at = end;
}

enum status html_to_text(struct bytes html, bool keep_lines, struct html_text *to,
                         struct fault *fault)
{
    struct page page = {
        .html = html, .to = to, .keeps_lines = keep_lines, .trusts_quotes = true, .fault = fault
    };
    while (has_more(&page, 0) && !page.failed) {
        uint8_t next = peek(&page, 0);
        if (next == '<')
            take_markup(&page);
        else if (next == '&')
            take_reference(&page);
        else if (is_space(next))
            write_space(&page);
        else
            take_words(&page);
    }
    if (keep_lines)
        end_paragraph(&page);
    if (page.failed)
        return no_memory(fault);
    TRY(buffer_check(&to->text, fault));
    TRY(buffer_check(&to->title_text, fault));
    to->title = bytes_trim(buffer_bytes(&to->title_text));
    return OK;
}

void html_text_release(struct html_text *text)
{
    buffer_release(&text->text);
    buffer_release(&text->title_text);
    span_list_release(&text->paragraphs);
    *text = (struct html_text){ 0 };
}

struct bytes html_declared_charset(struct bytes raw)
{
    struct bytes head = bytes_slice(raw, 0, HEAD_MAX);
    for (size_t at = 0; at + 8 < head.len; at++) {
        struct bytes rest = bytes_slice(head, at, head.len);
        if ((rest.at[0] | 0x20) != 'c' || !bytes_has_prefix_fold(rest, "charset="))
            continue;
        size_t start = 8;
        while (start < rest.len &&
               (rest.at[start] == '"' || rest.at[start] == '\'' || rest.at[start] == ' '))
            start++;
        size_t end = start;
        while (end < rest.len && rest.at[end] > ' ' && !strchr("\"'>;/", rest.at[end]))
            end++;
        return bytes_slice(rest, start, end - start);
    }
    return (struct bytes){ 0 };
}
