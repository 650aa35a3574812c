"""One small module per file format: bytes → SourceText.

`read` takes a path, `read_bytes` a name and the bytes (uploads). What a file is decided by its content first and its
suffix second: a page saved as `.txt` is read as a page. Whatever cannot be read raises `graph.errors.UnreadableFile`
with the cause; nothing else is raised for any input.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from graph.errors import UnreadableFile
from loaders.readers import docx, html, plain
from loaders.readers.decode import decode
from loaders.readers.signature import refuse_foreign
from loaders.text import SourceText, Table

# suffixes of files that a folder is searched for, in lower case
SUFFIXES: tuple[str, ...] = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".shtml", ".xhtml", ".docx")

MAX_BYTES = 200 * 2**20  # a gazette of a year is under 20 MB; what is larger is no document

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MARKDOWN = (".md", ".markdown")
_PAGE = (".html", ".htm", ".shtml", ".xhtml")


def read(path: Path) -> SourceText:
    """The file at `path` as text. Raises `UnreadableFile`."""
    try:
        if path.is_dir():
            raise UnreadableFile(path, "it is a folder, not a file", "这是文件夹，不是文件")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(str(path), size)
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(path, "there is no such file", "文件不存在") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        cause = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(path, cause, f"系统报告：{cause}") from error
    return read_bytes(path.name, data, str(path))


def read_bytes(name: str, data: bytes, path: str = "") -> SourceText:
    """The file called `name` with the content `data` as text; `path` is where it lies. Raises `UnreadableFile`."""
    where = path or name
    if len(data) > MAX_BYTES:
        raise _too_large(where, len(data))
    if not data.strip():
        if data:
            raise UnreadableFile(where, "it holds only white space", "只有空白字符")
        raise UnreadableFile(where, "the file is empty", "文件为空")
    suffix = Path(name).suffix.lower()
    markup: list[tuple[int, int, str]] = []
    tables: list[Table] = []
    if data.startswith(b"PK\x03\x04"):
        media_type = docx.MEDIA_TYPE
        raw, tables = docx.read_docx(where, data)
    else:
        refuse_foreign(where, suffix, data)
        raw = decode(where, data)
        layout = html.sniff(raw, page=suffix in _PAGE)
        if layout is None:
            media_type = "text/markdown" if suffix in _MARKDOWN else "text/plain"
            markup = plain.entities(raw)
        else:
            media_type = "text/html" if layout == "page" else "text/markdown" if suffix in _MARKDOWN else "text/plain"
            markup, tables, seen = html.read_html(raw, layout)
            if not seen:
                raise UnreadableFile(where, "the page shows no text", "网页中没有可见文字")
    if raw.strip() and not _CHINESE.search(raw):
        raise UnreadableFile(where, "it holds no Chinese text", "文件中没有中文")
    if not raw.strip():
        raise UnreadableFile(where, "it holds no text (a scan, perhaps)", "文件中没有文字（可能是扫描件）")
    return SourceText(
        name=name,
        path=path or name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        size=len(data),
        raw=raw,
        markup=markup,
        tables=tables,
    )


def _too_large(name: str, size: int) -> UnreadableFile:
    megabytes, most = size / 2**20, MAX_BYTES // 2**20
    cause = f"it has {megabytes:.0f} MB; at most {most} MB are read"
    return UnreadableFile(name, cause, f"文件大小为 {megabytes:.0f} MB,超过上限 {most} MB")
