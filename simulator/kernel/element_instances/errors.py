"""Errors thrown by end events and workers: who catches them, what is interrupted (BPMN 2.0.2, 10.5.6)."""

from typing import Any

from simulator.kernel.element_instances.failures import StepFailed
from simulator.kernel.element_instances.stages import ACTIVE
from simulator.kernel.element_instances.terminating import terminate
from simulator.kernel.events import Triggered
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Node


def throw(
    run: Run, execution: Execution | None, code: str, message: str | None, variables: dict[str, Any]
) -> None:
    """Let the nearest error event at an element instance or around it catch a code.

    Scopes are walked outwards and on into the callers, as far as they are active and not interrupted; in one scope
    the code itself comes before a definition for all codes. Raises `StepFailed` where nobody catches it.
    """
    at, available = execution, []
    while at is not None and at.stage == ACTIVE and at.interrupted_by is None:
        errors = [
            node for node in (at.node and at.node.boundary) or () if node.event and node.event.kind == "error"
        ]
        catching = _matching(errors, code)
        if catching is not None and at.trigger is None:
            run.emit(at.root, Triggered(at.key, catching, variables))
            run.queue.append((terminate, at, None))
            return
        codes = (node.event.code_text for node in errors if node.event and node.event.code_text)
        available += sorted(codes, reverse=True)
        at = at.parent or at.instance.caller
    raise StepFailed("UNHANDLED_ERROR_EVENT", _uncaught(code, message, available))


def _matching(errors: list[Node], code: str) -> Node | None:
    exact = next((node for node in errors if node.event and node.event.code_text == code), None)
    return exact or next((node for node in errors if node.event and not node.event.code_text), None)


def _uncaught(code: str, message: str | None, available: list[str]) -> str:
    """As live Camunda 8.8.21 words it."""
    said = f" with message '{message}'" if message else ""
    others = (
        f"Available error events are [{', '.join(available)}]"
        if available
        else "No error events are available in the scope."
    )
    return f"Expected to throw an error event with the code '{code}'{said}, but it was not caught. {others}"
