#include "check/docx_zip.h"

#include "base/scoped.h"

enum {
    LOCAL_HEADER = 0x04034B50,
    DIRECTORY_HEADER = 0x02014B50,
    DIRECTORY_END = 0x06054B50,
    VERSION_NEEDED = 20,
    FIRST_DAY = 0x0021, /* 1980-01-01: the earliest there is */
    ZIP_BYTES_MAX = 1 << 30
};

/* Four bits at a time: a table small enough to be read. */
uint32_t docx_zip_crc32(struct bytes bytes)
{
    static const uint32_t table[16] = { 0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC,
                                        0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
                                        0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
                                        0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C };
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes.len; i++) {
        crc = table[(crc ^ bytes.at[i]) & 15] ^ (crc >> 4);
        crc = table[(crc ^ (uint32_t)(bytes.at[i] >> 4)) & 15] ^ (crc >> 4);
    }
    return ~crc;
}

/* What stands in both headers, from "version needed" to the length of the extra field. */
static void write_facts(struct buffer *to, const char *name, struct bytes content)
{
    buffer_u16(to, VERSION_NEEDED);
    buffer_u16(to, 0);
    buffer_u16(to, 0);
    buffer_u16(to, 0);
    buffer_u16(to, FIRST_DAY);
    buffer_u32(to, docx_zip_crc32(content));
    buffer_u32(to, (uint32_t)content.len);
    buffer_u32(to, (uint32_t)content.len);
    buffer_u16(to, (uint16_t)strlen(name));
    buffer_u16(to, 0);
}

void docx_zip_add(struct docx_zip *zip, const char *name, struct bytes content)
{
    struct buffer *directory = &zip->directory;
    buffer_u32(directory, DIRECTORY_HEADER);
    buffer_u16(directory, VERSION_NEEDED);
    write_facts(directory, name, content);
    buffer_u16(directory, 0);
    buffer_u16(directory, 0);
    buffer_u16(directory, 0);
    buffer_u32(directory, 0);
    buffer_u32(directory, (uint32_t)(zip->to->len - zip->start));
    buffer_append_text(directory, name);
    buffer_u32(zip->to, LOCAL_HEADER);
    write_facts(zip->to, name, content);
    buffer_append_text(zip->to, name);
    buffer_append_bytes(zip->to, content);
    zip->count++;
}

enum status docx_zip_end(struct docx_zip *zip, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer directory = zip->directory;
    size_t at = zip->to->len - zip->start;
    zip->directory = (struct buffer){ 0 };
    TRY(buffer_check(&directory, fault));
    if (at > ZIP_BYTES_MAX)
        return fail(fault, OVER_LIMIT, "the report is larger than 1 GiB");
    buffer_append_bytes(zip->to, buffer_bytes(&directory));
    buffer_u32(zip->to, DIRECTORY_END);
    buffer_u32(zip->to, 0);
    buffer_u16(zip->to, zip->count);
    buffer_u16(zip->to, zip->count);
    buffer_u32(zip->to, (uint32_t)directory.len);
    buffer_u32(zip->to, (uint32_t)at);
    buffer_u16(zip->to, 0);
    return buffer_check(zip->to, fault);
}
