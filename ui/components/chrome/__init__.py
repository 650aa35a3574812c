"""The foot of the menu: light or dark, the page's address, print; and what only a script can set on the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent

_HTML = """<div class="z-chrome" data-waiting><label><span></span><select>
<option value="auto"></option><option value="light"></option><option value="dark"></option></select></label>
<button type="button" class="z-chrome-copy"></button><button type="button" class="z-chrome-print"></button>
<span class="z-chrome-said" role="status"></span></div>"""

_draw = st.components.v2.component(
    "zeren_chrome",
    html=_HTML,
    css=(HERE / "chrome.css").read_text("utf-8"),
    js=(HERE / "chrome.js").read_text("utf-8"),
    isolate_styles=False,
)


def chrome(lang: str, words: Mapping[str, str], closed: bool = False) -> None:
    """`lang` is the page's language tag; `words` name the controls. `closed`: nobody has signed in yet."""
    _draw(key="chrome", data={"lang": lang, "words": dict(words), "closed": closed})
