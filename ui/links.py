"""Addresses: the only place that knows page names and query parameters.

An address is relative (`documents?source=…&span=…`), so it works at any base path, in a new tab and when sent to a
colleague. `follow` goes there without loading the app anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ui.i18n import language

# the menu: sections with their pages
SECTIONS = {
    "answers": ("ask", "departments", "targets", "chain"),
    "evidence": ("explore", "documents", "queries"),
    "library": ("overview", "audit", "review", "load"),
}
MENU = tuple(page for pages in SECTIONS.values() for page in pages)
PAGES: dict[str, str] = {page: f"views/{page}.py" for page in MENU}
HOME = "ask"


def href(page: str, **params: object) -> str:
    """The address of `page` with `params` (empty ones left out), in the language now in use."""
    given = {k: str(v) for k, v in params.items() if v not in (None, "")}
    if language() == "en":
        given["lang"] = "en"
    return ("./" if page == HOME else page) + ("?" + urlencode(given) if given else "")


def parse(address: str) -> tuple[str, dict[str, str]]:
    """Page and parameters of an address made by `href`. Raises ValueError for any other."""
    page, _, query = address.partition("?")
    page = HOME if page == "./" else page
    if page not in PAGES:
        raise ValueError(f"not an address of this app: {address}")
    return page, dict(parse_qsl(query))


def follow(address: str) -> NoReturn:
    """Go to an address made by `href`."""
    page, params = parse(address)
    st.switch_page(PAGES[page], query_params=params)


def evidence(places: str | Iterable[str] | None) -> str:
    """The address of the sentence at the first of `places` (`source:start:end`), or "" when there is none."""
    first = places if isinstance(places, str) else next(iter(places or ()), "")
    source, _, span = first.partition(":")
    start, _, end = span.partition(":")
    return href("documents", source=source, span=f"{start}-{end}") if source and end else ""


def node(label: str, ident: str) -> str:
    """The address that shows one node: departments have a page of their own, documents their text."""
    if label == "Department":
        return href("departments", department=ident)
    if label == "Document":
        return href("documents", document=ident)
    return href("explore", node=f"{label}:{ident}")


def explore(label: str, ident: str) -> str:
    """The address of the picture around one node."""
    return href("explore", node=f"{label}:{ident}")
