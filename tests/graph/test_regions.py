"""Where a document is from."""

from __future__ import annotations

import pytest

from graph.regions import (
    LEVELS,
    NATIONAL,
    candidates,
    leading,
    named,
    parse,
    place,
    province_of_letter,
    short_name,
    within,
)


@pytest.mark.parametrize(
    ("issuer", "title", "number", "text", "path", "level"),
    [
        ("岚江省人民政府办公厅", None, None, "", "岚江省", "provincial"),
        ("岚江省宁溪市青禾县人民政府", None, None, "", "岚江省宁溪市青禾县", "district"),
        ("青禾县人民政府办公室", None, "青政发〔2023〕5号", "", "青禾县", "district"),
        (
            "青禾县人民政府",
            None,
            None,
            "根据《岚江省养老服务条例》《宁溪市人民政府关于养老的意见》要求",
            "岚江省宁溪市青禾县",
            "district",
        ),
        ("青禾县云溪镇人民政府", None, None, "", "青禾县云溪镇", "township"),
        ("中共青禾县委办公室", None, None, "", "青禾县", "district"),
        (None, "宁溪市2024年重点民生实事任务分解表", None, "", "宁溪市", "municipal"),
        (None, None, None, "各乡镇人民政府:\n青禾县人民政府关于印发方案的通知", "青禾县", "district"),
        # names of the table are completed
        ("昆山市人民政府", None, None, "", "江苏省苏州市昆山市", "district"),
        ("浦东新区人民政府", None, None, "", "上海市浦东新区", "district"),
        ("重庆市人民政府", None, None, "", "重庆市", "provincial"),
        ("仙桃市人民政府", None, None, "", "湖北省仙桃市", "district"),
        ("内蒙古自治区民政厅", None, None, "", "内蒙古自治区", "provincial"),
        ("锡林郭勒盟行政公署", None, None, "", "内蒙古自治区锡林郭勒盟", "municipal"),
        ("科尔沁右翼前旗人民政府", None, None, "", "内蒙古自治区兴安盟科尔沁右翼前旗", "district"),
        ("恩施土家族苗族自治州人民政府", None, None, "", "湖北省恩施土家族苗族自治州", "municipal"),
        ("大兴安岭地区行政公署", None, None, "", "黑龙江省大兴安岭地区", "municipal"),
        # a name of several places is settled by the others in the text, or stays short
        ("鼓楼区人民政府", None, None, "各街道办事处:", "鼓楼区", "district"),
        ("鼓楼区人民政府", None, None, "按照《南京市人民政府关于…的通知》", "江苏省南京市鼓楼区", "district"),
        ("朝阳区人民政府", None, None, "根据吉林省和长春市的部署", "吉林省长春市朝阳区", "district"),
        # a city with townships and no counties is a county-level one
        ("青石市人民政府", None, None, "各乡镇人民政府、街道办事处:", "青石市", "district"),
        ("青石市人民政府", None, None, "各县(市、区)人民政府:", "青石市", "municipal"),
        # the nation
        ("国务院办公厅", None, None, "", "全国", "national"),
        ("民政部", "关于做好有关工作的通知", None, "", "全国", "national"),
        (None, "全国气象发展规划", "国发〔2019〕101号", "", "全国", "national"),
        # zones
        ("宁溪市高新区管委会", None, None, "", "宁溪市高新区", "district"),
        ("宁溪经济技术开发区管理委员会", None, None, "", "宁溪经济技术开发区", "district"),
        # nothing to go by
        (None, "关于加强工作的通知", None, "结合我县实际", "", "district"),
        (None, "关于加强工作的通知", None, "推进全市工作", "", "municipal"),
        (None, None, None, "", "", "district"),
    ],
)
def test_place(issuer: str | None, title: str | None, number: str | None, text: str, path: str, level: str) -> None:
    region = place(issuer, title, number, text)
    assert (region.path, region.level) == (path, level)


@pytest.mark.parametrize(
    "text",
    [
        "城市管理局",
        "市场监管局",
        "劳动力市场管理办公室",
        "乡村振兴局",
        "城乡建设局",
        "县域经济",
        "全市经济",
        "智慧城市建设方案",
        "三市联动",
        "文明城市创建",
        "各县区",
        "社区服务",
        "小区物业",
        "国网青禾县供电公司",
    ],
)
def test_words_that_are_no_regions(text: str) -> None:
    assert leading(text)[0] is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("青禾县", "青禾"),
        ("恩施土家族苗族自治州", "恩施"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("和县", "和县"),
        ("宁夏回族自治区", "宁夏"),
        ("新疆维吾尔自治区", "新疆"),
        ("浦东新区", "浦东"),
        ("香港特别行政区", "香港"),
        ("云溪镇", "云溪"),
        ("临夏回族自治州", "临夏"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_parse_keeps_what_is_given() -> None:
    region = parse("岚江省宁溪市青禾县云溪镇")
    assert region.names == ("岚江省", "宁溪市", "青禾县", "云溪镇")
    assert region.level == "township"
    assert parse("全国") == NATIONAL
    assert parse("青禾县").path == "青禾县"


@pytest.mark.parametrize(
    ("home", "tier", "path", "level"),
    [
        ("岚江省宁溪市青禾县", "县", "岚江省宁溪市青禾县", "district"),
        ("岚江省宁溪市青禾县", "市", "岚江省宁溪市", "municipal"),
        ("岚江省宁溪市青禾县", "省", "岚江省", "provincial"),
        ("青禾县", "市", "青禾县所在市", "municipal"),
        ("宁溪市", "省", "宁溪市所在省", "provincial"),
        ("江苏省苏州市昆山市", "市", "江苏省苏州市昆山市", "district"),
        ("上海市浦东新区", "市", "上海市", "provincial"),
        ("宁溪市", "区", "", "district"),
        ("内蒙古自治区兴安盟科尔沁右翼前旗", "自治区", "内蒙古自治区", "provincial"),
        ("内蒙古自治区兴安盟科尔沁右翼前旗", "盟", "内蒙古自治区兴安盟", "municipal"),
        ("湖北省恩施土家族苗族自治州利川市", "州", "湖北省恩施土家族苗族自治州", "municipal"),
    ],
)
def test_whose_city_is_meant(home: str, tier: str, path: str, level: str) -> None:
    region = within(parse(home), tier)
    assert (region.path, region.level) == (path, level)


def test_the_table() -> None:
    assert len(named("鼓楼区")) > 1
    assert len(named("苏州市")) == 1
    assert province_of_letter("苏") == "江苏省"
    assert [r.path for r in candidates(parse("江苏省昆山市"))] == ["江苏省苏州市昆山市"]
    assert all(r.level in LEVELS for r in named("朝阳区"))


@pytest.mark.parametrize("title", ["宁溪市智慧城市建设规划", "宁溪市文明城市创建方案", "宁溪市城市更新方案"])
def test_a_kind_of_city_after_a_citys_name_is_none_itself(title: str) -> None:
    region, rest = leading(title)
    assert region is not None and region.names == ("宁溪市",) and rest.startswith(("智慧", "文明", "城市"))
    assert leading(title.removeprefix("宁溪市"))[0] is None
