"""Cases: deploying them, creating instances, doing their tasks."""

from collections.abc import Iterable, Mapping, Set
from typing import Any

from simulator.bpmn.camunda7.beans import BEANS
from simulator.bpmn.camunda7.ids import show_id
from simulator.bpmn.camunda7.language import Juel
from simulator.bpmn.element import Problem
from simulator.cmmn import machine
from simulator.cmmn.definitions import Refusal
from simulator.cmmn.errors import COLUMN_TOO_SMALL, STILL_REFERRED_TO, CaseUnreadable, not_stored
from simulator.cmmn.model import Case
from simulator.cmmn.reading import read_cases
from simulator.cmmn.steps import perform
from simulator.engine.case_definitions import CaseDefinition, CaseDefinitions
from simulator.engine.rejections import DeploymentRefused
from simulator.expressions.juel import ExpressionSyntaxError
from simulator.kernel.events import InstanceEnded, InstanceStarted, VariableRemoved, VariableSet
from simulator.kernel.failures import ModelFailure
from simulator.kernel.plan_items import item_of
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance, Root, State, Work
from simulator.model.errors import ModelError
from simulator.model.xml import parse

SUFFIXES = ("cmmn11.xml", "cmmn10.xml", "cmmn")
LANGUAGE = Juel({name: bean for name, bean in BEANS.items() if name != "execution"})
"""JUEL as cases have it: there is no process execution."""
NAME_AT_MOST, TEXT_AT_MOST = 255, 4000
"""What a live engine's tables hold of names and business keys, and of texts."""


def is_cmmn(resource: str) -> bool:
    """Whether a resource's name says that it is a CMMN model."""
    return resource.endswith(SUFFIXES)


class Cases:
    """The case commands of an engine.

    Case instances live in a `state` of their own, so that nothing that looks at process instances sees them; open
    work is the engine's, so that everything that looks at tasks does.
    """

    __slots__ = ("definitions", "engine", "state")

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.definitions = CaseDefinitions()
        self.state = State()
        self.state.work = engine.state.work
        self.state.jobs = engine.state.jobs
        self.state.due = engine.state.due

    # Deploying.

    def read(self, resource: str, content: bytes) -> tuple[str | None, list[Case]]:
        """Read a file into its target namespace and its cases; raises `DeploymentRefused`."""
        unreadable = DeploymentRefused(
            "case", resource, (), f"ENGINE-04001 Could not transform resource '{resource}'."
        )
        try:
            root = parse(content, resource, self.engine.dialect.limits)
            cases, refusals = read_cases(root, LANGUAGE)
        except ModelError as error:
            raise unreadable from error
        except (CaseUnreadable, ExpressionSyntaxError) as error:
            if isinstance(error, CaseUnreadable) and error.schema:
                raise unreadable from error
            message = f"ENGINE-04002 Error while parsing process of resource '{resource}'."
            raise DeploymentRefused("case", resource, (), message) from error
        if any(not case.key for case in cases):
            raise not_stored()
        if refusals:
            raise DeploymentRefused("parse", resource, tuple(map(_problem, refusals)))
        return root.get("targetNamespace"), cases

    def define(
        self, resource: str, read: tuple[str | None, list[Case]], deployment: int, tenant: str | None
    ) -> list[CaseDefinition]:
        """The next versions of the cases of a file; they are not deployed yet."""
        category, cases = read
        return [
            CaseDefinition(
                key=self.engine.state.key(),
                case=case,
                version=self.definitions.next_version(case.key, tenant),
                deployment=deployment,
                resource=resource,
                tenant=tenant,
                category=category,
            )
            for case in cases
        ]

    def ensure_removable(self, definitions: Iterable[CaseDefinition]) -> None:
        """Raise `ModelFailure` where there are instances of the definitions."""
        if any(self.state.running.get(definition.key) for definition in definitions):
            raise not_stored(STILL_REFERRED_TO)

    def remove(self, definitions: Iterable[CaseDefinition]) -> None:
        """Take definitions away, with all instances."""
        for definition in definitions:
            for instance in list((self.state.running.get(definition.key) or {}).values()):
                with self.engine.command() as run:
                    run.emit(instance.root, InstanceEnded(instance.key, "cancelled", "deleted deployment"))
                del self.state.instances[instance.key], self.state.roots[instance.root.key]
            self.definitions.remove(definition)

    # Instances.

    def owns(self, execution: Execution) -> bool:
        """Whether an execution belongs to a case instance."""
        return execution.root.state is self.state

    def state_of(self, instance: Instance) -> str:
        """The state of a case instance: active, completed or terminated."""
        state: str = item_of(instance.execution).state
        return state

    def create(
        self,
        definition: CaseDefinition,
        variables: Mapping[str, Any],
        *,
        transient: Set[str] = frozenset(),
        business_key: str | None = None,
    ) -> Instance:
        """Create a case instance and run it to its first wait states; then the `transient` variables go.

        Raises `ModelFailure` for whatever fails until then; then nothing has happened.
        """
        with self.engine.command() as run:
            instance = self._start(run, definition, business_key)
            case = instance.execution
            for name, value in variables.items():
                run.emit(case.root, VariableSet(case.key, name, value))
            perform(run, machine.begin_case(run, case))
            for name in transient & (case.variables or {}).keys():
                run.emit(case.root, VariableRemoved(case.key, name))
            ensure_storable({name: value for name, value in variables.items() if name not in transient})
            if business_key is not None and len(business_key) > NAME_AT_MOST:
                raise not_stored(COLUMN_TOO_SMALL)
        return instance

    def _start(self, run: Run, definition: CaseDefinition, business_key: str | None) -> Instance:
        key = self.engine.state.key()
        root = self.state.roots[key] = Root(key, self.state)
        started = InstanceStarted(
            key=key,
            process=definition.process,
            definition=definition.key,
            start=None,
            business_key=business_key,
            case_instance=None,
            tenant=definition.tenant,
        )
        run.emit(root, started)
        return self.state.instances[key]

    # Tasks.

    def complete_task(self, work: Work, variables: Mapping[str, Any]) -> None:
        """Complete a human task: its plan item completes, and all that follows from it."""
        ensure_storable(variables)
        execution = work.execution
        with self.engine.command() as run:
            perform(run, machine.write(run, execution, variables))
            if work.key not in self.state.work:
                raise _not_active(execution)
            machine.close_work(run, execution, "completed")
            perform(run, machine.complete(run, execution))

    def change_variables(
        self,
        execution: Execution,
        values: Mapping[str, Any],
        removed: Iterable[str] = (),
        *,
        local: bool = False,
    ) -> None:
        """Set and remove variables seen from a plan item instance; sentries react to each change."""
        with self.engine.command() as run:
            self.write(run, execution, values, local=local)
            for name in removed:
                perform(run, machine.remove(run, execution, name, local=local))

    def write(
        self, run: Run, execution: Execution, values: Mapping[str, Any], *, local: bool = False
    ) -> None:
        """Set variables within a command."""
        ensure_storable(values)
        perform(run, machine.write(run, execution, values, local=local))


def _not_active(execution: Execution) -> ModelFailure:
    """The failure of completing what has ended meanwhile."""
    identity, state = show_id(execution.key), item_of(execution).state
    return ModelFailure(
        f"ENGINE-05011 Could not perform transition 'complete on case execution with id '{identity}'.Reason: The case "
        f"execution must be in state 'active' to complete, but it was in state '{state}'"
    )


def _problem(refusal: Refusal) -> Problem:
    message = f"the simulator does not run {refusal.what}"
    return Problem(message=message, element=refusal.element, line=refusal.line, refused=True)


def ensure_storable(variables: Mapping[str, Any]) -> None:
    """Raise `ModelFailure` for a name or a text that is longer than a live engine stores."""
    for name, value in variables.items():
        if len(name) > NAME_AT_MOST or (value.__class__ is str and len(value) > TEXT_AT_MOST):
            raise not_stored(COLUMN_TOO_SMALL)
