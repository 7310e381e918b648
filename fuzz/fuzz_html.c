/* fuzz_html.c - any bytes as an HTML page: nothing read outside, valid text out, line ends kept one
 * for one. */
#include <stdlib.h>

#include "readers/html_text.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static size_t count_line_ends(struct bytes text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.at[i] == '\n' ||
                 (text.at[i] == '\r' && !(i + 1 < text.len && text.at[i + 1] == '\n'));
    return count;
}

static void read_page(struct bytes page, bool keep_lines)
{
    struct html_text read = { 0 };
    struct fault fault;
    if (html_to_text(page, keep_lines, &read, &fault) != OK)
        abort();
    struct bytes text = buffer_bytes(&read.text);
    if (utf8_valid_prefix(text) != text.len)
        abort();
    if (keep_lines && count_line_ends(text) != count_line_ends(page))
        abort();
    html_text_release(&read);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct buffer page = { 0 };
    utf8_repair((struct bytes){ at, len }, &page);
    read_page(buffer_bytes(&page), false);
    read_page(buffer_bytes(&page), true);
    (void)html_declared_charset(buffer_bytes(&page)).len;
    buffer_release(&page);
    return 0;
}
