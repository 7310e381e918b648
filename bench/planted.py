#!/usr/bin/env python3
"""Planted edits: quotations cut from real documents, changed in known ways, held against the archive that holds those documents.

For every item the class of change, its verdict and its severity are known; `stet check --format jsonl` must say the same. A hit is
the planted place, or one whose words are at least as near to the printed quotation (word edit distance), so that twins and copies
count. Negatives are quotations of documents left out, and invented ones. The seed is printed; give it again to see the same run.

    bench/planted.py --stet build/release/src/cli/stet --archive a.stet --corpus cables --corpus mails --items 20000
"""
import argparse, collections, html, json, os, random, re, subprocess, sys, tempfile, time

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
PAGE_LINE = re.compile(r"^.*\b[A-Z][A-Z ]+ \d{8} \d{3}(\.\d)? OF \d{3}\s*$", re.M)
CASE_LINE = re.compile(r"^.*U\.S\. Department of State Case No\. F-.*$", re.M)  # of the printing, over and under each page
LABEL = re.compile(r"^\s*(From|To|Cc|Sent|Subject|Attachments|Importance|Date)\b", re.I)
FUNCTION = {"the": "a", "a": "the", "is": "was", "was": "is", "are": "were", "were": "are", "has": "had", "had": "has",
            "have": "had", "in": "on", "on": "in", "of": "for", "for": "of", "this": "that", "that": "this", "to": "for",
            "with": "by", "by": "with", "at": "in", "from": "for"}
MODAL = {"may": "will", "will": "may", "could": "will", "would": "will", "should": "must", "must": "should", "can": "cannot",
         "might": "will", "all": "some", "some": "all", "many": "most", "most": "many", "not": None}
FORMS = {"U.S.": "US", "percent": "per cent", "Governor": "Gov.", "Senator": "Sen.", "United States": "US"}
SPELLING = {"favor": "favour", "labor": "labour", "organization": "organisation", "organizations": "organisations",
            "program": "programme", "programs": "programmes", "defense": "defence", "center": "centre", "realize": "realise",
            "recognize": "recognise", "emphasized": "emphasised", "behavior": "behaviour", "criticize": "criticise"}
TITLES = {"Mr.", "Mrs.", "Ms.", "Dr.", "President", "Minister", "Secretary", "Ambassador", "General", "Senator", "Chancellor", "Governor",
          "Judge", "Deputy", "Colonel", "Prince", "King", "Sheikh", "Representative", "Congressman"}
CONTENT = ["turnip", "violet", "harbour", "seven", "lantern", "copper", "meadow", "ninety", "pelican", "orchard"]
ADVERBS = ["terribly", "reportedly", "merely", "openly", "largely"]

# class -> (verdicts that are right, severities that are right)
EXPECTED = {
    "V0": ({"verbatim"}, {None, "note"}),
    "V1": ({"verbatim"}, {None, "note"}),
    "V2": ({"verbatim"}, {None, "note"}),
    "V3": ({"verbatim"}, {None, "note"}),
    "V4": ({"verbatim, changes marked"}, {None, "note"}),
    "V5": ({"verbatim"}, {None, "note"}),
    "V6": ({"verbatim"}, {None, "note"}),
    "B1": ({"verbatim, changes marked"}, {None, "note"}),
    "B2": ({"verbatim, changes marked"}, {None, "note"}),
    "B3": ({"bracket not supported"}, {"fix", "query"}),
    "B4": ({"verbatim, changes marked"}, {None, "note"}),
    "B5": ({"verbatim, changes marked"}, {None, "note"}),
    "O1": ({"verbatim, changes marked"}, {None, "note"}),
    "O2": ({"verbatim, changes marked"}, {None, "note"}),
    "O4": ({"altered, unmarked"}, {"fix"}),
    "O5": ({"altered, unmarked"}, {"query", "fix"}),
    "I1": ({"altered, unmarked"}, {"fix"}),
    "S1": ({"altered, unmarked"}, {"fix"}),
    "S2": ({"altered, unmarked"}, {"fix"}),
    "S3": ({"altered, unmarked"}, {"fix"}),
    "S5": ({"altered, unmarked"}, {"fix"}),
    "S6": ({"verbatim, changes marked"}, {None, "note"}),
    "P1": ({"punctuation differs"}, {"query"}),
    "P2": ({"punctuation differs", "verbatim"}, {"note", None}),
    "M1": ({"joined"}, {"fix"}),
    "M2": ({"joined"}, {"fix"}),
    "M3": ({"altered, unmarked"}, {"fix"}),
    "K1": ({"verbatim, changes marked"}, {None, "note"}),
    "V7": ({"altered, unmarked"}, {"query"}),
    "V8": ({"verbatim"}, {None}),
    "S4": ({"altered, unmarked"}, {"fix"}),
    "E1": ({"verbatim"}, {"note"}),
    "O3": ({"cut changes sense?"}, {"query"}),
    "O6": ({"verbatim"}, {None}),
    "O6!": ({"cut changes sense?"}, {"query"}),
    "O7": ({"verbatim"}, {"note"}),
    "O7!": ({"cut changes sense?"}, {"query"}),
    "P3": ({"punctuation differs"}, {"query"}),
    "K2": ({"bracket not supported"}, {"fix"}),
    "K3": ({"withheld in our copy"}, {"query"}),
    "K3m": ({"verbatim, changes marked"}, {None}),
    "A1": ({"other speaker?"}, {"query"}),
    "A1=": ({"verbatim"}, {None, "note"}),
    "A3": ({"other speaker?"}, {"query"}),
    "A3=": ({"verbatim"}, {None, "note"}),
    "A4": ({"other speaker?"}, {"query"}),
}
ABOUT = {
    "O6": "begins and ends in mid-sentence, nothing telling is cut", "O6!": "a denial or condition stands within two words of the cut",
    "O7": "a fragment with capital and full stop", "O7!": "the same, and the lost tail limits it",
    "K3": "a name printed where our copy has X's", "K3m": "a notice in brackets there",
    "A1": "words inside the source's quotation marks, given to somebody else", "A1=": "the same, given to the right one",
    "A3": "'Name said that ...', given to somebody else", "A3=": "the same, given to the right one", "A4": "'denied that ...', as asserted",
}
NOT_PLANTED = {
    "A2": "belongs to the description beside the quotation, not to the quotation",
    "T1, T2": "needs documents in two languages that translate each other",
    "Q1": "rewords most of a quotation: three and more changes of S, I and O; no single planted edit",
    "N1": "the negatives", "N2, N3": "what a scan finds in several places is counted where it happens",
    "N4": "needs text that a scan misread and its true words beside it",
}
RANK = ["M2", "M1", "S3", "S2", "S1", "S4", "S5", "I1", "O4", "M3", "O5", "B3", "K2", "K3", "V7", "O3", "O6!", "O7!", "A1", "A3", "A4",
        "P1", "P3", "P2", "S6", "B5", "B2", "B4", "O2", "E1", "O7", "B1", "O1", "V4", "K1", "K3m", "V5", "V6", "V3", "V2", "V1", "V8",
        "O6", "A1=", "A3=", "V0"]


# A number printed before a paragraph is furniture where it opens the block or carries a portion mark; any other is a word.
PORTION = re.compile(r"^[ \t]*¶?[ \t]*\d{1,3}[ \t]*[.)][ \t]*\([A-Z][A-Z/ ]*\)[ \t]*", re.M)
NUMBERED = re.compile(r"^\s*¶?[ \t]*\d{1,3}[ \t]*[.)](?=\s)[ \t]*(\([A-Z][A-Z/ ]*\)[ \t]*)?")
DAMAGE = re.compile(r"(?<=[A-Za-z]),(?=(?:s|t|re|ve|ll|d)\b)")
WITHHELD = re.compile(r"\bX{6,}\b")
PLAIN_NOT = re.compile(r"[\"“”‘<>\[\]{}()…_|~*=#^\\�]|\.\.\.|X{4}|--|[,`?8&](?=[a-z]{1,2}\b)|\w-\s|\s-")
ROUGH_NOT = re.compile(r"[<>\[\]{}()…_|~*=#^\\�]|\.\.\.|--|\w-\s|\s-")


def clean(raw):
    text = raw.decode("utf-8", "replace")
    if "<pre>" in text or "<br" in text:
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return PORTION.sub("", PAGE_LINE.sub("", text))


def paragraphs(text):
    """Answers (a paragraph on one line, whether nothing in it is quoted, damaged or withheld)."""
    for block in re.split(r"\n\s*\n|\f", text):
        if re.search(r"UNCLASSIFIED|SIPDIS|Case No\. F-|RELEASE IN", block):
            continue
        block = NUMBERED.sub("", block, count=1)
        lines = block.split("\n")
        if any(LABEL.match(l) or re.search(r"\s{3,}(B\d|1\.4|RELEASE)", l) or re.match(r"\s*(>|-|--|\*)", l) for l in lines):
            continue
        flat = " ".join(block.split())
        if ROUGH_NOT.search(flat):
            continue
        if len(flat.split()) >= 14 and sum(c.islower() for c in flat) > 0.6 * len(flat):
            yield flat, not PLAIN_NOT.search(flat)


def norm(text):
    return [w.lower().replace("'", "").replace("’", "") for w in WORD.findall(text)]


def distance(a, b, limit=60):
    if abs(len(a) - len(b)) > limit:
        return limit
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def stands_in(words, text):
    """Whether the words stand in the text in their order, but for one in ten (a copy may spell differently)."""
    row = [0] * (len(text) + 1)
    for x in words:
        before, row[0] = row[0], row[0] + 1
        for j, y in enumerate(text, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return min(row) <= len(words) // 10


class Item:
    __slots__ = ("classes", "printed", "pieces", "source", "words", "name", "start", "end", "negative", "unmarked", "halves", "lead")

    def __init__(self, printed, source, classes, name):
        self.printed, self.source, self.classes, self.name = printed, source, classes, name
        self.negative, self.unmarked, self.halves, self.lead = False, None, None, None
        self.words = len(norm(source))

    def expected(self):
        return min(self.classes, key=RANK.index)


def plain_word(w):
    return w.isalpha() and w.islower() and len(w) > 3


def places(rng, words, want, low=2, high=None):
    high = len(words) - 2 if high is None else high
    found = [i for i in range(low, high) if want(words[i])]
    return rng.choice(found) if found else None


def edit(rng, cls, words, used):
    """Apply one change of the class to the list of words; True when it could be done. `used` keeps edits apart."""
    free = lambda w: True
    def place(want):
        found = [i for i in range(2, len(words) - 2) if want(words[i]) and all(abs(i - u) > 3 for u in used)]
        if not found:
            return None
        i = rng.choice(found)
        used.append(i)
        return i
    def shift(at, by):
        for k, u in enumerate(used):
            if u > at:
                used[k] = u + by
    if cls == "V1":
        found = [i for i, w in enumerate(words) if "'" in w or "’" in w]
        if not found:
            return False
        i = rng.choice(found)
        words[i] = words[i].replace("'", "’") if "'" in words[i] else words[i].replace("’", "'")
        return True
    if cls == "V2":
        words[-1] = words[-1].rstrip(".,;") + ","
        return True
    if cls == "V3":
        c = words[0][0]
        words[0] = (c.lower() if c.isupper() else c.upper()) + words[0][1:]
        return c.isalpha() and not words[0].isupper()
    if cls == "V4":
        c = words[0][0]
        if not c.isalpha() or not words[0][1:2].islower():
            return False
        words[0] = "[" + (c.lower() if c.isupper() else c.upper()) + "]" + words[0][1:]
        return True
    if cls in ("V5", "V6"):
        table = FORMS if cls == "V5" else SPELLING
        i = place(lambda w: w in table)
        if i is None:
            return False
        words[i] = table[words[i]]
        return True
    i = None
    if cls == "B1":
        i = place(plain_word)
        if i is None: return False
        words[i] += " [the northern province]"
    elif cls == "B2":
        i = place(lambda w: w in ("he", "she", "they", "it", "we", "his", "their"))
        if i is None: return False
        words[i] = "[the ministers]"
    elif cls == "B3":
        ok = [k for k in range(3, len(words) - 2) if all(abs(k - u) > 3 for u in used) and words[k].isalpha() and len(words[k]) > 3
              and words[k][0].isupper() and words[k][1:].islower() and words[k - 1] in TITLES and not words[k + 1][0].isupper()]
        if not ok: return False
        i = rng.choice(ok)
        used.append(i)
        words[i] = "[Bartolomeo]"
    elif cls == "B4":
        i = place(plain_word)
        if i is None: return False
        words[i] += " (the northern province)"
    elif cls == "B5":
        i = place(plain_word)
        if i is None: return False
        words[i] = "[" + words[i] + "]"
    elif cls in ("O1", "O2"):
        gap = rng.randint(1, 4) if cls == "O1" else rng.randint(1, 6)
        ok = [k for k in range(3, len(words) - gap - 3) if all(abs(k - u) > 3 + gap for u in used) and
              any(w.endswith((".", "?", "!")) for w in words[k:k + gap]) == (cls == "O2") and
              not any(w.strip(".,;:").lower() in SENSE for w in words[k:k + gap])
              and not words[k - 1].endswith((".", "?", "!", ",", ";", ":"))]
        if not ok: return False
        i = rng.choice(ok)
        words[i:i + gap] = [rng.choice(["...", "…", "[...]", ". . ."])]
        shift(i, 1 - gap)
        used.append(i)
    elif cls == "O4":
        gap = rng.randint(1, 3)
        ok = [k for k in range(3, len(words) - gap - 3) if all(abs(k - u) > 3 + gap for u in used) and
              all(w.isalpha() for w in words[k - 1:k + gap + 1]) and words[k] != words[k + gap] and words[k - 1] != words[k + gap - 1]
              and not any(w in MODAL for w in words[k:k + gap])]
        if not ok: return False
        i = rng.choice(ok)
        del words[i:i + gap]
        shift(i, -gap)
        used.append(i)
    elif cls == "I1":
        i = place(plain_word)
        if i is None: return False
        words[i] = rng.choice(ADVERBS) + " " + words[i]
    elif cls == "S1":
        i = place(lambda w: w in FUNCTION)
        if i is None: return False
        words[i] = FUNCTION[words[i]]
    elif cls == "S2":
        i = place(lambda w: plain_word(w) and w not in FUNCTION and w not in MODAL or re.fullmatch(r"\d{2,}", w))
        if i is None: return False
        words[i] = str(int(words[i]) + rng.randint(3, 40)) if words[i].isdigit() else rng.choice(CONTENT)
    elif cls == "S3":
        i = place(lambda w: w in MODAL)
        if i is None: return False
        if MODAL[words[i]] is None:
            del words[i]
            shift(i, -1)
        else:
            words[i] = MODAL[words[i]]
    elif cls == "S5":
        ok = [k for k in range(2, len(words) - 3) if words[k].isalpha() and words[k + 1].isalpha() and
              words[k].lower() != words[k + 1].lower() and all(abs(k - u) > 4 for u in used)]
        if not ok: return False
        i = rng.choice(ok)
        words[i], words[i + 1] = words[i + 1], words[i]
        used.append(i)
    elif cls == "S6":
        i = place(lambda w: plain_word(w) and len(w) > 4)
        if i is None: return False
        words[i] = words[i][0] + "---"
    elif cls == "P1":
        ok = [k for k in range(2, len(words) - 2) if all(abs(k - u) > 3 for u in used) and words[k][:-1].isalpha() and words[k][-1] == ","
              and words[k + 1] not in ("and", "or")]
        plus = [k for k in range(2, len(words) - 2) if all(abs(k - u) > 3 for u in used) and words[k].isalpha() and words[k + 1].isalpha()
                and words[k + 1] not in ("and", "or", "nor") and words[k + 1].islower() and words[k].islower()]
        if ok and rng.random() < 0.6:
            i = rng.choice(ok)
            words[i] = words[i][:-1]
        elif plus:
            i = rng.choice(plus)
            words[i] += ","
        else:
            return False
        used.append(i)
    elif cls == "P2":
        ok = [k for k in range(4, len(words) - 2) if all(abs(k - u) > 3 for u in used) and words[k][:-1].isalpha() and words[k][-1] == ","
              and words[k + 1] in ("and", "or") and any(w.endswith(",") for w in words[k - 4:k])]
        if not ok: return False
        i = rng.choice(ok)
        words[i] = words[i][:-1]
        used.append(i)
    elif cls == "M3":
        i = place(lambda w: plain_word(w))
        if i is None: return False
        words[i] = words[i] + " " + words[i]
    elif cls == "K1":
        i = place(plain_word)
        if i is None: return False
        words[i] += " [sic]"
    elif cls == "V7":
        ok = [k for k in range(1, len(words) - 1) if words[k].strip(".,;:") in TYPOS and all(abs(k - u) > 3 for u in used)]
        if not ok: return False
        i = rng.choice(ok)
        bare = words[i].strip(".,;:")
        words[i] = words[i].replace(bare, TYPOS[bare])
        used.append(i)
    elif cls == "S4":
        i = place(lambda w: w in GRAMMAR)
        if i is None: return False
        words[i] = GRAMMAR[words[i]]
    elif cls == "E1":
        i = place(plain_word)
        if i is None: return False
        words[i] = words[i].upper()
    elif cls == "O3":
        gap = rng.randint(1, 3)
        ok = [k for k in range(3, len(words) - gap - 3) if any(w in STRONG for w in words[k:k + gap])
              and not any(w.endswith((".", "?", "!", ",", ";", ":")) for w in words[k - 1:k + gap])]
        if not ok: return False
        i = rng.choice(ok)
        words[i:i + gap] = [rng.choice(["...", "…", "[...]", ". . ."])]
        shift(i, 1 - gap)
        used.append(i)
    elif cls == "K2":
        i = place(lambda w: plain_word(w) and len(w) > 6 and w[0] != w[1])
        if i is None: return False
        at = rng.randint(2, len(words[i]) - 3)
        words[i] = words[i][:at] + words[i][at + 1:] + " [sic]"
    else:
        return cls == "V0"
    return True


TYPOS = {}  # words that stand once in all texts, one letter from a common one: filled from the corpus
GRAMMAR = {"was": "were", "were": "was", "is": "are", "are": "is", "has": "have", "have": "has", "them": "they", "don't": "doesn't"}
STRONG = set("not no never if unless allegedly without only cannot denied reportedly".split())
LIMITS = set("but however except unless although though if provided until without".split())
SENSE = set("not no never nor none nobody nothing nowhere supposedly purportedly apparently unlikely dont without if unless except but however although though only hardly scarcely barely alleged allegedly "
            "reportedly reported claimed claims said says denied denies deny may might could would should perhaps possibly probably "
            "whether until provided according cannot few little neither maybe doubt deny rejects rejected told asked wrote "
            "thinks thought believes believe think feel hope".split())


def bears_sense(word):
    word = word.lower().replace("’", "'")
    return "n't" in word or any(part in SENSE for part in norm(word))


def window(rng, words, length):
    """A run of words whose edges do not cut off a word that bears the sense (that is class O6!); empty when no such is met."""
    for _ in range(30):
        at = rng.randrange(0, len(words) - length + 1)
        beside = words[max(0, at - 6):at] + words[at + length:at + length + 6]
        if not any(bears_sense(w) for w in beside):
            return words[at:at + length]
    return []


def make_splice(rng, cls, name, paras, docs):
    """Ten to fourteen words of one paragraph run into as many of another: later in the same document, or elsewhere."""
    if cls == "M1":
        if len(paras) < 2:
            return None
        i, j = sorted(rng.sample(range(len(paras)), 2))
        first, second = paras[i], paras[j]
    else:
        other_name, other = rng.choice(docs)
        first, second = rng.choice(paras), rng.choice(other)
        if other_name == name:
            return None
    first, second = (window(rng, words, rng.randint(10, 14)) for words in (first.split(), second.split()))
    if not first or not second or norm(" ".join(first)) == norm(" ".join(second)):
        return None
    both = " ".join(first + second)
    item = Item(both, both, [cls], name)
    item.halves = (" ".join(first), " ".join(second))
    return item


def stops(word):
    return word.endswith((".", "?", "!", ":", ";", '"', "”"))


def make_cut(rng, cls, name, para):
    """A piece of one sentence (O6), printed as a sentence of its own (O7), with or without (!) something telling cut off."""
    ends = [j for j in range(8, len(para) - 3) if not stops(para[j - 1]) and para[j - 1].isalpha()]
    if cls == "O6!" and rng.random() < 0.5:
        starts = [i for i in range(2, len(para) - 8) if para[i].isalpha() and any(w in STRONG for w in para[i - 2:i])
                  and not any(stops(w) or w.endswith(",") for w in para[i - 2:i])]
    elif cls == "O6!":
        starts = [i for i in range(0, len(para) - 8) if para[i].isalpha()]
        ends = [j for j in ends if any(w in STRONG for w in para[j:j + 2]) and not stops(para[j]) and not para[j].endswith(",")]
    else:
        starts = [i for i in range(2, len(para) - 8) if para[i].isalpha() and para[i].islower() and not stops(para[i - 1])]
    if cls == "O7!":
        ends = [j for j in ends if para[j] in LIMITS]
    elif cls != "O6!":
        ends = [j for j in ends if not any(bears_sense(w) for w in para[j:j + 6])]
    if cls in ("O6", "O7", "O7!"):
        starts = [i for i in starts if not any(bears_sense(w) for w in para[max(0, i - 6):i])]
    pairs = [(i, j) for i in starts for j in ends if 7 <= j - i <= 40]
    if not pairs:
        return None
    i, j = rng.choice(pairs)
    source = para[i:j]
    printed = list(source)
    if cls in ("O7", "O7!"):
        printed[0] = printed[0][0].upper() + printed[0][1:]
        printed[-1] += "."
    return Item(" ".join(printed), " ".join(source), [cls], name)


SPOKEN = re.compile(r"[\"“]([A-Z][^\"“”]{40,300}?),?[\"”] (?:[A-Z][a-z]+ )?([A-Z][a-z]{3,}) (?:said|told|noted|added|explained|stated|remarked)\b")
REPORTED = re.compile(r"\b([A-Z][a-z]{3,}) (?:said|told us|noted|added|explained|stated|claimed) that ([a-z][^\"“”.;:]{40,260})[.;]")
DENIED = re.compile(r"\b(\w+) (?:denied|denies|denying|disputed|rejected)(?: claims| reports| allegations| rumors| suggestions)? that "
                    r"([a-z][^\"“”.;:]{40,260})[.;]")
NOBODY = {"Post", "Embassy", "They", "This", "That", "These", "There", "Poloff", "Government"}


def make_spoken(rng, cls, name, para):
    found = {"A1": SPOKEN, "A1=": SPOKEN, "A3": REPORTED, "A3=": REPORTED, "A4": DENIED}[cls].search(para)
    if not found:
        return None
    words, who = (found[1], found[2]) if cls[:2] == "A1" else (found[2], found[1])
    if who in NOBODY or any(bears_sense(w) for w in para[:found.start()].split()[-6:]):
        return None
    words = words.split()
    if cls[:2] != "A1":
        words = words[:rng.randint(min(8, len(words)), len(words))]
    if len(words) < 7 or any(bears_sense(w) for w in para[para.find(" ".join(words)) + len(" ".join(words)):].split()[:6]):
        return None
    item = Item(" ".join(words).rstrip(",."), " ".join(words), [cls], name)
    item.lead = f"{'Bartolomeo Quintanar' if cls in ('A1', 'A3', 'A4') else 'Mr. ' + who} {rng.choice(['said', 'added', 'argued'])}: "
    return item


def make_damaged(rng, cls, name, para):
    """V8: the words are whole in print and damaged in our copy. K3: printed where our copy has X's. P3: inner marks lost."""
    words = para.split()
    want = {"V8": lambda w: DAMAGE.search(w), "P3": lambda w: re.search("[\"“”]", w)}.get(cls, lambda w: WITHHELD.search(w))
    at = [i for i, w in enumerate(words) if want(w)]
    if not at:
        return None
    i = rng.choice(at)
    low = max(0, i - rng.randint(4, 14))
    source = words[low:i + rng.randint(5, 14)]
    beside = words[max(0, low - 6):low] + words[low + len(source):low + len(source) + 6]
    flat = " ".join(source)
    if len(source) < 9 or any(bears_sense(w) for w in beside) or re.search(r"&[A-Za-z]|[a-z.,]8\b|`|\?[a-z]", flat):
        return None
    inner = len(re.findall("[\"“”]", " ".join(source[1:-1])))
    if cls == "V8" and not inner and not WITHHELD.search(flat):
        return Item(DAMAGE.sub("’", flat), flat, [cls], name)
    if cls == "P3" and not WITHHELD.search(flat) and not DAMAGE.search(flat):
        # A mark beside a comma or stop leaves that behind; here it stands between blank and letter, inside the quotation.
        if not re.search(r" [\"“]\w", " ".join(source[2:-2])) or re.search("^[\"“”]|[\"“”][.,;]*$", flat):
            return None
        return Item(re.sub("[\"“”]", "", flat), flat, [cls], name)
    if cls in ("K3", "K3m") and not inner and not DAMAGE.search(flat) and low < i:
        there = "Bartolomeo Quintanar" if cls == "K3" else rng.choice(["[name withheld]", "[redacted]"])
        return Item(WITHHELD.sub(there, flat), flat, [cls], name)
    return None


MAKERS = {"O6": make_cut, "O6!": make_cut, "O7": make_cut, "O7!": make_cut, "V8": make_damaged, "P3": make_damaged, "K3": make_damaged,
          "K3m": make_damaged, "A1": make_spoken, "A1=": make_spoken, "A3": make_spoken, "A3=": make_spoken, "A4": make_spoken}
PLACES = {"V8": DAMAGE, "K3": WITHHELD, "K3m": WITHHELD, "P3": re.compile(" [\"“]\\w"), "A1": SPOKEN, "A1=": SPOKEN, "A3": REPORTED,
          "A3=": REPORTED, "A4": DENIED}


class Corpus:
    """Plain paragraphs by document; paragraphs where a class can be planted; the whole texts, for scans."""

    def __init__(self):
        self.docs, self.places, self.texts, self.scanned = [], collections.defaultdict(list), [], {}

    def add(self, name, text):
        self.texts.append((name, text.lower()))
        plain = []
        for flat, is_plain in paragraphs(text):
            if is_plain:
                plain.append(flat)
            for cls, pattern in PLACES.items():
                if pattern.search(flat):
                    self.places[cls].append((name, flat))
        if plain:
            self.docs.append((name, plain))

    def holders(self, printed):
        """Documents in whose whole text a scan finds these words, one after the other."""
        words = norm(printed)
        longest = max((w for w in words if w.isascii()), key=len, default="")
        wanted, found = " " + " ".join(words) + " ", []
        for i, (name, text) in enumerate(self.texts):
            if longest in text or longest.endswith("s") and longest[:-1] in text:
                if i not in self.scanned:
                    self.scanned[i] = " " + " ".join(norm(text)) + " "
                if wanted in self.scanned[i]:
                    found.append(name)
        return found

    def find_typos(self):
        """Words of all texts that stand once, one letter away from one that stands often."""
        counts = collections.Counter()
        for _, text in self.texts:
            counts.update(norm(text))
        letters, lower = "abcdefghijklmnopqrstuvwxyz", collections.Counter()
        for _, paras in self.docs:
            for para in paras:
                lower.update(w.strip(".,;:") for w in para.split() if w.strip(".,;:").isalpha() and w.islower())
        for word in lower:
            if counts[word] != 1 or len(word) < 6:
                continue
            cuts = [(word[:i], word[i:]) for i in range(1, len(word))]
            near = {a + b[1:] for a, b in cuts} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1} | \
                {a + c + b for a, b in cuts for c in letters} | {a + c + b[1:] for a, b in cuts for c in letters}
            best = max(near - {word}, key=lambda w: counts[w])
            if counts[best] >= 100 and best.isalpha() and len(best) >= 5 and not (best + "s" == word or word + "s" == best):
                TYPOS[word] = best
        for name, paras in self.docs:
            for para in paras:
                if any(w.strip(".,;:") in TYPOS for w in para.split()):
                    self.places["V7"].append((name, para))


def make_item(rng, cls, corpus, lengths):
    """One quotation with one to three changes, the first of class `cls`. None when this text does not allow it."""
    docs = corpus.docs
    if cls in PLACES or cls == "V7":
        if not corpus.places[cls]:
            return None
        name, flat = rng.choice(corpus.places[cls])
        paras = [flat]
    else:
        name, paras = rng.choice(docs)
    if cls in MAKERS:
        chosen = rng.choice(paras)
        return MAKERS[cls](rng, cls, name, chosen if cls[0] == "A" else chosen.split() if cls[0] == "O" else chosen)
    para = rng.choice(paras).split()
    length = min(rng.choice(lengths), len(para))
    source = window(rng, para, length) if length >= 6 else []
    if len(norm(" ".join(source))) < 6:
        return None
    if cls in ("M1", "M2"):
        return make_splice(rng, cls, name, paras, docs)
    if cls == "O5":
        words = list(source)
        if len(words) < 14:
            return None
        ok = [k for k in range(5, len(words) - 7) if words[k].isalpha() and words[k + 3].islower() and words[k + 3].isalpha()
              and words[k + 2].isalpha() and words[k + 1].isalpha()]
        if not ok:
            return None
        k = rng.choice(ok)
        item = Item(" ".join(words[:k + 1]) + ",” the report said, “" + " ".join(words[k + 3:]), " ".join(words), [cls], name)
        item.unmarked = " ".join(words[:k + 1] + words[k + 3:])
        return item
    words, used, classes = list(source), [], []
    extra = rng.choice([0, 0, 0, 1, 2]) if length >= 16 and cls not in ("V0",) else 0
    if not edit(rng, cls, words, used):
        return None
    classes.append(cls)
    for more in rng.sample(["O1", "B1", "S2", "P1", "I1", "O4", "V2"], k=extra):
        if edit(rng, more, words, used):
            classes.append(more)
    printed = " ".join(words).replace(" … ", rng.choice(["…", " … "]))
    if cls == "V7" and corpus.holders(printed):
        return None  # a copy without the typing error: nothing was corrected
    return Item(printed, " ".join(source), classes, name)


def invented(rng):
    who = ["The deputy governor of Salinas Altas", "A retired colonel", "The harbour union", "Our consul in Port Verity", "The committee",
           "The vice minister for fisheries", "A close adviser to the president", "The bishop of Cerro Negro"]
    what = ["insisted that the new tariff would ruin the lower valley within two harvests",
            "warned that the border posts had been left without fuel since the middle of March",
            "complained about the slow delivery of the promised patrol boats and spare engines",
            "expected the coalition to lose four of the nine disputed provinces in the autumn vote",
            "privately described the peace talks as a theatre piece staged for foreign donors",
            "asked for a quiet meeting before the audit of the railway fund became public"]
    tail = ["and saw no reason to hurry", "while refusing to put any of it on paper", "which surprised everyone at the table",
            "because the army would not move before the rains", "although his own deputies thought otherwise",
            "and hinted that a resignation letter was already written"]
    return f"{rng.choice(who)} {rng.choice(what)} {rng.choice(tail)}, {rng.choice(tail)}"


def read_corpus(folders, rng, most=None):
    corpus = Corpus()
    files = []
    for folder in folders:
        for top, _, names in os.walk(folder):
            files += [os.path.join(top, n) for n in names]
    files.sort()
    if most and len(files) > most:
        files = rng.sample(files, most)
    for path in files:
        with open(path, "rb") as f:
            corpus.add(os.path.splitext(os.path.basename(path))[0], clean(f.read()))
    return corpus


LEADS = ["The embassy wrote in the cable: ", "The memo said: ", "According to the document, ", "The cable reported: ", "The message says: "]


def story_of(items, rng):
    """A story that prints these items, each given to a document; the items learn where they stand in it."""
    story = bytearray(b"A digest of papers\n\n")
    for item in items:
        story += (item.lead or rng.choice(LEADS)).encode() + "“".encode()
        item.start = len(story)
        story += item.printed.encode()
        item.end = len(story)
        story += "”\n\n".encode()
    return story


def check(args, items, rng):
    """Run one story of these items; answers a list of the objects found for each."""
    story = story_of(items, rng)
    with tempfile.NamedTemporaryFile(suffix=".txt", delete=False) as f:
        f.write(story)
    run = subprocess.run([args.stet, "check", "-a", args.archive, "--format", "jsonl", f.name], capture_output=True)
    if run.returncode in (0, 1):
        os.unlink(f.name)
    if run.returncode not in (0, 1):
        sys.exit(f"stet check ended with {run.returncode}: {run.stderr.decode()} ({f.name} is kept)")
    found = [json.loads(line) for line in run.stdout.decode().splitlines() if line.strip()]
    answers = []
    for item in items:
        answers.append([o for o in found if o.get("story") and item.start - 4 <= o["story"]["start"] <= item.end
                        and o.get("kind") in ("quotation", "term")])
    return answers


SEVERITY = ["fix", "imprecise", "query", "note", None]


def stands_apart(item, objects, corpus):
    """Whether a scan finds the words cut out in more than one document, and those were named: no tool can say which was meant."""
    holders = set(corpus.holders(item.source))
    named = {c.get("doc") for o in objects for c in o.get("candidates") or []}
    return len(holders) > 1 and bool(holders & named)


def judge(item, objects, corpus):
    """(traced to the planted words, verdict right, severity right, verdict, severity)"""
    if not objects:
        return False, False, False, "nothing said", None
    worst = min(objects, key=lambda o: SEVERITY.index(o.get("severity")))
    source = " ".join((o.get(key) or {}).get("text") or "" for o in objects for key in ("source", "second_source"))
    printed = norm(re.sub(r"\[[^\]]{2,}\]|\([^)]*\)", " ", (item.unmarked or item.printed).replace("[", "").replace("]", "")
                          if re.match(r"\[\w\]", item.printed) else (item.unmarked or item.printed)))
    planted, got = norm(item.source), norm(PORTION.sub("", CASE_LINE.sub("", PAGE_LINE.sub("", source))))
    if item.halves and worst["verdict"] == "joined":
        return all(stands_in(norm(half), got) for half in item.halves), True, worst.get("severity") == "fix", worst["verdict"], \
            worst.get("severity")
    hit = bool(got) and (got == planted or distance(printed, got) <= distance(printed, planted) + 1)
    verdicts, severities = EXPECTED[item.expected()]
    if item.words < 12 and "fix" in severities:  # a short one with a change may only be probable: at most a query
        severities = severities | {"query"}
    unsure = {"several sources"} | ({"cannot tell"} if item.words <= 8 else set())
    if worst["verdict"] in unsure and stands_apart(item, objects, corpus):
        return True, True, True, worst["verdict"], worst.get("severity")
    return hit, worst["verdict"] in verdicts, worst.get("severity") in severities, worst["verdict"], worst.get("severity")


def some_items(args, rng, corpus):
    """So many items of all classes but the verbatim, 6 to 40 words."""
    items, classes = {}, args.classes.split(",") if args.classes else [c for c in EXPECTED if c != "V0"]
    while len(items) < args.items:
        item = make_item(rng, rng.choice(classes), corpus, [6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 28, 32, 40])
        if item is not None:
            items[" ".join(norm(item.printed))] = item
    return list(items.values())


def run_positive(args, rng, corpus, out):
    lengths = [6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 28, 32, 40, 60]
    classes = args.classes.split(",") if args.classes else list(EXPECTED)
    table = collections.defaultdict(collections.Counter)
    wrong = collections.Counter()
    shown, began = collections.Counter(), time.time()
    apart = collections.Counter()
    while sum(t["n"] for t in table.values()) < args.items:
        items, printed = [], set()
        while len(items) < args.batch:
            cls = min(classes, key=lambda c: (table[c]["n"] + sum(i.classes[0] == c for i in items)) / (3 if c == "V0" else 1)
                      + rng.random() * 40 + table[c]["tries"] / 400)
            table[cls]["tries"] += 1
            item = make_item(rng, cls, corpus, lengths)
            # The second of two equal quotations is counted, not told again: a story prints each once.
            if item is not None and " ".join(norm(item.printed)) not in printed:
                printed.add(" ".join(norm(item.printed)))
                items.append(item)
        for item, objects in zip(items, check(args, items, rng)):
            hit, verdict_right, severity_right, verdict, severity = judge(item, objects, corpus)
            row = table[item.classes[0]]
            row["n"] += 1
            row["hit"] += hit
            apart[verdict] += hit and verdict in ("several sources", "cannot tell")
            row["verdict"] += verdict_right
            row["severity"] += severity_right
            row["single"] += len(item.classes) == 1
            row["single_hit"] += len(item.classes) == 1 and hit
            if not (hit and verdict_right and severity_right):
                wrong[(item.classes[0], verdict, severity)] += 1
                if out and shown[item.classes[0]] < args.show:
                    shown[item.classes[0]] += 1
                    print(json.dumps({"classes": item.classes, "hit": hit, "verdict": verdict, "severity": severity,
                                      "printed": item.printed, "source": item.source, "name": item.name, "said": objects},
                                     ensure_ascii=False), file=out)
    for verdict in ("several sources", "cannot tell"):
        print(f"{apart[verdict]} of them stand in several documents, as a scan shows, and were answered \"{verdict}\" with the places")
    return table, wrong, time.time() - began


def run_negative(args, rng, left, held):
    docs = left.docs if left else []
    traced = counted = passed_over = 0
    examples = []
    while counted < args.negatives:
        items = []
        while len(items) < args.batch:
            if docs and rng.random() < 0.7:
                name, paras = rng.choice(docs)
                para = rng.choice(paras).split()
                quote = " ".join(window(rng, para, min(len(para), rng.choice([6, 8, 10, 14, 20, 30]))))
                if held is not None and " ".join(norm(quote)) in held:
                    passed_over += 1
                    continue
            else:
                words = invented(rng).split()
                quote = " ".join(window(rng, words, rng.choice([6, 8, 10, 12, 16]) if len(words) > 16 else len(words)))
            items.append(Item(quote, quote, ["V0"], "left out"))
        for item, objects in zip(items, check(args, items, rng)):
            counted += 1
            if any(o.get("source") for o in objects):
                traced += 1
                if len(examples) < args.show:
                    examples.append((item.printed, objects))
    return counted, traced, passed_over, examples


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--stet", default="build/release/src/cli/stet")
    p.add_argument("--archive", required=True)
    p.add_argument("--corpus", action="append", required=True, help="folder of files that the archive holds")
    p.add_argument("--left-out", action="append", default=[], help="folder of files that it does not hold")
    p.add_argument("--items", type=int, default=2000)
    p.add_argument("--negatives", type=int, default=300)
    p.add_argument("--batch", type=int, default=25)
    p.add_argument("--classes", default="", help="only these, comma between them")
    p.add_argument("--story", default="", help="only write a story of so many items there, for measuring")
    p.add_argument("--files", type=int, default=0, help="read at most so many files of the corpus (0: all)")
    p.add_argument("--seed", type=int, default=None)
    p.add_argument("--show", type=int, default=5, help="examples of each class that went wrong, into --out")
    p.add_argument("--out", default=None)
    args = p.parse_args()
    seed = args.seed if args.seed is not None else int.from_bytes(os.urandom(4), "little")
    rng = random.Random(seed)
    print(f"seed {seed}")
    corpus = read_corpus(args.corpus, rng, args.files or None)
    print(f"{len(corpus.docs)} documents with usable paragraphs")
    if not args.classes or "V7" in args.classes:
        corpus.find_typos()
    print("paragraphs where it can be planted: " + ", ".join(f"{cls} {len(found)}" for cls, found in corpus.places.items()))
    if args.story:
        with open(args.story, "wb") as f:
            f.write(story_of(some_items(args, rng, corpus), rng))
        return
    out = open(args.out, "w") if args.out else None
    table, wrong, seconds = run_positive(args, rng, corpus, out)
    print(f"\n{'class':6}{'items':>7}{'recall@1':>10}{'single':>9}{'verdict':>9}{'severity':>10}")
    total = collections.Counter()
    for cls in EXPECTED:
        row = table[cls]
        total.update(row)
        if row["n"]:
            print(f"{cls:6}{row['n']:7}{row['hit'] / row['n']:10.2%}{row['single_hit'] / max(1, row['single']):9.2%}"
                  f"{row['verdict'] / row['n']:9.2%}{row['severity'] / row['n']:10.2%}")
    n = max(1, total["n"])
    print(f"{'all':6}{total['n']:7}{total['hit'] / n:10.2%}{total['single_hit'] / max(1, total['single']):9.2%}"
          f"{total['verdict'] / n:9.2%}{total['severity'] / n:10.2%}   in {seconds:.0f} s")
    print("\nmost frequent wrong answers (planted class, verdict, severity):")
    for (cls, verdict, severity), count in wrong.most_common(25):
        print(f"  {count:6}  {cls}  {verdict}  {severity}")
    for cls, why in NOT_PLANTED.items():
        print(f"not planted: {cls}: {why}")
    if args.negatives:
        left = read_corpus(args.left_out, rng, 2000) if args.left_out else None
        held = " ".join(" ".join(norm(text)) for _, text in corpus.texts) if left else None
        counted, traced, passed, examples = run_negative(args, rng, left, held)
        print(f"\nnegatives: {counted}, traced {traced} ({traced / counted:.2%}); {passed} passed over because a scan finds their words")
        for printed, objects in examples if out else []:
            print(json.dumps({"negative": printed, "said": objects}, ensure_ascii=False), file=out)


if __name__ == "__main__":
    main()
