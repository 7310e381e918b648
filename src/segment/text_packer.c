#include "segment/text_packer.h"

enum status text_packer_begin(struct text_packer *packer, int level, struct fault *fault)
{
    *packer = (struct text_packer){ 0 };
    return compressor_new(level, &packer->compressor, fault);
}

void text_packer_clear(struct text_packer *packer)
{
    buffer_clear(&packer->block);
    buffer_clear(&packer->table);
    packer->frames_len = 0;
    packer->text_at = packer->text_len = 0;
}

void text_packer_release(struct text_packer *packer)
{
    compressor_free(packer->compressor);
    buffer_release(&packer->block);
    buffer_release(&packer->table);
    *packer = (struct text_packer){ 0 };
}

/* A block of `len` bytes begins, the last of the text counted so far. */
static enum status note_block(struct text_packer *packer, size_t len, struct fault *fault)
{
    buffer_u64(&packer->table, packer->text_at);
    buffer_u64(&packer->table, packer->frames_len);
    packer->text_at += len;
    return buffer_check(&packer->table, fault);
}

static enum status pack(struct text_packer *packer, struct bytes block, struct buffer *to,
                        struct fault *fault)
{
    size_t before = to->len;
    TRY(note_block(packer, block.len, fault));
    TRY(compressor_feed(packer->compressor, block, true, to, fault));
    packer->frames_len += to->len - before;
    return OK;
}

enum status text_packer_add(struct text_packer *packer, struct bytes text, struct buffer *to,
                            struct fault *fault)
{
    packer->text_len += text.len;
    while (text.len > 0) {
        struct bytes fits = bytes_slice(text, 0, TEXT_BLOCK - packer->block.len);
        buffer_append_bytes(&packer->block, fits);
        TRY(buffer_check(&packer->block, fault));
        text = bytes_slice(text, fits.len, text.len);
        if (packer->block.len == TEXT_BLOCK)
            TRY(text_packer_end(packer, to, fault));
    }
    return OK;
}

enum status text_packer_copy(struct text_packer *packer, struct bytes frame, size_t len,
                             struct buffer *to, struct fault *fault)
{
    TRY(text_packer_end(packer, to, fault));
    TRY(note_block(packer, len, fault));
    packer->text_len += len;
    packer->frames_len += frame.len;
    buffer_append_bytes(to, frame);
    return buffer_check(to, fault);
}

enum status text_packer_end(struct text_packer *packer, struct buffer *to, struct fault *fault)
{
    if (packer->block.len == 0)
        return OK;
    TRY(pack(packer, buffer_bytes(&packer->block), to, fault));
    buffer_clear(&packer->block);
    return OK;
}
