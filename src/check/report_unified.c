#include <stdlib.h>

#include "base/scoped.h"
#include "check/report.h"
#include "check/report_excerpt.h"
#include "check/ruling.h"
#include "text/clean.h"

/* The suggested changes as a unified diff that patch applies: only a fix whose source words are
 * literal is suggested. */

enum { CONTEXT = 3 };

/* Bytes [start, end) of the story become `text`. */
struct change {
    uint32_t start, end;
    const char *text;
};

/* Lines [first, last] (counted from 0) with the changes [from, to) in them. */
struct run_of_lines {
    size_t first, last;
    size_t from, to;
};

struct hunk {
    struct buffer body;
    size_t was, is; /* lines */
};

struct patch {
    const struct check_answer *answer;
    struct bytes text;
    struct arena arena;
    struct buffer *to;
    struct change *changes;
    size_t count;
    long shift; /* lines that the new file has more than the old one, so far */
};

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static bool is_word(uint8_t byte)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* Masked letters are no words to print. */
static bool is_masked(const struct check_answer *answer, struct bytes words)
{
    return answer->protected_count > 0 &&
           (bytes_find(words, bytes_from_string("XX"), 0) != SIZE_MAX ||
            bytes_find(words, bytes_from_string("\xC3\x97"), 0) != SIZE_MAX);
}

static bool is_suggested(const struct check_answer *answer, const struct finding *finding)
{
    return !is_masked(answer, finding->source_words) && finding->is_difference &&
           finding->severity == STET_FIX && !finding->folded && finding->verdict == CHECK_ALTERED &&
           finding->story_words.len + finding->source_words.len > 0;
}

/* The comma, semicolon or colon of the source before the words, where the story has a word; or "".
 */
static const char *pause_before(const struct statement *statement, const struct finding *finding)
{
    if (finding->passage >= statement->cited_count)
        return "";
    const struct cited *cited = &statement->cited[finding->passage];
    size_t at = finding->source_start > cited->start ? finding->source_start - cited->start : 0;
    at = at < cited->text.len ? at : cited->text.len;
    while (at > 0 && is_blank(cited->text.at[at - 1]))
        at--;
    uint8_t last = at > 0 ? cited->text.at[at - 1] : 0;
    return last == ',' ? ", " : last == ';' ? "; " : last == ':' ? ": " : "";
}

/* Words put in are parted from their neighbours; those taken out take a blank with them. */
static const char *fitted(struct patch *patch, const struct statement *statement,
                          const struct finding *finding, uint32_t *start)
{
    struct bytes text = patch->text;
    uint32_t end = finding->story_end;
    const char *made = report_words(&patch->arena, excerpt_source_words(statement, finding), 4000);
    bool parts_before = *start > 0 && is_word(text.at[*start - 1]);
    bool parts_behind = end < text.len && is_word(text.at[end]);
    if (*made == '\0' && *start > 0 && is_blank(text.at[*start - 1]) &&
        (end >= text.len || !is_word(text.at[end])))
        --*start;
    if (*start < end || *made == '\0')
        return made;
    parts_before = parts_before && is_word((uint8_t)*made);
    const char *pause = parts_before ? pause_before(statement, finding) : "";
    made = arena_print(&patch->arena, "%s%s%s",
                       *pause != '\0' ? pause
                       : parts_before ? " "
                                      : "",
                       made, parts_behind ? " " : "");
    return made != NULL ? made : "";
}

static int by_place(const void *a, const void *b)
{
    const struct change *left = a, *right = b;
    return left->start < right->start ? -1 : left->start > right->start;
}

static enum status collect(struct patch *patch, struct fault *fault)
{
    size_t room = 0;
    const struct check_answer *answer = patch->answer;
    for (size_t i = 0; i < answer->count; i++)
        room += answer->statements[i].finding_count;
    patch->changes = arena_alloc_many(&patch->arena, room + 1, sizeof *patch->changes);
    if (patch->changes == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < answer->count; i++)
        for (size_t k = 0; k < answer->statements[i].finding_count; k++) {
            const struct finding *finding = &answer->statements[i].findings[k];
            uint32_t start = finding->story_start;
            if (statement_is_settled(&answer->statements[i]) || !is_suggested(answer, finding))
                continue;
            const char *text = fitted(patch, &answer->statements[i], finding, &start);
            patch->changes[patch->count++] = (struct change){ start, finding->story_end, text };
        }
    if (patch->count > 1)
        qsort(patch->changes, patch->count, sizeof *patch->changes, by_place);
    return OK;
}

/* Of two that overlap the first is kept. */
static void drop_overlaps(struct patch *patch)
{
    size_t kept = 0;
    for (size_t i = 0; i < patch->count; i++)
        if (kept == 0 || patch->changes[i].start > patch->changes[kept - 1].end)
            patch->changes[kept++] = patch->changes[i];
    patch->count = kept;
}

static size_t line_at(const struct story *story, uint32_t at)
{
    size_t line = 0;
    while (line + 1 < story->line_count && story->lines[line + 1] <= at)
        line++;
    return line;
}

static struct bytes line_of(const struct patch *patch, size_t line)
{
    const struct story *story = &patch->answer->story;
    size_t end = line + 1 < story->line_count ? story->lines[line + 1] : patch->text.len;
    return bytes_slice(patch->text, story->lines[line], end - story->lines[line]);
}

static void write_lines(struct buffer *to, char sign, struct bytes text)
{
    for (size_t at = 0, end; at < text.len; at = end) {
        size_t found = bytes_find_byte(text, '\n', at);
        end = found == SIZE_MAX ? text.len : found + 1;
        buffer_u8(to, (uint8_t)sign);
        buffer_append(to, text.at + at, end - at);
        if (found == SIZE_MAX)
            buffer_append_text(to, "\n\\ No newline at end of file\n");
    }
}

static size_t count_lines(struct bytes text)
{
    size_t count = text.len > 0 && text.at[text.len - 1] != '\n';
    for (size_t i = 0; i < text.len; i++)
        count += text.at[i] == '\n';
    return count;
}

/* What the lines become. */
static void write_changed(const struct patch *patch, const struct run_of_lines *run,
                          struct buffer *changed)
{
    struct bytes last = line_of(patch, run->last);
    uint32_t at = patch->answer->story.lines[run->first];
    for (size_t i = run->from; i < run->to; i++) {
        buffer_append(changed, patch->text.at + at, patch->changes[i].start - at);
        buffer_append_text(changed, patch->changes[i].text);
        at = patch->changes[i].end;
    }
    buffer_append(changed, patch->text.at + at, (size_t)(last.at + last.len - patch->text.at) - at);
}

/* The changes from `from` on that touch one run of lines. */
static struct run_of_lines run_from(const struct patch *patch, size_t from)
{
    const struct story *story = &patch->answer->story;
    struct run_of_lines run = { line_at(story, patch->changes[from].start),
                                line_at(story, patch->changes[from].end), from, from + 1 };
    while (run.to < patch->count && line_at(story, patch->changes[run.to].start) <= run.last + 1) {
        run.last = line_at(story, patch->changes[run.to].end);
        run.to++;
    }
    return run;
}

static void write_context(struct hunk *hunk, const struct patch *patch, size_t first, size_t end)
{
    for (size_t line = first; line < end; line++)
        write_lines(&hunk->body, ' ', line_of(patch, line));
    hunk->was += end - first;
    hunk->is += end - first;
}

static void write_run(struct hunk *hunk, const struct patch *patch, const struct run_of_lines *run)
{
    SCOPED(buffer_release) struct buffer changed = { 0 };
    struct bytes last = line_of(patch, run->last);
    size_t start = patch->answer->story.lines[run->first];
    size_t end = (size_t)(last.at + last.len - patch->text.at);
    write_changed(patch, run, &changed);
    write_lines(&hunk->body, '-', bytes_slice(patch->text, start, end - start));
    write_lines(&hunk->body, '+', buffer_bytes(&changed));
    hunk->was += run->last - run->first + 1;
    hunk->is += count_lines(buffer_bytes(&changed));
    hunk->body.failed = hunk->body.failed || changed.failed;
}

/* The changes from `from` on, and those so near that their contexts meet; answers the first left.
 */
static size_t write_hunk(struct patch *patch, size_t from)
{
    struct hunk hunk = { 0 };
    struct run_of_lines run = run_from(patch, from);
    size_t lines = count_lines(patch->text);
    size_t first = run.first < CONTEXT ? 0 : run.first - CONTEXT;
    write_context(&hunk, patch, first, run.first);
    write_run(&hunk, patch, &run);
    while (run.to < patch->count) {
        struct run_of_lines next = run_from(patch, run.to);
        if (next.first > run.last + (size_t)2 * CONTEXT)
            break;
        write_context(&hunk, patch, run.last + 1, next.first);
        write_run(&hunk, patch, &next);
        run = next;
    }
    size_t end = run.last + 1 + CONTEXT < lines ? run.last + 1 + CONTEXT : lines;
    write_context(&hunk, patch, run.last + 1, end);
    buffer_print(patch->to, "@@ -%zu,%zu +%ld,%zu @@\n", first + 1, hunk.was,
                 (long)first + 1 + patch->shift, hunk.is);
    buffer_append_bytes(patch->to, buffer_bytes(&hunk.body));
    patch->shift += (long)hunk.is - (long)hunk.was;
    patch->to->failed = patch->to->failed || hunk.body.failed;
    buffer_release(&hunk.body);
    return run.to;
}

static enum status write_patch(struct patch *patch, struct fault *fault)
{
    const struct check_answer *answer = patch->answer;
    const char *name = report_words(&patch->arena, answer->story.name, 400);
    TRY(collect(patch, fault));
    drop_overlaps(patch);
    if (answer->embargo.len > 0)
        buffer_print(patch->to, REPORT_EMBARGO "\n", REPORT_EMBARGOED(answer));
    if (patch->count > 0)
        buffer_print(patch->to, "--- %s\n+++ %s\n", name, name);
    for (size_t i = 0; i < patch->count;)
        i = write_hunk(patch, i);
    return buffer_check(patch->to, fault);
}

/* A diff is of bytes: what would have to be cleaned cannot stand in one. */
static bool is_clean(struct bytes text)
{
    SCOPED(buffer_release) struct buffer clean = { 0 };
    struct cleaner cleaner = cleaner_begin(&clean, false);
    size_t returns = 0;
    cleaner_add(&cleaner, text);
    for (size_t i = 0; i + 1 < text.len; i++)
        returns += text.at[i] == '\r' && text.at[i + 1] == '\n';
    return !clean.failed && clean.len + returns == text.len;
}

enum status report_unified(const struct check_answer *answer, unsigned flags, struct buffer *to,
                           struct fault *fault)
{
    (void)flags;
    struct patch patch = { .answer = answer, .text = answer->printed, .to = to };
    if (answer->printed.len == 0)
        return fail(fault, BAD_INPUT,
                    answer->protected_count > 0
                        ? "a diff of a story that may name whom a document protects needs "
                          "--with-source: it shows the lines as they are"
                        : "a diff is made for plain text and Markdown in UTF-8 only");
    if (!is_clean(answer->printed))
        return fail(fault, BAD_INPUT,
                    "the story holds control characters or such as turn what follows: no diff of "
                    "it is safe to show");
    enum status done = write_patch(&patch, fault);
    arena_release(&patch.arena);
    return done;
}
