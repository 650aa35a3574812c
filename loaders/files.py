"""Finding what there is to load: files, folders, and zip archives, which are read without being unpacked."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from graph.errors import UnreadableFile, ZerenError
from loaders import readers

HIDDEN = (".", "~$")


@dataclass(slots=True)
class Unreadable:
    """A file that could not be read, and why (English, Chinese)."""

    path: str
    cause: str
    cause_zh: str


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read: where it is (`member` names one in an archive) and what it is called in the library."""

    path: Path
    label: str
    size: int
    member: str | None = None


def find(paths: Sequence[Path], base: Path | None) -> tuple[list[Job], list[Unreadable]]:
    """The files to read, each once, in the order given, folders by name. Raises ZerenError when there are none."""
    _resolved.cache_clear()
    _archive.cache_clear()
    jobs: dict[str, Job] = {}
    unreadable = []
    for file in (f for path in paths for f in _files(path)):
        try:
            jobs.update((job.label, job) for job in _jobs_at(file, base))
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
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith(HIDDEN))
        for name in sorted(names):
            if not name.startswith(HIDDEN) and Path(name).suffix.lower() in (*readers.SUFFIXES, ".zip"):
                yield Path(folder, name)


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
        hidden = any(part.startswith((*HIDDEN, "__MACOSX")) for part in name.split("/"))
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
    whole = path.resolve() if path.is_symlink() else _resolved(path.parent) / path.name
    if base is not None and whole.is_relative_to(_resolved(base)):
        return whole.relative_to(_resolved(base)).as_posix()
    return str(whole)


@lru_cache(maxsize=8)
def _resolved(folder: Path) -> Path:
    return folder.resolve()


def data_of(job: Job) -> bytes:
    """The bytes of a file. Raises UnreadableFile."""
    if job.size > readers.MAX_BYTES:
        most = readers.MAX_BYTES >> 20
        raise UnreadableFile(job.label, f"more than {most} MB", f"超过 {most} MB")
    try:
        if job.member is None:
            return job.path.read_bytes()
        with _archive(job.path).open(job.member) as member:
            # the directory's size may lie
            return member.read(readers.MAX_BYTES)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:  # RuntimeError: encrypted
        cause = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(job.label, cause) from error


@lru_cache(maxsize=1)
def _archive(path: Path) -> zipfile.ZipFile:
    """An archive, kept open from one of its documents to the next: to open it means to read its whole directory."""
    return zipfile.ZipFile(path)
