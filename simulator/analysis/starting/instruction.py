"""A start instruction as users write it, and the codes of what can be wrong with one."""

from dataclasses import dataclass

from simulator.analysis.finding import Found, Rule, Severity
from simulator.core.errors import UserError

KINDS = ("before", "after", "transition")


@dataclass(frozen=True, slots=True)
class StartInstruction:
    """Where to start: `kind` is before, after or transition, `element` the id of an activity or a flow."""

    kind: str
    element: str

    def __str__(self) -> str:
        return f"start {'at' if self.kind == 'transition' else self.kind} '{self.element}'"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that start instructions break, and where."""

    rule: Rule
    found: Found


def read_instruction(text: str) -> StartInstruction:
    """Read `before:task`, `after:task` or `transition:flow`; raises `UserError`."""
    kind, colon, element = text.partition(":")
    if not colon or kind not in KINDS or not element:
        wanted = ", ".join(f"{kind}:ID" for kind in KINDS)
        raise UserError(f"expected a start instruction ({wanted}), came {text!r}")
    return StartInstruction(kind, element)


def _rule(number: int, meaning: str, severity: Severity = Severity.ERROR, clause: str | None = None) -> Rule:
    return Rule(
        code=f"BPMN-START-{number:03}",
        severity=severity,
        clause=clause or "live Camunda 7.24 and 8.8.21",
        meaning=meaning,
    )


UNKNOWN = _rule(1, "The target of a start instruction does not exist, or not for the dialect's engine.")
SEVERAL_FLOWS = _rule(
    2, "An instruction starts after something with several ways out.", clause="live Camunda 7.24"
)
NO_FLOW = _rule(3, "An instruction starts after something with no way out.", clause="live Camunda 7.24")
INSIDE_LOOP = _rule(
    4,
    "The target lies where instructions cannot enter: in a multi-instance activity or an ad-hoc subprocess.",
)
BEHIND_GATEWAY = _rule(
    5, "The target belongs to an event-based gateway, which alone can start it.", clause="live Camunda 8.8.21"
)
WRONG_TYPE = _rule(6, "The dialect does not start at elements of this type.")
AMBIGUOUS = _rule(
    7,
    "Earlier instructions leave several instances of the scope or activity that a later one needs one of.",
    clause="live Camunda 7.24",
)
MAY_BE_AMBIGUOUS = _rule(
    8,
    "Whether a later instruction finds exactly one instance of its scope depends on conditions.",
    Severity.WARNING,
    "live Camunda 7.24",
)
WRONG_KIND = _rule(
    9,
    "The dialect knows no instructions of this kind: Camunda 8 starts before elements only.",
    clause="live Camunda 8.8.21",
)
WAITING_JOIN = _rule(
    10,
    "The instructions bring fewer tokens to a parallel join than it has flows: it waits.",
    Severity.WARNING,
)
NEVER_ENDS = _rule(11, "Starting so leaves an instance that never ends.", Severity.WARNING)
TREE_LOST = _rule(
    13,
    "An earlier instruction ends all there is at a subprocess or other scope without outgoing flow.",
    clause="live Camunda 7.24",
)
MAPPINGS_SKIPPED = _rule(
    12, "The input mappings of a scope around the target do not run.", Severity.WARNING, "live Camunda 8.8.21"
)
