"""A library made of the sample documents, loaded once, and the app run on it without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import samples
import ui
from graph.library import Library
from loaders.load import load

APP = Path(ui.__file__).parent / "app.py"


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "library"
    load(Library.create(folder), samples.paths())
    return folder


@pytest.fixture
def open_app(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Run a page: `open_app("departments", department=…)`; `library=` names another library."""

    def run(page: str = "ask", library: Path = sample_library, **params: str) -> AppTest:
        monkeypatch.setenv("ZEREN_LIBRARY", str(library))
        app = AppTest.from_file(str(APP), default_timeout=30)
        if params.get("lang"):
            app.query_params["lang"] = params["lang"]
        if page != "ask":
            app.run()
            app.switch_page(f"views/{page}.py")
        for name, value in params.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        assert "z-broken" not in "".join(h.proto.body for h in app.get("html"))
        return app

    yield run
    st.cache_data.clear()
    st.cache_resource.clear()
