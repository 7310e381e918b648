/* fault.h - short names for statuses and faults, and the few ways to make and pass one.
 *
 * The place that detects a failure calls fail() once; those between pass it on with TRY.
 * CORRUPT is made by corrupt() alone, so that one breakpoint finds every damaged byte.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stddef.h>
#include <stdint.h>

#include <stet/fault.h>
#include <stet/status.h>

#define status stet_status
#define fault  stet_fault

#define OK         STET_OK
#define NOT_FOUND  STET_NOT_FOUND
#define BAD_INPUT  STET_BAD_INPUT
#define CORRUPT    STET_CORRUPT
#define BUSY       STET_BUSY
#define OVER_LIMIT STET_OVER_LIMIT
#define IO_FAILED  STET_IO_FAILED
#define NO_MEMORY  STET_NO_MEMORY

#define MUST_USE             __attribute__((warn_unused_result))
#define PRINTS(words, first) __attribute__((format(printf, words, first)))

/* Pass a failure on to the caller. The only macro that hides a return. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        enum status tried_ = (call);                                                               \
        if (tried_ != OK)                                                                          \
            return tried_;                                                                         \
    } while (0)

/* cmocka, included first, has a macro of this name; its fail_msg() cannot be used beside this
 * header. */
#undef fail

/* Write the words of a failure and answer its status. fault may be NULL. Never with CORRUPT. */
MUST_USE enum status fail(struct fault *fault, enum status code, const char *format, ...)
    PRINTS(3, 4);

/* The same, with strerror(errno) appended after ": ". */
MUST_USE enum status fail_errno(struct fault *fault, enum status code, const char *format, ...)
    PRINTS(3, 4);

/* Answer CORRUPT: the bytes of `file` at `offset` (UINT64_MAX: unknown) break the format; `why`
 * says how. */
MUST_USE enum status corrupt(struct fault *fault, const char *file, uint64_t offset,
                             const char *why);

/* Answer NO_MEMORY. */
MUST_USE enum status no_memory(struct fault *fault);

/* A status as a word for people: "not found", "damaged", ... Static. */
const char *status_word(enum status code);

#endif
