#include "search/label.h"

#include "archive/dating.h"
#include "text/clean.h"

const char *basis_label(const struct field *field, struct arena *arena)
{
    if (field->from.len > 0 && field->basis != BASIS_STATED)
        return clean_line(arena, field->from);
    switch (field->basis) {
    case BASIS_STATED:
        return "";
    case BASIS_INFERRED:
        return "worked out";
    case BASIS_FILE_NAME:
        return "from the file's name";
    case BASIS_DECLARED:
        return "as declared";
    }
    return "";
}

const char *field_label(const struct field_list *fields, enum field_name name, struct arena *arena)
{
    const struct field *field = field_list_find(fields, name);
    return field != NULL ? clean_line(arena, field->value) : "";
}

const char *file_label(const struct field_list *fields, struct arena *arena)
{
    bool is_known = field_list_find(fields, FIELD_NUMBER) != NULL ||
                    field_list_find(fields, FIELD_TITLE) != NULL;
    return is_known ? "" : field_label(fields, FIELD_ALIAS, arena);
}

enum status date_label_make(const struct snapshot *snapshot, uint64_t document,
                            const struct field_list *fields, struct arena *arena,
                            struct date_label *label, struct fault *fault)
{
    const struct field *field = field_list_find(fields, FIELD_DATE);
    bool stands = true;
    *label = (struct date_label){ .text = "", .basis = "" };
    if (field == NULL)
        return OK;
    bool is_inferred = field->basis == BASIS_INFERRED;
    if (is_inferred)
        TRY(snapshot_date_stands(snapshot, document, &stands, fault));
    label->is_dropped = !stands;
    if (!stands)
        return OK;
    label->text =
        arena_print(arena, "%s%s", is_inferred ? "~" : "", clean_line(arena, field->value));
    label->basis = basis_label(field, arena);
    return label->text == NULL ? no_memory(fault) : OK;
}
