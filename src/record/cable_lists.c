/* The two lists of a telegram's head: references and tags. */
#include "record/cable.h"

enum { PRINTED_REF_MAX = 160, TAG_MAX = 40 };

/* Subject codes that occur glued to others; programme codes begin with K. */
static const char known_codes[] =
    "ABLD ACOA ADCO ADPM AEMR AFIN AFSI AFSN AGAO AINF AINR AINT ALOW AMED AMGT AMTC ANET AODE "
    "AORC ASCH ASEC ASIG ASUP "
    "AADP BBSR BEXP BMGT BTIO BTRA CASC CFED CGEN CJAN CLOK CMGT CPAS CVIS EAGR EAID EAIR ECIN "
    "ECON ECPS EEPET EFIN EFIS "
    "EFTA EIND EINT EINV ELAB ELTN EMIN ENRG EPET ETRD ETTC ETRN EWWT EZZZ EXIM GTIP IAEA KACT "
    "KAWC KBIO KBCT KCFE KCIP "
    "KCOM KCOR KCRM KDEM KDRG KECF KESS KFLO KFLU KFRD KGHG KGIC KHIV KHLS KHUM KICC KIDE KIPR "
    "KIRF KISL KJUS KLIG KMCA "
    "KMDR KMPI KNAR KNNP KNPP KNUC KOLY KOMC KPAL KPAO KPKO KPLS KPWR KRAD KREC KREF KRVC KSAC "
    "KSCA KSEC KSEP KSPR KSTC "
    "KSTH KSUM KTBT KTDB KTER KTEX KTFN KTIA KTIP KUNR KVPR KWAC KWBG KWMN KWWW KZCZ MARR MASS "
    "MCAP MEPP MILI MNUC MOPS "
    "MTCR MTCRE MTRE NATO OAS ODIP OEXC OFDP OIIP OPCW OPDC OPIC OPRC OREP OSCE OSCI OTRA OTRAS "
    "OVIP PARM PBIO PBTS PDEM "
    "PGOV PHSA PHUM PINO PINR PINS PINT PNAT PNUC POGOV PORG PREF PREL PROP PTER SCUL SENV SMIG "
    "SNAR SOCI SCRM SPCE TBIO "
    "TCON TERR TINT TNGD TPHY TPSA TPSL TRGY TSPA TSPL UNGA UNSC UNESCO USUN USTR WTRO ";

static bool is_known_code(struct bytes code)
{
    if (code.len < 3 || code.len > 6)
        return false;
    const char *at = known_codes;
    while (*at != 0) {
        size_t len = strcspn(at, " ");
        if (len == code.len && memcmp(at, code.at, len) == 0)
            return true;
        at += len + 1;
    }
    return false;
}

/* ITPHUM, PHUMBA, PGOVPREL: a place and a subject, or two subjects. */
static size_t glued_at(struct bytes code)
{
    static const uint8_t cuts[] = { 2, 4 };
    if (code.len < 6 || code.len > 8 || is_known_code(code))
        return 0;
    for (size_t i = 0; i < sizeof cuts; i++) {
        struct bytes first = bytes_slice(code, 0, cuts[i]),
                     rest = bytes_slice(code, cuts[i], code.len);
        bool first_good = first.len == 2 || is_known_code(first);
        bool rest_good = rest.len == 2 || is_known_code(rest);
        if (first_good && rest_good && (first.len > 2 || rest.len > 2))
            return cuts[i];
    }
    return 0;
}

static bool is_tag_byte(uint8_t byte)
{
    return is_letter(byte) || is_digit(byte) || byte == '-' || byte == '\'' || byte >= 0x80;
}

/* "(MARLOW, INEZ)" is one tag. */
static struct bytes next_tag(struct bytes line, size_t *at)
{
    while (*at < line.len && !is_tag_byte(line.at[*at]) && line.at[*at] != '(')
        (*at)++;
    size_t start = *at;
    if (start < line.len && line.at[start] == '(') {
        size_t close = bytes_find_byte(bytes_slice(line, start, TAG_MAX), ')', 0);
        *at = close == SIZE_MAX ? start + 1 : start + close + 1;
        return close == SIZE_MAX ? next_tag(line, at) : bytes_slice(line, start + 1, close - 1);
    }
    while (*at < line.len && is_tag_byte(line.at[*at]))
        (*at)++;
    return bytes_slice(line, start, *at - start);
}

void tags_note(struct record *record, struct bytes line)
{
    size_t at = 0;
    for (struct bytes tag = next_tag(line, &at); tag.len > 0; tag = next_tag(line, &at)) {
        size_t cut = glued_at(tag);
        if (tag.len > TAG_MAX)
            continue;
        if (cut > 0)
            record_field(record, FIELD_TAG, bytes_slice(tag, 0, cut));
        record_field(record, FIELD_TAG, bytes_slice(tag, cut, tag.len));
    }
}

/* A letter that opens an item: "A." "(B)" "C)" with or without a pilcrow. Answers its length. */
static size_t item_label(struct bytes items, size_t at)
{
    size_t from = at;
    if (at > 0 && is_tag_byte(items.at[at - 1]))
        return 0;
    if (items.len - at > 2 && items.at[at] == 0xC2 && items.at[at + 1] == 0xB6)
        at += 2;
    bool in_brackets = at < items.len && items.at[at] == '(';
    at += in_brackets;
    if (at + 1 >= items.len || !is_letter(items.at[at]))
        return 0;
    at++;
    if (items.at[at] == ')' || (items.at[at] == '.' && !in_brackets))
        at++;
    else
        return 0;
    bool is_initial = at + 1 < items.len && is_upper(items.at[at]) && items.at[at + 1] == '.';
    return is_initial ? 0 : at - from;
}

static size_t item_end(struct bytes items, size_t at)
{
    while (at < items.len && items.at[at] != ';' && item_label(items, at) == 0)
        at++;
    return at;
}

/* Every number read in one item; the item as printed when there is none. */
static void item_note(struct record *record, struct bytes item, int16_t year)
{
    bool found = false;
    bool at_start = true;
    for (size_t i = 0; i < item.len;) {
        struct reference reference;
        char number[REFERENCE_MAX];
        size_t len = at_start ? reference_read(item, i, true, &reference) : 0;
        if (len > 0 && reference_write(&reference, year, number) > 0) {
            record_field_copy(record, FIELD_REF, bytes_from_string(number));
            found = true;
            i += len;
            continue;
        }
        at_start = !is_tag_byte(item.at[i]) && item.at[i] != '/';
        i++;
    }
    struct bytes printed =
        record_squeezed(record, bytes_slice(bytes_trim(item), 0, PRINTED_REF_MAX));
    if (!found && printed.len > 3)
        record_field(record, FIELD_REF, printed);
}

void references_note(struct record *record, struct bytes items, int16_t year)
{
    size_t at = 0;
    while (at < items.len) {
        size_t label = item_label(items, at);
        while (label > 0) {
            at += label;
            while (at < items.len && (is_blank(items.at[at]) || items.at[at] == '\n'))
                at++;
            label = at < items.len ? item_label(items, at) : 0;
        }
        size_t end = item_end(items, at);
        item_note(record, bytes_slice(items, at, end - at), year);
        at = end + (end < items.len && items.at[end] == ';');
    }
}
