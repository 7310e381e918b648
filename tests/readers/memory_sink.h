/* memory_sink.h - a sink that remembers what a reader says, and holds it to the order of
 * wire/dialogue.h. */
#ifndef TESTS_READERS_MEMORY_SINK_H
#define TESTS_READERS_MEMORY_SINK_H

#include "readers/reader.h"
#include "wire/dialogue.h"

struct memory_sink {
    struct sink sink; /* first */
    struct dialogue dialogue;
    struct buffer text;   /* of all parts, one after the other */
    struct buffer fields; /* "subject=...;" */
    struct buffer spans;  /* "paragraph 0-5;" */
    struct buffer ends;   /* "path: verdict, reason;" of each document */
    struct buffer path;   /* of the document being sent */
    size_t parts;
    size_t longest_part;
    size_t documents;
    enum document_kind kind;
    enum verdict verdict;
    char reason[256];
};

/* Let `reader` read the bytes as one item; what it says goes through the frames and the dialogue of
 * wire/. */
void memory_sink_read(struct memory_sink *sink, const struct reader *reader, struct bytes item,
                      uint32_t flags, const char *charset);
void memory_sink_release(struct memory_sink *sink);

#endif
