"""Variables: read but never written, written but never seen."""

from collections.abc import Iterator

from simulator.analysis.check_types import Subject, check
from simulator.analysis.finding import Found, Severity
from simulator.analysis.variables import Read, Scoping


def _unknown_reads(subject: Subject) -> Iterator[tuple[Scoping, Read]]:
    """The reads that no local and no start variable answers, each name once at a node."""
    scoping = subject.scoping
    if scoping is None:
        return
    known, told = subject.variables or frozenset(), set()
    for read in scoping.accesses.reads:
        if read.name not in known and (read.name, read.node) not in told and not scoping.sees_local(read):
            told.add((read.name, read.node))
            yield scoping, read


def _place(subject: Subject, read: Read) -> str:
    return f"'{read.name}' is read at {subject.graph.name(read.node)} ({read.what})"


def _is_never_written(scoping: Scoping, read: Read) -> bool:
    return not scoping.is_written_before(read) and not scoping.may_be_written_before(read)


@check("BPMN-VAR-001", Severity.ERROR, clause="BPMN 2.0.2, 10.4.1")
def never_written(subject: Subject) -> Iterator[Found]:
    """A variable is read that nothing can have written; a mere note while the start variables are not given."""
    for scoping, read in _unknown_reads(subject):
        if read.name in scoping.locals or not _is_never_written(scoping, read):
            continue
        if subject.variables is None:
            text, severity = f"{_place(subject, read)}; only the start can give it", Severity.INFO
        else:
            text = f"{_place(subject, read)}, and nothing before it writes it"
            severity = subject.rules.unknown_variable
        yield Found(subject.graph.ids[read.node], read.line, text, severity)


@check("BPMN-VAR-002", Severity.WARNING, clause="BPMN 2.0.2, 10.4.1")
def perhaps_not_written(subject: Subject) -> Iterator[Found]:
    """A variable is read that something writes on some ways only; a mere note without the start variables."""
    for scoping, read in _unknown_reads(subject):
        if _is_never_written(scoping, read):
            continue
        if scoping.has_way_without_write(read):
            text = f"{_place(subject, read)}, and there is a way on which nothing writes it"
        elif subject.variables is not None and not scoping.is_written_before(read):
            text = f"{_place(subject, read)}; only a worker, a person or a message can have given it"
        else:
            continue
        severity = Severity.INFO if subject.variables is None else None
        yield Found(subject.graph.ids[read.node], read.line, text, severity)


@check("BPMN-VAR-003", Severity.INFO, clause="BPMN 2.0.2, 10.4.1")
def never_read(subject: Subject) -> Iterator[Found]:
    """A variable is written where only an element can see it, and that element reads it nowhere."""
    scoping, graph = subject.scoping, subject.graph
    if scoping is None:
        return
    for writes in scoping.locals.values():
        for write in writes:
            inside = {write.node, *(node for node in graph.nodes() if write.node in graph.ancestors(node))}
            is_read = any(r.name == write.name and r.node in inside for r in scoping.accesses.reads)
            hidden = inside & scoping.accesses.opaque or any(
                graph.kinds[node] in ("serviceTask", "sendTask", "callActivity") for node in inside
            )
            if not is_read and not hidden and write.what != "loop":
                text = f"'{write.name}' is local to {graph.name(write.node)} and not read in it"
                yield Found(graph.ids[write.node], write.line, text)


@check("BPMN-VAR-004", Severity.WARNING, clause="BPMN 2.0.2, 10.4.1")
def shadowed(subject: Subject) -> Iterator[Found]:
    """A write is taken by a local of the same name around it, and is lost when that scope ends."""
    scoping, graph = subject.scoping, subject.graph
    if scoping is None:
        return
    for write in scoping.accesses.writes:
        holder = None if write.local else scoping.holder(write)
        if holder is not None:
            text = (
                f"'{write.name}' is written ({write.what}) into the local of that name at "
                f"{graph.name(holder.node)} (line {holder.line}), and lost when that ends"
            )
            yield Found(graph.ids[write.node], write.line, text)


@check("BPMN-VAR-005", Severity.ERROR, clause="BPMN 2.0.2, 10.4.1")
def lost(subject: Subject) -> Iterator[Found]:
    """A variable is read outside of the only scope that ever has it."""
    for scoping, read in _unknown_reads(subject):
        locals_ = scoping.locals.get(read.name)
        if not locals_ or not _is_never_written(scoping, read):
            continue
        where = subject.graph.name(locals_[0].node)
        text = f"{_place(subject, read)}, but it is local to {where} and ends with it"
        severity = Severity.INFO if subject.variables is None else subject.rules.unknown_variable
        yield Found(subject.graph.ids[read.node], read.line, text, severity)


@check("BPMN-EXPR-001", Severity.ERROR, clause="BPMN 2.0.2, 8.4.6")
def malformed(subject: Subject) -> Iterator[Found]:
    """An expression does not parse in the language of the dialect."""
    scoping, graph = subject.scoping, subject.graph
    for node, line, text in scoping.accesses.malformed if scoping is not None else ():
        yield Found(graph.ids[node], line, text)
