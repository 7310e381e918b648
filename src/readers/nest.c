#include "readers/nest.h"

#include <stdio.h>

#include "base/scoped.h"
#include "text/utf8.h"
#include "wire/identify.h"

bool nest_begin(struct sink *sink, uint64_t len)
{
    struct nest *nest = &sink->nest;
    if (nest->depth == 0) {
        nest->is_container = true;
        nest->item_len = len;
    }
    return nest->depth < NEST_DEPTH_MAX;
}

bool nest_count(struct sink *sink)
{
    struct nest *nest = &sink->nest;
    if (!nest->trouble && nest->members >= NEST_MEMBERS_MAX)
        nest->trouble = "it holds more than 100,000 files: the rest is left";
    nest->members += !nest->trouble;
    return !nest->trouble;
}

bool nest_take(struct sink *sink, uint64_t len)
{
    struct nest *nest = &sink->nest;
    nest->out += len;
    if (nest->trouble)
        return false;
    if (nest->out > NEST_RATIO_FROM && nest->out / NEST_RATIO_MAX > nest->item_len)
        nest->trouble = "it swells to more than 200 times its size: the rest is left";
    else if (nest->out > NEST_FAR && nest->out / NEST_FAR_RATIO_MAX > nest->item_len)
        nest->trouble = "it swells to more than 256 MiB and 30 times its size: the rest is left";
    return !nest->trouble;
}

static const struct reader *find_reader(enum format format)
{
    for (const struct reader *const *reader = readers_all; *reader; reader++)
        if ((*reader)->format == format)
            return *reader;
    return NULL;
}

enum status nest_refuse(struct sink *sink, enum verdict verdict, const char *why,
                        struct fault *fault)
{
    TRY(sink_document(sink, KIND_TEXT, (struct bytes){ 0 }, fault));
    return sink_document_end(sink, verdict, bytes_from_string(why), fault);
}

enum status nest_mend(struct sink *sink, const struct fault *why, struct fault *fault)
{
    if (sink->has_part)
        return fail(fault, IO_FAILED, "a part was cut short: %s", why->words);
    if (!sink->has_document)
        return nest_refuse(sink, VERDICT_FAILED, why->words, fault);
    return sink_document_end(sink, VERDICT_FAILED, bytes_from_string(why->words), fault);
}

static enum status read_with(const struct reader *reader, struct sink *sink,
                             const struct reader_input *input, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct fault why = { 0 };
    if (reader->read(input, sink, &arena, &why) == OK)
        return OK;
    return nest_mend(sink, &why, fault);
}

static enum status read_inside(struct sink *sink, const struct member *member, struct bytes name,
                               struct fault *fault)
{
    struct identity identity = identify(bytes_slice(member->content, 0, IDENTIFY_HEAD));
    const struct reader *reader = find_reader(identity.format);
    char words[160];
    if (member->content.len == 0)
        return nest_refuse(sink, VERDICT_FULL, "empty file", fault);
    if (!reader) {
        snprintf(words, sizeof words, "%s: a type that is not read yet", identity.type);
        return nest_refuse(sink, VERDICT_UNREAD, words, fault);
    }
    struct reader_input input = { .memory = member->content.at,
                                  .fd = -1,
                                  .len = member->content.len,
                                  .name = name,
                                  .charset = member->charset };
    return read_with(reader, sink, &input, fault);
}

enum status nest_enter(struct sink *sink, struct bytes name, struct nest_place *place,
                       struct fault *fault)
{
    *place = (struct nest_place){ .before = sink->nest.path };
    buffer_append_bytes(&place->path, place->before);
    if (place->path.len > 0)
        buffer_u8(&place->path, '/');
    place->own = place->path.len;
    utf8_repair(name, &place->path);
    if (buffer_check(&place->path, fault) != OK) {
        buffer_release(&place->path);
        return NO_MEMORY;
    }
    sink->nest.path = buffer_bytes(&place->path);
    return OK;
}

void nest_leave(struct sink *sink, struct nest_place *place)
{
    sink->nest.path = place->before;
    buffer_release(&place->path);
}

enum status nest_read(struct sink *sink, const struct member *member, struct fault *fault)
{
    struct nest_place place;
    uint64_t unread = sink->unread;
    TRY(nest_enter(sink, member->name, &place, fault));
    sink->nest.depth++;
    struct bytes name = bytes_slice(sink->nest.path, place.own, sink->nest.path.len);
    enum status answer = read_inside(sink, member, name, fault);
    sink->nest.depth--;
    nest_leave(sink, &place);
    sink->unread = unread;
    return answer;
}

enum status nest_pass_over(struct sink *sink, struct bytes name, enum verdict verdict,
                           const char *why, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer path = { 0 };
    utf8_repair(name, &path);
    TRY(buffer_check(&path, fault));
    TRY(sink_document(sink, KIND_TEXT, buffer_bytes(&path), fault));
    return sink_document_end(sink, verdict, bytes_from_string(why), fault);
}

enum status nest_end(struct sink *sink, enum verdict verdict, const char *words,
                     struct fault *fault)
{
    struct nest *nest = &sink->nest;
    if (nest->depth > 0)
        return verdict == VERDICT_FULL ? OK : nest_refuse(sink, verdict, words, fault);
    nest->verdict = verdict;
    snprintf(nest->words, sizeof nest->words, "%s", words);
    return OK;
}
