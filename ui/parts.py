"""Small pieces of markup that several pages share. Every value is escaped here; nothing else builds HTML from data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby

from ui.models import KINDS, Pair, Piece


def heading(title: str, lead: str = "") -> str:
    """A page's heading and one line under it."""
    return f'<h1 class="z-h1">{escape(title)}</h1>' + (f'<p class="z-lead">{escape(lead)}</p>' if lead else "")


def subheading(title: str, screen: bool = False) -> str:
    """A section's heading; `screen` for one of links only, which paper does without."""
    return f'<h2 class="z-h2{" z-noprint" if screen else ""}">{escape(title)}</h2>'


def printed(items: Iterable[str]) -> str:
    """What the controls say, for paper, where there are none."""
    return f'<p class="z-printonly">{escape("　".join(i for i in items if i))}</p>'


def note(text: str, screen: bool = False) -> str:
    """Small grey text; `screen` for what to click, which paper does without."""
    return f'<p class="z-note{" z-noprint" if screen else ""}">{escape(text)}</p>'


def warning(text: str) -> str:
    """One line that should not be overlooked."""
    return f'<p class="z-warning">{escape(text)}</p>'


def kind_sign(kind: str) -> str:
    """The shape and colour of a kind of node; nothing for an unknown one."""
    return f'<span class="z-kind z-kind-{kind}"></span>' if kind in KINDS else ""


def properties(items: Iterable[tuple[str, str]]) -> str:
    """Names and values of one thing; empty values are left out."""
    cells = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in items if value)
    return f'<dl class="z-props">{cells}</dl>' if cells else ""


def quotation(text: str) -> str:
    """Words of a document."""
    return f'<blockquote class="z-blockquote" lang="zh-CN">{escape(text)}</blockquote>'


def answer(text: str) -> str:
    """The sentence that answers a question."""
    return f'<p class="z-answer">{escape(text)}</p>'


def empty(sentences: Iterable[str], commands: Iterable[str] = (), failed: bool = False) -> str:
    """What to do when there is nothing to show."""
    lines = "".join(f"<p>{escape(s)}</p>" for s in sentences) + "".join(
        f"<p><code>{escape(c)}</code></p>" for c in commands
    )
    return f'<div class="z-empty{" z-broken" if failed else ""}">{lines}</div>'


def title_block(title: str, kind_words: str, kind: str) -> str:
    """The heading of one thing: its name under the kind it is of."""
    above = f'<div class="z-note">{kind_sign(kind)}{escape(kind_words)}</div>'
    return above + f'<h2 class="z-h2" style="margin-top:0">{escape(title)}</h2>'


def side_by_side(names: tuple[str, str], pairs: Sequence[Pair], gap: Callable[[int], str]) -> str:
    """Two texts in two columns, what differs marked; long stretches that agree are left out, `gap` says how many."""

    def said(pieces: Iterable[Piece]) -> str:
        return "".join(f'<mark class="z-diff">{escape(x)}</mark>' if differs else escape(x) for x, differs in pieces)

    rows = []
    for same, group in groupby(pairs, key=lambda p: p.same):
        run = list(group)
        if same and len(run) > 2 * AROUND + 1:
            left_out = f'<tr class="z-pair-gap"><td colspan="2">{escape(gap(len(run) - 2 * AROUND))}</td></tr>'
            shown = [*run[:AROUND], None, *run[-AROUND:]]
        else:
            left_out, shown = "", [*run]
        rows += [f"<tr><td>{said(p.left)}</td><td>{said(p.right)}</td></tr>" if p else left_out for p in shown]
    heads = "".join(f'<th scope="col">{escape(n)}</th>' for n in names)
    return f'<table class="z-pairs" lang="zh-CN"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


AROUND = 1  # passages that agree shown before and after one that differs
