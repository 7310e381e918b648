"""Asking every engine the same questions, and the tables of it."""
import collections

from builds import index_of
from engines import ENGINES
from measure import microseconds, percentile, ran

Answer = collections.namedtuple("Answer", "hits time documents")
KINDS = (("rare", "rare term"), ("common", "common term"), ("and", "two terms AND"),
         ("or", "three terms OR"), ("phrase3", "phrase of 3 words"), ("phrase12", "phrase of 12 words"),
         ("prefix", "prefix of 4 letters"), ("filter", "term in one folder"), ("count", "count alone"),
         ("state", '"department of state"'), ("be", '"to be or not to be"'))
SINGLE = {"state", "be"}
BAR = 1.5  # times the best peer, at most


def asked(args, programs, work, engine):
    """The run of its driver over the questions."""
    return ran([programs.driver(engine), "ask", index_of(engine, work), str(work / "questions"), str(args.rounds)])


def answers_of(run):
    """What an engine answered to each question, in their order; times in nanoseconds."""
    lines = [list(map(int, line.split()[2:])) for line in run.output.splitlines()]
    return [Answer(hits, time, documents) for hits, time, *documents in lines]


def times_of(engines, kinds, answers, kind):
    return {e: [answers[e][i].time for i, k in enumerate(kinds) if k == kind] for e in engines}


def timed(times):
    return microseconds(times) if len(times) > 1 else f"{times[0] / 1000:,.0f}" if times else ""


def own_engine(engines):
    return next((engine for engine in ("match", "stet") if engine in engines), None)


def ratio(times, percent):
    """stet's matching (or its whole answers) over the best peer, and who that is."""
    own = own_engine(times)
    peers = {e: percentile(times[e], percent) for e in times if times[e] and not ENGINES[e].is_own}
    if own is None or not peers:
        return None
    best = min(peers, key=peers.get)
    return percentile(times[own], percent) / peers[best], ENGINES[best].title


def ask_table(engines, kinds, answers):
    yield "| µs | " + " | ".join(ENGINES[e].title for e in engines) + " | matching : best peer, p50; p99 |"
    yield "|---|" + "--:|" * len(engines) + "--:|"
    for kind, title in KINDS:
        times = times_of(engines, kinds, answers, kind)
        ratios = [ratio(times, percent) for percent in ((50,) if kind in SINGLE else (50, 99))]
        cells = " | ".join(timed(times[e]) for e in engines)
        yield f"| {title} | {cells} | {'; '.join(f'{r[0]:.2f} ({r[1]})' for r in ratios if r)} |"
    yield ""
    yield standing(engines, kinds, answers)


def standing(engines, kinds, answers):
    """In how many kinds stet is at or below the best peer, and where it is far above."""
    ahead, far, many = 0, [], 0
    for kind, title in KINDS:
        ratios = [ratio(times_of(engines, kinds, answers, kind), percent) for percent in (50, 99)]
        if kind in SINGLE or None in ratios:
            continue
        many += 1
        ahead += all(r[0] <= 1 for r in ratios)
        far += [title] if any(r[0] > BAR for r in ratios) else []
    if many == 0:
        return ""
    return (f"Matching is at or below the best peer at p50 and p99 in {ahead} of {many} kinds, "
            f"above {BAR} times it in {', '.join(far) or 'none'}.")


def hits_table(engines, kinds, answers):
    yield "| hits in all | " + " | ".join(ENGINES[e].title for e in engines) + " | same in all |"
    yield "|---|" + "--:|" * (len(engines) + 1)
    for kind, title in KINDS:
        rows = [i for i, k in enumerate(kinds) if k == kind]
        same = sum(len({answers[e][i].hits for e in engines}) == 1 for i in rows)
        cells = " | ".join(f"{sum(answers[e][i].hits for i in rows):,}" for e in engines)
        yield f"| {title} | {cells} | {same} of {len(rows)} |"


def shared_top(one, other):
    """The share of the first's top ten that the other's holds too; None where there is none."""
    if not one.documents or not other.documents:
        return None
    return len(set(one.documents) & set(other.documents)) / len(one.documents)


def tops_table(engines, kinds, answers):
    """How much of matching's top ten each peer's top ten holds."""
    peers = [e for e in engines if not ENGINES[e].is_own]
    if "match" not in engines or not peers:
        return
    yield "| of matching's top ten, also in that of | " + " | ".join(ENGINES[e].title for e in peers) + " |"
    yield "|---|" + "--:|" * len(peers)
    for kind, title in KINDS:
        cells = []
        for engine in peers:
            shares = [shared_top(answers["match"][i], answers[engine][i]) for i, k in enumerate(kinds) if k == kind]
            shares = [one for one in shares if one is not None]
            cells.append(f"{100 * sum(shares) / len(shares):.0f} %" if shares else "")
        if any(cells):
            yield f"| {title} | {' | '.join(cells)} |"


def apart(engines, kinds, answers, questions, most=10):
    """The questions on whose hits stet and the peers differ most, for the eye: their words are of the documents."""
    own, rows = own_engine(engines), []
    peers = [e for e in engines if not ENGINES[e].is_own]
    for i, line in enumerate(questions if own and peers else ()):
        ours, theirs = answers[own][i].hits, sorted(answers[e][i].hits for e in peers)[len(peers) // 2]
        if ours != theirs:
            rows.append((abs(ours - theirs) / max(ours, theirs), f"{kinds[i]}: {line.strip()}: {ours} here, {theirs} there"))
    return [words for _, words in sorted(rows, reverse=True)[:most]]
