"""Audit: every check as failing of total; each finding leads to its sentences."""

from __future__ import annotations

import streamlit as st

from queries.audit import Finding
from ui import links, models, page, parts, services
from ui.i18n import language, t


def summary(findings: list[Finding]) -> None:
    """All checks: what they look for, and how many of how many fail."""
    lang = language()
    rows: list[list[models.Cell]] = []
    for f in sorted(findings, key=lambda f: f.ok):
        state: models.Cell = {"t": t("audit.ok") if f.ok else t("audit.found"), "r": "ok" if f.ok else "found"}
        share = f.failing / f.total if f.total else 0.0
        rows.append(
            [
                state,
                {"t": f.query.title[lang], "h": links.href("audit", check=f.query.name)},
                f.query.help[lang],
                f.failing,
                f.total,
                {"t": f"{share:.0%}" if f.total else "", "o": share},
            ]
        )
    heads = [
        models.Column("state", t("audit.state"), "role"),
        models.Column("check", t("audit.check"), "text", "22%"),
        models.Column("help", t("audit.help")),
        models.Column("failing", t("audit.failing"), "number", "6em"),
        models.Column("total", t("audit.total"), "number", "6em"),
        models.Column("share", t("audit.share"), "number", "6em"),
    ]
    page.table(models.Sheet(heads, rows, len(rows)), "audit_summary", t("audit.title"))


def one(finding: Finding) -> None:
    """One check with its findings."""
    lang = language()
    page.goto(t("audit.back"), links.href("audit"))
    page.html(
        parts.title_block(finding.query.title[lang], t("audit.count", failing=finding.failing, total=finding.total), "")
    )
    page.html(parts.note(finding.query.help[lang]))
    if finding.ok:
        page.html(parts.note(t("audit.nothing")))
    else:
        page.answer(finding.answer, f"audit_{finding.query.name}")


page.head("audit")
if page.ready():
    findings = services.audit()
    chosen = st.query_params.get("check", "")
    found = next((f for f in findings if f.query.name == chosen), None)
    if found:
        one(found)
    else:
        page.html(parts.note(t("audit.day", day=services.today().isoformat())))
        summary(findings)
