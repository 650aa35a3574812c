"""Which bodies hold the network together, and files of it that other programs read."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
from typer.testing import CliRunner

import samples
from graph.export import to_gexf, to_graphml, to_networkx, whole_edges, whole_nodes
from graph.library import Library
from graph.model import NODES, RELS
from graph.network import bodies, standings
from graph.store import open_store
from graph.store.build import build_graph
from graph.store.rows import RowWriter
from loaders.load import load
from ui.cli import app


def test_a_bridge_between_two_circles(tmp_path: Path) -> None:
    """Bodies a-b-c share tasks, x-y-z share others, and c and x one: those two hold the circles together."""
    shared = {"t1": "abc", "t2": "ab", "t3": "xyz", "t4": "yz", "t5": "cx", "t6": "c"}
    with RowWriter(tmp_path / "rows") as writer:
        for name in "abcxyz":
            writer.node("Department", name, f"{name}局", None, [], None, None, "某县", "government", False)
        writer.node("Department", "all", "各镇", None, [], None, None, "某县", "collective", False)
        for task, who in shared.items():
            writer.node("Task", task, *[None] * 4, [], "task", 1, None, [], None)
            for name in (*who, "all"):
                writer.rel("ASSISTS", "Department", "Task", name, task, "q", [], "r")
    build_graph(writer.rows, tmp_path / "g.lbug")
    store = open_store(tmp_path / "g.lbug")
    assert bodies(store)["a"]["b"]["shared"] == 2
    found = {s.id: s for s in standings(store)}
    store.close()
    assert set(found) == set("abcxyz")  # a class of bodies is no body
    assert {i for i, s in found.items() if s.cut} == {"c", "x"}
    assert [s.id for s in found.values()][:2] == ["c", "x"] and found["c"].between > found["a"].between == 0
    assert found["c"].partners == 3 and found["a"].shared == 3
    assert len({found[i].cluster for i in "abc"}) == len({found[i].cluster for i in "xyz"}) == 1
    assert found["a"].cluster != found["x"].cluster


def test_the_samples(tmp_path: Path) -> None:
    load(Library.create(tmp_path), samples.paths(), workers=1)
    done = CliRunner().invoke(app, ["network", "--library", str(tmp_path), "--format", "json", "--limit", "5"])
    rows = json.loads(done.stdout)
    assert rows[0]["name"] == "县民政局" and len(rows) == 5
    store = open_store(tmp_path)
    whole = to_networkx(whole_nodes(store), whole_edges(store))
    store.close()
    assert isinstance(whole, nx.MultiDiGraph)
    assert {d["entity"] for _, d in whole.nodes(data=True)} <= {n.label for n in NODES}
    assert {d["type"] for *_, d in whole.edges(data=True)} <= {r.name for r in RELS}
    size = whole.number_of_nodes(), whole.number_of_edges()
    written = (("g.graphml", to_graphml(whole), nx.read_graphml), ("g.gexf", to_gexf(whole), nx.read_gexf))
    for name, data, read in written:
        (tmp_path / name).write_bytes(data)
        again = read(tmp_path / name)
        assert (again.number_of_nodes(), again.number_of_edges()) == size
