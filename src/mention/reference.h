/* reference.h - reference numbers of messages: "09 Mexico 1020", "STATE 15228", "10MEXICO83".
 *
 * Grammar: [year] post serial [_edition]; the canonical number is the year's last two digits, the
 * post without blanks, the serial without zeros. Posts have aliases (SECSTATE is STATE). Says
 * nothing about whether the message is held here.
 */
#ifndef MENTION_REFERENCE_H
#define MENTION_REFERENCE_H

#include "base/bytes.h"

enum { POST_NAME_MAX = 32, REFERENCE_MAX = 48 };

struct reference {
    int16_t year;             /* four digits, or 0 when none is written */
    char post[POST_NAME_MAX]; /* canonical: capitals without blanks, aliases resolved */
    bool post_is_known;
    uint32_t serial;
};

/* A post that is in the table. */
struct post {
    const char *name;   /* canonical: "THEHAGUE" */
    const char *origin; /* "Embassy The Hague"; static */
};

/* The post of a printed name in any case, blanks and dots ignored ("The Hague", "SECSTATE WASHDC");
 * NULL when unknown. */
const struct post *post_from_name(struct bytes printed);

/* Capitals and digits of `printed`, without blanks and dots, into out; false when nothing or too
 * much is left. */
bool post_name_fold(struct bytes printed, char out[POST_NAME_MAX]);

/* The reference that begins exactly at byte `at`: its length, or 0. With `any_post` a name that is
 * not in the table is taken too (a REF line says that numbers follow); in running text give false.
 */
size_t reference_read(struct bytes text, size_t at, bool any_post, struct reference *reference);

/* "10MEXICO83" and a NUL; `year` stands in when none is written. Answers the length, or 0 when
 * there is no year at all. */
size_t reference_write(const struct reference *reference, int16_t year, char out[REFERENCE_MAX]);

/* Whether two name the same message; a year that one of them lacks is not compared. */
bool reference_agrees(const struct reference *a, const struct reference *b);

#endif
