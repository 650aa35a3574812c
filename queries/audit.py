"""The audit: every check of `cypher/audit/`, each as failing of total.

for finding in audit(store, {"region": "青禾县"}):
finding.query.title["zh"], finding.failing, finding.total
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graph.errors import QueryError
from graph.store import Store
from queries.catalog import Query, catalog
from queries.run import Answer, find, run

ROWS = 200  # findings fetched per check; the counts are of all


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check; `answer.rows` are the findings with their sentences."""

    query: Query
    failing: int
    total: int
    answer: Answer

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return self.failing == 0


def checks() -> dict[str, Query]:
    """Every check by name."""
    return {name: query for name, query in catalog().items() if query.is_audit}


def audit(
    store: Store, params: Mapping[str, str] | None = None, names: Iterable[str] = (), *, limit: int = ROWS,
    today: date | None = None,
) -> list[Finding]:  # fmt: skip
    """Run the checks called `names` (all of them by default), in the order of the catalog.

    `params` are given to each check that has them, so a region narrows those that know regions. Raises QueryError for
    an unknown check or a parameter that none of them has.
    """
    chosen = [find(n) for n in names] or list(checks().values())
    if others := [q.name for q in chosen if not q.is_audit]:
        raise QueryError(f"{', '.join(others)} is no audit check.", f"{'、'.join(others)}不是核查项。")
    known = {p.name for q in chosen for p in q.params}
    if unknown := sorted(set(params or {}) - known):
        raise QueryError(
            f"No check has a parameter {', '.join(unknown)}; they have: {', '.join(sorted(known))}.",
            f"核查项没有参数 {'、'.join(unknown)}，可用参数：{'、'.join(sorted(known))}。",
        )
    found = []
    for query in chosen:
        given = {p.name: params[p.name] for p in query.params if params and p.name in params}
        answer = run(store, query, given, limit=limit, today=today)
        found.append(Finding(query, answer.failing or 0, answer.total, answer))
    return found
