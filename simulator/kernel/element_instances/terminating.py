"""Terminating element instances, their content first; nothing is mapped outwards (live Camunda 8.8.21)."""

from typing import Any

from simulator.kernel.element_instances.moving import activate_triggered, settle, stop_after, work_off
from simulator.kernel.element_instances.refusals import CalledInstance
from simulator.kernel.element_instances.stages import ACTIVE, COMPLETED, TERMINATED, TERMINATING
from simulator.kernel.element_instances.subscribing import close_all
from simulator.kernel.events import Finished, InstanceEnded, Terminating
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance

OVER = (TERMINATING, COMPLETED, TERMINATED)


def terminate(run: Run, execution: Execution, argument: Any = None) -> None:
    """Terminate an element instance that still runs; else the command is void."""
    if execution.stage in OVER or execution.instance.ended:
        return
    run.emit(execution.root, Terminating(execution.key))
    close_all(run, execution)
    if execution.called is not None:
        run.queue.append((terminate, execution.called.execution, None))
    elif execution.children:
        for child in execution.children:
            run.queue.append((terminate, child, None))
    else:
        finish_terminating(run, execution)
    stop_after(run, execution)


def finish_terminating(run: Run, execution: Execution, argument: Any = None) -> None:
    """The content is gone: the element instance goes too, and an event that interrupted it begins."""
    scope = execution.parent
    if scope is None:
        _end_process(run, execution.instance)
        return
    run.emit(execution.root, Finished(execution.key, True))
    if execution.trigger is not None and scope.stage == ACTIVE and scope.interrupted_by is None:
        activate_triggered(run, scope, execution.trigger)
    else:
        settle(run, scope)


def _end_process(run: Run, instance: Instance) -> None:
    caller = instance.caller
    run.emit(instance.root, InstanceEnded(instance.key, "terminated"))
    if caller is not None:
        run.queue.append((finish_terminating, caller, None))
    run.surroundings.instance_ended(run, instance)


def cancel_instance(run: Run, instance: Instance) -> None:
    """Cancel a process instance from outside; raises `CalledInstance` for one that a call activity started."""
    if instance.caller is not None:
        raise CalledInstance(instance.key, instance.root.key)
    run.queue.append((terminate, instance.execution, None))
    work_off(run)
