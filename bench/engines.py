"""The engines of bench/run: where their drivers are, and what it takes to have them on this machine."""
import collections, hashlib, os, shutil, subprocess, sys, urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
Engine = collections.namedtuple("Engine", "title program is_own quotations")
ENGINES = {
    "stet": Engine("stet, whole answers", "own_stet", True, None),
    "match": Engine("stet, matching alone", "own_match", True, None),
    "fts5": Engine("SQLite FTS5", "peer_fts5", False, None),
    "xapian": Engine("Xapian", "peer_xapian", False, None),
    "groonga": Engine("Groonga", "peer_groonga", False, 50),
    "postgres": Engine("PostgreSQL", "peer_postgres", False, 20),
    "tantivy": Engine("tantivy", "peer_tantivy", False, None),
    "lucene": Engine("Lucene", "peer_lucene", False, None),
}
LUCENE = "9.12.3"  # the last line that runs on Java 17
JARS = {
    "lucene-core": "b64a3f8098a7572034fb30085cdee01b34ec81fb0e5a31b471536af58dc6c01b",
    "lucene-analysis-common": "fa571bd7caf0f0b4faf46a72ca004a7836f348c31d92bd522dddcc3d128d287e",
}
MAVEN = "https://repo1.maven.org/maven2/org/apache/lucene"


class Missing(Exception):
    """Why an engine cannot be had here, in words."""


def called(command, **more):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    except OSError as error:
        raise Missing(f"{command[0]}: {error.strerror}")
    if done.returncode != 0:
        said = done.stdout.strip().splitlines() or ["no word"]
        worst = next((line for line in said if "error" in line), said[-1])
        raise Missing(f"{command[0]} failed: {worst.strip()[:300]}")


def rust_ready(build):
    """Compile peers/tantivy with cargo; crates come from crates.io the first time, as Cargo.lock names them."""
    if shutil.which("cargo") is None and (build / "bench/peer_tantivy").exists():
        return
    if shutil.which("cargo") is None:
        raise Missing("no cargo (Debian: cargo-web, rustc-web; Rust 1.88 or newer)")
    target = build / "bench/cargo"
    called(["cargo", "build", "--release", "--locked", "--quiet", "--jobs", "2"], cwd=HERE / "peers/tantivy",
           env={**os.environ, "CARGO_TARGET_DIR": str(target)})
    shutil.copy2(target / "release/peer_tantivy", build / "bench/peer_tantivy")


def jar_ready(folder, name, digest):
    path = folder / f"{name}-{LUCENE}.jar"
    if not path.exists():
        try:
            with urllib.request.urlopen(f"{MAVEN}/{name}/{LUCENE}/{path.name}", timeout=60) as answer:
                content = answer.read()
        except OSError as error:
            raise Missing(f"{path.name} cannot be fetched: {error}")
        path.with_suffix(".part").write_bytes(content)
        path.with_suffix(".part").rename(path)
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise Missing(f"{path} is not the file whose SHA-256 is pinned here")


def java_ready(build):
    """Fetch Lucene's jars, compare their SHA-256, compile peers/lucene beside them."""
    if not (build / "bench/peer_lucene").exists():
        raise Missing("peer_lucene is not built (Debian: openjdk-17-jdk-headless)")
    folder = build / "bench/lucene"  # beside peer_lucene, which looks there
    folder.mkdir(exist_ok=True)
    for name, digest in JARS.items():
        jar_ready(folder, name, digest)
    source, compiled = HERE / "peers/lucene/Peer.java", folder / "Peer.class"
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        called(["javac", "-d", str(folder), "-cp", f"{folder}/*", str(source)])


READY = {"tantivy": rust_ready, "lucene": java_ready}


def ready(name, build):
    """Make an engine ready; Missing says why it is left out."""
    READY.get(name, lambda build: None)(build)
    if not (build / "bench" / ENGINES[name].program).exists():
        raise Missing(f"{ENGINES[name].program} is not built: its packages of tools/packages-bench are missing")


def all_ready(names, build):
    """(those that can be had, {name: why not})"""
    here, missing = [], {}
    for name in names:
        try:
            ready(name, build)
            here.append(name)
        except Missing as why:
            if ENGINES[name].is_own:
                sys.exit(f"bench/run: {why}; build it as `bench/run --help` says")
            missing[name] = str(why)
    return here, missing
