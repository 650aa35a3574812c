"""The tables of bodies and successions."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.identity import Identity
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


# one body a line, as documents of a province, a city and a county name it
NAMES = """
发展和改革委员会 发展改革委 发改委 | 发展和改革委员会 发改委 | 发展和改革局 发改局
人力资源和社会保障厅 人社厅 | 人力资源社会保障局 人社局 | 人力资源和社会保障局 人社局
卫生健康委员会 卫健委 | 卫生健康委 卫健委 | 卫生健康局 卫健局
国家税务局 国税局 | 国税局 | 国税局
委编办 委机构编制委员会办公室 | 委编办 委机构编制委员会办公室 | 委编办
委军民融合办 委军民融合发展委员会办公室 | 委军民融合办 | 委军民融合办
委审计办 委审计委员会办公室 | 委审计办 | 委审计办
委平安办 平安办 | 委平安办 平安办 | 委平安办 平安办
委政策研究室 委政研室 | 委政研室 | 委政研室
政府研究室 | 政府研究室 | 政府研究室
人大财政经济委员会 人大财经委 | 人大财经委 | 人大财经委
高级人民法院 高院 | 中级人民法院 中院 | 人民法院
消防救援总队 消防总队 | 消防救援支队 | 消防救援大队
禁毒委员会办公室 禁毒办 | 禁毒委办公室 禁毒办 | 禁毒办
森林草原防灭火指挥部办公室 森防办 | 森防办 | 森防办
水文局 水文中心 | 水文局 | 水文局
不动产登记中心 | 不动产登记中心 | 不动产登记中心
建设银行 建行 | 建设银行 建行 | 建行
农村信用社联合社 农信联社 | 农村商业银行 农商银行 | 农商银行
""".strip().splitlines()
PLACES = (("岚江省", "省", "provincial"), ("岚江省宁溪市", "市", "municipal"), ("岚江省宁溪市青禾县", "县", "district"))


def test_bodies_are_known_and_told_apart_at_every_level() -> None:
    identity = Identity()
    groups = []
    for line in NAMES:
        for names, (region, sign, level) in zip(line.split("|"), PLACES, strict=True):
            groups.append([identity.department(sign + n, region=region, level=level) for n in names.split()])
    identity.finish()
    assert [m.surface for group in groups for m in group if not m.body.function] == []
    assert [{m.surface: m.id for m in group} for group in groups if len({m.id for m in group}) != 1] == []
    assert len({group[0].id for group in groups}) == len(groups)


def test_names_in_traditional_signs_are_the_same_bodies() -> None:
    assert fold("青禾縣財政局") == "青禾县财政局"
    identity = Identity()
    one = identity.department("縣衛生健康局", region="岚江省宁溪市青禾县", level="district")
    other = identity.department("县卫健局", region="岚江省宁溪市青禾县", level="district")
    identity.finish()
    assert one.id == other.id
