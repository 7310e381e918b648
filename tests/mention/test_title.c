#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mention/title.h"

/* The office beside the name Quiroz. */
static bool read_title(const char *string, struct title *title)
{
    struct bytes text = bytes_from_string(string);
    size_t at = bytes_find(text, bytes_from_string("Quiroz"), 0);
    assert_true(at != SIZE_MAX);
    return title_before(text, 0, (uint32_t)at, title) ||
           title_after(text, (uint32_t)at + 6, (uint32_t)text.len, title);
}

static void fail_row(size_t row, const char *found, size_t len)
{
    print_error("row %zu: %.*s\n", row, (int)len, found);
    assert_true(false);
}

static void the_office_beside_a_name_is_found(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "said President Quiroz", "President" },
        { "told the Under Secretary for Governance Quiroz", "the Under Secretary for Governance" },
        { "met Undersecretary for Governance (SEGOR) Quiroz", "Undersecretary for Governance" },
        { "delegation, National Security Coordinator Quiroz", "National Security Coordinator" },
        { "week, US ambassador to Alcarra Quiroz", "US ambassador to Alcarra" },
        { "Tello Peon and Undersecretary for Governance Quiroz", "Undersecretary for Governance" },
        { "Secretary of Defense General Quiroz", "Secretary of Defense General" },
        { "Quiroz, director of the port authority, said", "director of the port authority" },
        { "Quiroz, the interior minister, said", "the interior minister" },
        { "Quiroz was governor of Alcarra when", "governor of Alcarra" },
        { "The two officials, Quiroz and Vega", "The two officials" },
        { "el secretario de Puertos Quiroz dijo", "el secretario de Puertos" },
        { "yesterday Quiroz left", "" },
        { "Quiroz, and Director General Ana Vega", "" },
        { "Quiroz, Finance Minister Luis Vega, and", "" },
        { "Quiroz, Director General of Ports, and", "Director General of Ports" },
        { "the coordinator of the Quiroz Fund", "" },
        { "a port that Quiroz visited, who knows", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct title title;
        bool is_found = read_title(rows[i][0], &title);
        assert_int_equal(is_found, rows[i][1][0] != 0);
        size_t len = strlen(rows[i][1]);
        if (is_found && (title.end - title.start != len ||
                         memcmp(rows[i][0] + title.start, rows[i][1], len) != 0))
            fail_msg("row %zu: %.*s", i, (int)(title.end - title.start), rows[i][0] + title.start);
    }
}

static void offices_compare_by_their_words(void **state)
{
    (void)state;
    static const struct {
        const char *written, *known;
        enum title_match match;
    } rows[] = {
        { "Defense Secretary Quiroz", "Secretary of Defense Quiroz", TITLE_AGREES },
        { "Interior Minister Quiroz", "Defense Minister Quiroz", TITLE_DIFFERS },
        { "President Quiroz", "President Quiroz", TITLE_AGREES },
        { "Governor Quiroz", "Senator Quiroz", TITLE_DIFFERS },
        { "Colonel Quiroz", "General Quiroz", TITLE_DIFFERS },
        { "Gen. Quiroz", "Secretary of Defense Quiroz", TITLE_CANNOT_TELL },
        { "Dr. Quiroz", "President Quiroz", TITLE_CANNOT_TELL },
        { "US ambassador to Alcarra Quiroz", "Ambassador Quiroz", TITLE_AGREES },
        { "officials of the Ports Authority Quiroz", "Coordinator for Fisheries Quiroz",
          TITLE_DIFFERS },
        { "officials of the Ports Authority Quiroz", "PNA DIRECTOR Quiroz", TITLE_MAY_AGREE },
        { "Undersecretary for Ports Quiroz", "Secretary of Ports Quiroz", TITLE_DIFFERS },
        { "secretario de Defensa Quiroz", "Defense Secretary Quiroz", TITLE_AGREES },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct title written, known;
        assert_true(read_title(rows[i].written, &written));
        assert_true(read_title(rows[i].known, &known));
        if (title_compare(&written, &known) != rows[i].match)
            fail_row(i, rows[i].written, strlen(rows[i].written));
    }
}

static void a_phrase_that_points_back_is_completed(void **state)
{
    (void)state;
    static const char story[] =
        "two officials of the Ports Authority (PA) spoke. The two officials, "
        "Quiroz and Vega, left.";
    struct title title;
    assert_true(read_title(story, &title));
    assert_true(title.is_back && title.is_plural);
    assert_true(title_find(bytes_from_string(story), 0, title.start, bytes_from_string("officials"),
                           &title));
    assert_true(title_has_word(&title, bytes_from_string("ports")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_office_beside_a_name_is_found),
        cmocka_unit_test(offices_compare_by_their_words),
        cmocka_unit_test(a_phrase_that_points_back_is_completed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
