"""Ask: the start page. One question, the answer as sentence, table and picture, and how it was understood."""

from __future__ import annotations

import streamlit as st

from graph.errors import ZerenError
from ui import page, parts, services
from ui.i18n import language, t

page.head("ask")
if page.ready():
    question = st.text_input(t("ask.box"), key="q", bind="query-params", placeholder=t("ask.placeholder"), label_visibility="collapsed")
    if question.strip():
        try:
            services.ask(question.strip())
        except ZerenError as error:
            page.say(error)
    page.html(parts.note(language()))
