"""What a call activity hands over and takes back."""

import msgspec

from simulator.model.process import Evaluate


class Passing(msgspec.Struct, frozen=True, kw_only=True):
    """One variable (or all of them) handed to a called process or back.

    `everything`: all variables. `local`: only those of the scope itself, or stored in the scope itself.
    """

    source: Evaluate | None = None
    target: str = ""
    everything: bool = False
    local: bool = False


class CalledElement(msgspec.Struct, frozen=True, kw_only=True):
    """Which process a call activity starts; `binding` is latest, deployment, version or versionTag."""

    element: Evaluate
    binding: str = "latest"
    version: Evaluate | None = None
    inputs: tuple[Passing, ...] = ()
    outputs: tuple[Passing, ...] = ()
    business_key: Evaluate | None = None
