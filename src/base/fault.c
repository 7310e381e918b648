#include "base/fault.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/wellformed.h"

/* File names come from strangers, and the words end on terminals. */
static void make_printable(char *words)
{
    struct bytes rest = bytes_from_string(words);
    while (rest.len > 0) {
        size_t len = wellformed_len(rest);
        bool is_c1 = len == 2 && rest.at[0] == 0xc2 && rest.at[1] < 0xa0;
        if (len == 0 || is_c1 || rest.at[0] < 0x20 || rest.at[0] == 0x7f) {
            len = len == 0 ? 1 : len;
            memset(words, '?', len);
        }
        words += len;
        rest = bytes_slice(rest, len, rest.len);
    }
}

/* Cut words must not end inside a character: it would become question marks. */
static void cut_to_whole_characters(char *words, size_t len)
{
    size_t start = len;
    while (start > 0 && len - start < 3 && ((uint8_t)words[start - 1] & 0xc0) == 0x80)
        start--;
    if (start > 0 && wellformed_len(bytes_make(words + start - 1, len - start + 1)) == 0)
        words[start - 1] = '\0';
}

static void write_words(struct fault *fault, enum status code, const char *format, va_list values)
{
    if (fault == NULL)
        return;
    fault->code = code;
    int len = vsnprintf(fault->words, sizeof fault->words, format, values);
    if (len < 0)
        fault->words[0] = '\0';
    if (len >= (int)sizeof fault->words)
        cut_to_whole_characters(fault->words, sizeof fault->words - 1);
    make_printable(fault->words);
}

enum status fail(struct fault *fault, enum status code, const char *format, ...)
{
    assert(code != OK && code != CORRUPT);
    va_list values;
    va_start(values, format);
    write_words(fault, code, format, values);
    va_end(values);
    return code;
}

enum status fail_errno(struct fault *fault, enum status code, const char *format, ...)
{
    assert(code != OK && code != CORRUPT);
    int why = errno;
    va_list values;
    va_start(values, format);
    write_words(fault, code, format, values);
    va_end(values);
    if (fault != NULL) {
        size_t len = strlen(fault->words);
        snprintf(fault->words + len, sizeof fault->words - len, ": %s", strerrordesc_np(why));
    }
    return code;
}

static void write_corrupt(struct fault *fault, const char *format, ...) PRINTS(2, 3);

static void write_corrupt(struct fault *fault, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    write_words(fault, CORRUPT, format, values);
    va_end(values);
}

enum status corrupt(struct fault *fault, const char *file, uint64_t offset, const char *why)
{
    if (offset == UINT64_MAX)
        write_corrupt(fault, "%s is damaged: %s", file, why);
    else
        write_corrupt(fault, "%s is damaged at byte %" PRIu64 ": %s", file, offset, why);
    return CORRUPT;
}

enum status no_memory(struct fault *fault)
{
    return fail(fault, NO_MEMORY, "out of memory");
}

const char *status_word(enum status code)
{
    switch (code) {
    case OK:
        return "ok";
    case NOT_FOUND:
        return "not found";
    case BAD_INPUT:
        return "bad input";
    case CORRUPT:
        return "damaged";
    case BUSY:
        return "busy";
    case OVER_LIMIT:
        return "over a limit";
    case IO_FAILED:
        return "input or output failed";
    case NO_MEMORY:
        return "out of memory";
    }
    return "unknown";
}
