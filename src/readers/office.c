/* office.c - Word and OpenDocument texts: the zip, the parts, the verdict. */
#include "readers/office.h"

#include <archive.h>
#include <libxml/xmlversion.h>
#include <stdio.h>

#include "base/scoped.h"
#include "readers/office_reader.h"
#include "readers/office_sample.h"
#include "readers/text_part.h"
#include "readers/text_reader.h"
#include "readers/warm.h"
#include "text/utf8.h"

static const char *const side_names[OFFICE_SIDES] = {
    [OFFICE_BODY] = "",
    [OFFICE_BOXES] = "text boxes",
    [OFFICE_FOOTNOTES] = "footnotes",
    [OFFICE_ENDNOTES] = "endnotes",
    [OFFICE_COMMENTS] = "comments",
    [OFFICE_DELETED] = "deleted text",
    [OFFICE_HIDDEN] = "hidden text",
    [OFFICE_EDGES] = "page heads and feet",
};

void office_note_trouble(struct office *office, const char *trouble, const char *path)
{
    if (office->trouble || !trouble)
        return;
    SCOPED(buffer_release) struct buffer where = { 0 };
    utf8_repair(bytes_slice(bytes_from_string(path), 0, 200), &where);
    office->trouble = trouble;
    office->trouble_where = arena_copy(office->arena, buffer_bytes(&where));
}

bool office_xml_open(struct office *office, struct zip *zip, const char *path,
                     struct xml_stream *xml)
{
    struct fault fault;
    if (xml_open(xml, zip, &fault) == OK)
        return true;
    office_note_trouble(office, "no memory for its markup", path);
    return false;
}

void office_xml_close(struct office *office, const char *path, struct xml_stream *xml)
{
    office->references += xml->references;
    office_note_trouble(office, xml->trouble, path);
    xml_close(xml);
}

bool office_is_on(struct bytes value)
{
    return !value.at ||
           !(bytes_is(value, "0") || bytes_is(value, "false") || bytes_is(value, "off"));
}

void office_properties_read(struct office *office, struct zip *zip, const char *path)
{
    struct xml_stream xml;
    struct bytes *to = NULL;
    if (!office_xml_open(office, zip, path, &xml))
        return;
    for (enum xml_event event; (event = xml_next(&xml)) != XML_END;) {
        if (event == XML_CHARACTERS && to && to->len == 0)
            *to = arena_copy(office->arena, bytes_slice(bytes_trim(xml.text), 0, 2048));
        else if (event == XML_BEGIN)
            to = strcmp(xml.name, "title") == 0             ? &office->title
                 : strcmp(xml.name, "initial-creator") == 0 ? &office->author
                 : strcmp(xml.name, "creator") == 0         ? &office->author
                 : strcmp(xml.name, "created") == 0         ? &office->created
                 : strcmp(xml.name, "creation-date") == 0   ? &office->created
                                                            : NULL;
        else if (event == XML_CLOSE)
            to = NULL;
    }
    office_xml_close(office, path, &xml);
}

static enum status read_members(struct office *office, const struct reader_input *input,
                                struct sink *sink, struct fault *fault)
{
    struct zip zip;
    const char *path;
    TRY(zip_open(&zip, input, fault));
    while ((path = zip_next(&zip)) != NULL) {
        office->is_locked |= zip.is_locked;
        if (!zip.is_locked && !docx_member(office, &zip, path))
            odt_member(office, &zip, path);
    }
    office_note_trouble(office, zip.trouble, "");
    if (zip.trouble)
        sink->unread = input->len - (zip.stream.at < input->len ? zip.stream.at : input->len);
    zip_close(&zip);
    return OK;
}

static enum status check_sides(struct office *office, struct fault *fault)
{
    for (int i = 0; i < OFFICE_SIDES; i++) {
        if (office->sides[i].failed != OK)
            return no_memory(fault);
        TRY(buffer_check(&office->sides[i].text, fault));
        if (office->sides[i].is_cut)
            office_note_trouble(office, "more than 64 MiB of text: the rest is left",
                                side_names[i]);
        span_list_sort(&office->sides[i].spans);
    }
    return OK;
}

static void say(struct buffer *reason, const char *words)
{
    buffer_print(reason, "%s%s", reason->len > 0 ? "; " : "", words);
}

static void say_counted(struct buffer *reason, uint64_t count, const char *one, const char *many)
{
    if (count > 0)
        buffer_print(reason, "%s%llu %s", reason->len > 0 ? "; " : "", (unsigned long long)count,
                     count == 1 ? one : many);
}

/* What stands beside the body, so that nobody takes the body for all. */
static void say_sides(const struct office *office, bool is_story, struct buffer *reason)
{
    int first = is_story ? OFFICE_COMMENTS : OFFICE_BOXES;
    const char *before = is_story ? "not checked: " : "in parts of their own: ";
    const char *gap = reason->len > 0 ? "; " : "";
    for (int i = first; i < OFFICE_SIDES; i++) {
        if (office->sides[i].spans.count == 0)
            continue;
        buffer_print(reason, "%s%s%s", gap, before, side_names[i]);
        gap = "";
        before = ", ";
    }
}

static enum verdict judge(const struct office *office, bool is_story, struct buffer *reason)
{
    enum verdict verdict = VERDICT_FULL;
    if (office->trouble) {
        buffer_append_bytes(reason, office->trouble_where);
        buffer_print(reason, "%s%s", office->trouble_where.len > 0 ? ": " : "", office->trouble);
        verdict = VERDICT_PARTIAL;
    }
    if (office->is_locked)
        say(reason, "locked with a password");
    if (office->inserted + office->deleted > 0)
        buffer_print(reason, "%stracked changes taken as accepted (%llu inserted, %llu deleted)",
                     reason->len > 0 ? "; " : "", (unsigned long long)office->inserted,
                     (unsigned long long)office->deleted);
    say_sides(office, is_story, reason);
    say_counted(reason, office->pictures, "picture not read", "pictures not read");
    say_counted(reason, office->embedded, "file inside not read", "files inside not read");
    say_counted(reason, office->references, "reference to an entity not followed",
                "references to entities not followed");
    if (office->is_locked || office->embedded + office->references > 0)
        verdict = VERDICT_PARTIAL;
    size_t text = 0;
    for (int i = 0; i < OFFICE_SIDES; i++)
        text += office->sides[i].spans.count;
    if (text == 0 && reason->len == 0)
        say(reason, "no text");
    if (text == 0 && (office->trouble || office->is_locked))
        return VERDICT_FAILED;
    return text == 0 && office->pictures > 0 ? VERDICT_PARTIAL : verdict;
}

static size_t fields_of(const struct office *office, struct field *fields)
{
    struct bytes from = bytes_from_string("the file's properties");
    size_t count = 0;
    if (office->title.len > 0)
        fields[count++] = (struct field){ FIELD_TITLE, BASIS_DECLARED, office->title, from };
    if (office->author.len > 0)
        fields[count++] = (struct field){ FIELD_FROM, BASIS_DECLARED, office->author, from };
    struct field date = { FIELD_DATE, BASIS_INFERRED, bytes_slice(office->created, 0, 10),
                          bytes_from_string("when the file was made, by its properties") };
    int32_t days;
    enum date_precision precision;
    if (date_from_field(date.value, &days, &precision))
        fields[count++] = date;
    if (office->inserted + office->deleted > 0)
        fields[count++] = (struct field){ FIELD_ANOMALY,
                                          BASIS_STATED,
                                          bytes_from_string("tracked changes: read as accepted"),
                                          { 0 } };
    return count;
}

/* Footnotes and boxes are part of what a story says; they follow its body. */
static void join_story(struct office *office)
{
    for (int i = OFFICE_BOXES; i <= OFFICE_ENDNOTES; i++) {
        office_text_join(&office->sides[OFFICE_BODY], &office->sides[i]);
        office_text_release(&office->sides[i]);
    }
}

static enum status send_sides(const struct office *office, struct sink *sink, struct fault *fault)
{
    for (int i = OFFICE_BOXES; i < OFFICE_SIDES; i++)
        TRY(text_part_send(sink, bytes_from_string(side_names[i]),
                           buffer_bytes(&office->sides[i].text), &office->sides[i].spans, fault));
    return OK;
}

enum status office_send(struct office *office, const struct reader_input *input, struct sink *sink,
                        struct fault *fault)
{
    struct field fields[8];
    SCOPED(buffer_release) struct buffer reason = { 0 };
    bool is_story = input->flags & BATCH_KEEP_LINES;
    TRY(check_sides(office, fault));
    if (is_story)
        join_story(office);
    enum verdict verdict = judge(office, is_story, &reason);
    SCOPED(text_parts_release)
    struct text_parts parts = {
        .sink = sink, .name = input->name, .kind = KIND_TEXT, .fields = fields, .own_yields = true
    };
    parts.field_count = fields_of(office, fields);
    parts.own = &office->sides[OFFICE_BODY].spans;
    parts.pending = office->sides[OFFICE_BODY].text;
    office->sides[OFFICE_BODY].text = (struct buffer){ 0 };
    TRY(buffer_check(&reason, fault));
    if (verdict == VERDICT_FAILED)
        sink->unread = input->len;
    TRY(text_parts_rest(&parts, fault));
    TRY(send_sides(office, sink, fault));
    return text_parts_end(&parts, verdict, buffer_bytes(&reason), fault);
}

static enum status refuse(const struct office *office, const struct reader_input *input,
                          struct sink *sink, struct fault *fault)
{
    const char *why = office->is_locked ? "locked with a password"
                      : office->trouble ? office->trouble
                                        : "no text document inside the zip";
    sink->unread = input->len;
    TRY(sink_document(sink, KIND_TEXT, (struct bytes){ 0 }, fault));
    return sink_document_end(sink, VERDICT_FAILED, bytes_from_string(why), fault);
}

void office_release(struct office *office)
{
    for (int i = 0; i < OFFICE_SIDES; i++)
        office_text_release(&office->sides[i]);
}

static enum status office_read(const struct reader_input *input, struct sink *sink,
                               struct arena *arena, struct fault *fault)
{
    struct office office = { .arena = arena };
    enum status answer = read_members(&office, input, sink, fault);
    if (answer == OK)
        answer = office.has_body ? office_send(&office, input, sink, fault)
                                 : refuse(&office, input, sink, fault);
    office_release(&office);
    return answer;
}

static enum status office_warm(struct fault *fault)
{
    TRY(archive_stream_prepare(fault));
    SCOPED(buffer_release) struct buffer sample = { 0 };
    TRY(office_sample(&sample, fault));
    return warm_over(office_read, buffer_bytes(&sample), fault);
}

static const char libraries[] =
    "libarchive " ARCHIVE_VERSION_ONLY_STRING ", libxml2 " LIBXML_DOTTED_VERSION;

const struct reader docx_reader = {
    .format = FORMAT_DOCX,
    .name = "docx",
    .library = libraries,
    .read = office_read,
    .warm = office_warm,
};
const struct reader odt_reader = {
    .format = FORMAT_ODT,
    .name = "odt",
    .library = libraries,
    .read = office_read,
};
