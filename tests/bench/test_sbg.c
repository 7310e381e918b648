#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"
#include "sbg.h"

static const char lines[] =
    "{\"id\": \"a\", \"text\": \"The harbour of Puerto Lino was closed by the storm.\"}\n"
    "{\"id\": \"b\", \"text\": \"A storm closed the road; the harbour stayed open.\"}\n"
    "{\"id\": \"c\", \"text\": \"The minister of Val\\u00e9ria spoke of the road.\"}\n";

static char folder[] = "/tmp/stet-sbg-XXXXXX";
static char archive[64];

static int archive_make(void **state)
{
    struct fault fault = { 0 };
    uint64_t count = 0;
    (void)state;
    if (hash_start(&fault) != OK || mkdtemp(folder) == NULL)
        return -1;
    snprintf(archive, sizeof archive, "%s/a.stet", folder);
    FILE *in = fmemopen((char *)lines, sizeof lines - 1, "r");
    enum status done = sbg_index(in, archive, &count, &fault);
    fclose(in);
    return done == OK && count == 3 ? 0 : -1;
}

static int archive_remove(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void each_line_gets_its_answer(void **state)
{
    static const char *const cases[][2] = {
        { "COUNT\tharbour", "2" },
        { "COUNT\tharbour minister", "3" },
        { "COUNT\t+harbour +open", "1" },
        { "COUNT\t\"the road\"", "2" },
        { "COUNT\t+storm -\"puerto lino\"", "1" },
        { "COUNT\t+\"the road\" +minister", "1" },
        { "COUNT\tor and near", "0" },
        { "COUNT\tnothing", "0" },
        { "TOP_10\tharbour", "1" },
        { "TOP_1_COUNT\tthe", "3" },
        { "TOP_100_COUNT\t+the +of", "2" },
        { "TOP_10_FF\tthe", "UNSUPPORTED" },
        { "TOP_\tthe", "UNSUPPORTED" },
        { "COUNT\t+the of", "UNSUPPORTED" },
        { "COUNT\tharb*", "UNSUPPORTED" },
        { "COUNT\t\"the road", "UNSUPPORTED" },
        { "COUNT\t", "UNSUPPORTED" },
        { "no tab", "UNSUPPORTED" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = { 0 };
        char question[128], got[64] = "";
        int len = snprintf(question, sizeof question, "%s\n", cases[i][0]);
        FILE *in = fmemopen(question, (size_t)len, "r"), *out = fmemopen(got, sizeof got, "w");
        assert_int_equal(sbg_serve(archive, in, out, &fault), OK);
        fclose(in);
        fclose(out);
        got[strcspn(got, "\n")] = '\0';
        print_message("%s\n", cases[i][0]);
        assert_string_equal(got, cases[i][1]);
    }
}

static void a_line_that_is_no_document_is_named(void **state)
{
    struct fault fault = { 0 };
    char text[] = "{\"id\": \"a\", \"text\": \"one\"}\n{\"id\": \"b\"}\n", path[80];
    uint64_t count;
    (void)state;
    snprintf(path, sizeof path, "%s/b.stet", folder);
    FILE *in = fmemopen(text, sizeof text - 1, "r");
    assert_int_equal(sbg_index(in, path, &count, &fault), BAD_INPUT);
    fclose(in);
    assert_non_null(strstr(fault.words, "line 2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_gets_its_answer),
        cmocka_unit_test(a_line_that_is_no_document_is_named),
    };
    return cmocka_run_group_tests(tests, archive_make, archive_remove);
}
