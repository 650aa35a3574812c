"""Parameters checked before, values adapted after: so that every store takes and gives the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from graph.errors import QueryError

# strings, quoted names and comments are passed over, so that a $ inside them is no parameter
_TOKEN = re.compile(
    r"""'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*` | //[^\n]* | /\*.*?\*/ | \$(?P<name>\w+)""", re.S | re.X
)


@lru_cache(maxsize=1024)
def parameter_names(cypher: str) -> frozenset[str]:
    """Names of the parameters the text uses, without `$`."""
    return frozenset(m["name"] for m in _TOKEN.finditer(cypher) if m["name"])


def check_params(cypher: str, params: Mapping[str, object] | None) -> dict[str, object]:
    """The parameters as a dict. Raises QueryError for a missing, surplus, null or unstorable one.

    Both stores pass some of these over in silence (a missing parameter is null on Ladybug, null compares to nothing).
    """
    given = dict(params or {})
    used = parameter_names(cypher)
    if used != given.keys():
        missing, extra = sorted(used - given.keys()), sorted(given.keys() - used)
        raise QueryError(
            "Parameters do not fit the query"
            + (f"; missing: {', '.join(missing)}" if missing else "")
            + (f"; not used: {', '.join(extra)}" if extra else ""),
            "参数与查询不符"
            + (f"；缺少：{'、'.join(missing)}" if missing else "")
            + (f"；多余：{'、'.join(extra)}" if extra else ""),
        )
    for name, value in given.items():
        _check(name, value)
    return given


def _check(name: str, value: object) -> None:
    if value is None:
        raise QueryError(f"Parameter {name} has no value.", f"参数 {name} 没有值。")
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise QueryError(f"Parameter {name} is not valid text.", f"参数 {name} 不是有效文本。") from None
    elif isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
        raise QueryError(f"Parameter {name} is out of range.", f"参数 {name} 超出范围。")
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check(name, item)
    elif isinstance(value, Mapping):
        for item in value.values():
            _check(name, item)


def adapt_row(names: list[str], values: list[Any]) -> dict[str, Any]:
    """One row as a dict; columns called `…labels` give the node's one label as text."""
    return {
        name: _label(value) if name.endswith("labels") else adapt(value)
        for name, value in zip(names, values, strict=True)
    }


def _label(value: Any) -> Any:  # noqa: ANN401
    # Ladybug gives a string, Neo4j a list
    return value[0] if isinstance(value, list) and value else value


_PLAIN = {str, bool, int, float, type(None)}


def adapt(value: Any) -> Any:  # noqa: ANN401
    """A value as every store gives it: integral Decimals are ints, dates ISO text, tuples lists, maps without nulls."""
    # the types themselves: a picture has a hundred thousand values, and asking for a Mapping is slow
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict:
        return {k: v if type(v) in _PLAIN else adapt(v) for k, v in value.items() if v is not None}
    if kind is list or kind is tuple:
        return [adapt(v) for v in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    iso = getattr(value, "iso_format", None)  # neo4j.time.Date and its kin
    return iso() if callable(iso) else value
