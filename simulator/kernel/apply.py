"""The only code that changes the tree: one function for each kind of event."""

from collections.abc import Callable
from heapq import heappush
from typing import Any, TypeVar

from simulator.kernel import events as happened
from simulator.kernel.state import Execution, Incident, Instance, Root, State, Subscription, Work

E = TypeVar("E")
Apply = Callable[[Root, Any], None]
APPLY: dict[type, Apply] = {}
BACKGROUND = frozenset({"async", "timer"})
"""Kinds of work that a job executor does, not a person or a worker."""


def applies(kind: type[E]) -> Callable[[Callable[[Root, E], None]], Callable[[Root, E], None]]:
    """Enter a function into the table as the one that applies this kind of event."""

    def enter(function: Callable[[Root, E], None]) -> Callable[[Root, E], None]:
        APPLY[kind] = function
        return function

    return enter


@applies(happened.Began)
def begin(root: Root, event: happened.Began) -> None:
    """Note the time of what follows."""
    root.time = event.time


@applies(happened.InstanceStarted)
def start_instance(root: Root, event: happened.InstanceStarted) -> None:
    """Plant the instance's outermost execution, which has the instance's key."""
    state = root.state
    instance = Instance(event.key, root, event.process, event.definition)
    instance.start = event.start
    instance.business_key = event.business_key
    instance.case_instance = event.case_instance
    instance.tenant = event.tenant
    instance.tags = event.tags
    instance.started = root.time
    instance.activity = event.activity
    execution = Execution(event.key, None, instance, None)
    execution.scope = True
    execution.scope_node = event.process.root
    execution.scope_activity = execution.activity = event.key
    instance.execution = execution
    if event.caller:
        caller = state.executions[event.caller]
        instance.caller = caller
        caller.called = instance
    state.executions[event.key] = execution
    state.instances[event.key] = instance
    root.instances.append(instance)
    running = state.running.get(event.definition)
    if running is None:
        running = state.running[event.definition] = {}
    running[event.key] = instance
    if event.business_key is not None:
        state.business.setdefault(event.business_key, {})[event.key] = instance


@applies(happened.InstanceEnded)
def end_instance(root: Root, event: happened.InstanceEnded) -> None:
    """Fell the tree; the instance stays for history."""
    instance = root.state.instances[event.key]
    instance.ended = root.time
    instance.how = event.how
    instance.reason = event.reason
    caller = instance.caller
    if caller is not None and caller.called is instance:
        caller.called = None
    uproot(root.state, instance.execution)
    _retire(root.state, instance)


@applies(happened.Orphaned)
def orphan(root: Root, event: happened.Orphaned) -> None:
    """Cut a called instance off its caller."""
    instance = root.state.instances[event.key]
    if instance.caller is not None:
        instance.caller.called = None
    instance.caller = None


@applies(happened.Created)
def create(root: Root, event: happened.Created) -> None:
    """Add an execution under its parent."""
    executions = root.state.executions
    parent = executions[event.parent]
    execution = Execution(event.key, parent, parent.instance, event.node)
    if event.scope:
        execution.scope = True
        execution.scope_node = event.node
    execution.concurrent = event.concurrent
    execution.transition = event.transition
    execution.activity = parent.activity
    if parent.children is None:
        parent.children = [execution]
    else:
        parent.children.append(execution)
    executions[event.key] = execution


@applies(happened.Removed)
def remove(root: Root, event: happened.Removed) -> None:
    """Take an execution, and all below it, out of the tree."""
    execution = root.state.executions[event.key]
    uproot(root.state, execution)
    parent = execution.parent
    if parent is not None and parent.children is not None:
        parent.children.remove(execution)


@applies(happened.Moved)
def move(root: Root, event: happened.Moved) -> None:
    """Hang an execution under another parent."""
    executions = root.state.executions
    execution, parent = executions[event.key], executions[event.parent]
    if execution.parent is not None and execution.parent.children is not None:
        execution.parent.children.remove(execution)
    execution.parent = parent
    if parent.children is None:
        parent.children = [execution]
    else:
        parent.children.append(execution)


@applies(happened.Placed)
def place(root: Root, event: happened.Placed) -> None:
    """Set where an execution stands."""
    execution = root.state.executions[event.key]
    execution.node = event.node
    execution.activity = event.activity
    execution.active = event.active
    execution.transition = event.transition
    execution.ended = False


@applies(happened.Replaced)
def replace(root: Root, event: happened.Replaced) -> None:
    """Let one execution take over the place, the work and the variables of another's token."""
    executions = root.state.executions
    execution, replaced = executions[event.key], executions[event.replaced]
    execution.node = replaced.node
    execution.activity = replaced.activity
    execution.active = replaced.active
    execution.transition = replaced.transition
    execution.ended = replaced.ended
    _move_work(execution, replaced, event.everything)
    _move_variables(execution, replaced, event.everything)
    replaced.node = None
    replaced.activity = replaced.scope_activity
    replaced.active = False
    replaced.transition = None


def _move_work(execution: Execution, replaced: Execution, everything: bool) -> None:
    kept: list[Work] = []
    for work in replaced.work or ():
        if work.kind == "timer" and not everything:
            kept.append(work)
            continue
        work.execution = execution
        if execution.work is None:
            execution.work = [work]
        else:
            execution.work.append(work)
    replaced.work = kept or None
    for incident in replaced.incidents or ():
        incident.execution = execution
        execution.incidents = [*(execution.incidents or ()), incident]
    replaced.incidents = None


def _move_variables(execution: Execution, replaced: Execution, everything: bool) -> None:
    if replaced.variables is None:
        return
    follows = replaced.follows or set()
    moved = {name: value for name, value in replaced.variables.items() if everything or name in follows}
    if not moved:
        return
    execution.variables = {**(execution.variables or {}), **moved}
    if everything:
        replaced.variables = None
        replaced.follows = None
        return
    execution.follows = (execution.follows or set()) | set(moved)
    for name in moved:
        del replaced.variables[name]
    replaced.follows = None


@applies(happened.Ended)
def end_token(root: Root, event: happened.Ended) -> None:
    """Mark a token as ended or alive."""
    execution = root.state.executions[event.key]
    execution.ended = event.ended
    if event.ended:
        execution.active = False


@applies(happened.Entered)
def enter_activity(root: Root, event: happened.Entered) -> None:
    """Let an execution execute an activity."""
    execution = root.state.executions[event.execution]
    node = event.node
    execution.node = node
    execution.activity = event.activity
    execution.active = True
    execution.transition = None
    if event.waits:
        execution.active = execution.ended = False
    if execution.scope_node is node:
        execution.scope_activity = event.activity


@applies(happened.Visited)
def visit_activity(root: Root, event: happened.Visited) -> None:
    """Let an execution stand where it passed by."""
    execution = root.state.executions[event.execution]
    execution.node = event.node
    execution.activity = event.activity
    execution.active = True
    execution.transition = None


@applies(happened.Left)
def leave_activity(root: Root, event: happened.Left) -> None:
    """The execution stands where it stood until it moves on, or is taken out of the tree."""
    if event.joined:
        state = root.state
        execution = state.executions[event.execution]
        uproot(state, execution)
        parent = execution.parent
        if parent is not None and parent.children is not None:
            parent.children.remove(execution)


@applies(happened.FlowTaken)
def take_flow(root: Root, event: happened.FlowTaken) -> None:
    """Count a token waiting on a flow of the scope."""
    scope = root.state.executions[event.scope]
    if scope.tokens is None:
        scope.tokens = {event.flow: 1}
    else:
        scope.tokens[event.flow] = scope.tokens.get(event.flow, 0) + 1


@applies(happened.FlowsConsumed)
def consume_flows(root: Root, event: happened.FlowsConsumed) -> None:
    """Use up one waiting token on each of the flows."""
    scope = root.state.executions[event.scope]
    tokens = scope.tokens or {}
    for flow in event.flows:
        left = tokens.get(flow, 0) - 1
        if left > 0:
            tokens[flow] = left
        else:
            tokens.pop(flow, None)
    scope.tokens = tokens or None


@applies(happened.VariableSet)
def set_variable(root: Root, event: happened.VariableSet) -> None:
    """Give a variable its value."""
    execution = root.state.executions[event.execution]
    if execution.variables is None:
        execution.variables = {event.name: event.value}
    else:
        execution.variables[event.name] = event.value
    if event.follows:
        execution.follows = (execution.follows or set()) | {event.name}


@applies(happened.VariableRemoved)
def remove_variable(root: Root, event: happened.VariableRemoved) -> None:
    """Forget a variable."""
    execution = root.state.executions[event.execution]
    if execution.variables is not None:
        execution.variables.pop(event.name, None)


@applies(happened.Subscribed)
def subscribe(root: Root, event: happened.Subscribed) -> None:
    """Let an execution wait for something by name."""
    state = root.state
    execution = state.executions[event.execution]
    subscription = Subscription(event.key, execution, event.kind, event.name, event.node)
    subscription.activity = event.activity
    subscription.correlation_key = event.correlation_key
    subscription.time = root.time
    execution.subscriptions = [*(execution.subscriptions or ()), subscription]
    state.subscriptions[event.key] = subscription
    state.named.setdefault((event.kind, event.name), {})[event.key] = subscription


@applies(happened.Unsubscribed)
def unsubscribe(root: Root, event: happened.Unsubscribed) -> None:
    """Stop waiting."""
    subscription = root.state.subscriptions[event.key]
    execution = subscription.execution
    execution.subscriptions = [s for s in execution.subscriptions or () if s is not subscription] or None
    _forget_subscription(root.state, subscription)


@applies(happened.WorkOpened)
def open_work(root: Root, event: happened.WorkOpened) -> None:
    """Put work before whoever does it."""
    state = root.state
    execution = state.executions[event.execution]
    work = Work(event.key, execution, event.kind, event.node, event.facts)
    work.activity = event.activity
    work.time = root.time
    if execution.work is None:
        execution.work = [work]
    else:
        execution.work.append(work)
    state.work[event.key] = work
    if event.kind in BACKGROUND:
        state.jobs[event.key] = work
        heappush(state.due, (work.facts.get("due") or 0, event.key))


@applies(happened.WorkChanged)
def change_work(root: Root, event: happened.WorkChanged) -> None:
    """Change attributes of open work."""
    work = root.state.work[event.key]
    work.facts = {**work.facts, **event.facts}
    if "due" in event.facts and event.key in root.state.jobs:
        heappush(root.state.due, (work.facts.get("due") or 0, event.key))


@applies(happened.WorkClosed)
def close_work(root: Root, event: happened.WorkClosed) -> None:
    """Take work away."""
    work = root.state.work[event.key]
    execution = work.execution
    held = execution.work or ()
    execution.work = [w for w in held if w is not work] if len(held) > 1 else None
    _forget_work(root.state, work)


@applies(happened.IncidentRaised)
def raise_incident(root: Root, event: happened.IncidentRaised) -> None:
    """Hang an incident on its execution."""
    state = root.state
    execution = state.executions[event.execution]
    incident = Incident(event.key, execution, event.kind, event.node, event.message)
    incident.work = event.work
    incident.cause = event.cause
    incident.time = root.time
    execution.incidents = [*(execution.incidents or ()), incident]
    if event.work:
        state.work[event.work].incident = incident
    cause = state.incidents.get(event.cause)
    if cause is not None:
        cause.mirrors = [*(cause.mirrors or ()), incident]
    state.incidents[event.key] = incident


@applies(happened.IncidentResolved)
def resolve_incident(root: Root, event: happened.IncidentResolved) -> None:
    """Take an incident away."""
    state = root.state
    incident = state.incidents.pop(event.key)
    execution = incident.execution
    execution.incidents = [i for i in execution.incidents or () if i is not incident] or None
    work = state.work.get(incident.work)
    if work is not None and work.incident is incident:
        work.incident = None


@applies(happened.Suspended)
def suspend(root: Root, event: happened.Suspended) -> None:
    """Suspend or activate an instance."""
    root.state.instances[event.key].suspended = event.suspended


def uproot(state: State, top: Execution) -> None:
    """Forget an execution and all below it, called instances' trees apart."""
    if not top.children:
        _forget(state, top)
        return
    for execution in top.subtree():
        _forget(state, execution)


def _forget(state: State, execution: Execution) -> None:
    if execution.subscriptions:
        for subscription in execution.subscriptions:
            _forget_subscription(state, subscription)
    if execution.work:
        for work in execution.work:
            _forget_work(state, work)
    if execution.incidents:
        for incident in execution.incidents:
            state.incidents.pop(incident.key, None)
    state.executions.pop(execution.key, None)


def _retire(state: State, instance: Instance) -> None:
    """Take an instance out of those that run."""
    running = state.running.get(instance.definition)
    if running is not None:
        running.pop(instance.key, None)
    business = instance.business_key
    if business is not None:
        namesakes = state.business.get(business, {})
        namesakes.pop(instance.key, None)
        if not namesakes:
            state.business.pop(business, None)


def _forget_subscription(state: State, subscription: Subscription) -> None:
    state.subscriptions.pop(subscription.key, None)
    named = state.named.get((subscription.kind, subscription.name))
    if named is not None:
        named.pop(subscription.key, None)
        if not named:
            del state.named[subscription.kind, subscription.name]


def _forget_work(state: State, work: Work) -> None:
    state.work.pop(work.key, None)
    state.jobs.pop(work.key, None)


def replay(root: Root, length: int) -> None:
    """Drop the events after the first `length` and build the root's trees anew from the rest.

    This is how a failed command is undone; a root whose log becomes empty is gone.
    """
    state = root.state
    kept = root.log[:length]
    for instance in root.instances:
        state.instances.pop(instance.key, None)
        uproot(state, instance.execution)
        _retire(state, instance)
    root.instances.clear()
    root.log.clear()
    root.time = 0
    if not kept:
        state.roots.pop(root.key, None)
        return
    for event in kept:
        root.log.append(event)
        APPLY[type(event)](root, event)
