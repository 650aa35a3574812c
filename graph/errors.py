"""Errors meant for people: one clear message each, in English (`str`) and Chinese (`say("zh")`), and an exit code.

Everything a user can cause (a bad file, a missing library, an unknown name) is raised as a `ZerenError`; the command
line prints the message without a traceback and leaves with `exit_code`, the pages show it as it is.
"""

# ruff: noqa: N818  (the names say what is wrong: `LibraryLocked`; an Error at the end would say it twice)

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class ZerenError(Exception):
    """An error for people. `zh` is the same sentence in Chinese; without it the English one stands for both."""

    exit_code = 1

    def __init__(self, message: str, zh: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.zh = zh or message

    def say(self, language: str = "en") -> str:
        """The message in `language` (`en` or `zh`)."""
        return self.zh if language == "zh" else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by state, so that errors cross process borders whatever their constructor takes."""
        return _restore, (type(self), self.message, self.zh, self.__dict__)


def _restore(kind: type[ZerenError], message: str, zh: str, state: dict[str, object]) -> ZerenError:
    error = kind.__new__(kind)
    Exception.__init__(error, message)
    error.__dict__.update(state)
    return error


class UnreadableFile(ZerenError):
    """A file that could not be read: its name and the cause."""

    exit_code = 3

    def __init__(self, name: str | Path, cause: str, cause_zh: str | None = None) -> None:
        super().__init__(f"Cannot read {name}: {cause}", f"无法读取 {name}:{cause_zh or cause}")
        self.name = str(name)
        self.cause = cause
        self.cause_zh = cause_zh or cause


class LibraryError(ZerenError):
    """The library is missing, unwritable, damaged, or the disk is full."""

    exit_code = 4


class LibraryMissing(LibraryError):
    """There is no library at this place."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(
            f"There is no library at {path}. `zeren load FILE…` makes one, `--library` names another.",
            f"{path} 没有资料库。用 `zeren load 文件…` 新建，或用 `--library` 指定其他位置。",
        )


class LibraryLocked(LibraryError):
    """Another process is writing to the library."""

    exit_code = 5

    def __init__(self, path: str | Path, holder: str) -> None:
        super().__init__(
            f"The library at {path} is being written by {holder}. Try again when it has finished.",
            f"资料库 {path} 正由 {holder} 写入，请等它结束后再试。",
        )
        self.holder = holder


class WrongVersion(LibraryError):
    """The library was written by another version of the format."""

    exit_code = 6

    def __init__(self, path: str | Path, found: object, expected: object) -> None:
        super().__init__(
            f"The library at {path} has format {found}; this version of Zeren reads format {expected}. "
            "Load the files into a new library, or use the version that wrote it.",
            f"资料库 {path} 的格式为 {found}，本版本只读格式 {expected}。请把文件载入新资料库，或使用写入它的版本。",
        )


class UnknownName(ZerenError):
    """A name that fits nothing, or several things; `candidates` are what it may mean."""

    exit_code = 7

    def __init__(self, kind: str, name: str, candidates: Sequence[str] = (), kind_zh: str | None = None) -> None:
        found = "、".join(candidates)
        zh = kind_zh or kind
        super().__init__(
            f"No {kind} is called {name}." if not candidates else f"{name} is not one {kind}. Candidates: {found}",
            f"没有名为“{name}”的{zh}。" if not candidates else f"“{name}”不能确定所指，可选：{found}",
        )
        self.name = name
        self.candidates = tuple(candidates)


class QueryError(ZerenError):
    """A query that the store refused, or its parameters."""

    exit_code = 8


class QueryTimeout(QueryError):
    """A query that took longer than allowed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The query took longer than {seconds:g} s and was stopped.", f"查询超过 {seconds:g} 秒，已停止。"
        )


class StoreError(ZerenError):
    """The graph store cannot be opened, reached or built."""

    exit_code = 9
