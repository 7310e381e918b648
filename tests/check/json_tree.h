/* json_tree.h - JSON read into a tree, for tests alone: our own writer's output and our schema. No
 * escapes but the simple ones. */
#ifndef TESTS_CHECK_JSON_TREE_H
#define TESTS_CHECK_JSON_TREE_H

#include "base/arena.h"

enum tree_kind {
    TREE_NULL,
    TREE_FALSE,
    TREE_TRUE,
    TREE_NUMBER,
    TREE_STRING,
    TREE_ARRAY,
    TREE_OBJECT
};

struct tree {
    enum tree_kind kind;
    const char *key;    /* in an object */
    const char *text;   /* of strings (escapes as written) and numbers */
    struct tree *first; /* of arrays and objects */
    struct tree *next;
};

/* NULL where no value begins. From the arena. */
struct tree *tree_read(const char *text, struct arena *arena);
struct tree *tree_find(const struct tree *of, const char *key);
size_t tree_count(const struct tree *of);

#endif
