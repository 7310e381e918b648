#include "search/query.h"

#include <stdio.h>

#include "base/clock.h"
#include "search/filter.h"

static void print_day(int32_t days, struct buffer *to)
{
    int year, month, day;
    date_from_days(days, &year, &month, &day);
    buffer_print(to, "%04d-%02d-%02d", year, month, day);
}

static void print_date(const struct node *node, struct buffer *to)
{
    if (node->is_undated) {
        buffer_append_text(to, "without a date");
        return;
    }
    buffer_append_text(to, "dated");
    if (node->from != INT32_MIN) {
        buffer_append_text(to, node->from == node->to ? " " : " from ");
        print_day(node->from, to);
    }
    if (node->to != INT32_MAX && node->from != node->to) {
        buffer_append_text(to, node->from == INT32_MIN ? " up to " : " to ");
        print_day(node->to, to);
    }
    buffer_append_text(to, " (~ dates too)");
}

static void print_word(const struct query_word *word, struct buffer *to)
{
    if (word->is_exact) {
        buffer_append_text(to, "=");
        buffer_append_bytes(to, word->typed);
        return;
    }
    if (word->match == WORD_REGEX)
        buffer_append_text(to, "/");
    buffer_append_bytes(to, word->key);
    if (word->match == WORD_REGEX)
        buffer_append_text(to, "/");
    if (word->match == WORD_PREFIX)
        buffer_append_text(to, "*");
    if (word->match == WORD_FUZZY)
        buffer_print(to, "~%d", word->distance);
    if (word->match == WORD_STEM)
        buffer_append_text(to, word->languages == 1 << STEM_ENGLISH   ? "%en"
                               : word->languages == 1 << STEM_SPANISH ? "%es"
                                                                      : "%");
}

static void print_words(const struct node *node, struct buffer *to)
{
    bool is_phrase = node->word_count > 1;
    if (node->field != NO_FIELD)
        buffer_print(to, "%s:", field_word((enum field_name)node->field));
    if (is_phrase)
        buffer_append_text(to, "\"");
    for (size_t i = 0; i < node->word_count; i++) {
        if (i > 0)
            buffer_append_text(to, " ");
        print_word(&node->words[i], to);
    }
    if (is_phrase)
        buffer_append_text(to, "\"");
}

static void print_node(const struct node *node, bool is_inner, struct buffer *to);

static void print_list(const struct node *node, const char *between, bool is_inner,
                       struct buffer *to)
{
    if (is_inner)
        buffer_append_text(to, "(");
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        if (child != node->first)
            buffer_append_text(to, between);
        print_node(child, true, to);
    }
    if (is_inner)
        buffer_append_text(to, ")");
}

static void print_node(const struct node *node, bool is_inner, struct buffer *to)
{
    char near[64];
    switch (node->kind) {
    case NODE_AND:
        print_list(node, " AND ", is_inner, to);
        break;
    case NODE_OR:
        print_list(node, " OR ", is_inner, to);
        break;
    case NODE_NEAR:
        snprintf(near, sizeof near, " within %u word%s of ", node->near,
                 node->near == 1 ? "" : "s");
        print_list(node, near, is_inner, to);
        break;
    case NODE_NOT:
        buffer_append_text(to, "NOT ");
        print_node(node->first, true, to);
        break;
    case NODE_WORDS:
        print_words(node, to);
        break;
    case NODE_DATE:
        print_date(node, to);
        break;
    case NODE_CLASS:
        buffer_print(to, "class %s%s", class_filter_word(node->rank),
                     node->is_at_least ? " or higher" : "");
        break;
    case NODE_KIND:
        buffer_print(to, "kind %s", kind_word(node->document_kind));
        break;
    case NODE_COLLECTION:
        buffer_append_text(to, "in collection ");
        buffer_append_bytes(to, node->name);
        break;
    }
}

void query_print(const struct query *query, struct buffer *to)
{
    print_node(query->root, false, to);
}
