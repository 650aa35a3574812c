"""What is unsure in a library, and what people decide about it.

Everything here is worked out from the sources alone, without the decisions, so that an item keeps its id and its
sentences whatever is decided; `judged` then lays the decisions over it. What may be said of each kind of item:

| kind          | asks                                        | accept             | reject                | merge   |
|---------------|---------------------------------------------|--------------------|-----------------------|---------|
| same-body     | whether two names mean one body             | merge              | two: remembered       | the one |
| same-person   | whether two people of one name are one      | merge              | two: remembered       | the one |
| same-document | whether a cited work is one that is held    | merge              | two: remembered       | the one |
| slip          | whether a name is a slip of another         | merge              | the name is right     | the one |
| odd-name      | whether a name means a body at all          | it does            | it does not: left out | the one |
| citation      | whether a work that nobody holds is cited   | it is, but missing | it is not: left out   | the one |
| suspect-name  | what a name was before it was misread       | seen               | nothing to correct    |         |
| unread        | what a passage says that could not be read  | seen               | it states no duty     |         |

`split` is the same as `reject` where two things are in question. A role or a date is corrected on the task itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from graph import decisions
from graph.decisions import NO_ROLE, Decision, Rulings, moved, rulings, standing, taken_back
from graph.errors import UnknownName, ZerenError
from graph.identity import Suspect
from graph.library import Library, SourceHead, now
from graph.store import Store
from loaders.names import Names
from loaders.periods import period

KINDS = ("same-body", "slip", "odd-name", "same-person", "same-document", "citation", "suspect-name", "unread")
ALIKE = {"accept": "merge", "merge": "merge", "reject": "reject item", "split": "reject item"}
# what a choice on a kind of item becomes: kind of decision, and whether the item or its first thing is the subject
CHOICES: dict[str, dict[str, str]] = {
    "same-body": ALIKE,
    "same-person": ALIKE,
    "same-document": ALIKE,
    "slip": ALIKE | {"reject": "accept", "split": "accept"},
    "odd-name": {"accept": "accept", "reject": "reject", "merge": "merge"},
    "citation": {"accept": "accept item", "reject": "reject", "merge": "merge"},
    "suspect-name": {"accept": "accept item", "reject": "reject item"},
    "unread": {"accept": "accept item", "reject": "reject item"},
}
LABELS = {
    "same-person": "Person",
    "same-document": "Document",
    "citation": "Document",
    "suspect-name": "",
    "unread": "",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One thing an item is about, with the first sentence that names it; `id` is "" for a passage."""

    id: str
    name: str
    quote: str = ""
    evidence: str = ""  # source:start:end
    document: str = ""  # title of the document that says so


@dataclass(frozen=True, slots=True)
class Item:
    """Something a person should look at. `decision` is the standing decision on it, None while it is open."""

    key: str
    kind: str
    label: str  # of the graph's nodes: Department, Person, Document; "" for a passage
    sides: tuple[Side, ...]
    why: str = ""
    decision: Decision | None = None

    @property
    def id(self) -> str:
        """Its short name, the same at every build."""
        return hashlib.blake2b(self.key.encode(), digest_size=5).hexdigest()

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be decided."""
        return (*CHOICES[self.kind], *(() if self.label else ("correct",)))


# ---- what there is ---------------------------------------------------------------------------------------------------


def unsure(library: Library) -> list[Item]:
    """Every item of the library, whether decided or not, by kind."""
    heads = library.sources()
    names = Names()
    for head in heads:
        names.register(head)
    names.settle()
    found = [_suspected(s) for s in names.identity.suspects()]
    found += [
        Item(f"citation|{w.id}", "citation", "Document", (Side(w.id, w.title or w.doc_number or w.id),), "")
        for w in names.identity.works()
        if not w.held
    ]
    read = lru_cache(maxsize=4)(library.facts)
    known = _sides(heads, names, {s.id for item in found for s in item.sides}, read)
    found = [replace(item, sides=tuple(known.get(s.id, s) for s in item.sides)) for item in found]
    found += _unread(heads, read)
    return sorted(found, key=lambda item: (KINDS.index(item.kind), item.key))


def _suspected(s: Suspect) -> Item:
    ids = [i for i in (s.left, s.right) if i]
    if s.kind == "same-body":
        ids.sort(key=len)  # the short form is one of the long one
    sides = tuple(Side(i, i.rpartition("/")[2]) for i in ids)
    return Item(f"{s.kind}|{s.left}|{s.right}", s.kind, LABELS.get(s.kind, "Department"), sides, s.why)


def _unread(heads: Iterable[SourceHead], read: Any) -> Iterator[Item]:  # noqa: ANN401  (a cached function)
    for head in heads:
        for document in read(head.id) if head.warnings else ():
            for w in document["warnings"]:
                at = f"{head.id}:{w['start']}:{w['end']}"
                side = Side("", w["text"] or w["quote"], w["quote"], at, _title(document, head))
                kind = w["kind"] if w["kind"] in KINDS else "unread"
                yield Item(f"{kind}|{at}", kind, "", (side,), w["kind"])


def _sides(heads: Iterable[SourceHead], names: Names, wanted: set[str], read: Any) -> dict[str, Side]:  # noqa: ANN401
    """For each wanted node its name and the first sentence that names it; sources are read only where there is one."""
    found: dict[str, Side] = {}
    for head in heads:
        for at, document in enumerate(head.documents):
            place = names.places[head.id, at]
            bodies = [(names.meant(n, document).body, n) for n in (*document.bodies, *document.classes)]
            named = [(b.id, b.name, n) for b, n in bodies]
            named += [(p.id, p.name, p.name) for p in place.people]
            named += [
                (c.id, c.work.title or c.work.doc_number or c.id, cited[0] or cited[1] or "")
                for c, cited in zip(place.cites, document.cites, strict=True)
            ]
            named.append((place.document.id, document.title or document.doc_number or "", ""))
            for node, name, surface in named:
                if node not in wanted or node in found:
                    continue
                whole = read(head.id)[at]
                fact = (_saying(whole, surface) if surface else None) or whole
                evidence = f"{head.id}:{fact['start']}:{fact['end']}"
                found[node] = Side(node, name or head.name, fact["quote"], evidence, _title(whole, head))
    return found


def _title(document: Mapping[str, Any], head: SourceHead) -> str:
    return document["title"] or document["doc_number"] or head.name


def _saying(fact: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """The innermost fact one of whose values is `name`."""
    for value in fact.values():
        for inner in value if isinstance(value, list) else (value,):
            if isinstance(inner, dict) and (found := _saying(inner, name)):
                return found
    says = any(v == name or (isinstance(v, list) and name in v) for k, v in fact.items() if k != "quote")
    return fact if says and "evidence" not in fact and "quote" in fact else None


# ---- with what was decided -------------------------------------------------------------------------------------------


def judged(items: Iterable[Item], made: Sequence[Decision]) -> list[Item]:
    """The items with the decisions that stand on them; things that were merged are called by the one they are now."""
    items = list(items)
    made = moved(made, {s.id for item in items for s in item.sides})
    ruled = rulings(made)
    on_item: dict[str, Decision] = {}
    on_node: dict[str, Decision] = {}
    for d in standing(made):
        if d.item:
            on_item[d.item] = d
        if d.kind in ("accept", "reject"):
            (on_item if d.subject.partition("|")[0] in KINDS else on_node)[d.subject] = d
        elif d.kind == "merge" and d.subject in ruled.merges:
            on_node[d.subject] = d
    return [_judged(item, ruled, on_item, on_node) for item in items]


def _judged(item: Item, ruled: Rulings, on_item: Mapping[str, Decision], on_node: Mapping[str, Decision]) -> Item:
    ids = [s.id for s in item.sides]
    today = [ruled.same(i) for i in ids]
    one = len(today) == 2 and today[0] == today[1]

    def settles(d: Decision) -> bool:
        if d.kind == "reject":  # there is no such thing
            return True
        if d.kind == "merge" and one:
            return True
        return d.subject == ids[0] and (item.kind in ("slip", "odd-name") or (d.kind == "merge" and len(ids) == 1))

    decision = on_item.get(item.key)
    if decision is None and item.label:
        decision = next((d for i in (*ids, *today) if (d := on_node.get(i)) and settles(d)), None)
    sides = tuple(replace(s, id=i) for s, i in zip(item.sides, today, strict=True))
    return replace(item, sides=sides, decision=decision)


def review(library: Library) -> list[Item]:
    """Every item as it stands now."""
    return judged(unsure(library), decisions.read(library.decisions_file))


def find(items: Sequence[Item], given: str) -> Item:
    """The item whose id begins with `given`. Raises UnknownName."""
    fits = [item for item in items if item.id.startswith(given)] if len(given) >= 4 else []
    if len(fits) != 1:
        raise UnknownName("item", given, [item.id for item in fits[:12]], "待核事项")
    return fits[0]


# ---- deciding --------------------------------------------------------------------------------------------------------


def decide(library: Library, items: Sequence[Item], choice: str, *, who: str, to: str = "") -> list[Decision]:
    """Store `choice` on each of `items`, all or none. `to` is the id to merge with, where that is not the second thing.

    Raises ZerenError where the choice is not offered, nothing is there to merge with, or a decision stands already.
    """
    planned = check([(item, choice, to) for item in items])
    return [
        decisions.decide(library.decisions_file, who=signed(who), when=now(), item=item.key, **what)
        for item, what in zip(items, planned, strict=True)
    ]


def check(choices: Iterable[tuple[Item, str, str]]) -> list[dict[str, str]]:
    """What each (item, choice, id to merge with) would store. Raises ZerenError as `decide` does."""
    return [_plan(*one) for one in choices]


def _plan(item: Item, choice: str, to: str) -> dict[str, str]:
    offered = CHOICES[item.kind].get(choice)
    if item.decision:
        raise ZerenError(
            f"{item.id} is decided ({item.decision.id} by {item.decision.who}); undo that first.",
            f"{item.id} 已由{item.decision.who}处理({item.decision.id}),请先撤销。",
        )
    if offered is None:
        raise ZerenError(
            f"{choice} says nothing about {item.id}; it takes {', '.join(item.choices)}.",
            f"{item.id} 不能用 {choice}，可用：{'、'.join(item.choices)}。",
        )
    first = item.sides[0].id
    kind, _, of = offered.partition(" ")
    if kind != "merge":
        return {"kind": kind, "subject": item.key if of else first}
    other = to or (item.sides[1].id if len(item.sides) > 1 else "")
    if not other:
        raise ZerenError(f"{item.id}: say with what to merge (--to NAME).", f"{item.id}:请用 --to 指明并入哪一个。")
    return {"kind": "merge", "subject": first, "value": other}


def correct(
    library: Library, task: str, *, who: str, body: str = "", role: str = "", date: str = "", item: str = ""
) -> list[Decision]:
    """Correct the role of `body` in the task with this id, or when it is due; `none` (`无`): no part in it, no date.

    `item` is the key of the item that led to it. Raises ZerenError for a wrong role or period, or with neither.
    """
    due = "" if date in (NO_ROLE, "无") else date
    if due and period(due) is None:
        raise ZerenError(
            f"{date} is no period (2025, 2025-Q2, 2025-06, 2025-06-30, 2024..2026).",
            f"“{date}”不是时限（如 2025、2025-Q2、2025-06、2025-06-30、2024..2026）。",
        )
    if bool(role) != bool(body) or not (role or date):
        raise ZerenError("A correction needs a department with its role, or a date.", "更正须写明单位和责任，或时限。")
    planned = [{"kind": "role", "subject": f"{task}|{body}", "value": role}] if role else []
    planned += [{"kind": "date", "subject": task, "value": due}] if date else []
    return [
        decisions.decide(library.decisions_file, who=signed(who), when=now(), item=item, **what) for what in planned
    ]


def merge(library: Library, one: str, other: str, *, who: str) -> Decision:
    """Make the department, person or document with the id `one` the same as `other`, whatever was suspected."""
    return decisions.decide(library.decisions_file, who=signed(who), when=now(), kind="merge", subject=one, value=other)


def split(library: Library, body: str, surface: str, *, who: str, name: str = "") -> Decision:
    """Make what is called `surface` a body of its own, apart from `body`; `name` is what it is called from then on."""
    subject = f"{body}|{surface}"
    return decisions.decide(
        library.decisions_file, who=signed(who), when=now(), kind="apart", subject=subject, value=name
    )


def undo(library: Library, decision: str, *, who: str) -> Decision:
    """Take a decision back; an undo can be taken back too. Raises ZerenError when it is taken back already."""
    made = decisions.read(library.decisions_file)
    fits = [d for d in made if d.id.startswith(decision)] if len(decision) >= 4 else []
    if len(fits) != 1:
        raise UnknownName("decision", decision, [d.id for d in fits[:12]], "处理")
    if fits[0].id in taken_back(made):
        raise ZerenError(f"{fits[0].id} is taken back already.", f"{fits[0].id} 已撤销。")
    return decisions.decide(library.decisions_file, who=signed(who), when=now(), kind="undo", undoes=fits[0].id)


def signed(who: str) -> str:
    """The name under a decision. Raises ZerenError when there is none."""
    if not who.strip():
        raise ZerenError("A decision needs the name of who makes it.", "处理须署名。")
    return who.strip()


_TASKS = """MATCH (s:Source {id: $source})-[:CARRIES]->(d:Document)-[:ASSIGNS]->(t:Task)
RETURN DISTINCT t.id AS task_id, t.evidence AS evidence ORDER BY task_id"""


def task_of(store: Callable[[], Store], item: Item) -> str:
    """The id of the task in which the passage of `item` stands. Raises ZerenError when it stands in none."""
    place = item.sides[0].evidence
    task = task_at(store(), place) if "correct" in item.choices else ""
    if not task:
        raise ZerenError(f"{item.id} stands in no task; name the task.", f"{item.id} 不在任何任务之内，请指明任务。")
    return task


def task_at(store: Store, evidence: str) -> str:
    """The id of the innermost task in which a passage (`source:start:end`) stands; "" for none."""
    source, start, end = evidence.split(":")
    found = []
    for row in store.run(_TASKS, {"source": source}):
        for place in row["evidence"]:
            where, first, last = place.split(":")
            if where == source and int(first) <= int(start) and int(end) <= int(last):
                found.append((int(last) - int(first), row["task_id"]))
    return str(min(found)[1]) if found else ""
