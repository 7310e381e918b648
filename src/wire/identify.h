/* identify.h - what is this file, by its first bytes? The name is a claim that decides nothing. */
#ifndef WIRE_IDENTIFY_H
#define WIRE_IDENTIFY_H

#include "wire/message.h"

enum { IDENTIFY_HEAD = 8192 };

struct identity {
    enum format format; /* FORMAT_UNREAD: no reader yet */
    const char *type;   /* in words, for the ledger: "PDF", "HTML", "text", ... static */
};

/* `head`: the first IDENTIFY_HEAD bytes, or all of a shorter file. */
struct identity identify(struct bytes head);

/* Whether this line (without its end) begins a message of a mailbox: "From ", a time and a year. */
bool identify_envelope(struct bytes line);

#endif
