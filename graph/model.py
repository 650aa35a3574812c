"""The graph model, declared once as data. DDL, constraints, import headers and captions derive from it.

Two kinds of property: TEXT-like, INT, FLOAT, BOOL and LIST (of text). Dates are ISO text (`2025-06-30`), so that both
stores compare them alike. Every relationship that was read from a text carries `EVIDENCE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["STRING", "INT64", "DOUBLE", "BOOL", "STRING[]"]


@dataclass(frozen=True, slots=True)
class NodeType:
    """A label, its properties in column order (`id` first) and the one that names it to people."""

    label: str
    properties: dict[str, Kind]
    caption: str


@dataclass(frozen=True, slots=True)
class RelType:
    """A relationship type, the (from, to) labels it may join, and its properties in column order."""

    name: str
    pairs: tuple[tuple[str, str], ...]
    properties: dict[str, Kind]


# evidence: `source_id:start:end` in raw code points, one per source that says it
EVIDENCE: dict[str, Kind] = {"quote": "STRING", "evidence": "STRING[]", "rule": "STRING"}

NODES: tuple[NodeType, ...] = (
    NodeType(
        "Source",
        {
            "id": "STRING",
            "name": "STRING",
            "path": "STRING",
            "media_type": "STRING",
            "bytes": "INT64",
            "loaded_at": "STRING",
            "extractor": "STRING",
        },
        "name",
    ),
    NodeType(
        "Document",
        {
            "id": "STRING",
            "title": "STRING",
            "doc_number": "STRING",
            "kind": "STRING",
            "level": "STRING",
            "region": "STRING",
            "issued_on": "STRING",
            "issued_year": "INT64",
            "held": "BOOL",
        },
        "title",
    ),
    NodeType(
        "Task",
        {
            "id": "STRING",
            "number": "STRING",
            "title": "STRING",
            "text": "STRING",
            "section": "STRING",
            "years": "STRING[]",
            "kind": "STRING",
            "position": "INT64",
            "quote": "STRING",
            "evidence": "STRING[]",
            "rule": "STRING",
        },
        "title",
    ),
    NodeType(
        "Target",
        {
            "id": "STRING",
            "text": "STRING",
            "indicator": "STRING",
            "comparator": "STRING",
            "value": "DOUBLE",
            "value_max": "DOUBLE",
            "unit": "STRING",
            "year": "INT64",
            "quote": "STRING",
            "evidence": "STRING[]",
            "rule": "STRING",
        },
        "text",
    ),
    NodeType("Period", {"id": "STRING", "label": "STRING", "starts_on": "STRING", "ends_on": "STRING"}, "label"),
    NodeType(
        "Department",
        {
            "id": "STRING",
            "name": "STRING",
            "full_name": "STRING",
            "aliases": "STRING[]",
            "function": "STRING",
            "level": "STRING",
            "region": "STRING",
            "kind": "STRING",
            "review": "BOOL",
        },
        "name",
    ),
    NodeType("Person", {"id": "STRING", "name": "STRING"}, "name"),
    NodeType("LeadingGroup", {"id": "STRING", "name": "STRING", "kind": "STRING"}, "name"),
)

RELS: tuple[RelType, ...] = (
    RelType("CARRIES", (("Source", "Document"),), {"start_offset": "INT64", "end_offset": "INT64"}),
    RelType("ISSUED", (("Department", "Document"),), EVIDENCE),
    RelType("ASSIGNS", (("Document", "Task"),), EVIDENCE),
    RelType("LEADS", (("Department", "Task"),), EVIDENCE),
    RelType("RESPONSIBLE_FOR", (("Department", "Task"),), EVIDENCE),
    RelType("ASSISTS", (("Department", "Task"),), EVIDENCE),
    RelType("ANSWERS_FOR", (("Person", "Task"),), {"post": "STRING", **EVIDENCE}),
    RelType("CITES", (("Document", "Document"), ("Task", "Document")), {"basis": "STRING", **EVIDENCE}),
    RelType("SETS", (("Document", "Target"),), EVIDENCE),
    RelType("AIMS_AT", (("Task", "Target"),), EVIDENCE),
    RelType("DUE_IN", (("Target", "Period"), ("Task", "Period")), EVIDENCE),
    RelType("COVERS", (("Document", "Period"),), {"phase": "STRING", **EVIDENCE}),
    RelType("WITHIN", (("Period", "Period"),), {"rule": "STRING"}),
    RelType("ESTABLISHES", (("Document", "LeadingGroup"),), EVIDENCE),
    RelType(
        "MEMBER_OF",
        (("Person", "LeadingGroup"), ("Department", "LeadingGroup")),
        {"role": "STRING", "post": "STRING", "rank": "INT64", **EVIDENCE},
    ),
    RelType("OFFICE_IN", (("LeadingGroup", "Department"),), EVIDENCE),
    RelType(
        "HOLDS_POST",
        (("Person", "Department"),),
        {"title": "STRING", "from_date": "STRING", "until_date": "STRING", **EVIDENCE},
    ),
    RelType("SUCCEEDED_BY", (("Department", "Department"),), {"year": "INT64", "basis": "STRING", "rule": "STRING"}),
    RelType("PART_OF", (("Department", "Department"),), {"rule": "STRING"}),
)

NODE: dict[str, NodeType] = {n.label: n for n in NODES}
REL: dict[str, RelType] = {r.name: r for r in RELS}
