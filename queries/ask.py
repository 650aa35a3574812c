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
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from graph.store import Store
from graph.vocabulary import vocabulary
from queries import mentions
from queries.catalog import Param, Query, Words, catalog, value_title
from queries.mentions import Mention
from queries.names import PART, SLIP, Entry, Resolved, lookup

ANSWERABLE = 0.52  # of 1; below it the question is not taken for any canned one
_WEAK = 0.35  # weight of concepts that most questions hold
_DAYS = 2.0  # what it says for a query that it takes the days of a question
_UNUSED = 0.75  # for each name that a query could not use
_MISSING = 0.6  # for a query whose own concept the question does not have
_ALTERNATIVES = 4
_FOLLOW_UPS = 4
_SPOKEN_OF = (
    "MATCH (t:Task) WHERE t.title CONTAINS $needle OR t.text CONTAINS $needle OR t.section CONTAINS $needle "
    "RETURN coalesce(t.title, '') + ' ' + coalesce(t.text, '') + ' ' + coalesce(t.section, '') AS text LIMIT 200"
)
_SLOT = re.compile(r"\{(\w+)\}")
_STOPS = {"zh": r"[\x00\s?？。，,.!！;；:：、]+", "en": r"\x00[\x00\s]*|[?.,!;:]"}
_PARTICLES = "的了吗呢吧啊呀是在里中上下都还也就和与及跟对把将要会来去得着过"  # at the ends of a subject
_TOPIC = "Topic"  # type of the stretch that the tasks speak of
_NAMED = ("Department", "Document", "Person", "LeadingGroup", "Region", "Task")
# a concept in the question → the value of a choice parameter of that name
_CHOICES = {
    "role": {"lead": "LEADS", "assist": "ASSISTS"},
    "predecessors": {"predecessor": "yes"},
    "elsewhere": {"elsewhere": "yes"},
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
    essence: frozenset[str] = frozenset()  # concepts that most questions of the query have


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
    tasks: list[Entry] = field(default_factory=list)  # those that have it in their title


def ask(store: Store, question: str, today: date | None = None) -> Understanding:
    """The canned query that answers a question, its parameters, and what else might be meant."""
    text = mentions.tidy(question)
    named = mentions.find(store, text, today or date.today())
    language = "en" if mentions.is_english(text, named) else "zh"
    reading = _read(text, language, named)
    subject, said = _subject(store, reading)
    if subject:
        reading = replace(_about(reading, subject, said), tasks=lookup(store, "Task", subject)[0])
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
    concepts |= _order(spans, next((m.start for m in named if m.type != _TOPIC), -1))
    if any(m.type == "Days" for m in named) and "overdue" not in concepts:
        concepts.add("due")
    known = [False] * len(words)
    for start, end, _ in spans:
        known[start:end] = [True] * (end - start)
    content = [i for i, c in enumerate(words) if c != "\x00" and (c.isalnum())]
    meant = sum(end - start for start, end, found in spans if found)
    unknown = sum(1 for i in content if not known[i])
    return _Reading(
        text, language, named, frozenset(concepts), _rest(words, spans, language), meant / max(meant + unknown, 1),
    )  # fmt: skip


def _about(reading: _Reading, subject: str, said: str) -> _Reading:
    """The question read again with its subject known: the words it is `said` in are no cues."""
    start = reading.text.casefold().find(said.casefold())
    if start < 0:
        return replace(reading, subject=subject)
    topic = Mention(start, start + len(said), said, _TOPIC, value=subject)
    found = sorted([*reading.mentions, topic], key=lambda m: m.start)
    again = _read(reading.text, reading.language, found)
    return replace(again, mentions=reading.mentions, subject=subject)


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


def _subject(store: Store, reading: _Reading) -> tuple[str, str]:
    """The stretch of text that some task speaks of, and the question's words for it; ("", "") when none does.

    It may be a little shorter or longer than what the cue words leave. A question that says it searches is taken at its
    word: that nothing is found is then the answer.
    """
    if reading.language == "en" and (known := _translated(store, reading))[0]:
        return known
    for stretch in reading.rest[:2]:
        for cut in range(len(stretch) // 3 + 1):
            for text in dict.fromkeys((stretch[: len(stretch) - cut].strip(), stretch[cut:].strip())):
                if len(text) >= 2 and (rows := store.run(_SPOKEN_OF, {"needle": text})):
                    return (_grown(text, reading, [r["text"] for r in rows]),) * 2
    return (reading.rest[0],) * 2 if reading.rest and "search" in reading.concepts else ("", "")


def _translated(store: Store, reading: _Reading) -> tuple[str, str]:
    """What an English question is about, as the documents have it, and its English words; ("", "") if they have not."""
    about = list(reading.text.casefold())
    for mention in reading.mentions:
        about[mention.start : mention.end] = " " * (mention.end - mention.start)
    words = "".join(about)
    subjects, pattern = _subjects()
    for phrase in sorted(set(pattern.findall(words)), key=len, reverse=True):
        for chinese in subjects[phrase]:
            if store.run(_SPOKEN_OF, {"needle": chinese}):
                return chinese, phrase
    return "", ""


@functools.cache
def _subjects() -> tuple[dict[str, list[str]], re.Pattern[str]]:
    """English words for what tasks are about, and for what bodies are there for → Chinese ones; a pattern of all."""
    known: dict[str, list[str]] = dict(_lexicon()["subjects"])
    for row in vocabulary().rows.values():
        for name in row.english:
            known.setdefault(name.casefold(), [s for s in row.stems[-1:] if len(s) > 1])
    longest = sorted(filter(None, known), key=len, reverse=True)
    return known, re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b")


def _grown(text: str, reading: _Reading, spoken: list[str]) -> str:
    """The stretch with those of its neighbours in the question that the tasks have too: 护理保险 → 长期护理保险."""
    start = reading.text.find(text)
    if start < 0 or text.isascii():
        return text
    end = start + len(text)
    named = {i for m in reading.mentions for i in range(m.start, m.end)}
    for step in range(1, 7):
        wider = reading.text[start - step : end] if start >= step and start - step not in named else ""
        if not wider or not any(wider in s for s in spoken):
            start -= step - 1
            break
    for step in range(1, 7):
        inside = end + step <= len(reading.text) and end + step - 1 not in named
        wider = reading.text[start : end + step] if inside else ""
        if not wider or not any(wider in s for s in spoken):
            end += step - 1
            break
    return reading.text[start:end].strip(_PARTICLES + " ") or text


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
    essence = {name: _essence([p for p in found if p.query.name == name]) for name in catalog()}
    each = {(p.query.name, p.concepts, p.slots): replace(p, essence=essence[p.query.name]) for p in found}
    weights = {c: math.log(1 + len(catalog()) / len(q)) for c, q in holders.items()}
    for concept in _lexicon()["weak"]:
        weights[concept] = weights.get(concept, 1.0) * _WEAK
    return tuple(each.values()), weights


def _essence(patterns: list[_Pattern]) -> frozenset[str]:
    weak = set(_lexicon()["weak"])
    counts = Counter(c for p in patterns for c in p.concepts - weak if c[-1] not in "<>")
    return frozenset(c for c, n in counts.items() if n >= 0.7 * len(patterns))


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
    if not reading.mentions and not reading.subject and reading.concepts <= set(_lexicon()["empty"]):
        return []
    taken = {query.name: _assign(reading.mentions, query) for query in catalog().values()}
    for at, pattern in enumerate(patterns):
        score = _score(reading, pattern, weights, *taken[pattern.query.name])
        if score > best.get(pattern.query.name, (0.0, 0))[0]:
            best[pattern.query.name] = (score, at)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return [_filled(reading, patterns[at].query, score) for _, (score, at) in ranked if score > 0.15]


def _score(
    reading: _Reading, pattern: _Pattern, weights: Mapping[str, float],
    filled: Mapping[str, Mention], left: list[Mention],
) -> float:  # fmt: skip
    """How near a question is to one of the canned ones, 0 to 1; `filled` and `left` as `_assign` has it."""
    query = pattern.query
    asked = {c: weights.get(c, 1.0) for c in reading.concepts}
    wanted = {c: weights.get(c, 1.0) for c in pattern.concepts}
    text = next((p.name for p in query.params if p.type in ("Text", "Task")), "")
    penalty = 1.0
    for param in query.params:
        slot, given = f"{{{param.type}}}", f"{{{param.name}}}"  # apart from concepts of that name
        in_pattern = param.name in pattern.slots
        if param.name in filled:
            asked[given] = weights.get(slot, 1.0)
            if param.type == "Date":  # days are asked of few queries, and no question has a slot for them
                wanted[given] = asked[given] = _DAYS
                continue
            # what the query can narrow by is no reason against it, but a question made for it is better
            wanted[given] = asked[given] if in_pattern else asked[given] * 0.5
            continue
        if param.type in ("Text", "Task") and in_pattern and reading.subject:
            asked[given] = wanted[given] = weights.get(slot, 1.0) * 0.8
            continue
        if param.type == "Choice" and any(c in reading.concepts for c in _CHOICES.get(param.name, ())):
            continue
        if param.required:
            penalty *= 0.45
        elif in_pattern and param.name != text:
            wanted[given] = weights.get(slot, 1.0) * 0.15
        elif in_pattern:
            wanted[given] = weights.get(slot, 1.0) * 0.6
    for mention in left:
        penalty *= _UNUSED if mention.type in _NAMED else 1.0
        asked[f"?{mention.start}"] = weights.get(f"{{{mention.type}}}", 1.5)
    if pattern.concepts & pattern.essence and not pattern.essence & reading.concepts:
        penalty *= _MISSING
    uses_text = text and f"{{{text}}}" in wanted.keys() & asked.keys()
    if reading.subject and not uses_text:
        penalty *= _UNUSED
    elif reading.rest and not uses_text:
        penalty *= 0.55 + 0.45 * reading.covered
    shared = sum(min(asked[c], wanted[c]) for c in asked.keys() & wanted.keys())
    total = sum(asked.values()) + sum(wanted.values())
    return penalty * 2 * shared / total if total else 0.0


def _assign(found: Iterable[Mention], query: Query) -> tuple[dict[str, Mention], list[Mention]]:
    """Mentions to parameters by type, in order; and those that no parameter takes."""
    filled: dict[str, Mention] = {}
    left: list[Mention] = []
    days = [p.name for p in query.params if p.type == "Date"]
    found = [m for m in found if m.type != mentions.PLACE]
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
    filled, _ = _assign(reading.mentions, query)
    if named := [p.name for p in query.params if p.type == "Task" and p.name not in filled] if reading.tasks else []:
        filled[named[0]] = Mention(0, 0, reading.subject, "Task", tuple(reading.tasks), PART)
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
                choices[name] = list(mention.entries)
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


def _wants_text(query: Query) -> bool:
    name = next((p.name for p in query.params if p.type == "Text"), "")
    return any(f"{{{name}}}" in q for qs in query.ask.values() for q in qs)


def _plain_value(param: Param, mention: Mention) -> str:
    if mention.type == "Days":
        return mention.days[0] if param.name.startswith("from") else mention.days[1]
    return mention.value or mention.text


# --- saying so --------------------------------------------------------------------------------------------------------


def _explain(best: _Candidate | None, unknown: list[str], reading: _Reading) -> Words:
    missing = {"zh": f"资料库中没有：{'、'.join(unknown)}。", "en": f"Not in the library: {', '.join(unknown)}. "}
    note = missing if unknown else {"zh": "", "en": ""}
    if best is None:
        none = {"zh": "没有能回答这个问题的查询。", "en": "No canned query answers this question."}
        if reading.rest and not reading.subject:
            subject = reading.rest[0]
            none = {"zh": f"资料库的任务没有提到“{subject}”，" + none["zh"],
                    "en": f"No task in the library mentions {subject}. " + none["en"]}  # fmt: skip
        return {language: note[language] + none[language] for language in none}
    said = {}
    for language, stop, join, around in (("zh", "。", "，", "（）"), ("en", ".", ", ", "()")):
        said_of = [p for p in best.query.params if p.name in best.resolved or p.name in best.choices]
        parts = [_shown(best, p, language) for p in said_of]
        title = best.query.title[language]
        shown = f"{around[0]}{join.join(parts)}{around[1]}" if parts else ""
        said[language] = note[language] + title + shown + stop
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
        for first, second in itertools.combinations([p.name for p in shared if p.type == "Year"], 2):
            before = str(int(params[first]) - 1)  # a year is compared with the one before, not with itself
            params[second], resolved[second] = before, Resolved(before, before, before)
        rank = (-sum(p.required for p in shared), query.group != best.query.group, -len(shared))
        found.append((rank, Suggestion(_phrase(query, params, resolved), query, params)))
    found.sort(key=lambda f: f[0])
    return [s for _, s in found[:_FOLLOW_UPS]]
