"""Files of other formats, told by their first bytes, so that the cause can be named."""

from __future__ import annotations

from graph.errors import UnreadableFile

# first bytes → (cause, cause in Chinese); the first that fits decides
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "it is a PDF; save its text as .docx or .txt", "这是 PDF 文件，请另存为 .docx 或 .txt"),
    (b"{\\rtf", "it is an RTF file; save it as .docx", "这是 RTF 文件，请另存为 .docx"),
    (b"\x89PNG", "it is a PNG picture, not text", "这是 PNG 图片，不是文本"),
    (b"\xff\xd8\xff", "it is a JPEG picture, not text", "这是 JPEG 图片，不是文本"),
    (b"GIF8", "it is a GIF picture, not text", "这是 GIF 图片，不是文本"),
    (b"II*\x00", "it is a TIFF picture, not text", "这是 TIFF 图片，不是文本"),
    (b"MM\x00*", "it is a TIFF picture, not text", "这是 TIFF 图片，不是文本"),
    (b"RIFF", "it is a picture, sound or video, not text", "这是图片或音视频文件，不是文本"),
    (b"PK\x05\x06", "it is an empty archive", "这是空压缩包"),
    (b"PK\x07\x08", "it is a part of a split archive", "这是分卷压缩包的一部分"),
    (b"\x1f\x8b", "it is a gzip archive; unpack it first", "这是 gzip 压缩包，请先解压"),
    (b"Rar!", "it is a RAR archive; unpack it first", "这是 RAR 压缩包，请先解压"),
    (b"7z\xbc\xaf", "it is a 7z archive; unpack it first", "这是 7z 压缩包，请先解压"),
    (b"\x7fELF", "it is a program, not text", "这是程序文件，不是文本"),
    (b"MZ\x90", "it is a program, not text", "这是程序文件，不是文本"),
    (b"SQLite format 3", "it is a database, not text", "这是数据库文件，不是文本"),
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse_foreign(name: str, suffix: str, data: bytes) -> None:
    """Raise `UnreadableFile` when `data` is no text, or a `.docx` that is no archive."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableFile(name, "it is protected by a password", "文件有密码保护，请先去除密码")
        cause = "it is an old binary Office file; save it as .docx"
        raise UnreadableFile(name, cause, "这是旧版 Office 文件，请另存为 .docx")
    for first, cause, cause_zh in _SIGNATURES:
        if data.startswith(first):
            raise UnreadableFile(name, cause, cause_zh)
    if suffix == ".docx":
        raise UnreadableFile(name, "it is not a Word document, or it is damaged", "不是 Word 文档，或文件已损坏")
