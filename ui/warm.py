"""What the server does before the first visitor comes: load the modules, open the graph, answer what the start asks."""

from __future__ import annotations

import contextlib
import gc
import importlib
import inspect
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.errors import ZerenError

# pyvis, networkx and pandas (which Streamlit loads at its first page) take seconds; a first visitor would wait for them
MODULES = (
    "ui.page", "ui.components.reader", "pyvis.network", "pandas", "PIL.Image", "loaders.facts_json", "loaders.readers",
    "samples",
)  # fmt: skip

# what Streamlit itself does only at the first run of a page; measured: 0.7 s, most of it one pattern of all emoji
LATER = ("streamlit.emojis", "streamlit.material_icon_names", "streamlit.components.v2.manifest_scanner")

PAUSE = 6  # seconds in which those who waited for the server open their first page


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Load the modules before the server answers, then fill the caches beside it."""
    for name in MODULES:
        importlib.import_module(name)
    settle()
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    threading.Thread(target=fill, daemon=True, name="zeren-warm").start()
    yield


def settle() -> None:
    """Take what is in memory to stay: after every run of a page Streamlit looks for garbage in all there is.

    Measured: 0.25 s of a page's 0.3 s went into that with the modules and a graph's answers loaded.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def fill() -> None:
    """Ask once what the pages will ask; a library that cannot be read says so on its pages, not here."""
    from PIL import Image

    from ui import services
    from ui.assets import asset, preloads

    for name in LATER:
        importlib.import_module(name)
    Image.preinit()
    inspect.stack()  # looks once through all that is loaded
    for file in preloads():
        asset(file, True)
    with contextlib.suppress(ZerenError):
        if revision := services.latest():
            with services.seeing(revision):
                services.warm()
                settle()
                time.sleep(PAUSE)
                services.warm_slowly()
    settle()
