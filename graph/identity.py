"""Which body, person or document a name in a text means.

Reading is in two steps, so that the order of loading does not matter. While documents are read, every name is handed in
with what is known around it, and a mention comes back. When all have been handed in, `finish()` decides who is meant;
from then on each mention has its `id`:

    identity = Identity()
    unit = identity.department("区民政局", region=document.region, level=document.level, year=2023)
    who = identity.person("辛禾", bodies=[unit], region=document.region, document=key)
    held = identity.document(title=…, doc_number=…, issuer=…, issued_on=…, region=…, level=…)
    cited = identity.citation(title=…, doc_number=…, level=…, cited_in=held)
    identity.finish()
    unit.id, unit.body.full_name, who.id, held.id, cited.id, cited.work.held

`bodies()`, `people()`, `works()` list what there is, `successions()` and `parts()` the edges between bodies,
`suspects()` what should be looked at by a person. What is not certain stays apart; nothing is merged on likeness alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple, cast

from rapidfuzz.distance import Levenshtein

from graph import regions
from graph.documents import CitationMention, DocumentMention, Work, Works
from graph.names import Places, Reading, read
from graph.people import People, Person, PersonMention, Suspect
from graph.regions import NOWHERE, Level, Region, table_rows
from graph.vocabulary import Row, vocabulary

__all__ = [
    "Body",
    "CitationMention",
    "DepartmentMention",
    "DocumentMention",
    "Identity",
    "Part",
    "Person",
    "PersonMention",
    "Succession",
    "Suspect",
    "Work",
]


@dataclass(slots=True)
class Body:
    """A body: one node `Department`. `name` is as commonly written, `full_name` the official form with its region."""

    id: str
    name: str
    full_name: str
    aliases: list[str]
    function: str
    level: Level
    region: str
    kind: str
    review: bool
    first_year: int | None = None
    last_year: int | None = None


@dataclass(slots=True)
class DepartmentMention:
    """A name as a document writes it. `body` and `id` are there once `Identity.finish()` has run."""

    surface: str
    home: Region
    collective: bool
    count: int = 0
    years: set[int] = field(default_factory=set)
    resolved: Body | None = None

    @property
    def body(self) -> Body:
        """The body that is meant."""
        if self.resolved is None:
            raise RuntimeError("Identity.finish() has not run")
        return self.resolved

    @property
    def id(self) -> str:
        """The id of the body that is meant."""
        return self.body.id

    @property
    def region(self) -> str:
        """The region of the body that is meant."""
        return self.body.region

    @property
    def is_class(self) -> bool:
        """Whether a class of bodies is meant (各镇、街道)."""
        return self.body.kind == "collective"


class Succession(NamedTuple):
    """One body took over from another in a reform. `basis` says where that is laid down, `rule` how it was applied."""

    old: str
    new: str
    year: int
    basis: str
    rule: str


class Part(NamedTuple):
    """A branch and the body it belongs to."""

    part: str
    whole: str
    rule: str


class Identity:
    """The names of a library and who is meant by them."""

    def __init__(self) -> None:
        self._mentions: dict[tuple[str, str, str, bool], DepartmentMention] = {}
        self._bodies: dict[str, Body] = {}
        self._rows: dict[str, Row] = {}
        self._branches: set[tuple[str, str]] = set()
        self._homes: set[Region] = set()
        self._places = Places()
        self._people = People()
        self._works = Works()

    # ---- while documents are read

    def department(
        self, surface: str, *, region: str | None, level: str | None, year: int | None = None, collective: bool = False
    ) -> DepartmentMention:
        """A body's name in a document about `region`; `collective` when the reader took it for a class of bodies."""
        key = (surface, region or "", level or "", collective)
        mention = self._mentions.get(key)
        if mention is None:
            home = self._home(region, level)
            mention = self._mentions[key] = DepartmentMention(surface, home, collective)
        mention.count += 1
        if year:
            mention.years.add(year)
        return mention

    def person(
        self, name: str, *, bodies: Sequence[DepartmentMention] = (), region: str | None, document: str = ""
    ) -> PersonMention:
        """A person's name with the bodies of the posts that stand beside it; `document` is any key of the text."""
        return self._people.mention(name, bodies, region or "", document)

    def document(
        self,
        *,
        title: str | None,
        doc_number: str | None = None,
        issuer: str | None = None,
        issued_on: str | None = None,
        region: str | None = None,
        level: str | None = None,
    ) -> DocumentMention:
        """A document whose text is loaded."""
        self._home(region, level)
        return self._works.hold(title, doc_number, issuer, issued_on, region or "", cast("Level | None", level))

    def citation(
        self, *, title: str | None, doc_number: str | None = None, level: str | None = None, cited_in: DocumentMention
    ) -> CitationMention:
        """A work named in a document."""
        return self._works.cite(title, doc_number, cast("Level | None", level), cited_in)

    def _home(self, path: str | None, level: str | None) -> Region:
        if not path:
            return Region((), cast("Level", level or "district"))
        region = regions.parse(path)
        level = cast("Level | None", level)
        if level and level != region.level and region.level != "national":
            region = Region(region.names, level)
        self._homes.add(region)
        return region

    # ---- when all have been read

    def finish(self) -> None:
        """Decide who is meant by every mention. May run again after more has been read."""
        self._places = Places(self._homes)
        self._bodies, self._rows, self._branches = {}, {}, set()
        seen: dict[str, list[tuple[DepartmentMention, Reading]]] = {}
        for _, mention in sorted(self._mentions.items()):
            reading = read(
                mention.surface, self._places.whole(mention.home), self._places, collective=mention.collective
            )
            region = self._places.whole(reading.region)
            seen.setdefault(f"{region.path or NOWHERE}/{reading.key}", []).append((mention, reading))
        for id_, found in sorted(seen.items()):
            body = self._body(id_, found)
            self._bodies[id_] = body
            for mention, _ in found:
                mention.resolved = body
        for mention, reading in (pair for found in seen.values() for pair in found):
            if reading.branch:
                whole = read(reading.branch, self._places.whole(mention.home), self._places)
                self._branches.add((mention.id, f"{self._places.whole(whole.region).path}/{whole.key}"))
        self._people.finish(self.region_path)
        self._works.finish(self.region_path)

    def _body(self, id_: str, found: list[tuple[DepartmentMention, Reading]]) -> Body:
        first = found[0][1]
        region = self._places.whole(first.region)
        row = first.row
        if row:
            self._rows[id_] = row
        written: Counter[str] = Counter()
        proper: Counter[str] = Counter()  # without those that leave the region off
        for mention, reading in found:
            written[reading.main] += mention.count
            if not reading.bare:
                proper[reading.main] += mention.count
        standard = _standard_names(row, region) if row else []
        choice = proper or (Counter({standard[0]: 1}) if standard and region.level != "national" else written)
        name = min(choice, key=lambda n: (-choice[n], len(n), n))
        if (
            len(name) > 4
            and region.names
            and _generic(region)
            and name.startswith(region.path)
            and region.level != "national"
        ):
            name = min(
                (*(n for n in choice if not n.startswith(region.path)), name), key=lambda n: (-choice[n], len(n), n)
            )
        full = _full_name(row, region, found) if row else _full_unknown(first, region, name)
        aliases = {*written, *standard, *(s for _, r in found for s in r.second)} - {name, full}
        years = {year for mention, _ in found for year in mention.years}
        kind = first.kind
        return Body(
            id_,
            name,
            full,
            sorted(aliases),
            row.function if row else "",
            region.level,
            region.path,
            kind,
            not region.names or all(reading.review for _, reading in found),
            min(years, default=None),
            max(years, default=None),
        )

    # ---- what was decided

    def region_path(self, path: str | None) -> str:
        """A document's region with what it lies in, as far as the whole library tells."""
        return self._places.whole(regions.parse(path)).path if path else ""

    def bodies(self) -> list[Body]:
        """All bodies, by id."""
        return [self._bodies[id_] for id_ in sorted(self._bodies)]

    def people(self) -> list[Person]:
        """All people, by id."""
        return self._people.found

    def works(self) -> list[Work]:
        """All documents, held and cited, by id."""
        return self._works.found

    def successions(self) -> list[Succession]:
        """Reforms that both bodies of are in the graph, in the same region."""
        by_place: dict[tuple[str, str], list[Body]] = {}
        for body in self.bodies():
            if body.function and body.kind != "collective":
                by_place.setdefault((body.region, body.function), []).append(body)
        found = []
        for old, new, centre, local, basis, rule in table_rows("successions.tsv"):
            for (region, function), olds in by_place.items():
                if function != old:
                    continue
                for one in olds:
                    for other in by_place.get((region, new), ()):
                        if _follows(one, other, local=rule == "local"):
                            year = int(centre if one.level == "national" else local)
                            found.append(Succession(one.id, other.id, year, basis, f"succession:{rule}"))
        return sorted(found, key=lambda s: (s.old, s.new))

    def parts(self) -> list[Part]:
        """Branches whose name says what they belong to, where that body is in the graph as well."""
        return [
            Part(part, whole, "branch-name")
            for part, whole in sorted(self._branches)
            if whole in self._bodies and whole != part
        ]

    def suspects(self) -> list[Suspect]:
        """What a person should look at. None of it has been merged."""
        return sorted(
            {*self._odd_names(), *self._alike_bodies(), *self._people.suspects(), *self._works.suspects()},
            key=lambda s: (s.kind, s.left, s.right),
        )

    def _odd_names(self) -> Iterable[Suspect]:
        """Names one sign away from a word of the vocabulary (区民玫局), and names no body bears."""
        words = [w for w in vocabulary().names if len(w) > 2]
        lengths: dict[int, list[str]] = {}
        for word in words:
            lengths.setdefault(len(word), []).append(word)
        for body in self.bodies():
            key = body.id.rpartition("/")[2]
            if body.function or body.kind in ("collective", "group"):
                continue
            near = next(
                (
                    w
                    for w in lengths.get(len(key), ())
                    if Levenshtein.distance(key, w, score_cutoff=1) == 1
                    and w[-1] == key[-1]
                    and (len(key) > 3 or w[0] == key[0])
                ),
                "",
            )
            if near:
                row = vocabulary().names[near]
                yield Suspect("slip", body.id, f"{body.region}/{row.name(body.level)}", f"{key}→{near}")
            elif body.review:
                yield Suspect("odd-name", body.id, "", body.name)

    def _alike_bodies(self) -> Iterable[Suspect]:
        """Unknown bodies of a region of which one name abbreviates, or all but equals, the other."""
        places: dict[str, list[Body]] = {}
        for body in self.bodies():
            if not body.function and body.kind != "collective":
                places.setdefault(body.region, []).append(body)
        for group in places.values():
            for one, other in combinations(group, 2):
                short, long = sorted(
                    (one.id.rpartition("/")[2], other.id.rpartition("/")[2]), key=lambda k: (len(k), k)
                )
                if (
                    len(short) > 2
                    and short[-1] == long[-1]
                    and (
                        _abbreviates(short, long)
                        or (len(short) > 4 and Levenshtein.normalized_similarity(short, long) >= 0.8)
                    )
                ):
                    yield Suspect("same-body", min(one.id, other.id), max(one.id, other.id), f"{short}≈{long}")


def _follows(one: Body, other: Body, *, local: bool) -> bool:
    """Whether the years in which the two are named allow that `other` followed `one`."""
    if one.id == other.id or not (one.first_year and other.last_year and one.last_year and other.first_year):
        return not local and one.id != other.id
    return one.last_year < other.first_year if local else one.first_year <= other.last_year


def _abbreviates(short: str, long: str) -> bool:
    """Whether the signs of `short` stand in `long` in the same order, the first and last in the same place."""
    rest = iter(long)
    return short[0] == long[0] and all(sign in rest for sign in short)


def _generic(region: Region) -> str:
    """How a document of the region calls it: 区, 县, 市, 省, 自治区."""
    name = region.name
    if region.level == "national" or not name:
        return ""
    return next(
        (t for t in ("自治区", "街道") if name.endswith(t)), name[-1] if name[-1] in "省市州盟县区旗镇乡" else ""
    )


_OWN_FORM = {"共青团": "团{}委", "党委": "{}委"}


def _of_party(row: Row, name: str) -> str:
    """委 before a party body's name where it is usual: 区委宣传部, but 区政协, 团区委."""
    return "委" if row.kind == "party" and row.function != "党委" and not name.startswith("委") else ""


def _standard_names(row: Row, region: Region) -> list[str]:
    """What the body is usually called in its region: with the kind of region, in full and short."""
    tier = _generic(region)
    if not tier:
        return list(row.national) if region.level == "national" else []
    if row.function in _OWN_FORM:
        return [_OWN_FORM[row.function].format(tier)]
    names = [row.name(region.level), row.short(region.level)]
    return list(dict.fromkeys(tier + _of_party(row, name) + name for name in names))


def _full_name(row: Row, region: Region, found: list[tuple[DepartmentMention, Reading]]) -> str:
    """The official name with the region: 青禾县民政局, 宁溪市生态环境局青禾分局, 共青团青禾县委员会."""
    if region.level == "national" or not region.names:
        return row.name(region.level)
    place, short = region.name, regions.short_name(region.name)
    if row.full:
        return row.full.format(region=place, short=short, end=row.end(region.level))
    spelt: Counter[str] = Counter()
    for mention, reading in found:
        spelt[reading.official] += mention.count
    spelt.pop("", None)
    official = min(spelt, key=lambda name: (-spelt[name], -len(name), name), default=row.name(region.level))
    if official.endswith("分局") or any(reading.main.endswith("分局") for _, reading in found):
        base = official.removesuffix("分局").removesuffix("局")
        city = region.names[-2] if len(region.names) > 1 and region.level == "district" else ""
        return f"{city}{base}局{short}分局" if city.endswith(("市", "州", "盟")) else f"{place}{base}分局"
    if row.function in ("政府", "街道办事处") and place.endswith("街道"):
        return f"{place}办事处"
    return place + _of_party(row, official) + official


def _full_unknown(reading: Reading, region: Region, name: str) -> str:
    """The name with its region in place of 区, 县 …; as written when it doesn't begin with that."""
    tier = _generic(region)
    if reading.kind == "collective" or not tier or region.level == "national":
        return name
    if not reading.bare and name.startswith(tier) and not name.startswith(region.name):
        return region.name + name[len(tier) :]
    return name
