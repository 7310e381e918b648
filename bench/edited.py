"""Finding edited quotations: every engine in the way that suits it best, and whether it was right."""
import collections

from builds import index_of
from engines import ENGINES
from measure import microseconds, ran
from questions import fold


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def nearest(text, words):
    """The distance of the words to the stretch of the text that is nearest to them (Sellers 1980)."""
    row = list(range(len(words) + 1))
    best = row[-1]
    for x in text:
        before, row[0] = row[0], 0
        for j, y in enumerate(words, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
        best = min(best, row[-1])
    return best


def holds(text, quotation):
    """Whether a document holds the planted passage, or one as near to what was printed (a copy)."""
    words = fold(text)
    return f" {' '.join(quotation.planted)} " in f" {' '.join(words)} " or \
        nearest(words, quotation.edited) <= distance(quotation.planted, quotation.edited) + 1


def is_planted(quotation, passage):
    """Whether a traced passage is the planted one, or as near to what was printed (a copy)."""
    got = fold(passage)
    return bool(got) and distance(got, quotation.edited) <= distance(quotation.planted, quotation.edited) + 1


def find(args, programs, work, engine, quotations, texts):
    """Rows (way, times, found) of one engine."""
    few = work / "quotations.few"
    lines = (work / "quotations").read_text().splitlines(keepends=True)
    few.write_text("".join(lines[:ENGINES[engine].quotations]))
    out = ran([programs.driver(engine), "find", index_of(engine, work), str(few), str(work / "pack"),
               str(min(args.rounds, 3))]).output
    ways = collections.OrderedDict()
    for line in out.splitlines():
        if line.startswith("traced "):
            _, number, time, reach, passage = (line.split(" ", 4) + [""])[:5]
            found = is_planted(quotations[int(number)], passage.encode())
            row = ways.setdefault("traced", ([], [], collections.Counter()))
            row[2][reach] += 1
        else:
            _, way, number, time, document = line.split()
            found = int(document) >= 0 and holds(texts[int(document)], quotations[int(number)])
            row = ways.setdefault(way, ([], [], None))
        row[0].append(int(time))
        row[1].append(found)
    return ways


WAYS = {"traced": "traced to its passage", "phrases": "OR of 3-word phrases, 10 rescored", "words": "OR of words, 50 rescored"}


def find_table(found):
    reached = []
    yield "| edited quotation | first answer right | µs p50 / p95 / p99 |"
    yield "|---|--:|--:|"
    for engine, ways in found.items():
        for way, (times, right, reaches) in ways.items():
            yield f"| {ENGINES[engine].title.split(',')[0]}: {WAYS[way]} | {sum(right)} of {len(right)} | {microseconds(times)} |"
            if reaches:
                reached = [f"{n} {reach}" for reach, n in reaches.most_common()]
    if reached:
        yield ""
        yield "What stet said of them: " + ", ".join(reached) + "."
