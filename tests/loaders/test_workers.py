"""Reading in processes and on a cluster: the same library, whoever reads, and whoever is lost on the way."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graph.errors import ZerenError
from graph.library import Library
from loaders import build, intake, workers
from loaders.load import Summary, load
from loaders.workers import Here, Processes, team
from ui.cli import app

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "documents"
# the cluster's own, on its way down
pytestmark = pytest.mark.filterwarnings("ignore")


def square(number: int) -> int:
    return number * number


def deadly(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_work_is_done_here_or_in_processes() -> None:
    with team(1) as alone, team(2) as several:
        assert isinstance(alone, Here) and isinstance(several, Processes)
        assert list(alone.map(square, range(4))) == [(0, 0), (1, 1), (2, 4), (3, 9)]
        for _ in range(2):  # the same processes serve again
            assert sorted(several.map(square, range(1, 20))) == [(n, n * n) for n in range(1, 20)]


def test_what_takes_a_process_down_is_the_only_one_that_fails() -> None:
    with team(2) as several:
        assert sorted(several.map(deadly, range(2, 5))) == [(2, 2), (3, None), (4, 4)]


def test_what_the_work_raises_is_raised() -> None:
    with team(2) as several, pytest.raises(TypeError):
        list(several.map(square, ["a"]))  # type: ignore[list-item]


def test_rows_are_the_same_from_one_process_and_from_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "now", lambda: "2024-05-01T08:00:00Z")
    monkeypatch.setattr(build, "BATCH", 3)
    monkeypatch.setattr(build, "FEW", 0)
    one, two = (Library.create(tmp_path / n) for n in ("one", "two"))
    assert load(one, [SAMPLES], workers=1).revision == load(two, [SAMPLES], workers=2).revision


# ---- a cluster -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="pip install zeren[dask]")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as cluster:
        yield cluster


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """The samples, texts and pages four times, so that there is something to do while a worker is lost."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for file in SAMPLES.iterdir():
        for n in range(1 if file.suffix == ".docx" else 4):
            tail = f"\n<!-- {n} -->\n".encode() if n else b""
            (folder / f"{file.stem}-{n}{file.suffix}").write_bytes(file.read_bytes() + tail)
    (folder / "空.txt").write_bytes(b"")
    return folder


@pytest.mark.parametrize("loses", [False, True], ids=["whole", "one worker killed"])
def test_a_cluster_reads_the_same_library(
    loses: bool, cluster: Any, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "now", lambda: "2024-05-01T08:00:00Z")
    here, there = (Library.create(tmp_path / n) for n in ("here", "there"))
    killed = []

    def told(stage: str, done: int, total: int, file: str) -> None:
        if loses and done == 5 and not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    alone = load(here, [papers], workers=1)
    together = load(there, [papers], workers=cluster.scheduler_address, progress=told)
    assert bool(killed) is loses
    assert outcome(together) == outcome(alone)
    assert (len(alone.unreadable), here.ids()) == (1, there.ids())
    for i in here.ids():
        assert there.facts(i) == here.facts(i)
        assert there.raw(i) == here.raw(i)
        assert there.original(i).read_bytes() == here.original(i).read_bytes()
    again = load(there, [papers], workers=cluster.scheduler_address)
    assert (len(again.unchanged), again.built) == (len(alone.added), None)


def outcome(summary: Summary) -> dict[str, Any]:
    return {n: getattr(summary, n) for n in Summary.__slots__}


def test_a_worker_of_another_version_is_refused(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library.create(tmp_path / "lib")
    monkeypatch.setattr(intake, "extractor", lambda: "0+other")
    with pytest.raises(ZerenError, match="install the same version"):
        load(library, [SAMPLES], workers=cluster.scheduler_address)
    assert library.ids() == []


def test_a_scheduler_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="pip install zeren[dask]")
    monkeypatch.setattr(workers, "PATIENCE", 0.5)
    run: Callable[..., Any] = CliRunner().invoke
    place = ["--library", str(tmp_path / "lib")]
    failed = run(app, ["load", str(SAMPLES), "--workers", "tcp://127.0.0.1:1", *place]).exception
    assert isinstance(failed, ZerenError)
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in str(failed)
    assert "127.0.0.1:1 的 Dask 调度器" in failed.say("zh")
    assert Library(tmp_path / "lib").ids() == []
    assert run(app, ["load", str(SAMPLES), "--workers", "many", *place]).exit_code == 2
