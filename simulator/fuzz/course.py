"""The course of a run on one target: what is sent, how it is judged, what was found so far."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from simulator.contract.judge import Judge
from simulator.contract.model import Contract, Operation
from simulator.fuzz.answering import WITHHELD, Answer
from simulator.fuzz.bounds import bounded
from simulator.fuzz.check_types import Judged, faults
from simulator.fuzz.example import Example
from simulator.fuzz.finding import Finding, Key
from simulator.fuzz.safety import kept_to_own
from simulator.fuzz.shrinking import Patience, shrink
from simulator.fuzz.worlds.making import Worlds
from simulator.fuzz.worlds.world import World
from simulator.targets.protocol import RawRequest, Unusable

ROOT = {"camunda7": "/engine", "camunda8": "/topology"}
"""What any server of the product answers."""

WEAR = {"GET": 0, "HEAD": 0, "POST": 1, "PUT": 1, "DELETE": 5}
"""How much of a world a request that went well uses up, by its method."""

ALL_OF_IT, A_THIRD = 60, 20
WEAR_OF = {
    "deleteDeployment": ALL_OF_IT,
    "deleteResource": A_THIRD,
    "deleteProcessInstance": A_THIRD,
    "cancelProcessInstance": A_THIRD,
}
"""The same for operations that take away what much else hangs on."""

MOST_PER_OPERATION = 8


class Stopped(BaseException):
    """The time of the run is over; a BaseException, so that Hypothesis does not take it for a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a run may take and a world may last, and how long a finding is shrunk.

    `seconds`: the whole run, None without end. `wear`: successful changes until a world is made anew.
    `shrinks`, `shrink_seconds`: requests and seconds for each finding.
    `fresh_scenarios`: every scenario along links has a world of its own.
    """

    seconds: float | None = None
    wear: int = ALL_OF_IT
    shrinks: int = 200
    shrink_seconds: float = 20.0
    fresh_scenarios: bool = True


@dataclass(slots=True, kw_only=True)
class Course:
    """What happens between a run and one target.

    `is_shared`: others use the target too, so that only what the run made may be changed.
    """

    contract: Contract
    worlds: Worlds
    limits: Limits = field(default_factory=Limits)
    is_shared: bool = False
    tell: Callable[[Example, Answer], None] | None = None
    sent: int = 0
    withheld: int = 0
    statuses: dict[str, dict[int, int]] = field(default_factory=dict)
    found: dict[Key, Finding] = field(default_factory=dict)
    is_interrupted: bool = False
    _history: list[Example] = field(default_factory=list)
    _wear: int = 0
    _seen: dict[Key, tuple[Finding, tuple[Example, ...]]] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)
    _judge: Judge = field(init=False)

    def __post_init__(self) -> None:
        self._judge = Judge(self.contract)

    def perform(self, drawn: Example) -> Answer | None:
        """Send a request as far as it may be sent, and remember what is wrong with its answer.

        None where it was not sent. Raises `Stopped` when the time is over, `Unusable` where the target is gone.
        """
        if self.limits.seconds is not None and time.monotonic() - self._began > self.limits.seconds:
            raise Stopped
        operation = self.contract.operations[drawn.operation]
        example = self.allowed(operation, drawn)
        if example is None:
            self.withheld += 1
            return None
        if self._wear >= self.limits.wear:
            self.renew()
        world = self.worlds.now()
        answer = self._send(world, operation, example)
        if answer is None:
            self.withheld += 1
            return None
        self.sent += 1
        self._count(operation, answer)
        if self.tell is not None:
            self.tell(example, answer)
        self._remember(operation, example, answer)
        return answer

    def allowed(self, operation: Operation, drawn: Example) -> Example | None:
        """The request as it may be sent; None where it may not."""
        example = bounded(self.contract, drawn)
        return kept_to_own(self.contract, operation, example) if self.is_shared else example

    def renew(self) -> None:
        """Make a fresh world."""
        self._history.clear()
        self._wear = 0
        self.worlds.fresh()

    def begin_operation(self) -> None:
        """Begin with an operation: nothing of the world is used up yet."""
        if self._wear:
            self.renew()

    def begin_scenario(self) -> None:
        """Begin a scenario of several steps: in a fresh world where that is cheap, else in the one there is."""
        if self.limits.fresh_scenarios or self._wear >= self.limits.wear:
            self.renew()
        self._history.clear()
        self.worlds.now().answers.clear()

    def settle(self, *, is_hurried: bool = False) -> Sequence[Finding]:
        """Shrink what was found since the last time, and return it; in a hurry it is returned as it was found.

        An interruption counts as a hurry from then on, and is told by `is_interrupted`.
        """
        settled = []
        while self._seen:
            key, (finding, steps) = next(iter(self._seen.items()))
            try:
                done = replace(finding, steps=steps, is_stable=False)
                if not is_hurried:
                    self._wear = self.limits.wear
                    done = self._shrunk(finding, steps)
            except Unusable:
                is_hurried = True
            except KeyboardInterrupt:
                is_hurried = self.is_interrupted = True
            del self._seen[key]
            self.found[key] = done
            settled.append(done)
        return settled

    def judged(self, operation: Operation, answer: Answer) -> Mapping[Key, Finding]:
        """What is wrong with an answer, by its key."""
        discrepancies = (
            self._judge.judge(operation, answer.status, answer.media_type, answer.content)
            if answer.silent is None
            else []
        )
        wrong = {}
        for check, fault in faults(Judged(operation, answer, discrepancies)):
            key = Key(operation.id, check.name, fault.place)
            wrong[key] = Finding(
                key=key, expected=fault.expected, came=fault.came, where=fault.where, steps=()
            )
        return wrong

    def shows(self, steps: Sequence[Example], key: Key) -> Finding | None:
        """Send steps to a fresh world; the finding of this key if the last answer has it."""
        world = self.worlds.fresh()
        answer = None
        for example in steps:
            operation = self.contract.operations[example.operation]
            answer = self._send(world, operation, example)
            if answer is None:
                return None
        return None if answer is None else self.judged(operation, answer).get(key)

    def _send(self, world: World, operation: Operation, example: Example) -> Answer | None:
        answer = world.send(example.request(operation, world.resolve))
        if answer.silent is not None:
            self._probe(world, answer.silent)
        elif answer.status == WITHHELD:
            return None
        if example.label:
            world.keep_answer(example.label, answer)
        return answer

    def _probe(self, world: World, silent: str) -> None:
        """See whether the target still answers at all."""
        probe = world.send(RawRequest(method="GET", path=ROOT[self.contract.product]))
        if probe.silent is not None:
            raise Unusable(silent)

    def _count(self, operation: Operation, answer: Answer) -> None:
        counted = self.statuses.setdefault(operation.id, {})
        counted[answer.status] = counted.get(answer.status, 0) + 1
        if 200 <= answer.status < 300:
            self._wear += WEAR_OF.get(operation.id, WEAR.get(operation.method, 1))

    def _remember(self, operation: Operation, example: Example, answer: Answer) -> None:
        wrong = self.judged(operation, answer)
        for key, finding in wrong.items():
            many = sum(1 for other in (*self.found, *self._seen) if other.operation == operation.id)
            if key not in self.found and key not in self._seen and many < MOST_PER_OPERATION:
                self._seen[key] = (finding, (*self._history, example))
        if operation.method not in ("GET", "HEAD") or example.label:
            self._history.append(example)

    def _shrunk(self, finding: Finding, steps: tuple[Example, ...]) -> Finding:
        """Try the last request alone, then with all before it; shrink what shows the finding again."""
        key = finding.key
        alone = steps[-1:]
        for tried in (alone, steps):
            if self.shows(tried, key) is not None:
                patience = Patience(self.limits.shrinks, time.monotonic() + self.limits.shrink_seconds)
                shown = shrink(tried, lambda each: self.shows(each, key) is not None, patience)
                again = self.shows(shown, key) or finding
                return replace(again, steps=shown)
        return replace(finding, steps=steps, is_stable=False)
