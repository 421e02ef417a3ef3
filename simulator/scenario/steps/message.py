"""`message:` correlates a message with what waits for it, or starts an instance by it."""

import msgspec

from simulator.scenario.play import Instance, Play
from simulator.scenario.step_types import StepType
from simulator.scenario.variables import variables
from simulator.targets.protocol import NotObservable


class MessageStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Correlate a message by its name; `as` names the instance it starts."""

    message: str
    alias: str | None = msgspec.field(default=None, name="as")
    of: str | None = None
    correlation_key: str | None = None
    business_key: str | None = None
    variables: dict[str, object] = {}
    tenant: str | None = None


def perform(step: MessageStep, play: Play) -> None:
    """Correlate, and name the instance that it started."""
    key = play.target.message(
        step.message,
        instance=None if step.of is None else play.instance(step.of),
        correlation_key=step.correlation_key,
        business_key=step.business_key,
        variables=variables(step.variables),
        tenant=step.tenant,
    )
    play.found.came = key
    if step.alias is None:
        return
    if key is None:
        raise NotObservable("no-read-endpoints", f"the instance started by the message {step.message!r}")
    play.name_instance(step.alias, Instance(key, None))


STEP = StepType(
    name="message",
    body=MessageStep,
    perform=perform,
    gives=lambda step: [step.alias] if step.alias else [],
    uses=lambda step: [step.of] if step.of else [],
)
