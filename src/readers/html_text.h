/* html_text.h - the text of an HTML page as a human sees it: linear, no tree, any depth.
 *
 * An own tokeniser after the HTML standard (13.2.5), without its tree: tags, comments, scripts and
 * styles go, character references become characters, block elements part paragraphs, <pre> keeps
 * its layout. What a browser would swallow to the end of the file (a tag, comment or script without
 * end) is kept as text or said. Attributes are not text.
 */
#ifndef READERS_HTML_TEXT_H
#define READERS_HTML_TEXT_H

#include "base/buffer.h"
#include "text/span.h"

struct html_text {
    struct buffer text;
    struct span_list paragraphs; /* only with keep_lines: between block edges */
    struct bytes title;          /* lent from here; empty when none */
    struct buffer title_text;    /* private */
    size_t hidden;               /* bytes a comment, script or declaration without end hides */
    const char *doubt;           /* what the page swallows to its end, in words; or NULL */
};

/* `html` is valid UTF-8. With keep_lines the text has exactly the page's line ends, as \n; block
 * edges then become a blank. */
MUST_USE enum status html_to_text(struct bytes html, bool keep_lines, struct html_text *to,
                                  struct fault *fault);
void html_text_release(struct html_text *text);

/* The charset the page's head declares within its first 1,024 bytes, lent; empty when none. */
struct bytes html_declared_charset(struct bytes raw);

#endif
