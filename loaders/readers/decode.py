"""Bytes → text, in the encodings Chinese offices write: UTF-8, GB18030, UTF-16 with a byte order mark, Big5.

The text is what the bytes say, newlines as in the file; only a byte order mark at the start is left out, so that
offset 0 is the first character that is text. A file with a few broken bytes (cut off, or patched together) is read
with U+FFFD in their place.
"""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from graph.errors import UnreadableFile

_BOMS: tuple[tuple[bytes, str], ...] = (  # the longer ones first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CHARSET = re.compile(
    rb"<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.I
)
_ALIASES = {  # what a page calls its encoding → what reads it; all else is GB18030 in fact or found out below
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "windows-1252": "cp1252",
}
_HEAD = 4096  # where a page names its charset

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
_HAN = re.compile("[\u3400-\u9fff]")
# the most frequent characters of official texts, in both scripts: any page of prose has many of them, bytes read in
# the wrong encoding nearly none
_COMMON = frozenset(
    "的一是不了在有和人这中大为上个国政府工作年月日部门单位市区县镇乡会第等与及发展关于通知办行管理实施建设民局省务责任"
    "這為個國門單縣鎮鄉會與發關於實設務責處應對進點業員總號條華產開"
)
_SAMPLE = 4000  # Chinese characters looked at; enough to tell encodings apart
_PLAUSIBLE = 0.04  # share of common characters; prose has over 0.15, text in the wrong encoding under 0.02
_BROKEN = 0.002  # share of unreadable characters that is still a text with a flaw


def decode(name: str, data: bytes) -> str:
    """The text of `data`. Raises `UnreadableFile` for what is not text or in no encoding known here."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(name, data[len(bom) :].decode(encoding, "replace"))
    text = None if b"\x00" in data else _strict(data, "utf-8")
    return _checked(name, _other(name, data) if text is None else text)


def _other(name: str, data: bytes) -> str:
    """The text of `data`, which is not UTF-8, at least not throughout."""
    declared = _CHARSET.search(data, 0, _HEAD)
    label = declared[1].decode("ascii").lower() if declared else ""
    encodings = list(dict.fromkeys((_ALIASES.get(label, "gb18030"), "gb18030", "big5hkscs")))
    texts = [text for encoding in encodings if (text := _strict(data, encoding)) is not None]
    best = max(texts, key=_score, default=None)  # the first of equals, so the declared one
    if best is not None and _score(best) >= _PLAUSIBLE:
        return best
    _refuse_utf16(name, data)
    for encoding in ("utf-8", *encodings):
        flawed = data.decode(encoding, "replace")
        if flawed.count("\ufffd") <= 1 + _BROKEN * len(flawed) and _score(flawed) >= _PLAUSIBLE:
            return flawed
    guess = charset_normalizer.from_bytes(data[: 2**20]).best()
    text = _strict(data, guess.encoding) if guess else None
    if text is None and best is None:
        raise UnreadableFile(name, "it is not text, or in no known encoding", "不是文本文件，或编码无法识别")
    return text if text is not None else best or ""


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _score(text: str) -> float:
    """Share of common characters among the Chinese ones; 0 when there are none."""
    han = _HAN.findall(text, 0, _SAMPLE * 20)[:_SAMPLE]
    return sum(character in _COMMON for character in han) / len(han) if han else 0.0


def _refuse_utf16(name: str, data: bytes) -> None:
    """UTF-16 without a mark cannot be told from other bytes for certain; say so rather than guess."""
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[: 2**14].decode(encoding, "replace")
        if sample.count("\ufffd") < 3 and (_score(sample) >= _PLAUSIBLE or sample.isascii()):
            cause = "it is UTF-16 without a byte order mark; save it as UTF-8"
            raise UnreadableFile(name, cause, "UTF-16 编码缺少字节序标记，请另存为 UTF-8")


def _checked(name: str, text: str) -> str:
    """`text`, unless it is made of control characters as only data are."""
    sample = text[: 2**20]
    if "\x00" in text or len(_CONTROL.findall(sample)) > 0.01 * len(sample):
        raise UnreadableFile(name, "it is not text", "不是文本文件")
    if not text.strip("\ufeff\u200b \t\r\n\u3000\xa0\x0b\x0c"):
        raise UnreadableFile(name, "it holds only white space", "只有空白字符")
    return text
