/* record.h - what the parsers of this room share: the document under construction, its lines, its
 * paragraphs.
 *
 * Failing is sticky: after a failure every call does nothing and `failed` is what document_read
 * answers.
 */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "record/document.h"

struct record {
    struct bytes text;
    struct bytes stem; /* the file's name without folder and extension */
    struct arena *arena;
    struct document *document;
    struct fault *fault;
    enum status failed;
};

/* A stated field; empty values are left out. Values are lent from the text or the arena, cut at
 * 2048 bytes. */
void record_field(struct record *record, enum field_name name, struct bytes value);
void record_field_from(struct record *record, enum field_name name, enum field_basis basis,
                       struct bytes value, const char *from);
/* The same as record_field, the value copied to the arena. */
void record_field_copy(struct record *record, enum field_name name, struct bytes value);
void record_anomaly(struct record *record, const char *format, ...) PRINTS(2, 3);
/* Empty spans are kept only where `value` is not empty. */
void record_span(struct record *record, enum span_kind kind, uint32_t start, uint32_t end,
                 struct bytes value);
/* A number as text in the arena. */
struct bytes record_number(struct record *record, uint64_t number);
/* Runs of blanks and line ends become one blank; in the arena. */
struct bytes record_squeezed(struct record *record, struct bytes text);

/* A line without the blanks (and form feeds) at its ends. */
struct line {
    uint32_t from;  /* first byte of the line */
    uint32_t start; /* first byte that is no blank; == end on an empty line */
    uint32_t end;
    uint32_t next; /* first byte of the next line */
};

/* The line that begins at `at`; false at the end of the text. */
bool line_read(struct bytes text, uint32_t at, struct line *line);
static inline bool line_is_empty(const struct line *line)
{
    return line->start == line->end;
}
static inline struct bytes line_bytes(struct bytes text, const struct line *line)
{
    return bytes_make(text.at + line->start, line->end - line->start);
}

static inline bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}
static inline bool is_upper(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z';
}
static inline bool is_lower(uint8_t byte)
{
    return byte >= 'a' && byte <= 'z';
}
static inline bool is_letter(uint8_t byte)
{
    return is_upper(byte) || is_lower(byte);
}
static inline bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\f' || byte == '\r';
}

/* Offset of `word`, capitals or not, at or after `from` and before `limit`; SIZE_MAX when it is not
 * there. */
size_t text_find_fold(struct bytes text, const char *word, size_t from, size_t limit);

void cable_read(struct record *record);
void email_read(struct record *record);
void scan_read(struct record *record);
void plain_read(struct record *record);
bool cable_is(struct bytes text);
bool email_is(struct bytes text);
bool scan_is(struct bytes text);

#endif
