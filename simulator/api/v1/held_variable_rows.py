"""The variables that running instances hold now, one row each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import show_activity, show_id
from simulator.api.v1.showing_history import variable_id
from simulator.api.v1.showing_work import definition_of
from simulator.api.v1.variables import show_variable
from simulator.core.java.stored import ObjectValue, UndeserializableError
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Execution


@dataclass(frozen=True, slots=True)
class HeldVariable:
    """A variable of an execution, of a process or (`in_case`) of a case."""

    engine: ProcessEngine
    execution: Execution
    name: str
    value: Any
    in_case: bool

    @property
    def id(self) -> str:
        """The id, the same as in history."""
        history = self.engine.history.of(self.execution.root)
        return variable_id(history.held(self.execution.key, self.name))

    @property
    def place(self) -> tuple[int, int]:
        """Its root, and when it came into being there."""
        record = self.engine.history.of(self.execution.root).held(self.execution.key, self.name)
        return record.root, record.place


def held_by(engine: ProcessEngine, executions: Iterable[Execution]) -> Iterator[HeldVariable]:
    """The variables of executions."""
    for execution in executions:
        if execution.variables and not execution.instance.ended:
            in_case = engine.cases.owns(execution)
            for name, value in execution.variables.items():
                yield HeldVariable(engine, execution, name, value, in_case)


def activity_instance(row: HeldVariable) -> str | None:
    """The id of the activity instance whose variable it is; of a case, that of the plan item instance."""
    execution = row.execution
    if row.in_case or execution.parent is None:
        return show_id(execution.key)
    if execution.scope and execution.scope_activity and execution.scope_node is not None:
        return show_activity(execution.scope_node, execution.scope_activity)
    if execution.activity and execution.node is not None:
        return show_activity(execution.node, execution.activity)
    return None


def show_held_variable(row: HeldVariable, *, deserialize: bool) -> dict[str, Any]:
    """A variable instance, without the content of bytes; what can't be made an object says why in `errorMessage`.

    An object that was made for a reader is written anew, in the engine's own form of JSON (live Camunda 7.24).
    """
    engine, execution = row.engine, row.execution
    failure = None
    try:
        value = show_variable(row.value, deserialize=deserialize)
        if value["type"] == "Bytes":
            value["value"] = None
        if deserialize and isinstance(row.value, ObjectValue):
            row.value.load()
    except UndeserializableError as undeserializable:
        failure = f"Cannot deserialize object in variable '{row.name}': {undeserializable.reason}"
        value = {**show_variable(row.value, deserialize=False), "value": None, "valueInfo": None}
    holder, instance = show_id(execution.key), show_id(execution.instance.key)
    return {
        **value,
        "id": row.id,
        "name": row.name,
        "processDefinitionId": None if row.in_case else definition_id(definition_of(engine, execution)),
        "processInstanceId": None if row.in_case else instance,
        "executionId": None if row.in_case else holder,
        "caseInstanceId": instance if row.in_case else None,
        "caseExecutionId": holder if row.in_case else None,
        "taskId": None,
        "batchId": None,
        "activityInstanceId": activity_instance(row),
        "errorMessage": failure,
        "tenantId": execution.instance.tenant,
    }
