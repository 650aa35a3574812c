"""A row of figures, each a number with its name and, where there is more to see, an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent

_draw = st.components.v2.component(
    "zeren_figures",
    html='<dl class="z-figs" data-waiting></dl>\n',
    js=(HERE / "figures.js").read_text("utf-8"),
    isolate_styles=False,
)


def figures(items: Sequence[Mapping[str, str]], *, key: str, label: str) -> Any:  # noqa: ANN401
    """Show `items` (label, value, optional note and address `h`); the result has `open`, the address followed."""
    return _draw(key=key, data={"items": list(items), "label": label}, on_open_change=_nothing)


def _nothing() -> None:
    """A trigger needs a callback to be told apart from state."""
