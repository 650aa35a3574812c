"""Settings and samples for all tests."""

from pathlib import Path

import pytest
from hypothesis import settings

import samples
from graph.library import Library
from loaders.load import load

# how long an example takes depends on what else the machine does; pytest-timeout ends what hangs
settings.register_profile("zeren", deadline=None)
settings.load_profile("zeren")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the sample documents."""
    folder = tmp_path_factory.mktemp("library")
    load(Library.create(folder), [Path(samples.__file__).parent / "documents"], workers=1)
    return folder
