#include <string.h>

#include "sbg.h"

/* A word or phrase of the query, with its sign: '+', '-' or ' '. */
struct item {
    char sign;
    const char *at;
    size_t len;
};

/* The next item; false at the end, or with len 0 where the query cannot be taken. */
static bool item_next(const char **rest, struct item *item)
{
    const char *c = *rest + strspn(*rest, " ");
    if (*c == '\0')
        return false;
    *item = (struct item){ .sign = ' ' };
    if (*c == '+' || *c == '-')
        item->sign = *c++;
    bool is_phrase = *c == '"';
    item->at = c + is_phrase;
    item->len = strcspn(item->at, is_phrase ? "\"" : " ");
    *rest = item->at + item->len;
    if (is_phrase && **rest == '"')
        (*rest)++;
    else if (is_phrase)
        item->len = 0;
    if (!is_phrase && strcspn(item->at, "\"*:[](){}~^/\\") < item->len)
        item->len = 0;
    return true;
}

/* Every word in quotation marks: OR and NEAR are words there. */
static void write_item(struct buffer *to, const struct item *item, const char *before)
{
    buffer_append_text(to, before);
    buffer_append_text(to, "\"");
    buffer_append(to, item->at, item->len);
    buffer_append_text(to, "\"");
}

static void write_signed(struct buffer *to, const char *query, char sign, const char *first,
                         const char *between)
{
    struct item item;
    const char *before = first;
    for (const char *rest = query; item_next(&rest, &item);)
        if (item.sign == sign) {
            write_item(to, &item, before);
            before = between;
        }
}

bool sbg_translate(const char *query, struct buffer *to)
{
    size_t wanted = 0, welcome = 0;
    struct item item;
    for (const char *rest = query; item_next(&rest, &item);) {
        if (item.len == 0)
            return false;
        wanted += item.sign == '+';
        welcome += item.sign == ' ';
    }
    if ((wanted > 0) == (welcome > 0))
        return false;
    buffer_append_text(to, "(");
    write_signed(to, query, '+', "", " ");
    write_signed(to, query, ' ', "", " OR ");
    buffer_append_text(to, ")");
    write_signed(to, query, '-', " NOT ", " NOT ");
    return true;
}
