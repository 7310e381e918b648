#include "readers/mail_head.h"

#include "base/scoped.h"
#include "mention/date.h"
#include "readers/mail_words.h"

enum { ADDRESSES_MAX = 2000, DATE_LOOK = 120 };

struct head {
    struct arena *arena;
    struct field_list *fields;
    struct fault *fault;
};

static enum status add(struct head *head, enum field_name name, struct bytes value)
{
    struct bytes kept = arena_copy(head->arena, bytes_trim(value));
    if (!kept.at)
        return no_memory(head->fault);
    if (kept.len == 0)
        return OK;
    return field_list_add(head->fields, (struct field){ name, BASIS_STATED, kept, { 0 } },
                          head->fault);
}

static enum status add_words(struct head *head, enum field_name name, struct bytes raw)
{
    SCOPED(buffer_release) struct buffer words = { 0 };
    mail_words_decode(raw, &words);
    TRY(buffer_check(&words, head->fault));
    return add(head, name, buffer_bytes(&words));
}

static enum status add_addresses(struct head *head, enum field_name name, struct bytes raw)
{
    size_t at = 0;
    struct bytes address;
    for (int i = 0; i < ADDRESSES_MAX && mail_words_address(raw, &at, &address); i++)
        TRY(add_words(head, name, address));
    return OK;
}

static enum status add_date(struct head *head, struct bytes raw)
{
    struct date date;
    char printed[DATE_TEXT_MAX];
    size_t at = 0;
    TRY(add_words(head, FIELD_SENT, raw));
    raw = bytes_slice(bytes_trim(raw), 0, DATE_LOOK);
    if (date_find(raw, &at, &date) == 0 || date.day == 0)
        return OK;
    size_t len = date_write(&date, printed);
    return add(head, FIELD_DATE, bytes_make(printed, len));
}

/* "<a@b>", without its brackets: the first of them. */
static enum status add_id(struct head *head, enum field_name name, struct bytes raw)
{
    size_t start = bytes_find_byte(raw, '<', 0);
    size_t end = start == SIZE_MAX ? SIZE_MAX : bytes_find_byte(raw, '>', start);
    if (end != SIZE_MAX)
        raw = bytes_slice(raw, start + 1, end - start - 1);
    return add_words(head, name, raw);
}

static enum status add_header(struct head *head, const char *name, struct bytes raw)
{
    static const struct {
        const char *name;
        enum field_name field;
        enum { AS_WORDS, AS_ADDRESSES, AS_DATE, AS_ID } as;
    } rows[] = {
        { "From", FIELD_FROM, AS_WORDS },     { "To", FIELD_TO, AS_ADDRESSES },
        { "Cc", FIELD_CC, AS_ADDRESSES },     { "Bcc", FIELD_CC, AS_ADDRESSES },
        { "Subject", FIELD_TITLE, AS_WORDS }, { "Date", FIELD_SENT, AS_DATE },
        { "Message-ID", FIELD_ALIAS, AS_ID }, { "In-Reply-To", FIELD_REF, AS_ID },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!bytes_equal_fold(bytes_from_string(name), bytes_from_string(rows[i].name)))
            continue;
        bool is_many = rows[i].as == AS_ADDRESSES;
        if (!is_many && field_list_find(head->fields, rows[i].field))
            return OK;
        return is_many                 ? add_addresses(head, rows[i].field, raw)
               : rows[i].as == AS_DATE ? add_date(head, raw)
               : rows[i].as == AS_ID   ? add_id(head, rows[i].field, raw)
                                       : add_words(head, rows[i].field, raw);
    }
    return OK;
}

enum status mail_head_read(GMimeMessage *message, struct arena *arena, struct field_list *fields,
                           struct fault *fault)
{
    struct head head = { arena, fields, fault };
    GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    int count = g_mime_header_list_get_count(list);
    for (int i = 0; i < count; i++) {
        GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
        const char *name = g_mime_header_get_name(header);
        const char *raw = g_mime_header_get_raw_value(header);
        if (name && raw)
            TRY(add_header(&head, name, bytes_from_string(raw)));
    }
    return OK;
}
