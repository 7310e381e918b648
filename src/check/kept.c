#include <stet/checks.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/archive.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/cursor.h"
#include "base/grow.h"
#include "catalog/desk.h"
#include "check/kept.h"

enum { KEY_ROOM = 24, LIST_UNLESS_SAID = 50, TRIES = 100, COUNTS = STET_FIX + 1 };

static const char about_shelf[] = ".check", found_shelf[] = ".check-found",
                  number_shelf[] = ".number", number_key[] = "check";

/* Numbers as keys ascend as numbers do. */
static void key_of(uint64_t id, char key[KEY_ROOM])
{
    snprintf(key, KEY_ROOM, "%020" PRIu64, id);
}

static enum status open_desk(struct archive *archive, bool for_writing, struct desk **desk,
                             struct fault *fault)
{
    return desk_open(archive_directory(archive), archive_path(archive), for_writing, desk, fault);
}

static void put_about(const struct kept_about *about, struct buffer *to)
{
    buffer_string(to, bytes_from_string(about->check.story_name));
    buffer_string(to, bytes_from_string(about->check.story_date));
    buffer_string(to, bytes_from_string(about->check.owner));
    buffer_varint(to, about->check.story_len);
    for (size_t i = 0; i < COUNTS; i++)
        buffer_varint(to, about->check.counts[i]);
}

static enum status about_back(const char *key, struct bytes bytes, int64_t made,
                              struct arena *arena, struct stet_kept_check *check,
                              struct fault *fault)
{
    struct cursor from = cursor_from_bytes(bytes);
    char date[21];
    clock_format(made, date);
    *check = (struct stet_kept_check){ .id = strtoull(key, NULL, 10) };
    check->story_name = arena_string(arena, cursor_string(&from));
    check->story_date = arena_string(arena, cursor_string(&from));
    check->owner = arena_string(arena, cursor_string(&from));
    check->made = arena_string(arena, bytes_from_string(date));
    check->story_len = cursor_varint64(&from);
    for (size_t i = 0; i < COUNTS; i++)
        check->counts[i] = cursor_varint64(&from);
    bool is_whole = check->story_name && check->story_date && check->owner && check->made;
    if (from.bad)
        return corrupt(fault, DESK_FILE, UINT64_MAX, "a kept check breaks its format");
    return is_whole ? OK : no_memory(fault);
}

/* A number is taken by counting on, so that one that was deleted is never given again; another
 * program may be doing the same. */
static enum status next_number(struct desk *desk, uint64_t *id, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct bytes last = { 0 };
    enum status found = desk_find(desk, number_shelf, number_key, &arena, &last, fault);
    struct cursor from = cursor_from_bytes(last);
    if (found != NOT_FOUND)
        TRY(found);
    *id = found == OK ? cursor_varint64(&from) + 1 : 1;
    return OK;
}

static enum status keep_number(struct desk *desk, uint64_t id, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer number = { 0 };
    buffer_varint(&number, id);
    TRY(buffer_check(&number, fault));
    return desk_put(desk, number_shelf, number_key, buffer_bytes(&number), clock_wall(), false,
                    fault);
}

enum status kept_put(struct archive *archive, const struct kept_about *about, struct bytes found,
                     uint64_t *id, struct fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    SCOPED(buffer_release) struct buffer coded = { 0 };
    char key[KEY_ROOM];
    enum status put = BUSY;
    put_about(about, &coded);
    TRY(buffer_check(&coded, fault));
    TRY(open_desk(archive, true, &desk, fault));
    TRY(next_number(desk, id, fault));
    for (int i = 0; put == BUSY && i < TRIES; i++, *id += put == BUSY) {
        key_of(*id, key);
        put = desk_put(desk, found_shelf, key, found, about->made, true, fault);
    }
    TRY(put);
    TRY(keep_number(desk, *id, fault));
    return desk_put(desk, about_shelf, key, buffer_bytes(&coded), about->made, true, fault);
}

/* The list is its first member: that is how it is freed. */
struct listing {
    struct stet_kept_checks list;
    struct arena arena;
    struct stet_kept_check *at;
    size_t room;
    const char *owner, *story_name;
};

void stet_kept_checks_free(const struct stet_kept_checks *list)
{
    struct listing *listing = (struct listing *)(uintptr_t)list;
    if (listing == NULL)
        return;
    arena_release(&listing->arena);
    free(listing->at);
    free(listing);
}

static enum status add_listed(void *context, const char *key, struct bytes bytes, int64_t made,
                              struct fault *fault)
{
    struct listing *listing = context;
    struct stet_kept_check check;
    TRY(about_back(key, bytes, made, &listing->arena, &check, fault));
    if (listing->owner != NULL && strcmp(listing->owner, check.owner) != 0)
        return OK;
    if (listing->story_name != NULL && strcmp(listing->story_name, check.story_name) != 0)
        return OK;
    if (!GROW(listing->at, listing->room, listing->list.total))
        return no_memory(fault);
    listing->at[listing->list.total++] = check;
    return OK;
}

static int newest_first(const void *a, const void *b)
{
    uint64_t left = ((const struct stet_kept_check *)a)->id,
             right = ((const struct stet_kept_check *)b)->id;
    return (left < right) - (left > right);
}

static enum status list_all(struct archive *archive, struct listing *listing, struct fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    enum status opened = open_desk(archive, false, &desk, fault);
    if (opened == NOT_FOUND)
        return OK;
    TRY(opened);
    TRY(desk_each(desk, about_shelf, "", add_listed, listing, fault));
    if (listing->list.total > 0)
        qsort(listing->at, listing->list.total, sizeof *listing->at, newest_first);
    return OK;
}

enum stet_status stet_kept_checks_list(struct stet_archive *archive, const char *owner,
                                       const char *story_name, uint64_t skip, size_t most,
                                       const struct stet_kept_checks **list,
                                       struct stet_fault *fault)
{
    struct listing *listing = calloc(1, sizeof *listing);
    *list = NULL;
    if (listing == NULL)
        return no_memory(fault);
    listing->owner = owner;
    listing->story_name = story_name;
    enum status listed = list_all(archive, listing, fault);
    if (listed != OK) {
        stet_kept_checks_free(&listing->list);
        return listed;
    }
    uint64_t total = listing->list.total;
    skip = skip < total ? skip : total;
    most = most > 0 ? most : LIST_UNLESS_SAID;
    listing->list.at = total > 0 ? listing->at + skip : NULL;
    listing->list.count = total - skip < most ? (size_t)(total - skip) : most;
    *list = &listing->list;
    return OK;
}

enum status kept_find(struct archive *archive, uint64_t id, struct arena *arena,
                      struct stet_kept_check *about, struct bytes *found, struct fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    struct listing one = { 0 };
    char key[KEY_ROOM];
    key_of(id, key);
    enum status opened = open_desk(archive, false, &desk, fault);
    if (opened == OK)
        opened = desk_each(desk, about_shelf, key, add_listed, &one, fault);
    bool is_there = opened == OK && one.list.total == 1;
    if (is_there) {
        struct stet_kept_check *check = one.at;
        *about = *check;
        about->story_name = arena_string(arena, bytes_from_string(check->story_name));
        about->story_date = arena_string(arena, bytes_from_string(check->story_date));
        about->owner = arena_string(arena, bytes_from_string(check->owner));
        about->made = arena_string(arena, bytes_from_string(check->made));
    }
    arena_release(&one.arena);
    free(one.at);
    if (opened != OK && opened != NOT_FOUND)
        return opened;
    if (!is_there)
        return fail(fault, NOT_FOUND, "no check is kept under the number %" PRIu64, id);
    opened = desk_find(desk, found_shelf, key, arena, found, fault);
    return opened != NOT_FOUND
               ? opened
               : corrupt(fault, DESK_FILE, UINT64_MAX, "what a kept check found is missing");
}

enum stet_status stet_check_delete(struct stet_archive *archive, uint64_t id,
                                   struct stet_fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    char key[KEY_ROOM];
    bool was = false, was_found = false;
    key_of(id, key);
    enum status opened = open_desk(archive, false, &desk, fault);
    if (opened == OK) {
        desk_close(take(desk));
        TRY(open_desk(archive, true, &desk, fault));
        TRY(desk_remove(desk, about_shelf, key, &was, fault));
        TRY(desk_remove(desk, found_shelf, key, &was_found, fault));
    }
    if (opened != OK && opened != NOT_FOUND)
        return opened;
    return was || was_found
               ? OK
               : fail(fault, NOT_FOUND, "no check is kept under the number %" PRIu64, id);
}
