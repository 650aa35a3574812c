"""A question in Chinese or English → a canned query with its parameters.

    understood = ask(store, "县民政局2023年牵头哪些任务?")
    understood.query.name, understood.params, understood.explanation["zh"]
    answer = run(store, understood.query, understood.params)

First the question's names are found (`queries.mentions`). What is left is read as concepts (`lexicon.yaml`): words of
either language that mean the same. Each query has its questions in its head; the one whose concepts and slots are
nearest is chosen. There is no list of answers: a new query is understood by the questions written in its own file.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from graph.store import Store
from queries import mentions
from queries.catalog import Param, Query, Words, catalog, value_title
from queries.mentions import Mention
from queries.names import SLIP, Entry, Resolved

ANSWERABLE = 0.52  # of 1; below it the question is not taken for any canned one
_WEAK = 0.35  # weight of concepts that most questions hold
_ALTERNATIVES = 4
_FOLLOW_UPS = 4
_SPOKEN_OF = (
    "MATCH (t:Task) WHERE t.title CONTAINS $needle OR t.text CONTAINS $needle OR t.section CONTAINS $needle "
    "WITH t LIMIT 1 RETURN count(t) AS total"
)
_SLOT = re.compile(r"\{(\w+)\}")
_STOPS = {"zh": r"[\x00\s?？。，,.!！;；:：、]+", "en": r"\x00[\x00\s]*|[?.,!;:]"}
_PARTICLES = "的了吗呢吧啊呀是在里中上下都还也就和与及跟对把将要会来去得着过"  # at the ends of a subject
_NAMED = ("Department", "Document", "Person", "LeadingGroup", "Region", "Task")
# a concept in the question → the value of a choice parameter of that name
_CHOICES = {
    "role": {"lead": "LEADS", "assist": "ASSISTS"},
    "predecessors": {"predecessor": "yes"},
    "level": {"level_national": "national", "level_provincial": "provincial", "level_municipal": "municipal",
              "level_district": "district", "level_township": "township"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A canned question that can be asked next: its words in both languages, query and parameters."""

    text: Words
    query: Query
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a question was understood.

    `query` is None when no canned query answers it; `alternatives` are the nearest ones, best first. `params` can be
    given to `run` as they are. `choices` holds, for a parameter that can mean several things, all of them; it is then
    not in `params`. `unknown` are names the question gives that nothing in the library bears.
    """

    question: str
    language: str
    query: Query | None
    params: dict[str, str]
    score: float
    explanation: Words
    resolved: dict[str, Resolved]
    choices: dict[str, list[Entry]]
    unknown: list[str]
    alternatives: list[Suggestion]
    follow_ups: list[Suggestion]

    @property
    def ready(self) -> bool:
        """Whether the query can be run: nothing is left to choose and nothing it needs is missing."""
        return self.query is not None and not self.choices and all(
            p.name in self.params for p in self.query.params if p.required
        )  # fmt: skip


# Concepts that mean something else before and after what they are about: A cites / cites A.
_ORDERED = ("cite", "implement", "authority", "assist")


@dataclass(frozen=True, slots=True)
class _Pattern:
    query: Query
    concepts: frozenset[str]
    slots: frozenset[str]  # names of parameters


@dataclass(slots=True)
class _Reading:
    """A question taken apart: its names, the concepts of its words and the words that mean nothing known."""

    text: str
    language: str
    mentions: list[Mention]
    concepts: frozenset[str]
    rest: list[str]  # stretches of text between cue words, longest first
    covered: float  # share of the words that are understood
    subject: str = ""  # what of the rest the library's tasks speak of


def ask(store: Store, question: str, today: date | None = None) -> Understanding:
    """The canned query that answers a question, its parameters, and what else might be meant."""
    text = mentions.tidy(question)
    named = mentions.find(store, text, today or date.today())
    language = "en" if mentions.is_english(text, named) else "zh"
    reading = _read(text, language, named)
    reading.subject = _subject(store, reading)
    ranked = _rank(reading)
    best = ranked[0] if ranked and ranked[0].score >= ANSWERABLE else None
    unknown = [m.text for m in named if not m.entries and m.type in _NAMED]
    return Understanding(
        question=question,
        language=language,
        query=best.query if best else None,
        params=best.params if best else {},
        score=round(ranked[0].score, 3) if ranked else 0.0,
        explanation=_explain(best, unknown, reading),
        resolved=best.resolved if best else {},
        choices=best.choices if best else {},
        unknown=unknown,
        alternatives=[_suggest(c) for c in ranked if c is not best][:_ALTERNATIVES],
        follow_ups=_follow_ups(best) if best else [],
    )


# --- words → concepts -------------------------------------------------------------------------------------------------


@functools.cache
def _lexicon() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("lexicon.yaml").read_text("utf-8"))
    return data


@functools.cache
def _words(language: str) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...], dict[str, frozenset[str]]]:
    """One pattern that finds every known word, longest first; for English the patterns with `*`; word → concepts."""
    data = _lexicon()
    table: dict[str, set[str]] = {w: set() for w in data["nothing"][language]}
    for concept, words in data["concepts"].items():
        for word in words[language]:
            table.setdefault(word, set()).add(concept)
    ordered = sorted(table, key=lambda w: (-len(w), w))
    if language == "zh":
        return re.compile("|".join(map(re.escape, ordered))), (), {w: frozenset(c) for w, c in table.items()}
    forms = [(re.escape(w).replace(r"\*", "[a-z]*"), w) for w in ordered]
    every = re.compile(r"\b(?:" + "|".join(f for f, _ in forms) + r")\b")
    singles = tuple((re.compile(f), w) for f, w in forms)
    return every, singles, {w: frozenset(c) for w, c in table.items()}


def _concepts(text: str, language: str) -> tuple[set[str], list[tuple[int, int, frozenset[str]]]]:
    """Concepts of the words of a text, and where each known word stands (no concepts: it means nothing here)."""
    every, singles, table = _words(language)
    lowered = text.casefold() if len(text.casefold()) == len(text) else text
    found: set[str] = set()
    spans = []
    for match in every.finditer(lowered):
        if language == "zh":
            concepts = table[match[0]]
        else:
            concepts = frozenset().union(*(table[w] for p, w in singles if p.fullmatch(match[0])))
        found |= concepts
        spans.append((*match.span(), concepts))
    return found, spans


def _order(spans: list[tuple[int, int, frozenset[str]]], name: int) -> set[str]:
    """Whether the first name stands before or after those concepts for which it matters."""
    if name < 0:
        return set()
    return {f"{c}{'>' if start > name else '<'}" for start, _, found in spans for c in found if c in _ORDERED}


def _read(text: str, language: str, named: list[Mention]) -> _Reading:
    hidden = list(text)
    for mention in named:
        hidden[mention.start : mention.end] = "\x00" * (mention.end - mention.start)
    words = "".join(hidden)
    concepts, spans = _concepts(words, language)
    concepts |= _order(spans, named[0].start if named else -1)
    known = [False] * len(words)
    for start, end, _ in spans:
        known[start:end] = [True] * (end - start)
    content = [i for i, c in enumerate(words) if c != "\x00" and (c.isalnum())]
    meant = sum(end - start for start, end, found in spans if found)
    unknown = sum(1 for i in content if not known[i])
    return _Reading(
        text, language, named, frozenset(concepts), _rest(words, spans, language), meant / max(meant + unknown, 1),
    )  # fmt: skip


def _rest(words: str, spans: list[tuple[int, int, frozenset[str]]], language: str) -> list[str]:
    """What the question is about besides names and cues: stretches between cue words, longest first."""
    if language == "en" and (chinese := re.findall("[一-鿿][一-鿿0-9A-Za-z·]*", words)):
        return sorted(chinese, key=len, reverse=True)
    cut = list(words)
    for start, end, found in spans:
        # single characters may stand inside a subject (和谐社区); cues end it
        if found or end - start > 1 or language == "en":
            cut[start:end] = "\x00" * (end - start)
    stretches = re.split(_STOPS[language], "".join(cut))
    stretches = [s.strip().strip(_PARTICLES if language == "zh" else "").strip() for s in stretches]
    return sorted((s for s in stretches if len(s) >= 2), key=len, reverse=True)


def _subject(store: Store, reading: _Reading) -> str:
    """The stretch of text that some task speaks of, a little shortened if need be; "" when none does.

    A question that says it searches is taken at its word: that nothing is found is then the answer.
    """
    for stretch in reading.rest[:2]:
        for cut in range(len(stretch) // 3 + 1):
            for text in dict.fromkeys((stretch[: len(stretch) - cut], stretch[cut:])):
                if len(text.strip()) >= 2 and store.run(_SPOKEN_OF, {"needle": text.strip()})[0]["total"]:
                    return text.strip()
    return reading.rest[0] if reading.rest and "search" in reading.concepts else ""


@functools.cache
def _patterns() -> tuple[tuple[_Pattern, ...], dict[str, float]]:
    """The questions of all queries as concepts and slots, and what each concept is worth."""
    found = []
    holders: dict[str, set[str]] = {}
    for query in catalog().values():
        for language, questions in query.ask.items():
            for question in questions:
                slots = frozenset(_SLOT.findall(question))
                words = _SLOT.sub("\x00", question)
                concepts, spans = _concepts(words, language)
                concepts |= _order(spans, words.find("\x00"))
                found.append(_Pattern(query, frozenset(concepts), slots))
                for concept in concepts | {f"{{{_type_of(query, s)}}}" for s in slots}:
                    holders.setdefault(concept, set()).add(query.name)
    weights = {c: math.log(1 + len(catalog()) / len(q)) for c, q in holders.items()}
    for concept in _lexicon()["weak"]:
        weights[concept] = weights.get(concept, 1.0) * _WEAK
    return tuple(found), weights


def _type_of(query: Query, name: str) -> str:
    return query.param(name).type


# --- matching ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Candidate:
    query: Query
    score: float
    params: dict[str, str]
    resolved: dict[str, Resolved]
    choices: dict[str, list[Entry]]


def _rank(reading: _Reading) -> list[_Candidate]:
    """Queries that might be meant, best first, each once."""
    patterns, weights = _patterns()
    best: dict[str, tuple[float, int]] = {}
    for at, pattern in enumerate(patterns):
        score = _score(reading, pattern, weights)
        if score > best.get(pattern.query.name, (0.0, 0))[0]:
            best[pattern.query.name] = (score, at)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return [_filled(reading, patterns[at].query, score) for _, (score, at) in ranked if score > 0.15]


def _score(reading: _Reading, pattern: _Pattern, weights: Mapping[str, float]) -> float:
    """How near a question is to one of the canned ones, 0 to 1."""
    query = pattern.query
    if not reading.mentions and not reading.subject and reading.concepts <= set(_lexicon()["empty"]):
        return 0.0
    asked = {c: weights.get(c, 1.0) for c in reading.concepts}
    wanted = {c: weights.get(c, 1.0) for c in pattern.concepts}
    filled, left = _assign(reading.mentions, query)
    text = next((p.name for p in query.params if p.type == "Text"), "")
    penalty = 1.0
    for param in query.params:
        slot = f"{{{param.type}}}"
        in_pattern = param.name in pattern.slots
        if param.name in filled:
            asked[param.name] = weights.get(slot, 1.0)
            # what the query can narrow by is no reason against it, but a question made for it is better
            wanted[param.name] = asked[param.name] if in_pattern else asked[param.name] * 0.5
            continue
        if param.name == text and in_pattern and reading.subject:
            asked[param.name] = wanted[param.name] = weights.get(slot, 1.0) * 0.8
            continue
        if param.type == "Choice" and any(c in reading.concepts for c in _CHOICES.get(param.name, ())):
            continue
        if param.required:
            penalty *= 0.45
        elif in_pattern and param.name != text:
            wanted[param.name] = weights.get(slot, 1.0) * 0.15
        elif in_pattern:
            wanted[param.name] = weights.get(slot, 1.0) * 0.6
    for mention in left:
        asked[f"?{mention.start}"] = weights.get(f"{{{mention.type}}}", 1.5)
    uses_text = text and text in wanted and text in asked
    if reading.rest and not uses_text:
        penalty *= 0.55 + 0.45 * reading.covered
    shared = sum(min(asked[c], wanted[c]) for c in asked.keys() & wanted.keys())
    total = sum(asked.values()) + sum(wanted.values())
    return penalty * 2 * shared / total if total else 0.0


def _assign(found: Iterable[Mention], query: Query) -> tuple[dict[str, Mention], list[Mention]]:
    """Mentions to parameters by type, in order; and those that no parameter takes."""
    filled: dict[str, Mention] = {}
    left: list[Mention] = []
    days = [p.name for p in query.params if p.type == "Date"]
    # a name that means one thing goes before one that can mean several
    for mention in sorted(found, key=lambda m: (len(m.entries) > 1, m.start)):
        if mention.type == "Days" and days and not any(d in filled for d in days):
            filled |= dict.fromkeys(days, mention)
        elif name := _free(query, mention.type, filled):
            filled[name] = mention
        elif not any({e.id for e in m.entries} & {e.id for e in mention.entries} for m in filled.values()):
            left.append(mention)
    return filled, left


def _free(query: Query, type_: str, filled: Mapping[str, Mention]) -> str:
    return next((p.name for p in query.params if p.type == type_ and p.name not in filled), "")


def _filled(reading: _Reading, query: Query, score: float) -> _Candidate:
    filled, left = _assign(reading.mentions, query)
    params: dict[str, str] = {}
    resolved: dict[str, Resolved] = {}
    choices: dict[str, list[Entry]] = {}
    for name, mention in filled.items():
        param = query.param(name)
        if param.type in _NAMED:
            if len(mention.entries) == 1:
                entry = mention.entries[0]
                params[name] = entry.id
                resolved[name] = Resolved(mention.text, entry.id, entry.name, entry.region, mention.how)
            elif mention.entries:
                choices[name] = _narrowed(list(mention.entries), left)
                if len(choices[name]) == 1:
                    entry = choices.pop(name)[0]
                    params[name] = entry.id
                    resolved[name] = Resolved(mention.text, entry.id, entry.name, entry.region, mention.how)
            continue
        value = _plain_value(param, mention)
        params[name] = value
        resolved[name] = Resolved(mention.text, value, value)
    for param in query.params:
        if param.name in params or param.name in choices:
            continue
        if param.type == "Choice":
            for concept, choice in _CHOICES.get(param.name, {}).items():
                if concept in reading.concepts:
                    params[param.name] = choice
                    resolved[param.name] = Resolved("", choice, choice)
                    break
        elif param.type == "Text" and reading.subject and (param.required or _wants_text(query)):
            params[param.name] = reading.subject
            resolved[param.name] = Resolved(reading.subject, reading.subject, reading.subject)
    return _Candidate(query, score, params, resolved, choices)


def _narrowed(entries: list[Entry], left: list[Mention]) -> list[Entry]:
    """Of several bodies of that name, the one in a region the question names besides."""
    places = {e.id for m in left if m.type == "Region" for e in m.entries}
    here = [e for e in entries if any(e.region.endswith(p) for p in places)]
    return here or entries


def _wants_text(query: Query) -> bool:
    name = next((p.name for p in query.params if p.type == "Text"), "")
    return any(f"{{{name}}}" in q for qs in query.ask.values() for q in qs)


def _plain_value(param: Param, mention: Mention) -> str:
    if mention.type == "Days":
        return mention.days[0] if param.name.startswith("from") else mention.days[1]
    return mention.value or mention.text


# --- saying so --------------------------------------------------------------------------------------------------------


def _explain(best: _Candidate | None, unknown: list[str], reading: _Reading) -> Words:
    missing = {"zh": f"资料库中没有:{'、'.join(unknown)}。", "en": f"Not in the library: {', '.join(unknown)}. "}
    note = missing if unknown else {"zh": "", "en": ""}
    if best is None:
        none = {"zh": "没有能回答这个问题的查询。", "en": "No canned query answers this question."}
        if reading.rest and not reading.subject:
            subject = reading.rest[0]
            none = {"zh": f"资料库的任务没有提到“{subject}”," + none["zh"],
                    "en": f"No task in the library mentions {subject}. " + none["en"]}  # fmt: skip
        return {language: note[language] + none[language] for language in none}
    said = {}
    for language, stop, join in (("zh", "。", ","), ("en", ".", ", ")):
        said_of = [p for p in best.query.params if p.name in best.resolved or p.name in best.choices]
        parts = [_shown(best, p, language) for p in said_of]
        title = best.query.title[language]
        said[language] = note[language] + (f"{title}({join.join(parts)})" if parts else title) + stop
    return said


def _shown(best: _Candidate, param: Param, language: str) -> str:
    title = param.title[language]
    if param.name in best.choices:
        return f"{title}=?" + "/".join(e.label for e in best.choices[param.name][:4])
    found = best.resolved[param.name]
    value = value_title(param.name, found.value, language) if param.type == "Choice" else found.name
    where = f" {found.region}" if found.region and found.region not in value else ""
    slip = {"zh": f" 原写“{found.given}”", "en": f" written {found.given}"}[language] if found.how == SLIP else ""
    return f"{title}={value}{where}{slip}"


def _suggest(candidate: _Candidate) -> Suggestion:
    return Suggestion(_phrase(candidate.query, candidate.params, candidate.resolved), candidate.query, candidate.params)


def _phrase(query: Query, params: Mapping[str, str], resolved: Mapping[str, Resolved]) -> Words:
    """One of the query's own questions with its slots filled; its title when none fits the parameters."""
    said = {}
    for language in ("zh", "en"):
        fitting = [q for q in query.ask[language] if set(_SLOT.findall(q)) <= set(params)]
        best = max(fitting, key=lambda q: len(_SLOT.findall(q)), default=query.title[language])
        said[language] = _SLOT.sub(lambda m: resolved[m[1]].name if m[1] in resolved else params[m[1]], best)
    return said


def _follow_ups(best: _Candidate) -> list[Suggestion]:
    """Other queries about the same things: those that take what the question named, of its own group first."""
    by_type = {best.query.param(n).type: n for n in best.resolved if best.query.param(n).type != "Choice"}
    found = []
    for query in catalog().values():
        if query is best.query:
            continue
        shared = [p for p in query.params if p.type in by_type]
        if any(p.required and p not in shared for p in query.params) or (by_type and not shared):
            continue
        resolved = {p.name: best.resolved[by_type[p.type]] for p in shared}
        params = {p.name: best.params[by_type[p.type]] for p in shared}
        rank = (-sum(p.required for p in shared), query.group != best.query.group, -len(shared))
        found.append((rank, Suggestion(_phrase(query, params, resolved), query, params)))
    found.sort(key=lambda f: f[0])
    return [s for _, s in found[:_FOLLOW_UPS]]
