"""Lists of who sits in a group: 组长：… 副组长：… 成员：… with persons, posts and bodies in any layout.

A list is read label by label. After a label come entries: a name and posts (gap, bracket or nothing between them), a
post and then the name, a name on one line and its post on the next, bodies alone, posts alone. Line breaks and gaps
help where the text has them and are not needed where it has lost them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from loaders.extract.entries import Entries, Person, Token, rider_of, tokens
from loaders.extract.people import cut_name, is_name, is_post, split_posts
from loaders.extract.units import BODY_END, is_body, is_collective, split_names
from loaders.facts import Post
from loaders.outline import Grid, GridCell
from loaders.text import places_of

_GAP = r"[ \t\u3000\v]*"


_NO_GAPS = str.maketrans("", "", " \t\u3000\v")


def _spaced(words: str) -> str:
    """An alternation whose words may be drawn out with gaps: 组　长."""
    return "|".join(_GAP.join(word) for word in words.split("|"))


_PREFIX = _spaced("第一|第二|第三|常务|执行|名誉|荣誉|总|副|轮值|现场|专职|兼职|共同|联合|首席")
_CORE = _spaced(
    "组长|召集人|指挥长|指挥官|指挥|主任委员|主任|委员|秘书长|会长|理事长|成员|组员|顾问|联络员|牵头人|队长|站长|主席|链长|协调人|督导员|政委|领队|负责人|组成人员|总负责人"
)
_UNITS = _spaced("成员单位|组成单位|副组长单位|组长单位|成员部门|参加单位|牵头单位|配合单位")
ROLE = rf"(?:(?:{_PREFIX}){_GAP}){{0,3}}(?:{_CORE})"
# Where a label may end; the label itself is read backwards from there.
_COLONS = ":："
_BLANKS = " \t\u3000\v"
_LAST_SIGNS = frozenset("长人挥官任员问席委队位门")
_BLANK = frozenset(_BLANKS)
_ENDINGS = (
    *(
        "组长",
        "集人",
        "指挥",
        "挥长",
        "挥官",
        "主任",
        "委员",
        "书长",
        "会长",
        "事长",
        "成员",
        "组员",
        "顾问",
        "络员",
        "头人",
        "队长",
    ),
    *("站长", "主席", "链长", "调人", "导员", "政委", "领队", "责人"),
)
_BODIES = ("单位", "部门")
_BODY_LABELS = ("成员单位", "组成单位", "组长单位", "成员部门", "参加单位", "牵头单位", "配合单位")  # not 责任单位
# What stands right before the colon, unless it is drawn out with gaps.
_TAILS = frozenset([*(label[-2:] for label in _ENDINGS), "名单", "如下"])
_LONG_TAILS = frozenset(label[-3:] for label in _BODY_LABELS)
_LABEL = re.compile(rf"(?P<role>(?:{_UNITS})|{ROLE}){_GAP}(?:名单|如下)?{_GAP}[:：]$")
_FIRST_LABEL = re.compile(
    rf"[ \t\u3000\v|>*•-]*(?P<role>{ROLE})(?P<gap>[ \t\u3000\v|]+|{_GAP}\n[ \t\u3000\v|]*|(?=[一-鿿]))(?=[一-鿿])"
)
_LINE_LABEL = re.compile(r"\n" + _FIRST_LABEL.pattern)  # by its first sign, the end of a line, it is found fast
# The title of an attachment that is nothing but bodies: 某某联席会议成员单位名单
_UNITS_TITLE = re.compile(
    r"(?P<role>成员单位)(?<=[一-鿿“”]{4}成员单位)(?:名单)?[ \t\u3000]*\n\s*(?=[^，,。；;：:\n]{4,40}[、\n])"
)
_LEADING_ROLES = re.compile(r"组长|指挥|召集人|主任|会长|理事长|队长|站长|主席|牵头人|负责人|领队")
_BEFORE_LABEL = "\n，,；;。、:： \t\u3000\v(（|*#-—.)）】>•"
# A role that needs no boundary: where line breaks are lost it follows a post at once (…区长副组长：…).
_UNMISTAKEN = re.compile(r"(?:副|常务|第一)?(?:组长|召集人)|成员(?:单位)?|副?总指挥|副?指挥长")
_WHOSE = re.compile(r"(?P<whose>[一-鿿“”\"]{1,16}(?:组|部|办公室|办|专班|小组|委员会|联席会议))$")

# Remarks and leaders between names and posts; blanked before reading. A remark that opens a bracket leaves the bracket
# (group 1) and takes only the words behind it (group 2). One set of signs stands first, which is looked for fast.
_OPENS = r"(?:女|男|[一-鿿]{1,4}族)[，,、]"
_ANNOTATION = re.compile(
    r"([（(同—－….])(?:(?<=[（(])(?:(?:兼|女|男|[一-鿿]{1,4}族|挂职[^（）()]{0,12}|按姓氏笔画[^（）()]*|排名不分先后|[^（）()]*为序)[）)]"
    rf"|({_OPENS}))|(?<=同)志(?<!负责同志)(?<!领导同志)|(?<=[—－…])[—－…]+|(?<=\.)\.{{2,}})"
)
_FIRST_ANNOTATION = re.compile(_OPENS)
_NUMBERING = re.compile(r"\s*(?:[(（]?\d{1,2}[)）.、．]|[①-⑳]|[-•*])\s*(?!\d)")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十\d]+[章节条]|附\s*件|附\s*表|抄\s*送|主\s*送|#)"
)
# Running heads that stand where a list runs on over a page.
_FURNITURE = re.compile(
    r"\s*(?:[一-鿿]{2,20}(?:公报|政报|公告)|[-—·\s\d]*)[\s·.—-]*(?:\d{4}年\s*(?:第?[\d一二三四五六七八九十]+[期号])?)?[\s\d—-]*"
)
_NO_ENTRY = re.compile(
    r"设在|设于|下设|挂靠|如有|变动|根据|按照|现将|特此|此件|抄送|定期|统筹|承担|(?:19|20)\d\d\s*年|[〇○零一二三四五六七八九十]年|由.{1,20}(?:兼任|担任)|自然递补|不作为|不另行|联系人|联系电话|电话"
    r"|负责(?!人(?![口才民力大防社居均事身武工群类文])|同志|.{0,10}的)|职责|主要任务|如下|[!！?？]"
)


@dataclass(slots=True)
class Unit:
    """One body of a list."""

    name: str
    role: str
    start: int
    end: int
    collective: bool


@dataclass(slots=True)
class Roster:
    """One list, from its first label to its last entry. `whose` is a group named in the first label itself."""

    start: int
    end: int
    whose: str | None = None
    rule: str = "group:list"
    persons: list[Person] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Label:
    start: int
    body: int
    role: str
    whose: str | None
    units: bool


def posts_of(text: str, person: Person) -> list[Post]:
    """The posts of a person of a list, one for each body."""
    return split_posts(_unannotated(("" if person.together else "，").join(text[a:b] for a, b in person.posts), ""))


def _unannotated(text: str, fill: str) -> str:
    """A text with `fill` for each sign of a remark in it."""
    first = _FIRST_ANNOTATION.match(text)
    begin = first.end() if first else 0
    rest = _ANNOTATION.sub(lambda m: m[1] + fill * len(m[2]) if m[2] else fill * len(m[0]), text[begin:])
    return fill * begin + rest


def _colons(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """(end of the last word, end of the colon, whether tasks have such labels too) wherever a label may end."""
    for colon in places_of(text, _COLONS, start, end):
        tail = text[max(0, colon - 3) : colon]
        if tail not in _LONG_TAILS and tail[-2:] not in _TAILS and _BLANK.isdisjoint(tail):
            continue
        stop = _behind_blanks(text, start, colon)
        if text.endswith(("名单", "如下"), start, stop):
            stop = _behind_blanks(text, start, stop - 2)
        if stop == start or text[stop - 1] not in _LAST_SIGNS:
            continue
        bodies = text[stop - 1] in "位门"
        labels = _BODY_LABELS if bodies else _ENDINGS
        word = text[max(start, stop - 16) : stop]
        if not word.endswith(labels) and word.split() != [word]:  # drawn out with gaps, though not without end
            ending = word[-8:].translate(_NO_GAPS)
            word = word.translate(_NO_GAPS) if bodies and ending.endswith(_BODIES) else ending
        if word.endswith(labels):
            yield stop, colon + 1, word.endswith(_TASK_LABELS)


def _line_labels(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Roles that lines begin with, no colon behind them."""
    first = _FIRST_LABEL.match(text, 0, end) if start == 0 else None
    if first:
        yield first
    position = first.end() if first else start
    while line := _LINE_LABEL.search(text, max(position - 1, 0), end):
        yield line
        position = line.end()


def _behind_blanks(text: str, start: int, position: int) -> int:
    while position > start and text[position - 1] in _BLANKS:
        position -= 1
    return position


def read_rosters(text: str, start: int, end: int, near: Callable[[], frozenset[str]]) -> list[Roster]:
    """All lists in text[start:end], in order; lists without any entry are left out.

    `near` gives the short names of the places near; it is asked only where there is a list.
    """
    labels = _labels(text, start, end)
    places = near() if labels else frozenset()
    rosters: list[Roster] = []
    reached = start
    for i, label in enumerate(labels):
        if label.start < reached:
            continue
        limit = labels[i + 1].start if i + 1 < len(labels) else min(end, label.body + 8000)
        persons, units, stop, rule = _body(text, label, limit, places)
        if not persons and not units:
            continue
        last = rosters[-1] if rosters else None
        close = last is not None and not text[last.end : label.start].strip(" \t\u3000\v\n，,；;。、|*-•")
        if last is None or not close or _restarts(last, label):
            last = Roster(label.start, stop, label.whose, rule)
            rosters.append(last)
        last.persons += persons
        last.units += units
        last.roles.append(label.role)
        last.end = reached = max(stop, last.end)
        if rule == "group:brackets":
            last.rule = rule
    return [r for r in rosters if r.persons or r.units]


def _restarts(roster: Roster, label: _Label) -> bool:
    """Whether a label opens a new list: another leader after members, or the label names its own group."""
    if label.whose and label.whose != roster.whose:
        return True
    leads = not re.search(r"副|成员|组员|委员$|顾问|联络员|秘书长", label.role) and _LEADING_ROLES.search(label.role)
    return (
        bool(leads) and not label.units and (label.role in roster.roles or bool(roster.units) or "成员" in roster.roles)
    )


# --- labels -----------------------------------------------------------------------------------------------------


def _labels(text: str, start: int, end: int) -> list[_Label]:
    found: dict[int, _Label] = {}
    colons = [*_colons(text, start, end)]
    lines = [*_line_labels(text, start, end)]
    titles = [*_UNITS_TITLE.finditer(text, start, end)]
    if not lines and not titles and all(of_task for _, _, of_task in colons):
        return []
    for stop, body, _ in colons:
        begin = max(start, stop - 16)
        match = _LABEL.search(text[begin:body])
        if match:
            at = begin + match.start()
            role = "".join(match["role"].split())
            if role.endswith(("单位", "部门")) and text[at - 1 : at] in ("(", "（"):
                continue
            before = text[max(start, at - 18) : at]
            whose = None
            if at > start and before[-1:] not in _BEFORE_LABEL:
                own = _WHOSE.search(before)
                if own and (
                    own.start() == 0
                    or before[own.start() - 1] in _BEFORE_LABEL
                    or len(before) == own.end() == at - start
                ):
                    whose = own["whose"]
                elif not _UNMISTAKEN.fullmatch(role) or (not is_post(before) and not re.search(r"[)）一-鿿]$", before)):
                    continue
            found[at] = _Label(at - len(whose or ""), body, role, whose, role.endswith(("单位", "部门")))
    for line in lines:
        at = line.start("role")
        if any(abs(at - other) < 12 and found[other].body > at for other in range(at - 3, at + 3) if other in found):
            continue
        stop = text.find("\n", line.end())
        rest = text[line.end() : stop if 0 <= stop <= end else end]
        if _starts_with_name(rest, bool(line["gap"])):
            found[at] = _Label(at, line.end(), "".join(line["role"].split()), None, False)
    for title in titles:
        found.setdefault(title.start("role"), _Label(title.start("role"), title.end(), title["role"], None, True))
    labels = [found[at] for at in sorted(found)]
    return [label for i, label in enumerate(labels) if label.role not in _TASK_LABELS or _in_list(text, labels, i)]


# Labels that tasks have too; they belong to a list only beside one of its own labels.
_TASK_LABELS = ("牵头单位", "配合单位", "参加单位")


def _in_list(text: str, labels: list[_Label], i: int) -> bool:
    label = labels[i]
    if text[label.start - 1 : label.start] in ("(", "（"):
        return False
    for j in (i - 1, i + 1):
        if 0 <= j < len(labels) and labels[j].role not in _TASK_LABELS:
            between = text[min(labels[j].body, label.body) : max(labels[j].start, label.start)]
            if len(between) < 200 and not re.search(r"[。(（]|\n\s*\n", between.strip("。 \n")):
                return True
    return False


def _starts_with_name(rest: str, gap: bool) -> bool:
    """Whether a line goes on with a person's name, so that the role before it is a label without colon."""
    if len(rest) > 300 or (not gap and len(rest) > 80):
        return False
    words = [*tokens(rest, 0, len(rest))]
    if not words or words[0].kind != "word":
        return False
    first = words[0].text
    if gap and len(words) > 1 and is_name(words[-1].text) and is_post(words[-2].text):
        return True
    if is_name(first):
        return gap or (len(words) > 1 and words[1].kind in ("bracket", "word"))
    return cut_name(first)[1] >= 2.2 and is_post(re.sub(r"[\s。；;]+$", "", rest))


# --- entries ----------------------------------------------------------------------------------------------------


def _body(text: str, label: _Label, limit: int, places: frozenset[str]) -> tuple[list[Person], list[Unit], int, str]:
    """The entries after a label, where they end, and the rule that read them."""
    if label.units:
        return _unit_body(text, label, limit)
    work = _unannotated(text[label.body : limit], " ")
    entries = Entries(work, label.body, label.role, places)
    position, stop, first = label.body, label.body, True
    while position < limit:
        eol = text.find("\n", position, limit)
        eol = limit if eol < 0 else eol
        full_stop = text.find("。", position, eol)
        end = full_stop if full_stop >= 0 else eol
        numbering = _NUMBERING.match(text, position, end)
        begin = numbering.end() if numbering else position
        if _FURNITURE.fullmatch(text, position, eol):
            position = eol + 1
            continue
        if not first and not _may_be_entry(text, position, begin, end, eol):
            break
        if text[begin:end].strip(" \t\u3000\v|"):
            if not _add_line(entries, text, begin, end, first, begin > position):
                break
            stop, first = end, False
        position = eol + 1
        if full_stop >= 0:
            break
    units = _leftover(text, entries)
    ends = [p.end for p in entries.persons] + [u.end for u in units]
    rule = "group:brackets" if entries.brackets else "group:list"
    return entries.persons, units, max(ends, default=stop), rule


def _add_line(entries: Entries, text: str, start: int, end: int, first: bool, numbered: bool) -> bool:
    """Read a line; False when it is no entry: nothing of it is kept then."""
    persons, pending = entries.persons, [*entries.pending]
    count, reached = len(persons), persons[-1].end if persons else 0
    taken = entries.line(start, end, first, numbered)
    grew = len(persons) > count or (persons and persons[-1].end > reached)
    alone = not grew and (persons or not pending) and not rider_of(text[start:end])
    if first or (taken and not alone):
        return True
    entries.pending = pending
    return False


_FIGURES = re.compile(r"[\d\s.:：-]*")


def _may_be_entry(text: str, line: int, begin: int, end: int, eol: int) -> bool:
    """Whether a line below a label can hold entries at all."""
    if end - line > 400 or _HEADING.match(text, line, end):
        return False
    piece = text[begin:end]
    if text[end:eol].strip("。 \u3000\t") and not piece.endswith((")", "）")):
        return False
    return not _NO_ENTRY.search(piece) and not _FIGURES.fullmatch(piece)


def _leftover(text: str, entries: Entries) -> list[Unit]:
    """Entries that no name stands beside: bodies, themselves or through whoever leads them, and bare posts."""
    role = entries.role
    if not entries.pending or role == "联络员":
        return []
    units: list[Unit] = []
    groups: list[list[Token]] = [[]]
    for token in entries.pending:  # pieces of one list stand between the same marks
        if groups[-1] and re.search(r"[，,；;\n。]", text[groups[-1][-1].end : token.start]):
            groups.append([])
        groups[-1].append(token)
    for group in groups:
        start, end = group[0].start, group[-1].end
        if any(rider_of(t.text) for t in group) or all(not is_post(t.text) for t in group):
            units += listed_units(text, start, end, role)
            continue
        for token in group:
            name = "".join(token.text.split())
            whose = re.match(r"(各.+?)(?:副?[区县镇乡村]长|主任|书记|[党纪]委书记|局长)$", name)
            if whose:
                units.append(Unit(whose.group(1), role, token.start, token.start + len(whose.group(1)), True))
            elif is_post(name) and 2 <= len(name) <= 40:
                entries.persons.append(Person(name, role, token.start, token.end, [], True))
            else:
                units += listed_units(text, token.start, token.end, role)
    entries.pending = []
    return units


def listed_units(text: str, start: int, end: int, role: str) -> list[Unit]:
    """Bodies of a list, without the riders that say who speaks for them (…主要负责同志)."""
    units: list[Unit] = []
    sector = re.search(r"等(?:有关|相关|市直|县直|区直|\s*\d+\s*个)?(?:部门|单位)", text[start:end])
    for name in split_names(text, start, end):
        plain = "".join(name.text.split())
        plain = re.sub(r"等\s*\d*[一二三四五六七八九十]*\s*(?:个|家)?(?:成员)?(?:部门|单位)$", "", plain)
        plain = re.sub(r"(?:负责)?牵头$", "", plain)
        rider = rider_of(plain)
        if rider and rider.start() > 1:
            plain = plain[: rider.start()]
        elif rider and rider.start() <= 1:
            continue
        known = bool(BODY_END.search(plain)) or is_collective(plain) or bool(sector)
        if re.match(r"(?:各|有关|相关)*成员|(?:参|与)会", plain):
            continue
        if known and 2 <= len(plain) <= 40 and not re.search(r"[。：:]", plain):
            units.append(Unit(plain, role, name.start, name.end, name.collective or is_collective(plain)))
    return units


def _unit_body(text: str, label: _Label, limit: int) -> tuple[list[Person], list[Unit], int, str]:
    """The bodies after 成员单位：, over several lines as long as they go on with bodies."""
    units: list[Unit] = []
    position, stop = label.body, label.body
    first = True
    while position < limit:
        eol = text.find("\n", position, limit)
        eol = limit if eol < 0 else eol
        full_stop = text.find("。", position, eol)
        end = full_stop if full_stop >= 0 else eol
        if text[position:end].strip(" \t\u3000\v|"):
            goes_on = not first and text[stop - 1 : stop] in "、，,；;"
            if not first and not goes_on:
                bare = re.sub(r"[\s|]", "", text[position:end])
                listed = split_names(text, position, end)
                if (
                    _HEADING.match(text, position, end)
                    or _NO_ENTRY.search(bare)
                    or not listed
                    or not all(is_body(n.text) for n in listed)
                    or not _lines_of_bodies(text, label.body, stop)
                    or _signed(text, eol, bare)
                ):
                    break
            units += listed_units(text, position, end, label.role)
            stop = len(text[:end].rstrip())
            first = False
        position = eol + 1
        if full_stop >= 0:
            break
    return [], units, max((u.end for u in units), default=stop), "group:list"


def _lines_of_bodies(text: str, start: int, stop: int) -> bool:
    """Whether the list so far has one body a line."""
    lines = [line for line in text[start:stop].split("\n") if line.strip()]
    return all("、" not in line and "，" not in line for line in lines)


def _signed(text: str, eol: int, line: str) -> bool:
    """Whether a line is a signature: an issuer with a date below."""
    return bool(re.match(r"\s*(?:(?:19|20)\d\d|[二一][〇○零九])", text[eol : eol + 12])) or line.endswith("人民政府")


# --- tables -----------------------------------------------------------------------------------------------------

_NAME_HEAD = re.compile(r"姓\s*名|人\s*员|成\s*员\s*姓\s*名")
_ROLE_HEAD = re.compile(
    r"(?:组内|小组|领导小组|指挥部|专班|机构|委员会|担任|任|会议)\s*(?:职务|角色|职责)|角\s*色|类\s*别|组\s*别|小组职务|名\s*称"
)
_POST_HEAD = re.compile(r"(?:工作|所在)?单\s*位(?:及|和|、)?(?:职\s*务)?|职\s*务|职\s*称|现任|行政职务|部\s*门")
_ROLE_ONLY = re.compile(ROLE)


def read_grid(text: str, grid: Grid) -> Roster | None:
    """The list in a table with columns of name, role and post; None when the table is none."""
    head = next(
        (r for r in range(min(3, len(grid.rows))) if any(_NAME_HEAD.fullmatch(_plain(c)) for c in grid.rows[r])), None
    )
    if head is None:
        return None
    heads = [_plain(c) for c in grid.rows[head]]
    name_at = next(i for i, h in enumerate(heads) if _NAME_HEAD.fullmatch(h))
    body = grid.rows[head + 1 :]
    role_at = next(
        (
            i
            for i in range(len(heads))
            if i != name_at and sum(bool(_ROLE_ONLY.fullmatch(_plain(r[i]))) for r in body) * 2 > len(body)
        ),
        None,
    )
    if role_at is None:
        role_at = next((i for i, h in enumerate(heads) if i != name_at and _ROLE_HEAD.fullmatch(h)), None)
    posts_at = [i for i, h in enumerate(heads) if i not in (name_at, role_at) and _POST_HEAD.fullmatch(h)]
    if role_at is None or not body:
        return None
    roster = Roster(grid.start, grid.end, None, "group:table")
    role = ""
    for row in body:
        cell = row[name_at]
        name = _plain(cell)
        said = _plain(row[role_at])
        role = said if _ROLE_ONLY.fullmatch(said) else role
        if not role or not is_name(name):
            continue
        posts = [(row[i].start, row[i].end) for i in posts_at if row[i].text.strip()]
        span = [cell.start, cell.end, *(x for p in posts for x in p)]
        roster.persons.append(Person(name, role, min(span), max(span), posts, True, len(posts_at) > 1))
        roster.roles.append(role)
    return roster if roster.persons else None


def _plain(cell: GridCell) -> str:
    return "".join(cell.text.split())
