"""Neo4j Community as a child process, from Maven Central's artifacts: no Docker, no tarball, one process to end.

`python tests/server/servers.py [VERSION]` runs one until Ctrl+C, for trying things out.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import neo4j

from ui.commands import serve

ROOT = Path(__file__).parent.parent.parent
CACHE = ROOT / ".cache" / "neo4j"
LTS, CURRENT = "5.26.31", "2026.05.0"
PASSWORD = "ci-password-1"
JAVAS = {LTS: (17, 21), CURRENT: (21, 25)}
MAINS = {LTS: "org.neo4j.server.CommunityEntryPoint", CURRENT: "org.neo4j.server.Neo4jCommunity"}
FLAGS = (
    "-XX:+UseG1GC", "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true", "-Dlog4j2.disable.jmx=true", "-Dfile.encoding=UTF-8",
    "-XX:TieredStopAtLevel=1",  # a server that lives for minutes never earns back what the second compiler costs
)  # fmt: skip
SETTINGS = {
    "server.http.enabled": "false", "server.https.enabled": "false", "server.memory.pagecache.size": "64m",
    "dbms.memory.transaction.total.max": "256m", "db.tx_log.preallocate": "false", "dbms.usage_report.enabled": "false",
    "dbms.security.allow_csv_import_from_file_urls": "false", "dbms.security.auth_max_failed_attempts": "0",
    "dbms.cypher.statistics_divergence_threshold": "1.0",  # planning is what costs: a plan for one graph serves all
}  # fmt: skip


@cache
def java(version: str) -> str | None:
    """A Java that runs this version, None when the machine has none."""
    for home in (os.environ.get("JAVA_HOME", ""), *sorted(map(str, Path("/usr/lib/jvm").glob("*")))):
        release = Path(home) / "release"
        found = home and release.exists() and re.search(r'JAVA_VERSION="(\d+)', release.read_text())
        if found and int(found[1]) in JAVAS[version]:
            return f"{home}/bin/java"
    return None


def missing(version: str) -> str:
    """What is missing to run this version and how to get it; empty when nothing is."""
    if not (CACHE / version / "complete").exists():
        return f"needs Neo4j {version}: make neo4j (Maven Central), or ZEREN_TEST_NEO4J=neo4j://user@host"
    return "" if java(version) else f"Neo4j {version} needs Java {' or '.join(map(str, JAVAS[version]))}"


@dataclass(slots=True)
class Server:
    """A server that runs: its home folder and how long it took to answer; with a port of its own."""

    home: Path
    version: str
    port: int
    process: subprocess.Popen[bytes]
    seconds: float

    @property
    def url(self) -> str:
        return f"neo4j://neo4j@127.0.0.1:{self.port}"

    def megabytes(self) -> int:
        """Resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) >> 10


def admin(home: Path, version: str, *arguments: str) -> str:
    """Run neo4j-admin on a home folder whose server does not run; what it prints."""
    command = [java(version) or "java", "-Xmx512m", *FLAGS, "-cp", f"{CACHE / version / 'lib'}/*",
               "org.neo4j.cli.AdminTool", *arguments]  # fmt: skip
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def prepare(home: Path, version: str, settings: Mapping[str, str] | None = None) -> int:
    """Write the configuration of a home folder, with a password when it is new. Returns the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    at = {"server.bolt.listen_address": f"127.0.0.1:{port}", "server.bolt.advertised_address": f"127.0.0.1:{port}"}
    fresh = not (home / "conf").exists()
    (home / "conf").mkdir(parents=True, exist_ok=True)
    text = "".join(f"{k}={v}\n" for k, v in {**SETTINGS, **at, **(settings or {})}.items())
    (home / "conf" / "neo4j.conf").write_text(text, "ascii")
    if fresh:
        admin(home, version, "dbms", "set-initial-password", PASSWORD)
    return port


@contextmanager
def started(home: Path, version: str, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The server on `home`, answering; ended at the end. The folder stays."""
    port = prepare(home, version, settings)
    log = home / "console.log"
    command = [java(version) or "java", "-Xms128m", "-Xmx512m", *FLAGS, "-cp", f"{CACHE / version / 'lib'}/*",
               MAINS[version], f"--home-dir={home}", f"--config-dir={home}/conf",
               "--console-mode"]  # fmt: skip
    begun = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    try:
        while True:
            try:
                with neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("neo4j", PASSWORD)) as driver:
                    driver.verify_connectivity()
                    break
            except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError, OSError):
                if process.poll() is not None or time.monotonic() - begun > 120:
                    raise RuntimeError(f"Neo4j {version} did not start:\n{log.read_text()[-4000:]}") from None
                time.sleep(0.3)
        yield Server(home, version, port, process, time.monotonic() - begun)
    finally:
        serve.stop(process, 30)


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else LTS
    folder = Path(tempfile.mkdtemp(prefix="zeren-neo4j-"))
    try:
        with started(folder, chosen) as running:
            print(f"{running.url}  password {PASSWORD}  pid {running.process.pid}  {running.seconds:.1f} s", flush=True)
            running.process.wait()
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(folder, ignore_errors=True)
