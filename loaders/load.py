"""The verb: files into the library, and the graph made anew from it.

Files are read in parallel, each into `staging/` of the library; one that cannot be read is reported and never stops the
others. When all are read, the graph is built once and everything takes effect together (`Library.commit`). Killed
before that, the library is as it was, and the next load takes up what was read already.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

from graph.decisions import read
from graph.errors import UnknownName, UnreadableFile, ZerenError
from graph.library import Change, Library, SourceHead, now, read_facts, read_head, write_facts, write_file
from graph.store.rows import RowWriter
from loaders import facts_json, readers
from loaders.build import Built, build
from loaders.names import head_of
from loaders.read import read_documents

Progress = Callable[[str, int, int, str], None]
"""Told what is done: stage (`read`, `graph`), how much of how much, and which file."""

SMALL = 4 << 20  # bytes; less is read sooner in this process than workers start
HANDFUL = 8  # files handed to a worker at once


@cache
def extractor() -> str:
    """Version of the reading: the package's, and a hash of the code and tables that decide what is read."""
    root = Path(__file__).parent
    tables = root.parent / "graph"
    digest = hashlib.blake2b(digest_size=4)
    for file in (*sorted(root.rglob("*.py")), tables / "regions.py", *sorted((tables / "data").glob("*.tsv"))):
        digest.update(file.read_bytes())
    try:
        version = importlib.metadata.version("zeren")
    except importlib.metadata.PackageNotFoundError:  # run from a checkout
        version = "0"
    return f"{version}+{digest.hexdigest()}"


@dataclass(slots=True)
class Unreadable:
    """A file that could not be read, and why (English, Chinese)."""

    path: str
    cause: str
    cause_zh: str


@dataclass(slots=True)
class Summary:
    """What a load did. Counts of the files read anew; `built` counts the whole library."""

    added: list[str] = field(default_factory=list)  # paths
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    documents: int = 0
    tasks: int = 0
    assignments: int = 0
    warnings: int = 0
    built: Built | None = None  # None when nothing had to be built
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read: where it is (`member` names one in an archive) and what it is called in the library."""

    path: Path
    label: str
    size: int
    member: str | None = None


@dataclass(slots=True)
class _Read:
    """What became of a job: the head of a staged source, the id of an unchanged one, or the cause of failure."""

    job: Job
    head: SourceHead | None = None
    unchanged: str | None = None
    failure: Unreadable | None = None


# ---- the verbs -----------------------------------------------------------------------------------------------------


def load(
    library: Library, paths: Iterable[str | Path], *, base: Path | None = None, workers: int | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Take files, folders and zip archives into the library and rebuild its graph once.

    A file is known by its place (below `base`, when that is given: uploads have no lasting place); loaded again with
    other content it replaces its source, with the same content nothing happens. Raises ZerenError when there is nothing
    to load, LibraryLocked, LibraryError, StoreError; then the library is as it was.
    """
    with library.writing():
        jobs, unreadable = _find([Path(p) for p in paths], base)
        known = {head.id: head for head in library.sources()}
        current = {i: head.extractor for i, head in known.items()}
        results = _read_all(library, jobs, current, workers, progress)
        summary = Summary(unreadable=unreadable)
        change = _change(library, results, known, summary)
        if change.add or change.remove or library.graph_file is None:
            _make(library, change, summary, progress)
    summary.revision = library.revision
    return summary


def remove(library: Library, source: str, progress: Progress | None = None) -> Summary:
    """Take one source out, named by its id, its path or its file name. Raises UnknownName."""
    with library.writing():
        heads = library.sources()
        whole = str(Path(source).resolve())
        fits = [h for h in heads if source == h.id or source in h.paths or whole in h.paths]
        fits = fits or [h for h in heads if source == h.name or (len(source) >= 6 and h.id.startswith(source))]
        if len(fits) != 1:
            raise UnknownName("source", source, [f"{h.id} {_place(h)}" for h in fits], "来源")
        summary = Summary(removed=fits[0].paths or [fits[0].name])
        _make(library, Change(remove=[fits[0].id]), summary, progress)
    summary.revision = library.revision
    return summary


def rebuild(
    library: Library, *, reread: bool = False, workers: int | None = None, progress: Progress | None = None
) -> Summary:
    """Make the graph from the library alone; with `reread` read every kept file again first."""
    with library.writing():
        summary, change = Summary(), Change()
        if reread:
            known = {head.id: head for head in library.sources()}
            jobs = []
            for i, head in known.items():
                file = library.original(i)
                jobs.append(Job(file, _place(head), file.stat().st_size))
            results = _read_all(library, jobs, {}, workers, progress)
            change = _change(library, results, known, summary)
        _make(library, change, summary, progress, anew=True)
    summary.revision = library.revision
    return summary


# ---- finding files -------------------------------------------------------------------------------------------------


def _find(paths: Sequence[Path], base: Path | None) -> tuple[list[Job], list[Unreadable]]:
    """The files to read, each once, in the order given, folders by name. Raises ZerenError when there are none."""
    jobs: dict[str, Job] = {}
    unreadable = []
    for file in (f for path in paths for f in _files(path)):
        try:
            jobs |= {job.label: job for job in _jobs_at(file, base)}
        except UnreadableFile as error:
            unreadable.append(Unreadable(str(file), error.cause, error.cause_zh))
    if not jobs and not unreadable:
        where = ", ".join(map(str, paths)) or "the given paths"
        kinds = " ".join((*readers.SUFFIXES, ".zip"))
        raise ZerenError(f"No documents in {where} (looked for {kinds}).", f"{where} 中没有文档(可读格式:{kinds})。")
    return list(jobs.values()), unreadable


def _files(path: Path) -> Iterator[Path]:
    """The path itself, or what a folder holds that can be read, hidden files and editors' lock files left out."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
        if not hidden and file.suffix.lower() in (*readers.SUFFIXES, ".zip") and file.is_file():
            yield file


def _jobs_at(path: Path, base: Path | None) -> Iterator[Job]:
    if path.suffix.lower() == ".zip":
        yield from _members(path, base)
    elif path.is_file():
        yield Job(path, _label(path, base), path.stat().st_size)
    else:
        raise UnreadableFile(path, "there is no such file", "文件不存在")


def _members(path: Path, base: Path | None) -> Iterator[Job]:
    """The documents in a zip archive; they are read from it, nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except FileNotFoundError:
        raise UnreadableFile(path, "there is no such file", "文件不存在") from None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(path, f"damaged archive ({error})", "压缩包已损坏") from error
    for info in infos:
        name = _member_name(info)
        hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in name.split("/"))
        if not info.is_dir() and not hidden and Path(name).suffix.lower() in readers.SUFFIXES:
            yield Job(path, f"{_label(path, base)}/{name}", info.file_size, info.filename)


def _member_name(info: zipfile.ZipInfo) -> str:
    """The name as written: archivers on Chinese Windows store GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        data = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _label(path: Path, base: Path | None) -> str:
    whole = path.resolve()
    if base is not None and whole.is_relative_to(base.resolve()):
        return whole.relative_to(base.resolve()).as_posix()
    return str(whole)


def _place(head: SourceHead) -> str:
    return head.paths[0] if head.paths else head.name


# ---- reading -------------------------------------------------------------------------------------------------------


def _read_all(
    library: Library, jobs: Sequence[Job], current: dict[str, str], workers: int | None, progress: Progress | None
) -> list[_Read]:
    """Read every job into staging, in parallel when that pays. `current` maps ids to the version that read them."""
    library.staging.mkdir(exist_ok=True)
    context = _Context(library.staging, {i for i, version in current.items() if version == extractor()}, now())
    count = min(workers or os.cpu_count() or 1, max(1, len(jobs)))
    results: list[_Read] = []

    def done(more: Iterable[_Read]) -> None:
        for result in more:
            results.append(result)
            if progress:
                progress("read", len(results), len(jobs), result.job.label)

    if count == 1 or (workers is None and sum(j.size for j in jobs) < SMALL):
        for job in jobs:
            done([_read_one(job, context)])
    else:
        _in_parallel(jobs, context, count, done)
    results.sort(key=lambda r: r.job.label)
    return results


def _in_parallel(
    jobs: Sequence[Job], context: _Context, count: int, done: Callable[[Iterable[_Read]], None]
) -> None:
    batches = iter([jobs[i : i + HANDFUL] for i in range(0, len(jobs), HANDFUL)])
    running: dict[Future[list[_Read]], Sequence[Job]] = {}
    lost: list[Job] = []
    try:
        with _pool(count, context) as pool:
            while True:
                # a few batches ahead of the workers, so that memory does not grow with the number of files
                while len(running) < 3 * count and (batch := next(batches, None)):
                    running[pool.submit(_read_batch, batch)] = batch
                if not running:
                    break
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    batch = running[future]
                    done(future.result())
                    del running[future]
    except BrokenProcessPool:
        # a file took a worker down with it: each one left gets a worker of its own, so that only that file fails
        lost = [job for batch in (*running.values(), *batches) for job in batch]
    for job in lost:
        try:
            with _pool(1, context) as pool:
                done(pool.submit(_read_batch, [job]).result())
        except BrokenProcessPool:
            cause, cause_zh = "reading it ended the process (out of memory?)", "读取时进程中断(内存不足?)"
            done([_Read(job, failure=Unreadable(job.label, cause, cause_zh))])


@contextmanager
def _pool(count: int, context: _Context) -> Iterator[ProcessPoolExecutor]:
    """Workers, told the context. What still waits is dropped when this process is interrupted or cannot go on."""
    pool = ProcessPoolExecutor(count, get_context("spawn"), _begin_worker, (context,))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Context:
    """What reading a file needs to know: where to put it, which sources need no reading, the time of loading."""

    staging: Path
    unchanged: set[str]
    loaded_at: str


_worker: list[_Context] = []


def _begin_worker(context: _Context) -> None:
    _worker[:] = [context]
    parent = parent_process()
    if parent is not None:
        # without this, workers of a killed process wait for work for ever
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _read_batch(jobs: Sequence[Job]) -> list[_Read]:
    return [_read_one(job, _worker[0]) for job in jobs]


def _read_one(job: Job, context: _Context) -> _Read:
    try:
        data = _bytes(job)
        source_id = hashlib.sha256(data).hexdigest()[:16]
        if source_id in context.unchanged:
            return _Read(job, unchanged=source_id)
        return _Read(job, head=_stage(job, data, source_id, context))
    except UnreadableFile as error:
        return _Read(job, failure=Unreadable(job.label, error.cause, error.cause_zh))
    except OSError:
        raise  # staging cannot be written: no fault of the file
    except Exception as error:  # a defect of ours must not cost the user the other files
        cause = f"{type(error).__name__}: {error}"
        return _Read(job, failure=Unreadable(job.label, f"reading failed ({cause})", f"读取出错({cause})"))


def _bytes(job: Job) -> bytes:
    if job.size > readers.MAX_BYTES:
        most = readers.MAX_BYTES >> 20
        raise UnreadableFile(job.label, f"more than {most} MB", f"超过 {most} MB")
    try:
        if job.member is None:
            return job.path.read_bytes()
        with zipfile.ZipFile(job.path) as archive, archive.open(job.member) as member:
            # the directory's size may lie
            return member.read(readers.MAX_BYTES)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:  # RuntimeError: encrypted
        cause = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(job.label, cause) from error


def _stage(job: Job, data: bytes, source_id: str, context: _Context) -> SourceHead:
    """Read the file and put it whole into `staging/<id>/`, facts.json last: its presence says that all is there."""
    folder = context.staging / source_id
    if (folder / "facts.json").exists():
        head = read_head(folder / "facts.json")
        if head.extractor == extractor():
            return head  # an unfinished load had read it
    name = Path(job.label).name
    source = readers.read_bytes(name, data, job.label)
    documents = read_documents(source)
    head = SourceHead(
        id=source_id, name=name, paths=[job.label], media_type=source.media_type, bytes=len(data),
        loaded_at=context.loaded_at, extractor=extractor(),
        tasks=sum(len(d.tasks) for d in documents),
        assignments=sum(len(t.assignments) for d in documents for t in d.tasks),
        warnings=sum(len(d.warnings) for d in documents),
        documents=[head_of(d) for d in documents],
    )
    folder.mkdir(exist_ok=True)
    original = folder / f"original{Path(name).suffix.lower()}"
    original.write_bytes(data)
    write_file(folder / "raw.txt", source.raw)
    write_facts(folder / "facts.json", head, [facts_json.to_json(d) for d in documents])
    return head


# ---- taking effect -------------------------------------------------------------------------------------------------


def _change(library: Library, results: Sequence[_Read], known: dict[str, SourceHead], summary: Summary) -> Change:
    """What the results mean for the library: sources that come, that go, and that are known from one more place."""
    at = {path: head.id for head in known.values() for path in head.paths}
    paths = {i: list(head.paths) for i, head in known.items()}
    staged: dict[str, SourceHead] = {}
    moved: set[str] = set()  # sources whose list of places changed
    for result in results:
        label = result.job.label
        if result.failure:
            summary.unreadable.append(result.failure)
            continue
        head = result.head
        source_id = head.id if head else result.unchanged or ""
        before = at.get(label)
        if before is not None and before != source_id:
            paths[before].remove(label)
            moved.add(before)
        if before != source_id:
            paths.setdefault(source_id, []).append(label)
            moved.add(source_id)
        if head is None:
            summary.unchanged.append(label)
            continue
        (summary.added if before is None else summary.replaced).append(label)
        if source_id not in staged:
            staged[source_id] = head
            summary.documents += len(head.documents)
            summary.tasks += head.tasks
            summary.assignments += head.assignments
            summary.warnings += head.warnings
    gone = {i for i in moved if not paths[i] and i not in staged}
    for source_id in (moved | staged.keys()) - gone:
        places = sorted(set(paths[source_id]))
        head = staged.get(source_id) or known[source_id]
        loaded_at = known[source_id].loaded_at if source_id in known else head.loaded_at
        if source_id in staged and (head.paths, head.loaded_at) == (places, loaded_at):
            continue
        facts_file = library.staging / source_id / "facts.json"
        plain = read_facts(facts_file) if source_id in staged else library.facts(source_id)
        facts_file.parent.mkdir(exist_ok=True)
        staged[source_id] = replace(head, paths=places, loaded_at=loaded_at)
        write_facts(facts_file, staged[source_id], plain)
    return Change(add=sorted(staged), remove=sorted(gone))


def _make(
    library: Library, change: Change, summary: Summary, progress: Progress | None, *, anew: bool = False
) -> None:
    """Build the graph of the library as it will be, and let the change take effect."""
    files = library.files_after(change)
    folder = library.path / "graph" / f"rows-{os.getpid()}"

    def sources() -> Iterator[SourceHead]:
        for number, file in enumerate(files.values(), 1):
            yield read_head(file)
            if progress:
                progress("rows", number, len(files), file.stem)

    try:
        with RowWriter(folder) as writer:
            decided = read(library.decisions_file)
            summary.built = build(
                sources(), lambda i: [facts_json.from_json(d) for d in read_facts(files[i])], decided, writer
            )
        if progress:
            progress("graph", 0, 1, "")
        library.commit(change, writer.rows, anew=anew)
        if progress:
            progress("graph", 1, 1, "")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
