/* descriptions.h - what the story says of a document against what the document states of itself.
 *
 * docs/statements.md. A description belongs to the document that a quotation of its own sentence
 * traced to; where only its paragraph tells, nothing is more than a query.
 */
#ifndef CHECK_DESCRIPTIONS_H
#define CHECK_DESCRIPTIONS_H

#include "check/run.h"
#include "mention/description.h"
#include "text/field.h"

MUST_USE enum status descriptions_judge(struct run *run, struct fault *fault);

enum field_relation { FIELD_UNSAID, FIELD_AGREES, FIELD_CONSISTENT, FIELD_UNKNOWN, FIELD_DIFFERS };

/* Each as far as both say it. UNKNOWN: the document does not state it. CONSISTENT: an inferred
 * value, which never differs. No archive: unit-tested. */
enum field_relation description_class(const struct description *description,
                                      const struct field_list *fields);
enum field_relation description_date(const struct description *description,
                                     const struct field_list *fields, int32_t written_on);
enum field_relation description_origin(const struct saying *saying,
                                       const struct description *description,
                                       const struct field_list *fields, enum document_kind kind);
enum field_relation description_kind(const struct description *description,
                                     enum document_kind kind);

#endif
