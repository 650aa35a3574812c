"""The tables of bodies and successions."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.regions import LEVELS, table_rows
from graph.vocabulary import fold, normal, vocabulary


def test_every_row_is_whole() -> None:
    kinds = {
        "government",
        "party",
        "congress",
        "cppcc",
        "court",
        "procuratorate",
        "supervision",
        "mass",
        "vertical",
        "institution",
        "military",
        "enterprise",
    }
    rows = list(table_rows("departments.tsv"))
    assert len({row[0] for row in rows}) == len(rows)
    for row in rows:
        assert len(row) == 9, row
        assert row[1] in kinds, row
        assert row[7] and row[8], row
        assert (row[2] and row[3]) or row[4] or row[5], row


def test_no_name_stands_for_two_functions() -> None:
    claims: dict[str, set[str]] = {}
    for row in vocabulary().rows.values():
        for name in {*(normal(stem + end) for stem in row.stems for end in row.ends), *map(normal, row.whole)}:
            claims.setdefault(name, set()).add(row.function)
    assert {name: functions for name, functions in claims.items() if len(functions) > 1} == {}


def test_official_names_tell_functions_apart_at_every_level() -> None:
    for level in LEVELS:
        names = Counter(row.name(level) for row in vocabulary().rows.values())
        assert [name for name, count in names.items() if count > 1] == []


def test_successions_join_known_functions() -> None:
    rows = list(table_rows("successions.tsv"))
    for row in rows:
        old, new, centre, local, basis, rule = row
        assert old in vocabulary().rows, row
        assert new in vocabulary().rows, row
        assert 2000 < int(centre) < 2030 and 2000 < int(local) < 2030
        assert basis and rule in ("reform", "local")
    assert len({(row[0], row[1]) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("发改局", "发展改革"),
        ("发展和改革委员会", "发展改革"),
        ("发展改革委", "发展改革"),
        ("卫健委", "卫生健康"),
        ("卫计局", "卫生和计划生育"),
        ("大数据局", "大数据"),
        ("大数据中心", "大数据中心"),
        ("金融办", "金融办"),
        ("金融局", "地方金融监管"),
        ("编办", "编办"),
        ("监察局", "监察"),
        ("监察委员会", "监察委"),
        ("文广旅局", "文化和旅游"),
        ("农业农村局", "农业农村"),
        ("农业局", "农业"),
    ],
)
def test_functions(name: str, function: str) -> None:
    assert vocabulary().names[normal(name)].function == function


@pytest.mark.parametrize("level", LEVELS)
def test_shorts_are_names(level: str) -> None:
    for row in vocabulary().rows.values():
        short = row.short(level)
        assert short
        assert len(short) <= max(len(row.name(level)), 4)


def test_fold() -> None:
    assert fold(" 县发展　和\n改革局、") == "县发展和改革局"
    assert fold("县农业农村局（县乡村振兴局）") == "县农业农村局(县乡村振兴局)"
