"""Steps of carrying out. All texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.extract.phases import read_phases
from loaders.facts import Phase
from loaders.outline import outline


def read(text: str, issued_on: str | None = "2023-03-15") -> list[Phase]:
    shape = outline(text, 0, len(text))
    shape.issued_on = issued_on
    return read_phases(shape)


def test_time_in_brackets() -> None:
    text = """二、实施步骤
(一)动员部署阶段(2023年4月)。印发方案。
(二)集中整治阶段(2023年5月—10月)。每周检查1次。
(三)总结提升阶段(11月1日至12月底)。总结经验。
三、工作要求"""
    phases = read(text)
    assert [(p.name, p.when) for p in phases] == [
        ("动员部署阶段", "2023年4月"),
        ("集中整治阶段", "2023年5月—10月"),
        ("总结提升阶段", "11月1日至12月底"),
    ]
    assert [(p.starts_on, p.ends_on) for p in phases] == [
        ("2023-04-01", "2023-04-30"),
        ("2023-05-01", "2023-10-31"),
        ("2023-11-01", "2023-12-31"),
    ]
    assert phases[0].quote == "动员部署阶段(2023年4月)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "三、时间安排\n(一)准备阶段:2023年3月中旬至4月上旬。制定方案。\n(二)总结阶段:2023年12月。",
            [("准备阶段", "2023年3月中旬至4月上旬"), ("总结阶段", "2023年12月")],
        ),
        (
            "四、进度安排\n1.2023年4月底前,完成摸底调查,建立台账。\n2.2023年5月—9月,组织实施改造。",
            [("完成摸底调查", "2023年4月底前"), ("组织实施改造", "2023年5月—9月")],
        ),
        (
            "附件2\n重点行动实施步骤\n（一）启动部署（2023年4月）。制定计划。\n（二）巩固提升（2024年）。开展评估。",
            [("启动部署", "2023年4月"), ("巩固提升", "2024年")],
        ),
        (
            "启动阶段（2023年4月）：细化分工。\n实施阶段（2023年5月—9月）：组织改造。",
            [("启动阶段", "2023年4月"), ("实施阶段", "2023年5月—9月")],
        ),
        (
            "二、工作步骤\n第一阶段:宣传发动(4月1日—4月30日)。\n第二阶段:全面实施(5月1日—11月30日)。",
            [("宣传发动", "4月1日—4月30日"), ("全面实施", "5月1日—11月30日")],
        ),
        (
            "三、进展安排\n(一)整体推进(2023年4月-2024年10月)。分两个阶段进行:第一阶段,从2023年4月至年底。抓好宣传。"
            "第二阶段,2024年1月至10月。抓好创建。",
            [
                ("整体推进", "2023年4月-2024年10月"),
                ("第一阶段", "从2023年4月至年底"),
                ("第二阶段", "2024年1月至10月"),
            ],
        ),
        (
            "三、实施步骤\n专项行动分三步:一是动员部署阶段(4月)。召开会议。二是集中整治阶段(5月至10月)。开展检查。",
            [("动员部署阶段", "4月"), ("集中整治阶段", "5月至10月")],
        ),
        (
            "四、组织方式\n(三)时间节点。年度评估从每年1月1日开始,3月底前完成,结果向社会公布。",
            [("年度评估", "从每年1月1日开始,3月底前完成")],
        ),
        (
            "整改步骤\n动员部署（5月28日前）：逐条认领。\n集中整改（5月29日至9月30日）：逐项销号。\n整改清单",
            [("动员部署", "5月28日前"), ("集中整改", "5月29日至9月30日")],
        ),
        (
            "三、推进步骤\n(一)制定方案。确定运营主体。\n(二)宣传发动。召开会议。\n四、保障措施",
            [("制定方案", None), ("宣传发动", None)],
        ),
        (
            "三、整治安排\n(一)自查自纠阶段(即日起至4月15日)。\n(二)集中检查阶段(4月16日至10月31日)。\n1.4月30日前完成第一轮。",
            [("自查自纠阶段", "即日起至4月15日"), ("集中检查阶段", "4月16日至10月31日")],
        ),
    ],
)
def test_layouts(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(p.name, p.when) for p in read(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "二、重点工作安排\n(一)加强摸排(2023年4月底前)。摸清底数。(责任单位:县住建局)",
        "二、主要任务\n(一)完善设施(2023年4月底前完成)。\n(二)健全机制(2023年10月底前完成)。",
        "二、主要任务\n(一)义务教育阶段控辍保学。\n(二)初级阶段任务。",
        "三、工作安排\n(一)加强领导。\n(二)严格考核。",
        "",
    ],
)
def test_no_steps(text: str) -> None:
    assert read(text) == []


SIGNS = st.sampled_from("一二、(（一)）实施步骤第阶段时间安排从2023年5月至—3日前底,。:：\n\t开始完成动员部署")


@given(st.text(SIGNS, max_size=120), st.sampled_from([None, "2023-03-15"]))
def test_any_text(text: str, issued_on: str | None) -> None:
    phases = read(text, issued_on)
    assert phases == read(text, issued_on)
    for phase in phases:
        assert phase.quote == text[phase.start : phase.end]
        assert phase.name
        assert phase.when is None or phase.when in text
