/* Where something was taken out and the taking shows: runs of X, and notes in brackets. */
#include "record/cable.h"

enum { RUN_MIN = 5, NOTE_MAX = 100 };

static void run_spans(struct record *record, uint32_t start)
{
    struct bytes text = record->text;
    size_t at = start;
    while (at < text.len) {
        const uint8_t *hit = memmem(text.at + at, text.len - at, "XXXXX", RUN_MIN);
        if (hit == NULL)
            return;
        size_t from = (size_t)(hit - text.at);
        at = from;
        while (at < text.len && text.at[at] == 'X')
            at++;
        record_span(record, SPAN_WITHHELD, (uint32_t)from, (uint32_t)at, bytes_make(NULL, 0));
    }
}

static bool says_removed(struct bytes note)
{
    static const char *const words[] = { "removed", "withheld",  "redacted", "deleted",
                                         "excised", "suprimido", "tachado",  "omitido" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_find_fold(note, words[i], 0, note.len) != SIZE_MAX)
            return true;
    return false;
}

static void note_spans(struct record *record, uint32_t start)
{
    struct bytes text = record->text;
    for (size_t at = start; (at = bytes_find_byte(text, '[', at)) != SIZE_MAX;) {
        struct bytes inside = bytes_slice(text, at + 1, NOTE_MAX);
        size_t close = bytes_find_byte(inside, ']', 0);
        if (close == SIZE_MAX) {
            at++;
            continue;
        }
        struct bytes note = bytes_slice(inside, 0, close);
        if (says_removed(note))
            record_span(record, SPAN_WITHHELD, (uint32_t)at, (uint32_t)(at + close + 2), note);
        at += close + 2;
    }
}

void withheld_spans(struct record *record, uint32_t start)
{
    run_spans(record, start);
    note_spans(record, start);
}
