/* segment_sections - how many bytes each section takes in these segments.
 *
 *     segment_sections FILE...      "NAME BYTES" a line, summed over the files
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/scoped.h"
#include "segment/layout.h"

static const char *const names[SECTIONS] = {
    [SECTION_TEXT] = "text",         [SECTION_TEXT_TABLE] = "text_table",
    [SECTION_SPANS] = "spans",       [SECTION_MARKS] = "marks",
    [SECTION_POSTINGS] = "postings", [SECTION_TERMS] = "terms",
    [SECTION_PARTS] = "parts",       [SECTION_TERM_INDEX] = "term_index",
    [SECTION_ORDER] = "order",       [SECTION_POSITIONS] = "positions",
};

static enum status add_sections(const char *path, uint64_t sums[SECTIONS], struct fault *fault)
{
    SCOPED(mapping_release) struct mapping mapping = { 0 };
    struct layout layout;
    struct bytes pages;
    uint64_t seal;
    TRY(file_map(AT_FDCWD, path, &mapping, fault));
    TRY(layout_decode(mapping.bytes, path, &layout, &pages, &seal, fault));
    for (int i = 0; i < SECTIONS; i++)
        sums[i] += layout.sections[i].len;
    return OK;
}

int main(int count, char **words)
{
    struct fault fault;
    uint64_t sums[SECTIONS] = { 0 };
    enum status answer = hash_start(&fault);
    for (int i = 1; i < count && answer == OK; i++)
        answer = add_sections(words[i], sums, &fault);
    if (answer != OK) {
        fprintf(stderr, "segment_sections: %s\n", fault.words);
        return 2;
    }
    for (int i = 0; i < SECTIONS; i++)
        printf("%s %" PRIu64 "\n", names[i], sums[i]);
    return 0;
}
