/* record.h - rows as values from and to the structs that other rooms see. Strings lent both ways.
 */
#ifndef CATALOG_RECORD_H
#define CATALOG_RECORD_H

#include "catalog/change.h"
#include "catalog/row.h"

struct row row_from_state(const struct catalog_state *state);
struct row row_from_collection(const struct collection_row *collection);
struct row row_from_document(const struct document_record *record);
struct row row_from_former(const struct former_reading *former);
struct row row_from_ledger(const struct ledger_row *ledger);
struct row row_from_original(const struct original_record *record);
struct row row_from_segment(const struct segment_record *record);

void tally_encode(const struct coverage *coverage, struct buffer *to);
MUST_USE enum status tally_decode(struct bytes figures, struct coverage *coverage,
                                  struct fault *fault);

void document_from_row(const struct row *row, struct document_record *record);
void former_from_row(const struct row *row, struct former_reading *former);
void ledger_from_row(const struct row *row, struct ledger_row *ledger);
void original_from_row(const struct row *row, struct original_record *record);
void segment_from_row(const struct row *row, struct segment_record *record);

#endif
