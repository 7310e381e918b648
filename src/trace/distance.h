/* distance.h - how far apart two folded keys are, for slips of the pen and of the scanner. */
#ifndef TRACE_DISTANCE_H
#define TRACE_DISTANCE_H

#include "base/bytes.h"

/* Edits (insert, delete, replace, swap of neighbours: Damerau, restricted) between two keys; more
 * than `most` answers most + 1. Keys longer than 64 bytes answer most + 1 unless equal. */
unsigned distance_between(struct bytes a, struct bytes b, unsigned most);
/* Near enough to be one word damaged: one edit from 3 letters on, two from 9, or known confusions
 * (rn/m, l/1/i, o/0). */
bool distance_is_noise(struct bytes a, struct bytes b);

#endif
