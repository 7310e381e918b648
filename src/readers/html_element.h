/* html_element.h - what an element does to the flow of text, as browsers lay it out. */
#ifndef READERS_HTML_ELEMENT_H
#define READERS_HTML_ELEMENT_H

#include "base/bytes.h"

enum { HTML_NAME_MAX = 12 };

enum html_kind {
    HTML_BLOCK, /* a paragraph of its own */
    HTML_LINE,  /* a line of its own */
    HTML_CELL,  /* a tab behind it */
    HTML_BREAK, /* a line end */
    HTML_TITLE,
    HTML_RAW, /* a program or a style: no text */
    HTML_PRE, /* keeps blanks and line ends */
};

struct html_element {
    char name[HTML_NAME_MAX];
    enum html_kind kind;
};

/* By its name in any case; NULL for what stands inside a line. */
const struct html_element *html_element_find(struct bytes name);

#endif
