# ruff: noqa: E501  (one case a line)
from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import QueryError
from queries import catalog as catalogs
from queries import lint
from queries.catalog import GROUPS, catalog

HEAD = """/*
title: {zh: 试, en: try}
help: {zh: 试, en: try}
params:
  region: {type: Text, default: "", example: 青禾县}
identity: [task_id]
*/
"""
GOOD = """// rows
MATCH (t:Task) WHERE t.section = $region RETURN t.id AS task_id ORDER BY task_id LIMIT $row_limit;
"""


def written(tmp_path: Path, text: str, group: str = "explore") -> Path:
    path = tmp_path / group / "try-it.cypher"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_folder_is_read_whole() -> None:
    found = catalog()
    assert len(found) >= 30
    assert {q.group for q in found.values()} == set(GROUPS)
    assert catalog() is found


@pytest.mark.parametrize("name", list(catalog()))
def test_words_in_both_languages(name: str) -> None:
    query = catalog()[name]
    columns = catalogs.words()["columns"]
    for text in (query.title, query.help, *(p.help for p in query.params)):
        assert text["zh"] and text["en"] and text["en"].isascii() and not text["zh"].isascii()
    for language in ("zh", "en"):
        assert len(query.ask[language]) >= 2, language
    shown = [c for c in (*query.columns, *(p.name for p in query.params)) if not c.endswith("_id")]
    assert [c for c in shown if c not in columns] == []
    for param in query.params:
        for choice in param.choices:
            assert catalogs.value_title(param.name, choice, "zh") != choice


def test_a_file_is_a_query(tmp_path: Path) -> None:
    query = catalogs.read(written(tmp_path, HEAD + GOOD))
    assert (query.name, query.group, query.columns, query.identity) == ("try-it", "explore", ("task_id",), ("task_id",))
    assert query.params[0].default == "" and not query.params[0].required
    assert not query.rows.endswith(";") and query.text.startswith("/*")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (GOOD, "no YAML head"),
        (HEAD.replace("identity: [task_id]", "identity: [other_id]") + GOOD, "identity column other_id is not returned"),
        (HEAD.replace("identity: [task_id]\n", "identity: []\n") + GOOD, "no identity columns"),
        (HEAD.replace("en: try}\nhelp", "}\nhelp") + GOOD, "parsing"),
        (HEAD.replace("help:", "hlep:") + GOOD, "unknown keys"),
        (HEAD.replace("type: Text", "type: Txet") + GOOD, "unknown type"),
        (HEAD.replace(", example: 青禾县", "") + GOOD, "no example"),
        (HEAD + GOOD.replace("$region", "$district"), "$district is used but not declared"),
        (HEAD + GOOD.replace("$region", "'x'"), "$region is declared but not used"),
        (HEAD + GOOD.replace(";", ""), "ended by ;"),
        (HEAD + GOOD + "// count\nMATCH (t:Task) RETURN count(*) AS n;", "the count must return total"),
        (HEAD + GOOD + "// picture\nMATCH (t:Task) RETURN t.id AS a ORDER BY a LIMIT $row_limit;", "the picture must return"),
        (HEAD + GOOD + GOOD, "two statements called rows"),
        (HEAD, "rows"),
    ],
)
def test_a_bad_file_is_named_with_its_cause(tmp_path: Path, text: str, cause: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(QueryError) as caught:
        catalogs.read(path)
    assert str(path) in caught.value.message
    if cause != "parsing":
        assert cause in caught.value.message


def test_an_audit_must_count(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="failing and total"):
        catalogs.read(written(tmp_path, HEAD + GOOD, "audit"))


@pytest.mark.parametrize(
    ("cypher", "cause"),
    [
        ("MATCH (t:Task) SET t.title = 'x' RETURN t.id AS x", "SET is not reading"),
        ("CALL db.labels() YIELD label RETURN label AS x", "CALL"),
        ("MATCH (t:Task) RETURN id(t) AS x", "id() differs"),
        ("MATCH (t:Task) RETURN elementId(t) AS x", "elementId() differs"),
        ("MATCH (t:Task) RETURN toString(t.position) AS x", "toString() differs"),
        ("MATCH (t:Task) RETURN label(t) AS x", "label() differs"),
        ("MATCH (t:Task) RETURN t.years[0] AS x", "lists count"),
        ("MATCH (t:Task) RETURN t.years[1..2] AS x", "lists count"),
        ("MATCH (t:Task) RETURN [y IN t.years | y] AS x", "list comprehensions"),
        ("MATCH (t:Task), (d:Department) RETURN t.id AS x", "one pattern per MATCH"),
        ("MATCH (t:Task WHERE t.position > 1) RETURN t.id AS x", "WHERE inside"),
        ("MATCH (a:Document)-[:CITES*]->(b:Document) RETURN b.id AS x", "write *0..n"),
        ("MATCH (a:Document)-[:CITES*1..30]->(b:Document) RETURN b.id AS x", "write *0..n"),
        ("MATCH (a:Document)-[:CITES*2..3]->(b:Document) RETURN b.id AS x", "write *0..n"),
        ("MATCH p = shortestPath((a:Document)-[:CITES*1..3]->(b:Document)) RETURN b.id AS x", "shortestPath"),
        ("MATCH (a:Document)-[:CITES|:SETS]->(b) RETURN b.id AS x", "[:A|B]"),
        ("MATCH (a:document) RETURN a.id AS x", "no label or type document"),
        ("MATCH (a:Document) RETURN a.Title AS x", "no property Title"),
        ("MATCH (a:Document) RETURN a.title", "every column needs AS"),
        ("MATCH (a:Document) RETURN a.title AS x, a.id AS x", "a column twice"),
        ("MATCH (a:Document) RETURN a.title AS order", "reserved"),
        ("MATCH (a:Document) WHERE $end = a.id RETURN a.title AS x", "$end is a reserved"),
        ("MATCH (a:Document) WHERE $p IS NULL RETURN a.title AS x", "never null"),
        ("MATCH (a:Document) RETURN a.title || 'x' AS x", "join text with +"),
        ("MATCH (a:Document) WITH a ORDER BY a.id RETURN a.title AS x", "without LIMIT"),
        ("MATCH (a:Document) RETURN a.id AS x UNION MATCH (a:Task) RETURN a.id AS y", "different columns"),
        ("MATCH (a:Document) RETURN a.id AS x ORDER BY x LIMIT $row_limit UNION MATCH (a:Task) RETURN a.id AS x", "each branch of a UNION"),
        ("MATCH (a:Document) RETURN DISTINCT a.id AS x, a.id AS y", "one expression twice"),
        ("MATCH (a:Document) OPTIONAL MATCH (b:Document) WHERE b.title > coalesce(a.title, '') RETURN b.id AS x", "no a: write"),
        ("MATCH (t:Task)<-[:LEADS]-(d:Department) MATCH (d)-[x:ASSISTS]->(t) RETURN x.quote AS x", "two nodes that are known"),
        ("MATCH (t:Task)<-[:LEADS]-(d) WITH DISTINCT t, d MATCH (d)-[x:ASSISTS]->(t) RETURN x.quote AS x", "two nodes that are known"),
        ("MATCH (t:Task)<-[:LEADS]-(d) WITH d, t LIMIT 9 MATCH (d)-[x:ASSISTS]->(t) RETURN x.quote AS x", "two nodes that are known"),
        ("MATCH (a:Document) RETURN a.id AS x", "ORDER BY … LIMIT"),
        ("MATCH (a:Document) RETURN a.id AS x ORDER BY x LIMIT 10", "ORDER BY … LIMIT"),
    ],
)
def test_what_the_stores_read_differently_is_refused(cypher: str, cause: str) -> None:
    assert any(cause in p for p in lint.problems(cypher, "rows")), lint.problems(cypher, "rows")


def test_words_in_text_are_no_code() -> None:
    cypher = "MATCH (t:Task) WHERE t.title CONTAINS 'CALL [0] $x (a), (b)' // SET $y\nRETURN t.id AS x ORDER BY x LIMIT $row_limit"
    assert lint.problems(cypher, "rows") == []
    assert lint.parameters(cypher) == {"row_limit"}
