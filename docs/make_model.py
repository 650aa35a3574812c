"""Writes docs/model.md from `graph.model` and docs/model.yaml: `python docs/make_model.py`.

The model says what there is, the YAML what it means; a word that is missing or left over is an error. A test checks
that the file is current.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from graph.model import EVIDENCE, NODES, RELS
from queries.catalog import value_title

HERE = Path(__file__).parent
FILE = HERE / "model.md"

HEAD = """# The graph model 图谱模型

Made of `graph/model.py` and `docs/model.yaml` by `python docs/make_model.py`; change it there.

What was read from a text carries *evidence*, three properties: `quote`, the sentence as it reads; `evidence`, the
places `source:start:end` that say it, one per source, counted in characters of the source's text; `rule`, the
[rule](reading.md) that read it. What is computed has a `rule` only. Dates are ISO text (`2025-06-30`), so that every
store compares them alike. A property that is not known is absent.

从原文读出的内容都带有三项依据（表中写作 *evidence*）：`quote` 为原句；`evidence` 为出处（`来源:起:止`），每个来源一条，
按来源文本的字符计；`rule` 为[读取规则](reading.md)。由计算得出的只有 `rule`。日期为 ISO 文本（`2025-06-30`）。
未知的属性不写入。
"""
NODE_TABLE = """
## Nodes 节点

| label | 名称 | `id` | what it is | 含义 | properties |
| --- | --- | --- | --- | --- | --- |"""
REL_TABLE = """
## Relationships 关系

| type | 名称 | from → to | what it says | 含义 | properties |
| --- | --- | --- | --- | --- | --- |"""


def text() -> str:
    """The whole file. Raises SystemExit when model and words do not fit each other."""
    words: dict[str, dict[str, dict[str, str]]] = yaml.safe_load((HERE / "model.yaml").read_text("utf-8"))
    nodes, rels = words["nodes"], words["relationships"]
    if wrong := ({n.label for n in NODES} ^ set(nodes)) | ({r.name for r in RELS} ^ set(rels)):
        raise SystemExit(f"docs/model.yaml does not fit graph/model.py: {', '.join(sorted(wrong))}")
    lines = [HEAD, "```mermaid", "graph LR"]
    lines += [f"  {start} -->|{rel.name}| {end}" for rel in RELS for start, end in rel.pairs]
    lines += ["```", NODE_TABLE]
    for node in NODES:
        said = nodes[node.label]
        lines.append(_row(f"`{node.label}`", value_title("node_labels", node.label, "zh"), said["id"], said["en"],
                          said["zh"], _properties({p: t for p, t in node.properties.items() if p != "id"})))
    lines.append(REL_TABLE)
    for rel in RELS:
        said = rels[rel.name]
        pairs = ", ".join(f"{start} → {end}" for start, end in rel.pairs)
        lines.append(_row(f"`{rel.name}`", value_title("rel_type", rel.name, "zh"), pairs, said["en"], said["zh"],
                          _properties(rel.properties)))
    return "\n".join(lines) + "\n"  # fmt: skip


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _properties(properties: Mapping[str, Any]) -> str:
    """Their names, with the type where it is not text; the three of evidence as one word."""
    evidenced = set(EVIDENCE) <= set(properties)
    own = {p: t for p, t in properties.items() if not (evidenced and p in EVIDENCE)}
    names = [f"`{p}`" + ("" if t == "STRING" else f" {t}") for p, t in own.items()]
    return ", ".join(names + ["*evidence*"] * evidenced)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
