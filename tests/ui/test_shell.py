"""The server's shell: headers, the page's own changes, the vendored script, addresses."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import streamlit
from starlette.responses import HTMLResponse, PlainTextResponse

import ui
from ui import asgi, i18n, links

STATIC = Path(ui.__file__).parent / "static"
COMPONENTS = Path(ui.__file__).parent / "components"
INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


def get(app: Any, accept: bytes) -> tuple[dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(b"accept", accept), (b"accept-encoding", b"gzip")],
    }
    asyncio.run(asgi.Shell(app)(scope, receive, send))
    headers = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return headers, b"".join(m.get("body", b"") for m in sent[1:])


def test_the_page_is_chinese_and_guarded() -> None:
    headers, body = get(HTMLResponse(INDEX), b"text/html,*/*")
    page = body.decode()
    assert '<html lang="zh-CN"' in page
    assert 'lang="en"' not in page
    assert int(headers["content-length"]) == len(body)
    allowed = headers["content-security-policy"]
    assert "default-src 'self'" in allowed and "unsafe-eval" not in allowed
    assert "unsafe-inline" not in allowed.split("script-src")[1].split(";")[0]
    for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed, "every inline script is known by its hash"
    assert "112" in asgi.NOTICE


def test_other_answers_only_get_headers() -> None:
    headers, body = get(PlainTextResponse("<html>"), b"*/*")
    assert body == b"<html>"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_vis_network_is_the_file_pyvis_ships() -> None:
    found = importlib.util.find_spec("pyvis")
    assert found and found.origin
    shipped = Path(found.origin).parent / "templates/lib/vis-9.1.2/vis-network.min.js"
    ours = STATIC / "vis-network-9.1.2.min.js"
    assert hashlib.sha256(ours.read_bytes()).digest() == hashlib.sha256(shipped.read_bytes()).digest()
    assert "MIT" in (STATIC / "vis-network.LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize("place", ["http://", "https://", "//cdn"])
def test_our_own_files_name_no_other_server(place: str) -> None:
    root = Path(ui.__file__).parent
    files = [*root.glob("components/*/*.js"), *root.glob("components/*/*.css"), *root.glob("static/*.css")]
    assert files
    assert not [f.name for f in files if place in f.read_text("utf-8").replace("http://www.w3.org", "")]


def test_addresses_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "language", lambda: "zh")
    address = links.href("departments", department="岚江省宁溪市/民政局", role="", n=3)
    assert links.parse(address) == ("departments", {"department": "岚江省宁溪市/民政局", "n": "3"})
    assert links.href("ask", q="谁") == "./?q=%E8%B0%81"
    assert links.parse("./?q=%E8%B0%81") == ("ask", {"q": "谁"})
    monkeypatch.setattr(links, "language", lambda: "en")
    assert links.parse(links.href("audit"))[1] == {"lang": "en"}
    for wrong in ("javascript:alert(1)", "http://example.org", "settings?x=1"):
        with pytest.raises(ValueError, match="not an address"):
            links.parse(wrong)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["abc:3:9", "def:1:2"], {"source": "abc", "span": "3-9"}),
        ("abc:3:9", {"source": "abc", "span": "3-9"}),
        ([], None),
        (None, None),
        ("", None),
    ],
)
def test_evidence_leads_to_its_sentence(
    places: Any, expected: dict[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "language", lambda: "zh")
    address = links.evidence(places)
    assert (links.parse(address)[1] if address else None) == expected


def test_every_page_has_its_file() -> None:
    root = Path(ui.__file__).parent
    assert i18n.LANGUAGES == ("zh", "en")
    missing = [p for p, file in links.PAGES.items() if not (root / file).exists()]
    assert not missing


@pytest.mark.parametrize("folder", [p.parent for p in COMPONENTS.glob("*/__init__.py")], ids=lambda p: p.name)
def test_a_component_is_out_of_reach_until_its_script_has_filled_it(folder: Path) -> None:
    markup = (folder / "__init__.py").read_text("utf-8")
    assert markup.count("data-waiting") == 1 and "tabindex" not in markup
    assert any('removeAttribute("data-waiting")' in p.read_text("utf-8") for p in folder.glob("*.js"))
