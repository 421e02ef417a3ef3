"""What the variables of running instances can be asked (GET and POST /variable-instance)."""

from collections.abc import Iterable
from typing import Any

from simulator.api.v1.filters import equals, like, nothing, one_of, option
from simulator.api.v1.held_variable_rows import HeldVariable, activity_instance, held_by
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.query_forms import TEXT_SET
from simulator.api.v1.querying import Filter, Getter, Query, Queryable, Test
from simulator.api.v1.variable_criteria import variables
from simulator.api.v1.variables import show_variable
from simulator.kernel.state import Execution, Instance


def among(name: str, get: Getter) -> Filter:
    """What a row has is in a list; an empty list does not filter, a null in it fits nothing."""

    def ask(query: Query, values: list[str | None]) -> Iterable[Test]:
        wanted, engine = {value for value in values if value is not None}, query.engine
        if values:
            yield lambda row: get(engine, row) in wanted

    return Filter(name, TEXT_SET, ask)


def _name(_engine: Any, row: HeldVariable) -> str:
    return row.name


def _holder(_engine: Any, row: HeldVariable) -> str:
    return show_id(row.execution.key)


def _of_process(_engine: Any, row: HeldVariable) -> str | None:
    return None if row.in_case else show_id(row.execution.instance.key)


def _of_case(_engine: Any, row: HeldVariable) -> str | None:
    return show_id(row.execution.instance.key) if row.in_case else None


def _stored_type(_engine: Any, row: HeldVariable) -> str:
    """The name under which the engine stores a value, by which it sorts: an object's says its format."""
    shown = show_variable(row.value, deserialize=False)
    kind: str = shown["type"]
    if kind == "Object":
        return f"spin://{(shown['valueInfo'] or {}).get('serializationDataFormat')}"
    return kind[:1].lower() + kind[1:]


VARIABLE_INSTANCES = Queryable(
    filters=(
        equals("variableName", _name),
        like("variableNameLike", _name),
        among("processInstanceIdIn", _of_process),
        among("executionIdIn", lambda engine, row: None if row.in_case else _holder(engine, row)),
        among("caseInstanceIdIn", _of_case),
        among("caseExecutionIdIn", lambda engine, row: _holder(engine, row) if row.in_case else None),
        nothing("taskIdIn", TEXT_SET),
        nothing("batchIdIn", TEXT_SET),
        among("variableScopeIdIn", _holder),
        among("activityInstanceIdIn", lambda _engine, row: activity_instance(row)),
        one_of("tenantIdIn", lambda _engine, row: row.execution.instance.tenant, "tenantIds"),
        option("variableNamesIgnoreCase"),
        option("variableValuesIgnoreCase"),
        variables("variableValues", lambda _engine, row: {row.name: row.value}),
    ),
    sorts={
        "variableName": _name,
        "variableType": _stored_type,
        "activityInstanceId": lambda _engine, row: activity_instance(row),
        "tenantId": lambda _engine, row: row.execution.instance.tenant,
    },
    identity=lambda row: row.place,
)


def candidates(query: Query) -> Iterable[HeldVariable]:
    """The variables that may fit: those of the process instances that a query names, else all."""
    return held_by(query.engine, _executions(query))


def _executions(query: Query) -> Iterable[Execution]:
    engine = query.engine
    wanted = query.values.get("processInstanceIdIn")
    if not wanted:
        return [*engine.state.executions.values(), *engine.cases.state.executions.values()]
    found = (engine.state.instances.get(read_id(each)) for each in dict.fromkeys(wanted) if each is not None)
    return [execution for each in found if each is not None for execution in _running(each)]


def _running(instance: Instance) -> Iterable[Execution]:
    return () if instance.ended else instance.execution.subtree()
