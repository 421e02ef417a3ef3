"""`expect:` looks at instances and compares what they show."""

from collections.abc import Mapping

import msgspec

from simulator.scenario.matchers import exactly
from simulator.scenario.matching import ABSENT, Spot, is_matcher
from simulator.scenario.nodes import Node
from simulator.scenario.play import Play, as_mapping
from simulator.scenario.step_types import StepType
from simulator.scenario.typed import convert
from simulator.scenario.views import look

UNORDERED = frozenset({"at", "cancelled", "incidents", "tasks"})
SCOPED = frozenset({"local"})
VARIABLES = "variables"


class InstanceExpectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an instance is to show: a value or a matcher for each field that matters.

    `at`: elements active now, one entry per token, in any order. `passed`: elements completed, in the order
    of their completion. `cancelled`: elements ended without completing, in any order. `variables`: of the
    root scope, by name, those that matter. `local`: the same by element. `incidents`, `tasks`: in any order.
    """

    ended: object = msgspec.UNSET
    at: object = msgspec.UNSET
    passed: object = msgspec.UNSET
    cancelled: object = msgspec.UNSET
    variables: object = msgspec.UNSET
    local: object = msgspec.UNSET
    incidents: object = msgspec.UNSET
    tasks: object = msgspec.UNSET


class ExpectStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Look at instances, by their aliases."""

    expect: dict[str, InstanceExpectation]


def perform(step: ExpectStep, play: Play) -> None:
    """Look at each instance, and compare field by field."""
    play.found.expected = msgspec.to_builtins(step.expect)
    came: dict[str, object] = {}
    play.found.came = came
    for alias, expectation in step.expect.items():
        wanted = as_mapping(msgspec.to_builtins(expectation))
        shown = look(play.target, play.instance(alias), frozenset(map(str, wanted)))
        play.found.hidden.extend(shown.hidden)
        came[alias] = shown.fields
        for name, expected in wanted.items():
            if name in shown.fields:
                spot = Spot(("expect", alias, name), (alias, name))
                _compare(name, expected, shown.fields[name], spot, play)


def _compare(field: str, expected: object, came: object, spot: Spot, play: Play) -> None:
    if field in SCOPED and _is_literal(expected):
        for element, inner in as_mapping(expected).items():
            shown = as_mapping(came).get(element, ABSENT)
            _compare(VARIABLES, inner, shown, spot.into(element), play)
    elif field == VARIABLES and _is_literal(expected):
        for name, value in as_mapping(expected).items():
            play.compare(value, as_mapping(came).get(name, ABSENT), spot.into(name), exactly)
    elif field in UNORDERED:
        play.compare({"$unordered": expected} if isinstance(expected, list) else expected, came, spot)
    else:
        play.compare(expected, came, spot, exactly)


def _is_literal(expected: object) -> bool:
    return isinstance(expected, Mapping) and not is_matcher(expected)


def check(node: Node) -> None:
    """See that each instance's fields exist, and name their lines."""
    for expectation in node.mapping()["expect"].mapping().values():
        convert(expectation, InstanceExpectation)


STEP = StepType(
    name="expect",
    body=ExpectStep,
    perform=perform,
    ends=False,
    refusable=False,
    expectations=("expect",),
    uses=lambda step: list(step.expect),
    check=check,
)
