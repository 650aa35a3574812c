"""Documents ⇄ the JSON that `zeren extract --json` prints and the library keeps.

The annotation schema of the gold files, with spans: `leads`, `responsible`, `assists`, `collective` and `years` are
lists of plain values as annotators write them; `assignments` and `deadlines` carry the same with their evidence.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any, get_args, get_origin, get_type_hints

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


def _plain(value: Any) -> Any:  # noqa: ANN401
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {n: _plain(getattr(value, n)) for n in _names(type(value))}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value


_NAMES: dict[type, tuple[str, ...]] = {}
_HINTS: dict[type, dict[str, Any]] = {}


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(f.name for f in dataclasses.fields(kind))
    return _NAMES[kind]


def _build(kind: Any, value: Any) -> Any:  # noqa: ANN401
    """A dataclass, list or plain value from its JSON form."""
    if value is None:
        return None
    if get_origin(kind) is list:
        inner = get_args(kind)[0]
        return [_build(inner, v) for v in value]
    if get_origin(kind) in (typing.Union, types.UnionType):
        inner = [a for a in get_args(kind) if a is not type(None)]
        return _build(inner[0], value) if len(inner) == 1 else value
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind not in _HINTS:
            _HINTS[kind] = get_type_hints(kind, vars(facts))
        hints = _HINTS[kind]
        return kind(**{n: _build(hints[n], value[n]) for n in _names(kind) if n in value})
    return value
