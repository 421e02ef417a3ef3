"""Incidents: where instances can't go on."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.filters import after, before, equals, like, one_of
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.querying import Getter, Queryable
from simulator.api.v1.showing_work import cause_of, definition_of, root_cause_of, show_incident
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Incident


def _shown(name: str) -> Getter:
    """A field as the incident shows it."""
    return lambda engine, incident: show_incident(engine, incident)[name]


def _tenant(_engine: ProcessEngine, incident: Incident) -> str | None:
    return incident.execution.instance.tenant


def _definition_id(engine: ProcessEngine, incident: Incident) -> str:
    return definition_id(definition_of(engine, incident.execution))


def _message(_engine: ProcessEngine, incident: Incident) -> str | None:
    return incident.message


def _time(_engine: ProcessEngine, incident: Incident) -> int:
    return incident.time


INCIDENTS = Queryable(
    filters=(
        equals("incidentId", lambda _engine, incident: incident.key, read=read_id),
        equals("incidentType", lambda _engine, incident: incident.kind),
        equals("incidentMessage", _message),
        like("incidentMessageLike", _message),
        equals("processDefinitionId", _definition_id),
        one_of("processDefinitionKeyIn", lambda _engine, incident: incident.execution.instance.process.key),
        equals("processInstanceId", lambda _engine, incident: incident.execution.instance.key, read=read_id),
        equals("executionId", lambda _engine, incident: incident.execution.key, read=read_id),
        after("incidentTimestampAfter", _time),
        before("incidentTimestampBefore", _time),
        equals("activityId", lambda _engine, incident: incident.node.id),
        equals("failedActivityId", _shown("failedActivityId")),
        equals("causeIncidentId", lambda engine, incident: cause_of(engine, incident).key, read=read_id),
        equals(
            "rootCauseIncidentId", lambda engine, incident: root_cause_of(engine, incident).key, read=read_id
        ),
        equals("configuration", _shown("configuration")),
        one_of("tenantIdIn", _tenant),
        one_of("jobDefinitionIdIn", _shown("jobDefinitionId")),
    ),
    sorts={
        "incidentId": lambda _engine, incident: show_id(incident.key),
        "incidentMessage": _message,
        "incidentTimestamp": _time,
        "incidentType": lambda _engine, incident: incident.kind,
        "executionId": _shown("executionId"),
        "activityId": lambda _engine, incident: incident.node.id,
        "processInstanceId": _shown("processInstanceId"),
        "processDefinitionId": _definition_id,
        "causeIncidentId": _shown("causeIncidentId"),
        "rootCauseIncidentId": _shown("rootCauseIncidentId"),
        "configuration": _shown("configuration"),
        "tenantId": _tenant,
    },
    identity=lambda incident: incident.key,
)


@operation("listIncidents")
def list_incidents(call: Call, engine: ProcessEngine) -> Reply:
    """List open incidents."""
    found = INCIDENTS.read(call, engine).find(list(engine.state.incidents.values()))
    return Reply(200, [show_incident(engine, incident) for incident in found])
