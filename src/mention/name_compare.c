#include "mention/name_compare.h"

#include <stdio.h>

enum { SLIP_LETTERS = 4, TWO_SLIPS_LETTERS = 8 };

/* Words of one group are one name written in several ways. */
static const char *const variant_groups[] = {
    "gaddafi gadafi gadhafi qadafi qaddafi qadhafi qadhdhafi kadafi kaddafi khadafi khadafy",
    "muhammad mohammad mohammed mohamed mohamad muhammed mehmet",
    "hussein husayn hussain husein hossein hussien",
    "ahmad ahmed ahmet",
    "saleh salih salah",
    "osama usama",
    "yusuf yousef youssef yusif yousuf",
    "laden ladin",
    "hezbollah hizballah hizbollah hezballah hizbullah",
    "yasser yasir yaser",
    "zelaya celaya",
    "abdallah abdullah abdalla abdulla",
    "umar omar",
    "usman osman uthman",
    "khamenei khamenehi khameini",
    "ahmadinejad ahmadinezhad",
    "yeltsin eltsin jelzin",
    "tsvangirai tsvangarai",
    "mubarak moubarak",
    "karzai karzay",
};

static bool group_has(const char *group, struct bytes key)
{
    for (const char *at = group; *at != 0;) {
        size_t len = strcspn(at, " ");
        if (bytes_equal(bytes_make(at, len), key))
            return true;
        at += len + (at[len] == ' ');
    }
    return false;
}

/* What sounds alike across transliterations, written one way. Longer patterns first. */
static const char *const sounds[][2] = {
    { "tch", "ch" }, { "sch", "sh" }, { "kh", "k" }, { "gh", "g" }, { "dh", "d" }, { "ph", "f" },
    { "ou", "u" },   { "oo", "u" },   { "ee", "i" }, { "ei", "i" }, { "ay", "i" }, { "ai", "i" },
    { "ey", "i" },   { "ck", "k" },   { "q", "k" },  { "y", "i" },  { "w", "v" },
};

static size_t sound_write(struct bytes key, uint8_t out[NAME_KEY_MAX])
{
    size_t len = 0;
    for (size_t i = 0; i < key.len && len < NAME_KEY_MAX - 2;) {
        size_t taken = 1;
        const char *as = NULL;
        for (size_t k = 0; as == NULL && k < sizeof sounds / sizeof *sounds; k++)
            if (bytes_has_prefix(bytes_slice(key, i, 3), sounds[k][0])) {
                taken = strlen(sounds[k][0]);
                as = sounds[k][1];
            }
        if (as == NULL)
            out[len++] = key.at[i];
        for (; as != NULL && *as != 0; as++)
            out[len++] = (uint8_t)*as;
        i += taken;
    }
    return len > 1 && out[len - 1] == 'h' ? len - 1 : len;
}

/* First letters of one name in its several forms. */
static bool may_be_variants(struct bytes a, struct bytes b)
{
    static const char *const alike[] = { "gqkjx", "uoh", "cz", "ijy", "jey", "vw", "fp" };
    if (a.len < SLIP_LETTERS || b.len < SLIP_LETTERS)
        return false;
    bool is_alike = a.at[0] == b.at[0];
    for (size_t i = 0; !is_alike && i < sizeof alike / sizeof *alike; i++)
        is_alike = strchr(alike[i], a.at[0]) && strchr(alike[i], b.at[0]);
    return is_alike;
}

static bool is_variant(struct bytes a, struct bytes b)
{
    uint8_t one[NAME_KEY_MAX], other[NAME_KEY_MAX];
    if (!may_be_variants(a, b))
        return false;
    for (size_t i = 0; i < sizeof variant_groups / sizeof *variant_groups; i++)
        if (group_has(variant_groups[i], a) && group_has(variant_groups[i], b))
            return true;
    return bytes_equal(bytes_make(one, sound_write(a, one)),
                       bytes_make(other, sound_write(b, other)));
}

static size_t shared_before(struct bytes a, struct bytes b)
{
    size_t len = 0;
    while (len < a.len && len < b.len && a.at[len] == b.at[len])
        len++;
    return len;
}

static size_t shared_behind(struct bytes a, struct bytes b, size_t before)
{
    size_t len = 0;
    while (len + before < a.len && len + before < b.len &&
           a.at[a.len - 1 - len] == b.at[b.len - 1 - len])
        len++;
    return len;
}

/* What is left of both without their shared beginning and end. */
struct rest {
    struct bytes written, known;
    size_t before;
};

static struct rest rest_of(struct bytes written, struct bytes known)
{
    size_t before = shared_before(written, known), behind = shared_behind(written, known, before);
    return (struct rest){ bytes_slice(written, before, written.len - before - behind),
                          bytes_slice(known, before, known.len - before - behind), before };
}

/* The two ends of the rest changed places, what is between stayed. */
static bool is_swapped(const struct rest *rest)
{
    size_t len = rest->written.len;
    if (len != rest->known.len || len < 2 || len > 4)
        return false;
    return rest->written.at[0] == rest->known.at[len - 1] &&
           rest->written.at[len - 1] == rest->known.at[0] &&
           memcmp(rest->written.at + 1, rest->known.at + 1, len - 2) == 0;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Levenshtein 1966 over the rest, which is short where it matters. */
static unsigned edits_between(struct bytes a, struct bytes b)
{
    unsigned row[NAME_KEY_MAX + 1];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned corner = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            unsigned above = row[j];
            row[j] = least(corner + (a.at[i - 1] != b.at[j - 1]), least(above, row[j - 1]) + 1);
            corner = above;
        }
    }
    return row[b.len];
}

enum spelling spelling_compare(struct bytes written, struct bytes known)
{
    if (bytes_equal(written, known))
        return SPELLING_SAME;
    size_t apart = written.len > known.len ? written.len - known.len : known.len - written.len;
    if (written.len > NAME_KEY_MAX || known.len > NAME_KEY_MAX)
        return SPELLING_OTHER;
    if (apart > 4)
        return SPELLING_OTHER;
    if (is_variant(written, known))
        return SPELLING_VARIANT;
    if (apart > 2 || written.len < SLIP_LETTERS || known.len < SLIP_LETTERS)
        return SPELLING_OTHER;
    struct rest rest = rest_of(written, known);
    if (rest.written.len == 0 && rest.known.len == 1)
        return SPELLING_LEFT_OUT;
    if (rest.written.len == 1 && rest.known.len == 0)
        return SPELLING_ADDED;
    if (rest.written.len == 1 && rest.known.len == 1)
        return SPELLING_CHANGED;
    if (is_swapped(&rest))
        return SPELLING_SWAPPED;
    bool is_long = written.len >= TWO_SLIPS_LETTERS && known.len >= TWO_SLIPS_LETTERS;
    return is_long && edits_between(rest.written, rest.known) <= 2 ? SPELLING_TWO : SPELLING_OTHER;
}

bool spelling_is_inflected(struct bytes a, struct bytes b)
{
    static const char *const endings[] = { "",   "s", "es",  "n",  "an",  "ian", "i",   "ese",
                                           "ed", "d", "ing", "er", "ers", "y",   "ies", "ia",
                                           "o",  "a", "os",  "as", "al",  "ly",  "ns",  "ans" };
    struct rest rest = { 0 };
    rest.before = shared_before(a, b);
    if (rest.before < 3)
        return false;
    rest.written = bytes_slice(a, rest.before, a.len);
    rest.known = bytes_slice(b, rest.before, b.len);
    bool found[2] = { false, false };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        found[0] = found[0] || bytes_is(rest.written, endings[i]);
        found[1] = found[1] || bytes_is(rest.known, endings[i]);
    }
    return found[0] && found[1];
}

/* A letter as people see it: its whole code point. */
static int letter_len(struct bytes of, size_t at)
{
    int len = 1;
    while (at + (size_t)len < of.len && (of.at[at + (size_t)len] & 0xC0) == 0x80)
        len++;
    return len;
}

size_t spelling_words(struct bytes written, struct bytes known, char *out, size_t room)
{
    struct rest rest = rest_of(written, known);
    const char *a = (const char *)rest.written.at, *b = (const char *)rest.known.at;
    int made = 0;
    switch (spelling_compare(written, known)) {
    case SPELLING_LEFT_OUT:
        made = snprintf(out, room, "%.*s is left out", letter_len(rest.known, 0), b);
        break;
    case SPELLING_ADDED:
        made = snprintf(out, room, "one %.*s too many", letter_len(rest.written, 0), a);
        break;
    case SPELLING_CHANGED:
        made = snprintf(out, room, "%.*s for %.*s", letter_len(rest.written, 0), a,
                        letter_len(rest.known, 0), b);
        break;
    case SPELLING_SWAPPED:
        made = snprintf(out, room, "%.1s and %.1s changed places", b, b + rest.known.len - 1);
        break;
    case SPELLING_TWO:
        made = snprintf(out, room, "two letters differ");
        break;
    case SPELLING_VARIANT:
        made = snprintf(out, room, "written in another way");
        break;
    case SPELLING_SAME:
    case SPELLING_OTHER:
        out[0] = 0;
        break;
    }
    return made < 0 ? 0 : (size_t)made < room ? (size_t)made : room - 1;
}

struct part_list {
    const struct name_part *at[NAME_PARTS_MAX];
    size_t count;
};

static struct part_list parts_of(const struct name *name)
{
    struct part_list list = { .count = 0 };
    for (size_t i = 0; i < name->part_count; i++)
        if (!name->parts[i].is_link)
            list.at[list.count++] = &name->parts[i];
    return list;
}

static bool part_agrees(const struct name_part *a, const struct name_part *b)
{
    struct bytes one = name_part_key(a), other = name_part_key(b);
    if (a->is_initial || b->is_initial)
        return one.len > 0 && other.len > 0 && one.at[0] == other.at[0];
    return bytes_equal(one, other);
}

/* Whether all of `few` stand in `many` in their order. */
static bool is_within(const struct part_list *few, const struct part_list *many)
{
    size_t found = 0;
    for (size_t i = 0; i < many->count && found < few->count; i++)
        found += part_agrees(few->at[found], many->at[i]);
    return found == few->count;
}

static bool is_reordered(const struct part_list *a, const struct part_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        bool found = false;
        for (size_t k = 0; k < b->count; k++)
            found = found || bytes_equal(name_part_key(a->at[i]), name_part_key(b->at[k]));
        if (!found)
            return false;
    }
    return true;
}

enum name_match name_compare(const struct name *written, const struct name *known)
{
    struct part_list a = parts_of(written), b = parts_of(known);
    size_t same = 0, slips = 0, variants = 0;
    if (a.count == 0 || b.count == 0)
        return NAME_OTHER;
    if (a.count != b.count) {
        bool is_fuller = a.count > b.count;
        bool within = is_fuller ? is_within(&b, &a) : is_within(&a, &b);
        return !within ? NAME_OTHER : is_fuller ? NAME_FULLER : NAME_SHORTER;
    }
    for (size_t i = 0; i < a.count; i++) {
        enum spelling spelling = spelling_compare(name_part_key(a.at[i]), name_part_key(b.at[i]));
        same += part_agrees(a.at[i], b.at[i]);
        slips += !part_agrees(a.at[i], b.at[i]) && spelling_is_slip(spelling);
        variants += spelling == SPELLING_VARIANT;
    }
    if (same == a.count)
        return NAME_SAME;
    if (same + variants == a.count)
        return NAME_VARIANT;
    if (same > 0 && slips == 1 && same + slips + variants == a.count)
        return NAME_SLIP;
    if (is_reordered(&a, &b))
        return NAME_ORDER;
    return part_agrees(a.at[0], b.at[0]) ? NAME_SURNAME : NAME_OTHER;
}
