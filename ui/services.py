"""What the pages know about the library, the graph and the canned queries; no page asks them directly.

One revision of the graph serves a whole run of a page: `begin` looks at the library once, so a load that ends in
between cannot mix two graphs on one page. What is asked of a revision never changes, so all sessions share one copy of
it (`cache_resource`; `cache_data` would copy thousands of rows at every look), and nobody may change what comes back.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from graph import decisions
from graph import export as graph_export
from graph.decisions import Decision
from graph.errors import LibraryMissing
from graph.library import Library, SourceHead, default_path
from graph.store import Store, open_store
from loaders import review as reviewing
from loaders.facts import Document
from loaders.review import Item
from queries import ask as asking
from queries import audit as auditing
from queries import chain as chaining
from queries import names, nodes
from queries import path as shortest_path
from queries.ask import Understanding
from queries.audit import Finding
from queries.catalog import Query, catalog
from queries.chain import Chain
from queries.names import Entry
from queries.run import Answer, Node, Picture
from queries.run import picture as draw_query
from queries.run import run as run_query
from ui import access, models
from ui.models import Pair

ROW_LIMIT = 500
ALL = 100_000  # rows in a file to take away; the screen shows fewer
_REVISION = "_revision"


def library_path() -> Path:
    """Where the library is: `ZEREN_LIBRARY`, else `./zeren-library`."""
    return default_path().resolve()


def library() -> Library | None:
    """The library, or None when there is none yet."""
    try:
        return Library(library_path())
    except LibraryMissing:
        return None


def server() -> str:
    """The address of the Neo4j server whose graph is shown, `ZEREN_STORE`; "" to show the library's."""
    return os.environ.get("ZEREN_STORE", "")


def begin() -> None:
    """Choose the revision that this run of the page will see."""
    st.session_state[_REVISION] = latest()


def latest() -> str:
    """The revision there is now; "" when there is none."""
    if server():
        return _connected(server()).revision
    found = library()
    return found.revision if found else ""


@st.cache_resource(show_spinner=False, max_entries=1, on_release=lambda store: store.close())
def _connected(url: str) -> Store:
    return open_store(url)


# set while a file is made: Streamlit does that outside the session, after the page has run
_seen: ContextVar[str | None] = ContextVar("seen", default=None)


def revision() -> str:
    """The revision chosen by `begin`; "" when there is nothing to see yet."""
    seen = _seen.get()
    return str(st.session_state.get(_REVISION, "")) if seen is None else seen


@contextmanager
def seeing(revision: str) -> Iterator[None]:
    """See `revision` of the graph, whatever the session sees."""
    token = _seen.set(revision)
    try:
        yield
    finally:
        _seen.reset(token)


@st.cache_resource(show_spinner=False, max_entries=3, on_release=lambda store: store.close())
def _opened(path: str, revision: str) -> Store:
    if server():
        return open_store(server())
    # by name, not whichever is current by now: what is cached for a revision must come from it
    current = Library(path).graph_file
    return open_store(current.with_name(f"graph-{revision}.lbug")) if current else Library(path).store()


def graph_file() -> str:
    """Where the graph of this run's revision is."""
    return str(library_path() / "graph" / f"graph-{revision()}.lbug")


def store() -> Store:
    """The graph at this run's revision."""
    return _opened(str(library_path()), revision())


def warm() -> None:
    """Fill the caches with what the pages ask first of a new graph."""
    run("overview")
    duties()
    documents()
    target_years()
    ends()
    run("due")
    for kind in ("Department", "Document", "Person", "LeadingGroup"):
        entries(kind)
    sources()


def warm_slowly() -> None:
    """What takes seconds on thousands of documents: the checks, the doubts, the index of what a question can name."""
    if years := target_years():
        run("year-tasks", {"year": str(nearest(years))}, ALL)
        run("year-targets", {"year": str(nearest(years))})
    if busiest := duties()[:1]:
        ask(busiest[0].name)
    audit()
    _unsure(str(library_path()), revision())


def nearest(years: Iterable[int]) -> int:
    """Of some years the one that is most of interest now."""
    return min(years, key=lambda y: (abs(y - today().year), -y))


# --- canned queries ---------------------------------------------------------------------------------------------------


def queries() -> dict[str, Query]:
    """Every canned query by name."""
    return catalog()


@st.cache_resource(show_spinner=False, max_entries=256)
def _answered(path: str, revision: str, name: str, params: tuple[tuple[str, str], ...], limit: int) -> Answer:
    return run_query(_opened(path, revision), name, dict(params), limit=limit)


def run(name: str, params: Mapping[str, str] | None = None, limit: int = ROW_LIMIT) -> Answer:
    """Rows of a canned query. Raises ZerenError for a name that fits nothing and the like."""
    return _answered(str(library_path()), revision(), name, tuple(sorted((params or {}).items())), limit)


@st.cache_resource(show_spinner=False, max_entries=128)
def _drawn(path: str, revision: str, name: str, params: tuple[tuple[str, str], ...]) -> Picture:
    return draw_query(_opened(path, revision), name, dict(params))


def picture(name: str, params: Mapping[str, str] | None = None) -> Picture:
    """Nodes and relationships of a canned query's answer."""
    return _drawn(str(library_path()), revision(), name, tuple(sorted((params or {}).items())))


def ask(question: str) -> Understanding:
    """How a question is understood."""
    return asking.ask(store(), question, today())


@st.cache_resource(show_spinner=False, max_entries=3)
def _audited(path: str, revision: str, day: date) -> list[Finding]:
    return auditing.audit(_opened(path, revision), limit=ROW_LIMIT, today=day)


def audit() -> list[Finding]:
    """Every check of the audit, as of today."""
    return _audited(str(library_path()), revision(), today())


@st.cache_resource(show_spinner=False, max_entries=64)
def _chained(path: str, revision: str, label: str, ident: str) -> Chain:
    return chaining.chain(_opened(path, revision), label, ident)


def chain(label: str, ident: str) -> Chain:
    """The ways through a node from authority to people. Raises UnknownName for no such node."""
    return _chained(str(library_path()), revision(), label, ident)


# --- names ------------------------------------------------------------------------------------------------------------


def entries(kind: str) -> list[Entry]:
    """All things of a kind that have names: departments, documents, people, groups, regions."""
    return names.names(store(), kind).entries


def entry(kind: str, ident: str) -> Entry | None:
    """The thing with this id."""
    return names.names(store(), kind).by_id.get(ident)


def matching(kind: str, typed: str, limit: int = 20) -> list[Entry]:
    """Things of a kind whose names hold what was typed."""
    return names.options(store(), kind, typed, limit)


SUGGESTED = 12


def completions(kind: str, typed: str) -> list[Entry]:
    """What may be meant by what is typed so far: words of names and regions in any order, else letters in order.

    Before anything is typed: for departments those that lead most.
    """
    words = [names.key(w) for w in typed.split()]
    if not words:
        index = names.names(store(), kind).by_id
        first = [index[d.id] for d in duties() if d.id in index] if kind == "Department" else entries(kind)
        return first[:SUGGESTED]
    if len(words) == 1 and (found := matching(kind, typed, SUGGESTED)):
        return found
    told = [(e, e.region + " " + " ".join(e.surfaces)) for e in entries(kind)]
    found = [e for e, text in told if all(w in text for w in words)]
    if not found:
        scattered = re.compile(".*?".join(map(re.escape, "".join(words))))
        found = [e for e in entries(kind) if scattered.search(e.region + e.name)]
    return sorted(found, key=lambda e: (len(e.region + e.name), e.id))[:SUGGESTED]


# --- single nodes -----------------------------------------------------------------------------------------------------

NEIGHBOURS = 400


@st.cache_resource(show_spinner=False, max_entries=512)
def _around(path: str, revision: str, label: str, ident: str) -> Picture:
    return nodes.neighbours(_opened(path, revision), label, ident, NEIGHBOURS)


def neighbours(label: str, ident: str) -> Picture:
    """A node with everything it is directly related to."""
    return _around(str(library_path()), revision(), label, ident)


def node(label: str, ident: str) -> Node | None:
    """One node; None when there is none."""
    return nodes.node(store(), ident, label)


@st.cache_resource(show_spinner=False, max_entries=64)
def _way(path: str, revision: str, start: tuple[str, str], end: tuple[str, str]) -> Picture:
    return shortest_path.shortest(_opened(path, revision), start, end)


def shortest(start: tuple[str, str], end: tuple[str, str]) -> Picture:
    """The shortest way between two nodes (kind, id); empty when there is none."""
    return _way(str(library_path()), revision(), start, end)


def graphml(picture: Picture) -> bytes:
    """A picture for Gephi, yEd and Cytoscape."""
    return graph_export.to_graphml(graph_export.to_networkx(picture.nodes, picture.edges))


def gexf(picture: Picture) -> bytes:
    """A picture for Gephi."""
    return graph_export.to_gexf(graph_export.to_networkx(picture.nodes, picture.edges))


# --- documents --------------------------------------------------------------------------------------------------------

_DOCUMENTS = """MATCH (s:Source)-[c:CARRIES]->(d:Document)
RETURN d.id AS document_id, d.title AS title, d.doc_number AS doc_number, d.kind AS kind, d.level AS level,
       d.region AS region, d.issued_on AS issued_on, d.issued_year AS issued_year, s.id AS source_id, s.name AS source,
       c.start_offset AS start_offset, c.end_offset AS end_offset
ORDER BY document_id, source_id"""
_TASKS = "MATCH (d:Document)-[:ASSIGNS]->(t:Task) RETURN d.id AS document_id, count(t) AS tasks ORDER BY document_id"


@dataclass(frozen=True, slots=True)
class Copy:
    """One source's copy of a document: where it stands in which source."""

    source_id: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Held:
    """A document whose text is in the library."""

    id: str
    title: str
    doc_number: str
    kind: str
    level: str
    region: str
    issued_on: str
    tasks: int
    copies: tuple[Copy, ...]


@st.cache_resource(show_spinner=False, max_entries=3)
def _held(path: str, revision: str) -> dict[str, Held]:
    opened = _opened(path, revision)
    tasks = {r["document_id"]: r["tasks"] for r in opened.run(_TASKS)}
    found: dict[str, Held] = {}
    for r in opened.run(_DOCUMENTS):
        copy = Copy(r["source_id"], r["source"] or "", r["start_offset"] or 0, r["end_offset"] or 0)
        one = found.get(r["document_id"])
        copies = (*one.copies, copy) if one else (copy,)
        found[r["document_id"]] = Held(
            r["document_id"],
            r["title"] or r["doc_number"] or r["source"] or "",
            r["doc_number"] or "",
            r["kind"] or "",
            r["level"] or "",
            r["region"] or "",
            r["issued_on"] or "",
            tasks.get(r["document_id"], 0),
            copies,
        )
    return dict(sorted(found.items(), key=lambda kv: (kv[1].issued_on, kv[0]), reverse=True))


def documents() -> dict[str, Held]:
    """Documents whose text is held, newest first."""
    return _held(str(library_path()), revision())


@st.cache_resource(show_spinner=False, max_entries=16)
def _text(path: str, revision: str, source_id: str) -> tuple[str, list[tuple[int, int, str]]]:
    from loaders.readers import read

    found = Library(path)
    raw = found.raw(source_id)
    source = read(found.original(source_id))
    # what is markup is the reader's knowledge; it is only of use while the reader still decodes the file alike
    return raw, source.markup if source.raw == raw else []


def text(source_id: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A source's raw text and what in it is markup: (start, end, stand-in)."""
    return _text(str(library_path()), revision(), source_id)


@st.cache_resource(show_spinner=False, max_entries=16)
def _compared(path: str, revision: str, one: Copy, other: Copy) -> list[Pair]:
    return models.compared(*(_clean(path, revision, copy) for copy in (one, other)))


def _clean(path: str, revision: str, copy: Copy) -> str:
    """A copy's text without page numbers, running heads and markup, in the characters of the source."""
    from loaders.readers import read
    from loaders.text import clean

    found = Library(path)
    raw, source = found.raw(copy.source_id), read(found.original(copy.source_id))
    end = copy.end or len(raw)
    if source.raw != raw:
        return raw[copy.start : end]
    whole = clean(source)
    places = range(len(whole.text))
    low, high = (bisect_left(places, at, key=whole.raw) for at in (copy.start, end))
    return (whole.surface or whole.text)[low:high]


def compared(one: Copy, other: Copy) -> list[Pair]:
    """Two copies of a document, passage by passage."""
    return _compared(str(library_path()), revision(), one, other)


@st.cache_resource(show_spinner=False, max_entries=32)
def _facts(path: str, revision: str, source_id: str) -> list[Document]:
    from loaders.facts_json import from_json

    return [from_json(d) for d in Library(path).facts(source_id)]


def facts(source_id: str) -> list[Document]:
    """The documents read from one source, with raw spans."""
    return _facts(str(library_path()), revision(), source_id)


@st.cache_resource(show_spinner=False, max_entries=2)
def _sources(path: str, revision: str) -> list[SourceHead]:
    return Library(path).sources()


def sources() -> list[SourceHead]:
    """Every loaded file, newest first."""
    if not revision():
        return []
    return sorted(_sources(str(library_path()), revision()), key=lambda s: s.loaded_at, reverse=True)


def today() -> date:
    """The day the app counts from."""
    return date.today()


# --- figures ----------------------------------------------------------------------------------------------------------

_YEARS = """MATCH (x:Target) WHERE x.year > 0
RETURN x.year AS year, count(DISTINCT x.id) AS targets ORDER BY year"""


@st.cache_resource(show_spinner=False, max_entries=3)
def _years(path: str, revision: str) -> dict[int, int]:
    return {r["year"]: r["targets"] for r in _opened(path, revision).run(_YEARS)}


def target_years() -> dict[int, int]:
    """Years for which targets are set, with how many."""
    return _years(str(library_path()), revision())


_ENDS = """MATCH (a:Task|Target)-[:DUE_IN]->(p:Period) WHERE p.ends_on <> ''
RETURN a.id AS node_id, max(p.ends_on) AS ends_on ORDER BY node_id"""


@st.cache_resource(show_spinner=False, max_entries=3)
def _ends(path: str, revision: str) -> dict[str, str]:
    return {r["node_id"]: r["ends_on"] for r in _opened(path, revision).run(_ENDS)}


def ends() -> dict[str, str]:
    """Tasks and targets with a deadline → the last day of the latest one, ISO."""
    return _ends(str(library_path()), revision())


_DUTIES = """MATCH (d:Department)-[r:LEADS|RESPONSIBLE_FOR|ASSISTS]->(t:Task)
RETURN d.id AS department_id, d.name AS department, d.region AS region, d.aliases AS aliases, d.full_name AS full_name,
       type(r) AS duty, count(DISTINCT t.id) AS tasks
ORDER BY department_id, duty"""


@dataclass(frozen=True, slots=True)
class Duties:
    """How many tasks a department has in each role."""

    id: str
    name: str
    region: str
    other_names: tuple[str, ...]
    by_role: dict[str, int]


@st.cache_resource(show_spinner=False, max_entries=3)
def _duties(path: str, revision: str) -> list[Duties]:
    found: dict[str, Duties] = {}
    for r in _opened(path, revision).run(_DUTIES):
        names_ = [n for n in dict.fromkeys([r["full_name"] or "", *(r["aliases"] or [])]) if n and n != r["department"]]
        one = found.setdefault(
            r["department_id"], Duties(r["department_id"], r["department"], r["region"] or "", tuple(names_), {})
        )
        one.by_role[r["duty"]] = r["tasks"]
    return sorted(found.values(), key=lambda d: (-d.by_role.get("LEADS", 0), -sum(d.by_role.values()), d.id))


def duties() -> list[Duties]:
    """Every department that has tasks, those that lead most first."""
    return _duties(str(library_path()), revision())


# --- review -----------------------------------------------------------------------------------------------------------


@st.cache_resource(show_spinner=False, max_entries=2)
def _unsure(path: str, revision: str) -> list[Item]:
    return reviewing.unsure(Library(path))


def review() -> tuple[list[Item], list[Decision], set[str]]:
    """What is unsure with what was decided on it, all decisions, and the ids of those that hold."""
    made = decisions.read(Library(library_path()).decisions_file)
    items = reviewing.judged(_unsure(str(library_path()), revision()), made)
    return items, made, {d.id for d in decisions.standing(made)}


def decide(items: Sequence[Item], choice: str, who: str, to: str = "") -> None:
    """Store one choice on several items; `to` is the id to merge with. Raises ZerenError, and then none is stored."""
    access.require_editor()
    reviewing.decide(Library(library_path()), items, choice, who=who, to=to)


def task_of(item: Item) -> str:
    """The id of the task in which the passage of an item stands; "" for none."""
    return reviewing.task_at(store(), item.sides[0].evidence)


def name_of_task(ident: str) -> str:
    """What a task is called."""
    return names.resolve(store(), "Task", ident).name


def correct(task: str, who: str, body: str = "", role: str = "", date: str = "", item: str = "") -> None:
    """Correct the role of a body in a task, or when the task is due. Raises ZerenError."""
    access.require_editor()
    reviewing.correct(Library(library_path()), task, who=who, body=body, role=role, date=date, item=item)


def undo(decision: str, who: str) -> None:
    """Take a decision back."""
    access.require_editor()
    reviewing.undo(Library(library_path()), decision, who=who)
