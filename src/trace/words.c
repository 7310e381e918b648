#include "trace/words.h"

struct word_list {
    unsigned class;
    const char *words; /* each with a blank before and behind */
};

static const struct word_list lists[] = {
    { WORD_FUNCTION,
      " the a an of to in on at by for from with without and or nor as that this these those is "
      "are was were be been being am has have had having do does did it its i you he she we "
      "they me him her us them my your his our their who whom whose which what when where "
      "while than then there here so if but not no can could may might must shall should "
      "will would into onto over under about between through during before after up down "
      "out off again also just too very each both such any some all more most other only own "
      "same because until against isnt arent wasnt werent dont doesnt didnt cant cannot "
      "couldnt wont wouldnt shouldnt hasnt havent hadnt theres thats " },
    { WORD_FUNCTION,
      " el la los las un una unos unas de del al a en con por para sin sobre entre y e o u ni que "
      "se su sus lo le les me te nos mi mis tu es son era eran fue fueron ser sido esta estan "
      "ha han habia hay como mas pero si no ya muy este esta estos estas ese esa esos esas " },
    { WORD_NEGATION,
      " not no never none nobody nothing nowhere neither nor cannot cant dont doesnt didnt wont "
      "wouldnt couldnt shouldnt isnt arent wasnt werent hasnt havent hadnt without hardly "
      "scarcely barely nunca jamas ninguno ninguna ningun nadie nada tampoco sin ni " },
    { WORD_MODAL,
      " may might can could must shall should will would ought puede podria debe deberia " },
    { WORD_QUANTITY,
      " some all few many most none several every each any only half both more less least always "
      "often sometimes never algunos algunas todos todas pocos pocas muchos muchas solo "
      "siempre million billion thousand hundred millon millones " },
    { WORD_AGENT, " i you he she we they it me him her us them my your his our their " },
    { WORD_CONDITION,
      " if unless provided allegedly reportedly supposedly purportedly apparently possibly perhaps "
      "maybe unlikely until except presuntamente supuestamente quizas aunque salvo " },
    { WORD_ATTRIBUTION,
      " denied denies deny denying claimed claims claim alleged alleges alleging rumored rumoured "
      "rumors according accused falsely doubts doubted doubt refused segun nego niega "
      "afirmo presunto presunta " },
    { WORD_LIMIT,
      " but however except unless although though if provided only until yet without allegedly "
      "pero aunque salvo excepto sino " },
    { WORD_FILLER, " um uh er erm ah eh " },
    { WORD_CUE,
      " said says say told tells wrote writes stated states added adds noted notes asserted "
      "claimed "
      "argued commented remarked explained replied reported dijo declaro afirmo senalo " },
};

unsigned word_classes(struct bytes key)
{
    char held[32];
    if (key.len == 0 || key.len + 3 > sizeof held)
        return 0;
    held[0] = ' ';
    memcpy(held + 1, key.at, key.len);
    held[key.len + 1] = ' ';
    held[key.len + 2] = '\0';
    if (memchr(held + 1, ' ', key.len) != NULL)
        return 0;
    unsigned classes = 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strstr(lists[i].words, held) != NULL)
            classes |= lists[i].class;
    return classes;
}
