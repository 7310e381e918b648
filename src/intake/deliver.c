#include "intake/deliver.h"
#include "intake/listen.h"

#include <stdio.h>

#include "catalog/lookup.h"

static enum ledger_outcome outcome_of(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_FULL:
        return LEDGER_FULL;
    case VERDICT_DOUBTFUL:
        return LEDGER_DOUBTFUL;
    case VERDICT_PARTIAL:
        return LEDGER_PARTIAL;
    case VERDICT_UNREAD:
        return LEDGER_UNREAD;
    case VERDICT_FAILED:
    case VERDICTS:
        return LEDGER_FAILED;
    }
    return LEDGER_FAILED;
}

enum status deliver_start(struct delivery *delivery, const struct gathered *gathered,
                          uint32_t from_item, struct worker_batch **batch, struct fault *fault)
{
    *batch = NULL;
    if (gathered->items <= from_item)
        return OK;
    struct batch_item items[BATCH_ITEMS_MAX];
    uint32_t count = 0;
    for (size_t i = 0; i < gathered->count; i++) {
        const struct gathered_file *file = &gathered->files[i];
        if (!file->is_decided && file->item >= from_item)
            items[count++] = (struct batch_item){ .format = file->format,
                                                  .offset = file->offset,
                                                  .len = file->row.size,
                                                  .name = file->leaf };
    }
    return worker_batch_open(delivery->pool, gathered->fd, items, count, 0, batch, fault);
}

static enum status start_alone(struct delivery *delivery, const struct gathered *gathered,
                               const struct gathered_file *file, struct worker_batch **batch,
                               struct fault *fault)
{
    struct batch_item item = {
        .format = file->format, .offset = file->offset, .len = file->row.size, .name = file->leaf
    };
    return worker_batch_open(delivery->pool, gathered->fd, &item, 1, 0, batch, fault);
}

static void end_batch(struct delivery *delivery, struct worker_batch **batch)
{
    const struct worker_report *report = *batch == NULL ? NULL : worker_batch_report(*batch);
    if (report != NULL)
        delivery->sum->worker_processor_seconds += (double)report->processor_ns / 1e9;
    worker_batch_close(*batch);
    *batch = NULL;
}

/* The document stored for the file, or the new reading of the one that stands there: the same path
 * inside the same original. */
static enum status store_document(struct delivery *delivery, struct gathered_file *file,
                                  struct new_document *document, struct fault *fault)
{
    uint64_t id;
    if (delivery->is_story)
        document->kind = KIND_STORY;
    if (!delivery->rereads && !file->is_again)
        return archive_writer_document(delivery->writer, document, file->row.documents == 0, &id,
                                       fault);
    SCOPED(arena_release) struct arena arena = { 0 };
    struct document_record record;
    enum status found = catalog_record_at(delivery->catalog, &file->row.original, document->path,
                                          &arena, &record, fault);
    if (found == NOT_FOUND)
        return archive_writer_document(delivery->writer, document, file->row.documents == 0, &id,
                                       fault);
    TRY(found);
    if (record.row.kind == KIND_STORY)
        document->kind = KIND_STORY;
    return archive_writer_reread(delivery->writer, record.row.id, document, fault);
}

/* Documents of one file, all heard and stored; a fresh listener state for the file. */
static enum status hear_item(struct delivery *delivery, struct gathered_file *file,
                             struct listener *listener, bool is_copy, struct fault *fault)
{
    bool has_text = false;
    const uint32_t held = file->row.documents; /* stored before a worker failed on the same file */
    for (uint32_t met = 0;; met++) {
        TRY(listener_step(listener, fault));
        if (listener->message.kind == MESSAGE_ITEM_END)
            break;
        if (is_copy || met < held) {
            TRY(listener_pass_over(listener, fault));
            has_text = has_text || listener->has_text;
            continue;
        }
        struct new_document document = { .collection = delivery->collection,
                                         .original = file->row.original };
        TRY(listener_document(listener, &document, fault));
        TRY(store_document(delivery, file, &document, fault));
        file->row.documents++;
        delivery->sum->documents +=
            !file->is_again && (listener->has_text || document.verdict == VERDICT_FULL);
        has_text = has_text || listener->has_text;
    }
    file->row.outcome = outcome_of(listener->message.verdict);
    file->row.accounted = listener->message.accounted;
    if (!has_text && file->row.outcome == LEDGER_FULL)
        file->row.outcome = LEDGER_EMPTY;
    return OK;
}

static enum status keep_reason(struct gathered *gathered, struct gathered_file *file,
                               struct bytes reason, struct fault *fault)
{
    file->row.reason = arena_copy(&gathered->arena, reason);
    return file->row.reason.at == NULL ? no_memory(fault) : OK;
}

/* What the reader finds odd about a document ("another post's cable") stands in the ledger too. */
static enum status gather_oddities(const struct listener *listener, struct buffer *words)
{
    for (size_t i = 0; i < listener->fields.count; i++) {
        const struct field *field = &listener->fields.at[i];
        if (field->name != FIELD_ANOMALY)
            continue;
        buffer_append_text(words, words->len > 0 ? "; " : "");
        buffer_append_bytes(words, field->value);
    }
    return words->failed ? NO_MEMORY : OK;
}

/* After ITEM_END: the reader's reason, or what there is to say without one. */
static enum status take_reason(struct gathered *gathered, struct gathered_file *file,
                               const struct listener *listener, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer words = { 0 };
    buffer_append_bytes(&words, listener->message.text);
    if (gather_oddities(listener, &words) != OK)
        return no_memory(fault);
    if (words.len == 0 && file->row.outcome == LEDGER_EMPTY)
        buffer_append_text(&words, "no text in it");
    return keep_reason(gathered, file, buffer_bytes(&words), fault);
}

/* A reader that leaves bytes out must not pass for a full reading. */
static enum status check_accounts(struct gathered *gathered, struct gathered_file *file,
                                  struct fault *fault)
{
    if (file->row.accounted == file->row.size || file->row.outcome == LEDGER_FAILED)
        return OK;
    char *said =
        arena_print(&gathered->arena, "%llu of %llu bytes accounted for%s%.*s",
                    (unsigned long long)file->row.accounted, (unsigned long long)file->row.size,
                    file->row.reason.len > 0 ? "; " : "", (int)file->row.reason.len,
                    (const char *)file->row.reason.at);
    if (said == NULL)
        return no_memory(fault);
    file->row.reason = bytes_from_string(said);
    if (file->row.outcome != LEDGER_UNREAD)
        file->row.outcome = LEDGER_PARTIAL;
    return OK;
}

static bool is_same_file(const struct ledger_row *a, const struct ledger_row *b)
{
    return a->collection == b->collection && bytes_equal(a->root, b->root) &&
           bytes_equal(a->path, b->path);
}

/* Whether the bytes are another file's, or were read from this very one before. */
static enum status is_known_original(struct delivery *delivery, struct gathered_file *file,
                                     bool *is_copy, struct fault *fault)
{
    *is_copy = seen_has(delivery->seen, &file->row.original);
    if (*is_copy)
        return OK;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct ledger_row row;
    enum status found =
        ledger_find_original(delivery->catalog, &file->row.original, &arena, &row, fault);
    file->is_again = found == OK && is_same_file(&row, &file->row);
    *is_copy = found == OK && !file->is_again;
    return found == NOT_FOUND ? OK : found;
}

static enum status give_up(struct gathered *gathered, struct gathered_file *file,
                           const struct fault *words, struct fault *fault)
{
    file->row.outcome = file->row.documents > 0 ? LEDGER_PARTIAL : LEDGER_FAILED;
    file->row.accounted = 0;
    return keep_reason(gathered, file, bytes_from_string(words->words), fault);
}

/* Hear the file's item. When its worker fails: once more alone, then it is given up; the others get
 * a new worker. */
static enum status deliver_item(struct delivery *delivery, struct gathered *gathered,
                                struct gathered_file *file, struct worker_batch **batch,
                                bool is_copy, struct fault *fault)
{
    SCOPED(listener_release) struct listener listener = { .batch = *batch };
    enum status heard = hear_item(delivery, file, &listener, is_copy, fault);
    if (heard == OK)
        return take_reason(gathered, file, &listener, fault);
    if (!listener.has_failed)
        return heard;
    bool was_alone = gathered->items == 1;
    delivery->sum->workers_failed++;
    end_batch(delivery, batch);
    struct fault words = listener.words;
    if (!was_alone) {
        struct worker_batch *alone = NULL;
        TRY(start_alone(delivery, gathered, file, &alone, fault));
        SCOPED(listener_release) struct listener again = { .batch = alone };
        heard = hear_item(delivery, file, &again, is_copy, fault);
        if (heard == OK)
            heard = take_reason(gathered, file, &again, fault);
        else if (again.has_failed)
            words = again.words;
        end_batch(delivery, &alone);
        if (heard != OK && !again.has_failed)
            return heard;
    }
    if (heard != OK)
        TRY(give_up(gathered, file, &words, fault));
    return deliver_start(delivery, gathered, file->item + 1, batch, fault);
}

static enum status store_original(struct delivery *delivery, struct gathered *gathered,
                                  struct gathered_file *file, struct fault *fault)
{
    bool is_known;
    if (gathered->fd < 0 || file->row.outcome == LEDGER_REFUSED || delivery->rereads)
        return OK;
    return archive_writer_original(delivery->writer, gathered->fd, file->offset, file->row.size,
                                   &file->row.original, &is_known, fault);
}

static enum status become_copy(struct delivery *delivery, struct gathered_file *file,
                               struct fault *fault)
{
    bool is_empty = file->row.outcome == LEDGER_EMPTY;
    if (!is_empty)
        file->row.outcome = LEDGER_COPY;
    file->row.reason =
        bytes_from_string(is_empty ? "no text in it; the same bytes as another file"
                                   : "the same bytes as another file: its documents are theirs");
    file->row.accounted = file->row.size;
    file->row.documents = 0;
    delivery->sum->copies++;
    return archive_writer_copy(delivery->writer, &file->row, delivery->collection, file->leaf,
                               fault);
}

static enum status deliver_file(struct delivery *delivery, struct gathered *gathered,
                                struct gathered_file *file, struct worker_batch **batch,
                                struct fault *fault)
{
    if (!delivery->rereads)
        file->row.collection = delivery->collection;
    file->row.batch = delivery->batch_number;
    TRY(store_original(delivery, gathered, file, fault));
    if (!file->is_decided) {
        bool is_copy = false;
        if (!delivery->rereads)
            TRY(is_known_original(delivery, file, &is_copy, fault));
        TRY(deliver_item(delivery, gathered, file, batch, is_copy, fault));
        if (is_copy && file->row.outcome != LEDGER_FAILED) {
            TRY(become_copy(delivery, file, fault));
        } else {
            TRY(check_accounts(gathered, file, fault));
            if (file->row.documents > 0)
                TRY(seen_add(delivery->seen, &file->row.original, fault));
        }
    } else if (file->row.outcome != LEDGER_REFUSED) {
        file->row.accounted = file->row.size;
    }
    TRY(archive_writer_ledger(delivery->writer, &file->row, fault));
    delivery->sum->by_outcome[file->row.outcome]++;
    delivery->sum->bytes_by_outcome[file->row.outcome] += file->row.size;
    delivery->progress->files_done++;
    delivery->progress->bytes_done += file->row.size;
    delivery->progress->documents = delivery->sum->documents;
    delivery->told(delivery, file->row.path);
    return OK;
}

enum status deliver(struct delivery *delivery, struct gathered *gathered,
                    struct worker_batch *batch, struct fault *fault)
{
    enum status done = OK;
    for (size_t i = 0; done == OK && i < gathered->count; i++)
        done = deliver_file(delivery, gathered, &gathered->files[i], &batch, fault);
    if (done == OK && batch != NULL) {
        struct message message;
        struct fault words;
        if (worker_batch_next(batch, &message, &words) != OK)
            delivery->sum->workers_failed++;
    }
    end_batch(delivery, &batch);
    delivery->batch_number++;
    return done;
}
