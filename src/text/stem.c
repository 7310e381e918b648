#include "text/stem.h"

#include <libstemmer.h>
#include <stdlib.h>

struct stemmer {
    struct sb_stemmer *snowball;
};

enum status stemmer_new(enum stem_language language, struct stemmer **stemmer, struct fault *fault)
{
    static const char *const names[STEM_LANGUAGES] = { "english", "spanish" };
    if (language >= STEM_LANGUAGES)
        return fail(fault, BAD_INPUT, "no stemmer for that language");
    struct stemmer *made = malloc(sizeof *made);
    if (!made)
        return no_memory(fault);
    made->snowball = sb_stemmer_new(names[language], "UTF_8");
    if (!made->snowball) {
        free(made);
        return no_memory(fault);
    }
    *stemmer = made;
    return OK;
}

void stemmer_free(struct stemmer *stemmer)
{
    if (!stemmer)
        return;
    sb_stemmer_delete(stemmer->snowball);
    free(stemmer);
}

struct bytes stemmer_stem(struct stemmer *stemmer, struct bytes key)
{
    const sb_symbol *stem = sb_stemmer_stem(stemmer->snowball, key.at, (int)key.len);
    if (!stem)
        return key;
    return bytes_make(stem, (size_t)sb_stemmer_length(stemmer->snowball));
}
