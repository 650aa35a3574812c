"""Leading groups, joint conferences, task forces: what sets them up, who sits in them, where their office is.

Three sources are joined into one group: the sentence that sets it up, the list of its members (in the text or an
attachment) and the sentence that places its office. Nothing is made of a group that is only mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from graph.regions import leading, short_name
from loaders.extract.entries import Person
from loaders.extract.people import MANY_PEOPLES, is_name, is_post, name_at_end
from loaders.extract.rosters import ROLE, Roster, Unit, listed_units, posts_of, read_grid, read_rosters
from loaders.extract.units import BODY_END
from loaders.facts import Group, Member, MemberUnit, Mention
from loaders.outline import Outline

# Words of which every text with a group has one, by a sign without which none of them need be sought, and those words
# that may be drawn out with gaps.
_HINTS = {
    "员": ("成员", "委员会"),
    "任": ("主任", "任队长"),
    "组": ("组长", "领导小组", "工作组", "组:由", "组：由", "组。由"),
    "挥": ("指挥",),
    "班": ("专班",),
    "召": ("召集人",),
    "席": ("联席会议",),
    "队": ("队:由", "队：由", "队。由"),
}
_GAPPED_HINTS = tuple(re.compile(rf"{a}\s+{b}") for a, b in ("组长", "主任", "成员"))
_NOUN = (
    "领导小组|专责小组|工作小组|协调小组|协调领导小组|联席会议|指挥部|委员会|工作专班|专班|工作组|协调组|推进组|领导组|专家组|筹备组|筹委会|组委会|评审组|普查组|督导组|督查组|考核组"
    "|攻坚组|协调机构|工作机构|协调机制|工作队|突击队|小组|组织机构"
)
_NAME = re.compile(rf"[^\s,，。；;：:！!？?（）()《》<>〈〉|]{{0,50}}?(?:{_NOUN})(?:{_NOUN})*")
_NOUNS = re.compile(rf"(?:{_NOUN})+")
_ONE_NOUN = re.compile(_NOUN)
_SEPARATOR = re.compile(r"[\s,，。；;：:！!？?（）()《》<>〈〉|]")
_SETS_UP = re.compile(
    r"(?:成立|组建|设立|建立(?:健全|完善)?|调整(?:充实|完善|优化|了)?|充实(?:调整)?|组成(?!人员|成员|单位|机构|名单|情况)|恢复|重新(?:成立|组建)|更名为|变更为)"
    r"(?:后的|由|了|以|全[省市区县州镇]统一的|相应的)*"
)
# What a mention begins with that is no part of the name.
_TRIM = re.compile(
    r".*(?:成立了?|组建了?|设立了?|建立(?:健全|完善)?了?|调整(?:充实|完善|优化)?(?:后的)?|充实(?:调整)?|决定对|决定将|决定|研究(?:决定)?|关于对?|恢复|更名为|变更为|撤销|现将|统一|即|牵头的"
    r"|同志(?:为|任|担任)|任务|名单|人员为|组成人员及?|办公室(?=.*领导小组)|附件\d*|^[一二三四五六七八九十\d]+[、.．]|^对|^将|^由|^经|^在|^本|^该|^各级|^全(?=[省市区县])|、|通过|按照|根据|以下简称|负责|加强|发挥|[“\"](?=[^”\"]*$))"
)
_BARE = re.compile(rf"(?:[省市县区州旗镇乡]|县级|市级|区级|省级|该|本|工作|上述|各)*(?:{_NOUN})")
_LIST_TITLE = re.compile(
    rf"(?P<name>[^。；;：:，,]{{0,60}}?(?:{_NOUN}|[一-鿿]{{2,10}}组|办公室|分指挥部))(?:的)?(?:及其?办公室|主要)?(?:组\s*成|成\s*员|人\s*员|单\s*位|名\s*单|机构|如下|设置|组织|\s|和|及|职责|调整|工作){{0,8}}[:：]?$"
)
_ATTACHED = re.compile(r"^\s*(?:附\s*件|附)\s*[\d一二三四五六七八九十]*\s*[:：.]?\s*")
_NUMBERED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?!\d)(?:\.\d{1,2}){0,3}[、.．)）]?|[①-⑳])\s*"
)
# 督导检查组。由…牵头,组长:… : a group named where its paragraph begins.
_SECTION = re.compile(rf"{_NUMBERED.pattern}(?P<name>[一-鿿“”\"]{{2,16}}?(?:{_NOUN}|组|办公室))[。:：,，(（]")
# The same where its sentence begins with it: (2)抢险救援组:由县公安局、县应急局等部门组成; 后勤组:县粮食局局长某任组长
_TEAM = re.compile(
    rf"(?:{_NUMBERED.pattern})?(?P<name>[一-鿿、“”]{{2,16}}?[组队])[:：。](?:由|(?=[^，,。；;：:\n]{{4,30}}任[组队]长))"
)
_SHORT = re.compile(r"[(（]以?下?简称[“\"]?(?P<short>[^()（）“”\"]{2,16})[”\"]?[)）]")
_OFFICE = re.compile(
    r"(?:办\s*公\s*室|办公地点)(?:[(（][^()（）]{0,30}[)）])?(?:[(（]|[，,](?:办公室)?)?(?:设立?在|设于|设置在|(?<=下设办公室)在|设(?=[省市区县州旗镇乡一-鿿]{2,16}(?:[,，。；;)）]))|挂靠在?|挂在|放在|依托)"
    r"(?P<office>[^,，。；;、\n()（）:：]{2,40}(?:[(（][^()（）]{2,20}[)）])?)"
)
_OFFICE_TAIL = re.compile(r"(?:内|机关(?!党委|事务|纪委|工委)|，|,|具体|承担|负责|并|下设).*$")
_OFFICE_HEAD = re.compile(r"办公室主任(?!助理)")
_HEAD_BEFORE = re.compile(rf"(?P<who>[^,，。；;：:\n]{{2,40}}?)(?:同志)?(?:兼任?|担任|任)(?:(?:{_NOUN})的?)?$")
_HEAD_BEHIND = re.compile(
    r"(?:一职)?由(?P<by>[^,，。；;\n]{2,40}?)(?:同志)?(?:兼任|担任|兼)|[:：](?P<label>[^,，。；;、\n(（]{2,30})"
)
_TAKES = re.compile(
    rf"(?:共同|分别|同志)*(?:兼任|担任|出任|任|作为|为)(?:本|该|区|县|市|省)?(?:{_NOUN})?(?P<role>成员单位|{ROLE})(?=[,，;；。、\n)）]|的|$|并|以及|和)"
)
_HELD_BY = re.compile(
    rf"(?<!办公室)(?<!办公室副)(?P<role>成员单位|{ROLE})(?:分别|原则上)?由(?P<who>[^。；;\n]{{2,300}}?)(?:兼任|担任|组成|构成|参加)"
)
_COMPOSED = re.compile(
    r"(?:成员单位|成员)?由(?P<who>[^。；;\n]{4,600}?)(?:等)?\s*(?:\d+|[一二三四五六七八九十]+)?\s*(?:个|家)?(?:成员)?(?:部门|单位|部门和单位|部门(?:和|及|、)单位)?(?:和人员)?(?:共同)?组成"
)
_INCLUDES = re.compile(r"成员(?:单位(?:主要)?(?:包括|有|为|是|涵盖)|(?:主要)?包括)[:：]?(?P<who>[^。；;\n]{4,600})")
_MAKE_UP = re.compile(
    rf"(?P<who>[^，,。；;\n由]{{4,300}}?)等?(?:有关|相关)?(?:部门|单位)(?:共同|联合)?组成(?=[^，,。；;\n]{{0,30}}(?:{_NOUN}))"
)
_OTHERS = re.compile(
    r"各(?:级|地|部门|单位|有关|相关|责任|成员|镇|乡|县|区|市|街道|园区|村|企业|学校)[^。；;]{0,40}(?:成立|建立|组建|明确|相应)|参照(?:成立|设立)|相应(?:成立|设立|建立)"
)


@dataclass(slots=True, eq=False)
class _Draft:
    """A group as it is being put together."""

    name: str
    start: int
    end: int
    rule: str
    persons: list[tuple[Person, str]] = field(default_factory=list)
    units: list[tuple[Unit, str]] = field(default_factory=list)
    office: Mention | None = None
    office_in: str | None = None
    office_head: str | None = None
    place: int = 0  # where it was named last
    plain: str = ""  # the name without quotation marks


@dataclass(slots=True)
class _Drafts:
    """The groups of a document in order of mention; the name of one finds it, and so does the end of its name."""

    all: list[_Draft] = field(default_factory=list)
    _by_name: dict[str, int] = field(default_factory=dict)
    _by_end: dict[str, int] = field(default_factory=dict)
    _short: dict[str, str] = field(default_factory=dict)  # (以下简称绿委会)

    def append(self, draft: _Draft) -> None:
        """Add a group and let its name find it."""
        self.all.append(draft)
        self._enter(len(self.all) - 1, draft.name)

    def find(self, name: str) -> int | None:
        """The first group of that name, whose name ends so, or that is the name's end; ends have six signs or more."""
        plain = _plain(name)
        plain = self._short.get(plain, plain)
        found = [self._by_name.get(plain), self._by_end.get(plain), *map(self._by_name.get, _ends(plain))]
        return min((at for at in found if at is not None), default=None)

    def shorten(self, short: str, name: str) -> None:
        """Let a short name that the text introduces find the group."""
        self._short.setdefault(_plain(short), _plain(name))

    def rename(self, at: int, name: str) -> None:
        """Give a group the fuller name it goes by elsewhere."""
        for names in (self._by_name, self._by_end):
            for old in [self.all[at].plain, *_ends(self.all[at].plain)]:
                if names.get(old) == at:
                    del names[old]
        self._enter(at, name)

    def _enter(self, at: int, name: str) -> None:
        draft = self.all[at]
        draft.name, draft.plain = name, _plain(name)
        for names, words in ((self._by_name, [draft.plain]), (self._by_end, _ends(draft.plain))):
            for word in words:
                if names.setdefault(word, at) > at:
                    names[word] = at


def _ends(name: str) -> list[str]:
    """The ends of a name that are long enough to stand for it."""
    return [name[i:] for i in range(len(name) - 5)]


def read_groups(outline: Outline) -> list[Group]:
    """Groups with members, member units or an office, in order of the places that set them up."""
    text, start, end = outline.text, outline.start, outline.end
    events = _events(outline)
    if not events or not _may_name_group(text[start:end]):
        return []
    drafts = _Drafts()
    main = _titled(outline.title)
    if main:
        at = text.find(main, start, end)
        drafts.append(
            _Draft(main, max(at, start), max(at, start) + (len(main) if at >= 0 else 0), "group:title", place=start)
        )
    for name, a, b in _set_up(text, start, end):
        if _known(drafts, name) is None:
            drafts.append(_Draft(name, a, b, "group:set-up", place=a))
        if short := _SHORT.match(text, b, end):
            drafts.shorten(short["short"], name)
    for at, kind, found in events:
        if kind == "roster":
            _add_roster(text, outline, drafts, found)  # type: ignore[arg-type]
        elif kind == "prose":
            _add_prose(text, drafts, *found)  # type: ignore[misc]
        else:
            _add_office(text, start, drafts, at, found)  # type: ignore[arg-type]
    _add_heads(text, start, end, drafts)
    kept = [d for d in drafts.all if d.persons or d.units or d.office_in]
    return [_group(text, d) for d in sorted(kept, key=lambda d: (d.start, d.name))]


def _events(outline: Outline) -> list[tuple[int, str, object]]:
    """Where it is said who sits in a group or where its office is, in order: (place, kind, what was found)."""
    text, start, end = outline.text, outline.start, outline.end
    rosters = _rosters(outline)
    events: list[tuple[int, str, object]] = [(r.start, "roster", r) for r in rosters]
    events += [
        (a, "prose", (a, b))
        for a, b in _sentences(text, start, end)
        if not any(r.start < b and a < r.end for r in rosters)
    ]
    events += [(m.start(), "office", m) for m in _OFFICE.finditer(text, start, end)]
    events.sort(key=lambda event: event[0])
    return events


def _may_name_group(text: str) -> bool:
    """Whether any word stands in the text without which no group is set up in it."""
    said = any(word in text for sign, words in _HINTS.items() if sign in text for word in words)
    return said or any(hint.search(text) for hint in _GAPPED_HINTS)


def _rosters(outline: Outline) -> list[Roster]:
    """Lists in tables and in running text; the text of a table that was read is not read again."""
    places = partial(_places, outline)
    rosters = [r for grid in outline.grids if (r := read_grid(outline.text, grid))]
    position = outline.start
    for table in sorted(rosters, key=lambda r: r.start):
        rosters = rosters + read_rosters(outline.text, position, table.start, places)
        position = max(position, table.end)
    return sorted(rosters + read_rosters(outline.text, position, outline.end, places), key=lambda r: r.start)


def _places(outline: Outline) -> frozenset[str]:
    """Short names of the places the document is about: 青禾 of 青禾县."""
    names: set[str] = set()
    above = outline.text[max(0, outline.start - 300) : outline.start + 600]
    for head in dict.fromkeys([outline.title or "", *_seats(above)]):
        region, _ = leading("".join(head.split()))
        names |= {short_name(n) for n in region.names} if region else set()
    if any(outline.text.find(word, outline.start, outline.end) >= 0 for word in _PEOPLES):
        names.add(MANY_PEOPLES)
    return frozenset(n for n in names if 2 <= len(n) <= 4)


_SEAT = re.compile(r"[省市县区州旗镇](?:人民政府|委|政府)")
_NAMED_SEAT = re.compile(r"([一-鿿]{2,6}?[省市县区州旗镇])(?:人民政府|委|政府)")


def _seats(text: str) -> list[str]:
    """The places whose governments and committees a text names; looked for beside their endings, which are few."""
    found: list[str] = []
    reached = 0
    for seat in _SEAT.finditer(text):
        for at in range(max(reached, seat.start() - 6), seat.start() - 1):
            if named := _NAMED_SEAT.match(text, at):
                found.append(named[1])
                reached = named.end()
                break
    return found


_PEOPLES = ("旗委", "旗人民政府", "旗政府", "自治区", "自治州", "自治县", "自治旗", "内蒙古", "新疆", "西藏", "族乡")


# --- names ------------------------------------------------------------------------------------------------------


def _clean_name(raw: str) -> str:
    """The name of a group as mentioned, without the words that lead up to it; '' for a bare 领导小组."""
    name = _of_whom("".join(raw.split()))
    name = _NUMBERED.sub("", _ATTACHED.sub("", name))
    while (lead := _TRIM.match(name)) and _ONE_NOUN.search(name, lead.end()):
        name = name[lead.end() :]
    name = _LED_UP.sub("", name)
    if name.count("“") != name.count("”"):
        name = name.replace("“", "").replace("”", "")
    return "" if _BARE.fullmatch(name) or len(name) > 60 else name


_LED_UP = re.compile(r"^(?:对|了|的|由|为|以|和|与|及|并|统一|全面(?!推|深化|依法|落实|从严|振兴|建成|建设|实施))+")


def _mentions(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of the groups named in full in text[start:end]."""
    reached = start
    for noun in _NOUNS.finditer(text, start, end):
        begin = max(reached, noun.start() - 50)
        for separator in _SEPARATOR.finditer(text, begin, noun.start()):
            begin = separator.end()
        reached = noun.end()
        name = _clean_name(text[begin:reached])
        if name:
            shown = reached - len(name)
            yield name, shown if text[shown:reached] == name else begin, reached


_TITLE_WHOLE = re.compile(
    rf"(?P<name>.+?(?:{_NOUN}))(?:工作|议事)?(?:制度|规则|方案|职责|章程|(?:组成)?(?:人员|成员)?(?:单位)?名单)?"
)
_TITLE_ABOUT = re.compile(
    rf"(?:成立|组建|设立|建立|调整(?:充实)?|充实|印发|公布)(?P<name>.+?(?:{_NOUN}))(?:的|组成|成员|人员|工作规则|制度|名单|及|办公室|职责|$)"
)


def _titled(title: str | None) -> str | None:
    """The group a document is about: 关于成立X领导小组的通知, X联席会议制度."""
    if not title:
        return None
    plain = "".join(title.split())
    whole = _TITLE_WHOLE.fullmatch(plain) if "关于" not in plain else None
    if whole:
        return _clean_name(whole["name"]) or None
    about = _TITLE_ABOUT.search(plain)
    if not about:
        return None
    return _clean_name(about["name"]) or None


def _set_up(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """(name, start, end) of each group that a sentence sets up or changes."""
    found: list[tuple[str, int, int]] = []
    for verb in _SETS_UP.finditer(text, start, end):
        name = _NAME.match(text, verb.end(), min(end, verb.end() + 80))
        if not name:
            continue
        if _OTHERS.search(text[_begin(text, start, verb.start()) : name.end()]):
            continue
        clean = _clean_name(name.group())
        if clean:
            at = name.end() - len(clean) if text[name.end() - len(clean) : name.end()] == clean else name.start()
            found.append((clean, at, name.end()))
    return found


def _begin(text: str, start: int, at: int) -> int:
    """Where the sentence begins that holds `at`."""
    start = max(start, at - 800)
    return max(start, *(text.rfind(c, start, at) + 1 for c in "。；;\n"))


def _known(drafts: _Drafts, name: str) -> _Draft | None:
    """The draft a name means: the same name, or one that is the other's end."""
    if len(drafts.all) == 1 and _BARE.fullmatch(drafts.all[0].name) and _plain(name).endswith(drafts.all[0].name):
        drafts.rename(0, name)
    at = drafts.find(name)
    if at is None:
        return None
    if len(name) > len(drafts.all[at].name) and not drafts.all[at].rule.startswith("group:set-up"):
        drafts.rename(at, name)
    return drafts.all[at]


def _plain(name: str) -> str:
    return re.sub(r"[“”\"'‘’\s]", "", name)


def _nearest(drafts: list[_Draft], at: int) -> _Draft | None:
    """The group that a bare 领导小组 at `at` means: the one named last before it, else the first."""
    before = [d for d in drafts if d.place <= at and not d.name.endswith("办公室")]
    return max(before, key=lambda d: d.place) if before else (drafts[0] if drafts else None)


# --- lists ------------------------------------------------------------------------------------------------------


def _add_roster(text: str, outline: Outline, drafts: _Drafts, roster: Roster) -> None:
    """Give a list to the group its heading, its first label or the sentence before it names."""
    if roster.whose and roster.whose.endswith(("办公室", "办")) and len(roster.persons) < 2:
        return  # only its head, see _add_heads
    draft = _owner(text, outline, drafts, roster)
    if draft is None:
        return
    draft.place = roster.end
    draft.persons += [(p, roster.rule) for p in roster.persons]
    draft.units += [(u, roster.rule) for u in roster.units]


def _owner(text: str, outline: Outline, drafts: _Drafts, roster: Roster) -> _Draft | None:
    if roster.whose:
        return _own_or_new(drafts, roster.whose, roster.start, roster.start + len(roster.whose), "group:heading")
    begin = max([outline.start, *(d.place for d in drafts.all if d.persons and d.place <= roster.start)])
    above = text[max(begin, roster.start - 500) : roster.start]
    base = roster.start - len(above)
    lines = [m.span() for m in re.finditer(r"[^\n]+", above)]
    joined = ""
    for back, (a, b) in enumerate(reversed(lines[-5:])):
        line = above[a:b]
        if back and re.search(r"[。；;]\s*$", line) and not _ONE_NOUN.search(line):
            continue
        joined = (
            line.strip() + joined
            if back and len(joined) <= 20 and not _LIST_TITLE.search(line.strip())
            else line.strip()
        )
        for candidate in (joined, line.strip()):
            title = _LIST_TITLE.search(_NUMBERED.sub("", _ATTACHED.sub("", candidate)))
            if title and len(candidate) <= 90:
                name = _clean_name(title["name"]) if _ONE_NOUN.search(title["name"]) else "".join(title["name"].split())
                name = re.sub(r"^(?:一是|二是|三是|下设|设)", "", name)
                if name and name != "办公室" and not re.search(r"[，,。]", name):
                    return _own_or_new(drafts, name, base + a, base + b, "group:heading")
        own = _SECTION.match(line)
        if own and (back == 0 or not re.search(r"[。；;]\s*$", line)):
            return _own_or_new(
                drafts,
                "".join(own["name"].split()),
                base + a + own.start("name"),
                base + a + own.end("name"),
                "group:heading",
            )
        named = [name for name, _, _ in _mentions(line, 0, len(line))]
        if named:
            known = _known(drafts, named[-1])
            if known:
                return known
            if re.search(r"组成人员|成员|名单|如下|组成|成立|调整", line):
                return _own_or_new(drafts, named[-1], base + a, base + b, "group:heading")
    if not _is_strong(roster):
        return None
    nearest = _nearest(drafts.all, roster.start)
    if nearest is None and len(roster.persons) + len(roster.units) >= 2 and (bare := _ONE_NOUN.search(above)):
        nearest = _own_or_new(drafts, bare.group(), base + bare.start(), base + bare.end(), "group:heading")
    return nearest


def _is_strong(roster: Roster) -> bool:
    """Whether the labels alone show a group, so that the one named last may be meant."""
    roles = " ".join(roster.roles)
    return bool(re.search(r"组长|召集人|指挥|成员|组员|委员", roles)) or ("副主任" in roles and "主任" in roster.roles)


def _own_or_new(drafts: _Drafts, name: str, start: int, end: int, rule: str) -> _Draft:
    known = _known(drafts, name)
    if known is None:
        known = _Draft(name, start, end, rule, place=start)
        drafts.append(known)
    return known


# --- prose ------------------------------------------------------------------------------------------------------


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences in which somebody takes a role in a group or bodies make one up."""
    spans: list[tuple[int, int]] = []
    for at in sorted(_roles_taken(text, start, end)):
        a = _begin(text, start, at)
        b = min((p for c in "。\n" if (p := text.find(c, at, min(end, at + 1500))) >= 0), default=min(end, at + 1500))
        if not spans or a >= spans[-1][1]:
            spans.append((a, b))
    return spans


# A pattern that begins with one sign is looked for ten times as fast as one that begins with any of two.
_ROLES_TAKEN = (
    *(
        re.compile(
            rf"{verb}(?:本|该|区|县|市|省)?(?:领导小组|专班|指挥部|联席会议|委员会|工作组|小组)?(?:第一|常务|执行|副|总)*"
            r"(?:组长|召集人|指挥|主任|成员|牵头人|会长|队长)"
        )
        for verb in "任为"
    ),
    re.compile(r"成员(?:单位(?:主要)?[包有为是]|(?:主要)?包括)"),
    re.compile(rf"组成(?=[,，。；;\n(（]|[^，,。；;\n]{{0,30}}(?:{_NOUN}))"),
)
_BY = re.compile(r"由(?<=[长人挥员位别]由)")
_ROLE_BY = re.compile(r"[组召总指成](?:长|集人|指挥|挥长|员(?:单位)?)(?:分别)?由\Z")  # seven signs at the most


def _roles_taken(text: str, start: int, end: int) -> set[int]:
    """Where words begin by which somebody takes a role: 任组长, 组长由, 成员单位包括, 组成."""
    places = {m.start() for pattern in _ROLES_TAKEN for m in pattern.finditer(text, start, end)}
    for by in _BY.finditer(text, start, end):
        if role := _ROLE_BY.search(text, max(start, by.end() - 7), by.end()):
            places.add(role.start())
    return places


def _add_prose(text: str, drafts: _Drafts, start: int, end: int) -> None:
    """Read one sentence: 由A任组长,B、C任副组长,D、E为成员单位; 联席会议由D、E等部门组成."""
    sentence = text[start:end]
    if _OTHERS.search(sentence):
        return
    named = [] if _BARE_BY.match(sentence) else [*_mentions(text, start, end)]
    line = text.rfind("\n", 0, start) + 1
    team = _TEAM.match(text[line:end])  # (2)抢险救援组。由…组成
    if team and line + team.end() > start:
        named = [(team["name"], line + team.start("name"), line + team.end("name"))]
        start = max(start, line + team.end("name") + 1)
    if "组成" in sentence and (made := _MAKE_UP.search(text, start, end)):  # A、B等部门组成C领导小组
        named = [*_mentions(text, made.end(), end)][:1]
    bare = _NOUNS.search(sentence)
    draft = None
    if named:
        name, a, b = named[0]
        draft = _known(drafts, name) or _Draft(name, a, b, "group:prose", place=start)
    elif bare or re.search(r"组长|总指挥|召集人|指挥长|成员(?:单位|包括)", sentence):
        draft = _nearest(drafts.all, start) or _by_noun(text, drafts, start, bare.group() if bare else "领导小组")
    if draft is None:
        return
    persons, units = _taken(text, start, end, bool(named and team))
    begins = bool(named) and not sentence[: named[0][1] - start].strip()  # X指挥部由县长任指挥。A、B为成员单位。
    if not persons and not units and not begins:
        return
    if draft not in drafts.all:
        drafts.append(draft)
        if begins and (short := _SHORT.match(text, named[0][2], end)):
            drafts.shorten(short["short"], draft.name)
    draft.place = start
    draft.persons += [(p, "group:prose") for p in persons]
    draft.units += [(u, "group:prose") for u in units]


_BARE_BY = re.compile(rf"\s*(?:{_BARE.pattern})(?:主要|原则上)?由")  # the bodies it names are no groups


def _of_whom(name: str) -> str:
    """The name behind the clause that says who leads it: 由…任组长的X领导小组."""
    return name[name.rfind("的") + 1 :] if re.search(r"(?:任|为)[一-鿿]{0,4}(?:组长|召集人|指挥|成员)", name) else name


def _by_noun(text: str, drafts: _Drafts, at: int, noun: str) -> _Draft | None:
    """The group that a bare 联席会议 means when none was set up: the one of that noun named in full nearest by."""
    named = [m for m in _mentions(text, max(0, at - 3000), min(len(text), at + 3000)) if m[0].endswith(noun)]
    if not named:
        return None
    name, a, b = min(named, key=lambda m: (m[1] > at, abs(m[1] - at)))
    return _known(drafts, name) or _Draft(name, a, b, "group:prose", place=at)


_NOUN_OR_MEMBER = re.compile(f"{_NOUN}|成员")
_OPEN_LIST = re.compile(r"等(?:有关|相关)?(?:部门|单位)")
# 组员张三、李四、王五组成
_LISTED = re.compile(
    r"(?P<role>组员|成员)(?P<who>[一-鿿]{2,4}?(?:、[一-鿿]{2,4}?)+)(?:等人?)?(?:组成)?(?=[，,；;。]|$)"
)


def _taken(text: str, start: int, end: int, team: bool = False) -> tuple[list[Person], list[Unit]]:
    """Who takes which role in a sentence."""
    persons: list[Person] = []
    units: list[Unit] = []
    position = start
    for found in _HELD_BY.finditer(text, start, end):
        role = "".join(found["role"].split())
        p, u = _holders(text, found.start("who"), found.end("who"), role)
        persons, units = persons + p, units + u
    held = bool(persons or units)
    for found in _TAKES.finditer(text, start, end):
        if (
            held
            and re.search(r"由[^，,；;]*$", text[start : found.start()])
            and _HELD_BY.search(text, start, found.end())
        ):
            continue
        role = "".join(found["role"].split())
        begin = _clause(text, position, found.start())
        p, u = _holders(text, begin, found.start(), role)
        persons, units = persons + p, units + u
        position = found.end()
    for found in _LISTED.finditer(text, start, end):
        if all(is_name(name) for name in found["who"].split("、")):
            persons += _holders(text, found.start("who"), found.end("who"), found["role"])[0]
    if not units:
        for pattern in (_COMPOSED, _INCLUDES, _MAKE_UP) if "组成" in text[start:end] else (_INCLUDES,):
            composed = pattern.search(text, start, end)
            if composed and (team or _NOUN_OR_MEMBER.search(text, start, composed.end())):
                stop = composed.end("who")
                if open_end := _OPEN_LIST.match(text, stop, end):  # short forms too: 公安、消防等部门
                    stop = open_end.end()
                listed = listed_units(text, composed.start("who"), stop, "成员单位")
                if len(listed) >= 2:
                    units += listed
                    break
    return persons, units


_NOUN_AND_MARK = re.compile(rf"(?:{_NOUN})[,，:：]")


_GIVEN_OVER = re.compile(r"[^。；;\n]*由[^。；;\n]*(?:担任|兼任)[，,；;]")


def _clause(text: str, start: int, end: int) -> int:
    """Where the holders of a role begin: after 由, after the clause that names the group."""
    if given := _GIVEN_OVER.match(text, start, end):  # 组长由甲担任，A、B为
        start = given.end()
    piece = text[start:end]
    by = max(piece.rfind("由"), piece.rfind("明确"), piece.rfind("确定"))
    if by >= 0 and piece[by : by + 1] == "由":
        return start + by + 1
    if by >= 0:
        return start + by + 2
    noun = list(_NOUN_AND_MARK.finditer(piece))
    begin = noun[-1].end() if noun else 0
    begin += len(piece[begin:]) - len(piece[begin:].lstrip(" ,，、;；:："))
    return start + begin


def _holders(text: str, start: int, end: int, role: str) -> tuple[list[Person], list[Unit]]:
    """Persons and bodies that hold a role: post and name, name, or bodies alone; a post without a name is nobody."""
    piece = text[start:end]
    persons: list[Person] = []
    posts: list[tuple[int, int]] = []
    rest: list[tuple[int, int]] = []
    for found in re.finditer(r"(?:[^、，,；;(（]|[(（][^()（）]*[)）])+", piece):
        a, b = start + found.start(), start + found.end()
        shown = (
            re.sub(r"(?:同志)?(?:等(?:\d+|[一二三四五六七八九十]+)?[位名人]?)?(?:同志)?\s*$", "", found.group())
            if not found.group().endswith("负责同志")
            else found.group()
        )
        b = a + len(shown)
        raw = "".join(shown.split())
        bracket = re.fullmatch(r"(?P<name>[^(（]{2,9})[(（](?P<post>.+)[)）]", raw)
        if bracket and is_name(bracket["name"]):
            at = text.find("（", a, b) if "（" in text[a:b] else text.find("(", a, b)
            persons.append(Person(bracket["name"], role, a, b, [(at + 1, b - 1)], True))
            posts = []
        elif is_name(raw):
            persons.append(Person(raw, role, min([a, *(p for p, _ in posts)]), b, posts, True))
            posts = []
        elif (size := name_at_end(raw)) and text[b - size : b] == raw[-size:]:
            posts.append((a, b - size))
            persons.append(Person(raw[-size:], role, posts[0][0], b, posts, True))
            posts = []
        elif is_post(raw) and not re.search(r"(?:负责人|负责同志|领导|领导同志|人员)$", raw):
            posts.append((a, b))
        else:
            rest.append((a, b))
    if persons or not re.match(r"成员|委员|组员", role):
        return persons, []
    return persons, listed_units(text, start, end, "成员单位" if role.endswith("单位") else role)


# --- offices ----------------------------------------------------------------------------------------------------


def _add_office(text: str, start: int, drafts: _Drafts, at: int, found: re.Match[str]) -> None:
    """Read where a group's office is; the group may be named in full or by its bare noun."""
    office = "".join(_OFFICE_TAIL.sub("", found["office"]).split())
    if not BODY_END.search(office) or office.startswith("各"):
        return
    a = _begin(text, start, at)
    if _OTHERS.search(text[a:at]):
        return
    named = [name for name, _, _ in _mentions(text, a, at)]
    draft = _known(drafts, named[-1]) if named else _nearest(drafts.all, at)
    if draft is None and named:
        draft = _Draft(named[-1], a, at, "group:office", place=at)
        drafts.append(draft)
    if draft is None or draft.office_in:
        return
    stop = found.start("office") + len(_OFFICE_TAIL.sub("", found["office"]))
    draft.office_in = office
    draft.office = Mention(start=a, end=stop, quote=text[a:stop], rule="group:office", basis=None)


def _add_heads(text: str, start: int, end: int, drafts: _Drafts) -> None:
    """Who heads the office: X同志兼任办公室主任."""
    for found in _OFFICE_HEAD.finditer(text, start, end):
        held = _HEAD_BEHIND.match(text, found.end(), end) or _HEAD_BEFORE.search(
            text[max(start, found.start() - 60) : found.start()]
        )
        if held is None:
            continue
        who = "".join((next(g for g in held.groups() if g)).split())
        who = re.sub(r"^.*?(?:由|,|，)(?=[一-鿿])", "", who)
        size = name_at_end(who)
        name = who[-size:] if size else who
        draft = _nearest([d for d in drafts.all if d.office_in or d.persons], found.start())
        if draft and draft.office_head is None and is_name(name):
            draft.office_head = name


# --- facts ------------------------------------------------------------------------------------------------------


_KIND = re.compile(rf"(?:{_NOUN})$")


def _group(text: str, draft: _Draft) -> Group:
    kind = _KIND.search(draft.name)
    members: list[Member] = []
    seen: set[tuple[str, str]] = set()
    for person, rule in draft.persons:
        if (person.name, person.role) in seen:
            continue
        seen.add((person.name, person.role))
        start, end = person.start, person.end
        posts = posts_of(text, person)
        members.append(
            Member(
                start=start, end=end, quote=text[start:end], rule=rule, name=person.name, role=person.role, posts=posts
            )
        )
    units: list[MemberUnit] = []
    names: set[str] = set()
    for unit, rule in draft.units:
        if unit.name in names:
            continue
        names.add(unit.name)
        units.append(
            MemberUnit(
                start=unit.start,
                end=unit.end,
                quote=text[unit.start : unit.end],
                rule=rule,
                unit=unit.name,
                role=unit.role,
                collective=unit.collective,
            )
        )
    return Group(
        start=draft.start,
        end=draft.end,
        quote=text[draft.start : draft.end],
        rule=draft.rule,
        name=draft.name,
        kind=kind.group() if kind else "工作组",
        office_in=draft.office_in,
        office_head=draft.office_head,
        office=draft.office,
        members=members,
        member_units=units,
    )
