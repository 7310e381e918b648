"""Questions and edited quotations from any texts, by a fixed seed."""
import collections, random, re

WORD = re.compile(rb"[a-z0-9]+")
RUN = rb"(?<![\w'\x80-\xff@./-])[A-Za-z]{1,20}(?:%s[A-Za-z]{1,20}){%d}(?![\w'\x80-\xff@/-])"
BLANK = rb"(?:[ \t]+|[ \t]*\n[ \t]*)"  # never an empty line
PROSE = re.compile(rb"(?<![\w'\x80-\xff@./<>&;-])[A-Za-z]{1,20}(?:[,;:]?" + BLANK +
                   rb"[A-Za-z]{1,20}){9,60}(?![\w'\x80-\xff@/<>&;-])")
TRIES = 200000

Quotation = collections.namedtuple("Quotation", "printed edited planted")


def fold(text):
    return [word.decode() for word in WORD.findall(text.lower())]


class Questions:
    """What may be asked of these texts (bytes of UTF-8)."""

    def __init__(self, texts, folders, seed):
        self.texts, self.folders, self.rng = texts, folders, random.Random(seed)
        self.documents, self.words = collections.Counter(), 0
        for text in texts:
            words = WORD.findall(text.lower())
            self.words += len(words)
            self.documents.update(set(words))
        self.few = max(3, len(texts) // 500)  # documents that a word of a phrase stands in, at least

    def between(self, low, high, length=4):
        return sorted(w for w, n in self.documents.items() if low <= n <= high and len(w) >= length and w.isalpha())

    def together(self, count):
        """Words of one document, neither rare nor everywhere."""
        low, high = max(2, 0.005 * len(self.texts)), max(4, 0.2 * len(self.texts))
        for _ in range(TRIES):
            words = sorted({w for w in WORD.findall(self.rng.choice(self.texts).lower())
                            if len(w) >= 4 and w.isalpha() and low <= self.documents[w] <= high})
            if len(words) >= count:
                return self.rng.sample(words, count)
        raise SystemExit("bench/run: these texts are too few to ask for words that stand together")

    def phrases(self, count, length):
        """Different ones: else a page's printed foot would be most of them."""
        found = {}
        for _ in range(20 * count):
            words = self.phrase(length)
            found[tuple(words)] = words
            if len(found) == count:
                break
        return found.values()

    def phrase(self, count):
        """Words that follow one another somewhere, with nothing but blanks between."""
        run = re.compile(RUN % (BLANK, count - 1))
        for _ in range(TRIES):
            runs = run.findall(self.rng.choice(self.texts))
            if not runs:
                continue
            words = WORD.findall(self.rng.choice(runs).lower())
            if len(set(words)) >= 0.75 * len(words) and all(self.documents[w] >= self.few for w in words) \
                    and sum(map(len, words)) >= 4 * count:
                return words
        raise SystemExit(f"bench/run: these texts hold too few phrases of {count} words")

    def prefixes(self, count):
        """The first four letters of words of three documents or more."""
        starts = sorted({word[:4] for word in self.between(3, len(self.texts), 6)})
        return self.rng.sample(starts, min(count, len(starts)))

    def inside(self):
        """A word and the folder of a document that holds it."""
        document = self.rng.randrange(len(self.texts))
        words = sorted({w for w in WORD.findall(self.texts[document].lower()) if len(w) >= 4 and w.isalpha()
                        and self.documents[w] >= self.few})
        return (self.folders[document], self.rng.choice(words)) if words else self.inside()

    def chosen(self, count):
        """(kind, want, form, folder, words)"""
        for kind, form, words in self.plain(count):
            yield kind, "best", form, -1, words
        for start in self.prefixes(count):
            yield "prefix", "best", "prefix", -1, [start]
        for _ in range(count):
            folder, word = self.inside()
            yield "filter", "best", "all", folder, [word]
        for i in range(count):
            form, most = (("all", 2), ("any", 3))[i % 2]
            yield "count", "count", form, -1, self.together(most)

    def plain(self, count):
        """(kind, form, words)"""
        everywhere = len(self.texts)
        rare = self.between(2, 8, 6)
        common = self.between(0.08 * everywhere, 0.6 * everywhere)
        for word in self.rng.sample(rare, min(count, len(rare))):
            yield "rare", "all", [word]
        for word in self.rng.sample(common, min(count, len(common))):
            yield "common", "all", [word]
        for _ in range(count):
            yield "and", "all", self.together(2)
        for _ in range(count):
            yield "or", "any", self.together(3)
        for words in self.phrases(count, 3):
            yield "phrase3", "phrase", words
        for words in self.phrases(count, 12):
            yield "phrase12", "phrase", words
        yield "state", "phrase", [b"department", b"of", b"state"]
        yield "be", "phrase", b"to be or not to be".split()

    def write(self, path, count):
        """Answers the kind of each question."""
        kinds = []
        with open(path, "w") as out:
            for kind, want, form, folder, words in self.chosen(count):
                kinds.append(kind)
                out.write(f"{want} {form} {folder}\t" + " ".join(word.decode() for word in words) + "\n")
        return kinds

    def edited(self, words):
        """One unmarked change inside: a word replaced, left out, added, or two exchanged."""
        words, at = list(words), self.rng.randrange(2, len(words) - 3)
        change = self.rng.choice(("replace", "drop", "add", "exchange"))
        other = self.rng.choice(self.usual).decode()
        if change == "replace":
            words[at] = other
        elif change == "drop":
            del words[at]
        elif change == "add":
            words.insert(at, other)
        else:
            words[at], words[at + 1] = words[at + 1], words[at]
        return words

    def quotation(self):
        for _ in range(TRIES):
            runs = PROSE.findall(self.rng.choice(self.texts))
            if not runs:
                continue
            words = self.rng.choice(runs).decode().split()
            count = self.rng.randint(10, 30)
            if len(words) < count:
                continue
            start = self.rng.randrange(len(words) - count + 1)
            words = words[start:start + count]
            planted = fold(" ".join(words).encode())
            if len(set(planted)) < 0.75 * count or sum(map(len, planted)) < 4 * count \
                    or not all(self.documents[w.encode()] >= self.few for w in planted):
                continue
            edited = self.edited(words)
            if fold(" ".join(edited).encode()) != planted:
                return Quotation(" ".join(edited), fold(" ".join(edited).encode()), planted)
        raise SystemExit("bench/run: these texts hold too little prose to quote")

    def write_quotations(self, path, count):
        self.usual = self.between(self.few, len(self.texts))
        quotations = [self.quotation() for _ in range(count)]
        with open(path, "w") as out:
            for one in quotations:
                out.write(one.printed + "\t" + " ".join(one.edited) + "\n")
        return quotations
