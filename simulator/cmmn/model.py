"""A case as it was read: frozen definitions that hang, as details, on the nodes of a tree of plan items.

The tree is a `Process` whose root is the case plan model; each plan item is a `Node` with its plan item's id and its
definition's kind, and a `PlanItem` as its detail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.model.process import Evaluate, Node, Process

CASE_PLAN = "casePlanModel"
STAGE, TASK, HUMAN_TASK, MILESTONE = "stage", "task", "humanTask", "milestone"
STAGES = frozenset({CASE_PLAN, STAGE})


@dataclass(frozen=True, slots=True)
class PlanItemOnPart:
    """A sentry waits for a standard event of a plan item beside it."""

    source: str
    event: str


@dataclass(frozen=True, slots=True)
class VariableOnPart:
    """A sentry waits for a variable to be created, updated or deleted."""

    name: str
    event: str


@dataclass(frozen=True, slots=True)
class Sentry:
    """What has to happen (`parts`, all of them) and to hold (`condition`) for a criterion."""

    id: str
    parts: tuple[PlanItemOnPart | VariableOnPart, ...]
    condition: Evaluate | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of an item control; without a condition it holds always."""

    condition: Evaluate | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """An attribute of a human task: its text in the file, and what that is worth at an execution."""

    text: str
    value: Evaluate


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """What a plan item and its definition say: criteria by the ids of sentries, rules, and what a stage holds.

    `repeats_on` are the standard events after which an item without entry criteria repeats. `facts` are the
    attributes of a human task; it has no `form` of fields. `sentries` and `completes_early` (`autoComplete`) are a
    stage's.
    """

    entry: tuple[str, ...] = ()
    exit: tuple[str, ...] = ()
    manual: Rule | None = None
    required: Rule | None = None
    repetition: Rule | None = None
    repeats_on: frozenset[str] = frozenset({"complete", "terminate"})
    facts: Mapping[str, Fact] = field(default_factory=dict)
    form: None = None
    sentries: tuple[Sentry, ...] = ()
    completes_early: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a file; `process` carries its tree of plan items."""

    key: str
    name: str | None
    process: Process


def plan_item(node: Node) -> PlanItem:
    """What was read of the plan item that a node stands for."""
    detail: PlanItem = node.detail
    return detail


def is_case(process: Process) -> bool:
    """Whether an instance of it is a case instance."""
    return process.root.kind == CASE_PLAN
