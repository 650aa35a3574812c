"""Runs the commands of the README files and writes down what they print: `python docs/make_readme.py`.

The table of queries is made of `cypher/`.
Every `console` block is a `$ zeren …` line and its output in a terminal of 100 columns, with a library of the samples.
A test checks that the files are current, so every command shown works.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import tempfile
from pathlib import Path

import samples
from graph.errors import ZerenError
from graph.library import Library
from loaders.load import load
from queries.files import table

ROOT = Path(__file__).parent.parent
FILES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
_BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
_QUERIES = re.compile(r"(<!-- queries -->\n).*?(<!-- /queries -->)", re.DOTALL)
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
TERMINAL = {"COLUMNS": "100", "TTY_COMPATIBLE": "1", "TTY_INTERACTIVE": "0", "NO_COLOR": "1", "TERM": "xterm"}


def filled(language: str) -> str:
    """The README in `language` with the current output below each command."""
    page = _QUERIES.sub(lambda m: f"{m[1]}{table(language)}\n{m[2]}", FILES[language].read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        load(Library.create("zeren-library"), samples.paths())
        Path("samples").symlink_to(ROOT / "samples")
        return _BLOCK.sub(lambda m: f"```console\n$ {m['command']}\n{printed(m['command'], language)}```", page)


def printed(command: str, language: str) -> str:
    """What a `zeren` command prints, without colours. Raises AssertionError for any other command."""
    from typer.testing import CliRunner

    from ui.cli import app

    program, *arguments = shlex.split(command)
    assert program == "zeren", command
    given = {**TERMINAL, "ZEREN_LANG": language, "ZEREN_LIBRARY": None, "ZEREN_STORE": None, "HOME": str(Path.cwd())}
    result = CliRunner().invoke(app, arguments, env=given)
    if isinstance(result.exception, ZerenError):
        return result.exception.say(language) + "\n"
    assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)
    lines = [line.rstrip() for line in _CONTROL.sub("", result.output).splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


if __name__ == "__main__":
    for language, file in FILES.items():
        file.write_text(filled(language), encoding="utf-8")
