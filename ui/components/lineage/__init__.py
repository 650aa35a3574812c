"""What a department came from and what became of it: a line of years with the bodies before and after each reform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent

_draw = st.components.v2.component(
    "zeren_lineage",
    html='<ol class="z-line" data-waiting></ol>\n',
    css=(HERE / "lineage.css").read_text("utf-8"),
    js=(HERE / "lineage.js").read_text("utf-8"),
    isolate_styles=False,
)


def lineage(steps: Sequence[Mapping[str, Any]], *, key: str, label: str) -> Any:  # noqa: ANN401
    """Show `steps`: `year`, `before` and `after` (lists of t, h, on), `note`; the result has `open`."""
    return _draw(key=key, data={"steps": list(steps), "label": label}, on_open_change=_nothing)


def _nothing() -> None:
    """A trigger needs a callback to be told apart from state."""
