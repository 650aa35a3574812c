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
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from graph import regions
from graph.documents import CitationMention, DocumentMention, Work, Works
from graph.names import Places, Reading, read
from graph.naming import full_name, full_unknown, generic, standard_names
from graph.people import People, Person, PersonMention
from graph.regions import NOWHERE, Level, Region, table_rows
from graph.suspects import Suspect, body_suspects, slips

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
    first_year: int | None = None
    last_year: int | None = None
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
            mention.first_year = min(mention.first_year or year, year)
            mention.last_year = max(mention.last_year or year, year)
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
        self._bodies, self._branches = {}, set()
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
        for slip in slips(self._bodies.values()):
            self._bodies[slip.left].review = True
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
        written: Counter[str] = Counter()
        proper: Counter[str] = Counter()  # without those that leave the region off
        for mention, reading in found:
            written[reading.main] += mention.count
            if not reading.bare:
                proper[reading.main] += mention.count
        standard = standard_names(row, region) if row else []
        choice = proper or (Counter({standard[0]: 1}) if standard and region.level != "national" else written)
        name = min(choice, key=lambda n: (-choice[n], len(n), n))
        if (
            len(name) > 4
            and region.names
            and generic(region)
            and name.startswith(region.path)
            and region.level != "national"
        ):
            name = min(
                (*(n for n in choice if not n.startswith(region.path)), name), key=lambda n: (-choice[n], len(n), n)
            )
        full = (
            full_name(row, region, [(reading, mention.count) for mention, reading in found])
            if row
            else full_unknown(first, region, name)
        )
        aliases = {*written, *standard, *(s for _, r in found for s in r.second)} - {name, full}
        years = [year for mention, _ in found for year in (mention.first_year, mention.last_year) if year]
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
        by_function: dict[str, dict[str, list[Body]]] = {}  # then by region
        for body in self.bodies():
            if body.function and body.kind != "collective":
                by_function.setdefault(body.function, {}).setdefault(body.region, []).append(body)
        found = []
        for old, new, centre, local, basis, rule in table_rows("successions.tsv"):
            successors = by_function.get(new, {})
            for region, olds in by_function.get(old, {}).items():
                for one in olds:
                    for other in successors.get(region, ()):
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
            {*body_suspects(self._bodies.values()), *self._people.suspects(), *self._works.suspects()},
            key=lambda s: (s.kind, s.left, s.right),
        )


def _follows(one: Body, other: Body, *, local: bool) -> bool:
    """Whether the years in which the two are named allow that `other` followed `one`."""
    if one.id == other.id or not (one.first_year and other.last_year and one.last_year and other.first_year):
        return not local and one.id != other.id
    return one.last_year < other.first_year if local else one.first_year <= other.last_year
