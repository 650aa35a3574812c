"""Who may see and who may change: sign-in by a reverse proxy's header or by OpenID Connect, off unless it is asked for.

`zeren serve` passes its options on in the environment. Without sign-in everybody who reaches the server is an editor,
which is why it listens on this machine only.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, MutableMapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from graph.errors import ZerenError

KIND, HEADER, EDITORS, OIDC = "ZEREN_SIGN_IN", "ZEREN_USER_HEADER", "ZEREN_EDITORS", "ZEREN_OIDC"
DEFAULT_HEADER = "X-Remote-User"
EVERYONE = "*"
OIDC_KEYS = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_CLAIMS = ("preferred_username", "email", "sub")  # the first that the provider gives is the name


class AccessError(ZerenError):
    """Signing in is set up wrongly, or a reader tried to change something."""

    exit_code = 11


def kind() -> str:
    """How people sign in: "header", "oidc", or "" for not at all."""
    return os.environ.get(KIND, "")


def user() -> str:
    """Who is signed in; "" when nobody needs to."""
    import streamlit as st  # here: the command line reads this module too, and Streamlit takes a second

    if kind() == "header":
        given = st.context.headers.get(os.environ.get(HEADER) or DEFAULT_HEADER) or ""
        return _utf8(given).strip()
    if kind() == "oidc" and st.user.get("is_logged_in"):
        return next((str(name) for c in _CLAIMS if (name := st.user.get(c))), "")
    return ""


def may_edit() -> bool:
    """Whether whoever is looking may load, remove and decide."""
    if not kind():
        return True
    editors = {e.strip() for e in os.environ.get(EDITORS, "").split(",")} - {""}
    who = user()
    return bool(who) and (EVERYONE in editors or who in editors)


def require_editor() -> None:
    """Raises AccessError for a reader: asked by everything that changes the library, not only by its buttons."""
    if not may_edit():
        raise AccessError("Readers cannot change the library; ask an editor.", "只读用户不能更改资料库,请联系编辑。")


def admitted(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request may pass the door: with sign-in by header only what the proxy has put a name on."""
    if kind() != "header" or scope["path"].endswith("/_stcore/health"):
        return True
    name = (os.environ.get(HEADER) or DEFAULT_HEADER).lower().encode()
    given = [v for k, v in scope["headers"] if k.lower() == name]
    return len(given) == 1 and bool(given[0].strip())


def gate() -> bool:
    """Whether the page may be shown; with OpenID Connect only after signing in."""
    import streamlit as st

    return kind() != "oidc" or bool(st.user.get("is_logged_in"))


def secrets() -> Mapping[str, Any] | None:
    """What Streamlit's sign-in needs to know, from the file named to `zeren serve`. Raises AccessError."""
    return {"auth": read_oidc(Path(os.environ[OIDC]))} if kind() == "oidc" else None


def read_oidc(file: Path) -> dict[str, str]:
    """The settings of an OpenID provider, a TOML file. Raises AccessError when it cannot be used."""
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise AccessError(
            f"{file} is no readable TOML file: {error}.", f"{file} 不是可读的 TOML 文件:{error}。"
        ) from error
    if missing := [k for k in OIDC_KEYS if not isinstance(found.get(k), str) or not found[k]]:
        names = ", ".join(missing)
        raise AccessError(f"{file} does not name {names}.", f"{file} 缺少 {names}。")
    if not find_spec("authlib"):
        raise AccessError(
            "Signing in by OpenID Connect needs a library: install zeren[oidc].",
            "使用 OpenID Connect 登录需安装:zeren[oidc]。",
        )
    return {k: found[k] for k in OIDC_KEYS}


def _utf8(text: str) -> str:
    """Names that are not ASCII come as UTF-8 in headers that are read as Latin-1."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
