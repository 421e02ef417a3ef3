"""A root instance's whole state as plain values, for comparing."""

from typing import Any

from simulator.kernel.state import Execution, Root, State


def snapshot(root: Root) -> list[dict[str, Any]]:
    """All trees of a root, with what hangs on them."""
    return [
        {
            "instance": instance.key,
            "how": instance.how,
            "started": instance.started,
            "ended": instance.ended,
            "suspended": instance.suspended,
            "business key": instance.business_key,
            "tree": None if instance.how else shown(instance.execution),
        }
        for instance in root.instances
    ]


def shown(execution: Execution) -> dict[str, Any]:
    """One execution with all below it."""
    return {
        "key": execution.key,
        "node": execution.node and execution.node.id,
        "scope": execution.scope_node and execution.scope_node.id,
        "flags": (execution.scope, execution.concurrent, execution.active, execution.ended),
        "activities": (execution.activity, execution.scope_activity),
        "transition": execution.transition and execution.transition.id,
        "variables": dict(execution.variables or {}),
        "follows": sorted(execution.follows or ()),
        "work": [(work.key, work.kind, work.node.id, work.facts, work.time) for work in execution.work or ()],
        "subscriptions": [(each.key, each.kind, each.name) for each in execution.subscriptions or ()],
        "incidents": [(each.key, each.kind, each.message) for each in execution.incidents or ()],
        "called": execution.called and execution.called.key,
        "children": [shown(child) for child in execution.children or ()],
    }


def indexed(state: State) -> dict[str, Any]:
    """What the store can find, by key."""
    return {
        "executions": sorted(state.executions),
        "work": sorted(state.work),
        "jobs": sorted(state.jobs),
        "subscriptions": sorted(state.subscriptions),
        "named": {name: sorted(found) for name, found in state.named.items()},
        "incidents": sorted(state.incidents),
        "instances": sorted(state.instances),
    }
