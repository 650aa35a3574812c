# ruff: noqa: E501  (one case a line)
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.errors import QueryError, UnknownName
from graph.store import Store
from graph.store.build import build_graph
from graph.store.ladybug import LadybugStore
from graph.store.rows import RowWriter
from queries.catalog import catalog
from queries.names import options, resolve
from queries.run import bind, collect, picture, run, understand

# texts that must stay values: Cypher, other languages' quotes, control and astral characters
HOSTILE = ["' OR 1=1 //", "'); MATCH (n) DETACH DELETE n; //", '"; DROP TABLE Task; --', "\\", "\\'", "$department", "${x}",
           "{{x}}", "%s", "a\x00b", "\u202e", "𠮷野", "<script>alert(1)</script>", "=1+1", "a" * 200]  # fmt: skip


def given(name: str, *, every: bool) -> dict[str, str]:
    return {p.name: p.example for p in catalog()[name].params if every or p.required}


@pytest.mark.parametrize("every", [False, True], ids=["required", "every"])
@pytest.mark.parametrize("name", list(catalog()))
def test_each_query_answers_and_agrees_with_itself(store: Store, name: str, every: bool) -> None:
    answers = agrees(store, name, every)
    assert answers or every or name == "due", "the invented graph has something for each query"


def agrees(store: Store, name: str, every: bool) -> int:
    query, params = catalog()[name], given(name, every=every)
    answer = run(store, name, params, limit=1000)
    drawn = picture(store, name, params, limit=1000)
    identities = {tuple(r[c] for c in query.identity) for r in answer.rows}
    assert not answer.truncated
    if query.is_audit:
        assert answer.failing == len(identities) <= answer.total
    else:
        statement = query.count
        counted = store.run(statement, bind(statement, query, understand(store, query, params), 1)) if statement else []
        assert all(c["total"] == answer.total == len(answer.rows) for c in counted)
    if query.picture:
        drawn_ids = {n.id for n in drawn.nodes}
        assert {i for identity in identities for i in identity if i} <= drawn_ids
        assert {e.source for e in drawn.edges} | {e.target for e in drawn.edges} == drawn_ids
    for row in answer.rows:
        assert tuple(row) == query.columns
        if row.get("quote"):
            assert row["evidence"] and row["rule"]
    return len(answer.rows)


@pytest.mark.parametrize("name", [n for n, q in catalog().items() if not q.sort])
def test_a_limit_cuts_and_says_so(store: Store, name: str) -> None:
    whole = run(store, name, given(name, every=False), limit=1000)
    part = run(store, name, given(name, every=False), limit=1)
    assert part.rows == whole.rows[:1]
    assert (part.total, part.failing) == (whole.total, whole.failing)
    assert part.truncated == (len(whole.rows) > 1 if whole.failing is None else whole.failing > 1)


def test_a_department_with_and_without_its_predecessors(store: Store) -> None:
    own = run(store, "department-tasks", {"department": "县卫健局"})
    line = run(store, "department-tasks", {"department": "县卫健局", "predecessors": "yes"})
    assert {r["lineage"] for r in own.rows} == {"self"}
    assert {r["department"] for r in line.rows} == {"县卫健局", "县卫计局"}
    assert line.total == own.total + 2


def test_counterparts_are_those_above_and_below(tmp_path: Path) -> None:
    """A county has its city and province beside it, a city its counties; the rest of the country when asked for."""
    paths = ["岚江省", "岚江省宁溪市", "岚江省宁溪市青禾县", "岚江省宁溪市石桥县", "岚江省东岭市"]
    with RowWriter(tmp_path / "rows") as writer:
        for n, path in enumerate(paths):
            number = f"令〔2024〕{n}号"
            proof = ("民政局负责。", ["a" * 16 + ":0:6"], "text")
            writer.node("Document", number, "通知", number, "通知", "district", path, "2024-01-01", 2024, True)
            writer.node("Department", f"{path}/民政", "民政局", f"{path}民政局", [], "民政", "district", path, "government", False)
            writer.node("Task", f"{number}#1", "1", "养老服务", "办好养老服务", None, [], "task", 0, *proof)
            writer.rel("ASSIGNS", "Document", "Task", number, f"{number}#1", *proof)
            writer.rel("LEADS", "Department", "Task", f"{path}/民政", f"{number}#1", *proof)
    build_graph(writer.rows, tmp_path / "g.lbug")
    with LadybugStore(tmp_path / "g.lbug") as store:

        def found(path: str, **params: str) -> list[str]:
            rows = run(store, "same-duty", {"department": f"{path}/民政", **params}).rows
            return [r["region"] for r in rows]

        assert found("岚江省宁溪市青禾县") == sorted(["岚江省", "岚江省宁溪市", "岚江省宁溪市青禾县"])
        assert found("岚江省宁溪市") == sorted(paths[:4])
        assert found("岚江省") == found("岚江省东岭市", elsewhere="yes") == sorted(paths)
        assert found("岚江省东岭市") == sorted(["岚江省", "岚江省东岭市"])


def test_direct_and_through_the_document_are_told_apart(store: Store) -> None:
    rows = run(store, "year-tasks", {"year": "2025"}).rows
    by_way: dict[str, set[str]] = {}
    for row in rows:
        by_way.setdefault(row["via"], set()).add(row["task"])
    assert by_way["target"] == {"建设综合养老服务中心", "发展老年助餐"}
    assert by_way["deadline"] == {"完善养老服务网络"}
    assert "加强队伍建设" in by_way["document"]


def test_roles_are_taken_as_people_say_them(store: Store) -> None:
    for word in ("LEADS", "leads", "牵头"):
        answer = run(store, "department-tasks", {"department": "县民政局", "role": word})
        assert {r["duty"] for r in answer.rows} == {"LEADS"}, word


@pytest.mark.parametrize(
    ("type_", "typed", "expected", "how"),
    [
        ("Department", "县民政局", "岚江省宁溪市青禾县/民政局", "name"),
        ("Department", "青禾县民政局", "岚江省宁溪市青禾县/民政局", "name"),
        ("Department", " 县 民政局 ", "岚江省宁溪市青禾县/民政局", "name"),
        ("Department", "宁溪市青禾县财政局", "岚江省宁溪市青禾县/财政局", "region"),
        ("Department", "区民政局", "岚江省宁溪市青禾县/民政局", "short"),
        ("Department", "财政局", "岚江省宁溪市青禾县/财政局", "short"),
        ("Department", "发改委", "岚江省宁溪市青禾县/发展和改革局", "short"),
        ("Department", "财政部门", "岚江省宁溪市青禾县/财政局", "short"),
        ("Department", "岚江省宁溪市/民政局", "岚江省宁溪市/民政局", "id"),
        ("Department", "County Civil Affairs Bureau", "岚江省宁溪市青禾县/民政局", "english"),
        ("Department", "bureau of finance", "岚江省宁溪市青禾县/财政局", "english"),
        ("Document", "青政发[2023]5号", "青政发〔2023〕5号", "name"),
        ("Document", "青政发 (2023) 5号", "青政发〔2023〕5号", "name"),
        ("Document", "《青禾县国民经济发展规划》", "青政发〔2021〕5号", "name"),
        ("Document", "养老服务体系建设实施方案", "青政办发〔2024〕12号", "part"),
        ("Person", "方砚", "岚江省宁溪市青禾县/方砚", "name"),
        ("LeadingGroup", "社会救助工作领导小组", "青政办发〔2024〕12号@青禾县社会救助工作领导小组", "part"),
        ("Region", "青禾县", "岚江省宁溪市青禾县", "part"),
        ("Task", "发展老年助餐", "青政办发〔2024〕12号#二/(一)/2", "part"),
    ],
)
def test_names_as_people_write_them(store: Store, type_: str, typed: str, expected: str, how: str) -> None:
    found = resolve(store, type_, typed)
    assert (found.value, found.how) == (expected, how)


@pytest.mark.parametrize(("type_", "typed"), [("Department", "民政局"), ("Department", "civil affairs bureau"), ("Person", "白露")])
def test_an_ambiguous_name_lists_where_its_candidates_are(store: Store, type_: str, typed: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(store, type_, typed)
    assert len(caught.value.candidates) == 2
    assert "青禾县" in caught.value.zh and "宁溪市" in caught.value.zh


def test_a_slip_is_offered_and_taken_only_where_asked(store: Store) -> None:
    with pytest.raises(UnknownName, match="nearest: 青禾县庆典活动领导小组"):
        resolve(store, "LeadingGroup", "青禾县庆点活动领导小组")
    assert resolve(store, "LeadingGroup", "青禾县庆点活动领导小组", slips=True).how == "slip"


def test_completion_lists_names_that_hold_what_was_typed(store: Store) -> None:
    assert [e.name for e in options(store, "Department", "县民")] == ["县民攻局", "县民政局"]
    assert options(store, "Task", "助餐")[0].name == "发展老年助餐"
    assert options(store, "Department", "没有这个") == []


@pytest.mark.parametrize(
    ("name", "params", "cause"),
    [
        ("department-tasks", {}, "needs department"),
        ("department-tasks", {"department": "县民政局", "year": "23"}, "year"),
        ("department-tasks", {"department": "县民政局", "year": "3023"}, "year"),
        ("department-tasks", {"department": "县民政局", "role": "x"}, "one of"),
        ("department-tasks", {"department": "县民政局", "colour": "x"}, "no parameter colour"),
        ("due", {"from_day": "2025-02-30"}, "date"),
        ("search", {"text": ""}, "needs text"),
        ("search", {"text": "x" * 201}, "at most"),
        ("department-task", {}, "Nearest: department-tasks"),
    ],
)
def test_bad_parameters_say_what_is_wrong(store: Store, name: str, params: dict[str, str], cause: str) -> None:
    with pytest.raises(QueryError) as caught:
        run(store, name, params)
    assert cause in caught.value.message
    assert caught.value.zh != caught.value.message


@pytest.mark.parametrize("written", ["2025-06-30", "2025年6月30日", "2025/6/30", "20250630", "２０２５－０６－３０"])
def test_days_as_people_write_them(store: Store, written: str) -> None:
    assert run(store, "due", {"until_day": written}).params["until_day"].value == "2025-06-30"


def test_default_days_follow_the_calendar(store: Store) -> None:
    days = {n: r.value for n, r in run(store, "due", today=date(2025, 5, 17)).params.items()}
    assert (days["from_day"], days["until_day"]) == ("2025-04-01", "2025-06-30")
    days = {n: r.value for n, r in run(store, "due", today=date(2025, 12, 31)).params.items()}
    assert (days["from_day"], days["until_day"]) == ("2025-10-01", "2025-12-31")
    assert [r["task"] for r in run(store, "due", today=date(2025, 5, 17)).rows] == ["发展老年助餐"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_values(store: Store, text: str) -> None:
    before = run(store, "overview").rows
    assert run(store, "search", {"text": text}).rows == []
    with pytest.raises(UnknownName):
        run(store, "department-tasks", {"department": text})
    assert run(store, "overview").rows == before


def test_a_picture_keeps_whole_edges_within_its_limit(store: Store) -> None:
    drawn = picture(store, "document-tasks", {"document": "青政办发〔2024〕12号"}, limit=4)
    ids = {n.id for n in drawn.nodes}
    assert len(ids) <= 4 and drawn.truncated
    assert all(e.source in ids and e.target in ids for e in drawn.edges)
    assert all(v is not None for n in drawn.nodes for v in n.properties.values())
    assert collect([]).nodes == []


@pytest.mark.parametrize("every", [False, True], ids=["required", "every"])
@pytest.mark.parametrize("name", list(catalog()))
def test_each_query_agrees_with_itself_on_the_samples(loaded: Store, name: str, every: bool) -> None:
    agrees(loaded, name, every)
