#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "mention/acronym.h"

/* "PWU=Port Workers' Union; DINAD" */
static void write_acronyms(const char *story, struct buffer *out)
{
    struct acronym acronym;
    struct bytes text = bytes_from_string(story);
    struct acronym_reader reader = { .text = text, .end = (uint32_t)text.len };
    while (acronym_next(&reader, &acronym)) {
        buffer_append_text(out, out->len > 0 ? "; " : "");
        buffer_append_text(out, acronym.letters);
        if (acronym.is_introduced)
            buffer_u8(out, '=');
        buffer_append_bytes(
            out, bytes_slice(text, acronym.full_start, acronym.full_end - acronym.full_start));
    }
    buffer_u8(out, 0);
}

static void pairs_are_read_in_both_orders(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "The Port Workers' Union (PWU) struck.", "PWU=Port Workers' Union" },
        { "PWU (Port Workers' Union) struck.", "PWU=Port Workers' Union" },
        { "la Direccion Nacional de Aduanas (DINAD)", "DINAD=Direccion Nacional de Aduanas" },
        { "the Attorney General's Office (PGC) advised", "PGC=Attorney General's Office" },
        { "special operations forces (SOF) came", "SOF=special operations forces" },
        { "the Port Workers' Union, or PWU, left", "PWU=Port Workers' Union" },
        { "ALCARRA, Nov. 3. In MEXICO it rained", "ALCARRA" },
        { "Officials of the Port Union (PU) and the Ministry of the Interior (MOI)",
          "PU=Port Union; MOI=Ministry of the Interior" },
        { "the Movement Toward Reform (MTR)", "MTR=Movement Toward Reform" },
        { "the Army (FUTER) left and FUTER stayed", "FUTER=Army; FUTER" },
        { "the DTOs left", "DTO" },
        { "he left (see below) the USA", "USA" },
        { "THE ARMY HAS LEFT THE PORT OF ALCARRA", "" },
        { "the port (in June) left", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer out = { 0 };
        write_acronyms(rows[i][0], &out);
        assert_string_equal((const char *)out.at, rows[i][1]);
        buffer_release(&out);
    }
}

static struct acronym made(const char *letters)
{
    struct acronym acronym = { .len = (uint8_t)strlen(letters) };
    memcpy(acronym.letters, letters, acronym.len);
    return acronym;
}

static void swapped_and_changed_letters_are_slips(void **state)
{
    (void)state;
    static const struct {
        const char *written, *known;
        bool is_slip;
    } rows[] = {
        { "PCG", "PGC", true }, { "PGD", "PGC", true },   { "GPC", "PGC", true },
        { "CGP", "PGC", true }, { "CPG", "PGC", false },  { "PGC", "PGC", false },
        { "PG", "PC", false },  { "ABCD", "ABC", false }, { "FUTRE", "FUTER", true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct acronym written = made(rows[i].written), known = made(rows[i].known);
        assert_int_equal(acronym_is_slip(&written, &known), rows[i].is_slip);
    }
}

static void phrases_compare_by_their_words(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        { "Attorney General's Office", "the Attorney General\xE2\x80\x99s\nOffice", true },
        { "Ministry of Ports", "Ministry of the Ports", true },
        { "Direcci\xC3\xB3n de Aduanas", "Direccion de Aduanas", true },
        { "Ministry of Ports", "Ministry of Mines", false },
        { "the Mexican Ministry of Ports", "Ministry of Ports", true },
        { "US Coast Guard", "Coast Guard", true },
        { "British", "French", false },
        { "", "", false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(
            acronym_same_words(bytes_from_string(rows[i].a), bytes_from_string(rows[i].b)),
            rows[i].same);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_read_in_both_orders),
        cmocka_unit_test(swapped_and_changed_letters_are_slips),
        cmocka_unit_test(phrases_compare_by_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
