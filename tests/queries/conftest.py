from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import samples
from graph.library import Library
from graph.store import Store, open_store
from loaders.load import load

sys.path.insert(0, str(Path(__file__).parent))
import world


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The invented graph of `world`, opened once."""
    opened = open_store(world.build(tmp_path_factory.mktemp("world")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the sample documents."""
    folder = tmp_path_factory.mktemp("library")
    load(Library.create(folder), [Path(samples.__file__).parent / "documents"], workers=1)
    return folder


@pytest.fixture(scope="session")
def loaded(library: Path) -> Iterator[Store]:
    """The graph of the sample documents, as the loaders build it."""
    opened = open_store(library)
    yield opened
    opened.close()
