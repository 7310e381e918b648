"""Building every engine's index, and what it cost."""
import re, shutil, sys

from engines import ENGINES
from measure import MB, ran, size_of


class Programs:
    """What the build directory holds; a missing one is said in words."""

    def __init__(self, build):
        self.build = build.resolve()

    def path(self, name):
        path = self.build / name
        if not path.exists():
            sys.exit(f"bench/run: {path} is missing; build it as `bench/run --help` says")
        return str(path)

    def driver(self, engine):
        return self.path(f"bench/{ENGINES[engine].program}")

    def stet(self):
        return self.path("src/cli/stet")


def index_of(engine, work):
    return str(work / ("stet.index.stet" if ENGINES[engine].is_own else f"{engine}.index"))


def cleared(path):
    """The path, with nothing there: an index is built anew."""
    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    return path


def build_peer(engine, programs, work, size):
    for old in work.glob(f"{engine}.index*"):
        cleared(old)
    index = work / f"{engine}.index"
    made = ran([programs.driver(engine), "build", str(work / "pack"), str(index)])
    said = dict(line.split() for line in made.output.splitlines())
    settle = float(said.get("settle", 0))
    cut = int(said.get("cut", 0))
    return {"what": ENGINES[engine].title + (f" ({cut} documents cut)" if cut else ""), "cpu": made.seconds - settle,
            "wall": made.wall, "memory": made.memory,
            "postings": int(said["index"] if "index" in said else size_of(index)) / size,
            "whole": int(said["whole"]) / size if "whole" in said else None, "settle": settle}


KEPT = {"text", "text_table", "spans"}  # of a segment, beside what finds words


def finding_bytes(programs, files):
    """Bytes of segments that serve finding: terms, postings, positions, marks, columns."""
    said = ran([programs.path("bench/segment_sections"), *map(str, files)]).output.split()
    return sum(int(n) for name, n in zip(said[::2], said[1::2]) if name not in KEPT)


def build_archive(programs, archive, folders):
    """A new archive of the folders, each its own collection: f0, f1, ...; what each command took."""
    yield ran([programs.stet(), "new", str(cleared(archive))])
    for number, folder in enumerate(folders):
        yield ran([programs.stet(), "add", "-a", str(archive), "--collection", f"f{number}", str(folder)])


def build_stet(programs, work, folders, size):
    archive = work / "stet.index.stet"
    steps = list(build_archive(programs, archive, folders))
    (work / "stet.add.txt").write_text("".join(step.output for step in steps))
    segments = sum(map(size_of, (archive / "segments").glob("*.segment")))
    return {"what": "stet, end to end", "cpu": sum(step.seconds for step in steps),
            "wall": sum(step.wall for step in steps), "memory": max(step.memory for step in steps),
            "postings": finding_bytes(programs, (archive / "segments").glob("*.segment")) / size,
            "whole": size_of(archive) / size, "segments": segments / size, "settle": 0}


def build_segments(programs, work, size):
    folder = cleared(work / "segments")
    folder.mkdir()
    with open(work / "files") as names:
        made = ran([programs.path("bench/segment_build"), str(folder), "-"], stdin=names)
    line = made.output
    rate = float(re.search(r"([\d.]+) MB per CPU second", line).group(1))
    share = float(re.search(r"([\d.]+) of the text", line).group(1))
    memory = float(re.search(r"writer at most ([\d.]+) MB", line).group(1))
    return {"what": "stet, segments alone", "cpu": size / MB / rate, "wall": None, "memory": memory * MB,
            "postings": finding_bytes(programs, folder.glob("s*.seg")) / size, "whole": share, "settle": 0}


def median_build(count, build):
    """Of several builds the one in the middle by processor time; the index of the last one stays."""
    rows = sorted((build() for _ in range(count)), key=lambda row: row["cpu"])
    return rows[len(rows) // 2]


def build_all(args, programs, work, size):
    builds = []
    if any(ENGINES[engine].is_own for engine in args.engines):
        builds.append(lambda: build_stet(programs, work, args.folders, size))
        builds.append(lambda: build_segments(programs, work, size))
    builds += [lambda engine=engine: build_peer(engine, programs, work, size)
               for engine in args.engines if not ENGINES[engine].is_own]
    return [median_build(args.builds, build) for build in builds]


def share(value):
    return "" if value is None else f"{value:.2f}"


def build_table(rows, size):
    best = max((size / MB / row["cpu"] for row in rows if not row["what"].startswith("stet")), default=None)
    yield ("| build | CPU s | wall s | MB per CPU s | : best peer | peak memory MB | index of the text "
           "| with text kept | settling, CPU s |")
    yield "|---|" + "--:|" * 8
    for row in rows:
        rate = size / MB / row["cpu"]
        whole = share(row["whole"])
        if "segments" in row:
            whole = f"{share(row['segments'])} ({whole} with catalog and originals)"
        yield (f"| {row['what']} | {row['cpu']:.1f} | {'' if row['wall'] is None else format(row['wall'], '.1f')} "
               f"| {rate:.1f} | {f'{rate / best:.2f}' if best else ''} | {row['memory'] / MB:.0f} "
               f"| {share(row['postings'])} | {whole} | {format(row['settle'], '.1f') if row['settle'] else ''} |")
