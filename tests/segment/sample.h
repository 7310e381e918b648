/* sample.h - invented parts of an invented archive, what a segment must answer of them, and a
 * folder that goes away.
 *
 * Part i is the same in every run. The oracle is the tokenizer alone: every key, part and position,
 * sorted.
 */
#ifndef TESTS_SEGMENT_SAMPLE_H
#define TESTS_SEGMENT_SAMPLE_H

#include "base/scoped.h"
#include "segment/merge.h"
#include "segment/postings.h"
#include "segment/writer.h"

struct sample_part {
    struct columns columns;
    struct buffer text;
    struct span_list spans;
    struct field fields[4];
    size_t field_count;
};

/* Parts 0, 40, 80 are long (thousands of words), parts 7, 27, ... are empty. */
void sample_part_make(uint32_t i, struct sample_part *part);
void sample_part_release(struct sample_part *part);

struct sighting {
    uint8_t key[TERM_KEY_MAX];
    uint8_t key_len;
    uint32_t part;
    uint32_t position;
};

struct oracle {
    struct sighting *at;
    size_t count;
    size_t room;
};

/* Add part `of` of the sample as local part `part`; sort once when all are in. */
void oracle_add(struct oracle *oracle, uint32_t of, uint32_t part);
void oracle_sort(struct oracle *oracle);
void oracle_release(struct oracle *oracle);
/* Every term, part and position of the segment is the oracle's, in its order, and its counts add
 * up. */
void oracle_check(const struct oracle *oracle, const struct segment *segment);

/* Sample parts first, first + step, ... (count of them) in one segment of that name. Answers its
 * seal. */
uint64_t sample_seal(const char *name, uint32_t first, uint32_t step, uint32_t count);
struct segment *sample_open(const char *name);
struct buffer sample_file(const char *name);

/* cmocka group setup and teardown; folder is a descriptor. */
int folder_make(void **state);
int folder_remove(void **state);
int folder(void);

#endif
