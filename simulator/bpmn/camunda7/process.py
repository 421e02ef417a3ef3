"""Processes as Camunda 7 reads and checks them."""

import re

from lxml import etree

from simulator.bpmn.camunda7 import common
from simulator.bpmn.camunda7.validation import validate
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.bpmn.reading import Family
from simulator.model.process import Node, Process
from simulator.model.xml import BPMN

PERIOD = re.compile(r"P(\d+)D")
TIME_TO_LIVE = (
    "ENGINE-12018 History Time To Live (TTL) cannot be null. TTL is necessary for the History Cleanup to work. The "
    "following options are possible:\n* Set historyTimeToLive in the model\n* Set a default historyTimeToLive as a "
    "global process engine configuration\n* (Not recommended) Deactivate the enforceTTL config to disable this check"
)
UNRUN = {
    "transaction": "transactions",
    "callChoreography": "choreographies",
    "choreographyTask": "choreographies",
    "subChoreography": "choreographies",
    "implicitThrowEvent": "implicit throw events",
    "event": "events without a direction",
}
"""Elements of the standard that this simulator does not run."""
IGNORED = frozenset({"adHocSubProcess", "complexGateway"})


def read_process(element: etree._Element, process: Process, reading: Reading) -> None:
    """Read what stands on the process itself."""
    language = reading.language
    process.version_tag = language.attribute(element, "versionTag")
    process.startable = language.attribute(element, "isStartableInTasklist") != "false"
    process.documentation = common.documentation_of(element)
    _read_time_to_live(element, process, reading)
    holder = Node(id=process.key, kind="process", line=0, index=0, parent=None)
    common.read_common(element, holder, reading)
    process.root.listeners = holder.listeners


def _read_time_to_live(element: etree._Element, process: Process, reading: Reading) -> None:
    text = (reading.language.attribute(element, "historyTimeToLive") or "").strip()
    if not text:
        reading.error(f"{TIME_TO_LIVE}: {TIME_TO_LIVE}", element)
        return
    period = PERIOD.fullmatch(text)
    if period is not None:
        process.history_time_to_live = int(period.group(1))
    elif re.fullmatch(r"\d+", text):
        process.history_time_to_live = int(text)
    else:
        why = (
            "negative value is not allowed" if re.fullmatch(r"-\d+", text) else f'For input string: "{text}"'
        )
        message = f"Cannot parse historyTimeToLive: {why}"
        reading.error(f"{message}: {message}", element)


def select_start(scope: Node) -> Node | None:
    """The start event a plain start begins at: the none or timer one, else the only one."""
    starts = scope.start_events()
    plain = [start for start in starts if start.event is None or start.event.kind in ("none", "timer")]
    if plain:
        return plain[0]
    return starts[0] if len(starts) == 1 else None


def read_unknown(element: etree._Element, node: Node, reading: Reading) -> None:
    """Refuse what the engine runs and this simulator does not; warn of what the engine ignores."""
    if node.kind in IGNORED:
        reading.warn("Ignoring unsupported activity type", element)
    elif node.kind in UNRUN:
        reading.refuse(UNRUN[node.kind], element)
    else:
        name = f'{{"{BPMN}":{node.kind}}}'
        reading.error(
            f"cvc-complex-type.2.4.a: Invalid content was found starting with element '{name}'.", element
        )


def way(element_type: ElementType) -> Way | None:
    """How this family runs an element."""
    return element_type.camunda7


FAMILY = Family(
    way=way,
    read_common=common.read_common,
    read_flow=common.read_flow,
    read_process=read_process,
    declare=common.declare,
    scope=common.has_scope,
    select_start=select_start,
    validate=validate,
    read_unknown=read_unknown,
)
