from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store, open_store

sys.path.insert(0, str(Path(__file__).parent))
import world


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The invented graph of `world`, opened once."""
    opened = open_store(world.build(tmp_path_factory.mktemp("world")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def loaded(library: Path) -> Iterator[Store]:
    """The graph of the sample documents, as the loaders build it."""
    opened = open_store(library)
    yield opened
    opened.close()
