"""The built-in simulator as an application that targets call in process."""

from dataclasses import dataclass

from simulator.api.building import build_application
from simulator.dialects.finding import find_dialect
from simulator.engine.clock import RealClock
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


def simulator_app(text: str) -> BuiltIn:
    """Make a fresh simulator of a dialect such as `camunda7:7.24`; raises UserError where there is none."""
    dialect = find_dialect(text)
    clock = RealClock()
    return BuiltIn(
        app=build_application([dialect], clock),
        product=dialect.product,
        release=dialect.release,
        api=dialect.api,
    )
