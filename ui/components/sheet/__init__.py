"""The table: wrapped text, roles and kinds marked, every quote a link to its sentence, filter and sort in place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from ui.models import Sheet

HERE = Path(__file__).parent

_HTML = """<div class="z-sheet" data-waiting>
<div class="z-sheet-bar"><input type="search" autocomplete="off">
<span class="z-sheet-count" aria-live="polite"></span></div>
<div class="z-sheet-box"><table><caption></caption><thead></thead><tbody></tbody></table>
<div class="z-sheet-none" hidden></div></div><button type="button" class="z-sheet-more" hidden></button></div>"""

_draw = st.components.v2.component(
    "zeren_sheet",
    html=_HTML,
    css=(HERE / "sheet.css").read_text("utf-8"),
    js=(HERE / "sheet.js").read_text("utf-8"),
    isolate_styles=False,
)


def sheet(
    table: Sheet,
    *,
    key: str,
    words: Mapping[str, str],
    label: str,
    height: int | None = None,
    search: bool = True,
    ids: Sequence[str] | None = None,
) -> Any:  # noqa: ANN401
    """Show `table`; the result has `open`, the address of the link just followed, or None.

    With `ids`, one for each row, rows can be ticked; `chosen` of the result holds the ids of those that are. `label`
    is read out in place of a caption; `height` in pixels makes the table scroll by itself, -1 lets it reach down to
    the end of the window. Without `search` there is no filter above it.
    """
    columns = [{"key": c.key, "label": c.label, "kind": c.kind, "width": c.width} for c in table.columns]
    rev = hashlib.md5(
        repr((table.columns, table.rows[:50], len(table.rows))).encode(), usedforsecurity=False
    ).hexdigest()
    data = {
        "columns": columns,
        "rows": table.rows,
        "total": table.total,
        "rev": rev,
        "words": dict(words),
        "label": label,
        "height": height,
        "search": search,
        "ids": None if ids is None else list(ids),
    }
    return _draw(key=key, data=data, on_open_change=_nothing, on_chosen_change=_nothing)


def _nothing() -> None:
    """A trigger needs a callback to be told apart from state."""
