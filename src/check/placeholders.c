#include "check/placeholders.h"

#include "check/kinds.h"

static bool is_letter(uint8_t byte)
{
    return (uint8_t)((byte | 0x20) - 'a') < 26 || byte >= 0x80;
}

static bool is_digit(uint8_t byte)
{
    return (uint8_t)(byte - '0') < 10;
}

/* A run of one sign, and how long: XXX, ???, ___. */
static size_t run_of(struct bytes text, size_t at, uint8_t sign)
{
    size_t len = 0;
    while (at + len < text.len && text.at[at + len] == sign)
        len++;
    return len;
}

/* TK, TKTK: the mark of newsrooms, which no word of English or Spanish holds in capitals. */
static size_t tk_at(struct bytes text, size_t at)
{
    size_t len = 0;
    while (at + len + 1 < text.len && text.at[at + len] == 'T' && text.at[at + len + 1] == 'K')
        len += 2;
    return len;
}

/* Bytes of the placeholder that begins at `at`, or 0. XXXX stands for a withheld name in documents:
 * only three of them, or more in square brackets, are the writer's. */
static size_t placeholder_at(struct bytes text, size_t at)
{
    bool is_bracketed = at > 0 && text.at[at - 1] == '[';
    bool opens = at == 0 || !(is_letter(text.at[at - 1]) || is_digit(text.at[at - 1]));
    size_t len = 0;
    if (!opens)
        return 0;
    switch (text.at[at]) {
    case 'T':
        len = tk_at(text, at);
        break;
    case 'X':
        len = run_of(text, at, 'X');
        len = len == 3 || (is_bracketed && len > 1) ? len : 0;
        break;
    case '?':
        len = run_of(text, at, '?');
        len = len >= 3 ? len : 0;
        break;
    default:
        return 0;
    }
    bool closes =
        at + len == text.len || !(is_letter(text.at[at + len]) || is_digit(text.at[at + len]));
    return closes ? len : 0;
}

enum status placeholders_judge(struct run *run, struct fault *fault)
{
    struct bytes text = run->answer->story.text;
    run->first_placeholder = run->answer->count;
    for (size_t at = 0; at < text.len; at++) {
        size_t len = placeholder_at(text, at);
        if (len == 0 || run_is_quoted(run, (uint32_t)at, (uint32_t)(at + len)))
            continue;
        TRY(run_add_finding(run, STATEMENT_PLACEHOLDER, (uint32_t)at, (uint32_t)(at + len),
                            CHECK_UNCHECKED, STET_NOTE,
                            "a placeholder was left: nothing is checked here", NULL, fault));
        at += len;
    }
    run->placeholder_count = run->answer->count - run->first_placeholder;
    return OK;
}
