#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mention/protect.h"

static const struct sample {
    const char *text, *mark, *name; /* NULL: none */
} samples[] = {
    { "Harbor clerk Anselmo Vega (protect) told us", "(protect)", "Anselmo Vega" },
    { "Anselmo Vega (strictly protect), who keeps the keys", "(strictly protect)", "Anselmo Vega" },
    { "ANSELMO VEGA (PLEASE PROTECT)", "(PLEASE PROTECT)", NULL },
    { "Minister Rosa Tamayo (please strictly protect source) said",
      "(please strictly protect source)", "Rosa Tamayo" },
    { "an embassy source (strictly protect) confided", "(strictly protect)", NULL },
    { "Rosa Tamayo (strictly protect throughout) agreed", "(strictly protect throughout)",
      "Rosa Tamayo" },
    { "Rosa Tamayo (protect the border, she said) agreed", NULL, NULL },
    { "to protect Rosa Tamayo (a minister)", NULL, NULL },
    { "Rosa Tamayo (protectionist) agreed", NULL, NULL },
    { "Rosa Tamayo (strictly protect", NULL, NULL },
    { "(protect)", "(protect)", NULL },
};

static void marks_are_found_with_the_name_before_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct bytes text = bytes_from_string(samples[i].text);
        struct protection protection;
        uint32_t at = 0;
        bool found = protect_find(text, &at, &protection);
        assert_int_equal(found, samples[i].mark != NULL);
        if (!found)
            continue;
        assert_true(bytes_is(bytes_slice(text, protection.start, protection.end - protection.start),
                             samples[i].mark));
        if (samples[i].name == NULL)
            continue;
        assert_true(protection.has_name);
        struct name *name = &protection.name;
        assert_true(
            bytes_is(bytes_slice(text, name->start, name->end - name->start), samples[i].name));
        assert_false(protect_find(text, &at, &protection));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_found_with_the_name_before_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
