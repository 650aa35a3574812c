# ruff: noqa: E501  (one case a line)
from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from openpyxl import load_workbook

from graph.export import cell_text, to_csv, to_gexf, to_graphml, to_networkx, whole_edges, whole_nodes
from graph.store import Store
from queries.chain import caption
from queries.run import Edge, Node, Picture, picture, run
from ui import export
from ui.drawing import svg

NASTY = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", " =1", "=HYPERLINK(\"http://x\")", "<b>&\"'</b>", "a\x00b\x1bc", "\ud800", "＝1", "x" * 40_000]


def book(data: bytes):
    return load_workbook(io.BytesIO(data))


def test_the_ledger_holds_what_the_query_returned(store: Store) -> None:
    answer = run(store, "ledger", {"department": "县民政局"})
    sheet = book(export.ledger_xlsx("督查台账", answer.rows)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "督查台账"
    assert rows[1] == ("序号", "任务", "牵头单位", "责任单位", "配合单位", "完成时限", "依据", "文号", "原文")
    assert len(rows) == 2 + answer.total
    for number, (row, told) in enumerate(zip(rows[2:], answer.rows, strict=True), 1):
        assert row[:2] == (number, told["task"])
        assert [row[i] or "" for i in (2, 3, 4, 5)] == ["、".join(told[c]) for c in ("leads", "responsible", "assists", "due")]
        assert row[6:] == (told["document"], told["doc_number"], told["quote"])
    assert sheet.auto_filter.ref == f"A2:I{len(rows)}"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$1:$2")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", "9") or sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_becomes_a_formula(text: str) -> None:
    sheet = book(export.to_xlsx("表", ["task"], [{"task": text}])).active
    found = sheet["A3"]
    assert found.data_type in ("s", "n", "inlineStr") and found.data_type != "f"
    assert not re.search(r"[\x00-\x08]", str(found.value or ""))
    line = list(csv.reader(io.StringIO(export.to_csv(["task"], [{"task": text}]).decode("utf-8-sig"))))[1][0]
    assert not line.lstrip().startswith(tuple("=+-@＝")), line
    assert cell_text(-1) == -1


def test_an_empty_table_is_still_a_table() -> None:
    assert [c.value for c in book(export.to_xlsx("", ["task", "task_id"], [])).active[2]] == ["任务"]
    assert export.to_csv(["task"], []).decode("utf-8-sig").strip() == "任务"
    assert book(export.ledger_xlsx("a/b:c*[d]?" * 9, [])).active.max_row == 2


def test_values_are_in_words_of_the_language(store: Store) -> None:
    answer = run(store, "department-tasks", {"department": "县民政局"})
    chinese, english = (export.to_csv(answer.columns, answer.rows, x).decode("utf-8-sig") for x in ("zh", "en"))
    assert "牵头" in chinese and "LEADS" not in chinese and "leads" in english
    assert chinese.startswith("任务编号,编号,任务,责任")
    told = json.loads(export.to_json(answer))
    assert (told["total"], told["rows"][0]["duty"]) == (answer.total, answer.rows[0]["duty"])
    assert told["params"]["department"]["value"] == "岚江省宁溪市青禾县/民政局"


def test_the_dossier_stands_alone(store: Store) -> None:
    page = export.dossier_html(store, "县民政局", today=date(2025, 5, 20))
    for expected in ("县民政局", "2025-05-20", "责任清单", "牵头单位:县民政局", "方砚", "Content-Security-Policy"):
        assert expected in page
    assert not re.search(r"(?:src|href)\s*=|url\(|<script|@import", page)
    assert "Tasks" in export.dossier_html(store, "县民政局", "en")


def test_the_dossier_escapes_documents(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    nasty = "<script>alert(1)</script>\"'&\x00"
    real = export.run

    def tampered(*args, **more):
        answer = real(*args, **more)
        for row in answer.rows:
            row.update({k: nasty for k, v in row.items() if isinstance(v, str)})
        return answer

    monkeypatch.setattr(export, "run", tampered)
    page = export.dossier_html(store, "县民政局")
    assert "<script" not in page and "\x00" not in page and "&lt;script&gt;" in page


def test_a_picture_as_networkx_and_for_gephi(store: Store, tmp_path: Path) -> None:
    drawn = picture(store, "department-tasks", {"department": "县民政局"})
    graph = to_networkx(drawn.nodes, drawn.edges)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(drawn.nodes), len(drawn.edges))
    assert graph.nodes["岚江省宁溪市青禾县/民政局"]["entity"] == "Department"
    assert graph.nodes["岚江省宁溪市青禾县/民政局"]["label"] == "县民政局"
    (tmp_path / "g.graphml").write_bytes(to_graphml(graph))
    (tmp_path / "g.gexf").write_bytes(to_gexf(graph))
    read = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert (len(read), read.number_of_edges()) == (len(graph), graph.number_of_edges())
    assert nx.read_gexf(tmp_path / "g.gexf").nodes["岚江省宁溪市青禾县/民政局"]["label"] == "县民政局"


def test_the_whole_graph(store: Store, tmp_path: Path) -> None:
    nodes, edges = list(whole_nodes(store)), list(whole_edges(store))
    counted = {r["item"]: r["amount"] for r in run(store, "overview").rows}
    assert sum(n.label == "Task" for n in nodes) == counted["Task"]
    assert sum(e.type in ("LEADS", "RESPONSIBLE_FOR", "ASSISTS") for e in edges) == counted["duty"]
    graph = to_networkx(nodes, edges)
    assert graph.number_of_edges() == len(edges)
    to_graphml(graph), to_gexf(graph)
    tables = to_csv(nodes, edges)
    assert tables["nodes.csv"].count(b"\n") >= len(nodes) and tables["edges.csv"].startswith(b"\xef\xbb\xbfsource,type,target")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_keeps_the_files_readable(text: str, tmp_path: Path) -> None:
    graph = to_networkx([Node("a\x00" + text, "Task", {"title": text, "years": [text]})], [])
    (tmp_path / "g.graphml").write_bytes(to_graphml(graph))
    assert len(nx.read_graphml(tmp_path / "g.graphml")) == 1
    (tmp_path / "g.gexf").write_bytes(to_gexf(graph))
    assert len(nx.read_gexf(tmp_path / "g.gexf")) == 1


def test_a_picture_as_svg(store: Store) -> None:
    drawn = picture(store, "department-tasks", {"department": "县民政局"})
    root = ET.fromstring(svg(drawn, "zh"))
    shown = {e.text for e in root.iter("{http://www.w3.org/2000/svg}title")}
    assert {caption(n) for n in drawn.nodes} <= shown and "牵头" in shown
    boxes = list(root.iter("{http://www.w3.org/2000/svg}rect"))[1:]
    assert len({(b.get("x"), b.get("y")) for b in boxes}) == len(drawn.nodes)


def test_names_in_a_picture_stay_text() -> None:
    nodes = [Node("a", "Task", {"title": "<script>alert(1)</script>\x00"}), Node("b", "Department", {"name": "县&局"})]
    data = svg(Picture(nodes, [Edge("b", "a", "LEADS", {})], False), "en")
    assert b"<script>" not in data and b"\x00" not in data and ET.fromstring(data) is not None
