#include "reuse/tape.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

enum { SUM_LEN = 8, FOOTER_LEN = 32 };
static const char magic[8] = "stetape1";

static uint32_t per_block(uint32_t record)
{
    return TAPE_BLOCK / record;
}

static void put_number(uint8_t *to, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

static uint64_t take_number(const uint8_t *from)
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | from[i];
    return value;
}

static void make_footer(uint32_t record, uint64_t count, uint8_t footer[FOOTER_LEN])
{
    memcpy(footer, magic, sizeof magic);
    put_number(footer + 8, record);
    put_number(footer + 16, count);
    put_number(footer + 24, checksum64(bytes_make(footer, 24)));
}

enum status tape_create(int dir, const char *name, uint32_t record, struct tape_writer *writer,
                        struct fault *fault)
{
    *writer = (struct tape_writer){ .record = record };
    snprintf(writer->name, sizeof writer->name, "%s", name);
    writer->fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (writer->fd < 0)
        return fail_errno(fault, IO_FAILED, "cannot write reuse/%s", name);
    writer->block = malloc(TAPE_BLOCK + SUM_LEN);
    return writer->block == NULL ? no_memory(fault) : OK;
}

static enum status flush(struct tape_writer *writer, struct fault *fault)
{
    if (writer->used == 0)
        return OK;
    put_number(writer->block + writer->used, checksum64(bytes_make(writer->block, writer->used)));
    struct bytes whole = bytes_make(writer->block, writer->used + SUM_LEN);
    writer->used = 0;
    return file_write_all(writer->fd, whole, writer->name, fault);
}

enum status tape_write(struct tape_writer *writer, const void *record, struct fault *fault)
{
    memcpy(writer->block + writer->used, record, writer->record);
    writer->used += writer->record;
    writer->count++;
    return writer->used + writer->record > TAPE_BLOCK ? flush(writer, fault) : OK;
}

enum status tape_end(struct tape_writer *writer, struct fault *fault)
{
    uint8_t footer[FOOTER_LEN];
    TRY(flush(writer, fault));
    make_footer(writer->record, writer->count, footer);
    TRY(file_write_all(writer->fd, bytes_make(footer, FOOTER_LEN), writer->name, fault));
    int closed = close(writer->fd);
    writer->fd = -1;
    return closed == 0 ? OK : fail_errno(fault, IO_FAILED, "cannot write reuse/%s", writer->name);
}

void tape_writer_release(struct tape_writer *writer)
{
    if (writer->fd >= 0)
        close(writer->fd);
    free(writer->block);
    *writer = (struct tape_writer){ .fd = -1 };
}

/* Bytes of the blocks that hold `count` records. */
static uint64_t blocks_len(uint32_t record, uint64_t count)
{
    uint64_t most = per_block(record);
    return count * record + (count + most - 1) / most * SUM_LEN;
}

static enum status read_footer(struct tape *tape, struct fault *fault)
{
    uint8_t footer[FOOTER_LEN], wanted[FOOTER_LEN];
    struct stat stat;
    if (fstat(tape->fd, &stat) != 0)
        return fail_errno(fault, IO_FAILED, "cannot read reuse/%s", tape->name);
    uint64_t size = (uint64_t)stat.st_size;
    if (size < FOOTER_LEN)
        return corrupt(fault, tape->name, 0, "it was not finished");
    TRY(file_read_at(tape->fd, size - FOOTER_LEN, FOOTER_LEN, tape->name, footer, fault));
    tape->count = take_number(footer + 16);
    make_footer(tape->record, tape->count, wanted);
    if (memcmp(footer, wanted, FOOTER_LEN) != 0 || tape->count > size ||
        blocks_len(tape->record, tape->count) + FOOTER_LEN != size)
        return corrupt(fault, tape->name, size - FOOTER_LEN, "its footer does not fit");
    return OK;
}

enum status tape_open(int dir, const char *name, uint32_t record, struct tape *tape,
                      struct fault *fault)
{
    *tape = (struct tape){ .record = record };
    snprintf(tape->name, sizeof tape->name, "%s", name);
    tape->fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (tape->fd < 0 && errno == ENOENT)
        return fail(fault, NOT_FOUND, "reuse/%s is not there", name);
    if (tape->fd < 0)
        return fail_errno(fault, IO_FAILED, "cannot read reuse/%s", name);
    TRY(tape_keep(tape, 0, fault));
    return read_footer(tape, fault);
}

enum status tape_keep(struct tape *tape, size_t memory, struct fault *fault)
{
    size_t slots = memory / (TAPE_BLOCK + SUM_LEN);
    slots = slots > 0 ? slots : 1;
    free(tape->blocks);
    free(tape->held);
    tape->slots = slots < UINT32_MAX ? (uint32_t)slots : UINT32_MAX;
    tape->blocks = malloc(tape->slots * (size_t)(TAPE_BLOCK + SUM_LEN));
    tape->held = calloc(tape->slots, sizeof *tape->held);
    return tape->blocks == NULL || tape->held == NULL ? no_memory(fault) : OK;
}

static enum status hold_block(struct tape *tape, uint64_t number, const uint8_t **block,
                              struct fault *fault)
{
    uint64_t most = per_block(tape->record), left = tape->count - number * most;
    uint64_t at = number * (most * tape->record + SUM_LEN), slot = number % tape->slots;
    size_t len = (size_t)(left < most ? left : most) * tape->record;
    uint8_t *to = tape->blocks + slot * (TAPE_BLOCK + SUM_LEN);
    *block = to;
    if (tape->held[slot] == number + 1)
        return OK;
    tape->held[slot] = 0;
    TRY(file_read_at(tape->fd, at, len + SUM_LEN, tape->name, to, fault));
    if (take_number(to + len) != checksum64(bytes_make(to, len)))
        return corrupt(fault, tape->name, at, "a block's checksum does not match");
    tape->held[slot] = number + 1;
    return OK;
}

enum status tape_next(struct tape *tape, const void **record, struct fault *fault)
{
    uint64_t most = per_block(tape->record);
    const uint8_t *block;
    *record = NULL;
    if (tape->next >= tape->count)
        return OK;
    TRY(hold_block(tape, tape->next / most, &block, fault));
    *record = block + tape->next % most * tape->record;
    tape->next++;
    return OK;
}

enum status tape_read(struct tape *tape, uint64_t first, uint64_t count, void *to,
                      struct fault *fault)
{
    uint64_t most = per_block(tape->record);
    uint8_t *out = to;
    if (first > tape->count || count > tape->count - first)
        return corrupt(fault, tape->name, UINT64_MAX, "it holds fewer records than another names");
    while (count > 0) {
        uint64_t within = first % most, here = most - within < count ? most - within : count;
        const uint8_t *block;
        TRY(hold_block(tape, first / most, &block, fault));
        memcpy(out, block + within * tape->record, here * tape->record);
        out += here * tape->record;
        first += here;
        count -= here;
    }
    return OK;
}

void tape_release(struct tape *tape)
{
    if (tape->fd >= 0)
        close(tape->fd);
    free(tape->blocks);
    free(tape->held);
    *tape = (struct tape){ .fd = -1 };
}
