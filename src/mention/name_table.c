#include "mention/name_table.h"

#include <stdlib.h>

#include "mention/name_given.h"

static const char *const long_office_words[] = {
    "activist",         "administrator",  "admirals",       "advisers",       "advisors",
    "alcaldesa",        "almirante",      "ambassador",     "ambassadors",    "archbishop",
    "arzobispo",        "assistant",      "attorney",       "businessman",    "canciller",
    "cardenal",         "cardinal",       "chairman",       "chairperson",    "chairwoman",
    "chancellor",       "columnist",      "comandante",     "commandant",     "commander",
    "commanders",       "commissioner",   "comptroller",    "congressman",    "congresswoman",
    "consejera",        "consejero",      "coordinador",    "coordinadora",   "coordinator",
    "coordinators",     "counsellor",     "counselor",      "delegate",       "deputies",
    "diplomat",         "diplomats",      "diputada",       "diputado",       "director",
    "directora",        "directors",      "economist",      "embajador",      "embajadora",
    "executive",        "funcionario",    "funcionarios",   "generals",       "gobernador",
    "gobernadora",      "governor",       "governors",      "inspector",      "journalist",
    "lawmaker",         "lawmakers",      "legislator",     "lieutenant",     "magistrado",
    "magistrate",       "minister",       "ministers",      "ministra",       "ministro",
    "monsignor",        "negotiator",     "officers",       "official",       "officials",
    "parliamentarian",  "president",      "presidenta",     "presidente",     "princess",
    "principe",         "procurador",     "procuradora",    "profesor",       "professor",
    "prosecutor",       "prosecutors",    "reporter",       "representative", "secretaries",
    "secretario",       "secretary",      "senadora",       "senators",       "sergeant",
    "spokesman",        "spokesmen",      "spokesperson",   "spokeswoman",    "subsecretaria",
    "subsecretario",    "subsecretary",   "superintendent", "teniente",       "treasurer",
    "undersecretaries", "undersecretary",
};

static const char *const long_opener_words[] = {
    "according", "afterwards", "although",   "anything",     "elsewhere",   "eventually",
    "everybody", "everyone",   "everything", "furthermore",  "hundreds",    "likewise",
    "meanwhile", "mientras",   "moreover",   "nevertheless", "nonetheless", "notwithstanding",
    "otherwise", "recently",   "regarding",  "similarly",    "somebody",    "something",
    "sometimes", "therefore",  "thousands",  "throughout",   "together",    "tomorrow",
    "whatever",  "whenever",   "wherever",   "yesterday",    "yourself",
};

static const char *const place_head_words[] = {
    "avenida",  "avenue",    "baja",     "barrio",   "bay",       "cape",         "central",
    "city",     "ciudad",    "coast",    "county",   "desert",    "district",     "distrito",
    "east",     "eastern",   "el",       "estado",   "fort",      "great",        "gulf",
    "isla",     "island",    "islands",  "islas",    "kingdom",   "la",           "lake",
    "las",      "los",       "lower",    "mount",    "mt",        "municipality", "municipio",
    "new",      "north",     "northern", "nueva",    "nuevo",     "ocean",        "peninsula",
    "plaza",    "port",      "porto",    "province", "provincia", "pueblo",       "puerto",
    "republic", "republica", "rio",      "river",    "saint",     "san",          "santa",
    "santo",    "sea",       "south",    "southern", "square",    "st",           "state",
    "states",   "strait",    "street",   "upper",    "valle",     "valley",       "villa",
    "west",     "western",
};

static const char *const place_words[] = {
    "afghanistan", "africa",         "albania",       "alberta",     "algeria",    "america",
    "americas",    "andorra",        "angola",        "antarctica",  "arabia",     "argentina",
    "armenia",     "asia",           "atlantic",      "australia",   "austria",    "azerbaijan",
    "baghdad",     "bahamas",        "bahrain",       "baja",        "bangladesh", "barbados",
    "beijing",     "beirut",         "belarus",       "belgium",     "belize",     "benghazi",
    "benin",       "berlin",         "bogota",        "bolivia",     "bosnia",     "botswana",
    "brasilia",    "brazil",         "britain",       "brunei",      "brussels",   "bulgaria",
    "burma",       "cairo",          "california",    "cambodia",    "cameroon",   "canada",
    "canberra",    "caracas",        "caribbean",     "chad",        "chiapas",    "chihuahua",
    "chile",       "china",          "colombia",      "congo",       "croatia",    "cuba",
    "cyprus",      "czechoslovakia", "dallas",        "damascus",    "darfur",     "denmark",
    "djibouti",    "dubai",          "ecuador",       "egypt",       "england",    "eritrea",
    "estonia",     "ethiopia",       "europe",        "finland",     "florida",    "france",
    "gabon",       "gambia",         "gaza",          "geneva",      "georgia",    "germany",
    "ghana",       "greece",         "grenada",       "guatemala",   "guinea",     "guyana",
    "haiti",       "hampshire",      "harare",        "havana",      "holland",    "honduras",
    "hong",        "hungary",        "iceland",       "india",       "indonesia",  "iran",
    "iraq",        "ireland",        "islamabad",     "israel",      "istanbul",   "italy",
    "jamaica",     "japan",          "jersey",        "jerusalem",   "jordan",     "juarez",
    "kabul",       "kandahar",       "karachi",       "kazakhstan",  "kenya",      "kingdom",
    "kong",        "korea",          "kosovo",        "kuwait",      "kyrgyzstan", "laos",
    "latvia",      "lebanon",        "lesotho",       "liberia",     "libya",      "lima",
    "lisbon",      "lithuania",      "london",        "luxembourg",  "macedonia",  "madagascar",
    "madrid",      "malawi",         "malaysia",      "mali",        "malta",      "manila",
    "mauritania",  "mauritius",      "mediterranean", "mexico",      "miami",      "moldova",
    "monaco",      "mongolia",       "montenegro",    "morocco",     "moscow",     "mozambique",
    "munich",      "namibia",        "nepal",         "netherlands", "nicaragua",  "niger",
    "nigeria",     "norway",         "oaxaca",        "oman",        "orleans",    "ottawa",
    "pacific",     "pakistan",       "palestine",     "panama",      "paraguay",   "paris",
    "peru",        "philippines",    "poland",        "portugal",    "pretoria",   "qatar",
    "quito",       "riyadh",         "romania",       "rome",        "russia",     "rwanda",
    "salvador",    "samoa",          "senegal",       "serbia",      "singapore",  "slovakia",
    "slovenia",    "somalia",        "spain",         "sudan",       "suriname",   "sweden",
    "switzerland", "sydney",         "syria",         "taiwan",      "tajikistan", "tanzania",
    "tegucigalpa", "tehran",         "texas",         "thailand",    "tijuana",    "tlaxcala",
    "tokyo",       "tripoli",        "tunis",         "tunisia",     "turkey",     "turkmenistan",
    "uganda",      "ukraine",        "uruguay",       "uzbekistan",  "vatican",    "venezuela",
    "vienna",      "vietnam",        "virginia",      "warsaw",      "washington", "yemen",
    "york",        "yucatan",        "yugoslavia",    "zambia",      "zealand",    "zimbabwe",
};

static const char *const nation_words[] = {
    "afghan",      "african",      "albanian",   "algerian",   "american",    "americans",
    "anglo",       "arab",         "arabs",      "argentine",  "asian",       "australian",
    "austrian",    "belgian",      "bolivian",   "bosnian",    "brazilian",   "british",
    "bulgarian",   "burmese",      "cambodian",  "canadian",   "catholic",    "chilean",
    "chinese",     "christian",    "colombian",  "communist",  "communists",  "congolese",
    "croatian",    "cuban",        "cubans",     "czech",      "danish",      "democrat",
    "democratic",  "democrats",    "dominican",  "dutch",      "ecuadoran",   "ecuadorian",
    "egyptian",    "english",      "ethiopian",  "european",   "europeans",   "filipino",
    "finnish",     "french",       "georgian",   "german",     "germans",     "ghanaian",
    "greek",       "guatemalan",   "haitian",    "hispanic",   "honduran",    "hungarian",
    "indian",      "indians",      "indonesian", "iranian",    "iranians",    "iraqi",
    "iraqis",      "irish",        "islamic",    "israeli",    "israelis",    "italian",
    "jamaican",    "japanese",     "jewish",     "jews",       "jordanian",   "kenyan",
    "korean",      "kurdish",      "kurds",      "kuwaiti",    "latin",       "latino",
    "lebanese",    "liberian",     "libyan",     "lithuanian", "malaysian",   "marxist",
    "mexican",     "mexicana",     "mexicano",   "mexicans",   "moroccan",    "muslim",
    "muslims",     "nepalese",     "nicaraguan", "nigerian",   "norwegian",   "pakistani",
    "palestinian", "palestinians", "panamanian", "paraguayan", "peruvian",    "polish",
    "portuguese",  "protestant",   "qatari",     "republican", "republicans", "romanian",
    "russian",     "russians",     "rwandan",    "saudi",      "saudis",      "scottish",
    "serb",        "serbian",      "shia",       "shiite",     "slovak",      "somali",
    "soviet",      "soviets",      "spaniards",  "spanish",    "sudanese",    "sunni",
    "swedish",     "swiss",        "syrian",     "taiwanese",  "thai",        "tunisian",
    "turkish",     "turks",        "ugandan",    "ukrainian",  "uruguayan",   "venezuelan",
    "vietnamese",  "western",      "yemeni",     "zimbabwean",
};

static const char *const body_head_words[] = {
    "act",          "administration", "agency",       "agreement",
    "airlines",     "airport",        "airways",      "alliance",
    "army",         "asociacion",     "assembly",     "association",
    "authority",    "banco",          "bank",         "battalion",
    "board",        "brigade",        "brotherhood",  "bureau",
    "cabinet",      "camara",         "cartel",       "center",
    "centre",       "charter",        "church",       "coalition",
    "college",      "comision",       "command",      "commission",
    "committee",    "company",        "conference",   "congress",
    "consejo",      "constitution",   "consulate",    "convention",
    "corp",         "corporation",    "corps",        "corte",
    "council",      "court",          "department",   "direccion",
    "directorate",  "division",       "ejercito",     "embajada",
    "embassy",      "empresa",        "federation",   "fiscalia",
    "force",        "forces",         "foundation",   "front",
    "fund",         "fundacion",      "games",        "gobierno",
    "government",   "group",          "guard",        "herald",
    "hospital",     "house",          "inc",          "industries",
    "initiative",   "institute",      "instituto",    "international",
    "journal",      "junta",          "laboratory",   "law",
    "league",       "library",        "ltd",          "ministerio",
    "ministry",     "movement",       "museum",       "navy",
    "network",      "news",           "newspaper",    "office",
    "organisation", "organizacion",   "organization", "parliament",
    "partido",      "party",          "plan",         "police",
    "policia",      "post",           "press",        "prison",
    "procuraduria", "program",        "programme",    "project",
    "protocol",     "radio",          "regiment",     "revolution",
    "school",       "secretaria",     "secretariat",  "senate",
    "service",      "services",       "sindicato",    "society",
    "summit",       "television",     "times",        "treaty",
    "tribunal",     "tribune",        "trust",        "tv",
    "union",        "universidad",    "university",   "war",
};

static const char *const office_words[] = {
    "admiral", "adviser", "advisor", "ag",      "agent",   "agents",  "aide",    "alcalde",
    "analyst", "asesor",  "asesora", "attache", "auditor", "author",  "banker",  "bishop",
    "boss",    "capitan", "captain", "ceo",     "cfo",     "chair",   "charge",  "chief",
    "colonel", "consul",  "coronel", "counsel", "czar",    "dag",     "dcm",     "dean",
    "decano",  "deputy",  "editor",  "emboff",  "emir",    "envoy",   "father",  "fiscal",
    "founder", "general", "head",    "jefa",    "jefe",    "judge",   "judges",  "juez",
    "jueza",   "justice", "king",    "lawyer",  "leader",  "leaders", "lider",   "major",
    "manager", "mayor",   "mayors",  "member",  "obispo",  "officer", "oficial", "papa",
    "pastor",  "poloff",  "pope",    "premier", "prince",  "queen",   "rector",  "reina",
    "rey",     "senador", "senator", "sg",      "sheikh",  "sultan",  "titular", "tycoon",
    "vocera",  "vocero",  "warden",
};

static const char *const short_title_words[] = {
    "adm",  "amb", "asst", "brig", "capt", "cmdr", "col", "cpl", "dep", "dir", "gen", "gov", "hon",
    "insp", "lt",  "maj",  "min",  "pres", "prof", "pvt", "rep", "rev", "sec", "sen", "sgt", "supt",
};

static const char *const courtesy_words[] = {
    "arq",  "dame", "don",   "dona",   "dr",    "dra",  "ing",    "lady",
    "lcda", "lcdo", "lic",   "lord",   "madam", "miss", "mister", "mr",
    "mrs",  "ms",   "senor", "senora", "sir",   "sr",   "sra",    "srta",
};

static const char *const modifier_words[] = {
    "acting",    "adjunct",   "assistant",  "associate", "chief",    "defence",   "defense",
    "deputy",    "designate", "economic",   "elect",     "ex",       "executive", "federal",
    "finance",   "first",     "foreign",    "former",    "general",  "incoming",  "interim",
    "interior",  "joint",     "junior",     "late",      "lead",     "legal",     "military",
    "municipal", "national",  "naval",      "newly",     "outgoing", "political", "press",
    "prime",     "principal", "provincial", "public",    "regional", "second",    "senior",
    "special",   "state",     "sub",        "supreme",   "then",     "third",     "top",
    "under",     "vice",
};

static const char *const particle_words[] = {
    "abu", "af",  "al",  "av",  "bar", "ben", "bin", "bint", "da",  "das", "de",  "del",
    "den", "der", "di",  "do",  "dos", "du",  "e",   "el",   "ibn", "la",  "las", "le",
    "los", "mac", "ten", "ter", "ud",  "ul",  "van", "von",  "y",   "zu",
};

static const char *const link_words[] = {
    "&",  "and", "at",  "de", "del", "e",    "en",  "for", "in",
    "la", "las", "los", "of", "on",  "para", "the", "to",  "y",
};

static const char *const calendar_words[] = {
    "abril",     "agosto",    "am",       "apr",       "april",    "aug",       "august",
    "christmas", "dec",       "december", "diciembre", "domingo",  "easter",    "edt",
    "enero",     "est",       "feb",      "febrero",   "february", "fri",       "friday",
    "gmt",       "jan",       "january",  "jueves",    "jul",      "julio",     "july",
    "jun",       "june",      "junio",    "lunes",     "mar",      "march",     "martes",
    "marzo",     "may",       "mayo",     "miercoles", "mon",      "monday",    "nov",
    "november",  "noviembre", "oct",      "october",   "octubre",  "pm",        "ramadan",
    "sabado",    "sat",       "saturday", "sep",       "sept",     "september", "septiembre",
    "setiembre", "sun",       "sunday",   "thu",       "thur",     "thurs",     "thursday",
    "tue",       "tues",      "tuesday",  "viernes",   "wed",      "wednesday",
};

static const char *const saying_words[] = {
    "acknowledged", "added",    "adds",       "admits",    "admitted",  "afirmo",    "agreed",
    "agrees",       "agrego",   "announced",  "announces", "argued",    "argues",    "asegura",
    "aseguro",      "asked",    "asks",       "believed",  "believes",  "claimed",   "claims",
    "commented",    "comments", "complained", "complains", "conceded",  "declared",  "declares",
    "declaro",      "denied",   "denies",     "described", "describes", "dice",      "dijo",
    "explained",    "explains", "explico",    "hoped",     "hopes",     "informo",   "insisted",
    "insists",      "lamented", "meets",      "met",       "noted",     "notes",     "opined",
    "predicted",    "predicts", "promised",   "promises",  "recalled",  "recalls",   "reconocio",
    "replied",      "replies",  "reported",   "reports",   "resigned",  "responded", "responds",
    "said",         "say",      "says",       "senalo",    "sent",      "stated",    "states",
    "suggested",    "suggests", "tells",      "testified", "thinks",    "thought",   "told",
    "urged",        "urges",    "visited",    "visits",    "warned",    "warns",     "who",
    "writes",       "wrote",
};

static const char *const opener_words[] = {
    "a",       "about",   "above",   "across",  "after",   "again",   "against", "ago",
    "al",      "algo",    "alguien", "algunas", "algunos", "all",     "almost",  "along",
    "already", "also",    "always",  "ambas",   "ambos",   "among",   "an",      "and",
    "another", "ante",    "any",     "anybody", "anyone",  "aquel",   "are",     "around",
    "as",      "asked",   "at",      "aunque",  "away",    "ayer",    "back",    "bajo",
    "be",      "because", "been",    "before",  "behind",  "being",   "below",   "beside",
    "besides", "between", "beyond",  "both",    "but",     "by",      "cada",    "can",
    "cannot",  "cinco",   "comment", "como",    "con",     "could",   "cuando",  "cuatro",
    "de",      "del",     "desde",   "despite", "did",     "diez",    "do",      "does",
    "donde",   "done",    "dos",     "down",    "during",  "each",    "earlier", "early",
    "either",  "el",      "else",    "en",      "enough",  "entre",   "era",     "es",
    "esa",     "esas",    "ese",     "eso",     "esos",    "esta",    "estas",   "este",
    "estos",   "even",    "ever",    "every",   "except",  "far",     "few",     "fewer",
    "finally", "first",   "five",    "for",     "four",    "from",    "fue",     "further",
    "give",    "given",   "had",     "half",    "has",     "hasta",   "have",    "having",
    "he",      "hence",   "her",     "here",    "hers",    "herself", "him",     "himself",
    "his",     "how",     "however", "hoy",     "i",       "if",      "in",      "indeed",
    "inside",  "instead", "into",    "is",      "it",      "its",     "itself",  "just",
    "keep",    "la",      "las",     "last",    "late",    "later",   "least",   "less",
    "lest",    "let",     "like",    "little",  "lo",      "long",    "look",    "looking",
    "los",     "made",    "make",    "many",    "mas",     "may",     "maybe",   "me",
    "might",   "mine",    "more",    "most",    "much",    "muchas",  "muchos",  "must",
    "muy",     "my",      "myself",  "nada",    "nadie",   "near",    "nearly",  "neither",
    "never",   "next",    "nine",    "no",      "nobody",  "none",    "nor",     "not",
    "note",    "nothing", "now",     "nowhere", "nueve",   "o",       "ocho",    "of",
    "off",     "often",   "on",      "once",    "one",     "only",    "onto",    "or",
    "other",   "others",  "otra",    "otras",   "otro",    "otros",   "our",     "ours",
    "out",     "outside", "over",    "own",     "para",    "perhaps", "pero",    "please",
    "pocos",   "por",     "porque",  "prior",   "que",     "quite",   "rather",  "reached",
    "read",    "reading", "really",  "same",    "say",     "se",      "see",     "seen",
    "segun",   "seis",    "seven",   "several", "shall",   "she",     "should",  "si",
    "siete",   "sin",     "since",   "six",     "so",      "sobre",   "some",    "someone",
    "son",     "soon",    "still",   "su",      "such",    "summary", "sus",     "tambien",
    "ten",     "than",    "thank",   "thanks",  "that",    "the",     "their",   "theirs",
    "them",    "then",    "there",   "these",   "they",    "thing",   "things",  "think",
    "this",    "those",   "though",  "three",   "through", "thus",    "till",    "to",
    "toda",    "todas",   "today",   "todo",    "todos",   "tonight", "too",     "toward",
    "towards", "tras",    "tres",    "twice",   "two",     "un",      "una",     "unas",
    "under",   "unless",  "unlike",  "unos",    "until",   "up",      "upon",    "us",
    "usually", "very",    "was",     "we",      "well",    "were",    "what",    "when",
    "where",   "whereas", "whether", "which",   "while",   "who",     "whoever", "whole",
    "whom",    "whose",   "why",     "will",    "with",    "within",  "without", "would",
    "y",       "ya",      "yes",     "yet",     "you",     "your",    "yours",
};

static const char *const noun_words[] = {
    "analysts", "asked",      "attached",   "begin",     "both",       "cable",     "cables",
    "children", "classified", "complaints", "critics",   "dear",       "diplomats", "dockers",
    "document", "documents",  "embassy",    "end",       "experts",    "families",  "farmers",
    "figures",  "fishermen",  "forwarded",  "full",      "fw",         "fwd",       "fyi",
    "guards",   "hello",      "hi",         "judges",    "men",        "message",   "ministers",
    "mr",       "nearly",     "officers",   "officials", "original",   "page",      "paragraph",
    "people",   "police",     "prisoners",  "privately", "protesters", "publicly",  "re",
    "reason",   "ref",        "regards",    "report",    "reports",    "residents", "roughly",
    "section",  "sent",       "shippers",   "ships",     "sincerely",  "soldiers",  "sources",
    "story",    "students",   "subject",    "troops",    "visit",      "witnesses", "women",
    "workers",
};

struct word_list {
    uint32_t class;
    const char *const *words;
    size_t count;
};

#define LIST(class, words)                                                                         \
    {                                                                                              \
        class, words, sizeof words / sizeof *words                                                 \
    }
static const struct word_list lists[] = {
    LIST(WORD_OFFICE, long_office_words),    LIST(WORD_OPENER, long_opener_words),
    LIST(WORD_PLACE_HEAD, place_head_words), LIST(WORD_PLACE, place_words),
    LIST(WORD_NATION, nation_words),         LIST(WORD_BODY, body_head_words),
    LIST(WORD_OFFICE, office_words),         LIST(WORD_SHORT_TITLE, short_title_words),
    LIST(WORD_COURTESY, courtesy_words),     LIST(WORD_MODIFIER, modifier_words),
    LIST(WORD_PARTICLE, particle_words),     LIST(WORD_LINK, link_words),
    LIST(WORD_CALENDAR, calendar_words),     LIST(WORD_SAYING, saying_words),
    LIST(WORD_OPENER, opener_words),         LIST(WORD_NOUN, noun_words),
};

static int compare_word(const void *left, const void *right)
{
    const struct bytes *key = left;
    const char *word = *(const char *const *)right;
    for (size_t i = 0; i < key->len; i++)
        if (key->at[i] != (uint8_t)word[i])
            return key->at[i] < (uint8_t)word[i] ? -1 : 1;
    return word[key->len] == 0 ? 0 : -1;
}

uint32_t name_word_classes(struct bytes key)
{
    uint32_t classes = 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (bsearch(&key, lists[i].words, lists[i].count, sizeof *lists[i].words, compare_word))
            classes |= lists[i].class;
    return name_is_given(key) ? classes | WORD_GIVEN : classes;
}

bool name_table_is_sorted(void)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t k = 1; k < lists[i].count; k++)
            if (strcmp(lists[i].words[k - 1], lists[i].words[k]) >= 0)
                return false;
    return name_given_is_sorted();
}
