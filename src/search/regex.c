#include "search/regex.h"

#include <string.h>

#include "text/fold.h"
#include "text/utf8.h"

enum { RANGES_MAX = 32, LEAD_MAX = 32, WORDS = REGEX_POSITIONS_MAX / 64 };

struct range {
    uint32_t first, last;
};

/* What one position takes. */
struct letters {
    struct range ranges[RANGES_MAX];
    size_t count;
    bool is_other; /* all but these */
};

struct regex {
    size_t count;
    bool takes_nothing; /* the empty word fits */
    struct regex_states first, last;
    struct regex_states follow[REGEX_POSITIONS_MAX];
    struct letters *letters;
    uint8_t lead[LEAD_MAX];
    size_t lead_len;
};

/* A part of the expression: where it may begin and end. */
struct piece {
    struct regex_states first, last;
    bool takes_nothing;
};

struct parser {
    struct regex *regex;
    struct bytes pattern;
    size_t at;
    unsigned depth;
    struct regex_fault *fault;
};

static bool refuse(struct parser *parser, size_t at, const char *why)
{
    *parser->fault = (struct regex_fault){ why, at };
    return false;
}

static bool states_have(const struct regex_states *states, size_t at)
{
    return states->bits[at / 64] >> at % 64 & 1;
}

static void states_join(struct regex_states *to, const struct regex_states *more)
{
    for (size_t i = 0; i < WORDS; i++)
        to->bits[i] |= more->bits[i];
}

/* Behind every state of `from` may come those of `to`. */
static void connect(struct regex *regex, const struct regex_states *from,
                    const struct regex_states *to)
{
    for (size_t i = 0; i < regex->count; i++)
        if (states_have(from, i))
            states_join(&regex->follow[i], to);
}

static void append_piece(struct regex *regex, struct piece *to, const struct piece *next)
{
    connect(regex, &to->last, &next->first);
    if (to->takes_nothing)
        states_join(&to->first, &next->first);
    struct regex_states last = next->last;
    if (next->takes_nothing)
        states_join(&last, &to->last);
    to->last = last;
    to->takes_nothing = to->takes_nothing && next->takes_nothing;
}

static bool add_position(struct parser *parser, size_t at, const struct letters *letters,
                         struct piece *piece)
{
    struct regex *regex = parser->regex;
    if (regex->count == REGEX_POSITIONS_MAX)
        return refuse(parser, at,
                      "the expression is too long here (256 letters, repeated ones "
                      "counted)");
    size_t number = regex->count++;
    regex->letters[number] = *letters;
    *piece = (struct piece){ 0 };
    piece->first.bits[number / 64] |= UINT64_C(1) << number % 64;
    piece->last = piece->first;
    return true;
}

static bool is_at_end(const struct parser *parser)
{
    return parser->at >= parser->pattern.len;
}

static uint8_t here(const struct parser *parser)
{
    return is_at_end(parser) ? 0 : parser->pattern.at[parser->at];
}

/* The character at the place, folded: its letters, at most `room`. */
static size_t folded(struct parser *parser, uint32_t *letters, size_t room)
{
    uint8_t key[FOLD_KEY_MAX];
    size_t len, count = 0;
    (void)utf8_decode(parser->pattern, parser->at, &len);
    size_t key_len = fold_text(bytes_slice(parser->pattern, parser->at, len), key, sizeof key);
    for (size_t at = 0, step; at < key_len && count < room; at += step)
        letters[count++] = utf8_decode(bytes_make(key, key_len), at, &step);
    parser->at += len;
    return count;
}

static bool add_letter(struct parser *parser, struct piece *piece)
{
    uint32_t letters[8];
    size_t at = parser->at, count = folded(parser, letters, 8);
    if (count == 0)
        return refuse(parser, at, "no word holds this sign");
    for (size_t i = 0; i < count; i++) {
        struct letters one = { .ranges = { { letters[i], letters[i] } }, .count = 1 };
        struct piece next;
        if (!add_position(parser, at, &one, i == 0 ? piece : &next))
            return false;
        if (i > 0)
            append_piece(parser->regex, piece, &next);
    }
    return true;
}

static bool read_class_letter(struct parser *parser, uint32_t *letter)
{
    uint32_t letters[2];
    if (here(parser) == '\\')
        parser->at++;
    if (is_at_end(parser))
        return refuse(parser, parser->at, "a bracket opens and is never closed");
    size_t at = parser->at;
    if (folded(parser, letters, 2) != 1)
        return refuse(parser, at, "this sign cannot stand between brackets");
    *letter = letters[0];
    return true;
}

static bool read_class(struct parser *parser, struct letters *letters)
{
    size_t open = parser->at++;
    letters->is_other = here(parser) == '^';
    parser->at += letters->is_other;
    while (!is_at_end(parser) && here(parser) != ']') {
        struct range range;
        if (!read_class_letter(parser, &range.first))
            return false;
        range.last = range.first;
        size_t dash = parser->at;
        bool is_range = here(parser) == '-' && dash + 1 < parser->pattern.len &&
                        parser->pattern.at[dash + 1] != ']';
        parser->at += is_range;
        if (is_range && !read_class_letter(parser, &range.last))
            return false;
        if (range.first > range.last)
            return refuse(parser, dash, "a range ends before it begins");
        if (letters->count == RANGES_MAX)
            return refuse(parser, dash, "more than 32 letters and ranges between brackets");
        letters->ranges[letters->count++] = range;
    }
    if (is_at_end(parser))
        return refuse(parser, open, "a bracket opens here and is never closed");
    if (letters->count == 0)
        return refuse(parser, open, "nothing stands between these brackets");
    parser->at++;
    return true;
}

static bool parse_either(struct parser *parser, struct piece *piece);

static bool parse_group(struct parser *parser, struct piece *piece)
{
    size_t open = parser->at++;
    if (++parser->depth > REGEX_DEPTH_MAX)
        return refuse(parser, open, "parentheses are nested more than 20 deep");
    if (!parse_either(parser, piece))
        return false;
    parser->depth--;
    if (here(parser) != ')')
        return refuse(parser, open, "a parenthesis opens here and is never closed");
    parser->at++;
    return true;
}

static bool parse_atom(struct parser *parser, struct piece *piece)
{
    struct letters letters = { 0 };
    size_t at = parser->at;
    switch (here(parser)) {
    case '(':
        return parse_group(parser, piece);
    case '[':
        return read_class(parser, &letters) && add_position(parser, at, &letters, piece);
    case '.':
        parser->at++;
        letters.is_other = true;
        return add_position(parser, at, &letters, piece);
    case '\\':
        if (++parser->at >= parser->pattern.len)
            return refuse(parser, at, "nothing stands behind this \\");
        if (here(parser) != 'd')
            return add_letter(parser, piece);
        parser->at++;
        letters = (struct letters){ .ranges = { { '0', '9' } }, .count = 1 };
        return add_position(parser, at, &letters, piece);
    case '?':
    case '*':
    case '+':
    case '{':
        return refuse(parser, at, "nothing stands here to be repeated");
    default:
        return add_letter(parser, piece);
    }
}

static bool read_number(struct parser *parser, unsigned *number)
{
    size_t start = parser->at;
    for (*number = 0; here(parser) >= '0' && here(parser) <= '9'; parser->at++) {
        *number = *number * 10 + (unsigned)(here(parser) - '0');
        if (*number > REGEX_REPEAT_MAX)
            return refuse(parser, start, "more than 64 repetitions");
    }
    return parser->at > start || refuse(parser, start, "a number of repetitions is missing");
}

struct repeat {
    unsigned least, most;
    bool is_endless;
};

/* {2}, {2,}, {2,5} */
static bool read_counts(struct parser *parser, struct repeat *repeat)
{
    size_t open = parser->at++;
    if (!read_number(parser, &repeat->least))
        return false;
    repeat->most = repeat->least;
    if (here(parser) == ',') {
        parser->at++;
        repeat->is_endless = here(parser) == '}';
        if (!repeat->is_endless && !read_number(parser, &repeat->most))
            return false;
    }
    if (here(parser) != '}' || (!repeat->is_endless && repeat->most < repeat->least) ||
        (!repeat->is_endless && repeat->most == 0))
        return refuse(parser, open, "repetitions are written {2}, {2,} or {2,5}");
    parser->at++;
    return true;
}

static bool read_repeat(struct parser *parser, struct repeat *repeat, bool *is_one)
{
    uint8_t sign = here(parser);
    *repeat = (struct repeat){ 1, 1, false };
    *is_one = false;
    switch (sign) {
    case '?':
        *repeat = (struct repeat){ 0, 1, false };
        break;
    case '*':
        *repeat = (struct repeat){ 0, 1, true };
        break;
    case '+':
        *repeat = (struct repeat){ 1, 1, true };
        break;
    case '{':
        return read_counts(parser, repeat);
    default:
        *is_one = true;
        return true;
    }
    parser->at++;
    return true;
}

/* An atom that is repeated is read again for each time. */
static bool parse_copies(struct parser *parser, size_t start, const struct repeat *repeat,
                         struct piece *piece)
{
    unsigned copies = repeat->least > 1 ? repeat->least : 1;
    copies = !repeat->is_endless && repeat->most > copies ? repeat->most : copies;
    for (unsigned i = 0; i < copies; i++) {
        struct piece copy = *piece;
        if (i > 0) {
            parser->at = start;
            if (!parse_atom(parser, &copy))
                return false;
        }
        if (repeat->is_endless && i + 1 == copies)
            connect(parser->regex, &copy.last, &copy.first);
        copy.takes_nothing |= i >= repeat->least;
        if (i == 0)
            *piece = copy;
        else
            append_piece(parser->regex, piece, &copy);
    }
    return true;
}

static bool parse_repeated(struct parser *parser, struct piece *piece)
{
    struct repeat repeat;
    bool is_one;
    size_t start = parser->at;
    if (!parse_atom(parser, piece) || !read_repeat(parser, &repeat, &is_one))
        return false;
    size_t end = parser->at;
    if (!is_one && !parse_copies(parser, start, &repeat, piece))
        return false;
    parser->at = end;
    return true;
}

static bool parse_sequence(struct parser *parser, struct piece *piece)
{
    *piece = (struct piece){ .takes_nothing = true };
    if (is_at_end(parser) || here(parser) == '|' || here(parser) == ')')
        return refuse(parser, parser->at, "letters are missing here");
    while (!is_at_end(parser) && here(parser) != '|' && here(parser) != ')') {
        struct piece next;
        if (!parse_repeated(parser, &next))
            return false;
        append_piece(parser->regex, piece, &next);
    }
    return true;
}

static bool parse_either(struct parser *parser, struct piece *piece)
{
    if (!parse_sequence(parser, piece))
        return false;
    while (here(parser) == '|') {
        struct piece next;
        parser->at++;
        if (!parse_sequence(parser, &next))
            return false;
        states_join(&piece->first, &next.first);
        states_join(&piece->last, &next.last);
        piece->takes_nothing |= next.takes_nothing;
    }
    return true;
}

/* The only state of several, or REGEX_POSITIONS_MAX. */
static size_t only_state(const struct regex *regex, const struct regex_states *states)
{
    size_t only = REGEX_POSITIONS_MAX;
    for (size_t i = 0; i < regex->count; i++) {
        if (!states_have(states, i))
            continue;
        if (only != REGEX_POSITIONS_MAX)
            return REGEX_POSITIONS_MAX;
        only = i;
    }
    return only;
}

static void find_lead(struct regex *regex)
{
    const struct regex_states *next = &regex->first;
    bool may_end = regex->takes_nothing;
    while (!may_end && regex->lead_len + 4 <= LEAD_MAX) {
        size_t only = only_state(regex, next);
        if (only == REGEX_POSITIONS_MAX)
            return;
        const struct letters *letters = &regex->letters[only];
        if (letters->is_other || letters->count != 1 ||
            letters->ranges[0].first != letters->ranges[0].last)
            return;
        regex->lead_len += utf8_encode(letters->ranges[0].first, regex->lead + regex->lead_len);
        may_end = states_have(&regex->last, only);
        next = &regex->follow[only];
    }
}

struct regex *regex_parse(struct bytes pattern, struct arena *arena, struct regex_fault *fault)
{
    struct regex *regex = arena_alloc(arena, sizeof *regex);
    struct piece whole;
    *fault = (struct regex_fault){ 0 };
    if (regex == NULL)
        return NULL;
    regex->letters = arena_alloc_many(arena, REGEX_POSITIONS_MAX, sizeof *regex->letters);
    if (regex->letters == NULL)
        return NULL;
    struct parser parser = { .regex = regex, .pattern = pattern, .fault = fault };
    if (!parse_either(&parser, &whole))
        return NULL;
    if (!is_at_end(&parser)) {
        refuse(&parser, parser.at, "a parenthesis closes here that was never opened");
        return NULL;
    }
    regex->first = whole.first;
    regex->last = whole.last;
    regex->takes_nothing = whole.takes_nothing;
    find_lead(regex);
    return regex;
}

static bool letters_take(const struct letters *letters, uint32_t letter)
{
    for (size_t i = 0; i < letters->count; i++)
        if (letter >= letters->ranges[i].first && letter <= letters->ranges[i].last)
            return !letters->is_other;
    return letters->is_other;
}

bool regex_step(const struct regex *regex, const struct regex_states *from, uint32_t letter,
                struct regex_states *to)
{
    struct regex_states may = from == NULL ? regex->first : (struct regex_states){ 0 };
    bool lives = false;
    for (size_t i = 0; i < WORDS && from != NULL; i++)
        for (uint64_t rest = from->bits[i]; rest != 0; rest &= rest - 1)
            states_join(&may, &regex->follow[i * 64 + (size_t)__builtin_ctzll(rest)]);
    *to = (struct regex_states){ 0 };
    for (size_t i = 0; i < WORDS; i++)
        for (uint64_t rest = may.bits[i]; rest != 0; rest &= rest - 1) {
            size_t at = i * 64 + (size_t)__builtin_ctzll(rest);
            if (!letters_take(&regex->letters[at], letter))
                continue;
            to->bits[i] |= UINT64_C(1) << at % 64;
            lives = true;
        }
    return lives;
}

bool regex_accepts(const struct regex *regex, const struct regex_states *states)
{
    uint64_t ends = 0;
    if (states == NULL)
        return regex->takes_nothing;
    for (size_t i = 0; i < WORDS; i++)
        ends |= states->bits[i] & regex->last.bits[i];
    return ends != 0;
}

struct bytes regex_lead(const struct regex *regex)
{
    return bytes_make(regex->lead, regex->lead_len);
}
