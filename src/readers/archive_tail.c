#include "readers/archive_tail.h"

#include "base/cursor.h"
#include "base/scoped.h"

enum {
    ZIP_END = 22,
    ZIP_COMMENT_MAX = 65535,
    ZIP64_LOCATOR = 20,
    ZIP64_END = 56,
    RAR_LOOK = 4096,
    RAR_HEAD = 32,
    RAR_END_VOLUME = 1
};

/* The last place where the end of the central directory fits, or SIZE_MAX. */
static size_t find_zip_end(struct bytes last)
{
    for (size_t at = last.len < ZIP_END ? 0 : last.len - ZIP_END + 1; at-- > 0;) {
        struct cursor cursor = cursor_from_bytes(bytes_slice(last, at, ZIP_END));
        if (!bytes_has_prefix(bytes_slice(last, at, 4), "PK\x05\x06"))
            continue;
        cursor_bytes(&cursor, 20);
        if (cursor_u16(&cursor) <= last.len - at - ZIP_END && !cursor.bad)
            return at;
    }
    return SIZE_MAX;
}

static enum status take_zip64_count(const struct reader_input *input, struct bytes locator,
                                    struct archive_tail *tail, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer end = { 0 };
    struct cursor cursor = cursor_from_bytes(locator);
    cursor_bytes(&cursor, 8);
    uint64_t at = cursor_u64(&cursor);
    if (cursor.bad || !bytes_has_prefix(locator, "PK\x06\x07"))
        return OK;
    TRY(reader_input_read(input, at, ZIP64_END, &end, fault));
    cursor = cursor_from_bytes(buffer_bytes(&end));
    cursor_bytes(&cursor, 32);
    tail->count = cursor_u64(&cursor);
    tail->has_count = !cursor.bad;
    return OK;
}

static enum status read_zip_end(const struct reader_input *input, struct archive_tail *tail,
                                struct fault *fault)
{
    SCOPED(buffer_release) struct buffer raw = { 0 };
    uint64_t look = ZIP_END + ZIP_COMMENT_MAX + ZIP64_LOCATOR;
    uint64_t from = input->len > look ? input->len - look : 0;
    TRY(reader_input_read(input, from, (size_t)look, &raw, fault));
    struct bytes last = buffer_bytes(&raw);
    size_t at = find_zip_end(last);
    tail->lacks_end = at == SIZE_MAX;
    if (tail->lacks_end)
        return OK;
    struct cursor cursor = cursor_from_bytes(bytes_slice(last, at + 10, 2));
    tail->count = cursor_u16(&cursor);
    tail->has_count = tail->count != UINT16_MAX;
    if (tail->has_count || at < ZIP64_LOCATOR)
        return OK;
    return take_zip64_count(input, bytes_slice(last, at - ZIP64_LOCATOR, ZIP64_LOCATOR), tail,
                            fault);
}

/* Whether even the names are locked. RAR 5.0: the first block has type 4; RAR 4.x: bit 7 of the
 * first block's flags. */
static bool is_locked_rar(struct bytes head)
{
    struct cursor cursor = cursor_from_bytes(head);
    bool is_five = head.len > 6 && head.at[6] == 1;
    cursor_bytes(&cursor, is_five ? 12 : 10);
    if (is_five)
        cursor_varint64(&cursor);
    uint64_t type = is_five ? cursor_varint64(&cursor) : cursor_u16(&cursor);
    return !cursor.bad && (is_five ? type == 4 : (type & 0x80) != 0);
}

/* RAR 5.0: checksum u32, size 3 or more, type 5, flags. RAR 4.x: checksum u16, type 0x7b, flags
 * u16, size u16. The first of flags' bits says that another volume follows. */
static void find_rar_end(struct bytes last, bool is_five, struct archive_tail *tail)
{
    tail->lacks_end = true;
    for (size_t at = last.len; at-- > 0 && tail->lacks_end;) {
        struct bytes block = bytes_slice(last, at, 8);
        if (block.len < 7)
            continue;
        if (is_five && block.len == 8 && block.at[4] >= 3 && block.at[4] <= 8 && block.at[5] == 5) {
            tail->lacks_end = false;
            tail->is_of_volume = block.at[6] == 0 && (block.at[7] & RAR_END_VOLUME) != 0;
        } else if (!is_five && block.at[2] == 0x7b && block.at[5] >= 7 && block.at[6] == 0) {
            tail->lacks_end = false;
            tail->is_of_volume = (block.at[3] & RAR_END_VOLUME) != 0;
        }
    }
}

enum status archive_tail_read(const struct reader_input *input, struct archive_tail *tail,
                              struct fault *fault)
{
    SCOPED(buffer_release) struct buffer head = { 0 };
    SCOPED(buffer_release) struct buffer last = { 0 };
    *tail = (struct archive_tail){ 0 };
    TRY(reader_input_read(input, 0, RAR_HEAD, &head, fault));
    if (bytes_has_prefix(buffer_bytes(&head), "PK"))
        return read_zip_end(input, tail, fault);
    if (!bytes_has_prefix(buffer_bytes(&head), "Rar!"))
        return OK;
    uint64_t from = input->len > RAR_LOOK ? input->len - RAR_LOOK : 8;
    TRY(reader_input_read(input, from, RAR_LOOK, &last, fault));
    find_rar_end(buffer_bytes(&last), head.len > 6 && head.at[6] == 1, tail);
    tail->is_locked = is_locked_rar(buffer_bytes(&head));
    return OK;
}
