/* xml_stream.h - XML as a stream of events (libxml2's text reader): no tree, no network, no entity
 * of the document's own, no DTD, at most 256 levels deep.
 *
 * The bytes come from a member of a zip.
 */
#ifndef READERS_XML_STREAM_H
#define READERS_XML_STREAM_H

#include "readers/zip_member.h"

enum xml_event { XML_END, XML_BEGIN, XML_CLOSE, XML_CHARACTERS };

struct xml_stream {
    const char *name;    /* BEGIN, CLOSE: the element without its prefix; lent */
    const char *prefix;  /* "" without one */
    struct bytes text;   /* CHARACTERS; lent until the next event */
    int depth;           /* of the element; the root's is 0 */
    uint64_t references; /* to entities, which stay unread */
    const char *trouble; /* at XML_END: why it ended early, in words; static, or NULL */
    struct zip *zip;     /* private from here on */
    void *reader;
    bool closes_next; /* an empty element's CLOSE is due */
    uint8_t first[4]; /* bytes looked at before the rest */
    int first_len;
    int first_at;
};

/* What libxml2 must be told once, before anything is read. */
void xml_prepare(void);
/* The stream must stay where it is until it is closed. */
MUST_USE enum status xml_open(struct xml_stream *xml, struct zip *zip, struct fault *fault);
/* Every BEGIN has its CLOSE, unless the stream ends early. */
enum xml_event xml_next(struct xml_stream *xml);
/* At BEGIN: an attribute's value by its name without prefix, copied; at == NULL when there is
 * none. */
struct bytes xml_attribute(struct xml_stream *xml, const char *name, struct arena *arena);
void xml_close(struct xml_stream *xml);

#endif
