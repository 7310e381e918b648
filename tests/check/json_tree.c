#include "json_tree.h"

struct tree_reader {
    const char *at;
    struct arena *arena;
};

static const char *tree_word(struct tree_reader *reader, const char *start, const char *end)
{
    return arena_string(reader->arena, bytes_make(start, (size_t)(end - start)));
}

static void tree_blanks(struct tree_reader *reader)
{
    reader->at += strspn(reader->at, " \n\r\t");
}

static const char *tree_string(struct tree_reader *reader)
{
    const char *start = ++reader->at;
    while (*reader->at && *reader->at != '"')
        reader->at += reader->at[0] == '\\' && reader->at[1] ? 2 : 1;
    const char *word = tree_word(reader, start, reader->at);
    reader->at += *reader->at == '"';
    return word;
}

static struct tree *tree_value(struct tree_reader *reader);

static void tree_members(struct tree_reader *reader, struct tree *of, char close)
{
    struct tree **link = &of->first;
    reader->at++;
    for (;;) {
        const char *key = NULL;
        tree_blanks(reader);
        if (*reader->at == close || *reader->at == '\0')
            break;
        if (close == '}') {
            key = tree_string(reader);
            reader->at += strspn(reader->at, " :\n\t");
        }
        *link = tree_value(reader);
        if (*link == NULL)
            return;
        (*link)->key = key;
        link = &(*link)->next;
        tree_blanks(reader);
        reader->at += *reader->at == ',';
    }
    reader->at += *reader->at == close;
}

/* NULL where no value begins. */
static struct tree *tree_value(struct tree_reader *reader)
{
    struct tree *made = arena_alloc(reader->arena, sizeof *made);
    tree_blanks(reader);
    const char *start = reader->at;
    switch (*start) {
    case '{':
        made->kind = TREE_OBJECT;
        tree_members(reader, made, '}');
        return made;
    case '[':
        made->kind = TREE_ARRAY;
        tree_members(reader, made, ']');
        return made;
    case '"':
        made->kind = TREE_STRING;
        made->text = tree_string(reader);
        return made;
    case 'n':
    case 't':
    case 'f':
        made->kind = *start == 'n' ? TREE_NULL : *start == 't' ? TREE_TRUE : TREE_FALSE;
        reader->at += strspn(reader->at, "nulltruefas");
        return made;
    default:
        made->kind = TREE_NUMBER;
        reader->at += strspn(reader->at, "-+.0123456789eE");
        made->text = tree_word(reader, start, reader->at);
        return reader->at > start ? made : NULL;
    }
}

struct tree *tree_read(const char *text, struct arena *arena)
{
    struct tree_reader reader = { text, arena };
    return tree_value(&reader);
}

struct tree *tree_find(const struct tree *of, const char *key)
{
    for (struct tree *at = of ? of->first : NULL; at; at = at->next)
        if (at->key && strcmp(at->key, key) == 0)
            return at;
    return NULL;
}

size_t tree_count(const struct tree *of)
{
    size_t count = 0;
    for (const struct tree *at = of ? of->first : NULL; at; at = at->next)
        count++;
    return count;
}
