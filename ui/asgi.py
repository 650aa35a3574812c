"""The server: Streamlit with security headers, the page's language and a notice for browsers that are too old.

Run by `zeren serve`, or `streamlit run asgi.py` in this folder.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HERE = Path(__file__).parent

# Streamlit needs class static blocks and the `v` flag of regular expressions: Chromium 112. Older ones stay blank.
NOTICE = (
    "(function(){try{new RegExp('','v')}catch(e){document.addEventListener('DOMContentLoaded',function(){"
    'document.body.innerHTML=\'<div style="max-width:40em;margin:15vh auto;padding:0 1em;font:16px/2 sans-serif">'
    '<h1 style="font-size:22px">\\u6d4f\\u89c8\\u5668\\u7248\\u672c\\u8fc7\\u4f4e</h1>'
    "<p>\\u8bf7\\u4f7f\\u7528 Chrome\\u3001Edge 112 \\u6216\\u66f4\\u65b0\\u7248\\u672c\\uff0c"
    "\\u6216\\u4ee5\\u65b0\\u5185\\u6838"
    "\\u8fd0\\u884c\\u7684\\u56fd\\u4ea7\\u6d4f\\u89c8\\u5668\\u6253\\u5f00\\u672c\\u9875\\u3002</p>"
    "<p>This browser is too old. Please use Chrome or Edge 112 or later.</p></div>'})}})()"
)
LANG = 'lang="zh-CN"'
# Told where the server is, the page need not look for it below its own address, which fills the console with 404s.
BASE = "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")
START = f"window.__streamlit={{BACKEND_BASE_URL:location.origin+{json.dumps(BASE)}}};"
SCRIPT = START + NOTICE


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
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything but HTTP through unchanged."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # the page must come whole and unpacked, or it could not be changed on its way out
        page = b"text/html" in dict(scope["headers"]).get(b"accept", b"")
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
            changed = dress(body.decode("utf-8")).encode()
            headers = [
                (k, v) for k, v in start["headers"] if k.lower() not in (b"content-length", b"etag", b"last-modified")
            ]
            await send({**start, "headers": [*headers, (b"content-length", str(len(changed)).encode())]})
            await send({"type": "http.response.body", "body": changed, "more_body": False})

        await self.app(scope, receive, out)


def dress(page: str) -> str:
    """Streamlit's index page with our language, the server's address and the notice."""
    page = re.sub(r'<html([^>]*?)\s+lang="[^"]*"', r"<html\1", page, count=1)
    page = page.replace("<html", f"<html {LANG}", 1)
    return page.replace("<head>", f"<head><script>{SCRIPT}</script>", 1)


app = st.App(HERE / "app.py", middleware=[Middleware(Shell)])
