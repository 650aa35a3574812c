"""The README files: every command shown works and prints what is shown, in both languages alike."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from test_docs import ROOT, script

import samples
from graph.library import Library
from loaders.load import load
from queries import catalog
from queries.run import run

README = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}


def texts() -> list[str]:
    return [file.read_text("utf-8") for file in README.values()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_commands_print_what_is_shown(language: str) -> None:
    made = script("make_readme")
    assert made.filled(language) == README[language].read_text("utf-8"), "run: python docs/make_readme.py"


def test_both_languages_say_the_same() -> None:
    for pattern in (
        r"^#+ ",  # headings, by level
        r"^\$ zeren (?!ask)[^\n]+",
        r"^(?:make|pip|zeren) [^#\n]*[^#\s]",
        r"!\[[^\]]*\]\(docs/images/(\w+)-\w+\.png\)",
        r"```(?:cypher|mermaid)\n.*?```",
        r"`zeren [a-z]+",
    ):
        one, other = (sorted(re.findall(pattern, text, re.MULTILINE | re.DOTALL)) for text in texts())
        assert one == other, pattern


def test_commands_named_exist() -> None:
    from typer.main import get_command

    from ui.cli import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for text in [*texts(), (ROOT / "CONTRIBUTING.md").read_text("utf-8")]:
        assert set(re.findall(r"(?:`|^|\$ )zeren ([a-z]+)", text, re.MULTILINE)) <= known
        assert set(re.findall(r"(?:`|^)make (\w+)", text, re.MULTILINE)) <= targets


def test_the_query_shown_runs(tmp_path: Path) -> None:
    text = re.search(r"```cypher\n(.*?)```", texts()[0], re.DOTALL)
    assert text
    file = tmp_path / "accountability" / "led-alone.cypher"
    file.parent.mkdir()
    file.write_text(text[1], "utf-8")
    query = catalog.read(file)
    load(Library.create(tmp_path / "library"), samples.paths())
    answer = run(Library(tmp_path / "library").store(), query, {"department": "省卫生健康委"})
    assert not answer.rows
    answer = run(Library(tmp_path / "library").store(), query, {"department": "市民政局"})
    assert [(r["task"][:10], r["department"]) for r in answer.rows] == [("统一特困供养机构护理", "市民政局")]


def test_the_pictures_shown_are_those_the_script_takes() -> None:
    shown = {name for text in texts() for name in re.findall(r"docs/images/([\w-]+)\.png", text)}
    assert shown == {p.stem for p in (ROOT / "docs/images").glob("*.png")}
    help_ = subprocess.run(
        [sys.executable, ROOT / "benchmarks/screenshots.py", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert all(name.rpartition("-")[0] in help_ for name in shown)
