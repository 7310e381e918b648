/* reader.h - how do I read this format? The seam every format implements; linked only into the
 * worker program.
 *
 * To add a format: write one file (or folder) with a `const struct reader`, list it in all.c, give
 * it a fuzz target and a line in wire/message.h's enum format and intake/identify.c. A reader sees
 * one item's bytes and a sink; it has no files, no network and no clock, runs after the filter is
 * loaded, and may be killed at any moment.
 */
#ifndef READERS_READER_H
#define READERS_READER_H

#include "base/arena.h"
#include "wire/request.h"

/* One item of the batch; reads go through lseek and read only. */
struct reader_input {
    const uint8_t *memory; /* its bytes, where they stand in memory; else NULL: in the descriptor */
    int fd;
    uint64_t offset;
    uint64_t len;
    struct bytes name; /* valid UTF-8: bytes of the file's name that are not are U+FFFD */
    struct bytes charset;
    uint32_t flags; /* enum batch_flag */
};

/* At most `len` bytes from `at` (relative to the item) appended to `to`. */
MUST_USE enum status reader_input_read(const struct reader_input *input, uint64_t at, size_t len,
                                       struct buffer *to, struct fault *fault);

/* Where a reader stands inside the containers of its item (readers/nested.h). */
struct nest {
    struct bytes path;       /* goes before the path of every document; empty at the item itself */
    uint32_t depth;          /* containers around the bytes being read */
    uint32_t messages;       /* mail messages around them */
    uint64_t item_len;       /* bytes of the outermost container */
    uint64_t out;            /* bytes that came out of containers so far */
    uint64_t members;        /* files met inside them so far */
    const char *trouble;     /* the limit that ended all reading inside the item, or NULL */
    uint32_t ends[VERDICTS]; /* documents by verdict */
    bool is_container;       /* the item is one: its verdict is of all it holds */
    enum verdict verdict;    /* of the container itself, and what it says */
    char words[512];
    char document[200]; /* path of the document being sent, cut short */
    char troubles[600]; /* "path (reason)" of those that were not read in full, as many as fit */
};

/* Where a reader's findings go; in the worker a socket, in tests memory. */
struct sink {
    enum status (*send)(struct sink *sink, const struct message *message, struct fault *fault);
    uint32_t item;     /* filled in by the loop */
    uint64_t sequence; /* private */
    uint64_t unread;   /* bytes of the item that the reader left aside; set to 0 by the loop */
    struct nest nest;  /* zeroed by the loop */
    bool has_document; /* one is begun and not ended */
    bool has_part;     /* the same */
};

MUST_USE enum status sink_document(struct sink *sink, enum document_kind kind, struct bytes path,
                                   struct fault *fault);
MUST_USE enum status sink_field(struct sink *sink, const struct field *field, struct fault *fault);
/* A whole part: begin, text in chunks cut at characters, spans, end. */
MUST_USE enum status sink_part(struct sink *sink, struct bytes name, struct bytes text,
                               const struct span *spans, size_t count, struct fault *fault);
MUST_USE enum status sink_document_end(struct sink *sink, enum verdict verdict, struct bytes reason,
                                       struct fault *fault);

struct reader {
    enum format format;
    const char *name;
    const char *library; /* whose bytes it trusts, and which version; NULL: its own code alone */
    /* Read the item and send its documents (not ITEM_END, which the loop sends from the answer). */
    enum status (*read)(const struct reader_input *input, struct sink *sink, struct arena *arena,
                        struct fault *fault);
    /* Before the fork: whatever must be loaded early. May be NULL. */
    enum status (*warm)(struct fault *fault);
};

/* All readers, in all.c; NULL-terminated. */
extern const struct reader *const readers_all[];

/* The whole worker program: zygote loop on descriptor 3 with these readers. Tests give hostile
 * ones. Answers the exit code. */
int worker_main(const struct reader *const *readers);

#endif
