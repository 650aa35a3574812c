"""HTML pages, and texts with pieces of HTML in them, as marked-up text with offsets into the source.

No HTML library of Python gives the place of every tag in the source and stands broken markup at the speed needed here,
so a regular expression finds the tags, by the tokenizer rules of the HTML standard (quotes count only after `=`), and a
few counters stand for the tree. What a page shows besides its text (navigation, hidden parts, site header and footer)
is left out only when it does not hold the bulk of the text, so an unclosed tag cannot take the article with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from loaders.readers.plain import sign
from loaders.text import Cell, Table

Layout = Literal["page", "mixed"]
Markup = list[tuple[int, int, str]]

# One character class first, so that the engine skips over text fast; then what it begins. A tag that is never closed
# matches to the end of the text and says so, which bounds the work: from there on a stricter tokenizer is used.
_START = "(?P<end>/?)(?P<name>[a-zA-Z][^\\s/>]*+)(?P<attributes>{attributes})(?:>|(?P<unclosed>))"
_TOKEN = (
    "[<&\t\r\n](?:(?<=<)(?:{tag}(?P<other>[!?]|/(?![a-zA-Z])))"
    r"|(?<=&)(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,30}});?"
    "|(?<=[\t\r\n])(?P<space>[ \t\r\n\f]*+))"
)
_TOKENS = tuple(
    re.compile(_TOKEN.format(tag=tag))
    for tag in (
        _START.format(attributes="(?:[^=>]++|=\\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+") + "|",
        _START.format(attributes="[^>]*+") + "|",
        "(?P<name>(?!))(?P<end>)(?P<attributes>)(?P<unclosed>)|",  # no `>` follows, so no tag either
    )
)

# elements whose content is not markup and not shown as text; up to the first end tag of that name, as in the standard
_RAW = {
    name: re.compile(rf"</{name}\s*>", re.I) for name in ("script", "style", "title", "textarea", "iframe", "noframes")
}


def _names(*lines: str) -> frozenset[str]:
    return frozenset(name for line in lines for name in line.split())


_UNSEEN = _names("noscript template svg select button object dialog rt rp")
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_BLOCK = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure",
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup option p pre search section",
    "summary ul",
)
_INLINE = _names(
    "abbr acronym b bdi bdo big cite code del dfn em font head i ins kbd label mark q ruby s samp small span strike",
    "strong sub sup tbody tfoot thead time tt u var rb",
)
_TABLE_PARTS = _names("table tr td th")
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_ARTICLES = ("article", "main")
_ACTIVE = _BLOCK | _UNSEEN | _TABLE_PARTS | frozenset(_RAW) | {"a", "br"}  # the others only come and go
_KNOWN = _ACTIVE | _VOID | _INLINE

_LANDMARK = re.compile(r"\brole\s*=\s*[\"']?(?:navigation|banner|contentinfo|search)\b", re.I)
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.I)
_VALUES = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)")
_FURNITURE = re.compile(
    r"\b(?:class|id)\s*=\s*[\"']?[^\"'>]{0,80}?(?<![a-z])(?:nav|navi|navbar|menu|crumbs?|breadcrumbs?|footer|foot|header"
    r"|topbar|toolbar|sidebar|share|links?|copyright|location|position)(?![a-z])",
    re.I,
)
_LINKED = 0.5  # share of linked text that makes a part with such a name furniture
_PATH_WORDS = 20  # characters that may stand around the links: 您的位置: 首页 > 文件
_ROWSPAN = re.compile(r"\browspan\s*=\s*[\"']?\s*(\d{1,5})", re.I)
_COLSPAN = re.compile(r"\bcolspan\s*=\s*[\"']?\s*(\d{1,5})", re.I)
_END_TABLE = re.compile(r"</table\s*>", re.I)

_SNIFF_TAG = re.compile(
    r"</(?:p|div|td|tr|table|span|font|h[1-6]|li|strong|b|u|sup|center|body|html)\s*>"
    r"|<(?:br|td|p|div)\b[^<>]{0,200}>",
    re.I,
)
_SNIFF_PAGE = re.compile(r"\s*<(?:!doctype\s+html|\?xml|html|head|body|meta|title)\b", re.I)
_SNIFF_OPEN = re.compile(
    r"\s*<(?:!--|(?:div|p|table|h[1-6]|span|section|article|ul|ol|center|font|style|script)\b)", re.I
)
_SNIFF_LENGTH = 200_000


def sniff(raw: str, page: bool) -> Layout | None:
    """How `raw` is to be read: a whole page, a text with pieces of HTML whose line breaks count, or no HTML at all.

    `page`: the file's name says it is a page.
    """
    if page:
        return "page"
    if "<" not in raw or not _SNIFF_TAG.search(raw):
        return None
    if _SNIFF_PAGE.match(raw):
        return "page"
    if _SNIFF_OPEN.match(raw):
        lines = [line for line in raw[:_SNIFF_LENGTH].splitlines() if line.strip()]
        return "page" if 2 * sum("<" in line for line in lines) >= len(lines) else "mixed"
    return "mixed"


@dataclass(slots=True)
class _Part:
    """An element that may be furniture. Its counts are the page's at its start, till it is closed; then its own."""

    name: str
    level: int
    start: int
    text: int
    links: int
    headings: int
    sure: bool  # by its tag, role or style; else by its class, and only when it is mostly links
    hidden: bool
    end: int = -1


@dataclass(slots=True)
class _Grid:
    """A table being read."""

    start: int
    cells: list[Cell] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # places in the markup of the signs between cells
    taken: dict[int, int] = field(default_factory=dict)  # column → the first row that a cell from above leaves free
    row: int = -1
    column: int = 0
    fresh: bool = True  # the row has no cell yet
    cell: Cell | None = None
    cell_text: int = 0
    blocks: int = 0
    longest: int = 0
    flow: bool = False  # used for layout: it holds tables, headings, or an article in a cell


class _Page:
    """One pass over the source. `markup` grows in order; `seen` counts characters of text."""

    def __init__(self, raw: str, layout: Layout) -> None:
        self.raw = raw
        self.mixed = layout == "mixed"
        self.markup: Markup = []
        self.tables: list[Table] = []
        self.seen = 0
        self.linked = 0
        self.in_link = False
        self.line = False  # the current line (or cell) has text
        self.pending = -1  # place in the markup that becomes a line break when more text follows
        self.headings = 0
        self.counted = dict.fromkeys(_ARTICLES, 0)  # open elements, of the names that matter now
        self.parts: list[_Part] = []
        self.open_parts: dict[str, list[_Part]] = {}
        self.grids: list[_Grid] = []
        self.preformatted = 0
        self.absent: set[str] = set()  # ends that were looked for and do not come any more

    def read(self) -> None:
        raw, markup, counted = self.raw, self.markup, self.counted
        tokens = iter(_TOKENS)
        search = next(tokens).search
        position = 0
        while (found := search(raw, position)) is not None:
            start, end = found.span()
            if start > position:
                self.text(position, start)
            position = end
            closing, name, attributes, unclosed, other, space = found.groups()
            if name is not None:
                name = name.lower()
                if unclosed is not None:
                    search = next(tokens).search
                    position = start
                elif name in _ACTIVE:
                    if closing:
                        self.close(name, start, end)
                    else:
                        position = self.open(name, attributes, start, end)
                elif self.mixed and name not in _KNOWN:
                    self.text(start, end)
                else:
                    markup.append((start, end, ""))
                    if closing:
                        if name in counted:
                            self.leave(name, end)
                    elif name in counted or (attributes and True in _looks(attributes)):
                        self.enter(name, attributes, start)
            elif space is not None:
                self.space(start, end)
            elif other is not None:
                position = self.other(start)
            elif (shown := sign(found[0])) != found[0]:
                if shown.strip():
                    self.text(start, end)
                markup.append((start, end, shown if self.line else shown.strip(" ")))
            else:
                self.text(start, end)
        if position < len(raw):
            self.text(position, len(raw))
        while self.grids:
            self.end_table(len(raw))

    # text and line breaks

    def text(self, start: int, end: int) -> None:
        """Text at [start, end): a line break that waited becomes real."""
        piece = self.raw[start:end]
        length = len(piece.strip(" "))
        if not length:
            if not self.line:
                self.markup.append((start, end, ""))
            return
        if self.pending >= 0:
            self.put(self.pending, "\n")
            self.pending = -1
        self.line = True
        self.seen += length
        if self.in_link:
            self.linked += length
        if self.grids and (cell := self.grids[-1].cell) is not None:
            if cell.start < 0:
                cell.start = start + len(piece) - len(piece.lstrip(" "))
            cell.end = start + len(piece.rstrip(" "))

    def put(self, place: int, shown: str) -> None:
        start, end, _ = self.markup[place]
        self.markup[place] = (start, end, shown)

    def block(self, place: int) -> None:
        """A block begins or ends at this place in the markup: a line break, should text follow."""
        if self.line and self.pending < 0:
            self.pending = place
        if self.grids:
            self.grids[-1].blocks += 1

    def new_line(self, start: int, end: int) -> None:
        if self.grids:  # what ends a cell is its sign, not a line break
            self.markup.append((start, end, ""))
            self.block(len(self.markup) - 1)
        else:
            self.markup.append((start, end, "\n"))
            self.line, self.pending = False, -1

    def space(self, start: int, end: int) -> None:
        """White space with line breaks or tabs: in a page one space, none at line ends and between Chinese words."""
        if self.preformatted or (self.mixed and not self.grids):
            if self.raw[start:end].strip(" \t\f"):  # a line break
                self.line, self.pending = False, -1
            return
        around = self.raw[max(start - 1, 0) : start] + self.raw[end : end + 1]
        self.markup.append((start, end, " " if self.line and len(around) == 2 and _is_word(around) else ""))

    def other(self, start: int) -> int:
        """A comment, declaration or processing instruction; returns the offset behind it."""
        raw = self.raw
        if raw.startswith("<![CDATA[", start):
            end = start + 9
        else:
            comment = raw.startswith("<!--", start)
            closing = "-->" if comment else ">"
            at = raw.find(closing, start + 2) if closing not in self.absent else -1
            if at < 0:  # never closed: only the mark itself
                self.absent.add(closing)
                end = start + 4 if comment else start + 2
            else:
                end = at + len(closing)
        self.markup.append((start, end, ""))
        return end

    # elements

    def open(self, name: str, attributes: str, start: int, end: int) -> int:
        """A start tag; returns where to read on."""
        if name in _RAW:
            closing = _RAW[name].search(self.raw, end) if name not in self.absent else None
            if closing is None:
                self.absent.add(name)
            else:
                end = closing.end()
            self.markup.append((start, end, ""))
            return end
        if name == "br":
            self.new_line(start, end)
            return end
        shown = self.table_tag(name, attributes, start, end) if name in _TABLE_PARTS else ""
        self.markup.append((start, end, shown))
        if name in _BLOCK:
            if name == "p" and "p" in self.counted:  # a paragraph ends where the next begins
                self.leave("p", start)
            self.block(len(self.markup) - 1)
            if name in _HEADINGS:
                self.headings += name == "h1"
                if self.grids:
                    self.grids[-1].flow = True
            elif name == "pre":
                self.preformatted += 1
        elif name == "a":
            self.in_link = "href" in attributes
        self.enter(name, attributes, start)
        return end

    def close(self, name: str, start: int, end: int) -> None:
        """An end tag."""
        if name == "br":
            self.new_line(start, end)
            return
        if name in _TABLE_PARTS and self.grids:
            if name == "table":
                self.end_table(end)
            else:
                self.end_cell()
        self.markup.append((start, end, ""))
        if name in _BLOCK:
            self.block(len(self.markup) - 1)
            self.in_link = False
            if name == "pre" and self.preformatted:
                self.preformatted -= 1
        elif name == "a":
            self.in_link = False
        elif name == "table":
            self.pending = len(self.markup) - 1 if self.line else -1
        if name in self.counted:
            self.leave(name, end)

    def enter(self, name: str, attributes: str, start: int) -> None:
        """Note an element that may be furniture, and count those of its name till it is closed."""
        hidden, landmark, named = _looks(attributes) if attributes else (False, False, False)
        sure = hidden or landmark or name == "nav" or name in _UNSEEN
        if name in ("header", "footer") and not any(self.counted.get(part) for part in _ARTICLES):
            sure = True
        possible = sure or (named and name not in ("body", "html", "td", "tr"))
        if attributes.endswith("/") or name in _VOID or not (possible or name in self.counted):
            return
        level = self.counted.get(name, 0)
        self.counted[name] = level + 1
        if possible:
            unseen = hidden or name in _UNSEEN
            part = _Part(name, level, start, self.seen, self.linked, self.headings, sure, unseen)
            self.parts.append(part)
            self.open_parts.setdefault(name, []).append(part)

    def leave(self, name: str, end: int) -> None:
        """An element of a counted name ends."""
        level = self.counted[name] - 1
        if level < 0:
            return
        self.counted[name] = level
        waiting = self.open_parts.get(name)
        if waiting and waiting[-1].level == level:
            part = waiting.pop()
            part.end = end
            part.text, part.links = self.seen - part.text, self.linked - part.links
            part.headings = self.headings - part.headings
        if level == 0 and name not in _ARTICLES:
            del self.counted[name]

    # tables

    def table_tag(self, name: str, attributes: str, start: int, end: int) -> str:
        """A start tag of a table, a row or a cell; returns what stands for it in the text."""
        grids, place = self.grids, len(self.markup)
        if name == "table":
            if grids and grids[-1].cell is None:
                self.end_table(start)  # a table between the cells of another: that one was not closed
            elif grids:
                grids[-1].flow = True
            self.block(place)
            if "table" not in self.absent and (not self.mixed or _END_TABLE.search(self.raw, end)):
                grids.append(_Grid(start))
            else:  # in a text whose line breaks count, a table without an end would swallow them
                self.absent.add("table")
            return ""
        if not grids:
            self.block(place)
            return ""
        grid = grids[-1]
        self.end_cell()
        if name == "tr" or grid.row < 0:
            grid.row += 1
            grid.column, grid.fresh = 0, True
        if name == "tr":
            return ""
        while grid.taken.get(grid.column, 0) > grid.row:
            grid.column += 1
        rows, columns = _number(_ROWSPAN, attributes, 10_000), _number(_COLSPAN, attributes, 200)
        if rows > 1:
            grid.taken.update((grid.column + i, grid.row + rows) for i in range(columns))
        grid.cell = Cell(grid.row, grid.column, rows, columns, -1, end)
        grid.column += columns
        grid.cells.append(grid.cell)
        grid.cell_text, grid.blocks = self.seen, 0
        # the sign between cells or rows stands on this tag, whether text follows or not
        shown = "\n"
        if not grid.fresh:
            shown = "\t"
            grid.breaks.append(place)
        elif grid.row == 0:
            shown = ""
            if self.pending >= 0:
                self.put(self.pending, "\n")
        grid.fresh, self.line, self.pending = False, False, -1
        return shown

    def end_cell(self) -> None:
        grid = self.grids[-1]
        if grid.cell is None:
            return
        cell, grid.cell = grid.cell, None
        if cell.start < 0:
            cell.start = cell.end
        length = self.seen - grid.cell_text
        grid.longest = max(grid.longest, length)
        if length > 1500 and grid.blocks > 24:
            grid.flow = True

    def end_table(self, end: int) -> None:
        self.end_cell()
        grid = self.grids.pop()
        rows = grid.row + 1
        columns = max((cell.column + cell.colspan for cell in grid.cells), default=0)
        data = not grid.flow and columns > 1 and (rows > 1 or grid.longest <= 300)
        if not data:
            for place in grid.breaks:
                self.put(place, "\n")
        else:
            for cell in grid.cells:
                cell.rowspan = min(cell.rowspan, rows - cell.row)
            self.tables.append(Table(grid.start, end, grid.cells))
        if grid.cells:
            self.line = True

    def furniture(self) -> list[_Part]:
        """The parts to leave out, outermost only, in order: closed, and without the bulk of the page's text."""
        found: list[_Part] = []
        for part in self.parts:
            if part.end < 0 or part.text > self.seen / 2 or (found and part.end <= found[-1].end):
                continue
            linked = part.links > 0 and part.text - part.links <= max(part.text * (1 - _LINKED), _PATH_WORDS)
            if part.hidden or linked or (part.sure and not part.headings):
                if found and part.start < found[-1].end:
                    continue
                found.append(part)
        return found


def read_html(raw: str, layout: Layout) -> tuple[Markup, list[Table], int]:
    """Markup and data tables of a page, and how many characters of text it shows. Offsets count in `raw`.

    Tables used for layout (they hold tables, headings or whole articles, or have one column) are read as flowing text.
    """
    page = _Page(raw, layout)
    page.read()
    markup, tables, seen = page.markup, page.tables, page.seen
    if parts := page.furniture():
        markup = _without(markup, parts)
        tables = [table for table in tables if not any(part.start <= table.start < part.end for part in parts)]
        seen -= sum(part.text for part in parts)
    return markup, sorted(tables, key=lambda table: table.start), seen


def _without(markup: Markup, parts: list[_Part]) -> Markup:
    """`markup` with each part as one piece; its stand-in is a line break when there was one in it."""
    left: Markup = []
    i = 0
    for part in parts:
        while i < len(markup) and markup[i][0] < part.start:
            left.append(markup[i])
            i += 1
        broken = False
        while i < len(markup) and markup[i][0] < part.end:
            broken = broken or markup[i][2] == "\n"
            i += 1
        left.append((part.start, part.end, "\n" if broken else ""))
    return left + markup[i:]


@lru_cache(maxsize=4096)
def _looks(attributes: str) -> tuple[bool, bool, bool]:
    """Whether attributes hide an element, make it a landmark of the site, or name it like furniture."""
    hidden = "hidden" in attributes and "hidden" in _VALUES.sub("", attributes).lower().split()
    return (
        hidden or _DISPLAY_NONE.search(attributes) is not None,
        _LANDMARK.search(attributes) is not None,
        _FURNITURE.search(attributes) is not None,
    )


def _is_word(around: str) -> bool:
    return around.isascii() and not any(sign in "<>" for sign in around)


def _number(pattern: re.Pattern[str], attributes: str, most: int) -> int:
    found = pattern.search(attributes) if "span" in attributes or "SPAN" in attributes else None
    return min(max(int(found[1]), 1), most) if found else 1
