"""The library: the folder that holds sources, facts, decisions and the graph made of them.

    zeren-library.json                     the format's version; marks the folder as a library
    sources/<id>/original.<ext>, raw.txt   the file as given and its decoded text, so that evidence outlives the file
    facts/<id>.json                        what was read from it; first line a summary (`SourceHead`), then the facts
    decisions.jsonl                        what people decided (`graph.decisions`)
    graph/graph-<hash>.lbug, CURRENT       the graph, built anew as a whole, then named in CURRENT; the last two stay
    staging/                               a load on its way, and COMMIT once it is complete
    lock, locked-by                        one writer at a time, and who it is

Killed at any moment the library is as before or as after: a load writes to `staging/` only; the new graph is built
beside the old one; then COMMIT is written, which is the moment of change; what it lists (moves, removals, the graph's
name) is carried out, and carried out again by whoever opens the library next when that was cut short.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from filelock import FileLock, Timeout

from graph.errors import LibraryError, LibraryLocked, LibraryMissing, WrongVersion
from graph.regions import Level
from graph.store import Store
from graph.store.build import build_graph
from graph.store.ladybug import LadybugStore

if TYPE_CHECKING:  # readers of a library do without pyarrow
    from graph.store.rows import GraphRows

T = TypeVar("T")

FORMAT = 1
DEFAULT = Path("zeren-library")
VARIABLE = "ZEREN_LIBRARY"
MARK = "zeren-library.json"
KEPT = 2  # generations of the graph
ONE_BY_ONE = 100  # sources whose files are flushed to the disk one after the other


@dataclass(slots=True, kw_only=True)
class DocumentHead:
    """What tells one document from another, and every name in it that has to be told from others.

    `bodies` are surface names, `classes` those that name a class of bodies, `people` names each with the bodies of
    their posts, `cites` title, number and level of each work named: enough to settle who is meant in a whole library.
    """

    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    region: str | None = None
    level: Level | None = None
    kind: str | None = None
    bodies: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    people: list[list[str]] = field(default_factory=list)
    cites: list[tuple[str | None, str | None, Level | None]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class SourceHead:
    """One loaded file: the first line of its facts. `paths` are all the places it was loaded from."""

    id: str
    name: str
    paths: list[str]
    media_type: str
    bytes: int
    loaded_at: str
    extractor: str
    tasks: int = 0
    assignments: int = 0
    warnings: int = 0
    documents: list[DocumentHead] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Known:
    """What a load needs to know of a source that is there: the beginning of its head."""

    id: str
    paths: list[str]
    loaded_at: str
    extractor: str


@dataclass(slots=True, kw_only=True)
class Change:
    """What a load, a removal or a rebuild does to the library: sources that come, that go, and the new graph."""

    add: list[str] = field(default_factory=list)
    remove: list[str] = field(default_factory=list)


def default_path() -> Path:
    """The folder used when none is named: ZEREN_LIBRARY, else ./zeren-library."""
    return Path(os.environ.get(VARIABLE) or DEFAULT)


class Library:
    """A library opened for reading. `with library.writing():` makes this process its one writer.

    Raises LibraryMissing, WrongVersion, LibraryError.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = Path(path) if path is not None else default_path()
        self._lock = FileLock(self.path / "lock", timeout=0)
        self._lock_guard = threading.Lock()
        mark = self.path / MARK
        try:
            found = json.loads(mark.read_text(encoding="utf-8"))["format"]
        except (FileNotFoundError, NotADirectoryError):
            raise LibraryMissing(self.path) from None
        except (ValueError, KeyError, TypeError):
            raise LibraryError(f"{mark} is damaged.", f"{mark} 已损坏。") from None
        except OSError as error:
            raise _disk_error(error, self.path) from error
        if found != FORMAT:
            raise WrongVersion(self.path, found, FORMAT)
        if (self.path / "staging" / "COMMIT").exists():
            # a writer was cut short; a live one finishes its own work, and where nothing can be written reading goes on
            with contextlib.suppress(LibraryError), self.writing():
                pass

    @classmethod
    def create(cls, path: str | Path | None = None) -> Library:
        """The library at `path`, made when there is none. A folder that holds anything else is refused."""
        folder = Path(path) if path is not None else default_path()
        if not (folder / MARK).exists():
            try:
                if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                    raise LibraryError(
                        f"{folder} is not empty and not a library; name another folder.",
                        f"{folder} 不是空文件夹，也不是资料库，请另选位置。",
                    )
                for part in ("sources", "facts", "graph"):
                    (folder / part).mkdir(parents=True, exist_ok=True)
                mark = {"format": FORMAT, "created": now()}
                write_file(folder / MARK, json.dumps(mark) + "\n")
            except OSError as error:
                raise _disk_error(error, folder) from error
        return cls(folder)

    # ---- reading -------------------------------------------------------------------------------------------------

    def ids(self) -> list[str]:
        """Ids of all sources, sorted."""
        return sorted(n[:-5] for n in os.listdir(self.path / "facts") if n.endswith(".json"))  # noqa: PTH208  (100,000)

    def sources(self) -> list[SourceHead]:
        """All sources in the order of their ids."""
        return [self.head(i) for i in self.ids()]

    def known(self) -> dict[str, Known]:
        """Every source by its id, without what it says."""
        return {i: read_known(self.path / "facts" / f"{i}.json") for i in self.ids()}

    def head(self, source_id: str) -> SourceHead:
        """The summary of one source. Raises LibraryError when the library has no such source."""
        return _head_of(self._facts_file(source_id))

    def facts(self, source_id: str) -> list[dict[str, Any]]:
        """The documents read from one source, as JSON."""
        return _facts_of(self._facts_file(source_id))

    def raw(self, source_id: str) -> str:
        """The decoded text that offsets of evidence count in."""
        try:
            return (self.path / "sources" / _safe(source_id) / "raw.txt").read_bytes().decode()
        except OSError as error:
            raise LibraryError(f"No text for source {source_id}.", f"没有来源 {source_id} 的原文。") from error

    def original(self, source_id: str) -> Path:
        """The file as it was given."""
        for found in (self.path / "sources" / _safe(source_id)).glob("original*"):
            return found
        raise LibraryError(f"No file for source {source_id}.", f"没有来源 {source_id} 的文件。")

    def evidence(self, evidence: str) -> str:
        """The raw text that `source_id:start:end` points to."""
        source_id, start, end = evidence.split(":")
        return self.raw(source_id)[int(start) : int(end)]

    @property
    def decisions_file(self) -> Path:
        """Where decisions are kept (`graph.decisions` reads and appends)."""
        return self.path / "decisions.jsonl"

    @property
    def revision(self) -> str:
        """Hash of the current graph, empty when there is none."""
        try:
            return (self.path / "graph" / "CURRENT").read_text().strip().removeprefix("graph-").removesuffix(".lbug")
        except FileNotFoundError:
            return ""

    @property
    def graph_file(self) -> Path | None:
        """The current graph, None when there is none."""
        file = self.path / "graph" / f"graph-{self.revision}.lbug"
        return file if self.revision and file.exists() else None

    def store(self) -> Store:
        """The current graph, opened. Look at `revision` when a request starts, and open again when it has changed."""
        file = self.graph_file
        if file is None:
            raise LibraryError(
                f"The library at {self.path} has no graph. `zeren load FILE…` or `zeren rebuild` makes it.",
                f"资料库 {self.path} 还没有图。请用 `zeren load 文件…` 或 `zeren rebuild` 生成。",
            )
        return LadybugStore(file)

    # ---- writing -------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def writing(self) -> Iterator[Library]:
        """Hold the library's lock. Raises LibraryLocked at once when another process or thread holds it."""
        holder = self.path / "locked-by"
        if not self._lock_guard.acquire(blocking=False):
            raise LibraryLocked(self.path, _holder(holder))
        try:
            try:
                self._lock.acquire()
            except Timeout:
                raise LibraryLocked(self.path, _holder(holder)) from None
            except OSError as error:
                raise _disk_error(error, self.path) from error
            try:
                who = {"process": os.getpid(), "user": _user(), "host": socket.gethostname(), "since": now()}
                holder.write_text(json.dumps(who), encoding="utf-8")
                self._finish()
                yield self
            except OSError as error:
                raise _disk_error(error, self.path) from error
            finally:
                holder.unlink(missing_ok=True)
                self._lock.release()
        finally:
            self._lock_guard.release()

    @property
    def staging(self) -> Path:
        """Where a load puts new sources: `staging/<id>/` with original, raw.txt and facts.json."""
        return self.path / "staging"

    def files_after(self, change: Change) -> dict[str, Path]:
        """Facts files by source id as they will be once `change` is made, sorted by id."""
        gone = set(change.remove)
        files = {i: self.path / "facts" / f"{i}.json" for i in self.ids() if i not in gone}
        files |= {i: self.staging / i / "facts.json" for i in change.add}
        return dict(sorted(files.items()))

    def commit(self, change: Change, rows: GraphRows, *, anew: bool = False) -> str:
        """Build the graph of `rows` and make `change`, both or neither. Returns the new revision.

        A graph of the same rows is kept as it is unless `anew`. Call
        inside `writing()`. Raises StoreError when the graph cannot be built, LibraryError when the disk is full.
        """
        folder = self.path / "graph"
        folder.mkdir(exist_ok=True)
        revision = rows.fingerprint()
        file = folder / f"graph-{revision}.lbug"
        if anew or not file.exists():
            fresh = folder / f"{file.name}.tmp"
            build_graph(rows, fresh)
            _sync(fresh)
            fresh.replace(file)
        self.staging.mkdir(exist_ok=True)
        _sync_folders([self.staging / i for i in change.add])
        order = {"add": change.add, "remove": change.remove, "graph": file.name}
        write_file(self.staging / "COMMIT", json.dumps(order))
        self._finish()
        return revision

    def _finish(self) -> None:
        """Carry out what COMMIT lists, then clear what unfinished builds left. Safe to run again at any point."""
        commit = self.staging / "COMMIT"
        if commit.exists():
            order = json.loads(commit.read_text(encoding="utf-8"))
            for i in order["add"]:
                _move_in(self.staging / _safe(i), self.path / "sources" / i, self.path / "facts" / f"{i}.json")
            write_file(self.path / "graph" / "CURRENT", order["graph"] + "\n")
            for i in order["remove"]:
                (self.path / "facts" / f"{_safe(i)}.json").unlink(missing_ok=True)
                shutil.rmtree(self.path / "sources" / i, ignore_errors=True)
            commit.unlink()
            shutil.rmtree(self.staging, ignore_errors=True)
        self._sweep()

    def _sweep(self) -> None:
        folder = self.path / "graph"
        for leftover in (*folder.glob("*.tmp*"), *folder.glob("rows-*")):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink(missing_ok=True)
        current = self.graph_file
        graphs = sorted(folder.glob("graph-*.lbug"), key=lambda p: (p == current, p.stat().st_mtime_ns))
        for old in graphs[:-KEPT]:
            for part in folder.glob(old.name + "*"):
                part.unlink(missing_ok=True)

    def _facts_file(self, source_id: str) -> Path:
        file = self.path / "facts" / f"{_safe(source_id)}.json"
        if not file.exists():
            raise LibraryError(f"The library has no source {source_id}.", f"资料库中没有来源 {source_id}。")
        return file


_KNOWN, _HEAD = msgspec.json.Decoder(Known), msgspec.json.Decoder(SourceHead)
_BEGINNING = b'{"source":'


def facts_file(head: SourceHead, documents: Sequence[dict[str, Any]]) -> bytes:
    """A facts file: one JSON object whose first line is the summary, so that it can be read alone."""
    encode = msgspec.json.encode
    return b"".join((_BEGINNING, encode(head), b',\n"documents":[\n', b",\n".join(map(encode, documents)), b"\n]}\n"))


def write_facts(file: Path, head: SourceHead, documents: Sequence[dict[str, Any]]) -> None:
    """Write a facts file (see `facts_file`), whole or not at all."""
    write_file(file, facts_file(head, documents))


def known_from(source: Path, target: Path, paths: list[str], loaded_at: str) -> None:
    """Write to `target` what is in the facts file `source`, with other places and another time of loading.

    It is called by the first of its places, whichever of them was read.
    """
    _, _, rest = source.read_bytes().partition(b"\n")
    head = replace(_head_of(source), name=Path(paths[0]).name, paths=paths, loaded_at=loaded_at)
    put_file(target, _BEGINNING + msgspec.json.encode(head) + b",\n" + rest)


def _first(file: Path, decoder: msgspec.json.Decoder[T]) -> T:
    with file.open("rb") as stream:
        first = stream.readline()
    try:
        return decoder.decode(first.removeprefix(_BEGINNING).rstrip().removesuffix(b","))
    except msgspec.MsgspecError as error:
        raise LibraryError(f"{file} is damaged: {error}", f"{file} 已损坏。") from error


def _head_of(file: Path) -> SourceHead:
    return _first(file, _HEAD)


def read_known(file: Path) -> Known:
    """The beginning of the head of a facts file. Raises LibraryError."""
    return _first(file, _KNOWN)


def _facts_of(file: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = msgspec.json.decode(file.read_bytes())["documents"]
    except (msgspec.MsgspecError, KeyError, TypeError) as error:
        raise LibraryError(f"{file} is damaged: {error}", f"{file} 已损坏。") from error
    return found


read_head, read_facts = _head_of, _facts_of


def put_file(path: Path, data: bytes) -> None:
    """Write `path` whole or not at all as far as this machine stays up: temporary name, renamed."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_bytes(data)
    fresh.replace(path)


def write_file(path: Path, content: str | bytes) -> None:
    """Write `path` whole or not at all: temporary name, flushed to disk, renamed. Line ends stay as they are."""
    data = content.encode() if isinstance(content, str) else content
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def now() -> str:
    """The time in UTC, to the second, ISO."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _move_in(staged: Path, sources: Path, facts: Path) -> None:
    """Take one source in; begun and cut short, it is finished by doing it again."""
    if staged.is_dir():
        if sources.exists():
            for file in staged.iterdir():
                file.replace(sources / file.name)
            staged.rmdir()
        else:
            staged.rename(sources)
    # last: whoever sees the facts finds the text
    if (sources / "facts.json").exists():
        (sources / "facts.json").replace(facts)


def _sync(file: Path) -> None:
    with file.open("rb") as stream:
        os.fsync(stream.fileno())


def _sync_folders(folders: Sequence[Path]) -> None:
    """Have the files in `folders` on the disk; many at once, since one by one the disk does nothing else."""
    if len(folders) > ONE_BY_ONE and hasattr(os, "sync"):
        os.sync()
        return
    for folder in folders:
        for file in folder.iterdir():
            _sync(file)


def _safe(source_id: str) -> str:
    if not source_id.isalnum():
        raise LibraryError(f"{source_id} is no source id.", f"{source_id} 不是来源编号。")
    return source_id


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return str(os.getuid())


def _holder(file: Path) -> str:
    try:
        who = json.loads(file.read_text(encoding="utf-8"))
        return f"{who['user']}@{who['host']} (process {who['process']}, since {who['since']})"
    except (OSError, ValueError, KeyError):
        return "another process"


def _disk_error(error: OSError, path: Path) -> LibraryError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LibraryError(f"The disk of {path} is full; nothing was changed.", f"{path} 所在磁盘已满，未作任何更改。")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return LibraryError(f"The library at {path} cannot be written: {error.strerror}.", f"资料库 {path} 不可写。")
    cause = f"{error.strerror or error}{f' ({error.filename})' if error.filename else ''}"
    return LibraryError(f"The library at {path} cannot be used: {cause}.", f"资料库 {path} 无法使用：{cause}。")
