from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.chain import MISSING, Chain, Step
from queries.run import Edge, Node, Picture
from ui import models, standalone
from ui.components.graphview import EDGE_KEYS, NODE_KEYS, payload
from ui.models import Mark, Words, segments

WORDS = Words(lambda c: c.upper(), lambda _, v: {"LEADS": "牵头"}.get(str(v), str(v)))
PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "a href='x'",
    '"quote"',
    "\u2028",
    "{{7*7}}",
]


def link(label: str, ident: str) -> str:
    return f"{label}/{ident}"


def sentence(places: Any) -> str:
    return f"at {places[0]}" if places else ""


# --- tables -----------------------------------------------------------------------------------------------------------

COLUMNS = (
    "task_id",
    "task_number",
    "task",
    "duty",
    "department_id",
    "department",
    "due",
    "document_id",
    "document",
    "doc_number",
    "rule",
    "quote",
    "evidence",
    "assists",
)
ROW = {
    "task_id": "d#1",
    "task_number": "1",
    "task": "完善助餐服务",
    "duty": "LEADS",
    "department_id": "x/民政局",
    "department": "县民政局",
    "due": ["2025年", "2026年"],
    "document_id": "青政发〔2023〕5号",
    "document": "通知",
    "doc_number": "青政发〔2023〕5号",
    "rule": "label",
    "quote": "（牵头单位：县民政局）",
    "evidence": ["s:3:9"],
    "assists": [],
}


def test_rows_become_a_table_without_ids() -> None:
    made = models.sheet(COLUMNS, [ROW], WORDS, link, sentence)
    assert [c.key for c in made.columns] == ["task", "duty", "department", "due", "document", "quote"]
    assert made.rows[0] == [
        {"t": "完善助餐服务", "h": "Task/d#1", "s": "1"},
        {"t": "牵头", "r": "lead"},
        {"t": "县民政局", "h": "Department/x/民政局"},
        "2025年、2026年",
        {"t": "通知", "h": "Document/青政发〔2023〕5号", "s": "青政发〔2023〕5号"},
        {"t": "（牵头单位：县民政局）", "h": "at s:3:9"},
    ]


def test_nothing_is_shown_as_none() -> None:
    empty = {**ROW, "task": None, "duty": "", "due": [], "quote": None, "document": None}
    made = models.sheet(COLUMNS, [ROW, empty], WORDS, link, sentence)
    texts = [c["t"] if isinstance(c, dict) else c for c in made.rows[1]]
    assert "None" not in [str(x) for x in texts if x is not None]


@pytest.mark.parametrize(
    ("column", "columns", "expected"),
    [
        ("task", ("task", "task_id"), ("Task", "task_id")),
        ("other_document", ("other_document", "other_document_id"), ("Document", "other_document_id")),
        ("old_department", ("old_id", "old_department"), ("Department", "old_id")),
        ("leading_group", ("group_id", "leading_group"), ("LeadingGroup", "group_id")),
        ("tasks", ("tasks", "task_id"), None),
        ("document", ("document",), None),
    ],
)
def test_a_name_goes_with_its_id(column: str, columns: tuple[str, ...], expected: tuple[str, str] | None) -> None:
    assert models.owner(column, columns) == expected


def test_what_was_asked_for_is_not_repeated() -> None:
    rows = [{**ROW, "lineage": "self"}, {**ROW, "task_id": "d#2", "lineage": "self"}]
    assert models.repeated((*COLUMNS, "lineage"), rows, {"x/民政局"}) == {"department", "lineage"}
    assert models.repeated(COLUMNS, rows, {"other"}) == set()


# --- pictures ---------------------------------------------------------------------------------------------------------


def picture(n: int = 3) -> Picture:
    nodes = [
        Node("x/民政局", "Department", {"name": "县民政局"}),
        *(Node(f"d#{i}", "Task", {"title": f"任务{i}"}) for i in range(n)),
    ]
    edges = [Edge("x/民政局", f"d#{i}", "LEADS", {"quote": f"句{i}"}) for i in range(n)]
    return Picture(
        nodes,
        [*edges, Edge("x/民政局", "d#0", "ASSISTS", {}), Edge("x/民政局", "d#0", "LEADS", {"quote": "又一句"})],
        False,
    )


def test_kinds_differ_in_shape_and_roles_in_line() -> None:
    assert len({(k.shape, k.size) for k in models.KINDS.values()}) == len(models.KINDS)
    styles = [tuple(sorted((k, str(v)) for k, v in s.items())) for s in models.EDGES.values()]
    assert len(set(styles)) == 3
    assert all("color" not in s for s in models.EDGES.values())


def test_a_picture_becomes_a_network() -> None:
    net = models.network(picture(), WORDS, ["x/民政局"])
    assert {n["id"] for n in net.nodes} == {"x/民政局", "d#0", "d#1", "d#2"}
    assert len(net.edges) == 4, "the same role twice between two nodes is one line"
    assert "牵头 ×2" in {e["title"] for e in net.edges}
    sizes = {n["id"]: n["size"] for n in net.nodes}
    assert sizes["x/民政局"] > sizes["d#0"]


def test_too_many_nodes_are_cut_but_not_the_first() -> None:
    many = picture(400)
    cut = models.limited(many, ["d#399"], 150)
    assert len(cut.nodes) == 150
    assert "d#399" in {n.id for n in cut.nodes}
    kept = {n.id for n in cut.nodes}
    assert all(e.source in kept and e.target in kept for e in cut.edges)
    assert cut.truncated
    assert models.limited(picture(), []) == picture()


def test_pictures_join_without_doubles() -> None:
    joined = models.joined([picture(2), picture(3)])
    assert len(joined.nodes) == 4
    assert len(joined.edges) == 5


def test_neighbours_know_the_direction() -> None:
    found = models.around(picture(1), "d#0")
    assert [(e.type, n.id, away) for e, n, away in found] == [
        ("LEADS", "x/民政局", False),
        ("ASSISTS", "x/民政局", False),
        ("LEADS", "x/民政局", False),
    ]


@pytest.mark.parametrize("text", PAYLOADS)
def test_only_allowed_keys_reach_the_browser(text: str) -> None:
    drawn = Picture(
        [Node("a", "Department", {"name": text, "image": "http://x"}), Node("b", "Nobody knows", {"name": text})],
        [Edge("a", "b", text, {"quote": text})],
        False,
    )
    net = models.network(drawn, WORDS)
    net.nodes[0]["image"] = "http://example.org/x.png"
    net.nodes[0]["shape"] = "image"
    data = payload(net)
    assert all(set(n) <= NODE_KEYS for n in data["nodes"])
    assert all(set(e) <= EDGE_KEYS for e in data["edges"])
    assert {n["shape"] for n in data["nodes"]} <= {"dot", "square"}
    assert text.strip()[:10] in data["nodes"][0]["title"] or text == "\u2028"


def test_parallel_edges_are_bent_apart_and_have_ids() -> None:
    data = payload(models.network(picture(), WORDS))
    ids = [e["id"] for e in data["edges"]]
    assert len(set(ids)) == len(ids)
    assert sum("smooth" in e for e in data["edges"]) == 1


def test_a_chain_stands_in_columns_and_shows_what_is_missing() -> None:
    document = Node("p", "Document", {"title": "意见", "level": "provincial"})
    task = Node("d#1", "Task", {"title": "任务"})
    way = (
        Step("provincial", document),
        Step("municipal", None),
        Step("task", task, Edge("p", "d#1", "ASSIGNS", {"quote": "句", "evidence": ["s:1:2"]})),
    )
    chain = Chain(task, [way], False)
    net, heads = models.chain_network(chain.picture(), WORDS, lambda s: s, lambda s: f"缺{s}", "d#1")
    by_label = {n["label"]: n for n in net.nodes}
    assert [h["x"] for h in heads] == sorted({n["x"] for n in net.nodes}), "every column has its name above it"
    left, middle, right = (by_label[x]["x"] for x in ("意见", "缺municipal", "任务"))
    assert left < middle < right
    assert by_label["缺municipal"]["shapeProperties"]["borderDashes"]
    assert any(e.get("dashes") for e in net.edges if MISSING not in e)
    steps = models.steps_sheet(chain, WORDS, str, link, sentence)
    assert len(steps.rows) == 3
    assert steps.rows[1][2] is None
    assert steps.rows[2][4] == {"t": "句", "h": "at s:1:2"}
    ways = models.ways_sheet(chain, str, link, sentence)
    assert ways.rows[0][1] is None
    assert ways.rows[0][2] == {"t": "任务", "k": "Task", "h": "at s:1:2"}


# --- the reader -------------------------------------------------------------------------------------------------------

TEXT = st.text(st.sampled_from("县民政局，。\n a<&𠀀𡃁"), max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark], list[tuple[int, int, str]]]:
    text = draw(TEXT)
    size = len(text)
    spans = draw(
        st.lists(st.tuples(st.integers(0, size), st.integers(0, size), st.sampled_from(models.MARK_KINDS)), max_size=8)
    )
    marks = sorted(
        {Mark(min(a, b), max(a, b), k, "x") for a, b, k in spans if a != b}, key=lambda m: (m.start, -m.end, m.kind)
    )
    cuts = sorted(set(draw(st.lists(st.integers(0, size), max_size=6))))
    markup = [
        (a, b, draw(st.sampled_from(["", "\n", "\t"]))) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b
    ]
    return text, marks, markup


@given(marked())
def test_segments_are_the_text_without_its_markup(case: tuple[str, list[Mark], list[tuple[int, int, str]]]) -> None:
    text, marks, markup = case
    expected, at = "", 0
    for a, b, stand in markup:
        expected, at = expected + text[at:a] + stand, b
    assert "".join(p["t"] for p in segments(text, marks, markup)) == expected + text[at:]


@given(marked())
def test_every_mark_is_shown_where_it_is(case: tuple[str, list[Mark], list[tuple[int, int, str]]]) -> None:
    text, marks, _ = case
    at = 0
    for piece in segments(text, marks):
        inside = [m for m in marks if m.start <= at and at + len(piece["t"]) <= m.end]
        covers = [m for m in marks if m.start < at + len(piece["t"]) and m.end > at]
        assert inside == covers, "a piece lies wholly in or out of each mark"
        assert bool(piece.get("k")) == bool(inside)
        at += len(piece["t"])


def test_rare_characters_do_not_shift_marks() -> None:
    text = "𠀀𠀀由县民政局牵头"
    pieces = segments(text, [Mark(3, 7, "lead", "县民政局")], focus=(3, 7))
    assert [p["t"] for p in pieces] == ["𠀀𠀀由", "县民政局", "牵头"]
    assert pieces[1]["on"] and pieces[1]["k"] == ["lead"] and pieces[1]["id"] == "3-7"


def test_a_name_inside_a_task_keeps_both() -> None:
    pieces = segments("一、由县民政局牵头", [Mark(0, 9, "task", "一"), Mark(3, 7, "lead", "县民政局")])
    assert [p.get("k") for p in pieces] == [["task"], ["task", "lead"], ["task"]]


@given(st.integers(0, 500_000), st.integers(0, 500_000))
def test_the_window_holds_the_focus(length: int, at: int) -> None:
    at = min(at, max(length - 1, 0))
    low, high = models.reader_window(length, (at, at + 1))
    assert 0 <= low <= high <= length
    assert high - low == min(length, models.READER_LIMIT)
    assert length == 0 or low <= at < high


def test_kinds_can_be_left_out() -> None:
    left = models.without(picture(3), ["Task"], ["d#1"])
    assert [n.id for n in left.nodes] == ["x/民政局", "d#1"]
    assert len(left.edges) == 1


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_picture_as_a_file_holds_text_as_text(text: str) -> None:
    net = models.network(Picture([Node("a", "Task", {"title": text})], [], False), WORDS)
    page = standalone.page(net, text, text)
    harmless = standalone.page(net, "x", "x")
    for mark in ("<script", "</script", "<!--", "<img"):
        assert page.count(mark) == harmless.count(mark)
    data = page.split('type="application/json">')[1].split("</script>")[0]
    assert json.loads(data)["nodes"][0]["title"].endswith(text)
    assert "default-src 'none'" in page


def test_names_stand_on_two_lines() -> None:
    assert models.two_lines("县民政局") == "县民政局"
    assert models.two_lines("提升乡镇敬老院照护能力") == "提升乡镇敬老\n院照护能力"
    assert models.two_lines("青禾县“一老一小”服务能力提升行动领导小组") == "青禾县“一老一\n小”服务能力提…"
    assert models.two_lines("Missing: National document", 10) == "Missing: National\ndocument"
