#include "readers/xml_stream.h"

#include <libxml/xmlreader.h>

static xmlParserInputPtr load_nothing(const char *address, const char *name,
                                      xmlParserCtxtPtr context)
{
    (void)address;
    (void)name;
    (void)context;
    return NULL;
}

void xml_prepare(void)
{
    xmlInitParser();
    xmlSetExternalEntityLoader(load_nothing);
}

static int fill(void *context, char *to, int len)
{
    struct xml_stream *xml = context;
    int first = xml->first_len - xml->first_at;
    if (first == 0)
        return zip_read(xml->zip, to, len);
    int step = first < len ? first : len;
    memcpy(to, xml->first + xml->first_at, (size_t)step);
    xml->first_at += step;
    return step;
}

/* UTF-16 shows in its first bytes; all else is UTF-8, whatever it says of itself: a library that
 * converts other charsets would open files for it. */
static const char *encoding_of(struct xml_stream *xml)
{
    const uint8_t *first = xml->first;
    int got = 0;
    while (xml->first_len < 2 && (got = zip_read(xml->zip, xml->first + xml->first_len, 2)) > 0)
        xml->first_len += got;
    bool is_wide = xml->first_len >= 2 && (first[0] == 0 || first[1] == 0 || first[0] >= 0xFE);
    return is_wide ? NULL : "UTF-8";
}

static int leave(void *context)
{
    (void)context;
    return 0;
}

static void be_silent(void *context, const char *words, xmlParserSeverities severity,
                      xmlTextReaderLocatorPtr at)
{
    (void)context;
    (void)words;
    (void)severity;
    (void)at;
}

enum status xml_open(struct xml_stream *xml, struct zip *zip, struct fault *fault)
{
    xml_prepare();
    *xml = (struct xml_stream){ .zip = zip };
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
                  XML_PARSE_IGNORE_ENC;
    xmlResetLastError();
    xml->reader = xmlReaderForIO(fill, leave, xml, NULL, encoding_of(xml), options);
    if (!xml->reader)
        return no_memory(fault);
    xmlTextReaderSetErrorHandler(xml->reader, be_silent, NULL);
    return OK;
}

static enum xml_event end(struct xml_stream *xml)
{
    const xmlError *error = xmlGetLastError();
    xml->trouble = xml->zip->trouble;
    bool is_over = error && error->message && strstr(error->message, "XML_PARSE_HUGE");
    if (!xml->trouble && is_over)
        xml->trouble = strstr(error->message, "depth") ? "markup nested more than 256 levels deep"
                                                       : "a name or text without end in the markup";
    else if (!xml->trouble)
        xml->trouble = "the markup is broken or cut short";
    return XML_END;
}

static enum xml_event take_element(struct xml_stream *xml, enum xml_event event)
{
    xml->name = (const char *)xmlTextReaderConstLocalName(xml->reader);
    const xmlChar *prefix = xmlTextReaderConstPrefix(xml->reader);
    xml->prefix = prefix ? (const char *)prefix : "";
    xml->depth = xmlTextReaderDepth(xml->reader);
    xml->closes_next = event == XML_BEGIN && xmlTextReaderIsEmptyElement(xml->reader) == 1;
    return event;
}

enum xml_event xml_next(struct xml_stream *xml)
{
    if (xml->closes_next) {
        xml->closes_next = false;
        return XML_CLOSE;
    }
    for (;;) {
        int answer = xmlTextReaderRead(xml->reader);
        if (answer == 0)
            return XML_END;
        if (answer < 0)
            return end(xml);
        switch (xmlTextReaderNodeType(xml->reader)) {
        case XML_READER_TYPE_ELEMENT:
            return take_element(xml, XML_BEGIN);
        case XML_READER_TYPE_END_ELEMENT:
            return take_element(xml, XML_CLOSE);
        case XML_READER_TYPE_TEXT:
        case XML_READER_TYPE_CDATA:
        case XML_READER_TYPE_WHITESPACE:
        case XML_READER_TYPE_SIGNIFICANT_WHITESPACE: {
            const xmlChar *value = xmlTextReaderConstValue(xml->reader);
            xml->text = value ? bytes_from_string((const char *)value) : (struct bytes){ 0 };
            return XML_CHARACTERS;
        }
        case XML_READER_TYPE_ENTITY_REFERENCE:
            xml->references++;
            break;
        default:
            break;
        }
    }
}

struct bytes xml_attribute(struct xml_stream *xml, const char *name, struct arena *arena)
{
    struct bytes found = { 0 };
    if (xmlTextReaderMoveToFirstAttribute(xml->reader) != 1)
        return found;
    do {
        const char *here = (const char *)xmlTextReaderConstLocalName(xml->reader);
        const char *value = (const char *)xmlTextReaderConstValue(xml->reader);
        if (here && value && strcmp(here, name) == 0) {
            found = arena_copy(arena, bytes_from_string(value));
            break;
        }
    } while (xmlTextReaderMoveToNextAttribute(xml->reader) == 1);
    xmlTextReaderMoveToElement(xml->reader);
    return found;
}

void xml_close(struct xml_stream *xml)
{
    xmlFreeTextReader(xml->reader);
    xml->reader = NULL;
}
