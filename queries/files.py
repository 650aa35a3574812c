"""The canned queries as files that Neo4j Browser and cypher-shell run as they are.

A file begins with `:param` lines, one for each parameter, which are what a person changes; then the file of `cypher/`
follows: its head as a comment, its statements ended by `;`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from graph.errors import UnknownName, ZerenError
from graph.store import Store
from queries.catalog import Param, Query, catalog, given_names
from queries.run import bind, understand

ROWS = 500
_FIRST = "MATCH (n:{0})-[r]-(m) RETURN n.id AS ident, count(*) AS n ORDER BY n DESC, ident LIMIT 1"


def write(folder: Path, store: Store) -> list[Path]:
    """Write every canned query to `folder/<group>/<name>.cypher`. Raises ZerenError when that cannot be written."""
    written = []
    for query in catalog().values():
        path = folder / query.group / f"{query.name}.cypher"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text(query, store), "utf-8")
        except OSError as error:
            raise ZerenError(f"Cannot write {path}: {error.strerror}", f"无法写入 {path}:{error.strerror}") from error
        written.append(path)
    return written


def text(query: Query, store: Store) -> str:
    """A query with the parameters of its example; those that name something not in the graph get one that is."""
    given = {p.name: _example(query, p, store) for p in query.params if p.required}
    resolved = understand(store, query, {n: v for n, v in given.items() if v})
    whole = " ".join(s for s in (query.rows, query.picture, query.count) if s)
    values = bind(whole, query, resolved, ROWS)
    lines = [f":param {name} => {literal(values[name])}" for name in sorted(given_names(query.params) & values.keys())]
    return "\n".join([*lines, query.text.strip(), ""])


def _example(query: Query, param: Param, store: Store) -> str:
    try:
        understand(store, query, {**{p.name: p.example for p in query.params if p.required}, param.name: param.example})
    except UnknownName:
        rows = store.run(_FIRST.format(param.type)) if param.type[0].isupper() else []
        return str(rows[0]["ident"]) if rows else param.example
    return param.example


def literal(value: object) -> str:
    """A parameter's value as Cypher writes it."""
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
    return json.dumps(value)


def table(language: str) -> str:
    """All canned queries as a Markdown table: name, what it answers, parameters."""
    heads: Mapping[str, tuple[str, str, str]] = {
        "en": ("Query", "What it answers", "Parameters"), "zh": ("查询", "回答什么", "参数"),
    }  # fmt: skip
    lines = ["| " + " | ".join(heads[language]) + " |", "| --- | --- | --- |"]
    for query in catalog().values():
        given = ", ".join(f"`{p.name}`" if p.required else f"[`{p.name}`]" for p in query.params)
        path = f"cypher/{query.group}/{query.name}.cypher"
        lines.append(f"| [{query.name}]({path}) | {query.title[language]} | {given} |")
    return "\n".join(lines)
