"""Camunda 8 driven over its REST API, from 8.6 on."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.contract.forms import Upload
from simulator.core.errors import UserError
from simulator.targets.camunda8_cleaning import Cleaner
from simulator.targets.camunda8_jobs import JOB, USER_TASK, Jobs
from simulator.targets.camunda8_messages import Correlations
from simulator.targets.camunda8_values import write_values
from simulator.targets.camunda8_view import SearchViewer
from simulator.targets.clock import Clock, Sleep
from simulator.targets.connection import Connection
from simulator.targets.protocol import (
    InstanceView,
    Model,
    NotObservable,
    RawAnswer,
    RawRequest,
    Refused,
    Start,
    Work,
)
from simulator.targets.releases import at_least
from simulator.targets.rest import path

FIRST_WITH_SEARCHES = (8, 8)
FIRST_WITH_BUSINESS_IDS = (8, 9)
PAUSE = 0.1
"""Seconds between two looks at an engine that works on after it has answered."""

UNSEEN = InstanceView(
    ended=None,
    at=None,
    passed=None,
    cancelled=None,
    variables=None,
    local=None,
    incidents=None,
    tasks=None,
)


class Camunda8:
    """A Camunda 8 REST API as a target; closing cancels the instances and deletes the definitions made here.

    `patience`: seconds until what was done has to be visible; 0 for an engine that has done its work and
    shows it when it answers.
    """

    def __init__(
        self,
        connection: Connection,
        clock: Clock,
        *,
        patience: float,
        sleep: Sleep = time.sleep,
    ) -> None:
        self._patience = patience
        self._sleep = sleep
        self.name = connection.name
        self.product = connection.product
        self.release = connection.release
        self._connection = connection
        self._clock = clock
        self._rest = connection.rest
        self._names = connection.names
        self._jobs = Jobs(connection, patience=self._patience, sleep=self._sleep)
        self._has_searches = at_least(connection.release, FIRST_WITH_SEARCHES)
        self._viewer = SearchViewer(connection)
        self._correlations = Correlations(connection.adapter, connection.names)
        self._cleaner = Cleaner(self._rest)
        self._newest: dict[tuple[str, str | None], str] = {}

    def deploy(self, models: Sequence[Model], *, tenant: str | None = None) -> str:
        """Deploy the models, adapted, as one deployment; tenants keep their names, as they exist before."""
        form: dict[str, Any] = {} if tenant is None else {"tenantId": tenant}
        adapted = self._connection.adapter.adapt(models)
        form["resources"] = [Upload(model.name, model.content) for model in adapted]
        try:
            deployment = self._rest.upload("createDeployment", "/deployments", form)
        except Refused as refused:
            raise _for_tenants(refused) from None
        for entry in deployment["deployments"]:
            definition = entry.get("processDefinition")
            if definition:
                key = str(definition["processDefinitionKey"])
                self._newest[definition["processDefinitionId"], tenant] = key
                self._connection.definitions.append(key)
                self._cleaner.definitions.append(key)
        self._connection.ownership.add(deployment)
        return str(deployment["deploymentKey"])

    def start(self, start: Start) -> str:
        """Start an instance by the process's id, or before elements, which takes no variables here."""
        body: dict[str, Any] = {"processDefinitionId": self._names.own(start.definition)}
        marker = self._correlations.mark(start)
        body["variables"] = write_values({**start.variables, **marker})
        if start.version is not None:
            body["processDefinitionVersion"] = start.version
        if start.tenant is not None:
            body["tenantId"] = start.tenant
        if start.business_key is not None and at_least(self.release, FIRST_WITH_BUSINESS_IDS):
            body["businessId"] = start.business_key
        for each in start.instructions:
            if each.kind != "before" or each.variables or each.local:
                raise NotObservable("not-this-dialect", f"a start {each.kind} {each.element} with variables")
            body.setdefault("startInstructions", []).append({"elementId": each.element})
        try:
            created = self._rest.post("createProcessInstance", "/process-instances", body)
        except Refused as refused:
            raise _for_tenants(refused) from None
        instance = str(created["processInstanceKey"])
        self._correlations.remember(instance, {**start.variables, **marker})
        self._began(instance)
        return instance

    def work(self, instance: str, element: str | None = None) -> Sequence[Work]:
        """The open jobs and user tasks of an instance; waits for the engine to bring one of that element."""
        tasks = [work for work in self._tasks(instance) if element in (None, work.element)]
        if tasks and element is not None:
            return tasks
        jobs = self._jobs.work(instance, element)
        if not tasks and not jobs and self._patience:
            tasks = [work for work in self._tasks(instance) if element in (None, work.element)]
        return sorted([*tasks, *jobs], key=lambda work: work.element)

    def complete(self, work: Work, variables: Mapping[str, object]) -> None:
        """Complete a user task or a job."""
        where = path("jobs" if self._is_job(work) else "user-tasks", work.key, "completion")
        operation = "completeJob" if self._is_job(work) else "completeUserTask"
        self._rest.post(operation, where, {"variables": write_values(variables)})
        self._jobs.forget(work.key)

    def fail(self, work: Work, *, message: str, retries: int) -> None:
        """Report a failure of a job."""
        if not self._is_job(work):
            raise UserError(f"a user task of Camunda 8 cannot be failed from outside ({work.element})")
        body = {"retries": retries, "errorMessage": message}
        self._rest.post("failJob", path("jobs", work.key, "failure"), body)
        self._jobs.forget(work.key)

    def throw_error(
        self, work: Work, *, code: str, message: str | None, variables: Mapping[str, object]
    ) -> None:
        """Throw a BPMN error from a job."""
        if not self._is_job(work):
            raise NotObservable("not-this-dialect", f"throwing an error from the user task {work.element}")
        body: dict[str, object] = {"errorCode": code, "variables": write_values(variables)}
        if message is not None:
            body["errorMessage"] = message
        self._rest.post("throwJobError", path("jobs", work.key, "error"), body)
        self._jobs.forget(work.key)

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
        """Correlate a message at once; an instance is found by the value its subscription was opened with."""
        key = correlation_key
        if key is None and instance is not None:
            key = self._correlations.key_of(name, instance)
        key = business_key or "" if key is None else key
        sent = {**variables, **self._correlations.mark_message(name, key)}
        body: dict[str, Any] = {"name": self._names.own(name), "variables": write_values(sent)}
        body["correlationKey"] = key
        if tenant is not None:
            body["tenantId"] = tenant
        try:
            answer = self._rest.post("correlateMessage", "/messages/correlation", body)
        except Refused as refused:
            raise _for_tenants(refused) from None
        reached = str(answer["processInstanceKey"])
        if not self._correlations.is_starting(name) or self._correlations.is_known(reached):
            return None
        self._correlations.remember(reached, sent)
        self._began(reached)
        return reached

    def signal(self, name: str, *, variables: Mapping[str, object], tenant: str | None = None) -> None:
        """Broadcast a signal."""
        body: dict[str, object] = {"signalName": self._names.own(name), "variables": write_values(variables)}
        if tenant is not None:
            body["tenantId"] = tenant
        try:
            self._rest.post("broadcastSignal", "/signals/broadcast", body)
        except Refused as refused:
            raise _for_tenants(refused) from None

    def advance(self, seconds: float) -> None:
        """Let time pass by the target's clock."""
        self._clock.advance(seconds)

    def settle(self) -> None:
        """Let the engine work off what it has answered already."""
        self._clock.advance(0)
        if self._patience:
            self._sleep(PAUSE)

    def cancel(self, instance: str) -> None:
        """Cancel the process instance."""
        self._rest.post("cancelProcessInstance", path("process-instances", instance, "cancellation"), {})

    def resolve(self, instance: str, element: str | None, retries: int) -> None:
        """Give failed jobs retries and resolve the incidents; raises Refused where there is none."""
        self._need_searches(f"finding the incidents of {instance}")
        rows = [row for row in self._viewer.incidents(instance) if element in (None, row["elementId"])]
        for row in rows:
            if row.get("jobKey"):
                self._jobs.update(str(row["jobKey"]), {"retries": retries})
            self._rest.post("resolveIncident", path("incidents", str(row["incidentKey"]), "resolution"), {})
        if not rows:
            nothing = f"no incident at {element or 'any element'}"
            raise Refused("resolveIncident", RawAnswer(404, {}, b""), nothing)

    def look(self, instance: str, wanted: frozenset[str]) -> InstanceView:
        """Show an instance once two looks show the same; without searches only whether it is over."""
        view = self._look(instance, wanted)
        waited = 0.0
        while waited < self._patience:
            self._sleep(PAUSE)
            waited += PAUSE
            before, view = view, self._look(instance, wanted)
            if view == before and view.ended is not None:
                break
        return view

    def called(self, instance: str, element: str) -> Sequence[str]:
        """The instances that a call activity started, oldest first."""
        self._need_searches(f"finding what {element} called")
        return self._viewer.called(instance, element)

    def definition(self, key: str, tenant: str | None = None) -> str:
        """The key of the newest version of a process definition, as its deployment has answered it."""
        found = self._newest.get((self._names.own(key), tenant))
        if found is not None:
            return found
        self._need_searches(f"finding the process definition {key}")
        wanted: dict[str, object] = {"processDefinitionId": self._names.own(key), "isLatestVersion": True}
        if tenant is not None:
            wanted["tenantId"] = tenant
        rows = self._viewer.search("searchProcessDefinitions", "/process-definitions/search", wanted)
        if not rows:
            nothing = f"no process definition {key}"
            raise Refused("searchProcessDefinitions", RawAnswer(404, {}, b""), nothing)
        return str(rows[0]["processDefinitionKey"])

    def own(self, name: str) -> str:
        """The name that a key or message of the scenario has here."""
        return self._names.own(name)

    def request(self, request: RawRequest) -> RawAnswer:
        """Send a raw request; raises NotObservable where it could touch what is not the run's own."""
        self._connection.ownership.check(request)
        answer = self._rest.transport.send(request)
        self._connection.ownership.learn(request, answer)
        return answer

    def close(self) -> None:
        """Cancel what runs and delete the definitions made here, where others use the engine."""
        try:
            self._clock.close()
            if self._names.are_foreign:
                self._cleaner.clean()
        finally:
            self._connection.at_close()

    def _began(self, instance: str) -> None:
        self._cleaner.instances.append(instance)
        self._connection.ownership.add_ids([instance])

    def _look(self, instance: str, wanted: frozenset[str]) -> InstanceView:
        if self._has_searches:
            return self._viewer.look(instance, wanted)
        where = path("process-instances", instance, "modification")
        try:
            self._rest.post("modifyProcessInstance", where, {})
        except Refused as refused:
            if refused.answer.status != 404:
                raise
            return _ended(True)
        return _ended(False)

    def _tasks(self, instance: str) -> list[Work]:
        if not self._has_searches:
            return []
        rows = sorted(self._viewer.tasks(instance), key=lambda row: int(row["userTaskKey"]))
        return [
            Work(str(row["userTaskKey"]), row["elementId"], USER_TASK, instance, self._names.back(row))
            for row in rows
        ]

    def _is_job(self, work: Work) -> bool:
        return work.kind == JOB or "userTaskKey" not in work.facts

    def _need_searches(self, what: str) -> None:
        if not self._has_searches:
            raise NotObservable("no-read-endpoints", what)


def _ended(is_over: bool) -> InstanceView:
    return replace(UNSEEN, ended=is_over)


def _for_tenants(refused: Refused) -> Refused | NotObservable:
    """A refusal because the engine knows no tenants says nothing about the engine."""
    if "multi-tenancy is disabled" in str(refused.body):
        return NotObservable("feature-off", "a tenant's definitions")
    return refused
