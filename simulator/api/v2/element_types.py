"""The names of element types in Camunda 8."""

from simulator.model.process import Node

NAMES = {
    "process": "PROCESS",
    "subProcess": "SUB_PROCESS",
    "adHocSubProcess": "AD_HOC_SUB_PROCESS",
    "startEvent": "START_EVENT",
    "intermediateCatchEvent": "INTERMEDIATE_CATCH_EVENT",
    "intermediateThrowEvent": "INTERMEDIATE_THROW_EVENT",
    "boundaryEvent": "BOUNDARY_EVENT",
    "endEvent": "END_EVENT",
    "serviceTask": "SERVICE_TASK",
    "receiveTask": "RECEIVE_TASK",
    "userTask": "USER_TASK",
    "manualTask": "MANUAL_TASK",
    "task": "TASK",
    "exclusiveGateway": "EXCLUSIVE_GATEWAY",
    "inclusiveGateway": "INCLUSIVE_GATEWAY",
    "parallelGateway": "PARALLEL_GATEWAY",
    "eventBasedGateway": "EVENT_BASED_GATEWAY",
    "callActivity": "CALL_ACTIVITY",
    "businessRuleTask": "BUSINESS_RULE_TASK",
    "scriptTask": "SCRIPT_TASK",
    "sendTask": "SEND_TASK",
    "multiInstanceBody": "MULTI_INSTANCE_BODY",
}
EVENT_SUB_PROCESS = "EVENT_SUB_PROCESS"
ELEMENT_TYPES = (
    "UNSPECIFIED",
    *NAMES.values(),
    EVENT_SUB_PROCESS,
    "AD_HOC_SUB_PROCESS_INNER_INSTANCE",
    "SEQUENCE_FLOW",
    "UNKNOWN",
)


def element_type(node: Node) -> str:
    """The type of a node."""
    return EVENT_SUB_PROCESS if node.triggered_by_event else NAMES.get(node.kind, "UNKNOWN")
