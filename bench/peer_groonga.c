/* peer_groonga - Groonga under the harness: positions on, text kept in a column, no stemming.
 *
 * Asked in its own command language through libgroonga, in this process. Words are divided at
 * blanks, which stand for all marks: its normaliser would drop line ends, and U+FFFE, which some
 * scans hold, would make it take everything up to the next one for one word.
 */
#include <groonga.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "driver.h"

enum { COMMAND_MAX = 16384 };

struct groonga {
    grn_ctx context;
    grn_obj *base;
};

/* What a command answers, JSON, lent until the next one. */
__attribute__((format(printf, 2, 3))) static struct text command(grn_ctx *context,
                                                                 const char *format, ...)
{
    char words[COMMAND_MAX], *answer = NULL;
    unsigned len = 0;
    int flags;
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    if (size < 0 || (size_t)size >= sizeof words)
        stop("groonga: a command is too long");
    grn_ctx_send(context, words, (unsigned)size, 0);
    grn_ctx_recv(context, &answer, &len, &flags);
    if (context->rc != GRN_SUCCESS)
        stop("groonga: %s: %s", words, context->errbuf);
    return (struct text){ answer, len, 0 };
}

static void start(grn_ctx *context)
{
    if (grn_init() != GRN_SUCCESS || grn_ctx_init(context, 0) != GRN_SUCCESS)
        stop("groonga: cannot be started");
}

static void insert_all(grn_ctx *context, const char *pack)
{
    grn_obj *table = grn_ctx_get(context, "Docs", 4), body, folder;
    grn_obj *bodies = grn_obj_column(context, table, "body", 4);
    grn_obj *folders = grn_obj_column(context, table, "folder", 6);
    struct stream *stream = stream_open(pack);
    struct text text;
    char *blank = NULL;
    GRN_TEXT_INIT(&body, GRN_OBJ_DO_SHALLOW_COPY);
    GRN_UINT32_INIT(&folder, 0);
    while (stream_next(stream, &text)) {
        grn_id id = grn_table_add(context, table, NULL, 0, NULL);
        blank = realloc(blank, text.len + 1);
        memcpy(blank, text.at, text.len);
        text_blank(blank, text.len);
        GRN_TEXT_SET_REF(&body, blank, text.len);
        grn_obj_set_value(context, bodies, id, &body, GRN_OBJ_SET);
        GRN_UINT32_SET(context, &folder, text.folder);
        grn_obj_set_value(context, folders, id, &folder, GRN_OBJ_SET);
    }
    free(blank);
    stream_close(stream);
}

/* Bytes on disk of the base's files: INDEX, INDEX.0000000, ... */
static uint64_t disk_bytes(const char *index)
{
    char path[4096];
    struct stat shape;
    uint64_t bytes = stat(index, &shape) == 0 ? (uint64_t)shape.st_blocks * 512 : 0;
    for (unsigned i = 0; i < 4096; i++)
        for (int c = -1; c < 10; c++) {
            int len = snprintf(path, sizeof path, "%s.%07X", index, i);
            if (c >= 0)
                snprintf(path + len, sizeof path - (size_t)len, ".%03d", c);
            if (stat(path, &shape) == 0)
                bytes += (uint64_t)shape.st_blocks * 512;
        }
    return bytes + (stat(strcat(strcpy(path, index), ".c"), &shape) == 0
                        ? 512 * (uint64_t)shape.st_blocks
                        : 0);
}

static void build(const char *pack, const char *index)
{
    static grn_ctx context;
    start(&context);
    grn_obj *base = grn_db_create(&context, index, NULL);
    if (base == NULL)
        stop("groonga: %s", context.errbuf);
    command(&context, "table_create Docs TABLE_NO_KEY");
    command(&context, "column_create Docs body COLUMN_SCALAR LongText");
    command(&context, "column_create Docs folder COLUMN_SCALAR UInt32");
    command(&context, "table_create Folders TABLE_HASH_KEY UInt32");
    command(&context, "table_create Terms TABLE_PAT_KEY ShortText --normalizer NormalizerNFKC130"
                      " --default_tokenizer TokenDelimit");
    insert_all(&context, pack);
    uint64_t before = disk_bytes(index);
    command(&context, "column_create Folders docs COLUMN_INDEX Docs folder");
    command(&context, "column_create Terms docs COLUMN_INDEX|WITH_POSITION Docs body");
    grn_obj_close(&context, base);
    uint64_t whole = disk_bytes(index);
    printf("settle 0\nindex %llu\nwhole %llu\n", (unsigned long long)(whole - before),
           (unsigned long long)whole);
}

static void *open_index(const char *index)
{
    struct groonga *groonga = calloc(1, sizeof *groonga);
    if (groonga == NULL)
        stop("no memory");
    start(&groonga->context);
    groonga->base = grn_db_open(&groonga->context, index);
    if (groonga->base == NULL)
        stop("groonga: %s cannot be opened", index);
    command(&groonga->context, "cache_limit 0");
    return groonga;
}

static void close_index(void *self)
{
    struct groonga *groonga = self;
    grn_obj_close(&groonga->context, groonga->base);
    free(groonga);
}

static char *write_phrase(char *const *words, size_t count, char *at, const char *limit)
{
    at = text_append(at, limit, "\"");
    for (size_t i = 0; i < count; i++) {
        at = text_append(at, limit, i == 0 ? "" : " ");
        at = text_append(at, limit, words[i]);
    }
    return text_append(at, limit, "\"");
}

static void write_words(const struct question *question, char *at, const char *limit)
{
    const char *between = question->form == FORM_ANY ? " OR " : " ";
    for (size_t i = 0; i < question->count; i++) {
        at = text_append(at, limit, i == 0 ? "" : between);
        at = text_append(at, limit, question->words[i]);
    }
    text_append(at, limit, question->form == FORM_PREFIX ? "*" : "");
}

static void write_query(const struct question *question, char *at, const char *limit)
{
    if (question->form == FORM_PHRASE) {
        write_phrase(question->words, question->count, at, limit);
    } else if (question->form == FORM_ANY_THREE) {
        for (size_t i = 0; i + 2 < question->count; i++) {
            at = text_append(at, limit, i == 0 ? "" : " OR ");
            at = write_phrase(question->words + i, 3, at, limit);
        }
    } else {
        write_words(question, at, limit);
    }
}

static struct text answer(struct groonga *groonga, const struct question *question, size_t most)
{
    char words[8192], filter[64] = "";
    write_query(question, words, words + sizeof words);
    if (question->folder != EVERY_FOLDER)
        snprintf(filter, sizeof filter, " --filter 'folder == %d'", question->folder);
    return command(&groonga->context,
                   "select Docs --match_columns '%s' --query '%s'%s --limit %zu %s"
                   " --output_columns _id --match_escalation_threshold -1 --cache no",
                   most > 0 ? "scorer_tf_idf(body)" : "body", words, filter, most,
                   most > 0 ? "--sort_keys -_score" : "");
}

/* The numbers of [[[5],[["_id","UInt32"]],[9],[2]]], the first one how many there are in all. */
static size_t numbers(struct text answer, uint64_t *at, size_t most)
{
    const char *end = answer.at + answer.len;
    size_t count = 0;
    for (const char *c = answer.at; c + 1 < end && count < most; c++)
        if (*c == '[' && c[1] >= '0' && c[1] <= '9')
            at[count++] = strtoull(c + 1, NULL, 10);
    return count;
}

static size_t best(void *self, const struct question *question, size_t most, uint32_t *documents)
{
    uint64_t found[DOCUMENTS_MAX + 1];
    size_t count = numbers(answer(self, question, most), found, most + 1);
    for (size_t i = 1; i < count; i++)
        documents[i - 1] = (uint32_t)found[i] - 1;
    return count == 0 ? 0 : count - 1;
}

static uint64_t count_all(void *self, const struct question *question)
{
    uint64_t found = 0;
    numbers(answer(self, question, 0), &found, 1);
    return found;
}

static const struct engine engine = {
    .build = build, .open = open_index, .close = close_index, .best = best, .count = count_all
};

int main(int count, char **words)
{
    if (count == 2 && strcmp(words[1], "version") == 0) {
        printf("Groonga %s\n", grn_get_version());
        return 0;
    }
    return driver_main(count, words, &engine);
}
