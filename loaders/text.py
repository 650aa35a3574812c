"""Raw text, the clean view of it that rules read, and the map between their offsets."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(slots=True)
class Cell:
    """One cell of a table. Row and column count from 0; spans count in the text the table belongs to."""

    row: int
    column: int
    rowspan: int
    colspan: int
    start: int
    end: int


@dataclass(slots=True)
class Table:
    """A table whose grid the file format itself gives (HTML, DOCX). Offsets are raw."""

    start: int
    end: int
    cells: list[Cell]


@dataclass(slots=True)
class SourceText:
    """A file as it was read.

    `raw` is the decoded text exactly as read: the page source for HTML, the file for text and Markdown, paragraphs a
    line and cells by tabs for DOCX. `markup` lists what in it is not text: (start, end, stand-in), ordered, not
    overlapping; the stand-in is "" or what a reader sees there (a line break, a tab between cells, an entity's sign).
    """

    name: str
    path: str
    sha256: str
    media_type: str
    size: int
    raw: str
    markup: list[tuple[int, int, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def id(self) -> str:
        """First 16 hex digits of the file's sha256."""
        return self.sha256[:16]


@dataclass(slots=True)
class CleanText:
    """Text without furniture, and where each piece of it stands in the raw text.

    Piece i begins at clean offset `clean_at[i]` and raw offset `raw_at[i]`; within a piece offsets run in step.
    """

    text: str
    clean_at: list[int]
    raw_at: list[int]

    def raw(self, position: int) -> int:
        """Raw offset of the clean character at `position`."""
        i = bisect_right(self.clean_at, position) - 1
        return self.raw_at[i] + position - self.clean_at[i]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw span, half-open, of the clean span, half-open; empty spans stay empty."""
        if end <= start:
            at = self.raw(min(start, max(len(self.text) - 1, 0))) if self.text else 0
            return at, at
        return self.raw(start), self.raw(end - 1) + 1
