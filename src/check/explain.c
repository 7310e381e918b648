#include <stet/check.h>

#include <stdio.h>
#include <strings.h>

#include "check/statement_kind.h"
#include "check/verdict.h"

/* What a rule means, what to do about it. One row a verdict, in the order of the enum. */
static const struct explanation {
    const char *meaning, *advice;
} explanations[CHECK_VERDICT_COUNT] = {
    [CHECK_VERBATIM] = { "The words stand in the document as printed, but for what house style "
                         "changes everywhere (quotation marks, a comma at the edge, a capital).",
                         "Nothing." },
    [CHECK_MARKED] = { "The words stand in the document, and every change is shown: brackets, "
                       "ellipses, [sic].",
                       "Nothing; read the source once to see that the cut keeps the sense." },
    [CHECK_PUNCTUATION] = { "The words agree; a comma, colon, question mark or inner quotation "
                            "mark "
                            "between them does not.",
                            "Print the document's, or rule that your style drops it." },
    [CHECK_ALTERED] = { "Words inside the quotation marks are not the document's, and nothing "
                        "shows "
                        "it: left out, added, changed or in another order.",
                        "Restore the words, show the change by brackets or an ellipsis, or take "
                        "the "
                        "quotation marks away." },
    [CHECK_JOINED] = { "One pair of quotation marks holds words from two places.",
                       "Close the quotation and open a second one." },
    [CHECK_CUT] = { "What was left out, or where the quotation begins or ends, may turn its sense: "
                    "\"not\", \"if\", \"alleged\", \"he denied that\".",
                    "Read the whole sentence; print the word, or say it in your own." },
    [CHECK_BRACKET] = { "What stands in brackets says something else than the words in its place, "
                        "or "
                        "[sic] blames the document for what it does not say.",
                        "Correct the bracket." },
    [CHECK_SPEAKER] = { "The document gives these words to somebody whom the story does not name, "
                        "or "
                        "leads in more weakly (would like, is said to).",
                        "Name who speaks, in the document's strength." },
    [CHECK_WITHHELD] = { "The copy held here withholds words that the story prints.",
                         "Find the copy they come from, and ask whom printing them endangers." },
    [CHECK_DOUBTFUL] = { "What differs stands in text that a scan may have misread.",
                         "Look at the picture of the page." },
    [CHECK_SEVERAL] = { "The words stand equally well in documents that are no copies of each "
                        "other.",
                        "Say which document you used." },
    [CHECK_TRANSLATION] = { "The quotation may be a translation of this passage. Wording is not "
                            "judged.",
                            "Let somebody who reads both compare them, and say that it is "
                            "translated." },
    [CHECK_NOT_FOUND] = { "No document that was read holds these words. That is not \"false\": the "
                          "report says what was not read.",
                          "Ask the writer for the source; look at the ledger." },
    [CHECK_CANNOT_TELL] = { "Too short, too common, or too little evidence to say where it comes "
                            "from.",
                            "Look at the candidates; check it by hand." },
    [CHECK_TERM] = { "A word or title in quotation marks: nothing is checked.", "Nothing." },
    [CHECK_AS_IN_ARCHIVE] = { "The archive has this form.", "Nothing." },
    [CHECK_AGREES] = { "The documents say the same.", "Nothing." },
    [CHECK_DIFFERS] = { "The documents traced beside the statement say something else, at the "
                        "place "
                        "that is shown.",
                        "Read the place; correct the story, or rule that it stands." },
    [CHECK_FORM] = { "The same in a form that a reader could misread.",
                     "Use the document's form." },
    [CHECK_ABSENT] = { "No document held here has it. That is no finding by itself.",
                       "Check it elsewhere if it matters." },
    [CHECK_ROUNDED] = { "The figure is rounded and no word says so.",
                        "Write \"about\", or the exact figure." },
    [CHECK_UNIT] = { "The digits agree, the unit or scale does not: million and billion, percent "
                     "and "
                     "percentage points.",
                     "Correct the unit." },
    [CHECK_ELSEWHERE] = { "The figure stands in another document than the one beside it.",
                          "See that the story names the right one." },
    [CHECK_CONFLICTING] = { "Documents held here give different figures for the same thing.",
                            "Say whose figure it is." },
    [CHECK_COMPLETE] = { "The list has what the document's list has.", "Nothing." },
    [CHECK_SHORTER] = { "The document's list has more members.",
                        "Write \"among others\", or name them all." },
    [CHECK_WEEKDAY] = { "The date did not fall on this weekday.", "Look at a calendar." },
    [CHECK_INTERVAL] = { "The two dates lie further apart, or nearer, than the story says.",
                         "Count again." },
    [CHECK_CONSISTENT] = { "Nothing contradicts it, but the document does not state it: what is "
                           "shown "
                           "with ~ was inferred.",
                           "Find a document that states it if it matters." },
    [CHECK_READ_THIS] = { "A statement given to a document without quotation marks. The best "
                          "paragraph "
                          "is offered, with the words that are there and not there; whether it "
                          "says "
                          "so is for a person.",
                          "Read the paragraph." },
    [CHECK_RESOLVED] = { "What is cited is held here.", "Nothing." },
    [CHECK_NOT_INTRODUCED] = { "An abbreviation of a source that the story never introduces.",
                               "Introduce it, or rule that your readers know it." },
    [CHECK_TWO_FORMS] = { "The story spells one name or word in two ways.", "Choose one." },
    [CHECK_UNCHECKED] = { "A placeholder was left in the story.", "Fill it in." },
    [CHECK_AT_RISK] = { "A traced document asks to protect this person.",
                        "Decide whether the name must be printed, with somebody who knows the "
                        "risk." },
};

static void say(const char *rule, const struct explanation *of, char *text, size_t room)
{
    snprintf(text, room,
             "%s\n  %s\n  To do: %s\n  To let it stand: stet rule STORY LINE --by NAME --reason "
             "TEXT\n",
             rule, of->meaning, of->advice);
}

static bool is_code(const char *rule, const char *code)
{
    return strcasecmp(rule, code) == 0;
}

/* O4, K2: the verdict that the class has by itself. */
static bool explain_code(const char *rule, char *text, size_t room)
{
    for (int class = 0; class < DIFFERENCE_CLASSES; class ++) {
        const char *code = difference_code((enum difference_class) class);
        if (!is_code(rule, code))
            continue;
        struct difference difference = { .class = (enum difference_class) class };
        struct circumstances around = { 0 };
        struct severity_ruling ruling = severity_of(&difference, &around);
        char title[160];
        snprintf(title, sizeof title, "%s: %s (%s, %s)", code,
                 difference_words((enum difference_class) class),
                 check_verdict_words(ruling.verdict), severity_word(ruling.severity));
        say(title, &explanations[ruling.verdict], text, room);
        return true;
    }
    return false;
}

bool stet_explain(const char *rule, char *text, size_t room)
{
    char name[64];
    for (int kind = 0; kind < STATEMENT_KIND_COUNT; kind++)
        for (int verdict = 0; verdict < CHECK_VERDICT_COUNT; verdict++) {
            rule_write(statement_kind_word((enum statement_kind)kind), (enum check_verdict)verdict,
                       name, sizeof name);
            if (strcmp(rule, name) == 0) {
                say(name, &explanations[verdict], text, room);
                return true;
            }
        }
    for (int verdict = 0; verdict < CHECK_VERDICT_COUNT; verdict++)
        if (strcasecmp(rule, check_verdict_words((enum check_verdict)verdict)) == 0) {
            say(check_verdict_words((enum check_verdict)verdict), &explanations[verdict], text,
                room);
            return true;
        }
    return explain_code(rule, text, room);
}
