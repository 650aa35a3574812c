"""The compiled reading finds what the pure one finds, to the last sign; `make wheel` builds it.

This file is the test and, run by itself, the process that reads with the wheel.
"""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from graph.errors import ZerenError
from loaders import intake, outline
from loaders.facts import Document
from loaders.facts_json import to_json
from loaders.read import read_documents
from loaders.readers import read_bytes
from loaders.workers import Processes

ROOT = Path(__file__).parents[2]
FOLDERS = ("samples/documents", "tests/formats", "../shared/corpus", "../shared/gold/formats")
Given = tuple[str, bytes]
BAD = [("空.txt", b""), ("坏.docx", b"PK\x03\x04"), ("坏.txt", b"\x00\xff\xfe" * 40), ("坏.html", b"<table><td>")]


def facts(given: Given) -> list[Document] | ZerenError:
    """What is read from a file of that name and content, or why nothing is."""
    try:
        return read_documents(read_bytes(*given))
    except ZerenError as error:
        return error


def plain(found: list[Document] | ZerenError | None) -> Any:
    assert found is not None, "its worker went down"
    return [str(found), found.say("zh")] if isinstance(found, ZerenError) else [to_json(d) for d in found]


def originals() -> list[Given]:
    files = (f for folder in FOLDERS for f in sorted((ROOT / folder).glob("*")))
    return [(f.name, f.read_bytes()) for f in files if f.suffix in (".txt", ".md", ".html", ".docx")]


def mutants(count: int) -> list[Given]:
    """Small texts with parts cut out, repeated or overwritten, some by a byte that belongs nowhere."""
    choice = random.Random(11)
    small = [(name, data.decode(errors="ignore")) for name, data in originals() if len(data) < 20_000]
    small = [(name, text) for name, text in small if not name.endswith(".docx")]
    made = []
    for n in range(count):
        name, text = choice.choice(small)
        for _ in range(choice.randint(1, 8)):
            at, size = choice.randrange(len(text)), choice.randint(1, 100)
            part = text[at : at + size]
            other = choice.choice(["", part * 2, part[::-1], choice.choice(text)])
            text = text[:at] + other + text[at + size :] or part
        made.append((f"{n}-{name}", text.encode() + choice.choice([b"", b"", b"", b"\xff"])))
    return made


def main(given: Path, found: Path) -> None:
    """Read what is given in processes, as a load does."""
    workers = Processes(2)
    read = {file: plain(result) for file, result in workers.map(facts, pickle.loads(given.read_bytes()))}
    workers.close()
    found.write_bytes(pickle.dumps((outline.__file__, intake.extractor(), read)))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
else:
    import pytest

    @pytest.fixture(scope="module")
    def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
        """Where the wheel of `dist/` is installed."""
        if not outline.__file__.endswith(".py"):
            pytest.skip("compares a wheel with the checkout, and this is a wheel")
        tag = f"cp{sys.version_info.major}{sys.version_info.minor}"
        built = sorted((ROOT / "dist").glob(f"zeren-*-{tag}-*.whl"))
        if not built:
            assert not os.environ.get("CI"), "CI needs `make wheel`"
            pytest.skip("needs the compiled reading: make wheel")
        folder = tmp_path_factory.mktemp("wheel")
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", folder, built[-1]]
        subprocess.run(pip, check=True)
        return folder

    def test_what_is_read_is_the_same(wheel: Path, tmp_path: Path) -> None:
        given = originals() + mutants(400) + BAD
        (tmp_path / "given").write_bytes(pickle.dumps(given))
        child = [sys.executable, __file__, tmp_path / "given", tmp_path / "found"]
        subprocess.run(child, check=True, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(wheel)})
        module, extractor, found = pickle.loads((tmp_path / "found").read_bytes())
        assert Path(module).parent == wheel / "loaders" and module.endswith(".so")
        if extractor != intake.extractor():
            assert not os.environ.get("CI"), "CI needs `make wheel`"
            pytest.skip("the wheel in dist/ was made of other sources: make wheel")
        assert [file[0] for file in given if found[file] != plain(facts(file))] == []
