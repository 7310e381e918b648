#include "check/report.h"

#include "base/scoped.h"
#include "check/risk.h"

#include "text/clean.h"

static const struct report_row {
    const char *name;
    enum status (*write)(const struct check_answer *answer, unsigned flags, struct buffer *to,
                         struct fault *fault);
} report_rows[] = {
    [STET_REPORT_MEMO] = { "memo", report_memo },
    [STET_REPORT_LINE] = { "line", report_line },
    [STET_REPORT_JSONL] = { "jsonl", report_jsonl },
    [STET_REPORT_JSON] = { "json", report_json },
    [STET_REPORT_SARIF] = { "sarif", report_sarif },
    [STET_REPORT_HTML] = { "html", report_html },
    [STET_REPORT_ANNOTATED] = { "annotated", report_annotated },
    [STET_REPORT_CHECKED] = { "checked", report_checked },
    [STET_REPORT_WORKSHEET] = { "worksheet", report_worksheet },
    [STET_REPORT_WEBANNOTATION] = { "webannotation", report_webannotation },
    [STET_REPORT_UNIFIED] = { "unified", report_unified },
    [STET_REPORT_ANNOTATED_HTML] = { "annotated-html", report_annotated_html },
    [STET_REPORT_CHECKED_HTML] = { "checked-html", report_checked_html },
    [STET_REPORT_ANNOTATED_DOCX] = { "annotated-docx", report_annotated_docx },
    [STET_REPORT_CHECKED_DOCX] = { "checked-docx", report_checked_docx },
    [STET_REPORT_WORKSHEET_DOCX] = { "worksheet-docx", report_worksheet_docx },
    [STET_REPORT_CSV] = { "csv", report_csv },
    [STET_REPORT_BIBTEX] = { "bibtex", report_bibtex },
};
_Static_assert(sizeof report_rows / sizeof *report_rows == STET_REPORTS, "a row for every report");

const char *stet_report_name(enum stet_report report)
{
    return report < STET_REPORTS ? report_rows[report].name : NULL;
}

enum status report_write(const struct check_answer *answer, enum stet_report report, unsigned flags,
                         struct buffer *to, struct fault *fault)
{
    if (report >= STET_REPORTS)
        return fail(fault, BAD_INPUT, "there is no such report");
    if (answer->protected_count == 0 || (flags & STET_REPORT_WITH_SOURCE))
        return report_rows[report].write(answer, flags, to, fault);
    SCOPED(arena_release) struct arena arena = { 0 };
    struct check_answer masked;
    TRY(risk_mask(answer, &arena, &masked, fault));
    return report_rows[report].write(&masked, flags, to, fault);
}

const char *report_address(struct arena *arena, const struct cited *cited)
{
    const char *name = clean_line(arena, cited->name);
    const char *made = cited->label.len == 0
                           ? name
                           : arena_print(arena, "%s#%.*s", name, (int)cited->label.len,
                                         (const char *)cited->label.at);
    return made != NULL ? made : "";
}

const char *report_words(struct arena *arena, struct bytes text, size_t most)
{
    bool is_cut = text.len > most;
    if (is_cut) {
        while (most > 0 && (text.at[most] & 0xC0) == 0x80)
            most--;
        text = bytes_slice(text, 0, most);
    }
    const char *line = clean_line(arena, text);
    const char *made = is_cut ? arena_print(arena, "%s…", line) : line;
    return made != NULL ? made : "";
}

/* Verdicts that say by themselves what they are about. */
static bool is_spoken_alone(enum check_verdict verdict)
{
    return verdict == CHECK_TWO_FORMS || verdict == CHECK_NOT_INTRODUCED ||
           verdict == CHECK_READ_THIS || verdict == CHECK_AT_RISK || verdict == CHECK_WEEKDAY ||
           verdict == CHECK_INTERVAL;
}

const char *report_verdict(struct arena *arena, enum statement_kind kind,
                           enum check_verdict verdict)
{
    const char *words = check_verdict_words(verdict);
    if (kind == STATEMENT_QUOTATION || is_spoken_alone(verdict))
        return words;
    const char *made = arena_print(arena, "%s %s", statement_kind_word(kind), words);
    return made != NULL ? made : words;
}
