"""What the engine refuses and what fails in it, worded as live Camunda 7.24 words it."""

from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import show_id
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.variable_failures import variable_failure
from simulator.api.v1.variables import BadVariable
from simulator.bpmn.element import Problem
from simulator.cmmn.errors import CONCURRENTLY, PERSISTENCE, STILL_REFERRED_TO, TaskNotStored
from simulator.core.errors import Rejection
from simulator.engine.rejections import (
    DefinitionSuspended,
    DeploymentRefused,
    InstancesRunning,
    InstanceSuspended,
    NotFound,
)
from simulator.kernel.failures import EndlessRun, ModelFailure
from simulator.kernel.refusals import InstructionRefused

ANSWERED = (RestError, BadVariable, Rejection, ModelFailure, EndlessRun)
"""What a request can fail with that has an answer of its own; anything else is a defect."""


def as_rest_error(failure: Exception) -> RestError:
    """The error for a failure outside of the start operations; raises the failure itself where it is a defect."""
    match failure:
        case ModelFailure():
            engine = failure.java_class.startswith("ProcessEngine")
            return RestError(
                500, failure.java_class, failure.message, failure.code or (0 if engine else None)
            )
        case EndlessRun():
            return RestError(500, "ProcessEngineException", failure.message, 0)
        case BadVariable():
            return RestError(400, "InvalidRequestException", str(failure))
        case InstanceSuspended():
            message = f"ENGINE-03043 {failure.what} with id '{show_id(failure.key)}' is suspended."
            return RestError(400, "SuspendedEntityInteractionException", message, 0)
        case NotFound():
            return RestError(
                404, "InvalidRequestException", f"{failure.what} with id {failure.key} does not exist"
            )
        case DeploymentRefused():
            return deployment_error(failure)
        case InstancesRunning():
            return instances_running(failure)
        case TaskNotStored():
            return task_not_stored(failure)
        case _:
            raise failure


def start_error(failure: Exception, definition_id: str) -> RestError:
    """The error for a failure of a start: whatever the engine says comes as 500 with the definition's id."""
    prefix = f"Cannot instantiate process definition {definition_id}: "
    match failure:
        case ModelFailure() if failure.java_class == "ProcessEngineException":
            return RestError(500, "RestException", prefix + (failure.message or ""), failure.code)
        case ModelFailure():
            return RestError(500, failure.java_class, failure.message)
        case EndlessRun():
            return RestError(500, "RestException", prefix + failure.message, 0)
        case DefinitionSuspended():
            message = f"ENGINE-03043 Process Definition with id '{definition_id}' is suspended."
            return RestError(500, "RestException", prefix + message, 0)
        case InstructionRefused():
            return RestError(500, "RestException", prefix + instruction_text(failure, definition_id), 0)
        case BadVariable():
            return variable_failure(failure, prefix, prefix)
        case RestError():
            return failure
        case _:
            raise failure


def instruction_text(refused: InstructionRefused, definition_id: str) -> str:
    """Why a start instruction can't be carried out."""
    element = refused.element
    doing = {
        "before": "Start before activity",
        "after": "Start after activity",
        "transition": "Start transition",
    }
    what = f"Cannot perform instruction: {doing.get(refused.kind, '')} '{element}'; "
    match refused.reason:
        case "unknown" if refused.kind == "after":
            return f"{what}Activity '{element}' does not exist: activity is null"
        case "unknown" if refused.first:
            return f"Element '{element}' does not exist in process {definition_id}: targetElement is null"
        case "unknown":
            return f"{what}Element '{element}' does not exist in process '{definition_id}': element is null"
        case "no outgoing flow":
            return f"Cannot start after activity {element}; activity has no outgoing sequence flow to take"
        case "several outgoing flows":
            return f"Cannot start after activity {element}; activity has more than one outgoing sequence flow"
        case "ambiguous ancestor":
            return f"Ancestor activity execution is ambiguous for activity Activity({element})"
        case _:
            return f"Executions for activity Activity({element}) ambiguous"


def task_not_stored(failure: TaskNotStored) -> RestError:
    """Why a command that opens a task of a case and takes it away again fails."""
    if not failure.with_item:
        return RestError(500, "ProcessEnginePersistenceException", PERSISTENCE, STILL_REFERRED_TO)
    what = f"ENGINE-03005 Execution of 'INSERT TaskEntity[{show_id(failure.task)}]' failed."
    message = f"{what} Entity was updated by another transaction concurrently."
    return RestError(500, "OptimisticLockingException", message, CONCURRENTLY)


def instances_running(refused: InstancesRunning) -> RestError:
    """Why a definition can't be deleted."""
    message = (
        "ENGINE-03076 Deletion of process definition without cascading failed. Process definition with id: "
        f"{definition_id(refused.definition)} can't be deleted, because there are {refused.count} dependent process "
        "instances."
    )
    return RestError(500, "ProcessEngineException", message, 0)


def deployment_error(refused: DeploymentRefused) -> RestError:
    """Why a deployment failed; problems come as `details` by resource."""
    if refused.kind != "parse":
        return RestError(500, "ProcessEngineException", _told(refused), 0)
    errors = [problem for problem in refused.problems if not problem.warning]
    lines = "".join(f"\n* {p.message} | resource {refused.resource}{_place(p)}" for p in errors)
    details = {
        refused.resource: {
            "errors": [_problem(p) for p in errors],
            "warnings": [_problem(p) for p in refused.problems if p.warning],
        }
    }
    message = f"ENGINE-09005 Could not parse BPMN process. Errors: {lines}"
    return RestError(400, "ParseException", message, 0, {"details": details})


def _place(problem: Problem) -> str:
    return f" | line {problem.line} | column {problem.column}" if problem.line else ""


def _told(refused: DeploymentRefused) -> str:
    """The engine's text for what is wrong with a file as a whole."""
    match refused.kind:
        case "xml":
            return f"ENGINE-09003 Could not parse '{refused.resource}'. {refused.message}"
        case "duplicate":
            what = f"The deployment contains definitions with the same key '{refused.message}' (id attribute)"
            return f"{what}, this is not allowed"
        case _:
            return refused.message


def _problem(problem: Problem) -> dict[str, object]:
    """A problem; the key of the list of ids begins with a Cyrillic letter (live Camunda 7.24)."""
    elements = list(problem.elements) or [each for each in (problem.element,) if each is not None]
    return {
        "message": problem.message,
        "line": problem.line,
        "column": problem.column,
        "mainElementId": problem.element,
        "\u0435lementIds": elements,
    }
