/* gather.h - the next few files of a walk, copied once into one descriptor whose bytes cannot
 * change any more.
 *
 * Hash, original and reading are all made from that copy, so they agree even when the file changes
 * meanwhile. A batch holds files of one folder: up to 256, 16 MiB; a larger file stands alone, on
 * disk (unlinked, inside the archive) when it is too large for memory.
 */
#ifndef INTAKE_GATHER_H
#define INTAKE_GATHER_H

#include "archive/writer.h"
#include "wire/identify.h"
#include "intake/walk.h"

enum { GATHER_BYTES = 16 << 20, GATHER_ROWS = 1024 };

struct gathered_file {
    struct ledger_row
        row; /* path, sizes, times, type; outcome and reason where they are decided already */
    bool is_decided; /* nothing for a worker to read */
    bool is_again;   /* its documents are there already: they are read anew */
    enum format format;
    uint64_t offset; /* in the descriptor */
    uint32_t item;   /* index among the batch's items, when not decided */
    struct bytes leaf;
};

struct gathered {
    struct arena arena;          /* all strings */
    int fd;                      /* read-only, or -1 when no file needs reading */
    struct gathered_file *files; /* in walk order */
    size_t count;
    size_t room;         /* private */
    uint32_t items;      /* how many need a worker */
    uint64_t bytes;      /* of content copied */
    struct bytes folder; /* private */
    int writing;         /* private: descriptor being filled */
};

/* Whether the file met is one to take in now; an answer of false passes it over without a row
 * (unchanged since its row was made). */
struct gather_filter {
    bool (*wanted)(void *context, const struct walk_entry *entry);
    void *context;
};

/* Gather the next batch from the walk. *entry is the walk's current entry, waiting (entry->leaf ==
 * NULL: none yet); it waits again when the batch is full. NOT_FOUND when the walk is over and
 * nothing was gathered. IO_FAILED only for our own copy. */
MUST_USE enum status gather_next(struct walk *walk, struct walk_entry *entry,
                                 const struct gather_filter *filter, int archive_directory,
                                 struct gathered *gathered, struct fault *fault);

/* The same from originals the archive holds: rows of the ledger one by one, until the batch is full
 * (*added false: not added). Begin with gathered = { .fd = -1, .writing = -1 }; seal with
 * gathered_seal. */
MUST_USE enum status gathered_add_original(struct gathered *gathered, const struct archive *archive,
                                           const struct ledger_row *row, bool *added,
                                           struct fault *fault);
MUST_USE enum status gathered_seal(struct gathered *gathered, struct fault *fault);
void gathered_release(struct gathered *gathered);

#endif
