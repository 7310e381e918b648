/* stem.h - words of one stem, English and Spanish. The only file that sees libstemmer. */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include "base/fault.h"
#include "base/bytes.h"

enum stem_language { STEM_ENGLISH, STEM_SPANISH, STEM_LANGUAGES };

struct stemmer;
MUST_USE enum status stemmer_new(enum stem_language language, struct stemmer **stemmer,
                                 struct fault *fault);
void stemmer_free(struct stemmer *stemmer);
/* The stem of a folded key; lent until the next call. */
struct bytes stemmer_stem(struct stemmer *stemmer, struct bytes key);

#endif
