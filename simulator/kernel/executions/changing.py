"""What callers change directly: attributes of work, variables, suspension."""

from collections.abc import Mapping
from typing import Any

from simulator.kernel.events import Suspended, WorkChanged
from simulator.kernel.executions.variables import remove_variable, set_all
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance, Work


def change(run: Run, work: Work, facts: dict[str, Any]) -> None:
    """Change attributes of open work."""
    run.emit(work.execution.root, WorkChanged(work.key, facts))


def suspend(run: Run, instance: Instance, suspended: bool) -> None:
    """Suspend or activate an instance."""
    run.emit(instance.root, Suspended(instance.key, suspended))


def remove(run: Run, execution: Execution, name: str, *, local: bool) -> None:
    """Remove a variable here, or at its nearest holder outwards."""
    holder = execution if local else execution.holder(name)
    if holder.variables is not None and name in holder.variables:
        remove_variable(run, holder, name)


def setting(run: Run, execution: Execution, values: Mapping[str, Any], *, local: bool) -> None:
    """Set variables here, or each at its nearest holder outwards."""
    set_all(run, execution, values, local=local)
