"""The activity instances that run now, as a tree made from the executions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.kernel.state import Execution, Incident, Instance
from simulator.model.process import Node


@dataclass(slots=True, eq=False, kw_only=True)
class ActivityInstance:
    """An activity instance that runs; `key` is its own, `executions` those that stand for it, its scope's first."""

    key: int
    node: Node
    execution: Execution
    parent: "ActivityInstance | None"
    executions: list[Execution] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    children: "list[ActivityInstance]" = field(default_factory=list)
    transitions: "list[TransitionInstance]" = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class TransitionInstance:
    """A token that waits before or after an activity, in no activity instance."""

    node: Node
    execution: Execution
    parent: ActivityInstance
    incidents: list[Incident]


def activity_tree(instance: Instance) -> ActivityInstance:
    """The tree of a running instance; its root stands for the instance itself."""
    top = instance.execution
    root = _activity(instance.key, instance.process.root, top, None)
    scopes: dict[Execution, ActivityInstance] = {top: root}
    for leaf in top.subtree():
        node = leaf.node
        if leaf.children or node is None or (leaf is top and leaf.activity == top.scope_activity):
            continue
        enclosing = list(_scopes_around(leaf, node))
        parent = root
        for scope in reversed(enclosing):
            parent = _scope_instance(scopes, scope, parent)
        if leaf.activity:
            parent.children.append(_activity(leaf.activity, node, leaf, parent))
        else:
            incidents = [each for each in leaf.incidents or () if each.node is node]
            parent.transitions.append(
                TransitionInstance(node=node, execution=leaf, parent=parent, incidents=incidents)
            )
    return root


def _scopes_around(leaf: Execution, node: Node) -> Iterator[Execution]:
    """The scopes that a leaf lies in, innermost first, without the process instance's own."""
    execution: Execution | None = leaf
    while execution is not None and execution.parent is not None:
        if execution.scope_node is not None and not (execution is leaf and execution.scope_node is node):
            yield execution
        execution = execution.parent


def _scope_instance(
    scopes: dict[Execution, ActivityInstance], scope: Execution, parent: ActivityInstance
) -> ActivityInstance:
    found = scopes.get(scope)
    if found is None:
        node = scope.scope_node
        assert node is not None, "a scope is an activity's"
        found = scopes[scope] = _activity(scope.scope_activity, node, scope, parent)
        parent.children.append(found)
    return found


def _activity(
    key: int, node: Node, execution: Execution, parent: ActivityInstance | None
) -> ActivityInstance:
    idle = [child for child in execution.children or () if child.concurrent and child.node is None]
    executions = [execution, *idle]
    incidents = [each for one in executions for each in one.incidents or () if each.node is node]
    return ActivityInstance(
        key=key, node=node, execution=execution, parent=parent, executions=executions, incidents=incidents
    )
