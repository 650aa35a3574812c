"""Nodes in columns stand near what they are linked to."""

from __future__ import annotations

from ui.columns import rows


def test_lines_do_not_cross_where_they_need_not() -> None:
    columns = [["a", "b", "c"], ["z", "y", "x"]]
    found = rows(columns, [("a", "x"), ("b", "y"), ("c", "z")])
    assert {found["a"] - found["x"], found["b"] - found["y"], found["c"] - found["z"]} == {0}


def test_short_columns_stand_in_the_middle() -> None:
    found = rows([["start"], ["a", "b", "c"], ["end"]], [("start", "a"), ("c", "end")])
    assert found["start"] == found["end"] == 1
    assert sorted(found[i] for i in "abc") == [0, 1, 2]


def test_nothing_to_place() -> None:
    assert rows([], []) == {}
    assert rows([["alone"]], []) == {"alone": 0}
