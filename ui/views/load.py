"""Load: files into the library in the background, what could not be read, and the sources there are."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal

import streamlit as st

import samples
from ui import access, jobs, links, models, page, parts, services
from ui.i18n import language, t
from ui.jobs import Job

SUFFIXES = ["txt", "md", "html", "htm", "docx", "zip"]


def upload() -> None:
    """Choose files; the load begins on the button."""
    version = st.session_state.setdefault("upload_version", 0)
    kind = page.pick(
        "upload", ("files", "folder"), lambda k: t(f"load.kind_{k}"), t("load.kind"),
        default="files", segments=True, label_visibility="collapsed",
    )  # fmt: skip
    many: Literal[True, "directory"] = "directory" if kind == "folder" else True
    files = st.file_uploader(
        t("load.files"), SUFFIXES, accept_multiple_files=many, key=f"upload_{kind}_{version}",
        label_visibility="collapsed",
    )  # fmt: skip
    running = bool((job := jobs.current()) and job.running)
    with st.container(horizontal=True):
        if st.button(
            t("load.start", n=len(files)) if files else t("load.start_none"),
            type="primary",
            disabled=not files or running,
        ):
            if jobs.load_uploads(services.library_path(), [(f.name, f.getvalue()) for f in files]):
                st.session_state["upload_version"] = version + 1  # empties the chooser
            st.rerun()
        if not services.revision() and st.button(t("load.samples"), disabled=running):
            jobs.load_paths(services.library_path(), samples.paths())
            st.rerun()


def outcome(job: Job) -> None:
    """What the last load did."""
    if job.error:
        page.say(job.error)
    elif job.broken:
        page.html(parts.empty([t("load.broken")]))
    elif summary := job.summary:
        page.html(
            parts.empty(
                [
                    t(
                        "load.done",
                        added=len(summary.added),
                        replaced=len(summary.replaced),
                        unchanged=len(summary.unchanged),
                        removed=len(summary.removed),
                        unreadable=len(summary.unreadable),
                    ),
                    t(
                        "load.read",
                        documents=summary.documents,
                        tasks=summary.tasks,
                        assignments=summary.assignments,
                        warnings=summary.warnings,
                    ),
                ]
            )
        )
        if summary.unreadable:
            zh = language() == "zh"
            rows: list[list[models.Cell]] = [
                [PurePath(u.path).name, u.cause_zh if zh else u.cause] for u in summary.unreadable
            ]
            heads = [models.Column("path", t("load.unreadable")), models.Column("cause", t("load.cause"))]
            page.table(models.Sheet(heads, rows, len(rows)), "unreadable", t("load.unreadable"))


def sources() -> None:
    """Every source, and the way to take one out."""
    heads = services.sources()
    if not heads:
        return
    page.html(parts.subheading(t("load.sources")))
    rows: list[list[models.Cell]] = [
        [
            {"t": h.name, "h": links.href("documents", source=h.id)},
            len(h.documents),
            h.tasks,
            h.warnings,
            f"{h.bytes / 1024:,.0f} KB",
            page.moment(h.loaded_at),
        ]
        for h in heads
    ]
    columns = [
        models.Column("path", t("load.source"), "text", "44%"),
        models.Column("documents", t("load.documents"), "number"),
        models.Column("tasks", t("load.tasks"), "number"),
        models.Column("warnings", t("load.warnings"), "number"),
        models.Column("size", t("load.size"), "number"),
        models.Column("at", t("load.at"), "short"),
    ]
    if not access.may_edit():
        page.table(models.Sheet(columns, rows, len(rows)), "sources", t("load.sources"))
        return
    bar = st.container(horizontal=True, vertical_alignment="center")
    ticked = page.table(
        models.Sheet(columns, rows, len(rows)), "sources", t("load.sources"), ids=[h.id for h in heads]
    )
    with bar:
        running = bool((job := jobs.current()) and job.running)
        if st.button(t("load.remove_n", n=len(ticked)) if ticked else t("load.remove"), disabled=not ticked or running):
            confirm(ticked, {h.id: h.name for h in heads})
        if not ticked:
            page.html(parts.note(t("load.tick"), screen=True))


def confirm(sources: list[str], names: dict[str, str]) -> None:
    """Ask before sources go."""

    @st.dialog(t("load.remove"))
    def ask() -> None:
        one = t("load.remove_sure", name=names[sources[0]])
        page.html(parts.note(one if len(sources) == 1 else t("load.remove_sure_n", n=len(sources))))
        if st.button(t("load.remove_yes"), type="primary"):
            jobs.remove(services.library_path(), sources)
            st.rerun()

    ask()


page.head("load")
if page.editing():
    upload()
if (last := jobs.current()) and not last.running:
    outcome(last)
sources()
