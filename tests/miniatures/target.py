"""A target over the token game, with faults that tests switch on."""

import json
from collections.abc import Mapping, Sequence

from simulator.scenario.stages import Stage
from simulator.targets.protocol import (
    InstanceView,
    Model,
    NotObservable,
    RawAnswer,
    RawRequest,
    Refused,
    Start,
    Target,
    Unusable,
    Work,
)
from tests.miniatures.token_game import Fault, Instance, Process, complete, go_on, read_processes

JSON = {"content-type": "application/json"}
SETTINGS: Mapping[str, bool] = {"multi-tenancy": True, "authorization": False, "destructive": True}


class Miniature:
    """A fake engine that speaks enough of Camunda 7 to be judged."""

    product = "camunda7"

    def __init__(self, *faults: Fault, name: str = "miniature", release: str = "7.24.0") -> None:
        self.name = name
        self.release = release
        self.faults = frozenset(faults)
        self.processes: dict[str, Process] = {}
        self.instances: dict[str, Instance] = {}
        self.created = 0
        self.waited: list[float] = []

    def deploy(self, models: Sequence[Model], *, tenant: str | None = None) -> str:
        for model in models:
            for process in read_processes(model.content):
                self.processes[process.key] = process
        return self._key("deployment")

    def start(self, start: Start) -> str:
        self._speak()
        process = self.processes.get(start.definition)
        if process is None and Fault.ACCEPTS_ANYTHING in self.faults:
            process = next(iter(self.processes.values()))
        if process is None:
            kind = (
                "InvalidRequestException" if Fault.REFUSES_IN_OTHER_WORDS in self.faults else "RestException"
            )
            raise refused("start", 404, kind, f"No process definition with key '{start.definition}'")
        variables = {} if Fault.IGNORES_VARIABLES in self.faults else dict(start.variables)
        instance = Instance(self._key("instance"), process, variables, start.business_key)
        self.instances[instance.key] = instance
        reached = [instruction.element for instruction in start.instructions] or [process.start]
        for instruction in start.instructions:
            instance.variables.update(instruction.variables)
        go_on(instance, reached, self.faults)
        return instance.key

    def work(self, instance: str, element: str | None = None) -> Sequence[Work]:
        at = self.instances[instance].at
        return [Work(f"{instance}/{name}", name, "task", instance) for name in at if element in (None, name)]

    def complete(self, work: Work, variables: Mapping[str, object]) -> None:
        instance = self.instances[work.instance]
        instance.variables.update(variables)
        complete(instance, work.element, self.faults)

    def fail(self, work: Work, *, message: str, retries: int) -> None:
        raise NotObservable("feature-off", "a failing job")

    def throw_error(
        self, work: Work, *, code: str, message: str | None, variables: Mapping[str, object]
    ) -> None:
        raise NotObservable("feature-off", "a thrown error")

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
        if name not in self.processes:
            raise refused(
                "message", 400, "MismatchingMessageCorrelationException", f"no one waits for {name}"
            )
        return self.start(Start(definition=name, variables=variables, business_key=business_key))

    def signal(self, name: str, *, variables: Mapping[str, object], tenant: str | None = None) -> None:
        return None

    def advance(self, seconds: float) -> None:
        if Fault.BLIND in self.faults:
            raise NotObservable("no-clock", "advance")
        self.waited.append(seconds)

    def settle(self) -> None:
        return None

    def cancel(self, instance: str) -> None:
        cancelled = self.instances[instance]
        cancelled.cancelled, cancelled.at, cancelled.ended = sorted(cancelled.at), [], True

    def resolve(self, instance: str, element: str | None, retries: int) -> None:
        raise refused("resolve", 400, "RestException", "there is no incident")

    def look(self, instance: str, wanted: frozenset[str]) -> InstanceView:
        self._speak()
        if Fault.BLIND in self.faults and "passed" in wanted:
            raise NotObservable("no-read-endpoints", "passed")
        shown = self.instances[instance]
        return InstanceView(
            ended=shown.ended,
            at=sorted(shown.at),
            passed=[] if Fault.FORGETS_HISTORY in self.faults else list(shown.passed),
            cancelled=shown.cancelled,
            variables=shown.variables,
            local={},
            incidents=[],
            tasks=[{"element": element} for element in shown.at],
        )

    def called(self, instance: str, element: str) -> Sequence[str]:
        return []

    def definition(self, key: str, tenant: str | None = None) -> str:
        return f"{key}:1"

    def own(self, name: str) -> str:
        return f"own-{name}"

    def request(self, request: RawRequest) -> RawAnswer:
        """Answer a start by key (named as its own), and the engine's version."""
        self._speak()
        if request.path == "/version":
            return answer(200, {"version": self.release})
        try:
            key = request.path.split("/")[3].removeprefix("own-")
            body = json.loads(request.content or b"{}")
            shown = self.instances[self.start(Start(definition=key, business_key=body.get("businessKey")))]
        except Refused as refusal:
            return refusal.answer
        return answer(201 if Fault.WRONG_STATUS in self.faults else 200, self._show(shown))

    def close(self) -> None:
        if Fault.LEAVES_THINGS in self.faults:
            raise Unusable("DELETE /deployment was not answered")
        self.instances.clear()
        self.processes.clear()

    def _show(self, instance: Instance) -> dict[str, object]:
        shown: dict[str, object] = {
            "id": instance.key,
            "definitionId": f"{instance.process.key}:1",
            "definitionKey": self.own(instance.process.key),
            "businessKey": instance.business_key,
            "caseInstanceId": None,
            "tenantId": None,
            "ended": str(instance.ended) if Fault.WRONG_FIELD_TYPE in self.faults else instance.ended,
            "suspended": False,
            "links": [],
        }
        return shown | {"surprise": 1} if Fault.ADDS_FIELD in self.faults else shown

    def _speak(self) -> None:
        if Fault.SILENT in self.faults:
            raise Unusable("no answer within 1 s")

    def _key(self, kind: str) -> str:
        self.created += 1
        return f"{kind}-{self.created}"


def answer(status: int, body: object) -> RawAnswer:
    """An answer with a JSON body."""
    return RawAnswer(status, JSON, json.dumps(body).encode())


def refused(operation: str, status: int, kind: str, message: str) -> Refused:
    """A refusal in Camunda 7's words."""
    body = {"type": kind, "message": message, "code": None}
    return Refused(operation, answer(status, body), body)


def stage(
    *faults: Fault,
    name: str = "miniature",
    product: str = "camunda7",
    release: str = "7.24.0",
    settings: Mapping[str, bool] = SETTINGS,
) -> Stage:
    """A stage on which every scenario gets a miniature of its own."""

    def open_miniature(_run: str) -> Target:
        return Miniature(*faults, name=name, release=release)

    return Stage(name=name, product=product, release=release, open=open_miniature, settings=settings)
