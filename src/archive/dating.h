/* dating.h - whether an inferred date can stand beside what the other cables of its post say.
 *
 * A declassification date is often a template's: the same one stands on cables sent months apart.
 * An inferred date shared by cables of one post whose numbers lie further apart than the post
 * writes in a few days is nobody's date; it must not be shown or sorted by. Stated dates always
 * stand.
 */
#ifndef ARCHIVE_DATING_H
#define ARCHIVE_DATING_H

#include "archive/snapshot.h"

/* *stands is false for an inferred date that is contradicted. Costs nothing for stated dates and
 * documents without number. */
MUST_USE enum status snapshot_date_stands(const struct snapshot *snapshot, uint64_t document,
                                          bool *stands, struct fault *fault);

/* The parts of a canonical number such as 09MEXICO3061; false when it has not that form.
 * Unit-tested seam of the above. */
struct cable_number {
    unsigned year; /* two digits */
    struct bytes post;
    uint64_t serial;
};
bool cable_number_from_name(struct bytes name, struct cable_number *number);

/* How far apart two serials of one post may lie when both cables are of the day `day_of_year` (1 to
 * 366): three days' output, reckoned from the lower serial, and at least 10. */
uint64_t dating_reach(uint64_t lower_serial, unsigned day_of_year);

#endif
