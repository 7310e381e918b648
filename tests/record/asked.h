/* asked.h - read a text in a test and ask for its fields and spans by their words. */
#ifndef TESTS_RECORD_ASKED_H
#define TESTS_RECORD_ASKED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/document.h"

struct asked {
    struct bytes text;
    struct arena arena;
    struct document document;
};

void asked_read(struct asked *asked, struct bytes text, const char *file_name);
void asked_release(struct asked *asked);
/* The n-th value (from 0) of that name, or "". Lent until the next call. */
const char *asked_field(struct asked *asked, enum field_name name, size_t n);
enum field_basis asked_basis(struct asked *asked, enum field_name name);
size_t asked_count(struct asked *asked, enum span_kind kind);
/* What the n-th span of that kind covers, and its value. Lent until the next call. */
const char *asked_span(struct asked *asked, enum span_kind kind, size_t n);
const char *asked_value(struct asked *asked, enum span_kind kind, size_t n);

#define FIELD_IS(name, n, expected) assert_string_equal(asked_field(&asked, name, n), expected)
#define SPAN_IS(kind, n, expected)  assert_string_equal(asked_span(&asked, kind, n), expected)
#define VALUE_IS(kind, n, expected) assert_string_equal(asked_value(&asked, kind, n), expected)

#endif
