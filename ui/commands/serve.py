"""`zeren serve` and `zeren demo`: the web app on this machine."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import IO, Annotated

import typer
from rich.console import Console

import ui
from graph.errors import ZerenError
from ui import access
from ui.commands.load import Lang, LangOption, LibraryOption, StoreOption

HERE = Path(ui.__file__).parent
FIRST_PORT = 8501
TRIES = 100
PATIENCE = 5  # docker gives ten seconds
DEMO = Path("zeren-demo")


class SignIn(StrEnum):
    """How people sign in."""

    none = "none"
    header = "header"
    oidc = "oidc"


PortOption = Annotated[
    int | None,
    typer.Option(
        "--port", min=1, max=65535, help="端口，默认8501或其后首个空闲端口 / port (default: 8501 or the next free one)"
    ),
]
HostOption = Annotated[
    str, typer.Option("--host", help="监听地址，默认仅本机 / address to listen on (default: this machine only)")
]
BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="是否打开浏览器 / open a browser")]

BaseOption = Annotated[
    str, typer.Option("--base-path", help="反向代理下的路径，如 policy / path under a reverse proxy, such as policy")
]

SignInOption = Annotated[
    SignIn,
    typer.Option("--sign-in", help="登录方式:不登录、由反向代理的请求头、OpenID Connect / how people sign in"),
]
HeaderOption = Annotated[
    str, typer.Option("--user-header", help="反向代理写入用户名的请求头 / header in which the proxy names the user")
]
EditorsOption = Annotated[
    list[str] | None,
    typer.Option("--editor", help="可修改资料库的用户,可多次给出,* 为所有人 / who may change the library; * for all"),
]
OidcOption = Annotated[
    Path | None, typer.Option("--oidc", help="OpenID Connect 的设置文件 / file with the provider's settings")
]

WORDS: dict[str, dict[Lang, str]] = {
    "at": {Lang.zh: "责任图谱已启动：{url}  (按 Ctrl+C 停止)", Lang.en: "Zeren is running at {url}  (Ctrl+C stops it)"},
    "open": {
        Lang.zh: "注意：监听地址 {host} 不限于本机，同一网络中的任何人无需登录即可查看和修改资料库。"
        "请仅在可信网络中使用，或置于带登录的反向代理之后。",
        Lang.en: "Warning: {host} is reachable from other machines; anyone on the network can read and "
        "change the library without signing in. Use it on a trusted network only, or behind a reverse proxy that "
        "signs people in.",
    },
    "proxy": {
        Lang.zh: "注意:监听地址 {host} 不限于本机。登录由反向代理负责:须保证只有该代理能访问本端口,"
        "并由它清除外来请求中的用户名请求头。",
        Lang.en: "Warning: {host} is reachable from other machines. The reverse proxy signs people in: make sure that "
        "only it can reach this port, and that it removes the user header from requests from outside.",
    },
    "oidc": {
        Lang.zh: "注意:监听地址 {host} 不限于本机;未加密的连接会泄露登录凭据,请置于 HTTPS 反向代理之后。",
        Lang.en: "Warning: {host} is reachable from other machines; without HTTPS the sign-in can be overheard: put it "
        "behind a reverse proxy with HTTPS.",
    },
    "samples": {Lang.zh: "正在把示例文件载入 {path}", Lang.en: "Loading the sample documents into {path}"},
}


class ServeError(ZerenError):
    """The web app could not be started."""

    exit_code = 10


def serve(
    library: LibraryOption = None,
    store: StoreOption = None,
    port: PortOption = None,
    host: HostOption = "127.0.0.1",
    browser: BrowserOption = True,
    base_path: BaseOption = "",
    sign_in: SignInOption = SignIn.none,
    user_header: HeaderOption = access.DEFAULT_HEADER,
    editor: EditorsOption = None,
    oidc: OidcOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """启动网页界面 / Start the web app."""
    from graph.library import default_path
    from graph.store import open_store
    from ui.commands.store import with_password

    if store:
        open_store(with_password(store, lang)).close()  # what is wrong with it is said here, not on every page
        os.environ["ZEREN_STORE"] = store
    signing = signing_in(sign_in, user_header, editor or [], oidc)
    run(library or default_path(), port, host, browser, base_path.strip("/"), lang, signing)


def signing_in(how: SignIn, header: str, editors: list[str], oidc: Path | None) -> dict[str, str]:
    """The options of signing in as the server takes them, in its environment. Raises AccessError."""
    if how is SignIn.none:
        if editors or oidc:
            raise access.AccessError("--editor and --oidc need --sign-in.", "--editor 和 --oidc 需与 --sign-in 同用。")
        return {}
    given = {access.KIND: how.value, access.HEADER: header, access.EDITORS: ",".join(editors)}
    if how is SignIn.oidc:
        if oidc is None:
            raise access.AccessError("--sign-in oidc needs --oidc FILE.", "--sign-in oidc 需用 --oidc 指明设置文件。")
        access.read_oidc(oidc)
        given[access.OIDC] = str(oidc.resolve())
    return given


def demo(
    library: LibraryOption = None,
    port: PortOption = None,
    host: HostOption = "127.0.0.1",
    browser: BrowserOption = True,
    base_path: BaseOption = "",
    lang: LangOption = Lang.zh,
) -> None:
    """载入示例文件并启动网页界面 / Load the sample documents, then start the web app."""
    folder = library or DEMO
    fill(folder, lang)
    run(folder, port, host, browser, base_path.strip("/"), lang)


def fill(folder: Path, lang: Lang) -> None:
    """Load the samples into the library at `folder` unless it holds something already."""
    import samples
    from graph.library import Library
    from loaders.load import load

    found = Library.create(folder)
    if not found.ids():
        Console(stderr=True, markup=False, highlight=False).print(WORDS["samples"][lang].format(path=folder))
        load(found, samples.paths())


def run(
    library: Path,
    port: int | None,
    host: str,
    browser: bool,
    base: str,
    lang: Lang,
    signing: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Serve until Ctrl+C. `signing` is how people sign in (`signing_in`).

    Raises ServeError when the port is taken or the server ends by itself.
    """
    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    if not is_loopback(host):
        said = {"": "open", "header": "proxy", "oidc": "oidc"}[signing.get(access.KIND, "")]
        console.print(WORDS[said][lang].format(host=host), style="bold yellow")
    at = free_port(host, port)
    shown = "localhost" if is_loopback(host) else socket.gethostname() if host in ("0.0.0.0", "::") else host
    url = f"http://{f'[{shown}]' if ':' in shown else shown}:{at}{'/' if base else ''}{base}"
    signal.signal(signal.SIGTERM, _interrupted)  # else the server would outlive us
    with started(library, at, host, shown, base, signing=signing) as server:
        print(WORDS["at"][lang].format(url=url), flush=True)
        if browser and has_browser():
            webbrowser.open(url + ("" if lang is Lang.zh else "/?lang=en"))
        try:
            code = server.wait()
        except KeyboardInterrupt:
            code = 0
    if code:
        raise ServeError(f"The web server ended with code {code}.", f"网页服务意外结束，代码 {code}。")


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def started(
    library: Path,
    port: int,
    host: str = "127.0.0.1",
    shown: str = "localhost",
    base: str = "",
    log: IO[str] | None = None,
    signing: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[subprocess.Popen[bytes]]:
    """The server on `library`, answering; ended at the end."""
    line = command(port, host, shown, base)
    given = {**environment(library), **signing}
    with subprocess.Popen(line, cwd=HERE, env=given, stdout=log, stderr=log) as server:
        try:
            wait(server, host, port, base)
            yield server
        finally:
            stop(server, PATIENCE)


def stop(server: subprocess.Popen[bytes], seconds: float) -> None:
    """End a server: it is asked, and after so many seconds made to.

    Ours waits for its visitors' connections to close, and one of them can keep it for ever; what it stores is whole
    at any moment.
    """
    server.terminate()
    try:
        server.wait(seconds)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def command(port: int, host: str, shown: str, base: str = "") -> list[str]:
    """The server's command line."""
    return [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(HERE / "asgi.py"),
        "--server.port",
        str(port),
        "--server.address",
        host,
        "--browser.serverAddress",
        shown,
        "--logger.hideWelcomeMessage",
        "true",
        *(["--server.baseUrlPath", base] if base else []),
    ]


def environment(library: Path) -> dict[str, str]:
    """Where the library is, and where our packages are: the server runs in a folder of its own."""
    paths = [str(HERE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "ZEREN_LIBRARY": str(library.resolve()), "PYTHONPATH": os.pathsep.join(paths)}


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def free_port(host: str, wanted: int | None) -> int:
    """`wanted` when it is free; without a wish 8501 or the next free one. Raises ServeError when there is none."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + TRIES):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except socket.gaierror as error:
                raise ServeError(f"There is no address {host}: {error}.", f"没有地址 {host}:{error}。") from error
            except OSError as error:
                cause = error
                continue
        return port
    asked = wanted or f"{FIRST_PORT}-{FIRST_PORT + TRIES - 1}"
    raise ServeError(
        f"Cannot listen on {host}, port {asked}: {cause.strerror}. --port names another.",
        f"无法监听 {host} 的端口 {asked}:{cause.strerror}。可用 --port 指定其他端口。",
    )


def wait(server: subprocess.Popen[bytes], host: str, port: int, base: str = "", seconds: float = 180) -> None:
    """Return when the server answers. Raises ServeError when it ends or does not answer in time."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    health = f"http://{f'[{near}]' if ':' in near else near}:{port}{'/' if base else ''}{base}/_stcore/health"
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(health, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ServeError("The web server did not start.", "网页服务未能启动。")


def has_browser() -> bool:
    """Whether there is a screen to open a browser on."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
