"""Citations: a table of texts and the works they name, then what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extract.citations import read_citations
from loaders.facts import Citation
from loaders.outline import Outline

HOME = "岚江省宁溪市青禾县"


def read(text: str, title: str | None = None, number: str | None = None, region: str | None = HOME) -> list[Citation]:
    outline = Outline(text, 0, len(text), title=title)
    found = read_citations(outline, title=title, doc_number=number, region=region)
    for citation in found:
        assert citation.quote == text[citation.start : citation.end]
        for mention in citation.mentions:
            assert mention.quote == text[mention.start : mention.end]
    return found


def works(text: str, **own: str | None) -> list[tuple[str, str | None, str | None]]:
    return [(c.title, c.doc_number, c.level) for c in read(text, **own)]


# (text, [(title, number, level)]), own title, own number
CASES: list[tuple[str, list[tuple[str, str | None, str | None]]]] = [
    # one work with its number, brackets of any kind
    (
        "根据《国务院关于加强河湖保护的意见》(国发[2019]7号)精神,",
        [("国务院关于加强河湖保护的意见", "国发〔2019〕7号", "national")],
    ),
    ("按照《岚江省河湖保护条例》要求", [("岚江省河湖保护条例", None, "provincial")]),
    # several works, a common number each, 和 and 、
    (
        "为贯彻落实《岚江省人民政府关于推进节水的通知》（岚政发〔2021〕3号）、《宁溪市人民政府关于推进节水的通知》"
        "（宁溪政发〔2021〕9号）和《青禾县节水规划》",
        [
            ("岚江省人民政府关于推进节水的通知", "岚政发〔2021〕3号", "provincial"),
            ("宁溪市人民政府关于推进节水的通知", "宁溪政发〔2021〕9号", "municipal"),
            ("青禾县节水规划", None, "district"),
        ],
    ),
    # works without anything between them
    (
        "依据《中华人民共和国水法》《中华人民共和国防洪法》《岚江省水文条例》",
        [
            ("中华人民共和国水法", None, "national"),
            ("中华人民共和国防洪法", None, "national"),
            ("岚江省水文条例", None, "provincial"),
        ],
    ),
    # the wrapper gives way to the marked work, its issuer gives the level
    (
        "落实《水利部等五部门关于印发〈灌区改造行动方案〉的通知》（水农〔2022〕88号）",
        [("灌区改造行动方案", "水农〔2022〕88号", "national")],
    ),
    (
        "落实《岚江省水利厅关于印发《岚江省灌区改造办法》的通知》要求",
        [("岚江省灌区改造办法", None, "provincial")],
    ),
    # no wrapper: 实施意见 on a marked work is a work of its own
    (
        "参照《宁溪市贯彻〈岚江省节水条例〉实施意见》执行",
        [("宁溪市贯彻〈岚江省节水条例〉实施意见", None, "municipal")],
    ),
    ("按照《〈城市供水条例〉实施细则》", [("〈城市供水条例〉实施细则", None, "national")]),
    # the outer closing mark is lost, the next work is not swallowed
    (
        "按照《水利部关于印发《灌区改造行动方案》的通知（水农〔2022〕88号）、《岚江省节水条例》规定",
        [("灌区改造行动方案", "水农〔2022〕88号", "national"), ("岚江省节水条例", None, "provincial")],
    ),
    # broken by a page end
    ("根据《岚江省农村供水\n管理办法》，", [("岚江省农村供水管理办法", None, "provincial")]),
    # numbers alone, with 文 and 文件, with the issuer run into them
    ("按照国发〔2022〕11号文要求", [("国发〔2022〕11号", "国发〔2022〕11号", "national")]),
    ("根据省政府岚政发[1998]12号文件精神", [("岚政发〔1998〕12号", "岚政发〔1998〕12号", "provincial")]),
    ("按照国务院办公厅国办发明电〔2020〕10号部署", [("国办发明电〔2020〕10号", "国办发明电〔2020〕10号", "national")]),
    # the number stands before its title
    (
        "认真贯彻国办发〔2018〕22号《关于做好公报工作的通知》",
        [("关于做好公报工作的通知", "国办发〔2018〕22号", "national")],
    ),
    # unquoted with its number
    (
        "根据国务院办公厅关于加强防汛工作的通知(国办发〔2013〕5号)精神",
        [("国务院办公厅关于加强防汛工作的通知", "国办发〔2013〕5号", "national")],
    ),
    # orders, standards
    ("依据《危险货物管理条例》(国务院令第591号)", [("危险货物管理条例", "国务院令第591号", "national")]),
    ("执行《校用车辆技术条件》(GB24407-2012)", [("校用车辆技术条件", "GB24407-2012", "national")]),
    ("根据国务院令第591号规定", [("国务院令第591号", "国务院令第591号", "national")]),
    # the number and the short name in one bracket or in two
    (
        "依据《宁溪市总体规划(2017-2021)》(宁溪政发〔2017〕15号,以下简称“总体规划”)",
        [("宁溪市总体规划(2017-2021)", "宁溪政发〔2017〕15号", "municipal")],
    ),
    # short names are places of the same work, whether they come after a number or not
    (
        "落实《全民健身计划(2021—2025年)》(以下简称《计划》)。各级要按照《计划》要求,结合《计划》分工",
        [("全民健身计划(2021—2025年)", None, "national")],
    ),
    # the issuer stands before the mark
    (
        "根据国务院《车辆管理条例》、省政府《关于加强车辆管理的通知》以及宁溪市政府《关于车辆的意见》",
        [
            ("车辆管理条例", None, "national"),
            ("关于加强车辆管理的通知", None, "provincial"),
            ("关于车辆的意见", None, "municipal"),
        ],
    ),
    ("根据市市场监管局等29部门《放心消费创建工作实施方案》,", [("放心消费创建工作实施方案", None, "municipal")]),
    ("落实中共中央、国务院印发的《质量强国纲要》", [("质量强国纲要", None, "national")]),
    # the same work by law name, by wrapper, by number: once
    (
        "根据《中华人民共和国安全生产法》。违反《安全生产法》的,",
        [("中华人民共和国安全生产法", None, "national")],
    ),
    (
        "《宁溪市人民政府关于印发共享实施方案的通知》(宁溪政办发〔2017〕45号)精神。按照《共享实施方案》(宁溪政办发〔2017〕45号)要求",
        [("宁溪市人民政府关于印发共享实施方案的通知", "宁溪政办发〔2017〕45号", "municipal")],
    ),
    # a work that a task is to draw up
    ("10月底前制定《青禾县农村供水应急预案》。", [("青禾县农村供水应急预案", None, "district")]),
    # a ministry is national, an office of the province is provincial, a township is a township
    (
        "按照《财政部 税务总局关于退税的公告》(2022年第14号)",
        [("财政部税务总局关于退税的公告", "2022年第14号", "national")],
    ),
    ("按照《省发展改革委关于电价的通知》", [("省发展改革委关于电价的通知", None, "provincial")]),
    ("按照《宁溪市青禾县白石镇国土空间规划》", [("宁溪市青禾县白石镇国土空间规划", None, "township")]),
    ("按照《关于加强基层执法的若干措施》要求", [("关于加强基层执法的若干措施", None, None)]),
    # forms, papers, newspapers, programmes, brands, books
    ("申请人填写《小额贷款申请表》,领取《营业执照》和《食品经营许可证》", []),
    ("在《岚江日报》《人民政府公报》刊登,观看《问政青禾》节目,打造《溪山记》品牌", []),
    ("学习《习近平谈治国理政》,签订《消防安全责任书》,送达《整改通知书》", []),
    # self references and short names that were never introduced
    ("本《方案》自发布之日起施行,按照《意见》要求", []),
    # numbers that are no documents
    ("位于(2019)5号楼,备案号:宁ICP备05070218号,文号:青政发〔2020〕3号", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:24] for c in CASES])
def test_works_named(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert works(text) == expected


def test_own_plan_is_no_citation() -> None:
    text = (
        "青禾县人民政府关于印发《青禾县节水实施方案》的通知\n青政发〔2023〕5号\n各镇人民政府:\n现将《青禾县节水实施方案》印发给你们,请遵照执行。\n"
        "青禾县节水实施方案\n为落实《岚江省节水条例》,制定本方案。\n(一)制定方案。制发《青禾县节水实施方案》。\n"
        "附件:1.《青禾县节水任务分工》\n2.青禾县节水考核办法\n按照《青禾县节水考核办法》考核"
    )
    title = "关于印发《青禾县节水实施方案》的通知"
    assert works(text, title=title, number="青政发〔2023〕5号") == [("岚江省节水条例", None, "provincial")]


def test_own_short_name_is_no_citation() -> None:
    text = (
        "《青禾县节水办法》(以下简称《办法》)已经县政府同意,现印发给你们。\n"
        "各镇要宣传《办法》,对照《岚江省节水办法》执行《办法》。"
    )
    assert works(text, title="关于印发《青禾县节水办法》的通知") == [("岚江省节水办法", None, "provincial")]


def test_title_that_relies_on_another_work() -> None:
    title = "关于贯彻落实《岚江省节水条例》的实施意见"
    text = f"{title}\n为贯彻《岚江省节水条例》,现提出如下意见。"
    (only,) = read(text, title=title)
    assert (only.title, only.level, len(only.mentions)) == ("岚江省节水条例", "provincial", 2)


def test_forwarded_work_is_a_citation() -> None:
    text = "现将《岚江省人民政府关于防汛的通知》(岚政发〔2005〕12号)转发给你们,请认真贯彻执行。"
    assert works(text, title="转发岚江省人民政府关于防汛的通知") == [
        ("岚江省人民政府关于防汛的通知", "岚政发〔2005〕12号", "provincial")
    ]


def test_earlier_edition_with_a_number_is_another_work() -> None:
    text = "原《青禾县节水办法》(青政发〔2015〕2号)同时废止。"
    (only,) = read(text, title="关于印发《青禾县节水办法》的通知", number="青政发〔2023〕5号")
    assert (only.doc_number, only.level) == ("青政发〔2015〕2号", "district")


def test_all_places_and_the_verb_of_reliance() -> None:
    text = "根据《岚江省节水条例》和《宁溪市节水办法》,落实《岚江省节水条例》第三条。"
    first, second = read(text)
    assert [m.basis for m in first.mentions] == ["根据", "落实"]
    assert first.basis == second.basis == "根据"
    assert (first.start, second.title) == (text.index("《"), "宁溪市节水办法")


def test_short_name_is_kept_with_the_work() -> None:
    (only,) = read("按照《全国节水行动方案》(以下简称《行动方案》)部署,《行动方案》明确")
    assert (only.short_name, [m.rule for m in only.mentions]) == ("行动方案", ["cite:full", "cite:short"])


LEVELS = [
    ("宁溪市节水办法", "岚江省宁溪市", "municipal"),
    ("宁溪市节水办法", "岚江省大江市宁溪市", "district"),  # a city below a city is a county
    ("北京市节水办法", HOME, "provincial"),
    ("北京市海淀区节水办法", HOME, "district"),
    ("内蒙古自治区草原条例", HOME, "provincial"),
    ("市人民政府办公室关于节水的通知", "北京市", "provincial"),
    ("市人民政府办公室关于节水的通知", HOME, "municipal"),
    ("县人民政府关于节水的通知", HOME, "district"),
    ("中共岚江省委关于节水的决定", HOME, "provincial"),
    ("中国妇女发展纲要", HOME, "national"),
    ("“十四五”全国水安全规划", HOME, "national"),
    ("社区矫正实施办法", HOME, "national"),
    ("城镇燃气管理条例", HOME, "national"),
    ("市场主体登记管理条例", HOME, "national"),
]


@pytest.mark.parametrize(("title", "region", "level"), LEVELS)
def test_level_from_title(title: str, region: str, level: str) -> None:
    (only,) = read(f"按照《{title}》", region=region)
    assert only.level == level


PIECES = st.sampled_from(
    ["《", "》", "〈", "〉", "(", ")", "（", "）", "〔2020〕", "[98]", "号", "第3号令", "国发", "关于印发", "的通知",
     "方案", "以下简称", "根据", "、", "和", "\n", "。",
     "附件:", "岚江省", "条例", "<<", ">>", "12", " ", "现印发", "转发"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_is_read_without_error(text: str) -> None:
    first = read(text, title="关于印发《方案》的通知", number="国发〔2020〕12号")
    assert first == read(text, title="关于印发《方案》的通知", number="国发〔2020〕12号")
    assert all(0 <= c.start < c.end <= len(text) for c in first)
