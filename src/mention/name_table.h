/* name_table.h - words that tell what a run of capitals is: titles, heads of bodies, places, given
 * names, and the ordinary words that open sentences. English and Spanish, folded. A word may be of
 * several classes. To add one: put it into its list in order; a test holds the order.
 */
#ifndef MENTION_NAME_TABLE_H
#define MENTION_NAME_TABLE_H

#include "base/bytes.h"

enum name_word_class {
    WORD_PLACE_HEAD = 1,   /* begins or ends names of places: Port, San, Island */
    WORD_PLACE = 2,        /* a place by itself */
    WORD_NATION = 4,       /* of a people, country or faith: never a name by itself */
    WORD_BODY = 8,         /* Ministry, University, Party */
    WORD_OFFICE = 16,      /* president, minister, officials */
    WORD_SHORT_TITLE = 32, /* Gen., Gov. */
    WORD_COURTESY = 64,    /* Mr., Lic. */
    WORD_MODIFIER = 128,   /* deputy, acting, former */
    WORD_PARTICLE = 256,   /* de, bin, van: between parts of a name */
    WORD_LINK = 512,       /* of, for, the: inside names of bodies and offices */
    WORD_CALENDAR = 1024,
    WORD_SAYING = 2048,
    WORD_GIVEN = 4096,  /* a given name */
    WORD_OPENER = 8192, /* function words: no part of a name, first in a sentence or not */
    WORD_NOUN = 16384,  /* ordinary nouns that often stand first in sentences */
};

/* Bits of enum name_word_class; 0: an unknown word. */
uint32_t name_word_classes(struct bytes key);
bool name_table_is_sorted(void);

#endif
