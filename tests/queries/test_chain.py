# ruff: noqa: E501  (one case a line)
from __future__ import annotations

from itertools import pairwise

import pytest

from graph.errors import QueryError, UnknownName
from graph.store import Store
from queries.audit import audit, checks
from queries.chain import MISSING, STAGES, chain
from queries.nodes import neighbours, node
from queries.path import shortest

NATION, ELDERLY = "国发〔2021〕30号", "青政办发〔2024〕12号"
CANTEEN = f"{ELDERLY}#二/(一)/2"
CIVIL, GU = "岚江省宁溪市青禾县/民政局", "岚江省宁溪市青禾县/方砚"
STARTS = [("Document", NATION), ("Document", ELDERLY), ("Task", CANTEEN), ("Department", CIVIL), ("Person", GU),
          ("LeadingGroup", f"{ELDERLY}@青禾县社会救助工作领导小组"), ("Target", f"{CANTEEN}!1"), ("Target", f"{ELDERLY}!1")]  # fmt: skip


@pytest.mark.parametrize(("label", "ident"), STARTS)
def test_ways_run_from_authority_to_people(store: Store, label: str, ident: str) -> None:
    found = chain(store, label, ident)
    assert found.ways and not found.truncated
    for way in found.ways:
        places = [STAGES.index(s.stage) for s in way]
        assert places == sorted(places)
        assert ident in [s.node.id for s in way if s.node]
        assert way[-1].stage == "person"
        for before, step in pairwise(way):
            if before.node and step.node:
                assert step.link and step.link.properties["quote"] and step.link.properties["evidence"]
                assert {step.link.source, step.link.target} == {before.node.id, step.node.id}


def test_the_whole_way_from_the_nation_to_a_person(store: Store) -> None:
    found = chain(store, "Document", NATION, through=[GU, CANTEEN])
    assert [[s.caption for s in way] for way in found.ways] == [
        ["国家老龄事业发展规划", "岚江省养老服务体系建设规划", "宁溪市养老服务提升实施意见", "青禾县养老服务体系建设实施方案",
         "发展老年助餐", "县民政局", "方砚"]
    ]  # fmt: skip


def test_missing_steps_are_shown(store: Store) -> None:
    rows = chain(store, "Task", "青政发〔2023〕5号#3").rows()
    assert [(r["stage"], r["missing"]) for r in rows] == [
        ("national", True), ("provincial", True), ("municipal", True), ("district", False), ("task", False),
        ("body", False), ("person", True),
    ]  # fmt: skip
    drawn = chain(store, "Task", "青政发〔2023〕5号#3").picture()
    assert [n.properties["stage"] for n in drawn.nodes if n.label == MISSING] == ["national", "provincial", "municipal", "person"]
    assert len(drawn.edges) == 6


def test_a_citation_on_the_way_is_not_shown_twice(store: Store) -> None:
    tops = {way[0].caption for way in chain(store, "Task", CANTEEN).ways}
    assert tops == {"国家老龄事业发展规划", "中华人民共和国老年人权益保障法"}


def test_an_unknown_start_says_so(store: Store) -> None:
    with pytest.raises(UnknownName):
        chain(store, "Document", "没有")


def test_the_shortest_way(store: Store) -> None:
    way = shortest(store, ("Document", NATION), ("Person", GU))
    assert [n.label for n in way.nodes] == ["Document", "Document", "Document", "Task", "Person"]
    back = shortest(store, ("Person", GU), ("Document", NATION))
    assert [n.id for n in back.nodes] == [n.id for n in reversed(way.nodes)]
    assert len(way.edges) == 4
    assert shortest(store, ("Document", NATION), ("Document", NATION)).nodes[0].id == NATION
    assert shortest(store, ("Document", NATION), ("Document", "青政办发〔2018〕30号"), max_steps=1).nodes == []


def test_what_a_node_is_and_what_is_next_to_it(store: Store) -> None:
    assert node(store, GU).label == "Person"  # type: ignore[union-attr]
    assert node(store, "2025").label == "Period"  # type: ignore[union-attr]
    assert node(store, "没有") is None
    near = neighbours(store, "Department", CIVIL)
    assert len(near.nodes) == 8 and len(near.edges) == 7
    assert len(neighbours(store, "Department", CIVIL, limit=3).nodes) == 3
    assert neighbours(store, "Person", "没有").nodes == []


def test_each_check_finds_its_fault(store: Store) -> None:
    found = {f.query.name: (f.failing, f.total) for f in audit(store)}
    assert len(found) == len(checks()) >= 12
    assert {n for n, (failing, _) in found.items() if failing == 0} == set()
    assert found["no-lead"] == (4, 10)
    assert found["several-leads"] == (1, 6)
    assert found["sources-differ"] == (1, 16)
    assert found["abolished-body"] == (1, 15)


def test_checks_are_chosen_and_narrowed(store: Store) -> None:
    (one,) = audit(store, {"region": "宁溪市"}, ["no-lead"])
    assert (one.failing, one.total, one.ok) == (0, 1, True)
    with pytest.raises(QueryError, match="no audit check"):
        audit(store, names=["search"])
    with pytest.raises(QueryError, match="No check has"):
        audit(store, {"colour": "red"})
