"""Incidents: what stops an element instance or a job until somebody resolves it."""

from simulator.kernel.events import IncidentRaised
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Work


def raise_incident(
    run: Run, execution: Execution, kind: str, message: str | None, work: Work | None = None
) -> None:
    """Hang an incident on an element instance, and on the job at fault where there is one."""
    node = execution.node
    assert node is not None, "an element instance stands at its element"
    run.emit(
        execution.root,
        IncidentRaised(
            key=run.state.key(),
            execution=execution.key,
            kind=kind,
            node=node,
            message=message,
            work=0 if work is None else work.key,
        ),
    )
