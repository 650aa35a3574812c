"""Text and Markdown: the file as it is, but for entities that a converter left in it."""

from __future__ import annotations

import html
import re

_ENTITY = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|lt|gt|amp|quot|apos|middot|mdash|ndash|ldquo|rdquo|lsquo|rsquo|hellip|times|zwnj|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
)
_SPACES = dict.fromkeys("\xa0\u2002\u2003\u2009\t\r\n", " ") | dict.fromkeys("\u200b\u200c\u200d\ufeff", "")


def entities(raw: str) -> list[tuple[int, int, str]]:
    """Every character reference in `raw` as (start, end, its sign)."""
    if "&" not in raw:
        return []
    return [(found.start(), found.end(), sign(found[0])) for found in _ENTITY.finditer(raw)]


def sign(reference: str) -> str:
    """What a reader sees for a character reference: `&ldquo;` → “, `&nbsp;` → a space."""
    seen = html.unescape(reference)
    return _SPACES.get(seen, seen)
