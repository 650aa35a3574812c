"""Which document is meant by a number or a title."""

from __future__ import annotations

import random

import pytest

from graph.documents import document_id, normal_number, normal_title, same_title, work_title
from graph.identity import CitationMention, DocumentMention, Identity

COUNTY, CITY, PROVINCE = "岚江省宁溪市青禾县", "岚江省宁溪市", "岚江省"
PLAN = "关于印发青禾县养老服务提升实施方案的通知"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("青政发〔2023〕5号", "青政发〔2023〕5号"),
        ("青政发[2023]5号", "青政发〔2023〕5号"),
        ("青政发（2023）5号", "青政发〔2023〕5号"),
        ("（青政发〔２０２３〕５号）", "青政发〔2023〕5号"),
        ("青政发 【2023】 第05号", "青政发〔2023〕5号"),
        ("青政发〔2023〕5号文件", "青政发〔2023〕5号"),
        ("青政发〔2023〕5", "青政发〔2023〕5号"),
        ("国务院令第743号", "国务院令第743号"),
        (None, ""),
        ("", ""),
    ],
)
def test_numbers(written: str | None, number: str) -> None:
    assert normal_number(written) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于印发《岚江省养老服务规划》的通知", "岚江省养老服务规划"),
        ("岚江省人民政府关于印发岚江省养老服务规划（2021—2025年）的通知", "岚江省养老服务规划(2021-2025)"),
        ("岚江省人民政府关于加快发展养老服务的意见", "关于加快发展养老服务的意见"),
        ("中华人民共和国老年人权益保障法", "老年人权益保障法"),
        ("“十四五”养老规划", "十四五养老规划"),
    ],
)
def test_same_title(one: str, other: str) -> None:
    assert same_title(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青禾县养老服务规划", "宁溪市养老服务规划"),
        ("关于加快发展养老服务的意见", "关于加快发展养老服务的实施意见"),
        ("养老服务规划(2016-2020)", "养老服务规划(2021-2025)"),
        ("宁溪市人民政府办公室转发市民政局关于做好养老工作的意见的通知", "关于做好养老工作的意见"),
        (None, "养老服务规划"),
        (None, None),
    ],
)
def test_other_titles(one: str | None, other: str | None) -> None:
    assert not same_title(one, other)


def test_titles() -> None:
    assert normal_title("《 岚江省\n养老规划 》") == "岚江省养老规划"
    assert work_title("关于印发方案的通知") == "关于印发方案的通知"  # too little to stand alone
    assert document_id("青政发[2023]5号", None, PLAN, None) == "青政发〔2023〕5号"
    assert document_id(None, "青禾县人民政府", "养老清单", "2023-05-01") == "青禾县人民政府/养老清单/2023-05-01"


class Shelf:
    """Documents to hand in and settle."""

    def __init__(self) -> None:
        self.identity = Identity()

    def hold(
        self,
        title: str | None,
        number: str | None = None,
        region: str = COUNTY,
        on: str | None = None,
        level: str = "district",
    ) -> DocumentMention:
        return self.identity.document(
            title=title, doc_number=number, issuer=None, issued_on=on, region=region, level=level
        )

    def cite(
        self, at: DocumentMention, title: str | None, number: str | None = None, level: str | None = None
    ) -> CitationMention:
        return self.identity.citation(title=title, doc_number=number, level=level, cited_in=at)


def test_two_texts_of_one_document() -> None:
    shelf = Shelf()
    gazette = shelf.hold(PLAN, "青政发[2023]5号", on="2023-05-01")
    page = shelf.hold(PLAN, "青政发〔2023〕5号", region="青禾县")
    slip = shelf.hold("关于印发青禾县养老服务提升实施方素的通知", "青政发〔2023〕5号")
    bare = shelf.hold("青禾县养老服务提升实施方案", None, on="2023-05-01")
    other = shelf.hold(PLAN, "青政发〔2022〕9号", on="2022-05-01")
    shelf.identity.finish()
    assert gazette.id == page.id == slip.id == bare.id == "青政发〔2023〕5号"
    assert other.id != gazette.id


def test_two_documents_of_one_number() -> None:
    shelf = Shelf()
    county = shelf.hold(PLAN, "青政发〔2023〕5号")
    province = shelf.hold("关于加强草原保护的意见", "青政发〔2023〕5号", region="青海省", level="provincial")
    cited = shelf.cite(county, "关于加强草原保护的意见", "青政发〔2023〕5号", "provincial")
    own = shelf.cite(province, PLAN, "青政发〔2023〕5号")
    shelf.identity.finish()
    assert county.id == f"青政发〔2023〕5号@{COUNTY}"
    assert province.id == "青政发〔2023〕5号@青海省"
    assert own.id == county.id
    assert cited.id == province.id


def test_untitled_notices_of_many_places_stay_apart() -> None:
    shelf = Shelf()
    here = shelf.hold("关于做好2023年养老服务工作的通知", None, on="2023-05-01")
    there = shelf.hold("关于做好2023年养老服务工作的通知", None, region="岚江省宁溪市云泉县", on="2023-05-01")
    shelf.identity.finish()
    assert here.id != there.id


def test_citations_find_held_documents() -> None:
    shelf = Shelf()
    city = shelf.hold("关于加快发展养老服务的意见", "宁政发〔2022〕8号", region=CITY, level="municipal")
    plan = shelf.hold(
        "关于印发岚江省养老服务规划(2021—2025年)的通知", "岚政发〔2021〕3号", region=PROVINCE, level="provincial"
    )
    at = shelf.hold(PLAN, "青政发〔2023〕5号")
    found = [
        (shelf.cite(at, "宁溪市人民政府关于加快发展养老服务的意见", "宁政发[2022]8号", "municipal"), city),
        (shelf.cite(at, None, "宁政发〔2022〕8号"), city),
        (shelf.cite(at, "宁溪市人民政府关于加快发展养老服务的意见", None, "municipal"), city),
        (shelf.cite(at, "关于加快发展养老服务的意见", None, "municipal"), city),
        (shelf.cite(at, "岚江省养老服务规划（2021-2025年）", None, "provincial"), plan),
        (shelf.cite(at, "岚江省人民政府关于印发岚江省养老服务规划(2021—2025年)的通知", None, None), plan),
    ]
    apart = [
        shelf.cite(at, "关于加快发展养老服务的意见", None, "provincial"),  # of another level
        shelf.cite(
            at, "宁溪市人民政府关于加快发展养老服务的意见", "宁政发〔2020〕1号", "municipal"
        ),  # of another number
        shelf.cite(at, "云泉县人民政府关于加快发展养老服务的意见", None, "district"),  # of another place
        shelf.cite(at, "养老服务规划", None, None),  # too short to be sure
    ]
    shelf.identity.finish()
    for mention, document in found:
        assert mention.id == document.id, mention.title
        assert mention.work.held
    for mention in apart:
        assert not mention.work.held, mention.title


def test_a_document_does_not_mean_itself_by_a_namesake() -> None:
    shelf = Shelf()
    at = shelf.hold("关于加快发展养老服务的意见", "青政发〔2023〕6号")
    above = shelf.cite(at, "关于加快发展养老服务的意见", None, None)
    shelf.identity.finish()
    assert above.id != at.id


def test_works_that_are_only_cited() -> None:
    shelf = Shelf()
    here = shelf.hold(PLAN, "青政发〔2023〕5号")
    there = shelf.hold("关于印发云泉县养老服务提升实施方案的通知", "云政发〔2023〕7号", region="岚江省宁溪市云泉县")
    law = [
        shelf.cite(here, "中华人民共和国老年人权益保障法", None, "national"),
        shelf.cite(there, "老年人权益保障法", None, "national"),
    ]
    plan = [
        shelf.cite(here, "“十四五”国家老龄规划", "国发〔2021〕90号", "national"),
        shelf.cite(there, "“十四五”国家老龄规划", None, "national"),
        shelf.cite(there, None, "国发[2021]90号"),
    ]
    local = [shelf.cite(here, "关于加强养老工作的若干措施"), shelf.cite(there, "关于加强养老工作的若干措施")]
    own = [
        shelf.cite(here, "岚江省养老服务条例", None, "provincial"),
        shelf.cite(there, "岚江省养老服务条例", None, "provincial"),
    ]
    shelf.identity.finish()
    assert law[0].id == law[1].id
    assert {m.id for m in plan} == {"国发〔2021〕90号"}
    assert local[0].id != local[1].id
    assert own[0].id == own[1].id
    assert not any(work.held for work in shelf.identity.works() if "老" not in (work.title or "老"))


def test_the_order_of_loading_does_not_matter() -> None:
    held = [
        (PLAN, "青政发〔2023〕5号", COUNTY, "district"),
        (PLAN, None, "青禾县", "district"),
        ("关于加快发展养老服务的意见", "宁政发〔2022〕8号", CITY, "municipal"),
        ("关于加强草原保护的意见", "青政发〔2023〕5号", "青海省", "provincial"),
    ]
    cites = [
        ("宁溪市人民政府关于加快发展养老服务的意见", None, "municipal"),
        (None, "青政发〔2023〕5号", None),
        ("老年人权益保障法", None, "national"),
    ]

    def settled(seed: int) -> list[object]:
        shelf, order = Shelf(), held[:]
        random.Random(seed).shuffle(order)
        for title, number, region, level in order:
            at = shelf.hold(title, number, region, level=level)
            for cite in cites:
                shelf.cite(at, *cite)
        shelf.identity.finish()
        return [(w.id, w.region, w.held) for w in shelf.identity.works()]

    assert all(settled(seed) == settled(0) for seed in range(1, 6))


def test_near_titles_are_suspects() -> None:
    shelf = Shelf()
    at = shelf.hold(PLAN, "青政发〔2023〕5号")
    held = shelf.hold("宁溪市养老服务高质量发展三年行动方案", None, region=CITY, level="municipal", on="2022-01-01")
    slip = shelf.cite(at, "宁溪市养老服务高质量发展三年行动方素", None, "municipal")
    shelf.identity.finish()
    assert slip.id != held.id
    assert ("same-document", slip.id, held.id) in {s[:3] for s in shelf.identity.suspects()}
