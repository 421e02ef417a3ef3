"""Call activities: starting another process with the variables it is given."""

from typing import Any

from simulator.kernel.element_instances.failures import StepFailed
from simulator.kernel.element_instances.starting import begin_process, create
from simulator.kernel.element_instances.subscribing import subscribe
from simulator.kernel.element_instances.variables import set_local
from simulator.kernel.events import Activated
from simulator.kernel.run import Run
from simulator.kernel.state import Execution


def call(run: Run, execution: Execution, effect: Any) -> None:
    """Start what a call activity names; raises `StepFailed` where there is none or it has no none start event."""
    node = execution.node
    assert node is not None, "a call stands at its activity"
    called = node.detail
    process = called.element(execution)
    definition = run.surroundings.called_definition(run, execution, called, process)
    if definition is None:
        text = f"Expected process with BPMN process id '{process}' to be deployed, but not found."
        raise StepFailed("CALLED_ELEMENT_ERROR", text)
    start = definition.process.root.start
    if start is None:
        text = f"Expected process with BPMN process id '{process}' to have a none start event, but not found."
        raise StepFailed("CALLED_ELEMENT_ERROR", text)
    subscribe(run, execution, node)
    run.emit(execution.root, Activated(execution.key))
    instance = create(run, definition, start, caller=execution)
    everything = all(not passing.local for passing in called.inputs)
    set_local(run, instance.execution, execution.visible() if everything else execution.variables or {})
    run.queue.append((begin_process, instance.execution, start))
