"""Makes worlds, one after the other, at one place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from simulator.fuzz.worlds import camunda7, camunda8
from simulator.fuzz.worlds.world import TENANT, World
from simulator.targets.opening import APIS
from simulator.targets.protocol import Model, NotObservable, Refused, Target

FOLDER = Path(__file__).parent
PROCESSES = ("waits.camunda7.bpmn", "waits.camunda8.bpmn")
CASES = ("inquiry.cmmn",)
WITH_TENANTS = frozenset({"camunda7"})
"""Products that know any tenant without being told of it before."""

FURNISH: Mapping[str, Callable[[World], None]] = {"camunda7": camunda7.furnish, "camunda8": camunda8.furnish}


@dataclass(slots=True)
class Worlds:
    """Opens a target anew for every world; `models` are the user's own, deployed beside ours."""

    open: Callable[[], Target]
    models: Sequence[Model] = ()
    current: World | None = field(default=None)
    made: int = 0

    def fresh(self) -> World:
        """End the current world and make the next."""
        self.close()
        target = self.open()
        self.current = world = World(target, APIS.get(target.product, target.product))
        self.made += 1
        target.deploy([_packaged(name) for name in PROCESSES])
        _deploy_if_taken(target, CASES)
        if world.product in WITH_TENANTS:
            for names in (PROCESSES, CASES):
                _deploy_if_taken(target, names, tenant=TENANT)
        if self.models:
            world.knows("deployment", target.deploy(self.models))
        FURNISH[world.product](world)
        world.knows("model", *(content(target, world.product)))
        return world

    def now(self) -> World:
        """The current world, the first one if there was none."""
        return self.current if self.current is not None else self.fresh()

    def close(self) -> None:
        """End the current world."""
        world, self.current = self.current, None
        if world is not None:
            world.close()


def content(target: Target, product: str) -> list[str]:
    """A model as a text that may be deployed again; its keys are the run's own."""
    text = _packaged(f"waits.{product}.bpmn").content.decode()
    for name in ("waits", "read"):
        text = text.replace(f'process id="{name}"', f'process id="{target.own(name)}"')
    return [text]


def _packaged(name: str) -> Model:
    return Model(name, (FOLDER / name).read_bytes())


def _deploy_if_taken(target: Target, names: Sequence[str], *, tenant: str | None = None) -> None:
    """Cases and tenants are not for every product."""
    try:
        target.deploy([_packaged(name) for name in names], tenant=tenant)
    except (Refused, NotObservable):
        return
