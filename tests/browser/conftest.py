"""Debian's Chromium on the app, served as in use, from a library of the samples and one hostile document.

A test fails when its page asks for anything outside, throws, or writes an error to the console.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest

import samples
from graph.library import Library
from loaders.load import load
from ui.commands import serve

CHROMIUM = os.environ.get("ZEREN_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# What a page would do with markup from a document: run it, fetch it, or break
HOSTILE = """关于印发<img src=http://evil.example/a.png onerror=window.hit=1>任务分工的通知
青政发〔2024〕99号
各镇人民政府、街道办事处：
现将任务分工印发给你们，请认真组织实施。
一、重点任务
1.推进</script><script>window.hit=1</script>养老服务。到2025年，床位达到600张。（牵头单位：县民政局；责任单位：县财政局）
2.完善![图](http://evil.example/b.png)助餐网络[点此](javascript:window.hit=1)。到2025年底前建成10处。（牵头单位：县民政局；配合单位：县卫生健康局）
3.=HYPERLINK("http://evil.example","点此")规范救助管理href。（牵头单位：县民政局）
青禾县人民政府
2024年5月6日
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))  # one server, one browser
            # a signal would break the driver's event loop, which then turns for ever
            item.add_marker(pytest.mark.timeout(method="thread"))
            if not Path(CHROMIUM).exists() and not os.environ.get("CI"):
                item.add_marker(
                    pytest.mark.skip(
                        reason="needs chromium: apt-get install chromium fonts-noto-cjk, or ZEREN_CHROMIUM"
                    )
                )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running app."""
    assert Path(CHROMIUM).exists(), "CI needs chromium: apt-get install chromium fonts-noto-cjk"
    folder = tmp_path_factory.mktemp("site")
    hostile = folder / "hostile.txt"
    hostile.write_text(HOSTILE, "utf-8")
    load(Library.create(folder / "library"), [*samples.paths(), hostile])
    port = serve.free_port("127.0.0.1", None)
    log = folder / "server.log"
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("HOME", str(folder))  # no settings of whoever runs the tests
    with log.open("w") as out, monkeypatch.context(), serve.started(folder / "library", port, log=out):
        yield f"http://127.0.0.1:{port}"
    monkeypatch.undo()
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "library"
    load(Library.create(folder), samples.paths())
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def context(browser: Any) -> Iterator[Any]:
    made = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768}, accept_downloads=True)
    made.set_default_timeout(60_000)  # other tests keep the machine busy
    yield made
    made.close()


@pytest.fixture
def page(context: Any, site: str) -> Iterator[Any]:
    opened = context.new_page()
    trouble = watch(opened)
    opened.site = site
    yield opened
    opened.close()
    assert not trouble, trouble


def watch(page: Any) -> list[str]:
    """Collect what must not happen on a page."""
    trouble: list[str] = []

    def asked(request: Any) -> None:
        place = urlparse(request.url)
        if place.scheme in ("http", "https", "ws", "wss") and place.hostname != "127.0.0.1":
            trouble.append(f"asked outside: {request.url}")

    page.on("request", asked)
    page.on("pageerror", lambda error: trouble.append(f"page error: {error}"))
    page.on("console", lambda message: trouble.append(f"console: {message.text}") if message.type == "error" else None)
    return trouble


def go(page: Any, path: str = "", text: str = "") -> None:
    """Open an address of the app and wait until the page is there (and `text`)."""
    page.goto(f"{page.site}/{path}")
    ready(page, text)


# The state is "not running" before the first run too; a component comes empty and is filled by its own script
DRAWN = """() => document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    && document.querySelector('[data-testid="stMain"] :is(h1, .z-empty)')
    && !document.querySelector('[data-waiting], [data-testid="stSkeleton"], [data-stale="true"]')"""


def ready(page: Any, text: str = "") -> None:
    """Wait until the page's script has run and its components are drawn (and `text` is there)."""
    if text:
        page.get_by_text(text).first.wait_for()
    page.wait_for_function(DRAWN)
    assert page.locator('[data-testid="stException"], .z-broken').count() == 0
