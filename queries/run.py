"""Run a canned query: parameters read and resolved, statements run, rows sorted.

    answer = run(store, "department-tasks", {"department": "县民政局", "year": "2023"})
    answer.rows, answer.total, answer.params["department"].name

Reads only. Parameter values never become part of a statement.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph.errors import QueryError
from graph.store import Store
from queries import lint
from queries.catalog import Param, Query, catalog, value_title
from queries.lint import ROW_LIMIT
from queries.names import Resolved, resolve

MAX_ROWS = 100_000
PICTURE_NODES = 150  # more can be drawn, but not read
_EDGES_PER_NODE = 4  # relationships fetched for each node that may be shown
_MAX_TEXT = 200
_RESOLVED = ("Department", "Document", "Person", "LeadingGroup", "Task", "Region")


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a query. `total` counts all rows, shown or not; in an audit it is what was checked, `failing` of it."""

    query: Query
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    total: int
    failing: int | None
    params: dict[str, Resolved]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a picture. `properties` hold no nulls."""

    id: str
    label: str
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship of a picture, from `source` to `target` (ids)."""

    source: str
    target: str
    type: str
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a query's answer looks like. `truncated`: there is more than is shown."""

    nodes: list[Node]
    edges: list[Edge]
    truncated: bool


def run(
    store: Store, query: Query | str, params: Mapping[str, str] | None = None, *, limit: int = 500,
    today: date | None = None,
) -> Answer:  # fmt: skip
    """The rows of a query, at most `limit`, and how many there are.

    `params` are texts as people write them; what is missing takes its default. `today` stands for the day in default
    dates. Raises UnknownName for a name that fits nothing or several things, QueryError for any other bad parameter.
    """
    query = find(query)
    resolved = understand(store, query, params or {}, today=today)
    limit = max(1, min(limit, MAX_ROWS))
    rows = _sorted(query, [_tidy(r) for r in store.run(query.rows, bind(query.rows, query, resolved, limit))])
    # fewer rows than asked for are all there are; an audit also counts what it checked
    ask = query.count and (query.is_audit or len(rows) >= limit)
    counts = store.run(query.count, bind(query.count, query, resolved, limit))[0] if ask else {}
    total = counts.get("total", len(rows))
    failing = counts.get("failing")
    truncated = len(rows) > limit or (failing is None and total > len(rows))
    if failing is not None:
        truncated = truncated or failing > len({tuple(r[c] for c in query.identity) for r in rows[:limit]})
    return Answer(query, query.columns, rows[:limit], total, failing, resolved, truncated)


def picture(
    store: Store, query: Query | str, params: Mapping[str, str] | None = None, limit: int = PICTURE_NODES, *,
    today: date | None = None,
) -> Picture:  # fmt: skip
    """The nodes (at most `limit`) and relationships of a query's answer; empty for a query without a picture."""
    query = find(query)
    if not query.picture:
        return Picture([], [], False)
    resolved = understand(store, query, params or {}, today=today)
    most = limit * _EDGES_PER_NODE
    rows = store.run(query.picture, bind(query.picture, query, resolved, most))
    if not lint.is_ordered(query.picture):
        rows.sort(key=lambda r: (r["rel_type"], r["source_id"], r["target_id"]))
    return collect(rows, limit, more=len(rows) >= most)


def collect(rows: Iterable[Mapping[str, Any]], limit: int = PICTURE_NODES, *, more: bool = False) -> Picture:
    """Picture rows as nodes and edges, each once. Nodes past `limit` and their edges are left out."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, str, str], Edge] = {}
    truncated = more
    for row in rows:
        ends = [Node(row[f"{e}_id"], row[f"{e}_labels"], clean(row[f"{e}_properties"])) for e in ("source", "target")]
        new = [n for n in ends if n.id not in nodes]
        if len(nodes) + len({n.id for n in new}) > limit:
            truncated = True
            continue
        nodes.update({n.id: n for n in new})
        properties = clean(row["rel_properties"])
        edge = Edge(row["source_id"], row["target_id"], row["rel_type"], properties)
        edges.setdefault((edge.source, edge.target, edge.type, str(properties.get("quote", ""))), edge)
    return Picture(list(nodes.values()), list(edges.values()), truncated)


def clean(properties: Mapping[str, Any] | None) -> dict[str, Any]:
    """Properties without nulls (Ladybug gives those of every label in the pattern)."""
    return {k: v for k, v in (properties or {}).items() if v is not None}


def find(query: Query | str) -> Query:
    """The query itself, or the canned one of that name. Raises QueryError naming the nearest names."""
    if isinstance(query, Query):
        return query
    found = catalog().get(query)
    if found is None:
        from rapidfuzz import process  # only for the message

        near = [name for name, score, _ in process.extract(query, list(catalog()), limit=3) if score >= 50]
        hint, hint_zh = (f" Nearest: {', '.join(near)}.", f"相近的有：{'、'.join(near)}。") if near else ("", "")
        raise QueryError(
            f"There is no query called {query}.{hint} `zeren queries` lists them.",
            f"没有名为 {query} 的查询。{hint_zh}`zeren queries` 列出全部。",
        )
    return found


def understand(
    store: Store, query: Query, params: Mapping[str, str], *, today: date | None = None, slips: bool = False
) -> dict[str, Resolved]:
    """Each parameter of the query as a value of its type and how it was understood."""
    declared = {p.name for p in query.params}
    if unknown := sorted(set(params) - declared):
        have = ", ".join(sorted(declared)) or "none"
        raise QueryError(
            f"The query {query.name} has no parameter {', '.join(unknown)}; it has: {have}.",
            f"查询“{query.title['zh']}”没有参数 {'、'.join(unknown)}，可用参数：{have}。",
        )
    return {p.name: _value(store, query, p, params.get(p.name), today or date.today(), slips) for p in query.params}


def bind(statement: str, query: Query, resolved: Mapping[str, Resolved], limit: int) -> dict[str, object]:
    """Exactly the parameters that the statement uses."""
    given: dict[str, object] = {name: r.value for name, r in resolved.items()}
    given[ROW_LIMIT] = limit
    given |= {f"{p.name}_text": str(given[p.name] or "") for p in query.params if p.type == "Year"}
    return {name: given[name] for name in lint.parameters(statement)}


def _value(store: Store, query: Query, param: Param, given: str | None, today: date, slips: bool) -> Resolved:
    text = str(given).strip() if given is not None else ""
    if param.type in _COERCE and param.type != "Text":  # full-width digits
        text = unicodedata.normalize("NFKC", text)
    if not text:
        if param.default is None:
            title = param.title
            raise QueryError(
                f"The query {query.name} needs {param.name} (for example {param.example}).",
                f"查询“{query.title['zh']}”需要{title['zh']}（例如 {param.example}）。",
            )
        text, how = param.default, "default"
    else:
        how = "value"
    if not text:
        return Resolved("", "", "", how="any")
    if param.type in _RESOLVED:
        return resolve(store, param.type, text, slips=slips)
    value = _COERCE[param.type](param, text, today)
    if value == 0 and param.type == "Year":
        how = "any"
    return Resolved(given or "", value, str(value), how=how)


def _refuse(param: Param, text: str, want: str, want_zh: str) -> QueryError:
    return QueryError(
        f"{param.name}: {text!r} is not {want}.", f"{param.title['zh']}:“{text}”不是{want_zh}。"
    )


def _year(param: Param, text: str, today: date) -> int:
    match = re.fullmatch(r"(0|\d{4})年?", {"this": str(today.year), "今年": str(today.year)}.get(text, text))
    if not match or not (match[1] == "0" or 1949 <= int(match[1]) <= 2100):
        raise _refuse(param, text, "a year from 1949 to 2100, or 0 for any", "1949至2100之间的年份（0为不限）")
    return int(match[1])


def _int(param: Param, text: str, today: date) -> int:
    if not re.fullmatch(r"-?\d{1,12}", text):
        raise _refuse(param, text, "a whole number", "整数")
    return int(text)


def _date(param: Param, text: str, today: date) -> str:
    if text in _DAYS:
        return _DAYS[text](today).isoformat()
    match = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", text)
    try:
        return date(*(int(g) for g in match.groups())).isoformat() if match else date.fromisoformat(text).isoformat()
    except ValueError:
        raise _refuse(param, text, "a date such as 2025-06-30", "日期（如 2025-06-30）") from None


def _choice(param: Param, text: str, today: date) -> str:
    given = text.casefold()
    titles = {lang: {c: value_title(param.name, c, lang) for c in param.choices} for lang in ("zh", "en")}
    for choice in param.choices:  # also as people read it: 牵头, leads, lead, responsible
        words = titles["en"][choice].split()
        if given in {choice.casefold(), titles["zh"][choice], titles["en"][choice]} or (
            len(given) > 3 and any(w.startswith(given) for w in words)
        ):
            return choice
    named = {lang: list(of.values()) for lang, of in titles.items()}
    raise _refuse(param, text, f"one of: {', '.join(named['en'])}", f"可选值：{'、'.join(named['zh'])}")


def _text(param: Param, text: str, today: date) -> str:
    if len(text) > _MAX_TEXT:
        raise _refuse(param, text[:20] + "…", f"a text of at most {_MAX_TEXT} characters", f"不超过{_MAX_TEXT}字的文字")
    return text


def _quarter(today: date) -> date:
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1)


def _quarter_end(today: date) -> date:
    return _quarter(_quarter(today) + timedelta(days=100)) - timedelta(days=1)


_DAYS: dict[str, Callable[[date], date]] = {
    "today": lambda d: d, "今天": lambda d: d, "quarter-start": _quarter, "quarter-end": _quarter_end,
    "year-start": lambda d: date(d.year, 1, 1), "year-end": lambda d: date(d.year, 12, 31),
}  # fmt: skip
_COERCE: dict[str, Callable[[Param, str, date], str | int]] = {
    "Year": _year, "Int": _int, "Date": _date, "Choice": _choice, "Text": _text,
}  # fmt: skip


def _tidy(row: dict[str, Any]) -> dict[str, Any]:
    """Collected lists in one order: `collect` has none on either store."""
    return {k: sorted(v) if isinstance(v, list) and all(isinstance(i, str) for i in v) else v for k, v in row.items()}


def _sorted(query: Query, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not query.sort:
        return rows
    # the other columns too: the stores give rows that are alike in the declared ones in different orders
    columns = (*query.sort, *(c for c in query.columns if c not in query.sort))
    return sorted(rows, key=lambda r: [_order(r[c]) for c in columns])


def _order(value: Any) -> tuple[int, float, str]:  # noqa: ANN401
    """Numbers, then text and lists, then nothing: one order for columns that hold nulls."""
    if value is None:
        return (2, 0, "")
    return (0, value, "") if isinstance(value, (int, float)) else (1, 0, str(value))
