"""Groups: the cases of groups.txt, then citations of evidence and what must always hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extract.groups import read_groups
from loaders.extract.people import body_of, cut_name, is_name, name_at_end, split_posts
from loaders.facts import Group
from loaders.outline import outline
from loaders.text import SourceText, clean


def _cases() -> list[tuple[str, str, str, str]]:
    blocks = (Path(__file__).parent / "groups.txt").read_text("utf-8").split("\n=== ")[1:]
    cases = []
    for block in blocks:
        head, text, expected = block.split("\n---\n")
        name, title = head.split("\n")
        cases.append((name, title, text, expected.strip()))
    return cases


def read(raw: str, title: str | None = None) -> tuple[str, list[Group]]:
    text = clean(SourceText("a.txt", "a.txt", "0" * 64, "text/plain", len(raw), raw)).text
    groups = read_groups(outline(text, 0, len(text), None, title))
    for fact in [f for g in groups for f in (g, *g.members, *g.member_units, *([g.office] if g.office else []))]:
        assert 0 <= fact.start <= fact.end <= len(text)
        assert fact.quote == text[fact.start : fact.end]
    return text, groups


def shown(groups: list[Group]) -> str:
    lines = []
    for group in groups:
        lines.append(f"{group.name} @ {group.office_in or '-'} / {group.office_head or '-'}")
        lines += [f"{m.role} {m.name}: {' | '.join(p.title for p in m.posts)}".rstrip() for m in group.members]
        for role in dict.fromkeys(u.role for u in group.member_units):
            units = [u.unit + "*" * u.collective for u in group.member_units if u.role == role]
            lines.append(f"{role}: {' '.join(units)}")
    return "\n".join(lines)


CASES = _cases()


@pytest.mark.parametrize(("name", "title", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_groups(name: str, title: str, text: str, expected: str) -> None:
    assert shown(read(text, title or None)[1]) == expected


POSTS = [
    ("县政府党组成员、副县长,县卫健局党组书记", ["县政府党组成员、副县长", "县卫健局党组书记"]),
    ("县委副书记、县长", ["县委副书记", "县长"]),
    ("县委常委、县人武部政委", ["县委常委", "县人武部政委"]),
    ("县民政局党组书记、局长、四级调研员", ["县民政局党组书记、局长、四级调研员"]),
    ("县委宣传部分管日常工作的副部长、县融媒\n体中心主任", ["县委宣传部分管日常工作的副部长", "县融媒体中心主任"]),
    ("县住建局党委委员 城建档案管理处主任", ["县住建局党委委员", "城建档案管理处主任"]),
    ("副县级干部、县总工会主席", ["副县级干部", "县总工会主席"]),
    ("县教育局党组成员、机关党委书记", ["县教育局党组成员、机关党委书记"]),
    ("县政府党组成员、办公室主任", ["县政府党组成员、办公室主任"]),
    ("白石镇党委书记、镇长", ["白石镇党委书记", "镇长"]),
    ("市农业农村委主任、党组书记", ["市农业农村委主任、党组书记"]),
]


@pytest.mark.parametrize(("text", "expected"), POSTS)
def test_posts_are_parted_by_body(text: str, expected: list[str]) -> None:
    assert [p.title for p in split_posts(text)] == expected


def test_body_of_a_post() -> None:
    bodies = {
        "区民政局党组书记、局长": "区民政局",
        "区委副书记": "区委",
        "区委宣传部分管日常工作的副部长": "区委宣传部",
        "白石镇党委书记": "白石镇党委",
        "副区长": None,
        "区政府区长": "区政府",
        "副县级干部": None,
        "岚江恒健投资控股有限公司董事长": "岚江恒健投资控股有限公司",
    }
    assert {post: body_of(post) for post in bodies} == bodies


def test_names_and_where_they_end() -> None:
    assert all(map(is_name, ("张三", "欧阳娜", "司马远山", "买买提·艾力", "乐正川", "冷山")))
    assert not any(map(is_name, ("单位", "应急局", "常委", "白石镇", "成员", "高新", "张", "县长")))
    assert cut_name("李四县财政局局长")[0] == 2
    assert cut_name("李小四青禾医保分局局长", frozenset({"青禾"}))[0] == 3
    assert cut_name("诸葛远山县财政局副局长")[0] == 4
    assert cut_name("应急局局长")[0] == cut_name("区教育局局长")[0] == 0
    assert name_at_end("县应急管理局局长冷山") == 2
    assert name_at_end("区教育局局长") == 0


def test_evidence_of_a_member_and_of_the_office() -> None:
    raw = (
        "成立青禾县节水领导小组。\n组长：张 三 县长\n成员：李四 县水利局党组成员、副\n局长\n"
        "领导小组办公室设在县水利局,负责日常工作。"
    )
    _, (group,) = read(raw)
    assert group.quote == "青禾县节水领导小组"
    assert [m.quote for m in group.members] == ["张\u3000三\u3000县长", "李四\u3000县水利局党组成员、副\n局长"]
    assert [p.body for p in group.members[1].posts] == ["县水利局"]
    assert group.office is not None
    assert group.office.quote == "领导小组办公室设在县水利局"


PIECES = st.sampled_from(
    [
        *(
            "组长：",
            "副组长:",
            "成 员：",
            "成员单位：",
            "主任:",
            "张三",
            "李 四",
            "　",
            "\n",
            "、",
            "，",
            "。",
            "（",
            "）",
        ),
        *(
            "县教育局局长",
            "县财政局",
            "各镇、街道",
            "主要负责同志",
            "成立",
            "领导小组",
            "办公室设在",
            "任组长",
            "由",
            "为成员",
        ),
        *(
            "组成",
            "一、",
            "1.",
            "\t",
            "|",
            "姓名",
            "职务",
            "买买提·艾力",
            "兼任办公室主任",
            "联席会议",
            "同志",
            "旗委书记",
        ),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_without_error(raw: str) -> None:
    text, groups = read(raw, "关于成立青禾县节水领导小组的通知")
    assert read(raw, "关于成立青禾县节水领导小组的通知") == (text, groups)
