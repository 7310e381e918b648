/* title_word.h - words of offices brought to one form, in tables; inside mention/ only. */
#ifndef MENTION_TITLE_WORD_H
#define MENTION_TITLE_WORD_H

#include "mention/title.h"

/* "ministro", "secretary", "Sec." become one word; others lose a plural s. */
void title_word_make(struct bytes key, struct title_word *word);
enum title_head title_head_kind(struct bytes key);
bool title_head_is_plural(struct bytes key);
/* Undersecretary, subdirector: deputies by their own word. */
bool title_head_is_deputy(struct bytes key);
/* Deputy, acting, former, senior: says how, not what. */
bool title_word_is_rank(struct bytes key);
/* Two, three, several. */
bool title_word_is_number(struct bytes key);
/* What offices are for, also in small letters: defense, foreign, security, affairs. */
bool title_word_is_topic(struct bytes key);

#endif
