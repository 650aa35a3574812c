"""Facts of documents → rows of the graph, a batch of documents at a time; any process may do it.

What documents share (bodies, people, periods, cited works, posts) is not written here but said to `loaders.build`.
"""

from __future__ import annotations

import pickle
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from graph.decisions import ROLES, Rulings
from graph.store.rows import RowWriter
from loaders import facts
from loaders.facts_json import from_file
from loaders.merge import fold, pair_tasks
from loaders.names import Written, each_body, issuers
from loaders.periods import Period, between, period

RESPONSIBILITIES = {f"{role}.Department.Task" for role in ROLES.values()}
NEARBY = 4  # sources whose facts stay in memory: a gazette's documents come one after the other


@dataclass(slots=True)
class Built:
    """What a build wrote."""

    documents: int = 0  # held, each once however many sources carry it
    tasks: int = 0
    assignments: int = 0

    def __iadd__(self, other: Built) -> Built:
        self.documents += other.documents
        self.tasks += other.tasks
        self.assignments += other.assignments
        return self


@dataclass(slots=True)
class Meant:
    """Who is meant by the names of a library: all that rows of documents need of it, the same for every batch."""

    bodies: dict[Written, str]  # a name as a document writes it → id of the body
    names: dict[str, str]  # the name of each body that a decision gives a role
    rulings: Rulings
    rejected: set[str]


@dataclass(slots=True)
class Place:
    """One document in one source, with the ids of the people and of the works it names (these in their order)."""

    source: str
    at: int
    people: dict[str, str]
    cites: list[str]


@dataclass(slots=True)
class Held:
    """A document whose text is held: its id, its region with what that lies in, and where it stands."""

    id: str
    region: str
    places: list[Place]


@dataclass(slots=True)
class Batch:
    """Some documents to write, and the files with the facts of their sources."""

    number: int
    documents: list[Held]
    files: dict[str, Path]


class Post(NamedTuple):
    """What one document says of a post somebody holds."""

    person: str
    body: str
    title: str
    since: str | None
    until: str | None
    quote: str
    source: str
    start: int
    end: int
    rule: str
    person_name: str
    body_name: str


@dataclass(slots=True)
class Said:
    """What a batch of documents says of what documents share, and how many rows of its own it wrote.

    `bodies` says for each body, by the first name used, what identity is to be asked for: a name as written, or an id.
    `cited` says where a work is first cited: source, number of the document in it, number of the citation.
    """

    counts: dict[str, int] = field(default_factory=dict)
    built: Built = field(default_factory=Built)
    bodies: dict[str, Written | str] = field(default_factory=dict)
    surfaces: dict[str, set[str]] = field(default_factory=dict)  # body → the names it goes by
    people: dict[str, str] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    cited: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)


def write_rows(batch: Batch, folder: Path, meant: Meant) -> Said:
    """Write the rows of a batch's documents to `folder`."""
    read = lru_cache(maxsize=NEARBY)(from_file)
    with RowWriter(folder, dedupe=(), part=f"{batch.number:06}") as writer:
        rows = _Rows(writer, meant)
        for held in batch.documents:
            rows.document(held, [_Claim(p, read(batch.files[p.source])[p.at]) for p in held.places])
    rows.said.counts = writer.rows.counts
    return rows.said


def write_rows_of(batch: Batch, folder: Path, meant: Path) -> Said:
    """The same with `meant` in a file, which is read once in a process."""
    return write_rows(batch, folder, _load(meant))


@lru_cache(maxsize=1)
def _load(file: Path) -> Meant:
    with file.open("rb") as stream:
        found: Meant = pickle.load(stream)
    return found


class _Claim:
    """What one source says of one document."""

    __slots__ = ("document", "place", "source_id")

    def __init__(self, place: Place, document: facts.Document) -> None:
        self.source_id = place.source
        self.place = place
        self.document = document


class _Edges:
    """The relationships of one document. Said twice, one stands once, with an evidence per source."""

    def __init__(self, rejected: set[str]) -> None:
        self._rejected = rejected
        self._rows: dict[tuple[object, ...], list[Any]] = {}

    def say(
        self, table: str, start: str, end: str, source_id: str, fact: facts.Fact, *properties: object,
        key: object = None, rule: str | None = None,
    ) -> bool:
        """One statement of a relationship; `key` tells apart those that may stand side by side. False if it, or one of
        its ends, is rejected.
        """
        place = (table, start, end, key)
        row = self._rows.get(place)
        if row is not None:
            evidence = row[-2]
            if not any(e.startswith(source_id) for e in evidence):
                evidence.append(f"{source_id}:{fact.start}:{fact.end}")
            return True
        if self._rejected and not self._rejected.isdisjoint((f"{table.partition('.')[0]}|{start}|{end}", start, end)):
            return False
        evidence = [f"{source_id}:{fact.start}:{fact.end}"]
        self._rows[place] = [start, end, *properties, fact.quote, evidence, rule or fact.rule]
        return True

    def said(self, table: str, start: str, end: str) -> bool:
        """Whether the relationship has been stated."""
        return (table, start, end, None) in self._rows

    def write(self, writer: RowWriter) -> int:
        """Hand all rows over, in the order in which they were first said. Returns how many are responsibilities."""
        for (table, *_), row in self._rows.items():
            writer.add(str(table), tuple(row))
        return sum(table in RESPONSIBILITIES for table, *_ in self._rows)


class _Spans:
    """Where the tasks of one document stand in one source."""

    def __init__(self, spans: list[tuple[int, int, str]]) -> None:
        self._spans = sorted(spans)
        self._starts = [s for s, _, _ in self._spans]

    def around(self, fact: facts.Fact) -> str | None:
        """Id of the innermost task that the fact stands in."""
        for start, end, task_id in reversed(self._spans[: bisect_right(self._starts, fact.start)]):
            if fact.end <= end:
                return task_id
            if end <= start:
                break
        return None


class _Rows:
    """The rows of one document after the other."""

    def __init__(self, writer: RowWriter, meant: Meant) -> None:
        self.said = Said()
        self._writer = writer
        self._meant = meant
        self._rulings = rulings = meant.rulings
        self._rejected = meant.rejected
        self._ruled_roles: dict[str, dict[str, tuple[str, str]]] = {}  # task → body → role, decision
        for subject, ruled in rulings.roles.items():
            task_id, _, body = subject.rpartition("|")
            self._ruled_roles.setdefault(task_id, {})[rulings.same(body)] = ruled

    def document(self, held: Held, claims: list[_Claim]) -> None:
        """All that its sources say of one document."""
        document_id = held.id
        edges = _Edges(self._rejected)
        self._head(held, claims)
        groups: set[str] = set()
        for claim, spans in zip(claims, self._tasks(document_id, claims, edges), strict=True):
            said = issuers(claim.document)
            # facts that were read before had no such places
            named_at: Sequence[facts.Fact] = claim.document.issued_by or [claim.document] * len(said)
            for name, named in zip(said, named_at, strict=True):
                body = self._body(name, claim)
                if edges.say("ISSUED.Department.Document", body, document_id, claim.source_id, named):
                    self._use(body, name)
            self._citations(document_id, claim, spans, edges)
            self._groups(document_id, claim, groups, edges)
            self._appointments(claim)
            self._phases(document_id, claim, edges)
        self._goals(document_id, claims, edges)
        self.said.built.assignments += edges.write(self._writer)
        self.said.built.documents += 1

    def _head(self, held: Held, claims: list[_Claim]) -> None:
        def first(name: str) -> Any:  # noqa: ANN401
            return next((v for c in claims if (v := getattr(c.document, name))), None)

        issued_on = first("issued_on")
        self._writer.node(
            "Document", held.id, first("title"), first("doc_number"), first("kind"), first("level"),
            held.region or first("region"), issued_on,  # with what it lies in, as for bodies
            int(issued_on[:4]) if issued_on else None, True,
        )
        for c in claims:
            self._writer.rel(
                "CARRIES", "Source", "Document", c.source_id, held.id, c.document.start, c.document.end
            )

    def _tasks(self, document_id: str, claims: list[_Claim], edges: _Edges) -> list[_Spans]:
        """Rows of all tasks and what hangs on them. Returns, for each claim, where its tasks stand."""
        spans: list[list[tuple[int, int, str]]] = [[] for _ in claims]
        taken: set[str] = set()
        for position, same in enumerate(pair_tasks([c.document.tasks for c in claims])):
            first = same[0][1]
            task_id = _free(f"{document_id}#{first.path or position + 1}", taken)
            ruled = self._rulings.dates.get(task_id)
            years: set[str] = set()
            for i, task in same:
                claim = claims[i]
                spans[i].append((task.start, task.end, task_id))
                edges.say("ASSIGNS.Document.Task", document_id, task_id, claim.source_id, task)
                self._responsible(task_id, task, claim, edges)
                if ruled:
                    due = period(ruled[0])
                    self._due("Task", task_id, due, claim.source_id, task, edges, f"decision:{ruled[1]}")
                    years.update(_years(due))
                    continue
                for deadline in task.deadlines:
                    due = _when(deadline)
                    self._due("Task", task_id, due, claim.source_id, deadline, edges)
                    years.update(_years(due))
                years.update(str(q.year) for q in task.quantities if q.year)
            self._decided_roles(task_id, first, claims[same[0][0]], edges)
            quantities = [(claims[i].source_id, q, q.year) for i, task in same for q in task.quantities]
            self._targets("AIMS_AT.Task.Target", task_id, quantities, edges)
            self._writer.node(
                "Task", task_id, first.number, first.title, first.text or first.quote, first.section, sorted(years),
                first.kind, position, first.quote, [f"{claims[i].source_id}:{t.start}:{t.end}" for i, t in same],
                first.rule,
            )
            self.said.built.tasks += 1
        return [_Spans(s) for s in spans]

    def _responsible(self, task_id: str, task: facts.Task, claim: _Claim, edges: _Edges) -> None:
        decided = self._ruled_roles.get(task_id, {})
        for said, name in each_body(task.assignments):
            body = self._body(name, claim)
            role, rule = ROLES[said.role], None
            if ruled := decided.get(body):
                role, rule = ruled[0], f"decision:{ruled[1]}"
            if role and edges.say(f"{role}.Department.Task", body, task_id, claim.source_id, said, rule=rule):
                self._use(body, name)
        for answer in task.answers:
            person = self._person(answer.name, claim)
            if person and edges.say(
                "ANSWERS_FOR.Person.Task", person, task_id, claim.source_id, answer, answer.post
            ):
                self.said.people.setdefault(person, answer.name)

    def _decided_roles(self, task_id: str, task: facts.Task, claim: _Claim, edges: _Edges) -> None:
        """Bodies that only a decision gives a role in the task; the evidence is the whole task."""
        for body, (role, decision) in self._ruled_roles.get(task_id, {}).items():
            whole, _, own = body.partition("~")  # a name kept apart is a body of its own
            known = self._meant.names.get(whole)
            table = f"{role}.Department.Task"
            if role and known and not edges.said(table, body, task_id):
                self.said.bodies.setdefault(body, whole)
                if edges.say(table, body, task_id, claim.source_id, task, rule=f"decision:{decision}"):
                    self._use(body, own or known)

    def _targets(
        self, table: str, owner: str, quantities: Sequence[tuple[str, facts.Quantity, int | None]], edges: _Edges
    ) -> None:
        """Targets of a task or document: (source id, quantity, its year), those of a second source made one."""
        known: dict[tuple[object, ...], str] = {}
        evidence: dict[str, list[str]] = {}
        rows: dict[str, tuple[object, ...]] = {}
        for source_id, q, year in quantities:
            what = (fold(q.text), q.value, q.unit, year)
            target = known.get(what)
            at = f"{source_id}:{q.start}:{q.end}"
            if target is None:
                target = known[what] = f"{owner}!{len(known) + 1}"
                evidence[target] = [at]
                rows[target] = (
                    q.text, q.indicator, q.comparator, q.value, q.value_max, q.unit, year, q.quote, evidence[target],
                    q.rule,
                )
            elif not any(e.startswith(source_id) for e in evidence[target]):
                evidence[target].append(at)
            edges.say(table, owner, target, source_id, q)
            ruled = self._rulings.dates.get(target)
            due = period(ruled[0]) if ruled else period(str(year)) if year else None
            self._due("Target", target, due, source_id, q, edges, f"decision:{ruled[1]}" if ruled else None)
        for target, row in rows.items():
            self._writer.node("Target", target, *row)

    def _due(
        self, label: str, node: str, due: Period | None, source_id: str, fact: facts.Fact, edges: _Edges,
        rule: str | None = None,
    ) -> None:
        if due and edges.say(f"DUE_IN.{label}.Period", node, due.id, source_id, fact, rule=rule):
            self.said.periods[due.id] = due

    def _citations(self, document_id: str, claim: _Claim, spans: _Spans, edges: _Edges) -> None:
        for number, (work, citation) in enumerate(zip(claim.place.cites, claim.document.citations, strict=True)):
            if not work or work == document_id:
                continue
            where = (claim.source_id, claim.place.at, number)
            if edges.say("CITES.Document.Document", document_id, work, claim.source_id, citation, citation.basis):
                self.said.cited.setdefault(work, where)
            for place in citation.mentions or (citation,):
                if task := spans.around(place):
                    edges.say(
                        "CITES.Task.Document", task, work, claim.source_id, place, place.basis or citation.basis
                    )
                    self.said.cited.setdefault(work, where)

    def _groups(self, document_id: str, claim: _Claim, known: set[str], edges: _Edges) -> None:
        source_id = claim.source_id
        for group in claim.document.groups:
            group_id = f"{document_id}@{group.name}"
            if not edges.say("ESTABLISHES.Document.LeadingGroup", document_id, group_id, source_id, group):
                continue
            if group_id not in known:
                known.add(group_id)
                self._writer.node("LeadingGroup", group_id, group.name, group.kind)
            if group.office_in:
                office = self._body(group.office_in, claim)
                if edges.say("OFFICE_IN.LeadingGroup.Department", group_id, office, source_id, group.office or group):
                    self._use(office, group.office_in)
            for rank, (unit, name) in enumerate(each_body(group.member_units), 1):
                body = self._body(name, claim)
                if edges.say(
                    "MEMBER_OF.Department.LeadingGroup", body, group_id, source_id, unit, unit.role, None, rank,
                    key=unit.role,
                ):
                    self._use(body, name)
            for rank, member in enumerate(group.members, 1):
                self._member(group_id, rank, member, claim, edges)

    def _member(self, group_id: str, rank: int, member: facts.Member, claim: _Claim, edges: _Edges) -> None:
        posts = "、".join(p.title for p in member.posts) or None
        person = self._person(member.name, claim)
        if person and edges.say(
            "MEMBER_OF.Person.LeadingGroup", person, group_id, claim.source_id, member, member.role, posts, rank,
            key=member.role,
        ):
            self.said.people.setdefault(person, member.name)
        for post in member.posts:
            if not post.body:
                continue
            if person:
                self._post(person, member.name, post.title, post.body, claim, member)
                continue
            # a seat that is held by whoever has the post: the body is the member
            body = self._body(post.body, claim)
            if edges.say(
                "MEMBER_OF.Department.LeadingGroup", body, group_id, claim.source_id, member, member.role, post.title,
                rank, key=member.role,
            ):
                self._use(body, post.body)

    def _appointments(self, claim: _Claim) -> None:
        for a in claim.document.appointments:
            person = self._person(a.person, claim)
            if person and a.body:
                day = claim.document.issued_on
                since, until = (None, day) if a.action == "removed" else (day, None)
                self._post(person, a.person, a.post, a.body, claim, a, since, until)

    def _post(
        self, person: str, name: str, title: str, body_name: str, claim: _Claim, fact: facts.Fact,
        since: str | None = None, until: str | None = None,
    ) -> None:
        """A post somebody holds; what several documents say of it is one statement."""
        body = self._body(body_name, claim)
        if f"HOLDS_POST|{person}|{body}" in self._rejected or not self._rejected.isdisjoint((person, body)):
            return
        self.said.posts.append(Post(
            person, body, title, since, until, fact.quote, claim.source_id, fact.start, fact.end, fact.rule, name,
            body_name,
        ))

    def _phases(self, document_id: str, claim: _Claim, edges: _Edges) -> None:
        for phase in claim.document.phases:
            when = _when(phase)
            if when and edges.say(
                "COVERS.Document.Period", document_id, when.id, claim.source_id, phase, phase.name, key=phase.name
            ):
                self.said.periods[when.id] = when

    def _goals(self, document_id: str, claims: list[_Claim], edges: _Edges) -> None:
        targets = []
        for claim in claims:
            for goal in claim.document.goals:
                year = period(str(goal.year))
                if year and edges.say("COVERS.Document.Period", document_id, year.id, claim.source_id, goal, None):
                    self.said.periods[year.id] = year
                targets += [(claim.source_id, q, q.year or goal.year) for q in goal.quantities]
        self._targets("SETS.Document.Target", document_id, targets, edges)

    # ---- who is meant

    def _body(self, name: str, claim: _Claim) -> str:
        """Id of the body the document means by `name`, after people's decisions."""
        written = Written(name, claim.document.region, claim.document.level)
        body = self._meant.bodies[written]
        ruled = self._rulings.apart.get(f"{body}|{name}") if self._rulings.apart else None
        if ruled:
            body = f"{body}~{ruled}"
        body = self._rulings.same(body)
        self.said.bodies.setdefault(body, written)
        return body

    def _use(self, body: str, name: str) -> None:
        self.said.surfaces.setdefault(body, set()).add(name)

    def _person(self, name: str, claim: _Claim) -> str | None:
        return claim.place.people[name] if name else None


def _when(fact: facts.Deadline | facts.Phase) -> Period | None:
    """The period a deadline or phase names, by its own name for it or by its days."""
    if isinstance(fact, facts.Deadline):
        if fact.period:
            return period(fact.period)
        if fact.recurring or fact.ends_on is None:
            return period(str(fact.year)) if fact.year else None
    last = fact.ends_on or fact.starts_on
    return between(fact.starts_on or last, last) if last else None


def _years(due: Period | None) -> Iterable[str]:
    """The years a period names: its own, or the first and last of a range."""
    return {due.starts_on[:4], due.ends_on[:4]} if due else ()


def _free(task_id: str, taken: set[str]) -> str:
    name, n = task_id, 1
    while name in taken:
        n += 1
        name = f"{task_id}~{n}"
    taken.add(name)
    return name
