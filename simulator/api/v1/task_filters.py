"""What task lists can be asked: filters and sort keys of user tasks."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.api.v1.filters import (
    after,
    at_least,
    at_most,
    before,
    differs,
    equals,
    flag,
    like,
    like_pattern,
    nothing,
    one_of,
    option,
)
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id, show_activity, show_id
from simulator.api.v1.query_forms import DATE, INTEGER, TEXT, TEXTS, TRUTH, Form
from simulator.api.v1.querying import Filter, Getter, Query, Queryable, Test, engine_failure, null_value
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing_work import definition_of
from simulator.api.v1.task_variable_filters import by_variable, task_variables
from simulator.core.java import Date
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Work

FORBIDDEN = (
    "Expressions are forbidden in adhoc queries. "
    "This behavior can be toggled in the process engine configuration"
)


def fact(name: str) -> Getter:
    """An attribute of the task itself."""
    return lambda _engine, task: task.facts.get(name)


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


def instance_key(_engine: ProcessEngine, task: Work) -> int:
    """The process instance."""
    return task.execution.instance.key


def business_key(_engine: ProcessEngine, task: Work) -> str | None:
    """The process instance's business key."""
    return task.execution.instance.business_key


def process_key(_engine: ProcessEngine, task: Work) -> str:
    """The key of the process definition."""
    return task.execution.instance.process.key


def process_name(_engine: ProcessEngine, task: Work) -> str | None:
    """The name of the process definition."""
    return task.execution.instance.process.name


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


def candidates(name: str, fits: Callable[[Query, Any, Work], bool], form: Form = TEXT) -> Filter:
    """A filter by candidates: of tasks that nobody has, but for `includeAssignedTasks`."""

    def ask(query: Query, value: Any) -> Iterable[Test]:
        if value is False:
            return
        if value == []:
            raise engine_failure("Candidate group list is empty")
        _ensure_usable(query)
        if name == "candidateGroups" and not query.within_or and "candidateGroup" in query.values:
            value = [group for group in value if group == query.values["candidateGroup"]]
        assigned_too = query.holds("includeAssignedTasks")
        yield lambda task: (assigned_too or task.facts["assignee"] is None) and fits(query, value, task)

    return Filter(name, form, ask)


def _ensure_usable(query: Query) -> None:
    if "candidateUser" not in query.values or query.within_or:
        return
    for other, words in (
        ("candidateGroup", "candidateUser and candidateGroup"),
        ("candidateGroups", "candidateGroupIn and candidateUser"),
    ):
        if other in query.values:
            raise engine_failure(f"Invalid query usage: cannot set both {words}")


CANDIDATES = (
    candidates("candidateGroup", lambda _query, value, task: value in task.facts["candidate_groups"]),
    candidates(
        "candidateGroups",
        lambda _query, values, task: not set(values).isdisjoint(task.facts["candidate_groups"]),
        TEXTS,
    ),
    candidates(
        "candidateGroupLike",
        lambda _query, value, task: any(map(like_pattern(value).fullmatch, task.facts["candidate_groups"])),
    ),
    candidates("candidateUser", lambda _query, value, task: value in task.facts["candidate_users"]),
    candidates(
        "withCandidateGroups", lambda _query, _value, task: bool(task.facts["candidate_groups"]), TRUTH
    ),
    candidates(
        "withoutCandidateGroups", lambda _query, _value, task: not task.facts["candidate_groups"], TRUTH
    ),
    candidates("withCandidateUsers", lambda _query, _value, task: bool(task.facts["candidate_users"]), TRUTH),
    candidates(
        "withoutCandidateUsers", lambda _query, _value, task: not task.facts["candidate_users"], TRUTH
    ),
)


def _include_assigned(query: Query, value: bool) -> Iterable[Test]:
    if value and not any(query.values.get(each.name) not in (None, False) for each in CANDIDATES):
        names = "candidateUser, candidateGroup, candidateGroupLike, candidateGroupIn, withCandidateGroups"
        more = "withoutCandidateGroups, withCandidateUsers, withoutCandidateUsers"
        called = "has to be called before 'includeAssignedTasks'"
        raise engine_failure(f"Invalid query usage: {names}, {more} {called}.")
    return ()


def _involved(_engine: ProcessEngine, task: Work) -> tuple[Any, ...]:
    facts = task.facts
    return (facts["assignee"], facts["owner"], *facts["candidate_users"])


def _involves(query: Query, value: str) -> Iterable[Test]:
    engine = query.engine
    yield lambda task: value in _involved(engine, task)


def _follow_up_or_none(_query: Query, value: int) -> Iterable[Test]:
    moment = time_of("follow_up")

    def test(task: Work) -> bool:
        found = moment(_query.engine, task)
        return found is None or found < value

    yield test


def _forbidden(query: Query, value: str) -> Iterable[Test]:
    query.refused = query.refused or RestError(400, "BadUserRequestException", FORBIDDEN, 0)
    return ()


def _delegation(value: str) -> str:
    if value.upper() not in ("PENDING", "RESOLVED"):
        message = "Valid values for property 'delegationState' are 'PENDING' or 'RESOLVED', but was"
        raise invalid(f"{message} '{value}'")
    return value.upper()


EXPRESSIONS = (
    "processInstanceBusinessKey", "processInstanceBusinessKeyLike", "assignee", "assigneeLike", "candidateGroup",
    "candidateGroups", "candidateUser", "involvedUser", "owner", "dueAfter", "dueBefore", "dueDate",
    "followUpAfter", "followUpBefore", "followUpBeforeOrNotExistent", "followUpDate", "createdAfter",
    "createdBefore", "createdOn", "updatedAfter",
)  # fmt: skip
CASES = (
    "caseDefinitionId", "caseDefinitionKey", "caseDefinitionName", "caseDefinitionNameLike", "caseExecutionId",
    "caseInstanceBusinessKey", "caseInstanceBusinessKeyLike", "caseInstanceId", "parentTaskId",
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
    equals("executionId", lambda _engine, task: task.execution.key, read=read_id),
    one_of("activityInstanceIdIn", lambda _engine, task: show_activity(task.node, task.activity)),
    one_of("tenantIdIn", tenant),
    flag("withoutTenantId", lambda _engine, task: task.execution.instance.tenant is None),
    active(lambda engine, task: not suspended(engine, task)),
    flag("suspended", suspended),
)
PEOPLE = (
    equals("assignee", fact("assignee")),
    like("assigneeLike", fact("assignee")),
    one_of("assigneeIn", fact("assignee")),
    one_of("assigneeNotIn", fact("assignee"), inverted=True),
    flag("assigned", lambda _engine, task: task.facts["assignee"] is not None),
    flag("unassigned", lambda _engine, task: task.facts["assignee"] is None),
    equals("owner", fact("owner")),
    Filter("involvedUser", TEXT, _involves),
    Filter("includeAssignedTasks", TRUTH, _include_assigned),
    *CANDIDATES,
    equals("delegationState", fact("delegation"), read=_delegation),
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
    task_variables(
        "processVariables", lambda _engine, task: task.execution.instance.execution.variables, "process "
    ),
    task_variables("caseInstanceVariables", lambda _engine, _task: None, "case instance "),
)
SORTS: Mapping[str, Getter] = {
    "instanceId": instance_key,
    "caseInstanceId": lambda _engine, _task: None,
    "dueDate": time_of("due"),
    "followUpDate": time_of("follow_up"),
    "executionId": lambda _engine, task: show_id(task.execution.key),
    "caseExecutionId": lambda _engine, _task: None,
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
        *(nothing(name) for name in CASES),
        *(Filter(f"{name}Expression", TEXT, _forbidden) for name in EXPRESSIONS),
        *(option(name) for name in OPTIONS),
    ),
    sorts=SORTS,
    identity=lambda task: task.key,
    parametrized={
        "processVariable": by_variable(lambda task: task.execution.instance.execution.variables),
        "executionVariable": by_variable(lambda task: task.execution.variables),
        "taskVariable": by_variable(lambda _task: None),
        "caseInstanceVariable": by_variable(lambda _task: None),
        "caseExecutionVariable": by_variable(lambda _task: None),
    },
)

__all__ = ["TASKS", "null_value"]
