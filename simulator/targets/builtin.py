"""The built-in simulator as an application that targets call in process."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.core.errors import UserError
from simulator.targets.in_process import App


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltIn:
    """A fresh simulator: its application, the product and release it plays, and whose REST API it speaks.

    `api` is `camunda7` (served under `/engine-rest`) or `camunda8` (under `/v2`).
    """

    app: App
    product: str
    release: str
    api: str
    settings: Mapping[str, bool] = field(default_factory=dict)


def simulator_app(dialect: str) -> BuiltIn:
    """Make a fresh simulator of a dialect such as `camunda7:7.24`; raises UserError where there is none."""
    raise UserError(f"the built-in simulator cannot be reached as a target yet ({dialect})")
