/* rtf.h - the state of reading Rich Text Format: groups, where text goes, and what control words
 * do.
 */
#ifndef READERS_RTF_H
#define READERS_RTF_H

#include "readers/office.h"

enum { RTF_DEPTH_MAX = 200, RTF_FONTS_MAX = 256, RTF_VALUE_MAX = 1024 };

/* Where the text of a group goes: a side of the document (enum office_side), or further. */
enum rtf_aim {
    RTF_BODY = OFFICE_BODY,
    RTF_NOTE_LAST = OFFICE_SIDES - 1,
    RTF_TITLE,
    RTF_AUTHOR,
    RTF_FONTS,
    RTF_NOWHERE,
};

struct rtf_group {
    enum rtf_aim aim;
    bool is_new;      /* nothing stood in it yet: a control word may name its aim */
    bool is_optional; /* \* : passed over unless its aim is known */
    bool is_deleted;
    bool is_inserted;
    bool is_hidden;
    int fallback;        /* signs that follow a \u */
    const char *charset; /* of the font; NULL: the document's */
};

struct rtf {
    struct office office;
    struct rtf_group groups[RTF_DEPTH_MAX + 1];
    size_t depth;
    size_t over; /* open groups beyond the depth */
    bool has_overflowed;
    bool is_heading;
    bool is_in_table;
    bool end_is_due; /* a paragraph in a cell ended: its line ends only if more of the cell comes */
    const char *charset; /* of the document */
    struct buffer raw;   /* bytes in the present charset, not yet placed */
    struct buffer text;
    int to_skip;   /* signs that stand for a \u in older programs */
    uint32_t high; /* first half of a pair */
    int font;      /* whose charset the font table tells next */
    const char *fonts[RTF_FONTS_MAX];
    int year; /* when the file was made */
    int month;
};

struct rtf_word {
    char name[32];
    int number;
    bool has_number;
};

static inline struct rtf_group *rtf_group(struct rtf *rtf)
{
    return &rtf->groups[rtf->depth];
}

/* In rtf.c: a byte in the present charset; words in UTF-8; a UTF-16 unit; a paragraph's end. */
void rtf_byte(struct rtf *rtf, uint8_t byte);
void rtf_words(struct rtf *rtf, const char *words);
void rtf_unicode(struct rtf *rtf, int unit);
void rtf_paragraph_end(struct rtf *rtf);
/* Place the bytes gathered so far. */
void rtf_flush(struct rtf *rtf);

/* In rtf_word.c: what a control word does. */
void rtf_obey(struct rtf *rtf, const struct rtf_word *word);

#endif
