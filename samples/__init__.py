"""Invented documents of an invented county, its city and its province, with what is to be read from them.

`documents/` holds the files, `gold/` one annotation per document in the form of `loaders.facts_json`; README.md says
which is which. Nothing in them is real but the national policies they cite.
"""

from pathlib import Path

_HERE = Path(__file__).parent


def paths() -> list[Path]:
    """The sample documents, in order."""
    return sorted(path for path in (_HERE / "documents").iterdir() if path.is_file())


def gold() -> Path:
    """The folder of the annotations."""
    return _HERE / "gold"
