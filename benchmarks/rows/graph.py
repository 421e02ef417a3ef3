"""The graph algorithms of the checks, against a bare parse of the same file."""

import gc
import time
from statistics import median

from lxml import etree

from benchmarks import models
from benchmarks.table import Line, seconds
from simulator.analysis.algorithms import all_pairs, components, dominators, reached
from simulator.analysis.reading import model_of
from simulator.model.xml import Limits, parse

NODES, ROUNDS = 10_000, 9
WIDE = Limits(size=1 << 30)


def measure(live: str | None) -> list[Line]:
    """Time parse, reach both ways, components, dominators and all pairs at 10,000 nodes with their diagram."""
    content = models.drawn(models.blocks(NODES)).encode()
    bare, whole = [], []
    for _ in range(ROUNDS):
        gc.collect()
        began = time.perf_counter()
        etree.fromstring(content)
        bare.append(time.perf_counter() - began)
        began = time.perf_counter()
        _algorithms(content)
        whole.append(time.perf_counter() - began)
    ratio = median(ours / theirs for ours, theirs in zip(whole, bare, strict=True))
    figures = {"ours": seconds(median(whole)), "bare lxml": seconds(median(bare)), "ratio": f"{ratio:.2f}×"}
    return [Line(f"{NODES:,} nodes with diagram", figures, "≤ 2× bare lxml", ratio <= 2)]


def _algorithms(content: bytes) -> None:
    (graph,) = model_of(parse(content, "model", WIDE), "model").processes
    roots = graph.roots()
    reached(graph.successors, roots)
    reached(graph.predecessors, [node for node in range(len(graph)) if not graph.successors[node]])
    component = components(graph.successors)
    dominators(graph.successors, graph.predecessors, roots)
    all_pairs(graph.successors, component)
