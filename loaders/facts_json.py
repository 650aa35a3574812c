"""Documents ⇄ the JSON that `zeren extract --json` prints and the library keeps.

The annotation schema of the gold files, with spans: `leads`, `responsible`, `assists`, `collective` and `years` are
lists of plain values as annotators write them; `assignments` and `deadlines` carry the same with their evidence.
"""

from __future__ import annotations

from typing import Any

import msgspec

from loaders.extract.dates import years
from loaders.facts import Document, Task

_LISTS = {"lead": "leads", "responsible": "responsible", "assist": "assists"}


def to_json(document: Document) -> dict[str, Any]:
    """A document as plain JSON values."""
    out: dict[str, Any] = msgspec.to_builtins(document)
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
    """The document that `to_json` wrote. Raises KeyError or ValueError when it is of another version."""
    groups = [
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
    try:
        return msgspec.convert(plain | {"groups": groups}, Document)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
