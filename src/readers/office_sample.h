/* office_sample.h - a small Word document, made for the warming of its reader. */
#ifndef READERS_OFFICE_SAMPLE_H
#define READERS_OFFICE_SAMPLE_H

#include "base/buffer.h"

/* Append it. */
MUST_USE enum status office_sample(struct buffer *to, struct fault *fault);

#endif
