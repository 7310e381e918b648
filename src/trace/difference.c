#include "trace/difference.h"

const char *difference_code(enum difference_class class)
{
    static const char *const codes[] = {
#define DIFFERENCE_CODE(name, code, words) [name] = code,
        DIFFERENCES(DIFFERENCE_CODE)
#undef DIFFERENCE_CODE
    };
    return class < DIFFERENCE_CLASSES ? codes[class] : "";
}

const char *difference_words(enum difference_class class)
{
    static const char *const said[] = {
#define DIFFERENCE_SAID(name, code, words) [name] = words,
        DIFFERENCES(DIFFERENCE_SAID)
#undef DIFFERENCE_SAID
    };
    return class < DIFFERENCE_CLASSES ? said[class] : "";
}
