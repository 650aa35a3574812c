from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import samples
from loaders.readers import SUFFIXES, read
from samples import make_documents

FORMATS = Path(__file__).parent / "formats"
_FURNITURE = re.compile(r"\n*— \d+ —\n+.*?公报 .*\n*|\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")  # page ends, pinyin


def _seen(path: Path) -> str:
    """The text of a file without white space, table and heading marks, pages and line ends joined."""
    source = read(path)
    out, at = [], 0
    for start, end, sign in source.markup:
        out += [source.raw[at:start], sign]
        at = end
    text = "".join([*out, source.raw[at:]])
    return re.sub(r"[\s|*#]+", "", _FURNITURE.sub("", text))


def _strings(value: Any, key: str = "") -> Iterator[str]:
    """Every string of an annotation that must stand in the source."""
    if key in ("source", "note", "doc_number", "issued_on", "region", "level", "action"):
        return
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, key)
    elif isinstance(value, str):
        yield value


def _cases() -> list[tuple[Path, Path]]:
    return [(samples.gold(), path) for path in sorted(samples.gold().glob("*.json"))] + [
        (FORMATS, path) for path in sorted(FORMATS.glob("*.json"))
    ]


def test_paths_are_readable_documents() -> None:
    assert len(samples.paths()) == 8
    assert {path.suffix for path in samples.paths()} == {".txt", ".md", ".html", ".docx"} <= set(SUFFIXES)
    golds = [json.loads(path.read_text("utf-8")) for path in samples.gold().glob("*.json")]
    assert {gold["source"] for gold in golds} == {path.name for path in samples.paths()}


@pytest.mark.parametrize("name", ["06_qinghe_scheme_2024.docx", "07_qinghe_table_2025.docx"])
def test_word_files_are_as_written(name: str, tmp_path: Path) -> None:
    made = tmp_path / name
    make_documents.save(make_documents.scheme() if "scheme" in name else make_documents.table(), made)
    kept = samples.gold().parent / "documents" / name
    assert read(made).raw == read(kept).raw


def test_scheme_has_its_numbers_and_table_its_merged_cells() -> None:
    scheme, table = (read(path) for path in samples.paths() if path.suffix == ".docx")
    assert "\n二、重点任务\n(一)织密养老服务网络\n1.建设综合养老服务中心。" in scheme.raw
    spans = [(table.raw[c.start : c.end], c.rowspan) for c in table.tables[0].cells if c.column == 1]
    assert spans == [("类别", 1), ("养老服务", 3), ("托育服务", 2), ("社会救助", 3), ("公益殡葬", 1)]


@pytest.mark.parametrize(("folder", "path"), _cases(), ids=lambda value: value.stem)
def test_annotations_quote_their_source(folder: Path, path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    source = (folder if folder == FORMATS else folder.parent / "documents") / gold["source"]
    text = _seen(source)
    assert not [string for string in _strings(gold) if re.sub(r"\s+", "", string) not in text]
    for task in gold["tasks"]:
        assert set(task["collective"]) <= {*task["leads"], *task["responsible"], *task["assists"]}
