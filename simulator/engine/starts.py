"""Starting process instances: at the default start event, at chosen places, by a form."""

from collections.abc import Mapping, Set
from types import MappingProxyType
from typing import Any

import msgspec

from simulator.bpmn.camunda7.form_values import form_variables, submitted
from simulator.bpmn.camunda7.forms import Form
from simulator.engine.deployments import Definition
from simulator.engine.rejections import DefinitionSuspended
from simulator.kernel.executions import starting
from simulator.kernel.executions.instructions import Instruction, first_node, start_at_instructions
from simulator.kernel.failures import ModelFailure
from simulator.kernel.state import Instance
from simulator.model.process import Node

LONGEST_ID, LONGEST_NAME, LONGEST_TEXT = 64, 255, 4000
COLUMN_TOO_SMALL = 10002
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Start(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What a start is asked to do, beyond of which definition.

    Of the variables some may be `transient`; `unstorable` is why one of them can't be stored.
    """

    variables: Mapping[str, Any] = NOTHING
    transient: Set[str] = frozenset()
    unstorable: Exception | None = None
    business_key: str | None = None
    case_instance: str | None = None
    instructions: tuple[Instruction, ...] = ()
    skip_listeners: bool = False
    skip_mappings: bool = False


class Started(msgspec.Struct, frozen=True, eq=False):
    """A new instance, with the variables of its outermost scope as they were when it came to rest."""

    instance: Instance
    variables: Mapping[str, Any]
    transient: Set[str] = frozenset()


class Starts:
    """The start commands of an engine."""

    __slots__ = ("engine",)

    def __init__(self, engine: Any) -> None:
        self.engine = engine

    def start(self, definition: Definition, start: Start) -> Started:
        """Start an instance at its default start event, or where the instructions say.

        Raises `DefinitionSuspended`, `InstructionRefused`, and `ModelFailure` for whatever fails before the first
        wait states; then nothing has happened. The start is looked up before the suspension counts.
        """
        process = definition.process
        node = first_node(process, start.instructions[0]) if start.instructions else default_start(definition)
        if definition.suspended:
            raise DefinitionSuspended(definition.key)
        if start.unstorable is not None:
            raise start.unstorable
        with self.engine.command() as run:
            instance = starting.create(
                run, definition, node, business_key=start.business_key, case_instance=start.case_instance
            )
            if start.instructions:
                run.skip_listeners, run.skip_mappings = start.skip_listeners, start.skip_mappings
                start_at_instructions(run, instance, start.variables, start.transient, start.instructions)
                run.work_off()
            else:
                starting.start_at(run, instance, node, start.variables, start.transient)
            _ensure_fits(start)
            variables = instance.execution.variables or {}
            if not run.transient:
                return Started(instance, variables)
            return Started(instance, dict(variables), {n for k, n in run.transient if k == instance.key})

    def submit_form(self, definition: Definition, start: Start) -> Instance:
        """Start an instance with the values of its form; raises as `start` does, too, where a value is not valid."""
        default_start(definition)
        if definition.suspended:
            raise DefinitionSuspended(definition.key)
        if start.unstorable is not None:
            raise start.unstorable
        values = submitted(start_form(definition), start.variables, Entries(self.engine.clock.now()))
        return self.start(
            definition, Start(variables=values, transient=start.transient, business_key=start.business_key)
        ).instance

    def form_variables(self, definition: Definition) -> dict[str, Any]:
        """The fields of a definition's start form as variables."""
        return form_variables(start_form(definition), Entries(self.engine.clock.now()))


def _ensure_fits(start: Start) -> None:
    """Fail as the database does at the end of a command, where a text is longer than its column (live Camunda 7.24)."""
    fits = len(start.business_key or "") <= LONGEST_NAME and len(start.case_instance or "") <= LONGEST_ID
    fits = fits and _fit(start.variables, start.transient)
    for each in start.instructions:
        fits = fits and _fit({**each.variables, **each.local}, each.transient)
    if not fits:
        raise ModelFailure(
            "An exception occurred in the persistence layer. Please check the server logs for a detailed message and "
            "the entire exception stack trace.",
            code=COLUMN_TOO_SMALL,
        )


def _fit(variables: Mapping[str, Any], transient: Set[str]) -> bool:
    """Whether the names and texts of the variables that are kept fit into their columns."""
    for name, value in variables.items():
        if name not in transient and (
            len(name) > LONGEST_NAME or (isinstance(value, str) and len(value) > LONGEST_TEXT)
        ):
            return False
    return True


class Entries:
    """Where the expressions of a start form are evaluated: there are no variables yet."""

    __slots__ = ("root", "time")

    def __init__(self, time: int) -> None:
        self.time = time
        self.root = self

    def lookup(self, name: str, missing: Any = None) -> Any:
        """No name is known."""
        return missing

    def visible(self) -> dict[str, Any]:
        """No variables."""
        return {}


def start_form(definition: Definition) -> Form | None:
    """The form of the default start event."""
    start = definition.process.root.start
    return None if start is None else start.detail


def default_start(definition: Definition) -> Node:
    """The start event of a plain start; raises `ModelFailure` where there is none (live Camunda 7.24)."""
    start = definition.process.root.start
    if start is None:
        raise ModelFailure(
            "Process 'null' has no default start activity (e.g. none start event), hence you cannot use "
            "'startProcessInstanceBy...' but have to start it using one of the modeled start events (e.g. message "
            "start events): initial is null"
        )
    return start
