#include "check/style.h"

#include <stdio.h>

static const char *const names[] = {
#define STYLE_NAME(name, word) word,
    CHECK_STYLES(STYLE_NAME)
#undef STYLE_NAME
};

/* Only where a style departs from document-strict. */
static const struct style_row {
    enum style style;
    enum difference_class class;
    enum stet_severity severity;
} rows[] = {
    { STYLE_AP, DIFFERENCE_V3, STET_NONE },       { STYLE_AP, DIFFERENCE_V5, STET_NONE },
    { STYLE_AP, DIFFERENCE_V6, STET_NONE },       { STYLE_AP, DIFFERENCE_B4, STET_NONE },
    { STYLE_AP, DIFFERENCE_P2, STET_NONE },       { STYLE_REUTERS, DIFFERENCE_V6, STET_QUERY },
    { STYLE_REUTERS, DIFFERENCE_B1, STET_QUERY }, { STYLE_REUTERS, DIFFERENCE_B2, STET_QUERY },
    { STYLE_NYT, DIFFERENCE_V6, STET_QUERY },     { STYLE_WSJ, DIFFERENCE_V5, STET_QUERY },
    { STYLE_WSJ, DIFFERENCE_V6, STET_QUERY },     { STYLE_WSJ, DIFFERENCE_P2, STET_QUERY },
    { STYLE_WSJ, DIFFERENCE_K1, STET_NOTE },      { STYLE_GUARDIAN, DIFFERENCE_V3, STET_NONE },
    { STYLE_GUARDIAN, DIFFERENCE_V5, STET_NONE }, { STYLE_GUARDIAN, DIFFERENCE_V6, STET_NONE },
    { STYLE_GUARDIAN, DIFFERENCE_V7, STET_NOTE }, { STYLE_GUARDIAN, DIFFERENCE_P2, STET_NONE },
    { STYLE_CHICAGO, DIFFERENCE_V3, STET_NONE },  { STYLE_CHICAGO, DIFFERENCE_V5, STET_NOTE },
    { STYLE_CHICAGO, DIFFERENCE_V6, STET_NOTE },  { STYLE_CHICAGO, DIFFERENCE_V7, STET_NOTE },
    { STYLE_CHICAGO, DIFFERENCE_B4, STET_QUERY }, { STYLE_CHICAGO, DIFFERENCE_P2, STET_QUERY },
    { STYLE_MLA, DIFFERENCE_V3, STET_QUERY },     { STYLE_MLA, DIFFERENCE_V5, STET_QUERY },
    { STYLE_MLA, DIFFERENCE_V6, STET_QUERY },     { STYLE_MLA, DIFFERENCE_B4, STET_QUERY },
    { STYLE_MLA, DIFFERENCE_P2, STET_QUERY },     { STYLE_MLA, DIFFERENCE_O7, STET_QUERY },
    { STYLE_LEGAL, DIFFERENCE_V3, STET_QUERY },   { STYLE_LEGAL, DIFFERENCE_V5, STET_QUERY },
    { STYLE_LEGAL, DIFFERENCE_V6, STET_QUERY },   { STYLE_LEGAL, DIFFERENCE_B4, STET_QUERY },
    { STYLE_LEGAL, DIFFERENCE_P2, STET_QUERY },   { STYLE_LEGAL, DIFFERENCE_O7, STET_QUERY },
};

const char *style_name(enum style style)
{
    return style < STYLE_COUNT ? names[style] : "unknown";
}

enum status style_from_name(const char *name, enum style *style, struct fault *fault)
{
    char known[128];
    size_t len = 0;
    *style = STYLE_STRICT;
    if (name == NULL)
        return OK;
    for (int i = 0; i < STYLE_COUNT; i++) {
        *style = (enum style)i;
        if (strcmp(name, names[i]) == 0)
            return OK;
        len += (size_t)snprintf(known + len, sizeof known - len, "%s%s",
                                i == 0                 ? ""
                                : i + 1 == STYLE_COUNT ? " or "
                                                       : ", ",
                                names[i]);
    }
    return fail(fault, BAD_INPUT, "--style takes %s, not \"%s\"", known, name);
}

void style_apply(enum style style, enum difference_class class, struct severity_ruling *ruling)
{
    if (ruling->severity == STET_FIX)
        return;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].style == style && rows[i].class == class) {
            ruling->severity = rows[i].severity;
            ruling->folded = ruling->folded && ruling->severity == STET_NONE;
        }
}
