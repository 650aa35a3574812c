"""Neo4j's own analyser finds nothing in any canned query, read as Cypher 5 and as Cypher 25. Needs no server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graph.model import NODES, RELS
from queries.catalog import Query, catalog, given_names

FOLDER = Path(__file__).parents[2] / "ci" / "cypher"
# of a server's functions those that both stores have and the canned queries use
FUNCTIONS = (
    "abs", "avg", "coalesce", "collect", "count", "labels", "left", "length", "max", "min", "properties", "size", "sum",
    "toLower", "type",
)  # fmt: skip
_KNOWN = {
    name: {"name": name, "signature": f"{name}(input :: ANY) :: ANY", "category": "", "description": "",
           "isBuiltIn": True, "argumentDescription": [], "returnDescription": "ANY", "aggregating": False,
           "isDeprecated": False}
    for name in FUNCTIONS
}  # fmt: skip
SCHEMA = {
    "labels": [n.label for n in NODES],
    "relationshipTypes": [r.name for r in RELS],
    "propertyKeys": sorted({p for kind in (*NODES, *RELS) for p in kind.properties}),
    "procedures": {}, "functions": {"CYPHER 5": _KNOWN, "CYPHER 25": _KNOWN},
}  # fmt: skip


def findings(statements: list[dict[str, str]], parameters: dict[str, object]) -> list[dict[str, Any]]:
    if not shutil.which("node") or not (FOLDER / "node_modules").exists():
        assert not os.environ.get("CI"), "CI needs node and `make neo4j`"
        pytest.skip("needs node and its packages: make neo4j")
    schema, given = json.dumps({**SCHEMA, "parameters": parameters}), json.dumps(statements)

    def version(name: str) -> list[dict[str, Any]]:
        line = ["node", FOLDER / "lint.mjs", name, schema]
        done = subprocess.run(line, input=given, capture_output=True, text=True, check=True)
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    with ThreadPoolExecutor() as pool:  # nearly a second a statement: both versions at once
        return [f for found in pool.map(version, ("5", "25")) for f in found]


def statements(query: Query) -> list[dict[str, str]]:
    return [{"name": f"{query.name} {part}", "statement": getattr(query, part)}
            for part in ("rows", "picture", "count") if getattr(query, part)]  # fmt: skip


@pytest.mark.matrix
def test_the_analyser_has_nothing_to_say() -> None:
    given: dict[str, object] = {n: "" for q in catalog().values() for n in given_names(q.params)}
    listed = [s for query in catalog().values() for s in statements(query)]
    found = findings(listed, given)
    print(f"{len(listed)} statements of {len(catalog())} files analysed as Cypher 5 and 25, {len(found)} findings")
    assert not found, "\n".join(f"{f['name']} (Cypher {f['version']}), line {f['line']}: {f['message']}" for f in found)


def test_the_analyser_finds_what_is_wrong() -> None:
    wrong = ["MATCH (n:Tsak) RETURN n.title AS x", "MATCH (n:Task) RETURN id(n) AS x", "MATCH (n:Task) RETURN m AS x"]
    right = "MATCH (n:Task) RETURN n.id AS x, type(NULL) AS y, coalesce(n.title, '') AS z"
    found = findings([{"name": str(i), "statement": s} for i, s in enumerate([*wrong, right])], {})
    assert {(f["name"], f["version"]) for f in found} == {(str(i), v) for i in range(3) for v in ("5", "25")}
