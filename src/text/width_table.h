/* width_table.h - code points of no width and of two columns, sorted; written by
 * tools/generate-fold. */
#ifndef TEXT_WIDTH_TABLE_H
#define TEXT_WIDTH_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct code_range {
    uint32_t first;
    uint32_t last;
};

extern const struct code_range width_none[];
extern const size_t width_none_count;
extern const struct code_range width_wide[];
extern const size_t width_wide_count;

#endif
