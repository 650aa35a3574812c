"""Reading measured on annotations made by hand: our own always, the shared collections where they lie."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import samples
from loaders.evaluate import KINDS, Evaluation, changes, evaluate
from ui.cli import app

HERE = Path(__file__).resolve()
SHARED = HERE.parents[3] / "shared" / "gold"
LAYOUTS = HERE.parents[1] / "formats"

# Least F1 by kind; what a collection does not name is not asked of it.
COLLECTIONS: dict[str, tuple[Path, Path, dict[str, float]]] = {
    "samples": (
        Path(samples.__file__).parent / "gold",
        Path(samples.__file__).parent / "documents",
        {"tasks": 0.99, "roles": 0.99, "years": 0.97, "citations": 0.95, "members": 0.95, "goals": 0.95},
    ),
    "layouts": (LAYOUTS, LAYOUTS, {"tasks": 0.97, "roles": 0.97, "years": 0.95, "citations": 0.95}),
    "shared documents": (
        SHARED / "documents",
        SHARED.parent / "corpus",
        {
            "tasks": 0.97, "roles": 0.96, "leads": 0.96, "years": 0.95, "quantities": 0.90, "citations": 0.95,
            "members": 0.99, "posts": 0.95, "goals": 0.90,
        },
    ),
    "shared formats": (SHARED / "formats", SHARED / "formats", {"tasks": 0.99, "roles": 0.97, "years": 0.95}),
}  # fmt: skip


@pytest.mark.parametrize("name", COLLECTIONS)
def test_reads_as_well_as_promised(name: str) -> None:
    gold, texts, least = COLLECTIONS[name]
    if not gold.is_dir():
        pytest.skip(f"{gold} is not here: it is shared with the developers, not part of the project")
    scores = evaluate(gold, texts).scores
    short = {k: round(scores[k].f1, 3) for k in least if scores[k].f1 < least[k]}
    assert not short
    print({k: round(s.f1, 3) for k, s in scores.items()})


def test_a_saved_result_shows_gains_and_losses(tmp_path: Path) -> None:
    before = Evaluation()
    before.add("roles", [("leads", "甲局")], [], "样例")
    now = Evaluation()
    now.add("roles", [], [("leads", "乙局")], "样例")
    gains, losses = changes(before.as_json(), now)
    assert [g[2] for g in gains] == ["missed"]
    assert [g[2] for g in losses] == ["invented"]


def test_evaluate_from_the_command_line(tmp_path: Path) -> None:
    gold, texts, _ = COLLECTIONS["samples"]
    saved = tmp_path / "result.json"
    first = CliRunner().invoke(app, ["evaluate", str(gold), "--texts", str(texts), "--save", str(saved)])
    assert first.exit_code == 0, first.output
    assert all(kind in first.output for kind in KINDS)
    assert json.loads(saved.read_text("utf-8"))["scores"]["tasks"]["right"] > 50
    again = CliRunner().invoke(
        app, ["evaluate", str(gold), "--texts", str(texts), "--against", str(saved), "--lang", "en"]
    )
    assert "gains 0" in again.output
    assert "losses 0" in again.output
    strict = CliRunner().invoke(app, ["evaluate", str(gold), "--texts", str(texts), "--min-f1", "roles=1.01"])
    assert strict.exit_code == 1


def test_extract_from_the_command_line() -> None:
    path = next(p for p in samples.paths() if p.suffix == ".md")
    printed = CliRunner().invoke(app, ["extract", str(path), "--json"])
    documents = json.loads(printed.output)
    assert documents[0]["source"] == path.name
    assert {"leads", "responsible", "assists", "collective", "years"} <= documents[0]["tasks"][0].keys()
    digest = CliRunner().invoke(app, ["extract", str(path)])
    assert digest.exit_code == 0
    assert "牵头" in digest.output
