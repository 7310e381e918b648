#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include <stet/document.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "shelf.h"

static const struct shelf_part parts[] = {
    { "88ELMIRA4",
      "number=88ELMIRA4;origin=Embassy "
      "Elmira;date=~1988-02;class=CONFIDENTIAL;ref=88ELMIRA1;ref=88ELMIRA9;"
      "subject=TEA\x1b[31m TARIFFS",
      "## HEADER\n\nFirst paragraph.\n\nSecond \xE2\x80\xAEparagraph\x07 here.\n\nThird "
      "paragraph.\n\nFourth.\n\nFifth.\n",
      0, false },
    { "88ELMIRA4", "", "The annex.\n", 0, false },
    { "88ELMIRA1", "number=88ELMIRA1;ref=88ELMIRA4;date=~1900-01-01", "Earlier tea.\n", 0, false },
    { "TEA", "number=TWICE", "One tea.\n", 0, false },
    { "MILK", "number=TWICE", "One milk.\n", 0, false },
};

static struct stet_fault fault;

static int gather(void *context, const void *piece, size_t len)
{
    buffer_append(context, piece, len);
    return 0;
}

static enum stet_status shown(const char *address, unsigned flags, char *to, size_t room)
{
    struct buffer gathered = { 0 };
    enum stet_status done = stet_show(shelf_archive(), address, flags, gather, &gathered, &fault);
    snprintf(to, room, "%.*s", (int)gathered.len,
             gathered.len > 0 ? (const char *)gathered.at : "");
    buffer_release(&gathered);
    return done;
}

static void a_document_is_shown_with_its_header_and_relations(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "88ELMIRA4  cable\n",
        "date          ~1988-02  (from the declassification date)\n",
        "subject       TEA[31m TARIFFS\n",
        "\nn1      First paragraph.\n",
        "\nn2      Second paragraph here.\n",
        "(1 more paragraph; --all shows all)",
        "class         CONFIDENTIAL\nsubject",
        "ref           88ELMIRA1, 88ELMIRA9\n",
        "refers to:      88ELMIRA1  cable\n                88ELMIRA9  not held\n",
        "referred to by: 88ELMIRA1  cable\n",
        "from:           cables/one.txt\n",
    };
    char text[4096];
    assert_int_equal(shown("88ELMIRA4", 0, text, sizeof text), STET_OK);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_non_null(strstr(text, lines[i]));
    }
    assert_null(strstr(text, "Fifth"));
    for (const char *at = text; *at != '\0'; at++)
        assert_true(*at == '\n' || (unsigned char)*at >= 0x20);
}

static void a_paragraph_is_shown_between_its_neighbours(void **state)
{
    (void)state;
    char text[4096];
    assert_int_equal(shown("88ELMIRA4#n3", 0, text, sizeof text), STET_OK);
    assert_non_null(strstr(text, "n2      Second"));
    assert_non_null(strstr(text, "n3     >Third"));
    assert_non_null(strstr(text, "n4      Fourth"));
    assert_null(strstr(text, "First"));
    assert_null(strstr(text, "Fifth"));
    assert_int_equal(shown("88ELMIRA4:2", 0, text, sizeof text), STET_OK);
    assert_non_null(strstr(text, "The annex."));
}

static void all_of_it_is_shown_when_asked(void **state)
{
    (void)state;
    char text[4096];
    assert_int_equal(shown("88ELMIRA4", STET_SHOW_ALL, text, sizeof text), STET_OK);
    assert_non_null(strstr(text, "## HEADER"));
    assert_non_null(strstr(text, "Fifth."));
    assert_non_null(strstr(text, "88ELMIRA4:2"));
}

static void an_inferred_date_that_does_not_stand_is_not_shown(void **state)
{
    (void)state;
    char text[4096];
    assert_int_equal(shown("88ELMIRA1", 0, text, sizeof text), STET_OK);
    assert_null(strstr(text, "1900"));
    assert_non_null(strstr(text, "date            (none: the date worked out"));
}

static void what_is_not_there_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *address, *words;
        enum stet_status answer;
    } rows[] = {
        { "88ELMIRA77", "no document held here is called \"88ELMIRA77\"", STET_NOT_FOUND },
        { "88ELMIRA4#n9", "88ELMIRA4 has no paragraph #n9", STET_NOT_FOUND },
        { "88ELMIRA4#p2", "88ELMIRA4 has no paragraph printed 2", STET_NOT_FOUND },
        { "88ELMIRA4/page/2", "88ELMIRA4 has no page 2", STET_NOT_FOUND },
        { "88ELMIRA4:3", "88ELMIRA4 has no part 3", STET_NOT_FOUND },
        { "88ELMIRA4@000000", "no reading of \"88ELMIRA4\" held here begins with 000000",
          STET_NOT_FOUND },
        { "88ELMIRA4#q", "", STET_BAD_INPUT },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[4096];
        assert_int_equal(shown(rows[i].address, 0, text, sizeof text), rows[i].answer);
        assert_non_null(strstr(fault.words, rows[i].words));
        assert_string_equal(text, "");
    }
}

static void a_name_of_several_lists_them_and_never_picks(void **state)
{
    (void)state;
    char text[4096], *at;
    assert_int_equal(shown("TWICE", 0, text, sizeof text), STET_OK);
    assert_non_null(strstr(text, "2 documents are called TWICE"));
    assert_non_null(strstr(text, "TEA@"));
    at = strstr(text, "MILK@");
    assert_non_null(at);
    char address[64];
    snprintf(address, sizeof address, "TWICE%.13s", at + 4);
    assert_int_equal(shown(address, 0, text, sizeof text), STET_OK);
    assert_non_null(strstr(text, "One milk."));
}

static void as_json_it_is_one_object(void **state)
{
    (void)state;
    char text[4096];
    assert_int_equal(shown("88ELMIRA4#n1", STET_SHOW_JSON, text, sizeof text), STET_OK);
    assert_memory_equal(text, "{\"name\":\"88ELMIRA4\",\"kind\":\"cable\"", 34);
    assert_non_null(strstr(
        text, "{\"label\":\"n1\",\"marking\":\"\",\"asked\":true,\"text\":\"First paragraph.\"}"));
    assert_non_null(strstr(text, "\"basis\":\"from the declassification date\""));
    assert_string_equal(text + strlen(text) - 4, "}]}\n");
}

static int fill(void **state)
{
    if (shelf_make(state) != 0)
        return -1;
    shelf_fill(parts, sizeof parts / sizeof *parts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_shown_with_its_header_and_relations),
        cmocka_unit_test(a_paragraph_is_shown_between_its_neighbours),
        cmocka_unit_test(all_of_it_is_shown_when_asked),
        cmocka_unit_test(an_inferred_date_that_does_not_stand_is_not_shown),
        cmocka_unit_test(what_is_not_there_is_said),
        cmocka_unit_test(a_name_of_several_lists_them_and_never_picks),
        cmocka_unit_test(as_json_it_is_one_object),
    };
    return cmocka_run_group_tests(tests, fill, shelf_remove);
}
