"""What a body is called: as documents of its region write it, and officially."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph import regions
from graph.names import Reading
from graph.regions import Region, style
from graph.vocabulary import Row


def generic(region: Region) -> str:
    """How a document of the region calls it: 区, 县, 市, 省, 自治区."""
    name = region.name
    if region.level == "national" or not name:
        return ""
    return next(
        (t for t in ("自治区", "街道") if name.endswith(t)), name[-1] if name[-1] in "省市州盟县区旗镇乡" else ""
    )


_OWN_FORM = {"共青团": "团{}委", "党委": "{}委"}


def _of_party(row: Row, name: str, tier: str) -> str:
    """委 before a party body's name where it is usual: 县委宣传部, 自治区党委宣传部; but 县政协, 团县委."""
    if row.kind != "party" or row.function == "党委" or name.startswith(("委", "党委")):
        return ""
    return "党委" if tier == "自治区" else "委"


def standard_names(row: Row, region: Region) -> list[str]:
    """What the body is usually called in its region: with the kind of region, in full and short."""
    tier = generic(region)
    if not tier:
        return list(row.national) if region.level == "national" else []
    if row.function in _OWN_FORM:
        return [_OWN_FORM[row.function].format(tier)]
    names = [row.name(style(region)), row.short(style(region))]
    return list(dict.fromkeys(tier + _of_party(row, name, tier) + name for name in names))


def full_name(row: Row, region: Region, found: Sequence[tuple[Reading, int]]) -> str:
    """The official name with the region: 青禾县民政局, 宁溪市生态环境局青禾分局, 共青团青禾县委员会."""
    if region.level == "national" or not region.names:
        return row.name(region.level)
    place, short = region.name, regions.short_name(region.name)
    if row.full:
        return row.full.format(region=place, short=short, end=row.end(style(region)))
    spelt: Counter[str] = Counter()
    for reading, count in found:
        spelt[reading.official] += count
    spelt.pop("", None)
    official = min(spelt, key=lambda name: (-spelt[name], -len(name), name), default=row.name(style(region)))
    if official.endswith("分局") or any(reading.main.endswith("分局") for reading, _ in found):
        base = official.removesuffix("分局").removesuffix("局")
        city = region.names[-2] if len(region.names) > 1 and region.level == "district" else ""
        return f"{city}{base}局{short}分局" if city.endswith(("市", "州", "盟")) else f"{place}{base}分局"
    if row.function in ("政府", "街道办事处") and place.endswith("街道"):
        return f"{place}办事处"
    return place + _of_party(row, official, generic(region)) + official


def full_unknown(reading: Reading, region: Region, name: str) -> str:
    """The name with its region in front, in place of 区, 县 …; as written when it holds the region or names a class."""
    tier = generic(region)
    if reading.kind in ("collective", "group") or not tier or region.level == "national":
        return name
    if not reading.bare and name.startswith(tier) and not name.startswith(region.name):
        return region.name + name[len(tier) :]
    if reading.kind in ("enterprise", "other", "mass") or regions.short_name(region.name) in name:
        return name
    return region.name + name
