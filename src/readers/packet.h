/* packet.h - the sink of a worker: frames gathered into packets of its socket. */
#ifndef READERS_PACKET_H
#define READERS_PACKET_H

#include "readers/reader.h"

/* A packet is written once it holds this many bytes: a small document then costs no system call of
 * its own. */
enum { PACKET_FULL = 48 << 10 };

struct packet_sink {
    struct sink sink; /* first: a sink is one of these */
    int fd;
    struct buffer packet; /* private */
    struct buffer frame;  /* private */
    uint32_t documents;   /* of the item */
    enum verdict worst;   /* of the item's documents so far, and its reason */
    char reason[MESSAGE_REASON_MAX + 1];
};

void packet_sink_begin(struct packet_sink *sink, int fd);
/* Write what is gathered. IO_FAILED when nobody listens. */
MUST_USE enum status packet_sink_flush(struct packet_sink *sink, struct fault *fault);
void packet_sink_release(struct packet_sink *sink);

#endif
