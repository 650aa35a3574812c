"""Every way in which responsibility is written, one small invented document each."""

from __future__ import annotations

import pytest

from loaders.facts import Document
from loaders.read import read_documents
from loaders.readers import read_bytes

HEAD = """青禾县人民政府办公室关于印发《青禾县养老服务提升行动方案》的通知
青政办发〔2023〕12号
各乡镇人民政府，县政府各部门：
《青禾县养老服务提升行动方案》已经县政府同意，现印发给你们，请认真贯彻执行。
青禾县人民政府办公室
2023年5月6日
青禾县养老服务提升行动方案
为做好养老服务工作，制定本方案。
"""

Rows = list[tuple[str | None, list[str], list[str], list[str]]]


def read(text: str, head: str = HEAD) -> Document:
    (document,) = read_documents(read_bytes("样例.txt", (head + text).encode()))
    return document


def roles(document: Document) -> Rows:
    """(number, leads, responsible, assists) of each task that names anybody."""
    return [
        (
            t.number,
            [a.unit for a in t.assignments if a.role == "lead"],
            [a.unit for a in t.assignments if a.role == "responsible"],
            sorted(a.unit for a in t.assignments if a.role == "assist"),
        )
        for t in document.tasks
        if t.assignments
    ]


CASES: dict[str, tuple[str, Rows]] = {
    "labels in brackets": (
        "一、主要任务\n1.新建中心。建成12处。(牵头部门:县民政局,责任部门:县财政局、县住建局)\n2.改造站点。(责任单位:县民政局)\n",
        [("1", ["县民政局"], ["县财政局", "县住建局"], []), ("2", [], ["县民政局"], [])],
    ),
    "brackets of any kind": (
        "一、主要任务\n1．扩面。【县民政局牵头；县卫健局配合】\n2．提质［责任单位：县人社局、各乡镇（街道）］\n3．增效。〔主办单位：县教育局　协办单位：县财政局〕\n",
        [
            ("1", ["县民政局"], [], ["县卫健局"]),
            ("2", [], ["县人社局", "各乡镇（街道）"], []),
            ("3", ["县教育局"], [], ["县财政局"]),
        ],
    ),
    "verbs in brackets": (
        "一、主要任务\n1.扩面。(县教育局牵头,县财政局、县税务局,青禾供电公司配合,各乡镇人民政府负责落实)\n"
        "2.提质。(县住建局、县水利局等按职责分工负责)\n3.增效。(由县发改局会同县财政局组织实施)\n",
        [
            ("1", ["县教育局"], ["各乡镇人民政府"], ["县税务局", "县财政局", "青禾供电公司"]),
            ("2", [], ["县住建局", "县水利局"], []),
            ("3", [], ["县发改局"], ["县财政局"]),
        ],
    ),
    "nested brackets and marks": (
        "一、主要任务\n1.扩面。（县农业农村局（县乡村振兴局）牵头，县民政局参加）\n2.提质。（责任单位：县民政局（牵头）、县财政局）\n",
        [("1", ["县农业农村局（县乡村振兴局）"], [], ["县民政局"]), ("2", ["县民政局"], ["县财政局"], [])],
    ),
    "running text": (
        "一、主要任务\n(一)编制规划。由县水利局牵头,会同县发改局、县自然资源局编制规划。\n"
        "(二)建设工程。由县水利局牵头推进,征迁工作由云岭镇人民政府负责,县自然资源局配合。\n"
        "(三)健全机制。由县水利局负责制定水价方案,县发改局负责成本监审。\n",
        [
            ("(一)", ["县水利局"], [], ["县发改局", "县自然资源局"]),
            ("(二)", ["县水利局"], ["云岭镇人民政府"], ["县自然资源局"]),
            ("(三)", [], ["县水利局", "县发改局"], []),
        ],
    ),
    "nouns in running text": (
        "一、主要任务\n1.建立制度。县民政局为牵头单位，县财政局、县人社局为责任单位。\n2.完善设施。责任单位为县住建局、县自然资源局。\n",
        [("1", ["县民政局"], ["县财政局", "县人社局"], []), ("2", [], ["县住建局", "县自然资源局"], [])],
    ),
    "labels on their own lines": (
        "一、主要任务\n1.普查登记。全面普查。\n牵头单位：县民政局    配合单位：县统计局、县公安局    完成时限：2023年9月底\n"
        "2.建立平台。\n牵头单位：县大数据局\n配合单位：县民政局、县卫健局\n完成时限：长期坚持\n",
        [("1", ["县民政局"], [], ["县公安局", "县统计局"]), ("2", ["县大数据局"], [], ["县卫健局", "县民政局"])],
    ),
    "a statement in a heading": (
        "一、重点任务\n（一）健全网络（牵头单位：县民政局；责任单位：县财政局）\n1.新建中心。2024年底前建成12处。\n2.改造站点。完成30处。\n"
        "（二）提升质量（县卫健局牵头，县医保局配合）\n1.加强培训。\n",
        [("（一）", ["县民政局"], ["县财政局"], []), ("（二）", ["县卫健局"], [], ["县医保局"])],
    ),
    "a statement below the last of several sub-items": (
        "二、重点任务\n（一）完善设施\n1.新建中心12处。\n2.改造站点30处。\n责任单位：县民政局、县住建局\n"
        "（二）提升质量\n1.开展培训。\n2.推进认证。\n责任单位：县卫健局\n",
        [("（一）", [], ["县民政局", "县住建局"], []), ("（二）", [], ["县卫健局"], [])],
    ),
    "paragraphs without numbers": (
        "二、重点任务\n完善设施。新建中心12处，改造站点30处。\n牵头单位：县民政局\n责任单位：县住建局、县财政局\n"
        "提升质量。开展培训。（县卫健局牵头，县民政局配合）\n",
        [(None, ["县民政局"], ["县住建局", "县财政局"], []), (None, ["县卫健局"], [], ["县民政局"])],
    ),
    "names only": (
        "一、主要任务\n1.做好宣传。（县委宣传部、县融媒体中心）\n2.健全制度（试点先行）。（县财政局）\n",
        [("1", [], ["县委宣传部", "县融媒体中心"], []), ("2", [], ["县财政局"], [])],
    ),
    "the first of the list leads, said once": (
        "一、主要任务\n(一)补齐短板。(责任单位:县体育局、县发改局,列首位为牵头单位,下同)\n(二)办好赛事。(责任单位:县体育局、团县委)\n"
        "(三)广泛宣传。(责任单位:各乡镇人民政府、县委宣传部)\n",
        [
            ("(一)", ["县体育局"], ["县发改局"], []),
            ("(二)", ["县体育局"], ["团县委"], []),
            ("(三)", [], ["各乡镇人民政府", "县委宣传部"], []),
        ],
    ),
    "the responsible lead where nobody does, said once": (
        "以下各项任务，无牵头单位的，责任单位即为牵头单位。\n1.新建中心。（牵头单位：县民政局；责任单位：县住建局）\n2.改造站点。（责任单位：县民政局、县住建局）\n",
        [("1", ["县民政局"], ["县住建局"], []), ("2", ["县民政局", "县住建局"], [], [])],
    ),
    "duties, a body a line": (
        "三、部门职责\n县农业农村局:负责技术推广,会同县财政局兑付补助资金。\n市生态环境局青禾分局:负责火点核查。\n"
        "县委宣传部:牵头开展宣传,县融媒体中心配合做好报道。\n各乡镇人民政府、街道办事处:负责网格化巡查。\n",
        [
            (None, [], ["县农业农村局"], ["县财政局"]),
            (None, [], ["市生态环境局青禾分局"], []),
            (None, ["县委宣传部"], [], ["县融媒体中心"]),
            (None, [], ["各乡镇人民政府", "街道办事处"], []),
        ],
    ),
    "duties, numbered": (
        "三、职责分工\n1.县民政局：负责统筹协调，牵头制定标准。\n2.县住建局、县自然资源局：按职责做好用地保障。\n（一）县卫健局。负责医养结合工作。\n",
        [
            ("1", ["县民政局"], ["县民政局"], []),
            ("2", [], ["县住建局", "县自然资源局"], []),
            ("（一）", [], ["县卫健局"], []),
        ],
    ),
    "a table with tabs": (
        "序号\t工作任务\t牵头单位\t责任单位\t完成时限\n1\t新建中心12处\t县民政局\t县住建局、县财政局\t2024年6月底\n2\t改造站点\t县民政局\t各乡镇人民政府\t年底前\n",
        [("1", ["县民政局"], ["县住建局", "县财政局"], []), ("2", ["县民政局"], ["各乡镇人民政府"], [])],
    ),
    "a table with a head of two rows": (
        "序号\t工作任务\t责任分工\t\t完成时限\n\t\t牵头单位\t配合单位\t\n1\t新建中心\t县民政局\t县住建局\t2024年6月\n",
        [("1", ["县民政局"], [], ["县住建局"])],
    ),
    "a table whose cells stand one a line": (
        "重点任务分工表\n序号\n工作任务\n牵头单位\n配合单位\n完成时限\n1\n建成养老服务中心\n县民政局\n县财政局、县住建局\n2023年10月底\n"
        "2\n培训护理员200人\n县人社局\n县民政局\n2023年12月底\n",
        [("1", ["县民政局"], [], ["县住建局", "县财政局"]), ("2", ["县人社局"], [], ["县民政局"])],
    ),
    "a table with statements in its cells": (
        "|类别|重点任务|责任单位|\n|---|---|---|\n|设施|新建中心12处|县民政局牵头，县住建局配合|\n||改造站点30处|县民政局（牵头）、各乡镇人民政府|\n",
        [(None, ["县民政局"], [], ["县住建局"]), (None, ["县民政局"], ["各乡镇人民政府"], [])],
    ),
    "abbreviated continuation and open ends": (
        "一、主要任务\n1.推进创新。（省科技厅、工业和信息化厅等部门按职责分工负责）\n2.扩大开放。（商务局牵头，财政局等有关单位参与）\n",
        [("1", [], ["省科技厅", "工业和信息化厅"], []), ("2", ["商务局"], [], ["财政局"])],
    ),
    "short forms before 等部门": (
        "一、社区服务工作由县民政局负责组织实施，县财政、工商、税务等部门要积极配合。\n",
        [("一", [], ["县民政局"], ["县财政", "工商", "税务"])],
    ),
    "和 inside a name and between names": (
        "一、主要任务\n1.扩面。（责任单位：县文化和旅游局和县人力资源和社会保障局，县住房和城乡建设局及各乡镇）\n",
        [("1", [], ["县文化和旅游局", "县人力资源和社会保障局", "县住房和城乡建设局", "各乡镇"], [])],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_reads(name: str) -> None:
    text, expected = CASES[name]
    assert roles(read(text)) == [(n, leads, resp, sorted(assists)) for n, leads, resp, assists in expected]


@pytest.mark.parametrize(
    "text",
    [
        "一、要求\n1.加强协作。配合上级部门做好检查。\n",
        "一、要求\n1.落实责任。主要领导负总责，分管领导具体负责，专人负责。\n",
        "一、要求\n1.健全制度。建立民政牵头、部门参与的制度。\n",
        "一、要求\n1.依法追责。谁主管谁负责，严肃追究相关负责人责任。\n",
        "本方案由县民政局负责解释。\n责任编辑：张三\n",
        "一、要求\n1.学习政策。学习《县民政局负责实施的若干规定》。\n",
    ],
)
def test_is_no_responsibility(text: str) -> None:
    assert roles(read(text)) == []


def test_people_answer_for_tasks_and_are_no_bodies() -> None:
    document = read(
        "序号\t工作任务\t责任领导\t责任单位\t责任人\n1\t新建中心\t张明\t县民政局\t李华\n2\t培训\t王强\t县人社局\t赵敏（县人社局局长）\n"
    )
    assert [[(p.name, p.post) for p in t.answers] for t in document.tasks] == [
        [("张明", None), ("李华", None)],
        [("王强", None), ("赵敏", "县人社局局长")],
    ]
    assert roles(document) == [("1", [], ["县民政局"], []), ("2", [], ["县人社局"], [])]


def test_collective_bodies_stay_whole_and_are_told_apart() -> None:
    document = read("一、主要任务\n1.扩面。（责任单位：县民政局，各镇、街道，县直有关部门，各县（市、区）人民政府）\n")
    assert [(a.unit, a.collective) for a in document.tasks[0].assignments] == [
        ("县民政局", False),
        ("各镇、街道", True),
        ("县直有关部门", True),
        ("各县（市、区）人民政府", True),
    ]


def test_items_of_a_task_list_are_tasks_even_when_they_name_nobody() -> None:
    document = read(
        "二、主要任务\n(一)夯实基础\n1.布设监测系统。优化布局。\n2.建设人才队伍。加强培训。\n三、保障措施\n(一)强化宣传。多渠道宣传。\n"
    )
    assert [(t.number, t.title, t.section) for t in document.tasks] == [
        ("1", "布设监测系统", "(一)夯实基础"),
        ("2", "建设人才队伍", "(一)夯实基础"),
    ]


def test_numbering_restarts_anywhere() -> None:
    document = read(
        "一、任务\n(一)设施\n1.甲。（责任单位：县民政局）\n2.乙。（责任单位：县财政局）\n(二)质量\n1.丙。（责任单位：县卫健局）\n"
    )
    assert [t.path for t in document.tasks] == ["一/(一)/1", "一/(一)/2", "一/(二)/1"]


def test_a_row_without_a_body_is_reported() -> None:
    document = read("序号\t工作任务\t责任单位\n1\t新建中心\t县民政局\n一、分节\t\t\n2\t改造站点\t\n")
    assert [w.kind for w in document.warnings] == ["broken-table"]


def test_a_misread_name_makes_no_new_body() -> None:
    items = "".join(f"{i}.任务{i}。（责任单位：县民政局、县财政局）\n" for i in range(1, 5))
    text = f"一、主要任务\n{items}5.任务五。（责任单位：县日政局、县财政局）\n"
    scanned = text.replace("任务", "任 务").replace("责任", "责 任").replace("民政", "民 政")
    assert roles(read(text))[-1] == ("5", [], ["县日政局", "县财政局"], [])
    document = read(scanned)
    assert roles(document)[-1] == ("5", [], ["县财政局"], [])
    assert [(w.kind, w.text) for w in document.warnings] == [("suspect-name", "县日政局")]


def test_an_unreadable_statement_is_reported() -> None:
    document = read("一、主要任务\n1.扩面。（责任单位：……）\n2.提质。（责任单位：县民政局）\n")
    assert [w.kind for w in document.warnings] == ["unread-statement"]
