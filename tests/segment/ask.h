/* ask.h - every question a segment can be asked, and what it answered, for tests that damage one.
 */
#ifndef TESTS_SEGMENT_ASK_H
#define TESTS_SEGMENT_ASK_H

#include "base/grow.h"
#include "segment/layout.h"
#include "segment/postings.h"

struct answer {
    enum status status;
    uint64_t sum; /* of what was answered; 0 unless OK */
};

struct answers {
    struct answer *at;
    size_t count;
    size_t room;
};

/* The keys of the whole segment, one after the other: length, bytes. */
void ask_keys(const struct segment *segment, struct buffer *keys);
/* Each key's list, each part's columns, text, spans and marks; a number of parts is given so that
 * damage cannot change the questions. */
void ask_all(const struct segment *segment, struct bytes keys, uint32_t parts,
             struct answers *answers);
/* Open the bytes as a file without a name. */
enum status ask_open(struct bytes file, struct segment **segment, struct fault *fault);
/* A segment file of these sections, with true checksums and their tables' lengths as they are; of
 * layout terms, pairs, parts, words and text_len count. */
void ask_seal(const struct bytes sections[SECTIONS], const struct layout *of, struct buffer *file);
/* Write the checksums anew over a damaged body, so that only the decoders can object. */
void ask_reseal(struct buffer *file);

#endif
