"""Processes as Camunda 8 reads and checks them."""

from lxml import etree

from simulator.bpmn.camunda8 import common, events
from simulator.bpmn.camunda8.language import note
from simulator.bpmn.camunda8.loops import straight_through_loops
from simulator.bpmn.camunda8.validation import validate
from simulator.bpmn.camunda8.wording import PROCESS
from simulator.bpmn.element import ElementType, Problem, Reading, Way
from simulator.bpmn.reading import Family
from simulator.model.process import Node, Process

NAMES = {"transaction": "Transaction", "complexGateway": "ComplexGateway"}
UNSUPPORTED = (
    "Elements of type '{}' are currently not supported. Please refer to the documentation for a list of supported "
    "elements: https://docs.camunda.io/docs/components/modeler/bpmn/bpmn-coverage/"
)
LISTENED = "executionListeners"


def read_process(element: etree._Element, process: Process, reading: Reading) -> None:
    """Read what stands on the process itself."""
    language = reading.language
    process.detail = common.References()
    tag = language.extension(element, "versionTag")
    process.version_tag = None if tag is None else tag.get("value")
    process.documentation = element.findtext("{*}documentation")
    if language.extension(element, LISTENED) is not None:
        reading.refuse("execution listeners", element)


def select_start(scope: Node) -> Node | None:
    """The none start event, where a plain start begins."""
    starts = (node for node in scope.start_events() if node.event is None or node.event.kind == "none")
    return next(starts, None)


def read_unknown(element: etree._Element, node: Node, reading: Reading) -> None:
    """Say that the engine has no such element, or that the simulator lacks it."""
    if node.kind == "adHocSubProcess":
        reading.refuse("ad-hoc subprocesses", element)
    else:
        note(reading, UNSUPPORTED.format(NAMES.get(node.kind, node.kind)), element)
        if node.kind == "transaction" and len(element.findall("{*}startEvent")) != 1:
            note(reading, "Must have exactly one start event", element)


def finish(root: etree._Element, processes: list[Process], reading: Reading) -> None:
    """Check what concerns a file as a whole, once each process is right by itself."""
    if not processes:
        note(reading, "Must contain at least one executable process", root)
    if reading.problems:
        return
    for process, loop in straight_through_loops(processes):
        message = f"Processes are not allowed to contain a straight-through processing loop: {loop}"
        path = f"{PROCESS}{process.key}"
        reading.problems.append(
            Problem(message=message, element=process.key, line=process.root.line, path=path)
        )


def way(element_type: ElementType) -> Way | None:
    """How this family runs an element."""
    return element_type.camunda8


def has_scope(node: Node) -> bool:
    """Every element instance is a variable scope of its own; none needs a second one."""
    return False


FAMILY = Family(
    way=way,
    read_common=common.read_common,
    read_flow=common.read_flow,
    read_process=read_process,
    declare=events.declare,
    scope=has_scope,
    select_start=select_start,
    validate=validate,
    read_unknown=read_unknown,
    backwards=True,
    finish=finish,
)
"""Flows are taken, and conditions tried, in the reverse of their order in the file (live Camunda 8.8.21)."""
