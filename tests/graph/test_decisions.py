from __future__ import annotations

from pathlib import Path

import pytest

from graph.decisions import Decision, decide, read, rulings, standing
from graph.errors import LibraryError, ZerenError


def make(path: Path, **what: str) -> Decision:
    return decide(path, who="审计员", when="2024-05-01T08:00:00Z", **what)


def test_decisions_are_appended_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    assert read(file) == []
    made = [
        make(file, kind="merge", subject="甲", value="乙", note="同一单位"),
        make(file, kind="accept", subject="丙"),
    ]
    assert read(file) == made
    assert (made[0].who, made[0].note) == ("审计员", "同一单位")


@pytest.mark.parametrize(
    "what",
    [
        {"kind": "forget", "subject": "甲"},
        {"kind": "merge", "subject": "甲"},
        {"kind": "merge", "subject": "甲", "value": "甲"},
        {"kind": "role", "subject": "t|d", "value": "boss"},
        {"kind": "undo", "undoes": "nothing"},
        {"kind": "accept"},
    ],
)
def test_what_cannot_be_decided(tmp_path: Path, what: dict[str, str]) -> None:
    with pytest.raises(ZerenError):
        make(tmp_path / "d.jsonl", **what)
    assert read(tmp_path / "d.jsonl") == []


def test_undone_and_done_again(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    made = make(file, kind="reject", subject="LEADS|甲|乙")
    undo = make(file, kind="undo", undoes=made.id)
    assert standing(read(file)) == []
    make(file, kind="undo", undoes=undo.id)
    assert standing(read(file)) == [made]


def test_the_last_word_counts(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    make(file, kind="reject", subject="甲")
    make(file, kind="accept", subject="甲")
    make(file, kind="role", subject="t|d", value="lead")
    last = make(file, kind="role", subject="t|d", value="assist")
    make(file, kind="merge", subject="甲", value="乙")
    make(file, kind="merge", subject="乙", value="丙")
    make(file, kind="merge", subject="丙", value="甲")
    found = rulings(read(file))
    assert (found.accepted, found.rejected) == ({"甲"}, set())
    assert found.roles == {"t|d": ("ASSISTS", last.id)}
    assert {found.same(i) for i in "甲乙丙"} == {"丙"}


def test_a_line_cut_short_is_no_decision(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    made = make(file, kind="accept", subject="甲")
    with file.open("ab") as stream:
        stream.write(b'{"id": "1", "wh')
    assert read(file) == [made]
    second = make(file, kind="accept", subject="乙")
    assert read(file) == [made, second]
    with file.open("ab") as stream:
        stream.write(b"{}\n")
    with pytest.raises(LibraryError, match="line 3"):
        read(file)
