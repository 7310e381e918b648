/* message.h - what a worker may say: frames, encoded and decoded, nothing else.
 *
 * One packet of a SOCK_SEQPACKET socket is one or more whole frames, at most MESSAGE_MAX in all. A
 * frame: a fixed 32-byte header (magic u32, kind u16, flags u16, item u32, length u32, sequence
 * u64, checksum u64 of the body; little-endian), then `length` body bytes. The decoder reads what a
 * taken-over worker writes: every length, enum, UTF-8 string and the order of frames is checked
 * (order: wire/dialogue.h). docs/FORMAT.md "Worker messages".
 */
#ifndef WIRE_MESSAGE_H
#define WIRE_MESSAGE_H

#include "base/buffer.h"
#include "base/cursor.h"
#include "text/field.h"
#include "text/span.h"

enum {
    MESSAGE_HEADER = 32,
    MESSAGE_MAX = 192 << 10,
    MESSAGE_TEXT_MAX = 128 << 10,
    BATCH_ITEMS_MAX = 256
};
/* Longest strings, in bytes: a path or name, a field's value, a reason or what a value was inferred
 * from. */
enum { MESSAGE_PATH_MAX = 4096, MESSAGE_VALUE_MAX = 64 << 10, MESSAGE_REASON_MAX = 1024 };

/* What a file is, by content. FORMAT_UNREAD is listed in the ledger as not read yet, with its type
 * in words. */
enum format {
    FORMAT_UNREAD,
    FORMAT_TEXT,
    FORMAT_HTML,
    FORMAT_DOCX,
    FORMAT_ODT,
    FORMAT_PDF,
    FORMAT_RTF,
    FORMAT_MAIL,    /* one message */
    FORMAT_MAILBOX, /* many in one file (mbox) */
    FORMAT_ARCHIVE, /* zip, tar, 7z, RAR, or one file that is packed */
    FORMATS,
};

/* How complete a reading is. */
enum verdict {
    VERDICT_FULL,
    VERDICT_DOUBTFUL,
    VERDICT_PARTIAL,
    VERDICT_FAILED,
    VERDICT_UNREAD,
    VERDICTS
};

enum message_kind {
    MESSAGE_DOCUMENT, /* begin: kind u8, path inside the container string (empty: the item itself)
                       */
    MESSAGE_FIELD,    /* name u8, basis u8, value string, from string */
    MESSAGE_PART,     /* begin: name string (empty for the body) */
    MESSAGE_TEXT,     /* valid UTF-8, cut at whole characters, at most MESSAGE_TEXT_MAX */
    MESSAGE_SPANS,    /* span_encode, as many as fit; offsets count from the start of the part */
    MESSAGE_PART_END,
    MESSAGE_DOCUMENT_END, /* verdict u8, reason string */
    MESSAGE_ITEM_END, /* verdict u8, reason string, bytes of the item accounted for u64, documents
                         u32 */
    MESSAGE_BATCH_END,
    MESSAGE_KINDS,
};

struct message {
    enum message_kind kind;
    uint32_t item;     /* which file of the batch, from 0 */
    uint64_t sequence; /* counts frames of the batch from 0 */
    enum document_kind document_kind;
    enum verdict verdict;
    struct field field;
    struct bytes text;  /* TEXT: the text; PART: the name; DOCUMENT: the path; ..._END: the reason.
                           Lent from the frame */
    struct bytes spans; /* SPANS: encoded spans, each checked when taken with span_decode */
    uint64_t accounted;
    uint32_t documents;
};

/* Append one frame to `to`. OVER_LIMIT when it would be larger than MESSAGE_MAX. */
MUST_USE enum status message_encode(const struct message *message, struct buffer *to,
                                    struct fault *fault);
/* Read one whole frame; message lends from it. BAD_INPUT, saying what is wrong. */
MUST_USE enum status message_decode(struct bytes frame, struct message *message,
                                    struct fault *fault);
/* The next frame of a packet by its announced length; false when it is cut short (or nothing is
 * left). */
bool message_split(struct bytes *packet, struct bytes *frame);

const char *verdict_word(enum verdict verdict);

#endif
