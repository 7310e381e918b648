#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <strings.h>

#include "base/file.h"
#include "check/docx_zip.h"
#include "check/report.h"
#include "json_tree.h"
#include "judged.h"

/* Enough of JSON Schema for ours: type, enum, required, properties, additionalProperties, items,
 * minimum, local references. Answers the word that does not fit, or NULL. */
static const char *fault_of(const struct tree *schema, const struct tree *root,
                            const struct tree *value);

static bool is_of_type(const char *type, const struct tree *value)
{
    bool whole = value->kind == TREE_NUMBER && !strpbrk(value->text, ".eE");
    return (strcmp(type, "object") == 0 && value->kind == TREE_OBJECT) ||
           (strcmp(type, "array") == 0 && value->kind == TREE_ARRAY) ||
           (strcmp(type, "string") == 0 && value->kind == TREE_STRING) ||
           (strcmp(type, "integer") == 0 && whole) ||
           (strcmp(type, "number") == 0 && value->kind == TREE_NUMBER) ||
           (strcmp(type, "null") == 0 && value->kind == TREE_NULL);
}

static bool type_fits(const struct tree *type, const struct tree *value)
{
    if (!type || type->kind == TREE_STRING)
        return !type || is_of_type(type->text, value);
    for (const struct tree *at = type->first; at; at = at->next)
        if (is_of_type(at->text, value))
            return true;
    return false;
}

static bool enum_fits(const struct tree *allowed, const struct tree *value)
{
    for (const struct tree *at = allowed ? allowed->first : NULL; at; at = at->next)
        if (at->kind == value->kind && (!at->text || strcmp(at->text, value->text) == 0))
            return true;
    return !allowed;
}

static const char *object_fault(const struct tree *schema, const struct tree *root,
                                const struct tree *value)
{
    const struct tree *required = tree_find(schema, "required");
    const struct tree *more = tree_find(schema, "additionalProperties");
    for (const struct tree *at = required ? required->first : NULL; at; at = at->next)
        if (!tree_find(value, at->text))
            return at->text;
    for (const struct tree *at = value->first; at; at = at->next) {
        const struct tree *of = tree_find(tree_find(schema, "properties"), at->key);
        if (!of && more && more->kind == TREE_FALSE)
            return at->key;
        const char *fault = of ? fault_of(of, root, at) : NULL;
        if (fault)
            return fault;
    }
    return NULL;
}

static const char *fault_of(const struct tree *schema, const struct tree *root,
                            const struct tree *value)
{
    const struct tree *reference = tree_find(schema, "$ref"), *least = tree_find(schema, "minimum");
    if (reference)
        schema = tree_find(tree_find(root, "$defs"), reference->text + strlen("#/$defs/"));
    if (!type_fits(tree_find(schema, "type"), value))
        return "type";
    if (!enum_fits(tree_find(schema, "enum"), value))
        return "enum";
    if (least && value->kind == TREE_NUMBER && atoll(value->text) < atoll(least->text))
        return "minimum";
    if (value->kind == TREE_OBJECT)
        return object_fault(schema, root, value);
    const char *fault = NULL;
    for (const struct tree *at = value->kind == TREE_ARRAY ? value->first : NULL; at && !fault;
         at = at->next)
        fault = fault_of(tree_find(schema, "items"), root, at);
    return fault;
}

static const char hostile_story[] =
    "“The wells, are half dry in May,” the cable said. The “big dry” began.\n\n"
    "“The \xE2\x80\xAEport is shut and stays shut,” Orsini told a crowd in Santa Brena.\n";

/* An answer of four statements: altered, a term, one not expected, and the first again as a splice.
 */
static struct check_answer answer_of(struct judged *judged, struct statement *statements)
{
    judged_begin(judged, hostile_story, "The wells are quite\x1B[31m dry\xE2\x80\xAE in May");
    judged_add(judged, DIFFERENCE_P1, ", ", " ", 0);
    judged_add(judged, DIFFERENCE_S2, "half", "quite", 1);
    struct cited *cited = &judged->statement.cited[0];
    cited->lead_in = bytes_from_string("He wrote\x07 that");
    cited->date = bytes_from_string("2026-03-01");
    cited->date_is_inferred = true;
    cited->date_from = bytes_from_string("from the declassification date");
    cited->marking = bytes_from_string("C");
    judged_end(judged);
    judged->statement.start = judged->story.quotations[0].start;
    judged->statement.end = judged->story.quotations[0].end;
    statements[0] = judged->statement;
    statements[1] =
        (struct statement){ .quotation = &judged->story.quotations[1], .verdict = CHECK_TERM };
    statements[2] = (struct statement){ .quotation = &judged->story.quotations[2],
                                        .start = judged->story.quotations[2].start,
                                        .end = judged->story.quotations[2].end,
                                        .verdict = CHECK_NOT_FOUND,
                                        .is_unexpected = true };
    statements[2].candidates[0] =
        (struct cited_candidate){ bytes_from_string("26LARANA8"), { 0 }, 31.5 };
    statements[2].candidate_count = 1;
    statements[3] = judged->statement;
    statements[3].cited[1] = statements[3].cited[0];
    statements[3].cited_count = 2;
    return (struct check_answer){ .story = judged->story, .statements = statements, .count = 4 };
}

typedef enum stet_status report_made(const struct check_answer *answer, unsigned flags,
                                     struct buffer *to, struct fault *fault);

static char *report_of(report_made *report, unsigned flags)
{
    SCOPED(judged_release) struct judged judged;
    struct statement statements[4];
    struct check_answer answer = answer_of(&judged, statements);
    struct buffer made = { 0 };
    assert_int_equal(report(&answer, flags, &made, &judged.fault), STET_OK);
    return buffer_take_string(&made);
}

static char *named_report(enum stet_report report, unsigned flags)
{
    SCOPED(judged_release) struct judged judged;
    struct statement statements[4];
    struct check_answer answer = answer_of(&judged, statements);
    struct buffer made = { 0 };
    assert_int_equal(report_write(&answer, report, flags, &made, &judged.fault), STET_OK);
    return buffer_take_string(&made);
}

static void every_object_fits_the_schema(void **state)
{
    (void)state;
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(buffer_release) struct buffer file = { 0 };
    assert_int_equal(file_read(AT_FDCWD, SCHEMA, 1 << 20, &file, NULL), STET_OK);
    FREED char *written = buffer_take_string(&file);
    const struct tree *schema = tree_read(written, &arena);
    FREED char *text = report_of(report_jsonl, 0);
    size_t lines = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"), lines++) {
        struct tree *object = tree_read(line, &arena);
        assert_true(tree_count(object) >= 11);
        const char *fault = fault_of(schema, schema, object);
        assert_string_equal(fault ? fault : "", "");
    }
    assert_int_equal(lines, 4);
}

static void the_schema_refuses_what_does_not_fit(void **state)
{
    (void)state;
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(buffer_release) struct buffer file = { 0 };
    assert_int_equal(file_read(AT_FDCWD, SCHEMA, 1 << 20, &file, NULL), STET_OK);
    FREED char *written = buffer_take_string(&file);
    const struct tree *schema = tree_read(written, &arena);
    static const char *const edits[][3] = { { "kind", "\"claim\"", "enum" },
                                            { "message", "7", "type" },
                                            { "severity", "\"error\"", "enum" },
                                            { "story", "{}", "file" },
                                            { "differences", "[{}]", "class" } };
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        FREED char *text = report_of(report_jsonl, 0);
        struct tree *object = tree_read(text, &arena);
        struct tree *value = tree_find(object, edits[i][0]), *next = value->next;
        const char *key = value->key;
        *value = *tree_read(edits[i][1], &arena);
        value->key = key;
        value->next = next;
        assert_string_equal(fault_of(schema, schema, object), edits[i][2]);
    }
}

static bool is_zip(enum stet_report report)
{
    return strstr(stet_report_name(report), "-docx") != NULL;
}

/* The text of a report; of a Word document its text and its footnotes. */
static char *text_of(const struct check_answer *answer, enum stet_report report, unsigned flags)
{
    static const char *const names[] = { "word/document.xml", "word/footnotes.xml",
                                         "word/header1.xml" };
    SCOPED(buffer_release) struct buffer made = { 0 };
    struct buffer text = { 0 };
    if (report == STET_REPORT_UNIFIED) {
        struct check_answer plain = *answer;
        plain.printed = bytes_make(hostile_story, strlen("“The wells, are half dry in May,"));
        plain.count = 0;
        assert_int_equal(report_write(&plain, report, flags, &made, NULL), STET_OK);
        buffer_u8(&made, '\n');
        return buffer_take_string(&made);
    }
    assert_int_equal(report_write(answer, report, flags, &made, NULL), STET_OK);
    if (!is_zip(report))
        return buffer_take_string(&made);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = 0;
        do
            at = bytes_find(buffer_bytes(&made), bytes_from_string(names[i]), at + 1);
        while (at != SIZE_MAX && (at < 30 || memcmp(made.at + at - 30, "PK\3\4", 4) != 0));
        assert_true(at != SIZE_MAX);
        const uint8_t *size = made.at + at - 8;
        buffer_append(&text, made.at + at + strlen(names[i]),
                      size[0] | (uint32_t)size[1] << 8 | (uint32_t)size[2] << 16);
    }
    return buffer_take_string(&text);
}

static void no_report_holds_control_or_bidi_characters(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    struct statement statements[4];
    struct check_answer answer = answer_of(&judged, statements);
    for (int report = 0; report < STET_REPORTS; report++) {
        FREED char *text =
            text_of(&answer, (enum stet_report)report, STET_REPORT_ALL | STET_REPORT_WITH_SOURCE);
        for (const char *at = text; *at; at++)
            assert_true((uint8_t)*at >= 0x20 || *at == '\n' || *at == '\r');
        assert_null(strstr(text, "\xE2\x80\xAE"));
    }
}

static void every_report_tells_the_embargo(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    struct statement statements[4];
    struct check_answer answer = answer_of(&judged, statements);
    for (int report = 0; report < STET_REPORTS; report++) {
        answer.embargo = (struct bytes){ 0 };
        FREED char *without = text_of(&answer, (enum stet_report)report, 0);
        answer.embargo = bytes_from_string("2031-05-09");
        FREED char *with = text_of(&answer, (enum stet_report)report, 0);
        assert_null(strstr(without, "2031-05-09"));
        assert_non_null(strstr(with, "2031-05-09"));
    }
}

/* The name as story, source, finding, ruling and file have it: whole or in part. */
static void no_report_names_whom_a_document_protects(void **state)
{
    (void)state;
    static struct protected_name protected_name = { .key_count = 1 };
    SCOPED(judged_release) struct judged judged;
    struct statement statements[4];
    struct check_answer answer = answer_of(&judged, statements);
    protected_name.keys[0] = bytes_from_string("orsini");
    answer.protected_names = &protected_name;
    answer.printed = answer.story.text;
    statements[0].cited[0].lead_in = bytes_from_string("Clerk ORSINI said");
    statements[0].findings[0].message = bytes_from_string("\"Orsini\" is printed");
    for (int report = 0; report < STET_REPORTS; report++) {
        SCOPED(buffer_release) struct buffer made = { 0 };
        if (report == STET_REPORT_UNIFIED)
            continue;
        answer.protected_count = 1;
        assert_int_equal(
            report_write(&answer, (enum stet_report)report, STET_REPORT_ALL, &made, &judged.fault),
            STET_OK);
        for (size_t at = 0; at + 6 <= made.len; at++)
            assert_int_not_equal(strncasecmp((const char *)made.at + at, "orsini", 6), 0);
    }
}

static void a_zip_has_its_members_where_it_says(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer made = { 0 };
    struct docx_zip zip = docx_zip_begin(&made);
    docx_zip_add(&zip, "a.txt", bytes_from_string("123456789"));
    docx_zip_add(&zip, "b/c", bytes_from_string(""));
    assert_int_equal(docx_zip_end(&zip, NULL), STET_OK);
    assert_int_equal(docx_zip_crc32(bytes_from_string("123456789")), 0xCBF43926);
    const uint8_t *end = made.at + made.len - 22;
    assert_memory_equal(end, "PK\5\6\0\0\0\0\2\0\2\0", 12);
    size_t directory = end[16] | (size_t)end[17] << 8;
    assert_int_equal(directory + end[12], made.len - 22);
    assert_memory_equal(made.at + directory, "PK\1\2", 4);
    size_t second = directory + 46 + 5;
    assert_memory_equal(made.at + second, "PK\1\2", 4);
    assert_memory_equal(made.at + made.at[second + 42], "PK\3\4", 4);
}

static void a_diff_restores_the_words_of_the_source(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    SCOPED(buffer_release) struct buffer made = { 0 };
    judged_begin(&judged, "A first line.\n“The wells are half dry in May,” it said.\nMore.",
                 "The wells are quite dry in May");
    judged_add(&judged, DIFFERENCE_S2, "half", "quite", 1);
    judged_end(&judged);
    struct check_answer answer = { .story = judged.story, .printed = judged.story.text };
    answer.statements = &judged.statement;
    answer.count = 1;
    assert_int_equal(report_write(&answer, STET_REPORT_UNIFIED, 0, &made, NULL), STET_OK);
    FREED char *text = buffer_take_string(&made);
    assert_string_equal(text, "--- story.md\n+++ story.md\n@@ -1,3 +1,3 @@\n A first line.\n"
                              "-“The wells are half dry in May,” it said.\n"
                              "+“The wells are quite dry in May,” it said.\n"
                              " More.\n\\ No newline at end of file\n");
}

static void a_diff_is_of_clean_text_and_hides_nothing(void **state)
{
    (void)state;
    static struct protected_name protected_name = { .key_count = 0 };
    SCOPED(judged_release) struct judged judged;
    SCOPED(buffer_release) struct buffer made = { 0 };
    struct statement statements[4];
    struct check_answer answer = answer_of(&judged, statements);
    answer.printed = answer.story.text;
    assert_int_equal(report_unified(&answer, 0, &made, &judged.fault), STET_BAD_INPUT);
    answer.printed = bytes_from_string("Plain, [link](http://a.b/Ors%69ni).\n");
    answer.protected_names = &protected_name;
    answer.protected_count = 1;
    assert_int_equal(report_write(&answer, STET_REPORT_UNIFIED, 0, &made, &judged.fault),
                     STET_BAD_INPUT);
    assert_int_equal(made.len, 0);
}

static void a_word_document_has_a_footnote_for_every_statement(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    struct statement statements[4];
    struct check_answer answer = answer_of(&judged, statements);
    FREED char *annotated = text_of(&answer, STET_REPORT_ANNOTATED_DOCX, 0);
    FREED char *checked = text_of(&answer, STET_REPORT_CHECKED_DOCX, 0);
    assert_non_null(strstr(annotated, "<w:footnoteReference w:id=\"4\"/>"));
    assert_null(strstr(annotated, "<w:footnoteReference w:id=\"5\"/>"));
    assert_non_null(strstr(checked, "<w:footnoteReference w:id=\"3\"/>"));
    assert_null(strstr(checked, "<w:footnoteReference w:id=\"4\"/>"));
    assert_non_null(strstr(checked, "<w:b/></w:rPr><w:t xml:space=\"preserve\">fix</w:t>"));
    assert_null(strstr(checked, "not expected in this archive"));
}

static void machine_reports_are_json(void **state)
{
    (void)state;
    SCOPED(arena_release) struct arena arena = { 0 };
    FREED char *json = named_report(STET_REPORT_JSON, 0);
    FREED char *sarif = named_report(STET_REPORT_SARIF, 0);
    FREED char *annotations = named_report(STET_REPORT_WEBANNOTATION, 0);
    assert_int_equal(tree_count(tree_find(tree_read(json, &arena), "statements")), 4);
    const struct tree *run = tree_find(tree_read(sarif, &arena), "runs")->first;
    assert_int_equal(tree_count(tree_find(tree_read(annotations, &arena), "none")), 0);
    assert_int_equal(tree_count(tree_read(annotations, &arena)), 2);
    size_t rules = tree_count(tree_find(tree_find(tree_find(run, "tool"), "driver"), "rules"));
    assert_int_equal(rules, 3);
    for (const struct tree *at = tree_find(run, "results")->first; at; at = at->next) {
        const char *kind = tree_find(at, "kind")->text, *level = tree_find(at, "level")->text;
        assert_true(strcmp(kind, "fail") == 0 || strcmp(level, "none") == 0);
        assert_non_null(tree_find(at, "partialFingerprints"));
        assert_int_equal(tree_count(tree_find(at, "locations")), 1);
    }
}

static void sarif_keeps_source_words_in_the_house(void **state)
{
    (void)state;
    FREED char *within = named_report(STET_REPORT_SARIF, 0);
    FREED char *with_source = named_report(STET_REPORT_SARIF, STET_REPORT_WITH_SOURCE);
    assert_null(strstr(within, "quite"));
    assert_non_null(strstr(with_source, "quite"));
}

static void the_page_has_no_script_and_no_markup_of_others(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    struct statement statements[4];
    struct check_answer answer = answer_of(&judged, statements);
    struct buffer made = { 0 };
    answer.story.name = bytes_from_string("<img src=x onerror=\"alert(1)\">.md");
    statements[0].findings[0].message = bytes_from_string("\"<b>&\" is printed");
    assert_int_equal(report_html(&answer, 0, &made, &judged.fault), STET_OK);
    FREED char *text = buffer_take_string(&made);
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "<img"));
    assert_null(strstr(text, "<b>"));
    assert_non_null(strstr(text, "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;.md"));
    assert_non_null(strstr(text, "Content-Security-Policy"));
}

static void a_cell_is_never_a_formula(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    struct statement statements[4];
    struct check_answer answer = answer_of(&judged, statements);
    struct buffer made = { 0 };
    statements[0].cited[0].name = bytes_from_string("=cmd|'/C calc'!A0");
    statements[0].cited[0].origin = bytes_from_string("Embassy \"La Rana\"");
    assert_int_equal(report_csv(&answer, 0, &made, &judged.fault), STET_OK);
    FREED char *text = buffer_take_string(&made);
    assert_non_null(strstr(text, "\r\n\"'=cmd|'/C calc'!A0\",\"~2026-03-01\""));
    assert_non_null(strstr(text, "\"Embassy \"\"La Rana\"\"\""));
}

static void drafts_note_all_or_what_must_change(void **state)
{
    (void)state;
    FREED char *annotated = named_report(STET_REPORT_ANNOTATED, 0);
    FREED char *checked = named_report(STET_REPORT_CHECKED, 0);
    assert_non_null(strstr(annotated, "not expected in this archive"));
    assert_null(strstr(checked, "not expected in this archive"));
    assert_non_null(strstr(checked, "[^1]: **fix**, altered, unmarked"));
    assert_non_null(strstr(annotated, "”[^1]"));
}

static void the_memo_begins_with_what_it_does_not_say(void **state)
{
    (void)state;
    FREED char *text = report_of(report_memo, 0);
    const char *first =
        "Compares words with documents held here. It does not say that a document is genuine, "
        "complete or true.\n";
    assert_memory_equal(text, first, strlen(first));
    assert_non_null(strstr(text, "its date not known"));
    assert_non_null(strstr(text, "Not expected in this archive, source elsewhere (1):"));
    assert_non_null(strstr(text, "26LARANA7#p4 (C)  ~2026-03-01 (from the declassification date)"));
    assert_non_null(strstr(text, "Not checked here:"));
    assert_true(strstr(text, "fix") < strstr(text, "query"));
}

static void the_line_report_has_one_line_for_each_statement(void **state)
{
    (void)state;
    FREED char *text = report_of(report_line, 0);
    char *second = strchr(text, '\n');
    assert_non_null(second);
    assert_memory_equal(text, "story.md:1:17: error: ", 22);
    assert_non_null(strstr(text, "[quotation-altered-unmarked]\n"));
    assert_null(strchr(strchr(second + 1, '\n') + 1, '\n'));
}

static void carets_stand_under_the_words_of_the_story(void **state)
{
    (void)state;
    FREED char *text = report_of(report_line, STET_REPORT_CARETS);
    char *line = strstr(text, "     1 | The wells, are half dry");
    assert_non_null(line);
    char *ruler = strchr(line, '\n') + 1;
    assert_int_equal(strstr(line, "half") - line, strchr(ruler, '~') - ruler);
    assert_memory_equal(strchr(ruler, '~'), "~~~~ source: quite\nsource | ", 28);
}

static void colour_is_there_only_when_asked(void **state)
{
    (void)state;
    FREED char *plain = report_of(report_memo, 0);
    FREED char *coloured = report_of(report_memo, STET_REPORT_COLOUR);
    assert_null(strchr(plain, '\033'));
    assert_non_null(strstr(coloured, "\033["));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_object_fits_the_schema),
        cmocka_unit_test(the_schema_refuses_what_does_not_fit),
        cmocka_unit_test(no_report_holds_control_or_bidi_characters),
        cmocka_unit_test(every_report_tells_the_embargo),
        cmocka_unit_test(no_report_names_whom_a_document_protects),
        cmocka_unit_test(a_zip_has_its_members_where_it_says),
        cmocka_unit_test(a_word_document_has_a_footnote_for_every_statement),
        cmocka_unit_test(a_diff_restores_the_words_of_the_source),
        cmocka_unit_test(a_diff_is_of_clean_text_and_hides_nothing),
        cmocka_unit_test(machine_reports_are_json),
        cmocka_unit_test(sarif_keeps_source_words_in_the_house),
        cmocka_unit_test(the_page_has_no_script_and_no_markup_of_others),
        cmocka_unit_test(a_cell_is_never_a_formula),
        cmocka_unit_test(drafts_note_all_or_what_must_change),
        cmocka_unit_test(the_memo_begins_with_what_it_does_not_say),
        cmocka_unit_test(the_line_report_has_one_line_for_each_statement),
        cmocka_unit_test(carets_stand_under_the_words_of_the_story),
        cmocka_unit_test(colour_is_there_only_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
