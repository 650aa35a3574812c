"""A server that cannot be written to: one clear message, an untouched library, and a sync that mends it all later."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest
import servers
from conftest import EXTERNAL, needs

from graph.errors import StoreError
from graph.library import Library
from graph.store import open_store
from graph.store import sync as syncing
from graph.store.ladybug import LadybugStore
from graph.store.neo4j import PASSWORD
from graph.store.sync import compare, sync

pytestmark = pytest.mark.skipif(bool(EXTERNAL), reason="starts servers of its own")


Fill = Callable[[servers.Server], None]  # from now on the server's files find no room


def file_size_limit(server: servers.Server) -> None:
    """Files may not grow past what the largest log has: to the server much like a full disk, and needs no rights."""
    logs = (server.home / "data" / "transactions" / "neo4j").iterdir()
    most = max(p.stat().st_size for p in logs) + 20_000
    subprocess.run(["prlimit", "--pid", str(server.process.pid), f"--fsize={most}"], check=True)


def no_space_left(server: servers.Server) -> None:
    """The disk of the home folder has 200 kB left."""
    held = os.statvfs(server.home)
    used = (held.f_blocks - held.f_bfree) * held.f_frsize
    subprocess.run(["mount", "-o", f"remount,size={used + 200_000}", server.home], check=True)


@pytest.fixture(params=[file_size_limit, no_space_left], ids=lambda fill: fill.__name__)
def fill(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fill]:
    """How `home` fills; a disk of its own is one in memory, which only root may mount."""
    home = tmp_path / "home"
    home.mkdir()
    own = request.param is no_space_left
    if own and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2g", "none", home], capture_output=True).returncode:
        pytest.skip("a disk that fills needs the right to mount one")
    yield request.param
    if own:
        subprocess.run(["umount", home], check=True)


@pytest.mark.matrix
def test_a_read_only_database_and_a_full_disk(
    fill: Fill, tmp_path: Path, loaded: LadybugStore, library: Path, world: LadybugStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One home folder through three servers: with a disk that fills, with room again, then read-only."""
    needs(servers.LTS)
    monkeypatch.setenv(PASSWORD, servers.PASSWORD)
    home = tmp_path / "home"
    with servers.started(home, servers.LTS) as running:
        sync(world, running.url)
        fill(running)
        monkeypatch.setattr(syncing, "ROWS", 50)
        with pytest.raises(StoreError) as caught:
            sync(loaded, running.url)
        print(caught.value)
        assert "\n" not in str(caught.value) and str(running.port) in str(caught.value)
        assert "disk" in str(caught.value)
    if fill is no_space_left:
        subprocess.run(["mount", "-o", "remount,size=2g", home], check=True)
    assert Library(library).revision == loaded.revision
    with servers.started(home, servers.LTS) as running:
        assert not compare(loaded, running.url).agree
        sync(loaded, running.url)
        assert compare(loaded, running.url).agree
    with servers.started(home, servers.LTS, {"server.databases.default_to_read_only": "true"}) as running:
        with pytest.raises(StoreError, match="the database is read-only"):
            sync(world, running.url)
        store = open_store(running.url)
        assert store.run("MATCH (n:Task) RETURN count(*) AS n") == loaded.run("MATCH (n:Task) RETURN count(*) AS n")
        store.close()
        assert compare(loaded, running.url).agree
        at = running.url.replace("neo4j@", "")
        writer = neo4j.GraphDatabase.driver(at, auth=("neo4j", servers.PASSWORD))
        with writer as driver, pytest.raises(neo4j.exceptions.ClientError):
            driver.execute_query("CREATE (n:X)")
