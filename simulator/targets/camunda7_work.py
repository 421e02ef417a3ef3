"""What waits for somebody in a Camunda 7 instance: user tasks, external tasks, jobs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from simulator.targets.camunda7_values import SERIALIZED
from simulator.targets.naming import Names
from simulator.targets.ownership import Ownership
from simulator.targets.protocol import RawAnswer, Refused, Work
from simulator.targets.rest import Rest, path

USER_TASK, EXTERNAL_TASK, JOB = "user-task", "external-task", "job"
KINDS = (USER_TASK, EXTERNAL_TASK, JOB)

LOCK_MILLISECONDS = 600_000
MOST_TASKS = 1_000
"""External tasks locked in one go."""

Row: TypeAlias = Mapping[str, Any]


class Worker:
    """Lists, locks and repairs the work of instances, under a worker id of the run's own."""

    def __init__(self, rest: Rest, names: Names, ownership: Ownership) -> None:
        self._rest = rest
        self._names = names
        self._ownership = ownership
        self._worker = names.own("bpmn-tck")

    def work(self, instance: str, element: str | None) -> list[Work]:
        """List what is open; where an element has several, they come in the order of their loop counters."""
        found = [
            work
            for work in (*self._tasks(instance), *self._external(instance), *self._jobs(instance))
            if element is None or work.element == element
        ]
        self._ownership.add_ids(work.key for work in found)
        several = any(count > 1 for count in Counter((work.element, work.kind) for work in found).values())
        loops = self._loop_counters(instance) if several else {}

        def order(work: Work) -> tuple[str, int, int, str, str]:
            loop = loops.get(str(work.facts.get("executionId")), -1)
            return work.element, KINDS.index(work.kind), loop, str(work.facts.get("created", "")), work.key

        return sorted(found, key=order)

    def lock(self, work: Work) -> str:
        """Lock an external task, and others of its topic and definition, and answer the worker's id.

        What cannot be locked stays so; the call that needs the lock is then refused in the target's words.
        """
        topic: dict[str, object] = {
            "topicName": work.facts["topicName"],
            "lockDuration": LOCK_MILLISECONDS,
            "processDefinitionId": work.facts["processDefinitionId"],
            "variables": [],
        }
        body = {"workerId": self._worker, "maxTasks": MOST_TASKS, "topics": [topic]}
        self._rest.post("fetchAndLock", "/external-task/fetchAndLock", body)
        return self._worker

    def resolve(self, instance: str, element: str | None, retries: int) -> None:
        """Set the retries of failed jobs and external tasks; raises Refused where none has failed."""
        failed = {"processInstanceId": instance, "noRetriesLeft": True}
        repaired = 0
        for job in self._rest.get("getJobs", "/job", failed):
            if element in (None, job.get("failedActivityId"), self._job_element(job)):
                where = path("job", job["id"], "retries")
                self._rest.with_body("setJobRetries", "PUT", where, {"retries": retries})
                repaired += 1
        for task in self._rest.get("getExternalTasks", "/external-task", failed):
            if element in (None, task["activityId"]):
                where = path("external-task", task["id"], "retries")
                self._rest.with_body("setExternalTaskResourceRetries", "PUT", where, {"retries": retries})
                repaired += 1
        if not repaired:
            nothing = f"nothing without retries at {element or 'any element'}"
            raise Refused("setJobRetries", RawAnswer(404, {}, b""), nothing)

    def _tasks(self, instance: str) -> Iterator[Work]:
        for row in self._rest.get("getTasks", "/task", {"processInstanceId": instance}):
            yield Work(row["id"], row["taskDefinitionKey"], USER_TASK, instance, self._names.back(row))

    def _external(self, instance: str) -> Iterator[Work]:
        for row in self._rest.get("getExternalTasks", "/external-task", {"processInstanceId": instance}):
            yield Work(row["id"], row["activityId"], EXTERNAL_TASK, instance, row)

    def _jobs(self, instance: str) -> Iterator[Work]:
        for row in self._rest.get("getJobs", "/job", {"processInstanceId": instance}):
            yield Work(row["id"], self._job_element(row), JOB, instance, row)

    def _job_element(self, job: Row) -> str:
        if job["jobDefinitionId"] is None:
            return str(job.get("failedActivityId") or "")
        definition = self._rest.get("getJobDefinition", path("job-definition", job["jobDefinitionId"]))
        return str(definition["activityId"])

    def _loop_counters(self, instance: str) -> dict[str, int]:
        query = {"processInstanceId": instance, "variableName": "loopCounter", **SERIALIZED}
        rows = self._rest.get("listHistoricVariableInstances", "/history/variable-instance", query)
        return {row["executionId"]: row["value"] for row in rows if isinstance(row["value"], int)}
