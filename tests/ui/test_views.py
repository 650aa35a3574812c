"""Every page run without a browser, in both languages, on the sample library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlparse

import pytest
from streamlit.testing.v1 import AppTest

import samples
from graph.library import Library
from loaders.load import load, remove
from ui.components import figures, finder, graphview, reader, sheet

Open = Callable[..., AppTest]
PAGES = (
    "ask",
    "departments",
    "targets",
    "chain",
    "explore",
    "documents",
    "queries",
    "overview",
    "audit",
    "review",
    "load",
)
COUNTY = "岚江省宁溪市青禾县"


class Seen:
    """What the page handed to its components."""

    def __init__(self) -> None:
        self.sheets: dict[str, Any] = {}
        self.ids: dict[str, list[str]] = {}
        self.graphs: dict[str, Any] = {}
        self.done: dict[str, Any] = {}  # by graph: what it calls when something is done in it
        self.readers: list[dict[str, Any]] = []
        self.figures: dict[str, list[dict[str, str]]] = {}
        self.click: dict[str, SimpleNamespace] = {}
        self.finders: dict[str, Any] = {}  # by key: what is said and offered, and what it calls

    def sheet(self, table: Any, *, key: str, **more: Any) -> SimpleNamespace:
        self.sheets[key] = table
        self.ids[key] = list(more.get("ids") or [])
        return self.click.get(key, SimpleNamespace(open=None))

    def graph(self, net: Any, *, key: str, **more: Any) -> None:
        self.graphs[key] = net
        self.done[key] = more

    def reader(self, segments: Any, kinds: Any, **more: Any) -> SimpleNamespace:
        self.readers.append({"segments": segments, "kinds": kinds, **more})
        return self.click.pop("reader", SimpleNamespace(picked=None))

    def finder(self, options: Any, *, key: str, **more: Any) -> None:
        self.finders[key] = {"options": options, **more}

    def pick(self, app: AppTest, wanted: str, ident: str) -> None:
        """Choose from a field that completes names: the browser tells before the next run."""
        take = self.finders[wanted]["on_pick"]

        def told(*_: Any, key: str, **__: Any) -> None:
            if key == wanted:
                take(ident)

        with patch.object(finder, "finder", told):
            app.run()
        app.run()

    def draw_figures(self, items: Any, *, key: str, **_: Any) -> SimpleNamespace:
        self.figures[key] = items
        return SimpleNamespace(open=None)

    def tick(self, key: str, ids: list[str]) -> None:
        self.click[key] = SimpleNamespace(open=None, chosen=ids)

    def texts(self) -> list[str]:
        found = []
        for table in self.sheets.values():
            found += [c.label for c in table.columns]
            for row in table.rows:
                found += [str(c.get("t")) if isinstance(c, dict) else str(c) for c in row if c is not None]
        return found


@pytest.fixture
def seen() -> Iterator[Seen]:
    found = Seen()
    with (
        patch.object(sheet, "sheet", found.sheet),
        patch.object(graphview, "graph", found.graph),
        patch.object(reader, "reader", found.reader),
        patch.object(figures, "figures", found.draw_figures),
        patch.object(finder, "finder", found.finder),
    ):
        yield found


def words(app: AppTest) -> str:
    return "\n".join(
        [*(re.sub("<[^>]+>", " ", h.proto.body) for h in app.get("html")), *(m.value for m in app.markdown)]
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(page: str, lang: str, open_app: Open, seen: Seen) -> None:
    app = open_app(page, lang=lang)
    assert not app.exception
    shown = words(app) + "\n".join(seen.texts())
    assert not re.search(r"\bNone\b|\bnan\b|<\w+ object", shown)
    assert ("提问" if lang == "zh" else "Ask") in {
        p for p in ["提问", "Ask"] if p in str(app.sidebar) or p in shown
    } or page != "ask"


def test_what_was_understood_can_be_changed(open_app: Open, seen: Seen) -> None:
    asked = "县民政局2023年负责哪些任务？"
    open_app("ask", q=asked)
    of_year = len(seen.sheets["ask_department-tasks_rows"].rows)
    app = open_app("ask", q=asked, p_year="")  # the chip of the year emptied
    assert len(seen.sheets["ask_department-tasks_rows"].rows) > of_year
    app.selectbox(key="pick_p_role").set_value("LEADS").run()
    assert app.query_params["p_role"] == "LEADS"
    assert {r[1]["r"] for r in seen.sheets["ask_department-tasks_rows"].rows} == {"lead"}
    open_app("ask", q=asked, **{"as": "partners"})
    assert seen.sheets["ask_partners_rows"].rows


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_library_says_what_to_do(page: str, open_app: Open, seen: Seen, tmp_path: Path) -> None:
    app = open_app(page, library=tmp_path / "nothing")
    assert not app.exception
    if page != "load":
        assert "zeren load" in words(app)


def test_a_library_that_was_emptied_says_what_to_do(open_app: Open, seen: Seen, tmp_path: Path) -> None:
    held = Library.create(tmp_path / "library")
    load(held, samples.paths()[:1])
    remove(held, *held.ids())
    for page in ("overview", "departments", "documents"):
        assert "zeren load" in words(open_app(page, library=held.path))


def test_a_question_is_answered(open_app: Open, seen: Seen) -> None:
    app = open_app("ask", q="县民政局负责哪些任务？")
    assert not app.exception
    table = seen.sheets["ask_department-tasks_rows"]
    assert len(table.rows) >= 10
    assert "县民政局" in words(app)
    assert app.selectbox(key="pick_as").value == "department-tasks"
    assert seen.finders["find_p_department"]["said"] == f"县民政局（{COUNTY}）"
    quotes = [row[-1] for row in table.rows]
    assert all(isinstance(q, dict) and q["h"].startswith("documents?source=") for q in quotes)


def test_the_answer_is_said_of_names_not_of_choices(open_app: Open, seen: Seen) -> None:
    for question in ("县民政局和其他地区同类部门的任务对比", "县卫健局包括前身在内负责过什么", "县民政局牵头哪些任务"):
        said = words(open_app("ask", q=question))
        assert "局：共" in said and "、yes" not in said and "LEADS" not in said


def test_an_ambiguous_name_is_asked_back(open_app: Open, seen: Seen) -> None:
    app = open_app("ask", q="民政局和谁合作")
    assert not app.exception and not seen.sheets
    assert "请选定" in words(app)
    assert len(app.get("page_link")) >= 2


def test_nonsense_is_owned_up_to(open_app: Open, seen: Seen) -> None:
    app = open_app("ask", q="xyzzy 42 ?!")
    assert not app.exception


def test_a_department(open_app: Open, seen: Seen) -> None:
    app = open_app("departments", department=f"{COUNTY}/民政局")
    assert not app.exception
    figures = {f["label"]: f["value"] for f in seen.figures["department_figures"]}
    assert int(figures["任务"]) == len({r[0]["h"] for r in seen.sheets["department_rows"].rows})
    led = open_app("departments", department=f"{COUNTY}/民政局", role="LEADS")
    assert not led.exception
    assert {r[1]["r"] for r in seen.sheets["department_rows"].rows} == {"lead"}
    assert not open_app("departments", department="no such body").exception


@pytest.mark.parametrize("show", ["picture", "targets", "partners", "groups", "lineage"])
def test_what_else_is_known_of_a_department(show: str, open_app: Open, seen: Seen) -> None:
    app = open_app("departments", department=f"{COUNTY}/民政局", show=show)
    assert not app.exception
    if show == "picture":
        assert f"{COUNTY}/民政局" in {n["id"] for n in seen.graphs["department_picture"].nodes}


def test_targets_with_value_and_state(open_app: Open, seen: Seen) -> None:
    open_app("targets", year="2025", lang="en")
    columns = [c.key for c in seen.sheets["targets_table"].columns]
    rows = [dict(zip(columns, r, strict=True)) for r in seen.sheets["targets_table"].rows]
    assert rows and {r["via"]["r"] for r in rows} == {"direct", "document"}
    assert {r["state"]["t"] for r in rows} == {"Past due"}
    share = next(r for r in rows if "58%以上" in r["quote"]["t"])
    assert share["amount"] == {"t": "at least 58%", "o": 58} and share["departments"]
    open_app("targets", year="2035", lang="en")
    assert {r[2]["t"] for r in seen.sheets["targets_table"].rows} == {"Not yet due"}


def test_two_years_side_by_side(open_app: Open, seen: Seen) -> None:
    app = open_app("targets", year="2025", show="compare", **{"with": "2035"})
    assert not app.exception
    changes = {r[0]: (r[1]["t"], r[2]["t"], r[3]["o"]) for r in seen.sheets["targets_compare"].rows}
    assert changes["养老机构护理型床位占比"] == ("58%", "75%", 17)
    assert "没有同一地区" in words(open_app("targets", year="2022", show="compare", **{"with": "2035"}))


def test_targets_are_told_apart(open_app: Open, seen: Seen) -> None:
    open_app("targets", year="2025", show="tasks")
    everything = len(seen.sheets["targets_rows"].rows)
    kinds = {r[0]["r"] for r in seen.sheets["targets_rows"].rows}
    assert kinds == {"direct", "document"}
    open_app("targets", year="2025", show="tasks", via="direct")
    direct = len(seen.sheets["targets_rows"].rows)
    open_app("targets", year="2025", show="tasks", via="document")
    assert direct + len(seen.sheets["targets_rows"].rows) == everything


def test_exploring(open_app: Open, seen: Seen) -> None:
    app = open_app("explore", find="民政局")
    assert {r[1] for r in seen.sheets["explore_hits"].rows} >= {"部门"}
    app = open_app("explore", node=f"Department:{COUNTY}/民政局")
    before = {n["id"] for n in seen.graphs["explore_graph"].nodes}
    task = next(i for i in before if "#" in i)
    opening = seen.done["explore_graph"]["on_expand"]
    with patch.object(graphview, "graph", lambda *_, **__: opening(task)):  # the browser tells before the next run
        app.run()
    app.run()
    assert not app.exception
    after = {n["id"] for n in seen.graphs["explore_graph"].nodes}
    assert before < after
    assert app.session_state["explore_chosen"] == f"Task:{task}"
    assert f"Task:{task}" in app.query_params["open"], "the address holds the view"
    app.button[1].click().run()  # undo
    assert {n["id"] for n in seen.graphs["explore_graph"].nodes} == before
    assert "不在资料库" in words(open_app("explore", node="Task:gone#1"))


def test_the_view_comes_back_from_its_address(open_app: Open, seen: Seen) -> None:
    node = f"Department:{COUNTY}/民政局"
    open_app("explore", node=node)
    task = next(n["id"] for n in seen.graphs["explore_graph"].nodes if "#" in n["id"])
    open_app("explore", node=node, open=f"Task:{task}")
    grown = {n["id"] for n in seen.graphs["explore_graph"].nodes}
    open_app("explore", node=node, open=f"Task:{task}", hide="Task")
    fewer = {n["id"] for n in seen.graphs["explore_graph"].nodes}
    assert fewer < grown and not any("#" in i and "!" not in i for i in fewer - {task})
    other = next(i for i in grown if i.endswith("局") and i != f"{COUNTY}/民政局")
    app = open_app("explore", node=node, to=f"Department:{other}")
    assert not app.exception
    assert other in {n["id"] for n in seen.graphs["explore_graph"].nodes}
    assert not open_app("explore", node=node, open="nonsense~Task:", hide="x", to="Department:nobody").exception


def test_the_chain_shows_what_is_missing(open_app: Open, seen: Seen) -> None:
    app = open_app("chain", node=f"Department:{COUNTY}/民政局")
    assert not app.exception
    assert {n["x"] for n in seen.graphs["chain_graph"].nodes} != {0}
    for view in ("ways", "steps"):
        assert not open_app("chain", node=f"Department:{COUNTY}/民政局", view=view).exception
    assert seen.sheets["chain_ways"].rows and seen.sheets["chain_steps"].rows


def test_a_quote_leads_to_its_sentence(open_app: Open, seen: Seen) -> None:
    open_app("departments", department=f"{COUNTY}/民政局")
    for row in seen.sheets["department_rows"].rows:
        quote = row[-1]
        asked = dict(parse_qsl(urlparse(quote["h"]).query))
        seen.readers.clear()
        app = open_app("documents", **asked)
        assert not app.exception
        lit = "".join(s["t"] for s in seen.readers[-1]["segments"] if s.get("on"))
        bare = re.compile(r"\s")
        assert bare.sub("", quote["t"])[:6] in bare.sub("", lit)
        assert seen.readers[-1]["kinds"], "what was read is marked"


def test_html_is_read_as_people_see_it(open_app: Open, seen: Seen) -> None:
    open_app("load")
    address = next(r[0]["h"] for r in seen.sheets["sources"].rows if r[0]["t"].endswith(".html"))
    open_app("documents", source=re.search("source=(\\w+)", address)[1])  # type: ignore[index]
    text = "".join(s["t"] for s in seen.readers[-1]["segments"])
    assert "</" not in text and "<p" not in text


def test_documents_are_listed_and_filtered(open_app: Open, seen: Seen) -> None:
    open_app("documents")
    everything = len(seen.sheets["documents"].rows)
    open_app("documents", level="municipal")
    assert 0 < len(seen.sheets["documents"].rows) < everything


def test_documents_are_found_by_words_and_numbers(open_app: Open, seen: Seen) -> None:
    open_app("documents", title="养老")
    found = seen.sheets["documents"].rows
    assert found and all("养老" in r[0]["t"] for r in found)
    open_app("documents", title=found[0][1])
    assert [r[1] for r in seen.sheets["documents"].rows] == [found[0][1]]


def test_a_cited_document_that_is_not_held_says_so(open_app: Open, seen: Seen) -> None:
    open_app("queries", query="not-held")
    cited = next(
        c
        for r in seen.sheets["query_not-held_rows"].rows
        for c in r
        if isinstance(c, dict) and "document=" in c.get("h", "")
    )
    app = open_app("documents", document=dict(parse_qsl(urlparse(cited["h"]).query))["document"])
    assert "没有收录" in words(app)


def test_the_overview_counts_what_awaits_review(open_app: Open, seen: Seen) -> None:
    from ui import services

    open_app("overview")
    found = {f["label"]: f for f in seen.figures["overview_figures_False"]}
    with services.seeing(services.latest()):
        waiting = sum(i.decision is None for i in services.review()[0])
    assert waiting and found["待复核"] == {"label": "待复核", "value": str(waiting), "h": "review"}


def test_every_canned_query_has_a_form(open_app: Open, seen: Seen) -> None:
    from queries.catalog import catalog

    for name, query in catalog().items():
        seen.finders.clear()
        app = open_app("queries", query=name, lang="en")
        assert not app.exception, name
        fields = len(app.selectbox) + len(app.text_input) + len(seen.finders) - 1
        assert fields == len(query.params), name
        assert any(query.rows.strip() in c.value for c in app.code), name


def test_a_query_in_both_forms(open_app: Open, seen: Seen) -> None:
    asked = {"query": "department-tasks", "p_department": f"{COUNTY}/民政局"}
    first = open_app("queries", **asked).code[0].value
    assert first.startswith(":param department => ") and f'"{COUNTY}/民政局"' in first and first.endswith(";")
    second = open_app("queries", form="ladybug", **asked).code[0].value
    assert "LIMIT $row_limit" in first and "LIMIT $row_limit" in second
    import ladybug

    printed: list[Any] = []
    exec(second, {"ladybug": ladybug, "print": printed.append})  # it runs as it is shown
    assert len(printed) == len(seen.sheets["query_department-tasks_rows"].rows)


def test_a_query_runs_with_its_address(open_app: Open, seen: Seen) -> None:
    app = open_app("queries", query="department-tasks", p_department=f"{COUNTY}/民政局", p_role="LEADS")
    assert not app.exception
    assert seen.sheets["query_department-tasks_rows"].rows
    wrong = open_app("queries", query="department-tasks", p_department=f"{COUNTY}/民政局", p_year="soon")
    assert not wrong.exception and "年份" in words(wrong)


def test_audit_leads_to_its_findings(open_app: Open, seen: Seen) -> None:
    open_app("audit")
    rows = seen.sheets["audit_summary"].rows
    assert len(rows) >= 12
    found = next(r for r in rows if r[3])
    app = open_app("audit", check=re.search("check=([\\w-]+)", found[1]["h"])[1])  # type: ignore[index]
    assert not app.exception
    assert any(k.startswith("audit_") and k != "audit_summary" for k in seen.sheets)


def test_a_new_graph_is_seen_at_once(open_app: Open, seen: Seen, tmp_path: Path) -> None:
    library = tmp_path / "library"
    load(Library.create(library), samples.paths()[:1])
    app = open_app("documents", library=library)
    before = len(seen.sheets["documents"].rows)
    load(Library(library), samples.paths()[1:3])
    app.run()
    assert not app.exception
    assert len(seen.sheets["documents"].rows) > before


def test_a_decision_is_signed_holds_and_can_be_taken_back(open_app: Open, seen: Seen, tmp_path: Path) -> None:
    import time

    from ui import jobs

    library = tmp_path / "library"
    text = (
        "青禾县人民政府办公室关于便民服务的通知\n青政办发〔2025〕77号\n一、主要任务\n1.设立便民服务点。（牵头单位：县民政局；责任单位：县日政局）\n"
        "2.开展便民活动。（牵头单位：县民政局）\n青禾县人民政府办公室\n2025年3月4日\n"
    )
    (tmp_path / "便民.txt").write_text(text, "utf-8")
    load(Library.create(library), [tmp_path / "便民.txt"])

    def done() -> None:
        for _ in range(400):
            if (job := jobs.current()) and not job.running:
                assert job.error is None and not job.broken
                return
            time.sleep(0.05)
        raise AssertionError("the graph was not made anew")

    app = open_app("review", library=library, kind="slip")
    rows = seen.sheets["review_slip"].rows
    assert rows, "the slip is a doubt"
    before = Library(library).revision
    app.text_input[0].set_value("林知远").run()
    seen.tick("review_slip", seen.ids["review_slip"][:1])
    app.run()
    app.button(key="review_slip_是错字，并入").click().run()
    done()
    seen.sheets.clear()
    app.run()
    assert not app.exception
    assert Library(library).revision != before
    assert len(getattr(seen.sheets.get("review_slip"), "rows", [])) < len(rows)
    assert seen.sheets["history"].rows[0][1] == "林知远"
    seen.tick("history", seen.ids["history"][:1])
    app.run()
    app.button(key="review_undo_撤销所选 1 条").click().run()
    done()
    app.run()
    assert Library(library).revision == before
    assert len(seen.sheets["review_slip"].rows) == len(rows)


def test_a_role_is_corrected_on_the_page(open_app: Open, seen: Seen, tmp_path: Path) -> None:
    import time

    from ui import jobs

    library = tmp_path / "library"
    load(Library.create(library), samples.paths()[:3])
    app = open_app("review", library=library)
    app.text_input[0].set_value("林知远").run()
    app.text_input(key="review_task_find").set_value("养老").run()
    app.selectbox(key="review_task_").select_index(0).run()
    seen.pick(app, "find_review_body", seen.finders["find_review_body"]["options"][0][0])
    app.selectbox(key="review_role").select_index(0).run()
    app.text_input(key="review_date").set_value("年底").run()
    act = "review_correct_更正"
    app.button(key=act).click().run()
    assert not app.exception and "不是时限" in words(app)
    app.text_input(key="review_date").set_value("2031-06").run()
    before = Library(library).revision
    app.button(key=act).click().run()
    for _ in range(400):
        if (job := jobs.current()) and not job.running:
            break
        time.sleep(0.05)
    app.run()
    assert not app.exception
    assert Library(library).revision != before
    assert [row[2] for row in seen.sheets["history"].rows] == ["改时限", "改责任"]
    with Library(library).store() as store:
        due = store.run("MATCH (t:Task)-[:DUE_IN]->(p:Period {id: '2031-06'}) RETURN count(*) AS n")
    assert due == [{"n": 1}]


def test_all_of_a_kind_are_decided_at_once(open_app: Open, seen: Seen, tmp_path: Path) -> None:
    library = tmp_path / "library"
    load(Library.create(library), samples.paths())
    app = open_app("review", library=library, kind="citation")
    count = len(seen.sheets["review_citation"].rows)
    assert count > 1
    app.text_input[0].set_value("林知远").run()
    with patch("ui.jobs.rebuild", return_value=True):
        seen.tick("review_citation", seen.ids["review_citation"])
        app.run()
        app.button(key="review_citation_引用无误，缺原文").click().run()
    assert not app.exception
    assert len(seen.sheets["history"].rows) == count
    assert f"已处理 {count} 项" in words(app)


def test_names_are_completed_as_one_types(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui import services

    monkeypatch.setenv("ZEREN_LIBRARY", str(sample_library))
    with services.seeing(services.latest()):

        def offered(typed: str) -> list[str]:
            return [e.id for e in services.completions("Department", typed)]

        bureau = f"{COUNTY}/民政局"
        assert bureau in offered("") and len(offered("")) == services.SUGGESTED, "a few to begin with, never all"
        for typed in ("民政", "青禾县民政", "青禾县 民政局", "民政局 青禾", "宁溪青禾民政"):
            assert bureau in offered(typed), typed
        assert offered("没有这样的单位") == []
