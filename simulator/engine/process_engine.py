"""The engine of the Camunda 7 family: its store, and one method for each command."""

from collections.abc import Mapping
from typing import Any

from simulator.engine.cases import Cases
from simulator.engine.clock import Clock
from simulator.engine.correlation import Correlation
from simulator.engine.deploying import Deploying
from simulator.engine.deployments import Definition, Deployments
from simulator.engine.history import History
from simulator.engine.jobs import Jobs
from simulator.engine.rejections import InstanceSuspended, NotFound
from simulator.engine.starts import Start, Starts
from simulator.kernel.executions import triggering
from simulator.kernel.executions.cancelling import delete_instance
from simulator.kernel.executions.changing import change, remove, setting, suspend
from simulator.kernel.executions.instructions import Instruction
from simulator.kernel.executions.surroundings import Surroundings
from simulator.kernel.run import EVENTS_AT_MOST, Run
from simulator.kernel.state import Execution, Instance, State, Work

FIRST_KEY = 1


class ProcessEngine:
    """One engine of a dialect, with its clock; commands are all or nothing.

    `cases`, `deploying`, `starts`, `correlation` and `jobs` hold the commands of their areas.
    """

    def __init__(
        self, dialect: Any, clock: Clock, *, events_at_most: int = EVENTS_AT_MOST, job_executor: bool = False
    ) -> None:
        self.dialect = dialect
        self.clock = clock
        self.events_at_most = events_at_most
        self.job_executor = job_executor
        self.state = State(FIRST_KEY)
        self.deployments = Deployments()
        self.cases = Cases(self)
        self.deploying = Deploying(self)
        self.correlation = Correlation(self)
        self.jobs = Jobs(self)
        self.starts = Starts(self)
        self.history = History()
        self.surroundings: Surroundings = self

    def command(self) -> Run:
        """One command: everything in its `with` block happens, or, if anything is raised, nothing."""
        return Run(
            self.state, self.dialect.execution, self.clock.now(), self.surroundings, self.events_at_most
        )

    # What the kernel asks of the engine around it.

    def called_definition(self, run: Run, execution: Execution, called: Any, key: str) -> Definition:
        """The definition a call activity starts; raises `ModelFailure` where there is none."""
        return self.deploying.called_definition(run, execution, called, key)

    def broadcast(self, run: Run, name: str, variables: Mapping[str, Any], tenant: str | None) -> None:
        """Hand a signal thrown by a model to all who wait for it, and start what it starts."""
        self.correlation.broadcast_in(run, name, variables, tenant)

    # Starting.

    def start_process(
        self,
        definition: Definition,
        variables: Mapping[str, Any],
        *,
        business_key: str | None = None,
        case_instance: str | None = None,
        instructions: tuple[Instruction, ...] = (),
        skip_listeners: bool = False,
        skip_mappings: bool = False,
    ) -> Instance:
        """Start an instance at its default start event, or where the instructions say.

        Raises `DefinitionSuspended`, `InstructionRefused`, and `ModelFailure` for whatever fails before the first
        wait states; then nothing has happened.
        """
        start = Start(
            variables=variables,
            business_key=business_key,
            case_instance=case_instance,
            instructions=instructions,
            skip_listeners=skip_listeners,
            skip_mappings=skip_mappings,
        )
        return self.starts.start(definition, start).instance

    # Work.

    def work(self, key: int, *kinds: str) -> Work:
        """Open work of one of the kinds; raises `NotFound`."""
        found = self.state.work.get(key)
        if found is None or found.kind not in kinds:
            raise NotFound(kinds[0], key)
        return found

    def complete(
        self, work: Work, variables: Mapping[str, Any], local: Mapping[str, Any] | None = None
    ) -> None:
        """Complete a task: its instance goes on to the next wait states."""
        if self.cases.owns(work.execution):
            self.cases.complete_task(work, variables)
            return
        self.ensure_active(work.execution.instance, "task", work.key)
        with self.command() as run:
            triggering.finish(run, work, variables, local)

    def change_work(self, work: Work, facts: dict[str, Any]) -> None:
        """Change attributes of a task or job."""
        with self.command() as run:
            change(run, work, facts)

    # Instances.

    def instance(self, key: int) -> Instance:
        """A running instance; raises `NotFound`."""
        found = self.state.instances.get(key)
        if found is None or found.ended:
            raise NotFound("process instance", key)
        return found

    def delete(
        self,
        instance: Instance,
        reason: str | None,
        *,
        skip_listeners: bool,
        skip_mappings: bool,
        skip_called: bool = False,
    ) -> None:
        """End an instance from outside; the instances it called end too, or (`skip_called`) go on by themselves."""
        with self.command() as run:
            run.skip_listeners, run.skip_mappings = skip_listeners, skip_mappings
            delete_instance(run, instance, reason, skip_called=skip_called)

    def suspend(self, instance: Instance, suspended: bool) -> None:
        """Suspend or activate an instance with its tasks and jobs."""
        with self.command() as run:
            suspend(run, instance, suspended)

    def ensure_active(self, instance: Instance, what: str, key: int) -> None:
        """Raise `InstanceSuspended` where nothing may be done."""
        if instance.suspended:
            raise InstanceSuspended(what, key)

    def change_variables(
        self,
        execution: Execution,
        values: Mapping[str, Any],
        removed: tuple[str, ...] = (),
        *,
        local: bool = True,
    ) -> None:
        """Set variables at an execution, then remove some."""
        if self.cases.owns(execution):
            self.cases.change_variables(execution, values, removed, local=local)
            return
        with self.command() as run:
            setting(run, execution, values, local=local)
            for name in removed:
                remove(run, execution, name, local=local)
