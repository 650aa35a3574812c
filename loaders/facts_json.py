"""Documents ⇄ the JSON that `zeren extract --json` prints and the library keeps.

The annotation schema of the gold files, with spans: `leads`, `responsible`, `assists`, `collective` and `years` are
lists of plain values as annotators write them; `assignments` and `deadlines` carry the same with their evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from graph.errors import LibraryError
from loaders.extract.dates import years
from loaders.facts import Document, Group, Task

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
    try:
        return msgspec.convert(plain | {"groups": list(map(_group, plain["groups"]))}, Document)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def _group(plain: dict[str, Any]) -> dict[str, Any]:
    """A group as the dataclass has it: posts with their bodies, units with their evidence."""
    members = [
        m | {"posts": [{"title": t, "body": b} for t, b in zip(m["posts"], m["post_bodies"], strict=True)]}
        for m in plain["members"]
    ]
    return plain | {"members": members, "member_units": plain["unit_evidence"]}


@dataclass(slots=True, kw_only=True)
class _Kept(Document):
    groups: list[Any]


@dataclass(slots=True)
class _File:
    documents: list[_Kept]


_FILE = msgspec.json.Decoder(_File)


def from_file(file: Path) -> Sequence[Document]:
    """The documents of a facts file, without the detour over plain values. Raises LibraryError."""
    try:
        documents = _FILE.decode(file.read_bytes()).documents
        for document in documents:
            document.groups = msgspec.convert(list(map(_group, document.groups)), list[Group])
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
        raise LibraryError(f"{file} is damaged: {error}", f"{file} 已损坏。") from error
    return documents
