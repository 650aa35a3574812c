"""The entry script: page settings, language, navigation; nothing else. Streamlit runs it at every turn."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from graph.errors import ZerenError
from ui import access, page, services
from ui.i18n import choose_language, language, t
from ui.links import HOME, PAGES, SECTIONS

HERE = Path(__file__).parent
ICONS = {
    "ask": "search",
    "departments": "account_balance",
    "targets": "flag",
    "explore": "hub",
    "documents": "description",
    "queries": "table_rows",
    "chain": "account_tree",
    "overview": "dashboard",
    "audit": "rule",
    "load": "upload_file",
    "review": "fact_check",
}

ICON = str(HERE / "static" / "favicon.png")

# before the navigation: without an icon of its own the page would fetch the menu's from the internet
st.set_page_config(page_title="Zeren", page_icon=ICON, layout="wide", initial_sidebar_state="auto")
choose_language()
chosen = st.navigation(
    {
        t(f"section.{name}"): [
            st.Page(PAGES[p], title=t(f"nav.{p}"), url_path=p, icon=f":material/{ICONS[p]}:", default=p == HOME)
            for p in pages
        ]
        for name, pages in SECTIONS.items()
    }
)
st.set_page_config(page_title=f"{chosen.title} · {t('app.name')}", page_icon=ICON, layout="wide")
st.logo(str(HERE / "static" / f"logo-{language()}.svg"), size="large")
page.frame()
with st.sidebar:
    page.language_switch()
    page.foot()
try:
    services.begin()
    if access.gate():
        chosen.run()
    else:
        page.sign_in()
except ZerenError as error:
    page.say(error)
except Exception:  # people get one sentence in their language, the log gets the rest
    logging.getLogger("zeren").exception("the page %s failed", chosen.url_path or HOME)
    page.broken()
