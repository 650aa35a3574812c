"""A server that cannot be written to: one clear message, an untouched library, and a sync that mends it all later."""

from __future__ import annotations

import subprocess
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


@pytest.mark.matrix
def test_a_read_only_database_and_a_full_disk(
    tmp_path: Path, loaded: LadybugStore, library: Path, world: LadybugStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One home folder through three servers: with a disk that fills, with room again, then read-only."""
    needs(servers.LTS)
    monkeypatch.setenv(PASSWORD, servers.PASSWORD)
    home = tmp_path / "home"
    home.mkdir()
    full = "file size limit"
    with servers.started(home, servers.LTS) as running:
        sync(world, running.url)
        # files may not grow past what the largest has: the server sees the error of a full disk's kind
        largest = max(p.stat().st_size for p in (home / "data" / "transactions" / "neo4j").iterdir())
        limit = ["prlimit", "--pid", str(running.process.pid), f"--fsize={largest + 20_000}"]
        subprocess.run(limit, check=True)
        monkeypatch.setattr(syncing, "ROWS", 50)
        with pytest.raises(StoreError) as caught:
            sync(loaded, running.url)
        print(full, "->", caught.value)
        assert "\n" not in str(caught.value) and str(running.port) in str(caught.value)
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
