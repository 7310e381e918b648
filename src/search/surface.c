#include "search/surface.h"

#include "base/grow.h"
#include "text/tokenize.h"
#include "text/utf8.h"

static enum status keep(struct surfaces *surfaces, const struct token *token, struct fault *fault)
{
    int space = (token->flags & TOKEN_FURNITURE) != 0;
    while (surfaces->counts[space] <= token->position) {
        if (!GROW(surfaces->words[space], surfaces->rooms[space], surfaces->counts[space]))
            return no_memory(fault);
        surfaces->words[space][surfaces->counts[space]++] = (struct surface){ 0, 0 };
    }
    surfaces->words[space][token->position] = (struct surface){ token->start, token->end };
    return OK;
}

enum status surfaces_load(struct surfaces *surfaces, uint32_t part, struct fault *fault)
{
    if (surfaces->is_loaded && surfaces->part == part)
        return OK;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct span *spans;
    size_t count;
    surfaces->is_loaded = false;
    surfaces->counts[0] = surfaces->counts[1] = 0;
    buffer_clear(&surfaces->text);
    TRY(segment_text(surfaces->segment, part, 0, UINT32_MAX, &surfaces->text, fault));
    TRY(segment_spans(surfaces->segment, part, &arena, &spans, &count, fault));
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_begin(&tokenizer, buffer_bytes(&surfaces->text), spans, count);
    while (tokenizer_next(&tokenizer, &token))
        if ((token.flags & TOKEN_EXTRA) == 0)
            TRY(keep(surfaces, &token, fault));
    surfaces->part = part;
    surfaces->is_loaded = true;
    return OK;
}

static bool is_apostrophe(uint32_t code)
{
    return code == '\'' || code == 0x2018 || code == 0x2019;
}

/* Bytes that do not count: invisible characters, and the hyphen and blanks of a line end. */
static size_t skipped_at(struct bytes text, size_t at)
{
    size_t len;
    uint32_t code = utf8_decode(text, at, &len);
    if (code != UTF8_BAD && char_traits(code).class == CHAR_INVISIBLE)
        return len;
    if (code != '-' && code != 0x2010)
        return 0;
    size_t end = at + len;
    bool has_line_end = false;
    while (end < text.len && (text.at[end] == ' ' || text.at[end] == '\r' || text.at[end] == '\n'))
        has_line_end |= text.at[end++] == '\n';
    return has_line_end ? end - at : 0;
}

static bool is_written(struct bytes text, struct bytes typed)
{
    size_t i = 0, j = 0, text_len, typed_len;
    while (i < text.len) {
        size_t skipped = skipped_at(text, i);
        i += skipped;
        if (skipped > 0)
            continue;
        uint32_t code = utf8_decode(text, i, &text_len);
        if (j >= typed.len)
            return is_apostrophe(code);
        uint32_t wanted = utf8_decode(typed, j, &typed_len);
        if (code != wanted && !(is_apostrophe(code) && is_apostrophe(wanted)))
            return false;
        i += text_len;
        j += typed_len;
    }
    return j >= typed.len;
}

bool surface_is(const struct surfaces *surfaces, bool is_furniture, uint32_t position,
                struct bytes typed)
{
    if (!surfaces->is_loaded || position >= surfaces->counts[is_furniture])
        return false;
    struct surface word = surfaces->words[is_furniture][position];
    struct bytes text = buffer_bytes(&surfaces->text);
    return is_written(bytes_slice(text, word.start, word.end - word.start), typed);
}

void surfaces_release(struct surfaces *surfaces)
{
    buffer_release(&surfaces->text);
    free(surfaces->words[0]);
    free(surfaces->words[1]);
    *surfaces = (struct surfaces){ .segment = surfaces->segment };
}
