"""Other works a document names: laws, policies, plans, notices, standards.

A work is named in full (《…》 with or without a number), by its number alone (国发〔2022〕11号文), unquoted before its
number (国务院关于…的意见(国发…号)), or by a short name that the text introduced (以下简称《纲要》). The order of work
follows eyecite: find every place, read what stands beside it, then resolve places to works.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.extract.levels import Home, level_of_number, level_of_title, read_home
from loaders.facts import Citation, Level, Mention
from loaders.outline import Outline
from loaders.text import after_last, places_of

_TYPED_MARKS = re.compile(r"[《》]|<<|>>|＜＜|＞＞")  # as typed where the keyboard had no 《》
_LONGEST = 260  # a title is never longer; past that a mark was lost

# --- numbers ----------------------------------------------------------------------------------------------------

_YEAR = r"[〔\[［（(【〈{]\s*(?P<year>(?:19|20)?\d\d)\s*年?\s*[〕\]］）)】〉}]"
# From the year in its bracket to 号; see `_numbers`.
_NUMBER = re.compile(
    rf"{_YEAR}\s*(?P<rest>(?:字?第)?\s*\d{{1,5}}(?:-\d{{1,4}})?)\s*号(?![楼线院门桥路泵机井地宗台车厅窗信])"
)
_IN_NUMBER = "年〕]］）)】〉}字第-"  # what such a number holds besides digits and blanks
_HEAD = re.compile(r"[一-鿿]{1,14}(?:[(（][一-鿿]{1,4}[)）])?\s*$")
# The words that run into a number from the left: 根据国务院国发〔2022〕11号.
_NOT_CODE = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|对照|贯彻|落实|执行|转发|印发|下发|以及|关于|文件|精神|详见|政府|国务院|办公厅|办公室"
    r"|委员会|常委会|党中央|[省市县区]委|[^一]厅(?!字|函|发)|[教政育技化安障源境设部输利村务游健理革]部(?!发|办|函|规)"
    r"|[的和与及即见对由用在以文号])(?=[一-鿿]{2})"
)
_ORDER = re.compile(
    r"(?:(?:中华人民共和国)?[一-鿿、]{0,24}?(?:主席|国务院|总局|[部委署局院会]|政府|军委)令|[一-鿿]{0,20}公告|令)\s*"
    r"(?:[〔\[(（]?(?:19|20)\d\d[〕\])）]?\s*年?\s*)?第?\s*[\d一二三四五六七八九十百零〇]+\s*号"
    r"|第\s*[\d一二三四五六七八九十百零〇]+\s*号\s*令|(?:19|20)\d\d年第\s*\d+\s*号(?:公告|令)?"
)
_ORDER_ALONE = re.compile(r"第\s*\d+\s*号令|令\s*第?\s*\d+\s*号")
_ORDER_HEAD = re.compile(r"(?:国务院|主席|[一-鿿]{2,10}(?:部|总局|委员会|署|人民政府)|[省市]政府)$")
_STANDARD = re.compile(
    r"(?:GB|DB\d*|JGJ|CJJ|CJ|HJ|SL|NY|TD|AQ|WS|MZ|GA|JTG|JT|YY|LY|TSG|CECS|MH|XF|RB|T)(?:/[A-Z]+)?\s*[\d.]+\s*[-—–]\s*\d{2,4}"
)
_BARE_NUMBER = re.compile(rf"\s*(?P<head>[一-鿿]{{1,12}})\s*{_YEAR}\s*(?P<rest>\d{{1,5}})\s*")
_BEFORE_TITLE = re.compile(r"(?:文件|文|通知)?[:：,，]?\s*")
# A number in the head of the document or in a caption of a web page names the document itself.
_CAPTION = re.compile(r"(?:文\s*号|字\s*号|索\s*引\s*号|编\s*号|备案号?|登记号?|标识|名\s*称)\s*[:：]?[\s(（]*$")

# --- what counts as a work --------------------------------------------------------------------------------------

_TAIL = re.compile(
    r"(?:[(（〔\[][^()（）〔〕\[\]]{1,30}[)）〕\]]|(?:19|20)\d\d年?版?|\d\.\d版?|第?[一二三四五六七八九十\d]+版|[“”\"])+$"
)
_GENRE = re.compile(
    r"(?:通知|意见|决定|办法|条例|规定|规划|纲要|方案|计划|法|法典|细则|规则|规范|标准|规程|制度|要点|措施|政策|指南|指引|导则|准则"
    r"|守则|章程|目录|名录|清单|公告|通告|通报|公报|命令|令|批复|函|决议|预案|安排|部署|分工|战略|白皮书|行动|大纲|要求|条件|解释"
    r"|批示|公约|协定|宣言|框架|体系|机制|任务|责任制|须知|通则|总则|定额|名单|[一二三四五六七八九十百\d]条|设想|思路|布局|举措|说明)$"
)
_NO_WORK = re.compile(
    r"(?:[^白]皮书|责任书|[^皮计划任务]书|表|证|执照|许可证?|[^清名]单|[^编]卡|簿|档案|合同|协议|备忘录|批件|手册|台账|回执|票据?|收据"
    r"|[日晚时早周月年学商导快党农工青]报|月刊|周刊|期刊|杂志|画报|政府公报|政报|频道|栏目|联播|新闻|之声|热线|讲话|谈治国理政|文选|文集"
    r"|选编|选集|读本|问答|概论|摘编|汇编|社论|评论|纪录片|专题片|宣传片|公开课|记|传|歌|曲|赋|说|论|年鉴|志|教材|简报|专报|快报"
    r"|[^作]报告|分析报告|学习纲要|论述)$"
)
# Papers to fill in, sign or hold, whatever they are called.
_PAPER_VERB = re.compile(
    r"(?:填写|填报|填制|签订|签署|出具|发放|领取|颁发|核发|换发|递交|送达|持有?|观看|收看|演唱|播放|刊登于?|刊发)(?:了|好)?$"
)
_BARE = re.compile(
    r"(?:[“\"]?十[一二三四五六]五[”\"]?|国家|省|市|县|区|州|本|该|上述|原|新|总体|具体|配套|实施|工作|行动|若干|指导|管理|暂行|试行|发展|规划|专项|三年|年度|重点|任务|落实"
    r"|应急|补充|修订|有关|相关|总)*(?:通知|意见|决定|办法|条例|规定|规划|纲要|方案|计划|细则|规则|规范|标准|制度|要点|措施|预案|清单"
    r"|目录|指南|指引|公告|通告|批复|函|章程|准则|政策|法|分工|任务)"
)
_OWN_AFTER = re.compile(
    r"\s*(?:[(（][^()（）《]{0,40}(?:《[^《》]{1,20}》)?[^()（）]{0,10}[)）]\s*)?(?:等[^。；《]{0,12})?"
    r"(?:[^。；;《》]{0,80}现(?:予以?|将?其?)?(?:印发|发布|公布|下发|颁布)|[^。；;《》]{0,80}(?:印发|下发)给(?:你|各|予)"
    r"|\s*(?:已经?|业经|经)[^。；;《》]{0,60}(?:同意|通过|批准|审定)[^。；;《》]{0,12}(?<![转后])(?:印发|发布|公布|施行))"
)
_OWN_BEFORE = re.compile(
    r"现(?:将|印发|公布|发布)(?:修订后的|修改后的|新修订的|制定的|编制的|《[^。；]{0,200}》[、,，和及]?)*\s*$"
)
_ATTACHED_AFTER = re.compile(r"\s*[(（][^()（）]{0,12}(?:详?见附|附后|附件)")
_FORWARD = re.compile(r"(?:转发|批转)")
_GOVERNED = re.compile(
    r"(?:贯彻落实|贯彻实施|贯彻执行|贯彻|落实|实施|执行|转发|批转|修改|修订|修正|废止|停止执行|根据|按照|依据|宣传|学习|撤销)"
    r"(?:[^《〈》〉印发]{0,12})(?:《[^《》]*(?:《[^《》]*》[^《》]*)*》[、和及]?)+"
)
_WRAP_TAIL = (
    r"(?:的|等[^的]{0,12}的)?(?:紧急|补充)?(?:通知|公告|通告|决定|函|命令|令|批复|公报|报告|意见)"
    r"(?:[(（][^()（）]{1,20}[)）])?"
)
_WRAP_VERB = re.compile(r"印发|发布|颁布|颁发|公布|下达|下发|转发|批转|批准|同意")
_WRAP = re.compile(rf"^(?P<issuer>.*?)(?:关于)?(?P<verb>{_WRAP_VERB.pattern})(?P<inner>.+?){_WRAP_TAIL}$")
_INNER = re.compile(r"[^《〈＜<]{0,30}(?:《(.+)》|〈(.+)〉|＜(.+)＞|<(.+)>)")
_SHORT = re.compile(
    r"以?下(?:统一)?(?:简|统|合|并)?称\s*(?:为|之为)?\s*[:：]?\s*[《“\"‘「〈]?\s*(?P<name>[^《》“”\"‘’〈〉「」,，;；。()（）]{1,24})"
)
_BASIS = re.compile(
    r"贯彻落实|贯彻执行|贯彻实施|贯彻|落实|根据|按照|依据|依照|遵照|参照|对照|遵守|违反|执行|转发|批转|印发|制定|制订|编制|出台"
    r"|起草|修订|修改|废止|实施|学习|宣传"
)
_RELIANCE = frozenset(
    [
        "贯彻落实",
        "贯彻执行",
        "贯彻实施",
        "贯彻",
        "落实",
        "根据",
        "按照",
        "依据",
        "依照",
        "遵照",
        "参照",
        "对照",
        "遵守",
        "违反",
        "执行",
        "学习",
        "宣传",
    ]
)
_DRAFTING = ("制定", "制订", "编制", "出台", "起草", "修订", "修改")
_ATTACHMENT = re.compile(r"附\s*件")
_ATTACHMENT_LIST = re.compile(r"[^\n]*(?:\n\s*\d{1,2}\s*[.、．][^\n。]{2,80}(?=\n|$)){0,15}")
_ATTACHMENT_HEADING = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*(?:\n|$)")
_UNQUOTED = re.compile(
    r"(?P<title>[一-鿿、“”\" ]{0,40}关于[^《》。；;:：\n]{4,90}?的?(?:通知|意见|决定|办法|规定|方案|规划|纲要"
    r"|批复|函|公告|通告|细则|措施|要点|计划|条例|报告))"
    r"(?:》|精神)?\s*[(（【〔\[]\s*$"
)
_LEADING = re.compile(
    r"^.*(?:根据|按照|依据|依照|遵照|参照|贯彻落实|贯彻执行|贯彻|落实|执行|转发|结合|现将|附件\d*|是|为|以及|对)"
    r"|^[、“”\" 和与及]+"
)


@dataclass(slots=True)
class _Place:
    """One place where a work is named."""

    start: int
    end: int  # with the number behind it
    past: int  # where the brackets that belong to it end
    title: str
    shown: str  # the whole text between the marks
    rule: str
    number: str | None = None
    short: str | None = None
    basis: str | None = None
    level: Level | None = None


def read_citations(
    outline: Outline, *, title: str | None, doc_number: str | None, region: str | None = None
) -> list[Citation]:
    """Other works named by the document, each once, with all places that name it; order of first mention.

    `title`, `doc_number` and `region` are the document's own: they tell its own plan from other works, and what
    市 in 市政府 is. Titles are as written without white space; a wrapper (印发〈…〉的通知) gives way to the work it
    carries when that is marked.
    """
    text = outline.text
    if not any(text.find(sign, outline.start, outline.end) >= 0 for sign in ("《", "号", "<<", "＜＜")):
        return []
    home = read_home(region, title, doc_number)
    own_number = _folded(doc_number) if doc_number else None
    attachments = _attachment_lists(text, outline.start, outline.end)
    own = _own_titles(title or outline.title, text, attachments)
    shorts: dict[str, str] = {}  # short name → title it stands for; the document's own stand for ""
    places: list[_Place] = []
    taken: list[tuple[int, int]] = []
    spans = _marked(text, outline.start, outline.end)
    governed = _governed_titles(title or outline.title)
    past = outline.start
    for index, (start, end) in enumerate(spans):
        if start < past:
            continue  # the short name where it is introduced
        place = _read_marked(text, outline, spans, index, home, places)
        past = place.past
        taken.append((start, place.end))
        name = _folded(place.shown)
        if _is_own(place, name, own, governed, own_number, text, start, end, attachments, bool(shorts)):
            if place.short:
                shorts[_folded(place.short)] = ""
            own.add(_folded(place.title))
            continue
        if not place.number and name in shorts:
            if shorts[name]:
                place.rule, place.title = "cite:short", shorts[name]
                places.append(place)
            continue
        if not _is_work(place, text, start):
            continue
        if place.short:
            shorts[_folded(place.short)] = place.title
        places.append(place)
    places += _by_number(text, outline, taken, own_number, attachments, home)
    places.sort(key=lambda p: p.start)
    return _resolved(text, places)


# --- marked titles ----------------------------------------------------------------------------------------------


def _marked(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of outermost 《…》, marks included. Lost marks are made good where the text shows where they stood."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    last_close = 0
    typed = text.find("<<", start, end) >= 0 or text.find("＜＜", start, end) >= 0
    if typed:
        marks = [m.span() for m in _TYPED_MARKS.finditer(text, start, end)]
    else:
        marks = [(at, at + 1) for at in places_of(text, "《》", start, end)]
    for here, behind in marks:
        opens = text[here] in "《<＜"
        if opened and (here - opened[0] > _LONGEST or _broken(text, opened, last_close, here, opens)):
            begin = opened[-1] if last_close < opened[-1] else opened[0]
            stop = _lost_end(text, begin, last_close, here)
            if stop:
                spans.append((begin, stop))
            opened = []
        if opens:
            opened.append(here)
        elif opened:
            begin = opened.pop()
            last_close = behind
            if not opened and behind - begin > 2:
                spans.append((begin, behind))
    if opened:
        stop = _lost_end(text, opened[0], last_close, min(end, opened[0] + _LONGEST))
        if stop:
            spans.append((opened[0], stop))
    return spans


def _broken(text: str, opened: list[int], last_close: int, here: int, opens: bool) -> bool:
    """Whether the innermost open mark cannot reach as far as here: a sentence ended in between."""
    since = max(opened[-1], last_close)
    if text.find("。", since, here) >= 0 or text.find("；", since, here) >= 0:
        return True
    if not opens:
        return False
    return (text[here - 1] in "、，,》" and last_close > opened[0]) or bool(
        re.search(r"[》号)）][、和,，]$", text[since:here])
    )


_LOST = re.compile(r"(?:的?(?:通知|意见|决定|办法|规定|公告|方案|规划|条例|细则|函))(?=$|[》)）(（、,，。；;和及精\s])")


def _lost_end(text: str, begin: int, last_close: int, limit: int) -> int:
    """Where a title without its closing mark ends, 0 when that can't be told."""
    if last_close > begin:
        found = _LOST.search(text, last_close, min(limit + 1, last_close + 20))
        return found.end() if found and found.start() <= last_close + 2 else last_close
    stop = min((p for p in (text.find(c, begin, limit) for c in "。；;\n") if p > 0), default=limit)
    found = _LOST.search(text, begin, min(stop + 1, begin + 120))
    return found.end() if found else 0


def _read_marked(
    text: str, outline: Outline, spans: list[tuple[int, int]], index: int, home: Home, places: list[_Place]
) -> _Place:
    """A marked title with what stands behind and before it: number, short name, verb of reliance, issuer."""
    start, end = spans[index]
    inside = text[start:end]
    shown = _tight(inside.strip("《》<>＜＞") if inside[-1] not in "》>＞" else inside[1:-1].strip("<>＜＞"))
    place = _Place(start, end, end, _work_title(shown), shown, "cite:full")
    position = end
    following = spans[index + 1][0] if index + 1 < len(spans) else outline.end
    while True:
        bracket = _bracket(text, position, outline.end)
        if bracket is None:
            break
        content = text[bracket[0] + 1 : bracket[1] - 1]
        number = _number_in(content)
        short = _SHORT.search(content)
        if number and not place.number:
            place.number = number
        if short and not place.short:
            place.short = short["name"].strip()
        if not number and not short:
            break
        position = place.past = bracket[1]
        if number:
            place.end = position
    if not place.number:
        direct = next(_numbers(text, end, min(following, end + 40)), None)
        if direct and direct.start - end <= 1:
            place.number, place.end = direct.written(), direct.end
        else:
            place.number = _number_before(text, outline.start, start)
    before = text[max(outline.start, start - 60) : start]
    previous = places[-1] if places and index and places[-1].start == spans[index - 1][0] else None
    between = text[previous.end : start] if previous and previous.end <= start else None
    place.basis = _basis(before, previous, between)
    place.level = level_of_title(shown, before, home, drafted=place.basis in _DRAFTING) or (
        level_of_number(place.number, home) if place.number else None
    )
    return place


def _bracket(text: str, position: int, end: int) -> tuple[int, int] | None:
    """The bracket that opens at `position`, spaces before it allowed; None when there is none or it does not close."""
    while position < end and text[position] in " \n\u3000\t":
        position += 1
    if position >= end or text[position] not in "(（【[〔［":
        return None
    depth = 0
    for i in range(position, min(end, position + 160)):
        if text[i] in "(（【[〔［":
            depth += 1
        elif text[i] in ")）】]〕］":
            depth -= 1
            if not depth:
                return position, i + 1
    return None


@dataclass(slots=True)
class _Number:
    """A document number as it stands: 鲁政发[1998]12号."""

    start: int
    end: int
    head: str
    year: str
    rest: str

    def written(self) -> str:
        """The number with its year in 〔〕."""
        return _tight(f"{self.head}〔{self.year}〕{self.rest}号")


def _numbers(text: str, start: int, end: int, taken: Sequence[tuple[int, int]] = ()) -> Iterator[_Number]:
    """Numbers by the sign they end with: every other sign would be tried at each place. Those in `taken` are left out;
    no number reaches over the mark that such a span begins with.
    """
    starts = [s for s, _ in taken]
    at = text.find("号", start, end)
    while at >= 0:
        i = bisect_right(starts, at) - 1
        if i >= 0 and at < taken[i][1]:
            at = text.find("号", at + 1, end)
            continue
        opening = at
        while opening > start and _is_in_number(text[opening - 1]):
            opening -= 1
        found = _NUMBER.match(text, opening - 1, end) if start < opening < at else None
        at = text.find("号", at + 1, end)
        if found is None:
            continue
        opening -= 1
        head = text[_head_start(text, max(start, opening - 20), opening) : opening]
        lead = _NOT_CODE.match(head)
        code = head[lead.end() :] if lead else head
        if code:
            yield _Number(opening - len(code), found.end(), code, found["year"], found["rest"])


def _head_start(text: str, low: int, end: int) -> int:
    """Where the words begin that stand right before a number's year, `end` when there are none."""
    begin, least = end, max(low, end - 14)
    while begin > least and "一" <= text[begin - 1] <= "鿿":
        begin -= 1
    if begin < end:
        return begin
    head = _HEAD.search(text, low, end)  # a blank or a bracket stands between
    return head.start() if head else end


def _is_in_number(sign: str) -> bool:
    """Whether a sign may stand between the bracket that opens the year and the 号 of a number."""
    return sign.isdecimal() or sign.isspace() or sign in _IN_NUMBER


def _number_in(content: str) -> str | None:
    """A number in a bracket behind a title; 号 may be missing there."""
    for number in _numbers(content, 0, len(content)):
        return number.written()
    for pattern in (_ORDER, _STANDARD):
        found = pattern.search(content)
        if found:
            return _tight(found.group())
    bare = _BARE_NUMBER.fullmatch(content)
    return _tight(f"{bare['head']}〔{bare['year']}〕{bare['rest']}号") if bare else None


def _number_before(text: str, start: int, position: int) -> str | None:
    """国发〔2022〕11号《…》: the number right before a title."""
    start = max(start, position - 40)
    if text.find("号", max(start, position - 8), position) < 0:
        return None
    last = next(reversed([*_numbers(text, start, position)]), None)
    if last and _BEFORE_TITLE.fullmatch(text, last.end, position):
        return last.written()
    return None


_ENDS_ROW = re.compile(r"[。；;\n]")
_PARTED = re.compile(r"[,，]|.{25}")


def _basis(before: str, previous: _Place | None, between: str | None) -> str | None:
    """The verb the title depends on; titles in a row share it."""
    in_row = between is not None and len(between) <= 30 and not _ENDS_ROW.search(between)
    if previous is not None and in_row and not _BASIS.search(between or ""):
        return previous.basis
    verbs = [*_BASIS.finditer(before, after_last(before, "》。；;\n!！?？", 0, len(before)))]
    if not verbs or _PARTED.search(before, verbs[-1].end()):
        return None
    return verbs[-1].group()


def _wrapper(title: str) -> re.Match[str] | None:
    """A title that says that a work is issued or passed on, in its parts."""
    return _WRAP.match(title) if _WRAP_VERB.search(title) else None


def _work_title(shown: str) -> str:
    """The work itself: what an 印发 wrapper carries when that is marked, else the whole title."""
    wrap = _wrapper(shown)
    if wrap:
        inner = _INNER.fullmatch(wrap["inner"].strip("“”"))
        if inner:
            name = next(g for g in inner.groups() if g)
            if not re.search(r"[》〉＞>][^《〈＜<]*[《〈＜<]", name):  # not two works in one wrapper
                return name
    return shown


# --- own or other, work or no work ------------------------------------------------------------------------------


_FOLD = str.maketrans("（）［］〔〕【】，：；－—–―", "()[][][],:;----", "《》〈〉“”\"'‘’")
_TO_FOLD = re.compile(f"[{''.join(map(chr, _FOLD))}]")


@lru_cache(maxsize=128)  # a document asks for each of its titles several times
def _folded(name: str) -> str:
    """A title for comparison: no white space, no marks, one width of brackets and dashes."""
    name = _tight(name)
    return name.translate(_FOLD) if _TO_FOLD.search(name) else name


def _tight(words: str) -> str:
    """Words without white space."""
    return "".join(words.split())


def _variants(name: str) -> set[str]:
    """A title and the ways it is shortened: without wrapper, without issuer, without a closing bracket."""
    names = {name}
    wrap = _wrapper(name)
    if wrap:
        names.add(wrap["inner"])
    about = name.find("关于")
    if about > 0:
        names.add(name[about:])
    names |= {stripped for n in list(names) if len(stripped := re.sub(r"\([^()]*\)$", "", n)) >= 6}
    return {n for n in names if len(n) >= 4}


def _own_titles(title: str | None, text: str, attachments: list[tuple[int, int]]) -> set[str]:
    """Folded titles of the document, of the plan it brings and of its attachments."""
    own: set[str] = set()
    if title and not _FORWARD.search(title):
        own |= _variants(_folded(_GOVERNED.sub("", _tight(title))))
    for start, end in attachments:
        for line in text[start:end].split("\n"):
            name = _folded(re.sub(r"^[\s(（]*(?:附\s*件)?\s*\d*\s*[:：.、．)）]?\s*(?:\d+\s*[.、．])?", "", line))
            if len(name) >= 6:
                own |= {name, re.sub(r"\([^()]*\)$", "", name)}
    return own


def _attachment_lists(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the lists of the document's attachments: 附件:1.… 2.…"""
    lists: list[tuple[int, int]] = []
    for found in _ATTACHMENT.finditer(text, start, end):
        line = text.rfind("\n", start, found.start()) + 1 or start
        if _ATTACHMENT_HEADING.match(text, found.start(), end):
            continue
        if not text[line : found.start()].strip(" \t\u3000(（") and (not lists or line >= lists[-1][1]):
            whole = _ATTACHMENT_LIST.match(text, line, end)
            lists.append((line, whole.end() if whole else found.end()))
    return lists


def _governed_titles(title: str | None) -> set[str]:
    """Works that the document's own title relies on: 关于贯彻落实《…》的实施意见."""
    if not title:
        return set()
    return {_folded(w) for m in _GOVERNED.finditer(_tight(title)) for w in re.findall(r"《(.+?)》", m.group())}


def _is_own(
    place: _Place,
    name: str,
    own: set[str],
    governed: set[str],
    own_number: str | None,
    text: str,
    start: int,
    end: int,
    attachments: list[tuple[int, int]],
    introduced: bool,
) -> bool:
    """Whether the title is the document's own: its title, the plan it brings, one of its attachments."""
    if place.number:
        return own_number is not None and _folded(place.number) == own_number
    if name in governed:
        return False
    work = _folded(place.title)
    i = bisect_right(attachments, (start, 1 << 60)) - 1
    if i >= 0 and attachments[i][0] <= start < attachments[i][1]:
        return True
    before = text[max(0, start - 300) : start]
    forwarded = bool(_FORWARD.search(text[end : end + 30])) and not re.search(r"印发", text[end : end + 12])
    if not (forwarded or place.basis in _RELIANCE) and (
        _OWN_AFTER.match(text, end, min(len(text), end + 120))
        or (_OWN_BEFORE.search(before) and not _FORWARD.search(before[-8:]))
    ):
        return True
    if text[start - 1 : start] == "本" or _ATTACHED_AFTER.match(text, end):
        return True
    if work in own or name in own:
        return True
    return len(work) >= 8 and any(len(o) >= 8 and (work in o or (o in work and len(work) - len(o) <= 6)) for o in own)


def _is_work(place: _Place, text: str, start: int) -> bool:
    """Whether a marked title names a policy, law, plan, rule or standard, and not a paper, a form or a programme."""
    shown = place.shown
    if re.search(r"(?:请示|来函|申请|报告)$", shown) and "收悉" in text[place.end : place.end + 12]:
        return False  # what a reply answers
    if place.number:
        return True
    if len(shown) < 2:
        return False
    name = _TAIL.sub("", shown) or shown
    if _BARE.fullmatch(name):
        return False
    if name.endswith("政府工作报告"):
        return True
    if _NO_WORK.search(name) or _PAPER_VERB.search(text[max(0, start - 8) : start].rstrip("《“")):
        return False
    if _GENRE.search(name):
        return True
    return place.basis in ("根据", "按照", "依据", "依照", "遵照", "贯彻落实", "贯彻执行", "执行") and len(name) >= 4


# --- by number --------------------------------------------------------------------------------------------------


def _by_number(
    text: str,
    outline: Outline,
    taken: list[tuple[int, int]],
    own_number: str | None,
    attachments: list[tuple[int, int]],
    home: Home,
) -> list[_Place]:
    """Works named by number alone, or unquoted with the number behind."""
    places: list[_Place] = []
    starts = [s for s, _ in taken]
    for start, end, number in _all_numbers(text, outline.start, outline.end, taken):
        if own_number and _folded(number).endswith(own_number):
            continue
        i = bisect_right(starts, start) - 1
        if i >= 0 and start < taken[i][1]:
            continue
        if i + 1 < len(taken) and _BEFORE_TITLE.fullmatch(text, end, taken[i + 1][0]):
            continue  # the title it stands before has it already
        line = text.rfind("\n", outline.start, start) + 1 or outline.start
        lead = text[max(line, start - 160) : start]
        if (not lead.strip(" (（[【〔\t") and _ends_line(text, end)) or _CAPTION.search(lead):
            continue
        unquoted = _UNQUOTED.search(lead) if "关于" in lead else None
        begin, name, rule = start, number, "cite:number"
        if unquoted:
            issuer, about, matter = unquoted["title"].partition("关于")
            name, rule = _LEADING.sub("", issuer) + about + matter, "cite:unquoted"
            begin = start - len(lead) + unquoted.end("title") - len(name)
            name = _tight(name)
        before = text[max(outline.start, begin - 60) : begin]
        level = level_of_title(name, before, home) if unquoted else None
        places.append(
            _Place(
                begin,
                end,
                end,
                name,
                name,
                rule,
                number,
                None,
                _basis(before, None, None),
                level or level_of_number(number, home),
            )
        )
    return places


def _all_numbers(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    for number in _numbers(text, start, end, taken):
        yield number.start, number.end, number.written()
    for found in _ORDER_ALONE.finditer(text, start, end) if text.find("令", start, end) >= 0 else ():
        head = _ORDER_HEAD.search(text, max(start, found.start() - 14), found.start())
        if head:
            yield head.start(), found.end(), _tight(text[head.start() : found.end()])


def _ends_line(text: str, position: int) -> bool:
    stop = text.find("\n", position)
    return not text[position : stop if stop >= 0 else len(text)].strip(" )）]】〕\t")


# --- places to works --------------------------------------------------------------------------------------------


def _resolved(text: str, places: list[_Place]) -> list[Citation]:
    """Places that name one work made one citation: by number, then by title and its shorter forms."""
    citations: list[Citation] = []
    by_number: dict[str, Citation] = {}
    by_name: dict[str, Citation] = {}
    for place in places:
        number = _folded(place.number) if place.number else None
        names = _names(place)
        known = by_number.get(number) if number else None
        if known is None:
            for name in names:
                other = by_name.get(name)
                if other and not (number and other.doc_number and _folded(other.doc_number) != number):
                    known = other
                    break
        quote = text[place.start : place.end]
        mention = Mention(start=place.start, end=place.end, quote=quote, rule=place.rule, basis=place.basis)
        if known is None:
            known = Citation(
                start=place.start,
                end=place.end,
                quote=quote,
                rule=place.rule,
                title=place.title,
                doc_number=place.number,
                level=place.level,
                basis=place.basis,
                short_name=place.short,
                mentions=[mention],
            )
            citations.append(known)
        else:
            known.mentions.append(mention)
            known.level = known.level or place.level
            known.basis = known.basis or place.basis
            known.short_name = known.short_name or place.short
            known.doc_number = known.doc_number or place.number
            if known.rule == "cite:number" and place.rule != "cite:number":
                known.title = place.title
        if number:
            by_number.setdefault(number, known)
        for name in names:
            by_name.setdefault(name, known)
    return citations


def _names(place: _Place) -> list[str]:
    """Folded names under which the same work may be named again."""
    if place.rule == "cite:number":
        return []
    title = _folded(place.title)
    names = [title]
    wrap = _wrapper(_folded(place.shown))
    if wrap:
        names += [_folded(place.shown), wrap["inner"]]
    if title.startswith("中华人民共和国"):
        names.append(title[7:])
    stripped = re.sub(r"\([^()]*\)$", "", title)
    if stripped != title and len(stripped) >= 6 and re.search(r"试行|暂行|修订|草案", title[len(stripped) :]):
        names.append(stripped)
    return names
