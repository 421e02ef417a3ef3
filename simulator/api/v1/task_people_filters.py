"""What task lists can be asked about people: assignees, owners, candidates, delegation."""

from collections.abc import Callable, Iterable
from typing import Any

from simulator.api.v1.filters import equals, flag, like, like_pattern, one_of
from simulator.api.v1.query_forms import TEXT, TEXTS, TRUTH, Form
from simulator.api.v1.querying import Filter, Getter, Query, Test, engine_failure
from simulator.api.v1.rest_error import invalid
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Work


def fact(name: str) -> Getter:
    """An attribute of the task itself."""
    return lambda _engine, task: task.facts.get(name)


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


def _delegation(value: str) -> str:
    if value.upper() not in ("PENDING", "RESOLVED"):
        message = "Valid values for property 'delegationState' are 'PENDING' or 'RESOLVED', but was"
        raise invalid(f"{message} '{value}'")
    return value.upper()


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
