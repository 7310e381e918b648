/* document.h - one document, or one paragraph of it, as a reader wants to see it. */
#ifndef STET_DOCUMENT_H
#define STET_DOCUMENT_H

#include <stet/archive.h>
#include <stet/scope.h>

enum stet_show_flag {
    STET_SHOW_ALL = 1 /* the whole text, not the header and first paragraphs */,
    STET_SHOW_COLOUR = 2,
    STET_SHOW_JSON = 4
};

/* What an address names, written piece by piece: header fields with their basis, the paragraph with
 * its neighbours, what it refers to and what refers to it, twins and versions. A name that fits
 * several documents lists them and never picks (STET_OK). */
typedef int stet_show_write(void *context, const void *piece, size_t len);
enum stet_status stet_show(struct stet_archive *archive, const char *address, unsigned flags,
                           stet_show_write *write, void *context, struct stet_fault *fault);

struct stet_original {
    char file_name[256]; /* of its file, fit for a file system; never a path */
    char type[64];       /* what the ledger says its content is: "PDF"; "" */
    char sha256[65];
    uint64_t len;
};
/* The file a document came in, byte for byte and checked against its hash: *original is filled
 * before the first piece. `write` NULL: only that. STET_NOT_FOUND: not within the scope, or no
 * original is kept. */
enum stet_status stet_original_write(struct stet_archive *archive, const char *address,
                                     const struct stet_scope *scope, struct stet_original *original,
                                     stet_show_write *write, void *context,
                                     struct stet_fault *fault);
/* The text of all its parts as it was read, control bytes taken out; parts are divided by a form
 * feed on a line of its own. */
enum stet_status stet_text_write(struct stet_archive *archive, const char *address,
                                 const struct stet_scope *scope, stet_show_write *write,
                                 void *context, struct stet_fault *fault);
/* The documents within the scope that refer to what is called `name`, held or not; at most
 * `most` are told, *total are there. Lent for the call. */
typedef void stet_name_told(void *context, const char *name);
enum stet_status stet_cited_by(struct stet_archive *archive, const char *name,
                               const struct stet_scope *scope, size_t most, stet_name_told *told,
                               void *context, size_t *total, struct stet_fault *fault);

#endif
