"""A conformance test harness and reference simulator for BPMN and CMMN process engines."""

import importlib
from pathlib import Path
from typing import Any

__all__ = ["graph"]


def graph(model: str | Path | bytes | Any, process: str | None = None) -> Any:
    """The graph of a BPMN model (a path, its content, or what is read already) as a networkx `MultiDiGraph`.

    Its edges are keyed by flow id; `simulator.analysis.view` says what nodes and edges carry. Analysis and networkx
    are loaded by the first call, since most uses of the package need neither.
    """
    return importlib.import_module("simulator.analysis.view").graph(model, process)
