"""What the kernel refuses a caller; `api/` words it."""

from dataclasses import dataclass

from simulator.core.errors import Rejection


@dataclass(eq=False)
class InstructionRefused(Rejection):
    """A start instruction can't be carried out: why, and at which element; `first` where nothing existed yet."""

    reason: str
    element: str
    kind: str = ""
    first: bool = False
