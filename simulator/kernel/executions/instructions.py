"""Starting elsewhere than at the start event: before an activity, after it, or on a flow."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from simulator.kernel.events import Entered, Placed
from simulator.kernel.executions import tree
from simulator.kernel.executions.cancelling import cancel, interrupt
from simulator.kernel.executions.moving import arrive, take
from simulator.kernel.executions.scopes import prepare_scope, run_listeners
from simulator.kernel.executions.starting import open_process
from simulator.kernel.executions.variables import set_given
from simulator.kernel.failures import ModelFailure
from simulator.kernel.refusals import InstructionRefused
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance
from simulator.model.process import Flow, Node, Process


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One place to start at: `kind` is before, after or transition; `element` an activity's or a flow's id.

    Of the variables some may be `transient`; `unstorable` is why one of them can't be stored.
    """

    kind: str
    element: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    local: Mapping[str, Any] = field(default_factory=dict)
    transient: Set[str] = frozenset()
    unstorable: Exception | None = None


def start_at_instructions(
    run: Run,
    instance: Instance,
    variables: Mapping[str, Any],
    transient: Set[str],
    instructions: tuple[Instruction, ...],
) -> None:
    """Start a new instance at several places, one after another, each up to its next wait states.

    Raises `InstructionRefused` for a target that is not there or can't be entered; the order of checks is that of
    live Camunda 7.24.
    """
    open_process(run, instance, variables, transient)
    run.preserved = instance.execution
    for instruction in instructions:
        perform(run, instance, instruction)
        run.work_off()
    run.preserved = None
    finish(run, instance)


def finish(run: Run, instance: Instance) -> None:
    """End an instance in which nothing is left after its instructions."""
    execution = instance.execution
    if not execution.children and execution.ended and not instance.ended:
        run.push(run.machine.end_instance, execution)
        run.work_off()


def first_node(process: Process, instruction: Instruction) -> Node:
    """The node history names as the start; raises `InstructionRefused` for an unknown one, before anything exists."""
    if instruction.kind == "after":
        return _single_flow(process, instruction).target
    if instruction.kind == "transition":
        flow = process.flows.get(instruction.element)
        if flow is None or flow.source.kind == "eventBasedGateway":
            raise InstructionRefused("unknown", instruction.element, instruction.kind, first=True)
        return flow.target
    node = process.nodes.get(instruction.element)
    if node is None:
        raise InstructionRefused("unknown", instruction.element, instruction.kind, first=True)
    return node


def _single_flow(process: Process, instruction: Instruction) -> Flow:
    node = process.nodes.get(instruction.element)
    if node is None:
        raise InstructionRefused("unknown", instruction.element, instruction.kind)
    flows = () if node.kind == "eventBasedGateway" else node.outgoing
    if not flows:
        raise InstructionRefused("no outgoing flow", instruction.element, instruction.kind)
    if len(flows) > 1:
        raise InstructionRefused("several outgoing flows", instruction.element, instruction.kind)
    return flows[0]


def perform(run: Run, instance: Instance, instruction: Instruction) -> None:
    """Carry out one instruction up to its target; what it leads to is left on the stack."""
    process = instance.process
    _ensure_mapped(instance.execution)
    flow: Flow | None = None
    if instruction.kind == "before":
        node = process.nodes.get(instruction.element)
        if node is None:
            raise InstructionRefused("unknown", instruction.element, instruction.kind)
        scope, top = node.parent, node
    else:
        flow = _flow(process, instruction)
        node = flow.target
        scope, top = flow.source.parent, node
    missing, found = _missing_scopes(instance, scope)
    token = _enter(run, found, missing[0] if missing else top, targeted=not missing and flow is None)
    tree.revive(run, token)
    token = _build(run, token, missing)
    if instruction.unstorable is not None:
        raise instruction.unstorable
    set_given(run, token, instruction.variables, instruction.transient)
    set_given(run, token, instruction.local, instruction.transient, local=True)
    if flow is None:
        run.push(_begin_target, token, node)
    else:
        run.push(take, token, flow)


def _ensure_mapped(root: Execution) -> None:
    """Fail where the outermost execution ended at an activity with a scope: nothing starts then (live Camunda 7.24)."""
    if root.ended and not root.children and root.node is not None and root.node.is_scope:
        raise ModelFailure(
            "Cannot construct activity-execution mapping: there are more scope executions missing than explained by "
            "the flow scope hierarchy."
        )


def _flow(process: Process, instruction: Instruction) -> Flow:
    if instruction.kind == "after":
        return _single_flow(process, instruction)
    flow = process.flows.get(instruction.element)
    if flow is None or flow.source.kind == "eventBasedGateway":
        raise InstructionRefused("unknown", instruction.element, instruction.kind)
    return flow


def _missing_scopes(instance: Instance, scope: Node | None) -> tuple[list[Node], Execution]:
    """The scopes to be made, outermost first, and the execution of the innermost one that is there."""
    missing: list[Node] = []
    while scope is not None and scope.parent is not None:
        found = [execution for execution in instance.execution.subtree() if execution.scope_node is scope]
        if len(found) > 1:
            raise InstructionRefused("ambiguous ancestor", scope.id)
        if found:
            return missing[::-1], found[0]
        missing.append(scope)
        scope = scope.parent
    return missing[::-1], instance.execution


def _enter(run: Run, scope: Execution, top: Node, *, targeted: bool) -> Execution:
    """The token that the topmost new element runs on."""
    if targeted and top.kind == "boundaryEvent" and top.interrupting:
        return _replace_activity(run, scope, top.attached_to)
    if targeted and top.behind_gateway is not None:
        return _replace_activity(run, scope, top.behind_gateway)
    if targeted and top.event is not None and top.kind == "endEvent" and top.event.kind == "terminate":
        interrupt(run, scope)
        return scope
    if not scope.children and (scope.node is None or scope.ended):
        return scope
    return tree.fork(run, scope)


def _replace_activity(run: Run, scope: Execution, activity: Node | None) -> Execution:
    """An interrupting event takes its activity's place where that runs once, else stands beside."""
    running = [
        execution
        for execution in scope.subtree()
        if execution.scope_node is activity and execution.parent is not None
    ]
    if len(running) > 1 and activity is not None:
        raise InstructionRefused("ambiguous activity", activity.id)
    if not running:
        return tree.fork(run, scope)
    parent = running[0].parent
    cancel(run, running[0])
    if parent is None:
        message = "an activity's scope lies inside another"
        raise AssertionError(message)
    return parent


def _build(run: Run, token: Execution, missing: list[Node]) -> Execution:
    """Make the scopes around the target: subscriptions, mappings, timers, start listeners, but no start events."""
    for scope in missing:
        token = tree.open_scope(run, token, scope)
        run.machine.subscribe(run, token, scope)
        run.emit(token.root, Entered(token.key, run.state.key(), scope))
        prepare_scope(run, token, scope)
        if scope.listeners is not None and not run.skip_listeners:
            run_listeners(run, token, scope.listeners.get("start", ()))
        run.emit(token.root, Placed(token.key, None, token.activity, True))
    return token


def _begin_target(run: Run, execution: Execution, node: Node) -> None:
    if node.behind_gateway is not None:
        run.machine.begin_triggered(run, execution, node)
    else:
        arrive(run, execution, node)
