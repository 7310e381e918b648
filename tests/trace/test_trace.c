#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/scoped.h"
#include "memory_source.h"
#include "quotation_text.h"
#include "trace/tracer.h"

static const char harbour[] =
    "1. (C) Summary. The governor of Port Amaranth told the consul that dredging of the northern "
    "harbour will not begin before March, because the contractor has lost 15 barges in the "
    "October gales. He added that the customs union is ill-equipped for an inspection role, and "
    "that its officers sleep through every night shift.\n"
    "2. (C) Comment: Encouraging the island council to participate in regional fisheries talks, "
    "even with limited staff, would help the council move from a mentality of \"guarding the "
    "lighthouse\" to a more active and flexible service. We need to capitalize on these small "
    "openings, in fact, while the U.S. dredging experts remain on the island. The minister "
    "believes that turning several of the most neglected wharves around would be potent, "
    "sending a signal to the smugglers that the harbour can be won.\n";

static const char orchards[] =
    "3. (SBU) The orchards of the Velmora valley produced 250,000 crates of quinces last autumn, "
    "according to the agricultural attache, although the frost destroyed seedlings on the "
    "southern terraces. DON,T expect the growers to plant again, the cooperative's treasurer "
    "said; they call it a &hen and basket8 problem. The treasurer claimed the bank XXXXXXXXXXXX "
    "refused every loan. The the pickers union wants labour inspectors. The inspectorr arrived "
    "on Tuesday. Is anybody watching the scales? Nobody knew.\n";

static const char filler[] =
    "An inspector of ferries came. The council met again on the matter of the ferry and it was "
    "decided that nothing should be "
    "done until the next meeting of the council. It is what it is and that is all there is to "
    "it, the clerk said. They were not in a hurry and there was no money for the ferry. The "
    "people of the town have been told that the ferry will be there when it is there.\n";

struct bench {
    struct memory_source *source;
    struct tracer *tracer;
    struct arena arena;
    struct trace trace;
};

static int open_bench(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    bench->source = memory_source_new();
    memory_source_add(bench->source, harbour, NULL, 0);
    memory_source_add(bench->source, orchards, NULL, 0);
    memory_source_add(bench->source, filler, NULL, 0);
    *state = bench;
    return tracer_new_over(memory_source_as_source(bench->source), memory_source_free,
                           &bench->tracer, NULL) != OK;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    tracer_free(bench->tracer);
    arena_release(&bench->arena);
    free(bench);
    return 0;
}

static const struct trace *traced(struct bench *bench, const char *quotation)
{
    struct pattern pattern;
    struct fault fault = { 0 };
    assert_int_equal(pattern_from_text(quotation, &bench->arena, &pattern, &fault), OK);
    assert_int_equal(
        tracer_trace(bench->tracer, &pattern, NULL, &bench->arena, &bench->trace, &fault), OK);
    return &bench->trace;
}

/* "P1 S2": the codes of the best candidate, in order, without V1. */
static const char *codes_of(const struct trace *trace)
{
    static char codes[256];
    size_t len = 0;
    codes[0] = '\0';
    for (size_t i = 0; trace->candidate_count > 0 && i < trace->candidates[0].difference_count &&
                       len + 8 < sizeof codes;
         i++) {
        const struct difference *difference = &trace->candidates[0].differences[i];
        if (difference->class != DIFFERENCE_V1)
            len += (size_t)snprintf(codes + len, sizeof codes - len, "%s%s", len > 0 ? " " : "",
                                    difference_code(difference->class));
    }
    return codes;
}

struct expected {
    const char *quotation;
    const char *codes;
};

static void hold(struct bench *bench, const struct expected *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct trace *trace = traced(bench, cases[i].quotation);
        const char *codes = codes_of(trace);
        if (strcmp(codes, cases[i].codes) != 0 || trace->candidate_count == 0)
            print_error("%s\n  wanted [%s], answered [%s], %zu candidates, reach %d\n",
                        cases[i].quotation, cases[i].codes, codes, trace->candidate_count,
                        (int)trace->reach);
        assert_true(trace->candidate_count > 0);
        assert_string_equal(codes, cases[i].codes);
    }
}
#define HOLD(state, cases) hold(*(state), cases, sizeof(cases) / sizeof *(cases))

static void words_that_stand_are_left_alone(void **state)
{
    static const struct expected cases[] = {
        { "dredging of the northern harbour will not begin before March", "" },
        { "the contractor has lost 15 barges in the October gales.", "" },
        { "the contractor has lost 15 barges in the October gales,", "V2" },
        { "the contractor has lost 15 barges", "" },
        { "We need to capitalize on these small openings", "" },
        { "a mentality of ‘guarding the lighthouse’ to a more active", "" },
        { "the U.S. dredging experts remain on the island", "" },
    };
    HOLD(state, cases);
}

static void marked_edits_are_read(void **state)
{
    static const struct expected cases[] = {
        { "[e]ncouraging the island council to participate in regional fisheries talks", "V4" },
        { "Encouraging the island council ... even with limited staff", "O1" },
        { "Encouraging the island council … would help the council move", "O1" },
        { "Encouraging the island council [of Amaranth] to participate in regional", "B1" },
        { "[She] added that the customs union is ill-equipped", "B2" },
        { "the customs union is ill-equipped [sic] for an inspection role", "K1" },
        { "the harbour can be won... 250,000 crates of quinces last autumn, according to", "M2" },
        { "dredging of the northern harbour will ... begin before March", "O3 O1" },
        { "dredging of the northern harbour [...] because the contractor has lost", "O3 O1" },
        { "dredging of the northern harbour (the main one) will not begin", "B4" },
        { "dredg[ed] of the northern harbour will not begin", "B2" },
        { "[the] northern harbour will not begin before March", "B5" },
        { "The treasurer claimed the bank #### refused every loan", "K3" },
    };
    HOLD(state, cases);
}

static void unmarked_edits_are_found(void **state)
{
    static const struct expected cases[] = {
        { "dredging of the harbour will not begin before March", "O4" },
        { "dredging of the great northern harbour will not begin before March", "I1" },
        { "the contractor has lost 50 barges in the October gales", "S2" },
        { "dredging of the northern harbour will begin before March", "S3" },
        { "dredging of the northern harbour may not begin before March", "S3" },
        { "We need to capitalize on those small openings", "S1" },
        { "We need to capitalize on these tiny openings", "S2" },
        { "the inspector arrived on Tuesday.", "V3 V7" },
        { "refused every loan. The pickers union wants labor inspectors", "M3 V6" },
        { "sending a signal to smugglers that the harbour can be won", "O4" },
        { "a more flexible and active service", "S5" },
        { "The treasurer claimed the bank of Velmora refused every loan", "K3" },
    };
    HOLD(state, cases);
}

static void punctuation_is_held_byte_by_byte(void **state)
{
    static const struct expected cases[] = {
        { "on these small openings in fact, while the U.S. dredging experts", "P1" },
        { "on these small openings, in fact, while the US dredging experts", "V5" },
        { "is ill equipped for an inspection role", "P2" },
        { "a mentality of guarding the lighthouse to a more active", "P3 P3" },
        { "Is anybody watching the scales.", "P1" },
        { "Is anybody watching the scales?", "" },
        { "an inspection role and that its officers sleep through every night shift", "P2" },
    };
    HOLD(state, cases);
}

static void damage_of_our_copy_is_no_fault_of_the_story(void **state)
{
    static const struct expected cases[] = {
        { "Don't expect the growers to plant again", "V8" },
        { "they call it a ‘hen and basket’ problem", "V8 V8" },
    };
    HOLD(state, cases);
}

static void halves_of_two_documents_are_a_splice(void **state)
{
    const struct trace *trace =
        traced(*state, "turning several of the most neglected wharves around would be potent "
                       "although the frost destroyed seedlings on the southern terraces");
    assert_int_equal(trace->candidates[0].passage_count, 2);
    assert_int_not_equal(trace->candidates[0].passages[0].document,
                         trace->candidates[0].passages[1].document);
    assert_string_equal(codes_of(trace), "M2");
}

static void a_writers_gap_that_skips_words_is_said(void **state)
{
    static const struct expected cases[] = {
        { "the contractor has lost 15 barges,{” he said, “}in the October gales", "V2" },
        { "the governor of Port Amaranth{” he said, “}dredging of the northern harbour", "V3 O5" },
    };
    struct bench *bench = *state;
    traced(bench, cases[0].quotation);
    assert_string_equal(codes_of(&bench->trace), cases[0].codes);
    traced(bench, cases[1].quotation);
    assert_non_null(strstr(codes_of(&bench->trace), "O5"));
}

static void what_is_not_there_is_not_found(void **state)
{
    const struct trace *trace =
        traced(*state, "our submarine fleet shall blockade every lagoon of the archipelago");
    assert_int_equal(trace->reach, TRACE_NOTHING);
    trace = traced(*state, "");
    assert_int_equal(trace->reach, TRACE_TOO_COMMON);
    trace = traced(*state, "of the");
    assert_int_equal(trace->reach, TRACE_TOO_COMMON);
}

static void literal_runs_are_exact(void **state)
{
    struct bench *bench = *state;
    const struct trace *trace = traced(bench, "the contractor has lost 50 barges in the October");
    const struct difference *difference = &trace->candidates[0].differences[0];
    assert_true(bytes_is(difference->story_words, "50"));
    assert_true(bytes_is(difference->source_words, "15"));
    assert_memory_equal(harbour + difference->source_start, "15", 2);
    assert_int_equal(difference->source_end - difference->source_start, 2);
    const struct passage *passage = &trace->candidates[0].passages[0];
    assert_true(bytes_has_prefix(passage->text, "the contractor has lost 15 barges"));
    assert_memory_equal(harbour + passage->start, passage->text.at, passage->text.len);
}

static void copies_are_one_trace_and_strangers_are_ambiguous(void **state)
{
    struct bench *bench = *state;
    memory_source_add(bench->source, harbour, NULL, 0);
    const struct trace *trace = traced(bench, "the contractor has lost 15 barges in the October");
    assert_int_equal(trace->reach, TRACE_TRACED);
    assert_int_equal(trace->candidates[0].copy_count, 1);
    memory_source_add(bench->source,
                      "Elsewhere we read once more: the contractor has lost 15 barges in the "
                      "October weather, or so they say down at the pub on the quay.",
                      NULL, 0);
    trace = traced(bench, "the contractor has lost 15 barges in the October");
    assert_int_equal(trace->reach, TRACE_AMBIGUOUS);
}

static void furniture_is_stepped_over(void **state)
{
    struct bench *bench = *state;
    static const char text[] = "Salt convoys crossed the Ombra pass despite heavy CONFIDENTIAL "
                               "PORT 00012 002 OF 003 snowdrifts and two avalanches.";
    size_t start = (size_t)(strstr(text, "CONFIDENTIAL") - text);
    size_t end = (size_t)(strstr(text, "snowdrifts") - text);
    struct span span = { SPAN_FURNITURE, (uint32_t)start, (uint32_t)end, { 0 } };
    memory_source_add(bench->source, text, &span, 1);
    const struct trace *trace =
        traced(bench, "crossed the Ombra pass despite heavy snowdrifts and two avalanches");
    assert_int_equal(trace->reach, TRACE_TRACED);
    assert_string_equal(codes_of(trace), "");
}

static void long_and_hostile_quotations_end(void **state)
{
    struct bench *bench = *state;
    FREED char *many = malloc(5000 * 4 + 1);
    for (size_t i = 0; i < 5000; i++)
        memcpy(many + i * 4, "the ", 5);
    assert_int_not_equal(traced(bench, many)->reach, TRACE_TRACED);
    FREED char *twice = malloc(2 * sizeof harbour);
    snprintf(twice, 2 * sizeof harbour, "%s%s", harbour, harbour);
    traced(bench, twice);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(words_that_stand_are_left_alone),
        CASE(marked_edits_are_read),
        CASE(unmarked_edits_are_found),
        CASE(punctuation_is_held_byte_by_byte),
        CASE(damage_of_our_copy_is_no_fault_of_the_story),
        CASE(halves_of_two_documents_are_a_splice),
        CASE(a_writers_gap_that_skips_words_is_said),
        CASE(what_is_not_there_is_not_found),
        CASE(literal_runs_are_exact),
        CASE(copies_are_one_trace_and_strangers_are_ambiguous),
        CASE(furniture_is_stepped_over),
        CASE(long_and_hostile_quotations_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
