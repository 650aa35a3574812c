"""Review: what is unsure, and what people decided about it; decisions are signed, kept, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from graph.decisions import Decision
from graph.suspects import Suspect
from ui import jobs, links, models, page, parts, services
from ui.i18n import t


def name(ident: str) -> str:
    """What people call a body; the last part of its id when the library has it no more."""
    entry = services.entry("Department", ident)
    return entry.label if entry else ident.rpartition("/")[2]


def body(ident: str) -> models.Cell:
    """A body as a cell that leads to its tasks."""
    if not ident:
        return None
    known = services.entry("Department", ident)
    return {"t": name(ident), "k": "Department", "h": links.node("Department", ident)} if known else name(ident)


def doubts(found: Sequence[Suspect]) -> None:
    """Names that look like slips or like one body twice, to be decided together or one by one."""
    rows: list[list[models.Cell]] = [
        [t(f"suspect.{s.kind}"), body(s.left), body(s.right), s.why if s.right else ""] for s in found
    ]
    heads = [
        models.Column("kind", t("review.kind"), "short"),
        models.Column("left", t("review.left"), "text", "32%"),
        models.Column("right", t("review.right"), "text", "32%"),
        models.Column("why", t("review.why")),
    ]
    page.table(models.Sheet(heads, rows, len(rows)), "doubts", t("review.doubts"))
    if not found:
        return
    by_key = {services.key_of(s): s for s in found}
    labels = {k: f"{name(s.left)} → {name(s.right)}" if s.right else name(s.left) for k, s in by_key.items()}
    chosen = st.multiselect(
        t("review.choose"),
        list(by_key),
        format_func=labels.__getitem__,
        placeholder=t("review.choose_some"),
        select_all=False,
        key="review_chosen",
    )
    with st.container(horizontal=True):
        picked = [by_key[k] for k in chosen]
        can = bool(picked) and signed()
        merging = [s for s in picked if s.right and services.entry("Department", s.right)]
        button(t("review.merge"), can and len(merging) == len(picked), lambda: services.merge(merging, who()))
        button(t("review.apart"), can, lambda: services.keep(picked, who()))


def button(label: str, enabled: bool, act: Callable[[], None]) -> None:
    """A decision; the graph is made anew in the background."""
    running = bool((job := jobs.current()) and job.running)
    if st.button(label, disabled=not enabled or running):
        act()
        st.session_state.pop("review_chosen", None)
        jobs.rebuild(services.library_path())
        st.rerun()


def who() -> str:
    """Who signs."""
    return str(st.session_state.get("review_who", "")).strip()


def signed() -> bool:
    """Whether a name was given; a decision without one is none."""
    return bool(who())


def history(made: Sequence[Decision], standing: set[str]) -> None:
    """Every decision, newest first, and the way to take one back."""
    if not made:
        return
    page.html(parts.subheading(t("review.history")))
    rows: list[list[models.Cell]] = [
        [
            d.when.replace("T", " ").removesuffix("Z"),
            d.who,
            t(f"decision.{d.kind}"),
            subject(d),
            name(d.value) if d.kind == "merge" else d.value,
            t("review.holds") if d.id in standing else t("review.undone") if d.kind != "undo" else "",
        ]
        for d in reversed(made)
    ]
    heads = [
        models.Column("when", t("review.when"), "short"),
        models.Column("who", t("review.who_column"), "short"),
        models.Column("kind", t("review.decision"), "short"),
        models.Column("subject", t("review.subject"), "text", "30%"),
        models.Column("value", t("review.value")),
        models.Column("state", t("review.state"), "short"),
    ]
    page.table(models.Sheet(heads, rows, len(rows)), "history", t("review.history"))
    open_ = {d.id: f"{t(f'decision.{d.kind}')} · {subject(d)}" for d in made if d.id in standing}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("review.undo_which"),
            list(reversed(open_)),
            index=None,
            width=420,
            placeholder=t("load.choose_any"),
            format_func=open_.__getitem__,
        )
        button(t("review.undo"), chosen is not None and signed(), lambda: services.undo(str(chosen), who()))


def subject(decision: Decision) -> str:
    """What a decision is about, in names."""
    parts_ = [p for p in decision.subject.split("|") if "/" in p]
    return " ≠ ".join(name(p) for p in parts_) or decision.subject


def unread() -> None:
    """Places that look like a fact but could not be read."""
    rows: list[list[models.Cell]] = [
        [
            {"t": w.title, "h": links.href("documents", source=w.source)},
            {"t": w.text, "h": links.evidence(w.place)},
        ]
        for w in services.unread()
    ]
    page.html(parts.subheading(t("review.unread")))
    heads = [
        models.Column("document", t("documents.name"), "text", "34%"),
        models.Column("text", t("review.place"), "quote"),
    ]
    page.table(models.Sheet(heads, rows, len(rows)), "unread", t("review.unread"))


page.head("review")
if page.ready():
    page.background()
    st.text_input(t("review.who"), key="review_who", placeholder=t("review.who_why"), max_chars=40, width=320)
    open_doubts, made, standing = services.doubts()
    page.html(parts.subheading(t("review.doubts")))
    doubts(open_doubts)
    unread()
    history(made, standing)
