"""Camunda 7, and what promises to be compatible with it, driven over its REST API."""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.contract.forms import Upload
from simulator.core.errors import UserError
from simulator.targets.camunda7_values import write_value, write_values
from simulator.targets.camunda7_view import Viewer
from simulator.targets.camunda7_work import EXTERNAL_TASK, Worker
from simulator.targets.clock import Clock
from simulator.targets.connection import Connection
from simulator.targets.protocol import (
    InstanceView,
    Model,
    RawAnswer,
    RawRequest,
    Refused,
    Start,
    StartInstruction,
    Work,
)
from simulator.targets.rest import path

INSTRUCTIONS: Mapping[str, tuple[str, str]] = {
    "before": ("startBeforeActivity", "activityId"),
    "after": ("startAfterActivity", "activityId"),
    "transition": ("startTransition", "transitionId"),
}


class Camunda7:
    """A Camunda 7 REST API as a target; closing deletes the deployments made here with all they started."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.name = connection.name
        self.product = connection.product
        self.release = connection.release
        self._connection = connection
        self._clock = clock
        self._rest = connection.rest
        self._names = connection.names
        self._adapter = connection.adapter
        self._ownership = connection.ownership
        self._deployments: list[str] = []
        self._worker = Worker(self._rest, self._names, self._ownership)
        self._viewer = Viewer(self._rest, self._names, self._ownership)

    def deploy(self, models: Sequence[Model], *, tenant: str | None = None) -> str:
        """Deploy the models, adapted, as one deployment; a file's name becomes the resource's name."""
        form: dict[str, Any] = {"deployment-name": self._names.own("bpmn-tck")}
        if tenant is not None:
            form["tenant-id"] = self._names.own(tenant)
        for place, model in enumerate(self._adapter.adapt(models)):
            form[f"resource-{place}"] = Upload(model.name, model.content)
        deployment = self._rest.upload("createDeployment", "/deployment/create", form)
        self._deployments.append(deployment["id"])
        self._connection.definitions.extend(deployment.get("deployedProcessDefinitions") or {})
        self._ownership.add(deployment)
        return str(deployment["id"])

    def start(self, start: Start) -> str:
        """Start an instance; a version is looked up first, and asked for even if it is not there."""
        body: dict[str, object] = {"variables": write_values(start.variables)}
        if start.business_key is not None:
            body["businessKey"] = start.business_key
        if start.instructions:
            body["startInstructions"] = [_instruction(each) for each in start.instructions]
        operation, where = self._start_operation(start)
        instance = self._rest.post(operation, where, body)
        self._ownership.add(instance)
        return str(instance["id"])

    def work(self, instance: str, element: str | None = None) -> Sequence[Work]:
        """The open tasks, external tasks and jobs, ordered by elements, kinds and loop counters."""
        return self._worker.work(instance, element)

    def complete(self, work: Work, variables: Mapping[str, object]) -> None:
        """Complete a task; a job is executed, whatever comes of it."""
        written = write_values(variables)
        match work.kind:
            case "user-task":
                self._rest.post("complete", path("task", work.key, "complete"), {"variables": written})
            case "external-task":
                body = {"workerId": self._worker.lock(work), "variables": written}
                where = path("external-task", work.key, "complete")
                self._rest.post("completeExternalTaskResource", where, body)
            case _:
                self._rest.post("executeJob", path("job", work.key, "execute"), {})

    def fail(self, work: Work, *, message: str, retries: int) -> None:
        """Report a failure of an external task."""
        if work.kind != EXTERNAL_TASK:
            raise UserError(f"a {work.kind} of Camunda 7 cannot be failed from outside ({work.element})")
        body = {"errorMessage": message, "retries": retries, "retryTimeout": 0}
        locked = {"workerId": self._worker.lock(work), **body}
        self._rest.post("handleFailure", path("external-task", work.key, "failure"), locked)

    def throw_error(
        self, work: Work, *, code: str, message: str | None, variables: Mapping[str, object]
    ) -> None:
        """Throw a BPMN error from a user task or an external task."""
        body: dict[str, object] = {"errorCode": code, "variables": write_values(variables)}
        if message is not None:
            body["errorMessage"] = message
        match work.kind:
            case "user-task":
                self._rest.post("handleBpmnError", path("task", work.key, "bpmnError"), body)
            case "external-task":
                where = path("external-task", work.key, "bpmnError")
                locked = {"workerId": self._worker.lock(work), **body}
                self._rest.post("handleExternalTaskBpmnError", where, locked)
            case _:
                raise UserError(f"a {work.kind} of Camunda 7 throws no error from outside ({work.element})")

    def message(
        self,
        name: str,
        *,
        instance: str | None = None,
        correlation_key: str | None = None,
        business_key: str | None = None,
        variables: Mapping[str, object],
        tenant: str | None = None,
    ) -> str | None:
        """Correlate a message to exactly one receiver.

        A correlation key is matched with the variable that the model's subscription names; where no model
        has named one, with the business key.
        """
        body: dict[str, Any] = {"messageName": self._names.own(name), "resultEnabled": True}
        body["processVariables"] = write_values(variables)
        variable = None if correlation_key is None else self._adapter.correlation_variable(name)
        if variable is not None:
            body["correlationKeys"] = {variable: write_value(correlation_key)}
        elif correlation_key is not None and business_key is None:
            business_key = correlation_key
        optional = {"processInstanceId": instance, "businessKey": business_key}
        body.update({field: value for field, value in optional.items() if value is not None})
        if tenant is not None:
            body["tenantId"] = self._names.own(tenant)
        for result in self._rest.post("deliverMessage", "/message", body):
            self._ownership.add(result)
            if result["resultType"] == "ProcessDefinition":
                return str(result["processInstance"]["id"])
        return None

    def signal(self, name: str, *, variables: Mapping[str, object], tenant: str | None = None) -> None:
        """Broadcast a signal; without a tenant, to every receiver."""
        body: dict[str, object] = {"name": self._names.own(name), "variables": write_values(variables)}
        if tenant is not None:
            body["tenantId"] = self._names.own(tenant)
        self._rest.post("throwSignal", "/signal", body)

    def advance(self, seconds: float) -> None:
        """Let time pass by the target's clock."""
        self._clock.advance(seconds)

    def settle(self) -> None:
        """Let asynchronous continuations and what is due happen."""
        self.advance(0)

    def cancel(self, instance: str) -> None:
        """Delete the process instance."""
        self._rest.delete("deleteProcessInstance", path("process-instance", instance))

    def resolve(self, instance: str, element: str | None, retries: int) -> None:
        """Give jobs and external tasks without retries some again, which ends their incidents."""
        self._worker.resolve(instance, element, retries)

    def look(self, instance: str, wanted: frozenset[str]) -> InstanceView:
        """Show an instance, from the runtime while it runs, from the history for what is over."""
        return self._viewer.look(instance, wanted)

    def called(self, instance: str, element: str) -> Sequence[str]:
        """The instances called, in the order in which their call activities began."""
        return self._viewer.called(instance, element)

    def definition(self, key: str, tenant: str | None = None) -> str:
        """The id of the newest version of a process definition."""
        where = path("process-definition", "key", self._names.own(key))
        if tenant is not None:
            where += path("tenant-id", self._names.own(tenant))
        found = self._rest.get("getProcessDefinitionByKey", where)
        return str(found["id"])

    def own(self, name: str) -> str:
        """The name that a key, tenant or message of the scenario has here."""
        return self._names.own(name)

    def request(self, request: RawRequest) -> RawAnswer:
        """Send a raw request; raises NotObservable where it could touch what is not the run's own."""
        self._ownership.check(request)
        answer = self._rest.transport.send(request)
        self._ownership.learn(request, answer)
        return answer

    def close(self) -> None:
        """Delete the deployments made here with all they started, where others use the engine."""
        try:
            if self._names.are_foreign:
                self._delete_deployments()
            self._clock.close()
        finally:
            self._connection.at_close()

    def _delete_deployments(self) -> None:
        query = {"cascade": True, "skipCustomListeners": True, "skipIoMappings": True}
        while self._deployments:
            deployment = self._deployments.pop()
            try:
                self._rest.delete("deleteDeployment", path("deployment", deployment), query)
            except Refused as refused:
                if refused.answer.status != 404:
                    raise

    def _start_operation(self, start: Start) -> tuple[str, str]:
        key = self._names.own(start.definition)
        tenant = None if start.tenant is None else self._names.own(start.tenant)
        if start.version is not None:
            found = self._version(key, start.version, tenant)
            return "startProcessInstance", path("process-definition", found, "start")
        if tenant is not None:
            where = path("process-definition", "key", key, "tenant-id", tenant, "start")
            return "startProcessInstanceByKeyAndTenantId", where
        return "startProcessInstanceByKey", path("process-definition", "key", key, "start")

    def _version(self, key: str, version: int, tenant: str | None) -> str:
        query: dict[str, object] = {"key": key, "version": version}
        query.update({"withoutTenantId": True} if tenant is None else {"tenantIdIn": tenant})
        rows = self._rest.get("getProcessDefinitions", "/process-definition", query)
        return str(rows[0]["id"]) if rows else f"{key}:{version}"


def _instruction(instruction: StartInstruction) -> dict[str, object]:
    if instruction.kind not in INSTRUCTIONS:
        raise UserError(f"expected a start before, after or transition; came {instruction.kind!r}")
    kind, field = INSTRUCTIONS[instruction.kind]
    variables = {
        name: {**write_value(value), "local": False} for name, value in instruction.variables.items()
    }
    local = {name: {**write_value(value), "local": True} for name, value in instruction.local.items()}
    return {"type": kind, field: instruction.element, "variables": {**variables, **local}}
