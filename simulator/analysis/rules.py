"""How the dialects differ in what `check` says: one field per question."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from simulator.analysis import variables_camunda7, variables_camunda8
from simulator.analysis.finding import Severity
from simulator.analysis.process_graph import PREFIX, ProcessGraph
from simulator.analysis.starting import camunda7, camunda8
from simulator.analysis.starting.instruction import Refusal, StartInstruction
from simulator.analysis.variables import Accesses
from simulator.analysis.wait_states import waits_in_camunda7, waits_in_camunda8, waits_in_standard
from simulator.core.errors import UserError
from simulator.dialects.finding import DIALECTS

CATCHING = frozenset({"intermediateCatchEvent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One dialect's answers, each with its source; a severity of None says that there is nothing to say."""

    name: str
    waits: Callable[[ProcessGraph, int], bool]
    """Whether a token at a node waits for something outside, so that a loop through it is no endless one."""

    judge_start: Callable[[ProcessGraph, Sequence[StartInstruction]], Iterator[Refusal]] = camunda7.judge
    """Whether start instructions can be carried out; the standard has none, and takes Camunda 7's word."""

    accesses: Callable[[ProcessGraph], Accesses] | None = None
    """How variables are read and written; the standard leaves the expression language open (8.4.6)."""

    unknown_variable: Severity = Severity.WARNING
    """Reading what nobody has written: fails in JUEL, gives null in FEEL."""

    dead_end_at_exclusive: Severity = Severity.WARNING
    """An exclusive gateway without a way out: an implicit end (13.2), refused by Camunda 7."""

    condition_at_activity: Severity | None = None
    """A conditional flow behind an activity: allowed (8.4.13), undeployable in Camunda 8."""

    condition_ignored: Severity = Severity.WARNING
    """A condition behind a parallel or event-based gateway or a start event: without effect, or undeployable."""

    default_with_condition: Severity = Severity.WARNING
    """A default flow that has a condition too: Camunda 7 refuses it at exclusive gateways."""

    unconditional_beside_default: Severity = Severity.WARNING
    """A flow without condition among an exclusive gateway's: it hides those behind it, or is refused."""

    one_event: Severity = Severity.WARNING
    """An event-based gateway with fewer than two events (10.6.6), refused by Camunda 8."""

    awaited: frozenset[str] = CATCHING | {"receiveTask"}
    """What may follow an event-based gateway (10.6.6); no engine takes receive tasks."""

    interrupting_cycle: Severity = Severity.WARNING
    """A cycle on a timer that fires once: refused by Camunda 8."""

    unsupported: Mapping[str, str] = field(default_factory=dict)
    """Elements the engine has no behaviour for, with what it does about them."""

    unsupported_events: Mapping[str, str] = field(default_factory=dict)
    """Event definitions likewise."""

    ignored: Mapping[str, str] = field(default_factory=dict)
    """Children of elements that the engine reads over, with what happens instead."""


STANDARD = Rules(name="standard", waits=waits_in_standard)
"""BPMN 2.0.2 as written."""

LOOP_IGNORED = {f"{PREFIX}standardLoopCharacteristics": "the activity runs once"}
"""Live Camunda 7.24 and 8.9.0: a standard loop deploys and does nothing."""

CAMUNDA_7 = replace(
    STANDARD,
    name="camunda7",
    waits=waits_in_camunda7,
    accesses=variables_camunda7.accesses,
    unknown_variable=Severity.ERROR,  # live Camunda 7.24: evaluating fails
    dead_end_at_exclusive=Severity.ERROR,  # live Camunda 7.24: refused at deployment
    default_with_condition=Severity.ERROR,  # live Camunda 7.24: refused at exclusive gateways
    awaited=CATCHING,  # live Camunda 7.24: refused at deployment
    unsupported={
        "complexGateway": "it is ignored, and flows to or from it are errors",
        "adHocSubProcess": "it is ignored, and flows to or from it are errors",
    },  # live Camunda 7.24: a warning at deployment
    ignored=LOOP_IGNORED,
)
"""Camunda 7.24 and its relatives."""

CAMUNDA_8 = replace(
    STANDARD,
    name="camunda8",
    waits=waits_in_camunda8,
    judge_start=camunda8.judge,
    accesses=variables_camunda8.accesses,
    condition_at_activity=Severity.ERROR,  # live Camunda 8.9.0: undeployable
    condition_ignored=Severity.ERROR,  # live Camunda 8.9.0: undeployable
    unconditional_beside_default=Severity.ERROR,  # live Camunda 8.9.0: undeployable
    one_event=Severity.ERROR,  # live Camunda 8.9.0: undeployable
    awaited=CATCHING,
    interrupting_cycle=Severity.ERROR,  # live Camunda 8.9.0: undeployable
    unsupported={"transaction": "deployment is refused", "complexGateway": "deployment is refused"},
    unsupported_events={"cancel": "deployment is refused"},
    ignored=LOOP_IGNORED,
)
"""Camunda 8.8."""

PRODUCTS = {"standard": STANDARD, "camunda7": CAMUNDA_7, "operaton": CAMUNDA_7, "camunda8": CAMUNDA_8}


def find_rules(dialect: str) -> Rules:
    """The rules of a dialect as users write it (`camunda8:8.6`); raises `UserError` that lists those there are."""
    product, _, release = dialect.partition(":")
    found = PRODUCTS.get(product)
    if found is None or (release and dialect.removesuffix(".0") not in DIALECTS):
        known = ", ".join([*PRODUCTS, *(name for name in DIALECTS if name not in PRODUCTS)])
        raise UserError(f"expected a dialect ({known}), came {dialect!r}")
    return replace(found, name=dialect)
