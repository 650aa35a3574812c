"""Headings, numbered items, tables, signature, attachments: the shape of one document.

An outline is a flat list of blocks in reading order; a block knows its parent by index. Offsets count in clean text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["title", "number", "address", "heading", "item", "text", "table", "signature", "attachment"]


@dataclass(slots=True)
class Block:
    """One paragraph, heading, item or table row group.

    `number` is the numbering as written without its punctuation (`一`, `1`, `①`; brackets kept: `(一)`), `style` its
    rank in official numbering (0 第一章, 1 第一节, 2 一、, 3 (一), 4 1., 5 (1), 6 ①; -1 none), `depth` its nesting.
    `head_end` is where the title sentence ends (exclusive); equal to `start` when there is none. `body` is where the
    text after the number begins. `parent` indexes the enclosing heading or item in the outline, -1 at the top.
    """

    kind: BlockKind
    start: int
    end: int
    number: str | None = None
    style: int = -1
    depth: int = 0
    body: int = 0
    head_end: int = 0
    parent: int = -1


@dataclass(slots=True)
class GridCell:
    """A cell's text with its clean span; merged cells stand in every row and column they cover."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Grid:
    """A table: rows of cells, all of one width. `head` is the number of head rows. `parent` indexes a block."""

    start: int
    end: int
    head: int
    rows: list[list[GridCell]]
    parent: int = -1


@dataclass(slots=True)
class Outline:
    """The shape of the document that stands at clean [start, end) of `text`."""

    text: str
    start: int
    end: int
    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    title: str | None = None
    issued_on: str | None = None  # ISO date of signature

    @property
    def year(self) -> int | None:
        """The document's own year."""
        return int(self.issued_on[:4]) if self.issued_on else None
