"""Dated goals of whole documents. All texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.extract.goals import read_goals
from loaders.facts import Goal
from loaders.outline import outline


def read(text: str, skip: str = "", issued_on: str | None = "2023-03-15", title: str | None = None) -> list[Goal]:
    shape = outline(text, 0, len(text), None, title)
    shape.issued_on = issued_on
    at = text.find(skip) if skip else -1
    return read_goals(shape, [(at, at + len(skip))] if skip else [])


def numbers(goals: list[Goal]) -> list[tuple[int, list[tuple[float, str]]]]:
    return [(g.year, [(q.value, q.unit) for q in g.quantities]) for g in goals]


def test_one_goal_per_dated_clause() -> None:
    text = """一、发展目标
到2025年,全县供水普及率达到95%,新建水厂3座。到2035年,城乡供水一体化全面实现。
二、主要任务"""
    goals = read(text)
    assert numbers(goals) == [(2025, [(95, "%"), (3, "座")]), (2035, [])]
    assert goals[0].text == goals[0].quote == "到2025年,全县供水普及率达到95%,新建水厂3座"
    assert {q.year for q in goals[0].quantities} == {2025}


def test_clauses_of_one_sentence_are_parted_by_their_dates() -> None:
    text = "一、工作目标\n2023年底前完成40%,2024年底前完成80%,2025年底前全面完成改造。"
    assert numbers(read(text)) == [(2023, [(40, "%")]), (2024, [(80, "%")]), (2025, [])]


def test_two_years_respectively() -> None:
    text = "一、目标任务\n2025年和2030年,全县森林覆盖率分别达到45%和50%。"
    assert numbers(read(text)) == [(2025, [(45, "%")]), (2030, [(50, "%")])]


def test_a_lead_in_dates_the_numbers_below_it() -> None:
    text = """(二)主要目标。到2025年,主要目标如下:
——设施更加完善。建成基站12万个。
——效益明显提升。增加值占比提高到12%。
——环境持续优化。
到2030年,全面建成数字岚江。
三、重点任务"""
    assert numbers(read(text)) == [(2025, [(12, "万个")]), (2025, [(12, "%")]), (2030, [])]


def test_a_lead_in_without_numbers_below_is_a_goal_itself() -> None:
    text = "一、工作目标\n到2025年,主要目标是:\n——体系更加健全。\n——机制更加完善。"
    assert numbers(read(text)) == [(2025, [])]


def test_next_sentences_with_numbers_go_on_with_the_goal() -> None:
    text = "一、发展目标\n到2025年,服务体系基本建成。每千名老人拥有床位40张。护理床位占比达到55%。"
    assert numbers(read(text)) == [(2025, [(40, "张"), (55, "%")])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2025年,全县粮食产能稳定在30万吨以上。", [2025]),
        ("力争2024年底前将煤矿数量控制在20处以内。", [2024]),
        ("到2025年,建成覆盖城乡的服务网络。", [2025]),
        ("“十四五”期间新建学校12所。", [2025]),
        ("预计到2025年,全市老年人口达到60万人。", []),
        ("各地要于2023年6月底前制定实施方案并报送市政府。", []),
        ("2025年组织开展规划实施情况评估。", []),
        ("2022年,全县粮食总产达到28万吨。", []),
        ("自2023年5月1日起施行,有效期至2028年4月30日。", []),
        ("在2023年重点工作中统筹考虑。", []),
        ("年底前对落实情况开展督查。", []),
    ],
)
def test_running_text_outside_a_section_of_aims(text: str, found: list[int]) -> None:
    assert [g.year for g in read("一、保障措施\n" + text)] == found


def test_the_past_told_under_a_heading_of_aims_is_no_goal() -> None:
    text = (
        "第一章 发展目标\n第一节 发展基础\n2022年,覆盖率达到80%。全年培训2000人次。\n"
        "第二节 总体目标\n到2025年,覆盖率达到95%。"
    )
    assert numbers(read(text)) == [(2025, [(95, "%")])]


def test_dates_in_tasks_are_the_tasks() -> None:
    task = "1.建设水厂。到2024年,建成水厂2座。(县水利局负责)"
    text = f"一、工作目标\n到2025年,普及率达到95%。\n二、重点任务\n{task}\n三、其他"
    assert [g.year for g in read(text, skip=task)] == [2025]


def test_steps_with_something_to_complete() -> None:
    text = """三、实施步骤
(一)试点阶段(2023年4月—12月)。完成示范点创建15个。每周检查1次。
(二)推广阶段(2024年1月—10月)。完成示范点创建40个。"""
    assert numbers(read(text)) == [(2023, [(15, "个")]), (2024, [(40, "个")])]


TABLE = """一、发展目标
“十四五”养老服务主要指标
序号\t指标\t单位\t2020年\t2025年\t属性
1\t养老床位数\t张\t8000\t12000\t预期性
2\t护理型床位占比\t%\t30\t≥55\t约束性
3\t单位能耗降低率\t%\t-\t完成上级任务\t约束性
4\t服务指数\t-\t60.5\t70\t预期性
二、主要任务"""


def test_indicator_table() -> None:
    (goal,) = read(TABLE)
    assert numbers([goal]) == [(2025, [(12000, "张"), (55, "%"), (70, "")])]
    assert goal.text == "“十四五”养老服务主要指标"
    assert [q.indicator for q in goal.quantities] == ["养老床位数", "护理型床位占比", "服务指数"]
    assert [q.comparator for q in goal.quantities] == ["=", ">=", "="]


def test_indicator_table_with_several_years_units_in_names_and_a_repeated_head() -> None:
    text = """表1 主要指标
指标名称\t2022年\t2025年目标值\t2030年目标值
城镇化率(%)\t60\t65\t70
指标名称\t2022年\t2025年目标值\t2030年目标值
书屋(处)\t12\t20\t30"""
    assert numbers(read(text)) == [(2025, [(65, "%"), (20, "处")]), (2030, [(70, "%"), (30, "处")])]


def test_indicator_table_dated_by_its_caption() -> None:
    text = "二、主要指标\n2025年主要指标\n类别\t指标\t目标值\n保障\t参保率\t达到98%\n服务\t床位占比\t不低于55%"
    assert numbers(read(text)) == [(2025, [(98, "%"), (55, "%")])]


def test_tables_of_tasks_and_scores_set_no_goals() -> None:
    assert read("二、目标\n序号\t任务指标\t2025年目标\t责任单位\n1\t书屋\t20处\t县文旅局") == []
    assert read("二、目标\n指标\t2025年\t分值\n参保率\t98\t5") == []


SIGNS = st.sampled_from("一二、(一)目标到2025年0%达,。;\n\t指标单位家主要力争第阶段3月前—步骤和分别个")


@given(st.text(SIGNS, max_size=120), st.sampled_from([None, "2023-03-15"]))
def test_any_text(text: str, issued_on: str | None) -> None:
    goals = read(text, issued_on=issued_on)
    assert goals == read(text, issued_on=issued_on)
    for goal in goals:
        assert goal.quote == goal.text == text[goal.start : goal.end]
        for quantity in goal.quantities:
            assert quantity.quote == text[quantity.start : quantity.end]
            assert quantity.year == goal.year
