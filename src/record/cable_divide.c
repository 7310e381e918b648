#include "record/cable.h"

#include "record/marking.h"

enum {
    BANNER_LINES_MAX = 80,
    UNLABELLED_MAX = 1500, /* bytes without a label after which the head is over */
    GLUED_LINE_MAX = 4096,
};

static const char *const caption_words[] = {
    "SIPDIS",  "NOFORN", "SENSITIVE",  "TERREP", "EFTO",  "NODIS",  "EXDIS",
    "STADIS",  "LIMDIS", "DEA",        "EYES",   "ONLY",  "ROGER",  "DISSENT",
    "CHANNEL", "ORCON",  "NOCONTRACT", "SIPIDS", "SIPDS", "STADIS",
};

static bool is_caption(struct bytes word)
{
    for (size_t i = 0; i < sizeof caption_words / sizeof caption_words[0]; i++)
        if (bytes_is(word, caption_words[i]))
            return true;
    return false;
}

static struct bytes next_word(struct bytes line, size_t *at)
{
    while (*at < line.len && (is_blank(line.at[*at]) || strchr("/,;()", line.at[*at]) != NULL))
        (*at)++;
    size_t start = *at;
    while (*at < line.len && !is_blank(line.at[*at]) && strchr("/,;()", line.at[*at]) == NULL)
        (*at)++;
    return bytes_slice(line, start, *at - start);
}

bool line_is_captions(struct bytes line)
{
    if (line.len < 4 || line.len > 60 || !is_upper(line.at[0]))
        return false;
    size_t at = 0;
    for (struct bytes word = next_word(line, &at); word.len > 0; word = next_word(line, &at))
        if (!is_caption(word))
            return false;
    return !bytes_is(line, "SECRET") && !bytes_is(line, "ONLY") && !bytes_is(line, "CHANNEL");
}

static bool has_caption(const struct record *record, struct bytes word)
{
    const struct field_list *fields = &record->document->fields;
    for (size_t i = 0; i < fields->count; i++)
        if (fields->at[i].name == FIELD_CAPTION && bytes_equal(fields->at[i].value, word))
            return true;
    return false;
}

void captions_note(struct record *record, struct bytes line)
{
    static const char *const pairs[] = { "DEA SENSITIVE", "EYES ONLY", "ROGER CHANNEL",
                                         "DISSENT CHANNEL" };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (bytes_is(line, pairs[i])) {
            record_field(record, FIELD_CAPTION, line);
            return;
        }
    size_t at = 0;
    for (struct bytes word = next_word(line, &at); word.len > 0; word = next_word(line, &at))
        if (!has_caption(record, word))
            record_field(record, FIELD_CAPTION, word);
}

static size_t label_end(struct bytes line, size_t at)
{
    while (at < line.len && (line.at[at] == ':' || line.at[at] == '.' || is_blank(line.at[at])))
        at++;
    return at;
}

static enum cable_label order_label(struct bytes line, size_t *value)
{
    static const char *const forms[] = { "E.O. 1",   "E.O.1",   "E. O. 1", "EO 1",
                                         "E.O. : 1", "E.O.: 1", "E.O 1" };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (bytes_has_prefix_fold(line, forms[i])) {
            *value = 0;
            return LABEL_ORDER;
        }
    return LABEL_NONE;
}

static enum cable_label ref_label(struct bytes line, size_t *value)
{
    size_t at = 3;
    if (bytes_has_prefix_fold(bytes_slice(line, at, 3), "(s)"))
        at += 3;
    else if (at < line.len && (line.at[at] | 0x20) == 's')
        at++;
    bool has_mark = at < line.len && (line.at[at] == ':' || line.at[at] == '.');
    *value = label_end(line, at);
    if (has_mark)
        return LABEL_REF;
    bool is_item =
        *value > at && *value < line.len && (is_upper(line.at[*value]) || line.at[*value] == '(');
    return is_item && is_upper(line.at[1]) ? LABEL_REF : LABEL_NONE;
}

enum cable_label label_read(struct bytes line, size_t *value)
{
    static const struct {
        const char *word;
        enum cable_label label;
        bool needs_mark;
    } labels[] = {
        { "TAGS", LABEL_TAGS, false },
        { "TAG", LABEL_TAGS, true },
        { "SUBJECT", LABEL_SUBJECT, true },
        { "SUBJ", LABEL_SUBJECT, true },
        { "CLASSIFIED BY", LABEL_CLASSIFIED, false },
        { "DERIVED FROM", LABEL_DERIVED, false },
    };
    if (line.len < 4 || strchr("ETSCRDetscrd", line.at[0]) == NULL)
        return LABEL_NONE;
    if ((line.at[0] | 0x20) == 'e')
        return order_label(line, value);
    if (bytes_has_prefix_fold(line, "REF"))
        return ref_label(line, value);
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t len = strlen(labels[i].word);
        if (!bytes_has_prefix_fold(line, labels[i].word))
            continue;
        bool has_mark =
            len < line.len && (line.at[len] == ':' || line.at[len] == ';' || line.at[len] == '.');
        bool has_blank = len == line.len || is_blank(line.at[len]);
        if (!has_mark && (labels[i].needs_mark || !has_blank))
            continue;
        *value = label_end(line, len + (len < line.len && line.at[len] == ';'));
        return labels[i].label;
    }
    return LABEL_NONE;
}

size_t paragraph_number(struct bytes line, struct bytes *number)
{
    size_t at = 0;
    bool has_pilcrow = line.len > 2 && line.at[0] == 0xC2 && line.at[1] == 0xB6;
    if (has_pilcrow)
        at = 2;
    while (has_pilcrow && at < line.len && is_blank(line.at[at]))
        at++;
    size_t digits = at;
    while (at < line.len && is_digit(line.at[at]) && at - digits < 4)
        at++;
    size_t count = at - digits;
    if (count == 0 || count > 3 || at >= line.len)
        return 0;
    *number = bytes_slice(line, digits, count);
    bool has_dot = line.at[at] == '.' || line.at[at] == ')';
    if (has_dot)
        at++;
    bool is_ended =
        at == line.len || is_blank(line.at[at]) || line.at[at] == '(' || (has_pilcrow && has_dot);
    if (!is_ended)
        return 0;
    while (at < line.len && is_blank(line.at[at]))
        at++;
    if (!has_dot && (at == line.len || line.at[at] != '('))
        return 0;
    return has_dot || has_pilcrow || (at + 2 < line.len && is_upper(line.at[at + 1])) ? at : 0;
}

/* The last banner of a first section among the first lines is the telegram's own: what stands
 * before it is a preview. */
static void find_banner(struct cable *cable)
{
    struct bytes text = cable->record->text;
    struct line line;
    bool numbered = false;
    uint32_t at = 0;
    for (int i = 0; i < BANNER_LINES_MAX && line_read(text, at, &line); i++, at = line.next) {
        struct bytes number, bytes = line_bytes(text, &line);
        struct banner banner;
        numbered |= paragraph_number(bytes, &number) > 0;
        if (bytes.len < 6 || !banner_read(bytes, &banner) ||
            (banner.section > 1 && cable->has_banner))
            continue;
        if (banner.post.len == 0 && (cable->has_banner || i > 4 || bytes.len > 60))
            continue;
        bool is_same =
            bytes_equal(banner.post, cable->banner.post) && banner.serial == cable->banner.serial;
        if (cable->has_banner && cable->banner.post.len > 0 && numbered && !is_same)
            continue;
        cable->has_banner = true;
        cable->banner = banner;
        cable->banner_start = line.start;
        cable->banner_end = banner.is_glued ? line.start + (uint32_t)banner.len : line.end;
    }
}

static struct cable_piece *piece_add(struct cable *cable, enum cable_label label, uint32_t start,
                                     uint32_t value, uint32_t end)
{
    struct cable_piece *last =
        cable->piece_count > 0 ? &cable->pieces[cable->piece_count - 1] : NULL;
    if (last != NULL && label == LABEL_NONE && last->label == LABEL_NONE) {
        last->end = end;
        return last;
    }
    if (cable->piece_count == CABLE_PIECES_MAX)
        return NULL;
    struct cable_piece *piece = &cable->pieces[cable->piece_count++];
    *piece = (struct cable_piece){ label, start, value, end };
    return piece;
}

/* Labels inside one long line: "...SIPDISE.O. 12958: DECL: 11/14/2012TAGS: PRELSUBJECT: ..." */
static void divide_glued(struct cable *cable, const struct line *line)
{
    struct bytes text = cable->record->text;
    uint32_t start = cable->banner_end;
    uint32_t end = line->end - start > GLUED_LINE_MAX ? start + GLUED_LINE_MAX : line->end;
    struct cable_piece *piece = piece_add(cable, LABEL_NONE, start, start, end);
    for (uint32_t at = start; piece != NULL && at < end; at++) {
        size_t value = 0;
        uint8_t byte = text.at[at];
        if (byte != 'E' && byte != 'T' && byte != 'S' && byte != 'R' && byte != 'C')
            continue;
        enum cable_label label = label_read(bytes_slice(text, at, end - at), &value);
        bool is_marked = label == LABEL_ORDER || label == LABEL_CLASSIFIED ||
                         (value > 0 && text.at[at + value - 1] != 'S');
        if (label == LABEL_NONE || !is_marked)
            continue;
        piece->end = at;
        piece = piece_add(cable, label, at, at + (uint32_t)value, end);
        at += (uint32_t)value;
    }
}

static bool is_ref_item(struct bytes line)
{
    size_t at = 0;
    if (line.len > 3 && line.at[0] == 0xC2 && line.at[1] == 0xB6)
        at = 2;
    else if (line.len > 3 && line.at[0] == '(')
        at = 1;
    return line.len > at + 2 && is_upper(line.at[at]) &&
           (line.at[at + 1] == '.' || line.at[at + 1] == ')');
}

/* "(C) The minister said": a mark opens a paragraph where no number follows; "(C) LIMA 44" is an
 * item. */
static bool opens_text(struct bytes line)
{
    char mark[MARKING_MAX];
    struct reference reference;
    size_t at = line.len > 3 && line.at[0] == '(' ? marking_read(line, 0, mark) : 0;
    if (at == 0)
        return false;
    while (at < line.len && is_blank(line.at[at]))
        at++;
    return reference_read(line, at, true, &reference) == 0;
}

/* How many lines a value may take. */
static unsigned lines_max(enum cable_label label)
{
    switch (label) {
    case LABEL_ORDER:
        return 3;
    case LABEL_TAGS:
        return 6;
    case LABEL_SUBJECT:
        return 6;
    case LABEL_REF:
        return 100;
    case LABEL_CLASSIFIED:
        return 8;
    case LABEL_DERIVED:
        return 4;
    case LABEL_NONE:
    case LABELS:
        break;
    }
    return 1;
}

struct division {
    struct cable_piece *open; /* the labelled piece that goes on */
    unsigned lines;
    bool gap;
    uint32_t unlabelled; /* bytes since the last label */
};

/* Where a further label begins inside a line ("REF: KABUL 12 Classified By: ..."), or the line's
 * end. */
static uint32_t inner_label(struct bytes text, const struct line *line)
{
    uint32_t limit =
        line->end - line->start > GLUED_LINE_MAX ? line->start + GLUED_LINE_MAX : line->end;
    for (uint32_t at = line->start + 1; at + 5 < limit; at++) {
        size_t value = 0;
        if (text.at[at - 1] != ' ' || strchr("ETSRC", text.at[at]) == NULL)
            continue;
        enum cable_label label = label_read(bytes_slice(text, at, limit - at), &value);
        bool has_mark =
            value > 0 && bytes_find_byte(bytes_slice(text, at, value), ':', 0) != SIZE_MAX;
        if (label == LABEL_ORDER || (label != LABEL_NONE && has_mark &&
                                     is_upper(text.at[at + (label != LABEL_CLASSIFIED)])))
            return at;
    }
    return line->end;
}

/* One run of a line of the head; false when the head is over before it. */
static bool divide_run(struct cable *cable, const struct line *line, struct division *division)
{
    struct bytes bytes = line_bytes(cable->record->text, line);
    size_t value = 0;
    enum cable_label label = label_read(bytes, &value);
    if (label != LABEL_NONE) {
        division->open =
            piece_add(cable, label, line->start, line->start + (uint32_t)value, line->end);
        if (division->open == NULL)
            return false;
        division->unlabelled = 0;
        division->lines = 0;
        cable->body = line->next;
    } else if (division->open != NULL && !opens_text(bytes) &&
               division->lines < lines_max(division->open->label) &&
               (!division->gap || (division->open->label == LABEL_REF && is_ref_item(bytes)))) {
        division->open->end = line->end;
        division->unlabelled = 0;
        cable->body = line->next;
    } else {
        division->open = NULL;
        division->unlabelled += (uint32_t)bytes.len;
        if (piece_add(cable, LABEL_NONE, line->start, line->start, line->end) == NULL)
            return false;
        bool is_furniture = line_is_captions(bytes);
        if (is_furniture)
            cable->body = line->next;
    }
    division->lines++;
    division->gap = false;
    return division->unlabelled < UNLABELLED_MAX;
}

static bool divide_line(struct cable *cable, const struct line *line, struct division *division)
{
    struct bytes text = cable->record->text;
    struct line run = *line;
    for (;;) {
        uint32_t inner = inner_label(text, &run);
        bool is_last = inner >= line->end;
        run.end = is_last ? line->end : inner;
        while (run.end > run.start && is_blank(text.at[run.end - 1]))
            run.end--;
        if (!divide_run(cable, &run, division))
            return false;
        if (is_last)
            return true;
        run.start = inner;
        run.end = line->end;
    }
}

static bool has_label(const struct cable *cable)
{
    for (size_t i = 0; i < cable->piece_count; i++)
        if (cable->pieces[i].label != LABEL_NONE)
            return true;
    return false;
}

static void divide_head(struct cable *cable)
{
    struct bytes text = cable->record->text;
    struct division division = { 0 };
    struct line line;
    uint32_t at = cable->banner_start;
    if (cable->has_banner && line_read(text, at, &line)) {
        if (cable->banner.is_glued)
            divide_glued(cable, &line);
        cable->body = at = line.next;
    }
    for (; line_read(text, at, &line); at = line.next) {
        struct bytes number;
        if (line_is_empty(&line)) {
            division.gap = true;
            continue;
        }
        if (paragraph_number(line_bytes(text, &line), &number) > 0) {
            cable->is_numbered = true;
            if (!has_label(cable))
                cable->body = line.start;
            break;
        }
        if (!divide_line(cable, &line, &division))
            break;
    }
}

/* Unlabelled lines behind the last label belong to the text, not to the head. */
static void drop_late_pieces(struct cable *cable)
{
    while (cable->piece_count > 0 && cable->pieces[cable->piece_count - 1].start >= cable->body)
        cable->piece_count--;
    if (cable->piece_count > 0 && cable->pieces[cable->piece_count - 1].end > cable->body)
        cable->pieces[cable->piece_count - 1].end = cable->body;
}

void cable_divide(struct cable *cable)
{
    find_banner(cable);
    divide_head(cable);
    drop_late_pieces(cable);
}

bool cable_is(struct bytes text)
{
    struct line line;
    uint32_t at = 0;
    unsigned labels = 0;
    for (int i = 0; i < BANNER_LINES_MAX && line_read(text, at, &line); i++, at = line.next) {
        struct bytes bytes = line_bytes(text, &line);
        struct banner banner;
        size_t value;
        if (bytes.len < 6)
            continue;
        if (banner_read(bytes, &banner) && banner.post.len > 0)
            return true;
        enum cable_label label = label_read(bytes, &value);
        if (label == LABEL_ORDER || label == LABEL_TAGS || label == LABEL_SUBJECT)
            labels |= 1u << label;
        if ((labels & 1u << LABEL_ORDER) && (labels & (1u << LABEL_TAGS | 1u << LABEL_SUBJECT)))
            return true;
    }
    return false;
}
