"""Who is put into and removed from which post, and which leader is in charge of what.

Notices of appointment say it in a few ways: 任命X为A; X同志任A,免去其B职务; 免去X的B职务; X不再担任B; lists of names
under 任命: or 免去:; tables. Outside such notices only the formal words are read, and never a role in a leading group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from loaders.extract.people import body_of, cut_name, is_name, is_post, name_at_end, split_posts
from loaders.extract.units import BODY_END
from loaders.facts import Appointment, Division
from loaders.outline import Grid, Outline

Action = Literal["appointed", "removed"]

_PERSONNEL = re.compile(
    r"任免|任职|免职|任命|职务|聘任|解聘|挂职|聘请|聘用|续聘|辞职|辞去|人事|干部.{0,6}(?:通知|决定)|等同志|同志.{0,4}(?:通知|决定)"
)
# The heading of a section that appoints; the kinds of block that end one.
_APPOINTS = re.compile(r"任免|(?:人事|职务)(?:调整|安排|变动)|(?:任职|免职)(?:人员|名单|情况)")
_ENDS = ("title", "attachment", "signature")
# The formal words, each with its rarest sign: where that is missing, which is told fast, the word need not be sought.
_FORMAL = {"任命": "命", "免去": "免", "不再担任": "再", "不再兼任": "再", "解聘": "聘", "辞去": "辞"}
# Remarks that stand between or behind names and posts; blanked before reading, so that offsets stay.
_ASIDE = re.compile(
    r"[（(][^（）()]*(?:试用|挂职|任期|聘期|时间|期限|截至|年|月|排名|之前|之后|兼)[^（）()]*[)）]|[（(](?:女|男|[一-鿿]{1,4}族|试)[)）]"
    r"|(?:等[0-9一二三四五六七八九十]*(?:名|位)?)?(?:同志|先生|女士)(?![一-鿿]{0,3}[:：])"
)
_SEGMENT = re.compile(r"[^，,；;。\n]+")
_NUMBERING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．])?\s*"
)
_PUT = re.compile(r"(?:任命|聘任|聘请|续聘|聘用|选举|补选|推选)(?!为|书|期|制|条件|程序)[:：]?")
_DECIDED = re.compile(r"决定[:：]?(?P<who>[一-鿿·]{2,8}?)[ \u3000]*(?:为|代理(?=[一-鿿]{2,}[市县区省州]))")
_TAKE = re.compile(r"(?:免去|免除|解聘|解除|撤销)[:：]?")
_IS_OFF = re.compile(r"(?P<who>.+)(?:职务|一职)(?:予以|自然|自行|同时|一并|随之)*(?:免去|免除)$")
_TO_BE = re.compile(
    r"(?P<off>不再(?:担任|兼任|任|保留)|(?:请求)?辞去)|(?:被)?(?:任命|聘任|聘|当选|推选)为|晋升为?|挂职(?:担)?任|(?:担|兼|挂|试|调|转)任|任(?!命|期|免|务|职)"
)
_INTO = re.compile(r"担任|为|任")
_JOINT = re.compile(r"[ \u3000]*(?:并|同时|另|均|故|且|现|拟|提名)*[ \u3000]*")
_LEAD = re.compile(r"^.*(?:决定|同意|批准|研究|接受|通过|确定|明确|现将|如下|通知|[:：])")
_OF = re.compile(r"(?:[ \u3000]*(?:原任|所任|兼任|担任|原))?的|(?<=[一-鿿])[ \u3000]{2,}|(?:原任|所任|兼任)(?:的)?")
_HEADER = re.compile(
    r"(?:经.{0,30})?(?:决定|同意)?(?P<what>任命|任职|聘任|提任|免去|免职|解聘|[任免](?=[:：]))"
    r"(?:下列|以下)?(?:同志|人员|名单|如下|事项|的|职务|[ \u3000])*[:：]?[ \u3000]*"
)
_TAIL = re.compile(r"(?:等?(?:的)?(?:职务|一职|职位)(?:的请求)?|的请求)$")
_GROUP_ROLE = re.compile(
    r"(?:组长|召集人|总指挥|指挥长|副指挥|组员|牵头人|联络员)$|(?:领导小组|联席会议|指挥部|专班|工作组)(?:办公室)?(?:主任|副主任|成员)$|^办公室(?:副)?主任$|[河林田链路]长$"
)
_REMOVING = ("免去", "免职", "解聘", "免")


@dataclass(slots=True)
class _State:
    """What the segments read so far leave for the next one."""

    mode: Action | None = None  # what a bare `李四为…` goes on with
    persons: list[str] = field(default_factory=list)
    action: Action | None = None
    posts: set[str] = field(default_factory=set)


def read_appointments(outline: Outline) -> list[Appointment]:
    """Appointments and removals in the order of the text, one for each person and body."""
    text, start, end = outline.text, outline.start, outline.end
    whole = bool(_PERSONNEL.search("".join((outline.title or "").split())))
    sections = [] if whole else [*_sections(outline)]
    if not whole and not sections and not _is_formal(text[start:end]):
        return []
    found: list[Appointment] = []
    covered: list[tuple[int, int]] = []
    for grid in outline.grids if whole else ():
        rows = _from_grid(text, grid)
        if rows:
            found += rows
            covered.append((grid.start, grid.end))
    state = _State()
    work = _ASIDE.sub(lambda m: "\u3000" * len(m.group()), text[start:end])
    for segment in _SEGMENT.finditer(work):
        a, b = start + segment.start(), start + segment.end()
        before = text[a - 1 : a] if a > start else "\n"
        if before in "。\n；;":
            state.persons, state.action = [], None
        if any(s <= a < e for s, e in covered):
            continue
        line = segment.group()
        personnel = whole or any(s <= a < e for s, e in sections)
        if not personnel and not state.persons and not _is_formal(line):
            continue
        skip = _NUMBERING.match(line)
        begin = skip.end() if skip else 0
        read = _segment(line[begin:].rstrip(), personnel, state)
        if read is None:
            if before in "。\n" and len(line.strip()) > 24:
                state.mode = None
            continue
        persons, post, action, rule = read
        made = [*_facts(text, a + begin, b, persons, post, action, rule, personnel)]
        if made:
            found += made
            state.posts |= {item.post for item in made}
            state.persons, state.action = persons, action
    return _without_doubles(found)


def _is_formal(text: str) -> bool:
    return any(sign in text and word in text for word, sign in _FORMAL.items())


def _sections(outline: Outline) -> Iterator[tuple[int, int]]:
    """What stands under headings on appointments in a document on other things too."""
    blocks = outline.blocks
    for i, block in enumerate(blocks):
        if not 0 <= block.style <= 3:
            continue
        head = outline.text[block.body : min(block.end, block.body + 30)]
        if ("任" in head or "职" in head or "人事" in head) and _APPOINTS.search(head):
            after = (b.start for b in blocks[i + 1 :] if 0 <= b.style <= block.style or b.kind in _ENDS)
            yield block.end, next(after, outline.end)


def _segment(line: str, personnel: bool, state: _State) -> tuple[list[str], str, Action, str] | None:
    """(persons, post, action, rule) of one segment between commas and stops; None when it says nothing of the kind."""
    header = _HEADER.fullmatch(line) if len(line) <= 40 else None
    if header:
        state.mode = "removed" if header["what"] in _REMOVING else "appointed"
        return None
    off = _IS_OFF.search(line)
    if off and (read := _names_and_post(_LEAD.sub("", off["who"]), personnel)):
        return *read, "removed", "appoint:免除"
    for put in _PUT.finditer(line):
        state.mode = "appointed"
        rest = line[put.end() :]
        for into in _INTO.finditer(rest):
            names = _name_list(rest[: into.start()], personnel)
            if names:
                return names, rest[into.end() :], "appointed", f"appoint:{put.group()[:2]}"
    decided = _DECIDED.search(line)
    names = _name_list(decided["who"], personnel) if decided else None
    if decided and names and is_post(_plain_post(line[decided.end() :])):
        return names, line[decided.end() :], "appointed", "appoint:决定"
    take = _TAKE.search(line)
    if take:
        rest = line[take.end() :]
        if rest.startswith("其") and state.persons:
            return state.persons, rest[1:], "removed", "appoint:免去其"
        state.mode = "removed" if not _JOINT.fullmatch(rest) or not state.persons else state.mode
        read = _names_and_post(rest, personnel) or _known_post(rest, state.posts)
        if read:
            return *read, "removed", f"appoint:{take.group()[:2]}"
        if state.persons and _JOINT.fullmatch(line[: take.start()]) and body_of(_plain_post(rest)):
            return state.persons, rest, "removed", "appoint:免去其"
        return None
    for verb in _TO_BE.finditer(line):
        head = re.sub(r"(?:正式|继续|现|暂|仍|拟)$", "", line[: verb.start()])
        action: Action = "removed" if verb["off"] else "appointed"
        rule = f"appoint:{verb.group()}"
        if _JOINT.fullmatch(head) and state.persons:
            return state.persons, line[verb.end() :], action, rule
        if not personnel and action == "appointed":
            continue
        names = _name_list(_LEAD.sub("", head), personnel) or _name_list(head, personnel)
        if names:
            return names, line[verb.end() :], action, rule
    who, into_, post = line.partition("为")
    if into_ and state.mode == "appointed" and is_post(_plain_post(post)):  # 任命甲为A局局长,乙为B委主任
        names = _name_list(who, False)
        if names:
            return names, post, "appointed", "appoint:list"
    if not personnel:
        return None
    inline = re.match(r"(?P<what>[任免])[:：](?P<rest>.+)", line)
    if inline:  # 任:张三 县教育局局长
        state.mode = "removed" if inline["what"] == "免" else "appointed"
        read = _names_and_post(inline["rest"], personnel)
        if read:
            return *read, state.mode, "appoint:list"
    if state.mode != "removed":
        for into in re.finditer(r"[ \u3000]*为|[:：]|[ \u3000]+" if state.mode else r"[ \u3000]*为", line):
            names = _name_list(_LEAD.sub("", line[: into.start()]), personnel)
            if names and is_post(_plain_post(line[into.end() :])):
                return names, line[into.end() :], "appointed", "appoint:list"
    if state.mode:
        read = _names_and_post(line, personnel)
        if read:
            return *read, state.mode, "appoint:list"
    if state.persons and state.action and body_of(_plain_post(line)) and not _names_and_post(line, False):
        return state.persons, line, state.action, "appoint:list"  # 任A局局长,B办主任
    return None


def _names_and_post(rest: str, personnel: bool) -> tuple[list[str], str] | None:
    """Names with the post behind them: 李四的A职务, 李四 A职务, 李四A职务."""
    for of in _OF.finditer(rest):
        names = _name_list(rest[: of.start()], personnel)
        if names and is_post(_plain_post(rest[of.end() :])):
            return names, rest[of.end() :]
    run = "".join(rest.split())
    listed = run.rfind("、", 0, 40)
    size, sure = cut_name(run)
    if sure >= 2.0 and is_post(_plain_post(run[size:])):
        return [run[:size]], run[size:]
    if listed > 0:  # 李四、王五A职务
        names = _name_list(run[:listed], personnel)
        size, sure = cut_name(run[listed + 1 :])
        if names and sure >= 2.0:
            return [*names, run[listed + 1 : listed + 1 + size]], run[listed + 1 + size :]
    return None


def _known_post(rest: str, posts: set[str]) -> tuple[list[str], str] | None:
    """A name that runs into a post named before: 解聘李四某公司总经理职务."""
    plain = _plain_post(rest)
    for post in posts:
        if plain.endswith(post) and is_name(plain[: -len(post)]):
            return [plain[: -len(post)]], post
    return None


def _name_list(chunk: str, personnel: bool) -> list[str] | None:
    """The persons of a chunk that holds nothing but names; None when it holds anything else."""
    names: list[str] = []
    for part in chunk.strip(" \u3000\t:：").split("、"):
        whole = "".join(part.split())
        if _is_person(whole, personnel):
            names.append(whole)
            continue
        pieces = part.split()
        if len(pieces) < 2 or not all(is_name(p) for p in pieces):
            return None
        names += pieces
    return names or None


def _is_person(name: str, personnel: bool) -> bool:
    """Whether a name is a person's; in a notice of appointment one with an unknown surname is one too."""
    if is_name(name):
        return True
    if not personnel or not re.fullmatch(r"[一-鿿·]{2,6}", name):
        return False
    return not (
        is_post(name)
        or BODY_END.search(name)
        or re.search(r"^其|[的为任免职经由以及等各拟第原因]|研究|决定|同志|人选", name)
    )


def _facts(
    text: str, start: int, end: int, names: list[str], post: str, action: Action, rule: str, personnel: bool
) -> Iterator[Appointment]:
    for title in _posts(post):
        if _GROUP_ROLE.search(title) or title.endswith("人选"):
            continue
        for name in names:
            yield Appointment(
                start=start, end=end, quote=text[start:end], rule=rule, person=name, post=title, body=body_of(title),
                action=action,
            )  # fmt: skip


def _plain_post(post: str) -> str:
    """A post without white space, remarks and 职务."""
    plain = "".join(post.split()).strip('，,、:：“”"')
    plain = re.sub(r"^(?:的|其|原任|所任|兼任|担任)+(?:的)?", "", plain)
    shorter = _TAIL.sub("", plain)
    return shorter if is_post(shorter) else plain


def _posts(post: str) -> list[str]:
    """Posts as written, one for each body."""
    plain = _plain_post(post)
    if not 2 <= len(plain) <= 70 or re.search(r"[:：《》]", plain) or not is_post(plain):
        return []
    return [p.title for p in split_posts(plain)]


def _without_doubles(found: list[Appointment]) -> list[Appointment]:
    seen: set[tuple[str, str, str]] = set()
    kept: list[Appointment] = []
    for item in sorted(found, key=lambda a: a.start):
        key = (item.person, item.post, item.action)
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept


_NAME_HEAD = re.compile(r"姓名|人员姓名|同志")
_IN_HEAD = re.compile(r"(?:拟|新|现)?(?:任命?|聘任?)(?:职务|职|岗位|为|命职务|何职务)?|拟任职务|职务|任职情况|任命职务")
_OUT_HEAD = re.compile(r"(?:免去|免)(?:职务|职|去职务|何职务)?|免职情况|解聘职务")


def _from_grid(text: str, grid: Grid) -> list[Appointment]:
    """Appointments in a table of names, posts taken and posts left."""
    plain = [["".join(c.text.split()) for c in row] for row in grid.rows]
    head = next((r for r in range(min(3, len(plain))) if any(_NAME_HEAD.fullmatch(c) for c in plain[r])), None)
    if head is None:
        return []
    name_at = next(i for i, c in enumerate(plain[head]) if _NAME_HEAD.fullmatch(c))
    columns: list[tuple[int, Action]] = []
    for i, c in enumerate(plain[head]):
        if i != name_at and _OUT_HEAD.fullmatch(c):
            columns.append((i, "removed"))
        elif i != name_at and _IN_HEAD.fullmatch(c):
            columns.append((i, "appointed"))
    found: list[Appointment] = []
    for row, cells in zip(plain[head + 1 :], grid.rows[head + 1 :], strict=True):
        if not _is_person(row[name_at], True):
            continue
        for i, action in columns:
            if row[i]:
                a, b = min(cells[name_at].start, cells[i].start), max(cells[name_at].end, cells[i].end)
                found += _facts(text, a, b, [row[name_at]], row[i], action, "appoint:table", True)
    return found


# --- division of work -------------------------------------------------------------------------------------------

_DIVIDES = re.compile(r"分工")
_DUTY = r"(?:主持|负责|协助|分管|联系|配合|牵头|受[一-鿿]{1,12}委托|领导|协管|抓|兼管|主管|联络|全面)"
_CHARGE = re.compile(
    rf"^\s*(?:[一二三四五六七八九十]{{1,3}}[、.．]|[(（][一二三四五六七八九十\d]{{1,3}}[)）]|\d{{1,2}}[.、．])?\s*(?P<who>[^:：,，。；;\n]{{2,40}}?)"
    rf"(?:同志)?(?:[（(][^（）()]{{1,20}}[)）])?\s*[:：,，]?\s*(?P<what>{_DUTY}[^\n]*)"
)
_ALONE = re.compile(r"^\s*(?P<who>[^:：,，。；;\n]{2,40}?)(?:同志)?(?:[（(][^（）()]{1,20}[)）])?\s*[:：]?\s*$")


def read_divisions(outline: Outline) -> list[Division]:
    """What each leader is in charge of, in notices on the division of work; a person's lines belong together."""
    if not _DIVIDES.search(outline.title or ""):
        return []
    text = outline.text
    found: list[Division] = []
    waiting: tuple[str, str | None, int] | None = None
    for line in re.finditer(r"[^\n]+", text[outline.start : outline.end]):
        start, end = outline.start + line.start(), outline.start + line.end()
        charge = _CHARGE.match(line.group())
        who = _leader(charge["who"]) if charge else None
        if charge and who:
            waiting = None
            found.append(_division(text, start, end, who, charge["what"], start))
            continue
        alone = _ALONE.match(line.group())
        who = _leader(alone["who"]) if alone else None
        if who:
            waiting = (*who, start)
        elif waiting and re.match(rf"\s*{_DUTY}", line.group()):
            found.append(_division(text, start, end, waiting[:2], line.group().strip(), waiting[2]))
            waiting = None
        elif found and re.match(rf"\s*{_DUTY}", line.group()) and found[-1].end == start - 1:
            last = found[-1]
            last.end, last.quote = end, text[last.start : end]
            last.text = f"{last.text}\n{line.group().strip()}"
        else:
            waiting = None
    return found


def _division(text: str, start: int, end: int, who: tuple[str, str | None], what: str, begin: int) -> Division:
    return Division(
        start=begin, end=end, quote=text[begin:end], rule="division", person=who[0], post=who[1], text=what.strip()
    )


def _leader(who: str) -> tuple[str, str | None] | None:
    """Name and post of a leader: 李四; 副区长 李四; 李四 副区长; 李四副区长."""
    plain = "".join(re.sub(r"[（(][^（）()]*[)）]|同志$", "", who).split())
    if is_name(plain):
        return plain, None
    size = name_at_end(plain)
    if size:
        return plain[-size:], plain[:-size]
    size, sure = cut_name(plain)
    if sure >= 2.0 and is_post(plain):
        return plain[:size], plain[size:]
    return None
