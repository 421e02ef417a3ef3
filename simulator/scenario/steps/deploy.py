"""`deploy:` deploys models in the middle of a scenario."""

from typing import Literal

import msgspec

from simulator.scenario.nodes import Node
from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType

AGAIN = "again"


class DeployStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Deploy files of the scenario's folder, or all of its `models` once more (`again`)."""

    deploy: list[str] | Literal["again"]
    alias: str | None = msgspec.field(default=None, name="as")
    tenant: str | None = None


def perform(step: DeployStep, play: Play) -> None:
    """Deploy, and keep the deployment's id."""
    names = play.models if step.deploy == AGAIN else tuple(step.deploy)
    play.found.came = play.deploy(names, step.tenant, step.alias or "")


def check(node: Node) -> None:
    """See that the files are there."""
    models = node.mapping()["deploy"]
    if models.value == AGAIN:
        return
    for model in models.items():
        if "${" not in model.text() and not (node.file.parent / model.text()).is_file():
            raise model.wrong(f"expected a file beside the scenario, came {model.text()!r}")


STEP = StepType(
    name="deploy",
    body=DeployStep,
    perform=perform,
    check=check,
    saves=lambda step: ["deployment", *([f"deployment:{step.alias}"] if step.alias else [])],
)
