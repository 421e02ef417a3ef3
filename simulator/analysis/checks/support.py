"""What a dialect's engine does not run, or reads over."""

from collections.abc import Iterator

from simulator.analysis.check_types import Subject, check
from simulator.analysis.finding import Found, Severity
from simulator.analysis.process_graph import PREFIX
from simulator.model.xml import ZEEBE, line_of

COLLECTIONS = ("loopCardinality", "loopDataInputRef")


@check("BPMN-SUPPORT-001", Severity.ERROR, clause="BPMN 2.0.2, 2.3")
def unsupported(subject: Subject) -> Iterator[Found]:
    """The dialect's engine has no behaviour for this element."""
    graph, rules = subject.graph, subject.rules
    for node in graph.nodes():
        what = rules.unsupported.get(graph.kinds[node])
        event = graph.event(node) if rules.unsupported_events else "none"
        if what is not None:
            yield Found(graph.ids[node], graph.line(node), f"{graph.name(node)} is not supported: {what}")
        elif event in rules.unsupported_events:
            text = f"{event} events are not supported: {rules.unsupported_events[event]}"
            yield Found(graph.ids[node], graph.line(node), text)


@check("BPMN-SUPPORT-002", Severity.WARNING, clause="BPMN 2.0.2, 10.3.8")
def read_over(subject: Subject) -> Iterator[Found]:
    """The dialect's engine deploys this and takes no notice of it."""
    graph, ignored = subject.graph, subject.rules.ignored
    for node in graph.nodes() if ignored else ():
        for child in graph.elements[node]:
            what = ignored.get(str(child.tag))
            if what is not None:
                text = f"{str(child.tag).removeprefix(PREFIX)} is ignored: {what}"
                yield Found(graph.ids[node], line_of(child), text)


@check("BPMN-SUPPORT-003", Severity.ERROR, clause="BPMN 2.0.2, 10.3.8")
def loop_over_nothing(subject: Subject) -> Iterator[Found]:
    """A multi-instance activity says neither how often it runs nor over what."""
    graph = subject.graph
    for node in graph.nodes():
        loop = graph.loop(node)
        if loop is None:
            continue
        says = any(loop.find(f"{PREFIX}{name}") is not None for name in COLLECTIONS)
        zeebe = loop.find(f".//{{{ZEEBE}}}loopCharacteristics")
        says = says or any(str(name).endswith("}collection") for name in loop.attrib)
        if not says and (zeebe is None or zeebe.get("inputCollection") is None):
            text = f"{graph.name(node)} is multi-instance without a cardinality or a collection"
            yield Found(graph.ids[node], line_of(loop), text)
