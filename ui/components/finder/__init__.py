"""A name completed as one types: the server is asked for what fits, so the page need not hold all names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent

_HTML = """<div class="z-find" data-waiting><label></label><div class="z-find-field">
<input type="text" role="combobox" aria-autocomplete="list" aria-expanded="false" autocomplete="off" spellcheck="false">
<button type="button" class="z-find-clear" hidden>×</button></div><ul role="listbox" hidden></ul></div>"""

_draw = st.components.v2.component(
    "zeren_finder",
    html=_HTML,
    css=(HERE / "finder.css").read_text("utf-8"),
    js=(HERE / "finder.js").read_text("utf-8"),
    isolate_styles=False,
)


def finder(
    options: Sequence[tuple[str, str]],
    *,
    key: str,
    label: str,
    said: str,
    placeholder: str,
    clear: str,
    help: str,
    on_pick: Callable[[str], None],
) -> Any:  # noqa: ANN401
    """A field with `options` (id, words) to choose from; the result has `typed`, for which the next options are made.

    `said` is what is chosen now, "" for nothing. `on_pick` is told the id that is chosen, "" when it is taken back.
    """
    data = {
        "options": [{"id": i, "t": words} for i, words in options],
        "label": label,
        "said": said,
        "placeholder": placeholder,
        "clear": clear,
        "help": help,
    }

    def picked() -> None:
        if (value := getattr(st.session_state[key], "picked", None)) is not None:
            on_pick(value["id"])

    return _draw(key=key, data=data, on_typed_change=_nothing, on_picked_change=picked)


def _nothing() -> None:
    """State needs a callback to be sent."""
