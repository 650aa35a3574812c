# ruff: noqa: E501  (one query a line)
"""What is unsure is listed; what people decide holds at every build, survives a reload, and can be taken back."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graph import decisions
from graph.errors import UnknownName, ZerenError
from graph.library import Library
from loaders import review
from loaders.load import load, rebuild
from loaders.review import Item
from queries import names
from queries.run import run
from ui.cli import app

PAPER = """青禾县人民政府办公室
关于印发青禾县便民服务重点任务的通知

青政办发〔2023〕5号

各乡镇人民政府,县政府有关部门:

根据《岚江省便民服务管理办法》和《青禾县政务公开工作规则》,现将重点任务印发给你们,请认真组织实施。

一、重点任务

1.设立便民服务点。到2025年,新增服务点12处。(牵头单位:县民政局;责任单位:县财政局、县数字乡村促进中心)

2.开展便民活动。2024年6月底前完成。(牵头单位:县民政局;责任单位:县数字乡村发展促进中心、县丰收如门)

3.加强监督检查。(牵头单位:县市场监督管理局;责任单位:县公安局)

青禾县人民政府办公室
2023年3月5日
"""
SECOND = """青禾县人民政府办公室
关于印发青禾县窗口服务重点任务的通知

青政办发〔2023〕6号

一、重点任务

1.规范窗口服务。(牵头单位:县民玫局;责任单位:县财政局)

青禾县人民政府办公室
2023年4月5日
"""
COUNTY = "岚江省青禾县"  # no paper says in which city it lies
LEADS = "MATCH (d:Department)-[:LEADS]->(t:Task) RETURN d.name AS name, t.id AS task ORDER BY task, name"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the papers and the library made of them."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "papers").mkdir()
    (folder / "papers" / "便民.txt").write_text(PAPER, encoding="utf-8")
    (folder / "papers" / "窗口.txt").write_text(SECOND, encoding="utf-8")
    load(Library.create(folder / "lib"), [folder / "papers"], base=folder / "papers")
    return folder


@pytest.fixture
def library(tmp_path: Path, loaded: Path) -> Library:
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    return Library(tmp_path / "lib")


@pytest.fixture
def papers(tmp_path: Path, library: Library) -> Path:
    return tmp_path / "papers"


def ask(library: Library, cypher: str, **params: object) -> list[tuple[Any, ...]]:
    store = library.store()
    try:
        return [tuple(r.values()) for r in store.run(cypher, params)]
    finally:
        store.close()


def bodies(library: Library) -> set[str]:
    return {r[0] for r in ask(library, "MATCH (d:Department) RETURN d.name AS name")}


def item(library: Library, kind: str, name: str = "") -> Item:
    [found] = [i for i in review.review(library) if i.kind == kind and any(name in s.name for s in i.sides)]
    return found


def decide(library: Library, found: Item, choice: str, to: str = "") -> str:
    [made] = review.decide(library, [found], choice, who="审计员", to=to)
    rebuild(library)
    return made.id


def undo(library: Library, decision: str) -> None:
    review.undo(library, decision, who="审计员")
    rebuild(library)


def anew(library: Library, papers: Path) -> None:
    """The graph is deleted and made again, and the files are loaded again, into a library that lost them."""
    shutil.rmtree(library.path / "graph")
    rebuild(library)
    kept = library.decisions_file.read_bytes()
    shutil.rmtree(library.path)
    Library.create(library.path)
    library.decisions_file.write_bytes(kept)
    load(library, [papers], base=papers)


def test_what_is_unsure_is_listed_with_its_sentence(library: Library) -> None:
    items = review.review(library)
    kinds = Counter(i.kind for i in items)
    assert kinds["same-body"] == kinds["odd-name"] == kinds["slip"] == 1
    assert kinds["citation"] == 2
    assert len({i.id for i in items}) == len(items)
    for i in items:
        assert i.decision is None and {"accept", "reject"} <= set(i.choices)
        side = i.sides[0]
        assert library.evidence(side.evidence) and side.quote and side.document
        assert side.name.removeprefix("县") in "".join(library.evidence(side.evidence).split()), i
    assert [i.id for i in review.review(library)] == [i.id for i in items]


def test_a_merge_holds_and_can_be_taken_back(library: Library, papers: Path) -> None:
    short, long = "县数字乡村促进中心", "县数字乡村发展促进中心"
    assert {short, long} <= bodies(library)
    doubt = item(library, "same-body")
    assert [s.name for s in doubt.sides] == [short, long]
    made = decide(library, doubt, "accept")
    for _ in range(2):
        assert long in bodies(library) and short not in bodies(library)
        assert short in ask(library, "MATCH (d:Department {name: $n}) RETURN d.aliases AS a", n=long)[0][0]
        found = item(library, "same-body")
        assert (found.id, found.decision and found.decision.id) == (doubt.id, made)
        anew(library, papers)
    assert decisions.read(library.decisions_file)[0].who == "审计员"
    undo(library, made)
    assert {short, long} <= bodies(library)
    assert item(library, "same-body").decision is None


def test_a_no_is_remembered(library: Library, papers: Path) -> None:
    made = decide(library, item(library, "same-body"), "reject")
    anew(library, papers)
    found = item(library, "same-body")
    assert found.decision and found.decision.id == made
    assert {"县数字乡村促进中心", "县数字乡村发展促进中心"} <= bodies(library)
    with pytest.raises(ZerenError, match="undo that first"):
        review.decide(library, [found], "merge", who="审计员")
    undo(library, made)
    assert item(library, "same-body").decision is None


def test_a_slip_becomes_the_body_that_is_meant_even_when_no_text_names_it(library: Library, papers: Path) -> None:
    assert ("县民玫局", "青政办发〔2023〕6号#一/1") in ask(library, LEADS)
    made = decide(library, item(library, "slip"), "merge")
    assert ("县民政局", "青政办发〔2023〕6号#一/1") in ask(library, LEADS)
    undo(library, made)
    assert ("县民玫局", "青政办发〔2023〕6号#一/1") in ask(library, LEADS)
    (papers / "窗口.txt").write_text(SECOND.replace("县民玫局", "县卫生健廉局"), encoding="utf-8")
    load(library, [papers], base=papers)
    assert "县卫生健廉局" in bodies(library)
    decide(library, item(library, "slip", "县卫生健廉局"), "accept")
    [(name, function, aliases)] = ask(library, "MATCH (d:Department {id: $d}) RETURN d.name AS n, d.function AS f, d.aliases AS a", d=f"{COUNTY}/卫生健康局")
    assert (name, function) == ("县卫生健康局", "卫生健康") and "县卫生健廉局" in aliases


def test_a_name_that_is_right_needs_no_review(library: Library) -> None:
    flagged = "MATCH (d:Department) WHERE d.review = true RETURN d.name AS name ORDER BY name"
    assert {"县民玫局", "县丰收如门"} <= {r[0] for r in ask(library, flagged)}
    decide(library, item(library, "slip"), "reject")
    decide(library, item(library, "odd-name"), "accept")
    assert not {"县民玫局", "县丰收如门"} & {r[0] for r in ask(library, flagged)}
    assert "县民玫局" in bodies(library)


def test_what_is_no_body_is_left_out(library: Library, papers: Path) -> None:
    made = decide(library, item(library, "odd-name"), "reject")
    anew(library, papers)
    assert "县丰收如门" not in bodies(library)
    undo(library, made)
    assert "县丰收如门" in bodies(library)


def test_citations(library: Library, papers: Path) -> None:
    cited = "MATCH (:Document)-[:CITES]->(d:Document) WHERE d.held = false RETURN d.title AS title ORDER BY title"
    law, rule = "岚江省便民服务管理办法", "青禾县政务公开工作规则"
    assert {r[0] for r in ask(library, cited)} == {law, rule}
    decide(library, item(library, "citation", law), "accept")
    made = decide(library, item(library, "citation", rule), "reject")
    assert {r[0] for r in ask(library, cited)} == {law}
    undo(library, made)
    made = decide(library, item(library, "citation", rule), "merge", to="青政办发〔2023〕6号")
    anew(library, papers)
    held = "MATCH (:Document)-[:CITES]->(d:Document) WHERE d.held = true RETURN d.id AS id"
    assert ask(library, held) == [("青政办发〔2023〕6号",)]
    assert all(i.decision for i in review.review(library) if i.kind == "citation")


def test_a_role_and_a_date_are_corrected(library: Library, papers: Path) -> None:
    task = "青政办发〔2023〕5号#一/2"

    def duties(body: str) -> dict[str, str]:
        store = library.store()
        try:
            found = run(store, "department-tasks", {"department": body})
            return {r["task_id"]: r["duty"] for r in found.rows}
        finally:
            store.close()

    def due(year: str) -> set[str]:
        store = library.store()
        try:
            return {r["task_id"] for r in run(store, "year-tasks", {"year": year}).rows}
        finally:
            store.close()

    assert duties("县民政局")[task] == "LEADS" and task not in duties("县公安局")
    assert task in due("2024") and task not in due("2026")
    money, police = f"{COUNTY}/财政局", f"{COUNTY}/公安局"
    civil = f"{COUNTY}/民政局"
    made = review.correct(library, task, who="审计员", body=civil, role="assist", date="2026-06")
    made += review.correct(library, task, who="审计员", body=police, role="lead")
    made += review.correct(library, "青政办发〔2023〕5号#一/1", who="审计员", body=money, role="none")
    for _ in range(2):
        anew(library, papers)
        assert duties("县民政局")[task] == "ASSISTS"
        assert duties("县公安局")[task] == "LEADS"  # no text says so: the decision alone
        assert "青政办发〔2023〕5号#一/1" not in duties("县财政局")
        assert task in due("2026") and task not in due("2024")
    quote, evidence, rule = ask(library, "MATCH (:Department {id: $d})-[r:LEADS]->(:Task {id: $t}) RETURN r.quote AS q, r.evidence AS e, r.rule AS rule", d=police, t=task)[0]
    assert rule == f"decision:{made[2].id}" and quote.startswith("2.开展便民活动") and library.evidence(evidence[0])
    for one in made:
        review.undo(library, one.id, who="审计员")
    rebuild(library)
    assert duties("县民政局")[task] == "LEADS" and task not in duties("县公安局")
    assert task in due("2024") and task not in due("2026")


@pytest.mark.parametrize("what", [{}, {"role": "lead"}, {"body": "x"}, {"date": "年底"}, {"role": "boss", "body": "x"}])
def test_what_is_no_correction(library: Library, what: dict[str, str]) -> None:
    with pytest.raises(ZerenError):
        review.correct(library, "青政办发〔2023〕5号#一/1", who="审计员", **what)
    assert decisions.read(library.decisions_file) == []


def test_several_are_decided_together_or_none(library: Library) -> None:
    items = [i for i in review.review(library) if i.kind in ("citation", "odd-name")]
    with pytest.raises(ZerenError, match="say with what"):
        review.decide(library, items, "merge", who="审计员")
    with pytest.raises(ZerenError, match="needs the name"):
        review.decide(library, items, "accept", who=" ")
    assert decisions.read(library.decisions_file) == []
    assert len(review.decide(library, items, "accept", who="审计员")) == 3
    with pytest.raises(UnknownName):
        review.find(items, "0")


def test_a_name_is_split_off_and_people_are_merged_by_name(library: Library) -> None:
    body = f"{COUNTY}/财政局"
    made = review.split(library, body, "县财政局", who="审计员", name="县财政局国库科")
    rebuild(library)
    assert "县财政局国库科" in bodies(library) and "县财政局" not in bodies(library)
    undo(library, made.id)
    review.merge(library, body, f"{COUNTY}/民政局", who="审计员")
    rebuild(library)
    assert "县财政局" not in bodies(library)


def test_a_decision_holds_when_more_becomes_known_of_a_place(library: Library, papers: Path) -> None:
    decide(library, item(library, "same-body"), "accept")
    decide(library, item(library, "odd-name"), "reject")
    review.correct(library, "青政办发〔2023〕5号#一/3", who="审计员", body=f"{COUNTY}/财政局", role="lead")
    told = SECOND.replace("青禾县人民政府办公室\n关于", "岚江省宁溪市青禾县人民政府办公室\n关于").replace("6号", "8号")
    (papers / "地区.txt").write_text(told, encoding="utf-8")
    load(library, [papers], base=papers)
    regions = {r[0] for r in ask(library, "MATCH (d:Department {name: $n}) RETURN d.region AS region", n="县财政局")}
    assert regions == {"岚江省宁溪市青禾县"}
    assert not {"县数字乡村促进中心", "县丰收如门"} & bodies(library)
    assert ("县财政局", "青政办发〔2023〕5号#一/3") in ask(library, LEADS)
    assert item(library, "same-body").decision and item(library, "odd-name").decision


def test_the_command_line(library: Library) -> None:
    place = ["--library", str(library.path)]

    def review_(*arguments: str) -> Any:
        return CliRunner().invoke(app, ["review", *arguments, *place])

    listed = json.loads(review_("--json").output)
    [odd] = [i for i in listed if i["kind"] == "odd-name"]
    assert odd["about"][0]["evidence"] and odd["choices"] == ["accept", "reject", "merge"]
    shown = review_("--kind", "odd-name", "--lang", "en").output
    assert odd["id"] in shown and "县丰收如门" in shown and "1 open, 0 decided" in shown
    made = review_("accept", odd["id"][:6], *[i["id"] for i in listed if i["kind"] == "citation"], "--who", "林知远")
    assert made.exit_code == 0 and "林知远" in made.output
    assert odd["id"] not in review_().output and odd["id"] in review_("--all").output
    again = review_("reject", odd["id"])
    assert isinstance(again.exception, ZerenError) and "请先撤销" in again.exception.say("zh")
    log = json.loads(review_("log", "--json").output)
    assert len(log) == 3 and {d["who"] for d in log} == {"林知远"}
    assert review_("undo", *[d["id"] for d in log]).exit_code == 0
    assert "已撤销" in review_("log").output
    assert json.loads(review_("--json").output) == listed
    assert review_("merge", "县财政局", "--to", "县民政局").exit_code == 0
    assert "县财政局" not in bodies(library)
    wrong = CliRunner().invoke(app, ["review", *place, "accept", odd["id"]])
    assert wrong.exit_code == 2  # the library would not be the one meant
    task = "青政办发〔2023〕5号#一/3"
    assert review_("correct", task, "--department", "县公安局", "--role", "lead", "--date", "2025-Q2").exit_code == 0
    assert ("县公安局", task) in ask(library, LEADS)
    assert ask(library, "MATCH (t:Task {id: $t})-[:DUE_IN]->(p:Period) RETURN p.id AS p", t=task) == [("2025-Q2",)]
    who = json.loads(review_("log", "--json").output)[0]["who"]
    import getpass

    assert who == getpass.getuser()


GOLD = Path(__file__).parents[3] / "shared" / "gold" / "identity.json"
CORPUS = GOLD.parents[1] / "corpus"


@pytest.mark.skipif(not GOLD.exists() or not CORPUS.exists(), reason="the documents and their annotations are not here")
def test_every_known_identity_holds_in_the_loaded_graph(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "lib")
    load(library, [CORPUS])
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    store = library.store()
    rows = store.run("MATCH (d:Department) RETURN d.id AS id, d.name AS name, d.aliases AS aliases, d.region AS region ORDER BY id")
    home = gold["same"][0]["region"]

    def meant(name: str, region: str = home) -> set[str]:
        """Bodies of that name: of the region, or of the one above when the name says so."""
        found = {r["id"]: r["region"] or "" for r in rows if name == r["name"] or name in (r["aliases"] or [])}
        here = {i for i, r in found.items() if r.endswith(region)}
        if not found:
            here = {e.id for e in names.lookup(store, "Department", name)[0] if e.region.endswith(region)}
        return here or set(found)

    wrong = []
    for row in gold["same"]:
        found = [meant(n, row["region"]) for n in row["names"]]
        if len(set().union(*found)) != 1 or not all(found):
            wrong.append(("same", row["names"], found))
    for one, other in gold["apart"]:
        if not meant(one) or not meant(other) or meant(one) & meant(other):
            wrong.append(("apart", [one, other], [meant(one), meant(other)]))
    pairs = {(r["old"], r["new"]) for r in store.run("MATCH (a:Department)-[:SUCCEEDED_BY]->(b:Department) RETURN a.id AS old, b.id AS new ORDER BY old, new")}
    for one, other in gold["succeeded_by"]:
        if not any((a, b) in pairs for a in meant(one) for b in meant(other)):
            wrong.append(("succeeded_by", [one, other], [meant(one), meant(other)]))
    store.close()
    assert not wrong
