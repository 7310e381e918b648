#include "wire/dialogue.h"

enum {
    BETWEEN_DOCUMENTS, /* of one item */
    BEFORE_PARTS,
    IN_PART,
    AFTER_PART,
    AFTER_FIELDS, /* the later fields have begun: no part may follow */
    AFTER_ITEMS,
    OVER,
};

/* Per state, one bit per message kind that may come. */
#define MAY(kind) (1u << (kind))
static const uint16_t may_come[] = {
    [BETWEEN_DOCUMENTS] = MAY(MESSAGE_DOCUMENT) | MAY(MESSAGE_ITEM_END),
    [BEFORE_PARTS] = MAY(MESSAGE_FIELD) | MAY(MESSAGE_PART) | MAY(MESSAGE_DOCUMENT_END),
    [IN_PART] = MAY(MESSAGE_TEXT) | MAY(MESSAGE_SPANS) | MAY(MESSAGE_PART_END),
    [AFTER_PART] = MAY(MESSAGE_FIELD) | MAY(MESSAGE_PART) | MAY(MESSAGE_DOCUMENT_END),
    [AFTER_FIELDS] = MAY(MESSAGE_FIELD) | MAY(MESSAGE_DOCUMENT_END),
    [AFTER_ITEMS] = MAY(MESSAGE_BATCH_END),
    [OVER] = 0,
};

void dialogue_begin(struct dialogue *dialogue, uint32_t items)
{
    *dialogue = (struct dialogue){ .items = items };
    dialogue->state = items == 0 ? AFTER_ITEMS : BETWEEN_DOCUMENTS;
}

static bool span_follows(const struct dialogue *dialogue, const struct span *span)
{
    const struct span *last = &dialogue->span;
    if (span->start != last->start)
        return span->start > last->start;
    if (span->end != last->end)
        return span->end < last->end;
    return span->kind >= last->kind;
}

static enum status take_spans(struct dialogue *dialogue, struct bytes spans, struct fault *fault)
{
    struct cursor cursor = cursor_from_bytes(spans);
    struct span span;
    while (cursor_left(&cursor) > 0) {
        if (!span_decode(&cursor, PART_MAX, &span))
            return fail(fault, BAD_INPUT, "spans that break the format");
        if (dialogue->has_span && !span_follows(dialogue, &span))
            return fail(fault, BAD_INPUT, "spans that are not sorted");
        span.value = (struct bytes){ 0 };
        dialogue->span = span;
        dialogue->has_span = true;
        if (span.end > dialogue->spans_end)
            dialogue->spans_end = span.end;
    }
    return OK;
}

static enum status take_text(struct dialogue *dialogue, struct bytes text, struct fault *fault)
{
    if (text.len > PART_MAX - dialogue->part_len)
        return fail(fault, BAD_INPUT, "a part longer than a part may be");
    dialogue->part_len += text.len;
    return OK;
}

static enum status end_part(struct dialogue *dialogue, struct fault *fault)
{
    if (dialogue->spans_end > dialogue->part_len)
        return fail(fault, BAD_INPUT, "spans that reach beyond their text");
    dialogue->state = AFTER_PART;
    return OK;
}

static enum status end_item(struct dialogue *dialogue, const struct message *message,
                            struct fault *fault)
{
    if (message->documents != dialogue->documents)
        return fail(fault, BAD_INPUT, "%u documents announced, %u sent", message->documents,
                    dialogue->documents);
    dialogue->item++;
    dialogue->documents = 0;
    dialogue->state = dialogue->item == dialogue->items ? AFTER_ITEMS : BETWEEN_DOCUMENTS;
    return OK;
}

static void begin_part(struct dialogue *dialogue)
{
    dialogue->part_len = 0;
    dialogue->spans_end = 0;
    dialogue->has_span = false;
    dialogue->state = IN_PART;
}

static enum status advance(struct dialogue *dialogue, const struct message *message,
                           struct fault *fault)
{
    switch (message->kind) {
    case MESSAGE_DOCUMENT:
        dialogue->documents++;
        dialogue->state = BEFORE_PARTS;
        return OK;
    case MESSAGE_FIELD:
        if (dialogue->state == AFTER_PART)
            dialogue->state = AFTER_FIELDS;
        return OK;
    case MESSAGE_PART:
        begin_part(dialogue);
        return OK;
    case MESSAGE_TEXT:
        return take_text(dialogue, message->text, fault);
    case MESSAGE_SPANS:
        return take_spans(dialogue, message->spans, fault);
    case MESSAGE_PART_END:
        return end_part(dialogue, fault);
    case MESSAGE_DOCUMENT_END:
        dialogue->state = BETWEEN_DOCUMENTS;
        return OK;
    case MESSAGE_ITEM_END:
        return end_item(dialogue, message, fault);
    case MESSAGE_BATCH_END:
        dialogue->state = OVER;
        return OK;
    case MESSAGE_KINDS:
        break;
    }
    return fail(fault, BAD_INPUT, "a message of an unknown kind");
}

enum status dialogue_take(struct dialogue *dialogue, const struct message *message,
                          struct fault *fault)
{
    if (message->kind >= MESSAGE_KINDS || !(may_come[dialogue->state] & MAY(message->kind)))
        return fail(fault, BAD_INPUT, "a message (kind %u) that may not come now",
                    (unsigned)message->kind);
    if (message->sequence != dialogue->sequence)
        return fail(fault, BAD_INPUT, "a message is missing or doubled");
    if (message->item != (message->kind == MESSAGE_BATCH_END ? 0 : dialogue->item))
        return fail(fault, BAD_INPUT, "a message on item %u while item %u is read", message->item,
                    dialogue->item);
    TRY(advance(dialogue, message, fault));
    dialogue->sequence++;
    return OK;
}

bool dialogue_is_over(const struct dialogue *dialogue)
{
    return dialogue->state == OVER;
}
