"""What three kinds of people come for, from the first word to what they take away; and whatever documents hold."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlparse

import openpyxl
import pytest
from conftest import go, ready, watch

import samples
from graph.library import Library, SourceHead, write_facts
from loaders import facts_json
from loaders.load import load, rebuild
from loaders.names import head_of
from ui.commands import serve

COUNTY = "岚江省宁溪市青禾县"
BUREAU = quote(f"{COUNTY}/民政局")
NUMBER = "青政办发〔2023〕18号"
GRAPH = ".z-graph[data-settled]"


def saved(page: Any, act: Callable[[], None]) -> bytes:
    """The file that `act` makes the browser save."""
    with page.expect_download() as waiting:
        act()
    return Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_clerk_from_a_name_to_the_ledger(lang: str, page: Any) -> None:
    go(page, f"departments?lang={lang}")
    box = page.locator('[data-testid="stMain"]').get_by_role("combobox").first
    box.click()
    box.press_sequentially("青禾县民政")
    page.get_by_role("option", name=re.compile("民政局")).first.click()
    button = page.get_by_role("button", name={"zh": "督查台账", "en": "Ledger"}[lang])
    button.wait_for()
    ready(page)
    book = openpyxl.load_workbook(io.BytesIO(saved(page, button.click)))
    sheet = book.active
    heads = {"zh": ["序号", "任务", "牵头单位"], "en": ["No.", "Task", "Leading bodies"]}[lang]
    assert [c.value for c in sheet[2]][:3] == heads
    assert sheet.max_row > 10 and any("县民政局" in str(c.value) for c in sheet[3])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_auditor_from_a_number_to_a_person_and_paper(lang: str, page: Any) -> None:
    go(page, f"chain?lang={lang}")
    box = page.get_by_role("searchbox").first
    box.fill(NUMBER)
    box.press("Enter")
    page.locator(".z-sheet a").first.click()
    page.wait_for_selector(GRAPH)
    page.get_by_role("radio", name={"zh": "逐级原文", "en": "Step by step"}[lang]).click()
    person = page.locator(".z-sheet tr", has=page.locator(".z-kind-Person")).first
    person.wait_for()
    assert person.locator("a.z-quote").count() == 1, "the person comes with the sentence"
    ready(page)
    steps = page.locator(".z-sheet").last
    rows = int(steps.get_attribute("data-rows"))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert steps.locator("tbody tr").count() == rows
    cut = """[...document.querySelectorAll('.z-sheet td *, .z-sheet-box')]
        .filter(e => e.scrollHeight > e.clientHeight + 2 && getComputedStyle(e).overflow === 'hidden').length"""
    assert page.evaluate(cut) == 0, "nothing is cut on paper"
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="screen")
    person.locator("a.z-quote").click()
    page.locator(".z-read .z-on").first.wait_for()


def nodes(page: Any) -> set[str]:
    return set(page.evaluate("document.querySelector('.z-graph').__state.nodes.getIds()"))


def counted(page: Any, test: str) -> None:
    """Wait until the number of nodes `n` passes a test."""
    page.wait_for_function(f"() => {{ const n = +document.querySelector('.z-graph').dataset.nodes; return {test}; }}")
    ready(page)


def place(page: Any, ident: str) -> list[float]:
    found: list[float] = page.evaluate(
        """(id) => { const box = document.querySelector('.z-graph'), net = box.__state.net;
        const p = net.canvasToDOM(net.getPositions([id])[id]), r = box.getBoundingClientRect();
        return [p.x + r.left, p.y + r.top]; }""",
        ident,
    )
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_researcher_expands_pins_shares_and_goes_back(lang: str, page: Any) -> None:
    heading, pin, people, undo = {
        "zh": ("图谱", "固定", "人员", "撤销"),
        "en": ("Explore", "Pin", "Person", "Undo"),
    }[lang]
    go(page, f"explore?lang={lang}", heading)
    box = page.get_by_role("searchbox").first
    box.fill("青禾县民政局")
    box.press("Enter")
    page.locator(".z-sheet a", has_text="民政局").first.click()
    page.wait_for_selector(GRAPH)
    before = nodes(page)
    task = next(i for i in sorted(before) if "#" in i)
    page.mouse.dblclick(*place(page, task))
    counted(page, f"n > {len(before)}")
    grown = nodes(page)
    page.locator(".z-graph-bar button", has_text=pin).click()
    page.wait_for_function("() => location.search.includes('pin=')")
    page.locator(".z-graph-kinds button", has_text=people).click()
    page.wait_for_function("() => location.search.includes('hide=Person')")
    counted(page, f"n < {len(grown)}")
    shared = page.url
    drawing = ET.fromstring(saved(page, page.get_by_role("button", name="SVG").click))
    assert "县民政局" in "".join(drawing.itertext()) and drawing.tag.endswith("svg")
    # the address alone shows the same view in a new window
    other = page.context.new_page()
    trouble = watch(other)
    other.goto(shared)
    other.wait_for_selector(GRAPH)
    assert nodes(other) == nodes(page)
    assert other.evaluate("(id) => Boolean(document.querySelector('.z-graph').__state.nodes.get(id).fixed)", task)
    other.close()
    assert not trouble
    for count in (len(grown), len(grown), len(before)):  # the kind, the pin, the expansion
        page.get_by_role("button", name=undo, exact=True).click()
        counted(page, f"n === {count}")
    assert not {"open", "pin", "hide"} & set(parse_qs(urlparse(page.url).query))
    assert nodes(page) == before


def tab_to(page: Any, wanted: str, back: bool = False) -> None:
    """Press Tab until what `wanted` (CSS, or the words of a button) selects has the focus."""
    reached = """([css, words]) => { const at = document.activeElement;
        return css ? at.matches(css) : at.tagName === 'BUTTON' && at.innerText.trim().startsWith(words); }"""
    test = [wanted, ""] if wanted[:1] in ".#[" else ["", wanted]
    for _ in range(120):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(reached, test):
            seen = "at => at.tagName === 'INPUT' || getComputedStyle(at).outlineStyle !== 'none'"
            assert page.evaluate(f"({seen})(document.activeElement)"), "the focus is seen (a field's border shows it)"
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def test_exploring_without_a_mouse(page: Any) -> None:
    go(page, f"explore?node=Department:{BUREAU}")
    page.wait_for_selector(GRAPH)
    before = nodes(page)
    tab_to(page, ".z-graph")
    say, drawn = page.locator(".z-graph-say"), "document.querySelector('.z-graph').__state.net.getSelectedNodes()[0]"
    for way in ("ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight") * 3:
        page.keyboard.press(way)
        if "任务" in say.inner_text():
            break
    task = page.evaluate(drawn)
    assert "#" in task and say.inner_text()
    page.keyboard.press("Shift+Enter")
    counted(page, f"n > {len(before)}")
    tab_to(page, "收起", back=True)
    page.keyboard.press("Enter")
    counted(page, f"n === {len(before)}")
    tab_to(page, "撤销")
    page.keyboard.press("Enter")
    counted(page, f"n > {len(before)}")
    tab_to(page, "最短路径")
    page.keyboard.press("Enter")
    tab_to(page, '[role="combobox"][aria-label*="终点"]')
    page.keyboard.press("ArrowDown")
    page.locator('.z-find [role="option"]').first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="找最短路径", disabled=False).wait_for()
    tab_to(page, "找最短路径")
    page.keyboard.press("Enter")
    page.get_by_text("最短路径共").wait_for()
    assert "to=" in page.url


def test_light_and_dark_as_one_chooses(page: Any) -> None:
    go(page, "overview")
    look = page.get_by_label("外观")
    look.wait_for()
    paper = "getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    look.select_option("dark")
    page.wait_for_function(f"() => {paper} === 'rgb(23, 25, 28)'")
    page.reload()
    ready(page)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_label("外观").select_option("auto")
    page.wait_for_function(f"() => {paper} === 'rgb(255, 255, 255)'")


# --- whatever documents hold ------------------------------------------------------------------------------------------

PAYLOADS = (
    "<img src=http://evil.example/a.png onerror=window.hit=1>",
    "</script><script>window.hit=1</script>",
    "![图](http://evil.example/b.png)[点](javascript:window.hit=1)",
    "=HYPERLINK(\"http://evil.example\")<style>*{display:none}</style>",
    "{{7*7}}:material/home:$x$`a`href",
)
# what decides how a fact is read, not words of a document
FIXED = set("source role rule level region kind year period issued_on comparator basis path action way".split())  # noqa: SIM905


UNREAD = {"start": 0, "end": 12, "quote": "各单位分别", "rule": "", "kind": "unread-statement", "text": "各单位分别"}


def poisoned(value: Any, key: str, count: Iterator[int]) -> Any:
    """The same facts with markup after every text."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k != "issued_by"}  # places, one for each name, of names now longer
        return {k: v if k in FIXED else poisoned(v, k, count) for k, v in kept.items()}
    if isinstance(value, list):
        return [poisoned(v, key, count) for v in value]
    return value + PAYLOADS[next(count) % len(PAYLOADS)] if isinstance(value, str) and value else value


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The app on a library in which every text of every document carries markup; its address and the library."""
    import itertools

    folder = tmp_path_factory.mktemp("hostile")
    library = Library.create(folder / "library")
    load(library, samples.paths())
    count = itertools.count()
    for ident in library.ids():
        head = library.head(ident)
        made = [poisoned(d | {"warnings": [UNREAD]}, "", count) for d in library.facts(ident)]
        texts = [facts_json.from_json(d) for d in made]
        fresh = SourceHead(
            **{f: getattr(head, f) for f in ("id", "paths", "media_type", "bytes", "loaded_at", "extractor", "tasks")},
            name=head.name + PAYLOADS[0],
            documents=[head_of(d) for d in texts],
            warnings=len(made),
        )
        write_facts(library.path / "facts" / f"{ident}.json", fresh, made)
        raw = library.path / "sources" / ident / "raw.txt"
        raw.write_text(raw.read_text("utf-8") + "".join(PAYLOADS), "utf-8")
    rebuild(library)
    port = serve.free_port("127.0.0.1", None)
    with (folder / "log").open("w") as out, serve.started(library.path, port, log=out):
        yield f"http://127.0.0.1:{port}", library.path
    assert "Traceback" not in (folder / "log").read_text()


MARKUP = """[...document.querySelectorAll('a[href], img[src], script[src], iframe, [style*="url("]')]
    .map(e => e.href || e.src || e.style?.cssText || e.tagName)
    .filter(a => !a.startsWith(location.origin) && !a.startsWith('data:') && !a.startsWith('blob:'))"""


def addresses(library: Path) -> list[str]:
    """Every page with something on it."""
    with Library(library).store() as store:
        found = store.run(
            "MATCH (d:Department)-[:LEADS]->(t:Task)<-[:ASSIGNS]-(c:Document) "
            "RETURN d.id AS department, max(t.id) AS task, max(c.id) AS document, count(t) AS tasks "
            "ORDER BY tasks DESC, department LIMIT 1"
        )[0]
    body, task, document = (quote(found[k]) for k in ("department", "task", "document"))
    department = f"departments?department={body}"
    return [
        "",
        f"?q={quote('有哪些领导小组')}",
        f"?q={quote('哪些任务没有牵头单位')}",
        department,
        *(f"{department}&show={v}" for v in ("picture", "targets", "partners", "groups", "people", "due")),
        *(f"targets?year=2025&show={v}" for v in ("targets", "tasks", "compare")),
        f"chain?node=Document:{document}",
        f"chain?node=Document:{document}&view=steps",
        f"explore?node=Department:{body}&open=Task:{task}",
        "documents",
        f"documents?document={document}",
        "queries?query=ledger",
        "queries?query=leading-groups&view=picture",
        "overview",
        "audit?check=no-date",
        "review",
        "review?kind=unread",
        "review?kind=same-person",
        "load",
    ]


READ_THERE = {  # where in a page the markup must be found as words
    "explore": ".z-sheet tbody td",
    "documents?document": ".z-read .z-m-warning",
    "review?kind=unread": ".z-sheet tbody td",
    "review?kind=same-person": ".z-sheet tbody td",
    "audit?check": ".z-sheet tbody td",
    "load": ".z-sheet tbody td",
}


def test_markup_in_any_text_stays_text_on_every_page(hostile: tuple[str, Path], context: Any) -> None:
    site, library = hostile
    page = context.new_page()
    trouble = watch(page)
    page.site = site
    shown = 0
    for path in addresses(library):
        go(page, path)
        page.locator('[data-testid="stMain"] h1').first.wait_for()
        ready(page)
        if page.locator(".z-graph").count():
            page.wait_for_selector(GRAPH)
            frame = page.locator(".z-graph").bounding_box()
            page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
        assert page.evaluate("window.hit === undefined"), path
        assert page.evaluate(MARKUP) == [], path
        text = page.locator('[data-testid="stMain"]').inner_text()
        shown += "evil.example" in text
        for part in (part for begins, part in READ_THERE.items() if path.startswith(begins)):
            said = page.locator(part).evaluate_all("all => all.map(e => e.textContent + ' ' + e.title).join(' ')")
            assert any(p in said for p in PAYLOADS), (path, part)
    assert shown > 12, "the markup is there to be read"
    page.close()
    assert not trouble, trouble


def test_markup_in_any_text_stays_text_in_files(hostile: tuple[str, Path], context: Any, tmp_path: Path) -> None:
    site, library = hostile
    page = context.new_page()
    trouble = watch(page)
    page.site = site
    explore = next(a for a in addresses(library) if a.startswith("explore"))
    go(page, explore)
    page.wait_for_selector(GRAPH)
    drawing = saved(page, page.get_by_role("button", name="SVG").click)
    tags = {e.tag.rpartition("}")[2] for e in ET.fromstring(drawing).iter()}
    assert tags <= {"svg", "title", "rect", "marker", "path", "g", "polygon", "circle", "text"} and b"evil" in drawing
    page.get_by_role("button", name="保存").click()
    alone = saved(page, page.get_by_role("button", name="HTML").click)
    for form in ("GraphML", "GEXF"):
        tree = ET.fromstring(saved(page, page.get_by_role("button", name=form).click))
        assert "evil" in "".join(v for e in tree.iter() for v in (e.text or "", *e.attrib.values())), form
    go(page, "queries?query=ledger")
    table = saved(page, page.get_by_role("button", name="CSV").click).decode("utf-8-sig")
    cells_read = [c for row in csv.reader(io.StringIO(table)) for c in row]
    assert not [c for c in cells_read if c.startswith(("=", "+", "@"))] and any("evil" in c for c in cells_read)
    go(page, next(a for a in addresses(library) if a.startswith("departments")))
    book = openpyxl.load_workbook(io.BytesIO(saved(page, page.get_by_role("button", name="督查台账").click)))
    cells = [c for row in book.active.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"] and any("HYPERLINK" in str(c.value) for c in cells)
    dossier = saved(page, page.get_by_role("button", name="部门档案").click)
    page.close()
    for name, content in (("picture.html", alone), ("dossier.html", dossier)):
        assert b"evil" in content
        (tmp_path / name).write_bytes(content)
        opened = context.new_page()
        trouble += watch(opened)
        opened.goto((tmp_path / name).as_uri())
        opened.wait_for_timeout(300)
        assert opened.evaluate("window.hit === undefined")
        assert opened.locator("img, iframe, a[href*=evil]").count() == 0
        opened.close()
    assert not [x for x in trouble if "evil" in x], trouble
