"""Loads every file of a folder that Corkboard wrote into one program and compares it with graph.json.

Usage: check.py networkx|igraph FOLDER. Prints what was compared; exit 1 with the difference.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path


def shown(label):
    """A label as files other than graph.json hold it: on one line, control characters as blanks."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", " ", label).split())


def truth(folder):
    graph = json.loads((folder / "graph.json").read_text(encoding="utf-8"))
    nodes = {n["id"]: (shown(n["label"]), n["type"]) for n in graph["nodes"]}
    edges = Counter((e["source"], e["relation"], e["target"], e["weight"]) for e in graph["edges"])
    return graph, nodes, edges


def same(what, expected, found):
    if expected != found:
        if isinstance(expected, dict):
            keys = [k for k in {*expected, *found} if expected.get(k) != found.get(k)][:5]
            sys.exit(f"{what}: " + "; ".join(f"{k!r}: {expected.get(k)!r} became {found.get(k)!r}" for k in keys))
        sys.exit(f"{what}: {expected!r} became {found!r}")
    print(f"{what}: {len(expected)} the same")


def with_networkx(folder):
    import networkx

    graph, nodes, edges = truth(folder)
    readers = {
        "graph.gexf": networkx.read_gexf,
        "graph.graphml": lambda path: networkx.read_graphml(path, force_multigraph=True),
        "graph.json": lambda path: networkx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges"),
    }
    for name, read in readers.items():
        found = read(folder / name)
        assert found.is_directed(), name
        same(f"networkx {name} nodes", nodes, {i: (shown(d["label"]), d["type"]) for i, d in found.nodes(data=True)})
        triples = Counter((a, d["relation"], b, d["weight"]) for a, b, d in found.edges(data=True))
        same(f"networkx {name} edges", edges, triples)
        wrong = [i for i, d in found.nodes(data=True) if not isinstance(d["confidence"], float)]
        assert not wrong, f"{name}: the confidence of {wrong[:3]} is no number"
        if name != "graph.gexf":
            continue
        for node in graph["nodes"]:
            data = found.nodes[node["id"]]
            assert {"color", "position", "size"} <= set(data["viz"]), f"{node['id']} lacks its looks"
            if "date_start" in node:
                start = data.get("start")
                assert start and len(start) == 10 and start.startswith(node["date_start"][:4]), f"{node['id']}: {start}"


def with_igraph(folder):
    import igraph

    _, nodes, edges = truth(folder)
    found = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    assert found.is_directed()
    ids = found.vs["id"] if found.vcount() else []
    same("igraph graph.graphml nodes", nodes, {v["id"]: (v["label"], v["type"]) for v in found.vs})
    triples = Counter((ids[e.source], e["relation"], ids[e.target], e["weight"]) for e in found.es)
    same("igraph graph.graphml edges", edges, triples)


if __name__ == "__main__":
    {"networkx": with_networkx, "igraph": with_igraph}[sys.argv[1]](Path(sys.argv[2]))
