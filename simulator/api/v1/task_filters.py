"""What task lists can be asked: filters and sort keys of user tasks."""

from collections.abc import Iterable, Mapping

from simulator.api.v1.case_tasks import (
    CASE_FILTERS,
    CASE_SORTS,
    case_variables,
    of_process,
    process_variables,
)
from simulator.api.v1.filters import (
    after,
    at_least,
    at_most,
    before,
    differs,
    equals,
    flag,
    like,
    nothing,
    one_of,
    option,
)
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id, show_activity, show_id
from simulator.api.v1.query_forms import DATE, INTEGER, TEXT, TRUTH
from simulator.api.v1.querying import Filter, Getter, Query, Queryable, Test
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.showing_work import definition_of
from simulator.api.v1.task_people_filters import PEOPLE, fact
from simulator.api.v1.task_variable_filters import by_variable, task_variables
from simulator.cmmn.model import is_case
from simulator.core.java import Date
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Work

FORBIDDEN = (
    "Expressions are forbidden in adhoc queries. "
    "This behavior can be toggled in the process engine configuration"
)


def folded(get: Getter) -> Getter:
    """A text in upper case."""

    def upper(engine: ProcessEngine, task: Work) -> str | None:
        value = get(engine, task)
        return None if value is None else value.upper()

    return upper


def time_of(name: str) -> Getter:
    """A date of the task, in milliseconds."""

    def moment(_engine: ProcessEngine, task: Work) -> int | None:
        value = task.facts.get(name)
        return value.milliseconds if isinstance(value, Date) else value

    return moment


@of_process
def instance_key(_engine: ProcessEngine, task: Work) -> int:
    """The process instance."""
    return task.execution.instance.key


@of_process
def business_key(_engine: ProcessEngine, task: Work) -> str | None:
    """The process instance's business key."""
    return task.execution.instance.business_key


@of_process
def process_key(_engine: ProcessEngine, task: Work) -> str:
    """The key of the process definition."""
    return task.execution.instance.process.key


@of_process
def process_name(_engine: ProcessEngine, task: Work) -> str | None:
    """The name of the process definition."""
    return task.execution.instance.process.name


@of_process
def process_id(engine: ProcessEngine, task: Work) -> str:
    """The id of the process definition."""
    return definition_id(definition_of(engine, task.execution))


def tenant(_engine: ProcessEngine, task: Work) -> str | None:
    """The tenant."""
    return task.execution.instance.tenant


def suspended(_engine: ProcessEngine, task: Work) -> bool:
    """Whether nothing can be done with it now."""
    return task.execution.instance.suspended


def created(_engine: ProcessEngine, task: Work) -> int:
    """When it was made."""
    return task.time


def updated(_engine: ProcessEngine, task: Work) -> int:
    """When it was last changed, or made."""
    return task.facts.get("updated") or task.time


def element(_engine: ProcessEngine, task: Work) -> str:
    """The user task in the model."""
    return task.node.id


def unfolded(made: Filter) -> Filter:
    """A filter that does not care for the case of letters."""

    def ask(query: Query, value: str) -> Iterable[Test]:
        return made.ask(query, value.upper())

    return Filter(made.name, made.form, ask)


def active(get: Getter) -> Filter:
    """The filter `active`, which counts for nothing where `suspended` is asked for too."""

    def ask(query: Query, value: bool) -> Iterable[Test]:
        if value and not query.holds("suspended"):
            engine = query.engine
            yield lambda row: bool(get(engine, row))

    return Filter("active", TRUTH, ask)


def _follow_up_or_none(_query: Query, value: int) -> Iterable[Test]:
    moment = time_of("follow_up")

    def test(task: Work) -> bool:
        found = moment(_query.engine, task)
        return found is None or found < value

    yield test


def _forbidden(query: Query, value: str) -> Iterable[Test]:
    query.refused = query.refused or RestError(400, "BadUserRequestException", FORBIDDEN, 0)
    return ()


EXPRESSIONS = (
    "processInstanceBusinessKey", "processInstanceBusinessKeyLike", "assignee", "assigneeLike", "candidateGroup",
    "candidateGroups", "candidateUser", "involvedUser", "owner", "dueAfter", "dueBefore", "dueDate",
    "followUpAfter", "followUpBefore", "followUpBeforeOrNotExistent", "followUpDate", "createdAfter",
    "createdBefore", "createdOn", "updatedAfter",
)  # fmt: skip
OPTIONS = (
    "variableNamesIgnoreCase", "variableValuesIgnoreCase", "withCommentAttachmentInfo",
    "withTaskVariablesInReturn", "withTaskLocalVariablesInReturn",
)  # fmt: skip

PLACE = (
    equals("processInstanceId", instance_key, read=read_id),
    one_of("processInstanceIdIn", instance_key, read=read_id),
    equals("processInstanceBusinessKey", business_key),
    one_of("processInstanceBusinessKeyIn", business_key),
    like("processInstanceBusinessKeyLike", business_key),
    equals("processDefinitionKey", process_key),
    one_of("processDefinitionKeyIn", process_key),
    equals("processDefinitionId", process_id),
    equals("processDefinitionName", process_name),
    like("processDefinitionNameLike", process_name),
    equals("executionId", of_process(lambda _engine, task: task.execution.key), read=read_id),
    one_of("activityInstanceIdIn", of_process(lambda _engine, task: show_activity(task.node, task.activity))),
    one_of("tenantIdIn", tenant),
    flag("withoutTenantId", lambda _engine, task: task.execution.instance.tenant is None),
    active(lambda engine, task: not suspended(engine, task)),
    flag("suspended", suspended),
)
OWN = (
    equals("taskId", lambda _engine, task: task.key, read=read_id),
    one_of("taskIdIn", lambda _engine, task: task.key, "taskIds", read=read_id),
    equals("taskDefinitionKey", element),
    one_of("taskDefinitionKeyIn", element),
    one_of("taskDefinitionKeyNotIn", element, inverted=True),
    like("taskDefinitionKeyLike", element),
    unfolded(equals("name", folded(fact("name")))),
    unfolded(differs("nameNotEqual", folded(fact("name")))),
    unfolded(like("nameLike", folded(fact("name")))),
    unfolded(like("nameNotLike", folded(fact("name")), inverted=True)),
    unfolded(equals("description", folded(fact("description")))),
    unfolded(like("descriptionLike", folded(fact("description")))),
    equals("priority", fact("priority"), INTEGER),
    at_least("minPriority", fact("priority")),
    at_most("maxPriority", fact("priority")),
)
TIMES = (
    *(equals(name, time_of("due"), DATE) for name in ("dueDate", "due")),
    after("dueAfter", time_of("due")),
    before("dueBefore", time_of("due")),
    flag("withoutDueDate", lambda _engine, task: task.facts["due"] is None),
    *(equals(name, time_of("follow_up"), DATE) for name in ("followUpDate", "followUp")),
    after("followUpAfter", time_of("follow_up")),
    before("followUpBefore", time_of("follow_up")),
    Filter("followUpBeforeOrNotExistent", DATE, _follow_up_or_none),
    *(equals(name, created, DATE) for name in ("createdOn", "created")),
    after("createdAfter", created),
    before("createdBefore", created),
    after("updatedAfter", updated),
)
VARIABLES = (
    task_variables("taskVariables", lambda _engine, _task: None, "task "),
    task_variables("processVariables", lambda _engine, task: process_variables(task), "process "),
    task_variables("caseInstanceVariables", lambda _engine, task: case_variables(task), "case instance "),
)
SORTS: Mapping[str, Getter] = {
    **CASE_SORTS,
    "instanceId": instance_key,
    "dueDate": time_of("due"),
    "followUpDate": time_of("follow_up"),
    "executionId": of_process(lambda _engine, task: show_id(task.execution.key)),
    "assignee": fact("assignee"),
    "created": created,
    "lastUpdated": fact("updated"),
    "description": fact("description"),
    "id": lambda _engine, task: show_id(task.key),
    "name": fact("name"),
    "nameCaseInsensitive": folded(fact("name")),
    "priority": fact("priority"),
    "tenantId": tenant,
}

TASKS = Queryable(
    filters=(
        *PLACE,
        *PEOPLE,
        *OWN,
        *TIMES,
        *VARIABLES,
        *CASE_FILTERS,
        nothing("parentTaskId"),
        *(Filter(f"{name}Expression", TEXT, _forbidden) for name in EXPRESSIONS),
        *(option(name) for name in OPTIONS),
    ),
    sorts=SORTS,
    identity=lambda task: task.key,
    parametrized={
        "processVariable": by_variable(process_variables),
        "executionVariable": by_variable(
            lambda task: None if is_case(task.execution.instance.process) else task.execution.variables
        ),
        "taskVariable": by_variable(lambda _task: None),
        "caseInstanceVariable": by_variable(case_variables),
        "caseExecutionVariable": by_variable(
            lambda task: task.execution.variables if is_case(task.execution.instance.process) else None
        ),
    },
)
