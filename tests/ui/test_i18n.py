from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import ui
from graph.model import NODES, RELS
from queries.chain import STAGES
from ui import i18n, models, page
from ui.links import PAGES

ROOT = Path(ui.__file__).parent
FILES = sorted([*ROOT.glob("*.py"), *ROOT.glob("views/*.py"), *ROOT.glob("components/*/*.py")])
OURS = [f for f in FILES if f.name != "export.py"]  # export.py is the command line's too and speaks for itself
HAN = re.compile("[一-鿿]")
# parts of the catalogue that are looked up by a value of the data
BY_VALUE = {"kind", "rel", "level", "stage", "mark", "column", "property", "nav", "section"}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls() -> tuple[set[str], set[str]]:
    """Keys given to `t` as literals, and the beginnings of those put together."""
    literal, begun = set(), set()
    for file in OURS:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t" and node.args):
                continue
            options = (
                [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
            )
            for option in options:
                if isinstance(option, ast.Constant):
                    literal.add(option.value)
                elif isinstance(option, ast.JoinedStr):
                    first, last = option.values[0], option.values[-1]
                    if isinstance(first, ast.Constant):
                        begun.add(first.value)
                    else:  # `page.head` puts the page before
                        assert isinstance(last, ast.Constant) and last.value in (".title", ".lead"), (
                            "a key must begin with its group"
                        )
    return literal, begun


def test_both_languages_have_the_same_words() -> None:
    zh, en = i18n.catalogue("zh"), i18n.catalogue("en")
    assert {k for k in en if not k.endswith("_one")} == set(zh)
    assert all(k.removesuffix("_one") in zh for k in en)


def test_both_languages_fill_in_the_same_values() -> None:
    zh, en = i18n.catalogue("zh"), i18n.catalogue("en")
    assert {k: fields(zh[k]) for k in zh} == {k: fields(en[k]) for k in zh}


def test_every_word_asked_for_is_there_and_every_word_is_asked_for() -> None:
    known = set(i18n.catalogue("zh"))
    literal, begun = calls()
    assert literal <= known, literal - known
    assert all(any(k.startswith(b) for k in known) for b in begun)
    idle = {k for k in known - literal if not k.startswith(tuple(begun)) and k.split(".")[0] not in BY_VALUE}
    # `heading` and `head` look up a page's title and lead; the language switch its own name
    idle -= {f"{p}.{w}" for p in PAGES for w in ("title", "lead")} | {"app.own_name"}
    assert not idle, idle


def test_what_the_data_can_hold_has_words() -> None:
    known = i18n.catalogue("zh")
    wanted = [f"kind.{n.label}" for n in NODES] + [f"rel.{r.name}" for r in RELS] + [f"stage.{s}" for s in STAGES]
    wanted += [f"mark.{k}" for k in models.MARK_KINDS]
    assert not [w for w in wanted if w not in known]
    assert set(models.KINDS) == {n.label for n in NODES}


def test_pages_hold_no_chinese_of_their_own() -> None:
    found = []
    for file in OURS:
        if file.name == "access.py":  # its errors are said by the command line too, which has no catalogue
            continue
        tree = ast.parse(file.read_text("utf-8"))
        notes = {
            id(n.body[0].value)
            for n in ast.walk(tree)
            if isinstance(n, (ast.Module, ast.FunctionDef, ast.ClassDef)) and n.body and isinstance(n.body[0], ast.Expr)
        }
        found += [
            f"{file.name}:{n.lineno} {n.value}"
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and HAN.search(n.value) and id(n) not in notes
        ]
    allowed = "关于"  # what document titles begin with, in `models.spoken_name`
    assert not [f for f in found if allowed not in f], found


def test_each_language_speaks_itself() -> None:
    names = {"app.own_name", "empty.command"}
    assert not [k for k, v in i18n.catalogue("en").items() if HAN.search(v) and k not in names]
    latin = {k: re.findall("[A-Za-z]{3,}", re.sub(r"\{[^}]*\}", "", v)) for k, v in i18n.catalogue("zh").items()}
    allowed = {"Cypher", "Neo", "Browser", "shell", "cypher", "Python", "LadybugDB", "JavaScript", "Markdown", "Word"}
    allowed |= {"HTML", "XLSX", "CSV", "PNG", "SVG", "UTC", "Enter", "Shift", "zeren", "load"}
    assert not {k: v for k, v in latin.items() if set(v) - allowed}


def test_one_is_said_differently_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "language", lambda: "en")
    assert i18n.t("load.start", n=1) == "Load 1 file"
    assert i18n.t("load.start", n=2) == "Load 2 files"
    monkeypatch.setattr(i18n, "language", lambda: "zh")
    assert i18n.t("load.start", n=1) == "导入 1 个文件"


def test_unknown_values_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "language", lambda: "zh")
    assert i18n.name_of("level", "municipal") == "市级"
    assert i18n.name_of("level", "宁溪") == "宁溪"
    assert i18n.name_of("level", None) == ""


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_what_is_known_of_a_node_is_named(lang: str) -> None:
    with i18n.speaking(lang):
        names = {prop: page.property_name(prop) for shown in page.SHOWN.values() for prop in shown}
    assert all(bool(HAN.search(n)) == (lang == "zh") for n in names.values()), names
    assert all(HAN.match(n) or n[0].isupper() for n in names.values()), names
