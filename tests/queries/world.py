"""An invented graph for the tests of queries: a county, its city and province, every label and relationship type.

Written by hand and independent of the loaders, so that each query and each audit check has something to find.
"""

# ruff: noqa: E501  (one row a line)

from __future__ import annotations

from pathlib import Path

from graph.model import NODE, REL
from graph.store.build import build_graph
from graph.store.rows import RowWriter

PROVINCE, CITY, COUNTY = "岚江省", "岚江省宁溪市", "岚江省宁溪市青禾县"
GAZETTE, WEB, OTHER = "a" * 16, "b" * 16, "c" * 16

NODES: list[tuple[str, dict[str, object]]] = []
RELS: list[tuple[str, str, str, str, str, dict[str, object]]] = []
LABEL: dict[str, str] = {}


def node(kind_: str, ident: str, /, **properties: object) -> str:
    LABEL[ident] = kind_
    NODES.append((kind_, {"id": ident, **properties}))
    return ident


def rel(name: str, start: str, end: str, quote: str | None = "", sources: str = GAZETTE[0], /, **properties: object) -> None:
    if "quote" in REL[name].properties and quote is not None:
        properties |= {"quote": quote or f"{name} 的原文", "evidence": [f"{s * 16}:10:20" for s in sources],
                       "rule": "label:测试"}
    RELS.append((name, LABEL[start], LABEL[end], start, end, properties))


def body(region: str, short: str, full: str, function: str, level: str, *aliases: str, kind: str = "government",
         review: bool = False) -> str:
    return node("Department", f"{region}/{full.removeprefix(region)}", name=short, full_name=full, aliases=list(aliases),
                function=function, level=level, region=region, kind=kind, review=review)


def document(ident: str, title: str, level: str, region: str | None, issued_on: str | None, held: bool = True,
             kind: str = "通知") -> str:
    year = int(issued_on[:4]) if issued_on else None
    return node("Document", ident, title=title, doc_number=ident if "〔" in ident else None, kind=kind, level=level,
                region=region, issued_on=issued_on, issued_year=year, held=held)


def task(doc: str, path: str, title: str | None, text: str, position: int, *, years: tuple[str, ...] = (),
         kind: str = "task", section: str | None = None) -> str:
    ident = node("Task", f"{doc}#{path}", number=path.split("/")[-1], title=title, text=text, section=section,
                 years=list(years), kind=kind, position=position, quote=text, evidence=[f"{GAZETTE}:1:2"], rule="item")
    rel("ASSIGNS", doc, ident, text)
    return ident


def target(owner: str, n: int, text: str, indicator: str, value: float, unit: str, year: int | None,
           comparator: str = ">=") -> str:
    ident = node("Target", f"{owner}!{n}", text=text, indicator=indicator, comparator=comparator, value=value,
                 value_max=None, unit=unit, year=year, quote=text, evidence=[f"{GAZETTE}:1:2"], rule="quantity")
    rel("SETS" if LABEL[owner] == "Document" else "AIMS_AT", owner, ident, text)
    return ident


def period(ident: str, starts_on: str, ends_on: str) -> str:
    return node("Period", ident, label=ident, starts_on=starts_on, ends_on=ends_on)


for source, name in ((GAZETTE, "青禾县政府公报.txt"), (WEB, "养老服务网页.html"), (OTHER, "宁溪市意见.docx")):
    node("Source", source, name=name, path=f"/资料/{name}", media_type="text/plain", bytes=1000,
         loaded_at="2025-01-01T00:00:00Z", extractor="1")

for year in ("2019", "2023", "2024", "2025", "2035"):
    period(year, f"{year}-01-01", f"{year}-12-31")
period("2025-06", "2025-06-01", "2025-06-30")
period("2024-05..2024-08", "2024-05-01", "2024-08-31")
rel("WITHIN", "2025-06", "2025", None, rule="calendar")

# bodies
STATE = body("全国", "国务院", "国务院", "政府", "national")
PROVINCE_GOV = body(PROVINCE, "省政府", "岚江省人民政府", "政府", "provincial", "岚江省人民政府")
CITY_GOV = body(CITY, "市政府", "岚江省宁溪市人民政府", "政府", "municipal", "宁溪市人民政府")
COUNTY_GOV = body(COUNTY, "县政府", "岚江省宁溪市青禾县人民政府", "政府", "district", "青禾县人民政府")
CIVIL = body(COUNTY, "县民政局", "岚江省宁溪市青禾县民政局", "民政", "district", "青禾县民政局")
CITY_CIVIL = body(CITY, "市民政局", "岚江省宁溪市民政局", "民政", "municipal", "宁溪市民政局")
FINANCE = body(COUNTY, "县财政局", "岚江省宁溪市青禾县财政局", "财政", "district")
HEALTH = body(COUNTY, "县卫健局", "岚江省宁溪市青禾县卫生健康局", "卫生健康", "district", "县卫生健康局")
FAMILY = body(COUNTY, "县卫计局", "岚江省宁溪市青禾县卫生和计划生育局", "卫生和计划生育", "district", "县卫生和计划生育局")
REFORM = body(COUNTY, "县发改局", "岚江省宁溪市青禾县发展和改革局", "发展改革", "district", "县发展和改革局", "县发展改革局")
SCIENCE = body(COUNTY, "县科技局", "岚江省宁溪市青禾县科学技术局", "科技", "district")
TOWNS = body(COUNTY, "各镇、街道", "岚江省宁溪市青禾县各镇、街道", "", "township", kind="collective")
ODD = body(COUNTY, "县民攻局", "岚江省宁溪市青禾县民攻局", "", "district", review=True)
rel("SUCCEEDED_BY", FAMILY, HEALTH, None, year=2019, basis="深化党和国家机构改革方案(2018)", rule="reform")
rel("PART_OF", CIVIL, COUNTY_GOV, None, rule="level")

# documents
NATION = document("国发〔2021〕30号", "国家老龄事业发展规划", "national", None, None, held=False)
LAW = document("老年人权益保障法", "中华人民共和国老年人权益保障法", "national", None, None, held=False)
PROVINCIAL = document("岚政发〔2022〕6号", "岚江省养老服务体系建设规划", "provincial", PROVINCE, "2022-03-01", kind="规划")
MUNICIPAL = document("宁政办发〔2022〕31号", "宁溪市养老服务提升实施意见", "municipal", CITY, "2022-09-10", kind="意见")
ELDERLY = document("青政办发〔2024〕12号", "青禾县养老服务体系建设实施方案", "district", COUNTY, "2024-03-20", kind="方案")
KEY = document("青政发〔2023〕5号", "青禾县2023年重点工作任务分工", "district", COUNTY, "2023-02-01")
PLAN = document("青政发〔2021〕5号", "青禾县国民经济发展规划", "district", COUNTY, "2021-03-01", kind="规划")
OLD = document("青政办发〔2018〕30号", "青禾县健康扶贫实施方案", "district", COUNTY, "2018-06-01", kind="方案")
CEREMONY = document("青政办字〔2024〕3号", "关于成立青禾县庆典活动领导小组的通知", "district", COUNTY, "2024-01-15")
for source, doc in ((GAZETTE, ELDERLY), (WEB, ELDERLY), (GAZETTE, KEY), (GAZETTE, PLAN), (GAZETTE, OLD), (GAZETTE, CEREMONY),
                    (OTHER, MUNICIPAL), (OTHER, PROVINCIAL)):
    rel("CARRIES", source, doc, None, start_offset=0, end_offset=1000)
for issuer, docs in ((PROVINCE_GOV, [PROVINCIAL]), (CITY_GOV, [MUNICIPAL]), (COUNTY_GOV, [ELDERLY, KEY, PLAN, OLD, CEREMONY])):
    for doc in docs:
        rel("ISSUED", issuer, doc)
rel("CITES", PROVINCIAL, NATION, "为贯彻落实《国家老龄事业发展规划》", basis="贯彻落实")
rel("CITES", MUNICIPAL, PROVINCIAL, "根据《岚江省养老服务体系建设规划》", OTHER[0], basis="根据")
rel("CITES", ELDERLY, MUNICIPAL, "按照《宁溪市养老服务提升实施意见》", "ab", basis="按照")
rel("CITES", ELDERLY, LAW, "依据《中华人民共和国老年人权益保障法》", basis="依据")

# tasks
NETWORK = task(ELDERLY, "二/(一)/1", "建设综合养老服务中心", "建成养老服务中心12处,新增床位600张。", 1, years=("2025",), section="二、重点任务")
CANTEEN = task(ELDERLY, "二/(一)/2", "发展老年助餐", "2025年6月底前建成老年食堂30家。", 2, years=("2025",), section="二、重点任务")
TRAINING = task(ELDERLY, "二/(一)/3", "加强队伍建设", "开展养老护理员培训。", 3, section="二、重点任务")
PUBLICITY = task(ELDERLY, "二/(一)/4", None, "营造敬老爱老的社会氛围。", 4, section="二、重点任务")
INNOVATE = task(KEY, "1", "加快创新平台建设", "新增市级以上创新平台10家。", 1, years=("2023",))
WELFARE = task(KEY, "2", "提高社会救助水平", "城乡低保标准提高5%。", 2, years=("2023",))
EDGE = task(KEY, "3", "推进项目前期工作", "做好项目储备。", 3)
POVERTY = task(OLD, "三/1", "落实健康扶贫政策", "2019年底前实现家庭医生签约服务全覆盖。", 1, years=("2019",))
LATE = task(ELDERLY, "三/1", "加强医养结合", "县卫计局负责医养结合机构建设。", 5)
CITY_NETWORK = task(MUNICIPAL, "一/1", "完善养老服务网络", "到2025年各县建成养老服务中心。", 1, years=("2025",))

rel("LEADS", CIVIL, NETWORK, "牵头单位:县民政局", "ab")
rel("RESPONSIBLE_FOR", FINANCE, NETWORK, "责任单位:县财政局、县卫健局", "ab")
rel("RESPONSIBLE_FOR", HEALTH, NETWORK, "责任单位:县财政局、县卫健局")
rel("ASSISTS", TOWNS, NETWORK, "配合单位:各镇、街道", "ab")
rel("LEADS", CIVIL, CANTEEN, "县民政局牵头,县财政局配合", "ab")
rel("ASSISTS", FINANCE, CANTEEN, "县民政局牵头,县财政局配合", "ab")
rel("RESPONSIBLE_FOR", CIVIL, TRAINING, "责任单位:县民政局", "ab")
rel("LEADS", SCIENCE, INNOVATE, "牵头单位:县科技局、县发改局")
rel("LEADS", REFORM, INNOVATE, "牵头单位:县科技局、县发改局")
rel("RESPONSIBLE_FOR", REFORM, INNOVATE, "责任单位:县发改局")
rel("LEADS", CIVIL, WELFARE, "牵头单位:县民政局")
rel("RESPONSIBLE_FOR", ODD, WELFARE, "责任单位:县民攻局")
rel("RESPONSIBLE_FOR", TOWNS, EDGE, "责任单位:各镇、街道")
rel("RESPONSIBLE_FOR", FAMILY, POVERTY, "责任单位:县卫计局")
rel("LEADS", FAMILY, LATE, "县卫计局负责医养结合机构建设", "ab")
rel("LEADS", CITY_CIVIL, CITY_NETWORK, "市民政局牵头", OTHER[0])
rel("CITES", NETWORK, MUNICIPAL, "按照《宁溪市养老服务提升实施意见》", basis="按照")

# dates and targets
rel("DUE_IN", NETWORK, "2025")
rel("DUE_IN", CANTEEN, "2025-06", "2025年6月底前")
rel("DUE_IN", INNOVATE, "2023")
rel("DUE_IN", POVERTY, "2019", "2019年底前")
rel("DUE_IN", CITY_NETWORK, "2025", "到2025年", OTHER[0])
for ident, year in ((target(NETWORK, 1, "建成养老服务中心12处", "养老服务中心", 12, "处", 2025), "2025"),
                    (target(NETWORK, 2, "新增床位600张", "养老床位", 600, "张", 2025), "2025"),
                    (target(CANTEEN, 1, "养老床位500张", "养老床位", 500, "张", 2025), "2025"),
                    (target(INNOVATE, 1, "创新平台10家", "创新平台", 10, "家", 2023), "2023"),
                    (target(ELDERLY, 1, "到2025年养老床位达到1000张", "养老床位", 1000, "张", 2025), "2025"),
                    (target(PLAN, 1, "到2025年养老床位达到900张", "养老床位", 900, "张", 2025), "2025"),
                    (target(PLAN, 2, "到2035年养老床位达到2000张", "养老床位", 2000, "张", 2035), "2035")):
    rel("DUE_IN", ident, year)
target(WELFARE, 1, "提高5%", "低保标准", 5, "%", None, "=")
rel("COVERS", ELDERLY, "2024-05..2024-08", "谋划启动阶段(2024年5—8月)", phase="谋划启动阶段")
rel("COVERS", ELDERLY, "2025", "全面完成阶段(2025年底前)", phase="全面完成阶段")
rel("COVERS", PLAN, "2035", "到2035年", phase=None)

# people and groups
GU = node("Person", f"{COUNTY}/方砚", name="方砚")
BAI = node("Person", f"{COUNTY}/白露", name="白露")
BAI_CITY = node("Person", f"{CITY}/白露", name="白露")
rel("HOLDS_POST", GU, CIVIL, "县民政局局长方砚", title="局长", from_date="2022-01-01", until_date=None)
rel("HOLDS_POST", BAI, FINANCE, "县财政局局长白露", title="局长", from_date=None, until_date=None)
rel("HOLDS_POST", BAI_CITY, CITY_CIVIL, "市民政局副局长白露", title="副局长", from_date=None, until_date=None)
rel("ANSWERS_FOR", GU, NETWORK, "责任人:方砚", post="局长")
GROUP = node("LeadingGroup", f"{ELDERLY}@青禾县社会救助工作领导小组", name="青禾县社会救助工作领导小组", kind="领导小组")
PARTY = node("LeadingGroup", f"{CEREMONY}@青禾县庆典活动领导小组", name="青禾县庆典活动领导小组", kind="领导小组")
rel("ESTABLISHES", ELDERLY, GROUP, "成立青禾县社会救助工作领导小组")
rel("ESTABLISHES", CEREMONY, PARTY, "成立青禾县庆典活动领导小组")
rel("OFFICE_IN", GROUP, CIVIL, "办公室设在县民政局")
rel("MEMBER_OF", GU, GROUP, "组长:方砚 县民政局局长", role="组长", post="县民政局局长", rank=1)
rel("MEMBER_OF", BAI, GROUP, "成员:白露 县财政局局长", role="成员", post="县财政局局长", rank=2)
rel("MEMBER_OF", SCIENCE, GROUP, "成员单位:县科技局", role="成员单位", post=None, rank=1)
rel("MEMBER_OF", GU, PARTY, "成员:方砚", role="成员", post=None, rank=1)


def build(folder: Path) -> Path:
    """Write the graph of this world under `folder` and return its file."""
    with RowWriter(folder / "rows") as writer:
        for label, properties in NODES:
            writer.node(label, *(properties.get(p) for p in NODE[label].properties))
        for name, start_label, end_label, start, end, properties in RELS:
            writer.rel(name, start_label, end_label, start, end, *(properties.get(p) for p in REL[name].properties))
    path = folder / "world.lbug"
    build_graph(writer.rows, path)
    return path
