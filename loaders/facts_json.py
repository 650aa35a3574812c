"""Documents ⇄ the JSON that `zeren extract --json` prints and the library keeps.

The annotation schema of the gold files, with spans: `leads`, `responsible`, `assists`, `collective` and `years` are
lists of plain values as annotators write them; `assignments` and `deadlines` carry the same with their evidence.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from functools import cache, partial
from typing import Any, get_args, get_type_hints

from loaders import facts
from loaders.extract.dates import years
from loaders.facts import Document, Task

_LISTS = {"lead": "leads", "responsible": "responsible", "assist": "assists"}


def to_json(document: Document) -> dict[str, Any]:
    """A document as plain JSON values."""
    out: dict[str, Any] = _plain(document)
    for task, plain in zip(document.tasks, out["tasks"], strict=True):
        plain |= _annotation(task)
    for group in out["groups"]:
        for member in group["members"]:
            member["post_bodies"] = [p["body"] for p in member["posts"]]
            member["posts"] = [p["title"] for p in member["posts"]]
        group["unit_evidence"] = group["member_units"]
        group["member_units"] = [u["unit"] for u in group["unit_evidence"]]
    return out


def _annotation(task: Task) -> dict[str, Any]:
    roles: dict[str, list[str]] = {name: [] for name in _LISTS.values()}
    for a in task.assignments:
        roles[_LISTS[a.role]].append(a.unit)
    collective = list(dict.fromkeys(a.unit for a in task.assignments if a.collective))
    return roles | {"collective": collective, "years": years(task.deadlines)}


def from_json(plain: dict[str, Any]) -> Document:
    """The document that `to_json` wrote. Raises KeyError or TypeError when it is of another version."""
    plain = dict(plain)
    plain["groups"] = [
        group
        | {
            "members": [
                m | {"posts": [{"title": t, "body": b} for t, b in zip(m["posts"], m["post_bodies"], strict=True)]}
                for m in group["members"]
            ],
            "member_units": group["unit_evidence"],
        }
        for group in plain["groups"]
    ]
    return typing.cast(Document, _build(Document, plain))


def _plain(fact: Any) -> dict[str, Any]:  # noqa: ANN401
    """A dataclass as plain values."""
    kind: type = type(fact)
    return {
        name: value if inner is None else _each(_plain, value)
        for name, inner in _plan(kind)
        for value in (getattr(fact, name),)
    }


def _build(kind: Any, plain: dict[str, Any]) -> Any:  # noqa: ANN401
    """A dataclass from its plain values."""
    return kind(**{
        name: plain[name] if inner is None else _each(partial(_build, inner), plain[name])
        for name, inner in _plan(kind)
        if name in plain
    })


def _each(turn: Callable[[Any], Any], value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [turn(v) for v in value]
    return None if value is None else turn(value)


@cache
def _plan(kind: type) -> tuple[tuple[str, type | None], ...]:
    """The fields of a dataclass, each with the dataclass that it, or its list, holds."""
    hints = get_type_hints(kind, vars(facts))
    return tuple((f.name, _inner(hints[f.name])) for f in dataclasses.fields(kind))


def _inner(hint: Any) -> type | None:  # noqa: ANN401
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return hint
    return next((found for a in get_args(hint) if (found := _inner(a))), None)
