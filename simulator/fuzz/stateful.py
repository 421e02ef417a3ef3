"""The stateful phase: Schemathesis follows the contract's links, from a deployment to what can be done with it."""

import contextlib
import re
from collections.abc import Mapping
from typing import Any, ClassVar

import hypothesis
import hypothesis.errors
import msgspec
import requests
from schemathesis import Case, Response
from schemathesis.generation.stateful import APIStateMachine

from simulator.contract.compiling import escape
from simulator.fuzz.answering import Answer
from simulator.fuzz.course import Course
from simulator.fuzz.schemathesis_cases import Source, example_of
from simulator.fuzz.tokens import answered
from simulator.fuzz.worlds.world import World

STEPS = 8
SCENARIOS = 10
"""Scenarios of one run of Hypothesis, the first of which is the plainest."""

IDENTIFIER = re.compile(r"(id|Id|Key)$")
NOT_REACHED = (503, b"{}", "application/json")
"""What Schemathesis is told of a request that was not sent: nothing that a link could follow."""


def machine_on(source: Source, course: Course) -> type[APIStateMachine]:
    """The state machine of a contract, with our transport and our judgement instead of Schemathesis's."""
    base = source.schema.as_state_machine()

    class Links(base):  # type: ignore[misc, valid-type]  # the base is made of the contract's links
        """One scenario after the other, each in a fresh world where that costs nothing."""

        bundles: ClassVar[Any] = base.bundles

        def setup(self) -> None:
            self.step_number = 0
            course.begin_scenario()

        def call(self, case: Case[Any], **_options: Any) -> Response:
            self.step_number += 1
            operation = source.operation_of(case.operation.path, case.operation.method)
            example = msgspec.structs.replace(example_of(case, operation), label=self.step_number)
            answer = course.perform(example)
            return response_of(case, answer, course.worlds.now(), self.step_number)

        def validate_response(self, *_given: Any, **_options: Any) -> None:
            """The course has judged it."""

    return Links


def response_of(case: Case[Any], answer: Answer | None, world: World, label: int) -> Response:
    """An answer as Schemathesis takes it, with tokens in place of ids."""
    if answer is None or answer.silent is not None:
        status, content, media_type = NOT_REACHED
    else:
        status, media_type = answer.status, answer.media_type or ""
        content = with_tokens(answer.content, world, label)
    request = requests.Request(case.method, f"http://simulator.invalid{case.path}").prepare()
    return Response(
        status_code=status,
        headers={"content-type": [media_type]},
        content=content,
        request=request,
        elapsed=0.0,
        verify=False,
    )


def with_tokens(content: bytes, world: World, label: int) -> bytes:
    """The body with a token for every id: of what the world knows, else of this answer."""
    try:
        body = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return content
    known = tokens_of(world)
    pending: list[tuple[Any, str]] = [(body, "")]
    while pending:
        node, pointer = pending.pop()
        inner = list(node.items() if isinstance(node, dict) else enumerate(node)) if _holds(node) else []
        for name, value in inner:
            place = f"{pointer}/{escape(str(name))}"
            if _holds(value):
                pending.append((value, place))
            elif isinstance(value, str | int) and not isinstance(value, bool):
                if str(value) in known:
                    node[name] = known[str(value)]
                elif isinstance(name, str) and IDENTIFIER.search(name) and any(map(str.isdigit, str(value))):
                    node[name] = answered(label, place)
    return msgspec.json.encode(body)


def tokens_of(world: World) -> Mapping[str, str]:
    """What the world knows, the other way round: a token for each id."""
    return {
        value: f"{{{{{role}.{place}}}}}"
        for role, values in world.known.items()
        if role not in ("variable", "user", "worker", "criterion", "model")
        for place, value in enumerate(values)
    }


def _holds(value: Any) -> bool:
    return isinstance(value, dict | list)


def play_scenarios(source: Source, course: Course, *, seed: int, examples: int) -> None:
    """Play scenarios of up to eight steps until so many requests were sent; raises what `perform` raises.

    Hypothesis ends a run early where a target answers the same scenario differently, as one that lives on
    does; then the next run begins with another seed.
    """
    machine = machine_on(source, course)
    settings = hypothesis.settings(
        max_examples=SCENARIOS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
        verbosity=hypothesis.Verbosity.quiet,
    )
    before = course.sent
    for number in range(max(1, examples // STEPS)):
        if course.sent - before >= examples:
            return
        hypothesis.seed(seed + number)(machine)
        with contextlib.suppress(hypothesis.errors.Flaky):
            machine.run(settings=settings)
