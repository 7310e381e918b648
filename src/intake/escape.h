/* escape.h - file names are bytes: shown with what is not UTF-8, and every control, as \xNN. */
#ifndef INTAKE_ESCAPE_H
#define INTAKE_ESCAPE_H

#include "base/bytes.h"

/* Written to out, NUL-terminated, cut (with "...") at room. */
void escape_path(struct bytes path, char *out, size_t room);

#endif
