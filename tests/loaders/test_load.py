from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph.errors import LibraryLocked, LibraryMissing, StoreError, UnknownName, ZerenError
from graph.library import Library
from graph.model import NODES
from graph.store import open_store
from loaders import intake
from loaders.load import Summary, load, rebuild, remove
from ui.cli import app

sys.path.insert(0, str(Path(__file__).parent))
from made import evidence_holds

ROOT = Path(__file__).parents[2]

TEXT = """青禾县人民政府办公室
关于印发青禾县{topic}重点任务的通知

青政办发〔{year}〕{number}号

各乡镇人民政府,县政府有关部门:

现将《青禾县{topic}重点任务》印发给你们,请认真组织实施。

一、重点任务

1.完善{topic}设施。到{next}年,新增设施12处。(牵头单位:县民政局;责任单位:县财政局、县住房和城乡建设局)

2.加强{topic}监管。开展专项检查。(牵头单位:县市场监督管理局;责任单位:县公安局)

青禾县人民政府办公室
{year}年3月5日
"""


def write(folder: Path, name: str, topic: str, year: int = 2023, number: int = 5) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(TEXT.format(topic=topic, year=year, next=year + 2, number=number), encoding="utf-8")
    return file


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    write(folder, "甲.txt", "养老服务", number=5)
    write(folder, "乙.md", "托育服务", number=6)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "lib")


def titles(library: Library) -> list[str]:
    store = open_store(library.path)
    try:
        found = store.run("MATCH (d:Document) WHERE d.held RETURN d.title AS title ORDER BY title")
        counts = store.run("MATCH (:Department)-[r:LEADS]->(t:Task) RETURN count(*) AS n")
        assert counts == [{"n": 2 * len(found)}]
        assert sorted(r["id"] for r in store.run("MATCH (s:Source) RETURN s.id AS id")) == library.ids()
        return [r["title"] for r in found]
    finally:
        store.close()


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return len(summary.added), len(summary.replaced), len(summary.unchanged), len(summary.unreadable)


def test_files_are_read_and_stand_in_the_graph(library: Library, papers: Path) -> None:
    told: list[tuple[str, int, int]] = []
    summary = load(library, [papers], progress=lambda stage, done, total, _: told.append((stage, done, total)))
    assert counts(summary) == (2, 0, 0, 0)
    assert (summary.documents, summary.tasks) == (2, 4)
    assert summary.built and (summary.built.documents, summary.built.tasks, summary.built.assignments) == (2, 4, 10)
    assert len(titles(library)) == 2
    assert told[:2] == [("read", 1, 2), ("read", 2, 2)]
    assert told[-1] == ("graph", 1, 1)
    for head in library.sources():
        given = Path(head.paths[0]).read_bytes()
        assert library.raw(head.id).encode() == given == library.original(head.id).read_bytes()
        assert head.extractor == intake.extractor()


FOLDERS = [ROOT / "samples" / "documents", ROOT.parent / "shared" / "corpus"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_every_quote_in_the_graph_stands_in_its_source(library: Library, folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    load(library, [folder])
    store = library.store()
    assert evidence_holds(library, store) > 100
    for node in NODES:
        assert store.run(f"MATCH (n:{node.label}) WHERE NOT (n)-[]-() RETURN n.id AS id") == [], node.label
    store.close()


def test_loading_again_changes_nothing(library: Library, papers: Path) -> None:
    first = load(library, [papers])
    stamps = {p: p.stat().st_mtime_ns for p in library.path.rglob("*") if p.is_file()}
    again = load(library, [papers])
    assert counts(again) == (0, 0, 2, 0)
    assert again.built is None
    assert again.revision == first.revision
    now = {p: p.stat().st_mtime_ns for p in library.path.rglob("*") if p.is_file()}
    assert {p: t for p, t in now.items() if p.name != "lock"} == {p: t for p, t in stamps.items() if p.name != "lock"}


def test_a_changed_file_replaces_its_source(library: Library, papers: Path) -> None:
    load(library, [papers])
    before = library.ids()
    write(papers, "甲.txt", "助残服务", number=5)
    assert counts(load(library, [papers])) == (0, 1, 1, 0)
    assert len(library.ids()) == 2
    assert library.ids() != before
    assert "助残" in "".join(titles(library))
    assert "养老" not in "".join(titles(library))


def test_one_content_in_two_places_is_one_source(library: Library, papers: Path) -> None:
    shutil.copy(papers / "甲.txt", papers / "丙.txt")
    load(library, [papers])
    assert len(library.ids()) == 2
    write(papers, "甲.txt", "助残服务", number=7)
    load(library, [papers])
    assert len(titles(library)) == 3, "丙 still says what 甲 said"
    write(papers, "丙.txt", "助残服务", number=7)
    load(library, [papers])
    assert len(titles(library)) == 2
    assert sorted(len(h.paths) for h in library.sources()) == [1, 2]


def test_one_bad_file_never_stops_the_others(
    library: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (papers / "空.txt").write_bytes(b"")
    (papers / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    (papers / "断.docx").write_bytes(b"PK\x03\x04 truncated")
    (papers / "坏.zip").write_bytes(b"PK no archive")
    write(papers, "怪.txt", "怪事")
    read = intake.read_documents
    monkeypatch.setattr(intake, "read_documents", lambda s: read(s) if s.name != "怪.txt" else [][0])
    summary = load(library, [papers, papers / "没有.txt"])
    causes = {Path(u.path).name: u.cause for u in summary.unreadable}
    assert causes.keys() == {"空.txt", "图.txt", "断.docx", "怪.txt", "没有.txt", "坏.zip"} and all(causes.values())
    assert len(titles(library)) == 2


def test_in_parallel_as_one_by_one(tmp_path: Path, papers: Path) -> None:
    for n in range(20):
        write(papers / "更多", f"{n}.txt", f"第{n}项服务", number=10 + n)
    (papers / "空.txt").write_bytes(b"")
    one, many = Library.create(tmp_path / "one"), Library.create(tmp_path / "many")
    alone, together = load(one, [papers], workers=1), load(many, [papers], workers=2)
    assert counts(alone) == counts(together) == (22, 0, 0, 1)
    assert one.ids() == many.ids()
    assert [one.facts(i) for i in one.ids()] == [many.facts(i) for i in many.ids()]
    assert titles(one) == titles(many)


def test_an_archive_and_uploads(library: Library, papers: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "件.zip", "w") as archive:
        archive.write(papers / "甲.txt", "文件/甲.txt")
        archive.write(papers / "乙.md", "QQ.md")
        archive.writestr("__MACOSX/._甲.txt", b"x")
        archive.writestr("表.xlsx", b"x")
        archive.writestr("../../甲.txt", "")
    # a name in GBK without a word about it, as archivers on Chinese Windows write it
    (tmp_path / "件.zip").write_bytes((tmp_path / "件.zip").read_bytes().replace(b"QQ.md", "乙.md".encode("gb18030")))
    summary = load(library, [tmp_path / "件.zip"], base=tmp_path)
    assert sorted(p for h in library.sources() for p in h.paths) == ["件.zip/乙.md", "件.zip/文件/甲.txt"]
    assert counts(summary) == (2, 0, 0, 0)
    assert {p.name for p in library.path.parent.iterdir()} == {"lib", "papers", "件.zip"}


def test_nothing_to_load(library: Library, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    (tmp_path / "leer" / "a.exe").write_bytes(b"MZ")
    with pytest.raises(ZerenError, match="No documents in"):
        load(library, [tmp_path / "leer"])
    assert library.ids() == []


def test_remove(library: Library, papers: Path) -> None:
    load(library, [papers])
    with pytest.raises(UnknownName):
        remove(library, "丁.txt")
    assert remove(library, "甲.txt").removed == [str(papers / "甲.txt")]
    assert len(titles(library)) == 1
    assert remove(library, library.ids()[0]).built is not None
    assert titles(library) == []


def test_remove_several_at_once(library: Library, papers: Path) -> None:
    load(library, [papers])
    first, other = library.ids()
    with pytest.raises(UnknownName):
        remove(library, first, "丁.txt")
    assert library.ids() == [first, other], "all or none"
    stages: list[str] = []
    told = remove(library, first, other, first, progress=lambda stage, *_: stages.append(stage))
    assert library.ids() == [] and len(told.removed) == 2
    assert [s for i, s in enumerate(stages) if stages[i - 1 : i] != [s]] == list(dict.fromkeys(stages)), "one build"


def test_rebuild_from_the_library_alone(library: Library, papers: Path) -> None:
    revision = load(library, [papers]).revision
    shutil.rmtree(papers)
    shutil.rmtree(library.path / "graph")
    assert rebuild(library).revision == revision
    facts = [library.facts(i) for i in library.ids()]
    assert rebuild(library, reread=True).revision == revision
    assert [library.facts(i) for i in library.ids()] == facts
    assert len(titles(library)) == 2


def test_another_version_of_the_reading_reads_again(
    library: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(library, [papers])
    monkeypatch.setattr(intake, "extractor", lambda: "0+next")
    assert counts(load(library, [papers])) == (0, 2, 0, 0)
    assert {h.extractor for h in library.sources()} == {"0+next"}
    assert len(titles(library)) == 2


def test_a_build_that_fails_leaves_the_library_as_it_was(
    library: Library, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = load(library, [papers]).revision
    write(papers, "丙.txt", "助残服务", number=8)

    def full(*_: object) -> None:
        raise StoreError("The disk is full")

    monkeypatch.setattr("graph.library.build_graph", full)
    with pytest.raises(StoreError, match="disk is full"):
        load(library, [papers])
    monkeypatch.undo()
    assert (library.revision, len(titles(library))) == (revision, 2)
    reads = []
    monkeypatch.setattr(intake, "read_documents", lambda source: reads.append(source))
    assert counts(load(library, [papers])) == (1, 0, 2, 0)
    assert reads == [], "what the failed load had read is taken up"
    assert len(titles(library)) == 3


# A process that has everything imported and forks one load after the other, so that a test need not wait for imports.
HELPER = """
import os, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from graph.library import Library
from loaders.load import load
for line in sys.stdin:
    library, papers = line.rstrip().split("|")
    pid = os.fork()
    if pid == 0:
        load(Library(library), [Path(papers)], workers=1)
        os._exit(0)
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("ended", flush=True)
"""


def test_killed_at_any_moment_the_library_is_whole(library: Library, papers: Path, tmp_path: Path) -> None:
    load(library, [papers])
    old = library.ids()
    pristine = shutil.copytree(library.path, tmp_path / "pristine")
    write(papers, "甲.txt", "助残服务", number=7)
    for n in range(3):
        write(papers, f"新{n}.txt", f"第{n}项服务", number=20 + n)
    helper = subprocess.Popen(
        [sys.executable, "-c", HELPER.format(root=str(ROOT))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert helper.stdin and helper.stdout

    def run(path: Path, kill_after: float | None) -> float:
        assert helper.stdin and helper.stdout
        print(path, papers, sep="|", file=helper.stdin, flush=True)
        pid, begun = int(helper.stdout.readline()), time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):  # it may be done already
                os.kill(pid, signal.SIGKILL)
        assert helper.stdout.readline() == "ended\n"
        return time.monotonic() - begun

    try:
        whole = shutil.copytree(pristine, tmp_path / "whole")
        takes = run(whole, None)
        new = Library(whole).ids()
        assert len(new) == 5
        chance = random.Random(5)
        seen = set()
        for n in range(20):
            path = shutil.copytree(pristine, tmp_path / f"killed{n}")
            run(path, chance.uniform(0, 1.05) * takes)
            again = Library(path)
            assert again.ids() in (old, new)
            assert len(titles(again)) == len(again.ids())
            assert sorted(p.name for p in (path / "sources").iterdir()) == again.ids()
            seen.add(len(again.ids()))
            if n % 5 == 0:  # and the next load brings it to its end
                assert load(again, [papers]).unreadable == []
                assert again.ids() == new and len(titles(again)) == 5
            shutil.rmtree(path)
        assert len(old) in seen
    finally:
        helper.kill()
        helper.communicate()


def test_the_command_line(papers: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    place = ["--library", str(tmp_path / "lib")]
    missing = run(app, ["sources", *place]).exception
    assert isinstance(missing, LibraryMissing)
    assert "没有资料库" in missing.say("zh")
    loaded = run(app, ["load", str(papers), *place])
    assert loaded.exit_code == 0
    assert "新增 2 个文件" in loaded.output and "文件 2 份，任务 4 项，责任 10 条" in loaded.output.replace("\n", "")
    assert "Nothing has changed" in run(app, ["load", str(papers), *place, "--lang", "en"]).output
    assert "甲.txt" in run(app, ["sources", *place]).output.replace("\n", "")
    (papers / "空.txt").write_bytes(b"")
    partly = run(app, ["load", str(papers), *place, "--lang", "en"])
    assert partly.exit_code == 3
    assert "the file is empty" in partly.output
    assert run(app, ["remove", "甲.txt", *place]).exit_code == 0
    assert run(app, ["rebuild", *place]).exit_code == 0
    assert len(titles(Library(tmp_path / "lib"))) == 1


def test_errors_leave_with_one_line_and_a_code(tmp_path: Path, papers: Path) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    code, _, said = run("sources", "--library", str(tmp_path / "none"), "--lang", "en")
    assert (code, said.count("\n")) == (4, 1)
    assert "There is no library" in said
    library = Library.create(tmp_path / "lib")
    with library.writing():
        code, _, said = run("load", str(papers), "--library", str(library.path))
    assert (code, said.count("\n")) == (5, 1)
    assert f"process {os.getpid()}" in said


def test_a_locked_library_is_left_alone(library: Library, papers: Path) -> None:
    other = Library(library.path)
    with other.writing(), pytest.raises(LibraryLocked):
        load(library, [papers])
    assert library.ids() == []
