"""Which process calls which, among the models given together."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.reading import Model
from simulator.model.xml import ZEEBE


@dataclass(frozen=True, slots=True)
class Caller:
    """A call activity: its process (by model and place in it) and node."""

    model: int
    process: int
    node: int

    def graph(self, models: tuple[Model, ...]) -> ProcessGraph:
        """The process it stands in."""
        return models[self.model].processes[self.process]


def called_key(graph: ProcessGraph, node: int) -> str | None:
    """The id of the process a call activity calls; None where an expression says it, or nothing does."""
    element = graph.elements[node]
    key = element.get("calledElement")
    called = element.find(f".//{{{ZEEBE}}}calledElement")
    if called is not None:
        key = called.get("processId")
    if key is None or key.startswith("=") or "${" in key or "#{" in key:
        return None
    return key


def calls(graph: ProcessGraph) -> Iterator[tuple[int, str]]:
    """The call activities of a process whose process is known, with its id."""
    for node in graph.nodes("callActivity"):
        key = called_key(graph, node)
        if key is not None:
            yield node, key


def callers_of(models: tuple[Model, ...], graph: ProcessGraph) -> list[Caller]:
    """The call activities that call a process, in all models."""
    return [
        Caller(place, number, node)
        for place, model in enumerate(models)
        for number, process in enumerate(model.processes)
        for node, key in calls(process)
        if key == graph.key
    ]


def find_process(models: tuple[Model, ...], key: str) -> ProcessGraph | None:
    """The process of that id, in the first model that has it."""
    for model in models:
        for process in model.processes:
            if process.key == key:
                return process
    return None
