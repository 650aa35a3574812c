"""The canned queries: every file under `cypher/`, read, checked and described.

A file is one query (design §6): a YAML head in `/* */`, then statements, each under a comment line that names it and
ended by `;`:

- `// rows`     the table. Required.
- `// picture`  the same as nodes and relationships, in the eight `PICTURE_COLUMNS`.
- `// count`    one row: `total`, the number of rows without a limit. In `audit/` two numbers: `failing` (distinct
  identities among the rows) of `total` (everything that was checked).

The file's name is the query's name, its folder the group. Nothing else lists queries: a new file is a new page entry,
command and answer of `ask`. Checks on load raise `QueryError` naming the file and the cause.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import queries
from graph.errors import QueryError
from queries import lint
from queries.lint import ROW_LIMIT

FOLDER = Path(queries.__file__).parent.parent / "cypher"
PICTURE_COLUMNS = (
    "source_id", "source_labels", "source_properties", "rel_type", "rel_properties",
    "target_id", "target_labels", "target_properties",
)  # fmt: skip
# `Task` is found by id or title, `Region` by any part of its path; the others are named in design §6.
PARAM_TYPES = (
    "Department", "Document", "Person", "LeadingGroup", "Task", "Region", "Year", "Text", "Date", "Int", "Choice",
)  # fmt: skip
GROUPS = ("accountability", "targets", "chains", "groups", "audit", "explore")

_HEAD = re.compile(r"\A\s*/\*(.*?)\*/", re.S)
_PART = re.compile(r"^//\s*(rows|picture|count)\s*$", re.M)
_HEAD_KEYS = {"title", "help", "ask", "params", "identity", "sort", "failing"}
Words = dict[str, str]  # language (zh, en) → text


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter. Without a `default` it must be given; `''` and `0` mean "any" where the default is that."""

    name: str
    type: str
    title: Words
    help: Words
    default: str | None
    example: str
    choices: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Query:
    """One canned query. `rows`, `picture` and `count` are statements without `;` (empty when the file has none)."""

    name: str
    group: str
    title: Words
    help: Words
    ask: dict[str, tuple[str, ...]]
    params: tuple[Param, ...]
    rows: str
    picture: str
    count: str
    columns: tuple[str, ...]  # of the rows, in order
    identity: tuple[str, ...]  # columns holding the ids of the nodes a row is about; all are in the picture
    sort: tuple[str, ...]  # rows are sorted by these in Python; empty when the statement orders them itself
    text: str  # the whole file, to show and to copy
    path: Path

    @property
    def is_audit(self) -> bool:
        """Whether the rows are findings, and the count says `failing` of `total`."""
        return self.group == "audit"

    def param(self, name: str) -> Param:
        """The parameter `name`; KeyError when there is none."""
        return next(p for p in self.params if p.name == name)


@functools.cache
def catalog(folder: Path = FOLDER) -> dict[str, Query]:
    """All canned queries by name, in the order of `GROUPS` and then of names. Read once per process."""
    found: dict[str, Query] = {}
    known = {g: i for i, g in enumerate(GROUPS)}
    for path in sorted(folder.glob("*/*.cypher"), key=lambda p: (known.get(p.parent.name, len(known)), p)):
        query = read(path)
        if query.name in found:
            raise QueryError(f"{path}: a query called {query.name} is already in {found[query.name].path}")
        found[query.name] = query
    return found


@functools.cache
def words(folder: Path = FOLDER) -> dict[str, Any]:
    """`cypher/words.yaml`: names of columns, parameters, groups and values in both languages."""
    data: dict[str, Any] = yaml.safe_load((folder / "words.yaml").read_text("utf-8"))
    return data


def column_title(column: str, language: str) -> str:
    """The heading of a column (or parameter) in `language`; the name itself, spaced, for one nobody has named."""
    entry: Words = words()["columns"].get(column, {})
    if not entry and column.endswith("_id"):
        return column_title(column.removesuffix("_id"), language) + ("编号" if language == "zh" else " id")
    return entry.get(language) or column.replace("_", " ")


def visible(columns: Iterable[str]) -> tuple[str, ...]:
    """The columns that people are shown: without ids, offsets and order."""
    hidden = set(words()["hidden"])
    return tuple(c for c in columns if c not in hidden and not c.endswith("_id"))


def group_title(group: str, language: str) -> str:
    """What people call a folder of `cypher/`."""
    entry: Words = words()["groups"].get(group, {})
    return entry.get(language) or group


def value_title(column: str, value: object, language: str) -> str:
    """A value as people read it: `LEADS` → 牵头. Values of columns without a vocabulary come back as text."""
    known = words()["values"]
    entry: Words = known.get(column, known.get(column.removeprefix("other_"), {})).get(str(value), {})
    return entry.get(language, str(value))


def read(path: Path) -> Query:
    """One query file, checked. Raises QueryError naming the file and what is wrong with it."""
    text = path.read_text("utf-8")
    try:
        return _checked(path, text)
    except (QueryError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise QueryError(f"{path}: {error}") from error


def _checked(path: Path, text: str) -> Query:
    head = _HEAD.match(text)
    if not head:
        raise QueryError("no YAML head in /* */ at the top")
    data = yaml.safe_load(head[1])
    if unknown := set(data) - _HEAD_KEYS:
        raise QueryError(f"unknown keys in the head: {', '.join(sorted(unknown))}")
    parts = _statements(text[head.end() :])
    params = tuple(_param(name, spec) for name, spec in (data.get("params") or {}).items())
    columns = lint.columns(parts["rows"])
    query = Query(
        name=path.stem,
        group=path.parent.name,
        title=_words(data["title"], "title"),
        help=_words(data["help"], "help"),
        ask={lang: tuple((data.get("ask") or {}).get(lang) or ()) for lang in ("zh", "en")},
        params=params,
        rows=parts["rows"],
        picture=parts.get("picture", ""),
        count=parts.get("count", ""),
        columns=columns,
        identity=tuple(data["identity"]),
        sort=tuple(data.get("sort") or (columns if lint.is_union(parts["rows"]) else ())),
        text=text,
        path=path,
    )
    problems = list(_problems(query))
    if problems:
        raise QueryError("; ".join(problems))
    return query


def _statements(body: str) -> dict[str, str]:
    pieces = _PART.split(body)
    if pieces[0].strip():
        raise QueryError("text before the first `// rows`")
    parts: dict[str, str] = {}
    for name, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        statement = piece.strip()
        if not statement.endswith(";") or ";" in lint.bare(statement)[:-1]:
            raise QueryError(f"{name} must be one statement ended by ;")
        if name in parts:
            raise QueryError(f"two statements called {name}")
        parts[name] = statement[:-1].rstrip()
    if "rows" not in parts:
        raise QueryError("no `// rows` statement")
    return parts


def _param(name: str, spec: dict[str, Any]) -> Param:
    if spec["type"] not in PARAM_TYPES:
        raise QueryError(f"parameter {name} has the unknown type {spec['type']}")
    choices = tuple(str(c) for c in spec.get("choices") or ())
    default = spec.get("default")
    if spec["type"] == "Choice" and (not choices or (default is not None and str(default) not in choices)):
        raise QueryError(f"parameter {name} needs choices with the default among them")
    if "example" not in spec:
        raise QueryError(f"parameter {name} has no example")
    title = {lang: column_title(name, lang) for lang in ("zh", "en")}
    return Param(
        name=name,
        type=spec["type"],
        title=title,
        help=_words(spec.get("help") or title, f"help of {name}"),
        default=None if default is None else str(default),
        example=str(spec["example"]),
        choices=choices,
    )


def _words(value: Words, what: str) -> Words:
    if not isinstance(value, dict) or not value.get("zh") or not value.get("en"):
        raise QueryError(f"{what} must be given in zh and en")
    return {"zh": str(value["zh"]), "en": str(value["en"])}


def given_names(params: tuple[Param, ...]) -> set[str]:
    """Names a statement may use: the declared ones, `NAME_text` beside each Year, and the row limit."""
    return {p.name for p in params} | {f"{p.name}_text" for p in params if p.type == "Year"} | {ROW_LIMIT}


def _problems(query: Query) -> list[str]:
    found: list[str] = []
    parts = {"rows": query.rows, "picture": query.picture, "count": query.count}
    used: set[str] = set()
    for name, statement in parts.items():
        if statement:
            used |= lint.parameters(statement)
            found += [f"{name}: {p}" for p in lint.problems(statement, name)]
    declared = {p.name for p in query.params}
    found += [f"${n} is used but not declared" for n in sorted(used - given_names(query.params))]
    found += [
        f"${p.name} is declared but not used" for p in query.params if not used & {p.name, f"{p.name}_text"}
    ]
    found += [f"${ROW_LIMIT} may not be declared"] if ROW_LIMIT in declared else []
    found += [f"identity column {c} is not returned" for c in query.identity if c not in query.columns]
    found += [f"sort column {c} is not returned" for c in query.sort if c not in query.columns]
    if query.picture and lint.columns(query.picture) != PICTURE_COLUMNS:
        found.append("the picture must return " + ", ".join(PICTURE_COLUMNS))
    expected = ("failing", "total") if query.is_audit else ("total",)
    if (query.count or query.is_audit) and lint.columns(query.count) != expected:
        found.append(f"the count must return {' and '.join(expected)}")
    if lint.is_union(query.rows) and lint.is_cut(query.rows) and not query.count:
        found.append("rows that are cut need a count")
    if not query.identity:
        found.append("no identity columns")
    return found
