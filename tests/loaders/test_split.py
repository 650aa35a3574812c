"""Where documents begin, and what their heads say."""

from __future__ import annotations

import pytest

from loaders.facts import Document
from loaders.read import read_documents
from loaders.readers import read_bytes


def documents(text: str) -> list[Document]:
    return read_documents(read_bytes("样例.txt", text.encode()))


def head(document: Document) -> tuple[str | None, str | None, str | None, str | None]:
    return document.title, document.doc_number, document.issuer, document.issued_on


BODY = "各乡镇人民政府，县政府各部门：\n现将有关事项通知如下。\n一、工作目标\n完善服务体系。\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"青禾县人民政府办公室关于加强养老服务工作的通知\n青政办发〔2023〕12号\n{BODY}青禾县人民政府办公室\n2023年5月6日\n",
            ("关于加强养老服务工作的通知", "青政办发〔2023〕12号", "青禾县人民政府办公室", "2023-05-06"),
        ),
        (
            f"青禾县人民政府\n关于加强养老服务\n工作的通知\n（青政发[2023]3 号）\n{BODY}青禾县人民政府\n2023 年 5 月 6 日\n（此件公开发布）\n",
            ("关于加强养老服务工作的通知", "青政发〔2023〕3号", "青禾县人民政府", "2023-05-06"),
        ),
        (
            f"青禾县人民政府办公室文件\n青政办发[1998]4号\n\n关于开展粮食普查的通知\n{BODY}一九九八年五月六日\n",
            ("关于开展粮食普查的通知", "青政办发〔1998〕4号", "青禾县人民政府办公室", "1998-05-06"),
        ),
        (
            f"青禾县清洁乡村行动计划\n{BODY}青禾县人民政府办公室\n2023年5月6日印发\n",
            ("青禾县清洁乡村行动计划", None, "青禾县人民政府办公室", "2023-05-06"),
        ),
        (
            f"青政办字〔2023〕9号\n\n青禾县人民政府办公室\n关于印发《青禾县养老服务实施方案》的通知\n{BODY}青禾县人民政府办公室\n二〇二三年五月六日\n",
            ("关于印发《青禾县养老服务实施方案》的通知", "青政办字〔2023〕9号", "青禾县人民政府办公室", "2023-05-06"),
        ),
        (
            f"青禾县人民政府办公室转发县水利局关于做好城市防汛工作的通知\n青政办发[1998]24号\n{BODY}一九九八年五月六日\n",
            ("转发县水利局关于做好城市防汛工作的通知", "青政办发〔1998〕24号", "青禾县人民政府办公室", "1998-05-06"),
        ),
        (
            "青禾县国家卫生县城复审任务分工方案\n（青爱卫〔2024〕5号　青禾县爱国卫生运动委员会　2024年4月9日）\n一、任务\n1.消杀。（县卫健局负责）\n",
            ("青禾县国家卫生县城复审任务分工方案", "青爱卫〔2024〕5号", "青禾县爱国卫生运动委员会", "2024-04-09"),
        ),
        (
            "青禾县河湖整改任务清单\n一、任务\n1.清淤。（县水利局负责）\n（来源：青禾县河长制办公室　2021年7月12日）\n",
            ("青禾县河湖整改任务清单", None, "青禾县河长制办公室", "2021-07-12"),
        ),
        (
            "青禾县规划纲要任务分工方案\n青政办发〔2016〕74号　2016年10月20日\n一、任务\n县统计局要建立监测制度，每年报告进展。\n青禾县人民政府办公室\n",
            ("青禾县规划纲要任务分工方案", "青政办发〔2016〕74号", "青禾县人民政府办公室", "2016-10-20"),
        ),
        (
            "青禾市地下管线管理办法\n（2012年8月20日市人民政府第9次常务会议通过，青禾市人民政府令第71号公布，自2012年10月1日起施行）\n第一条 为加强管理，制定本办法。\n",
            ("青禾市地下管线管理办法", "青禾市人民政府令第71号", "青禾市人民政府", "2012-08-20"),
        ),
        (
            "青禾县营商环境行动方案\n（青办发〔2023〕15号）\n一、任务\n完善体系。\n青禾县党委办公室　青禾县政府办公室\n2023年3月2日\n",
            ("青禾县营商环境行动方案", "青办发〔2023〕15号", "青禾县党委办公室 青禾县政府办公室", "2023-03-02"),
        ),
        (
            "各乡镇人民政府：\n经县政府同意，现将《青禾县现代物流实施方案》印发给你们。\n青禾县发展和改革局\n2021年3月9日\n青禾县现代物流实施方案\n一、工作目标\n完善体系。\n",
            ("青禾县现代物流实施方案", None, "青禾县发展和改革局", "2021-03-09"),
        ),
        (
            "青禾县人民政府令第5号\n《青禾县渡口管理办法》已经审议通过，现予发布。\n县 长 张 三\n二○○四年七月六日\n青禾县渡口管理办法\n第一条 为保障安全，制定本办法。\n",
            ("青禾县渡口管理办法", "青禾县人民政府令第5号", "青禾县人民政府", "2004-07-06"),
        ),
        (
            f"青禾县人民政府办公室关于成立青禾县\n打造山地农业中心\n建设领导小组的通知\n青政办函〔2020〕6号\n{BODY}青禾县人民政府办公室\n2020年4月3日\n",
            (
                "关于成立青禾县打造山地农业中心建设领导小组的通知",
                "青政办函〔2020〕6号",
                "青禾县人民政府办公室",
                "2020-04-03",
            ),
        ),
        (
            f"成文时间 | 2006-04-20 | 发布日期 | 2006-04-21 |\n青禾县人民政府办公室\n关于开展经济普查的通知\n青政办函〔2006〕17号\n{BODY}",
            ("关于开展经济普查的通知", "青政办函〔2006〕17号", "青禾县人民政府办公室", "2006-04-20"),
        ),
        (
            "青禾县智慧城市建设2024年工作要点\n青政办字〔2024〕12号\n一、夯实底座\n建设平台。\n青禾县人民政府办公室\n2024年3月8日\n",
            ("青禾县智慧城市建设2024年工作要点", "青政办字〔2024〕12号", "青禾县人民政府办公室", "2024-03-08"),
        ),
    ],
)
def test_reads_the_head(text: str, expected: tuple[str, ...]) -> None:
    (document,) = documents(text)
    assert head(document) == expected


def test_a_gazette_is_split_and_its_contents_page_is_no_document() -> None:
    one = f"青禾县人民政府\n关于推进养老服务的通知\n(青政发〔2023〕2号)\n{BODY}青禾县人民政府\n2023年4月1日\n"
    two = f"青禾县人民政府办公室\n关于印发《青禾县食品安全工作方案》的通知\n(青政办发〔2023〕8号)\n{BODY}青禾县人民政府办公室\n2023年4月9日\n"
    contents = "青禾县人民政府公报\n2023年第二期\n目 录\n政府文件\n关于推进养老服务的通知…………1\n关于印发《青禾县食品安全工作方案》的通知…………9\n"
    assert [d.doc_number for d in documents(contents + one + two)] == ["青政发〔2023〕2号", "青政办发〔2023〕8号"]


def test_the_foot_of_a_web_page_is_no_text() -> None:
    page = f"首页 > 政务公开\n青禾县人民政府办公室关于加强养老服务工作的通知\n青政办发〔2023〕12号\n{BODY}1.扩面。（责任单位：县民政局）\n青禾县人民政府办公室\n2023年5月6日\n扫一扫在手机打开当前页\n主办单位：青禾县人民政府办公室\n承办单位：青禾县大数据中心\n"
    (document,) = documents(page)
    assert {a.unit for t in document.tasks for a in t.assignments} == {"县民政局"}


def test_page_data_fill_what_the_head_leaves_open() -> None:
    text = "索引号：000014349\n发文机关：青禾县人民政府\n发文字号：青政发〔2022〕7号\n成文日期：2022年3月1日\n青禾县养老服务发展规划\n第一章 总则\n建设体系。\n"
    (document,) = documents(text)
    assert head(document)[1:] == ("青政发〔2022〕7号", "青禾县人民政府", "2022-03-01")


def test_a_text_without_any_head_is_one_document() -> None:
    (document,) = documents("1.扩面。（责任单位：县民政局）\n2.提质。（责任单位：县卫健局）\n")
    assert document.doc_number is None
    assert len(document.tasks) == 2


def test_what_stands_before_the_first_head_is_not_lost() -> None:
    rest = "1.建设社区食堂。（责任单位：县民政局）\n2.整治河道。（责任单位：县水利局）\n\n"
    whole = f"青禾县人民政府办公室\n关于做好城市防汛工作的通知\n青政办发〔2024〕24号\n{BODY}"
    first, second = documents(rest + whole)
    assert head(first) == (None, None, None, None)
    assert [[a.unit for a in t.assignments] for t in first.tasks] == [["县民政局"], ["县水利局"]]
    assert second.doc_number == "青政办发〔2024〕24号"
    (only,) = documents("首页 政务公开 政策文件\n第3期 县水利局主办\n" + whole)
    assert only.title == "关于做好城市防汛工作的通知"
