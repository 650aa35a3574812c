"""The reader: a document's text in segments, what was read from it marked by kind, one span in focus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent

_HTML = """<div class="z-read-bar" role="group"></div>
<div class="z-read" lang="zh-CN" data-waiting></div>"""

_read = st.components.v2.component(
    "zeren_reader",
    html=_HTML,
    css=(HERE / "reader.css").read_text("utf-8"),
    js=(HERE / "reader.js").read_text("utf-8"),
    isolate_styles=False,
)


def reader(
    segments: Sequence[Mapping[str, Any]],
    kinds: Sequence[Mapping[str, Any]],
    *,
    key: str,
    rev: str,
    focus: str,
    label: str,
) -> Any:  # noqa: ANN401
    """Show `segments` (see `ui.models.segments`); the result has `picked`, the id of the mark just chosen, or None.

    `kinds` are the toggles above the text: key, label and count. `rev` names the text, `focus` the span scrolled to.
    """
    data = {"segments": list(segments), "kinds": list(kinds), "rev": rev, "focus": focus, "label": label}
    return _read(key=key, data=data, on_picked_change=_nothing)


def _nothing() -> None:
    """A trigger needs a callback to be told apart from state."""
