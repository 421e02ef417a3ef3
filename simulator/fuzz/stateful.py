"""The stateful phase: Schemathesis follows the contract's links, from a deployment to what can be done with it."""

import contextlib
import re
from collections.abc import Mapping
from typing import Any

import hypothesis
import hypothesis.errors
import msgspec
import requests
from hypothesis.stateful import Bundle
from schemathesis import Case, GenerationMode, Response
from schemathesis.generation.stateful import APIStateMachine
from schemathesis.generation.stateful.state_machine import StepInput
from schemathesis.specs.openapi.stateful import transition

from simulator.contract.compiling import escape
from simulator.fuzz.answering import Answer
from simulator.fuzz.course import Course
from simulator.fuzz.schemathesis_cases import Source, example_of
from simulator.fuzz.tokens import answered, token
from simulator.fuzz.worlds.world import World

STEPS = 8
SCENARIOS = 10
"""Scenarios of one run of Hypothesis, the first of which is the plainest."""

COMMON_NAMES = frozenset({"variable", "user", "worker", "criterion", "model"})
"""Roles whose names may stand for other things as well."""

IDENTIFIER = re.compile(r"(id|Id|Key)$")
NOT_REACHED = (503, b"{}", "application/json")
"""What Schemathesis is told of a request that was not sent: nothing that a link could follow."""


ROOTS = {
    "camunda7": (
        "createDeployment",
        "startProcessInstanceByKey",
        "submitStartFormByKey",
        "createCaseInstanceByKey",
        "listProcessDefinitions",
        "listTasks",
        "queryTasks",
        "queryProcessInstances",
        "listExecutions",
        "listJobs",
        "listHistoricProcessInstances",
        "fetchAndLockExternalTasks",
    ),
    "camunda8": (
        "createDeployment",
        "createProcessInstance",
        "activateJobs",
        "searchProcessDefinitions",
        "searchProcessInstances",
        "searchElementInstances",
        "searchUserTasks",
        "searchIncidents",
    ),
}
"""Operations that a scenario begins with: they need nothing that an earlier step would have to bring."""


def root_rules(source: Source, base: Any) -> dict[str, Any]:
    """The rules that begin scenarios: ours, in place of those that Schemathesis takes to be likely."""
    rules: dict[str, Any] = dict.fromkeys(base.root_rules)
    for name in ROOTS[source.contract.product]:
        operation = source.contract.operations.get(name)
        if operation is not None:
            found = source.schema[operation.path][operation.method]
            rules[f"begin_{name}"] = transition(
                name=f"begin_{name}",
                target=Bundle("catch_all"),
                input=found.as_strategy(generation_mode=GenerationMode.POSITIVE).map(StepInput.initial),
                precondition=has_nothing_to_follow,
            )
    return rules


def has_nothing_to_follow(machine: Any) -> bool:
    """Whether a scenario is to begin: no answer so far has a link that Schemathesis would follow once more."""
    transitions, control = machine._transitions.operations, machine.control
    sources = [name.partition(" -> ")[0] for name, answers in machine.bundles.items() if answers]
    return not any(
        control.allow_transition(source, link.target.label)
        for source in sources
        for link in transitions[source].outgoing
    )


def machine_on(source: Source, course: Course) -> type[APIStateMachine]:
    """The state machine of a contract, with our transport and our judgement instead of Schemathesis's."""
    base = source.schema.as_state_machine()

    def setup(self: Any) -> None:
        self.step_number = 0
        course.begin_scenario()

    def call(self: Any, case: Case[Any], **_options: Any) -> Response:
        self.step_number += 1
        operation = source.operation_of(case.operation.path, case.operation.method)
        example = msgspec.structs.replace(example_of(case, operation), label=self.step_number)
        answer = course.perform(example)
        return response_of(case, answer, course.worlds.now(), self.step_number)

    def validate_response(_self: Any, *_given: Any, **_options: Any) -> None:
        """The course has judged it."""

    own = {"setup": setup, "call": call, "validate_response": validate_response}
    return type("Links", (base,), {**root_rules(source, base), **own})


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
    tokens: dict[str, str] = {}
    for role, values in world.known.items():
        for place, value in enumerate(values if role not in COMMON_NAMES else ()):
            tokens.setdefault(value, token(role, place))
    return tokens


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
