"""What is done to one execution from outside."""

from collections.abc import Mapping
from typing import Any

from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.executions import triggering
from simulator.kernel.state import Execution


def trigger(engine: ProcessEngine, execution: Execution, variables: Mapping[str, Any]) -> None:
    """Let an execution go on from the wait state it stands at; raises `InstanceSuspended`."""
    engine.ensure_active(execution.instance, "Execution", execution.key)
    with engine.command() as run:
        triggering.trigger(run, execution, variables)
