"""Appointments, removals and divisions of work: notices in the ways governments write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extract.appointments import read_appointments, read_divisions
from loaders.facts import Appointment
from loaders.outline import Grid, GridCell, Outline, outline

NOTICE = "关于张三等同志职务任免的通知"


def read(text: str, title: str | None = NOTICE) -> list[Appointment]:
    found = read_appointments(Outline(text, 0, len(text), title=title))
    assert all(a.quote == text[a.start : a.end] for a in found)
    return found


def put(person: str, post: str) -> tuple[str, str, str]:
    return person, post, "appointed"


def off(person: str, post: str) -> tuple[str, str, str]:
    return person, post, "removed"


CASES: list[tuple[str, list[tuple[str, str, str]]]] = [
    (
        "会议决定任命的人员共三位:任命张三为青禾县教育局局长,李四光为民政局局长,王五为县水利局局长。",
        [put("张三", "青禾县教育局局长"), put("李四光", "民政局局长"), put("王五", "县水利局局长")],
    ),
    (
        "会议决定接受李四辞去青禾县人民法院院长职务的请求,决定张三为青禾县人民法院代理院长。",
        [off("李四", "青禾县人民法院院长"), put("张三", "青禾县人民法院代理院长")],
    ),
    (
        "经研究决定:\n任命张三为青禾县教育局局长(试用期一年);\n任命李四同志为青禾县民政局副局长、四级调研员。\n"
        "免去王五的青禾县水利局局长职务;\n免去赵 六同志青禾县林业局副局长职务。",
        [
            put("张三", "青禾县教育局局长"),
            put("李四", "青禾县民政局副局长、四级调研员"),
            off("王五", "青禾县水利局局长"),
            off("赵六", "青禾县林业局副局长"),
        ],
    ),
    (
        "经县政府研究,决定任命:\n张三为县政府办公室主任;\n李小四为县财政局局长,免去其县审计局局长职务;\n"
        "王 五为县农业农村局副局长。\n"
        "免去:\n赵六的县水利局局长职务;\n孙七、周八的县政府办公室副主任职务。",
        [
            put("张三", "县政府办公室主任"),
            put("李小四", "县财政局局长"),
            off("李小四", "县审计局局长"),
            put("王五", "县农业农村局副局长"),
            off("赵六", "县水利局局长"),
            off("孙七", "县政府办公室副主任"),
            off("周八", "县政府办公室副主任"),
        ],
    ),
    (
        "张三同志任县教育局局长,免去其县委教育工委副书记职务;\n"
        "李四同志任县发展和改革局党组书记、局长,不再担任县统计局局长职务;",
        [
            put("张三", "县教育局局长"),
            off("张三", "县委教育工委副书记"),
            put("李四", "县发展和改革局党组书记、局长"),
            off("李四", "县统计局局长"),
        ],
    ),
    ("王五、赵六同志任县公安局副局长;", [put("王五", "县公安局副局长"), put("赵六", "县公安局副局长")]),
    ("钱七同志挂职任副县长(挂职期限两年);", [put("钱七", "副县长")]),
    ("孙八同志不再担任县医院院长职务,退休。", [off("孙八", "县医院院长")]),
    # posts in two bodies are two
    ("张三任县卫生健康局局长、县疾控局局长。", [put("张三", "县卫生健康局局长"), put("张三", "县疾控局局长")]),
    ("张三任县卫生健康局局长,县疾控局局长。", [put("张三", "县卫生健康局局长"), put("张三", "县疾控局局长")]),
    # companies, terms
    (
        "聘任张三为宁溪城投集团有限公司总经理,聘期三年;解聘李四宁溪城投集团有限公司总经理职务。",
        [put("张三", "宁溪城投集团有限公司总经理"), off("李四", "宁溪城投集团有限公司总经理")],
    ),
    # one sentence for several
    (
        "任命:张三为市教育局局长,李四为市财政局局长,王五为市民政局局长。",
        [put("张三", "市教育局局长"), put("李四", "市财政局局长"), put("王五", "市民政局局长")],
    ),
    # headings with bare lists
    (
        "一、任职\n张三  市教育局局长\n李四  市财政局副局长（正科级）\n二、免职\n王五  市民政局局长",
        [put("张三", "市教育局局长"), put("李四", "市财政局副局长（正科级）"), off("王五", "市民政局局长")],
    ),
    (
        "县政府任命下列同志职务:\n张三任县教育局局长。\n李四任县教育局副局长(兼)。",
        [put("张三", "县教育局局长"), put("李四", "县教育局副局长")],
    ),
    # concurrent posts, posts that end by themselves, resignations
    (
        "同意张三同志兼任市退役军人事务局局长。免去张三同志兼任的市信访局局长职务。",
        [put("张三", "市退役军人事务局局长"), off("张三", "市信访局局长")],
    ),
    ("张三、李四的县政府督学职务自然免除。", [off("张三", "县政府督学"), off("李四", "县政府督学")]),
    ("因机构改革,张三原任的县国土资源局局长职务自行免除;", [off("张三", "县国土资源局局长")]),
    ("决定接受张三辞去青禾县人民政府副县长职务的请求。", [off("张三", "青禾县人民政府副县长")]),
    # names of other peoples
    (
        "决定任命买买提·艾力为青禾县人民政府副县长。免去欧阳娜的青禾县监察委员会委员职务。",
        [put("买买提·艾力", "青禾县人民政府副县长"), off("欧阳娜", "青禾县监察委员会委员")],
    ),
    ("任命乌兰图雅为旗教育局局长。乌云其木格同志任旗文旅局副局长,试用期一年。", [
        put("乌兰图雅", "旗教育局局长"),
        put("乌云其木格", "旗文旅局副局长"),
    ]),
    # commas in remarks, punishment, ranks, lists with 任: and 免:
    (
        "任命张三同志为市医院院长（试用期一年，自2023年5月起）；撤销李四市医院副院长职务。",
        [put("张三", "市医院院长"), off("李四", "市医院副院长")],
    ),
    ("张三同志晋升为四级调研员。", [put("张三", "四级调研员")]),
    ("任：张三 县教育局局长\n免：李四 县教育局局长", [put("张三", "县教育局局长"), off("李四", "县教育局局长")]),
    ("张三任区水利局副局长,免去区河长办主任职务;", [put("张三", "区水利局副局长"), off("张三", "区河长办主任")]),
    ("县政府决定聘请张三等10名同志为县政府参事。", [put("张三", "县政府参事")]),
    # nobody appointed yet
    ("提名张三同志为县政府办公室主任人选", []),
    # nothing between name and post
    ("免去李四平市教育局局长职务。", [off("李四平", "市教育局局长")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:20] for c in CASES])
def test_notices(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(a.person, a.post, a.action) for a in read(text)] == expected


def test_body_of_the_post() -> None:
    (only,) = read("任命张三为青禾县教育局党组书记、局长")
    assert (only.body, only.rule) == ("青禾县教育局", "appoint:任命")


@pytest.mark.parametrize(
    "text",
    [
        "王小云同志兼任办公室主任。",
        "张三同志不再担任领导小组组长职务。李四任组长,王五任副组长。",
        "负责人由县长任命,可以免去其职务。任命书由县长签署。",
        "村委会主任任期五年,任何单位不得免去其职务",
        "学校校长由教育局任命为主。",
        "给予免去职务的处分",
    ],
)
def test_nothing_outside_notices_but_formal_words_with_names(text: str) -> None:
    assert read(text, "关于成立青禾县防汛指挥部的通知") == []


def test_formal_words_are_read_in_any_document() -> None:
    assert [(a.person, a.action) for a in read("会议决定任命张三为县教育局局长。", "会议公报")] == [
        ("张三", "appointed")
    ]


def test_table() -> None:
    rows = [
        ["序号", "姓名", "任命职务", "免去职务"],
        ["1", "张 三", "县教育局局长", "县体育局局长"],
        ["2", "李四", "", "县民政局局长"],
    ]
    text, cells = "", []
    for row in rows:
        line = []
        for value in row:
            line.append(GridCell(value, len(text), len(text) + len(value)))
            text += value + "\t"
        text += "\n"
        cells.append(line)
    found = read_appointments(Outline(text, 0, len(text), grids=[Grid(0, len(text), 0, cells)], title=NOTICE))
    assert [(a.person, a.post, a.action) for a in found] == [
        put("张三", "县教育局局长"),
        off("张三", "县体育局局长"),
        off("李四", "县民政局局长"),
    ]


def test_division_of_work() -> None:
    text = (
        "现将县政府领导同志工作分工通知如下:\n县长 张三:主持县政府全面工作。\n李四 常务副县长\n"
        "负责发展改革、财政工作。\n"
        "分管县发改局、县财政局。\n"
        "王五同志(挂职)协助李四同志做好科技工作,联系高校。\n请遵照执行。"
    )
    found = read_divisions(Outline(text, 0, len(text), title="关于县政府领导同志工作分工的通知"))
    assert [(d.person, d.post, d.text) for d in found] == [
        ("张三", "县长", "主持县政府全面工作。"),
        ("李四", "常务副县长", "负责发展改革、财政工作。\n分管县发改局、县财政局。"),
        ("王五", None, "协助李四同志做好科技工作,联系高校。"),
    ]
    assert all(d.quote == text[d.start : d.end] for d in found)
    assert read_divisions(Outline(text, 0, len(text), title="关于节水的通知")) == []


PIECES = st.sampled_from(
    [
        *(
            "任命",
            "免去",
            "张三",
            "李 四",
            "同志",
            "为",
            "的",
            "县教育局局长",
            "职务",
            ",",
            "。",
            ";",
            "\n",
            "、",
            "不再担任",
        ),
        *("任", "其", "(试用期一年)", "一、任职", ":", "兼任", "买买提·艾力", "辞去", "聘任", "免："),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_is_read_without_error(text: str) -> None:
    first = read(text)
    assert first == read(text)
    assert all(0 <= a.start < a.end <= len(text) and a.person and a.post for a in first)
    read_divisions(Outline(text, 0, len(text), title="分工"))


def test_a_section_on_appointments_in_a_document_on_other_things() -> None:
    text = (
        "一、工作分工\n张三任组长。\n二、有关人员职务任免\n任命：\n李四为县招商局副局长；\n"
        "免去：\n王五的县水利局局长职务。\n三、其他\n赵六为联络员。\n"
    )
    shape = outline(text, 0, len(text), title="关于调整工作分工的通知")
    found = [(a.person, a.post, a.action) for a in read_appointments(shape)]
    assert found == [put("李四", "县招商局副局长"), off("王五", "县水利局局长")]
