/* fold_table.h - the tables that tools/generate-fold writes: two stages from a code point to its
 * record. */
#ifndef TEXT_FOLD_TABLE_H
#define TEXT_FOLD_TABLE_H

#include <stdint.h>

enum { FOLD_SHIFT = 7, FOLD_ITSELF = 0xFF, FOLD_CLASS = 7, FOLD_UPPER = 8 };

struct fold_record {
    uint16_t place; /* in fold_pool */
    uint8_t len;    /* bytes there; FOLD_ITSELF: the character is its own folded form */
    uint8_t traits; /* enum char_class, and FOLD_UPPER */
};

extern const uint16_t fold_stage[];  /* code >> FOLD_SHIFT: number of its block */
extern const uint16_t fold_blocks[]; /* block << FOLD_SHIFT | low bits: number of its record */
extern const struct fold_record fold_records[];
extern const uint8_t fold_pool[];

#endif
