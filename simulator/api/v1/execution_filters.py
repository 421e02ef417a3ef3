"""What execution lists can be asked."""

from simulator.api.v1.filters import equals, flag, like, one_of, option
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.query_forms import TEXT
from simulator.api.v1.querying import Filter, Query, Queryable, Test
from simulator.api.v1.showing_work import definition_of
from simulator.api.v1.task_filters import active
from simulator.api.v1.variable_criteria import variables
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Execution, Incident


def _process_key(_engine: ProcessEngine, execution: Execution) -> str:
    return execution.instance.process.key


def _process_id(engine: ProcessEngine, execution: Execution) -> str:
    return definition_id(definition_of(engine, execution))


def _activity(_engine: ProcessEngine, execution: Execution) -> str | None:
    return None if execution.node is None or execution.node.kind == "process" else execution.node.id


def _tenant(_engine: ProcessEngine, execution: Execution) -> str | None:
    return execution.instance.tenant


def subscribed(name: str, kind: str) -> Filter:
    """A filter by what an execution itself waits for."""

    def ask(_query: Query, value: str) -> tuple[Test, ...]:
        return (
            lambda execution: any(s.kind == kind and s.name == value for s in execution.subscriptions or ()),
        )

    return Filter(name, TEXT, ask)


def by_incident(name: str, made: Filter) -> Filter:
    """A filter by any of an execution's own incidents."""

    def ask(query: Query, value: str) -> tuple[Test, ...]:
        tests = tuple(made.ask(query, value))

        def test(execution: Execution) -> bool:
            return any(all(each(incident) for each in tests) for incident in execution.incidents or ())

        return (test,)

    return Filter(name, TEXT, ask)


def _message(_engine: ProcessEngine, incident: Incident) -> str | None:
    return incident.message


EXECUTIONS = Queryable(
    filters=(
        equals("processDefinitionKey", _process_key),
        equals("businessKey", lambda _engine, execution: execution.instance.business_key),
        equals("processDefinitionId", _process_id),
        equals("processInstanceId", lambda _engine, execution: execution.instance.key, read=read_id),
        equals("activityId", _activity),
        subscribed("signalEventSubscriptionName", "signal"),
        subscribed("messageEventSubscriptionName", "message"),
        variables("variables", lambda _engine, execution: execution.variables),
        variables(
            "processVariables", lambda _engine, execution: execution.instance.execution.variables, "process "
        ),
        option("variableValuesIgnoreCase"),
        option("variableNamesIgnoreCase"),
        active(lambda _engine, execution: not execution.instance.suspended),
        flag("suspended", lambda _engine, execution: execution.instance.suspended),
        by_incident("incidentId", equals("incidentId", lambda _engine, i: i.key, read=read_id)),
        by_incident("incidentType", equals("incidentType", lambda _engine, i: i.kind)),
        by_incident("incidentMessage", equals("incidentMessage", _message)),
        by_incident("incidentMessageLike", like("incidentMessageLike", _message)),
        one_of("tenantIdIn", _tenant),
    ),
    sorts={
        "instanceId": lambda _engine, execution: show_id(execution.instance.key),
        "definitionKey": _process_key,
        "definitionId": _process_id,
        "tenantId": _tenant,
    },
    identity=lambda execution: execution.key,
)
