from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import (
    LibraryError,
    LibraryLocked,
    LibraryMissing,
    UnknownName,
    UnreadableFile,
    WrongVersion,
    ZerenError,
)
from graph.library import MARK, Change, Library, SourceHead, default_path, write_facts, write_file
from graph.store import open_store
from graph.store.rows import GraphRows, RowWriter

NEW, OLD = "a" * 16, "b" * 16


def stage(library: Library, source_id: str, text: str = "一、任务\r\n二、𠮷") -> None:
    folder = library.staging / source_id
    folder.mkdir(parents=True)
    (folder / "original.txt").write_text(text, newline="")
    write_file(folder / "raw.txt", text)
    head = SourceHead(
        id=source_id, name="甲.txt", paths=["/甲.txt"], media_type="text/plain", bytes=9, loaded_at="t", extractor="1"
    )
    write_facts(folder / "facts.json", head, [{"title": "题\n目"}, {"title": None}])


def rows(library: Library, *ids: str) -> GraphRows:
    with RowWriter(library.path / "graph" / "rows-1") as writer:
        for source_id in ids:
            writer.node("Source", source_id, "甲.txt", None, None, 1, None, None)
    return writer.rows


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library that holds OLD, with its graph."""
    made = Library.create(tmp_path / "lib")
    with made.writing():
        stage(made, OLD)
        made.commit(Change(add=[OLD]), rows(made, OLD))
    return made


def graph_ids(library: Library) -> list[str]:
    store = open_store(library.path)
    try:
        return [r["id"] for r in store.run("MATCH (s:Source) RETURN s.id AS id ORDER BY id")]
    finally:
        store.close()


def whole(library: Library, *ids: str) -> None:
    """Sources, texts, facts and graph all hold exactly `ids`, and nothing is left over."""
    assert library.ids() == sorted(ids) == graph_ids(library)
    for source_id in ids:
        assert library.raw(source_id) == "一、任务\r\n二、𠮷"
        assert library.evidence(f"{source_id}:8:9") == "𠮷"
        assert library.original(source_id).suffix == ".txt"
        assert library.facts(source_id) == [{"title": "题\n目"}, {"title": None}]
    assert sorted(p.name for p in (library.path / "sources").iterdir()) == sorted(ids)
    assert not library.staging.exists()
    assert {p.suffix for p in (library.path / "graph").iterdir()} <= {".lbug", ""}


def test_what_was_put_in_is_there(library: Library) -> None:
    whole(library, OLD)
    assert [h.paths for h in library.sources()] == [["/甲.txt"]]
    assert json.loads((library.path / "facts" / f"{OLD}.json").read_bytes())["source"]["name"] == "甲.txt"
    assert (library.path / "graph" / "CURRENT").read_text() == f"graph-{library.revision}.lbug\n"
    with pytest.raises(LibraryError):
        library.raw("../../etc")
    with pytest.raises(LibraryError):
        library.head("f" * 16)


def test_a_change_is_made_as_a_whole(library: Library) -> None:
    first = library.revision
    with library.writing():
        stage(library, NEW)
        library.commit(Change(add=[NEW], remove=[OLD]), rows(library, NEW))
    whole(library, NEW)
    assert library.revision != first


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
def test_a_change_cut_short_is_finished_by_whoever_opens_next(
    library: Library, moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library.writing():
        stage(library, NEW)
        monkeypatch.setattr(Library, "_finish", lambda self: None)
        library.commit(Change(add=[NEW], remove=[OLD]), rows(library, NEW))
        monkeypatch.undo()
        # as if killed while files are moved
        steps: list[Callable[[], object]] = [
            (library.path / "sources" / NEW).mkdir,
            lambda: (library.staging / NEW / "raw.txt").replace(library.path / "sources" / NEW / "raw.txt"),
            lambda: (library.path / "facts" / f"{OLD}.json").unlink(),
        ]
        for step in steps[:moved]:
            step()
    whole(Library(library.path), NEW)


def test_a_load_that_never_came_to_its_end_changes_nothing(library: Library) -> None:
    with pytest.raises(RuntimeError), library.writing():
        stage(library, NEW)
        rows(library, NEW)
        (library.path / "graph" / "graph-0.lbug.tmp").write_text("half")
        raise RuntimeError
    assert Library(library.path).ids() == [OLD] == graph_ids(library)
    assert (library.staging / NEW / "facts.json").exists(), "what was read is kept for the next load"
    with library.writing():
        pass
    assert {p.suffix for p in (library.path / "graph").iterdir()} == {".lbug", ""}


def test_two_generations_of_the_graph_are_kept(library: Library) -> None:
    for n in range(4):
        with library.writing():
            library.commit(Change(), rows(library, OLD, f"{n}" * 16))
    graphs = list((library.path / "graph").glob("*.lbug"))
    assert len(graphs) == 2
    assert library.graph_file in graphs


def test_an_open_store_stays_on_its_graph(library: Library) -> None:
    store = library.store()
    for ids in ((OLD, NEW), (NEW,), (OLD,)):
        with library.writing():
            library.commit(Change(), rows(library, *ids))
    assert store.run("MATCH (s:Source) RETURN s.id AS id") == [{"id": OLD}]
    assert store.revision != ""


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="no library at"):
        Library(tmp_path)
    with pytest.raises(LibraryError, match="no graph"):
        Library.create(tmp_path / "new").store()
    (tmp_path / "file").write_text("x")
    for taken in (tmp_path, tmp_path / "file"):
        with pytest.raises(LibraryError, match="not a library"):
            Library.create(taken)


def test_another_version(library: Library) -> None:
    (library.path / MARK).write_text('{"format": 99}')
    with pytest.raises(WrongVersion, match="format 99"):
        Library(library.path)
    (library.path / MARK).write_text("{")
    with pytest.raises(LibraryError, match="damaged"):
        Library(library.path)


def test_damaged_facts_are_named(library: Library) -> None:
    file = library.path / "facts" / f"{OLD}.json"
    file.write_text('{"source":{"id":1},\n')
    for read in (library.head, library.facts):
        with pytest.raises(LibraryError, match=f"{OLD}.json is damaged"):
            read(OLD)


def test_locked_by_another_process(library: Library) -> None:
    hold = f"with Library({str(library.path)!r}).writing(): print('held', flush=True); input()"
    code = f"from graph.library import Library\n{hold}"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout and other.stdin and other.stdout.readline() == "held\n"
        with pytest.raises(LibraryLocked, match=f"process {other.pid}"), library.writing():
            pass
        assert Library(library.path).ids() == [OLD], "reading goes on"
        other.kill()
        other.wait()
    with library.writing(), pytest.raises(LibraryLocked, match=f"process {os.getpid()}"), library.writing():
        pass  # nor twice in one process


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(library: Library) -> None:
    library.path.chmod(0o500)
    try:
        with pytest.raises(LibraryError, match="cannot be written"), library.writing():
            pass
    finally:
        library.path.chmod(0o700)


@pytest.mark.parametrize(("number", "said"), [(28, "is full"), (30, "cannot be written"), (5, "cannot be used")])
def test_trouble_with_the_disk(library: Library, number: int, said: str) -> None:
    with pytest.raises(LibraryError, match=said), library.writing():
        raise OSError(number, os.strerror(number))


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_file(tmp_path / "a", "一\r\n")
    assert (tmp_path / "a").read_bytes() == "一\r\n".encode()
    with pytest.raises(UnicodeEncodeError):
        write_file(tmp_path / "a", "\ud800")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_where_the_library_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZEREN_LIBRARY", raising=False)
    assert default_path() == Path("zeren-library")
    monkeypatch.setenv("ZEREN_LIBRARY", "/x")
    assert default_path() == Path("/x")


@pytest.mark.parametrize(
    "error",
    [
        LibraryMissing("x"),
        LibraryLocked("x", "甲"),
        WrongVersion("x", 2, 1),
        UnknownName("department", "甲", ["乙"], "部门"),
        UnreadableFile("x.txt", "empty", "文件为空"),
        ZerenError("only one language"),
    ],
)
def test_errors_speak_both_languages_and_travel(error: ZerenError) -> None:
    import pickle

    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.say("zh"), again.say("en"), vars(again)) == (
        type(error),
        error.say("zh"),
        str(error),
        vars(error),
    )
    assert error.exit_code > 0
