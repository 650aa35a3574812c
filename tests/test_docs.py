"""Pages made of the code are current, and the links between the pages lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("samples/*.md")]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_model_page_is_current() -> None:
    made = script("make_model")
    assert made.FILE.read_text("utf-8") == made.text(), "run: python docs/make_model.py"


def test_the_reading_page_is_current() -> None:
    made = script("make_reading")
    page = made.FILE.read_text("utf-8")
    assert page.count("```text") >= 15
    assert page == made.filled(page), "run: python docs/make_reading.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)|<img[^>]*src=\"([^\"]+)\"", text):
        address = target[0] or target[1]
        if "://" not in address:
            assert (page.parent / address).exists(), f"{page.name}: {address}"
