from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import samples
from graph.errors import ZerenError
from graph.library import Library
from ui import jobs


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    jobs.board.clear()
    yield
    jobs.board.clear()


def finished() -> jobs.Job:
    for _ in range(600):
        if (job := jobs.current()) and not job.running:
            return job
        time.sleep(0.05)
    raise AssertionError("the job did not end")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("通知.txt", "通知.txt"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\dir\\a.txt", "dir/a.txt"),
        ("/abs/a.txt", "abs/a.txt"),
        ("..", "upload"),
        ("a\0b.txt", "ab.txt"),
    ],
)
def test_an_upload_stays_in_its_folder(name: str, expected: str) -> None:
    assert str(jobs.safe_name(name)) == expected


def test_uploads_are_read_in_the_background(tmp_path: Path) -> None:
    found = samples.paths()[:2]
    assert jobs.load_uploads(tmp_path / "library", [(p.name, p.read_bytes()) for p in found] + [("坏.docx", b"no zip")])
    job = finished()
    assert job.error is None and job.summary is not None
    assert len(job.summary.added) == 2
    assert [u.path for u in job.summary.unreadable] == ["坏.docx"]
    assert len(Library(tmp_path / "library").ids()) == 2
    jobs.board.clear()
    assert jobs.remove(tmp_path / "library", Library(tmp_path / "library").ids())
    job = finished()
    assert job.summary is not None and len(job.summary.removed) == 2
    assert Library(tmp_path / "library").ids() == []


def test_one_job_at_a_time_and_errors_are_kept() -> None:
    def slow(_: Any) -> Any:
        time.sleep(0.3)
        raise ZerenError("The disk is full.", "磁盘已满。")

    assert jobs.start(slow)
    assert not jobs.start(slow)
    assert finished().error is not None
    assert finished().error.say("zh") == "磁盘已满。"  # type: ignore[union-attr]


def test_a_rebuild_waits_for_the_job_that_is_running(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    held, built = threading.Event(), []
    monkeypatch.setattr("loaders.load.rebuild", lambda library, progress: built.append(library.path))
    Library.create(tmp_path / "library")
    assert jobs.start(lambda _: held.wait(20))  # type: ignore[arg-type,return-value]
    assert not jobs.rebuild(tmp_path / "library") and not jobs.rebuild(tmp_path / "library")
    assert not built
    held.set()
    for _ in range(200):
        if built and not jobs.current().running:  # type: ignore[union-attr]
            break
        time.sleep(0.05)
    assert built == [tmp_path / "library"], "once, for all that was decided in between"
