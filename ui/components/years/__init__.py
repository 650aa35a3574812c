"""Years as a row of columns, each with its count; one may be chosen, and each may lead somewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent

_draw = st.components.v2.component(
    "zeren_years",
    html='<ol class="z-years" data-waiting></ol>\n',
    css=(HERE / "years.css").read_text("utf-8"),
    js=(HERE / "years.js").read_text("utf-8"),
    isolate_styles=False,
)


def years(items: Sequence[Mapping[str, Any]], *, key: str, label: str) -> Any:  # noqa: ANN401
    """Show `items`: `year`, `parts` (style, n, words), whether `on`, `past`, address `h`; the result has `open`."""
    return _draw(key=key, data={"items": list(items), "label": label}, on_open_change=_nothing)


def _nothing() -> None:
    """A trigger needs a callback to be told apart from state."""
