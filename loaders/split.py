"""An issue of a gazette, a web page or a file → documents.

A document begins with its head: issuer, title and document number (文号) in any order, as GB/T 9704 lays them out,
mostly followed by the line that names whom it is addressed to. Where a source has no such head it is one document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from loaders.extract.dates import parse_day
from loaders.text import CleanText, line_spans

DOC_TYPES = "通知|意见|方案|规划|计划|要点|办法|规定|决定|决议|公告|通告|通报|细则|批复|清单|纲要|章程|条例|指引|措施|安排|函|报告|令|纪要|制度|预案|表|意见书|名单|公报"
_NUMBER = re.compile(
    r"[(（]?\s*([\u4e00-\u9fffA-Za-z]{1,16}?)\s*[〔\[［（(【﹝]\s*((?:19|20)\d\d)\s*[〕\]］）)】﹞]\s*(?:第)?\s*(\d{1,5})\s*号\s*[)）]?"
)
_META_NUMBER = re.compile(r"(?:发文字号|文\s*号|文件编号|文件字号|公文号)\s*[:：|\t]\s*")
_META_DATE = re.compile(r"(?:(?:成文|发文|签发|生成|制发|印发)(?:日期|时间))\s*(?:[:：|\t]\s*|(?=(?:19|20)\d\d年))(\S{8,20})")
_META_ISSUER = re.compile(
    r"(?:发文机关|发文单位|发布机构|制发机关|发布单位|公开主体)(?:\s*[:：|\t]\s*|(?=国务院[\u4e00-\u9fff]{0,8}\n))([\u4e00-\u9fff]{3,30})"
)
_NEXT_FIELD = re.compile(r"(?<=.{3})(?:关于|主题|成文|发文|索引|文号|标题|名称).*")  # stands on the same line
_TITLE_END = re.compile(rf"(?:{DOC_TYPES})(?:[(（][^()（）]{{1,30}}[)）])?[》”]?$")
_ISSUER = re.compile(
    r"(?:中共|中国共产党)?[\u4e00-\u9fff]{2,40}?(?:人民政府|委员会|办公室|办公厅|局|厅|委|部|院|公署|指挥部|领导小组|联席会议|管委会|工委|总社|支队|大队|中心|会|法院|检察院|署|银行|公司|集团|学校|中学|小学|大学|幼儿园|办事处|督查室|小组|网信办|兵团|党组)"
    r"(?:[(（][\u4e00-\u9fff]{2,16}[)）])?"
)
_ADDRESS = re.compile(r"(?:各|市|省|县|区|有关|国务院)[^。；;]{2,200}[:：]$")
_CONTENTS = re.compile(r"[.…·•．]{3,}\s*\d*$|(?:\t|[.…·•．]{2,}|的通知|意见)\s*\d{1,3}$")
_CONTENTS_HEAD = re.compile(r"目\s*[录錄次]|录\s*目")
_DATE = re.compile(
    r"[(（]?((?:19|20)\d\d年\d{1,2}月\d{1,2}日|[二一][〇○零Ｏ九０O0]{1,2}[〇○零一二三四五六七八九十]{1,2}年[元一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿卅]{1,3}日)[)）]?"
)
_FOOTER = re.compile(  # with the line break before it
    r"\n(?:热点新闻|相关(?:阅读|链接|文章|新闻|稿件|信息|文件|附件下载)|延伸阅读|推荐阅读|扫一扫|扫码|上一[篇条]|下一[篇条]|分享到|分享[:：]|打印本页|【?打印|关闭窗口|返回顶部"
    r"|版权所有|网站地图|(?:网站)?(?:主办|承办|主管|技术支持)(?:单位)?[:：](?![^\n]*(?:协办|配合|办结|时限|责任))[^\n]*(?:人民政府|电子政务|大数据|信息中心|政务|网|办公室|办公厅)|\S{0,6}ICP备|备案号|网站标识码|责任编辑[:：]|\[?编辑[:：]|友情链接|政府网站找错)"
)
_IMPRINT = re.compile(
    r"抄\s*送[:：]|[\u4e00-\u9fff]{2,30}(?:办公室|办公厅|局|委员会)(?:秘书处|综合处)?\s*\d{4}年\d{1,2}月\d{1,2}日印发"
)
_OPEN_NOTE = re.compile(
    r"[(（]\s*此件[^()（）]{2,12}[)）]|[(（]\s*(?:信息)?公开(?:属性|形式|选项)?[:：]?[^()（）]{2,10}[)）]"
)


@dataclass(slots=True)
class Head:
    """Where one document stands in clean text and what its head says; None where it is silent."""

    start: int
    end: int
    body: int  # where the text after the head begins
    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None


Line = tuple[int, int]


def split(clean: CleanText) -> list[Head]:
    """The documents of a source, in order. A source without any head is one document."""
    text = clean.text
    lines = line_spans(text)
    if not lines:
        return []
    heads = _find_heads(text, lines)
    if not heads:
        heads = [_only_head(text, lines)]
    documents = []
    for i, head in enumerate(heads):
        head.end = heads[i + 1].start if i + 1 < len(heads) else len(text)
        head.end = _cut_footer(text, head)
        _complete(text, head)
        if i == 0 and (head.issued_on is None or head.doc_number is None):
            _from_letter(text, head)
        documents.append(head)
    return documents


def number_in(text: str) -> str | None:
    """A 文号 written in any brackets and widths, as `青政发〔2023〕5号`; None when there is none."""
    m = _NUMBER.search(text)
    return f"{m.group(1)}〔{m.group(2)}〕{int(m.group(3))}号" if m else None


def _find_heads(text: str, lines: list[Line]) -> list[Head]:
    heads: list[Head] = []
    taken = -1
    for i, (start, end) in enumerate(lines):
        if i <= taken or end - start > 240:
            continue
        head = None
        if end - start <= 40 and text.find("号", start, end) >= 0 and _NUMBER.fullmatch(text, start, end):
            head = _head_at_number(text, lines, i, taken)
        elif text[end - 1] in ":：" and _ADDRESS.match(text, start, end) and i > 0:
            head = _head_at_address(text, lines, i, taken)
        if head is not None:
            taken = max(i, bisect_left(lines, head.body - 1, key=itemgetter(1)))
            heads.append(head)
    return heads


def _head_at_number(text: str, lines: list[Line], at: int, taken: int) -> Head | None:
    """A head whose number stands on a line of its own: below the title, or above it as on some web pages."""
    number = number_in(text[lines[at][0] : lines[at][1]])
    top, title, issuer = _title_above(text, lines, at, taken)
    if title is None:
        title, bottom = _title_below(text, lines, at)
        if title is None:
            return None
        letterhead = _letterhead(text, lines, at, taken)
        top = at - (letterhead is not None)
        issuer = None if split_title(title)[0] else letterhead
    else:
        bottom = at
    if bottom + 1 < len(lines) and _OPEN_NOTE.match(text, lines[bottom + 1][0]):
        bottom += 1
    return _head(text, lines, top, bottom, title, issuer, number)


def _letterhead(text: str, lines: list[Line], at: int, taken: int) -> str | None:
    """The issuer that stands in large letters above the number: 青禾县人民政府办公室文件."""
    above = "".join(text[slice(*lines[at - 1])].split()) if at - 1 > taken else ""
    name = above.removesuffix("文件")
    return name if _is_issuer(name) else None


def _head_at_address(text: str, lines: list[Line], at: int, taken: int) -> Head | None:
    """A head without a number: a title right above the line of addressees."""
    top, title, issuer = _title_above(text, lines, at, taken)
    if title is None or "关于" not in title:
        return None
    number = number_in(title)
    return _head(text, lines, top, at - 1, title, issuer, number)


def _head(
    text: str, lines: list[Line], top: int, bottom: int, title: str, issuer: str | None, number: str | None
) -> Head:
    title = _NUMBER.sub("", title) if number and title.endswith(("号", "号)", "号）")) else title
    own, bare = split_title(title)
    end = lines[bottom][1]
    return Head(lines[top][0], len(text), min(end + 1, len(text)), bare, number, issuer or own)


def split_title(title: str) -> tuple[str | None, str]:
    """(issuer, title without it): `甲县人民政府关于印发…的通知` names its issuer before 关于."""
    i = title.find("关于")
    if 0 < i <= 60 and "《" not in title[:i]:
        passes_on = _PASSES_ON.search(title, 0, i)  # …办公室转发县水利局关于…的通知
        i = passes_on.start() if passes_on else i
        issuer = title[:i].strip("\u3000 ")
        if _ISSUER.fullmatch(issuer.replace("\u3000", "").replace(" ", "")) and not issuer.endswith("的"):
            return issuer.replace("\u3000", ""), title[i:]
    return None, title


_PASSES_ON = re.compile("转发|批转")


def _title_above(text: str, lines: list[Line], at: int, taken: int) -> tuple[int, str | None, str | None]:
    """(index of the head's first line, title, issuer) of the head that ends above line `at`."""
    parts: list[str] = []
    top = at
    issuer: str | None = None
    k = at - 1
    while k > taken and at - k <= 8:
        start, end = lines[k]
        line = text[start:end]
        if (
            _CONTENTS.search(line)
            or _CONTENTS_HEAD.fullmatch(line.replace("\u3000", ""))
            or line[-1] in "。；;：:！"
            or len(line) > 90
        ):
            break
        if _DATE.search(line) or _OPEN_NOTE.match(line) or "\t" in line or line.startswith(("附件", "附表")):
            break
        flat = line.replace("\u3000", "")
        joint = [n for n in line.split("\u3000") if _ISSUER.fullmatch(n)]
        joined = "".join(reversed(parts))
        if parts and _is_title(joined) and (flat in ("文件", "公报") or flat.endswith("文件")):
            break
        if parts and _is_title(joined) and not _goes_on(flat, joined):
            if _is_issuer(line) and not _opens_title(text, lines, k - 1):
                if flat == issuer:
                    k -= 1
                    continue
                if joined.startswith("关于") or flat not in joined:
                    named = " ".join(joint) if "".join(joint) == flat else flat
                    issuer = f"{named} {issuer}" if issuer else named
                    top = k
                    k -= 1
                    if len(issuer) < 60:
                        continue
            elif _opens_title(text, lines, k - 1):
                parts.append(flat)
                top = k
                k -= 1
                continue
            elif joined.startswith(flat):
                top = k
            break
        if not parts and _is_issuer(line) and k - 1 > taken and not flat.endswith("表"):
            break
        parts.append(flat)
        top = k
        k -= 1
    title = "".join(reversed(parts))
    return (top, title, issuer) if _is_title(title) else (at, None, None)


def _opens_title(text: str, lines: list[Line], k: int) -> bool:
    """Whether a line begins a title that goes on below: 某市人民政府关于成立某市"""
    line = text[lines[k][0] : lines[k][1]].replace("\u3000", "") if k >= 0 else ""
    return "关于" in line and len(line) <= 40 and line[-1] not in "。；;：:" and not _TITLE_END.search(line)


def _is_issuer(line: str) -> bool:
    """Whether a line names the issuer, or several of a joint document."""
    names = [n for n in re.split(r"[\u3000 、]+", line) if n]
    return bool(names) and (all(_ISSUER.fullmatch(n) for n in names) or bool(_ISSUER.fullmatch("".join(names))))


def _goes_on(line: str, below: str) -> bool:
    """Whether a title line goes on in the line below."""
    if "关于" in below[:40] and below.startswith("关于"):
        return False
    if line.startswith("关于") or ("关于" in line and not _TITLE_END.search(line)):
        return True
    return below.startswith(("的", "实施", "和", "及", "通知"))


def _is_title(line: str) -> bool:
    return len(line) >= 4 and bool(_TITLE_END.search(line)) and line[0] not in "、，,）)" and "。" not in line


def _title_below(text: str, lines: list[Line], at: int) -> tuple[str | None, int]:
    parts: list[str] = []
    for k in range(at + 1, min(at + 7, len(lines))):
        line = text[lines[k][0] : lines[k][1]].replace("\u3000", "")
        if line[-1] in "。；;：:" or len(line) > 90:
            break
        if not parts and _ISSUER.fullmatch(line) and "关于" not in line:
            parts.append(line)
            continue
        parts.append(line)
        if _is_title("".join(parts)):
            return "".join(parts), k
    return None, at


def _only_head(text: str, lines: list[Line]) -> Head:
    """The head of a source that has none in the official form: the first line that reads like a title."""
    first = None
    for k, (start, end) in enumerate(lines[:60]):
        line = text[start:end].replace("\u3000", "")
        if (
            6 <= len(line) <= 90
            and _is_title(line)
            and not _CONTENTS.search(line)
            and "\t" not in line
            and line[-1] not in "：:。"
        ):
            first = k
            if _KIND_ONLY.fullmatch(line):  # the title stands below
                continue
            break
        if len(line) > 120 or re.match(r"[一二三四五六七八九十]、", line):
            break
    if first is None:
        start, end = lines[0]
        title = text[start:end].replace("\u3000", "")
        fits = 4 <= len(title) <= 60 and title[-1] not in "。；;：:" and not _NUMBERED.match(title)
        issuer, bare = split_title(title) if fits else (None, None)
        return Head(0, len(text), min(end + 1, len(text)) if fits else 0, bare, None, issuer)
    title = text[lines[first][0] : lines[first][1]].replace("\u3000", "")
    top = first
    while top > 0 and first - top < 2:
        above = text[lines[top - 1][0] : lines[top - 1][1]].replace("\u3000", "")
        if not _goes_on(above, title) or len(above) > 60 or above[-1] in "。:：":
            break
        title, top = above + title, top - 1
    number = number_in(title)
    if number and title.endswith(("号", "号)", "号）")):
        title = _NUMBER.sub("", title)
    issuer, bare = split_title(title)
    above = text[lines[top - 1][0] : lines[top - 1][1]].replace("\u3000", "") if top else ""
    if issuer is None and _is_issuer(above):
        issuer, top = above, top - 1
    return Head(lines[top][0], len(text), min(lines[first][1] + 1, len(text)), bare, number, issuer)


# What stands in large letters above a decree or minutes.
_KIND_ONLY = re.compile(r"[\u4e00-\u9fff]{2,20}令|(?:[\u4e00-\u9fff]{0,12}会议)?纪要")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}|\d{1,3})[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]")


def _cut_footer(text: str, head: Head) -> int:
    """End of the document before the foot of the web page it stands on."""
    least = head.body + (head.end - head.body) // 2
    for foot in _FOOTER.finditer(text, least, head.end):
        label = _FOOT_LABEL.match(text, foot.start() + 1, foot.end())
        if not (label and text.find(f"\n{label[0]}", head.body, foot.start()) >= 0):  # 承办单位: of each item
            return foot.start() + 1
    glued = (foot.start() for foot in _GLUED_FOOTER.finditer(text, max(least, 1), head.end))
    return next((at for at in glued if text[at - 1] in ")）。"), head.end)


_FOOT_LABEL = re.compile(r"[^:：\n]{2,6}[:：]")
_GLUED_FOOTER = re.compile("热点新闻|相关阅读|责任编辑[:：]|扫一扫|扫码")


_SEAL = r"(?:[(（][公印盖]?章[)）])?"  # 一九九二年二月二十六日（公章）
_SIGNED = re.compile(
    rf"(?m)^[\u3000\t ]*([\u4e00-\u9fff\u3000]{{0,40}}?)(?:[(（]代章[)）])?[\u3000\t ]*\n?[\u3000\t ]*{_DATE.pattern}{_SEAL}[\u3000\t ]*$"
)


_DAY_END = re.compile(rf"(?m)日[)）]?{_SEAL}[\u3000\t ]*$")


def _signed(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Lines that end in a day, each with the issuer before the day or on the line above."""
    for day in _DAY_END.finditer(text, start, end):
        line = text.rfind("\n", start, day.start()) + 1 or start
        above = text.rfind("\n", start, max(line - 1, start)) + 1 or start
        if signed := _SIGNED.match(text, above, end) or _SIGNED.match(text, line, end):
            start = signed.end()
            yield signed


def _complete(text: str, head: Head) -> None:
    """Number, issuer and date that the head leaves to the page's data or to the signature."""
    page = text[max(0, head.start - 600) : head.start] if head.start else ""
    window = page + text[head.start : head.body + 300]
    if head.doc_number is None:
        m = _META_NUMBER.search(window)
        if m:
            head.doc_number = number_in(window[m.end() : m.end() + 30])
        else:
            early = line_spans(text, head.start, min(head.end, head.body + 200))[:6]
            alone = (line for line in early if _NUMBER.fullmatch(text, *line))
            head.doc_number = next((number_in(text[a:b]) for a, b in alone), None)
    signature = _signature(text, head)
    if signature:
        issuer, day = signature
        head.issued_on = day
        if issuer and (" " in issuer or _ISSUER.fullmatch(issuer)) and (head.issuer is None or _fuller(issuer, head.issuer)):
            head.issuer = issuer
    _from_data_line(text, head)
    around = max(0, head.body - 200), min(head.end, head.body + 240)
    m = _PROMULGATED.search(text, *around) or _PASSED.search(text, *around)
    if m:
        head.doc_number = head.doc_number or number_in(m.group()) or m.group("order")
        head.issuer = head.issuer or m.group("head") or m.groupdict().get("issuer") or None
        head.issued_on = parse_day(m.group("day")) or head.issued_on
    if given := _GIVEN_OUT.search(text, *around):
        head.issuer, head.issued_on = head.issuer or given["issuer"], head.issued_on or parse_day(given["day"])
    if noted := _ISSUED_NOTE.search(text, *around) or _ISSUED_NOTE.search(text, max(head.body, head.end - 120), head.end):
        head.issuer, head.issued_on = head.issuer or noted["issuer"], head.issued_on or parse_day(noted["day"])
        head.doc_number = number_in(noted["number"] or noted["later"] or "") or head.doc_number
    if head.issuer is None and (ordered := _ORDER.match(head.doc_number or "")):
        head.issuer = ordered.group("issuer")
    if head.issued_on is None:
        m = _META_DATE.search(window)
        head.issued_on = parse_day(m.group(1)) if m else None
    if head.issuer is None or _SHORT_ISSUER.match(head.issuer):
        m = _META_ISSUER.search(window)
        head.issuer = _NEXT_FIELD.sub("", m.group(1)) if m else head.issuer
    if head.issuer is None and (of_minutes := _MINUTES_OF.search(text, max(0, head.start - 200), head.body + 40)):
        head.issuer = of_minutes["issuer"]
    if head.issuer and (joint := _JOINT_ISSUERS.fullmatch(head.issuer)):
        head.issuer = " ".join(joint.groups())
    if head.issued_on is None:
        m = _IMPRINT_LINE.search(text, head.body, head.end)
        if m:
            head.issued_on = parse_day(m.group("day"))
            head.issuer = head.issuer or m.group("issuer")


def _from_data_line(text: str, head: Head) -> None:
    """What a line of data below the title says (`青政办发〔2023〕5号　2023年5月6日`), or one on the source at the end, or the
    name of a body that alone closes the document.
    """
    early = line_spans(text, head.start, min(head.end, head.body + 200))[:5]
    late = line_spans(text, max(head.body, head.end - 200), head.end)[-2:]
    data = [_DATA_LINE.fullmatch(text, *line) for line in early if text.find("号", *line) >= 0]
    for m in [*data, _SOURCE.search(text, max(head.body, head.end - 120), head.end)]:
        if m:
            head.doc_number = head.doc_number or number_in(m.groupdict().get("number") or "")
            head.issuer = head.issuer or m.group("issuer")
            head.issued_on = head.issued_on or parse_day(m.group("day") or "")
    if head.issuer is None and len(late) > 1 and text[late[-2][1] - 1] in "。)）" and _CLOSING_BODY.fullmatch(text, *late[-1]):
        head.issuer = text[slice(*late[-1])]


_GAPS = r"[\u3000\t ]*"
_DATA_LINE = re.compile(
    rf"[(（]?{_GAPS}(?P<number>{_NUMBER.pattern}){_GAPS}(?P<issuer>{_ISSUER.pattern})?{_GAPS}(?P<day>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日)?{_GAPS}[)）]?"
)
_SOURCE = re.compile(
    rf"[(（](?:来源|发布单位|发布机构|制发机关)[:：]{_GAPS}(?P<issuer>{_ISSUER.pattern}){_GAPS}(?P<day>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日)?{_GAPS}[)）]"
)
_CLOSING_BODY = re.compile(r"[\u4e00-\u9fff]{3,24}(?:人民政府|办公厅|办公室|委员会|指挥部|领导小组|党组)")


def _from_letter(text: str, head: Head) -> None:
    """Issuer and day of the letter or decree that stands before a plan that is a page's only title."""
    decree = _DECREE.search(text, 0, head.start)
    if decree and head.doc_number is None:
        head.doc_number, head.issuer = "".join(decree["number"].split()), head.issuer or decree.group("issuer")
    signature = _signature(text, Head(0, head.start, 0)) if head.issued_on is None else None
    if signature:
        issuer, head.issued_on = signature
        if head.issuer is None and _ISSUER.fullmatch(issuer):
            head.issuer = issuer


def _fuller(name: str, short: str) -> bool:
    """Whether a name is the longer form of another: the signature's 宁溪市青禾区人民政府 for the title's 青禾区政府."""
    rest = iter(name)
    return len(name) > len(short) and " " not in short and name[-1] == short[-1] and all(sign in rest for sign in short)


# A bracket under the title that says who decreed it and when (regulations, order no. N), or who issued a list.
_PROMULGATED = re.compile(
    r"[(（](?:[^()（）]*?(?:[，,\u3000]|号))?(?P<issuer>[\u4e00-\u9fff、]{0,40}?)(?P<day>\d{4}年\d{1,2}月\d{1,2}日)"
    r"(?:(?P<order>(?P<head>[\u4e00-\u9fff]{2,20}?(?:人民政府|国务院|部|委员会|局))令第?\d+号)(?:公布|发布)|(?:联合)?(?:印发|发布|公布))[^()（）]*[)）]"
)
_PASSED = re.compile(
    r"[(（](?P<day>\d{4}年\d{1,2}月\d{1,2}日)[^()（）]{2,40}通过[，,](?P<order>(?P<head>[\u4e00-\u9fff]{2,20}?(?:人民政府|国务院|部|委员会|局))令第?\d+号)(?:公布|发布)[^()（）]*[)）]"
)
# Behind the title of a plan: (2009年5月22日青禾县人民政府印发)
_GIVEN_OUT = re.compile(
    r"[(（](?P<day>\d{4}年\d{1,2}月\d{1,2}日)(?P<issuer>[\u4e00-\u9fff]{2,30}?(?:政府|委员会|办公室|办公厅|局|厅|部))(?:印发|发布|公布|颁布)[)）]"
)
# Below a title or behind the text: （青禾县人民政府办公室　青政办〔2013〕24号　2013年5月13日）
_ISSUED_NOTE = re.compile(
    r"[(（](?P<issuer>[\u4e00-\u9fff]{2,24}?(?:人民政府|办公室|办公厅|委员会|局|厅|部)(?!办公))[、\u3000 \u4e00-\u9fff]*?"
    rf"{_GAPS}(?P<number>(?<![\u4e00-\u9fff]){_NUMBER.pattern}|(?<=[府室厅会局部]){_NUMBER.pattern})?{_GAPS}(?P<day>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
    rf"(?:批准|印发|发布|公布)?(?:[，,](?P<later>{_NUMBER.pattern})印发)?[)）]"
)
_DECREES = r"(?P<issuer>[\u4e00-\u9fff]{2,20}?(?:人民政府|国务院|部|委员会|局|厅))令"
_DECREE = re.compile(rf"(?m)^(?P<number>{_DECREES}[\u3000 \n]*第?[\u3000 ]*\d+[\u3000 ]*号)$")
_ORDER = re.compile(rf"{_DECREES}第?\d")
_SHORT_ISSUER = re.compile(r"[省市县区州盟旗](?:政府|委)")
_IMPRINT_LINE = re.compile(
    r"(?m)^(?P<issuer>[\u4e00-\u9fff]{2,30}?(?:办公室|办公厅|局|委员会|政府|学院|大学|学校|医院|公司|集团)(?:秘书处)?)(?:[(（]代章[)）])?[\u3000\t \n]*(?P<day>\d{4}年\d{1,2}月\d{1,2}日)印发[\u3000\t ]*$"
)


def _signature(text: str, head: Head) -> tuple[str, str] | None:
    """(issuer, ISO date) of the first signature; a date in brackets under the title counts too."""
    best: tuple[str, str] | None = None
    for m in _signed(text, head.body, head.end):
        day = parse_day(m.group(2))
        if day is None or _IMPRINT.match(text, m.start(), m.end()):
            continue
        several = m.group(1).split()
        apart = len(several) > 1 and all(_ISSUER.fullmatch(name) for name in several)
        issuer = (" " if apart else "").join(several)
        if not issuer:
            above = (
                text[text.rfind("\n", 0, max(m.start() - 1, 0)) + 1 : max(m.start() - 1, 0)]
                .replace("\u3000", "")
                .strip("\n\t ")
            )
            issuer = above if len(above) <= 60 else ""
        if apart or _ISSUER.fullmatch(issuer):
            return _signers(text, head.body, text.rfind(several[0], 0, m.end()) if several else m.start(), issuer), day
        if best is None:
            best = issuer, day
    return best


def _signers(text: str, start: int, at: int, last: str) -> str:
    """All who signed, parted by blanks: the lines right above the last one that hold nothing but issuers name the others."""
    names = [last]
    while len(names) < _MOST_SIGNERS and (end := text.rfind("\n", start, at)) > start:
        at = text.rfind("\n", start, end) + 1
        line = text[max(at, start) : end].strip("\u3000\t ")
        if not at or len(line) > 60 or not _is_issuer(line):
            break
        names.insert(0, " ".join(n for n in re.split(r"[\u3000 、]+", line) if n))
    return " ".join(names)


_MOST_SIGNERS = 30  # lines; no paper has as many, a broken one may


# What stands in large letters above minutes: 青禾县人民政府 / 专题会议纪要
_MINUTES_OF = re.compile(
    r"(?m)^(?P<issuer>[\u4e00-\u9fff]{2,24}(?:人民政府|委员会|办公室|公司|集团|学校|医院))\n(?:[\u4e00-\u9fff]{0,6}会议)?纪要$"
)
# The blank between two issuers is gone: 中共青禾县委办公室青禾县人民政府办公室
_JOINT_ISSUERS = re.compile(
    r"(中共[\u4e00-\u9fff]{2,20}?委(?:员会)?(?:办公室|办公厅)?)([\u4e00-\u9fff]{2,20}人民政府(?:办公室|办公厅)?)"
)
