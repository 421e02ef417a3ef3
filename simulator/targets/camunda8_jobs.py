"""Jobs of Camunda 8: activated for a worker of the run's own and remembered, to be seen at all."""

import time
from collections.abc import Mapping
from typing import Any, TypeAlias

from simulator.targets.adapt_camunda8_tasks import USER_TASK_HEADER, USER_TASK_TYPE
from simulator.targets.clock import Sleep
from simulator.targets.connection import Connection
from simulator.targets.protocol import Refused, Work
from simulator.targets.rest import path

JOB, USER_TASK = "job", "user-task"
LOCK_MILLISECONDS = 600_000
RELEASED_MILLISECONDS = 1
MOST_JOBS = 100
WITHOUT_WAITING = -1
"""A `requestTimeout` below 0 answers at once, with or without jobs."""

PAUSE = 0.05

Row: TypeAlias = Mapping[str, Any]


def key_of(job: Row) -> str:
    """A job's own key: `jobKey`, in 8.6 `key` (live 8.6.0)."""
    return str(job["jobKey"] if "jobKey" in job else job["key"])


class Jobs:
    """Activates every job of the run's types; a job stays known until the engine has it no more.

    `patience`: seconds to wait for a job, since the engine works on after it has answered a command.
    """

    def __init__(self, connection: Connection, *, patience: float, sleep: Sleep = time.sleep) -> None:
        self._connection = connection
        self._rest = connection.rest
        self._worker = connection.names.own("bpmn-tck")
        self._patience = patience
        self._sleep = sleep
        self._known: dict[str, Row] = {}

    def work(self, instance: str, element: str | None) -> list[Work]:
        """The jobs of an instance that are open, waiting for one of that element to appear if there is none.

        Without an element it waits until a round brings nothing new.
        """
        waited = 0.0
        while True:
            fresh = self._activate()
            found = [job for job in self._alive(instance) if element is None or job["elementId"] == element]
            is_enough = bool(found) and (element is not None or not fresh)
            if is_enough or waited >= self._patience:
                return sorted((_work(job, instance) for job in found), key=_order)
            self._sleep(PAUSE)
            waited += PAUSE

    def forget(self, key: str) -> None:
        """Leave out a job that was completed, failed or ended by an error."""
        self._known.pop(key, None)

    def is_known(self, key: str) -> bool:
        """Whether a job was activated here and is not done with."""
        return key in self._known

    def seen(self, instance: str) -> list[Row]:
        """The failed or open jobs of an instance as they were last seen."""
        return [job for job in self._known.values() if str(job["processInstanceKey"]) == instance]

    def update(self, key: str, changes: Mapping[str, int]) -> None:
        """Change a job's retries or the time its worker has."""
        self._rest.with_body("updateJob", "PATCH", path("jobs", key), {"changeset": changes})

    def _activate(self) -> bool:
        is_fresh = False
        for kind in sorted(self._connection.adapter.job_types):
            body = {
                "type": kind,
                "timeout": LOCK_MILLISECONDS,
                "maxJobsToActivate": MOST_JOBS,
                "worker": self._worker,
                "requestTimeout": WITHOUT_WAITING,
            }
            for job in self._rest.post("activateJobs", "/jobs/activation", body)["jobs"]:
                is_fresh = self._take(job) or is_fresh
        return is_fresh

    def _take(self, job: Row) -> bool:
        if (
            job["type"] == USER_TASK_TYPE
            and str(job["processDefinitionKey"]) not in self._connection.definitions
        ):
            self.update(key_of(job), {"timeout": RELEASED_MILLISECONDS})
            return False
        self._known[key_of(job)] = job
        self._connection.ownership.add(job)
        return True

    def _alive(self, instance: str) -> list[Row]:
        """Prolong each job's lock: what cannot be found any more was cancelled (live 8.6.0: 404)."""
        alive = []
        for job in self.seen(instance):
            try:
                self.update(key_of(job), {"timeout": LOCK_MILLISECONDS})
            except Refused as refused:
                if refused.answer.status == 404:
                    self.forget(key_of(job))
                continue
            alive.append(job)
        return alive


def _work(job: Row, instance: str) -> Work:
    is_user_task = job["type"] == USER_TASK_TYPE or USER_TASK_HEADER in job["customHeaders"]
    kind = USER_TASK if is_user_task else JOB
    facts = {"created": int(key_of(job)), "loopCounter": job["variables"].get("loopCounter", -1), **job}
    return Work(key_of(job), job["elementId"], kind, instance, facts)


def _order(work: Work) -> tuple[str, str, int]:
    loop = work.facts["loopCounter"]
    return work.element, f"{loop:09}" if isinstance(loop, int) else "", int(work.key)
