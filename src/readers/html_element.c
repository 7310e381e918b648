#include "readers/html_element.h"

#include <stdlib.h>

/* In byte order. What is not here stands inside its line. */
static const struct html_element elements[] = {
    { "address", HTML_BLOCK },    { "article", HTML_BLOCK },    { "aside", HTML_BLOCK },
    { "blockquote", HTML_BLOCK }, { "body", HTML_BLOCK },       { "br", HTML_BREAK },
    { "caption", HTML_LINE },     { "center", HTML_BLOCK },     { "dd", HTML_LINE },
    { "details", HTML_BLOCK },    { "dialog", HTML_BLOCK },     { "dir", HTML_BLOCK },
    { "div", HTML_BLOCK },        { "dl", HTML_BLOCK },         { "dt", HTML_LINE },
    { "fieldset", HTML_BLOCK },   { "figcaption", HTML_BLOCK }, { "figure", HTML_BLOCK },
    { "footer", HTML_BLOCK },     { "form", HTML_BLOCK },       { "frame", HTML_LINE },
    { "frameset", HTML_BLOCK },   { "h1", HTML_BLOCK },         { "h2", HTML_BLOCK },
    { "h3", HTML_BLOCK },         { "h4", HTML_BLOCK },         { "h5", HTML_BLOCK },
    { "h6", HTML_BLOCK },         { "head", HTML_BLOCK },       { "header", HTML_BLOCK },
    { "hgroup", HTML_BLOCK },     { "hr", HTML_BLOCK },         { "html", HTML_BLOCK },
    { "legend", HTML_LINE },      { "li", HTML_LINE },          { "listing", HTML_PRE },
    { "main", HTML_BLOCK },       { "menu", HTML_BLOCK },       { "nav", HTML_BLOCK },
    { "ol", HTML_BLOCK },         { "optgroup", HTML_LINE },    { "option", HTML_LINE },
    { "p", HTML_BLOCK },          { "plaintext", HTML_PRE },    { "pre", HTML_PRE },
    { "script", HTML_RAW },       { "section", HTML_BLOCK },    { "style", HTML_RAW },
    { "summary", HTML_BLOCK },    { "table", HTML_BLOCK },      { "tbody", HTML_BLOCK },
    { "td", HTML_CELL },          { "textarea", HTML_PRE },     { "tfoot", HTML_BLOCK },
    { "th", HTML_CELL },          { "thead", HTML_BLOCK },      { "title", HTML_TITLE },
    { "tr", HTML_LINE },          { "ul", HTML_BLOCK },         { "xmp", HTML_PRE },
};

static int by_name(const void *key, const void *row)
{
    const char *name = ((const struct html_element *)row)->name;
    return bytes_compare(*(const struct bytes *)key, bytes_from_string(name));
}

const struct html_element *html_element_find(struct bytes name)
{
    uint8_t lower[HTML_NAME_MAX];
    if (name.len > sizeof lower)
        return NULL;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] | 0x20 : name.at[i];
    struct bytes key = { lower, name.len };
    return bsearch(&key, elements, sizeof elements / sizeof *elements, sizeof *elements, by_name);
}
