/* Which telegram is this, where from, and of what day: banner, date line, declassification date and
 * file name together. */
#include "record/cable.h"

enum { SHORT_YEARS = 10, ORDER_BEGAN = 1995, ORDER_ENDED = 2012 };

/* The number that a file's name states: digits, capitals, digits. */
static bool file_reference(struct bytes stem, struct reference *reference)
{
    if (stem.len < 5 || stem.len >= POST_NAME_MAX || !is_digit(stem.at[0]) || !is_digit(stem.at[1]))
        return false;
    size_t end = stem.len;
    while (end > 2 && is_digit(stem.at[end - 1]))
        end--;
    uint64_t serial;
    if (end < 4 || !bytes_to_number(bytes_slice(stem, end, stem.len), &serial) || serial == 0 ||
        serial > 99999999)
        return false;
    for (size_t i = 2; i < end; i++)
        if (!is_upper(stem.at[i]) && !is_digit(stem.at[i]) && stem.at[i] != '-' &&
            stem.at[i] != '\'')
            return false;
    if (!is_upper(stem.at[2]))
        return false;
    struct bytes printed = bytes_slice(stem, 2, end - 2);
    const struct post *post = post_from_name(printed);
    reference->year =
        year_from_two_digits((uint32_t)(stem.at[0] - '0') * 10 + (uint32_t)(stem.at[1] - '0'));
    reference->serial = (uint32_t)serial;
    reference->post_is_known = post != NULL;
    return post != NULL ? strcpy(reference->post, post->name) != NULL
                        : post_name_fold(printed, reference->post);
}

static void banner_reference(struct cable *cable)
{
    const struct post *post = post_from_name(cable->banner.post);
    if (cable->banner.post.len == 0)
        return;
    if (bytes_has_prefix(cable->banner.post, "XXXXX")) { /* the post is withheld */
        if (cable->file.serial == cable->banner.serial)
            cable->number = cable->file;
        cable->number.year = 0;
        return;
    }
    cable->number.post_is_known = post != NULL;
    if (post != NULL)
        strcpy(cable->number.post, post->name);
    else if (!post_name_fold(cable->banner.post, cable->number.post))
        return;
    cable->number.serial = (uint32_t)cable->banner.serial;
}

/* A section line run into a file's name ("SECTION02OF02" before the post) still names the same
 * post. */
static bool ends_with(const char *whole, const char *end)
{
    size_t len = strlen(whole), tail = strlen(end);
    return len >= tail && tail > 2 && strcmp(whole + len - tail, end) == 0;
}

/* The declassification date of an order's line, when a full one is printed. */
static bool declassified(struct cable *cable, struct date *date)
{
    const struct cable_piece *order = NULL;
    for (size_t i = 0; order == NULL && i < cable->piece_count; i++)
        if (cable->pieces[i].label == LABEL_ORDER)
            order = &cable->pieces[i];
    if (order == NULL)
        return false;
    uint32_t end = order->end - order->start > 120 ? order->start + 120 : order->end;
    struct bytes text = bytes_slice(cable->record->text, 0, end);
    size_t at = order->start;
    for (size_t len; (len = date_find(text, &at, date)) > 0; at += len)
        if (date->day > 0 && !date->is_group && date->year > ORDER_BEGAN)
            return true;
    return false;
}

static bool years_before(const struct date *declassify, int years, struct date *date)
{
    *date = (struct date){ .year = (int16_t)(declassify->year - years),
                           .month = declassify->month,
                           .day = declassify->day };
    bool is_leap = date->year % 4 == 0 && (date->year % 100 != 0 || date->year % 400 == 0);
    return date->month != 2 || date->day != 29 || is_leap;
}

/* The day of the telegram, 10, 20 or 25 years earlier: the one whose year agrees with the number's,
 * or, where no year is known, ten years when that falls into the order's time. */
static bool inferred_date(struct cable *cable, struct date *date)
{
    static const int terms[] = { SHORT_YEARS, 20, 25 };
    struct date declassify;
    if (!declassified(cable, &declassify))
        return false;
    int16_t known = cable->number.year != 0 ? cable->number.year : cable->file.year;
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        bool agrees = known != 0 ? declassify.year - terms[i] == known
                                 : i == 0 && declassify.year - terms[i] < ORDER_ENDED;
        if (agrees)
            return years_before(&declassify, terms[i], date);
    }
    return false;
}

static void name_anomaly(struct cable *cable)
{
    const struct reference *number = &cable->number, *file = &cable->file;
    if (file->serial == 0 || number->serial == 0)
        return;
    bool same_post = strcmp(number->post, file->post) == 0 || ends_with(file->post, number->post);
    if (!same_post)
        record_anomaly(cable->record, "another post's cable: %s %u under the name %.*s",
                       number->post, number->serial, (int)(cable->record->stem.len % 64),
                       (const char *)cable->record->stem.at);
    else if (number->serial != file->serial)
        record_anomaly(cable->record, "the banner's number %u differs from the file name's %u",
                       number->serial, file->serial);
}

static void number_field(struct cable *cable)
{
    struct record *record = cable->record;
    struct reference *number = &cable->number;
    char printed[REFERENCE_MAX];
    enum field_basis basis = BASIS_STATED;
    const char *from = "";
    struct date date;
    if (number->serial == 0) {
        if (cable->file.serial == 0 || reference_write(&cable->file, 0, printed) == 0)
            return;
        *number = cable->file;
        basis = BASIS_FILE_NAME;
        from = "from the file name";
    } else if (cable->date.year != 0) {
        number->year = cable->date.year;
    } else if (cable->file.year != 0) {
        bool confirmed =
            number->serial == cable->file.serial && (strcmp(number->post, cable->file.post) == 0 ||
                                                     ends_with(cable->file.post, number->post));
        number->year = cable->file.year;
        basis = confirmed ? BASIS_STATED : BASIS_INFERRED;
        from =
            confirmed ? "the year from the file name, which agrees" : "the year from the file name";
    } else if (inferred_date(cable, &date)) {
        number->year = date.year;
        basis = BASIS_INFERRED;
        from = "the year from the declassification date";
    }
    if (reference_write(number, 0, printed) == 0) {
        const char *alias = arena_print(record->arena, "%s %u", number->post, number->serial);
        record_field(record, FIELD_ALIAS, bytes_from_string(alias == NULL ? "" : alias));
    } else
        record_field_from(record, FIELD_NUMBER, basis,
                          arena_copy(record->arena, bytes_from_string(printed)), from);
}

static void date_field(struct cable *cable)
{
    struct record *record = cable->record;
    char printed[DATE_TEXT_MAX];
    struct date date = cable->date;
    enum field_basis basis = BASIS_STATED;
    const char *from = "";
    size_t len = 0;
    if (date.year != 0) {
        len = date_write(&date, printed);
    } else if (inferred_date(cable, &date)) {
        basis = BASIS_INFERRED;
        from = "from the declassification date";
        len = date_write(&date, printed);
    } else if (cable->number.year != 0) {
        basis = BASIS_INFERRED;
        from = "from the number";
        record_field_from(record, FIELD_DATE, basis,
                          record_number(record, (uint64_t)cable->number.year), from);
    }
    if (len > 0)
        record_field_from(record, FIELD_DATE, basis,
                          arena_copy(record->arena, bytes_make(printed, len)), from);
}

/* "PORT LEONE" as "Port Leone"; in the arena, behind `kind`. */
static struct bytes titled(struct cable *cable, const char *kind, struct bytes place)
{
    char *words =
        arena_print(cable->record->arena, "%s%.*s", kind, (int)place.len, (const char *)place.at);
    if (words == NULL)
        return place;
    for (char *at = words + strlen(kind) + 1; *at != '\0'; at++)
        if (is_upper((uint8_t)*at) && is_letter((uint8_t)at[-1]))
            *at = (char)(*at | 0x20);
    return bytes_from_string(words);
}

/* The banner names the place; what kind of post it is stands in the line FM. */
static struct bytes unknown_origin(struct cable *cable)
{
    static const struct {
        const char *word, *kind;
    } kinds[] = {
        { "AMEMBASSY ", "Embassy " },    { "AMCONSUL ", "Consulate " },
        { "AMCONGEN ", "Consulate " },   { "USMISSION ", "US Mission " },
        { "AMMISSION ", "US Mission " }, { "USINT ", "US Interests Section " },
    };
    struct bytes place = cable->banner.post;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!bytes_has_prefix(cable->from, kinds[i].word))
            continue;
        struct bytes named = bytes_slice(cable->from, strlen(kinds[i].word), cable->from.len);
        bool is_same = named.len >= place.len &&
                       bytes_equal(bytes_slice(named, 0, place.len), place) &&
                       (named.len == place.len || !is_letter(named.at[place.len]));
        return is_same && place.len < POST_NAME_MAX ? titled(cable, kinds[i].kind, place) : place;
    }
    return place;
}

void cable_identity(struct cable *cable)
{
    struct record *record = cable->record;
    file_reference(record->stem, &cable->file);
    banner_reference(cable);
    name_anomaly(cable);
    number_field(cable);
    const struct post *post = post_from_name(bytes_from_string(cable->number.post));
    if (post != NULL)
        record_field_copy(record, FIELD_ORIGIN, bytes_from_string(post->origin));
    else if (cable->number.serial != 0)
        record_field_copy(record, FIELD_ORIGIN, unknown_origin(cable));
    date_field(cable);
}
