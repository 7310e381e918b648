#include "mention/title_word.h"

/* Each line is one meaning; its first word stands for all. */
static const char *const meanings[] = {
    "minister ministro ministra secretary secretario secretaria sec min ministers secretaries "
    "undersecretary undersecretaries subsecretario subsecretaria secretariat ministry ministerio",
    "president presidente presidenta pres presidents",
    "director directora directors dir",
    "coordinator coordinador coordinadora coordinators",
    "ambassador embajador embajadora amb ambassadors",
    "governor gobernador gobernadora gov governors",
    "mayor alcalde alcaldesa mayors",
    "senator senador senadora sen senators",
    "legislator congressman congresswoman diputado diputada legislators lawmaker lawmakers "
    "parliamentarian",
    "judge juez jueza justice magistrado magistrate judges",
    "prosecutor procurador procuradora fiscal prosecutors attorney ag",
    "adviser advisor asesor asesora advisers advisors consejero consejera counselor counsellor",
    "chief jefe jefa head boss chiefs",
    "commissioner comisionado",
    "general gen generals",
    "admiral almirante adm admirals",
    "colonel coronel col",
    "captain capitan capt",
    "lieutenant teniente lt",
    "major maj",
    "sergeant sgt",
    "commander comandante commanders cmdr",
    "spokesman spokeswoman spokesperson vocero vocera spokesmen",
    "official officials officer officers funcionario funcionarios oficial",
    "leader leaders lider",
    "envoy envoys",
    "chancellor canciller",
    "defense defence defensa sedena army military armed",
    "foreign exterior exteriores relations relaciones mfa",
    "interior gobernacion segob governance government home",
    "finance hacienda treasury finanzas",
    "security seguridad",
    "national nacional",
    "justice justicia",
    "health salud",
    "economy economic economia economics",
    "education educacion",
    "navy naval marina semar",
    "public publica publico",
    "affairs asuntos",
    "police policia",
    "intelligence inteligencia",
    "united us usa american states",
    "mexico mexican mexicano mexicana",
    "agriculture agricultura",
    "energy energia",
    "customs aduanas",
    "trade comercio commerce",
    "labor labour trabajo",
};

static const char *const ranks = "general admiral colonel captain lieutenant major sergeant "
                                 "commander brig brigadier cpl pvt commandant";
static const char *const generics =
    "official leader member agent diplomat envoy spokesman delegate representative dep aide "
    "assistant chief adviser analyst lawyer activist businessman banker journalist economist "
    "professor "
    "tycoon author editor columnist executive deputy founder lord king poloff emboff warden";
static const char *const courtesies =
    "mr mrs ms miss dr sr sra srta don dona lic ing lady sir madam "
    "dame dra lcdo lcda arq mister senor senora rev father hon";
static const char *const rank_words =
    "deputy vice former acting assistant associate senior under sub first second third principal "
    "special interim late ex outgoing incoming then newly lead top adjunct junior prime chief "
    "general executive designate elect joint us";
static const char *const numbers = "two three four five six seven eight several dos tres cuatro";
static const char *const topics =
    "defense defence foreign interior finance security national justice health economy economic "
    "education navy naval public affairs police intelligence agriculture energy customs trade "
    "labor "
    "labour political press legal counsel military army port harbor harbour fisheries mines mining "
    "transport transportation works environment tourism culture science operations planning budget "
    "statistics elections electoral prisons prison immigration border drug narcotics human rights "
    "criminal division regional municipal state federal provincial central bank embassy mission "
    "exterior hacienda gobernacion seguridad defensa publica nacional information analysis "
    "strategy";

/* Whether a word stands in a list of words with blanks between. */
static bool list_has(const char *list, struct bytes key)
{
    for (const char *at = list; *at != 0;) {
        size_t len = strcspn(at, " ");
        if (len == key.len && memcmp(at, key.at, len) == 0)
            return true;
        at += len + (at[len] == ' ');
    }
    return false;
}

void title_word_make(struct bytes key, struct title_word *word)
{
    struct bytes made = key;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (list_has(meanings[i], key)) {
            made = bytes_make(meanings[i], strcspn(meanings[i], " "));
            break;
        }
    if (made.at == key.at && key.len > 4 && key.at[key.len - 1] == 's')
        made.len--;
    *word = (struct title_word){ .len = (uint8_t)(made.len < TITLE_KEY_MAX ? made.len
                                                                           : TITLE_KEY_MAX) };
    memcpy(word->key, made.at, word->len);
}

enum title_head title_head_kind(struct bytes key)
{
    struct title_word word;
    title_word_make(key, &word);
    struct bytes made = { word.key, word.len };
    if (list_has(courtesies, key))
        return TITLE_COURTESY;
    if (list_has(ranks, made))
        return TITLE_RANK;
    return list_has(generics, made) ? TITLE_GENERIC : TITLE_CIVIL;
}

bool title_head_is_plural(struct bytes key)
{
    return list_has("officials officers leaders ministers secretaries undersecretaries directors "
                    "coordinators ambassadors generals admirals senators deputies governors mayors "
                    "judges prosecutors advisers advisors diplomats agents commanders lawmakers "
                    "spokesmen members aides funcionarios",
                    key);
}

bool title_head_is_deputy(struct bytes key)
{
    return list_has("undersecretary undersecretaries subsecretario subsecretaria", key);
}

bool title_word_is_rank(struct bytes key)
{
    return list_has(rank_words, key);
}

bool title_word_is_number(struct bytes key)
{
    return list_has(numbers, key);
}

bool title_word_is_topic(struct bytes key)
{
    return list_has(topics, key);
}
