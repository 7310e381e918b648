#include "check/verdict.h"

static const char *const verdict_words[] = {
#define CHECK_WORDS(name, words, counted) words,
    CHECK_VERDICTS(CHECK_WORDS)
#undef CHECK_WORDS
};
static const char *const verdict_counted[] = {
#define CHECK_COUNTED(name, words, counted) counted,
    CHECK_VERDICTS(CHECK_COUNTED)
#undef CHECK_COUNTED
};

const char *check_verdict_words(enum check_verdict verdict)
{
    return verdict < CHECK_VERDICT_COUNT ? verdict_words[verdict] : "unknown";
}

const char *check_verdict_counted(enum check_verdict verdict)
{
    return verdict < CHECK_VERDICT_COUNT ? verdict_counted[verdict] : "unknown";
}

const char *severity_word(enum stet_severity severity)
{
    static const char *const words[] = { "stands", "note", "query", "imprecise", "fix" };
    return severity <= STET_FIX ? words[severity] : "unknown";
}

/* How a class is ruled where a flag of the difference is set, or a circumstance holds. */
enum row_rule {
    RULE_PLAIN,
    RULE_FORM,      /* US for U.S. is folded, another form a note */
    RULE_NAME,      /* a fix only where a name or number replaces another */
    RULE_SWALLOWED, /* a query only in the same sentence */
    RULE_FILLER,    /* a note for a filler word */
    RULE_GAP,       /* a fix from three content words on */
    RULE_CUT,       /* a query where the cut hides what bears the sense */
    RULE_TAIL,      /* a query where the lost tail limits the sentence */
    RULE_QUOTING,   /* clean where the story names whom the source quotes */
    RULE_JOINED,    /* inside one pair of marks only */
    RULE_DOUBLED,   /* a note where the doubling was the source's */
    RULE_CAPITALS,  /* clean for text all in capitals */
    RULE_WITHHELD,  /* clean where the story shows a bracket or bar there */
};

struct class_row {
    enum difference_class class;
    enum stet_severity severity;
    enum check_verdict verdict;
    enum row_rule rule;
    bool first, folded;
    bool is_words; /* words, not points, differ: doubtful text makes them doubtful */
};

static const struct class_row rows[] = {
    { DIFFERENCE_V1, STET_NONE, CHECK_VERBATIM, RULE_PLAIN, false, false, false },
    { DIFFERENCE_V2, STET_NONE, CHECK_VERBATIM, RULE_PLAIN, false, false, false },
    { DIFFERENCE_V3, STET_NONE, CHECK_VERBATIM, RULE_PLAIN, false, true, false },
    { DIFFERENCE_V4, STET_NONE, CHECK_MARKED, RULE_PLAIN, false, false, false },
    { DIFFERENCE_V5, STET_NOTE, CHECK_VERBATIM, RULE_FORM, false, false, false },
    { DIFFERENCE_V6, STET_NONE, CHECK_VERBATIM, RULE_PLAIN, false, true, false },
    { DIFFERENCE_V7, STET_QUERY, CHECK_ALTERED, RULE_PLAIN, false, false, true },
    { DIFFERENCE_V8, STET_NONE, CHECK_VERBATIM, RULE_PLAIN, false, true, false },
    { DIFFERENCE_B1, STET_NONE, CHECK_MARKED, RULE_PLAIN, false, false, false },
    { DIFFERENCE_B2, STET_NOTE, CHECK_MARKED, RULE_PLAIN, false, false, false },
    { DIFFERENCE_B3, STET_QUERY, CHECK_BRACKET, RULE_NAME, false, false, true },
    { DIFFERENCE_B4, STET_NOTE, CHECK_MARKED, RULE_PLAIN, false, false, false },
    { DIFFERENCE_B5, STET_NOTE, CHECK_MARKED, RULE_PLAIN, false, false, false },
    { DIFFERENCE_O1, STET_NONE, CHECK_MARKED, RULE_PLAIN, false, false, false },
    { DIFFERENCE_O2, STET_NOTE, CHECK_MARKED, RULE_PLAIN, false, false, false },
    { DIFFERENCE_O3, STET_NONE, CHECK_MARKED, RULE_SWALLOWED, false, false, false },
    { DIFFERENCE_O4, STET_FIX, CHECK_ALTERED, RULE_FILLER, false, false, true },
    { DIFFERENCE_O5, STET_QUERY, CHECK_ALTERED, RULE_GAP, false, false, true },
    { DIFFERENCE_O6, STET_NONE, CHECK_VERBATIM, RULE_CUT, false, false, false },
    { DIFFERENCE_O7, STET_NOTE, CHECK_VERBATIM, RULE_TAIL, false, false, false },
    { DIFFERENCE_I1, STET_FIX, CHECK_ALTERED, RULE_PLAIN, false, false, true },
    { DIFFERENCE_S1, STET_FIX, CHECK_ALTERED, RULE_PLAIN, false, false, true },
    { DIFFERENCE_S2, STET_FIX, CHECK_ALTERED, RULE_PLAIN, false, false, true },
    { DIFFERENCE_S3, STET_FIX, CHECK_ALTERED, RULE_PLAIN, true, false, true },
    { DIFFERENCE_S4, STET_FIX, CHECK_ALTERED, RULE_PLAIN, false, false, true },
    { DIFFERENCE_S5, STET_FIX, CHECK_ALTERED, RULE_PLAIN, false, false, true },
    { DIFFERENCE_S6, STET_NOTE, CHECK_MARKED, RULE_PLAIN, false, false, false },
    { DIFFERENCE_P1, STET_QUERY, CHECK_PUNCTUATION, RULE_PLAIN, false, false, false },
    { DIFFERENCE_P2, STET_NOTE, CHECK_PUNCTUATION, RULE_PLAIN, false, false, false },
    { DIFFERENCE_P3, STET_QUERY, CHECK_PUNCTUATION, RULE_QUOTING, false, false, false },
    { DIFFERENCE_M1, STET_FIX, CHECK_JOINED, RULE_JOINED, false, false, true },
    { DIFFERENCE_M2, STET_FIX, CHECK_JOINED, RULE_PLAIN, true, false, false },
    { DIFFERENCE_M3, STET_FIX, CHECK_ALTERED, RULE_DOUBLED, false, false, true },
    { DIFFERENCE_E1, STET_NOTE, CHECK_VERBATIM, RULE_CAPITALS, false, false, false },
    { DIFFERENCE_K1, STET_NONE, CHECK_MARKED, RULE_PLAIN, false, false, false },
    { DIFFERENCE_K2, STET_FIX, CHECK_BRACKET, RULE_PLAIN, false, false, true },
    { DIFFERENCE_K3, STET_QUERY, CHECK_WITHHELD, RULE_WITHHELD, true, false, false },
};
_Static_assert(sizeof rows / sizeof *rows == DIFFERENCE_CLASSES, "a row for every class");

static bool is_letter(uint8_t byte)
{
    uint8_t lower = byte | 0x20;
    return lower >= 'a' && lower <= 'z';
}

/* U.S. and US, H.Q. and HQ: the same letters without their dots. */
static bool is_same_abbreviation(struct bytes a, struct bytes b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.len && !is_letter(a.at[i]))
            i++;
        while (j < b.len && !is_letter(b.at[j]))
            j++;
        if (i >= a.len || j >= b.len)
            return i >= a.len && j >= b.len;
        if ((a.at[i++] | 0x20) != (b.at[j++] | 0x20))
            return false;
    }
}

static bool is_all_capitals(struct bytes words)
{
    bool letters = false;
    for (size_t i = 0; i < words.len; i++) {
        if (words.at[i] >= 'a' && words.at[i] <= 'z')
            return false;
        letters = letters || is_letter(words.at[i]);
    }
    return letters;
}

static void rule_to(struct severity_ruling *ruling, enum stet_severity severity,
                    enum check_verdict verdict)
{
    ruling->severity = severity;
    ruling->verdict = verdict;
}

static void rule_apply(enum row_rule rule, const struct difference *difference,
                       const struct circumstances *around, struct severity_ruling *ruling)
{
    unsigned flags = difference->flags;
    switch (rule) {
    case RULE_PLAIN:
        break;
    case RULE_FORM:
        ruling->folded = is_same_abbreviation(difference->story_words, difference->source_words);
        if (ruling->folded)
            ruling->severity = STET_NONE;
        break;
    case RULE_NAME:
        if (flags & DIFFERENCE_NAME_OR_NUMBER)
            ruling->severity = STET_FIX;
        break;
    case RULE_SWALLOWED:
        if (flags & DIFFERENCE_SAME_SENTENCE)
            rule_to(ruling, STET_QUERY, CHECK_CUT);
        break;
    case RULE_FILLER:
        if (flags & DIFFERENCE_FILLER)
            ruling->severity = STET_NOTE;
        break;
    case RULE_GAP:
        if (flags & DIFFERENCE_CONTENT_GAP)
            ruling->severity = STET_FIX;
        break;
    case RULE_CUT:
        if (flags & DIFFERENCE_HIDES_SENSE)
            rule_to(ruling, STET_QUERY, CHECK_CUT);
        break;
    case RULE_TAIL:
        if (flags & DIFFERENCE_TAIL_LIMITS)
            rule_to(ruling, STET_QUERY, CHECK_CUT);
        break;
    case RULE_QUOTING:
        if (around->names_inner_speaker)
            rule_to(ruling, STET_NONE, CHECK_VERBATIM);
        break;
    case RULE_JOINED:
        if (around->joins_at_gap)
            rule_to(ruling, STET_QUERY, CHECK_ALTERED);
        break;
    case RULE_DOUBLED:
        if (flags & DIFFERENCE_DOUBLED_SOURCE)
            ruling->severity = STET_NOTE;
        break;
    case RULE_CAPITALS:
        if (is_all_capitals(difference->source_words))
            ruling->severity = STET_NONE;
        break;
    case RULE_WITHHELD:
        if (difference->marking == MARKED) {
            rule_to(ruling, STET_NONE, CHECK_MARKED);
            ruling->first = false;
        }
        break;
    }
}

struct severity_ruling severity_of(const struct difference *difference,
                                   const struct circumstances *circumstances)
{
    const struct class_row *row = &rows[difference->class];
    struct severity_ruling ruling = { row->severity, row->verdict, row->first, row->folded };
    rule_apply(row->rule, difference, circumstances, &ruling);
    bool doubtful = circumstances->is_doubtful || (difference->flags & DIFFERENCE_DOUBTFUL);
    if (doubtful && row->is_words && ruling.severity > STET_NOTE) {
        rule_to(&ruling, STET_QUERY, CHECK_DOUBTFUL);
        ruling.first = false;
    } else if (doubtful && ruling.verdict == CHECK_PUNCTUATION && ruling.severity > STET_NOTE) {
        ruling.severity = STET_NOTE;
    }
    if (circumstances->is_probable && ruling.severity > STET_QUERY) {
        ruling.severity = STET_QUERY;
        ruling.first = false;
    }
    return ruling;
}

bool verdict_outranks(enum check_verdict a, enum check_verdict b)
{
    static const enum check_verdict order[] = { CHECK_WITHHELD, CHECK_JOINED,      CHECK_ALTERED,
                                                CHECK_DOUBTFUL, CHECK_BRACKET,     CHECK_CUT,
                                                CHECK_SPEAKER,  CHECK_PUNCTUATION, CHECK_MARKED,
                                                CHECK_VERBATIM };
    size_t of_a = sizeof order / sizeof *order, of_b = of_a;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        of_a = order[i] == a ? i : of_a;
        of_b = order[i] == b ? i : of_b;
    }
    return of_a < of_b;
}

size_t rule_write(const char *kind, enum check_verdict verdict, char *out, size_t room)
{
    size_t len = 0;
    const char *parts[] = { kind, "-", check_verdict_words(verdict) };
    for (size_t i = 0; i < 3; i++)
        for (const char *at = parts[i]; *at && len + 1 < room; at++) {
            bool plain = is_letter((uint8_t)*at);
            bool hyphen = *at == '-' || *at == ' ';
            if (plain || (hyphen && len > 0 && out[len - 1] != '-'))
                out[len++] = plain ? *at : '-';
        }
    out[len] = '\0';
    return len;
}
