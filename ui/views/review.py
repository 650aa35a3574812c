"""Review: what is unsure, and what people decided about it; decisions are signed, kept, and can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from graph.decisions import Decision
from graph.errors import ZerenError
from loaders.review import KINDS, Item, Side
from ui import access, jobs, links, models, page, parts, services
from ui.i18n import t

OFFERED = ("accept", "reject")
ROLES = ("lead", "responsible", "assist", "none")
NODES = {"Department", "Document", "Person"}


def cell(side: Side, label: str) -> models.Cell:
    """One thing that is in question, with the sentence that names it."""
    found: dict[str, str] = {"t": side.name}
    if label in NODES:
        found |= {"k": label, "h": links.explore(label, side.id)}
    elif place := links.evidence(side.evidence):
        found["h"] = place
    if label and side.evidence:  # a cell of a table may hold the name alone
        said = t("review.sentence") if side.quote == side.name else side.quote
        found |= {"q": said, "qh": links.evidence(side.evidence)}
    return found


def listing(items: Sequence[Item], kind: str) -> list[Item]:
    """The open items of one kind; returns those that are ticked."""
    pairs = any(len(i.sides) > 1 for i in items)
    heads = [models.Column("left", t("review.left"), "text", "42%" if pairs else "56%")]
    heads += [models.Column("right", t("review.right"), "text", "42%")] if pairs else []
    heads += [models.Column("document", t("review.document"))]
    rows: list[list[models.Cell]] = []
    for item in items:
        row: list[models.Cell] = [cell(item.sides[0], item.label)]
        if pairs:
            row.append(cell(item.sides[1], item.label) if len(item.sides) > 1 else None)
        rows.append([*row, item.sides[0].document])
    ids = [i.key for i in items] if access.may_edit() else None
    ticked = page.table(models.Sheet(heads, rows, len(rows)), f"review_{kind}", t(f"suspect.{kind}"), 640, ids=ids)
    return [i for i in items if i.key in set(ticked)]


def deciding(picked: Sequence[Item], kind: str, label: str) -> None:
    """Decide the ticked items together; `label` is the kind of node they are about, "" for passages."""
    key = f"review_{kind}"
    able = bool(picked) and bool(who())
    page.html(parts.note(t("review.ticked", n=len(picked)) if picked else t("review.tick"), screen=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for choice in OFFERED:
            button(t(f"choice.{kind}.{choice}"), able, partial(services.decide, picked, choice, who()), key)
        if label:
            to = chosen(label, "", f"{key}_to", t("review.merge_with"))
            act = partial(services.decide, picked, "merge", who(), to)
            button(t("review.merge"), able and bool(to) and to not in {p.sides[0].id for p in picked}, act, key)


def correcting(picked: Sequence[Item]) -> None:
    """Correct who has which part in a task, or when it is due; the task of the passage chosen, or any other."""
    item = picked[0] if len(picked) == 1 and not picked[0].label else None
    found = services.task_of(item) if item else ""
    with st.expander(t("review.correct"), expanded=bool(item)):
        if found:
            tasks = {found: services.name_of_task(found)}
        else:
            typed = st.text_input(t("review.task_find"), placeholder=t("review.task_some"), key="review_task_find")
            tasks = {e.id: e.label for e in services.matching("Task", typed)} if typed else {}
        task = st.selectbox(
            t("review.task"), list(tasks), format_func=tasks.__getitem__, placeholder=t("queries.choose"),
            index=0 if len(tasks) == 1 else None, key=f"review_task_{found}",
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            body = chosen("Department", t("review.body"), "review_body")
            role = st.selectbox(
                t("review.role"), ROLES, index=None, format_func=lambda r: t(f"part.{r}"), width=150,
                placeholder=t("queries.choose"), key="review_role",
            )  # fmt: skip
            due = st.text_input(
                t("review.date"), placeholder=t("review.date_some"), width=340, key="review_date"
            ).strip()
            act = partial(services.correct, str(task), who(), body, role or "", due, item.key if item else "")
            ready = bool(task and who() and bool(body) == bool(role) and (role or due))
            button(t("review.correct_do"), ready, act, "review_correct")


def button(label: str, enabled: bool, act: Callable[[], None], key: str) -> None:
    """A decision; the graph is made anew in the background."""
    running = bool((job := jobs.current()) and job.running)
    if st.button(label, disabled=not enabled or running, key=f"{key}_{label}"):
        try:
            act()
        except ZerenError as error:  # somebody else was quicker, or a date that is none
            page.say(error)
            return
        for used in (key, f"{key}_to", "review_body", "review_role", "review_date"):
            st.session_state.pop(used, None)
        jobs.rebuild(services.library_path())
        st.rerun()


def chosen(kind: str, label: str, key: str, placeholder: str = "") -> str:
    """A choice among the names of a kind, kept for this session as `key`; "" for none."""
    entry = services.entry(kind, str(st.session_state.get(key, "")))
    with st.container(width=320):
        page.find(
            kind, label, f"find_{key}", entry.label if entry else "",
            partial(st.session_state.__setitem__, key), placeholder,
        )  # fmt: skip
    return entry.id if entry else ""


def who() -> str:
    """Who signs; a decision without a name is none."""
    return access.user() or str(st.session_state.get("review_who", "")).strip()


def history(made: Sequence[Decision], standing: set[str], named: dict[str, str]) -> None:
    """Every decision, newest first, and the way to take one back. `named` are the names of what they are about."""
    if not made:
        return

    def about(d: Decision) -> str:
        if d.kind == "undo":
            return about(by_id[d.undoes]) if d.undoes in by_id else ""
        return named.get(d.item) or named.get(d.subject) or d.subject.partition("|")[0].rpartition("/")[2]

    by_id = {d.id: d for d in made}
    page.html(parts.subheading(t("review.history")))
    rows: list[list[models.Cell]] = [
        [
            page.moment(d.when),
            d.who,
            t(f"decision.{d.kind}"),
            about(d),
            t("review.holds") if d.id in standing else t("review.undone") if d.kind != "undo" else "",
        ]
        for d in reversed(made)
    ]
    heads = [
        models.Column("when", t("review.when"), "short"),
        models.Column("who", t("review.who"), "short"),
        models.Column("kind", t("review.decision"), "short"),
        models.Column("subject", t("review.subject"), "text", "44%"),
        models.Column("state", t("review.state"), "short"),
    ]
    if not access.may_edit():
        page.table(models.Sheet(heads, rows, len(rows)), "history", t("review.history"))
        return
    bar = st.container(horizontal=True, vertical_alignment="center")
    ids = [d.id for d in reversed(made)]
    ticked = page.table(models.Sheet(heads, rows, len(rows)), "history", t("review.history"), ids=ids)
    back = [i for i in ticked if i in standing]

    def undo() -> None:
        for ident in back:
            services.undo(ident, who())

    with bar:
        button(t("review.undo_n", n=len(back)) if back else t("review.undo"), bool(back and who()), undo, "review_undo")


page.head("review")
if page.ready():
    if (job := jobs.current()) and job.error:  # the decision is kept; the next build carries it out
        page.say(job.error)
    items, made, standing = services.review()
    waiting = [i for i in items if i.decision is None]
    counts = Counter(i.kind for i in waiting)
    kinds = [k for k in KINDS if counts[k]]
    page.html(parts.note(t("review.count", waiting=len(waiting), decided=len(items) - len(waiting))))
    kind = None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if kinds:
            kind = page.pick(
                "kind",
                kinds,
                lambda k: t("review.kind_n", kind=t(f"suspect.{k}"), n=counts[k]),
                t("review.kind"),
                default=kinds[0],
                segments=True,
            )
        if access.may_edit() and not access.user():
            st.text_input(t("review.who"), key="review_who", placeholder=t("review.who_why"), max_chars=40, width=220)
    picked: list[Item] = []
    if kind:
        shown = [i for i in waiting if i.kind == kind]
        bar = st.container()
        picked = listing(shown, kind)
        if access.may_edit():
            with bar:
                deciding(picked, kind, shown[0].label)
    else:
        page.html(parts.note(t("review.nothing")))
    if page.editing():
        correcting(picked)
    names = {key: " ≈ ".join(s.name for s in i.sides) for i in items for key in (i.key, i.sides[0].id)}
    history(made, standing, names)
