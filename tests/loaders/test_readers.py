from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import UnreadableFile, ZerenError
from loaders.readers import MAX_BYTES, SUFFIXES, read, read_bytes
from loaders.text import SourceText

PROSE = "青禾县人民政府办公室关于做好困难群众救助工作的通知\r\n县民政局负责,县财政局配合。\n"


def shown(source: SourceText) -> str:
    """What a person sees: the raw text with every stand-in in its place."""
    out, at = [], 0
    for start, end, sign in source.markup:
        assert at <= start < end <= len(source.raw), "markup is ordered, in bounds, and does not overlap"
        out += [source.raw[at:start], sign]
        at = end
    return "".join([*out, source.raw[at:]])


def page(html: str, name: str = "a.html") -> SourceText:
    return read_bytes(name, html.encode())


def lines(html: str) -> list[str]:
    return [line for line in shown(page(html)).split("\n") if line.strip()]


def grid(source: SourceText, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.rowspan, c.colspan, source.raw[c.start : c.end]) for c in source.tables[table].cells]


# encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-32"])
def test_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PROSE.encode(encoding))
    source = read(path)
    assert source.raw == PROSE, "newlines as in the file, no byte order mark"
    assert source.media_type == "text/plain" and source.markup == [] and source.path == str(path)
    assert source.size == path.stat().st_size and len(source.id) == 16


def test_traditional_text_in_big5() -> None:
    text = "青禾縣人民政府關於做好養老服務工作的通知,各鄉鎮人民政府負責實施。"
    assert read_bytes("a.txt", text.encode("big5")).raw == text


def test_few_broken_bytes_are_marked_not_fatal() -> None:
    cut = (PROSE * 20).encode()[:-2]
    assert read_bytes("a.txt", cut).raw.endswith("\ufffd") is True
    middle = (PROSE * 20).encode("gb18030")
    middle = middle[:300] + b"\xff" + middle[300:]
    assert "\ufffd" in read_bytes("a.txt", middle).raw


def test_page_says_its_encoding() -> None:
    html = '<html><head><meta charset="gb2312"><title>x</title></head><body><p>县民政局镕</p></body></html>'
    assert shown(read_bytes("a.html", html.encode("gb18030"))).strip() == "县民政局镕"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [PROSE, "plain words only\n", "县民政局负责的工作"])
def test_utf16_without_mark_is_refused(encoding: str, text: str) -> None:
    with pytest.raises(UnreadableFile, match="byte order mark"):
        read_bytes("a.txt", text.encode(encoding))


# bad input


def _zip(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def _docx(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def _bomb() -> bytes:
    return _zip(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<a>" + b" " * 40_000_000})


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t ", "white space"),
        ("a.txt", "\ufeff \u3000\n".encode(), "white space"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
        ("a.txt", bytes(range(256)) * 40, "not text"),
        ("a.txt", b"\x01\x02\x03\x04" * 30, "not text"),
        ("a.md", b"abc\x00\x00\x00def" * 9, "not text"),
        ("a.pdf", b"%PDF-1.7\n", "PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old binary"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.docx", "只是文字".encode(), "not a Word document"),
        ("a.docx", _docx(docx.Document())[:2000], "cut off"),
        ("a.docx", _docx(docx.Document()), "no text"),
        ("a.docx", _zip(**{"x.txt": b"x"}), "no Word document"),
        ("a.docx", _zip(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x"}), "damaged"),
        ("a.docx", _bomb(), "unpacks"),
        ("a.rtf", b"{\\rtf1}", "RTF"),
        ("a.html", b"<html><head><title>x</title></head><body><img src='a'><!-- x --></body></html>", "no text"),
    ],
)
def test_bad_input_names_file_and_cause(name: str, data: bytes, cause: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(name, data)
    assert name in str(caught.value) and cause in str(caught.value)
    assert caught.value.say("zh") != str(caught.value)


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt", Path("a\x00b.txt")):
        with pytest.raises(UnreadableFile):
            read(path)


def test_truncated_docx_everywhere() -> None:
    document = docx.Document()
    document.add_paragraph("县民政局")
    data = _docx(document)
    for end in range(4, len(data), 997):
        with pytest.raises(UnreadableFile):
            read_bytes("a.docx", data[:end])


def test_very_long_line_is_quick() -> None:
    begun = time.process_time()
    with pytest.raises(UnreadableFile, match="Chinese"):
        read_bytes("a.txt", b"x" * 50_000_000)
    assert len(read_bytes("a.txt", b"x" * 50_000_000 + "县".encode()).raw) == 50_000_001
    with pytest.raises(UnreadableFile, match="MB"):
        read_bytes("a.txt", bytes(MAX_BYTES + 1))
    assert time.process_time() - begun < 10


@given(st.binary(max_size=400), st.sampled_from([*SUFFIXES, ".doc", ""]))
@settings(max_examples=400, deadline=None)
def test_random_bytes_raise_nothing_else(data: bytes, suffix: str) -> None:
    for begin in (b"", b"PK\x03\x04", b"\xff\xfe", b"<html>"):
        try:
            source = read_bytes("a" + suffix, begin + data)
        except ZerenError:
            continue
        shown(source)


# HTML

_TAGS = """<table|<table>|</table>|<tr>|<td>|<td rowspan=2>|<th colspan='3'>|</td>|</tr>|<p>|</p>|<div class=nav>|</div>
|<br/>|<span style="display:none">|</span>|<!--|-->|<script>|</script>|&nbsp;|&amp|&#x4e00;|&|<|>|"|='|\t|\r|  |县民政局
|<nav>|</nav>|<a href=x>|</a>|<h1>|</h1>|<ruby>|<rt>pin</rt>|<pre>|</pre>|一、总体要求。"""
_PIECES = st.lists(st.sampled_from([*re.findall(r"[^|\n]+", _TAGS), "\n"]), max_size=60).map("".join)


@given(_PIECES, st.sampled_from([".html", ".txt", ".md"]))
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_markup_keeps_the_laws(text: str, suffix: str) -> None:
    try:
        source = read_bytes("a" + suffix, text.encode())
    except ZerenError:
        return
    assert source.raw == text
    shown(source)
    for table in source.tables:
        assert 0 <= table.start <= table.end <= len(text)
        taken: set[tuple[int, int]] = set()
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
            places = {
                (r, c)
                for r in range(cell.row, cell.row + cell.rowspan)
                for c in range(cell.column, cell.column + cell.colspan)
            }
            assert cell.rowspan > 0 and cell.colspan > 0
            taken |= places


def test_blocks_breaks_and_entities() -> None:
    html = (
        "<html><body><h1>通知</h1>\n"
        "<p>一、&ldquo;总体&rdquo;要求&nbsp;A&amp;B</p><p>第二\n   行<b>粗</b>体<br>第三行</p>"
        "<div>甲<div>乙</div>丙</div></body></html>"
    )
    assert lines(html) == ["通知", "一、“总体”要求 A&B", "第二行粗体", "第三行", "甲", "乙", "丙"]


def test_ascii_words_keep_their_space() -> None:
    assert lines("<p>Qinghe\n  County civil\taffairs 青禾</p>") == ["Qinghe County civil affairs 青禾"]


def test_furniture_goes_and_the_article_stays() -> None:
    html = """<!DOCTYPE html><html><head><title>标题</title><style>p{}</style>
    <script>var a = "<p>假</p>";</script></head><body>
    <header><a href="/">首页</a></header><nav><ul><li><a href=1>政务公开</a></li></ul></nav>
    <div class="crumbs">您的位置:<a href=1>首页</a> &gt; <a href=2>文件</a></div><div role="navigation">导航</div>
    <article><header><h1>关于养老服务的通知</h1></header><p>县民政局负责养老设施建设,县财政局配合。</p>
    <p hidden>隐藏的字</p>
    <p style="overflow: hidden">看得见的字</p><span style="display: none">干扰</span></article>
    <footer>版权所有</footer><!-- 注释 --></body></html>"""
    assert lines(html) == ["关于养老服务的通知", "县民政局负责养老设施建设,县财政局配合。", "看得见的字"]


@pytest.mark.parametrize(
    "html",
    [
        "<nav><a href=1>首页</a><p>正文在此,导航没有结束。</p>",
        "<div class=nav><div><a href=1>首页</a></div><p>正文在此,导航没有结束。</p>",
        "<div id=header><h1>通知</h1><p>正文在此,导航没有结束。</p></div>",
        "<div style='display:none'>正文在此,导航没有结束。</div>",
        '<p title="没有引号>题</p><p>正文在此,导航没有结束。</p>',
        "<!-- 未完 <p>正文在此,导航没有结束。</p>",
        "<script>var a<p>正文在此,导航没有结束。</p>",
        "<header><h1>通知</h1><p>正文在此,导航没有结束。</p></header><footer>版</footer>",
        "<p>题<select><option>甲</p><p>正文在此,导航没有结束。</p>",
    ],
)
def test_broken_pages_keep_their_text(html: str) -> None:
    assert "正文在此,导航没有结束。" in shown(page(f"<html><body>{html}</body></html>"))


def test_pinyin_over_characters_goes() -> None:
    assert lines("<p><ruby>禾<rp>(</rp><rt>hé</rt><rp>)</rp></ruby>县</p>") == ["禾县"]


TABLE = """<table><tr><th>序号</th><th>任务</th><th colspan=2>单位</th></tr>
<tr><td rowspan="2">1</td><td>建设&amp;运营</td><td>县民政局<br>县财政局</td><td></td></tr>
<tr><td><p>改造</p></td><td>县卫健局</td><td>6月</td></tr></table>"""


def test_table_grid_in_raw_offsets() -> None:
    source = page(f"<p>前</p>{TABLE}<p>后</p>")
    assert grid(source) == [
        (0, 0, 1, 1, "序号"), (0, 1, 1, 1, "任务"), (0, 2, 1, 2, "单位"),
        (1, 0, 2, 1, "1"), (1, 1, 1, 1, "建设&amp;运营"), (1, 2, 1, 1, "县民政局<br>县财政局"), (1, 3, 1, 1, ""),
        (2, 1, 1, 1, "改造"), (2, 2, 1, 1, "县卫健局"), (2, 3, 1, 1, "6月"),
    ]  # fmt: skip
    assert shown(source) == "前\n序号\t任务\t单位\n1\t建设&运营\t县民政局\n县财政局\t\n改造\t县卫健局\t6月\n后"


def test_layout_tables_flow() -> None:
    source = page(
        f"<table><tr><td>左栏</td><td>{TABLE}<p>说明</p></td></tr></table><table><tr><td>一</td></tr><tr><td>二</td></tr></table>"
    )
    assert len(source.tables) == 1
    assert shown(source).split("\n")[0] == "左栏" and shown(source).split("\n")[-3:] == ["说明", "一", "二"]


def test_tables_without_end_tags() -> None:
    source = page("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>")
    assert [cell[4] for cell in grid(source)] == ["甲", "乙", "丙", "丁"]
    assert shown(source) == "甲\t乙\n丙\t丁"


def test_pages_and_pieces_in_text_files() -> None:
    assert read_bytes("a.txt", f"<div class=x>\n<p>通知</p>\n{TABLE}</div>".encode()).media_type == "text/html"
    mixed = read_bytes("a.md", f"# 标题\n\n一、任务\n{TABLE}\n二、要求<br>另行\n".encode())
    assert mixed.media_type == "text/markdown" and len(mixed.tables) == 1
    assert [line for line in shown(mixed).split("\n") if line][:3] == ["# 标题", "一、任务", "序号\t任务\t单位"]
    assert "二、要求\n另行\n" in shown(mixed)
    plain = read_bytes("a.txt", "覆盖率<30%,见<www.example.gov>&nbsp;和<附件1>".encode())
    assert plain.media_type == "text/plain" and shown(plain) == "覆盖率<30%,见<www.example.gov> 和<附件1>"


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        '<a ="',
        "<!--",
        "<script>",
        "<table>",
        "<td rowspan=9999 colspan=9999>",
        "&amp",
        "<",
        "<p>",
        "<rt>",
        "\n",
        "<div hidden>",
        "<nav>x</nav>",
        "<table><tr><td>",
    ],
)
def test_time_grows_with_length(piece: str) -> None:
    begun = time.process_time()
    for ending in (".html", ".md"):
        read_bytes("a" + ending, ("<p>县</p>" + piece * (600_000 // len(piece)) + "</div>x").encode())
    assert time.process_time() - begun < 20


# DOCX


def _xml(text: str) -> object:
    return parse_xml(text.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1))


def test_docx_in_document_order() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_paragraph("关于养老服务的通知")
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate(
        [("任务", "牵头单位", "时限"), ("建设\n改造", "县民政局", "6月"), ("", "县财政局", "年底")]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(0, 1).merge(table.cell(0, 2)).text = "单位"
    document.add_paragraph("各乡镇\t落实。")
    source = read_bytes("a.docx", _docx(document))
    assert source.raw == "关于养老服务的通知\n任务\t单位\n建设\n改造\t县民政局\t6月\n\t县财政局\t年底\n各乡镇\t落实。"
    assert grid(source) == [
        (0, 0, 1, 1, "任务"), (0, 1, 1, 2, "单位"),
        (1, 0, 2, 1, "建设\n改造"), (1, 1, 1, 1, "县民政局"), (1, 2, 1, 1, "6月"),
        (2, 1, 1, 1, "县财政局"), (2, 2, 1, 1, "年底"),
    ]  # fmt: skip
    assert source.markup == []


def _numbered(document: object, *levels: tuple[str, str]) -> str:
    """Adds a list with these (format, label) levels; its number."""
    numbering = document.part.numbering_part.element  # type: ignore[attr-defined]
    body = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{label}"/></w:lvl>'
        for i, (form, label) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{body}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return "77"


def _item(document: object, text: str, level: int, number: str) -> None:
    paragraph = document.add_paragraph(text)  # type: ignore[attr-defined]
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def test_docx_automatic_numbers() -> None:
    document = docx.Document()
    number = _numbered(
        document,
        ("chineseCountingThousand", "%1、"),
        ("chineseCounting", "(%2)"),
        ("decimal", "%3."),
        ("decimalEnclosedCircle", "%4"),
    )
    for level, text in [
        (0, "总体要求"),
        (1, "目标"),
        (2, "甲"),
        (2, "乙"),
        (3, "细"),
        (1, "原则"),
        (2, "丙"),
        (0, "任务"),
        (1, "(九)手写"),
    ]:
        _item(document, text, level, number)
    document.add_paragraph("圆点", style="List Bullet")
    document.add_paragraph("样式", style="List Number")
    assert read_bytes("a.docx", _docx(document)).raw.split("\n") == [
        "一、总体要求", "(一)目标", "1.甲", "2.乙", "① 细", "(二)原则", "1.丙", "二、任务", "(九)手写",
        "圆点", "1.样式",
    ]  # fmt: skip


def test_docx_wrappers_and_what_is_not_text() -> None:
    document = docx.Document()
    body = document.element.body
    w = nsdecls("w")
    body.insert(0, parse_xml(f"<w:sdt {w}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"))
    body.insert(1, parse_xml(
        f"<w:p {w}><w:r><w:t>正文</w:t></w:r><w:ins><w:r><w:t>新增</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:noBreakHyphen/></w:r><w:r><w:ruby><w:rt><w:r><w:t>hé</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>禾</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    ))  # fmt: skip
    body.insert(2, parse_xml(
        f'<w:sdt {w}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    ))  # fmt: skip
    body.insert(3, parse_xml(
        f"<w:tbl {w}><w:tr><w:tc><w:p><w:r><w:t>框</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ))  # fmt: skip
    source = read_bytes("上传", _docx(document))
    assert source.raw == "控件\n正文新增-禾\n文本框\n框" and source.tables == []
    assert body[1].tag == qn("w:p")


def test_suffixes() -> None:
    assert {".txt", ".md", ".html", ".htm", ".docx"} <= set(SUFFIXES)
