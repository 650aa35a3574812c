"""The verb: files into the library, and the graph made anew from it.

Files are read in parallel, each into `staging/` of the library; one that cannot be read is reported and never stops the
others. When all are read, the graph is built once and everything takes effect together (`Library.commit`). Killed
before that, the library is as it was, and the next load takes up what was read already.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graph.decisions import read
from graph.errors import UnknownName
from graph.library import Change, Known, Library, SourceHead, known_from
from loaders.build import Built, build
from loaders.files import Job, Unreadable, find
from loaders.intake import Read, read_all
from loaders.workers import Cluster, Here, Team, team

Progress = Callable[[str, int, int, str], None]
"""Told what is done: stage (`read`, `names`, `rows`, `graph`), how much of how much, and which file."""

SMALL = 4 << 20  # bytes; less is read sooner in this process than workers start


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


# ---- the verbs -----------------------------------------------------------------------------------------------------


def load(
    library: Library, paths: Iterable[str | Path], *, base: Path | None = None, workers: int | str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Take files, folders and zip archives into the library and rebuild its graph once.

    A file is known by its place (below `base`, when that is given: uploads have no lasting place); loaded again with
    other content it replaces its source, with the same content nothing happens. `workers`: how many processes, or the
    address of a Dask scheduler whose workers read. Raises ZerenError when there is nothing to load or the scheduler
    cannot be reached, LibraryLocked, LibraryError, StoreError; then the library is as it was.
    """
    with library.writing(), team(workers or os.cpu_count() or 1) as crew:
        jobs, unreadable = find([Path(p) for p in paths], base)
        few = workers is None and sum(j.size for j in jobs) < SMALL
        summary = Summary(unreadable=unreadable)
        change = _change(library, _read(library, jobs, Here() if few else crew, progress), library.known(), summary)
        del jobs  # with the collection below 124 MB less at most, for 100,000 files
        if change.add or change.remove or library.graph_file is None:
            _make(library, change, summary, progress, crew)
    summary.revision = library.revision
    return summary


def remove(library: Library, *sources: str, progress: Progress | None = None) -> Summary:
    """Take sources out, each named by its id, its path or its file name. Raises UnknownName, and then all stay."""
    with library.writing():
        heads = library.sources()
        gone = {h.id: h for h in (_named(source, heads) for source in sources)}
        summary = Summary(removed=[p for h in gone.values() for p in h.paths or [h.name]])
        with team(os.cpu_count() or 1) as crew:
            _make(library, Change(remove=list(gone)), summary, progress, crew)
    summary.revision = library.revision
    return summary


def _named(source: str, heads: Sequence[SourceHead]) -> SourceHead:
    whole = str(Path(source).resolve())
    fits = [h for h in heads if source == h.id or source in h.paths or whole in h.paths]
    fits = fits or [h for h in heads if source == h.name or (len(source) >= 6 and h.id.startswith(source))]
    if len(fits) != 1:
        raise UnknownName("source", source, [f"{h.id} {(*h.paths, h.name)[0]}" for h in fits], "来源")
    return fits[0]


def rebuild(
    library: Library, *, reread: bool = False, workers: int | str | None = None, progress: Progress | None = None
) -> Summary:
    """Make the graph from the library alone; with `reread` read every kept file again first."""
    with library.writing(), team(workers or os.cpu_count() or 1) as crew:
        summary, change = Summary(), Change()
        if reread:
            known = library.known()
            jobs = []
            for i, head in known.items():
                file = library.original(i)
                jobs.append(Job(file, head.paths[0] if head.paths else file.name, file.stat().st_size))
            change = _change(library, _read(library, jobs, crew, progress, anew=True), known, summary)
        _make(library, change, summary, progress, crew, anew=True)
    summary.revision = library.revision
    return summary


def _read(
    library: Library, jobs: Sequence[Job], crew: Team, progress: Progress | None, *, anew: bool = False
) -> list[Read]:
    done = 0

    def told(result: Read) -> None:
        nonlocal done
        done += 1
        if progress:
            progress("read", done, len(jobs), result.label)

    return read_all(library, jobs, crew, anew=anew, told=told)


# ---- taking effect -------------------------------------------------------------------------------------------------


def _change(library: Library, results: Sequence[Read], known: dict[str, Known], summary: Summary) -> Change:
    """What the results mean for the library: sources that come, that go, and that are known from one more place."""
    at = {path: head.id for head in known.values() for path in head.paths}
    paths = {i: list(head.paths) for i, head in known.items()}
    staged: dict[str, Read] = {}
    moved: set[str] = set()  # sources whose list of places changed
    for result in results:
        label = result.label
        if result.failure:
            summary.unreadable.append(result.failure)
            continue
        before = at.get(label)
        if before is not None and before != result.source:
            paths[before].remove(label)
            moved.add(before)
        if before != result.source:
            paths.setdefault(result.source, []).append(label)
            moved.add(result.source)
        if not result.fresh:
            summary.unchanged.append(label)
            continue
        (summary.added if before is None else summary.replaced).append(label)
        if result.source not in staged:
            staged[result.source] = result
            summary.documents += result.documents
            summary.tasks += result.tasks
            summary.assignments += result.assignments
            summary.warnings += result.warnings
    gone = {i for i in moved if not paths[i] and i not in staged}
    touched = (moved | staged.keys()) - gone
    for source_id in touched:
        places = sorted(set(paths[source_id]))
        now = staged.get(source_id) or known[source_id]
        loaded_at = known[source_id].loaded_at if source_id in known else now.loaded_at
        if source_id in staged and (now.paths, now.loaded_at) == (places, loaded_at):
            continue
        facts = library.staging / source_id / "facts.json"
        facts.parent.mkdir(exist_ok=True)
        kept = facts if source_id in staged else library.path / "facts" / f"{source_id}.json"
        known_from(kept, facts, places, loaded_at)
    return Change(add=sorted(touched), remove=sorted(gone))


def _make(
    library: Library, change: Change, summary: Summary, progress: Progress | None, crew: Team, *, anew: bool = False
) -> None:
    """Build the graph of the library as it will be, and let the change take effect."""
    files = library.files_after(change)

    def told(stage: str, done: int, total: int) -> None:
        if progress:
            progress(stage, done, total, "")

    with scratch(library) as folder:
        decided = read(library.decisions_file)
        if isinstance(crew, Cluster):  # its workers do not see the library
            with team(os.cpu_count() or 1) as local:
                summary.built, rows = build(files, decided, folder, local, told)
        else:
            summary.built, rows = build(files, decided, folder, crew, told)
        crew.close()  # their memory is the engine's now, as is that of names
        gc.collect()
        told("graph", 0, 1)
        library.commit(change, rows, anew=anew)
        told("graph", 1, 1)


@contextmanager
def scratch(library: Library) -> Iterator[Path]:
    """A folder for the rows of a graph, gone afterwards."""
    folder = library.path / "graph" / f"rows-{os.getpid()}"
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
