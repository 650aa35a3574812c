"""Signing in by OpenID Connect, with a provider of our own on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlparse

import pytest
from conftest import ready, watch
from joserfc import jwt
from joserfc.jwk import RSAKey

import samples
from graph.library import Library
from loaders.load import load
from ui import access
from ui.commands import serve

KEY = RSAKey.generate_key(2048, {"kid": "one"})


class Provider(BaseHTTPRequestHandler):
    """Signs everybody in as one person, without asking."""

    nonce = ""

    def do_GET(self) -> None:
        site = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        asked = {k: v[0] for k, v in parse_qs(urlparse(self.path).query).items()}
        if self.path.startswith("/authorize"):
            Provider.nonce = asked.get("nonce", "")
            self.send_response(302)
            answer = urlencode({"code": "c", "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{answer}")
            self.end_headers()
        elif self.path.startswith("/keys"):
            self.say({"keys": [KEY.as_dict(private=False)]})
        else:
            places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            supported = {"response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"]}
            self.say({"issuer": site, **{k: f"{site}/{v}" for k, v in places.items()}, **supported})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        now = int(time.time())
        said = {
            "iss": f"http://127.0.0.1:{self.server.server_port}",  # type: ignore[attr-defined]
            "sub": "1", "aud": "zeren", "iat": now, "exp": now + 600,
            "nonce": Provider.nonce, "preferred_username": "林知远",
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, said, KEY)
        self.say({"access_token": "t", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def say(self, content: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def provider() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_signing_in_leads_to_the_page_asked_for(provider: str, browser: Any, tmp_path: Path) -> None:
    load(Library.create(tmp_path / "library"), samples.paths()[:2])
    port = serve.free_port("127.0.0.1", None)
    site = f"http://127.0.0.1:{port}"
    settings = tmp_path / "oidc.toml"
    settings.write_text(
        f'redirect_uri = "{site}/oauth2callback"\ncookie_secret = "{"s" * 40}"\nclient_id = "zeren"\n'
        f'client_secret = "x"\nserver_metadata_url = "{provider}/.well-known/openid-configuration"\n'
    )
    signing = serve.signing_in(serve.SignIn.oidc, "", ["林知远"], settings)
    with (tmp_path / "log").open("w") as log, serve.started(tmp_path / "library", port, log=log, signing=signing):
        context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
        context.set_default_timeout(60_000)
        page = context.new_page()
        trouble = watch(page)
        page.goto(f"{site}/documents?title={quote('养老')}")
        page.get_by_text("请先登录").wait_for()
        assert page.locator(".z-sheet").count() == 0, "nothing is shown before"
        page.get_by_role("button", name="登录").click()
        page.get_by_text("已登录：林知远").wait_for()
        page.wait_for_url("**/documents?**")
        page.locator(".z-sheet a").first.wait_for()
        ready(page)
        page.get_by_role("button", name="退出登录").click()
        page.get_by_text("请先登录").wait_for()
        context.close()
    assert not trouble, trouble


@pytest.mark.parametrize("line", ["", 'client_id = ""', "not toml ["])
def test_settings_that_cannot_work_are_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "oidc.toml").write_text(line)
    with pytest.raises(access.AccessError, match=r"oidc\.toml"):
        access.read_oidc(tmp_path / "oidc.toml")
    with pytest.raises(access.AccessError, match="--oidc"):
        serve.signing_in(serve.SignIn.oidc, "", [], None)
    with pytest.raises(access.AccessError, match="--sign-in"):
        serve.signing_in(serve.SignIn.none, "", ["lin"], None)
