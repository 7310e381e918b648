/* rtf_word.c - what the control words of Rich Text Format do, by table. */
#include "readers/rtf.h"

enum deed {
    AIM,   /* the group's text goes to `aim` */
    WORDS, /* `words` stand in its place */
    END,   /* of a paragraph */
    CELL,  /* its end; a paragraph that ends just before it ends no line */
    ROW,   /* its end */
    IN_TABLE,
    HIDE,
    DELETE,
    INSERT,
    PLAIN, /* letters without any of them */
    NEW,   /* paragraph without a heading */
    HEADING,
    UNICODE,
    FALLBACK,
    CHARSET, /* `words` names the document's */
    PAGE,    /* the number names it */
    FONT,
    FONT_CHARSET,
    PICTURE,
    OBJECT,
    YEAR,
    MONTH,
    DAY,
};

static const struct row {
    const char *name;
    enum deed deed;
    const char *words;
    enum rtf_aim aim;
} rows[] = {
    { "par", END, NULL, 0 },
    { "row", ROW, NULL, 0 },
    { "nestrow", ROW, NULL, 0 },
    { "cell", CELL, NULL, 0 },
    { "nestcell", CELL, NULL, 0 },
    { "intbl", IN_TABLE, NULL, 0 },
    { "sect", END, NULL, 0 },
    { "page", END, NULL, 0 },
    { "line", WORDS, "\n", 0 },
    { "tab", WORDS, "\t", 0 },
    { "emdash", WORDS, "\xe2\x80\x94", 0 },
    { "endash", WORDS, "\xe2\x80\x93", 0 },
    { "lquote", WORDS, "\xe2\x80\x98", 0 },
    { "rquote", WORDS, "\xe2\x80\x99", 0 },
    { "ldblquote", WORDS, "\xe2\x80\x9c", 0 },
    { "rdblquote", WORDS, "\xe2\x80\x9d", 0 },
    { "bullet", WORDS, "\xe2\x80\xa2", 0 },
    { "emspace", WORDS, " ", 0 },
    { "enspace", WORDS, " ", 0 },
    { "qmspace", WORDS, " ", 0 },
    { "u", UNICODE, NULL, 0 },
    { "uc", FALLBACK, NULL, 0 },
    { "v", HIDE, NULL, 0 },
    { "deleted", DELETE, NULL, 0 },
    { "revised", INSERT, NULL, 0 },
    { "plain", PLAIN, NULL, 0 },
    { "pard", NEW, NULL, 0 },
    { "outlinelevel", HEADING, NULL, 0 },
    { "ansi", CHARSET, "windows-1252", 0 },
    { "mac", CHARSET, "macintosh", 0 },
    { "pc", CHARSET, "IBM437", 0 },
    { "pca", CHARSET, "IBM850", 0 },
    { "ansicpg", PAGE, NULL, 0 },
    { "f", FONT, NULL, 0 },
    { "fcharset", FONT_CHARSET, NULL, 0 },
    { "pict", PICTURE, NULL, 0 },
    { "objdata", OBJECT, NULL, 0 },
    { "yr", YEAR, NULL, 0 },
    { "mo", MONTH, NULL, 0 },
    { "dy", DAY, NULL, 0 },
    { "footnote", AIM, NULL, (enum rtf_aim)OFFICE_FOOTNOTES },
    { "ftnalt", AIM, NULL, (enum rtf_aim)OFFICE_ENDNOTES },
    { "annotation", AIM, NULL, (enum rtf_aim)OFFICE_COMMENTS },
    { "header", AIM, NULL, (enum rtf_aim)OFFICE_EDGES },
    { "headerl", AIM, NULL, (enum rtf_aim)OFFICE_EDGES },
    { "headerr", AIM, NULL, (enum rtf_aim)OFFICE_EDGES },
    { "headerf", AIM, NULL, (enum rtf_aim)OFFICE_EDGES },
    { "footer", AIM, NULL, (enum rtf_aim)OFFICE_EDGES },
    { "footerl", AIM, NULL, (enum rtf_aim)OFFICE_EDGES },
    { "footerr", AIM, NULL, (enum rtf_aim)OFFICE_EDGES },
    { "footerf", AIM, NULL, (enum rtf_aim)OFFICE_EDGES },
    { "shptxt", AIM, NULL, (enum rtf_aim)OFFICE_BOXES },
    { "dptxbxtext", AIM, NULL, (enum rtf_aim)OFFICE_BOXES },
    { "sp", AIM, NULL, RTF_NOWHERE },
    { "shprslt", AIM, NULL, RTF_NOWHERE },
    { "title", AIM, NULL, RTF_TITLE },
    { "author", AIM, NULL, RTF_AUTHOR },
    { "fonttbl", AIM, NULL, RTF_FONTS },
    { "info", AIM, NULL, RTF_NOWHERE },
    { "subject", AIM, NULL, RTF_NOWHERE },
    { "operator", AIM, NULL, RTF_NOWHERE },
    { "keywords", AIM, NULL, RTF_NOWHERE },
    { "doccomm", AIM, NULL, RTF_NOWHERE },
    { "company", AIM, NULL, RTF_NOWHERE },
    { "colortbl", AIM, NULL, RTF_NOWHERE },
    { "stylesheet", AIM, NULL, RTF_NOWHERE },
    { "listtable", AIM, NULL, RTF_NOWHERE },
    { "revtbl", AIM, NULL, RTF_NOWHERE },
    { "fldinst", AIM, NULL, RTF_NOWHERE },
    { "nonshppict", AIM, NULL, RTF_NOWHERE },
    { "themedata", AIM, NULL, RTF_NOWHERE },
    { "datastore", AIM, NULL, RTF_NOWHERE },
    { "atnid", AIM, NULL, RTF_NOWHERE },
    { "atnauthor", AIM, NULL, RTF_NOWHERE },
    { "bkmkstart", AIM, NULL, RTF_NOWHERE },
    { "bkmkend", AIM, NULL, RTF_NOWHERE },
    { "xe", AIM, NULL, RTF_NOWHERE },
    { "tc", AIM, NULL, RTF_NOWHERE },
};

/* Passed over unless known, yet with text that a page shows. */
static const char *const shown[] = { "shpinst", "shptxt", "nesttableprops", "do" };

static const struct row *row_of(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

static bool is_shown(const char *name)
{
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (strcmp(shown[i], name) == 0)
            return true;
    return false;
}

static const char *charset_from_page(int page)
{
    static const struct {
        int page;
        const char *charset;
    } pages[] = {
        { 437, "IBM437" },        { 850, "IBM850" },        { 866, "IBM866" },
        { 932, "Shift_JIS" },     { 936, "GB18030" },       { 949, "EUC-KR" },
        { 950, "Big5" },          { 1250, "windows-1250" }, { 1251, "windows-1251" },
        { 1252, "windows-1252" }, { 1253, "windows-1253" }, { 1254, "windows-1254" },
        { 1255, "windows-1255" }, { 1256, "windows-1256" }, { 1257, "windows-1257" },
        { 1258, "windows-1258" }, { 10000, "macintosh" },   { 65001, "UTF-8" },
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (pages[i].page == page)
            return pages[i].charset;
    return NULL;
}

static const char *charset_from_font(int number)
{
    static const struct {
        int number;
        int page;
    } fonts[] = {
        { 0, 1252 },   { 77, 10000 }, { 128, 932 },  { 129, 949 },  { 134, 936 },
        { 136, 950 },  { 161, 1253 }, { 162, 1254 }, { 163, 1258 }, { 177, 1255 },
        { 178, 1256 }, { 186, 1257 }, { 204, 1251 }, { 238, 1250 }, { 255, 437 },
    };
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
        if (fonts[i].number == number)
            return charset_from_page(fonts[i].page);
    return NULL;
}

static bool is_on(const struct rtf_word *word)
{
    return !word->has_number || word->number != 0;
}

static void set_font(struct rtf *rtf, int number)
{
    bool is_known = number >= 0 && number < RTF_FONTS_MAX;
    if (rtf_group(rtf)->aim == RTF_FONTS)
        rtf->font = is_known ? number : 0;
    else
        rtf_group(rtf)->charset = is_known ? rtf->fonts[number] : NULL;
}

static void set_day(struct rtf *rtf, int day)
{
    if (rtf->office.created.len > 0 || rtf->year <= 0 || rtf->month <= 0)
        return;
    const char *date = arena_print(rtf->office.arena, "%04d-%02d-%02d", rtf->year % 10000,
                                   rtf->month % 100, day > 0 ? day % 100 : 0);
    if (date)
        rtf->office.created = bytes_from_string(date);
}

static void set_aim(struct rtf *rtf, enum rtf_aim aim)
{
    struct rtf_group *group = rtf_group(rtf);
    if (group->aim == RTF_NOWHERE && aim != RTF_TITLE && aim != RTF_AUTHOR)
        return;
    rtf->office.comments += aim == (enum rtf_aim)OFFICE_COMMENTS;
    group->aim = aim;
}

static void obey_letters(struct rtf *rtf, const struct rtf_word *word, enum deed deed)
{
    struct rtf_group *group = rtf_group(rtf);
    rtf_flush(rtf);
    if (deed == HIDE)
        group->is_hidden = is_on(word);
    else if (deed == DELETE)
        group->is_deleted = is_on(word);
    else if (deed == INSERT)
        group->is_inserted = is_on(word);
    else
        group->is_hidden = group->is_deleted = group->is_inserted = false;
}

static void obey_table(struct rtf *rtf, enum deed deed)
{
    rtf_flush(rtf);
    rtf->end_is_due = false;
    rtf->is_in_table = deed != ROW;
    if (deed == CELL)
        rtf_words(rtf, "\t");
    if (deed == ROW)
        rtf_paragraph_end(rtf);
}

static void obey_charset(struct rtf *rtf, const struct rtf_word *word, const struct row *row)
{
    rtf_flush(rtf);
    if (row->deed == CHARSET)
        rtf->charset = row->words;
    else if (row->deed == PAGE && charset_from_page(word->number))
        rtf->charset = charset_from_page(word->number);
    else if (row->deed == FONT)
        set_font(rtf, word->number);
    else if (row->deed == FONT_CHARSET && rtf_group(rtf)->aim == RTF_FONTS)
        rtf->fonts[rtf->font] = charset_from_font(word->number);
}

static void obey_row(struct rtf *rtf, const struct rtf_word *word, const struct row *row)
{
    switch (row->deed) {
    case AIM:
        rtf_flush(rtf);
        set_aim(rtf, row->aim);
        break;
    case PICTURE:
    case OBJECT:
        rtf->office.pictures += row->deed == PICTURE;
        rtf->office.embedded += row->deed == OBJECT;
        rtf_group(rtf)->aim = RTF_NOWHERE;
        break;
    case WORDS:
        rtf_words(rtf, row->words);
        break;
    case END:
        rtf_paragraph_end(rtf);
        break;
    case CELL:
    case ROW:
    case IN_TABLE:
        obey_table(rtf, row->deed);
        break;
    case HIDE:
    case DELETE:
    case INSERT:
    case PLAIN:
        obey_letters(rtf, word, row->deed);
        break;
    case NEW:
        rtf->is_heading = false;
        rtf->is_in_table = false;
        break;
    case HEADING:
        rtf->is_heading = word->number < 9;
        break;
    case UNICODE:
        rtf_unicode(rtf, word->number);
        break;
    case FALLBACK:
        rtf_group(rtf)->fallback = word->number >= 0 && word->number < 32 ? word->number : 1;
        break;
    case CHARSET:
    case PAGE:
    case FONT:
    case FONT_CHARSET:
        obey_charset(rtf, word, row);
        break;
    case YEAR:
        rtf->year = word->number;
        break;
    case MONTH:
        rtf->month = word->number;
        break;
    case DAY:
        set_day(rtf, word->number);
        break;
    }
}

void rtf_obey(struct rtf *rtf, const struct rtf_word *word)
{
    const struct row *row = row_of(word->name);
    struct rtf_group *group = rtf_group(rtf);
    if (rtf->over > 0)
        return;
    if (group->is_optional && !row && !is_shown(word->name)) {
        rtf_flush(rtf);
        group->aim = RTF_NOWHERE;
    }
    group->is_optional = false;
    if (row)
        obey_row(rtf, word, row);
}
