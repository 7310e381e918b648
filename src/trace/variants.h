/* variants.h - which different words are the same word in another spelling or house form.
 *
 * -ise/-ize, -our/-or, -re/-er, doubled l, transliterations (spelling); number words, titles,
 * months, units (form). Two keys are variants when their canonical keys are equal. Not here: slips
 * and scan noise (distance.h).
 */
#ifndef TRACE_VARIANTS_H
#define TRACE_VARIANTS_H

#include "base/bytes.h"

enum { VARIANT_KEY_MAX = 96 };

enum variant_kind { VARIANT_NONE, VARIANT_SPELLING, VARIANT_FORM };

/* The key by which variants meet, into `out` (VARIANT_KEY_MAX bytes); answers its length. */
size_t variant_canonical(struct bytes key, uint8_t *out, enum variant_kind *kind);
/* How two different keys are variants of one another. */
enum variant_kind variant_between(struct bytes a, struct bytes b);
/* Other spellings of a key that are worth looking up: written one after the other into `out`, each
 * with a NUL behind it; answers how many. */
size_t variant_spellings(struct bytes key, char *out, size_t room);

#endif
