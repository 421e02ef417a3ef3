"""Where a variable is written: here, at the nearest holder, or at the process instance."""

from collections.abc import Mapping, Set
from typing import Any

from simulator.kernel.events import VariableRemoved, VariableSet
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution


def set_local(run: Run, execution: Execution, name: str, value: Any) -> None:
    """Write a variable on this very execution; it follows the token where the token runs no scope of its own."""
    run.emit(execution.root, VariableSet(execution.key, name, value, _follows(execution)))


def _follows(execution: Execution) -> bool:
    if not execution.scope:
        return True
    return (
        execution.parent is not None
        and not execution.children
        and execution.node is not None
        and execution.node.is_scope
        and execution.node is not execution.scope_node
    )


def set_nearest(run: Run, execution: Execution, name: str, value: Any) -> None:
    """Write a variable where its name is held outwards, else at the process instance."""
    holder = execution.holder(name)
    run.emit(holder.root, VariableSet(holder.key, name, value))


def set_all(run: Run, execution: Execution, values: Mapping[str, Any], *, local: bool = False) -> None:
    """Write several variables, in their order."""
    write = set_local if local else set_nearest
    for name, value in values.items():
        write(run, execution, name, value)


def set_given(
    run: Run, execution: Execution, values: Mapping[str, Any], transient: Set[str], *, local: bool = False
) -> None:
    """Write variables as a caller gives them, some of them transient: gone when the command is through.

    Raises `ModelFailure` where a variable would change from one kind to the other.
    """
    if not transient and run.transient is None:
        set_all(run, execution, values, local=local)
        return
    if run.transient is None:
        run.transient = set()
    for name, value in values.items():
        holder = execution if local else execution.holder(name)
        known = holder.variables is not None and name in holder.variables
        if known and ((holder.key, name) in run.transient) is not (name in transient):
            raise ModelFailure(
                f"ENGINE-17006 Cannot set transient variable with name {name} to non-transient variable and vice versa."
            )
        if name in transient:
            run.transient.add((holder.key, name))
        follows = _follows(holder) if local else False
        run.emit(holder.root, VariableSet(holder.key, name, value, follows, name in transient))


def remove_variable(run: Run, execution: Execution, name: str) -> None:
    """Remove a variable of this very execution."""
    run.emit(execution.root, VariableRemoved(execution.key, name))


def give_up_variable(run: Run, execution: Execution, name: str) -> None:
    """Let go of a variable of a token that joins others; history keeps it."""
    run.emit(execution.root, VariableRemoved(execution.key, name, True))
