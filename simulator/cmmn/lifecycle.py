"""The lifecycles of case instances, stages and tasks, and milestones (CMMN 1.1, 8.4; live Camunda 7.24)."""

from collections.abc import Mapping

from simulator.cmmn.model import CASE_PLAN, MILESTONE
from simulator.kernel.plan_items import NEW

AVAILABLE, ENABLED, DISABLED, ACTIVE = "available", "enabled", "disabled", "active"
COMPLETED, TERMINATED = "completed", "terminated"
TERMINATING, EXITING = "terminating", "exiting"
"""On the way to the end, while what lies inside ends first."""

CREATE, ENABLE, START, OCCUR, COMPLETE = "create", "enable", "start", "occur", "complete"
EXIT, TERMINATE, PARENT_TERMINATE, PARENT_COMPLETE = "exit", "terminate", "parentTerminate", "parentComplete"
BEGIN_EXIT, BEGIN_TERMINATE = "beginExit", "beginTerminate"
"""The standard events, and the two beginnings of an end."""

Transitions = Mapping[tuple[str, str], str]

STAGE_OR_TASK: Transitions = {
    (NEW, CREATE): AVAILABLE,
    (AVAILABLE, ENABLE): ENABLED,
    (AVAILABLE, START): ACTIVE,
    (ACTIVE, COMPLETE): COMPLETED,
    (AVAILABLE, PARENT_COMPLETE): COMPLETED,
    (ENABLED, PARENT_COMPLETE): COMPLETED,
    (COMPLETED, PARENT_COMPLETE): COMPLETED,
    (TERMINATED, PARENT_COMPLETE): COMPLETED,
    (EXITING, PARENT_COMPLETE): COMPLETED,
    (NEW, BEGIN_EXIT): EXITING,
    (AVAILABLE, BEGIN_EXIT): EXITING,
    (ENABLED, BEGIN_EXIT): EXITING,
    (ACTIVE, BEGIN_EXIT): EXITING,
    (EXITING, EXIT): TERMINATED,
}
MILESTONES: Transitions = {
    (NEW, CREATE): AVAILABLE,
    (AVAILABLE, OCCUR): COMPLETED,
    (AVAILABLE, PARENT_COMPLETE): COMPLETED,
    (COMPLETED, PARENT_COMPLETE): COMPLETED,
    (TERMINATED, PARENT_COMPLETE): COMPLETED,
    (NEW, PARENT_TERMINATE): TERMINATED,
    (AVAILABLE, PARENT_TERMINATE): TERMINATED,
}
CASE_INSTANCE: Transitions = {
    (NEW, CREATE): ACTIVE,
    (ACTIVE, COMPLETE): COMPLETED,
    (ACTIVE, BEGIN_TERMINATE): TERMINATING,
    (TERMINATING, TERMINATE): TERMINATED,
}


def transitions_of(kind: str) -> Transitions:
    """The table of a kind of plan item definition."""
    if kind == CASE_PLAN:
        return CASE_INSTANCE
    return MILESTONES if kind == MILESTONE else STAGE_OR_TASK
