"""Words of the interface: one catalogue a language (`locales/*.toml`), looked up by key.

Data (names, titles, quotations) is never translated. The language belongs to the session, so two people may read the
same server in two languages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


@cache
def catalogue(lang: str) -> dict[str, str]:
    """Key → words. Tables in the file become dotted keys: `[nav] ask` is `nav.ask`."""
    tables = tomllib.loads((Path(__file__).parent / "locales" / f"{lang}.toml").read_text("utf-8"))
    return dict(_flat(tables, ""))


def _flat(table: dict[str, object], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, str(value))]
    return found


# set while a file is made: Streamlit does that outside the session, after the page has run
_spoken: ContextVar[Lang | None] = ContextVar("spoken", default=None)


def language() -> Lang:
    """The session's language; Chinese until a person chooses otherwise."""
    return _spoken.get() or ("en" if st.session_state.get("_lang") == "en" else "zh")


@contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """Say everything in `lang`, whatever the session's language."""
    token = _spoken.set(lang)
    try:
        yield
    finally:
        _spoken.reset(token)


def choose_language() -> None:
    """Take the language from the address when it names one, else keep the session's and put it into the address."""
    asked = st.query_params.get("lang")
    if asked in LANGUAGES:
        st.session_state["_lang"] = asked
    elif language() == "en":
        st.query_params["lang"] = "en"


def set_language(lang: str) -> None:
    """Change the language of the session and of the address."""
    st.session_state["_lang"] = lang
    if lang == "en":
        st.query_params["lang"] = "en"
    else:
        st.query_params.pop("lang", None)


def t(key: str, **values: object) -> str:
    """The words for `key`; `KeyError` when there are none. With `n=1` the form `key_one` is used where it exists."""
    words = catalogue(language())
    if values.get("n") == 1 and key + "_one" in words:
        key += "_one"
    return words[key].format(**values) if values else words[key]


def name_of(group: str, value: object) -> str:
    """Words for a value of the data that has a fixed set of values (a level, a kind), else the value as it is."""
    text = "" if value is None else str(value)
    return catalogue(language()).get(f"{group}.{text}", text)
