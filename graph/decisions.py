"""What people decided: confirmed, rejected, merged, kept apart, corrected. One JSON line each, only ever appended.

A decision names its subject by ids that survive a rebuild, so it holds when the graph is made anew; it is taken back by
a later decision of kind `undo` that names it. What is decided last about a subject counts.

| kind   | subject                                      | value                                                    |
|--------|----------------------------------------------|----------------------------------------------------------|
| accept | id of a node, or the key of a finding        | (empty) a body so confirmed needs no review any more     |
| reject | `TYPE|from id|to id`, or the key of a finding | (empty) that relationship is left out                   |
| reject | id of a department, person or cited document | (empty) there is none: all that is said of it is left out |
| merge  | id of a department, person or document       | id of the one it is                                      |
| apart  | `department id|surface name`                 | name under which it is a body of its own; empty: surface |
| role   | `task id|department id`                      | lead, responsible, assist; none: it has no part in it    |
| date   | id of a task or target                       | period (`2025`, `2025-06-30`); empty: it has none        |
| undo   |                                              | (empty) `undoes` is the id of the decision taken back    |
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from filelock import FileLock

from graph import regions
from graph.errors import LibraryError, ZerenError

KINDS = ("accept", "reject", "merge", "apart", "role", "date", "undo")
ROLES = {"lead": "LEADS", "responsible": "RESPONSIBLE_FOR", "assist": "ASSISTS"}
NO_ROLE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One thing somebody decided; `when` is UTC, ISO; `item` is the key of the finding it was decided on, if any."""

    id: str
    when: str
    who: str
    kind: str
    subject: str = ""
    value: str = ""
    undoes: str = ""
    note: str = ""
    item: str = ""


def decide(
    path: Path, *, who: str, when: str, kind: str, subject: str = "", value: str = "", undoes: str = "",
    note: str = "", item: str = "",
) -> Decision:
    """Append a decision to the file at `path` and return it. Raises ZerenError when it cannot be carried out."""
    if kind not in KINDS:
        raise ZerenError(f"No decision is called {kind}.", f"没有“{kind}”这种处理。")
    if kind == "undo" and undoes not in {d.id for d in read(path)}:
        raise ZerenError(f"There is no decision {undoes} to undo.", f"没有可撤销的处理 {undoes}。")
    if kind != "undo" and not subject:
        raise ZerenError("A decision needs its subject.", "处理缺少对象。")
    if kind == "role" and value not in (*ROLES, NO_ROLE):
        raise ZerenError(f"No role is called {value}.", f"没有“{value}”这种责任。")
    if kind == "merge" and value in ("", subject):
        raise ZerenError("A merge needs another one to merge with.", "合并需指定另一个对象。")
    made = Decision(
        id=secrets.token_hex(6), when=when, who=who, kind=kind, subject=subject, value=value, undoes=undoes, note=note,
        item=item,
    )
    line = json.dumps(asdict(made), ensure_ascii=False) + "\n"
    with FileLock(path.with_suffix(".lock")), path.open("a+b") as stream:  # two may decide at once
        stream.seek(0)
        stream.truncate(stream.read().rfind(b"\n") + 1)  # a line that a crash cut short was never confirmed
        stream.write(line.encode())
        stream.flush()
        os.fsync(stream.fileno())
    return made


def read(path: Path) -> list[Decision]:
    """All decisions in the order they were made; a last line cut short is passed over. Raises LibraryError."""
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(Decision(**json.loads(line)))
        except (ValueError, TypeError) as error:
            if number == len(lines):
                break  # no line end: the writer was cut short, the decision was never confirmed
            raise LibraryError(
                f"{path}, line {number} is damaged: {error}", f"{path} 第 {number} 行已损坏。"
            ) from error
    return found


def taken_back(made: Sequence[Decision]) -> set[str]:
    """Ids of the decisions that were undone. An undo can be undone."""
    gone: set[str] = set()
    for decision in reversed(made):
        if decision.kind == "undo" and decision.id not in gone:
            gone.add(decision.undoes)
    return gone


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that were not taken back."""
    made = list(decisions)
    gone = taken_back(made)
    return [d for d in made if d.kind != "undo" and d.id not in gone]


def moved(made: Iterable[Decision], known: Collection[str]) -> list[Decision]:
    """The decisions in terms of the ids now `known`.

    The id of a body or person begins with its region, and a region's path grows when another text tells what it lies
    in (岚江省青禾县/民政局, later 岚江省宁溪市青禾县/民政局); a decision goes on to mean the one it was made about.
    """
    alike: dict[str, list[str]] = {}
    for one in known:
        alike.setdefault(one.partition("/")[2], []).append(one)

    def now(part: str) -> str:
        rest = part.partition("/")[2]
        if not rest or part in known:
            return part
        fits = [one for one in alike.get(rest, ()) if _same_place(one, part)]
        return fits[0] if len(fits) == 1 else part

    def each(text: str) -> str:
        return "|".join(map(now, text.split("|"))) if "/" in text else text

    return [
        replace(d, subject=each(d.subject), value=each(d.value) if d.kind == "merge" else d.value, item=each(d.item))
        for d in made
    ]


def _same_place(one: str, other: str) -> bool:
    """Whether two ids begin with the same region, one of them with fewer of those it lies in."""
    here, there = (regions.parse(i.partition("/")[0]).names for i in (one, other))
    short, long = sorted((here, there), key=len)
    return bool(short) and short[-1] == long[-1] and regions.in_order(short, long)


@dataclass(slots=True)
class Rulings:
    """The standing decisions in the form a build looks them up: subject → (value, id of the decision).

    A role is the type of a relationship, "" for none.
    """

    merges: dict[str, str] = field(default_factory=dict)
    apart: dict[str, str] = field(default_factory=dict)
    rejected: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)
    roles: dict[str, tuple[str, str]] = field(default_factory=dict)
    dates: dict[str, tuple[str, str]] = field(default_factory=dict)

    def same(self, node_id: str) -> str:
        """The id a node is known by after all merges."""
        seen = {node_id}
        while (other := self.merges.get(node_id)) and other not in seen:
            node_id = other
            seen.add(node_id)
        return node_id


def rulings(decisions: Iterable[Decision]) -> Rulings:
    """The effect of `decisions`: what was taken back is gone, what was decided last counts."""
    found = Rulings()
    for d in standing(decisions):
        if d.kind == "accept":
            found.rejected.discard(d.subject)
            found.accepted.add(d.subject)
        elif d.kind == "reject":
            found.accepted.discard(d.subject)
            found.rejected.add(d.subject)
        elif d.kind == "merge":
            if found.same(d.value) != d.subject:  # else the two would chase each other
                found.merges[d.subject] = d.value
        elif d.kind == "apart":
            found.apart[d.subject] = d.value or d.subject.partition("|")[2]
        elif d.kind == "role":
            found.roles[d.subject] = (ROLES.get(d.value, ""), d.id)
        elif d.kind == "date":
            found.dates[d.subject] = (d.value, d.id)
    return found
