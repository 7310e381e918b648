#include "mention/name_given.h"

#include <stdlib.h>

static const char *const given_words[] = {
    "aaron",     "abdul",     "abdullah",  "abel",      "abigail",    "abraham",     "ada",
    "adam",      "adan",      "adela",     "adolfo",    "adrian",     "agnes",       "agustin",
    "ahmad",     "ahmed",     "alan",      "alba",      "albert",     "alberto",     "alejandra",
    "alejandro", "alex",      "alexander", "alexandra", "alexei",     "alfonso",     "alfred",
    "alfredo",   "ali",       "alice",     "alicia",    "allen",      "alma",        "alonso",
    "alvaro",    "amado",     "amalia",    "amanda",    "amelia",     "amy",         "ana",
    "anastasio", "andre",     "andrea",    "andreas",   "andres",     "andrew",      "andy",
    "angel",     "angela",    "angelica",  "anita",     "ann",        "anna",        "anne",
    "anthony",   "antonia",   "antonio",   "ariel",     "armando",    "arnaldo",     "arnold",
    "arnoldo",   "arthur",    "arturo",    "augusto",   "aurelia",    "aurelio",     "aurora",
    "barack",    "barbara",   "barry",     "bartolome", "beatrice",   "beatriz",     "benito",
    "benjamin",  "bernard",   "bernardo",  "bertha",    "bill",       "bob",         "boris",
    "brad",      "brandon",   "brenda",    "brendan",   "brian",      "bruce",       "bruno",
    "camila",    "camilo",    "capricia",  "carl",      "carla",      "carlos",      "carmen",
    "carol",     "carole",    "carolina",  "caroline",  "catalina",   "catherine",   "cecil",
    "cecilia",   "celia",     "celso",     "cesar",     "charles",    "charlotte",   "cherie",
    "cheryl",    "chris",     "christian", "christina", "christine",  "christopher", "cindy",
    "claire",    "clara",     "claudia",   "claudio",   "clifford",   "colin",       "condoleezza",
    "consuelo",  "craig",     "cristina",  "cristobal", "curtis",     "cynthia",     "dale",
    "dan",       "dana",      "daniel",    "daniela",   "dario",      "dave",        "david",
    "dean",      "deborah",   "delia",     "dennis",    "diana",      "diane",       "dick",
    "diego",     "dolores",   "domingo",   "dominic",   "don",        "donald",      "dora",
    "doris",     "dorothy",   "doug",      "douglas",   "dwight",     "earl",        "eddie",
    "edgar",     "edith",     "edmundo",   "eduardo",   "edward",     "edwin",       "efrain",
    "eileen",    "elaine",    "elena",     "elias",     "elizabeth",  "ellen",       "elvira",
    "emil",      "emilia",    "emilio",    "emily",     "emma",       "enrique",     "eric",
    "erica",     "erik",      "ernest",    "ernesto",   "esteban",    "esther",      "eugene",
    "eugenio",   "eva",       "evan",      "evelyn",    "ezequiel",   "fabian",      "fatima",
    "federico",  "felipe",    "felix",     "fermin",    "fernanda",   "fernando",    "fidel",
    "florence",  "florencia", "flores",    "francesca", "francis",    "francisca",   "francisco",
    "frank",     "franklin",  "fred",      "frederick", "gabriel",    "gabriela",    "gail",
    "gary",      "genaro",    "gene",      "geoffrey",  "george",     "georgina",    "gerald",
    "gerard",    "gerardo",   "geronimo",  "gilbert",   "gilberto",   "gilda",       "gina",
    "gladys",    "glenn",     "gloria",    "gordon",    "grace",      "graciela",    "graham",
    "greg",      "gregorio",  "gregory",   "guadalupe", "guillermo",  "gustavo",     "hank",
    "hannah",    "harold",    "harriet",   "harry",     "harvey",     "hassan",      "hector",
    "heidi",     "helen",     "helena",    "henry",     "herbert",    "herman",      "hernan",
    "hillary",   "hipolito",  "horacio",   "howard",    "hugh",       "hugo",        "huma",
    "humberto",  "hussein",   "ian",       "ibrahim",   "ignacio",    "igor",        "ines",
    "irene",     "iris",      "irma",      "isaac",     "isabel",     "isidro",      "ismael",
    "ivan",      "jack",      "jackson",   "jacob",     "jacqueline", "jaime",       "jake",
    "james",     "jamie",     "jan",       "jane",      "janet",      "janice",      "jason",
    "javier",    "jay",       "jean",      "jeff",      "jeffrey",    "jennifer",    "jeremy",
    "jerome",    "jerry",     "jesse",     "jessica",   "jesus",      "jill",        "jim",
    "jimmy",     "joan",      "joann",     "joaquin",   "joe",        "joel",        "john",
    "johnny",    "jon",       "jonathan",  "jordan",    "jorge",      "jose",        "josefina",
    "joseph",    "josh",      "joshua",    "joy",       "joyce",      "juan",        "juana",
    "juanita",   "judith",    "judy",      "julia",     "julian",     "julie",       "julieta",
    "julio",     "justin",    "karen",     "karl",      "kate",       "kathleen",    "kathryn",
    "kathy",     "keith",     "kelly",     "ken",       "kenneth",    "kevin",       "khalid",
    "kim",       "kofi",      "kurt",      "lanny",     "larry",      "laura",       "lauren",
    "lawrence",  "lazaro",    "leah",      "lee",       "leila",      "leo",         "leon",
    "leonard",   "leonardo",  "leonel",    "leonor",    "leopoldo",   "leslie",      "leticia",
    "lewis",     "lidia",     "lila",      "lilia",     "lillian",    "linda",       "lionel",
    "lisa",      "lloyd",     "lois",      "lona",      "lorenzo",    "lori",        "louis",
    "louise",    "lourdes",   "lucas",     "lucia",     "luciano",    "lucy",        "luis",
    "luisa",     "luz",       "lydia",     "lyle",      "lynn",       "magdalena",   "mahmoud",
    "manuel",    "manuela",   "marc",      "marcela",   "marcelo",    "marcia",      "marco",
    "marcos",    "margaret",  "margarita", "maria",     "mariana",    "mariano",     "marie",
    "marilyn",   "marina",    "mario",     "marion",    "marisela",   "marisol",     "marjorie",
    "mark",      "marlene",   "marshall",  "marta",     "martha",     "martin",      "martina",
    "marvin",    "mary",      "mateo",     "matilde",   "matt",       "matthew",     "maureen",
    "maurice",   "mauricio",  "max",       "maximo",    "maxine",     "megan",       "melissa",
    "mercedes",  "meredith",  "michael",   "michele",   "michelle",   "miguel",      "mike",
    "mikhail",   "mildred",   "miriam",    "mitchell",  "modesto",    "mohamed",     "mohammad",
    "mohammed",  "moises",    "monica",    "morgan",    "muammar",    "muhammad",    "mustafa",
    "nancy",     "natalia",   "natalie",   "nathan",    "neil",       "nelson",      "nestor",
    "nicholas",  "nick",      "nicolas",   "nicole",    "nikita",     "nikolai",     "nina",
    "noel",      "nora",      "norma",     "norman",    "octavio",    "olga",        "oliver",
    "olivia",    "omar",      "orlando",   "oscar",     "osvaldo",    "otto",        "pablo",
    "paloma",    "pamela",    "pascual",   "pat",       "patricia",   "patricio",    "patrick",
    "paul",      "paula",     "pedro",     "peggy",     "perla",      "peter",       "phil",
    "philip",    "phillip",   "phyllis",   "pilar",     "porfirio",   "rachel",      "rafael",
    "ralph",     "ramiro",    "ramon",     "ramona",    "randy",      "raquel",      "raul",
    "ray",       "raymond",   "rebeca",    "rebecca",   "renato",     "rene",        "ricardo",
    "richard",   "rick",      "rita",      "robert",    "roberta",    "roberto",     "robin",
    "rodolfo",   "rodrigo",   "rogelio",   "roger",     "roland",     "rolando",     "roman",
    "ronald",    "rosa",      "rosalia",   "rosario",   "rose",       "rosemary",    "ross",
    "roy",       "ruben",     "rudolph",   "rufino",    "russell",    "ruth",        "ryan",
    "salvador",  "sam",       "samantha",  "samuel",    "sandra",     "santiago",    "santos",
    "sara",      "sarah",     "saul",      "scott",     "sean",       "sebastian",   "serge",
    "sergei",    "sergio",    "seth",      "sharon",    "sheila",     "shirley",     "sidney",
    "silvia",    "simon",     "sofia",     "sonia",     "sophia",     "stanley",     "stella",
    "stephanie", "stephen",   "steve",     "steven",    "stewart",    "strobe",      "stuart",
    "susan",     "susana",    "suzanne",   "sylvia",    "tamara",     "tatiana",     "ted",
    "teodoro",   "teresa",    "teresita",  "terry",     "thaddeus",   "thelma",      "theodore",
    "theresa",   "thomas",    "tim",       "timothy",   "tina",       "tobias",      "todd",
    "tom",       "tomas",     "tommy",     "tony",      "tracy",      "trinidad",    "ursula",
    "valentin",  "valentina", "valeria",   "vanessa",   "vera",       "vernon",      "veronica",
    "vicente",   "victor",    "victoria",  "vincent",   "viola",      "violeta",     "virgilio",
    "virginia",  "vivian",    "vladimir",  "walter",    "wanda",      "warren",      "wayne",
    "wendy",     "wesley",    "wilfredo",  "william",   "willie",     "winifred",    "winston",
    "xavier",    "yasser",    "yolanda",   "yuri",      "yvonne",     "zoe",
};

enum { GIVEN_WORDS = sizeof given_words / sizeof *given_words };

static int compare_word(const void *left, const void *right)
{
    const struct bytes *key = left;
    const char *word = *(const char *const *)right;
    for (size_t i = 0; i < key->len; i++)
        if (key->at[i] != (uint8_t)word[i])
            return key->at[i] < (uint8_t)word[i] ? -1 : 1;
    return word[key->len] == 0 ? 0 : -1;
}

bool name_is_given(struct bytes key)
{
    return bsearch(&key, given_words, GIVEN_WORDS, sizeof *given_words, compare_word) != NULL;
}

bool name_given_is_sorted(void)
{
    for (size_t i = 1; i < GIVEN_WORDS; i++)
        if (strcmp(given_words[i - 1], given_words[i]) >= 0)
            return false;
    return true;
}
