/* docx.c - the markup of Word documents (ECMA-376, WordprocessingML), element by element. */
#include <stdlib.h>

#include "readers/office.h"
#include "text/utf8.h"

enum element {
    OTHER,
    PARAGRAPH,
    RUN,
    TEXT,
    DELETED_TEXT,
    TAB,
    BREAK,
    HYPHEN,
    SYMBOL,
    PROPERTIES,
    STYLE,
    OUTLINE,
    VANISH,
    INSERTION,
    DELETION,
    BOX,
    ROW,
    CELL,
    NOTE,
    COMMENT,
    SKIPPED,
    PICTURE,
    EMBEDDED,
};

static const struct {
    const char *name;
    enum element element;
} elements[] = {
    { "p", PARAGRAPH },
    { "r", RUN },
    { "t", TEXT },
    { "delText", DELETED_TEXT },
    { "tab", TAB },
    { "ptab", TAB },
    { "br", BREAK },
    { "cr", BREAK },
    { "noBreakHyphen", HYPHEN },
    { "sym", SYMBOL },
    { "pPr", PROPERTIES },
    { "rPr", PROPERTIES },
    { "trPr", PROPERTIES },
    { "tcPr", PROPERTIES },
    { "tblPr", PROPERTIES },
    { "sectPr", PROPERTIES },
    { "sdtPr", PROPERTIES },
    { "pStyle", STYLE },
    { "outlineLvl", OUTLINE },
    { "vanish", VANISH },
    { "ins", INSERTION },
    { "moveTo", INSERTION },
    { "cellIns", INSERTION },
    { "del", DELETION },
    { "moveFrom", DELETION },
    { "cellDel", DELETION },
    { "txbxContent", BOX },
    { "tr", ROW },
    { "tc", CELL },
    { "footnote", NOTE },
    { "endnote", NOTE },
    { "comment", COMMENT },
    { "Fallback", SKIPPED },
    { "instrText", SKIPPED },
    { "delInstrText", SKIPPED },
    { "pPrChange", SKIPPED },
    { "rPrChange", SKIPPED },
    { "blip", PICTURE },
    { "altChunk", EMBEDDED },
    { "subDoc", EMBEDDED },
};

enum { CHANGES_MAX = 64 };

/* A tracked insertion or deletion that is open. */
struct change {
    size_t start; /* of an insertion, in the text it stands in */
    struct bytes author;
};

struct docx {
    struct office *office;
    struct xml_stream *xml;
    enum office_side into; /* what the member is: body, footnotes, ... */
    int boxes;             /* open text boxes; their text goes aside */
    int properties;        /* open lists of properties */
    int texts;             /* open <w:t> */
    int deletions;         /* open */
    int insertions;
    int skipped; /* depth at which what is inside is passed over, or 0 */
    bool run_is_hidden;
    bool row_is_deleted;
    bool row_is_named;    /* the open properties are a row's (or cell's) */
    bool mark_is_deleted; /* the paragraph's end is: the next one joins it */
    bool is_heading;
    bool is_separator; /* a footnote that is the line above footnotes */
    size_t rows;       /* open table rows */
    size_t cells;      /* of the row so far */
    size_t paragraphs; /* of the cell so far */
    struct change changes[CHANGES_MAX];
    struct bytes author; /* of the open comment */
};

static enum element element_of(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0)
            return elements[i].element;
    return OTHER;
}

static struct office_text *shown(struct docx *docx)
{
    return &docx->office->sides[docx->boxes > 0 ? OFFICE_BOXES : docx->into];
}

static bool is_deleted(const struct docx *docx)
{
    return docx->deletions > 0 || docx->row_is_deleted;
}

static void close_side(struct docx *docx, enum office_side side)
{
    enum span_kind mark = side == OFFICE_DELETED ? SPAN_DELETED : SPAN_NOTE;
    office_paragraph_end(&docx->office->sides[side], mark, (struct bytes){ 0 });
}

static void append(struct docx *docx, struct bytes text)
{
    if (docx->is_separator)
        return;
    if (is_deleted(docx))
        office_text_append(&docx->office->sides[OFFICE_DELETED], text);
    else if (docx->run_is_hidden)
        office_text_append(&docx->office->sides[OFFICE_HIDDEN], text);
    else
        office_text_append(shown(docx), text);
}

static void append_words(struct docx *docx, const char *words)
{
    append(docx, bytes_from_string(words));
}

static void end_shown(struct docx *docx)
{
    static const enum span_kind marks[OFFICE_SIDES] = {
        [OFFICE_BODY] = SPAN_PARAGRAPH,      [OFFICE_BOXES] = SPAN_PARAGRAPH,
        [OFFICE_FOOTNOTES] = SPAN_PARAGRAPH, [OFFICE_ENDNOTES] = SPAN_PARAGRAPH,
        [OFFICE_COMMENTS] = SPAN_NOTE,       [OFFICE_DELETED] = SPAN_DELETED,
        [OFFICE_HIDDEN] = SPAN_NOTE,         [OFFICE_EDGES] = SPAN_FURNITURE,
    };
    enum span_kind mark = marks[docx->boxes > 0 ? OFFICE_BOXES : docx->into];
    if (docx->is_heading && mark == SPAN_PARAGRAPH)
        mark = SPAN_HEADING;
    office_paragraph_end(shown(docx), mark, mark == SPAN_NOTE ? docx->author : (struct bytes){ 0 });
    docx->is_heading = false;
}

/* In a table a row is one line, its cells parted by tabs; only a cell's second paragraph begins a
 * new one. */
static void paragraph_begin(struct docx *docx)
{
    struct office_text *text = shown(docx);
    if (docx->rows > 0 && docx->boxes == 0 && docx->paragraphs++ > 0)
        end_shown(docx);
    if (!text->is_open && !is_deleted(docx) && !docx->is_separator)
        office_paragraph_begin(text);
    docx->mark_is_deleted = false;
}

static void paragraph_end(struct docx *docx)
{
    close_side(docx, OFFICE_HIDDEN);
    if (docx->mark_is_deleted || (docx->rows > 0 && docx->boxes == 0))
        return;
    close_side(docx, OFFICE_DELETED);
    end_shown(docx);
}

static void cell_begin(struct docx *docx)
{
    docx->paragraphs = 0;
    if (docx->cells++ > 0 && docx->boxes == 0)
        append_words(docx, "\t");
}

static void row_begin(struct docx *docx)
{
    if (docx->boxes == 0)
        end_shown(docx);
    docx->rows++;
    docx->cells = 0;
    docx->paragraphs = 0;
}

static void row_end(struct docx *docx)
{
    if (docx->boxes == 0)
        end_shown(docx);
    close_side(docx, OFFICE_DELETED);
    docx->rows -= docx->rows > 0;
    docx->cells = 1;
    docx->row_is_deleted = false;
}

/* <w:ins> and <w:del> wrap runs; inside properties they say that a paragraph's end or a row came or
 * went. */
static void change_begin(struct docx *docx, enum element element)
{
    struct office *office = docx->office;
    if (docx->properties > 0 && !docx->row_is_named) {
        docx->mark_is_deleted |= element == DELETION;
        return;
    }
    if (element == DELETION)
        office->deleted++;
    else
        office->inserted++;
    if (docx->properties > 0) {
        docx->row_is_deleted |= element == DELETION;
        return;
    }
    if (element == DELETION) {
        docx->deletions++;
        return;
    }
    if (docx->insertions < CHANGES_MAX)
        docx->changes[docx->insertions] =
            (struct change){ shown(docx)->text.len,
                             xml_attribute(docx->xml, "author", office->arena) };
    docx->insertions++;
}

static void change_end(struct docx *docx, enum element element)
{
    if (docx->properties > 0)
        return;
    if (element == DELETION) {
        docx->deletions -= docx->deletions > 0;
        if (docx->deletions == 0 && !docx->row_is_deleted)
            close_side(docx, OFFICE_DELETED);
        return;
    }
    if (docx->insertions > 0 && --docx->insertions < CHANGES_MAX) {
        const struct change *change = &docx->changes[docx->insertions];
        office_text_span(shown(docx), SPAN_INSERTED, change->start, change->author);
    }
}

/* Symbol fonts have their signs at U+F020 to U+F0FF: nobody can say which. */
static void append_symbol(struct docx *docx)
{
    uint8_t sign[4];
    struct bytes value = xml_attribute(docx->xml, "char", docx->office->arena);
    unsigned long code = value.at ? strtoul((const char *)value.at, NULL, 16) : 0;
    bool is_known = code >= 0x20 && code < 0xD800;
    append(docx, bytes_make(sign, utf8_encode(is_known ? (uint32_t)code : 0xFFFD, sign)));
}

static bool is_heading_style(struct bytes style)
{
    static const char *const names[] = { "Heading", "Title",  "Subtitle",   "Titre",
                                         "Ttulo",   "Titulo", "berschrift", "Titolo" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (bytes_has_prefix_fold(style, names[i]))
            return true;
    return false;
}

static void note_begin(struct docx *docx)
{
    struct bytes type = xml_attribute(docx->xml, "type", docx->office->arena);
    docx->is_separator = type.at && !bytes_is(type, "normal");
}

static void begin_in_text(struct docx *docx, enum element element)
{
    switch (element) {
    case PARAGRAPH:
        paragraph_begin(docx);
        break;
    case RUN:
        docx->run_is_hidden = false;
        break;
    case TEXT:
    case DELETED_TEXT:
        docx->texts++;
        break;
    case TAB:
        append_words(docx, "\t");
        break;
    case BREAK:
        append_words(docx, "\n");
        break;
    case HYPHEN:
        append_words(docx, "-");
        break;
    case SYMBOL:
        append_symbol(docx);
        break;
    case BOX:
        docx->boxes++;
        break;
    case ROW:
        row_begin(docx);
        break;
    case CELL:
        cell_begin(docx);
        break;
    case NOTE:
        note_begin(docx);
        break;
    case COMMENT:
        docx->office->comments++;
        docx->author = xml_attribute(docx->xml, "author", docx->office->arena);
        break;
    case PICTURE:
        docx->office->pictures++;
        break;
    case EMBEDDED:
        docx->office->embedded++;
        break;
    case OTHER:
    case PROPERTIES:
    case STYLE:
    case OUTLINE:
    case VANISH:
    case INSERTION:
    case DELETION:
    case SKIPPED:
        break;
    }
}

static void begin_in_properties(struct docx *docx, enum element element)
{
    if (element == VANISH && office_is_on(xml_attribute(docx->xml, "val", docx->office->arena)))
        docx->run_is_hidden = true;
    if (element == OUTLINE)
        docx->is_heading = true;
    if (element == STYLE)
        docx->is_heading |= is_heading_style(xml_attribute(docx->xml, "val", docx->office->arena));
}

static void begin(struct docx *docx, enum element element)
{
    if (element == SKIPPED) {
        docx->skipped = docx->xml->depth;
        return;
    }
    if (element == PROPERTIES) {
        docx->properties++;
        docx->row_is_named = docx->xml->name[0] == 't';
    } else if (element == INSERTION || element == DELETION) {
        change_begin(docx, element);
    } else if (docx->properties > 0) {
        begin_in_properties(docx, element);
    } else {
        begin_in_text(docx, element);
    }
}

static void close(struct docx *docx, enum element element)
{
    if (element == PROPERTIES)
        docx->properties -= docx->properties > 0;
    else if (element == INSERTION || element == DELETION)
        change_end(docx, element);
    else if (docx->properties > 0)
        return;
    else if (element == PARAGRAPH)
        paragraph_end(docx);
    else if (element == TEXT || element == DELETED_TEXT)
        docx->texts -= docx->texts > 0;
    else if (element == RUN)
        docx->run_is_hidden = false;
    else if (element == ROW)
        row_end(docx);
    else if (element == BOX)
        docx->boxes -= docx->boxes > 0;
    else if (element == NOTE)
        docx->is_separator = false;
}

static void read_markup(struct docx *docx)
{
    struct xml_stream *xml = docx->xml;
    for (enum xml_event event; (event = xml_next(xml)) != XML_END;) {
        if (docx->skipped > 0) {
            if (event == XML_CLOSE && xml->depth == docx->skipped)
                docx->skipped = 0;
            continue;
        }
        if (event == XML_CHARACTERS && docx->texts > 0)
            append(docx, xml->text);
        else if (event == XML_BEGIN)
            begin(docx, element_of(xml->name));
        else if (event == XML_CLOSE)
            close(docx, element_of(xml->name));
    }
    docx->boxes = 0;
    end_shown(docx);
    for (int side = 0; side < OFFICE_SIDES; side++)
        close_side(docx, (enum office_side)side);
}

static bool is_numbered(const char *path, const char *stem)
{
    size_t len = strlen(stem);
    return strncmp(path, stem, len) == 0 && path[len] != '\0' && strchr(path + len, '/') == NULL &&
           strstr(path + len, ".xml") != NULL;
}

static bool side_of(const char *path, enum office_side *side)
{
    static const struct {
        const char *stem;
        enum office_side side;
    } rows[] = {
        { "word/document", OFFICE_BODY },     { "word/footnotes", OFFICE_FOOTNOTES },
        { "word/endnotes", OFFICE_ENDNOTES }, { "word/header", OFFICE_EDGES },
        { "word/footer", OFFICE_EDGES },      { "word/diagrams/data", OFFICE_BOXES },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (is_numbered(path, rows[i].stem)) {
            *side = rows[i].side;
            return true;
        }
    *side = OFFICE_COMMENTS;
    return strcmp(path, "word/comments.xml") == 0;
}

static bool is_inside(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    return strncmp(path, folder, len) == 0 && path[len] != '\0';
}

bool docx_member(struct office *office, struct zip *zip, const char *path)
{
    enum office_side side;
    struct xml_stream xml;
    if (strcmp(path, "docProps/core.xml") == 0) {
        office_properties_read(office, zip, path);
        return true;
    }
    office->embedded += is_inside(path, "word/embeddings/") || is_inside(path, "word/charts/chart");
    if (!side_of(path, &side) || (side == OFFICE_BODY && office->has_body))
        return false;
    office->has_body |= side == OFFICE_BODY;
    if (!office_xml_open(office, zip, path, &xml))
        return true;
    struct docx docx = { .office = office, .xml = &xml, .into = side };
    read_markup(&docx);
    office_xml_close(office, path, &xml);
    return true;
}
