"""Which names of a contract stand for what in a target: `taskIdIn` for tasks, `/task/{id}` for a task."""

import re
from functools import cache

LISTED = re.compile(r"(Not)?(In|NotIn|Like|Name|s|List)$")

SEGMENTS = {
    "camunda7": {
        "deployment": "deployment",
        "process-definition": "processDefinition",
        "process-instance": "processInstance",
        "task": "task",
        "execution": "execution",
        "job": "job",
        "external-task": "externalTask",
        "case-definition": "caseDefinition",
        "case-instance": "caseInstance",
        "incident": "incident",
    },
    "camunda8": {},
}
"""What `{id}` is, by the segment before it."""

COMMON = {
    "processInstanceId": "processInstance",
    "processDefinitionId": "processDefinition",
    "processDefinitionKey": "processDefinitionKey",
    "tenantId": "tenant",
    "tenant-id": "tenant",
    "messageName": "message",
}
NAMES = {
    "camunda7": COMMON
    | {
        "key": "processDefinitionKey",
        "deploymentId": "deployment",
        "rootProcessInstanceId": "processInstance",
        "superProcessInstance": "processInstance",
        "subProcessInstance": "processInstance",
        "processInstanceBusinessKey": "businessKey",
        "businessKey": "businessKey",
        "taskId": "task",
        "executionId": "execution",
        "activityId": "activity",
        "activeActivityId": "activity",
        "failedActivityId": "activity",
        "executedActivityId": "activity",
        "taskDefinitionKey": "activity",
        "startedBy": "user",
        "transitionId": "flow",
        "activityInstanceId": "activityInstance",
        "processDefinitionName": "processDefinitionKey",
        "jobId": "job",
        "externalTaskId": "externalTask",
        "topicName": "topic",
        "workerId": "worker",
        "incidentId": "incident",
        "signalEventSubscriptionName": "signal",
        "messageEventSubscriptionName": "message",
        "signalName": "signal",
        "varName": "variable",
        "variableName": "variable",
        "assignee": "user",
        "userId": "user",
        "caseDefinitionId": "caseDefinition",
        "caseDefinitionKey": "caseDefinitionKey",
        "caseInstanceId": "caseInstance",
        "processVariables": "criterion",
        "taskVariables": "criterion",
        "variables": "criterion",
        "data": "model",
    },
    "camunda8": COMMON
    | {
        "processDefinitionId": "processDefinitionId",
        "processDefinitionKey": "processDefinition",
        "processInstanceKey": "processInstance",
        "parentProcessInstanceKey": "processInstance",
        "rootProcessInstanceKey": "processInstance",
        "scopeKey": "processInstance",
        "elementId": "element",
        "elementInstanceKey": "elementInstance",
        "userTaskKey": "userTask",
        "variableKey": "variableKey",
        "incidentKey": "incident",
        "jobKey": "job",
        "type": "jobType",
        "resourceKey": "processDefinition",
        "deploymentKey": "deployment",
        "signalName": "signal",
        "worker": "worker",
        "correlationKey": "businessKey",
        "assignee": "user",
        "resources": "model",
    },
}
"""What a parameter or a property names; `name` is told by the operation."""

NAMED = {
    ("camunda7", "throwSignal"): "signal",
    ("camunda8", "publishMessage"): "message",
    ("camunda8", "correlateMessage"): "message",
}
"""Operations in whose bodies `name` is that of a message or signal."""


@cache
def role_of(product: str, operation: str, path: str, name: str) -> str | None:
    """The role of a parameter or property of an operation, None where it names nothing a target has."""
    if name == "id" and "{id}" in path:
        return SEGMENTS[product].get(path.removeprefix("/history").split("/")[1])
    if name == "name":
        return NAMED.get((product, operation), "variable" if product == "camunda8" else None)
    if name == "key" and path.startswith("/case-definition"):
        return "caseDefinitionKey"
    names = NAMES[product]
    if name in names:
        return names[name]
    shorter = LISTED.sub("", name)
    return names.get(shorter) or names.get(f"{shorter}Id")
