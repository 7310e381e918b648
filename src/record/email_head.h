/* email_head.h - the lines of a printed e-mail's header: From, Sent, To, Cc, Subject, with or
 * without their colon. */
#ifndef RECORD_EMAIL_HEAD_H
#define RECORD_EMAIL_HEAD_H

#include "record/record.h"

enum email_label {
    EMAIL_NONE,
    EMAIL_FROM,
    EMAIL_SENT,
    EMAIL_TO,
    EMAIL_CC,
    EMAIL_BCC,
    EMAIL_SUBJECT,
    EMAIL_ATTACHMENTS,
    EMAIL_IMPORTANCE,
};

/* The label that `line` (blanks cut off) begins with; *value is what stands behind it. */
enum email_label email_label(struct bytes line, struct bytes *value);

/* From, with Sent, Date or To within eight lines: a header begins with the line at `at`. */
bool email_head_begins(struct bytes text, uint32_t at);

/* "Original Message", with or without dashes around. */
bool is_original_marker(struct bytes line);

/* "On Dec 13, 2009, at 10:56 AM, Ana Duarte wrote:": the name, or empty. */
struct bytes wrote_name(struct bytes line);

enum field_name email_field(enum email_label label);

/* Lines that a release prints on every page: case and document number, the committee's notice. */
bool is_release_banner(struct bytes line);

/* Cut an exemption code off the line's end when it stands in the right margin (column 90 and more).
 * Answers the code. */
struct bytes margin_take(struct bytes text, struct line *line);

#endif
