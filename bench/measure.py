"""Running programs by processor time and memory, the pack of documents, and figures for a report."""
import collections, ctypes, datetime, hashlib, json, os, re, struct, subprocess, sys, tempfile, time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
MB = 1e6
Ran = collections.namedtuple("Ran", "seconds wall memory output")
Packed = collections.namedtuple("Packed", "texts folders")


def own_memory(pid):
    """Bytes that this process and all below it hold for themselves; mapped and shared pages are not counted."""
    total = 0
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        total = int(re.search(r"RssAnon:\s*(\d+)", status).group(1)) * 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(map(own_memory, (task / "children").read_text().split()))
    except (OSError, AttributeError):  # it ended meanwhile
        pass
    return total


def adopt_orphans():
    """What a program leaves behind ends as our child, so that its processor time is counted too (Linux)."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def waited():
    """A child that has ended, how, and its processor seconds; number 0 while all run, None when no child is left."""
    try:
        pid, code, usage = os.wait4(-1, os.WNOHANG)
    except ChildProcessError:
        return None
    return pid, code, usage.ru_utime + usage.ru_stime


def ran(command, may_end_with=(0,), **more):
    """Run it; processor seconds of it and all below it, and the most memory they held, looked at often."""
    with tempfile.TemporaryFile() as out:
        began = time.monotonic()
        process, memory, seconds = subprocess.Popen(command, stdout=out, **more), 0, 0.0
        while (ended := waited()) is not None:
            pid, code, spent = ended
            seconds += spent if pid else 0
            if pid == process.pid:
                process.returncode = os.waitstatus_to_exitcode(code)
            if not pid:
                memory = max(memory, own_memory(process.pid))
                time.sleep(0.01)
        wall = time.monotonic() - began
        out.seek(0)
        output = out.read().decode("utf-8", "replace")
    if process.returncode not in may_end_with:
        sys.exit(f"{sys.argv[0]}: {' '.join(command)[:300]} ended with {process.returncode}\n{output[-2000:]}")
    return Ran(seconds, wall, memory, output)


def size_of(path):
    path = Path(path)
    return path.stat().st_size if path.is_file() else sum(f.stat().st_size for f in path.rglob("*") if f.is_file())


def files_below(folder):
    for top, below, names in os.walk(folder):
        below.sort()
        yield from (os.path.join(top, name) for name in sorted(names))


def pack(folders, path, list_path):
    """Write the pack, and the names of its files; of files with the same bytes the first alone goes in."""
    packed, known = Packed([], []), set()
    with open(path, "wb") as out, open(list_path, "w") as names:
        for number, folder in enumerate(folders):
            for name in files_below(folder):
                raw = Path(name).read_bytes()
                digest = hashlib.blake2b(raw).digest()
                if digest in known:
                    continue
                known.add(digest)
                text = raw.decode("utf-8", "replace").replace("\0", " ").encode()
                out.write(struct.pack("<II", number, len(text)) + text)
                names.write(os.path.abspath(name) + "\n")
                packed.texts.append(text)
                packed.folders.append(number)
    return packed


def percentile(values, percent):
    """The nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def microseconds(times):
    return " / ".join(f"{percentile(times, p) / 1000:,.0f}" for p in (50, 95, 99))


def first_line(command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0].strip()
    except (OSError, IndexError):
        return "unknown"


def commit(build):
    """The commit of the tree that this build directory is made from."""
    try:
        tree = json.loads((build / "meson-info/meson-info.json").read_text())["directories"]["source"]
    except (OSError, ValueError, KeyError):
        return "of an unknown commit"
    changed = subprocess.run(["git", "-C", tree, "status", "--porcelain", "-uno", "src", "include"],
                             capture_output=True, text=True).stdout.strip()
    return first_line(["git", "-C", tree, "rev-parse", "--short", "HEAD"]) + (" with changes" if changed else "")


def machine():
    """Date, machine, system and load, in one phrase."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text()).group(1)) / 2**20
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())
    return (f"{datetime.date.today()}, {os.cpu_count()} cores ({cpu.group(1) if cpu else 'unknown'}), {memory:.0f} GiB, "
            f"{system.group(1) if system else 'unknown'}, load {os.getloadavg()[0]:.1f}")


def put_report(path, title, lines):
    """Put the section under its heading, in place of one of the same heading."""
    old = path.read_text() if path.exists() else ""
    sections = re.split(r"(?m)^(?=## )", old)
    kept = [s for s in sections if not s.startswith(f"## {title}\n")]
    at = next((i for i, s in enumerate(sections) if s.startswith(f"## {title}\n")), len(kept))
    kept.insert(at, "\n".join(lines))
    path.write_text("\n\n".join(section.strip() for section in kept if section.strip()) + "\n")
