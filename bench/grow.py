"""A larger corpus out of a small one: paragraphs of different documents in new documents, and new words.

Nothing is copied whole: a new document has the head and the length of one document and paragraphs of
others. Its number is made new. Words are misspelt at the rate at which real text brings new words
(Heaps' law, fitted to the corpus). By a seed: the same documents, the same growth.
"""
import math, random, re
from pathlib import Path

WORD = re.compile(rb"[a-z0-9]+")
LETTERS = re.compile(rb"[A-Za-z]{4,20}")
GAP = re.compile(rb"\r?\n[ \t]*(?:\r?\n[ \t]*)+")
NUMBER = re.compile(rb"\b(\d\d)([A-Z]{4,})(\d{1,6})\b|\bC0(\d{7})\b|\b(\d{3})-(\d{5})-(\d{5})\b")
LONGEST = 20000  # bytes of a paragraph: scans without empty lines are divided
PER_FOLDER = 1000
COLLECTIONS = 4


def heaps(texts, points=40):
    """(K, beta) of words = K * tokens^beta, by least squares over the logarithms; the words."""
    known, tokens, curve = set(), 0, []
    step = max(1, len(texts) // points)
    for i, text in enumerate(texts, 1):
        words = WORD.findall(text.lower())
        tokens += len(words)
        known.update(words)
        if i % step == 0 or i == len(texts):
            curve.append((math.log(tokens), math.log(len(known))))
    curve = curve[len(curve) // 4:] or curve  # the beginning is noise
    x, y = (sum(c) / len(curve) for c in zip(*curve))
    spread = sum((a - x) ** 2 for a, _ in curve)
    beta = sum((a - x) * (b - y) for a, b in curve) / spread if spread else 1.0
    return math.exp(y - beta * x), beta, known, tokens


def paragraphs(text):
    for paragraph in GAP.split(text):
        for start in range(0, len(paragraph), LONGEST):
            if piece := paragraph[start:start + LONGEST].strip(b"\r\n"):
                yield piece


class Growth:
    """Documents without end: first the real ones in a mixed order, then new ones."""

    def __init__(self, texts, seed):
        self.rng = random.Random(seed)
        self.texts = list(texts)
        self.rng.shuffle(self.texts)
        frames = [pieces for pieces in map(list, map(paragraphs, self.texts)) if pieces]
        self.frames = [(pieces[0], len(pieces)) for pieces in frames]  # a head, and how many paragraphs
        self.pieces = [piece for pieces in frames for piece in pieces[1:]] or [head for head, _ in self.frames]
        self.scale, self.beta, self.known, self.base_tokens = heaps(self.texts)
        self.tokens, self.made, self.invented, self.owed = 0, 0, 0, 0.0
        self.base_bytes = sum(map(len, self.texts))

    def documents(self):
        for text in self.texts:
            self.tokens += len(WORD.findall(text.lower()))
            yield text
        while True:
            yield self.document()

    def words_at(self, tokens):
        return self.scale * tokens ** self.beta

    def document(self):
        head, length = self.rng.choice(self.frames)
        self.made += 1
        pieces = [NUMBER.sub(self.renumbered, head)] + self.rng.choices(self.pieces, k=length - 1)
        count = sum(piece.count(b" ") + 1 for piece in pieces)  # about its tokens
        self.owed += self.words_at(self.tokens + count) - self.words_at(self.tokens)
        self.tokens += count
        for _ in range(int(self.owed)):
            at = self.rng.randrange(len(pieces))
            pieces[at] = self.misspelt(pieces[at])
        return b"\n\n".join(pieces) + b"\n"

    def renumbered(self, found):
        if found[2]:
            return b"%s%s%d" % (found[1], found[2], 100000 + self.made)
        if found[4]:
            return b"C0%07d" % (self.made % 10**7)
        return b"%s-%05d-%05d" % (found[5], self.made // 10**5 % 10**5, self.made % 10**5)

    def misspelt(self, piece):
        """The paragraph with one word that is new, if one is found soon."""
        places = [place.span() for place in LETTERS.finditer(piece)]
        for _ in range(8 if places else 0):
            start, end = self.rng.choice(places)
            word = bytearray(piece[start:end])
            at, letter = self.rng.randrange(1, len(word)), self.rng.choice(b"abcdefghijklmnopqrstuvwxyz")
            way = self.rng.randrange(4)
            if way == 0:
                word[at] = letter
            elif way == 1:
                word.insert(at, letter)
            elif way == 2:
                del word[at]
            else:
                word[at - 1], word[at] = word[at], word[at - 1]
            new = bytes(word)
            if new.lower() not in self.known:
                self.known.add(new.lower())
                self.invented += 1
                self.owed -= 1
                return piece[:start] + new + piece[end:]
        return piece


def write_until(growth, documents, folder, point, size, done):
    """Write documents into folder/c0 ... until all ever written have `size` bytes.

    Answers bytes, documents, and (text, collection) of those of the first point."""
    count, first, made = 0, [], set()
    while done < size:
        text = next(documents)
        collection = min(COLLECTIONS - 1, int(growth.rng.expovariate(0.7)))
        place = Path(folder) / f"c{collection}" / f"p{point}" / f"{count // PER_FOLDER:05d}"
        if place not in made:
            place.mkdir(parents=True)
            made.add(place)
        (place / f"{count % PER_FOLDER:03d}.txt").write_bytes(text)
        if point == 0:
            first.append((text, collection))
        count, done = count + 1, done + len(text)
    return done, count, first
