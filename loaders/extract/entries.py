"""The entries of a list of persons: which words of a line are names, which are posts, which are bodies.

`Entries` reads what stands after one label (组长：) line by line. A name may stand before its post, behind it, or on a
line of its own; a gap, a bracket or nothing may part them. What no name stands beside is left in `pending`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.extract.people import (
    COMPOUND,
    MANY_PEOPLES,
    POSTS,
    SURNAMES,
    begins_post,
    cut_name,
    is_name,
    is_post,
    name_at_end,
)
from loaders.extract.units import BODY_END, is_body, is_collective

_COMPOUND = frozenset(COMPOUND.split())
_TOKEN = re.compile(
    r"(?P<bracket>[（(](?:[^()（）]|[（(][^()（）]*[)）])*[)）])|(?P<mark>[、，,；;])|(?P<gap>[\s|]+)|(?P<word>[^、，,；;\s|（(]+|[（(])"
)
_RIDER = re.compile(
    r"(?:等)?(?:有关|相关|各)?(?:部门|单位|同志)?(?:的)?(?:各?(?:主要|分管|党政|行政|有关|相关|单位|部门|一|1|名|位|业务|科室|班子|具体))*"
    r"(?:负责人|负责同志|负责(?=$)|领导同志|领导|班子成员|负责的?人员|业务骨干|工作人员|人员|同志)(?:各?[一1]名|[一1]人)?$"
)
_RIDER_ENDS = frozenset("人志责导员干名\n")  # the last signs of riders; what `$` lets stand behind one
_BY = re.compile(r"\s*由?(?P<who>[^。；;\n]*?)(?:同志)?(?:兼任|担任)\s*$")
_POST_WORD = re.compile(r"长|书记|任|员|席|干部|理|师|监|委|记|官|助理|主办|职务")


def rider_of(text: str) -> re.Match[str] | None:
    """The words at the end of a text that say who speaks for a body: …主要负责同志, …等部门分管负责人."""
    return _RIDER.search(text) if text[-1:] in _RIDER_ENDS else None


@dataclass(slots=True)
class Person:
    """One person of a list. `start`/`end` span name and posts."""

    name: str
    role: str
    start: int
    end: int
    posts: list[tuple[int, int]] = field(default_factory=list)
    closed: bool = False  # the post stood in brackets or before the name, nothing more belongs to it
    together: bool = False  # body and title stood in columns of their own


@dataclass(slots=True)
class Token:
    """A word, a bracket or a mark of a line; `gap` says that white space stands before it."""

    kind: str
    start: int
    end: int
    text: str
    gap: bool = False


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """Words, brackets and marks; names drawn out with gaps are one word, brackets inside a word belong to it."""
    raw: list[Token] = []
    gap = False
    for match in _TOKEN.finditer(text, start, end):
        kind = str(match.lastgroup)
        if kind == "gap":
            gap = True
            continue
        raw.append(Token(kind, *match.span(), match.group(), gap))
        gap = False
    i = 0
    while i < len(raw):
        token = raw[i]
        i += 1
        if token.kind == "word" and i < len(raw):
            i = _join_name(raw, i, token)
            while i < len(raw) and _belongs(token, raw[i]):
                token = Token("word", token.start, raw[i].end, text[token.start : raw[i].end], token.gap)
                i += 1
        yield token


def _belongs(token: Token, after: Token) -> bool:
    """Whether what follows is part of the word: 市农业农村局(市乡村振兴局), but not 李四(副县长), 副县长(李四)."""
    if after.gap or after.kind == "mark" or is_name(token.text):
        return False
    return after.kind == "word" or not (is_name(after.text[1:-1]) or _holds_post(token.text, after))


def _holds_post(word: str, bracket: Token) -> bool:
    """Whether a bracket gives the post of the word before it, as far as the two alone show."""
    if not 2 <= len(word) <= 6 or is_post(word) or BODY_END.search(word):
        return False
    return is_post(bracket.text[1:-1].strip())


def _join_name(raw: list[Token], i: int, token: Token) -> int:
    """Join a name drawn out with gaps (张 三, 欧阳 娜, 张 三某局局长) to `token`; returns the index of the next one."""
    after = raw[i] if i < len(raw) else None
    if after is None or after.kind != "word" or not after.gap or not "一" <= after.text[0] <= "鿿":
        return i
    single = len(token.text) == 1 and "一" <= token.text <= "鿿"
    if single and len(after.text) == 1:
        token.text, token.end = token.text + after.text, after.end
        third = raw[i + 1] if i + 1 < len(raw) else None
        if third and third.kind == "word" and third.gap and len(third.text) == 1 and token.text[0] in SURNAMES:
            token.text, token.end = token.text + third.text, third.end
            return i + 2
        return i + 1
    if not (single and token.text in SURNAMES) and token.text not in _COMPOUND:
        return i
    if len(after.text) <= 2 and is_name(token.text + after.text) and after.text not in POSTS:
        token.text, token.end = token.text + after.text, after.end
        return i + 1
    if single and len(after.text) > 2:  # two signs drawn out, the post runs on: 张 三某局局长
        token.text, token.end = token.text + after.text[0], after.start + 1
        raw[i] = Token("word", after.start + 1, after.end, after.text[1:], True)
    return i


@dataclass(slots=True)
class _At:
    """One word and what stands around it."""

    word: str
    start: int
    end: int
    gap: bool
    mark: str  # the mark before it
    after: Token | None
    begins: bool  # a line of its own, below the label
    first: bool  # the line of the label
    open_post: Person | None  # the person before, when more of a post may follow
    awaits: bool  # … who has no post yet
    incomplete: bool  # … whose post does not end like one: the line was broken


@dataclass(slots=True)
class Entries:
    """What has been read after one label. `work` is the text from `offset` on, remarks blanked."""

    work: str
    offset: int
    role: str
    places: frozenset[str]
    persons: list[Person] = field(default_factory=list)
    pending: list[Token] = field(default_factory=list)  # bodies or posts that no name has followed yet
    post_first: bool | None = None
    brackets: int = 0

    def line(self, start: int, end: int, first: bool, numbered: bool) -> bool:
        """Read one line (offsets of the text); False when it is no entry."""
        a, b = start - self.offset, end - self.offset
        by = _BY.fullmatch(self.work, a, b) if first else None
        listed = [*tokens(self.work, by.start("who"), by.end("who"))] if by else [*tokens(self.work, a, b)]
        words = [t for t in listed if t.kind == "word"]
        if not words:
            return first
        if not first and self.persons and not self.post_first and _only_bodies(words):
            self.pending += [Token("word", t.start + self.offset, t.end + self.offset, t.text) for t in words]
            return True
        if self.post_first is None:
            self.post_first = is_post_first(listed, self.places)
        found, fresh, mark = False, True, ""
        for i, token in enumerate(listed):
            if token.kind == "mark":
                mark = token.text
                continue
            if token.kind == "bracket":
                found = self._bracket(token) or found
                continue
            at = self._at(
                token, mark, listed[i + 1] if i + 1 < len(listed) else None, fresh and not first, first, numbered
            )
            taken = self._word(at)
            if taken is None:
                return found
            found, fresh, mark, numbered = found or taken, False, "", False
        return found

    def _at(self, token: Token, mark: str, after: Token | None, begins: bool, first: bool, numbered: bool) -> _At:
        last = self.persons[-1] if self.persons else None
        if numbered or self.post_first or (last and last.closed):  # a numbered line is an entry of its own
            last = None
        broken = last is not None and bool(last.posts) and not self._complete(last)
        return _At(
            token.text, token.start + self.offset, token.end + self.offset, token.gap, mark, after, begins, first, last,
            last is not None and not last.posts, broken,
        )  # fmt: skip

    def _complete(self, person: Person) -> bool:
        """Whether the person's last post ends like a post, so that the next line begins something new."""
        a, b = person.posts[-1]
        return is_post(self.work[a - self.offset : b - self.offset].strip())

    def _add(self, name: str, start: int, end: int, posts: list[tuple[int, int]], closed: bool = False) -> None:
        begin = min([start, *(a for a, _ in posts)])
        stop = max([end, *(b for _, b in posts)])
        self.persons.append(Person(name, self.role, begin, stop, posts, closed))

    def _take_pending(self) -> list[tuple[int, int]]:
        posts = [(t.start, t.end) for t in self.pending]
        self.pending = []
        return posts

    def _bracket(self, token: Token) -> bool:
        """A bracket: the post of the name before it, or the name behind the post before it."""
        a, b = token.start + self.offset, token.end + self.offset
        last = self.persons[-1] if self.persons else None
        between = self.work[last.end - self.offset : token.start] if last and last.end <= a else "、"
        if last and not last.closed and not between.strip():
            last.posts.append((a + 1, b - 1))
            last.end, last.closed = b, True
            self.brackets += 1
            return True
        name = "".join(token.text[1:-1].split())
        if is_name(name) and self.pending:
            self._add(name, a + 1, b, self._take_pending(), True)
            return True
        return False

    def _word(self, at: _At) -> bool | None:
        """Read one word: True when it is (part of) an entry, False when that is open, None when the list is over."""
        for take in (self._name, self._rider, self._run_together, self._behind_post, self._post):
            taken = take(at)
            if taken is not False:
                return taken
        self.pending.append(Token("word", at.start, at.end, at.word))
        return at.first or bool(is_post(at.word) or BODY_END.search(at.word))

    def _name(self, at: _At) -> bool:
        """A name that stands by itself."""
        if not (is_name(at.word) or self._foreign(at)) or not _stands_alone(at):
            return False
        self._add(at.word, at.start, at.end, self._take_pending() if self.post_first else [], bool(self.post_first))
        return True

    def _foreign(self, at: _At) -> bool:
        """A name with an unknown surname: its post in brackets as above, or behind a gap where many peoples live."""
        if at.after is None or not 2 <= len(at.word) <= 6:
            return False
        if is_post(at.word) or BODY_END.search(at.word) or at.word in self.places:
            return False
        if at.after.kind == "bracket":
            return self.brackets > 0 and _holds_post(at.word, at.after)
        if MANY_PEOPLES not in self.places or not at.after.gap or at.after.kind != "word":
            return False
        alone = at.begins and is_post(at.after.text)  # a line of its own: name, gap, post
        return alone or begins_post(at.after.text, self.places) >= 2.4

    def _rider(self, at: _At) -> bool | None:
        """白石镇、青石镇主要负责同志: bodies through whoever leads them."""
        if not rider_of(at.word):
            return False
        if at.open_post and not (at.mark or at.gap or at.begins):
            return None
        self.pending.append(Token("word", at.start, at.end, at.word))
        return True

    def _run_together(self, at: _At) -> bool:
        """A name with its post and no gap between: 李四县财政局局长."""
        if at.incomplete or (at.awaits and not at.begins):
            return False
        size, sure = cut_name(at.word, self.places)
        if sure < (1.0 if at.begins and not at.awaits and not self.post_first and self.persons else 2.0):
            return False
        self._add_run(
            at.word, at.start, _run_on(at.word, size, self.places) if sure >= 2.0 else iter([(0, size, len(at.word))])
        )
        return True

    def _add_run(self, word: str, start: int, run: Iterator[tuple[int, int, int]]) -> None:
        for begin, size, stop in run:
            self._add(word[begin : begin + size], start + begin, start + stop, [(start + begin + size, start + stop)])

    def _behind_post(self, at: _At) -> bool:
        """A name behind its post and no gap between: 县财政局局长李四."""
        size = name_at_end(at.word) if at.open_post is None else 0
        if not size:
            return False
        self._add(at.word[-size:], at.start, at.end, [*self._take_pending(), (at.start, at.end - size)], True)
        return True

    def _post(self, at: _At) -> bool | None:
        """A post, or a piece of one, of the person before."""
        person = at.open_post
        if person is None:
            return False
        if at.begins and not (at.incomplete or at.awaits or at.mark):
            return None  # a line of its own that no name begins
        run = _run_on(at.word, 0, self.places) if not at.begins else iter([(0, 0, len(at.word))])
        stop = at.start + next(run)[2]
        last = person.posts[-1] if person.posts else None
        parted = at.mark in ("，", ",", "；", ";") or (
            not at.mark and at.gap and last is not None and self._complete(person)
        )
        if last and (at.incomplete or not parted):
            person.posts[-1] = (last[0], stop)
        else:
            person.posts.append((at.start, stop))
        person.end = stop
        self._add_run(at.word, at.start, run)
        return True


def _stands_alone(at: _At) -> bool:
    """Whether a word that could be a name is one where it stands, and not a piece of the post before it."""
    if at.open_post is None or (at.after is not None and at.after.kind == "bracket"):
        return True
    post = at.after is not None and at.after.kind == "word" and at.after.gap and begins_post(at.after.text) >= 2.0
    if at.incomplete:
        return post
    if at.awaits:  # names in a row without posts; a name right after a name is a post that looks like one
        return bool(at.mark) or at.begins
    return post if at.mark == "、" else True


def is_post_first(listed: list[Token], places: frozenset[str]) -> bool:
    """Whether the first line of a list gives the post before the name."""
    first = listed[0].text
    if is_name(first) or cut_name(first, places)[1] >= 2.0:
        return False
    if name_at_end(first):
        return True
    for before, token in pairwise(listed):
        if token.kind == "word" and is_name(token.text) and before.kind == "word":
            return bool(is_post(before.text) or BODY_END.search(before.text))
        if (token.kind == "bracket" and is_name(token.text[1:-1])) or (
            token.kind == "word" and name_at_end(token.text)
        ):
            return True
    return False


def _only_bodies(words: list[Token]) -> bool:
    """Whether a line below persons lists bodies: 区教育局、区人社局主要负责同志."""
    if rider_of(words[-1].text):
        return any(BODY_END.search(w.text) or is_collective(w.text) for w in words)
    return len(words) >= 2 and all(is_body(w.text) for w in words)


def _run_on(word: str, size: int, places: frozenset[str]) -> Iterator[tuple[int, int, int]]:
    """(start, length of name, end) of each person in a word without breaks: 张三县财政局局长李四县教育局局长."""
    at = 0
    while True:
        stop, following = len(word), 0
        for end in _POST_WORD.finditer(word, at + size + 1 if size else 0):
            cut, sure = cut_name(word[end.end() :], places) if end.end() < len(word) else (0, 0.0)
            if cut and sure >= 2.2 and is_post(word[at + size : end.end()]):
                stop, following = end.end(), cut
                break
        yield at, size, stop
        if not following:
            return
        at, size = stop, following
