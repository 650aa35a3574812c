# ruff: noqa: E501  (one case a line)
from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from graph.store import Store
from queries.ask import ask
from queries.catalog import catalog
from queries.names import resolve
from queries.run import run

HERE = Path(__file__).parent
TODAY = date(2025, 5, 20)
NAMED = ("Department", "Document", "Person", "LeadingGroup", "Region", "Task")


class Question(NamedTuple):
    language: str
    text: str
    query: str
    params: dict[str, str]


def questions(name: str) -> list[Question]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [Question(a, b, c, dict(p.split("=", 1) for p in d.split(";") if p)) for a, b, c, d in rows]


def right(store: Store, question: Question) -> bool:
    found = ask(store, question.text, today=TODAY)
    if question.query == "-":
        return found.query is None
    query = catalog()[question.query]
    wanted = {
        n: str(resolve(store, query.param(n).type, v).value) if query.param(n).type in NAMED else v
        for n, v in question.params.items()
    }
    return found.query is query and found.params == wanted and found.language == question.language


@pytest.mark.parametrize(("table", "least"), [("questions.tsv", 0.95), ("more_questions.tsv", 0.9)])
def test_questions_as_office_staff_put_them(loaded: Store, table: str, least: float) -> None:
    asked = questions(table)
    wrong = [q.text for q in asked if not right(loaded, q)]
    assert 1 - len(wrong) / len(asked) >= least, wrong


def test_the_table_is_half_chinese_half_english_and_wide() -> None:
    asked = questions("questions.tsv")
    assert [sum(q.language == x for q in asked) for x in ("zh", "en")] == [60, 60]
    assert len({q.query for q in asked}) >= 30


@pytest.mark.parametrize("question", questions("questions.tsv"), ids=lambda q: q.text)
def test_what_is_understood_can_be_run(loaded: Store, question: Question) -> None:
    found = ask(loaded, question.text, today=TODAY)
    assert found.query and found.ready
    answer = run(loaded, found.query, found.params)
    assert set(answer.columns) == set(found.query.columns)
    for language in ("zh", "en"):
        assert found.query.title[language] in found.explanation[language]
        for suggestion in (*found.alternatives, *found.follow_ups):
            assert suggestion.text[language] and "{" not in suggestion.text[language]
    for suggestion in found.follow_ups:
        run(loaded, suggestion.query, suggestion.params)


def test_an_ambiguous_name_offers_its_bodies(loaded: Store) -> None:
    found = ask(loaded, "民政局负责哪些任务?")
    assert found.query and found.query.name == "department-tasks" and not found.ready
    assert {e.name for e in found.choices["department"]} == {"县民政局", "市民政局"}
    assert "?" in found.explanation["zh"]
    assert ask(loaded, "青禾县的民政局负责哪些任务?").params["department"] == "岚江省宁溪市青禾县/民政局"


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("县民政局和上级部门的任务对比", None),
        ("县民政局和其他地区同类部门的任务对比", "yes"),
        ("Compare 县民政局 with its counterparts at city level", None),
        ("Compare 县民政局 with its counterparts in other counties", "yes"),
    ],
)
def test_counterparts_of_other_regions_only_when_asked_for(loaded: Store, question: str, elsewhere: str | None) -> None:
    found = ask(loaded, question)
    assert found.query and found.query.name == "same-duty" and found.params.get("elsewhere") == elsewhere


def test_a_slip_is_taken_and_said(loaded: Store) -> None:
    found = ask(loaded, "县民正局负责哪些任务?")
    assert found.resolved["department"].how == "slip"
    assert "县民正局" in found.explanation["zh"]


def test_a_body_of_another_place_is_not_mistaken_for_ours(loaded: Store) -> None:
    found = ask(loaded, "杭州市民政局负责哪些任务?")
    assert found.params == {} and not found.ready
    assert "杭州市民政局" in found.unknown[0] and found.unknown[0] in found.explanation["zh"]


@pytest.mark.parametrize("question", ["", " ", "?", "今天天气怎么样?", "What's the weather tomorrow?", "你是谁", "😀", "\x00"])
def test_what_cannot_be_answered_says_so(loaded: Store, question: str) -> None:
    found = ask(loaded, question)
    assert found.query is None and not found.ready
    assert found.explanation["zh"] and found.explanation["en"]


def test_the_nearest_are_shown_when_nothing_fits(loaded: Store) -> None:
    found = ask(loaded, "青禾县哪个部门的电话是多少?")
    assert found.query is None or found.score < 0.8
    assert found.alternatives


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("下个月到期的任务", ("2025-06-01", "2025-06-30")),
        ("tasks due next quarter", ("2025-07-01", "2025-09-30")),
        ("2024年第四季度到期的任务", ("2024-10-01", "2024-12-31")),
        ("2025年6月到期的任务", ("2025-06-01", "2025-06-30")),
    ],
)
def test_days_in_words(loaded: Store, text: str, days: tuple[str, str]) -> None:
    found = ask(loaded, text, today=TODAY)
    assert (found.params["from_day"], found.params["until_day"]) == days


@pytest.mark.parametrize("hostile", ["'; MATCH (n) DETACH DELETE n; //", "{department}", "<script>alert(1)</script>", "a" * 5000, "(((((", "\\"])
def test_hostile_questions_stay_text(loaded: Store, hostile: str) -> None:
    found = ask(loaded, f"谁负责{hostile}?")
    assert not found.query or run(loaded, found.query, found.params).rows is not None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("What is the Qinghe civil affairs bureau in charge of?", "岚江省宁溪市青禾县/民政局"),
        ("tasks of the civil affairs bureau of Ningxi city", "岚江省宁溪市/民政局"),
        ("duties of the Lanjiang civil affairs department", "岚江省/民政厅"),
        ("青禾县的民政局负责哪些任务?", "岚江省宁溪市青禾县/民政局"),
    ],
)
def test_a_place_in_either_script_says_which_body_is_meant(loaded: Store, text: str, body: str) -> None:
    assert ask(loaded, text).params["department"] == body


@pytest.mark.parametrize("text", ["tasks of the Hangzhou civil affairs bureau", "Which tasks does the finance bureau of Suzhou lead?"])
def test_an_english_body_of_another_place_is_not_mistaken_for_ours(loaded: Store, text: str) -> None:
    found = ask(loaded, text)
    assert not found.ready and found.unknown and "department" not in found.params


def test_a_person_is_known_by_pinyin(loaded: Store) -> None:
    assert ask(loaded, "What is Fang Yan responsible for?").params["person"].endswith("/方砚")
    assert ask(loaded, "Which groups is Zhiqiu Shen in?").params["person"].endswith("/沈知秋")


def test_an_english_subject_is_looked_for_in_chinese(loaded: Store) -> None:
    found = ask(loaded, "Who is responsible for long-term care insurance?")
    assert found.query and found.query.name == "task-bodies" and found.params["text"] == "长期护理保险"


def test_a_year_is_not_compared_with_itself(loaded: Store) -> None:
    found = ask(loaded, "Which tasks depend on the 2025 targets?")
    compared = [s.params for s in found.follow_ups if s.query.name == "compare-years"]
    assert compared and all(p["year"] != p["other_year"] for p in compared)


def test_canned_questions_are_understood_as_their_own(loaded: Store) -> None:
    wrong, asked = [], 0
    for query in catalog().values():
        slots = {p.name: {"year": "2024", "other_year": "2025", "task": "加强养老机构安全监管"}.get(p.name, p.example) for p in query.params}
        for text in [t for language in ("zh", "en") for t in query.ask[language]][::3]:
            asked += 1
            if ask(loaded, text.format_map(slots), today=TODAY).query is not query:
                wrong.append(text)
    assert len(wrong) <= 0.02 * asked, wrong
