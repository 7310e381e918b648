/* fuzz_query.c - any bytes as a query: taken or refused in words, never more. Behind a '/', bytes
 * up to a NUL are a regular expression and the others a word that is held against it. */
#include <assert.h>
#include <stdlib.h>

#include "search/query.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/* Whatever fits begins with the letters that all that fits begins with. */
static void hold_word(const struct regex *regex, struct bytes word)
{
    struct regex_states states[2];
    const struct regex_states *before = NULL;
    for (size_t i = 0, turn = 0, step; i < word.len; i += step, turn = !turn) {
        if (!regex_step(regex, before, utf8_decode(word, i, &step), &states[turn]))
            return;
        before = &states[turn];
    }
    if (regex_accepts(regex, before))
        assert(bytes_equal(bytes_slice(word, 0, regex_lead(regex).len), regex_lead(regex)));
}

static void try_regex(struct bytes text, struct arena *arena)
{
    struct buffer valid = { 0 };
    struct regex_fault why;
    size_t end = bytes_find_byte(text, 0, 0);
    utf8_repair(bytes_slice(text, 0, end), &valid);
    struct regex *regex = regex_parse(buffer_bytes(&valid), arena, &why);
    assert(regex != NULL || why.why != NULL);
    assert(regex != NULL || why.at <= valid.len);
    if (regex != NULL && end != SIZE_MAX)
        hold_word(regex, bytes_slice(text, end + 1, text.len));
    buffer_release(&valid);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct arena arena = { 0 };
    struct buffer line = { 0 };
    struct fault fault = { 0 };
    struct query query;
    enum status parsed =
        query_parse(bytes_make(at, len), len > 0 && at[0] == '!', &arena, &query, &fault);
    if (parsed == OK)
        query_print(&query, &line);
    assert(parsed == OK ? line.len > 0 : fault.words[0] != '\0');
    if (len > 0 && at[0] == '/')
        try_regex(bytes_make(at + 1, len - 1), &arena);
    buffer_release(&line);
    arena_release(&arena);
    return 0;
}
