"""Reading files into the staging folder of a library, where each stands whole or not at all."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from graph.errors import LibraryError, UnreadableFile, ZerenError
from graph.library import Library, SourceHead, facts_file, now, put_file, read_facts, read_head, read_known
from loaders import facts_json, readers
from loaders.files import Job, Unreadable, data_of
from loaders.names import head_of
from loaders.read import read_documents
from loaders.workers import Cluster, Team

HANDFUL = 8  # files handed to a worker at once
# modules with no say in what is read from a file: a change there is no reason to read a library again
AFTERWARDS = {"build", "evaluate", "files", "load", "merge", "review", "rows", "workers"}


@cache
def extractor() -> str:
    """Version of the reading: the package's, and a hash of the code and tables that decide what is read."""
    root = Path(__file__).parent
    tables = root.parent / "graph"
    digest = hashlib.blake2b(digest_size=4)
    code = [f for f in sorted(root.rglob("*.py")) if f.parent != root or f.stem not in AFTERWARDS]
    for file in (*code, tables / "regions.py", *sorted((tables / "data").glob("*.tsv"))):
        digest.update(file.read_bytes())
    try:
        version = importlib.metadata.version("zeren")
    except importlib.metadata.PackageNotFoundError:  # run from a checkout
        version = "0"
    return f"{version}+{digest.hexdigest()}"


@dataclass(slots=True)
class Read:
    """What became of a file: the source it is, staged (`fresh`) or in the library already, or the cause of failure.

    Counts, `paths` and `loaded_at` are those of a staged source.
    """

    label: str
    source: str = ""
    fresh: bool = False
    paths: list[str] = field(default_factory=list)
    loaded_at: str = ""
    documents: int = 0
    tasks: int = 0
    assignments: int = 0
    warnings: int = 0
    failure: Unreadable | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where files are read into, and when. With `anew` nothing in the library counts as read."""

    library: Path
    loaded_at: str
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it is sent to a worker that may not see it."""

    label: str
    source: str
    data: bytes
    loaded_at: str


@dataclass(slots=True)
class Contents:
    """What reading a file gives: its head, and the facts and the text as they are written."""

    head: SourceHead
    facts: bytes
    raw: bytes


def read_all(
    library: Library, jobs: Sequence[Job], team: Team, *, anew: bool = False,
    told: Callable[[Read], None] = lambda _: None,
) -> list[Read]:
    """Read every job into staging; what the library has from the same reading is left alone. In the order of labels."""
    library.staging.mkdir(exist_ok=True)
    place = Place(library.path.resolve(), now(), anew)
    results: list[Read] = []
    for result in (_on_cluster if isinstance(team, Cluster) else _on_this_machine)(jobs, place, team):
        results.append(result)
        told(result)
    return sorted(results, key=lambda r: r.label)


def _on_this_machine(jobs: Sequence[Job], place: Place, team: Team) -> Iterator[Read]:
    work = partial(_read_handful, place=place)
    suspects: list[Job] = []
    for handful, results in team.map(work, (jobs[i : i + HANDFUL] for i in range(0, len(jobs), HANDFUL))):
        if results is None:  # one of them took a worker down
            suspects += handful
        yield from results or ()
    for [job], result in team.map(work, ([job] for job in suspects)):  # so that only that one fails
        yield from result or [_lost(job.label)]


def _read_handful(jobs: Sequence[Job], place: Place) -> list[Read]:
    return [_read_one(job, place) for job in jobs]


def _read_one(job: Job, place: Place) -> Read:
    return _guarded(job.label, lambda: _stage(_given(job, place), place))


def _on_cluster(jobs: Sequence[Job], place: Place, team: Team) -> Iterator[Read]:
    """The workers get the bytes and give back what to write: they need not see this machine's disk."""
    here: list[Read] = []  # needs no worker

    def given() -> Iterator[Given]:
        for job in jobs:
            asked: list[Given] = []

            def look(job: Job = job, asked: list[Given] = asked) -> Read:
                file = _given(job, place)
                found = _in_library(file, place) or _in_staging(file, place)
                if found is None:
                    asked.append(file)
                return found or Read(job.label)

            found = _guarded(job.label, look)
            if asked:
                yield asked[0]
            else:
                here.append(found)

    for file, result in team.map(contents, given()):
        yield from here
        here.clear()
        if isinstance(result, Unreadable) or result is None:
            yield Read(file.label, failure=result) if result else _lost(file.label)
            continue
        if result.head.extractor != extractor():
            raise ZerenError(
                f"A worker reads with {result.head.extractor}, this machine with {extractor()}: "
                "install the same version.",
                f"工作进程的版本为 {result.head.extractor},本机为 {extractor()},请安装相同版本。",
            )
        yield _put(file, result, place)
    yield from here


def _lost(label: str) -> Read:
    cause, cause_zh = "reading it ended the process (out of memory?)", "读取时进程中断(内存不足?)"
    return Read(label, failure=Unreadable(label, cause, cause_zh))


def _guarded(label: str, work: Callable[[], Read]) -> Read:
    try:
        return work()
    except UnreadableFile as error:
        return Read(label, failure=Unreadable(label, error.cause, error.cause_zh))


def _given(job: Job, place: Place) -> Given:
    data = data_of(job)
    return Given(job.label, hashlib.sha256(data).hexdigest()[:16], data, place.loaded_at)


def _stage(file: Given, place: Place) -> Read:
    found = _in_library(file, place) or _in_staging(file, place)
    if found:
        return found
    result = contents(file)
    return Read(file.label, failure=result) if isinstance(result, Unreadable) else _put(file, result, place)


def contents(file: Given) -> Contents | Unreadable:
    """Read one file. A cause instead of what it says when that cannot be read."""
    name = Path(file.label).name
    try:
        source = readers.read_bytes(name, file.data, file.label)
        documents = read_documents(source)
        head = SourceHead(
            id=file.source, name=name, paths=[file.label], media_type=source.media_type, bytes=len(file.data),
            loaded_at=file.loaded_at, extractor=extractor(),
            tasks=sum(len(d.tasks) for d in documents),
            assignments=sum(len(t.assignments) for d in documents for t in d.tasks),
            warnings=sum(len(d.warnings) for d in documents),
            documents=[head_of(d) for d in documents],
        )
        return Contents(head, facts_file(head, [facts_json.to_json(d) for d in documents]), source.raw.encode())
    except UnreadableFile as error:
        return Unreadable(file.label, error.cause, error.cause_zh)
    except Exception as error:  # a defect of ours must not cost the user the other files
        cause = f"{type(error).__name__}: {error}"
        return Unreadable(file.label, f"reading failed ({cause})", f"读取出错({cause})")


def _in_library(file: Given, place: Place) -> Read | None:
    known = place.library / "facts" / f"{file.source}.json"
    same = not place.anew and known.exists() and read_known(known).extractor == extractor()
    return Read(file.label, file.source) if same else None


def _in_staging(file: Given, place: Place) -> Read | None:
    """What an unfinished load had read; in full, as its facts come last."""
    folder = place.library / "staging" / file.source
    if not (folder / "facts.json").exists():
        return None
    try:
        head = read_head(folder / "facts.json")
        read_facts(folder / "facts.json")
    except LibraryError:  # the machine itself went down before all was on the disk
        return None
    if head.extractor != extractor():
        return None
    _put_text(folder, file, readers.read_bytes(head.name, file.data, file.label).raw.encode())
    return _staged(file.label, head)


def _put(file: Given, found: Contents, place: Place) -> Read:
    """Write what was read to `staging/<id>/`, facts.json last: its presence says that all is there."""
    folder = place.library / "staging" / file.source
    folder.mkdir(exist_ok=True)
    _put_text(folder, file, found.raw)
    put_file(folder / "facts.json", found.facts)
    return _staged(file.label, found.head)


def _put_text(folder: Path, file: Given, raw: bytes) -> None:
    (folder / f"original{Path(file.label).suffix.lower()}").write_bytes(file.data)
    (folder / "raw.txt").write_bytes(raw)


def _staged(label: str, head: SourceHead) -> Read:
    counts = len(head.documents), head.tasks, head.assignments, head.warnings
    return Read(label, head.id, True, head.paths, head.loaded_at, *counts)
