"""Word documents: the body in reading order, one paragraph a line, cells by tabs, rows by line breaks.

Included: text boxes (after the paragraph they hang on), content controls, tracked insertions, list numbers that Word
counts by itself. Left out: headers, footers, notes, comments, tracked deletions, hidden text, pinyin over characters,
tables of contents.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element

from graph.errors import UnreadableFile
from loaders.readers.numbering import Numbering
from loaders.text import Cell, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_STRICT = (  # the strict variant of the format differs in names only
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_MAX_PARTS = 20_000
_MAX_XML = 300 * 2**20  # of one part; the largest documents known have 30 MB of XML
_MAX_UNPACKED = 2**30
_MAX_RATIO = 400  # XML packs 10 to 50 times

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

_P, _TBL, _TR, _TC, _R = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:r")
_TEXT_BOX = qn("w:txbxContent")
_DELETED = ("w:del", "w:moveFrom", "w:delText")
_PROPERTIES = ("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sectPr")
_PASSED = frozenset(qn(tag) for tag in (*_DELETED, *_PROPERTIES, "w:instrText", "w:rt"))  # left out with all they hold
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_NUMBERED = re.compile(  # a paragraph that writes its number itself
    r"\s*(?:第?[〇一二三四五六七八九十百零0-9０-９]+[、.．章节条:：]|[(（〔【][〇一二三四五六七八九十0-9]+[)）〕】]|[①-⑳⑴-⒛])"
)
_CONTENTS = re.compile(r"toc\s?\d", re.I)


def read_docx(name: str, data: bytes) -> tuple[str, list[Table]]:
    """Text and tables of a Word document; cells' offsets count in the text. Raises `UnreadableFile`."""
    archive = _archive(name, data)
    try:
        main = _target(archive, "_rels/.rels", "officeDocument") or "word/document.xml"
        relations = posixpath.join(posixpath.dirname(main), "_rels", posixpath.basename(main) + ".rels")
        numbering, styles = (_part(archive, _target(archive, relations, kind)) for kind in ("numbering", "styles"))
        document = _part(archive, main)
        reader = _Reader(Numbering(numbering, styles))
        body = document.find(qn("w:body")) if document is not None else None
        if body is None:
            raise ValueError("no body")
        reader.blocks(body)
    except Exception as error:  # whatever a damaged package makes the libraries raise
        raise UnreadableFile(
            name, "it is not a Word document, or it is damaged", "不是 Word 文档，或文件已损坏"
        ) from error
    return "".join(reader.out), reader.tables


def _target(archive: zipfile.ZipFile, relations: str, kind: str) -> str | None:
    """The part that a list of relations gives for a kind; None without it. Links to missing pictures do no harm."""
    root = _part(archive, relations)
    for relation in root if root is not None else ():
        if (relation.get("Type") or "").endswith("/" + kind) and relation.get("TargetMode") != "External":
            folder = posixpath.dirname(posixpath.dirname(relations))
            return posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
    return None


def _part(archive: zipfile.ZipFile, name: str | None) -> _Element | None:
    if name is None or name not in archive.NameToInfo:
        return None
    data = archive.read(name)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _archive(name: str, data: bytes) -> zipfile.ZipFile:
    """The package; refuse, before unpacking, what is no Word document, is locked, or would fill the memory."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableFile(name, "it is cut off or damaged", "文件不完整或已损坏") from error
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or not any(part.startswith("word/") for part in names):
        raise UnreadableFile(name, "it is an archive, but no Word document", "是压缩包，但不是 Word 文档")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(name, "it is protected by a password", "文件有密码保护，请先去除密码")
    unpacked = sum(entry.file_size for entry in entries)
    largest = max((entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))), default=0)
    packed_tight = unpacked > 2**24 and unpacked > _MAX_RATIO * len(data)
    if len(entries) > _MAX_PARTS or largest > _MAX_XML or unpacked > _MAX_UNPACKED or packed_tight:
        size = f"{unpacked / 2**20:.0f} MB"
        raise UnreadableFile(
            name,
            f"it unpacks to {size} in {len(entries)} parts, too much for a document",
            f"解压后达 {size}、{len(entries)} 个部分，超出文档的正常范围",
        )
    return archive


class _Reader:
    """Writes the text to `out`; `length` is the offset reached."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.out: list[str] = []
        self.length = 0
        self.tables: list[Table] = []
        self.fresh = True  # at the beginning of a line or cell
        self.in_cell = 0
        self.boxes: list[_Element] = []

    def put(self, text: str) -> None:
        self.out.append(text)
        self.length += len(text)

    def line(self, text: str) -> None:
        """One more line at this place, a line break before it unless it is the first."""
        if not self.fresh:
            self.put("\n")
        self.put(text)
        self.fresh = False

    def blocks(self, parent: _Element) -> None:
        """The paragraphs and tables in an element, through whatever wraps them."""
        for child in _unwrapped(parent):
            if child.tag == _P:
                self.paragraph(child)
            else:
                self.table(child)

    def paragraph(self, element: _Element) -> None:
        properties = element.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        if style is not None and _CONTENTS.fullmatch(style.get(qn("w:val")) or ""):
            return
        outer, self.boxes = self.boxes, []
        text = "".join(self.runs(element))
        boxes, self.boxes = self.boxes, outer
        if self.in_cell:
            text = text.replace("\t", " ")
        label = self.numbering.label(properties) if text.strip() else ""
        if label and not _NUMBERED.match(text):
            text = label + (" " if label[-1].isalnum() else "") + text.lstrip(" \t")
        if text.strip() or not self.in_cell:  # blank lines are spacing; in a cell they would part what belongs together
            self.line(text)
        for box in boxes:
            self.blocks(box)

    def runs(self, element: _Element) -> Iterator[str]:
        """The text in an element, deletions and hidden text left out; text boxes are put aside."""
        for child in element:
            tag = child.tag
            if tag == qn("w:t") or tag == _M_TEXT:
                yield child.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == qn("w:sym"):
                yield _symbol(child)
            elif tag == _TEXT_BOX:
                self.boxes.append(child)
            elif tag == _MC + "AlternateContent":
                chosen = child.find(_MC + "Choice")
                yield from self.runs(chosen if chosen is not None else child)
            elif tag in _PASSED or (tag == _R and _is_hidden(child)) or not isinstance(tag, str):
                continue
            elif len(child):
                yield from self.runs(child)

    def table(self, element: _Element) -> None:
        rows = [row for row in _unwrapped(element, _TR) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        grid = [list(_unwrapped(row, _TC)) for row in rows]
        nested = any(next(cell.iter(_TBL), None) is not None for row in grid for cell in row)
        if nested or max(map(len, grid), default=0) < 2:  # a frame or a page layout, not data
            for row in grid:
                for cell in row:
                    self.blocks(cell)
            return
        if not self.fresh:
            self.put("\n")
        table = Table(self.length, self.length, [])
        merged: dict[int, Cell] = {}  # column → the cell that reaches down into it
        self.in_cell += 1
        for number, row in enumerate(grid):
            if number:
                self.put("\n")
            column = _skipped(rows[number])
            for place, cell in enumerate(row):
                if place:
                    self.put("\t")
                span = _span(cell)
                down = _merge(cell)
                above = merged.get(column)
                if down == "continue" and above is not None:
                    above.rowspan += 1
                else:
                    merged.pop(column, None)
                    start = self.length
                    self.fresh = True
                    self.blocks(cell)
                    made = Cell(number, column, 1, span, *self.trimmed(start))
                    table.cells.append(made)
                    if down is not None:
                        merged[column] = made
                column += span
        self.in_cell -= 1
        self.fresh = False
        table.end = self.length
        self.tables.append(table)

    def trimmed(self, start: int) -> tuple[int, int]:
        """[start, here) without white space at its ends."""
        size, pieces = self.length - start, []
        for piece in reversed(self.out):
            if size <= 0:
                break
            pieces.append(piece)
            size -= len(piece)
        text = "".join(reversed(pieces))
        return start + len(text) - len(text.lstrip()), start + max(len(text.rstrip()), len(text) - len(text.lstrip()))


def _unwrapped(parent: _Element, *wanted: str) -> Iterator[_Element]:
    """The children of these kinds in reading order, also those inside content controls, insertions and the like."""
    kinds = wanted or (_P, _TBL)
    for child in parent:
        if child.tag in kinds:
            yield child
        elif child.tag in (_P, _TBL, _TR, _TC) or child.tag in _PASSED or not isinstance(child.tag, str):
            continue
        elif child.tag == _MC + "AlternateContent":
            chosen = child.find(_MC + "Choice")
            yield from _unwrapped(chosen if chosen is not None else child, *kinds)
        elif not _is_contents(child):
            yield from _unwrapped(child, *kinds)


def _is_contents(control: _Element) -> bool:
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _is_hidden(run: _Element) -> bool:
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val")) not in ("0", "false", "off")


def _symbol(element: _Element) -> str:
    """A sign of a symbol font; only signs that mean the same in any font are text."""
    try:
        code = int(element.get(qn("w:char")) or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xE000 and not 0xD800 <= code < 0xE000 else ""


def _span(cell: _Element) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    text = span.get(qn("w:val")) if span is not None else None
    return min(max(int(text), 1), 200) if text and text.isdigit() else 1


def _merge(cell: _Element) -> str | None:
    """`restart` for the first cell of a column of merged cells, `continue` for the others, None for a single cell."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return None if merge is None else merge.get(qn("w:val")) or "continue"


def _skipped(row: _Element) -> int:
    """Columns that a row leaves out at its beginning."""
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    text = before.get(qn("w:val")) if before is not None else None
    return min(int(text), 200) if text and text.isdigit() else 0
