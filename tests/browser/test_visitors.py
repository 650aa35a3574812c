"""Many visitors at once, and who may do what: the running server without a browser."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from visitor import Page, visiting
from websockets.exceptions import InvalidStatus

import samples
from graph.library import Library
from loaders.load import load
from ui.commands import serve

VISITORS = 20
NOTICE = """青禾县人民政府办公室关于第{n}批便民事项的通知
青政办发〔2025〕{n}号
一、主要任务
1.设立第{n}批便民服务点。（牵头单位：县商务局；责任单位：县民政局）
2.公布第{n}批便民服务清单。（牵头单位：县民政局）
青禾县人民政府办公室
2025年3月4日
"""
Served = Callable[..., Any]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("visitors") / "library"
    load(Library.create(folder), samples.paths())
    return folder


@contextmanager
def served(library: Path, log: Path, **signing: str) -> Iterator[str]:
    """The app on a free port; what it logs must hold no traceback."""
    port = serve.free_port("127.0.0.1", None)
    with log.open("w") as out, serve.started(library, port, log=out, signing=signing):
        yield f"http://127.0.0.1:{port}"
    assert "Traceback" not in log.read_text(), log.read_text()


def one_graph(page: Page) -> None:
    """The figures of the overview and its table by years come from the same graph."""
    figures = next(v["items"] for k, v in page.data.items() if k.startswith("overview_figures"))
    rows = page.data["overview_documents"]["rows"]
    documents, tasks = (int(figures[i]["value"].replace(",", "")) for i in (0, 1))
    assert documents == sum(r[-2] for r in rows)
    assert tasks == sum(r[-1] for r in rows)


def figure(page: Page) -> str:
    """How many documents the overview says there are."""
    return str(next(v["items"][0]["value"] for k, v in page.data.items() if k.startswith("overview_figures")))


def test_twenty_visitors_while_files_are_loaded(library: Path, tmp_path: Path) -> None:
    trouble: list[BaseException] = []
    counts: set[str] = set()
    loaded = threading.Event()
    arrived = threading.Semaphore(0)

    def come(site: str, n: int) -> None:
        try:
            with visiting(site) as visitor:
                visits = 0
                while visits < 2 or not loaded.is_set():
                    page = visitor.visit("overview")
                    assert not page.failed, page.text
                    one_graph(page)
                    counts.add(figure(page))
                    other = ("documents", "targets", "departments", "explore")[n % 4]
                    assert not visitor.visit(other, node="Department:岚江省宁溪市青禾县/民政局").failed
                    visits += 1
                    arrived.release()
        except BaseException as error:
            trouble.append(error)
            arrived.release()

    with served(library, tmp_path / "log") as site:
        threads = [threading.Thread(target=come, args=(site, n)) for n in range(VISITORS)]
        for thread in threads:
            thread.start()
        try:
            for _ in threads:
                arrived.acquire(timeout=120)
            for n in (101, 102):
                (tmp_path / f"{n}.txt").write_text(NOTICE.format(n=n), "utf-8")
                load(Library(library), [tmp_path / f"{n}.txt"])
        finally:
            loaded.set()
            for thread in threads:
                thread.join()
        with visiting(site) as visitor:
            page = visitor.visit("overview")
            one_graph(page)
            counts.add(figure(page))
    assert not trouble, trouble[:3]
    assert {"9", "11"} <= counts, "visitors saw the library before and after a load"


def asks(site: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(site, headers=headers), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_signing_in_by_the_proxy(library: Path, tmp_path: Path) -> None:
    from ui import access

    signing = serve.signing_in(serve.SignIn.header, "X-Remote-User", ["lin"], None)
    with served(library, tmp_path / "log", **signing) as site:
        assert asks(site) == 401
        assert asks(site, **{"X-Remote-User": "chen"}) == 200
        assert asks(f"{site}/_stcore/health") == 200, "the server can be watched without a name"
        with pytest.raises(InvalidStatus), visiting(site):
            pass
        with visiting(site, {access.DEFAULT_HEADER: "chen"}) as reader:
            for page in ("load", "review"):
                seen = reader.visit(page)
                assert not seen.failed and "chen（只读）" in seen.text and "需要编辑权限" in seen.text
                assert "file_uploader" not in seen.elements and "button" not in seen.elements
                assert all(not v.get("ids") for v in seen.data.values() if isinstance(v, dict))
        with visiting(site, {access.DEFAULT_HEADER: "lin"}) as editor:
            seen = editor.visit("load")
            assert "file_uploader" in seen.elements and "已登录：lin" in seen.text


def test_readers_are_stopped_behind_the_buttons_too(monkeypatch: pytest.MonkeyPatch, library: Path) -> None:
    from ui import access, jobs, services

    monkeypatch.setenv(access.KIND, "header")
    monkeypatch.setattr(access, "user", lambda: "chen")
    for change in (
        lambda: jobs.remove(library, ["x"]),
        lambda: jobs.load_paths(library, []),
        lambda: jobs.load_uploads(library, []),
        lambda: services.decide([], "accept", "chen"),
        lambda: services.undo("x", "chen"),
        lambda: services.correct("x", "chen"),
    ):
        with pytest.raises(access.AccessError):
            change()
    monkeypatch.setenv(access.EDITORS, "lin, chen")
    access.require_editor()
