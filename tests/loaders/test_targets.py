"""Quantities: which numbers are targets, how they are bound, and what they measure. All sentences are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.extract.dates import read_deadlines
from loaders.extract.targets import read_cell_quantity, read_quantities
from loaders.facts import Quantity

ISSUED = "2023-03-15"


def read(text: str) -> list[Quantity]:
    return read_quantities(text, 0, len(text), read_deadlines(text, 0, len(text), ISSUED), 2023)


def pairs(text: str) -> list[tuple[float, str]]:
    return [(q.value, q.unit) for q in read(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建改扩建乡镇敬老院12所", [(12, "所")]),
        ("新增公办幼儿园学位4300个,招聘教师260名", [(4300, "个"), (260, "名")]),
        ("改造农村危房1,250户", [(1250, "户")]),
        ("全年完成造林3.6万亩", [(3.6, "万亩")]),
        ("完成固定资产投资120亿元以上", [(120, "亿元")]),
        ("规模以上工业增加值增长7.5%", [(7.5, "%")]),
        ("研发经费投入强度提高0.3个百分点", [(0.3, "个百分点")]),
        ("人口自然增长率控制在6‰以内", [(6, "‰")]),
        ("城镇登记失业率控制在4.5%以内", [(4.5, "%")]),
        ("PM2.5平均浓度控制在35微克/立方米以下", [(35, "微克/立方米")]),
        ("空气质量优良天数达到320天以上", [(320, "天")]),
        ("用电报装办理时间压缩至15个工作日以内", [(15, "个工作日")]),
        ("办理环节由8个压减至3个", [(3, "个")]),
        ("普惠性幼儿园覆盖率由80%提高到88%", [(88, "%")]),
        ("床位数从3200张增加到5000张", [(5000, "张")]),
        ("培育3—5家龙头企业", [(3, "家")]),
        ("建设1到2个实训基地", [(1, "个")]),
        ("合格率保持在98%-99%", [(98, "%")]),
        ("组织专场招聘会20余场", [(20, "场")]),
        ("开展送戏下乡演出300多场次", [(300, "场次")]),
        ("百分之九十五以上的行政村实现通客车", [(95, "%")]),
        ("每个街道至少建成一处社区食堂", [(1, "处")]),
        ("至少培育两家上市企业", [(2, "家")]),
        ("启动滨江路、青山路两条主干道改造建设", [(2, "条")]),
        ("对村干部轮训一遍", [(1, "遍")]),
        ("每年培训家政服务员2000人次以上", [(2000, "人次")]),
        ("每月集中执法行动2次", [(2, "次")]),
        ("收到投诉后24小时内答复", [(24, "小时")]),
        ("应在3个工作日内主动公开", [(3, "个工作日")]),
        ("中小学生每天校内体育活动不少于2小时", [(2, "小时")]),
        ("建成体育公园、口袋公园等18个项目", [(18, "个")]),
        ("推进8个棚户区、5条背街小巷改造", [(8, "个"), (5, "条")]),
        ("分别达到10家、4家和2家", [(10, "家"), (4, "家"), (2, "家")]),
        ("90%以上的事项实现网上办理", [(90, "%")]),
        ("新建5G基站600个", [(600, "个")]),
        ("创建3A级以上景区村庄6个", [(6, "个")]),
        ("在15个乡镇开展试点", [(15, "个")]),
        ("全县86处水厂全部完成改造", [(86, "处")]),
        ("实现进出口总额2.5亿美元", [(2.5, "亿美元")]),
        ("新增用电容量40万千伏安", [(40, "万千伏安")]),
        ("粮食产量稳定在29.8万吨", [(29.8, "万吨")]),
        ("改造面积达到120万平方米、惠及1.1万户", [(120, "万平方米"), (1.1, "万户")]),
        ("关停小煤窑6处,退出产能90万吨", [(6, "处"), (90, "万吨")]),
        ("出台惠企措施20条", [(20, "条")]),
        ("农村自来水普及率2025年达到96%", [(96, "%")]),
        ("旅游收入年均增长12%左右", [(12, "%")]),
        ("单位生产总值能耗下降13.5%", [(13.5, "%")]),
        ("建成绿道(其中滨河绿道20公里)50公里", [(20, "公里"), (50, "公里")]),
        ("创建全国示范社区1个,争创省级示范社区2个。", [(1, "个"), (2, "个")]),
        ("2023年省定200个村庄整治任务全部完成", [(200, "个")]),
        ("由目前的65%提升到80%", [(80, "%")]),
        ("打造2个省级、8个市级示范点", [(2, "个"), (8, "个")]),
        ("累计建成高标准农田45万亩", [(45, "万亩")]),
        ("中欧班列开行600列以上,更换水泵64台（套）", [(600, "列"), (64, "台（套）")]),
        ("2025年3列入预算", []),
        ("建成旅游专线22公里,配备灭火器120具", [(22, "公里"), (120, "具")]),
        ("低保标准提高到每人每月820元", [(820, "元")]),
        # numbers in Chinese numerals, as older documents write them
        ("建成高产田五十万亩,解决三千户群众吃水问题", [(50, "万亩"), (3000, "户")]),
        ("“九五”期间新建水库三座、泵站十二座", [(3, "座"), (12, "座")]),
        ("发放小额贷款一千五百万元", [(1500, "万元")]),
        ("城乡居民收入增长百分之八点五", [(8.5, "%")]),
        ("森林覆盖率达到百分之三十以上", [(30, "%")]),
        ("组织培训二百余人次", [(200, "人次")]),
    ],
)
def test_targets(text: str, found: list[tuple[float, str]]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize(
    "text",
    [
        # names and slogans
        "做大做强“四强”产业,落实“人才新政20条”",
        "打造15分钟便民生活圈",
        "完善“10分钟健身圈”,实现“300米见绿、500米见园”",
        "落实稳增长若干措施30条",
        "落实改善就医体验20条措施",
        "发挥12345热线作用,提供24小时自助服务",
        "实行7天无理由退货制度",
        "建立24小时值班制度",
        "推进G308线改造,加快5G、4K应用",
        "构建“1+3+N”体系",
        "推行一对一帮扶、1对1结对",
        "实现“4个100%”",
        "《关于支持民营企业的20条意见》",
        "健全县乡村三级网格,完善四项机制,抓好三件大事",
        "实现一个目标、两个转变、三个突破",
        "建设一个中心、两个基地",
        "培育一批千亿级产业集群",
        "每十万人口死亡率下降",
        "每半年召开1次联席会议",
        "年产10万吨预制菜项目投产",
        "执行75%节能标准",
        "从6个方面、18个重点领域发力",
        "严守18亿亩耕地红线",
        # dates, numbers of documents, ranks
        "2025年6月30日前完成",
        "青政发〔2023〕5号",
        "综合考评进入全市前3名",
        "连续5年保持第1位",
        "实施第3次修编",
        "第14个五年规划",
        # what is or was
        "截至2022年底,全县建成农家书屋320处",
        "2022年完成投资35亿元",
        "目前已建成充电桩1200个",
        "管好已建成的120个站点",
        "对现有56家加油站开展检查",
        "对全区230家餐饮单位开展拉网式排查",
        "辖12个乡镇",
        "全县15个乡镇要落实属地责任",
        "依托38家合作社",
        "围绕8条重点产业链招商",
        "由17个部门组成联席会议",
        # thresholds and attributes
        "淘汰30万千瓦以下煤电机组",
        "对年营业收入2000万元以上企业实行包联",
        "推动20户以上自然村通硬化路",
        "规范100平方米以下的小餐饮",
        "为65岁以上老年人建立档案",
        "加快220千伏输变电工程建设",
        "推进100兆瓦光伏电站前期工作",
        "培育一批产值在5亿元左右的中小企业",
        # rates
        "按每亩200元的标准给予补助",
        "给予最高50万元奖励",
        "对新建项目给予30%的补贴",
        "城区每小时收费5元",
        "每人每月补助三百元",
        "收费不超过5元/吨",
        "设一等奖1名、二等奖3名",
        "总投资3.2亿元的污水处理厂项目",
        "处以2000元以上5000元以下罚款",
        "未建立制度的扣2分",
        "每少完成1个百分点扣0.5分",
        "24小时降雨量达200毫米以上时启动响应",
        # counted from something, how many times
        "自印发之日起30日内制定实施细则",
        "分3批推进",
        "为期6个月的专项行动",
        "用3年时间完成",
        "(责任单位:区民政局等12个部门)",
        "联系电话:0571-8234567",
    ],
)
def test_no_targets(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "comparator", "value_max"),
    [
        ("覆盖率达到95%", ">=", None),
        ("不少于30家", ">=", None),
        ("培育企业30家以上", ">=", None),
        ("突破500亿元", ">=", None),
        ("漏损率控制在9%以内", "<=", None),
        ("不超过20%", "<=", None),
        ("办理时限压缩至3个工作日", "<=", None),
        ("完成投资30亿元左右", "~", None),
        ("培育3—5家龙头企业", "range", 5),
        ("新建书屋8处", "=", None),
    ],
)
def test_comparators(text: str, comparator: str, value_max: float | None) -> None:
    (quantity,) = read(text)
    assert (quantity.comparator, quantity.value_max) == (comparator, value_max)


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("星级绿色建筑占比达到30%", "星级绿色建筑占比"),
        ("新建村级卫生室8所", "村级卫生室"),
        ("打造5个示范社区", "示范社区"),
        ("力争旅游总收入突破80亿元", "旅游总收入"),
        ("养老床位由800张增加到1200张", "养老床位"),
        ("安置率达到100%", "安置率"),
        ("新建农家书屋8处、文化驿站3处", "农家书屋"),
    ],
)
def test_indicators(text: str, indicator: str) -> None:
    assert read(text)[0].indicator == indicator


def test_the_year_is_that_of_the_deadline_before_it_in_the_sentence() -> None:
    text = "新增泊位300个,2024年底前新建公厕20座、中转站2座。每年培训500人次,到2025年覆盖率达到90%。绿化100亩。"
    assert [q.year for q in read(text)] == [None, 2024, 2024, None, 2025, None]


def test_a_target_said_twice_counts_once_and_equal_targets_side_by_side_count_each() -> None:
    assert pairs("登记备案率达到100%。\t登记备案率达到100%得1分") == [(100, "%")]
    assert pairs("示范社区、示范街区分别达到3家、3家") == [(3, "家"), (3, "家")]


def test_text_and_span_are_the_clause() -> None:
    text = "1.完善设施。年底前,新建社区食堂6处,方便群众。(责任单位:区民政局)"
    (quantity,) = read(text)
    assert quantity.text == quantity.quote == "新建社区食堂6处"


@pytest.mark.parametrize(
    ("cell", "unit", "value", "read_unit", "comparator"),
    [
        ("95", "%", 95, "%", "="),
        ("≥95", "%", 95, "%", ">="),
        ("达到 90%", "", 90, "%", ">="),
        ("9左右", "%", 9, "%", "~"),
        ("不超过20%", "", 20, "%", "<="),
        ("[1200]", "万人", 1200, "万人", "="),
        ("78.5", "岁", 78.5, "岁", "="),
        ("12以上", "家", 12, "家", ">="),
        ("70", "-", 70, "", "="),
        ("1,200", "元", 1200, "元", "="),
    ],
)
def test_cells(cell: str, unit: str, value: float, read_unit: str, comparator: str) -> None:
    quantity = read_cell_quantity(cell, 0, len(cell), indicator="指标", unit=unit, year=2025)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.comparator) == (value, read_unit, comparator)
    assert quantity.quote == cell[quantity.start : quantity.end]


@pytest.mark.parametrize("cell", ["", "-", "完成市下达任务", "持续改善", "2025年底前", "达到省级标准"])
def test_cells_without_a_number(cell: str) -> None:
    assert read_cell_quantity(cell, 0, len(cell), indicator="指标", unit="%", year=2025) is None


ALPHABET = st.sampled_from(
    "0123456789.,%‰万亿元个家年以上下内达到不少于至约分之百一二三两“”()（）《》。,，、新建完成占率—-+ \n从由"
)


@given(st.text(ALPHABET, max_size=60))
def test_any_text(text: str) -> None:
    start, end = len(text) // 5, len(text)
    deadlines = read_deadlines(text, start, end, ISSUED)
    found = read_quantities(text, start, end, deadlines, 2023)
    assert found == read_quantities(text, start, end, deadlines, 2023)
    for quantity in found:
        assert start <= quantity.start < quantity.end <= end
        assert quantity.quote == quantity.text == text[quantity.start : quantity.end]
    read_cell_quantity(text, start, end, indicator="指标")


@given(st.text(max_size=80))
def test_any_characters(text: str) -> None:
    for quantity in read(text):
        assert quantity.quote == text[quantity.start : quantity.end]


def test_speed() -> None:
    """An item of some 150 characters takes microseconds; the bound is loose because machines differ."""
    item = "加快推进老旧小区改造,完善配套设施,健全长效机制,2024年底前新增停车位1200个,惠及居民8000户。" * 3
    best = min(_timed(item) for _ in range(5))
    assert best < 2e-3


def _timed(item: str) -> float:
    begin = time.process_time()
    for _ in range(50):
        read_quantities(item, 0, len(item), [], 2023)
    return (time.process_time() - begin) / 50
