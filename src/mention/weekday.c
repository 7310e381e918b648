#include "mention/weekday.h"

enum { ENGLISH_DAYS = 7, DAYS = 21 };

static const char *const names[DAYS] = {
    "Sunday",  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",  "Saturday",
    "domingo", "lunes",  "martes",  "miércoles", "jueves",   "viernes", "sábado",
    "domingo", "lunes",  "martes",  "miercoles", "jueves",   "viernes", "sabado",
};

uint8_t weekday_from_word(struct bytes word)
{
    if (word.len < 3)
        return 0;
    for (size_t i = 0; i < DAYS; i++) {
        struct bytes full = bytes_from_string(names[i]);
        bool is_short = word.len <= 4 && i < ENGLISH_DAYS &&
                        bytes_equal_fold(word, bytes_slice(full, 0, word.len));
        if (is_short || bytes_equal_fold(word, full))
            return (uint8_t)(i % 7 + 1);
    }
    return 0;
}

const char *weekday_word(uint8_t weekday)
{
    return weekday >= 1 && weekday <= ENGLISH_DAYS ? names[weekday - 1] : "";
}
