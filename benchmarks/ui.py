"""How fast the app is in a browser: `python benchmarks/ui.py [LIBRARY …]`; prints a table per library.

Without a library, the samples are measured (`benchmarks/corpus.py` makes thousands of documents to load). Times are
taken in the page itself, from the click to the last change of the page. Needs Debian's chromium.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import samples  # noqa: E402
from graph.library import Library  # noqa: E402
from loaders.load import load  # noqa: E402
from queries.run import run  # noqa: E402
from ui.commands import serve  # noqa: E402

CHROMIUM = os.environ.get("ZEREN_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
REPEATS = 5
QUIET = 400  # milliseconds without a change after which the page counts as done
# resolves with the time from the call to the last change of the page
SETTLE = """(quiet) => new Promise((done) => {
  const begun = performance.now();
  let last = begun, timer = setTimeout(() => done(last - begun), quiet + 4000);
  new MutationObserver(() => {
    last = performance.now(); clearTimeout(timer); timer = setTimeout(() => done(last - begun), quiet);
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
})"""
# resolves with the time from a double click until the picture has taken up what is new
DRAWN = """() => ({ p: new Promise((done) => {
  let begun = 0;
  addEventListener("dblclick", () => { begun = performance.now(); }, true);
  new MutationObserver(() => done(performance.now() - begun))
    .observe(document.querySelector(".z-graph"), { attributes: true, attributeFilter: ["data-settled"] });
}) })"""


def after(page: Any, act: Any) -> float:  # noqa: ANN401
    """Seconds from `act` to the last change of the page."""
    handle = page.evaluate_handle(f"() => ({{ p: ({SETTLE})({QUIET}) }})")
    act()
    return float(page.evaluate("(h) => h.p", handle)) / 1000


@contextmanager
def opened(library: Path) -> Iterator[tuple[Any, str]]:
    """A browser and the address of the app on `library`."""
    from playwright.sync_api import sync_playwright

    port = serve.free_port("127.0.0.1", None)
    with (
        tempfile.TemporaryFile("w") as log,
        serve.started(library, port, log=log),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser, f"http://127.0.0.1:{port}"
        browser.close()


def measure(library: Path) -> dict[str, list[float]]:
    """Seconds by what was done."""
    store = Library(library).store()
    busiest = run(store, "workload", {}, limit=1).rows[0]
    store.close()
    times: dict[str, list[float]] = {}

    def note(what: str, seconds: float) -> None:
        times.setdefault(what, []).append(seconds)

    with opened(library) as (browser, site):
        for at in range(REPEATS):
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
            page = context.new_page()
            page.goto(site)
            page.get_by_role("heading", name="提问").first.wait_for()
            which = "first visitor" if at == 0 else "next visitor"
            paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            note(f"{which}: first paint", float(page.evaluate(paint)) / 1000)
            note(f"{which}: heading", float(page.evaluate("performance.now()")) / 1000)
            menu = page.locator('[data-testid="stSidebarNavLink"]')
            for item in (1, 2, 5, 7):
                note("page switch", after(page, menu.nth(item).click))
            menu.nth(0).click()
            box = page.get_by_role("searchbox").first
            box.wait_for()
            box.fill(f"{busiest['department']}负责哪些任务？")
            note("question", after(page, lambda box=box: box.press("Enter")))
            page.goto(f"{site}/explore?node=Department:{busiest['department_id']}")
            page.wait_for_selector(".z-graph[data-settled]")
            page.wait_for_timeout(1500)
            x, y = page.evaluate("""() => { const box = document.querySelector('.z-graph'), s = box.__state;
                const id = s.nodes.getIds().find(i => i.includes('#'));
                const p = s.net.canvasToDOM(s.net.getPositions([id])[id]);
                const r = box.getBoundingClientRect(); return [p.x + r.left, p.y + r.top]; }""")
            note("node clicked", after(page, lambda page=page, x=x, y=y: page.mouse.click(x, y)))
            drawn = page.evaluate_handle(DRAWN)
            note("node expanded", after(page, lambda page=page, x=x, y=y: page.mouse.dblclick(x, y)))
            note("  new nodes drawn", float(page.evaluate("(h) => h.p", drawn)) / 1000)
            context.close()
    return times


def show(name: str, times: dict[str, list[float]]) -> None:
    """Print a table: median and worst of each."""
    print(f"\n{name}\n{'':28}{'median s':>10}{'worst s':>10}{'n':>5}")
    for what, found in times.items():
        print(f"{what:28}{statistics.median(found):>10.2f}{max(found):>10.2f}{len(found):>5}")


def main() -> None:
    """Measure the libraries named on the command line, or the samples."""
    if len(sys.argv) > 1:
        for given in sys.argv[1:]:
            show(given, measure(Path(given)))
        return
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "samples"
        load(Library.create(library), samples.paths())
        show("samples", measure(library))


if __name__ == "__main__":
    main()
