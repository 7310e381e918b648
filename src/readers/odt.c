/* odt.c - the markup of OpenDocument texts (OASIS ODF 1.3, part 3), element by element. */
#include <stdlib.h>

#include "readers/office.h"

enum element {
    OTHER,
    BODY,
    PARAGRAPH,
    HEADING,
    BLANKS,
    TAB,
    BREAK,
    NOTE,
    NOTE_BODY,
    CITATION,
    ANNOTATION,
    CREATOR,
    DATE,
    CHANGES,
    INSERTED_REGION,
    DELETED_REGION,
    CHANGE_START,
    CHANGE_END,
    ROW,
    CELL,
    BOX,
    HIDDEN,
    EDGE,
    SKIPPED,
    PICTURE,
    PLUGIN,
};

static const struct {
    const char *prefix; /* NULL: any */
    const char *name;
    enum element element;
} elements[] = {
    { "office", "text", BODY },
    { NULL, "p", PARAGRAPH },
    { NULL, "h", HEADING },
    { NULL, "s", BLANKS },
    { NULL, "tab", TAB },
    { NULL, "line-break", BREAK },
    { NULL, "note", NOTE },
    { NULL, "note-body", NOTE_BODY },
    { "text", "note-citation", CITATION },
    { NULL, "annotation", ANNOTATION },
    { "dc", "creator", CREATOR },
    { "meta", "creator-initials", DATE },
    { "dc", "date", DATE },
    { NULL, "tracked-changes", CHANGES },
    { NULL, "insertion", INSERTED_REGION },
    { NULL, "deletion", DELETED_REGION },
    { NULL, "change-start", CHANGE_START },
    { NULL, "change-end", CHANGE_END },
    { NULL, "table-row", ROW },
    { NULL, "table-cell", CELL },
    { NULL, "text-box", BOX },
    { NULL, "hidden-text", HIDDEN },
    { NULL, "hidden-paragraph", HIDDEN },
    { NULL, "header", EDGE },
    { NULL, "footer", EDGE },
    { NULL, "header-left", EDGE },
    { NULL, "footer-left", EDGE },
    { NULL, "header-first", EDGE },
    { NULL, "footer-first", EDGE },
    { "svg", "title", SKIPPED },
    { "svg", "desc", SKIPPED },
    { "office", "binary-data", SKIPPED },
    { "office", "scripts", SKIPPED },
    { NULL, "image", PICTURE },
    { NULL, "object", PLUGIN },
    { NULL, "object-ole", PLUGIN },
};

enum { NESTED_MAX = 32 };

struct odt {
    struct office *office;
    struct xml_stream *xml;
    /* Where text goes: the innermost of body, box, note, comment, deletion, page edge. */
    enum office_side into[NESTED_MAX];
    bool blank_was_due[NESTED_MAX];
    int nested;
    int over;       /* openings beyond NESTED_MAX: their text goes where the outer one goes */
    int paragraphs; /* open; text counts only inside */
    int texts;      /* open <office:text>: styles have none */
    int changes;    /* open <text:tracked-changes> */
    int hidden;
    int skipped; /* depth at which what is inside is passed over, or 0 */
    bool is_endnote;
    bool blank_is_due; /* a run of white space is one blank */
    bool takes_author;
    size_t rows;
    size_t cells;
    size_t cell_paragraphs;
    size_t inserted_at; /* start of an open insertion in the body */
    struct bytes author;
};

static enum element element_of(const struct xml_stream *xml)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, xml->name) == 0 &&
            (!elements[i].prefix || strcmp(elements[i].prefix, xml->prefix) == 0))
            return elements[i].element;
    return OTHER;
}

static enum office_side side_of(const struct odt *odt)
{
    enum office_side side = odt->nested > 0 ? odt->into[odt->nested - 1] : OFFICE_BODY;
    return odt->hidden > 0 && side == OFFICE_BODY ? OFFICE_HIDDEN : side;
}

static struct office_text *here(struct odt *odt)
{
    return &odt->office->sides[side_of(odt)];
}

static void push(struct odt *odt, enum office_side side)
{
    if (odt->nested == NESTED_MAX) {
        odt->over++;
        return;
    }
    odt->blank_was_due[odt->nested] = odt->blank_is_due;
    odt->into[odt->nested++] = side;
}

static void pop(struct odt *odt)
{
    if (odt->over > 0)
        odt->over--;
    else if (odt->nested > 0)
        odt->blank_is_due = odt->blank_was_due[--odt->nested];
}

static bool in_row(const struct odt *odt)
{
    return odt->rows > 0 && side_of(odt) == OFFICE_BODY;
}

static void paragraph_close(struct odt *odt, enum span_kind kind)
{
    static const enum span_kind marks[OFFICE_SIDES] = {
        [OFFICE_BODY] = SPAN_PARAGRAPH,      [OFFICE_BOXES] = SPAN_PARAGRAPH,
        [OFFICE_FOOTNOTES] = SPAN_PARAGRAPH, [OFFICE_ENDNOTES] = SPAN_PARAGRAPH,
        [OFFICE_COMMENTS] = SPAN_NOTE,       [OFFICE_DELETED] = SPAN_DELETED,
        [OFFICE_HIDDEN] = SPAN_NOTE,         [OFFICE_EDGES] = SPAN_FURNITURE,
    };
    enum office_side side = side_of(odt);
    enum span_kind mark = marks[side] == SPAN_PARAGRAPH ? kind : marks[side];
    office_paragraph_end(here(odt), mark,
                         side == OFFICE_COMMENTS || side == OFFICE_DELETED ? odt->author
                                                                           : (struct bytes){ 0 });
    odt->blank_is_due = false;
}

static void append(struct odt *odt, const char *words)
{
    if (odt->paragraphs > 0)
        office_text_append(here(odt), bytes_from_string(words));
    odt->blank_is_due = false;
}

/* White space in the markup: a run of it is one blank, none at a paragraph's begin (part 3, 6.1.2).
 */
static void append_characters(struct odt *odt, struct bytes text)
{
    struct office_text *to = here(odt);
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.at[end] > ' ')
            end++;
        bool has_text = to->is_open && to->text.len > to->start;
        if (end > at && odt->blank_is_due && has_text)
            office_text_append(to, bytes_from_string(" "));
        if (end > at)
            odt->blank_is_due = false;
        office_text_append(to, bytes_slice(text, at, end - at));
        odt->blank_is_due |= end < text.len;
        while (end < text.len && text.at[end] <= ' ')
            end++;
        at = end;
    }
}

static void append_blanks(struct odt *odt)
{
    struct bytes count = xml_attribute(odt->xml, "c", odt->office->arena);
    uint64_t blanks = 1;
    if (count.at && (!bytes_to_number(count, &blanks) || blanks > 1000))
        blanks = 1;
    for (uint64_t i = 0; i < blanks; i++)
        append(odt, " ");
}

static void paragraph_begin(struct odt *odt)
{
    if (in_row(odt) && odt->cell_paragraphs++ > 0)
        paragraph_close(odt, SPAN_PARAGRAPH);
    if (!here(odt)->is_open)
        office_paragraph_begin(here(odt));
    odt->paragraphs++;
    odt->blank_is_due = false;
}

static void paragraph_end(struct odt *odt, enum element element)
{
    odt->paragraphs -= odt->paragraphs > 0;
    if (!in_row(odt))
        paragraph_close(odt, element == HEADING ? SPAN_HEADING : SPAN_PARAGRAPH);
}

static void cell_begin(struct odt *odt)
{
    odt->cell_paragraphs = 0;
    if (odt->cells++ > 0 && in_row(odt))
        office_text_append(here(odt), bytes_from_string("\t"));
}

static void row_edge(struct odt *odt, bool begins)
{
    if (side_of(odt) == OFFICE_BODY)
        paragraph_close(odt, SPAN_PARAGRAPH);
    if (begins)
        odt->rows++;
    else
        odt->rows -= odt->rows > 0;
    odt->cells = begins ? 0 : 1;
    odt->cell_paragraphs = 0;
}

static void note_class(struct odt *odt)
{
    odt->is_endnote =
        bytes_is(xml_attribute(odt->xml, "note-class", odt->office->arena), "endnote");
}

static void begin_inside(struct odt *odt, enum element element)
{
    switch (element) {
    case PARAGRAPH:
    case HEADING:
        paragraph_begin(odt);
        break;
    case BLANKS:
        append_blanks(odt);
        break;
    case TAB:
        append(odt, "\t");
        break;
    case BREAK:
        append(odt, "\n");
        break;
    case NOTE:
        note_class(odt);
        break;
    case NOTE_BODY:
        push(odt, odt->is_endnote ? OFFICE_ENDNOTES : OFFICE_FOOTNOTES);
        break;
    case ANNOTATION:
        odt->office->comments++;
        odt->author = (struct bytes){ 0 };
        push(odt, OFFICE_COMMENTS);
        break;
    case DELETED_REGION:
        odt->office->deleted++;
        odt->author = (struct bytes){ 0 };
        push(odt, OFFICE_DELETED);
        break;
    case INSERTED_REGION:
        odt->office->inserted++;
        break;
    case CHANGE_START:
        odt->inserted_at = here(odt)->text.len + odt->blank_is_due;
        break;
    case CHANGE_END:
        office_text_span(here(odt), SPAN_INSERTED, odt->inserted_at, (struct bytes){ 0 });
        odt->inserted_at = here(odt)->text.len;
        break;
    case CREATOR:
        odt->takes_author = true;
        break;
    case ROW:
        row_edge(odt, true);
        break;
    case CELL:
        cell_begin(odt);
        break;
    case BOX:
        push(odt, OFFICE_BOXES);
        break;
    case HIDDEN:
        odt->hidden++;
        break;
    case EDGE:
        push(odt, OFFICE_EDGES);
        break;
    case PICTURE:
        odt->office->pictures++;
        break;
    case PLUGIN:
        odt->office->embedded++;
        break;
    case OTHER:
    case BODY:
    case CITATION:
    case DATE:
    case CHANGES:
    case SKIPPED:
        break;
    }
}

static void begin(struct odt *odt, enum element element)
{
    if (element == SKIPPED || element == CITATION || element == DATE)
        odt->skipped = odt->xml->depth;
    else if (element == BODY)
        odt->texts++;
    else if (odt->texts > 0 || odt->nested > 0 || element == EDGE)
        begin_inside(odt, element);
}

static void close_side(struct odt *odt)
{
    paragraph_close(odt, SPAN_PARAGRAPH);
    pop(odt);
}

static void close(struct odt *odt, enum element element)
{
    if (element == BODY)
        odt->texts -= odt->texts > 0;
    else if (odt->texts == 0 && odt->nested == 0)
        return;
    else if (element == PARAGRAPH || element == HEADING)
        paragraph_end(odt, element);
    else if (element == NOTE_BODY || element == ANNOTATION || element == DELETED_REGION ||
             element == EDGE || element == BOX)
        close_side(odt);
    else if (element == CREATOR)
        odt->takes_author = false;
    else if (element == ROW)
        row_edge(odt, false);
    else if (element == HIDDEN)
        odt->hidden -= odt->hidden > 0;
}

static void take_characters(struct odt *odt)
{
    if (odt->takes_author && odt->author.len == 0)
        odt->author = arena_copy(odt->office->arena, bytes_trim(odt->xml->text));
    else if (!odt->takes_author && odt->paragraphs > 0)
        append_characters(odt, odt->xml->text);
}

static void read_markup(struct odt *odt)
{
    struct xml_stream *xml = odt->xml;
    for (enum xml_event event; (event = xml_next(xml)) != XML_END;) {
        if (odt->skipped > 0) {
            if (event == XML_CLOSE && xml->depth == odt->skipped)
                odt->skipped = 0;
            continue;
        }
        if (event == XML_CHARACTERS)
            take_characters(odt);
        else if (event == XML_BEGIN)
            begin(odt, element_of(xml));
        else if (event == XML_CLOSE)
            close(odt, element_of(xml));
    }
    while (odt->nested > 0)
        close_side(odt);
    odt->rows = 0;
    paragraph_close(odt, SPAN_PARAGRAPH);
}

/* The list of members says which are locked. */
static void note_locks(struct office *office, struct zip *zip, const char *path)
{
    struct xml_stream xml;
    if (!office_xml_open(office, zip, path, &xml))
        return;
    for (enum xml_event event; (event = xml_next(&xml)) != XML_END;)
        if (event == XML_BEGIN && strcmp(xml.name, "encryption-data") == 0)
            office->is_locked = true;
    xml_close(&xml);
}

bool odt_member(struct office *office, struct zip *zip, const char *path)
{
    bool is_body = strcmp(path, "content.xml") == 0 && !office->has_body;
    struct xml_stream xml;
    if (strcmp(path, "meta.xml") == 0)
        office_properties_read(office, zip, path);
    else if (strcmp(path, "META-INF/manifest.xml") == 0)
        note_locks(office, zip, path);
    else if (!is_body && strcmp(path, "styles.xml") != 0)
        return false;
    else if (office_xml_open(office, zip, path, &xml)) {
        struct odt odt = { .office = office, .xml = &xml };
        office->has_body |= is_body;
        read_markup(&odt);
        office_xml_close(office, path, &xml);
    }
    return true;
}
