"""Graphs made by chance, small and full of circles: what no document would say, but two engines must answer alike."""

# ruff: noqa: E501  (one list a line)
from __future__ import annotations

import random
from pathlib import Path

from graph.model import NODES, RELS, Kind
from graph.store.build import build_graph
from graph.store.rows import RowWriter

REGIONS = ["岚江省", "岚江省宁溪市", "岚江省宁溪市青禾县", "", None]
YEARS = [2019, 2023, 2024, 2025]
# properties whose values queries compare with words of the model
WORDS: dict[str, list[object]] = {
    "region": [*REGIONS], "level": ["national", "provincial", "municipal", "district", "township", None],
    "kind": ["task", "duty", "indicator", "government", "collective", "通知", "方案", "领导小组", None],
    "comparator": [">=", "<=", "=", "~", None], "unit": ["张", "%", "家", None], "indicator": ["养老床位", "低保标准", None],
    "issued_on": ["2019-03-01", "2023-02-01", "2025-12-31", None], "year": [*YEARS, None], "issued_year": [*YEARS, None],
    "starts_on": ["2019-01-01", "2025-01-01", "2025-06-01", None], "ends_on": ["2019-12-31", "2025-12-31", None],
    "from_date": ["2022-01-01", None], "until_date": ["2024-01-01", None], "value": [0.0, 5.0, 12.5, 600.0, None],
    "value_max": [20.0, None], "position": [1, 2, 3, None], "rank": [1, 2, None], "rule": ["label:牵头单位", "heading-total", None],
    "function": ["民政", "财政", "养老", "", None], "role": ["组长", "成员", "成员单位", None],
}  # fmt: skip
TEXTS = ["养老服务", "提升养老服务能力", "社会救助", "财政资金,保障2025年", "“引号”'与\\反斜线", "", None]
TITLES = ["养老服务规划", "社会救助方案", "关于2025年重点工作的通知", "养老服务规划"]


def build(folder: Path, seed: int) -> Path:
    """Write graph number `seed` under `folder` and return its file."""
    chance = random.Random(seed)
    ids: dict[str, list[str]] = {}
    with RowWriter(folder / "rows") as writer:
        for node in NODES:
            ids[node.label] = [f"{node.label}{n}" for n in range(chance.randint(2, 7))]
            if node.label == "Period":
                ids[node.label] = [str(y) for y in YEARS] + ["2025-06"]
            for ident in ids[node.label]:
                rest = list(node.properties.items())[1:]
                writer.node(node.label, ident, *(_value(chance, p, k) for p, k in rest))
        for rel in RELS:
            for start, end in rel.pairs:
                for number in range(chance.randint(0, 9)):
                    ends = chance.choice(ids[start]), chance.choice(ids[end])  # also to itself, also twice
                    # said twice, it is said in other words
                    values = {p: _value(chance, p, k) for p, k in rel.properties.items()}
                    values |= {"quote": f"{values['quote'] or ''}({number})"} if "quote" in values else {}
                    writer.rel(rel.name, start, end, *ends, *values.values())
    path = folder / "graph.lbug"
    build_graph(writer.rows, path)
    return path


def _value(chance: random.Random, name: str, kind: Kind) -> object:
    if name in WORDS:
        return chance.choice(WORDS[name])
    if kind == "STRING[]":
        if name == "years":
            return chance.sample([str(y) for y in YEARS], chance.randint(0, 2))
        return [f"{chance.choice('abc') * 16}:{chance.randint(0, 9)}:20" for _ in range(chance.randint(0, 2))]
    if kind == "STRING":
        # captions are never null: queries show them
        return chance.choice(TITLES if name in ("title", "name", "label", "full_name", "doc_number") else TEXTS)
    return {"BOOL": chance.random() < 0.5, "INT64": chance.randint(0, 3), "DOUBLE": chance.random()}[kind]
