from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ui.cli import app
from ui.commands import serve
from ui.commands.load import Lang


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("192.168.1.5", False),
        ("policy.example", False),
    ],
)
def test_what_only_this_machine_reaches(host: str, expected: bool) -> None:
    assert serve.is_loopback(host) is expected


def test_a_taken_port_is_passed_over_or_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serve.ServeError) as caught:
            serve.free_port("127.0.0.1", port)
        assert str(port) in caught.value.say("zh") and "--port" in caught.value.say("en")
        before = serve.FIRST_PORT
        serve.FIRST_PORT = port
        try:
            assert serve.free_port("127.0.0.1", None) > port
        finally:
            serve.FIRST_PORT = before


def test_an_unknown_address_is_one_clear_error() -> None:
    with pytest.raises(serve.ServeError):
        serve.free_port("no such host.invalid", None)


def test_the_server_is_told_where_everything_is(tmp_path: Path) -> None:
    found = serve.environment(tmp_path / "library")
    assert found["ZEREN_LIBRARY"] == str(tmp_path / "library")
    assert str(Path(serve.HERE).parent) in found["PYTHONPATH"]
    line = serve.command(8600, "127.0.0.1", "localhost")
    assert line[line.index("--server.port") + 1] == "8600"
    assert line[line.index("--server.address") + 1] == "127.0.0.1"


def test_a_server_that_does_not_end_is_made_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PATIENCE", 0.2)
    port = serve.free_port("127.0.0.1", None)
    with (tmp_path / "log").open("w") as log, serve.started(tmp_path / "library", port, log=log) as server:
        os.kill(server.pid, signal.SIGSTOP)  # hears nothing any more
    assert server.returncode == -signal.SIGKILL


def test_the_demo_fills_an_empty_library_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from graph.library import Library

    serve.fill(tmp_path / "demo", Lang.zh)
    first = Library(tmp_path / "demo").revision
    assert len(Library(tmp_path / "demo").ids()) == 8
    serve.fill(tmp_path / "demo", Lang.zh)
    assert Library(tmp_path / "demo").revision == first


def test_both_commands_explain_themselves() -> None:
    for command in ("serve", "demo"):
        shown = CliRunner().invoke(app, [command, "--help"]).output
        assert "--port" in shown and "--host" in shown
