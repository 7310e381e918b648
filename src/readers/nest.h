/* nest.h - files inside files: a container's reader hands each member to the reader of its format.
 *
 * The reader of a container (an archive, a mail message with attachments) calls nest_take before
 * it holds a member's bytes, then nest_read with them; what the member's reader says becomes
 * documents whose path begins with the member's. Limits are counted over the whole item, however
 * its containers nest: bombs and nests without end stop there, and nest.trouble says so.
 */
#ifndef READERS_NEST_H
#define READERS_NEST_H

#include "readers/reader.h"

enum { NEST_DEPTH_MAX = 8, NEST_MEMBERS_MAX = 100000, NEST_MEMBER_MAX = 128 << 20 };
/* Beyond NEST_RATIO_FROM bytes, more than NEST_RATIO_MAX times what the item holds is a bomb; far
 * beyond, less is. What honest archives hold is some ten times their size. */
enum {
    NEST_RATIO_FROM = 16 << 20,
    NEST_RATIO_MAX = 200,
    NEST_FAR = 256 << 20,
    NEST_FAR_RATIO_MAX = 30
};

/* Why a container is not opened. */
#define NEST_TOO_DEEP "more than 8 containers one in another: not opened"

struct member {
    struct bytes name;    /* as the container has it, raw bytes: a claim; words, never a path */
    struct bytes content; /* lent for the call */
    struct bytes charset; /* declared, or empty */
};

/* The reader of a container begins; `len`: its bytes. Answers false when it stands too deep. */
bool nest_begin(struct sink *sink, uint64_t len);
/* One more member; false when a limit is reached. */
bool nest_count(struct sink *sink);
/* More bytes that came out; false when a limit is reached. */
bool nest_take(struct sink *sink, uint64_t len);
/* The member's documents. A member that cannot be read is a document that says so. */
MUST_USE enum status nest_read(struct sink *sink, const struct member *member, struct fault *fault);
/* The same in two steps, for what is no file of its own (a message): documents between them stand
 * under that name. */
struct nest_place {
    struct bytes before; /* private */
    struct buffer path;
    size_t own; /* where the name begins in it */
};
MUST_USE enum status nest_enter(struct sink *sink, struct bytes name, struct nest_place *place,
                                struct fault *fault);
void nest_leave(struct sink *sink, struct nest_place *place);
/* The container as a whole is not entered, or cannot be: a document of its own says why. */
MUST_USE enum status nest_refuse(struct sink *sink, enum verdict verdict, const char *why,
                                 struct fault *fault);
/* A member that is not read, and why. */
MUST_USE enum status nest_pass_over(struct sink *sink, struct bytes name, enum verdict verdict,
                                    const char *why, struct fault *fault);
/* A reader gave up in the middle: what it left open ends in its place, FAILED. Half a part cannot
 * be mended. */
MUST_USE enum status nest_mend(struct sink *sink, const struct fault *why, struct fault *fault);
/* The container's own verdict and words, at its end: of the item, or, inside another container, a
 * document of its own where there is anything but FULL to say. */
MUST_USE enum status nest_end(struct sink *sink, enum verdict verdict, const char *words,
                              struct fault *fault);

/* A document of the item ended: counted, and named where it was not read in full. */
void nest_note_end(struct nest *nest, enum verdict verdict, struct bytes reason);
/* Verdict and reason of an item that is a container: of itself and of all it holds. One that holds
 * a single document and has nothing to say itself is left as that document is, and so are others.
 */
void nest_item_verdict(const struct nest *nest, enum verdict *verdict, char *reason, size_t size);

#endif
