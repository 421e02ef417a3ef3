"""What tasks, external tasks, jobs, incidents and executions look like on the wire."""

from typing import Any

from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import show_activity, show_id
from simulator.api.v1.showing import show_time
from simulator.api.v1.showing_cases import show_place
from simulator.core.java import Date
from simulator.engine.deployments import Definition
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.timer_starts import TimerStart
from simulator.kernel.state import Execution, Incident, Work
from simulator.model.process import Node


def definition_of(engine: ProcessEngine, execution: Execution) -> Definition:
    """The definition that an execution runs."""
    return engine.deployments.definitions[execution.instance.definition]


def show_moment(value: Any) -> str | None:
    """A due date or the like as a time, whatever it is held as."""
    return show_time(value.milliseconds if isinstance(value, Date) else value)


def show_task(engine: ProcessEngine, task: Work) -> dict[str, Any]:
    """A user task."""
    facts, execution = task.facts, task.execution
    instance = execution.instance
    in_case = engine.cases.owns(execution)
    place = show_place(engine, execution) if in_case else _show_process_place(engine, execution)
    return {
        "id": show_id(task.key),
        "name": facts["name"],
        "assignee": facts["assignee"],
        "created": show_time(task.time),
        "due": show_moment(facts["due"]),
        "followUp": show_moment(facts["follow_up"]),
        "lastUpdated": show_time(facts.get("updated")),
        "delegationState": facts["delegation"],
        "description": facts["description"],
        "executionId": place["executionId"],
        "owner": facts["owner"],
        "parentTaskId": None,
        "priority": facts["priority"],
        "processDefinitionId": place["processDefinitionId"],
        "processInstanceId": place["processInstanceId"],
        "taskDefinitionKey": task.node.id,
        "caseExecutionId": place["caseExecutionId"],
        "caseInstanceId": place["caseInstanceId"],
        "caseDefinitionId": place["caseDefinitionId"],
        "suspended": instance.suspended,
        "formKey": facts["form_key"],
        "camundaFormRef": None,
        "tenantId": instance.tenant,
        "taskState": facts.get("state", "Created"),
    }


def _show_process_place(engine: ProcessEngine, execution: Execution) -> dict[str, Any]:
    """Where a task of a process stands."""
    return {
        "executionId": show_id(execution.key),
        "processDefinitionId": definition_id(definition_of(engine, execution)),
        "processInstanceId": show_id(execution.instance.key),
        "caseExecutionId": None,
        "caseInstanceId": None,
        "caseDefinitionId": None,
    }


def show_external_task(engine: ProcessEngine, task: Work) -> dict[str, Any]:
    """An external task as lists show it."""
    facts, execution = task.facts, task.execution
    instance, definition = execution.instance, definition_of(engine, execution)
    return {
        "activityId": task.node.id,
        "activityInstanceId": show_activity(task.node, task.activity),
        "errorMessage": facts["message"],
        "executionId": show_id(execution.key),
        "id": show_id(task.key),
        "lockExpirationTime": show_time(facts["locked_until"]),
        "createTime": show_time(task.time),
        "processDefinitionId": definition_id(definition),
        "processDefinitionKey": definition.process_key,
        "processDefinitionVersionTag": definition.process.version_tag,
        "processInstanceId": show_id(instance.key),
        "retries": facts["retries"],
        "suspended": instance.suspended,
        "workerId": facts["worker"],
        "topicName": facts["topic"],
        "tenantId": instance.tenant,
        "priority": facts["priority"],
        "businessKey": instance.business_key,
    }


def show_job_definition(definition: Definition, job: Work | TimerStart) -> str:
    """The id of the job definition of a job."""
    return job_definition_id(definition, job.node, job.facts.get("side", ""))


def job_definition_id(definition: Definition, node: Node, side: str) -> str:
    """The id of a job definition: one for each activity, and side of it, of a process definition."""
    number = {"before": 0, "after": 1}.get(side, 2)
    return show_id(definition.key | (node.index * 4 + number + 1) << 32)


def job_definition_of(engine: ProcessEngine, job: Work | TimerStart) -> Definition:
    """The process definition a job belongs to."""
    return job.definition if isinstance(job, TimerStart) else definition_of(engine, job.execution)


def show_job(engine: ProcessEngine, job: Work | TimerStart) -> dict[str, Any]:
    """A job."""
    facts, definition = job.facts, job_definition_of(engine, job)
    execution = None if isinstance(job, TimerStart) else job.execution
    return {
        "id": show_id(job.key),
        "jobDefinitionId": show_job_definition(definition, job),
        "processInstanceId": None if execution is None else show_id(execution.instance.key),
        "processDefinitionId": definition_id(definition),
        "processDefinitionKey": definition.process_key,
        "executionId": None if execution is None else show_id(execution.key),
        "exceptionMessage": facts.get("message"),
        "failedActivityId": facts.get("failed_at"),
        "retries": facts["retries"],
        "dueDate": show_time(facts.get("due")),
        "suspended": definition.suspended if execution is None else execution.instance.suspended,
        "priority": facts.get("priority", 0),
        "tenantId": definition.tenant,
        "createTime": show_time(job.time),
        "batchId": None,
    }


def cause_of(engine: ProcessEngine, incident: Incident) -> Incident:
    """The incident in a called instance that one at its caller mirrors, or the incident itself."""
    return engine.state.incidents.get(incident.cause, incident)


def root_cause_of(engine: ProcessEngine, incident: Incident) -> Incident:
    """The incident at the bottom of the calls."""
    while incident.cause:
        incident = engine.state.incidents[incident.cause]
    return incident


def show_incident(engine: ProcessEngine, incident: Incident) -> dict[str, Any]:
    """An incident."""
    execution = incident.execution
    definition = definition_of(engine, execution)
    work = engine.state.work.get(incident.work)
    is_job = work is not None and work.kind != "external-task"
    return {
        "id": show_id(incident.key),
        "processDefinitionId": definition_id(definition),
        "processInstanceId": show_id(execution.instance.key),
        "executionId": show_id(execution.key),
        "incidentTimestamp": show_time(incident.time),
        "incidentType": incident.kind,
        "activityId": incident.node.id,
        "failedActivityId": failed_activity(engine, incident),
        "causeIncidentId": show_id(cause_of(engine, incident).key),
        "rootCauseIncidentId": show_id(root_cause_of(engine, incident).key),
        "configuration": None if work is None else show_id(work.key),
        "incidentMessage": incident.message,
        "tenantId": execution.instance.tenant,
        "jobDefinitionId": show_job_definition(definition, work) if is_job and work is not None else None,
        "annotation": None,
    }


def failed_activity(engine: ProcessEngine, incident: Incident) -> str | None:
    """Where a failed job failed, or which activity called; an external task's incident does not say."""
    if incident.cause:
        return incident.node.id
    work = engine.state.work.get(incident.work)
    failed: str | None = None if work is None else work.facts.get("failed_at")
    return failed


def show_execution(execution: Execution, *, ended: bool = False) -> dict[str, Any]:
    """An execution."""
    instance = execution.instance
    return {
        "id": show_id(execution.key),
        "processInstanceId": show_id(instance.key),
        "ended": ended,
        "tenantId": instance.tenant,
    }
