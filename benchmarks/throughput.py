"""How fast documents are read: `python benchmarks/throughput.py [FILE …] [--largest MB]`; prints three tables.

Speed in MB of UTF-8 a second on one core, beside that of jieba cutting the same text into words in the same run; the
share of each stage; and whether time grows with the length alone, up to a file of 50 MB that repeats the documents.
Without files the invented documents of `samples/` and `tests/formats/` are read. Times are of the processor, not of
the clock; the best of several rounds counts, so that what else the machine does tells little. The first line says
which `loaders` was measured, and whether compiled: the one installed or on PYTHONPATH, else that of this checkout.
"""

from __future__ import annotations

import argparse
import functools
import logging
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT))

import jieba  # noqa: E402

from loaders import read as reading  # noqa: E402
from loaders import text as kernel  # noqa: E402
from loaders.readers import read, read_bytes  # noqa: E402
from loaders.text import SourceText  # noqa: E402

ROUNDS = 5
STAGES = {
    "clean": "text without furniture",
    "split": "documents",
    "outline": "headings, items, tables",
    "read_tasks": "tasks and who answers",
    "_set_suspects_aside": "names misread",
    "_read_targets": "deadlines and numbers",
    "read_citations": "citations",
    "read_groups": "groups",
    "read_appointments": "appointments",
    "read_divisions": "division of work",
    "read_phases": "phases",
    "read_goals": "goals",
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", nargs="*", type=Path)
    options.add_argument("--largest", type=float, default=50.0, help="size of the largest file in MB, 0 for none")
    asked = options.parse_args()
    paths = asked.files or sorted(
        path
        for folder in ("samples/documents", "tests/formats")
        for path in (ROOT / folder).iterdir()
        if path.suffix in (".txt", ".md", ".html", ".docx")
    )
    sources = [read(path) for path in paths]
    compare(sources)
    shares(sources)
    if asked.largest:
        growth(sources, asked.largest)


def compare(sources: list[SourceText]) -> None:
    """Reading beside cutting into words."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    works: dict[str, Callable[[SourceText], object]] = {
        "reading": reading.read_documents,
        "jieba": lambda source: jieba.lcut(source.raw),
    }
    size = sum(len(source.raw.encode()) for source in sources) / 1e6
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):  # by turns, so that both meet the same machine
        for name, work in works.items():
            best[name] = min(best[name], sum(timed(work, source) for source in sources))
    compiled = "pure Python" if kernel.__file__.endswith(".py") else "compiled"
    print(f"{Path(kernel.__file__).parent}: {compiled}\n{len(sources)} files, {size:.2f} MB of UTF-8\n")
    print(f"{'work':<28}{'seconds':>10}{'MB/s':>10}{'times jieba':>14}")
    for name, seconds in best.items():
        print(f"{name:<28}{seconds:>10.3f}{size / seconds:>10.2f}{best['jieba'] / seconds:>14.2f}")


def shares(sources: list[SourceText]) -> None:
    """The share of each stage; what is left goes to regions, offsets and the rest."""
    spent: dict[str, float] = defaultdict(float)

    def watched(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(stage)
        def run(*given: Any, **named: Any) -> Any:  # noqa: ANN401
            start = time.process_time()
            try:
                return stage(*given, **named)
            finally:
                spent[name] += time.process_time() - start

        return run

    stages = {name: getattr(reading, name) for name in STAGES}
    for name, stage in stages.items():
        setattr(reading, name, watched(name, stage))
    whole = sum(timed(reading.read_documents, source) for _ in range(ROUNDS) for source in sources)
    for name, stage in stages.items():
        setattr(reading, name, stage)
    print(f"\n{'stage':<28}{'seconds':>10}{'share':>10}")
    for name, shown in STAGES.items():
        print(f"{shown:<28}{spent[name] / ROUNDS:>10.3f}{spent[name] / whole:>10.1%}")
    rest = whole - sum(spent.values())
    print(f"{'regions, offsets, rest':<28}{rest / ROUNDS:>10.3f}{rest / whole:>10.1%}")


def growth(sources: list[SourceText], largest: float) -> None:
    """Time for files of one, two, four … parts of the largest; the last column is 2 where time only follows length."""
    body = "\n\n".join(s.raw for s in sources if s.media_type != "text/html" and not s.markup) + "\n\n"
    once = len(body.encode()) / 1e6
    print(
        f"\n{'one file of MB':<18}{'documents':>10}{'seconds':>10}{'MB/s':>10}{'memory MB':>12}{'times the half':>16}"
    )
    times: list[float] = []
    for part in (16, 8, 4, 2, 1):
        data = (body * max(1, round(largest / part / once))).encode()
        source = read_bytes("repeated.txt", data)
        start = time.process_time()
        count = len(reading.read_documents(source))
        times.append(time.process_time() - start)
        size = len(data) / 1e6
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        ratio = f"{times[-1] / times[-2]:.2f}" if len(times) > 1 else ""
        row = f"{size:<18.2f}{count:>10,}{times[-1]:>10.2f}{size / times[-1]:>10.2f}{peak:>12,.0f}{ratio:>16}"
        print(row, flush=True)
    worst = max(after / before for before, after in pairwise(times))
    print(f"doubling the length takes at most {worst:.2f} times as long")


def timed(work: Callable[[SourceText], object], source: SourceText) -> float:
    start = time.process_time()
    work(source)
    return time.process_time() - start


if __name__ == "__main__":
    main()
