"""How well documents are read, measured on annotations made by hand.

An annotation is one JSON file per document in the schema that `zeren extract --json` prints (without spans); its
`source` names the file it was made from. Documents are paired by number or title, tasks by number, title and bodies;
what stays unpaired counts as missed or as invented.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from graph.errors import ZerenError
from loaders.facts_json import to_json
from loaders.read import read_documents
from loaders.readers import read

KINDS = (
    "documents", "issued", "tasks", "roles", "leads", "responsible", "assists", "years", "quantities", "citations",
    "citation_levels", "members", "posts", "offices", "member_units", "appointments", "phases", "goals",
    "goal_quantities",
)  # fmt: skip
ROLES = ("leads", "responsible", "assists")
_WIDTHS = str.maketrans("（）［］〔〕【】，：；．－—–〈〉％“”‘’\"'", "()[][][],:;.---<>%``````")
_OPEN_END = re.compile(r"(等部门|等单位|等)$")

Plain = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of one kind of fact."""

    right: int = 0
    missed: int = 0
    invented: int = 0

    @property
    def precision(self) -> float:
        """Right of all that was found."""
        return self.right / (self.right + self.invented) if self.right + self.invented else 1.0

    @property
    def recall(self) -> float:
        """Right of all that is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(slots=True)
class Evaluation:
    """Scores by kind, and every error as (document, kind, missed|invented, what)."""

    scores: dict[str, Score] = field(default_factory=lambda: {k: Score() for k in KINDS})
    errors: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, kind: str, gold: Iterable[Any], found: Iterable[Any], where: str) -> None:
        """Count the items of one kind in one place, as multisets."""
        want, have = Counter(gold), Counter(found)
        score = self.scores[kind]
        score.right += sum((want & have).values())
        for name, rest in (("missed", want - have), ("invented", have - want)):
            count = sum(rest.values())
            score.missed += count if name == "missed" else 0
            score.invented += count if name == "invented" else 0
            self.errors += [(where, kind, name, str(item)) for item in rest.elements()]

    def as_json(self) -> Plain:
        """What `--save` writes and `--against` reads."""
        return {
            "scores": {
                k: {"right": s.right, "missed": s.missed, "invented": s.invented} for k, s in self.scores.items()
            },
            "errors": [list(e) for e in self.errors],
        }


def evaluate(gold: Path, texts: Path | None = None) -> Evaluation:
    """Read every text that the annotations in `gold` name and compare. Texts lie in `texts`, in `gold` or beside it.

    Raises ZerenError when `gold` holds no annotation or a text cannot be found.
    """
    annotations: dict[str, list[Plain]] = {}
    for file in sorted(gold.glob("*.json")):
        try:
            annotation = json.loads(file.read_text("utf-8"))
            source = str(annotation["source"])
        except (ValueError, KeyError, TypeError) as error:
            raise ZerenError(f"{file}: no annotation ({error})", f"{file}: 不是标注文件({error})") from error
        annotations.setdefault(source, []).append(annotation)
    if not annotations:
        raise ZerenError(f"{gold}: no annotations (*.json) here", f"{gold}: 此处没有标注文件(*.json)")
    result = Evaluation()
    for source, golds in annotations.items():
        path = next((d / source for d in (texts, gold, gold.parent) if d is not None and (d / source).is_file()), None)
        if path is None:
            raise ZerenError(
                f"{source}: the annotated text is not beside {gold}", f"{source}: 在{gold}旁没有找到被标注的文件"
            )
        found = [to_json(d) for d in read_documents(read(path))]
        _compare_source(result, golds, found)
    return result


def changes(before: Plain, now: Evaluation) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """(gains, losses) against a saved result: errors that are gone, errors that are new."""
    old = Counter(tuple(e) for e in before["errors"])
    new = Counter(now.errors)
    return list((old - new).elements()), list((new - old).elements())


# --- pairing ----------------------------------------------------------------------------------------------------


def fold(text: object) -> str:
    """White space out, brackets and punctuation in one width, lower case."""
    return re.sub(r"\s+", "", str(text or "")).translate(_WIDTHS).replace("`", "").lower()


def _unit(name: str) -> str:
    folded = fold(name)
    return folded if re.search(r"(有关|相关)(部门|单位)$", folded) else _OPEN_END.sub("", folded)


def _alike(one: object, other: object) -> float:
    a, b = fold(one), fold(other)
    if not a or not b:
        return 0.0
    return 1.0 if a.startswith(b) or b.startswith(a) else fuzz.ratio(a, b) / 100


def _pair(
    golds: Sequence[Plain], found: Sequence[Plain], likeness: Callable[[Plain, Plain], float], least: float
) -> dict[int, int]:
    ranked = sorted(
        ((likeness(g, p), i, j) for i, g in enumerate(golds) for j, p in enumerate(found)),
        key=lambda s: (-s[0], abs(s[1] - s[2]), s[1]),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in ranked:
        if score >= least and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _document_likeness(gold: Plain, found: Plain) -> float:
    a, b = fold(gold.get("doc_number")), fold(found.get("doc_number"))
    if a and b:
        return 2.0 if a == b else 0.0
    return _alike(gold.get("title"), found.get("title"))


def _bodies(task: Plain) -> set[str]:
    return {_unit(n) for role in ROLES for n in task.get(role, [])}


def _number(task: Plain) -> str:
    return re.sub(r"[()\[\].、，,:\s]", "", fold(task.get("number")))


def _task_likeness(gold: Plain, found: Plain) -> float:
    ours, theirs = _bodies(gold), _bodies(found)
    shared = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
    section = _alike(gold.get("section"), found.get("section")) if gold.get("section") else 0.5
    if not (gold.get("number") or gold.get("title") or found.get("number")):
        return 1.0 + 0.2 * section + 0.5 * shared
    same = bool(_number(gold)) and _number(gold) == _number(found)
    title = (
        _alike(gold.get("title"), found.get("title") or str(found.get("text") or "")[:40])
        if gold.get("title")
        else float(same)
    )
    return title + 0.5 * same + 0.2 * section + 0.3 * shared


def _citation_likeness(gold: Plain, found: Plain) -> float:
    number = fold(gold.get("doc_number"))
    if number and number == fold(found.get("doc_number")):
        return 2.0
    a, b = fold(gold.get("title")), fold(found.get("title"))
    return 0.9 if a != b and min(len(a), len(b)) >= 6 and (a in b or b in a) else _alike(a, b)


# --- comparing --------------------------------------------------------------------------------------------------


def _compare_source(result: Evaluation, golds: list[Plain], found: list[Plain]) -> None:
    only = len(golds) == len(found) == 1
    pairs = {0: 0} if only else _pair(golds, found, _document_likeness, 0.6)
    for i, gold in enumerate(golds):
        where = f"{gold['source']} {gold.get('doc_number') or str(gold.get('title') or '')[:20]}"
        _compare_document(result, gold, found[pairs[i]] if i in pairs else None, where)
    for j, extra in enumerate(found):
        if j not in pairs.values():
            where = f"{extra['source']} {extra.get('doc_number') or extra.get('title')}"
            result.add("documents", [], ["document"], where)
            for task in extra["tasks"]:
                result.add("tasks", [], [_label(task)], where)
                _compare_task(result, {}, task, where)


def _compare_document(result: Evaluation, gold: Plain, document: Plain | None, where: str) -> None:
    found = document or {}
    result.add("documents", ["document"], ["document"] if found else [], where)
    if gold.get("issued_on"):
        result.add(
            "issued",
            [gold["issued_on"], fold(gold.get("issuer"))],
            [found.get("issued_on"), fold(found.get("issuer"))],
            where,
        )
    golds, tasks = gold.get("tasks", []), found.get("tasks", [])
    pairs = _pair(golds, tasks, _task_likeness, 1.0)
    result.scores["tasks"].right += len(pairs)
    for i, task in enumerate(golds):
        if i not in pairs:
            result.add("tasks", [_label(task)], [], where)
        _compare_task(result, task, tasks[pairs[i]] if i in pairs else {}, f"{where} {_label(task)}")
    for j, task in enumerate(tasks):
        if j not in pairs.values():
            result.add("tasks", [], [_label(task)], where)
            _compare_task(result, {}, task, f"{where} {_label(task)}")
    if "citations" in gold:
        _compare_citations(result, gold["citations"], found.get("citations", []), where)
    if "groups" in gold:
        _compare_groups(result, gold["groups"], found.get("groups", []), where)
    if "appointments" in gold:
        result.add("appointments", _appointments(gold), _appointments(found), where)
    if "phases" in gold:
        result.add("phases", _phases(gold), _phases(found), where)
    if "goals" in gold:
        result.add(
            "goals", [g.get("year") for g in gold["goals"]], [g.get("year") for g in found.get("goals", [])], where
        )
        result.add("goal_quantities", _goal_quantities(gold), _goal_quantities(found), where)


def _appointments(document: Plain) -> list[tuple[str, str, str]]:
    return [
        (fold(a.get("person")), fold(a.get("post")), str(a.get("action"))) for a in document.get("appointments", [])
    ]


def _phases(document: Plain) -> list[str]:
    return [fold(p.get("when")) for p in document.get("phases", [])]


def _label(task: Plain) -> str:
    return f"[{task.get('number')}] {str(task.get('title') or '')[:20]}"


def _compare_task(result: Evaluation, gold: Plain, found: Plain, where: str) -> None:
    leads = {_unit(n) for n in gold.get("leads", [])}
    for role in ROLES:
        want = [_unit(n) for n in gold.get(role, [])]
        have = [_unit(n) for n in found.get(role, [])]
        if role == "responsible":  # a lead repeated among the responsible is no error
            have = [n for n in have if n not in leads or n in want]
        result.add(role, want, have, where)
        result.add("roles", [(role, n) for n in want], [(role, n) for n in have], where)
    if "years" in gold or not gold:
        result.add("years", gold.get("years", []), found.get("years", []), where)
    if "quantities" in gold or not gold:
        result.add(
            "quantities", map(_quantity, gold.get("quantities", [])), map(_quantity, found.get("quantities", [])), where
        )


def _quantity(quantity: Plain) -> tuple[float | str, str]:
    value = quantity.get("value")
    return (round(float(value), 4) if isinstance(value, int | float) else fold(value), fold(quantity.get("unit")))


def _goal_quantities(document: Plain) -> list[tuple[Any, ...]]:
    return [(g.get("year"), *_quantity(q)) for g in document.get("goals", []) for q in g.get("quantities", [])]


def _compare_citations(result: Evaluation, golds: list[Plain], found: list[Plain], where: str) -> None:
    pairs = _pair(golds, found, _citation_likeness, 0.85)
    result.scores["citations"].right += len(pairs)
    result.add("citations", [g.get("title") for i, g in enumerate(golds) if i not in pairs], [], where)
    result.add("citations", [], [p.get("title") for j, p in enumerate(found) if j not in pairs.values()], where)
    for i, j in pairs.items():
        if golds[i].get("level"):
            result.add(
                "citation_levels", [golds[i]["level"]], [found[j].get("level")], f"{where} {golds[i].get('title')}"
            )


def _compare_groups(result: Evaluation, golds: list[Plain], found: list[Plain], where: str) -> None:
    pairs = _pair(golds, found, lambda g, p: _alike(g.get("name"), p.get("name")), 0.7)
    for i, gold in enumerate(golds):
        group = found[pairs[i]] if i in pairs else {}
        place = f"{where} {gold.get('name')}"
        result.add("members", _people(gold), _people(group), place)
        result.add("posts", _posts(gold), _posts(group), place)
        result.add("offices", _office(gold), _office(group), place)
        result.add(
            "member_units", map(_unit, gold.get("member_units", [])), map(_unit, group.get("member_units", [])), place
        )
    for j, group in enumerate(found):
        if j not in pairs.values():
            result.add("members", [], _people(group), f"{where} {group.get('name')}")


def _people(group: Plain) -> list[tuple[str, str]]:
    return [(fold(m["name"]), fold(m.get("role"))) for m in group.get("members", [])]


def _posts(group: Plain) -> list[tuple[str, str]]:
    return [(fold(m["name"]), fold(post)) for m in group.get("members", []) for post in m.get("posts", [])]


def _office(group: Plain) -> list[str]:
    return [fold(group["office_in"])] if group.get("office_in") else []
