#include "corpus.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW = 60, NO_PAIR = -1, HEAD = 2 * sizeof(uint32_t) /* of a document in the pack */ };

void stop(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(2);
}

char *text_append(char *at, const char *limit, const char *words)
{
    size_t len = strlen(words);
    if (len >= (size_t)(limit - at))
        stop("a question is too long");
    memcpy(at, words, len + 1);
    return at + len;
}

/* The bytes of the mark that begins here; 0 where a letter or digit begins. */
static size_t mark_len(const unsigned char *at, size_t len)
{
    static const char kept[] = "\xaa\xb2\xb3\xb5\xb9\xba\xbc\xbd\xbe"; /* of U+0080 to U+00BF */
    if (at[0] < 128)
        return isalnum(at[0]) ? 0 : 1;
    if (len >= 2 && at[0] == 0xc2)
        return strchr(kept, at[1]) != NULL ? 0 : 2;
    if (len >= 2 && at[0] == 0xc3)
        return at[1] == 0x97 || at[1] == 0xb7 ? 2 : 0;
    if (len >= 3 && at[0] == 0xe2)
        return at[1] <= 0xaf ? 3 : 0;
    return len >= 3 && at[0] == 0xef && at[1] == 0xbf && at[2] >= 0xb9 ? 3 : 0;
}

static size_t letter_len(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

void text_blank(char *at, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t mark = mark_len((const unsigned char *)at + i, len - i);
        memset(at + i, ' ', mark);
        i += mark > 0 ? mark : letter_len((unsigned char)at[i]);
    }
}

static void *grown(void *at, size_t count, size_t size)
{
    bool is_power = (count & (count - 1)) == 0;
    if (!is_power)
        return at;
    at = realloc(at, (count == 0 ? 1 : 2 * count) * size);
    if (at == NULL)
        stop("no memory");
    return at;
}

struct stream {
    FILE *file;
    char *at;
    size_t room;
};

struct stream *stream_open(const char *path)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL)
        stop("no memory");
    stream->file = fopen(path, "rb");
    if (stream->file == NULL)
        stop("%s cannot be opened", path);
    return stream;
}

int stream_next(struct stream *stream, struct text *text)
{
    uint32_t head[2], len;
    if (fread(head, sizeof head, 1, stream->file) != 1)
        return 0;
    len = head[1];
    if (len >= stream->room) {
        stream->room = (size_t)len + 1;
        stream->at = realloc(stream->at, stream->room);
    }
    if (stream->at == NULL || fread(stream->at, 1, len, stream->file) != len)
        stop("the pack is cut short");
    *text = (struct text){ stream->at, len, head[0] };
    return 1;
}

void stream_close(struct stream *stream)
{
    fclose(stream->file);
    free(stream->at);
    free(stream);
}

struct text *corpus_map(const char *path, size_t *count)
{
    struct text *texts = NULL;
    struct stat shape;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &shape) != 0 || shape.st_size == 0)
        stop("%s cannot be opened, or is empty", path);
    size_t len = (size_t)shape.st_size;
    const char *at = mmap(NULL, len, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    if (at == MAP_FAILED)
        stop("%s cannot be mapped", path);
    close(fd);
    *count = 0;
    for (size_t offset = 0; offset + HEAD <= len;) {
        uint32_t head[2];
        memcpy(head, at + offset, HEAD);
        offset += HEAD;
        if (head[1] > len - offset)
            stop("%s is cut short", path);
        texts = grown(texts, *count, sizeof *texts);
        texts[(*count)++] = (struct text){ at + offset, head[1], head[0] };
        offset += head[1];
    }
    return texts;
}

static void split_words(char *line, struct question *question)
{
    char *rest = NULL;
    for (char *word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        if (question->count == WORDS_MAX)
            stop("a question has more than %d words", WORDS_MAX);
        question->words[question->count++] = word;
    }
}

static enum form form_named(const char *name)
{
    if (strcmp(name, "all") == 0)
        return FORM_ALL;
    if (strcmp(name, "any") == 0)
        return FORM_ANY;
    if (strcmp(name, "phrase") == 0)
        return FORM_PHRASE;
    if (strcmp(name, "prefix") == 0)
        return FORM_PREFIX;
    stop("%s is no form of a question", name);
}

/* The next line, owned by the caller, cut in two at its tab; NULL at the end. */
static char *line_read(FILE *file, char **second)
{
    char *line = NULL;
    size_t room = 0;
    if (getline(&line, &room, file) < 0) {
        free(line);
        return NULL;
    }
    line[strcspn(line, "\n")] = '\0';
    *second = strchr(line, '\t');
    if (*second == NULL)
        stop("a line has no tab: %s", line);
    *(*second)++ = '\0';
    return line;
}

static FILE *lines_open(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        stop("%s cannot be opened", path);
    return file;
}

static struct question question_from_head(const char *head)
{
    struct question question = { .folder = EVERY_FOLDER };
    char want[16], form[16];
    if (sscanf(head, "%15s %15s %d", want, form, &question.folder) != 3)
        stop("%s is no head of a question", head);
    question.is_count = strcmp(want, "count") == 0;
    question.form = form_named(form);
    return question;
}

struct question *questions_read(const char *path, size_t *count)
{
    struct question *questions = NULL;
    FILE *file = lines_open(path);
    char *words;
    *count = 0;
    for (char *line; (line = line_read(file, &words)) != NULL; free(line)) {
        questions = grown(questions, *count, sizeof *questions);
        struct question *question = &questions[(*count)++];
        *question = question_from_head(line);
        split_words(strdup(words), question);
    }
    fclose(file);
    return questions;
}

struct quotation *quotations_read(const char *path, size_t *count)
{
    struct quotation *quotations = NULL;
    FILE *file = lines_open(path);
    char *words;
    *count = 0;
    for (char *line; (line = line_read(file, &words)) != NULL;) {
        quotations = grown(quotations, *count, sizeof *quotations);
        struct quotation *quotation = &quotations[(*count)++];
        *quotation = (struct quotation){ .printed = line, .words.folder = EVERY_FOLDER };
        split_words(words, &quotation->words);
    }
    fclose(file);
    return quotations;
}

static unsigned char word_byte(char byte)
{
    unsigned char c = (unsigned char)byte;
    if (c >= 'A' && c <= 'Z')
        return (unsigned char)(c + 32);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 128 ? c : 0;
}

/* FNV-1a of the next word from *offset, which it steps over; 0 at the end. */
static uint64_t word_hash(struct text text, size_t *offset)
{
    uint64_t hash = 14695981039346656037u;
    size_t i = *offset;
    while (i < text.len && word_byte(text.at[i]) == 0)
        i++;
    size_t start = i;
    for (unsigned char c; i < text.len && (c = word_byte(text.at[i])) != 0; i++)
        hash = (hash ^ c) * 1099511628211u;
    *offset = i;
    return i == start ? 0 : hash;
}

static uint64_t pair_hash(uint64_t before, uint64_t word)
{
    return before * 31 + word;
}

struct pairs {
    uint64_t hashes[WORDS_MAX];
    int count;
    uint64_t sieve; /* a bit per hash: most pairs of a text are none of these */
};

static struct pairs pairs_from_question(const struct question *question)
{
    struct pairs pairs = { .count = 0 };
    uint64_t before = 0;
    for (size_t i = 0; i < question->count; i++) {
        size_t start = 0;
        uint64_t hash =
            word_hash((struct text){ question->words[i], strlen(question->words[i]), 0 }, &start);
        if (i > 0) {
            uint64_t pair = pair_hash(before, hash);
            pairs.hashes[pairs.count++] = pair;
            pairs.sieve |= 1ull << (pair & 63);
        }
        before = hash;
    }
    return pairs;
}

static int pair_find(const struct pairs *pairs, uint64_t hash)
{
    if ((pairs->sieve >> (hash & 63) & 1) == 0)
        return NO_PAIR;
    for (int i = 0; i < pairs->count; i++)
        if (pairs->hashes[i] == hash)
            return i;
    return NO_PAIR;
}

unsigned shared_pairs(const struct question *question, struct text text)
{
    struct pairs pairs = pairs_from_question(question);
    unsigned seen[WORDS_MAX] = { 0 }, held = 0, best = 0;
    int window[WINDOW];
    uint64_t before = 0, hash;
    for (size_t i = 0; i < WINDOW; i++)
        window[i] = NO_PAIR;
    for (size_t offset = 0, n = 0; (hash = word_hash(text, &offset)) != 0; n++, before = hash) {
        int *oldest = &window[n % WINDOW];
        if (*oldest != NO_PAIR && --seen[*oldest] == 0)
            held--;
        *oldest = pair_find(&pairs, pair_hash(before, hash));
        if (*oldest != NO_PAIR && seen[*oldest]++ == 0)
            held++;
        if (held > best)
            best = held;
    }
    return best;
}
