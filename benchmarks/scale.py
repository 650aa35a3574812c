"""How a library grows: `python benchmarks/scale.py [--documents 10000 100000]`; prints tables in Markdown.

For each size a corpus is made (`benchmarks/corpus.py`), loaded by a process of its own, loaded again unchanged, and
asked every canned query with several parameters. Seconds are those of the clock and of the processors (all processes
together), memory is the most that all processes held at one time, pages that they share counted once. `--store
neo4j://user@host` brings the graph there as well and asks there too; `--rebuild LIBRARY` only makes a library's graph.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

from benchmarks import corpus  # noqa: E402
from graph.errors import ZerenError  # noqa: E402
from graph.library import Library  # noqa: E402
from graph.store import Store, open_store  # noqa: E402
from queries.catalog import Param, Query, catalog  # noqa: E402
from queries.run import picture, run  # noqa: E402

EACH = 12  # parameters tried for each query
PATIENCE = 15.0  # seconds after which a query is not asked with more
# what people wait for: asked about one thing, not about everything there is
ANCHORS = ("Department", "Document", "Person", "LeadingGroup", "Task")
EXAMPLES = {
    "Department": "MATCH (d:Department)-[:LEADS]->(:Task) WITH DISTINCT d.id AS id RETURN id ORDER BY id",
    "Document": "MATCH (d:Document) WHERE d.held RETURN d.id AS id ORDER BY id",
    "Person": "MATCH (p:Person)-[:HOLDS_POST]->(:Department) WITH DISTINCT p.id AS id RETURN id ORDER BY id",
    "LeadingGroup": "MATCH (g:LeadingGroup) RETURN g.id AS id ORDER BY id",
    "Task": "MATCH (:Department)-[:LEADS]->(t:Task) WITH DISTINCT t.id AS id RETURN id ORDER BY id LIMIT 100000",
    "Region": "MATCH (d:Document) WHERE d.region IS NOT NULL WITH DISTINCT d.region AS id RETURN id ORDER BY id",
}


# ---- loading ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Watched:
    """What a child process did: for each stage seconds of the clock, of the processors, and the most memory in MB."""

    stages: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    wall: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0  # MB
    said: dict[str, Any] = field(default_factory=dict)


def child(*arguments: str) -> Watched:
    """Run this file with `arguments`; it prints a JSON object when a stage begins, and one at its end."""
    watched, stop = Watched(), threading.Event()
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # without compiled files every worker compiles
    with subprocess.Popen(
        [sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        tree = psutil.Process(process.pid)
        begun, most = time.perf_counter(), 0.0

        def watch() -> None:
            nonlocal most
            while not stop.wait(0.2):
                cpu, memory = _held(tree)
                watched.cpu, most = max(watched.cpu, cpu), max(most, memory)
                watched.memory = max(watched.memory, most)

        watcher = threading.Thread(target=watch)
        watcher.start()
        stage, since = "start", (0.0, 0.0)
        assert process.stdout
        for line in process.stdout:
            said = json.loads(line)
            now = (time.perf_counter() - begun, max(watched.cpu, _held(tree)[0]))
            watched.stages[stage] = (now[0] - since[0], now[1] - since[1], most)
            stage, since, most = said.pop("stage"), now, 0.0
            watched.said |= said
        stop.set()
        watcher.join()
        watched.wall = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return watched


def _held(tree: psutil.Process) -> tuple[float, float]:
    """Processor seconds so far and MB held by a process and all below it."""
    cpu = memory = 0.0
    try:
        for process in (tree, *tree.children(recursive=True)):
            spent = process.cpu_times()
            cpu += spent.user + spent.system
            if process == tree or process.ppid() == tree.pid:
                cpu += spent.children_user + spent.children_system
            memory += process.memory_full_info().pss / 2**20
    except psutil.NoSuchProcess:
        return 0.0, 0.0  # one of them has just ended
    return cpu, memory


class Told:
    """Says on standard output when each stage begins."""

    stage = ""

    def __call__(self, stage: str, *_: object) -> None:
        if stage != self.stage:
            self.stage = stage
            print(json.dumps({"stage": stage}), flush=True)


def load(folder: str, papers: str, workers: str) -> None:
    """The child: load, or make the graph anew when there are no `papers`."""
    from loaders.load import load as load_files
    from loaders.load import rebuild

    library, crew = Library.create(folder), int(workers) or None
    summary = load_files(library, [papers], progress=Told(), workers=crew) if papers else rebuild(
        library, progress=Told(), workers=crew)  # fmt: skip
    built = summary.built
    counts = {"tasks": built.tasks, "assignments": built.assignments, "held": built.documents} if built else {}
    print(json.dumps({"stage": "end", "files": len(summary.added), "unchanged": len(summary.unchanged), **counts}))


def bring(folder: str, url: str) -> None:
    """The child: bring a library's graph to a server, and compare the two."""
    from graph.store.ladybug import LadybugStore
    from graph.store.sync import compare, sync

    told = Told()
    with LadybugStore(Library(folder).graph_file or "") as graph:
        told("compare")
        done = sync(graph, url, lambda _stage, _done, _all, table: told("relationships" if "." in table else "nodes"))
        told("check")
        agree = compare(graph, url).agree
    print(json.dumps({"stage": "end", "rows": done.rows, "written": done.written, "agree": agree}))


# ---- asking ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Asked:
    """How long one query took, in ms, for each set of parameters; `rows` is the most it gave."""

    query: Query
    rows_ms: list[float] = field(default_factory=list)
    picture_ms: list[float] = field(default_factory=list)
    rows: int = 0
    failed: str = ""

    @property
    def interactive(self) -> bool:
        """Whether it asks about one thing."""
        return any(p.required and p.type in ANCHORS for p in self.query.params)


def ask(store: Store) -> list[Asked]:
    """Every canned query with several parameters."""
    chance = Random(11)
    ids = {kind: [r["id"] for r in store.run(q, timeout=300)] for kind, q in EXAMPLES.items()}
    picked = {kind: chance.sample(found, min(EACH, len(found))) for kind, found in ids.items()}
    found = []
    for query in catalog().values():
        asked, until = Asked(query), time.monotonic() + PATIENCE
        for n in range(EACH if any(p.required for p in query.params) else 3):
            params = {p.name: _value(p, picked, n) for p in query.params if p.required}
            try:
                begun = time.perf_counter()
                answer = run(store, query, params)
                asked.rows_ms.append((time.perf_counter() - begun) * 1000)
                asked.rows = max(asked.rows, len(answer.rows))
                if query.picture:
                    begun = time.perf_counter()
                    picture(store, query, params)
                    asked.picture_ms.append((time.perf_counter() - begun) * 1000)
            except ZerenError as error:
                asked.failed = f"{error}".partition(".")[0].partition(";")[0]
                print(f"{query.name} {params}: {error}", file=sys.stderr)
            if time.monotonic() > until:
                break
        found.append(asked)
    return found


def _value(param: Param, picked: dict[str, list[str]], n: int) -> str:
    if param.type in picked:
        return picked[param.type][n % len(picked[param.type])]
    return {"Text": "养老服务", "Year": "2025"}.get(param.type, param.example)


def _p95(values: list[float]) -> float:
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


# ---- printing --------------------------------------------------------------------------------------------------------


def table(head: list[str], rows: list[list[object]]) -> None:
    """A Markdown table, numbers to the right."""
    print("| " + " | ".join(head) + " |")
    print("| --- |" + " ---: |" * (len(head) - 1))
    for row in rows:
        print("| " + " | ".join(f"{c:,.1f}" if isinstance(c, float) else f"{c:,}" if isinstance(c, int) else str(c)
                                for c in row) + " |")
    print(flush=True)


def measure(documents: int, folder: Path, options: argparse.Namespace) -> None:
    """One size: made, loaded, loaded again, asked."""
    papers = folder / f"corpus-{documents}"
    if not papers.exists():
        corpus.generate(papers, documents, options.seed)
    # a new one each time: ext4 without a journal makes files ten times as slowly for minutes after many were deleted
    library = Path(tempfile.mkdtemp(prefix=f"library-{documents}-", dir=folder)) / "library"
    size = sum(f.stat().st_size for f in papers.rglob("*.*")) / 1e6
    loaded = child("--load", str(library), str(papers), str(options.workers))
    again = child("--load", str(library), str(papers), str(options.workers))
    said = loaded.said
    print(f"### {documents:,} documents, {size:,.0f} MB\n")
    print(f"{said['files']:,} files; the graph holds {said['held']:,} documents, {said['tasks']:,} tasks, "
          f"{said['assignments']:,} responsibilities.\n")
    stages(loaded, documents, [["again, unchanged", again.wall, again.cpu, again.memory,
                                again.cpu / documents * 1000]])  # fmt: skip
    disk = {p: sum(f.stat().st_size for f in (library / p).rglob("*") if f.is_file()) / 1e6
            for p in ("sources", "facts", "graph")}
    table(["on the disk", "MB"], [[name, mb] for name, mb in disk.items()])
    latencies(Library(library).store())
    if options.store:
        server(library, options.store, documents)


def stages(watched: Watched, documents: int, more: list[list[object]] | None = None) -> None:
    """The table of stages."""
    rows: list[list[object]] = [
        [name, wall, cpu, memory, cpu / documents * 1000] for name, (wall, cpu, memory) in watched.stages.items()
    ]
    rows += [["all", watched.wall, watched.cpu, watched.memory, watched.cpu / documents * 1000], *(more or [])]
    table(["stage", "seconds", "processor s", "most memory MB", "processor ms a document"], rows)


def server(library: Path, url: str, documents: int) -> None:
    """A library's graph brought to a server, twice, and the server asked."""
    for _ in range(2):
        brought = child("--bring", str(library), url)
        print(f"{brought.said['written']:,} of {brought.said['rows']:,} rows written to the server; "
              f"{'both agree' if brought.said['agree'] else 'they differ'}.\n")  # fmt: skip
        stages(brought, documents)
    latencies(open_store(url))


def latencies(store: Store) -> None:
    """The table of latencies."""
    asked = ask(store)
    store.close()
    for title, some in (("about one thing", [a for a in asked if a.interactive]),
                        ("about everything", [a for a in asked if not a.interactive])):
        all_ms = [ms for a in some for ms in (*a.rows_ms, *a.picture_ms)]
        p50, p95 = statistics.median(all_ms), _p95(all_ms)
        print(f"Queries {title}: {len(all_ms)} asked, p50 {p50:.0f} ms, p95 {p95:.0f} ms.\n")
        table(["query", "most rows", "rows p50 ms", "rows p95 ms", "picture p50 ms", "picture p95 ms"],
              [[a.query.name, a.rows, *_both(a.rows_ms, a), *_both(a.picture_ms, a)] for a in some])


def _both(ms: list[float], asked: Asked) -> tuple[object, object]:
    return (statistics.median(ms), _p95(ms)) if ms else (asked.failed, "")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, nargs="+", default=[10_000])
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--workers", type=int, default=0, help="processes (default: all cores)")
    options.add_argument("--folder", type=Path, help="where to work, kept afterwards (default: a temporary folder)")
    options.add_argument("--queries", help="only ask this store: a library or neo4j://user@host")
    options.add_argument("--store", help="bring the graph to this server too: neo4j://user@host")
    options.add_argument("--rebuild", help="only make the graph of this library anew")
    options.add_argument("--load", nargs=3, help=argparse.SUPPRESS)
    options.add_argument("--bring", nargs=2, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.load:
        load(*asked.load)
    elif asked.bring:
        bring(*asked.bring)
    elif asked.rebuild:
        made = child("--load", asked.rebuild, "", str(asked.workers))
        stages(made, made.said["held"])
    elif asked.queries:
        latencies(open_store(asked.queries))
    else:
        for size in asked.documents:
            with _place(asked.folder) as folder:
                measure(size, folder, asked)


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="zeren-scale-") as name:
        yield Path(name)


if __name__ == "__main__":
    main()
