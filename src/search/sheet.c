#include "search/sheet.h"

static const char *bold(const struct outlet *outlet)
{
    return outlet->flags & STET_SHOW_COLOUR ? "\033[1m" : "";
}

static const char *dim(const struct outlet *outlet)
{
    return outlet->flags & STET_SHOW_COLOUR ? "\033[2m" : "";
}

static const char *plain(const struct outlet *outlet)
{
    return outlet->flags & STET_SHOW_COLOUR ? "\033[0m" : "";
}

enum status outlet_flush(struct outlet *outlet, struct fault *fault)
{
    TRY(buffer_check(&outlet->piece, fault));
    if (outlet->piece.len > 0 && !outlet->is_closed)
        outlet->is_closed =
            outlet->write(outlet->context, outlet->piece.at, outlet->piece.len) != 0;
    buffer_clear(&outlet->piece);
    return OK;
}

static void print_related(struct buffer *to, const char *lead, const struct related *related)
{
    const char *words[] = { related->kind, related->date, related->origin, related->title };
    buffer_print(to, "%-16s%s", lead, related->address);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i][0] != '\0')
            buffer_print(to, "  %s", words[i]);
    buffer_append_text(to, related->is_held ? "\n" : "  not held\n");
}

static void print_all(struct buffer *to, const char *lead, const struct related *related,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        print_related(to, i == 0 ? lead : "", &related[i]);
}

void sheet_list(struct outlet *outlet, const char *name, const struct related *related,
                size_t count)
{
    buffer_print(&outlet->piece,
                 "%zu documents are called %s; name one of them with its reading:\n", count, name);
    print_all(&outlet->piece, "", related, count);
}

static bool goes_on(const struct dossier_field *before, const struct dossier_field *field)
{
    return field->word == before->word && field->is_inferred == before->is_inferred &&
           strcmp(field->basis, before->basis) == 0;
}

/* One line for one field and, behind commas, those after it that differ in nothing but their value.
 * Answers how many. */
static size_t print_field(const struct outlet *outlet, struct buffer *to,
                          const struct dossier_field *field, size_t left)
{
    size_t taken = 1;
    buffer_print(to, "%-14s%s%s", field->word, field->is_inferred ? "~" : "", field->value);
    for (; taken < left && goes_on(field, &field[taken]); taken++)
        buffer_print(to, "%s %s", field->has_commas ? ";" : ",", field[taken].value);
    if (field->basis[0] != '\0')
        buffer_print(to, "  %s(%s)%s", dim(outlet), field->basis, plain(outlet));
    buffer_append_text(to, "\n");
    return taken;
}

void sheet_head(struct outlet *outlet, const struct dossier *dossier)
{
    struct buffer *to = &outlet->piece;
    buffer_print(to, "%s%s%s  %s%s%s\n", bold(outlet), dossier->name, plain(outlet), dossier->kind,
                 dossier->file[0] != '\0' ? "  " : "", dossier->file);
    if (dossier->verdict[0] != '\0')
        buffer_print(to, "%-14s%s\n", "read", dossier->verdict);
    for (size_t i = 0; i < dossier->field_count;) {
        const struct dossier_field *field = &dossier->fields[i];
        i += field->is_usual ? 1 : print_field(outlet, to, field, dossier->field_count - i);
    }
}

static void print_lines(struct buffer *to, const char *text)
{
    size_t at = 0;
    struct bytes line, all = bytes_from_string(text);
    for (bool is_first = true; bytes_next_line(all, &at, &line); is_first = false) {
        if (!is_first && line.len > 0)
            buffer_append_text(to, "        ");
        buffer_append_bytes(to, line);
        buffer_append_text(to, "\n");
    }
}

void sheet_part(struct outlet *outlet, const struct dossier *dossier, uint32_t part,
                const struct blocks *blocks)
{
    struct buffer *to = &outlet->piece;
    if (part > 1) {
        const char *name = part <= dossier->part_count ? dossier->part_names[part - 1] : "";
        buffer_print(to, "\n%s%s:%u%s  %s\n", bold(outlet), dossier->name, part, plain(outlet),
                     name);
    }
    for (size_t i = 0; i < blocks->count; i++) {
        const struct block *block = &blocks->at[i];
        buffer_print(to, "\n%s%-7s%s%s", dim(outlet), block->label, plain(outlet),
                     block->is_asked ? ">" : " ");
        if (block->is_asked)
            buffer_append_text(to, bold(outlet));
        print_lines(to, block->text);
        if (block->is_asked)
            buffer_append_text(to, plain(outlet));
    }
    if (blocks->left > 0)
        buffer_print(to, "\n        (%zu more %s; --all shows all)\n", blocks->left,
                     blocks->left == 1 ? "paragraph" : "paragraphs");
}

void sheet_end(struct outlet *outlet, const struct dossier *dossier)
{
    struct buffer *to = &outlet->piece;
    buffer_append_text(to, "\n");
    print_all(to, "refers to:", dossier->refs, dossier->ref_count);
    print_all(to, "referred to by:", dossier->referrers, dossier->referrer_count);
    print_all(to, "also held as:", dossier->twins, dossier->twin_count);
    for (size_t i = 0; i < dossier->path_count; i++)
        buffer_print(to, "%-16s%s\n", i == 0 ? "from:" : "", dossier->paths[i]);
}
