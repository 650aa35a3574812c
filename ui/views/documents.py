"""Documents: the list, and the text with everything read from it marked; every quote of the app leads here."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from loaders.facts import Document
from queries.run import Node
from ui import links, models, page, parts, services
from ui.components import reader as readerview
from ui.i18n import t
from ui.services import Copy, Held


def listing(held: dict[str, Held]) -> None:
    """Every document, newest first, with filters for level and year."""
    levels = [
        lv
        for lv in ("national", "provincial", "municipal", "district", "township")
        if any(d.level == lv for d in held.values())
    ]
    years = sorted({d.issued_on[:4] for d in held.values() if d.issued_on}, reverse=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level = None
        if levels:
            level = page.pick("level", levels, lambda v: t(f"level.{v}"), t("documents.level"), segments=True)
        year = page.pick("issued", years, str, t("documents.year"), placeholder=t("documents.any"), width=140)
        find = t("documents.find")
        words = st.text_input(
            find, key="title", bind="query-params", type="search", width=320, placeholder=t("documents.find_some")
        ).split()
    fitting = [
        d
        for d in held.values()
        if (not level or d.level == level)
        and (not year or d.issued_on.startswith(str(year)))
        and all(w in d.title or w in d.doc_number for w in words)
    ]
    rows: list[list[models.Cell]] = []
    for d in fitting[: services.ROW_LIMIT]:
        copies = t("documents.copies", n=len(d.copies)) if len(d.copies) > 1 else ""
        rows.append(
            [
                {"t": d.title, "h": links.node("Document", d.id), "s": copies},
                d.doc_number,
                t(f"level.{d.level}") if d.level else "",
                d.kind,
                d.issued_on,
                d.tasks,
            ]
        )
    heads = [
        models.Column("title", t("documents.name"), "text", "46%"),
        models.Column("number", t("documents.number"), "short"),
        models.Column("level", t("documents.level"), "short"),
        models.Column("kind", t("documents.kind"), "short"),
        models.Column("issued", t("documents.issued"), "short"),
        models.Column("tasks", t("documents.tasks"), "number"),
    ]
    page.table(models.Sheet(heads, rows, len(fitting)), "documents", t("documents.title"), search=False)
    page.html(parts.note(t("documents.count", shown=len(rows), total=len(fitting))))


def place(held: dict[str, Held]) -> tuple[Held | None, Copy | None, tuple[int, int] | None]:
    """Document, copy and span that the address asks for."""
    asked = st.query_params
    low, _, high = asked.get("span", "").partition("-")
    span = (int(low), int(high)) if low.isdecimal() and high.isdecimal() and int(low) < int(high) else None
    if source := asked.get("source"):
        for d in held.values():
            for copy in d.copies:
                if copy.source_id == source and (span is None or copy.start <= span[0] < max(copy.end, copy.start + 1)):
                    return d, copy, span
    document = held.get(asked.get("document", ""))
    return (document, document.copies[0], span) if document else (None, None, None)


def facts_of(copy: Copy) -> Document | None:
    """What was read from this copy of the document."""
    return next(
        (d for d in services.facts(copy.source_id) if d.start == copy.start or d.start <= copy.start < d.end), None
    )


def open_span(copy: Copy, span: str) -> None:
    """Scroll to another place of the same text."""
    st.query_params["source"] = copy.source_id
    st.query_params["span"] = span
    st.query_params.pop("document", None)
    st.rerun()


def show(held: Held, copy: Copy, span: tuple[int, int] | None) -> None:
    """The text, and beside it the list of what was read."""
    page.goto(t("documents.back"), links.href("documents"))
    level = t(f"level.{held.level}") if held.level else ""
    page.html(parts.heading(held.title, "　".join(filter(None, [held.doc_number, held.issued_on, level, held.region]))))
    if len(held.copies) > 1:
        names = {c.source_id: c.source for c in held.copies}
        others = [c for c in held.copies if c.source_id != copy.source_id]
        compared = next((c for c in others if c.source_id == st.query_params.get("beside")), None)
        if compared:
            beside(held, copy, compared)
            return
        other = st.segmented_control(
            t("documents.source"),
            list(names),
            default=copy.source_id,
            required=True,
            format_func=lambda s: page.plain(names[s]),
            key=f"copy_{copy.source_id}",
        )
        if other and other != copy.source_id:
            moved = next(c for c in held.copies if c.source_id == other)
            st.query_params["source"] = moved.source_id
            st.query_params["span"] = f"{moved.start}-{moved.start + 1}"
            st.rerun()
        for c in others:
            here = {"source": copy.source_id, "span": f"{copy.start}-{copy.start + 1}", "beside": c.source_id}
            page.goto(t("documents.beside", name=c.source), links.href("documents", **here))
    raw, markup = services.text(copy.source_id)
    low, high = copy.start, copy.end or len(raw)
    facts = facts_of(copy)
    found = models.marks(facts) if facts else []
    a, b = models.reader_window(high - low, (span[0] - low, span[1] - low) if span else None)
    window = (low + a, low + b)
    tips = {k: t(f"mark.{k}") for k in models.MARK_KINDS}
    pieces = models.segments(raw, found, markup, span, window, tips)
    counts = Counter(m.kind for m in found)
    kinds = [{"key": k, "label": tips[k], "count": counts[k]} for k in models.MARK_KINDS if counts[k]]
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        if window != (low, high):
            page.html(parts.note(t("documents.part", start=window[0] - low, end=window[1] - low, total=high - low)))
        result = readerview.reader(
            pieces,
            kinds,
            key="reader",
            rev=f"{services.revision()}:{copy.source_id}:{window}",
            label=held.title,
            focus=f"{span[0]}-{span[1]}" if span else "",
        )
        if result and result.picked:
            open_span(copy, result.picked)
    with right:
        side(copy, found, span)


def beside(held: Held, copy: Copy, other: Copy) -> None:
    """Two sources of one document: the duties only one of them states, then both texts with what differs marked."""
    page.goto(t("documents.whole"), links.href("documents", document=held.id))
    silent = services.run("sources-differ", limit=page.ALL)
    ours = {copy.source_id, other.source_id}
    rows = [r for r in silent.rows if r["document_id"] == held.id and r["source_id"] in ours]
    page.html(parts.subheading(t("documents.duties", n=len(rows))))
    if rows:
        page.rows(replace(silent, rows=rows, total=len(rows), failing=None), "beside_duties", ("document",))
    else:
        page.html(parts.note(t("documents.same_duties")))
    pairs = services.compared(copy, other)
    differing = sum(not p.same for p in pairs)
    page.html(parts.subheading(t("documents.passages", n=differing)))
    page.html(parts.side_by_side((copy.source, other.source), pairs, lambda n: t("documents.agree", n=n)))


def side(copy: Copy, found: list[models.Mark], span: tuple[int, int] | None) -> None:
    """Everything read, as a list; the kind in focus first chosen."""
    if not found:
        page.html(parts.note(t("documents.unread")))
        return
    rows: list[list[models.Cell]] = []
    for m in found:
        address = links.href("documents", source=copy.source_id, span=m.id)
        kind: models.Cell = (
            {"t": t(f"mark.{m.kind}"), "r": m.kind}
            if m.kind in ("lead", "responsible", "assist")
            else t(f"mark.{m.kind}")
        )
        rows.append([kind, {"t": models.short(m.text, 60), "h": address}])
    heads = [
        models.Column("kind", t("documents.read_kind"), "role"),
        models.Column("text", t("documents.read_text")),
    ]
    page.table(models.Sheet(heads, rows, len(rows)), "facts", t("documents.read"), -1)


def absent(node: Node) -> None:
    """A document that others cite and nobody has loaded."""
    page.goto(t("documents.back"), links.href("documents"))
    page.html(parts.heading(models.caption(node), t("documents.absent")))
    page.details(node, "documents", "absent_details")


if page.ready():
    everything = services.documents()
    document, copy, span = place(everything)
    asked = st.query_params.get("document", "")
    if document and copy:
        show(document, copy, span)
    elif asked and (cited := services.node("Document", asked)):
        absent(cited)
    else:
        page.head("documents")
        listing(everything)
else:
    page.head("documents")
