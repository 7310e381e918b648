/* segment_decode - how fast are posting lists read?
 *
 *     segment_decode FILE...      every list of the segments: parts and counts alone, then with all
 *                                 positions; processor time, each twice, the second counts
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/grow.h"
#include "base/hash.h"
#include "base/scoped.h"
#include "segment/postings.h"

struct tally {
    uint64_t lists, parts, positions, sum;
    uint32_t *room;
    size_t room_len;
};

static enum status read_parts(const struct segment *segment, const struct term *term,
                              struct tally *tally, struct fault *fault)
{
    struct postings postings;
    const uint32_t *parts, *counts;
    size_t len = 1;
    TRY(postings_begin(&postings, segment, term, fault));
    for (uint32_t part = 0; len > 0;) {
        TRY(postings_block(&postings, part, &parts, &counts, &len, fault));
        tally->parts += len;
        if (len > 0)
            part = parts[len - 1] + 1;
        tally->sum += part;
    }
    return OK;
}

static enum status read_positions(const struct segment *segment, const struct term *term,
                                  struct tally *tally, struct fault *fault)
{
    struct postings postings;
    TRY(postings_begin(&postings, segment, term, fault));
    for (;;) {
        TRY(postings_next(&postings, fault));
        if (postings.part == POSTINGS_END)
            return OK;
        if (!grow_items((void **)&tally->room, &tally->room_len, postings.count,
                        sizeof *tally->room))
            return no_memory(fault);
        TRY(postings_positions(&postings, tally->room, postings.count, fault));
        tally->parts++;
        tally->positions += postings.count;
        tally->sum += tally->room[0];
    }
}

static enum status read_all(const struct segment *segment, uint32_t least, bool with_positions,
                            struct tally *tally, struct fault *fault)
{
    struct term_walk walk;
    TRY(term_walk_begin(&walk, segment, (struct bytes){ 0 }, fault));
    while (!walk.ended) {
        if (walk.term.parts >= least) {
            tally->lists++;
            TRY((with_positions ? read_positions : read_parts)(segment, &walk.term, tally, fault));
        }
        TRY(term_walk_next(&walk, fault));
    }
    return OK;
}

static enum status measure(const char *path, struct fault *fault)
{
    static const uint32_t leasts[] = { 1, 2, 129 };
    CLOSED(segment_close) struct segment *segment = NULL;
    TRY(segment_open(AT_FDCWD, path, &segment, fault));
    for (int i = 0; i < 6; i++) {
        struct tally tally = { 0 };
        uint64_t before = 0;
        for (int round = 0; round < 2; round++) {
            tally.lists = tally.parts = tally.positions = 0;
            before = clock_processor();
            TRY(read_all(segment, leasts[i / 2], i % 2, &tally, fault));
        }
        double seconds = (double)(clock_processor() - before) / 1e9;
        printf("%s, lists of %u parts and more: %.3f s, %.1f M parts/s, %.1f M positions/s\n",
               i % 2 ? "with positions" : "parts and counts", leasts[i / 2], seconds,
               (double)tally.parts / 1e6 / seconds, (double)tally.positions / 1e6 / seconds);
        free(tally.room);
    }
    return OK;
}

int main(int count, char **words)
{
    struct fault fault;
    enum status answer = hash_start(&fault);
    for (int i = 1; i < count && answer == OK; i++)
        answer = measure(words[i], &fault);
    if (answer != OK) {
        fprintf(stderr, "segment_decode: %s\n", fault.words);
        return 2;
    }
    return 0;
}
