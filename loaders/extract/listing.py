"""Which items are tasks, those of a list that name nobody too; and to which item a closing statement belongs."""

from __future__ import annotations

import re

from loaders.extract.marked import SEVERAL
from loaders.extract.prose import Found, read_prose
from loaders.extract.statements import Duty
from loaders.extract.units import bodies_only, may_be_body
from loaders.outline import Block, Outline, value_of

_TASK_HEADING = re.compile(r"任务|实事|重点工作|工作重点|重点举措|重点事项")
_NOT_TASKS = re.compile(
    r"形势|背景|意义|原则|要求|思想|目标|保障(?:措施|机制)?$|(?:工作|组织|政策|强化|措施)保障|组织领导|组织实施|步骤|阶段|安排部署|附则|总则"
)
_PREAMBLE = re.compile(r"(?:总体|工作|主要|发展)?(?:目标|思路|要求|原则)|指导思想")
CLOSING = re.compile(
    r"保障|要求|组织领导|组织实施|督导|监督|考核|附则|宣传|强化措施|措施保障|奖惩|其他|有关事项|注意事项"
)


def lift(text: str, blocks: list[Block], regions: dict[int, tuple[int, int]], found: dict[int, Found]) -> None:
    """Give a statement that closes the last of several sub-items, which name nobody, to the item above them."""
    children: dict[int, list[int]] = {}
    for i in regions:
        if blocks[i].parent >= 0 and blocks[i].style >= 3:
            children.setdefault(blocks[i].parent, []).append(i)
    for parent, kids in children.items():
        if parent in regions and _DIVISION.search(text, max(0, blocks[kids[0]].start - 12), blocks[kids[0]].start):
            _take_in(parent, kids, regions, found)
    for style in sorted({blocks[parent].style for parent in children}, reverse=True):  # the innermost items first
        _lift_to({p: kids for p, kids in children.items() if blocks[p].style == style}, blocks, regions, found)


# The line above numbered statements that all belong to the item they stand in.
_DIVISION = re.compile(r"\n(?:责任|任务|工作|职责)?分工(?:[与和及](?:配合|协作))?[:：]\s*$")


def _take_in(parent: int, kids: list[int], regions: dict[int, tuple[int, int]], found: dict[int, Found]) -> None:
    """Give what several numbered statements say to the item above them."""
    whole = found.setdefault(parent, Found())
    for kid in kids:
        if read := found.pop(kid, None):
            known = {(d.name.text, d.role) for d, _, _ in whole.duties}
            whole.duties += [said for said in read.duties if (said[0].name.text, said[0].role) not in known]
            whole.people += read.people
        regions[parent] = (regions[parent][0], regions.pop(kid)[1])


def name_closers(shape: Outline, regions: dict[int, tuple[int, int]], found: dict[int, Found]) -> None:
    """Where items of a list close with bodies in brackets, take the brackets of the others for bodies too, though no word
    of theirs tells: （安保处）.
    """
    text = shape.text
    closed: dict[int, list[int]] = {}
    for i in found:
        if any(text[b - 1 : b] in ")）" and not text[b : regions[i][1]].strip("。\n") for _, b in found[i].spans):
            closed.setdefault(shape.blocks[i].style, []).append(i)
    for i in regions:
        block = shape.blocks[i]
        if i in found or block.style < 3 or len(closed.get(block.style, ())) < 3:
            continue
        bracket = _CLOSER.search(text, block.body, block.end)
        names = bracket and bodies_only(text, *bracket.span("names"), may_be_body)
        if bracket and names:
            duties = [(Duty(n, "responsible", "list:bare"), *bracket.span("whole")) for n in names]
            found[i] = Found(duties=duties, spans=[bracket.span("whole")])


_CLOSER = re.compile(r"[。；;](?P<whole>[(（](?P<names>[^()（）]{2,80})[)）])\s*$")


def share(shape: Outline, regions: dict[int, tuple[int, int]], found: dict[int, Found]) -> None:
    """Give a statement that holds for several items (`以上3项目标的责任单位均为…`) to those above that name nobody."""
    blocks = shape.blocks
    for i in sorted(found):
        for start, _ in found[i].spans:
            said = SEVERAL.match(shape.text, shape.text.rfind("\n", 0, start) + 1, start)
            several = said.group("several") if said else None
            count = value_of(several.replace("两", "二")) if several else 0
            if count < 2:
                continue
            above = _beside(blocks, i, [k for k in regions if k < i])
            for k in above[len(above) - count + 1 :]:
                if k not in found:
                    found[k] = Found(duties=[*found[i].duties])


def _beside(blocks: list[Block], i: int, others: list[int]) -> list[int]:
    """Those of the others that stand in one list with item `i`."""
    place = (blocks[i].parent, blocks[i].style)
    return [k for k in others if (blocks[k].parent, blocks[k].style) == place]


_NUMBER = r"[(（]?[\d一二三四五六七八九十]{1,3}[)）]?"
# 第7项由A负责，第8、9项由B牵头; 以上3项由C牵头，D配合
_OF_ITEMS = re.compile(
    rf"[第以上](?:(?<=第)(?P<numbers>{_NUMBER}(?:[、，,和及]第?{_NUMBER})*)|(?:(?<=以)上|(?<=上)述)(?P<several>[\d两二三四五六七八九十]{{1,2}}))[项条]"
    r"(?:工作|任务|事项|目标)*(?P<said>由.+?)(?=[；;。\n]|[，,](?:第|其中)|$)"
)


def hand_out(shape: Outline, regions: dict[int, tuple[int, int]], found: dict[int, Found]) -> None:
    """Give what a paragraph says of items by their numbers, or of the items right above it, to these items."""
    for block in shape.blocks:
        if block.style >= 0 or block.kind != "text" or shape.text.find("由", block.start, block.end) < 0:
            continue
        for said in _OF_ITEMS.finditer(shape.text, block.start, block.end):
            items = _meant(shape.blocks, [i for i in regions if shape.blocks[i].start < block.start], said)
            read = Found()
            if items:
                read_prose(shape.text, *said.span("said"), read)
            if not read:
                continue
            for k, other in found.items():
                if regions[k][0] <= said.start() < regions[k][1]:
                    other.duties = [d for d in other.duties if not said.start() <= d[0].name.start < said.end()]
            for i in items:
                found.setdefault(i, Found()).duties += read.duties
    for i in [i for i, read in found.items() if not read]:
        del found[i]


def _meant(blocks: list[Block], above: list[int], said: re.Match[str]) -> list[int]:
    """The items that `第（二）、（三）项` or `以上3项` means; [] unless all of them are there."""
    items = [i for i in above if blocks[i].style >= 3]
    if said["several"]:
        count = value_of(said["several"].replace("两", "二"))
        beside = _beside(blocks, items[-1], items) if items else []
        return beside[-count:] if len(beside) >= count > 1 else []
    numbers = re.findall(_NUMBER, said["numbers"])
    meant = [
        next((i for i in reversed(items) if _same_number(blocks[i].number or "", number)), None) for number in numbers
    ]
    return [i for i in meant if i is not None] if None not in meant else []


def _same_number(number: str, other: str) -> bool:
    return value_of(number) == value_of(other) and (number[:1] in "(（") == (other[:1] in "(（")


def _lift_to(
    children: dict[int, list[int]], blocks: list[Block], regions: dict[int, tuple[int, int]], found: dict[int, Found]
) -> None:
    candidates = []
    plain = plain_lines = 0  # other items whose steps have their own statements, and on lines of their own
    for parent, kids in children.items():
        last, others = found.get(kids[-1]), [k for k in kids[:-1] if k in found]
        if last and last.own_line and all(d.rule == "verb:parallel" for k in others for d, _, _ in found[k].duties):
            for k in others:  # what one body does in a step of the task is no charge of its own
                del found[k]
        stated = [k for k in kids if k in found]
        if len(kids) > 1 and stated == [kids[-1]] and parent not in found and blocks[parent].style >= 2:
            candidates.append((parent, kids[-1]))
        elif stated:
            plain += 1
            plain_lines += any(found[k].own_line for k in stated)
    if not candidates:
        return
    direct = sum(1 for i in found if blocks[i].style == blocks[candidates[0][0]].style)
    for parent, kid in candidates:
        read = found[kid]
        if read.spans and (read.own_line or direct or len(candidates) > 1) and (
            plain_lines if read.own_line else plain
        ) <= len(candidates):
            found[parent] = found.pop(kid)
            if read.own_line:  # the labels below the last step are the task's, and so are its term and its target
                regions[parent] = (regions[parent][0], regions[kid][1])


def listed_items(shape: Outline, regions: dict[int, tuple[int, int]], found: dict[int, Found]) -> set[int]:
    """Items that name nobody but stand in a list of tasks."""
    blocks = shape.blocks
    parents = {blocks[i].parent for i in regions if blocks[i].style >= 3}
    leaves = [i for i in regions if blocks[i].style >= 3 and i not in parents and _may_be_task(shape.text, blocks[i])]
    groups: dict[int, list[int]] = {}
    for i in leaves:
        groups.setdefault(blocks[i].parent, []).append(i)
    listed: set[int] = set()
    closing: dict[int, bool] = {}  # by what the items stand in
    for run in _runs(blocks, leaves):
        stated = sum(1 for i in run if i in found)
        if len(run) > 2 and stated * 2 > len(run):
            for i in run:
                parent = blocks[i].parent
                if blocks[i].style == 3 and parent not in closing:
                    closing[parent] = _closes(shape, parent)
                if blocks[i].style != 3 or not closing[parent]:
                    listed.add(i)
    for parent, items in groups.items():
        if parent in found and not any(i in found for i in items) and _closes_steps(found[parent], blocks[items[-1]]):
            continue
        heads = ancestors(blocks, parent)
        names = [shape.text[blocks[h].body : blocks[h].head_end] for h in heads]
        if any(_TASK_HEADING.search(n) for n in names) and not any(_NOT_TASKS.search(n) for n in names):
            listed.update(items)
    return listed


def _closes_steps(read: Found, last: Block) -> bool:
    """Whether a statement on its own lines stands below the last of the steps of one task."""
    return read.own_line and all(a >= last.start for a, _ in read.spans)


def _closes(shape: Outline, parent: int) -> bool:
    """Whether a block is or stands under a closing heading (保障措施, 工作要求), where naming nobody means nothing."""
    heads = [shape.blocks[h] for h in ancestors(shape.blocks, parent)]
    return any(CLOSING.search(shape.text, head.body, head.head_end) for head in heads)


def _may_be_task(text: str, block: Block) -> bool:
    """Whether an item says something, and is neither an article of regulations nor the aims of the work."""
    if block.end - block.body < 6 or (block.number or "").startswith("第"):
        return False
    return _PREAMBLE.fullmatch(text, block.body, block.head_end) is None


def _runs(blocks: list[Block], leaves: list[int]) -> list[list[int]]:
    """Leaves of one style whose numbers go on, across headings too (1–67 over twelve sections)."""
    runs: list[list[int]] = []
    last: dict[int, tuple[int, list[int]]] = {}
    for i in leaves:
        style = blocks[i].style
        value = value_of(blocks[i].number or "")
        before, run = last.get(style, (None, []))
        if before is None or value != before + 1:
            run = []
            runs.append(run)
        run.append(i)
        last[style] = (value, run)
    return runs


def ancestors(blocks: list[Block], i: int) -> list[int]:
    """The block and what it stands in, innermost first; [] for -1."""
    chain = []
    while i >= 0:
        chain.append(i)
        i = blocks[i].parent
    return chain
