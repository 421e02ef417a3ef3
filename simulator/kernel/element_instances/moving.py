"""The steps of element instances: activate, complete, take flows; each a command in the run's queue."""

from collections.abc import Sequence
from typing import Any

from simulator.kernel.effects import LEAVE, Effect
from simulator.kernel.element_instances.failures import FAILURES
from simulator.kernel.element_instances.incidents import raise_incident
from simulator.kernel.element_instances.stages import ACTIVE, TERMINATING
from simulator.kernel.element_instances.subscribing import close_all, subscribe
from simulator.kernel.element_instances.variables import merge, set_local
from simulator.kernel.events import (
    Activating,
    Completing,
    Finished,
    FlowTaken,
    InstanceEnded,
    Interrupted,
    Passed,
    VariableSet,
)
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance
from simulator.model.process import Flow, Node


def work_off(run: Run) -> None:
    """Do what is to be done, one command after another, until nothing is left; raises `EndlessRun` over the limit."""
    queue = run.queue
    left = run.at_most
    while queue:
        operation, execution, argument = queue.popleft()
        left -= 1
        if left < 0:
            run.exhausted()
        operation(run, execution, argument)


def leave(run: Run, scope: Execution, flows: Sequence[Flow]) -> None:
    """Take flows inside a scope; where there are none the scope may be through.

    With nothing else to do the token runs on over what is passed at once; else each flow is a command of its own,
    so that branches advance in turn.
    """
    queue = run.queue
    if len(flows) == 1 and not queue:
        run_on(run, scope, flows[0])
        return
    if not flows or scope.interrupted_by is not None:
        settle(run, scope)
        return
    for flow in flows:
        run.emit(scope.root, FlowTaken(scope.key, flow))
        queue.append((arrive, scope, flow))


def leave_behind(run: Run, scope: Execution, node: Node, flows: Sequence[Flow]) -> None:
    """Go on from an element that has completed, unless its process instance is to end with it."""
    if not (run.surroundings.stops and _stops_with(run, scope.instance, node)):
        leave(run, scope, flows)
        return
    if not flows:
        settle(run, scope)
    _stop(run, scope.instance, node)


def run_on(run: Run, scope: Execution, flow: Flow) -> None:
    """Follow a flow past all elements at which nothing can happen."""
    root, emit, state, key = scope.root, run.emit, run.state, scope.key
    stops = run.surroundings.stops
    left = run.at_most
    node = flow.target
    while node.plain:
        own = state.next_key
        state.next_key = own + 1
        emit(root, Passed(own, key, node, flow))
        if stops and _stops_with(run, scope.instance, node):
            _stop(run, scope.instance, node)
            return
        flow = node.outgoing[0]
        node = flow.target
        left -= 1
        if left < 0:
            run.exhausted()
    if node.arrive is None:
        run.queue.append((reach, scope, flow))
    else:
        emit(root, FlowTaken(key, flow))
        run.queue.append((arrive, scope, flow))


def reach(run: Run, scope: Execution, flow: Flow) -> None:
    """A token that nothing could overtake comes to its element."""
    activate(run, scope, flow.target, flow, ())


def arrive(run: Run, scope: Execution, flow: Flow) -> None:
    """A token that was on a flow comes to its element."""
    node = flow.target
    if node.arrive is None:
        activate(run, scope, node, flow, (flow,))
    elif is_open(scope):
        node.arrive(run, scope, flow)


def is_open(scope: Execution) -> bool:
    """Whether steps inside a scope still count: it is active and nothing has interrupted it."""
    return scope.stage == ACTIVE and scope.interrupted_by is None


def activate(
    run: Run, scope: Execution, node: Node, flow: Flow | None = None, joined: tuple[Flow, ...] = ()
) -> None:
    """Activate an element in an active scope that nothing has interrupted; else the command is void."""
    if not is_open(scope):
        return
    key = run.state.key()
    root = scope.root
    if node.enter is not None or node.inputs or node.outputs:
        run.emit(root, Activating(key, scope.key, node, flow, joined))
        begin(run, run.state.executions[key])
    elif run.queue:
        run.emit(root, Activating(key, scope.key, node, flow, joined, True))
        run.queue.append((complete, run.state.executions[key], None))
    else:
        run.emit(root, Passed(key, scope.key, node, flow, joined))
        leave_behind(run, scope, node, node.outgoing)


def activate_node(run: Run, scope: Execution, node: Node) -> None:
    """Activate an element without a flow: a subprocess's start event, a start instruction's target."""
    activate(run, scope, node)


def activate_triggered(run: Run, scope: Execution, triggered: tuple[Node, dict[str, Any]]) -> None:
    """Activate an event that has happened, with what it brought as its own variables."""
    node, variables = triggered
    if not is_open(scope):
        return
    key = run.state.key()
    run.emit(scope.root, Activating(key, scope.key, node, None, (), True))
    execution = run.state.executions[key]
    for name, value in variables.items():
        run.emit(scope.root, VariableSet(key, name, value))
    run.queue.append((complete, execution, None))


def begin(run: Run, execution: Execution, argument: Any = None) -> None:
    """Run the input mappings, subscribe and do the element's work; what fails is an incident and can be retried."""
    node = execution.node
    assert node is not None, "an element instance stands at its element"
    try:
        if node.inputs:
            set_local(run, execution, node.inputs[0].source(execution))
        effect: Effect = LEAVE if node.enter is None else node.enter(node, execution)
        run.machine.effects[effect.__class__](run, execution, effect)
    except FAILURES as failure:
        raise_incident(run, execution, failure.error_type, failure.text)


def complete(run: Run, execution: Execution, results: dict[str, Any] | None) -> None:
    """Complete an active element instance with what its work or trigger gave; else the command is void."""
    scope = execution.parent
    if execution.stage != ACTIVE or not (scope is None or is_open(scope)):
        return
    node = execution.node
    assert node is not None, "an element instance stands at its element"
    if results is not None or node.outputs or execution.parent is None:
        run.emit(execution.root, Completing(execution.key, results))
    finish(run, execution)


def finish(run: Run, execution: Execution, argument: Any = None) -> None:
    """Run the output mappings, unsubscribe and go on; what fails is an incident and can be retried."""
    node, scope = execution.node, execution.parent
    assert node is not None, "an element instance stands at its element"
    if scope is None:
        close_all(run, execution)
        end_process(run, execution)
        return
    try:
        write_outputs(run, execution, scope, node)
        if node.kind == "startEvent" and scope.node is not None and scope.node.catches:
            subscribe(run, scope, scope.node)
    except FAILURES as failure:
        if execution.stage == ACTIVE:
            run.emit(execution.root, Completing(execution.key, execution.results))
        raise_incident(run, execution, failure.error_type, failure.text)
        return
    close_all(run, execution)
    run.emit(execution.root, Finished(execution.key))
    if scope.stage == TERMINATING:
        settle(run, scope)
    elif not node.outgoing and node.event is not None and node.event.kind == "terminate":
        interrupt(run, scope, node)
    elif execution.trigger is None or node.kind != "eventBasedGateway":
        leave_behind(run, scope, node, node.outgoing)
    elif not stop_after(run, execution):
        activate_triggered(run, scope, execution.trigger)


def write_outputs(run: Run, execution: Execution, scope: Execution, node: Node) -> None:
    """Hand results outwards: through the output mappings where there are any, else merged as they are.

    With mappings the results stay local and only the mapped variables leave.
    """
    results = execution.results
    if node.outputs:
        if results:
            set_local(run, execution, results)
        merge(run, scope, node.outputs[0].source(execution))
    elif results:
        merge(run, execution, results)
    elif execution.variables and _hands_on(node):
        merge(run, scope, execution.variables)


def _hands_on(node: Node) -> bool:
    """Events that got their variables when they were triggered; those of a thrown error stay where they are."""
    if node.kind == "boundaryEvent":
        return node.event is None or node.event.kind != "error"
    return node.kind == "startEvent" or node.behind_gateway is not None


def interrupt(run: Run, scope: Execution, node: Node) -> None:
    """A terminate end event: everything else in its scope is terminated, then the scope completes."""
    run.emit(scope.root, Interrupted(scope.key, node))
    for child in scope.children or ():
        run.queue.append((run.machine.terminate, child, None))
    settle(run, scope)


def settle(run: Run, scope: Execution) -> None:
    """A scope whose last element instance has gone, and which no token waits in, ends."""
    if scope.children:
        return
    if scope.stage == TERMINATING:
        run.machine.finish_terminating(run, scope)
    elif scope.stage == ACTIVE and (scope.interrupted_by is not None or not scope.tokens):
        run.queue.append((complete, scope, None))


def stop_after(run: Run, execution: Execution) -> bool:
    """Begin to terminate a process instance that is to end with an element instance; answers whether it is.

    Of what is still to do inside it only the ends go on: its last scope may complete before it is terminated
    (live Camunda 8.8.21). A terminate end event that completes stops nothing.
    """
    node = execution.node
    if not run.surroundings.stops or node is None or not _stops_with(run, execution.instance, node):
        return False
    _stop(run, execution.instance, node)
    return True


def _stops_with(run: Run, instance: Instance, node: Node) -> bool:
    stops = run.surroundings.stops.get(instance.key, ())
    return node.id in stops and node.parent is not None and instance.execution.stage == ACTIVE


def _stop(run: Run, instance: Instance, node: Node) -> None:
    run.emit(instance.root, Interrupted(instance.key, node))
    _drop_steps(run, instance)
    run.queue.append((_terminate_stopped, instance.execution, None))


def _terminate_stopped(run: Run, execution: Execution, argument: Any) -> None:
    _drop_steps(run, execution.instance)
    run.machine.terminate(run, execution, None)


def _drop_steps(run: Run, instance: Instance) -> None:
    """Forget the steps inside a process instance, but not those that terminate something."""
    ending = (run.machine.terminate, run.machine.finish_terminating)
    kept = [
        step
        for step in run.queue
        if step[1].instance is not instance or step[1].parent is None or step[0] in ending
    ]
    run.queue.clear()
    run.queue.extend(kept)


def end_process(run: Run, execution: Execution) -> None:
    """A process instance has completed; the call activity that started it completes with its variables."""
    instance = execution.instance
    caller = instance.caller
    results = None if caller is None else handed_back(caller, execution)
    run.emit(execution.root, InstanceEnded(instance.key, "completed"))
    if caller is not None:
        run.queue.append((complete, caller, results))
    run.surroundings.instance_ended(run, instance)


def handed_back(caller: Execution, execution: Execution) -> dict[str, Any] | None:
    """What a called process gives its call activity: all its variables, unless it says no and maps none."""
    node = caller.node
    if node is None or not (node.outputs or node.detail.outputs):
        return None
    return dict(execution.variables or {})
