"""Regions: which province, city, county and township a document or a name is about.

A region is a path of names from the top down, `岚江省宁溪市青禾县`; what is not known is left off (`青禾县`), never
guessed. The whole country is `全国`. Names come from the table of administrative divisions (`data/regions.tsv`,
`data/townships.tsv`); a name that is not in it is read by its ending (省, 市, 县, 镇 …), so regions renamed since, and
invented ones, work too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

Level = Literal["national", "provincial", "municipal", "district", "township"]

LEVELS: tuple[Level, ...] = ("national", "provincial", "municipal", "district", "township")
NATION = "全国"
NOWHERE = "未知地区"  # in ids, for documents of which not even the level's place is known

# 族 may be left off in names of regions (维吾尔, 哈萨克, 蒙古)
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各"
)
_ETHNIC = f"(?:(?:{_PEOPLES})族|维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古)"
# 恩施土家族苗族自治州 → 恩施; the look-behind keeps two characters when the people's name is the place's (鄂伦春自治旗)
_SHORT = re.compile(
    rf"(?<=..)(?:{_ETHNIC}*(?:自治[区州县旗])|(?:壮族|回族|维吾尔)自治区|特别行政区|(?:经济)?技术(?:产业)?开发区|开发区|新区|省|市|地区|盟|林区|特区|县|区|旗|州"
    r"|街道|镇|苏木|乡)$"
)
CAPITALS = ("北京市", "天津市", "上海市", "重庆市")  # municipalities directly under the central government
_HAN = "[一-鿿]"
# What may follow an ending that is one: 劳动力市场 is no city 劳动力市, 青禾县域 no county.
_PROVINCE, _CITY = "省(?!级|会|际|部|属)", "市(?!场|级|容|值|域|区|县|民(?!政)|政(?!府|协|法|务))"
_COUNTY, _DISTRICT = "县(?!域|级|区)", "(?<![小社片校灾景地各])(?<!自治)区(?!域|间|块|位|划|级|县|内|外)"
_TOWN, _ZONE = "(?:镇(?!化|村|居|乡|区|域|级|街)|乡(?!村|镇|土|级|贤|愁))", "(?:开发区|示范区|保税区|合作区|新区)"
# Unknown names by their ending, one tier after the other, each as short as it can be.
_TIERS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("provincial", re.compile(rf"{_HAN}{{2,4}}?{_PROVINCE}")),
    (
        "municipal",
        re.compile(
            rf"{_HAN}{{2,4}}?{_CITY}|{_HAN}{{2,14}}?自治州|{_HAN}{{2,5}}?(?:地区|盟)"
            rf"|{_HAN}{{2,3}}州(?=人民政府|委|政府)"
        ),
    ),
    (
        "district",
        re.compile(
            rf"{_HAN}{{2,14}}?自治[县旗]|{_HAN}{{1,6}}?(?:{_COUNTY}|旗|{_DISTRICT})|{_HAN}{{2,14}}?{_ZONE}"
            rf"|{_HAN}{{2,4}}?{_CITY}"
        ),
    ),
    ("township", re.compile(rf"{_HAN}{{2,12}}?(?:民族乡|街道|苏木)|{_HAN}{{1,5}}?{_TOWN}")),
)
_TIER_OF = {"provincial": 0, "municipal": 1, "district": 2, "township": 3}


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its names from the top down and its level. `path` is the names in a row, `全国` for the nation."""

    names: tuple[str, ...]
    level: Level

    @property
    def path(self) -> str:
        """The names in a row, as in an address."""
        return "".join(self.names)

    @property
    def name(self) -> str:
        """The name of the region itself, without what it lies in."""
        return self.names[-1] if self.names else ""


NATIONAL = Region((NATION,), "national")
UNKNOWN = Region((), "district")


@dataclass(frozen=True, slots=True)
class _Known:
    """One row of the table: its names from the top down and its level."""

    names: tuple[str, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class _Table:
    """The divisions, by name and by short name; `letters` are the one-character names of the provinces."""

    by_name: dict[str, tuple[_Known, ...]]
    by_short: dict[str, tuple[_Known, ...]]
    by_names: dict[tuple[str, ...], str]
    letters: dict[str, str]
    longest: int


def table_rows(name: str) -> Iterator[list[str]]:
    """Rows of a table in `graph/data`, comments left out."""
    text = resources.files("graph").joinpath("data", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@cache
def short_name(name: str) -> str:
    """A region's name without its ending: 青禾县 → 青禾, 恩施土家族苗族自治州 → 恩施; 和县 stays."""
    return _SHORT.sub("", name)


@cache
def _table() -> _Table:
    """The table of divisions from province to county."""
    names: dict[str, tuple[str, ...]] = {}
    letters: dict[str, str] = {}
    by_name: dict[str, list[_Known]] = {}
    by_short: dict[str, list[_Known]] = {}
    by_names: dict[tuple[str, ...], str] = {}
    for code, name, *rest in table_rows("regions.tsv"):
        above = names.get(code[:4], names.get(code[:2], ())) if len(code) > 2 else ()
        names[code] = path = (*above, name)
        known = _Known(path, LEVELS[len(code) // 2])
        by_name.setdefault(name, []).append(known)
        by_short.setdefault(short_name(name), []).append(known)
        by_names[path] = code
        if rest:
            letters.update((letter, name) for letter in rest[0].split("|"))
    return _Table(
        {k: tuple(v) for k, v in by_name.items()},
        {k: tuple(v) for k, v in by_short.items()},
        by_names,
        letters,
        max(map(len, by_name)),
    )


@cache
def _townships() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Township name → the paths of the townships of that name."""
    above = {code: names for names, code in _table().by_names.items()}
    found: dict[str, list[tuple[str, ...]]] = {}
    for code, towns in table_rows("townships.tsv"):
        county = above.get(code) or above.get(code[:4])
        for town in towns.split(" ") if county else ():
            found.setdefault(town, []).append((*county, town))  # type: ignore[misc]  # county is not None here
    return {name: tuple(paths) for name, paths in found.items()}


def province_of_letter(letter: str) -> str | None:
    """The province a one-character name stands for: 鲁, 苏, 粤 …"""
    return _table().letters.get(letter)


def named(name: str) -> tuple[Region, ...]:
    """All known regions with that full name (青山区: several)."""
    return tuple(Region(k.names, k.level) for k in _table().by_name.get(name, ()))


def short_named(name: str) -> tuple[Region, ...]:
    """All known regions with that short name (朝阳: a city, a district, a county)."""
    return tuple(Region(k.names, k.level) for k in _table().by_short.get(name, ()))


@cache
def parse(path: str) -> Region:
    """A region from its path as a string; what the string leaves off is not filled in."""
    if path in ("", NATION):
        return NATIONAL if path else UNKNOWN
    region, rest = leading(path)
    if rest or region is None:  # a name no rule reads is still a region
        return Region((path,), "district")
    return region


@lru_cache(maxsize=1 << 15)
def leading(text: str) -> tuple[Region | None, str]:
    """The region a text begins with and the text after it; (None, text) when it begins with none.

    Known names go first, the longest one; then names read by their ending. `青石镇人民政府` → 青石镇, 人民政府.
    """
    names: list[str] = []
    level: Level = "district"
    rest, tier = text, 0
    while tier < 4 and rest:
        step = _known_start(rest, tuple(names), tier) or _unknown_start(rest, tier, bool(names))
        if step is None:
            break
        name, level = step
        names.append(name)
        rest, tier = rest[len(name) :], _TIER_OF[level] + 1
    return (Region(tuple(names), level), rest) if names else (None, text)


def _known_start(text: str, above: tuple[str, ...], tier: int) -> tuple[str, Level] | None:
    """The longest known name at the start of a text that can stand below `above`."""
    table = _table()
    for size in range(min(table.longest, len(text)), 1, -1):
        for known in table.by_name.get(text[:size], ()):
            if _TIER_OF[known.level] >= tier and (
                not above or above[-1] in known.names or above[0] not in table.by_name
            ):
                return text[:size], known.level
    return None


# Words that begin like a region's name and are none.
_NO_REGION = re.compile(
    r"[省市县区镇乡]|[全各本我该所上下同跨辖][省市县区镇乡]|[城村集][市镇乡]|[一二三四五六七八九十两]|"
    r"建设|创建|推进|关于|印发|高新技术|经济|国家|全国|中央|中共|中国|人民|政府|街道|"
    rf"{_HAN}{{0,2}}(?:智慧|文明|卫生|海绵|森林|园林|宜居|韧性|无废|大|小|型|化|示范|中心|友好|平安|健康|节水)城市|"
    r"国网|公安|移动|联通|电信|铁塔|共青团|团"
)


_ZONE_NAME = re.compile(rf"(?:高新技术|经济|国家)?{_HAN}{{0,8}}?(?:{_ZONE}|高新区|经开区)")


def _unknown_start(text: str, tier: int, below: bool) -> tuple[str, Level] | None:
    """A name at the start of a text read by its ending, of `tier` or lower."""
    if _NO_REGION.match(text) and not (below and _ZONE_NAME.match(text)):
        return None
    best: tuple[str, Level] | None = None
    for level, pattern in _TIERS[tier:]:
        match = pattern.match(text)
        if match and (best is None or len(match[0]) < len(best[0])):
            best = match[0], level
    return best


# Who issues: what stands after the region in an issuer's name or a title (`青禾县人民政府办公室`, `宁溪市民政局`).
_NATIONAL_ISSUER = re.compile(
    r"国务院|中共中央|中央|全国|国家|最高人民|中国(?!共产党)|中华人民共和国|中办|国办|(?:"
    + _HAN
    + r"{2,8}(?:部|总局|总署))(?:$|办公厅|等|关于|、|\s)"
)
_NATIONAL_NUMBER = re.compile(r"(?:国|中)(?:办)?(?:发|函|字|令|发明电|办发|厅字)")
_PARTY = re.compile(r"^(?:中国共产党|中共|共青团)")
_PEERS_BELOW = re.compile(r"各(?:县|区县|县区|市县|旗县|县级市|区\(|县\(|区人民|区委)")
_TOWNS_BELOW = re.compile(r"各(?:乡|镇|街道|苏木)")
_BOUNDARY_SIGNS = r"\s《〈(（、,，。:：;；“\""
_BOUNDARY_WORDS = "按照|根据|贯彻|落实|依据|遵照|经|由|在|为|及|和|与|是|于"
_BOUNDARY = rf"(?:^|[{_BOUNDARY_SIGNS}]|{_BOUNDARY_WORDS})"


def _above(ending: str, sizes: range, after: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern of a name above, and that of its ending alone: it is found fast, and few stand behind a boundary."""
    behind = _BOUNDARY_SIGNS + "".join(word[-1] for word in _BOUNDARY_WORDS.split("|"))
    far = "|".join(rf"(?<={before}{_HAN * size}{ending})" for size in sizes for before in (f"[{behind}]", "^"))
    name = re.compile(f"{_BOUNDARY}({_HAN}{{{sizes[0]},{sizes[-1]}}}?{ending})(?={after})")
    return name, re.compile(f"{ending}(?:{far})(?={after})")


_ABOVE = {
    "municipal": _above("市", range(2, 5), _HAN + "{0,12}(?:人民政府|委|局|条例|办法|规划|纲要|方案|意见|规定|实施)"),
    "provincial": _above("省", range(2, 4), _HAN),
}
_LONGEST_ABOVE = 6  # a boundary of two signs and a name of four before its ending
_TEXT_WINDOW = 6000  # characters of a text that are searched for the regions around its own


def place(issuer: str | None = None, title: str | None = None, doc_number: str | None = None, text: str = "") -> Region:
    """The region a document is about, from its issuer, title, number and text, in this order.

    A name that fits several places is settled by the other places named in the text; if they don't settle it, the path
    stays short. Without any name the region is `UNKNOWN` (no names), its level read from 全县, 我市 … where it can be.
    """
    for source in (issuer, title):
        if not source:
            continue
        source = re.sub(r"\s+", "", source)
        region, rest = leading(_PARTY.sub("", source))
        if region is not None:
            return _settle(region, text)
        if _NATIONAL_ISSUER.match(source) and not source.startswith("全国文明"):
            return NATIONAL
    if doc_number and _NATIONAL_NUMBER.match(doc_number):
        return NATIONAL
    head = text[:_TEXT_WINDOW]
    for match in re.finditer(rf"{_BOUNDARY}({_HAN}{{2,20}}?)人民政府", head):
        region, rest = leading(match[1])
        if region is not None and not rest and "《" not in match[0]:
            return _settle(region, text)
    level = _level_of_words(f"{title or ''}\n{head}")
    if level == "provincial" and doc_number:
        province = province_of_letter(doc_number[0])
        if province and re.match(r".(?:政|府|办|委|发)", doc_number):
            return Region((province,), "provincial")
    return Region((), level) if level else UNKNOWN


def _level_of_words(text: str) -> Level | None:
    """The level a text speaks from, when it says so (我县, 全市)."""
    own = re.search(r"[全我]([省市州盟县区旗镇乡])", text)
    tiers: dict[str, Level] = {
        "省": "provincial",
        "市": "municipal",
        "州": "municipal",
        "盟": "municipal",
        "镇": "township",
        "乡": "township",
    }
    return tiers.get(own[1], "district") if own else None


def _settle(region: Region, text: str) -> Region:
    """The region with what it lies in, as far as the table or the text tell."""
    head = text[:_TEXT_WINDOW]
    known = candidates(region)
    if len(known) > 1:
        known = _mentioned(known, head)
    if len(known) == 1:
        return known[0]
    if known or named(region.names[0]):  # several places of that name, or a known one with an unknown one below it
        above = candidates(Region(region.names[:1], region.level))
        if len(above) > 1:
            above = _mentioned(above, head)
        if not known and len(region.names) > 1 and len(above) == 1:
            return Region((*above[0].names, *region.names[1:]), region.level)
        return region
    return _from_text(region, head)


def candidates(region: Region) -> list[Region]:
    """Known regions of that name, whose path holds the names of `region` in this order."""
    if region.level == "township":
        paths = _townships().get(region.name, ())
        found = [Region(path, "township") for path in paths]
    else:
        found = list(named(region.name))
    return [r for r in found if in_order(region.names, r.names)]


def in_order(few: Iterable[str], many: tuple[str, ...]) -> bool:
    """Whether `many` holds all of `few` in their order."""
    rest = iter(many)
    return all(name in rest for name in few)


def _mentioned(regions: list[Region], text: str) -> list[Region]:
    """Those regions of which the text names most of what they lie in; nothing when it names none of it."""
    scores = [sum(name in text for name in r.names[:-1]) for r in regions]
    best = max(scores)
    return [r for r, score in zip(regions, scores, strict=True) if score == best] if best else regions


def _from_text(region: Region, text: str) -> Region:
    """A region that is in no table: the city and province around it when the text names just one of each."""
    names, level = region.names, region.level
    first = _tier(names[0])
    if first == 1 and len(names) == 1 and _TOWNS_BELOW.search(text) and not _PEERS_BELOW.search(text[:1500]):
        level, first = "district", 2  # a city with townships and no counties below it is a county-level one
    if first >= 2:
        cities = _named_above("municipal", text) - set(names)
        cities = {c for c in cities if not _NO_REGION.match(c)}
        if len(cities) == 1:
            city = cities.pop()
            known = named(city)
            names = (*(known[0].names if len(known) == 1 else (city,)), *names)
            first = _tier(names[0])
    if first == 1 or (first >= 2 and len(names) == len(region.names)):
        provinces = _named_above("provincial", text)
        provinces = {p for p in provinces if not _NO_REGION.match(p)}
        if len(provinces) == 1:
            names = (provinces.pop(), *names)
    return Region(names, level)


def _named_above(level: str, text: str) -> set[str]:
    """The cities or provinces that a text names behind a boundary of words."""
    name, ending = _ABOVE[level]
    found: set[str] = set()
    reached = 0
    for end in ending.finditer(text):
        for at in range(max(reached, end.start() - _LONGEST_ABOVE), end.start()):
            if match := name.match(text, at):
                found.add(match[1])
                reached = match.end()
                break
    return found


def _tier(name: str) -> int:
    """0 province, 1 city, 2 county, 3 township, from the table or the ending."""
    known = _table().by_name.get(name)
    if known:
        return _TIER_OF[known[0].level]
    endings = (
        ("省", 0),
        ("自治区", 0),
        ("市", 1),
        ("州", 1),
        ("盟", 1),
        ("地区", 1),
        ("镇", 3),
        ("乡", 3),
        ("街道", 3),
        ("苏木", 3),
    )
    return next((tier for ending, tier in endings if name.endswith(ending)), 2)


def level_of(names: tuple[str, ...]) -> Level:
    """The level of a region from its last name, seen below the others."""
    code = _table().by_names.get(names)
    if code is not None:
        return LEVELS[len(code) // 2]
    tier = _tier(names[-1])
    if tier == 1 and any(_tier(name) == 1 for name in names[:-1]):
        tier = 2  # a city in a city
    return LEVELS[tier + 1]


def style(region: Region) -> Level:
    """The level by which bodies are named: a municipality has 局 and 委 like a city, not 厅."""
    return "municipal" if region.name in CAPITALS else region.level


@cache
def below(region: Region) -> tuple[Region, ...]:
    """All known cities and counties that lie in a region."""
    size = len(region.names)
    return tuple(
        Region(names, LEVELS[len(code) // 2])
        for names, code in _table().by_names.items()
        if len(names) > size and names[:size] == region.names
    )


def within(region: Region, tier: str) -> Region:
    """The region of a kind that a document of `region` means by a bare 省, 市, 县, 区 …: its own or one it lies in.

    What it lies in and is not known by name is `青禾县所在市`. A lower kind (区 in a city's document) is no one place:
    `UNKNOWN`.
    """
    if region.level == "national":
        return UNKNOWN
    wanted: dict[str, tuple[str, ...]] = {
        "省": ("省",),
        "自治区": ("自治区",),
        "市": ("市",),
        "州": ("州",),
        "盟": ("盟", "地区"),
        "地区": ("地区",),
    }
    ends = wanted.get(tier)
    if ends:
        for size in range(len(region.names), 0, -1):
            if region.names[size - 1].endswith(ends):
                names = region.names[:size]
                return region if size == len(region.names) else Region(names, level_of(names))
    rank = order(tier)
    own = LEVELS.index(region.level) - 1
    if rank == own:
        return region
    if rank > own:
        return UNKNOWN
    for size in range(len(region.names), 0, -1):  # 省 in a municipality's or an autonomous region's document
        if _tier(region.names[size - 1]) == rank:
            return Region(region.names[:size], LEVELS[rank + 1])
    return Region((f"{region.path or NOWHERE}所在{tier}",), LEVELS[rank + 1])


def order(tier: str) -> int:
    """0 for 省, 1 for 市, 2 for 县, 3 for 镇 and their like."""
    return {"省": 0, "自治区": 0, "市": 1, "州": 1, "盟": 1, "地区": 1, "镇": 3, "乡": 3, "街道": 3}.get(tier, 2)
