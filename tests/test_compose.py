"""The compose file and the image, as far as they can be checked without an engine to run them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


@pytest.mark.parametrize("name", ["neo4j", "app"])
def test_each_service_is_pinned_kept_to_this_machine_watched_and_keeps_its_data(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[\w./-]+:\d+\.\d+\.\d+(-[\w.-]+)?", service["image"]), "an exact version"
    assert service["ports"] and all(p.startswith("127.0.0.1:") for p in service["ports"])
    for volume in service["volumes"]:
        assert volume.split(":")[0] in COMPOSE["volumes"], "a named volume, not a folder of the host"
    health = service["healthcheck"]
    assert health["test"][0] in ("CMD", "CMD-SHELL") and {"interval", "timeout", "retries"} <= health.keys()


def test_a_password_is_required_and_none_is_written_down() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8")
    given = [v for s in SERVICES.values() for k, v in s["environment"].items() if "PASSWORD" in k or "AUTH" in k]
    assert len(given) == 3 and all("${ZEREN_NEO4J_PASSWORD:?" in v for v in given)
    assert not re.search(r"(?i)passw(or)?d\s*[:=]\s*['\"]?\w+['\"]?\s*$", text, re.M)


def test_the_server_is_the_tested_one() -> None:
    versions = re.search(r'LTS, CURRENT = "([\d.]+)"', (ROOT / "tests/server/servers.py").read_text("utf-8"))
    pom = re.search(r"<neo4j.version>([\d.]+)<", (ROOT / "ci/neo4j/pom.xml").read_text("utf-8"))
    fetched = re.search(r":-([\d.]+) ", (ROOT / "ci/neo4j/fetch").read_text("utf-8"))
    assert versions and pom and fetched
    assert SERVICES["neo4j"]["image"] == f"neo4j:{versions[1]}-community"
    assert pom[1] == fetched[1] == versions[1]


def test_the_app_waits_for_the_server_and_uses_it() -> None:
    from graph.store.neo4j import address

    app = SERVICES["app"]
    assert app["depends_on"]["neo4j"]["condition"] == "service_healthy"
    at = address(app["environment"]["ZEREN_STORE"])
    assert (at.server, at.database) == ("neo4j://neo4j:7687", "neo4j")
    assert app["environment"]["ZEREN_LIBRARY"] == app["volumes"][0].split(":")[1]


def test_the_commands_exist_and_the_image_holds_what_they_need() -> None:
    from typer.main import get_command

    from ui.cli import app

    known = get_command(app).commands  # type: ignore[attr-defined]
    docker = (ROOT / "Dockerfile").read_text("utf-8")
    for part in " ".join(SERVICES["app"]["command"][2:]).replace("exec ", "").split("&&"):
        program, command, *rest = shlex.split(part)
        options = {o for p in known[command].params for o in (*p.opts, *p.secondary_opts)}
        assert program == "zeren" and {r for r in rest if r.startswith("--")} <= options
    _, builds, image = docker.split("\nFROM ")
    bases = re.findall(r"^FROM (\S+:\d+\.\d+\.\d+\S*)(?: AS build)?$", docker, re.M)
    assert len(bases) == 2 and len(set(bases)) == 1, "the wheel is compiled for the Python that runs it"
    assert re.search(r"^USER (?!root)\w+", image, re.M)
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", docker, re.M):
        assert all((ROOT / s).exists() for s in source.split())
    packages = re.search(r"packages = \[(.*?)\]", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert packages and all(f"COPY {p} " in builds for p in re.findall(r'"(\w+)"', packages[1]))
    assert "HATCH_BUILD_HOOKS_ENABLE=1 pip wheel" in builds and "--wheel-dir /dist" in builds
    assert "COPY --from=build /dist /dist" in image and "/dist/*.whl" in image
    assert "COPY samples samples" in image, "what the app loads first"
    assert re.search(r"^neo4j==", (ROOT / "requirements-dev.lock").read_text("utf-8"), re.M)
