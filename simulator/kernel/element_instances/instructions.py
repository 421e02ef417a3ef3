"""Starting elsewhere than at the start event: tokens right before named elements, their scopes made around them."""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.kernel.element_instances.failures import FAILURES
from simulator.kernel.element_instances.moving import activate_node, work_off
from simulator.kernel.element_instances.refusals import (
    StartInstructionRefused,
    SubscriptionRefused,
    UnexpectedFailure,
)
from simulator.kernel.element_instances.starting import create
from simulator.kernel.element_instances.subscribing import subscribe
from simulator.kernel.element_instances.surroundings import Definition
from simulator.kernel.element_instances.variables import set_local
from simulator.kernel.events import Activated, Activating
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance
from simulator.model.process import Node, Process

UNSUPPORTED = {"startEvent": "START_EVENT", "boundaryEvent": "BOUNDARY_EVENT"}


def start_at_elements(
    run: Run,
    definition: Definition,
    variables: Mapping[str, Any],
    elements: Sequence[str],
    *,
    business_id: str | None = None,
    tags: tuple[str, ...] = (),
) -> Instance:
    """Start one token before each element, in their order, once all scopes around them stand.

    The scopes get neither input mappings nor start events. Raises `StartInstructionRefused` for a wrong element (each
    check over all of them before the next), `SubscriptionRefused` where a scope's events can't be subscribed to.
    """
    targets = check_targets(definition.process, elements)
    instance = create(run, definition, None, business_id=business_id, tags=tags)
    set_local(run, instance.execution, variables)
    run.emit(instance.root, Activated(instance.key))
    scopes = {definition.process.root: instance.execution}
    for target in targets:
        _build_scopes(run, target, scopes)
    for target in targets:
        _send_token(run, target, scopes[target.parent or definition.process.root])
    work_off(run)
    return instance


def check_targets(process: Process, elements: Sequence[str]) -> list[Node]:
    """The elements as nodes; raises what `start_at_elements` raises before anything exists."""
    known = process.nodes
    for element in elements:
        if element not in known and element not in process.flows and element != process.key:
            raise StartInstructionRefused("unknown", element)
    for element in elements:
        kind = "SEQUENCE_FLOW" if element not in known else UNSUPPORTED.get(known[element].kind)
        if kind is not None and element != process.key:
            raise StartInstructionRefused("unsupported type", element, kind)
    for element in elements:
        if element in known and known[element].behind_gateway is not None:
            raise StartInstructionRefused("event-based gateway", element)
    for element in elements:
        if element not in known:
            raise UnexpectedFailure(element)
    return [known[element] for element in elements]


def _build_scopes(run: Run, target: Node, scopes: dict[Node, Execution]) -> None:
    """Make the scopes around a target that are not there yet, outermost first."""
    missing = [scope for scope in target.ancestors() if scope not in scopes]
    for scope in reversed(missing):
        assert scope.parent is not None, "the process's own scope is always there"
        key = run.state.key()
        around = scopes[scope.parent]
        run.emit(around.root, Activating(key, around.key, scope, None, (), True))
        execution = scopes[scope] = run.state.executions[key]
        try:
            subscribe(run, execution, scope)
        except FAILURES as failure:
            raise SubscriptionRefused(scope.id, failure.text) from failure


def _send_token(run: Run, target: Node, scope: Execution) -> None:
    """A parallel gateway fires without its flows; an inclusive one waits for them for ever."""
    if target.kind != "inclusiveGateway" or not target.incoming:
        run.queue.append((activate_node, scope, target))
