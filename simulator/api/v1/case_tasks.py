"""What task lists can be asked of the cases that tasks belong to."""

from collections.abc import Callable, Mapping
from typing import Any

from simulator.api.v1.filters import equals, like
from simulator.api.v1.finding_cases import case_definition_id, case_definition_of
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.querying import Getter
from simulator.cmmn.model import is_case
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Execution, Work

Get = Callable[[ProcessEngine, Execution], Any]


def of_process(get: Getter) -> Getter:
    """Take something of a task that only tasks of processes have."""
    return lambda engine, task: None if is_case(task.execution.instance.process) else get(engine, task)


def of_case(get: Get) -> Getter:
    """Take something of the execution of a task that only tasks of cases have."""
    return lambda engine, task: (
        get(engine, task.execution) if is_case(task.execution.instance.process) else None
    )


def process_variables(task: Work) -> Mapping[str, Any] | None:
    """The variables of the process instance of a task."""
    instance = task.execution.instance
    return None if is_case(instance.process) else instance.execution.variables


def case_variables(task: Work) -> Mapping[str, Any] | None:
    """The variables of the case instance of a task."""
    instance = task.execution.instance
    return instance.execution.variables if is_case(instance.process) else None


def case_instance_key(_engine: ProcessEngine, execution: Execution) -> int:
    """The case instance."""
    return execution.instance.key


def case_execution_key(_engine: ProcessEngine, execution: Execution) -> int:
    """The plan item instance."""
    return execution.key


def _business_key(_engine: ProcessEngine, execution: Execution) -> str | None:
    return execution.instance.business_key


def _name(_engine: ProcessEngine, execution: Execution) -> str | None:
    return execution.instance.process.name


CASE_FILTERS = (
    equals(
        "caseDefinitionId",
        of_case(lambda engine, execution: case_definition_id(case_definition_of(engine, execution))),
    ),
    equals("caseDefinitionKey", of_case(lambda _engine, execution: execution.instance.process.key)),
    equals("caseDefinitionName", of_case(_name)),
    like("caseDefinitionNameLike", of_case(_name)),
    equals("caseExecutionId", of_case(case_execution_key), read=read_id),
    equals("caseInstanceBusinessKey", of_case(_business_key)),
    like("caseInstanceBusinessKeyLike", of_case(_business_key)),
    equals("caseInstanceId", of_case(case_instance_key), read=read_id),
)
CASE_SORTS: Mapping[str, Getter] = {
    "caseInstanceId": of_case(lambda _engine, execution: show_id(execution.instance.key)),
    "caseExecutionId": of_case(lambda _engine, execution: show_id(execution.key)),
}
