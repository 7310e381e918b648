/* office.h - what a word processor's file holds, gathered from its markup, and how it is told.
 *
 * docx.c, odt.c and rtf.c fill it; office.c opens the zip, asks the first two, sends body and side
 * texts, and gives the verdict. What a page does not show (deleted, hidden, comments) is kept in
 * parts of their own.
 */
#ifndef READERS_OFFICE_H
#define READERS_OFFICE_H

#include "readers/office_text.h"
#include "readers/xml_stream.h"

enum office_side {
    OFFICE_BODY,
    OFFICE_BOXES, /* text boxes */
    OFFICE_FOOTNOTES,
    OFFICE_ENDNOTES,
    OFFICE_COMMENTS,
    OFFICE_DELETED, /* by tracked changes */
    OFFICE_HIDDEN,
    OFFICE_EDGES, /* page heads and feet */
    OFFICE_SIDES,
};

struct office {
    struct arena *arena;
    struct office_text sides[OFFICE_SIDES];
    uint64_t inserted; /* tracked insertions, deletions, paragraph marks left out */
    uint64_t deleted;
    uint64_t comments;
    uint64_t pictures;
    uint64_t embedded; /* files inside, not read */
    uint64_t references;
    bool has_body;      /* the body was met */
    bool is_locked;     /* with a password */
    struct bytes title; /* of the file's properties */
    struct bytes author;
    struct bytes created;
    const char *trouble;        /* the first, in words; static */
    struct bytes trouble_where; /* the member's path, or empty */
};

/* The first trouble is kept; path: where, or "". */
void office_note_trouble(struct office *office, const char *trouble, const char *path);
/* The document: body, side texts, verdict. */
MUST_USE enum status office_send(struct office *office, const struct reader_input *input,
                                 struct sink *sink, struct fault *fault);
void office_release(struct office *office);

/* Whether this member is read; reads it if so. */
typedef bool office_member(struct office *office, struct zip *zip, const char *path);
office_member docx_member;
office_member odt_member;

/* Open the member as XML; false when that fails (and is noted). */
bool office_xml_open(struct office *office, struct zip *zip, const char *path,
                     struct xml_stream *xml);
void office_xml_close(struct office *office, const char *path, struct xml_stream *xml);
/* The words of the first element of each name: title, creator, created and so on. */
void office_properties_read(struct office *office, struct zip *zip, const char *path);
/* "true", "1", "on" or nothing at all: a switch is on. */
bool office_is_on(struct bytes value);

#endif
