#include "check/report_page.h"

#include "base/scoped.h"
#include "page/markup.h"

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";

static const char style[] =
    "<style>\n"
    ":root{color-scheme:light dark;--ink:#1c1b19;--paper:#fffdf8;--soft:#5d5a54;--line:#d8d3c8;"
    "--fix:#a1260d;--query:#7a4b00;--note:#2f5d50;--mark:#fff0b8}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#ece8df;--paper:#191816;--soft:#aaa59a;"
    "--line:#3b3833;--fix:#ff9d85;--query:#f0c264;--note:#8fcab8;--mark:#4b3f12}}\n"
    "body{margin:0 auto;max-width:46rem;padding:1.5rem 1rem 4rem;background:var(--paper);"
    "color:var(--ink);font:1.0625rem/1.6 Georgia,'Liberation Serif',serif}\n"
    ".embargo{font-weight:bold;color:var(--fix)}\n"
    "h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.15rem;margin:2.5rem 0 "
    ".75rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:0 0 .25rem}\n"
    "p{margin:.35rem 0}.soft,.place{color:var(--soft);font-size:.9rem}\n"
    "article{border-left:.3rem solid var(--line);padding:.1rem 0 .1rem .9rem;margin:1.25rem 0;"
    "break-inside:avoid}\n"
    "article.fix{border-color:var(--fix)}article.imprecise,article.query{border-color:var(--query)}"
    "article.note{border-color:var(--note)}\n"
    ".severity{font-variant:small-caps;letter-spacing:.04em;font-weight:bold}"
    ".fix .severity{color:var(--fix)}.query .severity,.imprecise .severity{color:var(--query)}"
    ".note .severity{color:var(--note)}\n"
    "dl{display:grid;grid-template-columns:4rem 1fr;gap:.15rem .75rem;margin:.4rem 0}"
    "dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\n"
    "del,ins{text-decoration-thickness:.12em;background:var(--mark)}ins{text-decoration-style:"
    "double}\n"
    "mark{background:var(--mark);color:inherit;border-bottom:2px solid currentColor}"
    "mark.stands{background:none;border-bottom:1px dotted var(--soft)}\n"
    ".story{white-space:pre-wrap;overflow-wrap:anywhere}a{color:inherit}"
    "sup{font-size:.75rem;line-height:0}\n"
    ".hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n"
    "@media print{body{max-width:none;padding:0}a{text-decoration:none}}\n"
    "</style>\n";

void report_page_begin(const struct check_answer *answer, struct buffer *to)
{
    buffer_append_text(to, head);
    buffer_append_text(to, "<title>stet: ");
    markup_text(to, answer->story.name);
    buffer_append_text(to, "</title>\n");
    buffer_append_text(to, style);
    buffer_append_text(to, "</head>\n<body>\n<header>\n<h1>");
    markup_text(to, answer->story.name);
    buffer_append_text(to, "</h1>\n");
    if (answer->embargo.len > 0)
        buffer_print(to, "<p class=\"embargo\">" REPORT_EMBARGO "</p>\n", REPORT_EMBARGOED(answer));
    buffer_append_text(to, "<p class=\"soft\">" REPORT_DISCLAIMER "</p>\n");
}

void report_page_end(const struct check_answer *answer, struct buffer *to)
{
    SCOPED(buffer_release) struct buffer line = { 0 };
    report_unchecked(answer, &line);
    buffer_append_text(to, "<footer>\n");
    if (line.len > 0) {
        buffer_append_text(to, "<p class=\"soft\">Not checked here: ");
        markup_text(to, buffer_bytes(&line));
        buffer_append_text(to, "</p>\n");
    }
    buffer_append_text(to, "<p class=\"soft\">stet " STET_VERSION
                           "</p>\n</footer>\n</body>\n</html>\n");
}
