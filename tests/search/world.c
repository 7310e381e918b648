#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "world.h"

#include <stdio.h>

#include "catalog/catalog.h"
#include "search/window.h"
#include "shelf.h"
#include "text/tokenize.h"

uint32_t chance_below(struct chance *chance, uint32_t limit)
{
    chance->state ^= chance->state << 13;
    chance->state ^= chance->state >> 7;
    chance->state ^= chance->state << 17;
    return (uint32_t)((chance->state >> 16) % limit);
}

uint32_t chance_low(struct chance *chance, uint32_t limit)
{
    uint32_t most = 1 + chance_below(chance, limit);
    return chance_below(chance, most);
}

/* Often used ones first. */
static const char *const words[] = {
    "the",
    "of",
    "harbour",
    "a",
    "strike",
    "minister",
    "guano",
    "Sorrow",
    "to",
    "be",
    "not",
    "keeper",
    "lamp",
    "export",
    "exports",
    "quay",
    "Army",
    "army",
    "Vald\xC3\xA9s",
    "keeper's",
    "decision-making",
    "250,000",
    "U.S.",
    "exported",
    "harbours",
    "harbor",
    "light-\nhouse",
    "DON'T",
    "minister;",
    "lamps",
    "lighthouse",
    "dockers",
    "docker",
    "1987",
    "pilot,",
    "province",
    "provinces",
    "co-operate",
    "cooperate",
    "Harbour-master",
    "mole",
    "colonel",
};
enum { WORDS = sizeof words / sizeof *words };

static const char *const values[] = {
    "origin=Embassy Port Sorrow",
    "origin=Consulate Valdes",
    "tag=PGOV",
    "tag=ECON;tag=PGOV",
    "subject=Guano and the harbour strike",
    "class=SECRET//NOFORN",
    "class=CONFIDENTIAL",
    "class=UNCLASSIFIED",
    "date=1987-03-04",
    "date=~1987-05",
    "date=1990",
    "date=1987-12-31",
    "number=87SORROW11",
    "signature=Sorrow of the Quay",
};
enum { VALUES = sizeof values / sizeof *values };

static char *text_by_chance(struct chance *chance, struct arena *arena, uint32_t most)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    uint32_t count = chance_low(chance, most);
    for (uint32_t i = 0; i < count; i++) {
        bool is_line = chance_below(chance, 14) == 0;
        if (is_line)
            buffer_append_text(&text, chance_below(chance, 2) ? "\n\n" : "\n## ");
        buffer_append_text(&text, words[chance_low(chance, WORDS)]);
        if (is_line && chance_below(chance, 2))
            buffer_append_text(&text, "\n");
        buffer_append_text(&text, chance_below(chance, 9) == 0 ? ". " : " ");
    }
    buffer_append_text(&text, "\n");
    return arena_string(arena, buffer_bytes(&text));
}

static char *fields_by_chance(struct chance *chance, struct arena *arena)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    uint32_t from = chance_below(chance, VALUES);
    for (uint32_t i = from; i < VALUES && i < from + 6; i += 1 + chance_below(chance, 4))
        buffer_print(&text, "%s%s", text.len > 0 ? ";" : "", values[i]);
    return arena_string(arena, buffer_bytes(&text));
}

/* Parts to either side of a window's edge, all of one document. */
enum { EDGE = 4 };

/* Documents of several parts among them, also over the edges of windows. */
static void shelf_by_chance(struct chance *chance, uint32_t parts, struct arena *arena)
{
    struct shelf_part *made = arena_alloc_many(arena, parts, sizeof *made);
    unsigned segments = 1 + chance_below(chance, parts > WINDOW ? 2 : SHELF_SEGMENTS);
    uint32_t most = parts > WINDOW ? 8 : 90, later = 1 + chance_below(chance, 12), place = 0;
    const char *name = "";
    bool is_plain = chance_below(chance, 3) == 0;
    for (uint32_t i = 0; i < parts; i++) {
        unsigned segment = (unsigned)((uint64_t)i * segments / parts);
        bool is_first = i == 0 || made[i - 1].segment != segment;
        place = is_first ? 0 : place + 1;
        bool is_edge = place + EDGE >= WINDOW && (place + EDGE) % WINDOW < 2 * EDGE;
        bool goes_on = !is_first && (is_edge || chance_below(chance, later) > later / 2 + 2);
        goes_on = goes_on && !is_plain;
        name = goes_on ? name : arena_print(arena, "DOC%u", i);
        made[i] = (struct shelf_part){ name, goes_on ? "" : fields_by_chance(chance, arena),
                                       text_by_chance(chance, arena, is_edge ? 90 : most), segment,
                                       !is_plain && chance_below(chance, 9) == 0 };
    }
    shelf_fill(made, parts);
}

static void keep_word(struct world_part *part, const struct token *token, int field,
                      uint32_t position, struct arena *arena)
{
    if (token->key_len == 0)
        return;
    part->at[part->count++] = (struct world_word){
        .key = arena_copy(arena, token_key(token)),
        .field = field,
        .is_furniture = (token->flags & TOKEN_FURNITURE) != 0,
        .is_extra = (token->flags & TOKEN_EXTRA) != 0,
        .position = position,
        .start = token->start,
        .end = token->end,
    };
}

enum { VALUE_APART = 10000 };

static void read_fields(struct world_part *part, struct arena *arena)
{
    struct field_list fields = { 0 };
    struct tokenizer tokenizer;
    struct token token;
    if (part->columns.part > 1)
        return;
    assert_int_equal(catalog_fields(snapshot_catalog(shelf_snapshot()), part->columns.document,
                                    arena, &fields, NULL),
                     OK);
    for (size_t i = 0; i < fields.count; i++) {
        if (!field_is_searched(fields.at[i].name))
            continue;
        tokenizer_begin(&tokenizer, fields.at[i].value, NULL, 0);
        while (tokenizer_next(&tokenizer, &token))
            keep_word(part, &token, (int)fields.at[i].name,
                      (uint32_t)i * VALUE_APART + token.position, arena);
    }
}

static void read_part(const struct segment *segment, struct world_part *part, struct arena *arena)
{
    struct part_shape shape;
    struct span *spans;
    size_t span_count;
    struct tokenizer tokenizer;
    struct token token;
    SCOPED(buffer_release) struct buffer text = { 0 };
    assert_int_equal(segment_part(segment, part->number, &shape, NULL), OK);
    assert_int_equal(segment_text(segment, part->number, 0, UINT32_MAX, &text, NULL), OK);
    assert_int_equal(segment_spans(segment, part->number, arena, &spans, &span_count, NULL), OK);
    part->text = arena_copy(arena, buffer_bytes(&text));
    part->columns = shape.columns;
    part->words = shape.words;
    part->at = arena_alloc_many(arena, 2 * text.len + 80, sizeof *part->at);
    tokenizer_begin(&tokenizer, part->text, spans, span_count);
    while (tokenizer_next(&tokenizer, &token))
        keep_word(part, &token, NO_FIELD, token.position, arena);
    read_fields(part, arena);
}

void world_make(struct chance *chance, uint32_t parts, struct arena *arena, struct world *world)
{
    const struct snapshot *snapshot = shelf_snapshot();
    *world = (struct world){ .arena = arena };
    shelf_by_chance(chance, parts, arena);
    world->parts = arena_alloc_many(arena, parts, sizeof *world->parts);
    for (size_t s = 0; s < snapshot_segment_count(snapshot); s++) {
        const struct segment *segment = snapshot_segment(snapshot, s);
        for (uint32_t i = 0; i < segment_part_count(segment); i++) {
            struct world_part *part = &world->parts[world->count++];
            part->segment = s;
            part->number = i;
            part->is_seen = snapshot_seen(snapshot, s)[i / 64] >> i % 64 & 1;
            read_part(segment, part, arena);
            bool goes_on = i > 0 && part[-1].columns.document == part->columns.document;
            part->head = goes_on ? part[-1].head : i;
        }
    }
    assert_int_equal(world->count, parts);
    world->average = (double)snapshot_word_total(snapshot) / (double)snapshot_part_total(snapshot);
}

const char *world_typed(struct chance *chance)
{
    static const char *const typed[] = {
        "the",      "of",    "harbour", "strike", "minister", "guano", "sorrow", "to",
        "be",       "not",   "keeper",  "lamp",   "export",   "quay",  "army",   "valdes",
        "250000",   "us",    "dont",    "nobody", "docker",   "1987",  "pilot",  "lighthouse",
        "exported", "lamps", "mole",    "making", "decision", "zebra",
    };
    return typed[chance_low(chance, sizeof typed / sizeof *typed)];
}

static void append_word(struct chance *chance, struct buffer *to)
{
    static const char *const forms[] = {
        "harbo*",
        "e*",
        "expor*",
        "harbour~",
        "lamp~",
        "minister~2",
        "export%",
        "=Army",
        "=harbour",
        "=Vald\xC3\xA9s",
        "decision-making",
        "keeper's",
        "tag:pgov",
        "origin:sorrow",
        "tag:p*",
        "signature:\"of the\"",
        "origin:\"port sorrow\"",
        "subject:harbour~",
        "/harbou?rs?/",
        "/(light|g).*/",
        "/[a-m]{3,5}/",
        "/1?9*[0-9]+/",
        "tag:/.*ov/",
    };
    if (chance_below(chance, 3) > 0)
        buffer_append_text(to, world_typed(chance));
    else
        buffer_append_text(to, forms[chance_below(chance, sizeof forms / sizeof *forms)]);
}

static void append_phrase(struct chance *chance, struct buffer *to)
{
    uint32_t count = 2 + chance_low(chance, 5);
    bool is_exact = chance_below(chance, 12) == 0;
    buffer_append_text(to, is_exact ? "=\"" : "\"");
    for (uint32_t i = 0; i < count; i++)
        buffer_print(to, "%s%s", i > 0 ? " " : "", world_typed(chance));
    buffer_append_text(to, !is_exact && chance_below(chance, 8) == 0 ? "*\"" : "\"");
}

static void append_filter(struct chance *chance, struct buffer *to)
{
    static const char *const filters[] = {
        "date:1987",
        "date:..1987-05",
        "date:1990",
        "date:none",
        "date:1987-03-04..1987-06",
        "class:secret",
        "class:unclassified+",
        "class:none",
        "kind:cable",
        "kind:email",
        "collection:cables",
    };
    buffer_append_text(to, filters[chance_below(chance, sizeof filters / sizeof *filters)]);
}

static void append_near(struct chance *chance, struct buffer *to)
{
    for (int side = 0; side < 2; side++) {
        if (side == 1)
            buffer_print(to, " NEAR/%u ", chance_below(chance, 6));
        switch (chance_below(chance, 4)) {
        case 0:
            append_phrase(chance, to);
            break;
        case 1:
            buffer_print(to, "(%s OR %s)", world_typed(chance), world_typed(chance));
            break;
        default:
            buffer_append_text(to, world_typed(chance));
        }
    }
}

static void append_list(struct chance *chance, unsigned depth, const char *between,
                        struct buffer *to)
{
    uint32_t count = 2 + chance_below(chance, 2);
    buffer_append_text(to, "(");
    for (uint32_t i = 0; i < count; i++) {
        buffer_append_text(to, i > 0 ? between : "");
        world_query(chance, depth - 1, to);
    }
    buffer_append_text(to, ")");
}

void world_list_query(struct chance *chance, struct buffer *to)
{
    bool is_either = chance_below(chance, 2) == 0;
    uint32_t count = 1 + chance_below(chance, 5);
    for (uint32_t i = 0; i < count; i++)
        buffer_print(to, "%s%s", i == 0 ? "" : is_either ? " OR " : " ", world_typed(chance));
    if (!is_either && chance_below(chance, 3) == 0)
        buffer_append_text(to, " collection:cables");
}

void world_query(struct chance *chance, unsigned depth, struct buffer *to)
{
    uint32_t kind = chance_below(chance, depth > 0 ? 16 : 8);
    if (kind < 4)
        append_word(chance, to);
    else if (kind < 6)
        append_phrase(chance, to);
    else if (kind == 6)
        append_near(chance, to);
    else if (kind == 7)
        append_filter(chance, to);
    else if (kind < 11)
        append_list(chance, depth, " ", to);
    else if (kind < 14)
        append_list(chance, depth, " OR ", to);
    else {
        buffer_append_text(to, kind == 14 ? "NOT " : "-");
        world_query(chance, depth - 1, to);
    }
}
