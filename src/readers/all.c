#include "readers/html_reader.h"
#include "readers/text_reader.h"

const struct reader *const readers_all[] = { &text_reader, &html_reader, NULL };
