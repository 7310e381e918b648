/* evidence.h - how much an alignment says, in bits, and whether two passages are copies of one
 * another.
 *
 * E = bits of words in exact runs - EVIDENCE_UNIT bits for each unit of alignment cost
 * (docs/tracing.md). A lone word of few bits counts half; a damaged one counts half.
 */
#ifndef TRACE_EVIDENCE_H
#define TRACE_EVIDENCE_H

#include "trace/align.h"

#define EVIDENCE_UNIT 6.0

double evidence_bits(const struct quote *quote, const struct alignment *alignment);
/* Which nodes the alignment explains: `matched` has quote->count places. */
void evidence_matched(const struct quote *quote, const struct alignment *alignment, bool *matched);
/* In how many places the literal text between aligned words (points, marks, line ends apart) or the
 * words' own capitals differ: what parts equally good passages. */
uint32_t surface_differences(const struct quote *quote, const struct window *window,
                             const struct alignment *alignment);
/* The words around are the same: a retransmission, a reply that quotes, a clipping's twin. */
bool passages_are_copies(const struct window *a, const struct alignment *of_a,
                         const struct window *b, const struct alignment *of_b);

#endif
