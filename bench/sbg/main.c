/* sbg build ARCHIVE < LINES    sbg serve ARCHIVE < COMMANDS    (sbg.h) */
#include <string.h>

#include "base/hash.h"
#include "sbg.h"

int main(int count, char **words)
{
    struct fault fault = { 0 };
    uint64_t documents;
    bool is_build = count == 3 && strcmp(words[1], "build") == 0;
    if (!is_build && (count != 3 || strcmp(words[1], "serve") != 0)) {
        fprintf(stderr, "usage: sbg build ARCHIVE < LINES | sbg serve ARCHIVE < COMMANDS\n");
        return 2;
    }
    enum status done = hash_start(&fault);
    if (done == OK)
        done = is_build ? sbg_index(stdin, words[2], &documents, &fault)
                        : sbg_serve(words[2], stdin, stdout, &fault);
    if (done != OK)
        fprintf(stderr, "sbg: %s\n", fault.words);
    return done == OK ? 0 : 2;
}
