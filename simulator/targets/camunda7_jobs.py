"""Time on a live Camunda 7 whose job executor is off: jobs are executed by REST as they become due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from simulator.targets.camunda7_cycles import Series, read_cycle
from simulator.targets.protocol import Refused, Unusable
from simulator.targets.rest import Rest, path

DATE_FORM = "%Y-%m-%dT%H:%M:%S.%f%z"
MOST_EXECUTIONS = 1_000
"""Jobs executed in one go before it is taken for granted that the instance never comes to rest."""

AT_ONCE = datetime.min.replace(tzinfo=UTC)

Row: TypeAlias = Mapping[str, Any]
Identity: TypeAlias = tuple[str, str]


def read_date(text: str) -> datetime:
    """Read a date as Camunda 7 writes it by default: `2013-01-23T13:42:42.000+0200`."""
    return datetime.strptime(text, DATE_FORM)


def wall_clock() -> datetime:
    """The time now."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DueJob:
    """A job and when it is due in the run's time, at once where `due` is None; `series` if it is repeated."""

    due: datetime | None
    created: str
    key: str
    series: Series | None = None

    @property
    def order(self) -> tuple[datetime, str, str]:
        """What is due earlier comes first, what may run at once before everything else."""
        due = AT_ONCE if self.due is None else self.due
        return (due, self.created, self.key)


class JobClock:
    """The run's time: the engine's time and an offset that `advance` moves.

    A duration counts from when its job was made, so a job is due later by the offset of that moment; a date
    is due when the run's time reaches it. Jobs are those of the definitions that `definitions` names.
    """

    def __init__(
        self,
        rest: Rest,
        definitions: Callable[[], list[str]],
        now: Callable[[], datetime] = wall_clock,
    ) -> None:
        self._rest = rest
        self._definitions = definitions
        self._now = now
        self._offset = timedelta()
        self._made_at: dict[str, timedelta] = {}
        self._series: dict[Identity, Series] = {}
        self._kinds: dict[str, str] = {}

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass and execute every job then due, earliest first; 0 executes what is due now.

        A job that fails is tried again until it has no retries left, as a job executor would.
        Raises `Unusable` where that does not come to an end.
        """
        until = self._now() + self._offset + timedelta(seconds=seconds)
        for _ in range(MOST_EXECUTIONS):
            job = self._next(until)
            if job is None:
                self._offset = max(self._offset, until - self._now())
                return
            if job.due is not None:
                self._offset = max(self._offset, job.due - self._now())
            if self._execute(job.key) and job.series is not None:
                job.series.happened += 1
        raise Unusable(f"jobs are still due after {MOST_EXECUTIONS:,} executions", url=self._rest.url)

    def close(self) -> None:
        """Go back to the engine's time."""
        self._offset = timedelta()
        self._made_at.clear()
        self._series.clear()
        self._kinds.clear()

    def _execute(self, job: str) -> bool:
        """Execute a job; that it fails is for its incident to say, not an error here."""
        try:
            self._rest.post("executeJob", path("job", job, "execute"), {})
        except Refused as refused:
            if refused.answer.status not in (404, 500):
                raise
            return False
        return True

    def _next(self, until: datetime) -> DueJob | None:
        rows = [row for definition in self._definitions() for row in self._jobs(definition)]
        jobs = [job for row in rows if (job := self._due(row)) is not None]
        ready = [job for job in jobs if job.due is None or job.due <= until]
        return min(ready, key=lambda job: job.order, default=None)

    def _jobs(self, definition: str) -> list[Row]:
        rows: list[Row] = self._rest.get("getJobs", "/job", {"processDefinitionId": definition})
        return [row for row in rows if row["retries"] > 0 and not row["suspended"]]

    def _due(self, row: Row) -> DueJob | None:
        created = row.get("createTime") or ""
        if row["dueDate"] is None:
            return DueJob(None, created, row["id"])
        due = read_date(row["dueDate"])
        kind, _, content = self._kind(row["jobDefinitionId"]).partition(":")
        if kind == "CYCLE":
            return self._due_again(row, content, due + self._offset)
        if kind != "DATE":
            due += self._made_at.setdefault(row["id"], self._offset)
        return DueJob(due, created, row["id"])

    def _due_again(self, row: Row, content: str, first: datetime) -> DueJob | None:
        identity = (row["jobDefinitionId"], row["executionId"] or "")
        if identity not in self._series:
            self._series[identity] = Series(read_cycle(content), first)
        series = self._series[identity]
        due = series.due()
        return None if due is None else DueJob(due, row.get("createTime") or "", row["id"], series)

    def _kind(self, definition: str | None) -> str:
        """What a timer's job is made of, as its job definition says: `DURATION: PT1H`, `DATE: …`, `CYCLE: …`."""
        if definition is None:
            return "DURATION"
        if definition not in self._kinds:
            row = self._rest.get("getJobDefinition", path("job-definition", definition))
            self._kinds[definition] = str(row["jobConfiguration"] or "")
        return self._kinds[definition]
