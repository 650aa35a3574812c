"""What every page does alike: the frame, tables, pictures, details of a node, downloads, messages."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import streamlit as st

from graph.errors import ZerenError
from graph.model import NODE
from queries.catalog import Param, Query, column_title, group_title, value_title
from queries.run import Answer, Node, Picture
from ui import access, export, jobs, links, models, parts, services, standalone
from ui.components import chrome as chromeview
from ui.components import figures as figuresview
from ui.components import finder, graphview
from ui.components import sheet as sheetview
from ui.components import years as yearsview
from ui.i18n import LANGUAGE_TAGS, LANGUAGES, catalogue, language, name_of, set_language, speaking, t
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
{zone}{{align-items:center}}
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


def foot() -> None:
    """The controls below the menu, and who is signed in."""
    closed = not access.gate()
    background()
    if name := access.user():
        html(parts.note(t("app.user" if access.may_edit() else "app.reader", name=name)))
        if access.kind() == "oidc":
            st.button(t("app.sign_out"), on_click=st.logout)
    chromeview.chrome(LANGUAGE_TAGS[language()], {w: t(f"chrome.{w}") for w in CHROME_WORDS}, closed)


CHROME_WORDS = ("theme", "auto", "light", "dark", "copy", "copied", "print")


def sign_in() -> None:
    """What is seen before signing in."""
    html(parts.empty([t("app.sign_in_first")]))
    st.button(t("app.sign_in"), type="primary", on_click=st.login)


def editing() -> bool:
    """Whether whoever is looking may change the library; else the page says so."""
    if access.may_edit():
        return True
    html(parts.note(t("app.read_only")))
    return False


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
    value = None if asked == "" else asked if asked in options else default
    if st.session_state.get(key) != value:
        st.session_state[key] = value

    def changed() -> None:
        write(param, st.session_state[key], default)

    if segments:
        st.segmented_control(
            label, options, key=key, format_func=said, on_change=changed, required=default is not None, **look
        )
    else:
        st.selectbox(label, options, index=None, key=key, format_func=said, on_change=changed, **look)
    return value


def write(param: str, value: str | None, default: str | None) -> None:
    """Put a choice into the address; "" stands there for one that was taken back."""
    if (value or None) == default:
        st.query_params.pop(param, None)
    else:
        st.query_params[param] = value or ""


NAMED = ("Department", "Document", "Person", "LeadingGroup", "Region")


def field(param: Param, default: str = "") -> str:
    """The control for one parameter of a query, its value in the address as `p_NAME`; `default` when not there."""
    lang = language()
    label = param.title[lang] + ("" if param.required else t("queries.optional"))
    help_ = param.help[lang] if param.help != param.title else None
    key = "p_" + param.name  # a prefix of its own: pages bind other controls to such names
    look: dict[str, Any] = {"help": help_, "placeholder": t("queries.choose")}
    if param.type == "Choice":

        def said(choice: str) -> str:
            return value_title(param.name, choice, lang)

        return pick(key, param.choices, said, label, default=default or param.default, **look) or ""
    if param.type in NAMED:
        return named(param.type, label, key, default, help_ or "")
    held = f"typed_{key}"
    st.session_state[held] = st.query_params.get(key, default)
    example = t("queries.example", value=param.example)
    st.text_input(
        label, key=held, help=help_, placeholder=example,
        on_change=lambda: write(key, st.session_state[held].strip(), default or None),
    )  # fmt: skip
    return str(st.session_state[held]).strip()


def named(kind: str, label: str, param: str, default: str = "", help_: str = "", placeholder: str = "") -> str:
    """A choice among the names of a kind; its id stands in the address as `param`. Returns it, "" for none."""
    chosen = services.entry(kind, st.query_params.get(param, default))
    find(
        kind, label, f"find_{param}", chosen.label if chosen else "", lambda i: write(param, i, default or None),
        placeholder, help_,
    )  # fmt: skip
    return chosen.id if chosen else ""


Offer = Callable[[str], Iterable[tuple[str, str]]]


def find(
    kind: str | Offer,
    label: str,
    key: str,
    said: str,
    take: Callable[[str], None],
    placeholder: str = "",
    help_: str = "",
) -> None:
    """A field that completes names of a kind (or what an `Offer` finds: ids and words) as one types.

    `said` is what is chosen now; `take` is told the id of another, "" when it is taken back.
    """

    def offered(typed: str) -> Iterable[tuple[str, str]]:
        if callable(kind):
            return kind(typed)
        return [(e.id, e.label) for e in services.completions(kind, typed)]

    def chosen(ident: str) -> None:
        take(ident)
        st.session_state[f"{key}_taken"] = True

    @part
    def field_() -> None:
        if st.session_state.pop(f"{key}_taken", False):
            st.rerun()  # the whole page shows what was chosen
        typed = str(getattr(st.session_state.get(key), "typed", None) or "")
        finder.finder(
            list(offered(typed)), key=key, label=label, said=said, placeholder=placeholder or t("queries.choose"),
            clear=t("app.clear"), help=help_, on_pick=chosen,
        )  # fmt: skip

    field_()


def head(name: str) -> None:
    """The heading of the page `name` and its one line of explanation."""
    html(parts.heading(t(f"{name}.title"), t(f"{name}.lead")))


def ready() -> bool:
    """Whether there is something to show; else the page says what to do."""
    if services.revision() and services.documents():
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
        html(parts.note(t("load.running")))
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
    """A UTC time stamp as day and minute where the reader is."""
    try:
        there: tzinfo = ZoneInfo(st.context.timezone or "UTC")
    except (KeyError, ValueError, OSError):  # the browser says where it is: anything may come
        there = UTC
    return f"{datetime.fromisoformat(stamp).astimezone(there):%Y-%m-%d %H:%M}"


def broken() -> None:
    """Something went wrong that no message foresees."""
    html(parts.empty([t("app.broken")], failed=True))


def part(body: Callable[[], None]) -> Callable[[], None]:
    """A part of a page that runs by itself when something is done in it, with the same care as a page (`ui.app`)."""

    def run() -> None:
        try:
            services.begin()
            body()
        except ZerenError as error:
            say(error)
        except Exception:
            logging.getLogger("zeren").exception("a part of a page failed")
            broken()

    return st.fragment(run)


def table(
    sheet: Sheet, key: str, label: str, height: int | None = None, search: bool = True, ids: Sequence[str] | None = None
) -> list[str]:
    """A table; following one of its links goes there. With `ids` rows can be ticked: returns those that are."""
    result = sheetview.sheet(
        sheet,
        key=key,
        words={w: t(f"sheet.{w}") for w in ("filter", "all", "some", "none", "more", "tick")},
        label=label,
        height=height,
        search=search,
        ids=ids,
    )
    if result and result.open:
        links.follow(result.open)
    known = set(ids or ())
    return [i for i in (getattr(result, "chosen", None) or ()) if i in known]


def rows(
    answer: Answer, key: str, without: Iterable[str] = (), height: int | None = None, late: str = ""
) -> None:
    """The rows of a canned query as a table; `late` names the column in which deadlines that are over are marked."""
    table(sheet_of(answer, without, late), key, answer.query.title[language()], height)


def sheet_of(answer: Answer, without: Iterable[str] = (), late: str = "") -> Sheet:
    """The rows of a canned query, ready for the table; what a parameter has said already is not said in each row."""
    total = max(len(answer.rows), answer.total if answer.failing is None else answer.failing)
    hidden = {*without, *models.repeated(answer.columns, answer.rows, {r.value for r in answer.params.values()})}
    shown = answer.rows[: services.ROW_LIMIT]
    made = models.sheet(answer.columns, shown, words(), links.node, links.evidence, total, hidden)
    at = next((i for i, c in enumerate(made.columns) if c.key == late), None)
    if at is not None:
        is_late = lateness()
        for row, cells in zip(shown, made.rows, strict=True):
            if cells[at] and is_late([row.get("target_id") or row["task_id"], row["task_id"]]):
                cells[at] = {"t": cells[at], "m": t("view.late")}
    return made


GRAPH_WORDS = ("fit", "zoom_in", "zoom_out", "pin", "unpin")


def draw(
    picture: Picture,
    key: str,
    label: str,
    centre: Sequence[str] = (),
    height: int = 480,
    chosen: str | None = None,
    **told: Any,  # noqa: ANN401
) -> None:
    """Draw a picture with its legend; `told` are `on_click` and `on_expand`."""
    shown = models.limited(picture, centre)
    more(picture, shown)
    net = models.network(shown, words(), centre)
    graph(net, key, label, height, chosen, kinds=kinds(shown), lines=lines(shown), **told)


def more(picture: Picture, shown: Picture) -> None:
    """Say so when not everything is drawn."""
    left = len(picture.nodes) - len(shown.nodes)
    if left > 0:
        html(parts.warning(t("graph.limited", shown=len(shown.nodes), left=left)))
    elif picture.truncated:
        html(parts.warning(t("graph.many", shown=len(shown.nodes))))


def graph(
    net: Network,
    key: str,
    label: str,
    height: int,
    chosen: str | None = None,
    origin: str | None = None,
    **more: Any,  # noqa: ANN401
) -> None:
    """Put a network on the page (see `ui.components.graphview`, also for `more`)."""
    rev = hashlib.md5(repr(sorted(n["id"] for n in net.nodes)).encode(), usedforsecurity=False).hexdigest() + language()
    graphview.graph(
        net,
        key=key,
        rev=rev,
        words={w: t(f"graph.{w}") for w in GRAPH_WORDS},
        label=label,
        height=height,
        origin=origin,
        chosen=chosen,
        file=t("app.name"),
        **more,
    )


def picture_html(picture: Picture, title: str) -> str:
    """The picture as a file that opens in any browser, without this app."""
    note = t("graph.file_note", day=services.today().isoformat(), n=len(picture.nodes))
    return standalone.page(models.network(picture, words()), title, note)


def kinds(picture: Picture) -> list[dict[str, Any]]:
    """What the shapes of this picture mean."""
    present, said = {n.label for n in picture.nodes}, words()
    return [{"key": k, "label": said.value("label", k)} for k in models.KINDS if k in present]


def lines(picture: Picture) -> list[dict[str, str]]:
    """What the lines of this picture mean."""
    types, said = {e.type for e in picture.edges}, words()
    found = [{"style": s, "label": said.value("rel_type", r)} for r, s in models.LINE_STYLE.items() if r in types]
    rest = types - models.LINE_STYLE.keys()
    return [*found, {"style": "other", "label": t("graph.other_line")}] if found and rest else found


def picture_with_details(picture: Picture, key: str, label: str, centre: Sequence[str] = (), height: int = 480) -> None:
    """A picture, and beside it what is known of the node that was clicked."""
    if not picture.nodes:
        html(parts.note(t("graph.nothing")))
        return
    held = st.session_state.get(f"{key}_chosen")
    nodes = {n.id: n for n in picture.nodes}
    chosen = held if held in nodes else (centre[0] if centre and centre[0] in nodes else None)
    left, right = st.columns([0.66, 0.34], gap="medium")

    def choose(ident: str) -> None:
        st.session_state[f"{key}_chosen"] = ident

    with left:
        draw(picture, key, label, centre, height, chosen, on_click=choose, on_expand=choose)
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


FORMATS: dict[str, Callable[[Any], str]] = {"bytes": lambda size: f"{size / 1024:,.0f} KB", "loaded_at": moment}


def property_name(prop: str) -> str:
    """How a property of a node is called."""
    said = name_of("property", prop)
    return words().column(prop) if said == prop else said


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
        text = "" if value in (None, "", 0) else FORMATS.get(prop, partial(said.value, prop))(value)
        facts.append((property_name(prop), "、".join(map(str, value)) if isinstance(value, list) else text))
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
    order = list(models.LINE_STYLE)  # who leads comes first
    for edge, other, away in sorted(
        models.around(picture, ident), key=lambda e: order.index(e[0].type) if e[0].type in order else len(order)
    ):
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
    late: str = "",
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
        rows(found, f"{key}_rows", without, late=late or ("due" if "task_id" in found.columns else ""))
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


ALL = services.ALL


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


def years(items: Sequence[dict[str, Any]], key: str, label: str) -> None:
    """Years as columns (see `ui.components.years`); following one goes there."""
    result = yearsview.years(items, key=key, label=label)
    if result and result.open:
        links.follow(result.open)


def lateness() -> Callable[[Iterable[str]], bool]:
    """A test whether the deadline of the first of some tasks or targets that has one is over."""
    ends, today = services.ends(), services.today().isoformat()

    def late(idents: Iterable[str]) -> bool:
        last = next((ends[i] for i in idents if i in ends), "")
        return bool(last) and last < today

    return late


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
