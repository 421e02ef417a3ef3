"""What history looks like on the wire: process instances, activity instances, variables."""

from typing import Any

from simulator.api.v1.activity_types import activity_type
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import show_activity, show_id
from simulator.api.v1.showing import show_time
from simulator.api.v1.variables import show_variable
from simulator.core.java.stored import UndeserializableError
from simulator.engine.history import removal_time, state_of
from simulator.engine.history_records import ActivityRecord, VariableRecord
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Instance
from simulator.model.process import Node


def show_historic_instance(engine: ProcessEngine, instance: Instance) -> dict[str, Any]:
    """A process instance, running or over; a deleted definition has lost its name and version."""
    definition = engine.deployments.definitions[instance.definition]
    caller = instance.caller
    return {
        "id": show_id(instance.key),
        "businessKey": instance.business_key,
        "processDefinitionId": definition_id(definition),
        "processDefinitionKey": definition.process_key,
        "processDefinitionName": None if definition.deleted else definition.process.name,
        "processDefinitionVersion": None if definition.deleted else definition.version,
        "startTime": show_time(instance.started),
        "endTime": show_time(instance.ended or None),
        "removalTime": show_time(removal_time(instance.root)),
        "durationInMillis": duration(instance.started, instance.ended),
        "startUserId": None,
        "startActivityId": None if instance.start is None else instance.start.id,
        "deleteReason": instance.reason,
        "rootProcessInstanceId": show_id(instance.root.key),
        "superProcessInstanceId": None if caller is None else show_id(caller.instance.key),
        "superCaseInstanceId": None,
        "caseInstanceId": instance.case_instance,
        "tenantId": instance.tenant,
        "state": state_of(instance),
        "restartedProcessInstanceId": None,
    }


def duration(started: int, ended: int) -> int | None:
    """How long something took in milliseconds, None while it runs."""
    return ended - started if ended else None


def show_owner(owner: tuple[Node | None, int]) -> str | None:
    """The id of the activity instance that something belongs to; a process instance's is its own."""
    node, key = owner
    if not key:
        return None
    return show_id(key) if node is None else show_activity(node, key)


def show_historic_activity(engine: ProcessEngine, record: ActivityRecord) -> dict[str, Any]:
    """An activity instance, running or over."""
    node, instance = record.node, engine.state.instances[record.instance]
    return {
        "id": show_activity(node, record.key),
        "parentActivityInstanceId": show_owner(record.parent),
        "activityId": node.id,
        "activityName": node.name,
        "activityType": activity_type(node),
        "processDefinitionKey": instance.process.key,
        "processDefinitionId": definition_id(engine.deployments.definitions[instance.definition]),
        "processInstanceId": show_id(record.instance),
        "executionId": show_id(record.execution),
        "taskId": show_id(record.task) if record.task else None,
        "calledProcessInstanceId": show_id(record.called) if record.called else None,
        "calledCaseInstanceId": None,
        "assignee": record.assignee,
        "startTime": show_time(record.started),
        "endTime": show_time(record.ended or None),
        "durationInMillis": duration(record.started, record.ended),
        "canceled": record.cancelled,
        "completeScope": record.completes,
        "tenantId": instance.tenant,
        "removalTime": show_time(removal_time(instance.root, record.started)),
        "rootProcessInstanceId": show_id(instance.root.key),
    }


def variable_id(record: VariableRecord) -> str:
    """The id of a variable in history: its root's, and where in the root's log it came into being."""
    return f"{record.root & 0xFFFFFFFF:08x}-{record.root >> 32 & 0xFFFF:04x}-12f0-8c3a-{record.place:012x}"


def show_historic_variable(
    engine: ProcessEngine, record: VariableRecord, *, deserialize: bool
) -> dict[str, Any]:
    """A variable, there or gone; one that can't be made an object has the reason in `errorMessage`."""
    instance = engine.state.instances[record.instance]
    failure = None
    try:
        value = show_variable(record.value, deserialize=deserialize)
    except UndeserializableError as undeserializable:
        failure = f"Cannot deserialize object in variable '{record.name}': {undeserializable.reason}"
        value = {**show_variable(record.value, deserialize=False), "value": None, "valueInfo": None}
    return {
        **value,
        "id": variable_id(record),
        "name": record.name,
        "processDefinitionKey": instance.process.key,
        "processDefinitionId": definition_id(engine.deployments.definitions[instance.definition]),
        "processInstanceId": show_id(record.instance),
        "executionId": show_id(record.execution),
        "activityInstanceId": show_owner(record.activity),
        "caseDefinitionKey": None,
        "caseDefinitionId": None,
        "caseInstanceId": None,
        "caseExecutionId": None,
        "taskId": show_id(record.task) if record.task else None,
        "errorMessage": failure,
        "tenantId": instance.tenant,
        "state": "DELETED" if record.deleted else "CREATED",
        "createTime": show_time(record.created),
        "removalTime": show_time(removal_time(instance.root, record.created)),
        "rootProcessInstanceId": show_id(instance.root.key),
    }
