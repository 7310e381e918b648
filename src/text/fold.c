#include "text/fold.h"

#include "text/fold_table.h"
#include "text/utf8.h"

static uint8_t length_itself(uint32_t code)
{
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

struct char_traits char_traits(uint32_t code)
{
    if (code > 0x10FFFF)
        return (struct char_traits){ .class = CHAR_OTHER };
    uint32_t low = code & ((1u << FOLD_SHIFT) - 1);
    uint32_t block = fold_stage[code >> FOLD_SHIFT];
    const struct fold_record *record = &fold_records[fold_blocks[block << FOLD_SHIFT | low]];
    bool is_itself = record->len == FOLD_ITSELF;
    return (struct char_traits){
        .class = record->traits & FOLD_CLASS,
        .is_upper = (record->traits & FOLD_UPPER) != 0,
        .fold = is_itself ? NULL : fold_pool + record->place,
        .fold_len = is_itself ? length_itself(code) : record->len,
    };
}

size_t fold_text(struct bytes text, uint8_t *out, size_t room)
{
    size_t written = 0;
    size_t len = 0;
    for (size_t at = 0; at < text.len; at += len) {
        struct char_traits traits = char_traits(utf8_decode(text, at, &len));
        if (traits.fold_len > room - written)
            break;
        memcpy(out + written, traits.fold ? traits.fold : text.at + at, traits.fold_len);
        written += traits.fold_len;
    }
    return written;
}
