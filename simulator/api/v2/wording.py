"""What the broker refuses, worded as live Camunda 8 words it."""

from simulator.api.v2.problems import Problem
from simulator.core.errors import Rejection
from simulator.dialects.camunda8_wire import Wire
from simulator.engine.camunda8 import rejections as refused
from simulator.kernel.element_instances import refusals

STATUSES = {
    "INVALID_ARGUMENT": 400,
    "NOT_FOUND": 404,
    "INVALID_STATE": 409,
    "ALREADY_EXISTS": 409,
    "PROCESSING_ERROR": 500,
    "EXCEEDED_BATCH_RECORD_SIZE": 500,
}
INTENTS = {
    "createDeployment": "CREATE",
    "deleteResource": "DELETE",
    "createProcessInstance": "CREATE",
    "awaitProcessInstance": "CREATE_WITH_AWAITING_RESULT",
    "cancelProcessInstance": "CANCEL",
    "modifyProcessInstance": "MODIFY",
    "createElementInstanceVariables": "UPDATE",
    "completeUserTask": "COMPLETE",
    "assignUserTask": "ASSIGN",
    "claimUserTask": "CLAIM",
    "unassignUserTask": "ASSIGN",
    "updateUserTask": "UPDATE",
    "activateJobs": "ACTIVATE",
    "completeJob": "COMPLETE",
    "failJob": "FAIL",
    "throwJobError": "THROW_ERROR",
    "updateJob": "UPDATE",
    "publishMessage": "PUBLISH",
    "correlateMessage": "CORRELATE",
    "broadcastSignal": "BROADCAST",
    "resolveIncident": "RESOLVE",
}
"""The name of each operation's command; `awaitProcessInstance` and `claimUserTask` are kinds of operations."""

DOINGS = {
    "completeUserTask": "complete user task",
    "assignUserTask": "assign user task",
    "claimUserTask": "claim user task",
    "unassignUserTask": "assign user task",
    "updateUserTask": "update user task",
    "completeJob": "complete job",
    "failJob": "fail job",
    "throwJobError": "throw an error for job",
    "updateJob": "update job",
    "resolveIncident": "resolve incident",
    "createElementInstanceVariables": "update variables for element",
}
NOUNS = {"user-task": "user task"}
SUPPORTED = (
    "PROCESS, SUB_PROCESS, EVENT_SUB_PROCESS, INTERMEDIATE_CATCH_EVENT, INTERMEDIATE_THROW_EVENT, END_EVENT, "
    "SERVICE_TASK, RECEIVE_TASK, USER_TASK, MANUAL_TASK, TASK, EXCLUSIVE_GATEWAY, PARALLEL_GATEWAY, "
    "EVENT_BASED_GATEWAY, INCLUSIVE_GATEWAY, MULTI_INSTANCE_BODY, CALL_ACTIVITY, BUSINESS_RULE_TASK, SCRIPT_TASK, "
    "SEND_TASK"
)
FAILED = (
    "Expected to process command -1 ({}) without errors, but unexpected error occurred. Check your broker logs "
    "(partition 1), or ask your operator, for more details."
)
INSIDE = "is inside {0} subprocess. The creation of elements inside {0} subprocess is not supported."
BEHIND = (
    "belongs to an event-based gateway. The creation of elements belonging to an event-based gateway is not "
    "supported."
)


def as_problem(rejection: Rejection, operation: str, wire: Wire) -> Problem:
    """The answer for a rejection of an operation's command; raises it where no command is rejected so."""
    code, reason = _code_and_reason(rejection, operation)
    status = STATUSES[code]
    title = code
    if isinstance(rejection, refusals.NoRetriesLeft):
        code = title = wire.resolution_without_retries
        status = STATUSES[code]
    if status == 500 and wire.fails_as_internal:
        title = "INTERNAL"
    return Problem(status, title, f"Command '{INTENTS[operation]}' rejected with code '{code}': {reason}")


def _code_and_reason(rejection: Rejection, operation: str) -> tuple[str, str]:
    match rejection:
        case refused.NotFound():
            return "NOT_FOUND", _not_found(rejection, operation)
        case refused.DefinitionMissing():
            return (
                "NOT_FOUND",
                f"Expected to find process definition with {_sought(rejection)}, but none found",
            )
        case refused.NothingWaits():
            return "NOT_FOUND", (
                f"Expected to find subscription for message with name '{rejection.name}' and correlation key "
                f"'{rejection.correlation_key}', but none was found."
            )
        case refusals.NoneStartMissing():
            return "INVALID_STATE", (
                "Expected to create instance of process with none start event, but there is no such event"
            )
        case refusals.UnexpectedFailure():
            return "PROCESSING_ERROR", FAILED.format("PROCESS_INSTANCE_CREATION.CREATE")
        case refused.DeadlineTooFar():
            return "PROCESSING_ERROR", FAILED.format("JOB_BATCH.ACTIVATE")
        case refused.TooLarge():
            return "EXCEEDED_BATCH_RECORD_SIZE", ""
        case refused.AlreadyPublished():
            return "ALREADY_EXISTS", (
                f"Expected to publish a new message with id '{rejection.message_id}', "
                "but a message with that id was already published"
            )
        case refusals.WrongState() | refusals.CalledInstance() | refused.AlreadyAssigned():
            return "INVALID_STATE", _wrong_state(rejection, operation)
        case refusals.NoRetriesLeft():
            return "INVALID_STATE", (
                f"Expected to resolve incident with key '{rejection.incident}', but job with key '{rejection.job}' "
                "has no retries left. Please update the job retries and retry resolving the incident"
            )
        case _:
            return "INVALID_ARGUMENT", _invalid(rejection)


def _not_found(rejection: refused.NotFound, operation: str) -> str:
    key = rejection.key
    match operation:
        case "cancelProcessInstance":
            return f"Expected to cancel a process instance with key '{key}', but no such process was found"
        case "modifyProcessInstance":
            return f"Expected to modify process instance but no process instance found with key '{key}'"
        case "deleteResource":
            return f"Expected to delete resource but no resource found with key `{key}`"
        case _:
            what = NOUNS.get(rejection.what, rejection.what)
            return f"Expected to {DOINGS[operation]} with key '{key}', but no such {what} was found"


def _sought(rejection: refused.DefinitionMissing) -> str:
    if rejection.key is not None:
        return f"key '{rejection.key}'"
    version = "" if rejection.version is None else f" and version '{rejection.version}'"
    return f"process ID '{rejection.process}'{version}"


def _wrong_state(rejection: Rejection, operation: str) -> str:
    match rejection:
        case refusals.CalledInstance():
            return (
                f"Expected to cancel a process instance with key '{rejection.key}', but it is created by a parent "
                f"process instance. Cancel the root process instance '{rejection.root}' instead."
            )
        case refused.AlreadyAssigned():
            return f"Expected to claim user task with key '{rejection.key}', but it has already been assigned"
        case refusals.WrongState():
            doing = DOINGS[operation]
            return f"Expected to {doing} with key '{rejection.key}', but it is in state '{rejection.state}'"
        case _:
            raise rejection


def _invalid(rejection: Rejection) -> str:
    match rejection:
        case refused.NothingNamed():
            return "Expected at least a bpmnProcessId or a key greater than -1, but none given"
        case refused.DeploymentRefused():
            texts = "".join(f"\n{text}" for text in rejection.texts)
            return f"Expected to deploy new resources, but encountered the following errors:{texts}"
        case refused.RetriesNotPositive():
            return (
                f"Expected to update retries for job with key '{rejection.key}' with a positive amount of retries, "
                f"but the amount given was '{rejection.retries}'"
            )
        case refused.NotActivated():
            return f"Expected to update the timeout of job with key '{rejection.key}', but it is not active"
        case refusals.StartInstructionRefused():
            return f"Expected to create instance of process with start instructions but {_instruction(rejection)}"
        case refusals.SubscriptionRefused():
            return f"Expected to subscribe to catch event(s) of '{rejection.scope}' but {rejection.text}"
        case refused.TooManyTags():
            return "Expected to create instance of process with tags, but the number of tags exceeds the limit of 10."
        case refused.TagRefused():
            return (
                f"Expected to create instance of process with tags, but the tag '{rejection.tag}' is invalid."
            )
        case _:
            raise rejection


def _instruction(rejection: refusals.StartInstructionRefused) -> str:
    element = f"the element with id '{rejection.element}' "
    match rejection.reason:
        case "unknown":
            return f"no element found with id '{rejection.element}'."
        case "multi-instance":
            return element + INSIDE.format("a multi-instance")
        case "ad-hoc":
            return element + INSIDE.format("an ad-hoc")
        case "unsupported type":
            kind = rejection.element_type
            return f"{element}targets unsupported element type '{kind}'. Supported element types are: [{SUPPORTED}]"
        case _:
            return element + BEHIND
