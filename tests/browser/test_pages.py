"""Each page as people use it, in a real browser."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlparse

import openpyxl
import pytest
from conftest import go, ready, watch

from ui.commands import serve

COUNTY = "岚江省宁溪市青禾县"
BUREAU = quote(f"{COUNTY}/民政局")
TITLES = [  # in the order of the menu
    ("提问", "Ask"),
    ("部门责任", "Departments"),
    ("年度目标", "Targets"),
    ("责任链条", "Chain"),
    ("图谱", "Explore"),
    ("文件", "Documents"),
    ("查询", "Queries"),
    ("概况", "Overview"),
    ("核查", "Audit"),
    ("复核", "Review"),
    ("导入", "Load"),
]


def node_at(page: Any, ident: str) -> tuple[float, float]:
    """Where a node of the picture is on the screen."""
    x, y = page.evaluate(
        """(id) => { const box = document.querySelector('.z-graph'), net = box.__state.net;
        const p = net.canvasToDOM(net.getPositions([id])[id]), r = box.getBoundingClientRect();
        return [p.x + r.left, p.y + r.top]; }""",
        ident,
    )
    return x, y


def settled(page: Any) -> None:
    page.wait_for_selector(".z-graph[data-settled]")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_opens_from_the_menu(lang: str, page: Any) -> None:
    go(page, "?lang=en" if lang == "en" else "")
    menu = page.locator('[data-testid="stSidebarNavLink"]')
    menu.first.wait_for()
    assert menu.count() == len(TITLES)
    for at, titles in enumerate(TITLES):
        menu.nth(at).click()
        page.get_by_role("heading", name=titles[lang == "en"], exact=True).first.wait_for()
        ready(page)
        text = page.locator('[data-testid="stMain"]').inner_text()
        assert not re.search(r"\b(None|nan|undefined|null)\b", text)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no sideways scrolling"
    if lang == "en":  # what the app itself says is English; names and sentences stay Chinese
        assert not re.search("[一-鿿]", "".join(menu.all_inner_texts()))
    assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[lang]


def test_a_question_to_its_sentence(page: Any) -> None:
    go(page, "")
    box = page.get_by_role("searchbox", name="问题")
    box.fill("县民政局负责哪些任务？")
    box.press("Enter")
    page.get_by_text("理解为").wait_for()
    ready(page)
    assert "q=" in page.url, "the address can be shared"
    link = page.locator(".z-sheet a.z-quote").first
    words = link.inner_text()
    link.click()
    lit = page.locator(".z-read .z-on").first
    lit.wait_for()
    assert urlparse(page.url).path == "/documents"
    whole = "".join(page.locator(".z-read .z-on").all_inner_texts())
    assert re.sub(r"\s|…", "", words)[:8] in re.sub(r"\s", "", whole)
    view, mark = page.locator(".z-read").bounding_box(), lit.bounding_box()
    assert view["y"] <= mark["y"] <= view["y"] + view["height"], "the sentence is in sight"
    # the address alone shows the same sentence in a new window
    again = page.context.new_page()
    trouble = watch(again)
    again.goto(page.url)
    again.locator(".z-read .z-on").first.wait_for()
    assert "".join(again.locator(".z-read .z-on").all_inner_texts()) == whole
    again.close()
    assert not trouble


def test_language_stays_from_page_to_page(page: Any) -> None:
    go(page, "departments")
    page.get_by_role("radio", name="English").click()
    page.get_by_role("heading", name="Departments").wait_for()
    assert parse_qs(urlparse(page.url).query)["lang"] == ["en"]
    page.get_by_role("link", name="Audit", exact=True).click()
    page.get_by_role("heading", name="Audit", exact=True).wait_for()
    ready(page)
    assert "lang=en" in page.url
    page.reload()
    page.get_by_role("heading", name="Audit", exact=True).wait_for()


def test_a_clerk_gets_the_ledger(page: Any) -> None:
    go(page, f"departments?department={BUREAU}", "督查台账")
    page.locator(".z-sheet tbody tr").first.wait_for()
    rows = int(page.locator(".z-sheet").get_attribute("data-rows"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="督查台账").click()
    file = waiting.value
    assert file.suggested_filename.endswith(".xlsx")
    with open(file.path(), "rb") as opened:  # noqa: PTH123
        sheet = openpyxl.load_workbook(io.BytesIO(opened.read())).active
    values = [[c.value for c in row] for row in sheet.iter_rows()]
    assert values[1][:5] == ["序号", "任务", "牵头单位", "责任单位", "配合单位"]
    assert 0 < len(values) - 2 <= rows
    assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row), "no formula from a document"


def test_the_ledger_speaks_the_language_of_the_page(page: Any) -> None:
    go(page, f"departments?department={BUREAU}&lang=en", "Ledger")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Ledger").click()
    with open(waiting.value.path(), "rb") as opened:  # noqa: PTH123
        sheet = openpyxl.load_workbook(io.BytesIO(opened.read())).active
    assert [c.value for c in sheet[2]][:3] == ["No.", "Task", "Leading bodies"]
    assert sheet["A1"].value == "县民政局 ledger"


def test_filter_and_sort_a_table(page: Any) -> None:
    go(page, f"departments?department={BUREAU}", "督查台账")
    rows = page.locator(".z-sheet tbody tr")
    rows.first.wait_for()
    everything = rows.count()
    page.get_by_label("筛选表内文字").fill("配合")
    assert 0 < rows.count() < everything
    page.get_by_label("筛选表内文字").fill("没有这样的字")
    page.get_by_text("没有符合的记录").wait_for()
    page.get_by_label("筛选表内文字").fill("")
    head = page.locator(".z-sheet th").first
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"


def test_a_department_is_found_by_typing(page: Any) -> None:
    go(page, "departments", "部门责任")
    box = page.locator('[data-testid="stMain"]').get_by_role("combobox").first
    box.click()
    box.press_sequentially("青禾县民政")
    page.get_by_role("option", name=re.compile("民政局")).first.click()
    page.get_by_role("button", name="督查台账").wait_for()
    assert parse_qs(urlparse(page.url).query)["department"] == [f"{COUNTY}/民政局"]


# nodes without a name, and pairs whose names lie on each other
NAMES = """(() => { const { net, nodes } = document.querySelector('.z-graph').__state, found = [];
    const all = nodes.get().map(({ id, label, size }) => {
        const b = net.getBoundingBox(id), middle = net.getPosition(id).y;
        return { id, label, left: b.left, right: b.right, top: middle + (size ?? 12), bottom: b.bottom }; });
    for (const [i, a] of all.entries()) {
        if (!a.label) found.push(a.id);
        for (const b of all.slice(i + 1)) {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 4 && high > 4) found.push(a.id + ' on ' + b.id);
        }
    }
    return found; })()"""


def test_click_and_expand_a_node(page: Any) -> None:
    go(page, f"explore?node=Department:{BUREAU}")
    settled(page)
    assert page.evaluate(NAMES) == [], "every name is written, none on another"
    before = int(page.locator(".z-graph").get_attribute("data-nodes"))
    task = page.evaluate("document.querySelector('.z-graph').__state.nodes.getIds().find(i => i.includes('#'))")
    page.mouse.click(*node_at(page, task))
    page.locator('[data-testid="stMain"]').get_by_text("任务", exact=True).last.wait_for()
    ready(page)
    rev = page.locator(".z-graph").get_attribute("data-settled")
    page.mouse.dblclick(*node_at(page, task))
    page.wait_for_function(
        "(rev) => { const g = document.querySelector('.z-graph'); return g.dataset.settled !== rev; }",
        arg=rev,
    )
    assert int(page.locator(".z-graph").get_attribute("data-nodes")) > before


def test_the_picture_by_keyboard(page: Any) -> None:
    go(page, f"explore?node=Department:{BUREAU}")
    settled(page)
    page.locator(".z-graph").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".z-graph-say").inner_text()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="展开").and_(page.locator(":enabled")).wait_for()
    before = int(page.locator(".z-graph").get_attribute("data-nodes"))
    page.get_by_role("button", name="展开").click()
    page.wait_for_function("(n) => +document.querySelector('.z-graph').dataset.nodes > n", arg=before)
    page.get_by_role("button", name="撤销").click()
    page.wait_for_function("(n) => +document.querySelector('.z-graph').dataset.nodes === n", arg=before)


def test_a_picture_can_be_taken_away(page: Any) -> None:
    go(page, f"departments?department={BUREAU}&show=picture")
    settled(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PNG").click()
    with open(waiting.value.path(), "rb") as opened:  # noqa: PTH123
        assert opened.read(8) == b"\x89PNG\r\n\x1a\n"


def test_highlights_can_be_put_out_and_lead_to_facts(page: Any) -> None:
    go(page, "documents", "文件")
    page.locator(".z-sheet a").first.click()
    page.locator(".z-read mark").first.wait_for()
    button = page.locator(".z-read-kind").filter(has_text="牵头")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    page.locator(".z-read mark").first.click()
    page.wait_for_function("() => location.search.includes('span=')")
    page.locator(".z-read .z-on").first.wait_for()


def test_a_query_with_its_form(page: Any) -> None:
    go(page, f"queries?query=department-tasks&p_department={BUREAU}", "查询语句")
    page.locator(".z-sheet tbody tr").first.wait_for()
    page.locator("summary", has_text="查询语句").click()
    page.get_by_text("MATCH (d:Department").first.wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    with open(waiting.value.path(), "rb") as opened:  # noqa: PTH123
        assert opened.read(3) == b"\xef\xbb\xbf", "opens rightly in Excel"


def test_files_are_loaded_from_the_page(page: Any) -> None:
    go(page, "load", "导入")
    text = (
        "关于开展便民服务的通知\n青政办发〔2025〕77号\n一、主要任务\n"
        "1.设立便民服务点。（牵头单位：县商务局；责任单位：县民政局）\n青禾县人民政府办公室\n2025年3月4日\n"
    )
    page.locator('input[type="file"]').set_input_files(
        [
            {"name": "便民.txt", "mimeType": "text/plain", "buffer": text.encode()},
            {"name": "坏.docx", "mimeType": "application/zip", "buffer": b"x"},
        ]
    )
    page.get_by_role("button", name="导入 2 个文件").click()
    page.get_by_text("新增 1 个来源").wait_for()
    page.get_by_text("坏.docx").first.wait_for()
    page.get_by_role("link", name="便民.txt").click()
    page.locator(".z-read").get_by_text("设立便民服务点").first.wait_for()


@pytest.mark.parametrize(
    "path",
    [
        "documents?document=" + quote("青政发〔2024〕99号"),
        "chain?node=Document:" + quote("青政发〔2024〕99号"),
        "?q=" + quote("<img src=http://evil.example/q.png onerror=window.hit=1>"),
        "explore?find=" + quote("<img src=http://evil.example/q.png>"),
        "audit?check=" + quote("<script>window.hit=1</script>"),
    ],
)
def test_markup_in_documents_and_addresses_stays_text(path: str, page: Any) -> None:
    go(page, path)
    page.locator('[data-testid="stMain"] h1').first.wait_for()
    ready(page)
    if page.locator(".z-graph").count():
        settled(page)
        frame = page.locator(".z-graph").bounding_box()
        page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    assert page.evaluate("window.hit === undefined")
    outside = """[...document.querySelectorAll('a[href], img[src], [style*="url("]')]
        .map(e => e.href || e.src || e.style.cssText)
        .filter(a => !a.startsWith(location.origin) && !a.startsWith('data:') && !a.startsWith('blob:'))"""
    assert page.evaluate(outside) == []


def test_every_page_prints_whole(page: Any) -> None:
    go(page, f"departments?department={BUREAU}&show=picture")
    settled(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    image = page.locator(".z-graph-print")
    assert image.is_visible() and image.get_attribute("src").startswith("data:image/png")
    assert not page.locator('[data-testid="stSidebar"]').is_visible()
    page.emulate_media(media="screen")
    go(page, f"explore?node=Department:{BUREAU}")
    settled(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    image, legend = page.locator(".z-graph-print"), page.locator(".z-graph-lines")
    page.wait_for_function("document.querySelector('.z-graph-print').complete")
    above, below = image.bounding_box(), legend.bounding_box()
    assert above["y"] < 400, "no hole where the controls were"
    assert above["y"] + above["height"] <= below["y"] + 1, "nothing lies on the picture"
    assert not page.get_by_role("button", name="最短路径").is_visible()
    page.emulate_media(media="screen")
    go(page, "queries?query=ledger")
    page.locator(".z-sheet tbody tr").first.wait_for()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".z-sheet tbody tr").count() == int(page.locator(".z-sheet").get_attribute("data-rows"))
    page.emulate_media(media="screen")


def test_on_a_phone(context: Any, site: str) -> None:
    phone = context.browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    phone.set_default_timeout(60_000)
    page = phone.new_page()
    page.site = site
    trouble = watch(page)
    beyond = """[...document.querySelectorAll('.z-sheet-cards td > *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth).length"""
    go(page, f"?q={quote('县民政局负责哪些任务？')}", "理解为")
    page.locator(".z-sheet tbody tr").first.wait_for()
    label = "getComputedStyle(document.querySelector('.z-sheet-cards td'), '::before').content"
    assert page.evaluate(label) == '"任务"', "a row is a card, each cell under what it says"
    assert page.evaluate(beyond) == 0 and page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    go(page, f"chain?node=Document:{quote('青政办发〔2023〕18号')}")
    settled(page)
    state = "document.querySelector('.z-graph').__state"
    assert page.evaluate(f"{state}.net.getScale()") > 0.6, "words in boxes can be read"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.close()
    assert not trouble, trouble


COLOURED = (
    f"departments?department={BUREAU}",
    f"explore?node=Department:{BUREAU}",
    "documents?document=" + quote("青政发〔2024〕99号"),
    "targets",
    "audit",
)
PLAIN = (
    "",
    "?q=" + quote("县民政局负责哪些任务？"),
    "chain?node=Document:" + quote("青政办发〔2023〕18号"),
    "documents",
    "queries?query=ledger",
    "overview",
    "review",
    "load",
)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_accessible(look: str, page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    # the look changes colours only
    options, pages = (None, [*COLOURED, *PLAIN]) if look == "light" else ({"runOnly": ["color-contrast"]}, COLOURED)
    page.emulate_media(color_scheme=look)
    found = []
    for path in pages:
        go(page, path)
        assert page.evaluate("document.documentElement.dataset.theme ?? 'light'") == look
        for rule in Axe().run(page, options=options).response["violations"]:
            ours = [n["html"][:160] for n in rule["nodes"] if "z-" in n["html"]]
            if ours:
                found.append((path, rule["id"], ours[:3]))
    assert not found, found


def test_below_a_path_of_its_own(sample_library: Path, page: Any, tmp_path: Path) -> None:
    port, base = serve.free_port("127.0.0.1", None), "policy/zeren"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with (tmp_path / "log").open("w") as log, serve.started(sample_library, port, base=base, log=log):
        page.site = f"http://127.0.0.1:{port}/{base}"
        go(page, "departments?department=" + BUREAU)
        page.locator(".z-sheet a.z-quote").first.click()
        page.locator(".z-read .z-on").first.wait_for()
        assert urlparse(page.url).path == f"/{base}/documents"
        page.reload()
        page.locator(".z-read .z-on").first.wait_for()
        page.get_by_role("link", name="图谱", exact=True).click()
        page.get_by_role("heading", name="图谱").wait_for()
        go(page, f"explore?node=Department:{BUREAU}")
        settled(page)
        go(page)
        box = page.get_by_role("searchbox", name="问题")
        box.fill("县民政局负责哪些任务？")
        box.press("Enter")
        page.get_by_text("理解为").wait_for()
        ready(page)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="CSV").click()
        assert waiting.value.suggested_filename.endswith(".csv")
        page.goto("about:blank")  # else the page would look for its server
    outside = [a for a in asked if urlparse(a).scheme == "http" and not urlparse(a).path.startswith(f"/{base}")]
    assert not outside, outside
