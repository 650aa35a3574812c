"""The clean view: what is taken out, what is joined, and that every offset leads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text import CleanText, SourceText, clean


def source(raw: str, **more: object) -> SourceText:
    return SourceText("样例.txt", "样例.txt", "0" * 64, "text/plain", len(raw), raw, **more)  # type: ignore[arg-type]


def cleaned(raw: str) -> str:
    return clean(source(raw)).text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("到 2025 年,全县\n", "到2025年,全县"),
        ("（一）加强 领导。\n\n- 1. 完善 机制。\n", "（一）加强领导。\n1.完善机制。"),
        ("1 9 9 8年底前,附件1 2023年工作", "1998年底前,附件1 2023年工作"),
        ("重点支持 IPv6 and 5G 建设。", "重点支持IPv6 and 5G建设。"),
        ("推进智慧\u200b停车。", "推进智慧停车。"),
        ("ＡＢ２０２５", "AB2025"),
        ("青禾縣(xiàn)人民政府關於養老的通知", "青禾县人民政府关于养老的通知"),
        ("# 一、设施\n\n**牵头单位**：县民政局", "一、设施\n牵头单位：县民政局"),
    ],
)
def test_takes_out_what_is_no_text(raw: str, text: str) -> None:
    assert cleaned(raw) == text


@pytest.mark.parametrize("folio", ["— 10 —", "-22 -", "— 28 **—**", "第 3 页 共 9 页", "3 / 9", "17"])
def test_a_sentence_runs_on_over_a_page_end(folio: str) -> None:
    raw = f"1.完善服务体系，建设县乡村三级养老服务网络，开展巡访。(牵头部\n\n{folio}\n\n门:县民政局,责任部门:县财政局)\n2.加强监管。"
    assert (
        cleaned(raw)
        == "1.完善服务体系，建设县乡村三级养老服务网络，开展巡访。(牵头部门:县民政局,责任部门:县财政局)\n2.加强监管。"
    )


def test_a_running_head_goes_with_its_page_number() -> None:
    body = "全县各级各部门要认真落实，加快推进各项工作，确保"
    raw = f"{body}\n青禾县人民政府公报\n— 3 —\n按期完成。\n{body}\n青禾县人民政府公报\n— 4 —\n取得实效。"
    assert "公报" not in cleaned(raw)


def test_numbers_on_lines_of_their_own_are_cells_unless_they_cut_a_sentence() -> None:
    assert cleaned("序号\n工作任务\n1\n新建中心\n2\n改造站点") == "序号\n工作任务\n1\n新建中心\n2\n改造站点"


def test_hard_wrapped_lines_are_joined_and_headings_are_not() -> None:
    raw = "一、主要任务\n为进一步完善养老服务体系，提升养老服务质量，现就有关事\n项通知如下，请结合实际认真抓好贯彻落实，确保取得实效，\n按时报送。\n二、保障措施\n加强领导。"
    assert cleaned(raw).split("\n") == [
        "一、主要任务",
        "为进一步完善养老服务体系，提升养老服务质量，现就有关事项通知如下，请结合实际认真抓好贯彻落实，确保取得实效，按时报送。",
        "二、保障措施",
        "加强领导。",
    ]


def test_a_roster_keeps_its_gaps() -> None:
    assert cleaned("副组长：周  文  县民政局局长") == "副组长：周\u3000文\u3000县民政局局长"


def test_empty_cells_of_a_table_stay() -> None:
    assert cleaned("任务\t单位\n新建\t县民政局\n\t县财政局") == "任务\t单位\n新建\t县民政局\n\t县财政局"


def test_a_text_without_line_breaks_gets_its_lines_back() -> None:
    items = "".join(
        f"{i}.任务{i}。推进各项工作，健全完善长效机制，持续提升服务质量和水平。(责任单位:县民政局)"
        for i in range(1, 16)
    )
    assert len(cleaned(f"一、主要任务{items}").split("\n")) == 16


@given(
    st.text(alphabet=st.sampled_from("县民政局负责。，、\n \t\u3000(（)）1一2025年—-*#>|年青禾縣a\u200b"), max_size=300)
)
def test_every_clean_character_stands_at_its_raw_offset(raw: str) -> None:
    view = clean(source(raw))
    fold = clean(source(raw)).text
    assert fold == view.text
    for i, sign in enumerate(view.text):
        at = view.raw(i)
        assert 0 <= at < max(len(raw), 1)
        if sign not in "\n\t\v \u3000" and sign.isascii():
            assert raw[at] == sign
    _spans_run_forward(view)


def _spans_run_forward(view: CleanText) -> None:
    for i in range(len(view.text) - 1):
        start, end = view.raw_span(i, i + 2)
        assert start <= end


def test_markup_maps_back_to_the_page() -> None:
    raw = "<p>县民政局</p><p>负责。</p>"
    page = source(raw, markup=[(0, 3, ""), (7, 11, "\n"), (11, 14, ""), (17, 21, "\n")])
    page.media_type = "text/html"
    view = clean(page)
    assert view.text == "县民政局\n负责。"
    start, end = view.raw_span(5, 8)
    assert raw[start:end] == "负责。"
