#include "readers/office_sample.h"

#include <archive.h>
#include <archive_entry.h>

enum { SAMPLE_MAX = 16 << 10 };

static const struct {
    const char *path;
    const char *text;
} members[] = {
    { "docProps/core.xml", "<c:p xmlns:c='c' xmlns:dc='d'><dc:title>Sulaco</dc:title></c:p>" },
    { "word/document.xml",
      "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:document xmlns:w='w'><w:body>"
      "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>Harbour &amp; g\xc3\xbclf</w:t>"
      "</w:r></w:p><w:p><w:ins w:author='A'><w:r><w:t>The lighter lay still.</w:t></w:r></w:ins>"
      "<w:del><w:r><w:delText>boat</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r>"
      "<w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr>"
      "</w:tbl></w:body></w:document>" },
    { "word/comments.xml", "<w:comments xmlns:w='w'><w:comment w:author='B'><w:p><w:r><w:t>So?"
                           "</w:t></w:r></w:p></w:comment></w:comments>" },
    { "word/media/ma\xc3\xb1"
      "ana.txt",
      "A name that says that it is UTF-8." },
    { "styles.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>" },
};

static void write_member(struct archive *zip, const char *path, struct bytes text)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, path);
    archive_entry_set_size(entry, (la_int64_t)text.len);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    if (archive_write_header(zip, entry) == ARCHIVE_OK)
        archive_write_data(zip, text.at, text.len);
    archive_entry_free(entry);
}

enum status office_sample(struct buffer *to, struct fault *fault)
{
    size_t len = 0;
    struct archive *zip = archive_write_new();
    if (!zip || !buffer_reserve(to, SAMPLE_MAX))
        return no_memory(fault);
    archive_write_set_format_zip(zip);
    int opened = archive_write_open_memory(zip, to->at + to->len, SAMPLE_MAX, &len);
    for (size_t i = 0; opened == ARCHIVE_OK && i < sizeof members / sizeof *members; i++)
        write_member(zip, members[i].path, bytes_from_string(members[i].text));
    bool is_whole = opened == ARCHIVE_OK && archive_write_close(zip) == ARCHIVE_OK;
    archive_write_free(zip);
    to->len += len;
    return is_whole ? OK : fail(fault, IO_FAILED, "no sample document could be made");
}
