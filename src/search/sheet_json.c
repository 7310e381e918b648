#include "search/sheet.h"

#include "base/json.h"

static void text_of(struct json *json, const char *key, const char *value)
{
    json_key(json, key);
    json_text(json, value);
}

static void related_all(struct json *json, const char *key, const struct related *related,
                        size_t count)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < count; i++) {
        json_object(json);
        text_of(json, "address", related[i].address);
        json_key(json, "held");
        json_bool(json, related[i].is_held);
        text_of(json, "kind", related[i].kind);
        text_of(json, "date", related[i].date);
        text_of(json, "origin", related[i].origin);
        text_of(json, "subject", related[i].title);
        json_object_end(json);
    }
    json_array_end(json);
}

void sheet_json_list(struct json *json, const char *name, const struct related *related,
                     size_t count)
{
    json_object(json);
    text_of(json, "name", name);
    related_all(json, "documents", related, count);
    json_object_end(json);
}

static void fields_of(struct json *json, const struct dossier *dossier)
{
    json_key(json, "fields");
    json_array(json);
    for (size_t i = 0; i < dossier->field_count; i++) {
        json_object(json);
        text_of(json, "name", dossier->fields[i].word);
        text_of(json, "value", dossier->fields[i].value);
        json_key(json, "inferred");
        json_bool(json, dossier->fields[i].is_inferred);
        text_of(json, "basis", dossier->fields[i].basis);
        json_object_end(json);
    }
    json_array_end(json);
}

/* Leaves "parts" open. */
void sheet_json_head(struct json *json, const struct dossier *dossier)
{
    json_object(json);
    text_of(json, "name", dossier->name);
    text_of(json, "kind", dossier->kind);
    text_of(json, "problem", dossier->verdict);
    fields_of(json, dossier);
    related_all(json, "refers_to", dossier->refs, dossier->ref_count);
    related_all(json, "referred_to_by", dossier->referrers, dossier->referrer_count);
    related_all(json, "also_held_as", dossier->twins, dossier->twin_count);
    json_key(json, "from");
    json_array(json);
    for (size_t i = 0; i < dossier->path_count; i++)
        json_text(json, dossier->paths[i]);
    json_array_end(json);
    json_key(json, "parts");
    json_array(json);
}

void sheet_json_part(struct json *json, const struct dossier *dossier, uint32_t part,
                     const struct blocks *blocks)
{
    json_object(json);
    json_key(json, "part");
    json_number(json, part);
    text_of(json, "name", part <= dossier->part_count ? dossier->part_names[part - 1] : "");
    json_key(json, "paragraphs");
    json_array(json);
    for (size_t i = 0; i < blocks->count; i++) {
        json_object(json);
        text_of(json, "label", blocks->at[i].label);
        text_of(json, "marking", blocks->at[i].marking);
        json_key(json, "asked");
        json_bool(json, blocks->at[i].is_asked);
        text_of(json, "text", blocks->at[i].text);
        json_object_end(json);
    }
    json_array_end(json);
    json_key(json, "not_shown");
    json_number(json, (int64_t)blocks->left);
    json_object_end(json);
}

void sheet_json_end(struct json *json)
{
    json_array_end(json);
    json_object_end(json);
}
