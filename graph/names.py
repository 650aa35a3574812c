"""Reading the name of a body: whose body it is (region), what it does (function) and whether it is one body at all.

`read("市生态环境局青禾分局", home)` → region 青禾县, function 生态环境; `read("省民政厅", home)` → the province that
`home` lies in. Nothing is guessed: a name no rule reads is a body of its own in the document's region.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from graph import regions
from graph.regions import NATIONAL, Region
from graph.vocabulary import PLACED, Row, fold, normal, vocabulary

# A class of bodies, not one: 各镇、街道; 有关部门; 区直各部门; 联席会议成员单位; 工商等部门
_COLLECTIVE = re.compile(
    r"^(?:各|有关|相关|其他|其它|所有|全体|上述|以上|本级|属地|所在地|县级以上|地方各级|基层)"
    r"|(?:各|有关|相关|涉及)[^区县市]{0,8}(?:部门|单位|机构|企业|镇|街道|乡|人民政府)"
    r"|[省市州县区旗]各|成员单位$|责任单位$|牵头(?:部门|单位)$|主管部门$|(?:管理|审批|监管|执法)部门$"
    r"|等(?:有关|相关)?(?:部门|单位|机构)?$|^(?:配合|参与|协办|承办|主办|实施|建设|用人)(?:部门|单位)$|^(?:部门|单位)$"
)
# Names of a kind of region or zone: a class, unless the document is a township's own.
_COLLECTIVE_BELOW = re.compile(
    r"^(?:乡镇|镇街|镇办|街镇|乡镇街道|镇、?街道|街道|镇|乡|乡、?镇|县区|区县|县、?市、?区|村|社区|村居|开发区|园区|功能区)"
    r"(?:[(]街道[)])?(?:人民政府|政府|办事处|管委会|管理委员会|党委|党工委|委员会)?$"
)
# The last word of a name that a body can bear; with it an unknown name counts as one.
BODY_END = re.compile(
    r"(?:部|委|委员会|厅|局|办|办公室|中心|院|所|站|队|组|处|科|室|社|会|馆|台|校|厂|园|行|署|团|联|协|专班|指挥部|领导小组|联席会议|公司|集团|银行|"
    r"学校|大学|学院|医院|基地|平台|机构|基金|协会|学会|商会|联合会|办事处|人民政府|政府|管委会|工委|支部|总站|分局|支局|林场|农场|水库)$"
)
_BRANCH = re.compile(
    r"(?:分局|支局|支行|分行|分公司|支公司|支队|大队|中队|总队|分中心|分院|监管组|监管局|办事处|管理部|供电公司|供电中心|税务局|海关|"
    r"分社|分会|支会|交易所|支队|站|分台|记者站|调查队)$"
)
_TIER = re.compile(r"自治区|自治州|自治县|自治旗|地区|街道|省|市|州|盟|县|区|旗|镇|乡")
_TIER_AS = {"自治州": "州", "自治县": "县", "自治旗": "旗"}
# Words that begin with the character of a tier and are about something else.
_NO_TIER = re.compile(
    r"市(?:场|容|政(?!府|协|法|务|研)|民(?!政|族|宗|防|营|兵|航|革|建|盟|进)|域|值)|区(?:域|块|间|划)|县域|省会|镇域|乡(?:村|土|贤)|街道|"
    r"州(?:际)|地区生产|旗(?:舰|下)"
)
_YOUTH = re.compile(r"^(?:共青)?团(省|市|州|盟|县|区|旗|镇|乡|自治区|地)委(?:员会)?$")
_YOUTH_LONG = re.compile(r"^(?:中国共产主义青年团|共青团)(.{1,20}?)委(?:员会)?$")
_HEAD = re.compile(
    r"^(?:中国共产党|中共|国家税务总局(?=.+税务)|国网.{2,8}电力(?:有限)?公司(?=.+供电)|中国(?=人民银行.)|国家统计局(?=.+调查)|"
    r"中国(?=(?:移动|联通|电信|铁塔).+公司))"
)
_BRACKET = re.compile(r"^(.+?)\(([^()]*)\)(.*)$")
_CENTRE = re.compile(r"^(?:国家|全国|中央|国务院|最高|中华|中国)")
_ZONE = re.compile(
    r"^(.*?(?:开发区|新区|高新区|经开区|示范区|保税区|合作区|化工区|工业区|产业区|园区|度假区|名胜区|农高区|科学城|生态区|新城))"
    r"(?:管理委员会|管委会|管委|党工委管委会|党工委)?$"
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "group",
        re.compile(
            r"(?:领导小组|联席会议|专班|指挥部|协调机制|工作组|(?:治理|协调|工作|建设|咨询|评审)委员会|工作小组)$"
        ),
    ),
    ("enterprise", re.compile(r"(?:公司|集团|银行|支行|分行|信用社|企业|厂|联社|农商行)$")),
    ("mass", re.compile(r"(?:协会|联合会|学会|商会|促进会|研究会|志愿者|总会|联盟|基金会|联谊会)$")),
    ("zone", _ZONE),
    (
        "institution",
        re.compile(
            r"(?:中心|院|所|馆|站|校|学校|大学|学院|医院|台|园|社|队|基地|平台|处|林场|农场|水库|库|段|(?<!公)室|[一二三四五六七八九十]中|中学|小学|幼儿园|中专|派出所)$"
        ),
    ),
    ("government", re.compile(r"(?:局|委|委员会|办|办公室|部|厅|署|政府|组|科|兵团|机关)$")),
)
_ODD = re.compile(
    r"[^一-鿿·()“”\"、《》0-9〇]|[0-9]{3,}|(?:负责|牵头|落实|推进|加强|组织实施|配合|按照|根据|完成|开展)|[。;:]"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as understood. `key` tells bodies of one region apart; `row` is its function when it is in the vocabulary,
    `official` the name spelt out as it was meant (县卫健委 → 卫生健康委员会).

    `branch` is the body it is a branch of, as written (市生态环境局青禾分局 → 市生态环境局); `bare` is a name without
    its region.
    """

    region: Region
    key: str
    row: Row | None
    kind: str
    main: str
    official: str = ""
    second: tuple[str, ...] = ()
    branch: str = ""
    bare: bool = False
    review: bool = False


class Places:
    """The regions a name can mean: those of the table and those the library's documents are about."""

    def __init__(self, paths: Iterable[Region] = ()) -> None:
        self.library = sorted({r for r in paths if r.names and r.level != "national"}, key=lambda r: r.names)
        self._by_name: dict[str, list[Region]] = {}
        seen: set[tuple[str, ...]] = set()
        for region in self.library:  # with what they lie in
            for size in range(1, len(region.names) + 1):
                names = region.names[:size]
                if names not in seen:
                    seen.add(names)
                    self._by_name.setdefault(names[-1], []).append(_cut(region, size))
        self._around: dict[Region, tuple[tuple[str, Region], ...]] = {}
        self._whole: dict[Region, Region] = {}

    def whole(self, region: Region) -> Region:
        """A region with what it lies in when the library's documents leave no doubt: 青禾县 → 岚江省宁溪市青禾县."""
        found = self._whole.get(region)
        if found is None:
            longer = [
                r
                for r in self._by_name.get(region.name, ())
                if len(r.names) >= len(region.names)
                and r.level == region.level
                and regions.in_order(region.names, r.names)
            ]
            deepest = max(longer, key=lambda r: len(r.names), default=region)
            sure = all(regions.in_order(r.names, deepest.names) for r in longer)
            several = len(regions.named(region.name)) > 1 and len(region.names) == 1
            found = self._whole[region] = deepest if sure and not several else region
        return found

    def knows(self, name: str) -> bool:
        """Whether a document of the library is about a region of that name, or about one that lies in it."""
        return name in self._by_name

    def around(self, home: Region) -> tuple[tuple[str, Region], ...]:
        """Names, full and short, of `home`, of what it lies in and of what lies in it; the longest first."""
        found = self._around.get(home)
        if found is None:
            names: dict[str, set[Region]] = {}
            near = [_cut(home, size) for size in range(1, len(home.names) + 1)]
            below = (
                [r for r in self.library if r.names[: len(home.names)] == home.names] if home.names else self.library
            )
            if home.level in ("provincial", "municipal"):
                below = [*below, *regions.below(home)]
            for region in [*below, *near]:
                for name in {region.name, regions.short_name(region.name)}:
                    if len(name) > 1:
                        names.setdefault(name, set()).add(region)
            own = {r.name for r in near} | {regions.short_name(r.name) for r in near}
            one = (
                (name, max(found, key=lambda r: (r in near, len(r.names))))
                for name, found in names.items()
                if len(found) == 1 or name in own
            )
            found = self._around[home] = tuple(sorted(one, key=lambda pair: (-len(pair[0]), pair[0])))
        return found

    def adopt(self, region: Region, home: Region) -> Region | None:
        """The region a name spells out, seen from `home`; None when the name is unknown and may be no region at all."""
        if home.names and regions.in_order(region.names, home.names):
            return _cut(home, home.names.index(region.name) + 1)
        known = [
            *regions.candidates(region),
            *(r for r in self._by_name.get(region.name, ()) if regions.in_order(region.names, r.names)),
        ]
        known = sorted(set(known), key=lambda r: r.names)
        inside = [r for r in known if home.names and r.names[: len(home.names)] == home.names]
        if not inside and home.names:  # a sister: in what home lies in
            inside = [r for r in known if len(home.names) > 1 and r.names[: len(home.names) - 1] == home.names[:-1]]
        if len(inside) == 1:
            return inside[0]
        lower = regions.LEVELS.index(region.level) > regions.LEVELS.index(home.level)
        own_town = region.level == "township" and home.level == "district"
        if home.names and lower and len(region.names) == 1 and not inside and (own_town or not known):
            return Region((*home.names, *region.names), region.level)
        if len(known) == 1:
            return known[0]
        if known or len(region.names) > 1:
            return region
        return None if home.names and region.level == home.level else region


def _cut(region: Region, size: int) -> Region:
    """The region that `size` names of the path reach."""
    if size == len(region.names):
        return region
    return Region(region.names[:size], regions.level_of(region.names[:size]))


def read(surface: str, home: Region, places: Places, *, collective: bool = False) -> Reading:
    """What a name in a document of `home` means."""
    name = fold(surface) or "?"
    below = home.level != "township" and _COLLECTIVE_BELOW.match(name)
    if collective or below or _COLLECTIVE.search(name):
        key = re.sub(r"[、,()·和及与]", "", name)
        return Reading(home, key, None, "collective", name)
    second: tuple[str, ...] = ()
    if "(" in name and normal(name) not in vocabulary().names:
        match = _BRACKET.match(name)
        if match:
            name = match[1] + match[3]
            if _is_body(match[2]):
                second = (match[2],)
    found = _resolve(name, home, places)
    if second:
        return replace(found, second=second)
    return found


def _is_body(name: str) -> bool:
    """Whether a bracketed name is a second name of the body (市乡村振兴局), not a remark (牵头)."""
    rest = _TIER.sub("", name, count=1)
    return (
        normal(name) in vocabulary().names
        or normal(rest) in vocabulary().names
        or bool(len(name) > 3 and BODY_END.search(name))
    )


class _Word(NamedTuple):
    """A word of the vocabulary and the name it is short for; "" when only the function is named (财政部门)."""

    row: Row
    official: str


@cache
def _word(rest: str, stem_alone: bool = True) -> _Word | None:
    """What the vocabulary says of a name without its region. With `stem_alone`, 财政 counts as 财政局."""
    words = vocabulary()
    key = normal(rest)
    tries = [key, key.removeprefix("政府"), key.removeprefix("党").removeprefix("委")]
    if key.endswith("分局"):
        tries.append(key[:-2] + "局")
    for name in tries:
        row = words.names.get(name)
        if row:
            return _Word(row, words.official.get(name, ""))
    row = words.stems.get(key[:-2]) if key.endswith("部门") else words.stems.get(key) if stem_alone else None
    return _Word(row, "") if row else None


def _resolve(name: str, home: Region, places: Places) -> Reading:
    words = vocabulary()
    key = normal(name)
    nation, local = words.national.get(key), words.names.get(key)
    if nation and (home.level == "national" or not local):
        return _of(NATIONAL, _Word(nation, ""), name)
    if local:
        bare = home.level != "national"
        return _of(home, _Word(local, words.official.get(key, "")), name, bare=bare)
    match = _YOUTH.match(name)
    if match:
        return _of(_by_tier(match[1], home) or home, _Word(words.rows["共青团"], ""), name)
    head = _HEAD.match(name)
    body = name[head.end() :] if head else name
    match = _YOUTH_LONG.match(name)
    if match:
        body = match[1] + "团委"
    found = (
        _spelt(name, body, home, places)
        or _near(name, body, home, places)
        or _tiered(name, body, home)
        or _inner(name, body, home, places)
    )
    if found:
        return found
    word = _word(body, False) if body != name else None
    if word:
        return _of(home, word, name, bare=True)
    tier = None if _NO_TIER.match(body) else _TIER.match(body)
    if tier and len(body) > len(tier[0]) + 1:
        return _tier_unknown(name, body, tier[0], home)
    if _CENTRE.match(name) and BODY_END.search(name) and not _BRANCH.search(name):
        return _unknown(NATIONAL, name, name)
    word = _word(name)
    return _of(home, word, name, bare=True) if word else _unknown(home, name, name, bare=True)


def _of(region: Region, word: _Word, name: str, *, bare: bool = False, branch: str = "") -> Reading:
    """A body of the vocabulary."""
    row, official = word
    return Reading(region, row.name(regions.style(region)), row, row.kind, name, official, branch=branch, bare=bare)


def _unknown(region: Region, rest: str, name: str, *, bare: bool = False, branch: str = "") -> Reading:
    """A body that is not in the vocabulary: a node of its own, for review when its name looks odd."""
    kind = next((kind for kind, pattern in _KINDS if pattern.search(rest)), "other")
    zone = _ZONE.match(rest)
    if zone:
        rest = zone[1]
    odd = kind == "other" or len(name) < 3 or len(rest) > 24 or bool(_ODD.search(name)) or not _common(name)
    return Reading(region, normal(rest), None, kind, name, branch=branch, bare=bare, review=odd)


def _common(name: str) -> bool:
    """Whether all signs are everyday ones (GB 2312): others are mostly slips of reading."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _by_tier(tier: str, home: Region) -> Region | None:
    tier = _TIER_AS.get(tier, tier)
    region = regions.within(home, tier)
    own = not home.names and home.level != "national" and regions.LEVELS.index(home.level) - 1 <= regions.order(tier)
    return home if own else region if region.names else None


def _spelt(name: str, body: str, home: Region, places: Places) -> Reading | None:
    """A name that begins with a region's full name: 岚江省民政厅, 青石镇人民政府, 青禾县."""
    region, rest = regions.leading(body)
    if region is None:
        return None
    place = places.adopt(region, home)
    surely = place is not None and (
        place != region or bool(regions.candidates(region)) or regions.in_order(region.names, home.names)
    )
    if region.level == "township":
        if place is None or not re.fullmatch(
            r"(?:人民政府|政府|办事处|街道办事处|办|党委|党工委|党政办|委员会)?", rest
        ):
            return None
        row = vocabulary().rows["街道办事处" if region.name.endswith("街道") else "政府"]
        return _of(place, _Word(row, ""), name)
    if not rest:
        if surely and place is not None and (regions.candidates(region) or not region.name.endswith("区")):
            return _of(place, _Word(vocabulary().rows["政府"], ""), name)
        return None
    if _ZONE.match(region.name) and not (regions.candidates(region) or places.knows(region.name)):
        return None  # a zone, or a body of one: its own name, in the region of the document
    found = _word(_after(rest, region.name))
    if place is None:
        place = region
    if found:
        return _of(place, found, name)
    inner = _inner(name, rest, place, places)
    if inner:
        return inner
    if surely and BODY_END.search(rest):
        return _unknown(place, rest, name)
    return None


def _after(rest: str, region: str) -> str:
    """What follows a region's name, without 级 and a second mention of the tier (区委区直机关工委)."""
    rest = rest.removeprefix("级")
    tier = region[-1]
    rest = re.sub(rf"^(委)?{tier}(?=直)", "", rest)
    return re.sub(rf"^委{tier}(?:人民)?政府(?=.)", "", rest)


def _near(name: str, body: str, home: Region, places: Places) -> Reading | None:
    """A name that begins with the short or full name of a region nearby: 青禾供电中心."""
    own = set(home.names) | {regions.short_name(n) for n in home.names}
    for short, region in places.around(home):
        if body.startswith(short) and len(body) > len(short) + 1:
            rest = body[len(short) :]
            word = _word(PLACED + rest, False) or _word(rest, False)
            if word:
                return _of(region, word, name)
            body_of_its = short in own and len(rest) > 2 and (BODY_END.search(rest) or _ZONE.match(rest))
            if body_of_its or _BRANCH.search(rest):
                return _unknown(region, rest, name)
    return None


def _tiered(name: str, body: str, home: Region) -> Reading | None:
    """A name with 省, 市, 县, 区 … before a word of the vocabulary."""
    tier = _TIER.match(body)
    if tier is None:
        return None
    rest = _after(body[tier.end() :], tier[0])
    word = _word(rest) if rest else None
    if word is None:
        return None
    if tier[0] == "区" and rest.endswith("厅") and not rest.endswith("办公厅"):  # 区民政厅: of the autonomous region
        return _of(_by_tier("自治区", home) or home, word, name)
    region = _by_tier(tier[0], home)
    if region is None:
        return _class(name, home)
    return _of(region, word, name)


def _class(name: str, home: Region) -> Reading:
    """区民政局 in a city's document: the bureaus of its districts, no one body."""
    return Reading(home, normal(name), None, "collective", name, review=True)


def _tier_unknown(name: str, body: str, tier: str, home: Region) -> Reading:
    region = _by_tier(tier, home)
    if region is None:
        return _class(name, home)
    rest = _after(body[len(tier) :], tier).removeprefix("直属").removeprefix("直")
    return _unknown(region, rest.removeprefix("人民政府").removeprefix("政府") or rest, name)


def _inner(name: str, body: str, home: Region, places: Places) -> Reading | None:
    """A name with its region inside: 公安青禾分局, 人民银行青禾县支行, 市生态环境局青禾分局."""
    for place, region in places.around(home):
        at = body.find(place, 1)
        if at < 0:
            continue
        head, tail = body[:at], body[at + len(place) :]
        if not tail or not _BRANCH.search(tail):
            continue
        tier = None if _NO_TIER.match(head) else _TIER.match(head)
        bare = head[tier.end() :] if tier else head
        spelt, after = regions.leading(bare)
        if spelt is not None and after:
            bare = after
        word = _word(bare + tail, False) or (_word(bare, False) if tail == "分局" else None) or _word(tail, False)
        whole = name[: name.index(head + place) + len(head)] if tail in ("分局", "支局") and head.endswith("局") else ""
        if word:
            return _of(region, word, name, branch=whole)
        return _unknown(region, bare + tail, name, branch=whole)
    return None
