"""Which body is meant by a name."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from graph import regions
from graph.identity import DepartmentMention, Identity

COUNTY, CITY, PROVINCE = "岚江省宁溪市青禾县", "岚江省宁溪市", "岚江省"
GOLD = Path(__file__).parents[3] / "shared" / "gold"


def one(surface: str, home: str, *also: str, collective: bool = False) -> DepartmentMention:
    """A name in a document of `home`, in a library that has documents of `also`."""
    identity = Identity()
    for path in also:
        identity.document(title="关于工作的通知", region=path, level=regions.parse(path).level)
    mention = identity.department(surface, region=home, level=regions.parse(home).level, collective=collective)
    identity.finish()
    return mention


# ---- one body under several names


@pytest.mark.parametrize(
    ("home", "names", "id_"),
    [
        (COUNTY, ["县民政局", "青禾县民政局", "宁溪市青禾县民政局", "民政局", "县民政部门"], "民政局"),
        (COUNTY, ["县发改局", "县发展和改革局", "县发展改革局", "县发改委", "县发展与改革局"], "发展和改革局"),
        (COUNTY, ["县人社局", "县人力资源和社会保障局", "县人力资源社会保障局"], "人力资源和社会保障局"),
        (COUNTY, ["县住建局", "县住房和城乡建设局", "县住房城乡建设局"], "住房和城乡建设局"),
        (COUNTY, ["县卫健局", "县卫生健康局", "县卫健委", "县卫生健康委员会"], "卫生健康局"),
        (COUNTY, ["县委编办", "县编办", "县委机构编制委员会办公室"], "机构编制委员会办公室"),
        (COUNTY, ["团县委", "共青团青禾县委", "共青团青禾县委员会"], "团委"),
        (COUNTY, ["青禾公安分局", "公安青禾分局", "市公安局青禾分局", "宁溪市公安局青禾分局", "县公安局"], "公安局"),
        (
            COUNTY,
            ["市生态环境局青禾分局", "青禾生态环境分局", "县生态环境分局", "宁溪市生态环境局青禾县分局"],
            "生态环境分局",
        ),
        (COUNTY, ["人民银行青禾县支行", "人行青禾支行", "县人行", "中国人民银行青禾县支行"], "人民银行支行"),
        (
            COUNTY,
            ["县供电公司", "国网青禾县供电公司", "青禾供电中心", "国网岚江省电力有限公司青禾县供电公司"],
            "供电公司",
        ),
        (COUNTY, ["县税务局", "青禾税务局", "国家税务总局青禾县税务局"], "税务局"),
        (COUNTY, ["县农业农村局", "县农业农村局(县乡村振兴局)", "县农业农村局（县乡村振兴局）"], "农业农村局"),
        (COUNTY, ["县委宣传部", "中共青禾县委宣传部", "青禾县委宣传部"], "宣传部"),
        (COUNTY, ["县委县直机关工委", "县直机关工委", "县委直属机关工委"], "直属机关工作委员会"),
        (COUNTY, ["县政府办公室", "县府办", "县人民政府办公室", "县政府办"], "人民政府办公室"),
        (COUNTY, ["县交警大队", "青禾交警大队", "县公安局交警大队"], "公安局交警大队"),
        (COUNTY, ["县法院", "青禾县人民法院"], "人民法院"),
        (COUNTY, ["县委县政府督查室", "县政府督查室", "县督查室"], "督查室"),
        (COUNTY, ["县经济开发区", "青禾经济开发区", "青禾经济开发区管委会"], "经济开发区"),
        (CITY, ["市委组织部", "宁溪市委组织部"], "组织部"),
        (CITY, ["市监委", "市监察委员会"], "监察委员会"),
        (CITY, ["市自然资源和规划局", "市自然资源局", "市资规局"], "自然资源局"),
        (CITY, ["市消防救援支队", "宁溪市消防救援支队"], "消防救援支队"),
        (PROVINCE, ["省发展改革委", "岚江省发展和改革委员会", "省发改委"], "发展和改革委员会"),
        (PROVINCE, ["省民政厅", "岚江省民政厅"], "民政厅"),
        ("内蒙古自治区", ["自治区党委组织部", "内蒙古自治区党委组织部"], "组织部"),
        ("岚江省宁溪市青禾县云溪镇", ["镇政府", "云溪镇人民政府", "云溪镇"], "人民政府"),
        ("全国", ["国家发展改革委", "国家发展和改革委员会", "国家发改委", "发展改革委"], "国家发展和改革委员会"),
        ("全国", ["市场监管总局", "国家市场监督管理总局"], "国家市场监督管理总局"),
        ("全国", ["全国妇联", "中华全国妇女联合会"], "中华全国妇女联合会"),
        ("内蒙古自治区兴安盟科尔沁右翼前旗", ["旗民政局", "科尔沁右翼前旗民政局"], "民政局"),
        ("上海市", ["市民政局", "上海市民政局"], "民政局"),
    ],
)
def test_one_body(home: str, names: list[str], id_: str) -> None:
    identity = Identity()
    level = regions.parse(home).level
    ids = {name: identity.department(name, region=home, level=level) for name in names}
    identity.finish()
    assert {name: mention.id for name, mention in ids.items()} == dict.fromkeys(names, f"{home}/{id_}")


# ---- whose body is meant


@pytest.mark.parametrize(
    ("home", "surface", "region", "level"),
    [
        (COUNTY, "市民政局", CITY, "municipal"),
        (COUNTY, "省民政厅", PROVINCE, "provincial"),
        (COUNTY, "民政部", "全国", "national"),
        (COUNTY, "国家发展改革委", "全国", "national"),
        (COUNTY, "国务院扶贫办", "全国", "national"),
        (COUNTY, "宁溪市公安局", CITY, "municipal"),
        (COUNTY, "云溪镇人民政府", COUNTY + "云溪镇", "township"),
        (COUNTY, "云溪街道办事处", COUNTY + "云溪街道", "township"),
        ("青禾县", "市民政局", "青禾县所在市", "municipal"),
        ("青禾县", "省民政厅", "青禾县所在省", "provincial"),
        (CITY, "市委宣传部", CITY, "municipal"),
        (CITY, "青禾县人民政府", COUNTY, "district"),
        (CITY, "宁溪银保监分局", CITY, "municipal"),
        (PROVINCE, "岚江银保监局", PROVINCE, "provincial"),
        (PROVINCE, "宁溪市人民政府", CITY, "municipal"),
        ("江苏省苏州市昆山市", "市民政局", "江苏省苏州市昆山市", "district"),
        ("江苏省苏州市", "昆山市民政局", "江苏省苏州市昆山市", "district"),
        ("江苏省苏州市", "昆山公安分局", "江苏省苏州市昆山市", "district"),
        ("上海市浦东新区", "市民政局", "上海市", "provincial"),
        ("上海市浦东新区", "区民政局", "上海市浦东新区", "district"),
        ("广西壮族自治区南宁市", "自治区民政厅", "广西壮族自治区", "provincial"),
        ("广西壮族自治区南宁市", "区民政厅", "广西壮族自治区", "provincial"),
        ("湖北省恩施土家族苗族自治州利川市", "州民政局", "湖北省恩施土家族苗族自治州", "municipal"),
        ("全国", "商务部", "全国", "national"),
    ],
)
def test_whose(home: str, surface: str, region: str, level: str) -> None:
    body = one(surface, home).body
    assert (body.region, body.level) == (region, level)


def test_a_short_name_of_a_county_is_known_once_the_library_has_it() -> None:
    assert one("青禾公安分局", CITY, COUNTY).body.region == COUNTY
    assert one("青禾公安分局", CITY).body.region == CITY  # unknown: a name of its own
    assert one("青禾公安分局", CITY).body.function == ""


def test_the_region_of_a_county_is_completed_across_documents() -> None:
    identity = Identity()
    short = identity.department("县民政局", region="青禾县", level="district")
    city = identity.department("市民政局", region="青禾县", level="district")
    long = identity.department("县民政局", region=COUNTY, level="district")
    identity.finish()
    assert short.id == long.id == f"{COUNTY}/民政局"
    assert city.id == f"{CITY}/民政局"
    assert identity.region_path("青禾县") == COUNTY


def test_ambiguous_regions_are_not_guessed() -> None:
    identity = Identity()
    short = identity.department("区民政局", region="鼓楼区", level="district")
    long = identity.department("区民政局", region="江苏省南京市鼓楼区", level="district")
    identity.finish()
    assert short.id != long.id


# ---- apart


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("县大数据局", "县大数据中心"),
        ("县金融发展中心", "县金融服务中心"),
        ("青化税务局", "县税务局"),
        ("县各产业链专班", "各产业链专班"),
        ("县民政局", "市民政局"),
        ("县农业局", "县农业农村局"),
        ("县水务局", "县水利局"),
        ("县卫计局", "县卫健局"),
        ("青禾环保分局", "青禾生态环境分局"),
        ("县委宣传部", "市委宣传部"),
        ("县住建局", "县房管局"),
        ("县委农工办", "县农业局"),
        ("县乡村振兴局", "县农业农村局"),
        ("县教育局", "县教体局"),
        ("县国资局", "县国资中心"),
        ("县监察局", "县监委"),
        ("县规划局", "县规划办"),
        ("县城管局", "县综合执法局"),
        ("各镇、街道", "各镇人民政府"),
        ("县人大常委会", "县人大办"),
        ("县市场监管局", "县监委"),
        ("县委金融办", "县金融办"),
        ("县畜牧局", "县畜牧中心"),
        ("县委县政府", "县政府"),
        ("县邮政局", "县邮政分公司"),
        ("县金融监管局", "青禾金融监管支局"),
    ],
)
def test_apart(one_name: str, other: str) -> None:
    identity = Identity()
    mentions = [identity.department(n, region=COUNTY, level="district") for n in (one_name, other)]
    identity.finish()
    assert mentions[0].id != mentions[1].id


# ---- classes, unknown bodies, names


@pytest.mark.parametrize(
    "name",
    [
        "各镇、街道",
        "各镇(街道)",
        "各有关部门",
        "有关部门",
        "县政府各部门",
        "县直有关部门",
        "联席会议成员单位",
        "各县(市、区)人民政府",
        "街道办事处",
        "工商等部门",
        "牵头单位",
        "各级各部门",
        "开发区管委会",
        "各负有安全监管职责的部门",
        "镇街",
    ],
)
def test_classes(name: str) -> None:
    assert one(name, COUNTY).body.kind == "collective"


def test_a_class_is_one_node_however_it_is_written() -> None:
    assert len({one(name, COUNTY).id for name in ("各镇、街道", "各镇街道", "各镇(街道)")}) == 1


def test_a_lower_level_without_a_name_is_a_class() -> None:
    assert one("区民政局", CITY).body.kind == "collective"


@pytest.mark.parametrize(
    ("name", "kind", "review"),
    [
        ("县数字乡村促进中心", "institution", False),
        ("县城投集团", "enterprise", False),
        ("县创城指挥部", "group", False),
        ("县电商协会", "mass", False),
        ("青禾化工区", "zone", False),
        ("县数字办", "government", False),
        ("县丰收如门", "other", True),
        ("县X1Y局", "government", True),
    ],
)
def test_unknown_bodies_are_nodes_of_their_own(name: str, kind: str, review: bool) -> None:
    body = one(name, COUNTY).body
    assert (body.function, body.region, body.kind, body.review) == ("", COUNTY, kind, review)


def test_slips_are_flagged_and_not_merged() -> None:
    identity = Identity()
    right = identity.department("县民政局", region=COUNTY, level="district")
    slip = identity.department("县民玫局", region=COUNTY, level="district")
    identity.finish()
    assert right.id != slip.id
    assert slip.body.review and not right.body.review
    assert ("slip", slip.id, right.id) in {s[:3] for s in identity.suspects()}


def test_names() -> None:
    identity = Identity()
    for name, times in (("县发改局", 3), ("县发展和改革局", 1), ("青禾县发展改革局", 1)):
        for _ in range(times):
            mention = identity.department(name, region=COUNTY, level="district")
    env = identity.department("市生态环境局青禾分局", region=COUNTY, level="district")
    youth = identity.department("团县委", region=COUNTY, level="district")
    plan = identity.department("市自然资源和规划局", region=CITY, level="municipal")
    bare = identity.department("财政", region=COUNTY, level="district")
    identity.finish()
    assert (mention.body.name, mention.body.full_name) == ("县发改局", "青禾县发展和改革局")
    assert mention.body.aliases == ["县发展和改革局", "青禾县发展改革局"]
    assert mention.body.function == "发展改革"
    assert env.body.full_name == "宁溪市生态环境局青禾分局"
    assert youth.body.full_name == "共青团青禾县委员会"
    assert plan.body.full_name == "宁溪市自然资源和规划局"
    assert (bare.body.name, bare.body.full_name) == ("县财政局", "青禾县财政局")


def test_second_names_are_aliases() -> None:
    body = one("县农业农村局(县乡村振兴局)", COUNTY).body
    assert "县乡村振兴局" in body.aliases
    assert one("县发改局(牵头)", COUNTY).body.name == "县发改局"


def test_without_a_region_bodies_are_up_for_review() -> None:
    identity = Identity()
    body = identity.department("县民政局", region=None, level="district")
    city = identity.department("市民政局", region=None, level="district")
    identity.finish()
    assert body.body.review and body.id == "未知地区/民政局"
    assert city.id != body.id


# ---- reforms


def _named(identity: Identity, year: int, *names: str) -> list[DepartmentMention]:
    return [identity.department(n, region=COUNTY, level="district", year=year) for n in names]


def test_successions_of_the_reforms() -> None:
    identity = Identity()
    old = _named(
        identity,
        2018,
        "县工商局",
        "县卫计局",
        "县安监局",
        "县国土资源局",
        "县经信局",
        "县农业局",
        "县扶贫办",
        "青禾环保分局",
        "县物价局",
    )
    new = _named(
        identity,
        2021,
        "县市场监管局",
        "县卫健局",
        "县应急局",
        "县自然资源局",
        "县工信局",
        "县农业农村局",
        "县乡村振兴局",
        "青禾生态环境分局",
        "县发改局",
    )
    identity.finish()
    edges = {(s.old, s.new): s for s in identity.successions()}
    for one_, other in zip(old, new, strict=True):
        assert edges[one_.id, other.id].basis
    assert edges[old[1].id, new[1].id].year == 2019
    assert edges[old[6].id, new[6].id].year == 2021


def test_national_successions_have_the_year_of_the_centre() -> None:
    identity = Identity()
    for name in ("国家卫生和计划生育委员会", "国家卫生健康委员会"):
        identity.department(name, region="全国", level="national", year=2018)
    identity.finish()
    assert [s.year for s in identity.successions()] == [2018]


def test_local_changes_need_the_years() -> None:
    identity = Identity()
    _named(identity, 2016, "县水利局")
    _named(identity, 2022, "县水务局")
    identity.finish()
    assert [(s.old, s.new) for s in identity.successions()] == [(f"{COUNTY}/水利局", f"{COUNTY}/水务局")]
    identity = Identity()
    _named(identity, 2022, "县水利局", "县水务局")
    identity.finish()
    assert identity.successions() == []


def test_no_succession_between_regions() -> None:
    identity = Identity()
    identity.department("县卫计局", region=COUNTY, level="district", year=2018)
    identity.department("市卫健委", region=COUNTY, level="district", year=2020)
    identity.finish()
    assert identity.successions() == []


def test_branches_are_part_of_the_body_their_name_says() -> None:
    identity = Identity()
    branch = identity.department("市生态环境局青禾分局", region=COUNTY, level="district")
    whole = identity.department("市生态环境局", region=CITY, level="municipal")
    identity.finish()
    assert [(p.part, p.whole) for p in identity.parts()] == [(branch.id, whole.id)]


# ---- order and repetition


def test_the_order_of_loading_does_not_matter() -> None:
    said = [
        (n, r, lv)
        for r, lv in ((COUNTY, "district"), ("青禾县", "district"), (CITY, "municipal"))
        for n in ("县民政局", "市民政局", "青禾公安分局", "县发改局", "青禾县发展和改革局", "团县委", "云溪镇")
    ]

    def bodies(order: list[tuple[str, str, str]]) -> list[object]:
        identity = Identity()
        for name, region, level in order:
            identity.department(name, region=region, level=level, year=2020)
        identity.finish()
        return [(b.id, b.name, b.full_name, b.aliases, b.kind, b.review) for b in identity.bodies()]

    first = bodies(said)
    for seed in range(5):
        shuffled = said[:]
        random.Random(seed).shuffle(shuffled)
        assert bodies(shuffled) == first


def test_finish_again_after_more_was_read() -> None:
    identity = Identity()
    short = identity.department("县民政局", region="青禾县", level="district")
    identity.finish()
    assert short.id == "青禾县/民政局"
    identity.document(title="关于工作的通知", region=COUNTY, level="district")
    identity.finish()
    assert short.id == f"{COUNTY}/民政局"


def test_an_id_before_finish_is_an_error() -> None:
    with pytest.raises(RuntimeError):
        _ = Identity().department("县民政局", region=COUNTY, level="district").id


# ---- known by hand


@pytest.mark.skipif(not (GOLD / "identity.json").exists(), reason="../shared/gold lies outside the repository")
def test_what_is_known_by_hand_about_the_corpus() -> None:
    gold = json.loads((GOLD / "identity.json").read_text(encoding="utf-8"))
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((GOLD / "documents").glob("*.json"))]
    places = {d["region"]: d["level"] for d in documents if d["region"]}
    homes = {regions.parse(path).name: path for path in sorted(places, key=len)}
    district = next(
        path for path, level in places.items() if level == "district" and len(regions.parse(path).names) == 3
    )
    identity = Identity()
    said: dict[str, DepartmentMention] = {}
    for d in documents:
        year = int((d["issued_on"] or "0")[:4]) or None
        for task in d["tasks"]:
            for name in {*task["leads"], *task["responsible"], *task["assists"]}:
                said[name] = identity.department(name, region=d["region"], level=d["level"], year=year)
    for row in gold["same"]:
        path = homes[row["region"]]
        for name in row["names"]:
            said[name] = identity.department(name, region=path, level=regions.parse(path).level)
    for pair in gold["apart"] + gold["succeeded_by"]:
        for name in pair:
            if name not in said:
                said[name] = identity.department(name, region=district, level="district")
    identity.finish()
    same = {tuple(row["names"]): len({said[name].id for name in row["names"]}) for row in gold["same"]}
    assert all(count == 1 for count in same.values()), same
    assert [pair for pair in gold["apart"] if said[pair[0]].id == said[pair[1]].id] == []
    edges = {(s.old, s.new) for s in identity.successions()}
    assert [pair for pair in gold["succeeded_by"] if (said[pair[0]].id, said[pair[1]].id) not in edges] == []
