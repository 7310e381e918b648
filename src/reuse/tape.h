/* tape.h - records of one size, written once in a row, read in a row or from a place on.
 *
 * What a stage of the comparison leaves for the next (docs/FORMAT.md "Reuse stages"): blocks of
 * records, each with its checksum, and a footer that says how many there are. A tape without a
 * whole footer was never finished.
 */
#ifndef REUSE_TAPE_H
#define REUSE_TAPE_H

#include "base/bytes.h"
#include "base/fault.h"

enum { TAPE_BLOCK = 16384, TAPE_NAME = 32 };

/* A value type; {.fd = -1} is a valid empty one. */
struct tape_writer {
    int fd;
    uint32_t record; /* bytes of one */
    uint32_t used;   /* private: bytes of the block */
    uint64_t count;  /* records written */
    char name[TAPE_NAME];
    uint8_t *block; /* private */
};

/* Replaces what stands there. `record` is 4 to 4096 bytes. */
MUST_USE enum status tape_create(int dir, const char *name, uint32_t record,
                                 struct tape_writer *writer, struct fault *fault);
MUST_USE enum status tape_write(struct tape_writer *writer, const void *record,
                                struct fault *fault);
/* The footer; without it the tape is refused. */
MUST_USE enum status tape_end(struct tape_writer *writer, struct fault *fault);
void tape_writer_release(struct tape_writer *writer);

/* A value type; {.fd = -1} is a valid empty one. */
struct tape {
    int fd;
    uint32_t record;
    uint64_t count;
    uint64_t next; /* the record that tape_next lends */
    char name[TAPE_NAME];
    uint32_t slots;  /* private: blocks that are kept, each at its number modulo slots */
    uint64_t *held;  /* private: numbers of those kept, plus one */
    uint8_t *blocks; /* private */
};

/* NOT_FOUND when it is not there; CORRUPT when it was not finished or has other records. */
MUST_USE enum status tape_open(int dir, const char *name, uint32_t record, struct tape *tape,
                               struct fault *fault);
/* Keep so many blocks in memory as `memory` holds, for reading here and there. */
MUST_USE enum status tape_keep(struct tape *tape, size_t memory, struct fault *fault);
/* The record at tape->next, lent until the next call; NULL at the end. CORRUPT when its block is
 * damaged. */
MUST_USE enum status tape_next(struct tape *tape, const void **record, struct fault *fault);
/* `count` records from `first` on, copied; CORRUPT when there are fewer. */
MUST_USE enum status tape_read(struct tape *tape, uint64_t first, uint64_t count, void *to,
                               struct fault *fault);
void tape_release(struct tape *tape);

#endif
