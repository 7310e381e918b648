#include "catalog/record.h"

#define NUMBER(value) value_number((uint64_t)(value))

static struct value value_hash(const struct hash *hash)
{
    return value_bytes(bytes_make(hash->at, HASH_LEN));
}

static uint64_t number_at(const struct row *row, size_t column)
{
    return (uint64_t)row->at[column].number;
}

static struct hash hash_at(const struct row *row, size_t column)
{
    struct hash hash = { 0 };
    struct bytes bytes = row->at[column].bytes;
    if (bytes.len == HASH_LEN)
        memcpy(hash.at, bytes.at, HASH_LEN);
    return hash;
}

struct row row_from_state(const struct catalog_state *state)
{
    return (struct row){ { NUMBER(1), NUMBER(CATALOG_FORMAT), NUMBER(state->commits),
                           NUMBER(state->base), NUMBER(state->seal),
                           value_bytes(bytes_make(state->row_key, HASH_KEY_LEN)),
                           NUMBER(state->scrub) } };
}

struct row row_from_collection(const struct collection_row *collection)
{
    return (struct row){ { NUMBER(collection->id), value_bytes(collection->name),
                           NUMBER(collection->is_public) } };
}

struct row row_from_document(const struct document_record *record)
{
    const struct document_row *row = &record->row;
    return (struct row){
        { NUMBER(row->id), NUMBER(row->kind), value_bytes(row->name), value_hash(&row->original),
          value_bytes(record->path), NUMBER(row->reading), value_hash(&row->text),
          NUMBER(row->verdict), value_bytes(row->reason), NUMBER(row->parts), NUMBER(row->bytes),
          NUMBER(row->words), NUMBER(record->body), value_bytes(record->fields),
          value_bytes(record->part_names), NUMBER(record->is_retired), NUMBER(row->purged_at) }
    };
}

void document_from_row(const struct row *row, struct document_record *record)
{
    *record = (struct document_record){
        .row = { .id = number_at(row, 0),
                 .kind = (enum document_kind)number_at(row, 1),
                 .name = row->at[2].bytes,
                 .original = hash_at(row, 3),
                 .reading = number_at(row, 5),
                 .text = hash_at(row, 6),
                 .verdict = (uint8_t)number_at(row, 7),
                 .reason = row->at[8].bytes,
                 .parts = (uint32_t)number_at(row, 9),
                 .bytes = number_at(row, 10),
                 .words = number_at(row, 11),
                 .purged_at = number_at(row, 16) },
        .path = row->at[4].bytes,
        .body = number_at(row, 12),
        .fields = row->at[13].bytes,
        .part_names = row->at[14].bytes,
        .is_retired = number_at(row, 15) != 0,
    };
}

struct row row_from_former(const struct former_reading *former)
{
    return (struct row){ { NUMBER(former->document), NUMBER(former->reading),
                           value_hash(&former->text), NUMBER(former->verdict),
                           value_bytes(former->reason), NUMBER(former->parts),
                           NUMBER(former->bytes), NUMBER(former->words) } };
}

void former_from_row(const struct row *row, struct former_reading *former)
{
    *former = (struct former_reading){ number_at(row, 0), number_at(row, 1),
                                       hash_at(row, 2),   (uint8_t)number_at(row, 3),
                                       row->at[4].bytes,  (uint32_t)number_at(row, 5),
                                       number_at(row, 6), number_at(row, 7) };
}

struct row row_from_ledger(const struct ledger_row *ledger)
{
    return (struct row){
        { NUMBER(ledger->id), NUMBER(ledger->collection), value_bytes(ledger->root),
          value_bytes(ledger->path), NUMBER(ledger->size), NUMBER(ledger->modified_ns),
          NUMBER(ledger->changed_ns), value_hash(&ledger->original), NUMBER(ledger->outcome),
          value_bytes(ledger->reason), value_bytes(ledger->type), NUMBER(ledger->accounted),
          NUMBER(ledger->documents), NUMBER(ledger->batch), NUMBER(ledger->is_former) }
    };
}

void ledger_from_row(const struct row *row, struct ledger_row *ledger)
{
    *ledger = (struct ledger_row){ .id = number_at(row, 0),
                                   .collection = number_at(row, 1),
                                   .root = row->at[2].bytes,
                                   .path = row->at[3].bytes,
                                   .size = number_at(row, 4),
                                   .modified_ns = row->at[5].number,
                                   .changed_ns = row->at[6].number,
                                   .original = hash_at(row, 7),
                                   .outcome = (enum ledger_outcome)number_at(row, 8),
                                   .reason = row->at[9].bytes,
                                   .type = row->at[10].bytes,
                                   .accounted = number_at(row, 11),
                                   .documents = (uint32_t)number_at(row, 12),
                                   .batch = number_at(row, 13),
                                   .is_former = number_at(row, 14) != 0 };
}

struct row row_from_original(const struct original_record *record)
{
    return (struct row){ { value_hash(&record->hash), value_hash(&record->sha256),
                           NUMBER(record->size), NUMBER(record->pack), NUMBER(record->at),
                           NUMBER(record->stored) } };
}

void original_from_row(const struct row *row, struct original_record *record)
{
    *record = (struct original_record){ hash_at(row, 0),   hash_at(row, 1),   number_at(row, 2),
                                        number_at(row, 3), number_at(row, 4), number_at(row, 5) };
}

struct row row_from_segment(const struct segment_record *record)
{
    return (struct row){ { NUMBER(record->id), NUMBER(record->commit), NUMBER(record->number),
                           NUMBER(record->parts), NUMBER(record->words), NUMBER(record->size),
                           NUMBER(record->seal), NUMBER(record->dead_count),
                           value_bytes(record->dead) } };
}

void segment_from_row(const struct row *row, struct segment_record *record)
{
    *record = (struct segment_record){
        number_at(row, 0),           number_at(row, 1), (uint32_t)number_at(row, 2),
        (uint32_t)number_at(row, 3), number_at(row, 4), number_at(row, 5),
        number_at(row, 6),           number_at(row, 7), row->at[8].bytes
    };
}
