/* sheet.h - a document as it is written out: for people, or as one JSON object. */
#ifndef SEARCH_SHEET_H
#define SEARCH_SHEET_H

#include <stet/document.h>

#include "search/block.h"
#include "search/dossier.h"

/* Where pieces go; a refusal (not 0) ends the writing. */
struct outlet {
    stet_show_write *write;
    void *context;
    struct buffer piece;
    bool is_closed;
    unsigned flags; /* stet_show_flag */
};
/* Hand on what was gathered. */
MUST_USE enum status outlet_flush(struct outlet *outlet, struct fault *fault);

void sheet_list(struct outlet *outlet, const char *name, const struct related *related,
                size_t count);
void sheet_head(struct outlet *outlet, const struct dossier *dossier);
void sheet_part(struct outlet *outlet, const struct dossier *dossier, uint32_t part,
                const struct blocks *blocks);
void sheet_end(struct outlet *outlet, const struct dossier *dossier);

/* The same as JSON: sheet_json.c. */
struct json;
void sheet_json_list(struct json *json, const char *name, const struct related *related,
                     size_t count);
void sheet_json_head(struct json *json, const struct dossier *dossier);
void sheet_json_part(struct json *json, const struct dossier *dossier, uint32_t part,
                     const struct blocks *blocks);
void sheet_json_end(struct json *json);

#endif
