#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/stem.h"

static void inflections_share_a_stem(void **state)
{
    (void)state;
    static const struct {
        enum stem_language language;
        const char *a, *b;
    } cases[] = {
        { STEM_ENGLISH, "embassies", "embassy" },
        { STEM_ENGLISH, "reported", "reporting" },
        { STEM_SPANISH, "ministros", "ministro" },
        { STEM_SPANISH, "elecciones", "eleccion" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stemmer *one = NULL;
        struct stemmer *two = NULL;
        assert_int_equal(stemmer_new(cases[i].language, &one, NULL), OK);
        assert_int_equal(stemmer_new(cases[i].language, &two, NULL), OK);
        struct bytes a = stemmer_stem(one, bytes_from_string(cases[i].a));
        struct bytes b = stemmer_stem(two, bytes_from_string(cases[i].b));
        assert_true(bytes_equal(a, b));
        stemmer_free(one);
        stemmer_free(two);
    }
}

static void freeing_nothing_is_nothing(void **state)
{
    (void)state;
    stemmer_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inflections_share_a_stem),
        cmocka_unit_test(freeing_nothing_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
