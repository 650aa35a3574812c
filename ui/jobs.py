"""Background work: loads go on when a page is left, and any page can look at how far they are.

A page script must not do the work itself: Streamlit stops it at the next click.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import streamlit as st
from streamlit import runtime

from graph.errors import ZerenError
from ui import access, warm

if TYPE_CHECKING:
    from loaders.load import Progress, Summary


@dataclass(slots=True)
class Job:
    """One piece of work on the library. `stage`, `done` and `total` say how far it is; then `summary` or `error`."""

    stage: str = ""
    done: int = 0
    total: int = 0
    file: str = ""
    summary: Summary | None = None
    error: ZerenError | None = None
    broken: bool = False  # something no message foresees; the server's log has it
    running: bool = True


@dataclass(slots=True)
class Board:
    """The last job of this server, and what is to follow it; one at a time, as the library has one writer."""

    job: Job | None = None
    following: Callable[[Progress], Summary] | None = None


@st.cache_resource(show_spinner=False)
def board() -> Board:
    """What all sessions of this server see."""
    return Board()


_guard = threading.Lock()


def current() -> Job | None:
    """The job that is running, or else the last one."""
    return board().job


def start(work: Callable[[Progress], Summary], *, queue: bool = False) -> bool:
    """Begin `work` in the background; False when another job is still running. With `queue` it begins after that."""
    seen = board()
    with _guard:
        if seen.job and seen.job.running:
            seen.following = work if queue else seen.following
            return False
        job = seen.job = Job()
    threading.Thread(target=_run, args=(seen, job, work), daemon=True, name="zeren-job").start()
    return True


def _run(seen: Board, job: Job, work: Callable[[Progress], Summary]) -> None:
    def told(stage: str, done: int, total: int, file: str) -> None:
        job.stage, job.done, job.total, job.file = stage, done, total, file

    try:
        job.summary = work(told)
    except ZerenError as error:
        job.error = error
    except BaseException:
        job.broken = True
        raise
    finally:
        with _guard:
            job.running = False
            following, seen.following = seen.following, None
            job = seen.job = Job() if following else job
        if following:
            _run(seen, job, following)
        elif job.summary and runtime.exists():
            warm.fill()  # so that nobody waits for what the new graph makes of the old answers


def load_uploads(library: Path, files: Sequence[tuple[str, bytes]]) -> bool:
    """Load uploaded files, given by name and content, into the library at `library`. False when a job is running."""
    access.require_editor()
    folder = Path(tempfile.mkdtemp(prefix="zeren-upload-"))
    for name, content in files:
        place = folder / safe_name(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def work(told: Progress) -> Summary:
        from graph.library import Library
        from loaders.load import load

        try:
            return load(Library.create(library), [folder], base=folder, progress=told)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    if start(work):
        return True
    shutil.rmtree(folder, ignore_errors=True)
    return False


def load_paths(library: Path, paths: Sequence[Path]) -> bool:
    """Load files that lie on this machine. False when a job is running."""
    access.require_editor()

    def work(told: Progress) -> Summary:
        from graph.library import Library
        from loaders.load import load

        return load(Library.create(library), paths, progress=told)

    return start(work)


def rebuild(library: Path) -> bool:
    """Make the graph anew, decisions included; False when it is to wait for the job that is running."""

    def work(told: Progress) -> Summary:
        from graph.library import Library
        from loaders.load import rebuild

        return rebuild(Library(library), progress=told)

    return start(work, queue=True)


def remove(library: Path, sources: Sequence[str]) -> bool:
    """Take sources out of the library. False when a job is running."""
    access.require_editor()

    def work(told: Progress) -> Summary:
        from graph.library import Library
        from loaders.load import remove

        return remove(Library(library), *sources, progress=told)

    return start(work)


def safe_name(name: str) -> PurePosixPath:
    """A relative path below the upload folder, whatever the browser says the file is called."""
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..") and ":" not in p]
    return PurePosixPath(*(p.replace("\0", "") for p in parts)) if parts else PurePosixPath("upload")
