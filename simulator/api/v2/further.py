"""Operations beyond the contract, which drivers of a live Camunda 8 need all the same."""

from dataclasses import dataclass

from simulator.contract.model import Body, MediaType, Operation
from simulator.dialects.camunda8_wire import JSON, Wire

ANY_JSON = {JSON: MediaType(name=JSON, schema=None, pointer="", examples={})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """One method on one path; `with_searches` says that only releases with searches have it."""

    id: str
    method: str
    path: str
    summary: str
    needs_body: bool | None = None
    with_searches: bool = False

    @property
    def operation(self) -> Operation:
        """The same as an operation of a contract."""
        body = None if self.needs_body is None else Body(self.needs_body, ANY_JSON)
        return Operation(
            id=self.id,
            method=self.method,
            path=self.path,
            parameters=(),
            body=body,
            responses={},
            tags=(),
            summary=self.summary,
            extensions={},
        )

    def is_of(self, wire: Wire) -> bool:
        """Whether a release has it."""
        return wire.has_searches or not self.with_searches


FURTHER = (
    Further(id="getLicense", method="GET", path="/license", summary="Look at the licence"),
    Further(id="getStatus", method="GET", path="/status", summary="Ask whether it is up", with_searches=True),
    Further(
        id="modifyProcessInstance",
        method="POST",
        path="/process-instances/{processInstanceKey}/modification",
        summary="See whether a process instance runs",
        needs_body=True,
    ),
    Further(
        id="createElementInstanceVariables",
        method="PUT",
        path="/element-instances/{elementInstanceKey}/variables",
        summary="Set variables",
        needs_body=True,
    ),
    Further(
        id="updateJob",
        method="PATCH",
        path="/jobs/{jobKey}",
        summary="Change a job's retries or time-out",
        needs_body=True,
    ),
    Further(
        id="updateUserTask",
        method="PATCH",
        path="/user-tasks/{userTaskKey}",
        summary="Change a user task's attributes",
        needs_body=False,
    ),
)
