#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/json.h"
#include "base/scoped.h"

static void nesting_and_commas_are_kept(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer out = { 0 };
    struct json json = json_begin(&out);
    json_object(&json);
    json_key(&json, "a");
    json_array(&json);
    json_number(&json, INT64_MIN);
    json_array(&json);
    json_array_end(&json);
    json_bool(&json, true);
    json_array_end(&json);
    json_key(&json, "b");
    json_object(&json);
    json_object_end(&json);
    json_key(&json, "c");
    json_text(&json, NULL);
    json_object_end(&json);
    FREED char *text = buffer_take_string(&out);
    assert_string_equal(text, "{\"a\":[-9223372036854775808,[],true],\"b\":{},\"c\":null}");
}

static void strings_are_escaped(void **state)
{
    (void)state;
    const char *cases[][2] = {
        { "", "\"\"" },
        { "plain", "\"plain\"" },
        { "\"\\/", "\"\\\"\\\\/\"" },
        { "\b\f\n\r\t\x01\x1f\x7f", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\"" },
        { "ni\xc3\xb1o \xe2\x82\xac \xf0\x9f\x98\x80",
          "\"ni\xc3\xb1o \xe2\x82\xac \xf0\x9f\x98\x80\"" },
        { "\xc2\x9b", "\"\\u009b\"" },
        { "a\xff\xc3", "\"a\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        SCOPED(buffer_release) struct buffer out = { 0 };
        struct json json = json_begin(&out);
        json_text(&json, cases[i][0]);
        FREED char *text = buffer_take_string(&out);
        assert_string_equal(text, cases[i][1]);
    }
}

static void a_nul_inside_is_escaped(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer out = { 0 };
    struct json json = json_begin(&out);
    json_string(&json, bytes_make("a\0b", 3));
    assert_true(bytes_is(buffer_bytes(&out), "\"a\\u0000b\""));
}

static void reals_have_points_and_no_infinity(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer out = { 0 };
    struct json json = json_begin(&out);
    json_array(&json);
    json_real(&json, -1234.5678, 2);
    json_real(&json, 3, 0);
    json_real(&json, INFINITY, 2);
    json_real(&json, NAN, 2);
    json_array_end(&json);
    assert_true(bytes_is(buffer_bytes(&out), "[-1234.57,3,null,null]"));
}

static void depth_sixty_is_fine(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer out = { 0 };
    struct json json = json_begin(&out);
    for (int i = 0; i < 60; i++)
        json_array(&json);
    json_null(&json);
    for (int i = 0; i < 60; i++)
        json_array_end(&json);
    assert_int_equal(out.len, 124);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nesting_and_commas_are_kept),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(a_nul_inside_is_escaped),
        cmocka_unit_test(reals_have_points_and_no_infinity),
        cmocka_unit_test(depth_sixty_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
