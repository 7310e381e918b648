/* calibration.h - the threshold of evidence that the null test set for this archive. */
#ifndef CHECK_CALIBRATION_H
#define CHECK_CALIBRATION_H

#include "archive/archive.h"

/* Bits, or 0 where none was set (the tracer then scales its own). */
double calibration_threshold(const struct archive *archive);

/* Invented sentences that no archive holds, in English and Spanish; NULL ends them. */
extern const char *const null_sentences[];

#endif
