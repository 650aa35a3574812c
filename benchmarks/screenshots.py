"""Pictures of every page with the sample documents: `make screenshots`.

    python benchmarks/screenshots.py            screenshots/PAGE-LANGUAGE.png, both languages, light, 1366×768
    python benchmarks/screenshots.py --dark --size 390x844
    python benchmarks/screenshots.py --all      light and dark in three sizes: what `make screenshots` makes
    python benchmarks/screenshots.py --print    the same pages as they are printed, PDF
    python benchmarks/screenshots.py --docs     the few that the README shows, to docs/images/

Needs Debian's chromium and a font with Chinese characters (fonts-noto-cjk). Asks nothing but the app on this machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent
sys.path[0] = str(ROOT)  # not this folder: its ui.py is not the package

import samples  # noqa: E402
from graph.library import Library  # noqa: E402
from loaders.load import load  # noqa: E402
from queries.run import run  # noqa: E402
from ui.commands import serve  # noqa: E402

CHROMIUM = os.environ.get("ZEREN_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
BUREAU = "岚江省宁溪市青禾县/民政局"
HEALTH = "岚江省宁溪市青禾县/卫生健康局"
TASK_LIST = "青政办发〔2023〕18号"
TASK = "提升乡镇敬老院照护能力"
QUESTION = {"zh": "县民政局2023年负责哪些任务？", "en": "What is 县民政局 accountable for in 2023?"}
PAGES = ("overview", "start", "ask", "departments", "network", "lineage", "targets", "compare", "chain", "policy",
         "explore", "path",
         "documents", "sentence", "sources", "queries", "query", "audit", "finding",
         "review", "load")  # fmt: skip
SHOWN = ("ask", "explore", "chain", "sentence")  # in the README
SIZES = ((1366, 768), (1920, 1080), (390, 844))
GRAPH = ".z-graph[data-settled]"


def addresses(library: Path, language: str) -> dict[str, str]:
    """Name of a picture → address of the page it shows, with something on it."""
    store = Library(library).store()
    duty = run(store, "department-tasks", {"department": BUREAU, "year": "2023"}).rows[0]
    carried = "MATCH (s:Source)-[c:CARRIES]->(:Document {id: $id}) RETURN s.id AS source, c.start_offset AS begins"
    copies = sorted(store.run(carried, {"id": TASK_LIST}), key=lambda r: r["source"])
    (one, at), (other, _) = ((c["source"], c["begins"]) for c in copies)
    (task,) = {r["id"] for r in store.run("MATCH (t:Task {title: $title}) RETURN t.id AS id", {"title": TASK})}
    store.close()
    source, start, end = duty["evidence"][0].split(":")
    found: dict[str, tuple[str, dict[str, str]]] = {
        "start": ("", {}),
        "ask": ("", {"q": QUESTION[language]}),
        "departments": ("departments", {"department": BUREAU}),
        "network": ("departments", {"department": BUREAU, "show": "picture"}),
        "targets": ("targets", {"year": "2025"}),
        "lineage": ("departments", {"department": HEALTH, "show": "lineage"}),
        "compare": ("targets", {"year": "2025", "show": "compare", "with": "2035"}),
        "path": ("explore", {"node": f"Department:{BUREAU}", "to": f"Department:{HEALTH}"}),
        "sources": ("documents", {"source": one, "span": f"{at}-{at + 1}", "beside": other}),
        "chain": ("chain", {"node": f"Task:{task}"}),
        "policy": ("chain", {"node": f"Document:{TASK_LIST}"}),
        "explore": ("explore", {"node": f"Department:{BUREAU}"}),
        "sentence": ("documents", {"source": source, "span": f"{start}-{end}"}),
        "query": ("queries", {"query": "department-tasks", "p_department": BUREAU}),
        "finding": ("audit", {"check": "sources-differ"}),
    }
    told = {}
    for name in PAGES:
        page, given = found.get(name, (name, {}))
        told[name] = f"{page}?{urlencode({**given, 'lang': language})}"
    return told


@contextmanager
def served() -> Iterator[tuple[str, Path]]:
    """The app on a free port with a library of the samples; its address and the library."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        load(Library.create(library), samples.paths())
        port = serve.free_port("127.0.0.1", None)
        command = serve.command(port, "127.0.0.1", "localhost")
        environment = {**serve.environment(library), "HOME": folder}
        with subprocess.Popen(command, cwd=serve.HERE, env=environment, stdout=subprocess.DEVNULL) as server:
            try:
                serve.wait(server, "127.0.0.1", port)
                yield f"http://127.0.0.1:{port}", library
            finally:
                serve.stop(server, serve.PATIENCE)


def shoot(
    out: Path, names: tuple[str, ...], languages: list[str], theme: str, size: tuple[int, int], printed: bool = False
) -> None:
    """Write OUT/NAME-LANGUAGE.png (printed: .pdf) for each; a page that fails or does not come is named on stderr."""
    from playwright.sync_api import Error, sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with served() as (site, library), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for language in languages:
            view = {"width": size[0], "height": size[1]}
            locale = {"zh": "zh-CN", "en": "en-GB"}[language]
            context = browser.new_context(viewport=view, locale=locale, color_scheme=theme)  # type: ignore[arg-type]
            for name, address in addresses(library, language).items():
                if name not in names:
                    continue
                page = context.new_page()
                try:
                    page.goto(f"{site}/{address}")
                    idle = '[data-testid="stApp"][data-test-script-state="notRunning"]'
                    page.locator(idle).wait_for(timeout=120_000)
                    if page.locator(".z-graph").count():
                        page.wait_for_selector(GRAPH, timeout=120_000)
                    # widgets yet to come
                    blank = "() => !document.querySelector('[data-testid=\"stSkeleton\"], [data-waiting]')"
                    page.wait_for_function(blank, timeout=120_000)
                    page.wait_for_timeout(1_200)  # fonts, and pictures easing into place
                    if page.locator('[data-testid="stException"]').count():
                        print(f"{name}: the page shows an error", file=sys.stderr)
                    if printed:
                        page.pdf(path=out / f"{name}-{language}.pdf", format="A4")
                    else:
                        page.screenshot(path=out / f"{name}-{language}.png")
                except Error as error:
                    print(f"{name}: {error.message.splitlines()[0]}", file=sys.stderr)
                page.close()
            context.close()
        browser.close()
    print(f"{len(list(out.glob('*.p[nd][gf]')))} pictures in {out}")


def main() -> None:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="PAGE", help=f"only these: {' '.join(PAGES)}")
    parser.add_argument("--docs", action="store_true", help="those of the README, to docs/images/")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--print", action="store_true", help="as PDF")
    parser.add_argument("--size", default="1366x768", metavar="WIDTHxHEIGHT")
    parser.add_argument("--language", choices=("zh", "en"), action="append")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--all", action="store_true", help="light and dark, each in three sizes, a folder for each")
    given = parser.parse_args()
    if unknown := set(given.names) - set(PAGES):
        parser.error(f"no page called {', '.join(sorted(unknown))}")
    width, _, height = given.size.partition("x")
    out = given.out or (ROOT / "docs/images" if given.docs else ROOT / "screenshots")
    names = tuple(given.names) or (SHOWN if given.docs else PAGES)
    if given.all:
        for theme in ("light", "dark"):
            for w, h in SIZES:
                shoot(out / f"{theme}-{w}x{h}", names, given.language or ["zh", "en"], theme, (w, h))
        return
    theme = "dark" if given.dark else "light"
    shoot(out, names, given.language or ["zh", "en"], theme, (int(width), int(height)), given.print)


if __name__ == "__main__":
    main()
