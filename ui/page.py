"""What every page does alike: the frame, tables, pictures, details of a node, downloads, messages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from graph.errors import ZerenError
from graph.model import NODE
from queries.catalog import Query, column_title, group_title, value_title
from queries.run import Answer, Node, Picture
from ui import export, jobs, links, models, parts, services, standalone
from ui.components import figures as figuresview
from ui.components import graphview
from ui.components import sheet as sheetview
from ui.i18n import LANGUAGES, catalogue, language, name_of, set_language, speaking, t
from ui.models import Sheet, Words

if TYPE_CHECKING:
    from pyvis.network import Network

HERE = Path(__file__).parent


def html(markup: str) -> None:
    """Put markup made by `ui.parts` on the page."""
    st.html(markup)


def frame() -> None:
    """Style sheet, and the words of the few controls that Streamlit only has in English."""
    st.html(HERE / "static" / "style.css")
    quoted = {key: t(f"app.{key}").replace("\\", "").replace('"', "") for key in ("choose_file", "drop_file")}
    zone = '[data-testid="stFileUploaderDropzone"]'
    label = f'{zone} button [data-testid="stMarkdownContainer"] p'
    st.html(f"""<style>
{label}{{font-size:0}}
{label}::after{{content:"{quoted["choose_file"]}";font-size:.95rem}}
[data-testid="stFileUploaderDropzoneInstructions"]{{display:none}}
{zone}::after{{content:"{quoted["drop_file"]}";font-size:.87rem}}
</style>""")


def language_switch() -> None:
    """Chinese or English, each under its own name."""
    key = "lang_switch"
    st.session_state[key] = language()
    st.segmented_control(
        t("app.language"),
        LANGUAGES,
        key=key,
        required=True,
        label_visibility="collapsed",
        format_func=lambda lang: catalogue(lang)["app.own_name"],
        on_change=lambda: set_language(st.session_state[key]),
    )


def pick(
    param: str,
    options: Sequence[str],
    said: Callable[[str], str],
    label: str,
    *,
    default: str | None = None,
    segments: bool = False,
    **look: Any,  # noqa: ANN401
) -> str | None:
    """A choice that stands in the address as `param`, by its value and not by the words shown for it.

    (Streamlit's own binding writes the words, which change with the language and may be shared by two options.)
    """
    key = f"pick_{param}"
    asked = st.query_params.get(param)
    value = asked if asked in options else default
    if st.session_state.get(key) != value:
        st.session_state[key] = value

    def changed() -> None:
        new = st.session_state[key]
        if new is None or new == default:
            st.query_params.pop(param, None)
        else:
            st.query_params[param] = new

    if segments:
        st.segmented_control(
            label, options, key=key, format_func=said, on_change=changed, required=default is not None, **look
        )
    else:
        st.selectbox(label, options, index=None, key=key, format_func=said, on_change=changed, **look)
    return value


def head(name: str) -> None:
    """The heading of the page `name` and its one line of explanation."""
    html(parts.heading(t(f"{name}.title"), t(f"{name}.lead")))


def ready() -> bool:
    """Whether there is a graph to show; else the page says what to do."""
    if services.revision():
        return True
    html(parts.empty([t("empty.one"), t("empty.two"), t("empty.three")], [t("empty.command")]))
    goto(t("empty.load"), links.href("load"))
    return False


def background() -> None:
    """How far the running job is; looks again by itself until it has ended."""
    job = jobs.current()
    if job is None or not job.running:
        return

    @st.fragment(run_every=0.5)
    def watch() -> None:
        if not job.running:
            st.rerun()
        share = job.done / job.total if job.total else 0.0
        st.progress(min(share, 1.0), t(f"load.stage_{job.stage or 'wait'}", done=job.done, total=job.total))

    watch()


def words() -> Words:
    """How columns and values are said in the language in use."""
    lang = language()

    def value(column: str, given: object) -> str:
        for group in VOCABULARIES.get(column, (column,)):
            said = name_of(group, given)
            if said != str(given):
                return said
        return value_title(column.removeprefix("other_"), given, lang)

    def column(name: str) -> str:
        said = name_of("column", name)
        return column_title(name, lang) if said == name else said

    return Words(column, value)


# values of columns that our own catalogue names
VOCABULARIES = {
    "rel_type": ("rel",),
    "label": ("kind",),
    "level": ("level",),
    "document_level": ("level",),
    "duty": ("rel", "role"),
    "role": ("rel", "role"),
}


def say(error: ZerenError) -> None:
    """An error meant for people, in their language."""
    html(parts.empty([error.say(language())]))


def moment(stamp: str) -> str:
    """A UTC time stamp as day and hour."""
    return stamp.replace("T", " ").removesuffix("Z")[:16]


def broken() -> None:
    """Something went wrong that no message foresees."""
    html(parts.empty([t("app.broken")], failed=True))


def table(sheet: Sheet, key: str, label: str, height: int | None = None, search: bool = True) -> None:
    """A table; following one of its links goes there."""
    result = sheetview.sheet(
        sheet,
        key=key,
        words={w: t(f"sheet.{w}") for w in ("filter", "all", "some", "none", "more")},
        label=label,
        height=height,
        search=search,
    )
    if result and result.open:
        links.follow(result.open)


def rows(answer: Answer, key: str, without: Iterable[str] = (), height: int | None = None) -> None:
    """The rows of a canned query as a table."""
    table(sheet_of(answer, without), key, answer.query.title[language()], height)


def sheet_of(answer: Answer, without: Iterable[str] = ()) -> Sheet:
    """The rows of a canned query, ready for the table; what a parameter has said already is not said in each row."""
    total = max(len(answer.rows), answer.total if answer.failing is None else answer.failing)
    hidden = {*without, *models.repeated(answer.columns, answer.rows, {r.value for r in answer.params.values()})}
    return models.sheet(
        answer.columns, answer.rows[: services.ROW_LIMIT], words(), links.node, links.evidence, total, hidden
    )


GRAPH_WORDS = ("fit", "zoom_in", "zoom_out")


def draw(
    picture: Picture,
    key: str,
    label: str,
    centre: Sequence[str] = (),
    height: int = 480,
    chosen: str | None = None,
    origin: str | None = None,
) -> Any:  # noqa: ANN401
    """Draw a picture with its legend; returns what was clicked and double-clicked."""
    shown = models.limited(picture, centre)
    legend(shown)
    net = models.network(shown, words(), centre)
    result = graph(net, key, label, height, chosen, origin)
    if picture.truncated or len(shown.nodes) < len(picture.nodes):
        html(parts.note(t("graph.limited", limit=models.NODE_LIMIT)))
    return result


def graph(net: Network, key: str, label: str, height: int, chosen: str | None = None, origin: str | None = None) -> Any:  # noqa: ANN401
    """Put a network on the page; returns what was clicked and double-clicked."""
    rev = hashlib.md5(repr(sorted(n["id"] for n in net.nodes)).encode(), usedforsecurity=False).hexdigest() + language()
    return graphview.graph(
        net,
        key=key,
        rev=rev,
        words={w: t(f"graph.{w}") for w in GRAPH_WORDS},
        label=label,
        height=height,
        origin=origin,
        chosen=chosen,
        file=t("app.name"),
    )


def picture_html(picture: Picture, title: str) -> str:
    """The picture as a file that opens in any browser, without this app."""
    note = t("graph.file_note", day=services.today().isoformat(), n=len(picture.nodes))
    return standalone.page(models.network(picture, words()), title, note)


def legend(picture: Picture) -> None:
    """What the shapes and lines of this picture mean."""
    said = words()
    present = {n.label for n in picture.nodes}
    types = {e.type for e in picture.edges}
    roles = [(models.ROLE_STYLE[r], said.value("rel_type", r)) for r in models.EDGES if r in types]
    html(parts.legend([(k, said.value("label", k)) for k in models.KINDS if k in present], roles))


def picture_with_details(picture: Picture, key: str, label: str, centre: Sequence[str] = (), height: int = 480) -> None:
    """A picture, and beside it what is known of the node that was clicked."""
    if not picture.nodes:
        html(parts.note(t("graph.nothing")))
        return
    held = st.session_state.get(f"{key}_chosen")
    nodes = {n.id: n for n in picture.nodes}
    chosen = held if held in nodes else (centre[0] if centre and centre[0] in nodes else None)
    left, right = st.columns([0.66, 0.34], gap="medium")
    with left:
        result = draw(picture, key, label, centre, height, chosen)
        clicked = result and (result.clicked or result.expand)
        if clicked and clicked != held:
            st.session_state[f"{key}_chosen"] = clicked
            st.rerun()
    with right:
        if chosen:
            details(nodes[chosen], key, f"{key}_details")
        else:
            html(parts.note(t("graph.click")))


# properties worth showing, by kind, in order
SHOWN: dict[str, tuple[str, ...]] = {
    "Document": ("doc_number", "kind", "level", "region", "issued_on"),
    "Task": ("number", "section", "text"),
    "Target": ("indicator", "value", "unit", "year"),
    "Period": ("starts_on", "ends_on"),
    "Department": ("full_name", "aliases", "region", "level", "function"),
    "Person": (),
    "LeadingGroup": ("kind",),
    "Source": ("name", "bytes", "loaded_at"),
}


def details(node: Node, page_name: str, key: str, height: int = -1) -> None:
    """One node: its name, what is known of it, and what it is related to, each with its sentence."""
    said = words()
    name = models.caption(node)
    html(parts.title_block(name, said.value("label", node.label), node.label))
    facts = []
    for prop in SHOWN.get(node.label, ()):
        value = node.properties.get(prop)
        if prop in ("full_name", "text") and value == name:
            continue
        text = (
            "、".join(str(v) for v in value)
            if isinstance(value, list)
            else said.value(prop, value)
            if value not in (None, "", 0)
            else ""
        )
        facts.append((said.column(prop), text))
    html(parts.properties(facts))
    if node.properties.get("quote") and node.label in ("Target",):
        html(parts.quotation(str(node.properties["quote"])))
    own = links.evidence(node.properties.get("evidence"))
    with st.container(horizontal=True, gap="small"):
        if own:
            goto(t("graph.sentence"), own)
        if node.label in ("Department", "Document") and page_name != "documents":
            goto(t(f"graph.open_{node.label}"), links.node(node.label, node.id))
        if page_name != "explore":
            goto(t("graph.explore"), links.explore(node.label, node.id))
    related(
        services.neighbours(node.label, node.id) if node.label in NODE else Picture([], [], False), node.id, key, height
    )


def goto(label: str, address: str) -> None:
    """A link to another place of the app; `label` may come from a document."""
    name, params = links.parse(address)
    st.page_link(links.PAGES[name], label=plain(label), query_params=params)


def plain(text: str) -> str:
    """Text for a label, which Streamlit reads as Markdown: no picture, link or icon comes of it."""
    return re.sub(r":(?=[A-Za-z])", ":\u200b", re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text).replace("\\:", ":"))


def related(picture: Picture, ident: str, key: str, height: int = -1) -> None:
    """The neighbours of a node as a table: relationship, other node with the sentence that says so."""
    said = words()
    lines: list[list[models.Cell]] = []
    for edge, other, away in models.around(picture, ident):
        kind_of = said.value("rel_type", edge.type)
        cell: models.Cell = (
            {"t": kind_of, "r": models.ROLE_STYLE[edge.type]}
            if edge.type in models.EDGES
            else (kind_of if away else t("graph.by", what=kind_of))
        )
        other_cell: dict[str, Any] = {
            "t": models.caption(other),
            "k": other.label,
            "h": links.explore(other.label, other.id),
        }
        if quote := str(edge.properties.get("quote") or ""):
            other_cell |= {"q": quote, "qh": links.evidence(edge.properties.get("evidence"))}
        lines.append([cell, other_cell])
    columns = [
        models.Column("relation", t("graph.relation"), "role"),
        models.Column("other", t("graph.other")),
    ]
    table(Sheet(columns, lines, len(lines)), key, t("graph.neighbours"), height)


def answer(
    found: Answer,
    key: str,
    without: Iterable[str] = (),
    centre: Sequence[str] = (),
    first: Callable[[], None] | None = None,
) -> None:
    """A canned query's answer: table or picture, and the files to take away. `first` draws controls before these."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if first:
            first()
        view = views() if found.query.picture else "table"
        downloads(found, key)
    if view == "picture":
        ids = [
            str(r.value) for r in found.params.values() if isinstance(r.value, str) and r.how not in ("any", "default")
        ]
        picture_with_details(
            services.picture(found.query.name, params_of(found)),
            f"{key}_picture",
            found.query.title[language()],
            centre or ids,
        )
    else:
        rows(found, f"{key}_rows", without)
        cut(found)


def cut(found: Answer) -> None:
    """Say so when not all rows are shown."""
    total = max(len(found.rows), found.total if found.failing is None else found.failing)
    shown = min(len(found.rows), services.ROW_LIMIT)
    if shown < total:
        html(parts.note(t("view.truncated", shown=shown, total=total)))


def views() -> str:
    """Table or picture."""
    return (
        pick(
            "view",
            ("table", "picture"),
            lambda v: t(f"view.{v}"),
            t("view.label"),
            default="table",
            segments=True,
            label_visibility="collapsed",
        )
        or "table"
    )


def contents(catalogue: dict[str, Query]) -> None:
    """Every canned query with its group, as links."""
    lang = language()
    lines: list[list[models.Cell]] = [
        [group_title(q.group, lang), {"t": q.title[lang], "h": links.href("queries", query=q.name)}, q.help[lang]]
        for q in catalogue.values()
    ]
    columns = [
        models.Column("group", t("queries.group"), "short"),
        models.Column("title", t("queries.title_column"), "text", "30%"),
        models.Column("help", t("queries.help_column")),
    ]
    table(Sheet(columns, lines, len(lines)), "contents", t("queries.title"))


ALL = 100_000  # rows in a file to take away; the screen shows fewer


def downloads(found: Answer, key: str) -> None:
    """Every row of the answer as XLSX and CSV, made when asked for."""
    title, lang = found.query.title[language()], language()
    name, given = found.query.name, params_of(found)

    def whole() -> Answer:
        return services.run(name, given, ALL) if found.truncated else found

    def xlsx() -> bytes:
        return export.to_xlsx(title, found.columns, whole().rows, lang)

    def csv() -> bytes:
        return export.to_csv(found.columns, whole().rows, lang)

    take("XLSX", xlsx, f"{title}.xlsx", XLSX, f"{key}_xlsx", bool(found.rows))
    take("CSV", csv, f"{title}.csv", "text/csv", f"{key}_csv", bool(found.rows))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def take(label: str, make: Callable[[], bytes | str], file: str, mime: str, key: str, enabled: bool = True) -> None:
    """A button that saves a file; the file is made on the click, from the graph and in the language of this page."""
    lang, revision = language(), services.revision()

    def made() -> bytes | str:
        with speaking(lang), services.seeing(revision):
            return make()

    st.download_button(
        label, made, file, mime, key=key, on_click="ignore", disabled=not enabled, icon=":material/download:"
    )


def params_of(found: Answer) -> dict[str, str]:
    """The parameters of an answer as they can be given again."""
    return {name: str(r.value) for name, r in found.params.items() if r.value not in ("", 0)}


def figures(items: Iterable[tuple[str, int | str, str]], key: str, label: str) -> None:
    """A row of figures: (label, value, address or ""); following one goes there."""
    cells = [
        {
            "label": name,
            "value": f"{value:,}" if isinstance(value, int) else value,
            **({"h": address} if address else {}),
        }
        for name, value, address in items
    ]
    result = figuresview.figures(cells, key=key, label=label)
    if result and result.open:
        links.follow(result.open)
