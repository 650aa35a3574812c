"""The server: Streamlit with security headers, the page's language, a first look at once, a notice for old browsers.

Run by `zeren serve`, or `streamlit run asgi.py` in this folder.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from starlette.middleware import Middleware

from ui import access, warm
from ui.assets import asset, preloads
from ui.i18n import LANGUAGE_TAGS, LANGUAGES, catalogue
from ui.links import HOME, MENU, PAGES

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HERE = Path(__file__).parent

NOTICE = (HERE / "shell" / "notice.js").read_text("utf-8")
# Told where the server is, the page need not look for it below its own address, which fills the console with 404s.
BASE = "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")
START = f"window.__streamlit={{BACKEND_BASE_URL:location.origin+{json.dumps(BASE)}}};"
SCRIPT = NOTICE + START + (HERE / "shell" / "theme.js").read_text("utf-8")
STATIC = BASE.rstrip("/") + "/static/"
FIRST_STYLE = (HERE / "shell" / "first.css").read_text("utf-8")


def policy() -> str:
    """The content security policy: nothing but this server, scripts by hash (`blob:` carries the components' code)."""
    index = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    scripts = [*re.findall(r"<script>(.*?)</script>", index, re.DOTALL), SCRIPT]
    hashes = " ".join(
        "'sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() + "'" for s in scripts
    )
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' blob: {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'self' blob: data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        ]
    )


class Shell:
    """ASGI middleware: headers on every answer; the notice and the language in the page itself."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.headers = [
            (b"content-security-policy", policy().encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
            (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything but HTTP through unchanged, unless nobody has signed in."""
        if scope["type"] in ("http", "websocket") and not access.admitted(scope):
            await refuse(scope["type"], self.headers, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = dict(scope["headers"])
        if scope["method"] == "GET" and scope["path"].startswith(STATIC):
            packed = b"gzip" in given.get(b"accept-encoding", b"")
            found = asset("static/" + scope["path"].removeprefix(STATIC), packed)
            if found:
                await send({"type": "http.response.start", "status": 200, "headers": [*found[1], *self.headers]})
                await send({"type": "http.response.body", "body": found[0]})
                return
        # the page must come whole and unpacked, or it could not be changed on its way out
        page = b"text/html" in given.get(b"accept", b"")
        if page:
            kept = [
                (k, v)
                for k, v in scope["headers"]
                if k not in (b"accept-encoding", b"if-none-match", b"if-modified-since")
            ]
            scope = {**scope, "headers": kept}
        start: Message | None = None
        body = b""

        async def out(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                kept = [(k, v) for k, v in message["headers"] if k.lower() not in {h for h, _ in self.headers}]
                message = {**message, "headers": [*kept, *self.headers]}
                if page and dict(message["headers"]).get(b"content-type", b"").startswith(b"text/html"):
                    start = message
                else:
                    await send(message)
                return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            changed = dress(body.decode("utf-8"), scope["path"], scope["query_string"].decode("latin-1")).encode()
            headers = [
                (k, v) for k, v in start["headers"] if k.lower() not in (b"content-length", b"etag", b"last-modified")
            ]
            await send({**start, "headers": [*headers, (b"content-length", str(len(changed)).encode())]})
            await send({"type": "http.response.body", "body": changed, "more_body": False})

        await self.app(scope, receive, out)


async def refuse(kind: str, headers: list[tuple[bytes, bytes]], send: Send) -> None:
    """Answer that one has to sign in first."""
    if kind == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    plain = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": 401, "headers": [plain, *headers]})
    await send({"type": "http.response.body", "body": (both("app.sign_in_first") + "\n").encode()})


def both(key: str) -> str:
    """The words for `key` in every language, for those who have not chosen one yet."""
    return " ".join(catalogue(lang)[key] for lang in LANGUAGES)


def dress(page: str, path: str, query: str) -> str:
    """Streamlit's index page in our language, with the server's address, the notice, and a first look of the app."""
    lang = "en" if parse_qs(query).get("lang") == ["en"] else "zh"
    page = re.sub(r'<html([^>]*?)\s+lang="[^"]*"', r"<html\1", page, count=1)
    page = page.replace("<html", f'<html lang="{LANGUAGE_TAGS[lang]}"', 1)
    unable = f"<noscript>{escape(both('app.no_script'))}</noscript>"
    page = re.sub(r"<noscript>.*?</noscript>", unable, page, count=1, flags=re.DOTALL)
    page = re.sub(r"<title>.*?</title>", f"<title>{escape(catalogue(lang)['app.name'])}</title>", page, count=1)
    page = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>', "", page, count=1)  # a typeface we do not use
    page = page.replace("./favicon.png", "./app/static/favicon.png")
    early = "".join(f'<link rel="modulepreload" crossorigin href="./{file}">' for file in preloads())
    page = page.replace("<head>", f"<head><script>{SCRIPT}</script>", 1).replace("</head>", f"{early}</head>", 1)
    return page.replace('<div id="root"></div>', f'<div id="root">{first_look(path, lang)}</div>', 1)


def first_look(path: str, lang: str) -> str:
    """The app's name, its menu and the page's heading: what is seen until the app itself is there."""
    words = catalogue(lang)
    name = path.rstrip("/").rsplit("/", 1)[-1]
    name = name if name in PAGES else HOME
    menu = "".join(f"<p>{escape(words[f'nav.{p}'])}</p>" for p in MENU)
    title, lead = escape(words[f"{name}.title"]), escape(words[f"{name}.lead"])
    beside = f"<nav><b>{escape(words['app.name'])}</b>{menu}</nav>"
    main = f"<main><h1>{title}</h1><p>{lead}</p></main>"
    return f'<style>{FIRST_STYLE}</style><div class="s0" aria-hidden="true">{beside}{main}</div>'


app = st.App(
    HERE / "app.py",
    middleware=[Middleware(Shell)],
    lifespan=warm.lifespan,
    secrets=access.secrets(),
)
