# ruff: noqa: E501  (one query a line)

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from graph.decisions import decide
from graph.library import Library
from graph.model import NODES, RELS
from graph.store import Store
from loaders import load
from loaders.facts import Document
from loaders.periods import parents, period, within

sys.path.insert(0, str(Path(__file__).parent))
import made
from made import Sheet, evidence_holds, rows

BUREAU, FINANCE = "岚江省宁溪市青禾县/民政局", "岚江省宁溪市青禾县/财政局"
NOTICE, PLAN = "青政发〔2023〕5号", "岚政发〔2021〕9号"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "lib")


def filled(library: Library, *makers: Any) -> Store:
    for n, maker in enumerate(makers):
        sheet = Sheet(f"{n}.txt")
        documents = maker(sheet)
        made.put(library, sheet, documents if isinstance(documents, list) else [documents])
    load.rebuild(library)
    return library.store()


def test_every_kind_of_fact_is_in_the_graph_with_its_evidence(library: Library) -> None:
    store = filled(library, made.notice, made.appointments)
    assert evidence_holds(library, store) > 25
    kinds = {r[:3] for r in rows(store, "MATCH (a)-[r]->(b) RETURN DISTINCT labels(a) AS a_labels, type(r) AS t, labels(b) AS b_labels")}
    declared = {(a, r.name, b) for r in RELS for a, b in r.pairs}
    assert declared - kinds == {("Department", "SUCCEEDED_BY", "Department"), ("Department", "PART_OF", "Department")}
    for node in NODES:
        assert rows(store, f"MATCH (n:{node.label}) WHERE NOT (n)-[]-() RETURN n.id AS id") == [], node.label


def test_a_task_keeps_who_when_and_how_much(library: Library) -> None:
    store = filled(library, made.notice)
    task = f"{NOTICE}#一/1"
    who = rows(store, "MATCH (d:Department)-[r]->(t:Task {id: $t}) RETURN type(r) AS role, d.id AS body, r.quote AS q, "
                      "d.kind AS kind ORDER BY role, body", t=task)
    assert [(w[0], w[1], w[2]) for w in who if w[3] != "collective"] == [
        ("ASSISTS", FINANCE, "配合单位:县财政局、各镇"), ("LEADS", BUREAU, "牵头单位:县民政局")]
    assert [w[0] for w in who if w[3] == "collective"] == ["ASSISTS"]
    assert rows(store, "MATCH (t:Task {id: $t})-[:DUE_IN]->(p:Period)-[:WITHIN]->(q:Period) RETURN p.id AS p, q.id AS q", t=task) == [
        ("2025-06", "2025-Q2")]
    assert rows(store, "MATCH (t:Task {id: $t}) RETURN t.years AS years, t.position AS position", t=task) == [(["2025"], 0)]
    assert rows(store, "MATCH (t:Task {id: $t})-[:AIMS_AT]->(x:Target) RETURN x.id AS id, x.value AS value", t=task) == [
        (f"{task}!1", 12.0)]
    assert rows(store, "MATCH (d:Document)-[:SETS]->(x:Target)-[:DUE_IN]->(p:Period) RETURN x.id AS id, x.year AS y, p.id AS p") == [
        (f"{NOTICE}!1", 2025, "2025")]
    assert rows(store, "MATCH (d:Document)-[r:COVERS]->(p:Period) RETURN p.id AS period, r.phase AS phase ORDER BY period") == [
        ("2023-09", "启动阶段"), ("2025", None)]


def test_a_cited_work_becomes_one_with_the_held_one(library: Library) -> None:
    cited = "MATCH (a)-[:CITES]->(d:Document) RETURN labels(a) AS a_labels, d.id AS id, d.held AS held ORDER BY a_labels"
    before = filled(library, made.notice)
    assert rows(before, cited) == [("Document", PLAN, False), ("Task", PLAN, False)]
    after = filled(library, made.plan)
    assert rows(after, cited) == [("Document", PLAN, True), ("Task", PLAN, True)]
    assert rows(after, "MATCH (d:Document) RETURN count(*) AS n") == [(2,)]


def test_two_copies_are_one_document_with_two_sources(library: Library) -> None:
    store = filled(library, made.notice, lambda s: made.notice(s, slip="三座"))
    evidence_holds(library, store)
    assert rows(store, "MATCH (s:Source)-[:CARRIES]->(d:Document) RETURN d.id AS id") == [(NOTICE,), (NOTICE,)]
    assert rows(store, "MATCH (t:Task) RETURN count(*) AS n") == [(2,)]
    assert rows(store, "MATCH (:Department)-[r:LEADS]->(:Task) RETURN size(r.evidence) AS n") == [(2,)]
    assert rows(store, "MATCH (t:Target) RETURN size(t.evidence) AS n") == [(2,), (2,)]


def test_what_only_one_copy_says_keeps_that_copys_evidence(library: Library) -> None:
    def shorter(sheet: Sheet) -> Document:
        document = made.notice(sheet)
        document.tasks[0].assignments.pop(1)
        del document.tasks[1]
        return document

    store = filled(library, made.notice, lambda s: shorter(Sheet.write(s, "转载") and s))
    assert rows(store, "MATCH (:Department)-[r:LEADS]->(:Task) RETURN size(r.evidence) AS n") == [(2,)]
    assert rows(store, "MATCH (d:Department {id: $d})-[r:ASSISTS]->(:Task) RETURN size(r.evidence) AS n", d=FINANCE) == [(1,)]
    assert rows(store, "MATCH (t:Task) RETURN size(t.evidence) AS n ORDER BY n") == [(1,), (2,)]


def test_a_post_is_one_statement_of_all_who_say_it(library: Library) -> None:
    store = filled(library, made.notice, made.appointments)
    held = rows(store, "MATCH (p:Person)-[r:HOLDS_POST]->(d:Department) RETURN p.name AS name, r.title AS title, d.id AS body, "
                       "r.from_date AS since, r.until_date AS until ORDER BY name")
    assert held == [("沈岚", "县民政局局长", BUREAU, None, "2022-02-11"), ("辛禾", "县民政局局长", BUREAU, "2022-02-11", None)]
    assert rows(store, "MATCH (p:Person) WHERE p.name = '辛禾' RETURN count(*) AS n") == [(1,)]


def test_tasks_of_one_path_stay_apart(library: Library) -> None:
    def doubled(sheet: Sheet) -> Document:
        document = made.notice(sheet)
        document.tasks[1].path = document.tasks[0].path
        return document

    assert rows(filled(library, doubled), "MATCH (t:Task) RETURN t.id AS id ORDER BY id") == [
        (f"{NOTICE}#一/1",), (f"{NOTICE}#一/1~2",)]


def test_a_party_committee_and_its_government_named_as_one_are_two_bodies(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "整改.txt"
    file.write_text("整改方案\n一、主要任务\n1.清查。\n责任单位：岚江省宁溪市青禾县委、县政府，宁溪市水利局\n", "utf-8")
    load.load(library, [file])
    said = rows(library.store(), "MATCH (d:Department)-[r:RESPONSIBLE_FOR]->(:Task) RETURN d.name AS name, r.quote AS quote ORDER BY name")
    assert [name for name, _ in said] == ["宁溪市水利局", "岚江省宁溪市青禾县委", "岚江省宁溪市青禾县政府"]
    assert len({quote for _, quote in said}) == 1


def test_the_same_library_gives_the_same_rows(library: Library) -> None:
    filled(library, made.notice, made.plan, made.appointments)
    first = library.revision
    (library.path / "graph" / "CURRENT").unlink()
    assert load.rebuild(library).revision == first
    other = Library.create(library.path.parent / "other")
    filled(other, made.appointments, made.plan, made.notice)  # loaded in another order, under other names
    names = "MATCH (a)-[r]->(b) WHERE type(r) <> 'CARRIES' RETURN a.id AS one, type(r) AS t, b.id AS other ORDER BY one, t, other"
    assert rows(other.store(), names) == rows(library.store(), names)


def say(library: Library, **what: str) -> str:
    return decide(library.decisions_file, who="审计员", when="2024-05-01T08:00:00Z", **what).id


def test_decisions_hold_at_every_build_and_can_be_undone(library: Library) -> None:
    leads = "MATCH (d:Department)-[r]->(t:Task {id: $t}) WHERE d.id = $d RETURN type(r) AS role, r.rule AS rule"
    task = f"{NOTICE}#一/1"
    store = filled(library, made.notice)
    assert rows(store, leads, t=task, d=BUREAU) == [("LEADS", "label:lead")]
    role = say(library, kind="role", subject=f"{task}|{BUREAU}", value="assist")
    date = say(library, kind="date", subject=task, value="2026")
    gone = say(library, kind="reject", subject=f"ANSWERS_FOR|岚江省宁溪市青禾县/辛禾|{NOTICE}#一/2")
    for _ in range(2):  # a rebuild from nothing changes nothing
        store = filled(library)
        assert rows(store, leads, t=task, d=BUREAU) == [("ASSISTS", f"decision:{role}")]
        assert rows(store, "MATCH (t:Task {id: $t})-[r:DUE_IN]->(p:Period) RETURN p.id AS p, r.rule AS rule", t=task) == [
            ("2026", f"decision:{date}")]
        assert rows(store, "MATCH (:Person)-[r:ANSWERS_FOR]->(:Task) RETURN count(*) AS n") == [(0,)]
        evidence_holds(library, store)
        for file in (library.path / "graph").iterdir():
            file.unlink()
    for made_ in (role, date, gone):
        say(library, kind="undo", undoes=made_)
    store = filled(library)
    assert rows(store, leads, t=task, d=BUREAU) == [("LEADS", "label:lead")]
    assert rows(store, "MATCH (t:Task {id: $t})-[:DUE_IN]->(p:Period) RETURN p.id AS p", t=task) == [("2025-06",)]
    assert rows(store, "MATCH (:Person)-[r:ANSWERS_FOR]->(:Task) RETURN count(*) AS n") == [(1,)]


def test_bodies_are_merged_and_kept_apart_by_decision(library: Library) -> None:
    store = filled(library, made.notice)
    names = "MATCH (d:Department) WHERE d.kind <> 'collective' RETURN d.id AS id ORDER BY id"
    bodies = [r[0] for r in rows(store, names)]
    assert {BUREAU, FINANCE} <= set(bodies)
    merge = say(library, kind="merge", subject=FINANCE, value=BUREAU)
    store = filled(library)
    assert [r[0] for r in rows(store, names)] == [b for b in bodies if b != FINANCE]
    assert "县财政局" in rows(store, "MATCH (d:Department {id: $d}) RETURN d.aliases AS a", d=BUREAU)[0][0]
    say(library, kind="merge", subject=BUREAU, value=FINANCE)  # a circle is no merge
    say(library, kind="undo", undoes=merge)
    say(library, kind="apart", subject=f"{BUREAU}|县民政局", value="县民政局(老龄办)")
    store = filled(library)
    # with the first merge undone the second one stands; the surface name kept apart is a body of its own
    assert rows(store, "MATCH (d:Department)-[:LEADS]->(:Task) RETURN d.id AS id, d.name AS name") == [
        (f"{BUREAU}~县民政局(老龄办)", "县民政局(老龄办)")]
    assert BUREAU not in [r[0] for r in rows(store, names)]


def test_documents_are_made_one_by_decision(library: Library) -> None:
    def citing(sheet: Sheet) -> Document:
        document = made.notice(sheet)
        document.citations[0].doc_number, document.citations[0].title = None, "岚江省养老规划纲要"
        return document

    store = filled(library, citing, made.plan)
    [(stub,)] = rows(store, "MATCH (d:Document) WHERE d.held = false RETURN d.id AS id")
    say(library, kind="merge", subject=stub, value=PLAN)
    store = filled(library)
    assert rows(store, "MATCH (:Document)-[:CITES]->(d:Document) RETURN d.id AS id, d.held AS held") == [(PLAN, True)]


@pytest.mark.parametrize(("name", "above"), [
    ("2025-06-30", ["2025-06"]), ("2025-06", ["2025-Q2"]), ("2025-Q2", ["2025-H1"]), ("2025-H2", ["2025"]), ("2025", []),
    ("2025-05-01..2025-07-31", ["2025"]), ("2024-12-05..2025-01-03", []),
])
def test_periods_lie_in_each_other(name: str, above: list[str]) -> None:
    found = period(name)
    assert found and parents(found) == above


@pytest.mark.parametrize("name", ["2025-13", "2025-06-31", "2025-H3", "2026..2024", "", "年底"])
def test_no_period(name: str) -> None:
    assert period(name) is None


def test_a_range_has_its_shortest_name_and_holds_its_years() -> None:
    names = [p.id for t in ("2025-01..2025-03", "2025-01-01..2025-12-31", "2024..2026") if (p := period(t))]
    assert names == ["2025-Q1", "2025", "2024..2026"]
    found, steps = within([p for t in ("2025-06", "2024..2026", "2021..2030") if (p := period(t))])
    assert {("2025", "2024..2026"), ("2024..2026", "2021..2030"), ("2025-06", "2025-Q2")} <= set(steps)
    assert [p.id for p in found] == ["2021..2030", "2024..2026", "2025", "2025-06", "2025-H1", "2025-Q2"]
