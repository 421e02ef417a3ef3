"""Processes as Camunda 8 reads and checks them."""

from lxml import etree

from simulator.bpmn.camunda8 import common, events
from simulator.bpmn.camunda8.language import note
from simulator.bpmn.camunda8.validation import validate
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.bpmn.reading import Family
from simulator.model.process import Node, Process

NAMES = {"transaction": "Transaction", "complexGateway": "Complex Gateway"}
UNSUPPORTED = (
    "Elements of type '{}' are currently not supported. Please refer to the documentation for a list of supported "
    "elements: https://docs.camunda.io/docs/components/modeler/bpmn/bpmn-coverage/"
)
LISTENED = "executionListeners"


def read_process(element: etree._Element, process: Process, reading: Reading) -> None:
    """Read what stands on the process itself."""
    language = reading.language
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
)
"""Flows are taken, and conditions tried, in the reverse of their order in the file (live Camunda 8.8.21)."""
