"""Which stretch of a document each numbered item, heading or unnumbered paragraph speaks for."""

from __future__ import annotations

import re
from itertools import pairwise

from loaders.extract.duties import NO_DUTY, begins_duty, duty_head, duty_sentence, whose_duty
from loaders.extract.marked import BRACKETED, HINT, LABEL_LINE, STATES
from loaders.extract.units import Name, bodies_only
from loaders.outline import Block, Outline


def spans_of(shape: Outline, chapters: set[int]) -> dict[int, tuple[int, int]]:
    """For each numbered block, or unnumbered paragraph that may carry a statement, the span of its own text.

    A numbered block's own text goes on over unnumbered lines until the next numbered block, title or table.
    """
    regions: dict[int, tuple[int, int]] = {}
    text = shape.text
    owner = -1
    paragraph = -1  # the unnumbered paragraph that label lines below it belong to
    plain = [(i, b) for i, b in enumerate(shape.blocks) if b.style < 0 and b.kind == "text"]
    labels = {i for i, b in plain if LABEL_LINE.match(text, b.start, b.end)}
    stated = {i for i, b in plain if i not in labels and _ends_with_statement(text, b)}
    several = _headings_with_paragraphs(shape, labels, stated)
    titled = _titled_paragraphs(shape)
    for i, block in enumerate(shape.blocks):
        if i in chapters:
            owner, paragraph = i, -1
            regions[i] = (block.start, block.end)
        elif owner in chapters and (block.style > shape.blocks[owner].style or block.kind == "text"):
            regions[owner] = (regions[owner][0], block.end)
        elif block.style >= 0:
            owner, paragraph = i, -1
            regions[i] = (block.start, block.end)
        elif block.kind in ("title", "signature", "attachment", "address", "table"):
            owner, paragraph = -1 if block.kind != "table" else owner, -1
        elif block.kind == "text":
            label = i in labels
            alone = owner < 0 or owner in several
            if (
                i in titled
                or (not label and duty_head(text, block.start, block.end))
                or (not label and duty_sentence(shape, block, owner))
            ):
                regions[i] = (block.start, block.end)
                paragraph = i
            elif not alone and paragraph < 0:
                regions[owner] = (regions[owner][0], block.end)
            elif label and paragraph >= 0:
                start = regions[paragraph][0] if paragraph in regions else shape.blocks[paragraph].start
                regions[paragraph] = (start, block.end)
            elif label and owner >= 0:
                regions[owner] = (regions[owner][0], block.end)
            elif not label:
                paragraph = i
                if i in stated:
                    regions[i] = (block.start, block.end)
    return regions


def duty_chapters(shape: Outline) -> set[int]:
    """Headings that are a body's name and stand in a row of such: what stands below each is its duty."""
    rows: dict[tuple[int, int], list[int]] = {}
    for i, (block, below) in enumerate(pairwise(shape.blocks)):
        if (
            2 <= block.style <= 4
            and (block.kind == "heading" or block.head_end >= block.end - 1)
            and (below.style > block.style or below.kind == "text")
            and _one_body(shape.text, block)
            and not NO_DUTY.match(shape.text, block.end, block.end + 60)
            and not begins_duty(shape.text, below)  # the bodies are named one by one there
        ):
            rows.setdefault((block.parent, block.style), []).append(i)
    return {i for row in rows.values() for i in row if len(row) > 1 or _says_duty(shape, shape.blocks[i])}


def owned_items(shape: Outline, chapters: set[int]) -> dict[int, tuple[Block, list[Name]]]:
    """Numbered items that stand below headings which are bodies' names, two or more in a row, and say themselves who
    helps, or below headings that say whose work they are (由县民政局牵头的工作): for each the heading and its bodies. Such
    headings are taken out of `chapters`.
    """
    text, blocks = shape.text, shape.blocks
    heads: dict[int, list[Name]] = {}
    whose: set[int] = set()
    for i in sorted({b.parent for b in blocks if b.parent >= 0 and b.style > blocks[b.parent].style}):
        b = blocks[i]
        if b.kind == "heading" and 2 <= b.style <= 4:
            remark = _REMARK.search(text, b.body, b.end) if text[b.end - 1] in "）)" else None
            end = remark.start() if remark else b.end
            work = _WHOSE_WORK.fullmatch(text, b.body, end)
            names = bodies_only(text, *(work.span("names") if work else (b.body, end)))
            if names:
                heads[i] = names
                whose |= {i} if work else set()
    if not heads:
        return {}
    items = {i: b.parent for i, b in enumerate(blocks) if b.parent in heads and b.style > blocks[b.parent].style}
    stated = {h for i, h in items.items() if _ends_with_statement(text, shape.blocks[i])}
    rows = {(shape.blocks[h].parent, shape.blocks[h].style) for h in stated}
    owned = {h for h in set(items.values()) if (shape.blocks[h].parent, shape.blocks[h].style) in rows}
    owned = (owned if len(owned) > 1 else set()) | whose
    chapters -= owned
    return {i: (shape.blocks[h], heads[h]) for i, h in items.items() if h in owned}


_REMARK = re.compile(r"[(（][^()（）]{2,30}[)）]$")
_WHOSE_WORK = re.compile(
    r"由?(?P<names>[\u4e00-\u9fff、()（）]{2,60}?)(?:分别|共同|具体|主要|单独)*(?:牵头|主办|承办|负责)(?:负责|办理|组织|落实|实施|推进|完成)*的?"
    r"(?:重点|主要|具体)?(?:工作|任务|事项|项目|目标|指标)+"
)


def _says_duty(shape: Outline, block: Block) -> bool:
    """Whether a heading says outright that what follows is a body's duty: 各乡镇政府职责."""
    return whose_duty(shape.text, block.body, block.end) < block.end - 1


_LISTED_BELOW = re.compile("成员|有关|相关|各部门|各单位|(?:责任|职能|牵头|配合)(?:单位|部门)")


def _one_body(text: str, block: Block) -> bool:
    """Whether a heading is a body's name, or names its duty: 县教育局职责; not 各成员单位职责, which opens a list."""
    end = whose_duty(text, block.body, block.end)
    listed = end < block.end - 1 and _LISTED_BELOW.search(text, block.body, end)
    return bool(bodies_only(text, block.body, end)) and not listed


def _titled_paragraphs(shape: Outline) -> set[int]:
    """Unnumbered paragraphs that begin with a title of their own (`总部经济。…由市商务局牵头…`), two of them or more in a
    row of which some say who is charged.
    """
    rows: dict[int, list[int]] = {}
    for i, block in enumerate(shape.blocks):
        if block.kind != "text" or (block.parent >= 0 and shape.blocks[block.parent].kind != "heading"):
            continue
        if _RUN_IN.match(shape.text, block.start, block.end) and HINT.search(shape.text, block.start, block.end):
            rows.setdefault(block.parent, []).append(i)
    return {i for row in rows.values() if len(row) > 1 for i in row}


_RUN_IN = re.compile(r"[\u4e00-\u9fff“”、]{2,20}。(?=[^\n]{12})")


def _headings_with_paragraphs(shape: Outline, labels: set[int], stated: set[int]) -> set[int]:
    """Headings below which several unnumbered paragraphs carry statements of their own: begin with `labels` or end as
    `stated`.
    """
    count: dict[int, int] = {}
    owner = -1
    labelled = False
    for i, block in enumerate(shape.blocks):
        if block.style >= 0:
            owner, labelled = i if block.kind == "heading" or block.head_end >= block.end - 1 else -1, False
        elif block.kind == "text" and owner >= 0:
            label = i in labels
            if (label and not labelled) or i in stated:
                count[owner] = count.get(owner, 0) + 1
            labelled = label
    return {h for h, n in count.items() if n > 1}


def _ends_with_statement(text: str, block: Block) -> bool:
    """Whether a paragraph closes with a statement in brackets or behind a label in its last clause."""
    low = max(block.start, block.end - 120)
    labelled = text.find("单位", low, block.end) >= 0 or text.find("部门", low, block.end) >= 0
    if labelled and _LABEL_END.search(text, low, block.end):
        return True
    if not (text[block.end - 1] in _CLOSING or (text[block.end - 1] == "。" and text[block.end - 2] in _CLOSING)):
        return False
    last = next(iter(reversed(list(BRACKETED.finditer(text, max(block.start, block.end - 700), block.end)))), None)
    return bool(last and last.end() >= block.end - 1 and STATES.search(last.group("inside")))


_CLOSING = ")）]］】〕"
_LABEL_END = re.compile(
    r"[，,；;。](?:牵头|责任|主责|主办|承办)(?:责任)?(?:单位|部门)(?:为|是|[:：])[^，,；;。:：\n]{2,60}[；;。]?\Z"
)
