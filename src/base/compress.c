#include "base/compress.h"

#include <stdlib.h>
#include <zstd.h>

enum { STEP = 1024 * 1024 };

struct compressor {
    ZSTD_CCtx *context;
};

struct decompressor {
    ZSTD_DCtx *context;
};

static enum status zstd_failed(size_t code, struct fault *fault)
{
    return fail(fault, NO_MEMORY, "compressing: %s", ZSTD_getErrorName(code));
}

enum status compressor_new(int level, struct compressor **compressor, struct fault *fault)
{
    CLOSED(compressor_free) struct compressor *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->context = ZSTD_createCCtx();
    if (made->context == NULL)
        return no_memory(fault);
    ZSTD_CCtx_setParameter(made->context, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(made->context, ZSTD_c_checksumFlag, 1);
    *compressor = take(made);
    return OK;
}

void compressor_free(struct compressor *compressor)
{
    if (compressor == NULL)
        return;
    ZSTD_freeCCtx(compressor->context);
    free(compressor);
}

enum status compressor_frame(struct compressor *compressor, struct bytes from, struct buffer *to,
                             struct fault *fault)
{
    ZSTD_CCtx_reset(compressor->context, ZSTD_reset_session_only);
    size_t bound = ZSTD_compressBound(from.len);
    if (ZSTD_isError(bound) || !buffer_reserve(to, bound))
        return no_memory(fault);
    size_t len = ZSTD_compress2(compressor->context, to->at + to->len, to->room - to->len, from.at,
                                from.len);
    if (ZSTD_isError(len))
        return zstd_failed(len, fault);
    to->len += len;
    return OK;
}

enum status compress_bytes(struct bytes from, int level, struct buffer *to, struct fault *fault)
{
    CLOSED(compressor_free) struct compressor *compressor = NULL;
    TRY(compressor_new(level, &compressor, fault));
    return compressor_frame(compressor, from, to, fault);
}

enum status compressor_feed(struct compressor *compressor, struct bytes from, bool end,
                            struct buffer *to, struct fault *fault)
{
    ZSTD_inBuffer in = { from.at, from.len, 0 };
    ZSTD_EndDirective how = end ? ZSTD_e_end : ZSTD_e_continue;
    size_t left = 1;
    while (in.pos < in.size || (end && left > 0)) {
        if (!buffer_reserve(to, ZSTD_CStreamOutSize()))
            return no_memory(fault);
        ZSTD_outBuffer out = { to->at + to->len, to->room - to->len, 0 };
        left = ZSTD_compressStream2(compressor->context, &out, &in, how);
        if (ZSTD_isError(left))
            return zstd_failed(left, fault);
        to->len += out.pos;
    }
    return OK;
}

enum status decompressor_new(struct decompressor **decompressor, struct fault *fault)
{
    CLOSED(decompressor_free) struct decompressor *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->context = ZSTD_createDCtx();
    if (made->context == NULL)
        return no_memory(fault);
    *decompressor = take(made);
    return OK;
}

void decompressor_free(struct decompressor *decompressor)
{
    if (decompressor == NULL)
        return;
    ZSTD_freeDCtx(decompressor->context);
    free(decompressor);
}

/* Append at most `most` bytes; why: what zstd says of the damage, or NULL. */
static enum status feed(struct decompressor *decompressor, struct bytes *from, size_t most,
                        struct buffer *to, bool *ended, const char **why)
{
    if (!buffer_reserve(to, most))
        return NO_MEMORY;
    ZSTD_inBuffer in = { from->at, from->len, 0 };
    ZSTD_outBuffer out = { to->at + to->len, most, 0 };
    size_t left = 1;
    while (left > 0 && in.pos < in.size && out.pos < out.size) {
        left = ZSTD_decompressStream(decompressor->context, &out, &in);
        if (ZSTD_isError(left)) {
            *why = ZSTD_getErrorName(left);
            return CORRUPT;
        }
    }
    if (left > 0 && out.pos == 0 && in.size == 0) {
        left = ZSTD_decompressStream(decompressor->context, &out, &in);
        *why = ZSTD_isError(left) ? ZSTD_getErrorName(left) : NULL;
        if (*why != NULL)
            return CORRUPT;
    }
    to->len += out.pos;
    *from = bytes_slice(*from, in.pos, from->len);
    *ended = left == 0;
    return OK;
}

enum status decompressor_feed(struct decompressor *decompressor, struct bytes *from,
                              struct buffer *to, bool *ended, struct fault *fault)
{
    const char *why = NULL;
    enum status fed = feed(decompressor, from, STEP, to, ended, &why);
    if (fed == CORRUPT)
        return corrupt(fault, "a compressed stream", UINT64_MAX, why);
    return fed == NO_MEMORY ? no_memory(fault) : OK;
}

/* For frames that do not say how much they hold. *why is set when the bytes are damaged. */
static enum status decompress_unknown(struct decompressor *decompressor, struct bytes from,
                                      size_t limit, struct buffer *to, const char **why)
{
    size_t start = to->len;
    bool ended = false;
    while (!ended && *why == NULL) {
        size_t before = to->len, left = from.len, may = limit - (before - start);
        size_t most = may < STEP ? may + 1 : STEP;
        if (feed(decompressor, &from, most, to, &ended, why) == NO_MEMORY)
            return NO_MEMORY;
        if (to->len - start > limit)
            *why = "it holds more than it may";
        else if (!ended && to->len == before && from.len == left && *why == NULL)
            *why = "it is cut short";
    }
    return OK;
}

/* *why is set when the bytes are damaged. */
static enum status decompress_known(struct decompressor *decompressor, struct bytes from,
                                    size_t size, struct buffer *to, const char **why)
{
    if (!buffer_reserve(to, size + 1))
        return NO_MEMORY;
    size_t len =
        ZSTD_decompressDCtx(decompressor->context, to->at + to->len, size, from.at, from.len);
    if (ZSTD_isError(len))
        *why = ZSTD_getErrorName(len);
    else
        to->len += len;
    return OK;
}

enum status decompressor_frame(struct decompressor *decompressor, struct bytes from, size_t limit,
                               const char *file, uint64_t offset, struct buffer *to,
                               struct fault *fault)
{
    size_t start = to->len;
    const char *why = NULL;
    enum status done = OK;
    ZSTD_DCtx_reset(decompressor->context, ZSTD_reset_session_only);
    unsigned long long size = ZSTD_getFrameContentSize(from.at, from.len);
    if (size == ZSTD_CONTENTSIZE_ERROR)
        why = "no compressed frame begins here";
    else if (ZSTD_findFrameCompressedSize(from.at, from.len) != from.len)
        why = "the compressed frame is cut short, or goes on";
    else if (size == ZSTD_CONTENTSIZE_UNKNOWN)
        done = decompress_unknown(decompressor, from, limit, to, &why);
    else if (size > limit)
        why = "it holds more than it may";
    else
        done = decompress_known(decompressor, from, (size_t)size, to, &why);
    if (done == OK && why == NULL)
        return OK;
    to->len = start;
    return why == NULL ? no_memory(fault) : corrupt(fault, file, offset, why);
}

enum status decompress_bytes(struct bytes from, size_t limit, const char *file, uint64_t offset,
                             struct buffer *to, struct fault *fault)
{
    CLOSED(decompressor_free) struct decompressor *decompressor = NULL;
    TRY(decompressor_new(&decompressor, fault));
    return decompressor_frame(decompressor, from, limit, file, offset, to, fault);
}
