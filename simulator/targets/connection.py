"""What a target is made of: where it is, what it is, and what the run may do there."""

from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.targets.adapt import Adapter
from simulator.targets.naming import Names
from simulator.targets.ownership import Ownership
from simulator.targets.rest import Rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One run's access to one target; `definitions` are the ids of the process definitions it has deployed.

    `at_close` is called last, whatever happened before.
    """

    name: str
    product: str
    release: str
    rest: Rest
    names: Names
    adapter: Adapter
    ownership: Ownership
    at_close: Callable[[], None]
    definitions: list[str] = field(default_factory=list)
