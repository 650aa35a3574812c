"""Chain: on whose authority, and who answers; each step with its sentence, missing steps shown as missing."""

from __future__ import annotations

import streamlit as st

from graph.errors import ZerenError
from queries.chain import STAGES, Chain
from ui import links, models, page, parts, services
from ui.i18n import t

KINDS = ("Document", "Task", "Department", "Person", "LeadingGroup")
PICTURE_WAYS = 25  # measured: about 25 leaves can be read at once


def starts(typed: str) -> None:
    """What the search finds; any of it can be the start."""
    hits = [(kind, e) for kind in KINDS for e in services.matching(kind, typed, 10)]
    if not hits:
        page.html(parts.note(t("explore.nothing", text=typed)))
        return
    said = page.words()
    rows: list[list[models.Cell]] = [
        [{"t": e.label, "k": kind, "h": links.href("chain", node=f"{kind}:{e.id}")}, said.value("label", kind)]
        for kind, e in hits
    ]
    heads = [models.Column("name", t("explore.name")), models.Column("kind", t("explore.kind"), "short", "9em")]
    page.table(models.Sheet(heads, rows, len(rows)), "chain_hits", t("explore.hits"), 300)


def show(chain: Chain) -> None:
    """Figures, then the ways as picture, as table of ways, or step by step."""
    start = models.caption(chain.start)
    said = page.words()
    missing = {s.stage for way in chain.ways for s in way if s.node is None}
    page.html(parts.title_block(start, said.value("label", chain.start.label), chain.start.label))
    page.html(
        parts.note(
            t("chain.summary", n=len(chain.ways))
            + (t("chain.more") if chain.truncated else "")
            + (
                t("chain.gaps", stages=t("app.and").join(t(f"stage.{s}") for s in STAGES if s in missing))
                if missing
                else ""
            )
        )
    )
    view = page.pick(
        "view",
        ("picture", "ways", "steps"),
        lambda v: t(f"chain.view_{v}"),
        t("view.label"),
        default="picture",
        segments=True,
        label_visibility="collapsed",
    )
    if view == "picture":
        few = Chain(chain.start, chain.ways[:PICTURE_WAYS], chain.truncated or len(chain.ways) > PICTURE_WAYS)
        picture(few)
    elif view == "ways":
        page.table(models.ways_sheet(chain, words_of_stage, links.node, links.evidence), "chain_ways", t("chain.title"))
    else:
        page.table(
            models.steps_sheet(chain, said, words_of_stage, links.node, links.evidence), "chain_steps", t("chain.title")
        )


def words_of_stage(stage: str) -> str:
    """A step's name: 国家文件, 任务, 人员."""
    return t(f"stage.{stage}")


def picture(chain: Chain) -> None:
    """The ways from left to right; a click shows a step's sentences below them."""
    drawn = chain.picture()
    known = {n.id: n for n in drawn.nodes if n.label in models.KINDS}
    held = st.session_state.get("chain_chosen")
    chosen = known.get(held or "", chain.start)
    net, heads = models.chain_network(drawn, page.words(), words_of_stage, missing_words, chain.start.id)
    ys = [n["y"] for n in net.nodes]
    lines = [x for x in page.lines(drawn) if x["style"] in models.EDGE_ROLES]
    if len(known) < len(drawn.nodes):
        lines.append({"style": "missing", "label": t("chain.gap")})

    def choose(ident: str) -> None:
        st.session_state["chain_chosen"] = ident

    page.graph(
        net, "chain_graph", t("chain.picture"), 130 + max(ys) - min(ys), chosen.id, heads=heads,
        kinds=page.kinds(drawn), lines=lines, on_click=choose, on_expand=choose,
    )  # fmt: skip
    if drawn.truncated:
        page.html(parts.note(t("chain.limited", n=PICTURE_WAYS)))
    page.details(chosen, "chain", "chain_details", 360)


def missing_words(stage: str) -> str:
    """What stands in the place of a step that the documents do not show."""
    return t("chain.missing", stage=words_of_stage(stage))


page.head("chain")
if page.ready():
    typed = st.text_input(
        t("chain.start"), key="find", bind="query-params", placeholder=t("explore.placeholder"), type="search"
    )
    if typed.strip():
        starts(typed.strip())
    label, _, ident = st.query_params.get("node", "").partition(":")
    if label in KINDS and ident:
        try:
            show(services.chain(label, ident))
        except ZerenError:
            page.html(parts.note(t("explore.gone")))
    elif not typed.strip():
        page.html(parts.note(t("chain.hint")))
