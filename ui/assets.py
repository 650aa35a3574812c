"""Streamlit's own scripts, styles and fonts, answered from memory: a first visit asks for ninety of them."""

from __future__ import annotations

import gzip
import json
import mimetypes
from functools import cache, lru_cache
from pathlib import Path

import streamlit as st

STATIC = Path(st.__file__).parent / "static"
# what the first page and the pictures are made of; Streamlit itself asks for them one after the other
FIRST = ("Html", "PageLink", "ButtonGroup", "TextInput", "BidiComponent", "Selectbox", "Button", "DownloadButton")
_PACKED = (".js", ".css", ".svg", ".json")


@cache
def _files() -> dict[str, Path]:
    """Path below `static/` → file; only what is listed here is ever read, so no path can lead elsewhere."""
    return {f.relative_to(STATIC).as_posix(): f for f in (STATIC / "static").rglob("*") if f.is_file()}


@lru_cache(maxsize=256)
def asset(path: str, packed: bool) -> tuple[bytes, list[tuple[bytes, bytes]]] | None:
    """Content and headers of `static/…`; None for anything else. `packed`: the browser takes gzip."""
    file = _files().get(path)
    if file is None:
        return None
    content = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    headers = [
        (b"content-type", ("text/javascript" if file.suffix == ".js" else kind).encode()),
        (b"cache-control", b"public, immutable, max-age=31536000"),  # the names hold a hash of the content
        (b"vary", b"accept-encoding"),
    ]
    if packed and file.suffix in _PACKED:
        content = gzip.compress(content, 5)
        headers.append((b"content-encoding", b"gzip"))
    return content, [*headers, (b"content-length", str(len(content)).encode())]


@cache
def preloads() -> tuple[str, ...]:
    """Scripts of the first page beyond those that the index itself names, in the order they need each other."""
    known: dict[str, dict[str, list[str]]] = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    index = (STATIC / "index.html").read_text("utf-8")
    found: dict[str, None] = {}

    def add(key: str) -> None:
        entry = known.get(key)
        if entry is None or (file := str(entry["file"])) in found:
            return
        for needed in entry.get("imports", []):
            add(needed)
        if file not in index and file.endswith(".js"):
            found[file] = None

    for key in known:
        if Path(key).stem in FIRST and key.endswith(f"{Path(key).stem}/{Path(key).stem}.tsx"):
            add(key)
    return tuple(found)
