/* json.h - write JSON into a buffer, one call per value; commas, escapes and nesting are kept here.
 *
 * Bytes that are not UTF-8 are written as U+FFFD. Control characters are escaped. Reading is not
 * done here.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buffer.h"

struct json {
    struct buffer *to;  /* not owned */
    uint64_t has_items; /* private: a bit per depth, at most 64 */
    uint8_t depth;      /* private */
    bool after_key;     /* private */
};

static inline struct json json_begin(struct buffer *to)
{
    return (struct json){ .to = to };
}
void json_object(struct json *json);
void json_object_end(struct json *json);
void json_array(struct json *json);
void json_array_end(struct json *json);
void json_key(struct json *json, const char *key);
void json_string(struct json *json, struct bytes value);
void json_text(struct json *json, const char *value); /* NULL writes null */
void json_number(struct json *json, int64_t value);
void json_real(struct json *json, double value, int decimals);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);

#endif
