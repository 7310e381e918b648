#include "story/cue.h"

#include "mention/reference.h"

enum { WORDS_MAX = 160, SUBJECT_REACH = 4, SOURCE_REACH = 8 };

enum word_role {
    ROLE_NONE = 0,
    ROLE_CUE = 1,
    ROLE_DOCUMENT = 2,
    ROLE_POST = 4,   /* a body that writes documents */
    ROLE_SOURCE = 8, /* in, from, by: a source may follow */
    ROLE_ACCORDING = 16,
    ROLE_SMALL = 32,  /* may stand between a cue and its quotation */
    ROLE_HEARER = 64, /* a cue whose object is spoken to: "told the embassy" */
};

struct word_row {
    const char *word;
    unsigned roles;
};

#define CUE(word)                                                                                  \
    {                                                                                              \
        word, ROLE_CUE                                                                             \
    }
#define DOCUMENT(word)                                                                             \
    {                                                                                              \
        word, ROLE_DOCUMENT                                                                        \
    }
#define POST(word)                                                                                 \
    {                                                                                              \
        word, ROLE_POST                                                                            \
    }
#define SOURCE(word)                                                                               \
    {                                                                                              \
        word, ROLE_SOURCE                                                                          \
    }
#define SMALL(word)                                                                                \
    {                                                                                              \
        word, ROLE_SMALL                                                                           \
    }
#define HEARER(word)                                                                               \
    {                                                                                              \
        word, ROLE_CUE | ROLE_HEARER                                                               \
    }

static const struct word_row rows[] = {
    CUE("said"),
    CUE("says"),
    CUE("say"),
    CUE("saying"),
    CUE("wrote"),
    CUE("writes"),
    CUE("write"),
    CUE("written"),
    CUE("writing"),
    CUE("reported"),
    CUE("reports"),
    CUE("reporting"),
    CUE("added"),
    CUE("adds"),
    CUE("adding"),
    CUE("noted"),
    CUE("notes"),
    CUE("noting"),
    CUE("warned"),
    CUE("warns"),
    CUE("warning"),
    CUE("argued"),
    CUE("argues"),
    CUE("arguing"),
    CUE("claimed"),
    CUE("claims"),
    CUE("claiming"),
    CUE("stated"),
    CUE("states"),
    CUE("stating"),
    CUE("recommended"),
    CUE("recommends"),
    CUE("recommending"),
    CUE("suggested"),
    CUE("suggests"),
    CUE("concluded"),
    CUE("concludes"),
    CUE("observed"),
    CUE("observes"),
    CUE("commented"),
    CUE("comments"),
    CUE("described"),
    CUE("describes"),
    CUE("declared"),
    CUE("declares"),
    CUE("explained"),
    CUE("explains"),
    CUE("insisted"),
    CUE("insists"),
    CUE("replied"),
    CUE("complained"),
    CUE("confirmed"),
    CUE("confirms"),
    CUE("acknowledged"),
    CUE("admitted"),
    CUE("announced"),
    CUE("predicted"),
    CUE("quoted"),
    CUE("testified"),
    CUE("recalled"),
    CUE("remarked"),
    CUE("asserted"),
    CUE("alleged"),
    CUE("cautioned"),
    CUE("conceded"),
    CUE("denied"),
    CUE("emphasized"),
    CUE("stressed"),
    CUE("reads"),
    CUE("read"),
    CUE("mentions"),
    CUE("mentioned"),
    CUE("shouted"),
    CUE("answered"),
    CUE("continued"),
    CUE("thinks"),
    CUE("thought"),
    CUE("believes"),
    CUE("believed"),
    CUE("assessed"),
    CUE("assesses"),
    HEARER("told"),
    HEARER("tells"),
    HEARER("telling"),
    HEARER("asked"),
    HEARER("asks"),
    CUE("advised"),
    CUE("advises"),
    CUE("urged"),
    CUE("urges"),
    HEARER("informed"),
    CUE("dijo"),
    CUE("dice"),
    CUE("dicen"),
    CUE("dijeron"),
    CUE("decía"),
    CUE("escribió"),
    CUE("escribe"),
    CUE("escribieron"),
    CUE("informó"),
    CUE("informa"),
    CUE("señaló"),
    CUE("señala"),
    CUE("afirmó"),
    CUE("afirma"),
    CUE("agregó"),
    CUE("agrega"),
    CUE("añadió"),
    CUE("añade"),
    CUE("advirtió"),
    CUE("advierte"),
    CUE("sostuvo"),
    CUE("sostiene"),
    CUE("declaró"),
    CUE("declara"),
    CUE("explicó"),
    CUE("explica"),
    CUE("recomendó"),
    CUE("recomienda"),
    CUE("indicó"),
    CUE("indica"),
    CUE("comentó"),
    CUE("aseguró"),
    CUE("asegura"),
    CUE("reconoció"),
    CUE("reconoce"),
    CUE("expresó"),
    CUE("apuntó"),
    CUE("subrayó"),
    CUE("manifestó"),
    CUE("relató"),
    CUE("concluyó"),
    CUE("concluye"),
    CUE("denunció"),
    CUE("preguntó"),
    CUE("respondió"),
    CUE("contó"),
    CUE("reportó"),
    DOCUMENT("cable"),
    DOCUMENT("cables"),
    DOCUMENT("memo"),
    DOCUMENT("memos"),
    DOCUMENT("memorandum"),
    DOCUMENT("memoranda"),
    DOCUMENT("telegram"),
    DOCUMENT("telegrams"),
    DOCUMENT("dispatch"),
    DOCUMENT("dispatches"),
    DOCUMENT("email"),
    DOCUMENT("emails"),
    DOCUMENT("e-mail"),
    DOCUMENT("e-mails"),
    DOCUMENT("document"),
    DOCUMENT("documents"),
    DOCUMENT("letter"),
    DOCUMENT("message"),
    DOCUMENT("messages"),
    DOCUMENT("file"),
    DOCUMENT("files"),
    DOCUMENT("report"),
    DOCUMENT("assessment"),
    DOCUMENT("transcript"),
    DOCUMENT("minutes"),
    DOCUMENT("note"),
    DOCUMENT("memorando"),
    DOCUMENT("memorandos"),
    DOCUMENT("telegrama"),
    DOCUMENT("telegramas"),
    DOCUMENT("informe"),
    DOCUMENT("informes"),
    DOCUMENT("correo"),
    DOCUMENT("correos"),
    DOCUMENT("documento"),
    DOCUMENT("documentos"),
    DOCUMENT("carta"),
    DOCUMENT("acta"),
    POST("embassy"),
    POST("consulate"),
    POST("legation"),
    POST("embassies"),
    POST("embajada"),
    POST("consulado"),
    POST("legación"),
    POST("diplomats"),
    POST("diplomáticos"),
    SOURCE("in"),
    SOURCE("from"),
    SOURCE("via"),
    SOURCE("by"),
    SOURCE("en"),
    SOURCE("del"),
    SOURCE("por"),
    { "according", ROLE_ACCORDING },
    { "según", ROLE_ACCORDING | ROLE_CUE },
    { "acuerdo", ROLE_ACCORDING },
    { "per", ROLE_ACCORDING },
    SMALL("that"),
    SMALL("the"),
    SMALL("a"),
    SMALL("an"),
    SMALL("que"),
    SMALL("to"),
    SMALL("of"),
    SMALL("only"),
    SMALL("simply"),
    SMALL("la"),
    SMALL("el"),
};

struct cue_word {
    uint32_t start, end;
    unsigned roles;
    bool is_number; /* a reference number of a document */
    bool is_capital;
};

struct cue_words {
    struct cue_word at[WORDS_MAX];
    size_t count;
};

static unsigned roles_of(struct bytes word)
{
    if (word.len == 0 || word.len > 16)
        return ROLE_NONE;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if ((word.at[0] ^ (uint8_t)rows[i].word[0]) & ~0x20)
            continue;
        bool noun = rows[i].roles & (ROLE_DOCUMENT | ROLE_POST | ROLE_ACCORDING);
        struct bytes row = bytes_from_string(rows[i].word);
        if (noun ? bytes_equal_fold(word, row) : bytes_equal(word, row))
            return rows[i].roles;
    }
    return ROLE_NONE;
}

bool cue_is_verb(struct bytes word)
{
    return roles_of(word) & ROLE_CUE;
}

static bool is_word_byte(uint8_t byte)
{
    uint8_t lower = byte | 0x20;
    return byte >= 0xC3 || (byte >= 0x80 && byte < 0xC0) || (lower >= 'a' && lower <= 'z') ||
           (byte >= '0' && byte <= '9');
}

/* Bytes of three-byte punctuation (E2 80 ..) belong to no word. */
static uint32_t word_end(struct bytes text, uint32_t at, uint32_t end)
{
    uint32_t from = at;
    while (at < end) {
        uint8_t byte = text.at[at];
        if (byte == 0xE2 || byte == 0xC2)
            break;
        if (!is_word_byte(byte) &&
            !(byte == '-' && at > from && at + 1 < end && is_word_byte(text.at[at + 1])))
            break;
        at++;
    }
    return at;
}

static uint32_t punctuation_len(struct bytes text, uint32_t at, uint32_t end)
{
    uint32_t len = text.at[at] == 0xE2 ? 3 : text.at[at] == 0xC2 ? 2 : 1;
    return end - at < len ? end - at : len;
}

/* FOIA case numbers and record numbers: C05777817, 104-10068-10142. */
static bool is_case_number(struct bytes word)
{
    size_t digits = 0, hyphens = 0;
    for (size_t i = 0; i < word.len; i++) {
        digits += word.at[i] >= '0' && word.at[i] <= '9';
        hyphens += word.at[i] == '-';
    }
    bool foia = word.len == 9 && word.at[0] == 'C' && digits == 8;
    return foia || (hyphens == 2 && digits == 13 && word.len == 15);
}

static bool is_document_number(struct bytes text, struct bytes word, uint32_t at)
{
    struct reference reference;
    bool may = (word.at[0] >= '0' && word.at[0] <= '9') || (word.at[0] >= 'A' && word.at[0] <= 'Z');
    return is_case_number(word) ||
           (may && word.len > 4 && reference_read(text, at, false, &reference) >= word.len);
}

static void words_read(struct bytes text, uint32_t start, uint32_t end, const struct piece *pieces,
                       size_t count, size_t next, struct cue_words *words)
{
    words->count = 0;
    while (start < end && words->count < WORDS_MAX) {
        while (next < count && pieces[next].outer_end <= start)
            next++;
        if (next < count && start >= pieces[next].outer_start) {
            start = pieces[next].outer_end;
            continue;
        }
        uint32_t stop = word_end(text, start, end);
        if (stop == start) {
            start += punctuation_len(text, start, end);
            continue;
        }
        struct bytes word = bytes_slice(text, start, stop - start);
        words->at[words->count++] =
            (struct cue_word){ start, stop, roles_of(word), is_document_number(text, word, start),
                               text.at[start] >= 'A' && text.at[start] <= 'Z' };
        start = stop;
    }
}

static bool role_within(const struct cue_words *words, size_t from, size_t reach, unsigned roles)
{
    for (size_t i = from + 1; i <= from + reach && i < words->count; i++)
        if (words->at[i].roles & roles)
            return true;
    return false;
}

/* "The cable, dated 5 May, says": the document speaks, nobody stands between. */
static bool speaks(const struct cue_words *words, size_t subject, size_t reach)
{
    for (size_t i = subject + 1; i <= subject + reach && i < words->count; i++) {
        if (!(words->at[i].roles & ROLE_CUE))
            continue;
        bool other = i - 1 > subject && words->at[i - 1].is_capital;
        return !other && !(words->at[i].roles & ROLE_HEARER);
    }
    return false;
}

static bool gives_document(const struct cue_words *words, bool has_cue)
{
    for (size_t i = 0; i < words->count; i++) {
        unsigned roles = words->at[i].roles;
        if (words->at[i].is_number)
            return true;
        if ((roles & ROLE_DOCUMENT) && speaks(words, i, SUBJECT_REACH))
            return true;
        if ((roles & ROLE_POST) && speaks(words, i, 2))
            return true;
        if ((roles & ROLE_CUE) && !(roles & ROLE_HEARER) &&
            role_within(words, i, 2, ROLE_DOCUMENT | ROLE_POST))
            return true;
        if ((roles & ROLE_ACCORDING) &&
            role_within(words, i, SOURCE_REACH, ROLE_DOCUMENT | ROLE_POST))
            return true;
        if (has_cue && (roles & ROLE_SOURCE) &&
            role_within(words, i, SOURCE_REACH - 1, ROLE_DOCUMENT))
            return true;
    }
    return false;
}

struct cue_facts cue_read(struct bytes text, uint32_t start, uint32_t end,
                          const struct piece *pieces, size_t count, size_t first)
{
    struct cue_words words;
    struct cue_facts facts = { 0 };
    words_read(text, start, end, pieces, count, first, &words);
    for (size_t i = 0; i < words.count; i++)
        facts.has_cue = facts.has_cue || (words.at[i].roles & (ROLE_CUE | ROLE_ACCORDING)) != 0;
    facts.gives_document = gives_document(&words, facts.has_cue);
    facts.gives_other = facts.has_cue && !facts.gives_document;
    return facts;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == MASKED;
}

bool cue_ends_before(struct bytes text, uint32_t low, uint32_t at)
{
    for (int steps = 0; steps < 4; steps++) {
        while (at > low && is_blank(text.at[at - 1]))
            at--;
        if (at > low && text.at[at - 1] == ':')
            return true;
        if (at > low && text.at[at - 1] == ',')
            at--;
        uint32_t start = at;
        while (start > low && at - start < 20 && is_word_byte(text.at[start - 1]))
            start--;
        unsigned roles = roles_of(bytes_slice(text, start, at - start));
        if (roles & (ROLE_CUE | ROLE_ACCORDING))
            return true;
        if (!(roles & ROLE_SMALL))
            return false;
        at = start;
    }
    return false;
}

bool cue_begins_after(struct bytes text, uint32_t at, uint32_t high)
{
    struct cue_words words;
    uint32_t stop = at;
    while (stop < high && stop - at < 80 && text.at[stop] != '.' && text.at[stop] != ';')
        stop++;
    bool held = at > 3 && (memchr(text.at + at - 4, ',', 4) || memchr(text.at + at - 4, '!', 4) ||
                           memchr(text.at + at - 4, '?', 4));
    bool follows = at < high && text.at[at] == ',';
    if (!held && !follows)
        return false;
    words_read(text, at, stop, NULL, 0, 0, &words);
    for (size_t i = 0; i < words.count && i < 4; i++)
        if (words.at[i].roles & (ROLE_CUE | ROLE_ACCORDING))
            return true;
    return false;
}
