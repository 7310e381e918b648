/* corpus.h - what every engine is given: the packed documents, the questions and the quotations.
 *
 * The pack is written by bench/run: for each document two 32 bit little-endian numbers, its folder
 * and its length, then so many bytes of UTF-8 without NUL. Questions are lines
 * "WANT FORM FOLDER<tab>words" (best or count; a number, or -1 for all folders), quotations lines
 * "printed<tab>words". A file that cannot be read ends the program with words: this is a driver.
 */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { WORDS_MAX = 40 };

struct text {
    const char *at; /* not ended by NUL */
    size_t len;
    uint32_t folder; /* of those given to bench/run, from 0 */
};

/* The documents one after another, read through one buffer, so that memory is the engine's. */
struct stream;
struct stream *stream_open(const char *path);
/* 1 and the document, lent until the next call; 0 at the end. */
int stream_next(struct stream *stream, struct text *text);
void stream_close(struct stream *stream);

/* All documents at once, in a mapping that stays. */
struct text *corpus_map(const char *path, size_t *count);

enum form {
    FORM_ALL,
    FORM_ANY,
    FORM_PHRASE,
    FORM_PREFIX,   /* words that begin with the one word */
    FORM_ANY_THREE /* any three words in a row */
};

enum { EVERY_FOLDER = -1 };

struct question {
    enum form form;
    bool is_count; /* how many, instead of which are best */
    int folder;    /* only documents of it, or EVERY_FOLDER */
    size_t count;
    char *words[WORDS_MAX];
};
struct question *questions_read(const char *path, size_t *count);

struct quotation {
    char *printed;
    struct question words; /* of it, lower case letters and digits */
};
struct quotation *quotations_read(const char *path, size_t *count);

/* Put a blank in place of every byte of what is neither letter nor digit, for engines whose own
 * rule cannot be set: ASCII, Latin-1, U+2000 to U+2BFF, U+FFF9 to U+FFFF; other scripts' marks
 * stay. */
void text_blank(char *at, size_t len);

/* How many pairs of neighbouring words of the question stand in the best 60 words of the text. */
unsigned shared_pairs(const struct question *question, struct text text);

/* Append to a string that ends at `at`; its new end. Room is up to `limit`. */
char *text_append(char *at, const char *limit, const char *words);

/* Say what is wrong and end with 2. */
__attribute__((noreturn, format(printf, 1, 2))) void stop(const char *format, ...);

#ifdef __cplusplus
}
#endif
#endif
